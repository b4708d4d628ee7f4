"""Preparation courses: their days, who takes part, the hours attended, who has completed them.

Where attendance is kept day by day, it alone says how many hours somebody has, and nothing writes
their sum beside it: the two could disagree. The hours of a registration are those that somebody
entered, or imported, as one figure; they stand where no attendance is kept.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from hsf_cli import numbers, rules
from hsf_cli.change import Change
from hsf_cli.dates import written, year_days
from hsf_cli.errors import Stopped
from hsf_cli.records import KINDS, numbered
from hsf_cli.registers.lookup import Lookup, name_of
from hsf_cli.registers.service import CANDIDATES
from hsf_cli.registers.volunteers import COUNTS_FROM, LAST_DAY, volunteers
from hsf_cli.rules import Finding
from hsf_cli.store import Row, Store

# The course's own themes, one for each of its six days.
THEMES = (
    "Bli kjent, Home-Starts verdier",
    "Barns behov og utvikling",
    "Familier i krise og endring",
    "Kommunikasjon og grenser",
    "Taushetsplikt, meldeplikt og samarbeid",
    "Rollen som familiekontakt, oppsummering",
)
HALF_HOUR = 30
_WHOLE_DAY = 24 * 60
# The volunteers on a course.
ON_COURSE = "SELECT volunteer_id FROM course_registration WHERE course_id = :course"
_NOT_ON_COURSE = f"SELECT id FROM ({CANDIDATES}) WHERE id NOT IN ({ON_COURSE})"

_LIST = f"""
SELECT c.id AS number, coalesce(c.imported_id, 'K' || c.id) AS id, c.name, c.starts_on, c.ends_on,
       c.place, (SELECT count(*) FROM course_day WHERE course_id = c.id) AS days,
       (SELECT count(*) FROM course_registration WHERE course_id = c.id) AS participants,
       (SELECT count(*) FROM course_registration
         WHERE course_id = c.id AND completed <> 'nei') AS completed
  FROM course c
 WHERE c.starts_on BETWEEN :first AND :last
   AND (NOT :only_open OR coalesce({LAST_DAY}, c.starts_on) >= :today)
 ORDER BY c.starts_on, c.id
"""
_DAYS = """
SELECT d.*, (SELECT count(*) FROM attendance WHERE course_day_id = d.id) AS attended,
       (SELECT json_group_array(v.name) FROM course_registration r
          JOIN volunteer v ON v.id = r.volunteer_id
         WHERE r.course_id = d.course_id AND r.id NOT IN (
               SELECT course_registration_id FROM attendance WHERE course_day_id = d.id)) AS absent
  FROM course_day d WHERE d.course_id = :course ORDER BY d.held_on, d.id
"""
# A registration with its hours on that course by a day, and the volunteer's name.
_REGISTRATIONS = f"""
SELECT r.*, v.name, c.name AS course, c.starts_on,
       (SELECT count(*) FROM attendance WHERE course_registration_id = r.id) AS days,
       coalesce(
           (SELECT sum(coalesce(t.minutes, d.minutes)) FROM attendance t
              JOIN course_day d ON d.id = t.course_day_id
             WHERE t.course_registration_id = r.id AND d.held_on <= :day),
           iif(NOT EXISTS (SELECT 1 FROM attendance WHERE course_registration_id = r.id)
               AND {COUNTS_FROM} <= :day, r.minutes, NULL),
           0) AS attended_minutes
  FROM course_registration r
  JOIN course c ON c.id = r.course_id
  JOIN volunteer v ON v.id = r.volunteer_id
"""
_HOURS_AS_ONE = """
SELECT r.volunteer_id FROM course_registration r
 WHERE r.id IN (SELECT value FROM json_each(:registrations)) AND r.minutes IS NOT NULL
   AND NOT EXISTS (SELECT 1 FROM attendance WHERE course_registration_id = r.id) ORDER BY r.id
