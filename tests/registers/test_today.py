"""The department today: each thing from the day it is so, and not the day before."""

from datetime import date

import pytest

from hsf_cli import goals
from hsf_cli.registers.today import Progress, Today, today
from tests.builders import (
    assignment,
    course,
    family,
    hours,
    inquiry,
    registration,
    served,
    taken_in,
    volunteer,
)

_MET = {
    "hjemmebesøk": "2022-01-10",
    "politiattest_utstedt": "2022-01-01",
    "politiattest_vist": "2022-01-05",
    "taushetserklæring": "2022-01-10",
}


def _on(store, day: str) -> Today:
    return today(store, date.fromisoformat(day))


def _short(records) -> list[str]:
    return [one.short for one in records]


def test_a_department_is_empty_until_its_first_record(store) -> None:
    assert _on(store, "2024-03-15").is_empty
    taken_in(store, volunteer())
    assert not _on(store, "2024-03-15").is_empty


@pytest.mark.parametrize(("day", "late"), [("2024-03-14", []), ("2024-03-15", ["H1"])])
def test_a_home_visit_is_late_after_fourteen_days(store, day, late) -> None:
    taken_in(store, family(), inquiry(mottatt="2024-02-29"))
    assert _short(_on(store, day).unvisited) == late


def test_a_visited_family_waits_for_no_visit(store) -> None:
    taken_in(store, family(), inquiry(mottatt="2023-01-01", besøkt="2024-03-15"))
    assert _short(_on(store, "2024-03-14").unvisited) == ["H1"]
    assert _on(store, "2024-03-15").unvisited == ()


@pytest.mark.parametrize(
    ("day", "running"),
    [
        ("2023-01-09", (0, 0)),
        ("2023-01-10", (2, 1)),
        ("2023-06-01", (1, 1)),
        ("2024-01-01", (1, 1)),
    ],
)
def test_assignments_run_from_the_day_they_start_to_the_day_they_end(store, day, running) -> None:
    taken_in(
        store, *served(), volunteer("V2"),
        assignment("O2", "H1", "V2", "2023-01-10", "2023-06-01"),
    )  # fmt: skip
    found = _on(store, day)
    assert (found.assignments, found.families_linked) == running


def test_the_target_follows_the_position_and_the_families_the_year(store) -> None:
    taken_in(store, *served("1"), *served("2"))
    with store.change("prøve") as change:
        change.update("department", 1, position_percent=80)
    assert _on(store, "2023-03-15").families == Progress(2, 24)
    assert _on(store, "2022-03-15").families.reached == 0


def test_a_target_that_is_set_stands_instead_and_volunteers_may_have_one(store) -> None:
    taken_in(store, *served("1"), volunteer("V2"))
    with store.change("prøve") as change:
        goals.set_goal(store, change, 2023, goals.FAMILIES, 12)
        goals.set_goal(store, change, 2023, goals.VOLUNTEERS, 9)
    found = _on(store, "2023-03-15")
    assert (found.families, found.volunteers) == (Progress(1, 12), Progress(1, 9))
    assert _on(store, "2024-03-15").families == Progress(1, 30)
    assert _on(store, "2024-03-15").volunteers is None


@pytest.mark.parametrize(
    ("day", "short"),
    [("2023-01-31", "K1"), ("2023-03-01", "K1"), ("2023-03-02", "K2"), ("2023-09-02", None)],
)
def test_the_course_under_way_or_else_the_next(store, day, short) -> None:
    taken_in(
        store,
        course("K1", "2023-02-01", slutt="2023-03-01"),
        course("K2", "2023-09-01"),
        volunteer(),
        registration("K1", "V1"),
    )
    found = _on(store, day).course
    assert (found.short if found else None) == short
    if short == "K1":
        assert found.participants == 1


