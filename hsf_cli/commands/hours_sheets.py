"""`hsf timer skjema`: a workbook for each volunteer to hand in a month's hours with."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hsf_cli import dates, places
from hsf_cli.commands import files
from hsf_cli.commands.common import opened
from hsf_cli.commands.hours_month import All, MonthArgument, month_days
from hsf_cli.commands.hours_whose import Volunteer
from hsf_cli.commands.records import Yes, chosen
from hsf_cli.errors import Stopped
from hsf_cli.records import KINDS
from hsf_cli.registers import hours
from hsf_cli.registers.hours import RanIn
from hsf_cli.ui import questions, screen
from hsf_cli.ui.commandline import command, commands
from hsf_cli.ui.listing import Column, show

if TYPE_CHECKING:
    from hsf_cli.exchange.hours_sheet import HoursSheet

app = commands()


@command(app, "skjema")
def sheets(
    ctx: typer.Context,
    which: MonthArgument = None,
    folder: Annotated[
        Path | None, typer.Option("--til", metavar="MAPPE", help="Mappen de skal skrives i.")
    ] = None,
    volunteer: Volunteer = None,
    every: All = False,
    yes: Yes = False,
) -> None:
    """Skriver et ark til hver familiekontakt å levere månedens timer på.

    Oppdragene står der fra før, uten navn på familien: bare besøk, timer og kjøring mangler. Når
    arket kommer tilbake, hentes det inn med «hsf data importer».

    \b
    hsf timer skjema --til timeark
    hsf timer skjema oktober --til timeark --kontakt V2
    """
    from hsf_cli.exchange.hours_sheet import write_all

    first, last = month_days(which)
    target = places.path(folder or questions.text(_WHERE, "--til", _HINT, "timeark"))
    with opened(ctx) as store:
        number = None if volunteer is None else chosen(store, "volunteer", volunteer)
        ran = [one for one in hours.ran_in(store, first, last) if number in (None, one.volunteer)]
        found = [one for one in ran if every or not one.entered.entries]
        name = dates.written_month(first.year, first.month)
        if not ran:
            raise Stopped(
                f"Ingen oppdrag går i {name}.",
                "Skriv en måned da noen hadde oppdrag. Se når: hsf oppdrag liste --alle",
            )
        if not found:
            raise Stopped(
                f"Alle oppdragene er ført for {name}.",
                f"Ta dem med likevel: hsf timer skjema {first:%Y-%m} --alle",
            )
        by_file = _by_file(target, first, found)
        if there := [path for path in by_file if path.exists()]:
            more = f" og {len(there) - 1} til" if len(there) > 1 else ""
            questions.confirm(f"{there[0]}{more} finnes fra før. Skrive over?", already=yes)
        made = [(path, _sheet(first, own)) for path, own in by_file.items()]
        with (
            files.going_out(ctx, store, named=True, several=len(made) > 1),
            files.writing(target),
        ):
            write_all(made, target)
    show(_COLUMNS, [_row(path, own) for path, own in by_file.items()], "tabell")
    screen.say(f"Skrevet til {files.place(target)}. Send dem på en trygg måte.")
    if len(found) < len(ran):
        screen.say(f"{len(ran) - len(found)} oppdrag er ført fra før, og er ikke med.")
    example = screen.quoted(next(iter(by_file)))
    screen.say(f"Når et ark kommer tilbake: hsf data importer {example}")


_WHERE = "I hvilken mappe skal arkene skrives?"
_HINT = "Skriv navnet på en mappe."
_COLUMNS = [
    Column("file", "Fil"),
    Column("volunteer_name", "Familiekontakt", main=True),
    Column("assignments", "Oppdrag", ", ".join),
]


def _by_file(folder: Path, month: date, ran: Sequence[RanIn]) -> dict[Path, list[RanIn]]:
    """The assignments of each volunteer, by the file they are written to: it has no name in it."""
    by_volunteer = groupby(sorted(ran, key=_volunteer), key=_volunteer)
    return {
        folder / f"timer-{month:%Y-%m}-{KINDS['volunteer'].name(number)}.xlsx": list(own)
        for number, own in by_volunteer
    }


def _volunteer(one: RanIn) -> int:
    return one.volunteer


def _sheet(month: date, own: Sequence[RanIn]) -> "HoursSheet":
    from hsf_cli.exchange.hours_sheet import HoursSheet, Row

    rows = [Row(one.assignment_id, one.started_on, one.usual_time, one.last) for one in own]
    return HoursSheet(own[0].volunteer_id, own[0].volunteer_name, month, rows)


def _row(path: Path, own: Sequence[RanIn]) -> dict[str, Any]:
    return {
        "file": path.name,
        "volunteer_name": own[0].volunteer_name,
        "assignments": [KINDS["assignment"].name(one.assignment) for one in own],
    }
