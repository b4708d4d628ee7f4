"""Follow-ups: the talks that an assignment is to have, which are due, and which were missed.

They are planned from its start: a call after about a month, an evaluation after about three, and
one at the end. Those of an assignment that came in from a file without them follow from its dates
while it runs, and become records when one of them is done or the assignment ends. An obligation
that was missed does not vanish when the assignment ends; one that was not due by then falls away.
"""

import json
from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from dateutil.relativedelta import relativedelta

from hsf_cli import rules
from hsf_cli.change import Change
from hsf_cli.codes import code_list
from hsf_cli.errors import Stopped
from hsf_cli.records import KINDS
from hsf_cli.spelling import lower_first
from hsf_cli.store import Row, Store

CLOSING = "avslutning"
# When the others are planned, counted from the start.
_TALKS = {"måned": relativedelta(months=1), "kvartal": relativedelta(months=3)}
Status = Literal["gjort", "planlagt", "forfalt", "falt bort"]

# Every follow-up there is a record of; and those without one, of the assignments that run on a
# day, with a blank for when they are planned.
_FOLLOW_UPS = f"""
WITH everyone AS (
SELECT id, imported_id, assignment_id, kind, planned_on, done_on, note FROM follow_up
 UNION ALL
SELECT NULL, NULL, a.id, k.value, NULL, NULL, NULL
  FROM assignment a CROSS JOIN json_each(:kinds) k
 WHERE (a.ended_on IS NULL OR a.ended_on > :day)
   AND NOT EXISTS (SELECT 1 FROM follow_up f WHERE f.assignment_id = a.id AND f.kind = k.value)
)
SELECT u.*, {KINDS["assignment"].id_sql} AS assignment, assignment.started_on, assignment.ended_on,
       assignment.planned_end_on,
       (SELECT max(until_on) FROM extension e WHERE e.assignment_id = assignment.id) AS extended_to,
       {KINDS["family"].id_sql} AS family, family.name AS family_name,
       {KINDS["volunteer"].id_sql} AS volunteer, volunteer.name AS volunteer_name
  FROM everyone u
 CROSS JOIN assignment ON assignment.id = u.assignment_id -- or all of them would be read first
  JOIN inquiry i ON i.id = assignment.inquiry_id
  JOIN family ON family.id = i.family_id
  JOIN volunteer ON volunteer.id = assignment.volunteer_id
 WHERE {{condition}}
"""
_UNDONE = "u.done_on IS NULL AND (u.planned_on IS NULL OR u.planned_on <= :last)"
_OF_ASSIGNMENT = "u.assignment_id = :assignment"
_DATES = """
SELECT started_on, ended_on, planned_end_on,
       (SELECT max(until_on) FROM extension WHERE assignment_id = a.id) AS extended_to
  FROM assignment a WHERE id = :assignment
"""
_RECORDS = "SELECT id, kind, planned_on, done_on FROM follow_up WHERE assignment_id = :assignment"


class Dates(NamedTuple):
    """The days of an assignment that its follow-ups are planned from."""

    started_on: str
    ended_on: str | None
    planned_end_on: str | None
    # The day the latest extension lasts to.
    extended_to: str | None

    @property
    def planned_to(self) -> str:
        """The day it is planned to, extensions included; six months on where nothing is set."""
        own = self.planned_end_on or _usual_plan(self.started_on)[CLOSING]
        return max(own, self.extended_to or own)

    @property
    def plan(self) -> dict[str, str]:
        """When each kind of follow-up is planned."""
        return {kind: self.planned_on(kind) for kind in (*_TALKS, CLOSING)}

    def planned_on(self, kind: str) -> str:
        """When one kind of follow-up is planned: the last one at the end, planned or real."""
        if kind == CLOSING:
            return self.ended_on or self.planned_to
        return _usual_plan(self.started_on)[kind]


class FollowUp(NamedTuple):
    """One talk that is planned or done; `number` is None where there is no record of it yet."""

    number: int | None
    id: str | None
    assignment_number: int
    assignment: str
    family: str
    family_name: str
    volunteer: str
    volunteer_name: str
    kind: str
    planned_on: str
    done_on: str | None
    note: str | None
    # When its assignment ended, if it has.
    ended_on: str | None

    def status(self, day: date) -> Status:
        """What has become of it by the end of a day."""
        if self.done_on is not None:
            return "gjort"
        if self.kind != CLOSING and self.ended_on is not None and self.planned_on > self.ended_on:
            return "falt bort"
        return "forfalt" if self.planned_on <= day.isoformat() else "planlagt"


@lru_cache(maxsize=1024)
def _usual_plan(started_on: str) -> Mapping[str, str]:
    """When each kind is planned where only the start is known, which many follow-ups ask for."""
    start = date.fromisoformat(started_on)
    days = {kind: start + after for kind, after in _TALKS.items()}
    days[CLOSING] = rules.planned_end(start)
    return {kind: day.isoformat() for kind, day in days.items()}