def test_an_approved_volunteer_who_lacks_a_requirement_is_told_of(store) -> None:
    taken_in(
        store,
        course(start="2022-01-01"),
        volunteer("V1", "2022-02-01", **_MET), registration("K1", "V1", timer="20"),
        volunteer("V2", "2022-02-01", **_MET), registration("K1", "V2", timer="19,5"),
        volunteer("V3", "2022-02-01", sluttet="2023-01-01"),
    )  # fmt: skip
    assert _short(_on(store, "2022-12-31").lacking) == ["V2", "V3"]
    assert _short(_on(store, "2023-01-01").lacking) == ["V2"]


@pytest.mark.parametrize(("hours", "ready"), [("20", ["V1"]), ("19,75", [])])
def test_a_candidate_with_all_the_course_hours_is_ready(store, hours, ready) -> None:
    taken_in(store, course(start="2022-01-01"), volunteer("V1", ""), registration(timer=hours))
    assert _short(_on(store, "2022-03-01").ready) == ready


@pytest.mark.parametrize(("day", "past"), [("2023-07-10", []), ("2023-07-11", ["O1"])])
def test_an_assignment_past_its_six_months_is_told_of(store, day, past) -> None:
    taken_in(store, *served())
    assert _short(_on(store, day).past_planned_end) == past


@pytest.mark.parametrize(("day", "due"), [("2023-02-09", []), ("2023-02-10", ["O1"])])
def test_a_follow_up_is_told_of_from_the_day_it_is_due(store, day, due) -> None:
    taken_in(store, *served())
    assert _short(_on(store, day).follow_ups) == due


@pytest.mark.parametrize(
    ("day", "year", "due"),
    [("2023-12-31", 2023, None), ("2024-01-01", 2023, 2023), ("2024-01-31", 2023, 2023),
     ("2024-02-01", 2024, None)],
)  # fmt: skip
def test_the_report_is_handed_in_in_january(store, day, year, due) -> None:
    found = _on(store, day)
    assert (found.report_year, found.report_due) == (year, due)


def test_the_next_report_lacks_what_is_blank_on_its_records(store) -> None:
    taken_in(
        store,
        *served("1", bakgrunn="norsk", sivilstatus="enslig", fant_oss="nettverk"),
        *served("2", bakgrunn="norsk"),
        *served("4"),
        family("F3"),  # in no assignment, and so in no figure that splits families
    )
    gaps = {gap.kind.table: gap for gap in _on(store, "2023-05-01").gaps}
    assert gaps["family"].attributes == ("background", "civil_status", "found_us")
    assert gaps["family"].of_first == ("civil_status", "found_us")
    assert _short(gaps["family"].records) == ["F2", "F4"]
    assert _short(gaps["volunteer"].records) == ["V1", "V2", "V4"]
    assert gaps["volunteer"].attributes[:2] == ("age", "gender")
    assert gaps["assignment"].attributes == ("starts_at",)
    assert "inquiry" not in gaps  # each has its source; one without is the next test


def test_an_inquiry_from_nobody_knows_whom_is_lacking_in_its_own_year_alone(store) -> None:
    taken_in(store, family(), inquiry(mottatt="2022-12-31", kilde="ikke_spurt"))
    kinds = [gap.kind.table for gap in _on(store, "2022-12-31").gaps]
    assert kinds == ["inquiry"]
    assert [gap.kind.table for gap in _on(store, "2023-02-01").gaps] == []


@pytest.mark.parametrize(
    ("day", "without"), [("2023-01-31", []), ("2023-02-01", ["O1"]), ("2023-03-15", ["O1"])]
)
def test_hours_are_missed_when_the_month_is_over(store, day, without) -> None:
    taken_in(store, *served(), hours(dato="2023-02-10"))
    assert _short(_on(store, day).without_hours) == without


def test_hours_of_last_year_are_missed_in_january(store) -> None:
    taken_in(store, *served(), *(hours(dato=f"2023-{month:02}-15") for month in range(1, 12)))
    assert _short(_on(store, "2024-01-15").without_hours) == ["O1"]  # December
    assert _on(store, "2023-12-15").without_hours == ()
