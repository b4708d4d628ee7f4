"""For which months hours were to be handed in, and for which they were not."""

from datetime import date
from typing import Any

import pytest

from hsf_cli.populations.handed_in import handed_in, missing_months
from hsf_cli.store import Store
from tests.builders import Record, assignment, family, inquiry, taken_in, volunteer
from tests.builders import hours as entry

JANUARY = date(2024, 1, 1), date(2024, 1, 31)


def ran(startet: str, avsluttet: str = "") -> list[Record]:
    """One family with one assignment on those days."""
    return [
        family(navn="Skogen"),
        inquiry(mottatt="2020-01-01"),
        volunteer(navn="Kari"),
        assignment(startet=startet, avsluttet=avsluttet),
    ]


def missing(store: Store, first: str = "2024-01-01", last: str = "2024-02-29") -> Any:
    found = missing_months(store, date.fromisoformat(first), date.fromisoformat(last))
    return {one.id: one.missing for one in found}


@pytest.mark.parametrize(
    ("startet", "avsluttet", "months"),
    [
        ("2024-01-10", "", ("2024-01", "2024-02")),
        ("2024-01-28", "2024-02-03", ("2024-01",)),
        ("2024-01-29", "2024-02-04", ("2024-02",)),
        ("2024-01-29", "2024-02-03", None),
        ("2023-05-01", "2023-12-31", None),
        ("2024-03-01", "", None),
    ],
)
def test_a_month_counts_when_a_visit_could_be_expected_in_it(
    store: Store, startet: str, avsluttet: str, months: tuple[str, ...] | None
) -> None:
    taken_in(store, *ran(startet, avsluttet))
    assert missing(store).get("O1") == months


@pytest.mark.parametrize(
    ("here", "months"),
    [
        (entry(dato="2024-01-31", besøk="4"), ("2024-02",)),
        (entry(dato="2024-01-01", besøk="0", timer="0"), ("2024-02",)),
        (entry(dato="2024-01-01", timer="3"), ("2024-02",)),
        (entry(dato="2023-12-31", besøk="4"), ("2024-01", "2024-02")),
        (entry("veiledning", dato="2024-01-31", oppdrag="O1"), ("2024-01", "2024-02")),
        # A row of a sheet that came back without figures says nothing.
        (entry(dato="2024-01-31", timer="0"), ("2024-01", "2024-02")),
    ],
)
def test_hours_on_the_assignment_dated_in_the_month_cover_it(
    store: Store, here: Record, months: tuple[str, ...]
) -> None:
    taken_in(store, *ran("2023-06-01"), here)
    assert missing(store)["O1"] == months


def test_an_assignment_that_lacks_nothing_is_in_the_share_alone(store: Store) -> None:
    twice = (entry(dato=day, besøk="2") for day in ("2024-01-15", "2024-01-31"))
    taken_in(store, *ran("2024-01-01", "2024-01-31"), *twice)
    (one,) = handed_in(store, *JANUARY)
    assert (one.months, one.missing) == (1, ())
    assert missing_months(store, *JANUARY) == []


def test_no_days_have_no_months(store: Store) -> None:
    taken_in(store, *ran("2024-01-01"))
    assert handed_in(store, date(2024, 2, 1), date(2024, 1, 31)) == []
