"""Courses: the days suggested, attendance by day, and the hours that come of it."""

from datetime import date

import pytest

from hsf_cli import rules
from hsf_cli.errors import Stopped
from hsf_cli.registers import courses
from hsf_cli.store import Store
from tests.builders import TODAY, Record, course, registration, taken_in, volunteer


def course_day(id: str, dato: str, timer: str = "3,5") -> Record:
    return "kursdager", {"id": id, "kurs": "K1", "dato": dato, "timer": timer}


def two_on_a_course(store: Store, **more: str) -> None:
    taken_in(
        store,
        course(start="2024-02-01"),
        course_day("KD1", "2024-02-01"),
        course_day("KD2", "2024-02-08"),
        volunteer("V1", "", navn="Kari"),
        volunteer("V2", "", navn="Bo"),
        registration("K1", "V1", id="D1"),
        registration("K1", "V2", id="D2", **more),
    )


def keep(store: Store, day: int, **there: int | None) -> None:
    """Attendance by registration: `D1=None` is the whole day."""
    with store.change("kurs oppmøte") as change:
        numbered = {int(name[1:]): minutes for name, minutes in there.items()}
        courses.attended(store, change, day, numbered)


def minutes(store: Store, day: date = TODAY) -> dict[str, int]:
    return {one.name: one.minutes for one in courses.participants(store, 1, day)}


def test_six_days_a_week_apart_have_enough_hours() -> None:
    days = courses.suggested_days(date(2024, 2, 1))
    assert [day.held_on for day in days] == [
        "2024-02-01", "2024-02-08", "2024-02-15", "2024-02-22", "2024-02-29", "2024-03-07",
    ]  # fmt: skip
    assert [day.theme for day in days] == list(courses.THEMES)
    assert sum(day.minutes or 0 for day in days) >= rules.COURSE_MINUTES


@pytest.mark.parametrize("length", range(1, 40))
def test_days_stay_within_the_course_and_have_enough_hours(length: int) -> None:
    first = date(2024, 2, 1)
    last = date.fromordinal(first.toordinal() + length - 1)
    days = courses.suggested_days(first, last)
    held = [day.held_on for day in days]
    assert held == sorted(set(held))
    assert first.isoformat() == held[0]
    assert held[-1] <= last.isoformat()
    assert len(days) == min(6, length)
    assert sum(day.minutes or 0 for day in days) >= rules.COURSE_MINUTES


def test_too_few_hours_are_told_of_and_stop_nothing() -> None:
    days = [courses.CourseDay("2024-02-01", None, 19 * 60)]
    (finding,) = courses.against_hours(days)
    assert not finding.stops
    assert courses.against_hours([courses.CourseDay("2024-02-01", None, 20 * 60)]) == []


def test_attendance_counts_from_its_day(store: Store) -> None:
    two_on_a_course(store)
    keep(store, 1, D1=None, D2=None)
    keep(store, 2, D1=150)
    assert minutes(store, date(2024, 1, 31)) == {"Kari": 0, "Bo": 0}
    assert minutes(store, date(2024, 2, 1)) == {"Kari": 210, "Bo": 210}
    assert minutes(store, date(2024, 2, 8)) == {"Kari": 360, "Bo": 210}


def test_attendance_kept_again_replaces_what_was(store: Store) -> None:
    two_on_a_course(store)
    keep(store, 1, D1=None, D2=150)
    keep(store, 1, D2=None)
    assert courses.attendance(store, 1) == {2: None}
    assert minutes(store) == {"Kari": 0, "Bo": 210}


def test_the_same_attendance_again_changes_nothing(store: Store) -> None:
    two_on_a_course(store)
    keep(store, 1, D1=None, D2=150)
    before = store.value("SELECT max(id) FROM change_set")
    keep(store, 1, D1=None, D2=150)
    assert store.value("SELECT max(id) FROM change_set") == before


def test_a_day_mended_changes_the_hours_of_those_there_the_whole_day(store: Store) -> None:
    two_on_a_course(store)
    keep(store, 1, D1=None, D2=150)
    with store.change("kurs dag") as change:
        change.update("course_day", 1, minutes=240)
    assert minutes(store) == {"Kari": 240, "Bo": 150}


def test_hours_in_one_figure_count_where_no_attendance_is_kept(store: Store) -> None:
    two_on_a_course(store, timer="20")
    assert minutes(store) == {"Kari": 0, "Bo": 1200}
    assert courses.against_attendance(store, [1]) == []
    (finding,) = courses.against_attendance(store, [1, 2])
    assert "V2 Bo" in finding.text
    keep(store, 1, D2=None)
    assert minutes(store) == {"Kari": 0, "Bo": 210}
    assert courses.against_attendance(store, [2]) == []


def test_hours_on_all_courses_count_towards_the_twenty(store: Store) -> None:
    taken_in(
        store,
        volunteer(godkjent=""),
        course("K1", "2023-01-01", slutt="2023-02-01"),
        registration("K1", "V1", timer="16"),
        course("K2", "2024-01-01", slutt="2024-02-01"),
        registration("K2", "V1", timer="4"),
    )
    (there,) = courses.participants(store, 2, date(2024, 2, 1))
    assert (there.minutes, there.total_minutes, there.reached) == (240, 1200, True)
    (before,) = courses.participants(store, 2, date(2024, 1, 31))
    assert (before.minutes, before.missing_minutes, before.reached) == (0, 240, False)


def test_a_day_says_how_many_were_there_and_who_was_not(store: Store) -> None:
    two_on_a_course(store)
    keep(store, 1, D1=None)
    first, second = courses.days(store, 1)
    assert (first["attended"], first["absent"]) == (1, '["Bo"]')
    assert second["attended"] == 0


def test_one_volunteer_is_on_a_course_once(store: Store) -> None:
    two_on_a_course(store)
    with pytest.raises(Stopped, match="D1"):
        courses.refuse_registered(store, 1, 1)


def test_a_course_has_one_day_on_a_date(store: Store) -> None:
    two_on_a_course(store)
    with pytest.raises(Stopped, match="KD2"):
        courses.refuse_same_day(store, None, {"course_id": 1, "held_on": "2024-02-08"})
    courses.refuse_same_day(store, 2, {"course_id": 1, "held_on": "2024-02-08"})
    courses.refuse_same_day(store, None, {"course_id": 1, "held_on": "2024-02-09"})


def test_open_courses_are_those_whose_last_day_has_not_been(store: Store) -> None:
    taken_in(
        store,
        course("K1", "2024-02-01", slutt="2024-03-14"),
        course("K2", "2024-02-01", slutt="2024-03-15"),
        course("K3", "2024-04-01"),
    )
    found = courses.courses(store, None, TODAY, only_open=True)
    assert [row["number"] for row in found] == ["K2", "K3"]
    assert len(courses.courses(store, 2024, TODAY)) == 3
    assert courses.courses(store, 2023, TODAY) == []
