"""A report as figures alone: what is shown and written, kept, read in, compared and added up.

It comes from a counted report, from what a department keeps of an earlier year, or from the JSON
that departments send (`docs/exchange.md`). A figure holds no record; the counted report does.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property

from hsf_cli.report.count import YEAR_MARK, Cell, CountedTable, Report
from hsf_cli.report.form import Form, FormRow, Unit, inside


@dataclass(frozen=True)
class Line:
    """One row: its label and its figure, in its unit."""

    key: str
    label: str
    # None: not filled in, or hidden.
    value: int | Decimal | None
    unit: Unit = "antall"
    # How many records of what the row and its siblings split are in none of them; None: hidden.
    missing: int | None = 0
    # The key of the row that they split, where they split one.
    part_of: str = ""
    # The short names of the missing records, as far as they are known.
    left_out: tuple[str, ...] = ()
    # Whether the figure is kept from the public.
    hidden: bool = False


@dataclass(frozen=True)
class Table:
    """A table under its heading, which may be blank."""

    heading: str
    lines: tuple[Line, ...]

    @property
    def key(self) -> str:
        """What names the table in every edition that has it: its first row."""
        return self.lines[0].key

    @cached_property
    def inside(self) -> frozenset[str]:
        """The keys of the rows that stand further in: they split a row above them."""
        return inside(self.lines)


@dataclass(frozen=True)
class Section:
    """A numbered section of the chapter."""

    number: str
    title: str
    tables: tuple[Table, ...]

    @property
    def lines(self) -> Iterator[Line]:
        """Every row in the form's order."""
        return (line for table in self.tables for line in table.lines)


@dataclass(frozen=True)
class Figures:
    """A form filled in for a year."""

    year: int
    edition: int
    department: str
    # The chapter's number and title.
    number: str
    title: str
    sections: tuple[Section, ...]
    # When it was counted; None where that is not known.
    counted_at: datetime | None = None
    locked_at: datetime | None = None
    # The hours that make one full-time equivalent, where they are known.
    hours_per_fte: int | None = None
    # The name of the published report that it was read from.
    source: str = ""
    # The day as of whose end the records were counted, where that was asked for.
    as_known: date | None = None
    # When the year's report was locked, where this is another count beside it.
    beside_locked: datetime | None = None

    @property
    def is_kept(self) -> bool:
        """Whether the records cannot change it: it is locked, or was read in."""
        return bool(self.locked_at or self.source)

    @property
    def is_blank(self) -> bool:
        """Whether nothing was counted at all: then nobody knows anything of the year."""
        return not any(line.value for line in self.lines)

    @property
    def tables(self) -> Iterator[Table]:
        """Every table in the form's order."""
        return (table for section in self.sections for table in section.tables)

    @property
    def lines(self) -> Iterator[Line]:
        """Every row in the form's order."""
        return (line for table in self.tables for line in table.lines)

    @cached_property
    def by_key(self) -> Mapping[str, Line]:
        """Every row by its key."""
        return {line.key: line for line in self.lines}

    def apart_from(self, other: "Figures") -> list[Line]:
        """The rows whose figure the other does not have."""
        return [
            line
            for line in self.lines
            if line.key not in other.by_key or other.by_key[line.key].value != line.value
        ]


def of(report: Report) -> Figures:
    """The figures of a counted report."""
    return Figures(
        year=report.year,
        edition=report.form.edition,
        department=report.department,
        number=report.form.number,
        title=report.form.title,
        sections=tuple(
            Section(section.number, section.title, tuple(map(_table, section.tables)))
            for section in report.sections
        ),
        counted_at=report.counted_at,
        hours_per_fte=report.hours_per_fte,
    )


def filled(
    form: Form, values: Mapping[str, int | Decimal | None], year: int, department: str, source: str
) -> Figures:
    """The form with values by the keys of its rows, as they were read from a published report."""
    return Figures(
        year=year,
        edition=form.edition,
        department=department,
        number=form.number,
        title=form.title,
        sections=tuple(
            Section(
                section.number,
                section.title,
                tuple(
                    Table(table.heading, tuple(_filled(row, values, year) for row in table.rows))
                    for table in section.tables
                ),
            )
            for section in form.sections
        ),
        source=source,
    )


def _filled(row: FormRow, values: Mapping[str, int | Decimal | None], year: int) -> Line:
    value = values.get(row.key)
    if value is not None and row.unit != "antall":
        value = Decimal(value)
    label = row.label.replace(YEAR_MARK, str(year))
    return Line(row.key, label, value, row.unit, part_of=row.part_of)


def _table(table: CountedTable) -> Table:
    # The rows that split one whole leave out the same records, which are named once.
    one_of_each = {cell.row.part_of: cell for cell in table.cells}
    left_out = {
        whole: tuple(cell.kind.name(record["id"]) for record in cell.missing)
        for whole, cell in one_of_each.items()
    }
    lines = (_line(cell, left_out[cell.row.part_of]) for cell in table.cells)
    return Table(table.heading, tuple(lines))


def _line(cell: Cell, left_out: tuple[str, ...]) -> Line:
    return Line(
        key=cell.row.key,
        label=cell.label,
        value=cell.figure,
        unit=cell.row.unit,
        missing=len(cell.missing),
        part_of=cell.row.part_of,
        left_out=left_out,
    )
