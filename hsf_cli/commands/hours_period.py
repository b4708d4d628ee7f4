"""The options that say from when to when: a year, a month, or two dates."""

from datetime import date
from typing import Annotated

import typer

from hsf_cli import dates
from hsf_cli.commands.common import read
from hsf_cli.errors import Unreadable, WrongUse
from hsf_cli.populations import Period

Year = Annotated[int | None, typer.Option("--år", metavar="ÅR", help="Bare det året.")]
Month = Annotated[
    str | None,
    typer.Option("--måned", metavar="MÅNED", help="Bare den måneden: oktober 2026, 10.2026."),
]
First = Annotated[str | None, typer.Option("--fra", metavar="DATO", help="Fra og med den dagen.")]
Last = Annotated[str | None, typer.Option("--til", metavar="DATO", help="Til og med den dagen.")]

_EVER = Period(date(dates.EARLIEST_YEAR, 1, 1), date(dates.LATEST_YEAR, 12, 31))


def period(
    year: int | None, month: str | None, first: str | None, last: str | None
) -> Period | None:
    """The period that is typed; None where nothing is. Raises WrongUse where it is none."""
    if sum((year is not None, month is not None, first is not None or last is not None)) > 1:
        raise WrongUse(
            "Tidsrommet er sagt på flere måter.", "Velg --år, --måned, eller --fra og --til."
        )
    if year is not None:
        return read("--år", str(year), _year)
    if month is not None:
        return Period(*dates.month_days(*read("--måned", month, _month)))
    if first is None and last is None:
        return None
    from_on = _EVER.first if first is None else read("--fra", first, _day)
    to_on = _EVER.last if last is None else read("--til", last, _day)
    if to_on < from_on:
        raise WrongUse("--til er før --fra.", "Rett den ene.")
    return Period(from_on, to_on)


def month_before(today: date) -> Period:
    """The last month that is over."""
    return Period(*dates.month_days(*dates.typed_month("forrige måned", today)))


def _year(text: str) -> Period:
    if not dates.EARLIEST_YEAR <= int(text) <= dates.LATEST_YEAR:
        raise Unreadable(f"Skriv et år fra {dates.EARLIEST_YEAR} til {dates.LATEST_YEAR}.")
    return Period.year(int(text))


def _month(text: str) -> tuple[int, int]:
    return dates.typed_month(text, dates.today())


def _day(text: str) -> date:
    return dates.typed_date(text, dates.today())
