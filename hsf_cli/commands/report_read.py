"""`hsf rapport les`: a published report read in as its year's figures."""

import json
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hsf_cli import numbers, places
from hsf_cli.commands.common import command_name, opened, read
from hsf_cli.commands.records import UNDO, Yes
from hsf_cli.commands.report_group import year_of
from hsf_cli.dates import year as a_year
from hsf_cli.errors import Stopped, WrongUse
from hsf_cli.populations import Period, records
from hsf_cli.registers.department import name_of
from hsf_cli.report import form, kept
from hsf_cli.report.figures import Figures, filled
from hsf_cli.report.relations import contradictions
from hsf_cli.store import Store
from hsf_cli.ui import questions, screen
from hsf_cli.ui.listing import Column, one_of, show

if TYPE_CHECKING:
    from hsf_cli.report.reading import Understood

_FORMATS = ("tabell", "csv", "json")


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
    understood = read_file(file, read("--utgave", edition, a_year) if edition else None)
    of = year_of(year, "--år") if year else understood.year
    if of is None:
        raise WrongUse("Rapporten sier ikke hvilket år den gjelder.", "Skriv det med --år.")
    if dry_run:
        _show(understood, _figures(understood, of, "", file), chosen)
        return
    with opened(ctx) as store:
        figures = _figures(understood, of, name_of(store), file)
        _refuse(store, of, yes=yes)
        _show(understood, figures, chosen)
        with store.change(command_name(ctx)) as change:
            if earlier := kept.kept(store, of):
                kept.forget(change, earlier)
            kept.keep(change, figures)
    screen.tell(f"Tallene for {of} er lest inn. {UNDO}")
    screen.tell(f"Sammenlign: hsf rapport sammenlign {of} {of + 1}")


def _figures(understood: "Understood", year: int, department: str, file: Path) -> Figures:
    values = {cell.key: cell.value for cell in understood.cells}
    return filled(form.shipped(understood.edition), values, year, department, file.name)


def _refuse(store: Store, year: int, *, yes: bool) -> None:
    """Refuses where the year's report is locked; asks where figures would be put aside."""
    report = kept.kept(store, year)
    if report and report.figures.locked_at:
        raise Stopped(
            f"Rapporten for {year} er låst.", f"Lås den opp først: hsf rapport lås {year} --åpne"
        )
    if report:
        asked = f"Tallene for {year} er lest inn fra {report.figures.source} fra før. Erstatte dem?"
        questions.confirm(asked, already=yes)
    elif records(store, "families", Period.year(year)):
        asked = (
            f"Avdelingen har egne poster for {year}. Skal rapportens tall vises i stedet for"
            " dem som telles av postene?"
        )
        questions.confirm(asked, already=yes)


def _delete(ctx: typer.Context, year: str | None) -> None:
    if year is None:
        raise WrongUse("--år mangler.", "Skriv hvilket år tallene skal tas bort for.")
    of = year_of(year, "--år")
    with opened(ctx) as store:
        report = kept.kept(store, of)
        if report is None or report.figures.locked_at:
            raise Stopped(
                f"Ingen tall er lest inn for {of}.", "Se årene: hsf rapport sammenlign --alle"
            )
        with store.change(command_name(ctx)) as change:
            kept.forget(change, report)
    screen.say(f"Tallene for {of} er tatt bort. {UNDO}")


def _show(understood: "Understood", figures: Figures, format: str) -> None:
    found = [str(one) for one in contradictions(figures, form.shipped(figures.edition))]
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
