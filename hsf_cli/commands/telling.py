"""What a change set did, in a coordinator's words."""

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any

from hsf_cli import dates, numbers
from hsf_cli.exchange.sheets import SHEETS
from hsf_cli.exchange.values import LONG_TEXT
from hsf_cli.records import KINDS
from hsf_cli.registers.history import Effects, Outcome
from hsf_cli.registers.remembered import named
from hsf_cli.store import Store
from hsf_cli.texts import listed

_MOST_LINES = 10
_MOST_KINDS = 3
_COLUMN_OF = {(sheet.table, column.field): column for sheet in SHEETS for column in sheet.columns}
_OUTCOMES: dict[Outcome, str] = {"added": "lagt til", "changed": "endret", "removed": "slettet"}
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
# What happened to a record the day that a date came into it.
_HAPPENED = {
    ("inquiry", "closed_on"): "ble avsluttet",
    ("volunteer", "approved_on"): "ble godkjent",
    ("volunteer", "left_on"): "sluttet",
    ("assignment", "ended_on"): "ble avsluttet",
}


def lines(store: Store, effects: Effects, most: int = _MOST_LINES) -> Iterator[str]:
    """What a change set did, one line for each record; of very many the first, and their number."""
    counts = effects.counts()
    for table, number, outcome in islice(effects.outcomes(), most):
        yield line(store, effects, table, number, outcome)
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


def line(store: Store, effects: Effects, table: str, number: int, outcome: Outcome) -> str:
    """«Oppdrag O9 (Hansen – Berit) ble avsluttet 03.02.2026: avslutningsgrunn Fullført»."""
    name = named(store, table, number)
    if outcome != "changed":
        return f"{name} ble {_OUTCOMES[outcome]}"
    fields = effects.fields(store, table, number)
    happened = next((field for field in fields if _begins(table, field, *fields[field])), None)
    if happened:
        name = f"{name} {_HAPPENED[table, happened]} {dates.written(fields.pop(happened)[1])}"
    told = [text for field, held in fields.items() if (text := _told(store, table, field, *held))]
    if told:
        return f"{name}: {', '.join(told)}"
    return name if happened else f"{name} ble endret"


def _begins(table: str, field: str, before: Any, after: Any) -> bool:
    """Whether something happened to a record, and not only was written otherwise."""
    return (table, field) in _HAPPENED and before is None and after is not None


def _told(store: Store, table: str, field: str, before: Any, after: Any) -> str:
    """What became of a field; empty for what nobody knows by a name."""
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
    return moved(word, was, now)


def moved(word: str, was: str, now: str) -> str:
    """«telefon fra 22 33 44 55 til 99 88 77 66»: what became of a field that has changed."""
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


def _counted(table: str, count: int) -> str:
    kind = KINDS.get(table)
    if kind is None:
        return "avdelingen"
    return f"{numbers.written(count)} {kind.singular if count == 1 else kind.plural}"
