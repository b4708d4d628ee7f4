"""`hsf data angre` and `hsf data logg`: what has been done, told in words, and taken back."""

import json
import re
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from heapq import merge
from itertools import islice
from typing import Annotated, Any

import typer

from hsf_cli import dates, numbers
from hsf_cli.commands.common import opened, read
from hsf_cli.errors import NotFound
from hsf_cli.exchange.sheets import SHEETS
from hsf_cli.exchange.values import LONG_TEXT
from hsf_cli.records import KINDS
from hsf_cli.registers import undoing
from hsf_cli.registers.events import Event, events
from hsf_cli.registers.history import (
    ChangeSet,
    Effects,
    Outcome,
    change_sets,
    is_known,
    named,
    written_moment,
)
from hsf_cli.spelling import folded
from hsf_cli.store import Store
from hsf_cli.texts import listed
from hsf_cli.ui import questions, screen
from hsf_cli.ui.listing import Column, Listing
from hsf_cli.ui.progress import progress_bar

_MOST_LINES = 10
_MOST_KINDS = 3
_LISTED = 20
_COLUMN_OF = {(sheet.table, column.field): column for sheet in SHEETS for column in sheet.columns}
_OUTCOMES: dict[Outcome, str] = {"added": "lagt til", "changed": "endret", "removed": "slettet"}
_SHORT_NAME = re.compile(r"([a-zæøå]+) ?(\d{1,8})", re.IGNORECASE)
# What was done where no names went out, by the command.
_UNNAMED = {
    "data kopi": "Kryptert kopi",
    "data gjenopprett": "Satt tilbake til en kopi",
}
_KEYS = ("number", "undoes", "undone_by")
# The department is in no sheet: its columns, as people call them.
_DEPARTMENT = {
    "name": "navn",
    "operator": "drifter",
    "position_percent": "stillingsprosent",
    "hours_per_fte": "timer i et årsverk",
    "coordinators": "koordinatorer",
    "retention_months": "måneder før noe skal slettes",
    "small_number": "minste tall i den offentlige rapporten",
    "copies_folder": "mappe for kopier",
}


