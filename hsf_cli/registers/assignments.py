"""Assignments: one volunteer's period with one family, from the match to the end."""

from datetime import date
from typing import NamedTuple

from hsf_cli import rules
from hsf_cli.dates import begun_months, year_days
from hsf_cli.records import KINDS
from hsf_cli.registers.follow_ups import Dates
from hsf_cli.store import Store

# The ids of assignments that have no end, and of families whose case is open or that wait.
RUNNING = "SELECT id FROM assignment WHERE ended_on IS NULL"
WITH_OPEN_CASE = "SELECT family_id FROM inquiry WHERE closed_on IS NULL"
WAITING = f"""{WITH_OPEN_CASE} AND NOT EXISTS (
    SELECT 1 FROM assignment a WHERE a.inquiry_id = inquiry.id AND a.ended_on IS NULL)"""

_ASSIGNMENTS = f"""
SELECT assignment.id AS number, {KINDS["assignment"].id_sql} AS id,
       {KINDS["inquiry"].id_sql} AS inquiry,
       family.id AS family_number, {KINDS["family"].id_sql} AS family, family.name AS family_name,
       volunteer.id AS volunteer_number, {KINDS["volunteer"].id_sql} AS volunteer,
       volunteer.name AS volunteer_name,
       assignment.started_on, assignment.ended_on, assignment.end_reason, assignment.usual_time,
       assignment.planned_end_on,
       (SELECT max(until_on) FROM extension WHERE assignment_id = assignment.id) AS extended_to
  FROM assignment
  JOIN inquiry ON inquiry.id = assignment.inquiry_id
  JOIN family ON family.id = inquiry.family_id
  JOIN volunteer ON volunteer.id = assignment.volunteer_id
 WHERE {{condition}}
 ORDER BY assignment.started_on, assignment.id
"""
_NOT_ENDED = "(assignment.ended_on IS NULL OR assignment.ended_on > :day)"
_TOTALS = """
SELECT coalesce(sum(visits), 0) AS visits, coalesce(sum(minutes), 0) AS minutes,
       coalesce(sum(driving_minutes), 0) AS driving_minutes,
       coalesce(sum(minutes) FILTER (WHERE visits IS NOT NULL), 0) AS minutes_of_visits,
       max(worked_on) AS last_on
  FROM hours WHERE assignment_id = :assignment
"""


class Assignment(NamedTuple):
    """One assignment, as a list tells of it."""

    number: int
    id: str
    inquiry: str
    family_number: int
    family: str
    family_name: str
    volunteer_number: int
    volunteer: str
    volunteer_name: str
    started_on: str
    ended_on: str | None
    end_reason: str | None
    usual_time: str | None
    planned_end_on: str | None
    # The day the latest extension lasts to; None where there is none.
    extended_to: str | None

    @property
    def planned_to(self) -> str:
        """The day it is planned to, its extensions included."""
        dates = Dates(self.started_on, self.ended_on, self.planned_end_on, self.extended_to)
        return dates.planned_to

    def runs(self, day: date) -> bool:
        """Whether it has started, and not ended, by the end of a day."""
        text = day.isoformat()
        return self.started_on <= text and (self.ended_on is None or self.ended_on > text)

    def ran_in(self, year: int) -> bool:
        """Whether it ran on any day of a year."""
        first, last = year_days(year)
        return self.started_on <= last and (self.ended_on or "9999") >= first

    def months(self, day: date) -> int:
        """The begun months it has lasted by a day; none before it starts."""
        until = min(self.ended_on or day.isoformat(), day.isoformat())
        return begun_months(self.started_on, until) if until > self.started_on else 0

    def overdue(self, day: date) -> bool:
        """Whether it runs on a day after the one it was planned to, extensions included."""
        return self.runs(day) and self.planned_to < day.isoformat()

    def beyond_six_months(self, day: date) -> bool:
        """Whether it runs on a day after its first six months, extended or not."""
        return self.runs(day) and day > rules.planned_end(date.fromisoformat(self.started_on))


class Totals(NamedTuple):
    """What was handed in for an assignment: visits, and whole minutes."""

    visits: int
    minutes: int
    driving_minutes: int
    minutes_of_visits: int  # those of entries that tell how many visits there were
    last_on: str | None


def assignments(store: Store) -> list[Assignment]:
    """Every assignment, in the order they started."""
    return [Assignment(*row) for row in store.rows(_ASSIGNMENTS.format(condition="true"))]


def assignment(store: Store, number: int) -> Assignment:
    """The assignment of that number, which must be here, with whom it is between."""
    condition = "assignment.id = :number"
    (row,) = store.rows(_ASSIGNMENTS.format(condition=condition), number=number)
    return Assignment(*row)


def past_planned_end(store: Store, day: date) -> list[Assignment]:
    """Those that run on a day after the one they were planned to, without an extension.

    The one that is furthest behind comes first.
    """
    rows = store.rows(_ASSIGNMENTS.format(condition=_NOT_ENDED), day=day.isoformat())
    past = (one for one in (Assignment(*row) for row in rows) if one.overdue(day))
    return sorted(past, key=lambda one: (one.planned_to, one.number))


def totals(store: Store, number: int) -> Totals:
    """What was handed in for an assignment."""
    (row,) = store.rows(_TOTALS, assignment=number)
    return Totals(*row)
