"""The annual reports that a department keeps: locked as handed in, or read in from a published one.

A kept report is its figures in the form's own words, so that neither a new edition nor a change
in the records moves it. The state of the records when it was locked is found in the change log.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from itertools import groupby

from hsf_cli.change import Change
from hsf_cli.errors import BadContent, Stopped
from hsf_cli.report.figures import Figures, Line, Section, Table
from hsf_cli.report.form import Form
from hsf_cli.report.forms import editions, load, shipped
from hsf_cli.store import Row, Store

_NAME_SEPARATOR = ", "


@dataclass(frozen=True)
class Kept:
    """A year's report that is kept."""

    number: int
    figures: Figures
    # Why it was locked although something stood against it.
    reason: str
    # The change set that kept it, and when: the records stood as they did after it.
    change_set: int
    kept_at: datetime
    # The text of the department's own form; empty where it fills in an edition that ships.
    own_form: str

    @property
    def locked_at(self) -> datetime | None:
        """When it was locked; None for one that was read in."""
        return self.figures.locked_at

    @property
    def locked_elsewhere(self) -> bool:
        """Whether it was locked before it came here, from records that may have been others."""
        return self.locked_at is not None and self.locked_at < self.kept_at

    @cached_property
    def form(self) -> Form:
        """The form that it fills in. Raises Stopped where this version cannot have it."""
        year, edition = self.figures.year, self.figures.edition
        if self.own_form:
            try:
                return load(self.own_form, f"for {year}")
            except BadContent as error:
                raise Stopped(
                    f"Skjemaet til rapporten for {year} kan ikke brukes lenger: {error.text}",
                    "Velg et skjema med --utgave eller --skjema.",
                ) from error
        if edition not in editions():
            raise Stopped(
                f"Rapporten for {year} er etter skjemaet fra {edition}, og denne hsf har det ikke.",
                "Oppgrader hsf, eller velg et skjema med --utgave.",
            )
        return shipped(edition)

    def fills_in(self, form: Form) -> bool:
        """Whether that is its form."""
        return (form.edition, form.source) == (self.figures.edition, self.own_form)


def kept(store: Store, year: int) -> Kept | None:
    """The report that is kept of that year."""
    for row in store.rows("SELECT * FROM annual_report WHERE year = :year", year=year):
        # The first time: when it is taken away and that is undone, it is inserted once more.
        change_set, kept_at = store.rows(
            "SELECT s.id, s.made_at FROM change c JOIN change_set s ON s.id = c.change_set_id"
            " WHERE c.record = 'annual_report' AND c.operation = 'insert'"
            "   AND :id BETWEEN c.first_id AND c.last_id"
            " ORDER BY c.id LIMIT 1",
            id=row["id"],
        )[0]
        return Kept(
            row["id"],
            _figures(row, _sections(store, row["id"])),
            row["reason"] or "",
            change_set,
            datetime.fromisoformat(kept_at),
            row["form"] or "",
        )
    return None


def years(store: Store) -> list[int]:
    """The years whose report is kept, oldest first."""
    return [row["year"] for row in store.rows("SELECT year FROM annual_report ORDER BY year")]


def keep(change: Change, figures: Figures, reason: str = "", own_form: str = "") -> int:
    """Keeps the figures as their year's report, and gives its number.

    With the text of the form that they fill in, where it is the department's own.
    """
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
        form=own_form or None,
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
                    "hidden": 1 if line.hidden else None,
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
        hidden=bool(row["hidden"]),
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
