"""Hours: what stands against an entry, what is to be expected of a month, and what is missing."""

from datetime import date
from typing import Any

import pytest

from hsf_cli.registers import hours
from hsf_cli.registers.hours import Entries, Totals
from hsf_cli.store import Store
from tests.builders import (
    Record,
    activity,
    assignment,
    family,
    inquiry,
    taken_in,
    volunteer,
)
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


def new_entry(**values: Any) -> dict[str, Any]:
    """A new entry's row, as commands make it."""
    return {
        "volunteer_id": 1, "assignment_id": 1, "activity_id": None, "worked_on": "2024-01-31",
        "kind": "oppdrag", "visits": 4, "minutes": 600, "driving_minutes": None, **values,
    }  # fmt: skip


def rules_against(store: Store, **values: Any) -> list[str]:
    return [finding.rule for finding in hours.against(store, new_entry(**values))]


@pytest.mark.parametrize(
    ("days", "visits"), [(1, 0), (3, 0), (4, 1), (10, 1), (11, 2), (28, 4), (31, 4), (32, 5)]
)
def test_a_visit_a_week_is_expected_of_the_days_rounded(days: int, visits: int) -> None:
    assert (
        hours.expected_visits(
            date(2024, 3, 1), date.fromordinal(date(2024, 3, 1).toordinal() + days - 1)
        )
        == visits
    )


@pytest.mark.parametrize(
    ("day", "found"),
    [
        ("2024-01-09", ["dato"]), ("2024-01-10", []),
        ("2024-02-20", []), ("2024-02-21", ["dato"]),
    ],
)  # fmt: skip
def test_hours_outside_the_days_of_the_assignment_are_a_finding(
    store: Store, day: str, found: list[str]
) -> None:
    taken_in(store, *ran("2024-01-10", "2024-02-20"))
    assert rules_against(store, worked_on=day) == found


def test_an_assignment_that_goes_on_has_no_last_day(store: Store) -> None:
    taken_in(store, *ran("2023-01-10"))
    assert rules_against(store, worked_on="2024-03-15") == []


def test_the_same_again_is_a_double_that_shows_the_other(store: Store) -> None:
    taken_in(store, *ran("2023-01-10"), entry(dato="2024-01-31", timer="10,5", besøk="4"))
    (finding,) = hours.against(store, new_entry())
    assert (finding.rule, finding.stops) == ("dobbelt", True)
    assert "T1 (4 besøk, 10,5 timer)" in finding.text
    assert "hsf timer endre T1" in finding.remedy
    assert hours.against(store, new_entry(), but=1) == []


@pytest.mark.parametrize(
    "differing",
    [
        {"worked_on": "2024-01-30"},
        {"kind": "veiledning", "visits": None},
        {"assignment_id": None, "kind": "veiledning"},
        {"activity_id": 1},
        {"volunteer_id": 2},
    ],
)
def test_what_differs_in_one_of_them_is_no_double(store: Store, differing: dict[str, Any]) -> None:
    taken_in(
        store, *ran("2023-01-10"), volunteer("V2"), activity(), entry(dato="2024-01-31", besøk="4")
    )
    assert rules_against(store, **differing) == []


@pytest.mark.parametrize(
    ("visits", "minutes", "rule"),
    [
        (4, 479, "besøkslengde"), (4, 480, None), (4, 960, None), (4, 961, "besøkslengde"),
        (None, 600, "besøk"), (0, 60, "besøk"), (0, 0, None),
    ],
)  # fmt: skip
def test_unusual_figures_are_told_but_stop_nothing(
    store: Store, visits: int | None, minutes: int, rule: str | None
) -> None:
    taken_in(store, *ran("2023-01-10"))
    found = hours.against(store, new_entry(visits=visits, minutes=minutes))
    assert [(one.rule, one.stops) for one in found] == ([(rule, False)] if rule else [])


def test_a_month_shows_the_days_that_each_assignment_ran_and_what_is_entered(store: Store) -> None:
    taken_in(
        store,
        *ran("2024-01-10", "2024-01-20"),
        entry(dato="2024-01-15", timer="4", besøk="2", kjøring="0:40"),
        entry(dato="2024-01-31", timer="0"),
        entry(dato="2024-02-01", timer="9", besøk="3"),
    )
    (one,) = hours.ran_in(store, *JANUARY)
    assert (one.first, one.last, one.expected) == (date(2024, 1, 10), date(2024, 1, 20), 2)
    assert one.entered == Totals(1, 2, 240, 40)
    assert one.unfilled == 2


def test_totals_are_of_the_entries_that_are_meant(store: Store) -> None:
    taken_in(
        store,
        *ran("2022-01-10"),
        volunteer("V2"),
        entry(dato="2022-12-31", timer="4", besøk="2"),
        entry(dato="2023-01-01", timer="2:30", besøk="1", kjøring="0:20"),
        entry("veiledning", dato="2023-02-01", timer="1,5"),
        entry("kurs", dato="2023-02-01", timer="3", familiekontakt="V2"),
    )
    assert hours.totals(store, Entries()) == Totals(4, 3, 660, 20)
    assert hours.totals(store, Entries(assignment=1)) == Totals(2, 3, 390, 20)
    assert hours.totals(store, Entries(family=1, last=date(2022, 12, 31))) == Totals(1, 2, 240, 0)
    assert hours.totals(store, Entries(volunteer=2)) == Totals(1, 0, 180, 0)
    assert hours.totals(store, Entries(activity=7)) == Totals(0, 0, 0, 0)


def test_entries_come_newest_first(store: Store) -> None:
    taken_in(
        store,
        *ran("2022-01-10"),
        entry(dato="2023-01-01"),
        entry("kurs", dato="2023-03-01"),
        entry("annet", dato="2023-03-01", type_annet="Ryddet"),
    )
    found = hours.entries(store, Entries(volunteer=1))
    assert [row["number"] for row in found] == ["T3", "T2", "T1"]
    assert (found[2]["assignment"], found[2]["family_name"]) == ("O1", "Skogen")
    assert found[0]["kind_other"] == "Ryddet"
