"""`hsf timer mangler`: which assignments have no hours for which months."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

import typer

from hsf_cli import dates, numbers
from hsf_cli.commands.common import opened
from hsf_cli.commands.hours_period import First, Last, Month, Year, month_before, period
from hsf_cli.populations import Period
from hsf_cli.populations.handed_in import HandedIn, handed_in
from hsf_cli.records import KINDS
from hsf_cli.ui.commandline import commands
from hsf_cli.ui.listing import Column, Listing, lists

app = commands()


@lists(app, "mangler")
def missing(
    ctx: typer.Context,
    year: Year = None,
    month: Month = None,
    first: First = None,
    last: Last = None,
) -> Listing:
    """Viser hvilke oppdrag som ikke har timer, for hvilke måneder. Uten valg: i år til nå.

    Bare måneder som er over, er med, og bare dem der oppdraget gikk lenge nok til et besøk.

    \b
    hsf timer mangler
    hsf timer mangler --måned "forrige måned"
    hsf timer mangler --år 2025
    """
    before = month_before(dates.today())
    # In January last year: no month of this one is over.
    asked = period(year, month, first, last) or Period.year(before.last.year)
    during = Period(asked.first, min(asked.last, before.last))
    with opened(ctx) as store:
        everyone = handed_in(store, during.first, during.last)
    rows = [_row(one) for one in everyone if one.missing]
    return Listing(_COLUMNS, rows, _empty(everyone, asked, during), _foot(everyone))


_COLUMNS = [
    Column("number", "Nr."),
    Column("volunteer_name", "Familiekontakt", main=True, personal=True),
    Column("family_name", "Familie", detail="hos", personal=True),
    Column("missing", "Mangler timer for", lambda months: _months(months)),
]


def _row(one: HandedIn) -> dict[str, Any]:
    row = one._asdict()
    return {"number": KINDS["assignment"].name(row.pop("assignment")), **row}


def _months(months: Sequence[str]) -> str:
    """«nov, des 2025; jan 2026»."""
    return "; ".join(
        ", ".join(map(dates.short_month, of_year)) + f" {year}"
        for year, of_year in groupby(months, key=lambda month: month[:4])
    )


def _empty(everyone: Sequence[HandedIn], asked: Period, during: Period) -> str:
    if during.last < during.first:
        return f"Ingen måned fra {dates.written(asked.first)} er over ennå."
    when = f"fra {dates.written(during.first)} til {dates.written(during.last)}"
    if not everyone:
        return f"Ingen oppdrag gikk {when}."
    return f"Ingen mangler: alle oppdragene har timer for hver måned {when}."


def _foot(everyone: Sequence[HandedIn]) -> str:
    months = sum(one.months for one in everyone)
    lacking = sum(len(one.missing) for one in everyone)
    if not months:
        return ""
    share = 100 * (months - lacking) // months  # down: 100 % is all of them
    return (
        f"{share}{numbers.NO_BREAK_SPACE}% er ført: {numbers.written(lacking)} av "
        f"{numbers.written(months)} måneder mangler. Før dem: hsf timer måned MÅNED"
    )
