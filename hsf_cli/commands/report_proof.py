"""`hsf rapport bevis`: what stands behind every figure."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from hsf_cli.commands import files
from hsf_cli.commands.records import Yes
from hsf_cli.commands.report_group import (
    AsKnown,
    Edition,
    OwnForm,
    Year,
    opened_for,
    tell_unfinished,
    wanted,
)
from hsf_cli.commands.report_parts import year_and_part
from hsf_cli.report import kept
from hsf_cli.report.proof import Proof, proved
from hsf_cli.store import Store
from hsf_cli.ui import screen
from hsf_cli.ui.listing import FORMATS, one_of


def proof(
    ctx: typer.Context,
    year: Year = None,
    section: Annotated[
        str | None,
        typer.Argument(
            metavar="SEKSJON", help="Bare denne seksjonen: 6.3, eller en bit av navnet."
        ),
    ] = None,
    row: Annotated[
        str,
        typer.Option("--rad", metavar="TEKST", help="Bare rader med dette i teksten sin."),
    ] = "",
    edition: Edition = None,
    own_form: OwnForm = None,
    as_known: AsKnown = None,
    to: Annotated[
        Path | None,
        typer.Option("--til", metavar="FIL", help="Skriver til en fil: .xlsx eller .pdf."),
    ] = None,
    nameless: Annotated[
        bool, typer.Option("--uten-navn", help="Uten navn, for en skjerm som andre ser.")
    ] = False,
    yes: Yes = False,
    format: Annotated[
        str, typer.Option("--format", metavar="FORMAT", help="tabell, json eller csv.")
    ] = "tabell",
) -> None:
    """Viser hva hvert tall er: hva som telles, hvem som er med, og hvem som ikke er det og hvorfor.

    Tallene telles av postene slik de står, også når årets rapport er låst. Det blir langt: ta
    gjerne én seksjon eller rad om gangen. Filen er ikke kryptert, og bare du kan lese den på denne
    maskinen.

    \b
    hsf rapport bevis 2025 6.3
    hsf rapport bevis 2025 --rad enslig
    hsf rapport bevis 2025 familiene --uten-navn
    hsf rapport bevis 2025 --til bevis.xlsx
    """
    year, section = year_and_part(year, section)
    asked = wanted(year, edition, own_form, as_known)
    chosen = one_of("--format", format, FORMATS)
    target = None if to is None else files.target("--til", to, _WRITTEN)
    with opened_for(ctx, asked) as store:
        found = proved(asked.report(store), section, row, named=not nameless)
        locked = asked.usual and _is_locked(store, asked.year)
    if target is None:
        _SHOWN[chosen](found)
    else:
        files.may_write(target, yes=yes)
        files.put(target, _WRITTEN[target.suffix.casefold()](found))
        screen.say(f"Beviset er skrevet: {target}")
        screen.say(_KEPT_SAFE if found.named else _NOT_ENCRYPTED)
    if locked:
        screen.tell(
            f"Rapporten for {asked.year} er låst. Beviset er av postene slik de står nå.\n"
            f"Se hva som er endret siden: hsf rapport sammenlign {asked.year} --nå"
        )
    elif asked.as_known is None:
        tell_unfinished(asked.year)


_KEPT_SAFE = "Filen har navn i seg og er ikke kryptert. Slett den når du er ferdig med den."
_NOT_ENCRYPTED = "Filen er ikke kryptert. Slett den når du er ferdig med den."


def _is_locked(store: Store, year: int) -> bool:
    report = kept.kept(store, year)
    return report is not None and report.figures.locked_at is not None


def _show_table(found: Proof) -> None:
    from hsf_cli.report.output.proof_terminal import show

    with screen.pages() as console:
        show(found, console)


def _show_csv(found: Proof) -> None:
    from hsf_cli.report.output.proof_table import as_csv

    screen.write(as_csv(found))


def _show_json(found: Proof) -> None:
    from hsf_cli.report.output.proof_json import as_json

    screen.write(as_json(found))


def _as_xlsx(found: Proof) -> bytes:
    from hsf_cli.report.output.proof_xlsx import as_xlsx

    return as_xlsx(found)


def _as_pdf(found: Proof) -> bytes:
    from hsf_cli.report.output.proof_pdf import as_pdf

    return as_pdf(found)


# Each imports its own way of writing, and no other.
_SHOWN: dict[str, Callable[[Proof], None]] = {
    "tabell": _show_table,
    "csv": _show_csv,
    "json": _show_json,
}
_WRITTEN: dict[str, Callable[[Proof], bytes]] = {".xlsx": _as_xlsx, ".pdf": _as_pdf}
