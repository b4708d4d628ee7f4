"""`hsf data angre` and `hsf data logg`: what has been done, told in words, and taken back."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime
from heapq import merge
from itertools import islice
from typing import Annotated, Any

import typer

from hsf_cli import dates, numbers
from hsf_cli.commands.common import opened, read
from hsf_cli.commands.telling import line, lines, summary
from hsf_cli.errors import NotFound, Unreadable, WrongUse
from hsf_cli.records import KINDS
from hsf_cli.registers import undoing
from hsf_cli.registers.events import Event, events
from hsf_cli.registers.history import (
    EVER,
    ChangeSet,
    Days,
    Effects,
    change_sets,
)
from hsf_cli.registers.remembered import is_known
from hsf_cli.spelling import folded
from hsf_cli.store import Store
from hsf_cli.texts import cleaned
from hsf_cli.ui import questions, screen
from hsf_cli.ui.commandline import command, commands
from hsf_cli.ui.listing import Column, Listing, lists
from hsf_cli.ui.progress import progress_bar

app = commands()

_LISTED = 20
_MORE = 5  # times as many
_SHORT_NAME = re.compile(r"([a-zæøå]+) ?(\d{1,8})", re.IGNORECASE)
# What was done where no names went out, by the command.
_UNNAMED = {
    "data kopi": "Kryptert kopi",
    "data gjenopprett": "Satt tilbake til en kopi",
    "data nøkkel --ark": "Gjenopprettingsark skrevet",
    "data nøkkel --fra-ark": "Åpnet med gjenopprettingsarket",
    "data nøkkel --flytt": "Nøkkelen flyttet",
    "data nøkkel --bytt": "Ny nøkkel",
}
_KEYS = ("number", "undoes", "undone_by")


@command(app, "angre")
def undo(
    ctx: typer.Context,
    number: Annotated[
        int | None,
        typer.Option(
            "--endring",
            metavar="NUMMER",
            min=1,
            max=numbers.LARGEST,
            help="En eldre endring, med nummeret den har i «hsf data logg».",
        ),
    ] = None,
    yes: Annotated[bool, typer.Option("--ja", help="Tar den tilbake uten å spørre.")] = False,
) -> None:
    """Tar tilbake den siste endringen, etter å ha vist hva den gjorde.

    Gjentatt går den et skritt lenger tilbake for hver gang. En eldre endring kan tas tilbake for
    seg, når ingenting senere bygger på den; er den selv en angring, blir det gjort om igjen.

    \b
    hsf data angre
    hsf data angre --endring 4
    """
    with opened(ctx) as store:
        with store.looking():  # all of it is judged again when it is done
            one = undoing.undoable(store, number)
            told = list(lines(store, Effects.of(store, one.number)))
        screen.say(f"Endring {one.number} ({one.command}), {one.made_by}, {one.when}:")
        for text in told:
            screen.say(f"  {text}")
        questions.confirm("Ta dette tilbake?", already=yes)
        with progress_bar("Tar tilbake") as progress:
            undo_number = undoing.undone(store, one, progress)
    again = f"hsf data angre --endring {undo_number}"
    if one.undoes is None:
        screen.say(f"Endring {one.number} er tatt tilbake. Gjør det om igjen: {again}")
    else:
        screen.say(f"Endring {one.undoes} gjelder igjen. Ta den tilbake: {again}")


@lists(app, "logg")
def log(
    ctx: typer.Context,
    record: Annotated[
        str | None,
        typer.Option("--post", metavar="NUMMER", help="Bare det som gjelder denne, som F12."),
    ] = None,
    day: Annotated[
        str | None, typer.Option("--dag", metavar="DATO", help="Bare det som ble gjort den dagen.")
    ] = None,
    since: Annotated[
        str | None, typer.Option("--fra", metavar="DATO", help="Fra og med denne dagen.")
    ] = None,
    until: Annotated[
        str | None, typer.Option("--til", metavar="DATO", help="Til og med denne dagen.")
    ] = None,
    command: Annotated[
        str | None,
        typer.Option("--kommando", metavar="TEKST", help="Bare kommandoer der dette står."),
    ] = None,
    limit: Annotated[
        int,
        typer.Option(
            "--antall", metavar="ANTALL", min=1, max=numbers.LARGEST, help="Hvor mange; ellers 20."
        ),
    ] = _LISTED,
) -> Listing:
    """Viser hvem som gjorde hva og når, det siste først.

    Også kopier, og filer som er skrevet, står her. De har ikke noe nummer, for det som er ute, kan
    ikke angres.

    \b
    hsf data logg --post F12
    hsf data logg --dag "i går" --kommando oppdrag
    hsf data logg --fra 1.3 --til 31.3
    """
    days = _days(day, since, until)
    with opened(ctx) as store:
        wanted = _record(store, record) if record else None
        done: Iterator[ChangeSet | Event] = change_sets(store, record=wanted, days=days)
        if wanted is None:
            done = merge(events(store, days=days), done, key=_moment, reverse=True)
        found = [one for one in done if folded(command or "") in folded(one.command)]
        rows = [_row(store, one, wanted) for one in islice(found, limit)]
    said = {"post": record, "dag": day, "fra": since, "til": until, "kommando": command}
    chosen = "".join(f" --{name} {screen.quoted(text)}" for name, text in said.items() if text)
    shown = (
        f"De {limit} siste av {numbers.written(len(found))}. "
        f"Se flere: hsf data logg --antall {limit * _MORE}{chosen}"
    )
    return Listing(
        _COLUMNS,
        rows,
        empty="Ingen endringer passer med valgene. Se alle: hsf data logg",
        foot=shown if len(found) > limit else "",
    )


_COLUMNS = [
    Column("number", "Nr.", right=True),
    Column("made_at", "Når", lambda made_at: f"{dates.written(made_at[:10])} {made_at[11:16]}"),
    Column("made_by", "Hvem"),
    Column("command", "Kommando"),
    Column("what", "Hva", main=True, personal=True),
    Column("undone_by", "Angret", lambda number: f"i {number}", detail="angret"),
]


def _days(day: str | None, since: str | None, until: str | None) -> Days:
    """The days that were typed. Raises WrongUse."""
    if day and (since or until):
        raise WrongUse("--dag går ikke sammen med --fra eller --til.", "Bruk den ene måten.")
    if day:
        return _day("--dag", day), _day("--dag", day)
    return (
        _day("--fra", since) if since else EVER[0],
        _day("--til", until) if until else EVER[1],
    )


def _day(option: str, typed: str) -> str:
    return read(option, typed, lambda text: dates.typed_date(text, dates.today())).isoformat()


def _moment(one: ChangeSet | Event) -> datetime:
    """When it was done, whatever the clock of the one who did it was set to."""
    return datetime.fromisoformat(one.made_at).astimezone()


def _row(store: Store, one: ChangeSet | Event, record: tuple[str, int] | None) -> dict[str, Any]:
    if isinstance(one, ChangeSet):
        return asdict(one) | {"what": _what(store, one, record), "named": None}
    what = (
        "Skrevet til fil, med navn"
        if one.named
        else _UNNAMED.get(one.command, "Skrevet til fil, uten navn")
    )
    return {**dict.fromkeys(_KEYS), **asdict(one), "what": what}


def _what(store: Store, one: ChangeSet, record: tuple[str, int] | None) -> str:
    """What a change set did, in short, or what it did to one record."""
    effects = Effects.of(store, one.number)
    mine = (one for one in effects.outcomes() if record is None or one[:2] == record)
    outcomes = list(islice(mine, 2))  # an import has thousands of them
    return line(store, effects, *outcomes[0]) if len(outcomes) == 1 else summary(effects)


def _record(store: Store, text: str) -> tuple[str, int]:
    """The record that is meant, by its short name or its imported id. Raises NotFound."""
    with suppress(Unreadable):  # no record is called what no text can hold
        text = cleaned(text)
        if (record := _known_record(store, text)) is not None:
            return record
    raise NotFound(
        f"Loggen kjenner ingen post «{text}».", "Skriv nummeret med bokstaven foran, som F12."
    )


def _known_record(store: Store, text: str) -> tuple[str, int] | None:
    if found := _SHORT_NAME.fullmatch(text):
        for kind in KINDS.values():
            number = int(found[2])
            if kind.letter == found[1].upper() and is_known(store, kind.table, number):
                return kind.table, number
    for table in KINDS:
        sql = f"SELECT id FROM {table} WHERE imported_id = :id"
        if (number := store.value(sql, id=text)) is not None:
            return table, number
    return None