"""
_ATTENDANCE = """
SELECT id, course_registration_id, minutes FROM attendance WHERE course_day_id = :day ORDER BY id
"""


@dataclass(frozen=True)
class CourseDay:
    """A day of a course that is about to be kept."""

    held_on: str
    theme: str | None
    minutes: int | None


@dataclass(frozen=True)
class Participant:
    """Somebody on a course, with the hours that count by a day."""

    registration: int
    volunteer: int
    name: str
    # The days attended and the minutes on this course, and the minutes on all courses together.
    days: int
    minutes: int
    total_minutes: int
    completed: str | None

    @property
    def missing_minutes(self) -> int:
        """How much is missing of what a volunteer must have."""
        return max(0, rules.COURSE_MINUTES - self.total_minutes)

    @property
    def reached(self) -> bool:
        """Whether the hours are enough."""
        return not self.missing_minutes

    @property
    def may_complete(self) -> bool:
        """Whether the hours are enough, and some of them are from this course."""
        return self.reached and self.minutes > 0

    @property
    def has_completed(self) -> bool:
        """Whether the course is marked as completed."""
        return self.completed not in (None, "nei")


def suggested_days(first: date, last: date | None = None) -> list[CourseDay]:
    """Six days a week apart with the course's themes and enough hours in all.

    Where the course is too short for that, they are spread evenly over it; where it has not even
    six days, it is each of them, without themes.
    """
    weekly = [first + timedelta(weeks=week) for week in range(len(THEMES))]
    days = weekly if last is None or weekly[-1] <= last else _spread(first, last)
    themes = THEMES if len(days) == len(THEMES) else (None,) * len(days)
    steps = -(-rules.COURSE_MINUTES // (HALF_HOUR * len(days)))
    return [
        CourseDay(day.isoformat(), theme, steps * HALF_HOUR)
        for day, theme in zip(days, themes, strict=True)
    ]


def against_hours(days: Sequence[CourseDay]) -> list[Finding]:
    """What to be told where the days of a new course do not make the hours that are needed."""
    known = [day.minutes for day in days if day.minutes is not None]
    if not days or len(known) < len(days) or sum(known) >= rules.COURSE_MINUTES:
        return []
    text = f"Kursdagene er {numbers.readable_hours(sum(known))} timer i alt."
    needed = f"En familiekontakt skal ha {numbers.readable_hours(rules.COURSE_MINUTES)} kurstimer."
    return [Finding("kurstimer", text, needed, stops=False)]


def courses(
    store: Store, year: int | None, today: date, *, only_open: bool = False
) -> list[dict[str, Any]]:
    """The courses that start that year, or ever, the earliest first; or those not over today."""
    first, last = year_days(year)
    rows = store.rows(
        _LIST, first=first, last=last, today=today.isoformat(), only_open=int(only_open)
    )
    return numbered("course", rows)


def days(store: Store, course: int) -> list[Row]:
    """A course's days in their order, each with how many were there and who was not."""
    return store.rows(_DAYS, course=course)


def participants(store: Store, course: int, day: date) -> list[Participant]:
    """Everyone on a course, with the hours that count by that day."""
    everyone = volunteers(store)
    rows = store.rows(
        f"{_REGISTRATIONS} WHERE r.course_id = :course ORDER BY r.id",
        course=course,
        day=day.isoformat(),
    )
    return [
        Participant(
            row["id"],
            row["volunteer_id"],
            row["name"],
            row["days"],
            row["attended_minutes"],
            rules.course_minutes(everyone[row["volunteer_id"]], day),
            row["completed"],
        )
        for row in rows
    ]


def registrations(store: Store, course: int) -> dict[int, int]:
    """The registrations on a course, by the volunteers' numbers."""
    rows = store.rows(
        "SELECT id, volunteer_id FROM course_registration WHERE course_id = :n ORDER BY id",
        n=course,
    )
    return {row["volunteer_id"]: row["id"] for row in rows}


def candidates(store: Store, course: int) -> dict[int, str]:
    """The candidates who are not on a course, by number, as one chooses among them."""
    hits = Lookup(store, "volunteer", _NOT_ON_COURSE, course=course).everyone
    return {hit.number: hit.text for hit in hits}


def courses_of(store: Store, volunteer: int, day: date) -> list[dict[str, Any]]:
    """The courses that a volunteer is on, with the hours on each by that day."""
    rows = store.rows(
        f"{_REGISTRATIONS} WHERE r.volunteer_id = :volunteer ORDER BY c.starts_on, r.id",
        volunteer=volunteer,
        day=day.isoformat(),
    )
    return [
        {
            "number": KINDS["course_registration"].name(row["id"]),
            "course": f"{KINDS['course'].name(row['course_id'])} {row['course']}",
            "starts_on": row["starts_on"],
            "minutes": row["attended_minutes"],
            "completed": row["completed"],
        }
        for row in rows
    ]


def completed_text(completed: str) -> str:
    """Whether a course is completed, as people read it."""
    return written(completed) if "-" in completed else completed


def last_day(store: Store, course: int) -> date | None:
    """The last day of a course, as far as it is known."""
    day = store.value(f"SELECT {LAST_DAY} FROM course c WHERE c.id = :n", n=course)
    return date.fromisoformat(day) if day else None


