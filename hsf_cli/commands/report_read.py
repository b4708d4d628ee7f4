"""`hsf rapport les`: a published report read in as its year's figures."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hsf_cli import dates, numbers, places
from hsf_cli.commands.common import command_name, opened, read
from hsf_cli.commands.records import UNDO, Yes
from hsf_cli.commands.report_year import year_of
from hsf_cli.errors import NoDepartment, Stopped, WrongUse
from hsf_cli.populations import Period, records
from hsf_cli.registers.department import name_of
from hsf_cli.report import forms, kept
from hsf_cli.report.figures import Figures, filled
from hsf_cli.report.kept import Kept
from hsf_cli.report.relations import Contradiction, contradictions
from hsf_cli.store import Store
from hsf_cli.texts import listed, visible
from hsf_cli.ui import questions, screen
from hsf_cli.ui.commandline import command, commands
from hsf_cli.ui.listing import Column, one_of, show

if TYPE_CHECKING:
    from hsf_cli.report.reading import Understood

app = commands()


_FORMATS = ("tabell", "csv", "json")


@command(app, "les")
def read_in(
    ctx: typer.Context,
    path: Annotated[
        Path | None,
        typer.Argument(metavar="FIL", help="Rapporten: tekst, Word (.docx) eller JSON."),
    ] = None,
    year: Annotated[
        str | None,
        typer.Option("--år", metavar="ÅR", help="Året rapporten gjelder, om den ikke sier det."),
    ] = None,
    edition: Annotated[
        str | None,
        typer.Option("--utgave", metavar="ÅR", help="Skjemaets utgave, om den ikke er til å se."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--prøv", help="Viser hva som blir forstått, og tar ikke vare på noe.")
    ] = False,
    delete: Annotated[
        bool, typer.Option("--slett", help="Tar bort tallene som er lest inn for året.")
    ] = False,
    yes: Yes = False,
    format: Annotated[
        str, typer.Option("--format", metavar="FORMAT", help="tabell, csv eller json.")
    ] = "tabell",
) -> None:
    """Leser en årsrapport fra før avdelingen brukte hsf, og tar vare på årets tall.

    Du ser hva som ble forstått, hva som ikke ble det, og hvor rapporten motsier seg selv. Tallene
    brukes når år sammenlignes. En PDF må først lagres som tekst.

    \b
    hsf rapport les årsrapport-2022.docx --prøv
    hsf rapport les årsrapport-2022.txt --år 2022
    hsf rapport les --år 2022 --slett
    """
    chosen = one_of("--format", format, _FORMATS)
    if delete:
        _delete(ctx, year)
        return
    if path is None:
        raise WrongUse("FIL mangler.", "Skriv navnet på rapporten, for eksempel årsrapport.docx.")
    from hsf_cli.report.reading import read_file

    file = places.path(path)
    understood = read_file(file, read("--utgave", edition, dates.year) if edition else None)
    of = _year(understood, year)
    if dry_run:
        _show(understood, _figures(understood, of, "", file), chosen)
        return
    with _department(ctx) as store:
        figures = _figures(understood, of, name_of(store), file)
        _ask(store, understood, figures, yes=yes)
        _show(understood, figures, chosen)
        with store.change(command_name(ctx)) as change:
            if earlier := _replaceable(store, of):
                kept.forget(change, earlier)
            kept.keep(change, figures)
    screen.tell(f"Tallene for {of} er lest inn. {UNDO}")
    screen.tell(f"Sammenlign: hsf rapport sammenlign {of} {of + 1}")


def about_read_in(store: Store, shown: Figures) -> Iterator[str]:
    """What to say of shown figures that were read in: whether there is anything amiss with them."""
    if not shown.source:
        return
    found = [one.section for one in _contradictions(shown)]
    amiss = [f"motsier seg selv i {listed(dict.fromkeys(found))}"] if found else []
    if _has_records(store, shown.year):
        amiss.append(f"vises i stedet for avdelingens egne poster for {shown.year}")
    if amiss:
        yield f"Tallene fra {shown.source} {', og '.join(amiss)}."


def _year(understood: "Understood", typed: str | None) -> int:
    """The year that the report is of: what was typed goes before what the report says."""
    year = year_of(typed, "--år") if typed else understood.year
    if year is None:
        raise WrongUse("Rapporten sier ikke hvilket år den gjelder.", "Skriv det med --år.")
    if year > dates.today().year:
        raise WrongUse(f"{year} er ikke kommet ennå.", "Skriv året rapporten gjelder, med --år.")
    if understood.year not in (None, year):
        screen.tell(f"Rapporten sier selv at den gjelder {understood.year}, og ikke {year}.")
    return year


def _department(ctx: typer.Context) -> Store:
    try:
        return opened(ctx)
    except NoDepartment as error:
        advice = f"{error.advice} Uten en avdeling kan du se hva som blir forstått: --prøv."
        raise NoDepartment(error.text, advice) from error


def _figures(understood: "Understood", year: int, department: str, file: Path) -> Figures:
    source = visible(file.name)  # what the system calls a file need not be text
    if understood.figures and understood.year == year:
        return replace(understood.figures, department=department, source=source, locked_at=None)
    values = {cell.key: cell.value for cell in understood.cells}
    return filled(forms.shipped(understood.edition), values, year, department, source)


def _ask(store: Store, understood: "Understood", figures: Figures, *, yes: bool) -> None:
    """Asks about all that may be a mistake. Raises Stopped where the year's report is locked."""
    year, earlier = figures.year, _replaceable(store, figures.year)
    if understood.department and understood.department != figures.department:
        screen.tell(
            f"Rapporten sier selv at den er fra {understood.department}, og ikke"
            f" {figures.department}."
        )
    if understood.year not in (None, year):
        questions.confirm(f"Lese den inn som tallene for {year}?", already=yes)
    if earlier:
        source = earlier.figures.source
        asked = f"Tallene for {year} er lest inn fra {source} fra før. Erstatte dem?"
        questions.confirm(asked, already=yes)
    elif _has_records(store, year):
        asked = (
            f"Avdelingen har egne poster for {year}. Skal rapportens tall vises i stedet for"
            " dem som telles av postene?"
        )
        questions.confirm(asked, already=yes)


