"""The resource group (styret): who sits in it, its meetings, and what stands against it."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from hsf_cli.dates import year_days
from hsf_cli.rules import Finding, Member, against_group
from hsf_cli.spelling import folded
from hsf_cli.store import Row, Store

_LEADER = re.compile(r"\b(?:styre)?leder\b")
_MEMBERS = "SELECT * FROM resource_group_member ORDER BY from_on, id"
_SITTING = """
SELECT * FROM resource_group_member
 WHERE from_on <= :day AND (to_on IS NULL OR to_on >= :day) ORDER BY from_on, id
"""
_MEETINGS = """
SELECT * FROM resource_group_meeting
 WHERE held_on BETWEEN :first AND :last ORDER BY held_on, id
"""


def members(store: Store, day: date | None = None) -> list[Row]:
    """Who sits in the group that day, or everyone who ever did or will; by when they began."""
    return store.rows(_SITTING, day=day.isoformat()) if day else store.rows(_MEMBERS)


def meetings(store: Store, year: int | None = None) -> list[Row]:
    """The group's meetings of that year, or all of them, in order."""
    first, last = year_days(year)
    return store.rows(_MEETINGS, first=first, last=last)


def leads(role: str | None) -> bool:
    """Whether a role is the leader's: «Leder» and «styreleder» are, «nestleder» is not."""
    return bool(_LEADER.search(folded(role or "")))


def findings(store: Store, day: date) -> list[Finding]:
    """What is amiss with the group as it sits on that day."""
    return against_group([_member(row) for row in members(store)], day)


def against_term(store: Store, term: Mapping[str, Any], number: int | None = None) -> list[Finding]:
    """What a term, new or mended, brings against it that was not so without: on the first such day.

    Judged on the day it begins, and on those days in it when somebody else begins: on no other
    can the group grow.
    """
    present = {row["id"]: _member(row) for row in members(store)}
    changed = _member(term)
    others = [member for id, member in present.items() if id != number]
    for day in sorted({member.from_on for member in (changed, *others)}):
        if not changed.from_on <= day <= (changed.to_on or date.max):
            continue
        before = against_group(list(present.values()), day)
        after = against_group([*others, changed], day)
        if found := [finding for finding in after if finding.stops and finding not in before]:
            return found
    return []


def _member(row: Row | Mapping[str, Any]) -> Member:
    return Member(
        name=row["name"],
        leads=leads(row["role"]),
        represents_funder=bool(row["represents_funder"]),
        from_on=date.fromisoformat(row["from_on"]),
        to_on=None if row["to_on"] is None else date.fromisoformat(row["to_on"]),
    )
