"""The control before a report is handed in: what stands against it, and what mends each record.

What contradicts itself comes first, then what is missing, what can hardly be so, and at last what
is only worth knowing; within each, in the form's order.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from hsf_cli import dates
from hsf_cli.report import figures, kept
from hsf_cli.report.control.changed import changed, is_count
from hsf_cli.report.control.coverage import coverage
from hsf_cli.report.control.findings import About, Finding, Weight, against
from hsf_cli.report.control.improbable import improbable
from hsf_cli.report.control.missing import missing, without_row
from hsf_cli.report.control.twice import twice
from hsf_cli.report.control.year import Year
from hsf_cli.report.count import counted
from hsf_cli.report.figures import Figures
from hsf_cli.report.form import Form
from hsf_cli.report.relations import contradictions
from hsf_cli.store import Store

__all__ = ["About", "Finding", "Weight", "against", "control"]


def control(store: Store, form: Form, year: int, day: date | None = None) -> tuple[Finding, ...]:
    """Everything that the control finds in the year, counted by that form.

    The day, today unless another is said, is the last that hours can be expected for.
    """
    sections = {
        row.key: section.number
        for section in form.sections
        for table in section.tables
        for row in table.rows
    }
    places = {key: place for place, key in enumerate(sections)}
    report = counted(store, form, year, datetime.now().astimezone())
    looked_at = Year(store, report, day or dates.today())
    now, before = figures.of(report), _last_year(store, form, year - 1)
    found = [
        *_contradictions(looked_at, now, before),
        *missing(looked_at),
        *improbable(looked_at),
        *twice(looked_at),
        *without_row(looked_at),
        *coverage(looked_at),
    ]
    found.sort(key=lambda one: (one.weight, places.get(one.key, len(places))))
    if before:
        found += changed(form, now, before)  # together, after what has records
    return tuple(replace(finding, section=sections.get(finding.key, "")) for finding in found)


def _contradictions(year: Year, now: Figures, before: Figures | None) -> Iterator[Finding]:
    for one in contradictions(now, year.report.form, before):
        yield Finding(
            Weight.CONTRADICTION,
            "motsigelse",
            one.text[:1].upper() + one.text[1:],
            "Se hvem tallene teller med.",
            f"hsf rapport bevis {year.number} {one.section}{year.edition_option}",
            key=one.key,
        )


def _last_year(store: Store, form: Form, year: int) -> Figures | None:
    """The year's figures: as they are kept, else counted by the same form; none where all are 0."""
    if report := kept.kept(store, year):
        return report.figures
    now = datetime.now().astimezone()
    found = figures.of(counted(store, _counts_of(form), year, now))
    return found if any(line.value for line in found.lines) else None


def _counts_of(form: Form) -> Form:
    """The form with only those of its rows that count records: no more is compared."""
    return replace(
        form,
        sections=tuple(
            replace(
                section,
                tables=tuple(
                    replace(
                        table,
                        rows=tuple(replace(row, part_of="") for row in table.rows if is_count(row)),
                    )
                    for table in section.tables
                    if any(map(is_count, table.rows))
                ),
            )
            for section in form.sections
        ),
    )
