"""`hsf data sjekk`: the whole department checked."""

from collections.abc import Iterator, Sequence
from typing import Any

import typer

from hsf_cli.commands.common import opened
from hsf_cli.commands.records import Format
from hsf_cli.errors import Stopped
from hsf_cli.registers.checking import Check, checked
from hsf_cli.ui import screen
from hsf_cli.ui.listing import FORMATS, Column, one_of, show
from hsf_cli.ui.progress import steps


def check(ctx: typer.Context, format: Format = FORMATS[0]) -> None:
    """Ser etter at alt er i orden: filen, postene, loggen og de nyeste kopiene.

    Ingenting blir endret. Er noe galt, står det hva, og hva som kan gjøres.

    \b
    hsf data sjekk
    hsf data sjekk --format json
    """
    chosen = one_of("--format", format, FORMATS)
    with opened(ctx) as store, steps("Sjekker") as progress:
        checks = checked(store, progress)
    show(_COLUMNS, list(_rows(checks)), chosen)
    found = sum(len(one.findings) for one in checks)
    if chosen == FORMATS[0]:
        screen.say(_summary(found))
    if found:
        raise typer.Exit(Stopped.code)


def _summary(found: int) -> str:
    if not found:
        return "Alt er i orden."
    return f"{'Ett funn' if found == 1 else f'{found} funn'}. Ingenting er endret."


def _rows(checks: Sequence[Check]) -> Iterator[dict[str, Any]]:
    """A row for each finding, and one for a check that found nothing."""
    for one in checks:
        if not one.findings:
            yield {"check": one.name, "ok": True, "finding": None, "advice": None}
        for finding in one.findings:
            yield {
                "check": one.name, "ok": False, "finding": finding.text, "advice": finding.advice,
            }  # fmt: skip


_COLUMNS = [
    Column("check", "Sjekket"),
    Column("ok", "Står", lambda ok: "i orden" if ok else "galt"),
    Column("finding", "Funn", main=True),
    Column("advice", "Gjør slik", detail=""),
]
