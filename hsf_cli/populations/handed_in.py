"""For which months hours were to be handed in on each assignment, and for which none are here."""

import json
from datetime import date
from typing import NamedTuple

from hsf_cli.records import KINDS
from hsf_cli.store import Store

# A month in which an assignment ran for fewer days has no visit to expect: see `expected_visits`.
_FEWEST_DAYS = 4
# Whether an entry says anything. A row of a sheet that came back without figures does not.
SAYS_SOMETHING = "(hours.visits IS NOT NULL OR hours.minutes > 0)"
# Each assignment with the months in which visits were to be expected, and those without hours.
_HANDED_IN = f"""
WITH RECURSIVE month (name, first, last) AS (
    SELECT substr(:first, 1, 7), :first,
           min(:last, date(:first, 'start of month', '+1 month', '-1 day'))
     UNION ALL
    SELECT substr(date(last, '+1 day'), 1, 7), date(last, '+1 day'),
           min(:last, date(last, '+1 day', '+1 month', '-1 day'))
      FROM month WHERE last < :last
),
running AS MATERIALIZED (
    SELECT id, started_on, coalesce(ended_on, :last) AS ended_on
      FROM assignment WHERE started_on <= :last AND (ended_on IS NULL OR ended_on >= :first)
),
handed_in (id, month) AS MATERIALIZED (
    SELECT DISTINCT assignment_id, substr(worked_on, 1, 7)
      FROM hours
     WHERE worked_on BETWEEN substr(:first, 1, 7) AND substr(:last, 1, 7) || '-31'
       AND kind = 'oppdrag' AND {SAYS_SOMETHING}
),
expected AS (
    SELECT r.id, count(*) AS months, json_group_array(m.name) FILTER (WHERE h.id IS NULL) AS missing
      FROM running r
      JOIN month m ON r.started_on <= m.last AND r.ended_on >= m.first
      LEFT JOIN handed_in h ON h.id = r.id AND h.month = m.name
     WHERE julianday(min(r.ended_on, m.last)) - julianday(max(r.started_on, m.first)) + 1
           >= {_FEWEST_DAYS}
     GROUP BY r.id
)
SELECT assignment.id AS assignment, {KINDS["assignment"].id_sql} AS id,
       family.name AS family_name, volunteer.name AS volunteer_name, months, missing
  FROM expected
  JOIN assignment ON assignment.id = expected.id
  JOIN inquiry ON inquiry.id = assignment.inquiry_id
  JOIN family ON family.id = inquiry.family_id
  JOIN volunteer ON volunteer.id = assignment.volunteer_id
 ORDER BY assignment.id
"""


class HandedIn(NamedTuple):
    """An assignment, and for how many months hours were to be handed in, and for which none are."""

    assignment: int
    id: str
    family_name: str
    volunteer_name: str
    months: int
    missing: tuple[str, ...]  # as 2026-10


def handed_in(store: Store, first: date, last: date) -> list[HandedIn]:
    """The assignments for which hours were to be handed in, for the months of those days.

    A month in which an assignment ran too few days for a visit is not asked for. An entry covers
    the month that it is dated in.
    """
    if last < first:
        return []
    rows = store.rows(_HANDED_IN, first=first.isoformat(), last=last.isoformat())
    return [
        HandedIn(
            row["assignment"], row["id"], row["family_name"], row["volunteer_name"], row["months"],
            tuple(json.loads(row["missing"])),
        )
        for row in rows
    ]  # fmt: skip


def missing_months(store: Store, first: date, last: date) -> list[HandedIn]:
    """The assignments that ran in months, among those of the days, for which no hours are here."""
    return [one for one in handed_in(store, first, last) if one.missing]