def undo(
    ctx: typer.Context,
    number: Annotated[
        int | None,
        typer.Option(
            "--endring",
            metavar="NUMMER",
            min=1,
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
    hsf data angre --endring 17
    """
    with opened(ctx) as store:
        one = undoing.undoable(store, number)
        screen.say(f"Endring {one.number} ({one.command}), {one.made_by}, {one.when}:")
        for line in lines(store, Effects.of(store, one.number)):
            screen.say(f"  {line}")
        questions.confirm("Ta dette tilbake?", already=yes)
        with progress_bar("Tar tilbake") as progress:
            undo_number = undoing.undone(store, one, progress)
    again = f"hsf data angre --endring {undo_number}"
    if one.undoes is None:
        screen.say(f"Endring {one.number} er tatt tilbake. Gjør det om igjen med: {again}")
    else:
        screen.say(f"Endring {one.undoes} gjelder igjen. Ta den tilbake med: {again}")


def log(
    ctx: typer.Context,
    record: Annotated[
        str | None,
        typer.Option("--post", metavar="NUMMER", help="Bare det som gjelder denne, som F12."),
    ] = None,
    day: Annotated[
        str | None, typer.Option("--dag", metavar="DATO", help="Bare det som ble gjort den dagen.")
    ] = None,
    command: Annotated[
        str | None,
        typer.Option("--kommando", metavar="TEKST", help="Bare kommandoer der dette står."),
    ] = None,
    limit: Annotated[
        int, typer.Option("--antall", metavar="ANTALL", min=1, help="Hvor mange; ellers 20.")
    ] = _LISTED,
) -> Listing:
    """Viser hvem som gjorde hva og når, det siste først.

    Også kopier, og filer som er skrevet, står her. De har ikke noe nummer, for det som er ute, kan
    ikke angres.

    \b
    hsf data logg
    hsf data logg --post F12
    hsf data logg --dag "i går" --kommando oppdrag
    """
    on = read("--dag", day, lambda text: dates.typed_date(text, dates.today())) if day else None
    iso = on.isoformat() if on else None
    with opened(ctx) as store:
        wanted = _record(store, record) if record else None
        done: Iterator[ChangeSet | Event] = change_sets(store, record=wanted, day=iso)
        if wanted is None:
            done = merge(events(store, day=iso), done, key=_moment, reverse=True)
        found = [one for one in done if folded(command or "") in folded(one.command)]
        rows = [_row(store, one, wanted) for one in islice(found, limit)]
    shown = f"De {limit} siste av {numbers.written(len(found))}. Se flere med --antall."
    return Listing(
        _COLUMNS,
        rows,
        empty="Ingen endringer passer med valgene. Se alle med: hsf data logg",
        foot=shown if len(found) > limit else "",
    )


_COLUMNS = [
    Column("number", "Nr.", right=True),
    Column("made_at", "Når", written_moment),
    Column("made_by", "Hvem"),
    Column("command", "Kommando"),
    Column("what", "Hva", main=True, personal=True),
    Column("undone_by", "Angret", lambda number: f"i {number}", detail="angret"),
]


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


def lines(store: Store, effects: Effects, most: int = _MOST_LINES) -> Iterator[str]:
    """What a change set did, one line for each record; of very many the first, and their number."""
    counts = effects.counts()
    for table, number, outcome in islice(effects.outcomes(), most):
        yield _line(store, effects, table, number, outcome)
    if counts.total() > most:
        yield f"og {numbers.written(counts.total() - most)} til: i alt {summary(effects)}"


def summary(effects: Effects) -> str:
    """«24 familier og 40 barn lagt til, 3 oppdrag endret»."""
    counts = effects.counts()
    parts = []
    for outcome, word in _OUTCOMES.items():
        of_kinds = {table: counts[table, outcome] for table in effects.tables}
        kinds = [_counted(table, count) for table, count in of_kinds.items() if count]
        if len(kinds) > _MOST_KINDS:
            kinds = [f"{numbers.written(sum(of_kinds.values()))} poster"]
        if kinds:
            parts.append(f"{listed(kinds)} {word}")
    return ", ".join(parts)


def _what(store: Store, one: ChangeSet, record: tuple[str, int] | None) -> str:
    """What a change set did, in short, or what it did to one record."""
    effects = Effects.of(store, one.number)
    mine = (one for one in effects.outcomes() if record is None or one[:2] == record)
    outcomes = list(islice(mine, 2))  # an import has thousands of them
    return _line(store, effects, *outcomes[0]) if len(outcomes) == 1 else summary(effects)


def _line(store: Store, effects: Effects, table: str, number: int, outcome: Outcome) -> str:
    """«Oppdrag O9 (Hansen – Berit): avsluttet 03.02.2026»."""
    name = named(store, table, number)
    if outcome != "changed":
        return f"{name} ble {_OUTCOMES[outcome]}"
    fields = effects.fields(store, table, number)
    told = [text for field, held in fields.items() if (text := _told(store, table, field, *held))]
    return f"{name}: {', '.join(told)}" if told else f"{name} ble endret"


def _told(store: Store, table: str, field: str, before: Any, after: Any) -> str:
    """«telefon fra 22 33 44 55 til 99 88 77 66»; empty for what nobody knows by a name."""
    column = _COLUMN_OF.get((table, field))
    if column is None:
        word = "id" if field == "imported_id" else _DEPARTMENT.get(field, "")
        was, now = _plain(field, before), _plain(field, after)
    else:
        word = column.header.replace("_", " ")
        was, now = (column.value.for_people(value, _Names(store)) for value in (before, after))
    if not word:
        return ""
    if column and column.value is LONG_TEXT:
        return f"{word} endret"
    if was and now:
        return f"{word} fra {was} til {now}"
    return f"{word} {now}" if now else f"{word} {was} tatt bort"


def _plain(field: str, value: Any) -> str:
    if field == "coordinators":
        return ", ".join(json.loads(value or "[]"))
    return "" if value is None else str(value)


class _Names:
    """Other records, as the values that refer to them are read by people."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def id_of(self, table: str, number: int) -> str:
        return named(self._store, table, number).removeprefix(
            f"{KINDS[table].singular.capitalize()} "
        )


def _record(store: Store, text: str) -> tuple[str, int]:
    """The record that is meant, by its short name or its imported id. Raises NotFound."""
    if found := _SHORT_NAME.fullmatch(text.strip()):
        for kind in KINDS.values():
            number = int(found[2])
            if kind.letter == found[1].upper() and is_known(store, kind.table, number):
                return kind.table, number
    for table in KINDS:
        sql = f"SELECT id FROM {table} WHERE imported_id = :id"
        if (number := store.value(sql, id=text.strip())) is not None:
            return table, number
    raise NotFound(
        f"Loggen kjenner ingen post «{text}».", "Skriv nummeret med bokstaven foran, som F12."
    )


def _counted(table: str, count: int) -> str:
    kind = KINDS.get(table)
    if kind is None:
        return "avdelingen"
    return f"{numbers.written(count)} {kind.singular if count == 1 else kind.plural}"
