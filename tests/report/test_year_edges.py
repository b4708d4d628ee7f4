"""The first and the last day of the year, and the days around it, for every population."""

from collections.abc import Callable, Iterable

import pytest

from tests.builders import (
    Record,
    activity,
    activity_family,
    assignment,
    child,
    course,
    earlier_period,
    family,
    hours,
    inquiry,
    pause,
    registration,
    volunteer,
)
from tests.report.conftest import Counted

DAYS = [("2022-12-31", 0), ("2023-01-01", 1), ("2023-12-31", 1), ("2024-01-01", 0)]

# What happens on a day, and the row that counts it in the year of that day.
HAPPENINGS: dict[str, tuple[str, Callable[[str], Iterable[Record]]]] = {
    "a new volunteer": ("volunteers.new", lambda day: [volunteer(godkjent=day)]),
    "an inquiry": ("inquiries.total", lambda day: [family(), inquiry(mottatt=day)]),
    "the source of an inquiry": (
        "inquiries.source.familien",
        lambda day: [family(), inquiry(mottatt=day)],
    ),
    "an activity": ("activities.total", lambda day: [activity(dato=day)]),
    "parents at an activity": (
        "activities.parents",
        lambda day: [activity(dato=day, foreldre="1")],
    ),
    "children at an activity": ("activities.children", lambda day: [activity(dato=day, barn="1")]),
    "a family at an activity": (
        "activity_families.total",
        lambda day: [family(), activity(dato=day), activity_family()],
    ),
    "a volunteer's other work": (
        "volunteers.other_activity",
        lambda day: [volunteer(), hours("aktivitet", dato=day)],
    ),
    "hours": ("hours.other", lambda day: [volunteer(), hours("kurs", "1", day)]),
    "all hours": ("hours.total", lambda day: [volunteer(), hours("kurs", "1", day)]),
    "hours on an assignment": (
        "hours.assignments",
        lambda day: [
            family(), inquiry(), volunteer(), assignment(), hours("oppdrag", "1", day)
        ],
    ),
    "driving to an assignment": (
        "hours.assignments.driving",
        lambda day: [
            family(), inquiry(), volunteer(), assignment(),
            hours("oppdrag", "0", day, kjøring="1"),
        ],
    ),
    "a visit": (
        "hours.mean_visit",
        lambda day: [
            family(), inquiry(), volunteer(), assignment(),
            hours("oppdrag", "1", day, besøk="1"),
        ],
    ),
    "a case closed after a visit": (
        "inquiries.closed_unmatched",
        lambda day: [
            family(), inquiry(mottatt="2022-01-01", besøkt="2022-02-01", avsluttet=day)
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("day", "number"), DAYS)
@pytest.mark.parametrize("happening", HAPPENINGS)
def test_what_happens_on_a_day_counts_in_the_year_of_that_day(
    counted: Counted, happening: str, day: str, number: int
) -> None:
    key, records = HAPPENINGS[happening]
    assert counted(*records(day))[key] == number


@pytest.mark.parametrize(
    ("day", "season"),
    [
        ("2022-12-31", None),
        ("2023-01-01", "spring"),
        ("2023-06-30", "spring"),
        ("2023-07-01", "autumn"),
        ("2023-12-31", "autumn"),
        ("2024-01-01", None),
    ],
)
def test_a_course_and_its_participants_are_in_the_half_year_that_it_starts_in(
    counted: Counted, day: str, season: str | None
) -> None:
    figures = counted(volunteer(), course(start=day, slutt="2024-06-01"), registration())
    keys = [
        f"courses.{half}{what}" for half in ("spring", "autumn") for what in ("", ".participants")
    ]
    assert {key for key in keys if figures[key]} == (
        {f"courses.{season}", f"courses.{season}.participants"} if season else set()
    )


# A period's start and end, and whether it touches 2023.
PERIODS = [
    pytest.param("2023-12-31", "", 1, id="starts on the last day"),
    pytest.param("2024-01-01", "", 0, id="starts the day after"),
    pytest.param("2021-06-01", "2023-01-01", 1, id="ends on the first day"),
    pytest.param("2021-06-01", "2022-12-31", 0, id="ends the day before"),
    pytest.param("2021-06-01", "2025-01-01", 1, id="covers the year"),
    pytest.param("2021-06-01", "", 1, id="has no end"),
    pytest.param("2023-06-01", "2023-06-01", 1, id="is one day"),
]


@pytest.mark.parametrize(("start", "end", "number"), PERIODS)
@pytest.mark.parametrize(
    "key",
    ["assignments.total", "families.total", "children.total", "volunteers.linked"],
)
def test_an_assignment_and_its_family_and_volunteer_count_in_the_years_it_touches(
    counted: Counted, key: str, start: str, end: str, number: int
) -> None:
    figures = counted(
        family(),
        child(født="2020"),
        inquiry(mottatt="2021-01-01"),
        volunteer(),
        assignment(startet=start, avsluttet=end),
    )
    assert figures[key] == number


@pytest.mark.parametrize(("start", "end", "number"), PERIODS)
def test_a_volunteer_counts_in_the_years_between_approval_and_leaving(
    counted: Counted, start: str, end: str, number: int
) -> None:
    assert counted(volunteer(godkjent=start, sluttet=end))["volunteers.total"] == number


@pytest.mark.parametrize(
    ("start", "end", "number"),
    [
        *(case for case in PERIODS if case.values[1]),
        pytest.param("2023-12-31", "2024-02-01", 1, id="starts on the last day"),
        pytest.param("2024-01-01", "2024-02-01", 0, id="starts the day after"),
    ],
)
def test_an_earlier_period_counts_in_the_years_it_touches(
    counted: Counted, start: str, end: str, number: int
) -> None:
    records = [volunteer(godkjent=""), earlier_period("V1", start, end)]
    assert counted(*records)["volunteers.total"] == number


@pytest.mark.parametrize(
    ("start", "end"), [("2022-01-01", ""), ("2023-01-01", "2023-12-31"), ("2020-06-01", "")]
)
def test_a_pause_does_not_matter(counted: Counted, start: str, end: str) -> None:
    figures = counted(volunteer(), pause("V1", start, end))
    assert figures["volunteers.total"] == 1


def test_nothing_of_another_year_is_in_any_figure(counted: Counted) -> None:
    figures = counted(
        family("F1"),
        child("F1"),
        inquiry("H1", "F1", "2021-01-01", besøkt="2021-01-05", avsluttet="2022-12-31"),
        volunteer("V1", "2021-01-01", sluttet="2022-12-31"),
        assignment("O1", "H1", "V1", "2021-02-01", "2022-12-31"),
        hours("oppdrag", "2", "2022-12-31", besøk="1", kjøring="1"),
        course("K1", "2022-12-31"),
        registration("K1", "V1"),
        activity("A1", "2024-01-01", foreldre="3", barn="4"),
        activity_family("A1", "F1"),
        family("F2"),
        inquiry("H2", "F2", "2024-01-01"),
    )
    assert {key: figure for key, figure in figures.items() if figure} == {}
