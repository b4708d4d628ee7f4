"""`hsf data sjekk`: the whole department checked."""

from collections.abc import Iterator, Sequence
from typing import Any

import typer

from hsf_cli.commands.common import opened
from hsf_cli.commands.records import Format
from hsf_cli.errors import Stopped
from hsf_cli.registers.checking import Check, Finding, checked
from hsf_cli.ui import screen
from hsf_cli.ui.commandline import command, commands
from hsf_cli.ui.listing import FORMATS, Column, one_of, show
from hsf_cli.ui.progress import steps

app = commands()


@command(app, "sjekk")
def check(ctx: typer.Context, format: Format = FORMATS[0]) -> None:
    """Ser etter at alt er i orden: filen, postene, loggen og de nyeste kopiene.

    Ingenting blir endret. Er noe galt, står det hva, og hva som kan gjøres. Merknader er om
    historie som ble tatt inn slik den var: se over dem, men ingenting er i stykker.

    \b
    hsf data sjekk
    hsf data sjekk --format json
    """
    chosen = one_of("--format", format, FORMATS)
    with opened(ctx) as store, steps("Sjekker") as progress:
        checks = checked(store, progress)
    show(_COLUMNS, list(_rows(checks)), chosen)
    found = [finding for one in checks for finding in one.findings]
    if chosen == FORMATS[0]:
        screen.say(_summary(found))
    if not all(finding.is_remark for finding in found):
        raise typer.Exit(Stopped.code)


def _summary(found: Sequence[Finding]) -> str:
    remarks = sum(finding.is_remark for finding in found)
    wrong = len(found) - remarks
    told = "Alt er i orden" if not wrong else "Én feil" if wrong == 1 else f"{wrong} feil"
    if remarks:
        told += f", med {'én merknad' if remarks == 1 else f'{remarks} merknader'}"
    return f"{told}. Ingenting er endret." if found else f"{told}."


def _rows(checks: Sequence[Check]) -> Iterator[dict[str, Any]]:
    """A row for each finding, and one for a check that found nothing."""
    for one in checks:
        if not one.findings:
            yield {"check": one.name, "state": "ok", "finding": None, "advice": None}
        for finding in one.findings:
            yield {
                "check": one.name,
                "state": "remark" if finding.is_remark else "wrong",
                "finding": finding.text,
                "advice": finding.advice,
            }


_STATES = {"ok": "i orden", "remark": "merknad", "wrong": "galt"}
_COLUMNS = [
    Column("check", "Sjekket"),
    Column("state", "Står", _STATES.__getitem__),
    Column("finding", "Funn", main=True),
    Column("advice", "Gjør slik", detail=""),
]
