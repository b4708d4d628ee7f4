"""Departments' reports added up to the nation's, with shares as the national report gives them.

A row is known for the departments whose report has it, as it is or as rows that add up to it. A
share is of what the row is a part of, over the same departments: the whole that it splits, the
total that the form says it is in, or else what is left of its conditions without the last ones.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cache
from itertools import groupby

from hsf_cli.errors import BadContent
from hsf_cli.report.across_editions import Found, Keys, Row, found, split_of
from hsf_cli.report.conditions import Condition
from hsf_cli.report.count import YEAR_MARK
from hsf_cli.report.figures import Figures, Line
from hsf_cli.report.form import FormRow, FormTable, Unit
from hsf_cli.report.forms import editions, shipped
from hsf_cli.spelling import folded
from hsf_cli.texts import listed

WHOLE_COUNTRY = "Hele landet"
_MOST_NAMED = 5


@dataclass(frozen=True)
class Sent:
    """A department's report, and the file that it came in."""

    file: str
    figures: Figures


@dataclass(frozen=True)
class NationalRow:
    """A row added up."""

    key: str
    label: str
    # None where no department's report has it, or where it cannot be added up.
    value: int | Decimal | None
    unit: Unit
    # What it is of what it is a part of, over the departments that both are known for.
    share: Fraction | None
    # How many departments it is known for.
    departments: int
    # How many records the row and its siblings leave out of what they split; None: not known.
    missing: int | None
    # Whether it is a mean: those of the departments cannot be added up.
    is_mean: bool = False
    # Whether it stands further in: it splits a row above it.
    inside: bool = False


@dataclass(frozen=True)
class NationalTable:
    """A table added up."""

    heading: str
    rows: tuple[NationalRow, ...]


@dataclass(frozen=True)
class NationalSection:
    """A section added up."""

    number: str
    title: str
    tables: tuple[NationalTable, ...]


@dataclass(frozen=True)
class National:
    """The departments' reports together."""

    year: int
    edition: int
    number: str
    title: str
    # The departments that are in it, in the order of their names.
    departments: tuple[str, ...]
    sections: tuple[NationalSection, ...]
    # What there is to know of what is in it and what is not, a sentence each.
    notes: tuple[str, ...]
    # Of those that were expected, the ones without a report; and the ones that nobody expected.
    missing: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def rows(self) -> Iterator[NationalRow]:
        """Every row in the form's order."""
        return (row for part in self.sections for table in part.tables for row in table.rows)


def together(
    sent: Sequence[Sent], edition: int | None = None, expected: Sequence[str] | None = None
) -> National:
    """The reports added up, by the rows of that edition or of the newest among them.

    Raises BadContent where they are of different years, or where two different ones are of the
    same department. The same report twice counts once.
    """
    _check_years(sent)
    reports, twice = _one_each(sent)
    chosen = edition or _newest(reports)
    form = shipped(chosen)
    adding = _Adding([one.figures for one in reports], chosen)
    names = {_key(one.figures.department): one.figures.department for one in reports}
    wanted = {_key(name): name for name in expected or ()}
    missing = tuple(name for key, name in wanted.items() if key not in names)
    unknown = tuple(name for key, name in names.items() if wanted and key not in wanted)
    national = National(
        year=reports[0].figures.year,
        edition=chosen,
        number=form.number,
        title=form.title,
        departments=tuple(names.values()),
        sections=tuple(
            NationalSection(
                section.number,
                section.title,
                tuple(
                    NationalTable(table.heading, tuple(adding.rows(table)))
                    for table in section.tables
                ),
            )
            for section in form.sections
        ),
        notes=(),
        missing=missing,
        unknown=unknown,
    )
    return replace(national, notes=tuple(_notes(national, reports, twice)))


def _check_years(sent: Sequence[Sent]) -> None:
    by_year: dict[int, list[str]] = {}
    for one in sent:
        by_year.setdefault(one.figures.year, []).append(one.file)
    if len(by_year) > 1:
        told = "; ".join(f"{year}: {_few(files)}" for year, files in sorted(by_year.items()))
        raise BadContent(
            f"Rapportene er for ulike år. {told}.", "Velg filene for ett år om gangen."
        )


def _one_each(sent: Sequence[Sent]) -> tuple[list[Sent], list[str]]:
    """One report for each department, by name; and what to say of those that came twice."""
    reports: dict[str, Sent] = {}
    twice: list[str] = []
    unlike: list[str] = []
    for one in sent:
        name = one.figures.department
        first = reports.setdefault(_key(name), one)
        if first is one:
            continue
        files = f"{first.file} og {one.file}"
        if _says_the_same(first.figures, one.figures):
            twice.append(f"{name} er med to ganger ({files}), med de samme tallene. Talt én gang.")
        else:
            unlike.append(f"{name}: {files}")
    if unlike:
        raise BadContent(
            f"To ulike rapporter fra samme avdeling. {'; '.join(unlike)}.",
            "Ta bort den som ikke gjelder, og prøv igjen.",
        )
    return [reports[name] for name in sorted(reports)], twice


def _key(name: str) -> str:
    """What a department's name is known by, however it is spelled."""
    return folded(name)


def _says_the_same(one: Figures, other: Figures) -> bool:
    """Whether they are the same report, whenever they were written."""
    return (one.edition, one.sections, one.hours_per_fte) == (
        other.edition,
        other.sections,
        other.hours_per_fte,
    )


