"""The proof of a counted report: for every row what it counts, whom, and whom it leaves out."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from hsf_cli.errors import WrongUse
from hsf_cli.records import Kind
from hsf_cli.report import figures, named_parts
from hsf_cli.report.count import MINUTES_IN_AN_HOUR, Cell, CountedSection, CountedTable, Report
from hsf_cli.report.definitions import Reason, definition, reason
from hsf_cli.report.figures import Figures, Line
from hsf_cli.report.named_parts import Part
from hsf_cli.spelling import did_you_mean, folded, is_piece
from hsf_cli.store import Row


@dataclass(frozen=True)
class Record:
    """A record as people and files know it."""

    # The short name at the prompt (F12), and the id that files know it by.
    number: str
    id: str
    name: str


@dataclass(frozen=True)
class Share:
    """What one record brings to a sum or a mean."""

    # In the row's unit: the shares of a row's records add up to its exact figure.
    value: Fraction
    # Before anything is divided: hours, or a number; None where nothing of it is recorded.
    amount: Fraction | None
    # What it brings to the divisor of a mean, such as its visits; None in a sum.
    per: int | None


@dataclass(frozen=True)
class Counted:
    """A record that a row counts, with its share of a sum or a mean."""

    record: Record
    share: Share | None


@dataclass(frozen=True)
class LeftOut:
    """A record of the row's population that the row does not count, and why."""

    record: Record
    reason: Reason


