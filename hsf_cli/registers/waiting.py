"""The waiting list: who waits, since when, and for what."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Literal, NamedTuple

from hsf_cli.populations import Period, records
from hsf_cli.records import KINDS
from hsf_cli.store import Row, Store

Stage = Literal["besøk", "familiekontakt"]

# The stages by the outcomes of the population `unmatched` that wait.
_STAGES: dict[str, Stage] = {"venter_besøk": "besøk", "venter_familiekontakt": "familiekontakt"}

_DETAILS = f"""
SELECT inquiry.id, {KINDS["inquiry"].id_sql} AS inquiry, {KINDS["family"].id_sql} AS family,
       family.area, family.support, family.prefers, family.language, family.phone,
       (SELECT max(t.talked_on) FROM talk t
         WHERE t.inquiry_id = inquiry.id AND t.talked_on <= :day) AS last_talk_on,
       (SELECT max(a.ended_on) FROM assignment a
         WHERE a.inquiry_id = inquiry.id AND a.ended_on <= :day) AS last_ended_on,
       (SELECT json_group_array(:year - substr(c.born, 1, 4)) FROM child c
         WHERE c.family_id = family.id) AS ages
  FROM inquiry
  JOIN family ON family.id = inquiry.family_id
 WHERE inquiry.id IN (SELECT value FROM json_each(:inquiries))
"""


class Waiting(NamedTuple):
    """One inquiry that waits on a day."""

    # The short names at the prompt (H53, F12), which commands find for certain; and the ids that
    # files know the two by.
    number: str
    family_number: str
    inquiry: str
    family: str
    family_name: str
    received_on: str
    visited_on: str | None
    stage: Stage
    # Whole days from the inquiry came to the day asked for, assignments in between included.
    days: int
    # The last assignment's end, or the day the inquiry came; and the whole days since.
    waiting_since: str
    days_this_time: int
    # That end again, where the family waits for another volunteer; None where it never had one.
    again_since: str | None
    # The ages that the children turn in the year asked for; none for a child not yet born.
    ages: tuple[int, ...]
    area: str | None
    support: tuple[str, ...]
    prefers: str | None
    language: str | None
    last_talk_on: str | None
    phone: str | None


def waiting_list(store: Store, day: date) -> list[Waiting]:
    """Everyone who waits at the end of that day, the oldest inquiry first."""
    rows = [
        row for row in records(store, "unmatched", Period.day(day)) if row["outcome"] in _STAGES
    ]
    details = store.rows(
        _DETAILS,
        day=day.isoformat(),
        year=day.year,
        inquiries=json.dumps([row["id"] for row in rows]),
    )
    by_inquiry = {row["id"]: row for row in details}
    rows.sort(key=lambda row: (row["received_on"], row["id"]))
    return [_waiting(row, by_inquiry[row["id"]], day) for row in rows]


def median_days(waits: Sequence[int]) -> int:
    """The median of waits in whole days, halves up; 0 where nobody waits."""
    if not waits:
        return 0
    ordered, middle = sorted(waits), len(waits) // 2
    return (ordered[middle] + ordered[-middle - 1] + 1) // 2


def _waiting(row: Row, details: Row, day: date) -> Waiting:
    ages = sorted((age for age in json.loads(details["ages"]) if age >= 0), reverse=True)
    received_on, ended_on = row["received_on"], details["last_ended_on"]
    return Waiting(
        number=KINDS["inquiry"].name(row["id"]),
        family_number=KINDS["family"].name(row["family_id"]),
        inquiry=details["inquiry"],
        family=details["family"],
        family_name=row["name"],
        received_on=received_on,
        visited_on=row["visited_on"],
        stage=_STAGES[row["outcome"]],
        days=_days(received_on, day),
        waiting_since=ended_on or received_on,
        days_this_time=_days(ended_on or received_on, day),
        again_since=ended_on,
        ages=tuple(ages),
        area=details["area"],
        support=tuple(json.loads(details["support"])),
        prefers=details["prefers"],
        language=details["language"],
        last_talk_on=details["last_talk_on"],
        phone=details["phone"],
    )


def _days(since: str, day: date) -> int:
    return (day - date.fromisoformat(since)).days
