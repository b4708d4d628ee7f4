"""How long somebody is kept: who is past the time that the department has set, and since when.

The time runs from the day a family's last case was closed, or from the last activity of one that
never had a case; from the day a volunteer left; and of a candidate who came no further, from the
last that was heard. Who is removed from the records stands in the log still, and that has its
time too.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal, NamedTuple

from dateutil.relativedelta import relativedelta

from hsf_cli.errors import Stopped
from hsf_cli.records import KINDS
from hsf_cli.registers.department import settings
from hsf_cli.registers.volunteers import LAST_DAY
from hsf_cli.store import Store
from hsf_cli.whose import PEOPLE, is_anonymised, joined, placeholder

Standing = Literal["familie", "familiekontakt", "kandidat", "slettet"]

# The day that somebody was entered: where nothing else was heard, the time runs from there. Those
# that were entered with others are few rows of the log, and are read once for all.
_TOGETHER = """
WITH together AS MATERIALIZED (
    SELECT c.first_id, c.last_id, substr(s.made_at, 1, 10) AS day
      FROM change c JOIN change_set s ON s.id = c.change_set_id
     WHERE c.record = '{table}' AND c.operation = 'insert' AND c.last_id > c.first_id
)"""
_ENTERED = """
           (SELECT min(day) FROM (
                SELECT substr(s.made_at, 1, 10) AS day
                  FROM change c JOIN change_set s ON s.id = c.change_set_id
                 WHERE c.record = '{table}' AND c.operation = 'insert' AND c.first_id = {alias}.id
                 UNION ALL
                SELECT day FROM together WHERE {alias}.id BETWEEN first_id AND last_id))"""
# In imported history an assignment may have ended after its case was closed.
_FAMILIES = f"""{_TOGETHER.format(table="family")}
SELECT 'familie' AS standing, f.id, f.name, coalesce(
           (SELECT max(max(i.closed_on, coalesce(
                       (SELECT max(a.ended_on) FROM assignment a WHERE a.inquiry_id = i.id), '')))
              FROM inquiry i WHERE i.family_id = f.id),
           (SELECT max(a.held_on) FROM activity_family af JOIN activity a ON a.id = af.activity_id
             WHERE af.family_id = f.id),
{_ENTERED.format(table="family", alias="f")}) AS last_on
  FROM family f
 WHERE NOT EXISTS (SELECT 1 FROM inquiry i WHERE i.family_id = f.id AND i.closed_on IS NULL)
"""
_VOLUNTEERS = """
SELECT 'familiekontakt' AS standing, id, name, left_on AS last_on
  FROM volunteer WHERE left_on IS NOT NULL
"""
_CANDIDATES = f"""{_TOGETHER.format(table="volunteer")}
SELECT 'kandidat' AS standing, v.id, v.name, coalesce(nullif(max(
           coalesce(v.signed_up_on, ''),
           coalesce(v.home_visit_on, ''),
           coalesce(v.certificate_issued_on, ''),
           coalesce(v.certificate_shown_on, ''),
           coalesce(v.confidentiality_on, ''),
           coalesce((SELECT max(left_on) FROM earlier_period WHERE volunteer_id = v.id), ''),
           coalesce((SELECT max(worked_on) FROM hours WHERE volunteer_id = v.id), ''),
           coalesce((SELECT max(ended_on) FROM assignment WHERE volunteer_id = v.id), ''),
           coalesce((SELECT max(coalesce({LAST_DAY}, c.starts_on))
                       FROM course_registration r JOIN course c ON c.id = r.course_id
                      WHERE r.volunteer_id = v.id), '')
       ), ''),
{_ENTERED.format(table="volunteer", alias="v")}) AS last_on
  FROM volunteer v
 WHERE v.approved_on IS NULL AND v.left_on IS NULL
   AND NOT EXISTS (SELECT 1 FROM assignment a WHERE a.volunteer_id = v.id AND a.ended_on IS NULL)
"""
_REMOVED = """
SELECT 'slettet' AS standing, c.first_id AS id, c.before ->> 'name' AS name,
       max(substr(s.made_at, 1, 10)) AS last_on
  FROM change c JOIN change_set s ON s.id = c.change_set_id
 WHERE c.record = '{table}' AND c.operation = 'delete' AND c.before IS NOT NULL
   AND c.first_id NOT IN (SELECT id FROM {table})
 GROUP BY c.first_id
