"""`hsf venteliste`: who waits, since when."""

from dataclasses import asdict
from datetime import date
from typing import Annotated

import typer

from hsf_cli import dates
from hsf_cli.codes import code_list
from hsf_cli.commands.common import one_of, opened, read
from hsf_cli.records import KINDS
from hsf_cli.registers.waiting import Stage, Waiting, median_days, waiting_list
from hsf_cli.spelling import folded
from hsf_cli.store import Store
from hsf_cli.ui import screen
from hsf_cli.ui.commandline import command
from hsf_cli.ui.listing import FORMATS, Column, show

app = typer.Typer(add_completion=False)

_STAGES: dict[Stage, str] = {"besøk": "hjemmebesøk", "familiekontakt": "familiekontakt"}


@command(app, "venteliste")
def waiting(
    ctx: typer.Context,
    per: Annotated[
        str, typer.Option("--per", metavar="DATO", help="Hvem som ventet den dagen; ellers i dag.")
    ] = "i dag",
    stage: Annotated[
        str | None,
        typer.Option(
            "--steg",
            metavar="STEG",
            help="Bare de som venter på dette: besøk (hjemmebesøk) eller familiekontakt.",
        ),
    ] = None,
    area: Annotated[
        str | None, typer.Option("--område", metavar="OMRÅDE", help="Bare dette området.")
    ] = None,
    format: Annotated[
        str, typer.Option("--format", metavar="FORMAT", help="tabell, csv eller json.")
    ] = "tabell",
) -> None:
    """Viser hvem som venter, den eldste henvendelsen først.

    En familie venter fra henvendelsen kommer til den avsluttes, unntatt mens et oppdrag pågår.

    \b
    hsf venteliste
    hsf venteliste --per 31.12.2025
    hsf venteliste --steg familiekontakt --område Sentrum
    """
    wanted = one_of("--steg", stage, list(_STAGES)) if stage else None
    chosen = one_of("--format", format, FORMATS)
    day = read("--per", per, lambda text: dates.typed_date(text, dates.today()))
    with opened(ctx) as store:
        everyone = waiting_list(store, day)
    found = [
        one
        for one in everyone
        if wanted in (None, one.stage) and (area is None or folded(one.area or "") == folded(area))
    ]
    _show(found, len(everyone), day, chosen)


def show_waiting_list(store: Store, day: date) -> None:
    """Shows everyone who waits that day, as a table."""
    everyone = waiting_list(store, day)
    _show(everyone, len(everyone), day, "tabell")


def _show(found: list[Waiting], everyone: int, day: date, format: str) -> None:
    if found or format != "tabell":
        show(_columns(), [asdict(one) for one in found], format)
    if format == "tabell":
        screen.say(_foot(found, everyone, day))


def _columns() -> list[Column]:
    support = code_list("support").labels
    return [
        Column("inquiry", "Nr."),
        Column("family_name", "Familie", main=True),
        Column("received_on", "Mottatt", dates.written),
        Column("days", "Dager", right=True),
        Column("stage", "Venter på", lambda stage: _STAGES[stage]),
        Column("waiting_since", "Siden", dates.written, detail="siden"),
        Column("ages", "Barnas alder", lambda ages: ", ".join(map(str, ages)), detail="barn"),
        Column("area", "Område", detail=""),
        Column(
            "support",
            "Ønsker",
            lambda codes: ", ".join(support[code] for code in codes),
            detail="",
        ),
    ]


def _foot(found: list[Waiting], everyone: int, day: date) -> str:
    when = "i dag" if day == dates.today() else f"per {dates.written(day)}"
    if not everyone:
        return (
            f"Ingen venter {when}. Henvendelser kommer på listen når de hentes inn: "
            "hsf data importer avdeling.xlsx"
        )
    families = KINDS["family"].counted
    if not found:
        return f"{families(everyone)} venter {when}, men ingen av dem passer med valgene."
    for_visit = sum(one.stage == "besøk" for one in found)
    number = families(len(found))
    of_all = "" if len(found) == everyone else f" (av {everyone})"
    text = (
        f"{number}{of_all} venter {when}: {for_visit} på hjemmebesøk, "
        f"{len(found) - for_visit} på familiekontakt."
    )
    if len(found) > 1:
        text += f" Halvparten har ventet i {_days(median_days(found))} eller mer."
    return text


def _days(number: int) -> str:
    return "1 dag" if number == 1 else f"{number} dager"
