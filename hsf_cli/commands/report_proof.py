"""`hsf rapport bevis`: what stands behind every figure."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from hsf_cli import past
from hsf_cli.commands import files
from hsf_cli.commands.common import opened
from hsf_cli.commands.records import Yes
from hsf_cli.commands.report_parts import year_and_part
from hsf_cli.commands.report_year import (
    AsKnown,
    Edition,
    OwnForm,
    Wanted,
    Year,
    counted_beside,
    counted_for,
    kept_for,
    tell_not_over,
    wanted,
)
from hsf_cli.dates import written_moment
from hsf_cli.errors import Stopped, WrongUse
from hsf_cli.report.count import Report, counted
from hsf_cli.report.kept import Kept
from hsf_cli.report.proof import Proof, proved
from hsf_cli.store import Store
from hsf_cli.ui import screen
from hsf_cli.ui.commandline import command, commands
from hsf_cli.ui.listing import FORMATS, one_of

app = commands()


# How the part that is asked for of a counted report is proved.
_Prove = Callable[[Report], Proof]


@command(app, "bevis")
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
    now: Annotated[
        bool, typer.Option("--nå", help="Et låst år: av postene slik de står nå.")
    ] = False,
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

    Er årets rapport låst, bevises den slik den ble låst; med --nå telles postene slik de står. Det
    blir langt: ta gjerne én seksjon eller rad om gangen. Filen er ikke kryptert, og bare du kan
    lese den på denne maskinen.

    \b
    hsf rapport bevis 2025 6.3
    hsf rapport bevis 2025 --rad enslig --uten-navn
    hsf rapport bevis 2025 --til bevis.xlsx
    """
    year, section = year_and_part(year, section)
    asked = wanted(year, edition, own_form, as_known)
    chosen = one_of("--format", format, FORMATS)
    target = None if to is None else files.target("--til", to, _WRITTEN)
    if now and as_known:
        raise WrongUse("--nå og --som-kjent kan ikke brukes sammen.", "Velg en av dem.")
    if target:
        files.may_write(target, yes=yes)
    with opened(ctx) as store:
        with store.reading():
            prove = partial(proved, section=section, row=row, named=not nameless)
            found = _proof(store, asked, prove, now=now)
        if target:
            content = _WRITTEN[target.suffix.casefold()](found)
            with files.going_out(ctx, store, named=found.named):
                files.put(target, content)
    if target is None:
        _SHOWN[chosen](found)
    else:
        screen.say(f"Beviset er skrevet: {files.place(target)}")
        if not found.named:  # of names it has been said already
            screen.say("Filen er ikke kryptert. Slett den når du er ferdig med den.")
    if found.standing:
        if target or chosen != "tabell":
            screen.tell(found.standing)
    elif asked.as_known is None:
        tell_not_over(asked.year)


def _proof(store: Store, asked: Wanted, prove: _Prove, *, now: bool) -> Proof:
    """The proof of the report that is kept, or else of what the records tell."""
    report = kept_for(store, asked)
    if report and not now:
        return _of_kept(store, report, prove)
    with counted_for(store, asked) as (_, counted_now):
        found = prove(counted_now)
    shown, standing = counted_beside(store, asked, found.figures), ""
    if report and report.locked_at:
        which = "andre tall" if shown.apart_from(report.figures) else "de samme tallene"
        standing = (
            "Beviset er av postene slik de står nå. Rapporten ble låst"
            f" {written_moment(report.locked_at)}, med {which}."
        )
    return replace(found, figures=shown, standing=standing)


def _of_kept(store: Store, report: Kept, prove: _Prove) -> Proof:
    """The proof of a locked report, of the records as they stood. Raises Stopped without them."""
    year, counted_at, locked_at = report.figures.year, report.figures.counted_at, report.locked_at
    if counted_at is None or locked_at is None:
        raise Stopped(
            f"Tallene for {year} er lest inn fra {report.figures.source}:"
            " det er ingen poster bak dem.",
            f"Se tallene: hsf rapport vis {year}",
        )
    try:
        then = past.as_of(store, report.change_set)
    except Stopped as stopped:
        advice = f"Av postene slik de står nå: hsf rapport bevis {year} --nå"
        raise Stopped(stopped.text, advice) from stopped
    with then:
        found = prove(counted(then, report.form, year, counted_at))
    if report.locked_elsewhere:
        standing = (
            f"Rapporten ble låst {written_moment(locked_at)}, før postene ble hentet inn."
            " Beviset er av postene slik de var da de ble hentet inn."
        )
    else:
        standing = f"Beviset er av rapporten slik den ble låst {written_moment(locked_at)}."
    if apart := found.figures.apart_from(report.figures):
        labels = "; ".join(line.label for line in apart)
        return replace(found, standing=f"{standing} Den har andre tall i disse radene: {labels}.")
    return replace(found, figures=replace(found.figures, locked_at=locked_at), standing=standing)


def _show_table(found: Proof) -> None:
    from hsf_cli.report.output.proof.terminal import show

    with screen.pages() as console:
        show(found, console)


def _show_csv(found: Proof) -> None:
    from hsf_cli.report.output.proof.by_record import as_csv

    screen.write(as_csv(found))


def _show_json(found: Proof) -> None:
    from hsf_cli.report.output.proof.as_json import as_json

    screen.write(as_json(found))


def _as_xlsx(found: Proof) -> bytes:
    from hsf_cli.report.output.proof.as_xlsx import as_xlsx

    return as_xlsx(found)


def _as_pdf(found: Proof) -> bytes:
    from hsf_cli.report.output.proof.as_pdf import as_pdf

    return as_pdf(found)


# Each imports its own way of writing, and no other.
_SHOWN: dict[str, Callable[[Proof], None]] = {
    "tabell": _show_table,
    "csv": _show_csv,
    "json": _show_json,
}
_WRITTEN: dict[str, Callable[[Proof], bytes]] = {".xlsx": _as_xlsx, ".pdf": _as_pdf}