@dataclass(frozen=True)
class RowProof:
    """One row: its figure, its definition, and the records in it and outside it."""

    line: Line
    cell: Cell
    definition: str
    counted: tuple[Counted, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def kind(self) -> Kind:
        """The kind of record that it counts."""
        return self.cell.kind

    @property
    def total(self) -> Fraction:
        """What the records of a sum or a mean bring together, before anything is divided."""
        amounts = (one.share.amount for one in self.counted if one.share)
        return sum((amount for amount in amounts if amount), Fraction(0))

    @cached_property
    def divisor(self) -> int:
        """What that is divided by: the visits of a mean, the hours of an årsverk, otherwise 1."""
        return _divisor(self.cell)

    @cached_property
    def by_reason(self) -> Mapping[Reason, Sequence[LeftOut]]:
        """Who is left out, by what they have in common: first those of whom something is missing.

        The reason that stands for each group is its first record's.
        """
        groups: dict[str, list[LeftOut]] = {}
        for one in self.left_out:
            groups.setdefault(one.reason.shared, []).append(one)
        ordered = sorted(
            groups.values(), key=lambda group: (not group[0].reason.unrecorded, -len(group))
        )
        return {group[0].reason: group for group in ordered}


@dataclass(frozen=True)
class TableProof:
    """A table of the form, row by row."""

    heading: str
    rows: tuple[RowProof, ...]


@dataclass(frozen=True)
class SectionProof:
    """A section of the form, table by table."""

    number: str
    title: str
    tables: tuple[TableProof, ...]


@dataclass(frozen=True)
class Proof:
    """The proof of a report, or of some of its sections."""

    # The figures that are proved, and no others.
    figures: Figures
    sections: tuple[SectionProof, ...]
    # Whether the records have their names; without, every name is blank.
    named: bool = True
    # Which records it is of, where the year's report is locked.
    standing: str = ""

    @property
    def rows(self) -> Iterator[tuple[SectionProof, TableProof, RowProof]]:
        """Every row in the form's order, with where it stands."""
        for section in self.sections:
            for table in section.tables:
                for row in table.rows:
                    yield section, table, row


def proved(
    report: Report, section: str | None = None, row: str = "", *, named: bool = True
) -> Proof:
    """The proof of every row, or of those in the section and with the text that are given.

    Raises WrongUse for a section or a row that the form does not have.
    """
    sections = report.sections if section is None else (_meant(report, section),)
    if row:
        sections = _with_row(sections, row)
    return _Proving(replace(report, sections=sections), named=named).proof()


def _meant(report: Report, text: str) -> CountedSection:
    """The section with that number («6.3», «6.3.»), or with that piece in its title."""
    parts = {Part(one.number, one.number, one.title): one for one in report.sections}
    hits = named_parts.meant(list(parts), text.strip().rstrip("."))
    if len(hits) == 1:
        return parts[hits[0]]
    known = "; ".join(part.name for part in hits or parts)
    what = (
        f"Flere seksjoner passer med «{text}»." if hits else f"Skjemaet har ingen seksjon «{text}»."
    )
    hint = "" if hits else named_parts.likely(list(parts), text)
    raise WrongUse(what, f"{hint}Velg en av: {known}.")


def _with_row(sections: Sequence[CountedSection], text: str) -> tuple[CountedSection, ...]:
    """The sections with only the rows that are called that, or have it in label or heading."""
    ways: list[Callable[[CountedTable, Cell], bool]] = [
        lambda _, cell: folded(text) in (folded(cell.label), folded(cell.row.key)),
        lambda table, cell: is_piece(text, cell.label) or is_piece(text, table.heading),
    ]
    for way in ways:
        if found := tuple(_narrowed(sections, way)):
            return found
    labels = dict.fromkeys(
        cell.label for section in sections for table in section.tables for cell in table.cells
    )
    raise WrongUse(
        f"Ingen rad har «{text}» i teksten eller overskriften sin.",
        f"{did_you_mean(text, labels)}Se radene: hsf rapport vis",
    )


def _narrowed(
    sections: Sequence[CountedSection], fits: Callable[[CountedTable, Cell], bool]
) -> Iterator[CountedSection]:
    """The sections with the rows that fit, and no table that has none."""
    for section in sections:
        tables = [
            replace(table, cells=cells)
            for table in section.tables
            if (cells := tuple(cell for cell in table.cells if fits(table, cell)))
        ]
        if tables:
            yield replace(section, tables=tuple(tables))


class _Proving:
    def __init__(self, report: Report, *, named: bool) -> None:
        self._report = report
        self._figures = figures.of(report)
        self._named = named

    def proof(self) -> Proof:
        return Proof(
            self._figures,
            tuple(
                SectionProof(section.number, section.title, tuple(map(self._table, section.tables)))
                for section in self._report.sections
            ),
            self._named,
        )

    def _table(self, table: CountedTable) -> TableProof:
        return TableProof(table.heading, tuple(map(self._row, table.cells)))

    def _row(self, cell: Cell) -> RowProof:
        row, year, kind = cell.row, self._report.year, cell.kind
        in_it = {record["id"] for record in cell.records}
        divisor = _divisor(cell)
        return RowProof(
            line=self._figures.by_key[row.key],
            cell=cell,
            definition=definition(row, year, cell.hours_per_fte),
            counted=tuple(
                Counted(self._record(kind, record), _share(cell, record, divisor))
                for record in cell.records
            ),
            left_out=tuple(
                LeftOut(self._record(kind, record), reason(row, year, record))
                for record in self._report.populations[row.population]
                if record["id"] not in in_it
            ),
        )

    def _record(self, kind: Kind, record: Row) -> Record:
        number = kind.name(record["id"])
        name = record["name"] if self._named else ""
        return Record(number, record["imported_id"] or number, name)


def _share(cell: Cell, record: Row, divisor: int) -> Share | None:
    measure = cell.row.measure
    if not measure.sum:
        return None
    recorded = [record[name] for name in measure.sum if record[name] is not None]
    amount = Fraction(sum(recorded), 1 if cell.row.unit == "antall" else MINUTES_IN_AN_HOUR)
    return Share(
        # Without visits a mean is 0, whatever the hours.
        amount / divisor if divisor else Fraction(0),
        amount if recorded else None,
        record[measure.per] if measure.per else None,
    )


def _divisor(cell: Cell) -> int:
    if per := cell.row.measure.per:
        return sum(record[per] for record in cell.records)
    return cell.hours_per_fte if cell.row.unit == "årsverk" else 1
