"""Counts a form: every figure is the set of records behind it, and what is made of them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from itertools import chain
from operator import itemgetter
from typing import Any

from hsf_cli.numbers import rounded
from hsf_cli.populations import POPULATIONS, Period, records
from hsf_cli.records import Kind
from hsf_cli.report.conditions import Condition
from hsf_cli.report.form import Form, FormRow, FormTable, Measure
from hsf_cli.store import Row, Store

MINUTES_IN_AN_HOUR = 60
YEAR_MARK = "{year}"


@dataclass(frozen=True)
class Cell:
    """One row of a counted form: the records that it counts, and so its figure."""

    row: FormRow
    label: str
    records: Sequence[Row]
    # Of what the row and its siblings split between them: the records in none of them.
    missing: Sequence[Row]
    # The hours that make one full-time equivalent in this department.
    hours_per_fte: int

    @property
    def kind(self) -> Kind:
        """The kind of record that it counts."""
        return POPULATIONS[self.row.population].kind

    @property
    def value(self) -> Fraction:
        """The exact figure, in the row's unit."""
        value = _measured(self.row.measure, self.records)
        if self.row.unit == "antall":
            return value
        hours = value / MINUTES_IN_AN_HOUR
        return hours / self.hours_per_fte if self.row.unit == "årsverk" else hours

    @property
    def figure(self) -> int | Decimal:
        """The figure as the report gives it: whole for counts, otherwise with two decimals."""
        return int(self.value) if self.row.unit == "antall" else rounded(self.value)


@dataclass(frozen=True)
class CountedTable:
    """A table with its cells."""

    heading: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class CountedSection:
    """A section with its tables."""

    number: str
    title: str
    tables: tuple[CountedTable, ...]


@dataclass(frozen=True)
class Report:
    """A counted form for a year."""

    form: Form
    year: int
    department: str
    counted_at: datetime
    hours_per_fte: int
    sections: tuple[CountedSection, ...]
    # Every record of the populations that its rows count, by the population's name.
    populations: Mapping[str, Sequence[Row]]


def counted(store: Store, form: Form, year: int, counted_at: datetime) -> Report:
    """The form filled in from the department's records for that year."""
    with store.reading():
        return _Counting(store, form, year).report(counted_at)


class _Counting:
    def __init__(self, store: Store, form: Form, year: int) -> None:
        self._form = form
        self._year = year
        department = store.rows("SELECT name, hours_per_fte FROM department")[0]
        self._department = str(department["name"])
        self._hours_per_fte = int(department["hours_per_fte"])
        rows = list(form.rows)
        self._populations = {
            name: _Population(records(store, name, Period.year(year)))
            for name in dict.fromkeys(row.population for row in rows)
        }
        self._counted = {row.key: self._records(row) for row in rows}

    def _records(self, row: FormRow) -> Sequence[Row]:
        """The records that a row counts."""
        found = self._populations[row.population].meeting(row.conditions)
        return _taking_part(row.measure, found)

    def report(self, counted_at: datetime) -> Report:
        return Report(
            self._form,
            self._year,
            self._department,
            counted_at,
            self._hours_per_fte,
            tuple(
                CountedSection(
                    section.number,
                    section.title,
                    tuple(
                        CountedTable(table.heading, self._cells(table)) for table in section.tables
                    ),
                )
                for section in self._form.sections
            ),
            {name: population.records for name, population in self._populations.items()},
        )

    def _cells(self, table: FormTable) -> tuple[Cell, ...]:
        missing = {
            whole: self._in_no_row(table, whole) for whole in {row.part_of for row in table.rows}
        }
        return tuple(
            Cell(
                row,
                row.label.replace(YEAR_MARK, str(self._year)),
                self._counted[row.key],
                missing[row.part_of],
                self._hours_per_fte,
            )
            for row in table.rows
        )

    def _in_no_row(self, table: FormTable, whole: str) -> list[Row]:
        """The records of the whole that none of the table's rows for it counts."""
        if not whole:
            return []
        placed = {
            record["id"]
            for row in table.rows
            if row.part_of == whole
            for record in self._counted[row.key]
        }
        return [record for record in self._counted[whole] if record["id"] not in placed]


class _Population:
    """A population's records, and which of them meet what a row asks.

    Records are many, and what they hold is one of few: a condition is asked once of each value.
    """

    def __init__(self, records: Sequence[Row]) -> None:
        self.records = records
        self._holding: dict[str, dict[Any, list[Row]]] = {}

    def meeting(self, conditions: Mapping[str, Condition]) -> Sequence[Row]:
        """The records that meet every condition, in the order of their numbers."""
        left: Sequence[Row] | None = None
        for name, condition in conditions.items():
            holding = self._by_value(name)
            met = {value for value in holding if condition.met_by(value)}
            if left is None:
                left = _in_order([holding[value] for value in met])
            else:
                left = [record for record in left if record[name] in met]
        return self.records if left is None else left

    def _by_value(self, name: str) -> Mapping[Any, Sequence[Row]]:
        """The records by what they hold in that attribute."""
        if name not in self._holding:
            holding = self._holding[name] = defaultdict(list)
            for record in self.records:
                holding[record[name]].append(record)
        return self._holding[name]


def _in_order(groups: Sequence[Sequence[Row]]) -> Sequence[Row]:
    """The records of all the groups, in the order of their numbers, as each of them is."""
    if len(groups) == 1:
        return groups[0]
    return sorted(chain.from_iterable(groups), key=itemgetter("id"))


def _taking_part(measure: Measure, records: Sequence[Row]) -> Sequence[Row]:
    """The records that have what a mean needs; counts and sums take every one."""
    if not measure.per:
        return records
    return [record for record in records if record[measure.per] is not None]


def _measured(measure: Measure, counted: Sequence[Row]) -> Fraction:
    if not measure.sum:
        return Fraction(len(counted))
    total = sum(_sum_of(name, counted) for name in measure.sum)
    if not measure.per:
        return Fraction(total)
    divisor = _sum_of(measure.per, counted)
    return Fraction(total, divisor) if divisor else Fraction(0)


def _sum_of(name: str, records: Sequence[Row]) -> int:
    """The sum of an attribute, of the records where it is known."""
    return sum(filter(None, map(itemgetter(name), records)))
