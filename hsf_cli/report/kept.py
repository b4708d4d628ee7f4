"""The annual reports that a department keeps: locked as handed in, or read in from a published one.

A kept report is its figures in the form's own words, so that neither a new edition nor a change
in the records moves it. The state of the records when it was locked is found in the change log.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import groupby

from hsf_cli.change import Change
from hsf_cli.report.figures import Figures, Line, Section, Table
from hsf_cli.store import Row, Store

_NAME_SEPARATOR = ", "


@dataclass(frozen=True)
class Kept:
    """A year's report that is kept."""

    number: int
    figures: Figures
    # Why it was locked although something stood against it.
    reason: str
    # The change set that kept it: the records stood as they did after it.
    change_set: int


def kept(store: Store, year: int) -> Kept | None:
    """The report that is kept of that year."""
    for row in store.rows("SELECT * FROM annual_report WHERE year = :year", year=year):
        return Kept(
            row["id"],
            _figures(row, _sections(store, row["id"])),
            row["reason"] or "",
            int(
                store.value(
                    "SELECT max(change_set_id) FROM change WHERE record = 'annual_report'"
                    " AND operation = 'insert' AND :id BETWEEN first_id AND last_id",
                    id=row["id"],
                )
            ),
        )
    return None


def years(store: Store) -> list[int]:
    """The years whose report is kept, oldest first."""
    return [row["year"] for row in store.rows("SELECT year FROM annual_report ORDER BY year")]


def keep(change: Change, figures: Figures, reason: str = "") -> int:
    """Keeps the figures as their year's report, and gives its number."""
    number = change.insert(
        "annual_report",
        year=figures.year,
        edition=figures.edition,
        department=figures.department,
        number=figures.number,
        title=figures.title,
        hours_per_fte=figures.hours_per_fte,
        counted_at=_stored_moment(figures.counted_at),
        locked_at=_stored_moment(figures.locked_at),
        reason=reason or None,
        source=figures.source or None,
    )
    for place, values in enumerate(_rows(figures), start=1):
        change.insert("report_figure", annual_report_id=number, place=place, **values)
    return number


def forget(change: Change, report: Kept) -> None:
    """Takes the year's report away: its figures are counted from the records again."""
    change.delete_where("report_figure", "annual_report_id", report.number)
    change.delete("annual_report", report.number)


def _rows(figures: Figures) -> Iterator[dict[str, str | int | None]]:
    """The rows as they are stored, the tables numbered over the whole form."""
    table_number = 0
    for section in figures.sections:
        for table in section.tables:
            table_number += 1
            for line in table.lines:
                yield {
                    "section": section.number,
                    "section_title": section.title,
                    "table_number": table_number,
                    "heading": table.heading or None,
                    "key": line.key,
                    "label": line.label,
                    "value": None if line.value is None else str(line.value),
                    "unit": line.unit,
                    "missing": line.missing,
                    "part_of": line.part_of or None,
                    "left_out": _NAME_SEPARATOR.join(line.left_out) or None,
                }


def _sections(store: Store, report: int) -> Iterator[Section]:
    rows = store.rows(
        "SELECT * FROM report_figure WHERE annual_report_id = :report ORDER BY place", report=report
    )
    for (number, title), section in groupby(
        rows, lambda row: (row["section"], row["section_title"])
    ):
        tables = groupby(section, lambda row: (row["table_number"], row["heading"] or ""))
        yield Section(
            number,
            title,
            tuple(Table(heading, tuple(map(_line, lines))) for (_, heading), lines in tables),
        )


def _line(row: Row) -> Line:
    return Line(
        key=row["key"],
        label=row["label"],
        value=_value(row["value"], row["unit"]),
        unit=row["unit"],
        missing=row["missing"],
        part_of=row["part_of"] or "",
        left_out=tuple(row["left_out"].split(_NAME_SEPARATOR)) if row["left_out"] else (),
    )


def _value(stored: str | None, unit: str) -> int | Decimal | None:
    if stored is None:
        return None
    return int(stored) if unit == "antall" else Decimal(stored)


def _figures(row: Row, sections: Iterator[Section]) -> Figures:
    return Figures(
        year=row["year"],
        edition=row["edition"],
        department=row["department"],
        number=row["number"],
        title=row["title"],
        sections=tuple(sections),
        counted_at=_moment(row["counted_at"]),
        locked_at=_moment(row["locked_at"]),
        hours_per_fte=row["hours_per_fte"],
        source=row["source"] or "",
    )


def _moment(stored: str | None) -> datetime | None:
    return None if stored is None else datetime.fromisoformat(stored)


def _stored_moment(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat(timespec="seconds")