def _contradictions(figures: Figures) -> list[Contradiction]:
    known = figures.edition in forms.editions()
    return contradictions(figures, forms.shipped(figures.edition)) if known else []


def _replaceable(store: Store, year: int) -> Kept | None:
    """What was read in for the year before. Raises Stopped where its report is locked."""
    report = kept.kept(store, year)
    if report and report.figures.locked_at:
        raise Stopped(
            f"Rapporten for {year} er låst.", f"Lås den opp først: hsf rapport lås {year} --åpne"
        )
    return report


def _has_records(store: Store, year: int) -> bool:
    """Whether the department has families with assignments, or inquiries, of its own that year."""
    return any(records(store, name, Period.year(year)) for name in ("families", "inquiries"))


def _delete(ctx: typer.Context, year: str | None) -> None:
    if year is None:
        raise WrongUse("--år mangler.", "Skriv hvilket år tallene skal tas bort for.")
    of = year_of(year, "--år")
    with opened(ctx) as store, store.change(command_name(ctx)) as change:
        report = kept.kept(store, of)
        if report is None or report.figures.locked_at:
            raise Stopped(
                f"Ingen tall er lest inn for {of}.", "Se årene: hsf rapport sammenlign --alle"
            )
        kept.forget(change, report)
    screen.say(f"Tallene for {of} er tatt bort. {UNDO}")


def _show(understood: "Understood", figures: Figures, format: str) -> None:
    found = [str(one) for one in _contradictions(figures)]
    cells = [
        {
            "section": cell.section,
            "heading": cell.heading,
            "label": cell.label,
            "value": cell.value if cell.value is None or isinstance(cell.value, int)
            else float(cell.value),
        }
        for cell in understood.cells
    ]  # fmt: skip
    if format == "json":
        told = {
            "edition": understood.edition,
            "year": figures.year,
            "cells": cells,
            "not_understood": list(understood.not_understood),
            "contradictions": found,
        }
        screen.write(json.dumps(told, ensure_ascii=False, indent=1))
        return
    show(_COLUMNS, cells, format)
    if format == "tabell":
        full = sum(cell["value"] is not None for cell in cells)
        screen.say(
            f"Skjemaet for {understood.edition}, utfylt for {figures.year}:"
            f" {full} av {len(cells)} ruter har tall."
        )
        _say_all("Ikke forstått:", understood.not_understood)
        _say_all("Rapporten motsier seg selv:", found)


def _say_all(heading: str, lines: Sequence[str]) -> None:
    if lines:
        screen.say("\n".join(["", heading, *(f"  {line}" for line in lines)]))


def _written(value: Any) -> str:
    return numbers.written(Decimal(str(value)))


_COLUMNS = (
    Column("section", "Seksjon"),
    Column("heading", "Tabell", detail=""),
    Column("label", "Rad", main=True),
    Column("value", "Verdi", _written, right=True),
)
