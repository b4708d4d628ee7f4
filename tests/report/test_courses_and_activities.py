"""Courses and those registered on them; activities, and the families and numbers at them."""

import pytest

from hsf_cli.store import Store
from tests.builders import (
    activity,
    activity_family,
    assignment,
    course,
    family,
    inquiry,
    registration,
    served,
    taken_in,
    volunteer,
)
from tests.report.conftest import Counted
from tests.report.figures import column


def test_a_person_on_two_courses_is_two_registrations(store: Store) -> None:
    taken_in(
        store,
        volunteer(godkjent="2023-06-01"),
        course("K1", "2023-02-01"),
        course("K2", "2023-03-01"),
        course("K3", "2023-09-01"),
        registration("K1", "V1"),
        registration("K2", "V1"),
        registration("K3", "V1"),
    )
    assert column(store, "6.1") == [2, 2, 1, 1, 1]


def test_a_participant_who_is_still_a_candidate_is_registered_but_not_new(store: Store) -> None:
    taken_in(store, volunteer(godkjent=""), course(), registration())
    assert column(store, "6.1") == [1, 1, 0, 0, 0]


@pytest.mark.parametrize("completed", ["ja", "nei", ""])
def test_a_registration_counts_whether_or_not_the_course_was_completed(
    counted: Counted, completed: str
) -> None:
    figures = counted(volunteer(), course(), registration(fullført=completed))
    assert figures["courses.spring.participants"] == 1


def test_attendance_on_a_course_is_not_volunteer_hours(counted: Counted) -> None:
    figures = counted(volunteer(), course(), registration(timer="20", fullført="ja"))
    assert (figures["hours.total"], figures["hours.other"]) == (0, 0)


@pytest.mark.parametrize(
    ("audience", "number"), [("familier", 1), ("familiekontakter", 0), ("koordinator", 0)]
)
def test_only_activities_for_families_count(store: Store, audience: str, number: int) -> None:
    taken_in(
        store,
        *served(),
        activity(målgruppe=audience, foreldre="5", barn="7"),
        activity_family(),
    )
    assert column(store, "6.3", 7) == [number, 5 * number, 7 * number]
    assert column(store, "6.3", 6) == [number, 0, number]


def test_parents_and_children_are_added_up_as_recorded_on_each_activity(store: Store) -> None:
    taken_in(
        store,
        activity("A1", foreldre="3", barn="5"),
        activity("A2", foreldre="4", barn="0"),
        activity("A3"),
    )
    assert column(store, "6.3", 7) == [3, 7, 5]


def test_a_family_at_several_activities_counts_once(store: Store) -> None:
    taken_in(
        store,
        *served(),
        activity("A1"),
        activity("A2"),
        activity_family("A1"),
        activity_family("A1"),
        activity_family("A2"),
    )
    assert column(store, "6.3", 6) == [1, 0, 1]


def test_waiting_former_and_other_families_at_activities_are_not_linked(store: Store) -> None:
    taken_in(
        store,
        *served("1"),
        family("F2"),
        inquiry("H2", "F2"),  # waits
        family("F3"),
        inquiry("H3", "F3", "2021-01-01", avsluttet="2022-12-31"),
        assignment("O3", "H3", "V1", "2021-02-01", "2022-12-31"),  # former
        family("F4"),  # other
        activity(),
        *(activity_family("A1", f"F{number}") for number in (1, 2, 3, 4)),
    )
    assert column(store, "6.3", 6) == [1, 3, 4]


def test_a_family_registered_on_no_activity_is_in_no_row(store: Store) -> None:
    taken_in(store, *served(), activity(foreldre="2"))
    assert column(store, "6.3", 6) == [0, 0, 0]
