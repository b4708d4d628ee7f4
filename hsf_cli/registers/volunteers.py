"""Volunteers: what the rules ask of them, and the four requirements as they stand."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from hsf_cli import numbers, rules
from hsf_cli.dates import year_days
from hsf_cli.records import KINDS
from hsf_cli.rules import CourseHours, Period, Volunteer
from hsf_cli.store import Row, Store

# What is asked before a first assignment, by the rule that says so.
REQUIREMENTS = {
    "kurstimer": f"{numbers.readable_hours(rules.COURSE_MINUTES)} kurstimer",
    "politiattest": "Politiattest vist",
    "taushetserklæring": "Taushetserklæring",
    "hjemmebesøk": "Hjemmebesøk",
}

_DAYS = (
    "approved_on", "left_on", "home_visit_on", "certificate_issued_on", "certificate_shown_on",
    "confidentiality_on",
)  # fmt: skip

# The ids of those asked for: one, everyone, or those who had not left by a day.
_ONE, _EVERYONE = "SELECT :number", "SELECT id FROM volunteer"
_NOT_LEFT = f"{_EVERYONE} WHERE left_on IS NULL OR left_on > :left_by"

_VOLUNTEERS = "SELECT * FROM volunteer WHERE id IN ({those}) ORDER BY id"
_EARLIER = """
SELECT volunteer_id, max(left_on) AS left_on FROM earlier_period
 WHERE volunteer_id IN ({those}) GROUP BY volunteer_id
"""
_PAUSES = """
SELECT volunteer_id, from_on, to_on FROM pause
 WHERE volunteer_id IN ({those}) ORDER BY from_on, id
"""
_ASSIGNMENTS = """
SELECT volunteer_id, started_on, ended_on FROM assignment
 WHERE volunteer_id IN ({those}) ORDER BY started_on, id
"""
# The last day of the course `c`, as far as it is known.
LAST_DAY = "coalesce(c.ends_on, (SELECT max(held_on) FROM course_day WHERE course_id = c.id))"
# The day from which a registration `r` on it counts, where no attendance is kept.
COUNTS_FROM = f"coalesce(iif(length(r.completed) = 10, r.completed, NULL), {LAST_DAY}, c.starts_on)"
# Course hours by the day they count from: each day attended; where no attendance is kept, the
# hours of the registration, from the day the course was completed or over.
_COURSES = f"""
SELECT r.volunteer_id, coalesce(t.minutes, d.minutes) AS minutes, d.held_on AS counts_from
  FROM attendance t
  JOIN course_day d ON d.id = t.course_day_id
  JOIN course_registration r ON r.id = t.course_registration_id
 WHERE r.volunteer_id IN ({{those}})
 UNION ALL
SELECT r.volunteer_id, r.minutes, {COUNTS_FROM}
  FROM course_registration r
  JOIN course c ON c.id = r.course_id
 WHERE r.minutes IS NOT NULL AND r.volunteer_id IN ({{those}})
   AND NOT EXISTS (SELECT 1 FROM attendance WHERE course_registration_id = r.id)
"""
# Courses recorded as completed whose hours nobody recorded.
_COMPLETED = f"""
SELECT r.volunteer_id, min({COUNTS_FROM}) AS completed_on
  FROM course_registration r
  JOIN course c ON c.id = r.course_id
 WHERE r.completed <> 'nei' AND r.minutes IS NULL AND r.volunteer_id IN ({{those}})
   AND NOT EXISTS (SELECT 1 FROM attendance WHERE course_registration_id = r.id)
 GROUP BY r.volunteer_id
"""
# Course attendance is not volunteer hours: these are the hours entries alone.
_HOURS = """
SELECT coalesce(sum(minutes), 0) AS minutes, coalesce(sum(driving_minutes), 0) AS driving_minutes
  FROM hours WHERE volunteer_id = :volunteer AND worked_on BETWEEN :first AND :last
