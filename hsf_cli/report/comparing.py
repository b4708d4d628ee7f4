"""Years side by side: every row of the newest edition, and what older ones have beside it."""

from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import groupby

from hsf_cli.report.across_editions import Found, Row, differing, found
from hsf_cli.report.count import YEAR_MARK
from hsf_cli.report.figures import Figures, Line, Section
from hsf_cli.report.form import FormRow, FormSection, Unit, inside
from hsf_cli.report.forms import edition_for, editions, shipped
from hsf_cli.store import Store

# In place of the year in a label that stands beside many.
_ANY_YEAR = "året"

# Volunteers may have been approved long before there were records of any family.
_FIRST_DAY = """
SELECT min(day) FROM (
    SELECT min(received_on) AS day FROM inquiry
    UNION ALL SELECT min(started_on) FROM assignment
    UNION ALL SELECT min(held_on) FROM activity
    UNION ALL SELECT min(worked_on) FROM hours
)
"""


@dataclass(frozen=True)
class ComparedRow:
    """A row over the years."""

    key: str
    label: str
    unit: Unit
    # Its figure in each of the years.
    figures: tuple[Found, ...]
    # How the forms of the years have it otherwise, a sentence each.
    notes: tuple[str, ...] = ()
    # Whether it stands further in: it splits a row above it.
    inside: bool = False

    @property
    def change(self) -> int | Decimal | None:
        """From the last year but one to the last; None where one of them is not known."""
        before, now = (one.value for one in self.figures[-2:])
        return None if before is None or now is None else now - before

    @property
    def percent(self) -> Fraction | None:
        """The change as a share of what it was, in per cent; None where that was nothing."""
        before = self.figures[-2].value
        if self.change is None or not before:
            return None
        return Fraction(self.change) * 100 / Fraction(before)


@dataclass(frozen=True)
class ComparedTable:
    """A table's rows over the years; `edition` is that of the form it is from."""

    edition: int
    heading: str
    rows: tuple[ComparedRow, ...]


@dataclass(frozen=True)
class ComparedSection:
    """A section over the years: the tables of the newest form, then what only others have."""

    number: str
    title: str
    tables: tuple[ComparedTable, ...]


@dataclass(frozen=True)
class Comparison:
    """Years side by side."""

    # The form whose rows they are, as far as it has them.
    edition: int
    years: tuple[Figures, ...]
    sections: tuple[ComparedSection, ...]


def compared(years: Sequence[Figures], edition: int | None = None) -> Comparison:
    """The years side by side, oldest first, by the rows of that edition or of their newest."""
    chosen = edition or _newest(years)
    return Comparison(chosen, tuple(years), tuple(_Comparing(years, chosen).sections()))


def first_year(store: Store) -> int | None:
    """The year that the department's records begin in; None where there are none."""
    day = store.value(_FIRST_DAY)
    return None if day is None else int(str(day)[:4])


def _newest(years: Sequence[Figures]) -> int:
    known = [one.edition for one in years if one.edition in editions()]
    return max(known) if known else edition_for(years[-1].year)


class _Comparing:
    def __init__(self, years: Sequence[Figures], edition: int) -> None:
        self._years = years
        self._form = shipped(edition)

    def sections(self) -> Iterator[ComparedSection]:
        others = list(self._others())
        for section in self._form.sections:
            yield ComparedSection(
                section.number,
                section.title,
                (
                    *self._tables(section),
                    *(table for number, _, table in others if number == section.number),
                ),
            )
        placed = {section.number for section in self._form.sections}
        apart = (other for other in others if other[0] not in placed)
        for (number, title), group in groupby(apart, lambda one: (one[0], one[1].title)):
            yield ComparedSection(number, title, tuple(table for _, _, table in group))

    def _tables(self, section: FormSection) -> Iterator[ComparedTable]:
        for table in section.tables:
            rows = tuple(self._row(self._form.edition, row, table.inside) for row in table.rows)
            yield ComparedTable(self._form.edition, table.heading, rows)

    def _others(self) -> Iterator[tuple[str, Section, ComparedTable]]:
        """The tables of rows that the form does not have, and the sections that they belong in."""
        seen = set(self._form.section_of)
        for figures in reversed(self._years):
            labels = self._labels(figures.edition)
            for section in figures.sections:
                for table in section.tables:
                    lines = [line for line in table.lines if line.key not in seen]
                    seen.update(line.key for line in lines)
                    rows = tuple(
                        self._row(
                            figures.edition,
                            replace(line, label=labels.get(line.key, line.label)),
                            inside(lines),
                        )
                        for line in lines
                    )
                    if rows:
                        there = ComparedTable(figures.edition, table.heading, rows)
                        yield self._section_for(section), section, there

    def _section_for(self, section: Section) -> str:
        """The number of the form's section that has most of that one's rows; its own for none."""
        of_form = self._form.section_of
        numbers = [of_form[line.key] for line in section.lines if line.key in of_form]
        return Counter(numbers).most_common(1)[0][0] if numbers else section.number

    @staticmethod
    def _labels(edition: int) -> Mapping[str, str]:
        """The labels of an edition that ships with the program."""
        if edition not in editions():
            return {}
        return {row.key: row.label for row in shipped(edition).rows}

    def _row(self, edition: int, of: FormRow | Line, inside: Container[str]) -> ComparedRow:
        row = Row(edition, of.key)
        notes = dict.fromkeys(differing(row, figures) for figures in self._years)
        return ComparedRow(
            of.key,
            of.label.replace(YEAR_MARK, _ANY_YEAR),
            of.unit,
            tuple(found(row, figures) for figures in self._years),
            tuple(note for note in notes if note),
            of.key in inside,
        )