def label_of(kind: str) -> str:
    """«etter om lag en måned»."""
    return lower_first(code_list("follow_up").labels[kind])


def due(store: Store, day: date, days_ahead: int = 0) -> list[FollowUp]:
    """What is to be done by that day, or so many days after it, and is not: the oldest first.

    Also what was missed in assignments that have ended.
    """
    last = day + timedelta(days=days_ahead)
    rows = _rows(store, _UNDONE, day, last=last.isoformat())
    found = [_follow_up(row) for row in rows]
    return sorted(
        (one for one in found if one.status(last) == "forfalt"),
        key=lambda one: (one.planned_on, one.assignment_number),
    )


def of_assignment(store: Store, assignment: int, day: date) -> list[FollowUp]:
    """Every follow-up of one assignment, in the order they are planned."""
    rows = _rows(store, _OF_ASSIGNMENT, day, assignment=assignment)
    return sorted(map(_follow_up, rows), key=lambda one: (one.planned_on, one.number or 0))


def dates_of(store: Store, assignment: int) -> Dates:
    """An assignment's dates as they stand."""
    (row,) = store.rows(_DATES, assignment=assignment)
    return Dates(*row)


def make_records(store: Store, change: Change, assignment: int, dates: Dates) -> None:
    """Keeps the follow-ups of an assignment that there is no record of, but for what falls away."""
    present = {row["kind"] for row in store.rows(_RECORDS, assignment=assignment)}
    for kind, planned_on in dates.plan.items():
        if kind not in present and planned_on <= (dates.ended_on or planned_on):
            change.insert("follow_up", assignment_id=assignment, kind=kind, planned_on=planned_on)


def follow(store: Store, change: Change, assignment: int, after: Dates) -> None:
    """Takes what is not done along with an assignment, before its dates become others.

    Those whose day by the plan stays the same stay where somebody has put them. What an
    assignment that ends still owes is kept as records.
    """
    before, plan_after = dates_of(store, assignment).plan, after.plan
    for row in store.rows(_RECORDS, assignment=assignment):
        kind = row["kind"]
        if row["done_on"] is None and before[kind] != plan_after[kind]:
            change.update("follow_up", row["id"], planned_on=plan_after[kind])
    if after.ended_on:
        make_records(store, change, assignment, after)


def keep(
    store: Store, change: Change, assignment: int, kind: str, values: Mapping[str, Any]
) -> int:
    """Writes what is said of an assignment's next follow-up of a kind; gives its number."""
    dates = dates_of(store, assignment)
    make_records(store, change, assignment, dates)
    row = _next_of_kind(store, assignment, kind)
    if row is None:  # what falls away is no record, but may be done all the same
        planned = {"planned_on": dates.planned_on(kind), **values}
        return change.insert("follow_up", assignment_id=assignment, kind=kind, **planned)
    change.update("follow_up", row["id"], **values)
    return int(row["id"])


def refuse_done(store: Store, assignment: int, kind: str) -> None:
    """Raises Stopped where the follow-ups of that kind are done, all there are."""
    done = store.rows(f"{_RECORDS} AND kind = :kind ORDER BY id", assignment=assignment, kind=kind)
    if done and _next_of_kind(store, assignment, kind) is None:
        short = KINDS["follow_up"].name(done[-1]["id"])
        raise Stopped(
            f"Oppfølgingen {label_of(kind)} er gjort: {short}.",
            f"Er noe ført feil, så rett den: hsf oppdrag oppfølging {short} --dato DATO",
        )


def _next_of_kind(store: Store, assignment: int, kind: str) -> Row | None:
    rows = store.rows(
        "SELECT id FROM follow_up WHERE assignment_id = :assignment AND kind = :kind"
        " AND done_on IS NULL ORDER BY planned_on, id LIMIT 1",
        assignment=assignment,
        kind=kind,
    )
    return rows[0] if rows else None


def _rows(store: Store, condition: str, day: date, **values: object) -> list[Row]:
    return store.rows(
        _FOLLOW_UPS.format(condition=condition),
        day=day.isoformat(),
        kinds=json.dumps(list(code_list("follow_up")), ensure_ascii=False),
        **values,
    )


def _follow_up(row: Row) -> FollowUp:
    dates = Dates(row["started_on"], row["ended_on"], row["planned_end_on"], row["extended_to"])
    return FollowUp(
        number=row["id"],
        id=row["imported_id"] or (KINDS["follow_up"].name(row["id"]) if row["id"] else None),
        assignment_number=row["assignment_id"],
        assignment=row["assignment"],
        family=row["family"],
        family_name=row["family_name"],
        volunteer=row["volunteer"],
        volunteer_name=row["volunteer_name"],
        kind=row["kind"],
        planned_on=row["planned_on"] or dates.planned_on(row["kind"]),
        done_on=row["done_on"],
        note=row["note"],
        ended_on=row["ended_on"],
    )
