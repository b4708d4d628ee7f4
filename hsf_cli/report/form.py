"""A form: the annual report's statistics chapter as an edition's TOML file has it.

An edition is data. It holds the form's own words, and says for each row which records of which
population it counts, and how.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal, Protocol

from hsf_cli.report.conditions import Condition

Unit = Literal["antall", "timer", "årsverk"]
# How a figure must stand to others: their sum, at most their sum, or none where they are none.
Stand = Literal["equals", "at_most", "needs"]
# The key of the chapter that the form's figures are in.
STATISTICS = "statistics"
# What stands before the key of a row of last year's form.
BEFORE = "before."


@dataclass(frozen=True)
class Measure:
    """What is made of the records: their number, a sum over them, or a mean."""

    # The attributes added up over the records; none means that the records are counted.
    sum: tuple[str, ...] = ()
    # The attribute whose sum the other is divided by; records without it are left out.
    per: str = ""


@dataclass(frozen=True)
class FormRow:
    """One row: its label word for word, and the records that it counts."""

    key: str
    label: str
    population: str
    conditions: Mapping[str, Condition]
    measure: Measure
    unit: Unit
    # The key of the row that this one and its siblings in the table split between them.
    part_of: str


@dataclass(frozen=True)
class FormTable:
    """A table under its heading, which may be blank."""

    heading: str
    rows: tuple[FormRow, ...]

    @cached_property
    def inside(self) -> frozenset[str]:
        """The keys of the rows that stand further in: they split a row above them."""
        return inside(self.rows)


@dataclass(frozen=True)
class FormSection:
    """A numbered section of the chapter."""

    number: str
    title: str
    tables: tuple[FormTable, ...]


@dataclass(frozen=True)
class Chapter:
    """A chapter of the whole report: its key is the same in every edition that has it."""

    key: str
    number: str
    title: str

    @property
    def level(self) -> int:
        """1 for a chapter («4.0»), 2 for a part of one («4.1»)."""
        return 1 if self.number.partition(".")[2] in ("", "0") else 2

    def has_parts(self, chapters: "Iterable[Chapter]") -> bool:
        """Whether any of those chapters is a part of it."""
        return any(other.key.startswith(f"{self.key}.") for other in chapters)

    @property
    def name(self) -> str:
        """The number and the title."""
        return f"{self.number} {self.title}".strip()


@dataclass(frozen=True)
class Relation:
    """How a figure must stand to others of the form, and what to say where it does not.

    In the text `{figure}` is the figure, `{label}` its label, `{also}` what is added to it, and
    `{sum}` the others' sum.
    """

    figure: str
    stand: Stand
    # Keys of rows; with `before.` in front they are last year's.
    others: tuple[str, ...]
    text: str
    # Whether records that are right can break it too: it is told of reports that are read in alone.
    suspicion: bool = False
    # Keys of rows that are added to the figure, where together they are at most the others.
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Form:
    """A whole form."""

    edition: int
    number: str
    title: str
    sections: tuple[FormSection, ...]
    # The whole report's chapters in their order, the one with the figures among them.
    chapters: tuple[Chapter, ...] = ()
    relations: tuple[Relation, ...] = ()
    # The TOML text of a form of a department's own; empty for an edition that ships.
    source: str = ""

    @property
    def rows(self) -> Iterator[FormRow]:
        """Every row in the form's order."""
        return (row for part in self.sections for table in part.tables for row in table.rows)

    @cached_property
    def by_key(self) -> Mapping[str, FormRow]:
        """Every row by its key."""
        return {row.key: row for row in self.rows}

    @cached_property
    def section_of(self) -> Mapping[str, str]:
        """The number of each row's section, by the row's key, in the form's order."""
        return {
            row.key: section.number
            for section in self.sections
            for table in section.tables
            for row in table.rows
        }

    def of_rows(self, wanted: Callable[[FormRow], bool]) -> "Form":
        """The form with those of its rows alone, each for itself, and no table without any."""

        def table(one: FormTable) -> FormTable:
            rows = tuple(replace(row, part_of="") for row in one.rows if wanted(row))
            return replace(one, rows=rows)

        def section(one: FormSection) -> FormSection:
            tables = map(table, one.tables)
            return replace(one, tables=tuple(each for each in tables if each.rows))

        return replace(self, sections=tuple(map(section, self.sections)))


class _Splitting(Protocol):
    """A row of a form, or its figure."""

    @property
    def key(self) -> str: ...
    @property
    def part_of(self) -> str: ...


def inside(rows: Iterable[_Splitting]) -> frozenset[str]:
    """The keys of a table's rows that split one above them: they stand a little further in."""
    above: set[str] = set()
    further_in = set()
    for row in rows:
        if row.part_of in above:
            further_in.add(row.key)
        above.add(row.key)
    return frozenset(further_in)
