"""Where volunteers stand on a day: candidate, free, on assignment, on pause, left."""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from hsf_cli import dates, rules
from hsf_cli.records import KINDS
from hsf_cli.registers.volunteers import volunteers
from hsf_cli.rules import Period, Volunteer
from hsf_cli.store import Row, Store

STANDINGS = {
    "kandidat": "kandidat",
    "ledig": "ledig",
    "oppdrag": "på oppdrag",
    "pause": "pause",
    "ikke ledig": "ikke ledig",
    "sluttet": "sluttet",
}

_EARLIER_PERIODS = """
SELECT volunteer_id, approved_on, left_on FROM earlier_period
 WHERE :number IS NULL OR volunteer_id = :number ORDER BY approved_on, id
"""
_STANDING = f"""
SELECT volunteer.id AS number, {KINDS["volunteer"].id_sql} AS id, name, phone, area, language,
       prefers, signed_up_on,
       (SELECT json_group_array(f.name) FROM assignment a
          JOIN inquiry i ON i.id = a.inquiry_id JOIN family f ON f.id = i.family_id
         WHERE a.volunteer_id = volunteer.id AND a.started_on <= :day
           AND (a.ended_on IS NULL OR a.ended_on > :day)) AS families,
       (SELECT max(a.ended_on) FROM assignment a
         WHERE a.volunteer_id = volunteer.id AND a.ended_on <= :day) AS last_ended_on
  FROM volunteer WHERE :number IS NULL OR volunteer.id = :number ORDER BY volunteer.id
"""


@dataclass(frozen=True)
class Standing:
    """Where a volunteer stands on a day, since when, and what one looks for in choosing."""

    number: int
    id: str
    name: str
    stands: str
    since: date | None
    # Whether nothing in the rules stands against a new assignment that day.
    may_start: bool
    # The families with whom an assignment runs, and how many there is room for.
    families: tuple[str, ...]
    capacity: int
    prefers: str | None
    area: str | None
    language: str | None
    last_ended_on: str | None
    phone: str | None


def standings(store: Store, day: date) -> list[Standing]:
    """Every volunteer who had signed up by the end of that day, with where they stood."""
    return [standing for standing, there in _standings(store, day, None) if there]


def standing(store: Store, volunteer: int, day: date) -> Standing:
    """Where one volunteer stands at the end of that day."""
    ((found, _),) = _standings(store, day, volunteer)
    return found


def _standings(store: Store, day: date, number: int | None) -> list[tuple[Standing, bool]]:
    """Where they stand, each with whether they had signed up by then."""
    known = volunteers(store, number)
    earlier: dict[int, list[Period]] = defaultdict(list)
    for row in store.rows(_EARLIER_PERIODS, number=number):
        period = date.fromisoformat(row["approved_on"]), date.fromisoformat(row["left_on"])
        earlier[row["volunteer_id"]].append(period)
    return [
        _standing(row, known[row["number"]], earlier[row["number"]], day)
        for row in store.rows(_STANDING, number=number, day=day.isoformat())
    ]


def _standing(
    row: Row, volunteer: Volunteer, earlier: Sequence[Period], day: date
) -> tuple[Standing, bool]:
    signed_up = date.fromisoformat(row["signed_up_on"]) if row["signed_up_on"] else None
    may_start = _may_start(volunteer, earlier, day)
    stands, since = _stage(volunteer, earlier, signed_up, day)
    if stands == "ledig" and not may_start:
        stands = "ikke ledig"
    found = Standing(
        row["number"], row["id"], row["name"], stands, since, may_start,
        tuple(json.loads(row["families"])), volunteer.capacity, row["prefers"], row["area"],
        row["language"], row["last_ended_on"], row["phone"],
    )  # fmt: skip
    there = stands != "kandidat" or signed_up is None or signed_up <= day
    return found, there


def _stage(
    volunteer: Volunteer, earlier: Sequence[Period], signed_up: date | None, day: date
) -> tuple[str, date | None]:
    """Where a volunteer stands by the dates alone, and since when as far as that is known."""
    if volunteer.left_on and volunteer.left_on <= day:
        return "sluttet", volunteer.left_on
    if (period := _period(volunteer, earlier, day)) is None:
        return "kandidat", signed_up if signed_up and signed_up <= day else None
    approved_on, left_on = period
    if left_on and left_on <= day:
        return _after(left_on, volunteer, signed_up, day)
    if pauses := [pause for pause in volunteer.pauses if rules.covers(pause, day)]:
        return "pause", min(begins for begins, _ in pauses)
    if running := _running(volunteer, day):
        return "oppdrag", min(running)
    ends = [ended for _, ended in volunteer.assignments if ended and ended <= day]
    back = [ended + timedelta(days=1) for _, ended in volunteer.pauses if ended and ended < day]
    return "ledig", max([approved_on, *ends, *back])


def _after(
    left_on: date, volunteer: Volunteer, signed_up: date | None, day: date
) -> tuple[str, date | None]:
    """Where one stands who left on a day, and has come back since: if not by then, as left.

    The day of coming back is when they signed up again. Where nobody noted it, one who is a
    candidate again is so from then on.
    """
    noted = signed_up is not None and signed_up >= left_on
    if noted and signed_up and signed_up <= day:
        return "kandidat", signed_up
    if not noted and volunteer.approved_on is None:
        return "kandidat", None
    return "sluttet", left_on


def _may_start(volunteer: Volunteer, earlier: Sequence[Period], day: date) -> bool:
    """Whether nothing stands against an assignment from that day.

    Of a day that has been, only the assignments that had started by then are known. In an earlier
    period having been approved is enough: the certificate that was shown then is no longer kept.
    """
    if day < dates.today():
        started = tuple(one for one in volunteer.assignments if one[0] <= day)
        volunteer = volunteer._replace(assignments=started)
    period = _period(volunteer, earlier, day)
    if period is None or period not in earlier:
        return not rules.against_starting(volunteer, day)
    then = volunteer._replace(approved_on=period[0], left_on=period[1])
    missing = rules.missing_requirements(then, day)
    return not [one for one in rules.against_starting(then, day) if one not in missing]


def _period(volunteer: Volunteer, earlier: Sequence[Period], day: date) -> Period | None:
    """The latest period that had begun by that day; None for one who was never approved by then."""
    present = [(volunteer.approved_on, volunteer.left_on)] if volunteer.approved_on else []
    return max(
        (period for period in [*earlier, *present] if period[0] <= day),
        key=lambda period: period[0],
        default=None,
    )


def _running(volunteer: Volunteer, day: date) -> list[date]:
    """The days on which the assignments that run that day started."""
    return [
        started
        for started, ended in volunteer.assignments
        if started <= day and (ended is None or ended > day)
    ]
