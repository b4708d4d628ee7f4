"""For how much of the year hours were handed in."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from hsf_cli import dates, numbers
from hsf_cli.populations.handed_in import HandedIn, handed_in
from hsf_cli.records import KINDS
from hsf_cli.report.control.findings import About, Finding, Weight
from hsf_cli.report.control.year import Year


def coverage(year: Year) -> Iterator[Finding]:
    """The months of assignments without hours, of those that are over."""
    over = year.day.replace(day=1) - timedelta(days=1)
    everyone = handed_in(year.store, year.period.first, min(year.period.last, over))
    months = sum(one.months for one in everyone)
    lacking = [one for one in everyone if one.missing]
    if not lacking:
        return
    covered = months - sum(len(one.missing) for one in lacking)
    share = 100 * covered // months  # down: 100 % is all of them
    first = min(one.missing[0] for one in lacking)
    yield Finding(
        Weight.NOTEWORTHY,
        "måneder_uten_timer",
        f"Timer er ført for {numbers.written(covered)} av {numbers.written(months)} "
        f"oppdragsmåneder ({share}{numbers.NO_BREAK_SPACE}%)",
        "Før dem som leveres, måned for måned.",
        f"hsf timer måned {first}",
        key="hours.assignments",
        records=tuple(map(_about, lacking)),
    )


def _about(one: HandedIn) -> About:
    name = f"{one.family_name} – {one.volunteer_name}"
    number = KINDS["assignment"].name(one.assignment)
    return About(number, one.id, name, f"mangler {_months(one.missing)}")


def _months(months: Sequence[str]) -> str:
    """«jan, jul, okt»."""
    return ", ".join(map(dates.short_month, months))