def refuse_same_day(store: Store, number: int | None, day: Mapping[str, Any]) -> None:
    """Raises Stopped where the course has another day on that date: attendance is kept by date."""
    other = store.value(
        "SELECT id FROM course_day WHERE course_id = :course AND held_on = :day AND id IS NOT :but",
        course=day["course_id"],
        day=day["held_on"],
        but=number,
    )
    if other:
        short = KINDS["course_day"].name(other)
        raise Stopped(
            f"Kurset har allerede en kursdag {written(day['held_on'])} ({short}).",
            f"Rett den i stedet: hsf kurs dag {short}",
        )


def refuse_registered(store: Store, course: int, volunteer: int) -> None:
    """Raises Stopped where a volunteer is on a course already."""
    number = store.value(
        "SELECT id FROM course_registration WHERE volunteer_id = :volunteer"
        " AND course_id = :course",
        course=course,
        volunteer=volunteer,
    )
    if number:
        short = KINDS["course_registration"].name(number)
        raise Stopped(
            f"{name_of(store, 'volunteer', volunteer)} er allerede påmeldt"
            f" {name_of(store, 'course', course)} ({short}).",
            f"Rett påmeldingen: hsf kurs påmelding {short}",
        )


def refuse_hours_beside(store: Store, number: int | None, registration: Mapping[str, Any]) -> None:
    """Raises Stopped where hours are entered in one figure beside attendance: they do not count."""
    present = store.value("SELECT minutes FROM course_registration WHERE id = :n", n=number)
    if registration["minutes"] in (None, present):
        return
    if store.value("SELECT 1 FROM attendance WHERE course_registration_id = :n", n=number):
        course = KINDS["course"].name(registration["course_id"])
        raise Stopped(
            f"Timene til {name_of(store, 'course_registration', number or 0)} telles fra oppmøtet,"
            " dag for dag.",
            f"Rett oppmøtet: hsf kurs oppmøte {course} --dato DATO",
        )


def attendance(store: Store, day: int) -> dict[int, int | None]:
    """Who was there on a course day: the minutes of each registration, None for the whole day."""
    rows = store.rows(_ATTENDANCE, day=day)
    return {row["course_registration_id"]: row["minutes"] for row in rows}


def attended(store: Store, change: Change, day: int, there: Mapping[int, int | None]) -> None:
    """Keeps who was there on a course day, instead of whoever was said to be there before."""
    before = store.rows(_ATTENDANCE, day=day)
    for row in before:
        registration = row["course_registration_id"]
        if registration not in there:
            change.delete("attendance", row["id"])
        elif there[registration] != row["minutes"]:
            change.update("attendance", row["id"], minutes=there[registration])
    here = {row["course_registration_id"] for row in before}
    for registration, minutes in there.items():
        if registration not in here:
            change.insert(
                "attendance",
                course_day_id=day,
                course_registration_id=registration,
                minutes=minutes,
            )


def refuse_beyond_day(store: Store, day: Row, partly: Mapping[int, int]) -> None:
    """Raises Stopped where somebody was on a course day for longer than it lasted."""
    longest = _WHOLE_DAY if day["minutes"] is None else min(day["minutes"], _WHOLE_DAY)
    for registration, minutes in partly.items():
        if minutes > longest:
            short = KINDS["course_day"].name(day["id"])
            raise Stopped(
                f"{name_of(store, 'course_registration', registration)}:"
                f" {numbers.readable_hours(minutes)} timer er mer enn kursdagens"
                f" {numbers.readable_hours(longest)}.",
                f"Rett --delvis. Varte dagen lenger: hsf kurs dag {short} --timer TIMER",
            )


def against_attendance(store: Store, registrations: Sequence[int]) -> list[Finding]:
    """What to be told where attendance comes instead of hours that were entered as one figure."""
    superseded = [
        name_of(store, "volunteer", row["volunteer_id"])
        for row in store.rows(_HOURS_AS_ONE, registrations=json.dumps(registrations))
    ]
    if not superseded:
        return []
    text = f"Kurstimene som var ført i én sum, teller ikke lenger for {', '.join(superseded)}."
    return [Finding("kurstimer", text, "Før oppmøte for alle dagene de var der.", stops=False)]


def _spread(first: date, last: date) -> list[date]:
    """As many days as there are themes, or else days, evenly from the first to the last."""
    length = (last - first).days
    count = min(len(THEMES), length + 1)
    return [first + timedelta(days=length * day // max(count - 1, 1)) for day in range(count)]