"""


class Requirement(NamedTuple):
    """One of the four requirements before a first assignment, as it stands on a day."""

    rule: str
    met: bool
    # The day it was met; with what is missing, the day that was not good enough.
    on: date | None
    # What is missing, and what mends it; both empty where nothing is.
    text: str
    remedy: str


def volunteers(
    store: Store, number: int | None = None, *, but_left_by: date | None = None
) -> dict[int, Volunteer]:
    """What the rules ask of every volunteer, or of the one with that number, by number.

    Those who had left by a day can be passed by.
    """
    those = _ONE if number is not None else _NOT_LEFT if but_left_by else _EVERYONE
    left_by = but_left_by and but_left_by.isoformat()

    def rows(sql: str) -> list[Row]:
        return store.rows(sql.format(those=those), number=number, left_by=left_by)

    def by_volunteer(sql: str) -> Mapping[int, list[Row]]:
        found: dict[int, list[Row]] = defaultdict(list)
        for row in rows(sql):
            found[row["volunteer_id"]].append(row)
        return found

    earlier, pauses = by_volunteer(_EARLIER), by_volunteer(_PAUSES)
    courses, completed = by_volunteer(_COURSES), by_volunteer(_COMPLETED)
    assignments = by_volunteer(_ASSIGNMENTS)
    return {
        row["id"]: Volunteer(
            id=KINDS["volunteer"].name(row["id"]),
            name=row["name"],
            earlier_left_on=_first(earlier.get(row["id"]), "left_on"),
            pauses=_periods(pauses.get(row["id"], []), "from_on", "to_on"),
            courses=tuple(
                CourseHours(one["minutes"] or 0, date.fromisoformat(one["counts_from"]))
                for one in courses.get(row["id"], [])
            ),
            course_completed_on=_first(completed.get(row["id"]), "completed_on"),
            assignments=_periods(assignments.get(row["id"], []), "started_on", "ended_on"),
            **_own(row),
        )
        for row in rows(_VOLUNTEERS)
    }


def with_values(volunteer: Volunteer, record: Mapping[str, Any]) -> Volunteer:
    """What the rules ask of a volunteer as the record would have it."""
    return volunteer._replace(**_own(record))


def requirements(volunteer: Volunteer, day: date) -> list[Requirement]:
    """The four requirements, each met or not by the end of that day."""
    missing = {finding.rule: finding for finding in rules.missing_requirements(volunteer, day)}
    met_on = {
        "kurstimer": _hours_reached_on(volunteer) or volunteer.course_completed_on,
        "politiattest": volunteer.certificate_shown_on,
        "taushetserklæring": volunteer.confidentiality_on,
        "hjemmebesøk": volunteer.home_visit_on,
    }
    return [
        Requirement(
            rule,
            rule not in missing,
            met_on[rule],
            missing[rule].text if rule in missing else "",
            missing[rule].remedy if rule in missing else "",
        )
        for rule in REQUIREMENTS
    ]


def earlier_periods(store: Store, volunteer: int) -> list[Row]:
    """A volunteer's periods before the present one, in the order they were."""
    return store.rows(
        "SELECT * FROM earlier_period WHERE volunteer_id = :n ORDER BY approved_on, id", n=volunteer
    )


def pauses(store: Store, volunteer: int) -> list[Row]:
    """A volunteer's pauses, in the order they are."""
    return store.rows(
        "SELECT * FROM pause WHERE volunteer_id = :n ORDER BY from_on, id", n=volunteer
    )


def hours_in(store: Store, volunteer: int, year: int) -> tuple[int, int]:
    """The minutes that a volunteer gave in a year, and those of driving beside them."""
    first, last = year_days(year)
    (row,) = store.rows(_HOURS, volunteer=volunteer, first=first, last=last)
    return row["minutes"], row["driving_minutes"]


def _hours_reached_on(volunteer: Volunteer) -> date | None:
    """The day on which the course hours became enough."""
    days = sorted(course.on for course in volunteer.courses)
    enough = (day for day in days if rules.course_minutes(volunteer, day) >= rules.COURSE_MINUTES)
    return next(enough, None)


def _periods(rows: list[Row], first: str, last: str) -> tuple[Period, ...]:
    return tuple((date.fromisoformat(row[first]), _day(row[last])) for row in rows)


def _first(rows: list[Row] | None, column: str) -> date | None:
    return _day(rows[0][column]) if rows else None


def _own(record: Row | Mapping[str, Any]) -> dict[str, Any]:
    """What the volunteer's own record says: its days, and for how many families there is room."""
    said = record["capacity"]
    capacity = rules.USUAL_CAPACITY if said is None else said
    return {**{name: _day(record[name]) for name in _DAYS}, "capacity": capacity}


def _day(text: Any) -> date | None:
    return None if text is None else date.fromisoformat(text)