def _newest(reports: Sequence[Sent]) -> int:
    known = [one.figures.edition for one in reports if one.figures.edition in editions()]
    return max(known, default=editions()[-1])


def _notes(national: National, reports: Sequence[Sent], twice: Sequence[str]) -> Iterator[str]:
    figures = [one.figures for one in reports]
    if national.missing:
        yield f"Mangler rapport: {', '.join(national.missing)}."
    if national.unknown:
        yield f"Står ikke i listen over avdelinger: {', '.join(national.unknown)}."
    yield from twice
    open_ones = [one.department for one in figures if one.locked_at is None]
    if open_ones:
        yield f"Ikke låst av avdelingen, og kan endre seg: {_few(open_ones)}."
    older = sorted(figures, key=lambda one: one.edition)
    for edition, group in groupby(older, lambda one: one.edition):
        if edition != national.edition:
            names = _few([one.department for one in group])
            yield f"Etter skjemaet fra {edition}, med de radene som betyr det samme: {names}."
    public = [one.department for one in figures if any(line.hidden for line in one.lines)]
    if public:
        yield f"Med skjulte tall, som summene er uten: {_few(public)}."
    divisors = sorted({one.hours_per_fte for one in figures if one.hours_per_fte})
    if len(divisors) > 1:
        yield f"Avdelingene regner et årsverk som {listed(map(str, divisors))} timer."


def _few(names: Sequence[str]) -> str:
    """The first of many names, and how many more."""
    more = len(names) - _MOST_NAMED
    return ", ".join(names[:_MOST_NAMED]) + (f" og {more} til" if more > 0 else "")


class _Adding:
    def __init__(self, reports: Sequence[Figures], edition: int) -> None:
        self._reports = reports
        self._edition = edition
        self._found: dict[str, tuple[Found, ...]] = {}

    def rows(self, table: FormTable) -> Iterator[NationalRow]:
        return (self._row(row, table) for row in table.rows)

    def _row(self, row: FormRow, table: FormTable) -> NationalRow:
        known = self._values(row.key)
        values = [one.value for one in known if one.value is not None]
        is_mean = bool(row.measure.per)
        return NationalRow(
            key=row.key,
            label=row.label.replace(YEAR_MARK, str(self._reports[0].year)),
            value=None if is_mean or not values else sum(values[1:], values[0]),
            unit=row.unit,
            share=None if is_mean else self._share(row),
            departments=len(values),
            missing=self._missing(known, self._rest(row, table)),
            is_mean=is_mean,
            inside=row.key in table.inside,
        )

    def _missing(self, known: Sequence[Found], rest: Sequence[Sequence[Line]]) -> int | None:
        """What the split leaves out, over the departments that have the row."""
        left_out = [
            missing
            for report, one, lines in zip(self._reports, known, rest, strict=True)
            if one.keys
            for missing in (report.by_key[one.keys[0]].missing, *(line.value for line in lines))
        ]
        told = [int(missing) for missing in left_out if missing is not None]
        return sum(told) if len(told) == len(left_out) else None

    def _rest(self, row: FormRow, table: FormTable) -> list[Sequence[Line]]:
        """Of each report what it has rows for in the row's split, and this form has not.

        Nothing where the form has a row that the report has not: then it splits in another way.
        """
        split = [self._values(one.key) for one in table.rows if one.part_of == row.part_of]
        return [
            _others(report, [key for one in rows for key in one.keys])
            if row.part_of and all(one.keys for one in rows)
            else ()
            for report, rows in zip(self._reports, zip(*split, strict=True), strict=True)
        ]

    def _share(self, row: FormRow) -> Fraction | None:
        wholes = [self._values(key) for key in whole_of(self._edition).get(row.key, ())]
        if not wholes:
            return None
        of = parts = Fraction(0)
        for part, *whole in zip(self._values(row.key), *wholes, strict=True):
            values = [one.value for one in whole if one.value is not None]
            if part.value is not None and len(values) == len(whole):
                parts += Fraction(part.value)
                of += sum(map(Fraction, values))
        return parts / of if of else None

    def _values(self, key: str) -> tuple[Found, ...]:
        """The row's figure in each of the reports."""
        if key not in self._found:
            row = Row(self._edition, key)
            self._found[key] = tuple(found(row, one) for one in self._reports)
        return self._found[key]


def _others(report: Figures, keys: Sequence[str]) -> list[Line]:
    """The report's other rows of the split that these are of."""
    return [
        line
        for section in report.sections
        for table in section.tables
        for line in table.lines
        if line.key not in keys
        and any(one.key == keys[0] and one.part_of == line.part_of for one in table.lines)
    ]


@cache
def whole_of(edition: int) -> Mapping[str, Keys]:
    """For each row, the rows that it is a part of, where it is one of any."""
    form = shipped(edition)
    said = {
        other: relation.figure
        for relation in form.relations
        if relation.stand == "equals"
        for other in relation.others
    }
    wholes: dict[str, Keys] = {}
    for row in form.rows:
        if key := row.part_of or said.get(row.key):
            wholes[row.key] = (key,)
        elif not row.measure.sum:
            narrower = (replace(row, conditions=asked) for asked in _less_and_less(row))
            keys = next(filter(None, (split_of(one, form) for one in narrower)), ())
            if keys:
                wholes[row.key] = keys
    return wholes


def _less_and_less(row: FormRow) -> Iterator[Mapping[str, Condition]]:
    asked = list(row.conditions.items())
    return (dict(asked[:count]) for count in range(len(asked) - 1, -1, -1))
