"""How the cells of the exchange format are read and written: one `Value` for each kind.

What is stored is what the schema holds: ISO dates, whole minutes, 0 and 1, codes, JSON arrays of
codes, and the numbers of other records.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Protocol

from hsf_cli import dates, numbers, texts
from hsf_cli.codes import code_list
from hsf_cli.errors import Unreadable
from hsf_cli.spelling import folded, nearest, suggested
from hsf_cli.texts import cleaned, single_line

_YES = {"ja", "j", "true", "1"}
_NO = {"nei", "n", "false", "0"}
_NOT_ASKED = "ikke_spurt"


class Names(Protocol):
    """What some values need to know to be written: what other records are called."""

    def id_of(self, table: str, number: int) -> str:
        """The id of the record with that number."""


class Context(Names, Protocol):
    """What some values need to know to be read: the day, and which records there are."""

    today: date

    def number_of(self, table: str, id: str) -> Any:
        """The number of the record with that id."""


def _as_text(value: Any, _: Names) -> str:
    return str(value)


@dataclass(frozen=True)
class Value:
    """One kind of value: what a cell of it may hold, in Norwegian, and how it is read and written.

    `read` takes the cleaned text of a cell that is not blank, and raises Unreadable.
    """

    expected: str
    read: Callable[[str, Context], Any]
    write: Callable[[Any, Names], str] = _as_text
    blank: Any = None
    # The list that its codes are from.
    codes: str = ""
    # How it is read at the prompt, where people write more freely than files may.
    typed: Callable[[str, Context], Any] | None = None
    # How people read it, where that is not how files hold it.
    shown: Callable[[Any, Names], str] | None = None

    def read_typed(self, text: str, context: Context) -> Any:
        """The value that a person typed; blank for nothing. Raises Unreadable."""
        cleaned_text = cleaned(text)
        return (self.typed or self.read)(cleaned_text, context) if cleaned_text else self.blank

    def for_people(self, value: Any, names: Names) -> str:
        """The value as a coordinator reads it; a blank is an empty text."""
        return "" if value is None else (self.shown or self.write)(value, names)


def code(name: str) -> Value:
    """One code of that list in codes.json, however its letters are spelled."""
    return Value(
        "én av: " + ", ".join(code_list(name)),
        lambda text, _: _meant(name, text),
        codes=name,
        shown=lambda value, _: code_list(name).labels[value],
    )


def codes(name: str) -> Value:
    """Any number of codes of that list, with commas between; none is an empty array."""

    def read(text: str, _: Context) -> str:
        meant = {_meant(name, part) for part in text.split(",") if part.strip()}
        return json.dumps(code_list(name).in_order(meant), ensure_ascii=False)

    return Value(
        "ingen, én eller flere med komma mellom: " + ", ".join(code_list(name)),
        read,
        lambda value, _: ",".join(json.loads(value)),
        blank="[]",
        codes=name,
        shown=lambda value, _: ", ".join(code_list(name).labels[one] for one in json.loads(value)),
    )


def reference(table: str, sheet: str) -> Value:
    """Another record, by its id."""
    return Value(
        f"id fra {sheet}",
        lambda text, context: context.number_of(table, text),
        lambda number, context: context.id_of(table, number),
    )


def _yes_or_no(text: str) -> int:
    word = text.casefold()
    if word in _YES:
        return 1
    if word in _NO:
        return 0
    raise Unreadable("Skriv ja eller nei.")


def _completed(read_day: Callable[[str, Context], str]) -> Callable[[str, Context], str]:
    """How yes, no or the day is read, by how a day is."""

    def read(text: str, context: Context) -> str:
        if text.casefold() in _YES | _NO:
            return "ja" if _yes_or_no(text) else "nei"
        try:
            return read_day(text, context)
        except Unreadable as unreadable:
            raise Unreadable(f"Skriv ja eller nei, eller en dato. {unreadable.remedy}") from None

    return read


def _meant(name: str, text: str) -> str:
    """The code of that list that the text spells. Raises Unreadable, with the likeliest."""
    meant = code_list(name).meant_by(text)
    if meant is None:
        raise Unreadable(f"{_likely(name, text)}Kodene er: {', '.join(code_list(name))}.")
    return meant


def _likely(name: str, text: str) -> str:
    """The question whether the code that is nearest was meant, or the one whose label is."""
    labels = code_list(name).labels
    of_label = {label: code for code, label in labels.items()}
    near = nearest(text, labels) or [of_label[label] for label in nearest(text, of_label)]
    return suggested(f"«{code}»" for code in near)


def _day(text: str, _: Context) -> str:
    return dates.full_date(text).isoformat()


def _day_that_has_been(text: str, context: Context) -> str:
    day = dates.typed_date(text, context.today)
    if day > context.today:
        raise Unreadable(f"Datoen er ikke kommet ennå: i dag er {dates.written(context.today)}.")
    return day.isoformat()


def _any_day(text: str, context: Context) -> str:
    return dates.typed_date(text, context.today).isoformat()


def _near_day(text: str, context: Context) -> str:
    return dates.near_date(text, context.today).isoformat()


def _planned_day(text: str, context: Context) -> str:
    return dates.typed_date(text, context.today, planned=True).isoformat()


def _written_day(value: str, _: Names) -> str:
    return dates.written(value)


TEXT = Value("tekst på én linje", lambda text, _: single_line(text))
LONG_TEXT = Value("tekst, også over flere linjer", lambda text, _: text)
PHONE = Value(TEXT.expected, TEXT.read, typed=lambda text, _: texts.phone(text))
EMAIL = Value(TEXT.expected, TEXT.read, typed=lambda text, _: texts.email(text))
# What has happened.
DAY = Value("dato: 2023-03-01 eller 01.03.2023", _day, typed=_day_that_has_been, shown=_written_day)
# What may also lie ahead: a day without a year is the latest, the nearest, or the next such day.
ANY_DAY = Value(DAY.expected, _day, typed=_any_day, shown=_written_day)
NEAR_DAY = Value(DAY.expected, _day, typed=_near_day, shown=_written_day)
PLANNED_DAY = Value(DAY.expected, _day, typed=_planned_day, shown=_written_day)
BORN = Value(
    "fødselsår (2021) eller dato (01.03.2021)",
    lambda text, context: dates.born(text, context.today),
    typed=lambda text, context: dates.typed_born(text, context.today),
    shown=lambda value, _: dates.written(value) if "-" in value else value,
)
YES_NO = Value(
    "ja eller nei; tom betyr ikke registrert",
    lambda text, _: _yes_or_no(text),
    lambda value, _: "ja" if value else "nei",
)
COMPLETED = Value(
    "ja, nei eller datoen",
    _completed(_day),
    typed=_completed(_day_that_has_been),
    shown=lambda value, _: dates.written(value) if "-" in value else value,
)
HOURS = Value(
    "timer: 2,5 eller 2:30",
    lambda text, _: numbers.minutes(text),
    lambda value, _: numbers.hours(value),
    typed=lambda text, _: numbers.typed_minutes(text),
    shown=lambda value, _: numbers.readable_hours(value),
)
COUNT = Value("helt tall, 0 eller mer", lambda text, _: numbers.count(text))
FIGURE = Value("tall, som 12 eller 728.8", lambda text, _: numbers.figure(text))
YEAR = Value("årstall, som 2025", lambda text, _: dates.year(text))
MOMENT = Value("dag og klokkeslett: 2026-01-12T10:15:00+01:00", lambda text, _: dates.moment(text))
TIME = Value(
    "klokkeslett: 15:00 eller 9:30",
    lambda text, _: numbers.time_of_day(text),
    typed=lambda text, _: numbers.typed_time(text),
)


def or_not_asked(value: Value) -> Value:
    """That value, or a word of its own where nobody has asked yet: in a required column.

    The word is no code, and so no choice: nobody is to be offered not to have asked.
    """

    def read(text: str, context: Context) -> Any:
        return None if folded(text) == folded(_NOT_ASKED) else value.read(text, context)

    def write(stored: Any, context: Names) -> str:
        return _NOT_ASKED if stored is None else value.write(stored, context)

    expected = f"{value.expected} – eller {_NOT_ASKED}, når det ikke er kjent ennå"
    return replace(value, expected=expected, read=read, write=write)
