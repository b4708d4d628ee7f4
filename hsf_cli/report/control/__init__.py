"""The control before a report is handed in: what stands against it, and what mends each record.

What contradicts itself comes first, then what is missing, what can hardly be so, and at last what
is only worth knowing; within each, in the form's order.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

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
from hsf_cli.report.relations import Contradiction, contradictions
from hsf_cli.spelling import upper_first
from hsf_cli.store import Store

__all__ = ["About", "Finding", "Weight", "against", "control", "control_read_in"]


def control(
    store: Store, form: Form, year: int, day: date | None = None, option: str = ""
) -> tuple[Finding, ...]:
    """Everything that the control finds in the year, counted by that form.

    The day, today unless another is said, is the last that hours can be expected for. The option
    is what a command must say to mean the form, where it is not the year's own.
    """
    places = {key: place for place, key in enumerate(form.section_of)}
    report = counted(store, form, year, dates.now())
    looked_at = Year(store, report, day or dates.today(), option)
    last_year = kept.kept(store, year - 1)
    told, recounted = last_year and last_year.figures, _counts(store, form, year - 1)
    # What is entered late changes the records of both years, and a locked report not at all.
    read_in = None if told is None or told.locked_at else told
    now = figures.of(report)
    found = [
        *_contradictions(looked_at, now, read_in or recounted),
        *missing(looked_at),
        *improbable(looked_at),
        *twice(looked_at),
        *without_row(looked_at),
        *coverage(looked_at),
    ]
    found.sort(key=lambda one: (one.weight, places.get(one.key, len(places))))
    if before := told or recounted:
        found += changed(form, now, before)  # together, after what has records
    return tuple(
        replace(finding, section=form.section_of.get(finding.key, "")) for finding in found
    )


def control_read_in(report: Figures, form: Form) -> tuple[Finding, ...]:
    """What contradicts itself in a report that was read in: no records stand behind it."""
    remedy = f"Slik står det i {report.source}. Er det lest feil, så les den inn på nytt."
    return tuple(
        _contradiction(one, remedy, f"hsf rapport vis {report.year}")
        for one in contradictions(report, form)
    )


def _contradictions(year: Year, now: Figures, before: Figures | None) -> Iterator[Finding]:
    """What cannot be so; of what is only suspicious, others name the records."""
    # The proof of a year that is kept is of the kept figures, where it is not said otherwise.
    which = f"{year.option} --nå" if kept.kept(year.store, year.number) else year.option
    for one in contradictions(now, year.report.form, before, suspicions=False):
        proof = f"hsf rapport bevis {year.number} {one.section}{which}"
        yield _contradiction(one, "Se hvem tallene teller med.", proof)


def _contradiction(one: Contradiction, remedy: str, command: str) -> Finding:
    text = upper_first(one.text)
    return Finding(Weight.CONTRADICTION, "motsigelse", text, remedy, command, one.key, one.section)


def _counts(store: Store, form: Form, year: int) -> Figures | None:
    """The year's counts of records by that form, of which alone years are asked; None for none."""
    found = figures.of(counted(store, form.of_rows(is_count), year, dates.now()))
    return None if found.is_blank else found
