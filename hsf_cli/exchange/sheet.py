"""What a sheet is: its columns, and what a row of it must hold to."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from hsf_cli.dates import written
from hsf_cli.exchange.values import Value
from hsf_cli.records import KINDS, Kind
from hsf_cli.spelling import folded
from hsf_cli.texts import LONGEST_TEXT

ID = "id"
_MINUTES_IN_A_DAY = 1440

Record = Mapping[str, Any]
# What breaks a rule: the field where it shows, and what would be right there.
Breach = tuple[str, str]


@dataclass(frozen=True)
class Rule:
    """What a row must hold to: the fields it is about, and what their values break of it."""

    fields: tuple[str, ...]
    breach: Callable[..., Breach | None]


@dataclass(frozen=True)
class Column:
    """A column: its header in the file, its field in the table, and the kind of value."""

    header: str
    field: str
    value: Value
    required: bool = False
    # How many characters a cell of it may have.
    longest: int = LONGEST_TEXT


@dataclass(frozen=True)
class Sheet:
    """One file or sheet, for one kind of record."""

    name: str
    table: str
    columns: tuple[Column, ...]
    rules: tuple[Rule, ...] = ()
    # Whether every row must name its record; otherwise rows without an id are matched by content.
    needs_id: bool = True
    # Whether a second row with the same content is the same record.
    once: bool = False
    # Whether departments' files have it; the others are written only when they hold something.
    standard: bool = True

    @property
    def kind(self) -> Kind:
        """The kind of record it holds."""
        return KINDS[self.table]

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """The table's columns that the sheet's columns fill, the id aside."""
        return tuple(column.field for column in self.columns)

    @property
    def headers(self) -> list[str]:
        """Every header in the order they are written: the id first where it is required."""
        headers = [column.header for column in self.columns]
        return [ID, *headers] if self.needs_id else [*headers, ID]

    @cached_property
    def by_spelling(self) -> Mapping[str, Column]:
        """The columns by their headers' folded spelling."""
        return {folded(column.header): column for column in self.columns}

    def header_of(self, field: str) -> str:
        """The header of the column that fills that field."""
        return next(column.header for column in self.columns if column.field == field)


def not_before(start: str, end: str, start_word: str) -> Rule:
    """The rule that a date, where both are given, is not before another."""

    def breach(first: str | None, last: str | None) -> Breach | None:
        if first is None or last is None or last >= first:
            return None
        return end, f"Datoen kan ikke være før {start_word}, {written(first)}."

    return Rule((start, end), breach)


def _assignment_unnamed(kind: str | None, assignment: int | None) -> Breach | None:
    if kind == "oppdrag" and assignment is None:
        return "assignment_id", "Timer av typen oppdrag må si hvilket oppdrag de er på."
    return None


def _visits_beyond_a_day(visits: int | None, minutes: int | None) -> Breach | None:
    if visits and minutes is not None and minutes > visits * _MINUTES_IN_A_DAY:
        return "minutes", f"{visits} besøk kan ikke være over 24 timer hvert. Rett timene."
    return None


def _locked_uncounted(locked_at: str | None, counted_at: str | None) -> Breach | None:
    if locked_at is not None and counted_at is None:
        return "counted_at", "En låst rapport må si når den ble talt."
    return None


def _part_of_a_record(unit: str | None, value: str | None) -> Breach | None:
    if unit == "antall" and value is not None and not value.isdecimal():
        return "value", "Et antall er et helt tall."
    return None


_SUBJECTS = (
    "inquiry_id",
    "volunteer_id",
    "assignment_id",
    "family_id",
    "resource_group_member_id",
)


def _about_none_or_several(*subjects: int | None) -> Breach | None:
    if sum(subject is not None for subject in subjects) == 1:
        return None
    remedy = (
        "Et unntak gjelder enten en familie, en henvendelse, en familiekontakt, et oppdrag"
        " eller et styremedlem. Fyll ut bare én av dem."
    )
    return _SUBJECTS[0], remedy


ASSIGNMENT_NAMED = Rule(("kind", "assignment_id"), _assignment_unnamed)
VISITS_WITHIN_DAYS = Rule(("visits", "minutes"), _visits_beyond_a_day)
LOCKED_WHEN_COUNTED = Rule(("locked_at", "counted_at"), _locked_uncounted)
WHOLE_RECORDS = Rule(("unit", "value"), _part_of_a_record)
ABOUT_ONE = Rule(_SUBJECTS, _about_none_or_several)