"""
_PEOPLE = {"family": (_FAMILIES,), "volunteer": (_VOLUNTEERS, _CANDIDATES)}


class Kept(NamedTuple):
    """Somebody whose time runs, or has run out."""

    table: str
    number: int
    name: str
    standing: Standing
    # The day the time runs from, and the one it runs out.
    last_on: date
    expires_on: date

    @property
    def short(self) -> str:
        """F12, V3."""
        return KINDS[self.table].name(self.number)


def expired(store: Store, day: date) -> list[Kept]:
    """Everybody whose time has run out by that day, the longest ago first."""
    months = settings(store).retention_months
    found = [_kept(one, months) for one in _run_out(store, day, months)]
    return sorted(found, key=lambda one: (one.expires_on, one.table, one.number))


def how_many_expired(store: Store, day: date) -> Counter[str]:
    """How many families and how many volunteers that is, by table."""
    return Counter(one.table for one in _run_out(store, day, settings(store).retention_months))


def of(store: Store, table: str, number: int) -> Kept | None:
    """How long one of them is kept; None where the time does not run yet, or nobody is named."""
    months = settings(store).retention_months
    return next((_kept(one, months) for one in _last_heard(store, table, number)), None)


class _LastHeard(NamedTuple):
    """Somebody whose time runs, and the day from which it does, as ISO text."""

    table: str
    standing: Standing
    number: int
    name: str
    on: str


def _kept(one: _LastHeard, months: int) -> Kept:
    day = date.fromisoformat(one.on)
    expires_on = day + relativedelta(months=months)
    return Kept(one.table, one.number, one.name, one.standing, day, expires_on)


def _run_out(store: Store, day: date, months: int) -> Iterator[_LastHeard]:
    latest = latest_to_expire(day, months).isoformat()
    return (one for table in PEOPLE for one in _last_heard(store, table) if one.on <= latest)


def latest_to_expire(day: date, months: int) -> date:
    """The latest day from which so many months have passed by that day.

    It is reckoned once, not for each of thousands. Six months from 29 August, as from the 28th,
    are over on 28 February.
    """
    latest = day - relativedelta(months=months)
    while latest + timedelta(1) + relativedelta(months=months) <= day:
        latest += timedelta(1)
    return latest


def _last_heard(store: Store, table: str, number: int | None = None) -> Iterator[_LastHeard]:
    """Everybody of that table whose time runs, or the one of that number."""
    removed = _REMOVED.format(table=table)
    with_others = joined(store, table)
    which = "" if number is None else "WHERE id = :number"
    for sql in (*_PEOPLE[table], removed):
        for standing, one, name, on in store.rows(f"SELECT * FROM ({sql}) {which}", number=number):
            is_told_of = one in with_others or name == placeholder(table, one)
            if on is not None and not is_told_of:
                yield _LastHeard(table, standing, one, name, on)


def refuse_anonymising(store: Store, table: str, number: int, day: date) -> None:
    """Raises Stopped where somebody is anonymised already, or has not come to an end here."""
    short = KINDS[table].name(number)
    if is_anonymised(store, table, number):
        raise Stopped(f"{short} er anonymisert fra før.", "Se de andre: hsf personvern frister")
    for assignment in _running(store, table, number, day):
        raise Stopped(
            f"{short} har et oppdrag som pågår: {assignment}.",
            f"Avslutt det først: hsf oppdrag avslutt {assignment}",
        )
    if table == "family":
        _refuse_open(store, number, short)
    else:
        _refuse_present(store, number, short, day)


def _running(store: Store, table: str, number: int, day: date) -> Iterator[str]:
    """The assignments of a family or volunteer that run on that day, as O9."""
    rows = store.rows(
        "SELECT a.id FROM assignment a JOIN inquiry i ON i.id = a.inquiry_id"
        f" WHERE {'i' if table == 'family' else 'a'}.{table}_id = :number"
        "   AND (a.ended_on IS NULL OR a.ended_on > :day) ORDER BY a.id",
        number=number,
        day=day.isoformat(),
    )
    return (KINDS["assignment"].name(row["id"]) for row in rows)


def _refuse_open(store: Store, family: int, short: str) -> None:
    sql = "SELECT id FROM inquiry WHERE family_id = :family AND closed_on IS NULL"
    for row in store.rows(sql, family=family):
        case = KINDS["inquiry"].name(row["id"])
        raise Stopped(
            f"{short} har en åpen sak: {case}.",
            f"Avslutt den først: hsf henvendelse avslutt {case}",
        )


def _refuse_present(store: Store, volunteer: int, short: str, day: date) -> None:
    sql = (
        "SELECT 1 FROM volunteer WHERE id = :number AND approved_on IS NOT NULL"
        " AND (left_on IS NULL OR left_on > :day)"
    )
    if store.rows(sql, number=volunteer, day=day.isoformat()):
        raise Stopped(
            f"{short} har ikke sluttet.",
            f"Før det først: hsf kontakt slutt {short}",
        )
