"""Families: where they stand on a day, and what belongs to one of them."""

import json
from datetime import date
from typing import NamedTuple

from hsf_cli.records import KINDS
from hsf_cli.store import Row, Store

STANDINGS = {
    "besøk": "venter på hjemmebesøk",
    "familiekontakt": "venter på familiekontakt",
    "oppdrag": "har familiekontakt",
    "avsluttet": "avsluttet",
    "ingen": "ingen henvendelse",
}

# Every family with where it stands at the end of a day, and since when.
_STANDING = f"""
SELECT family.id AS number, {KINDS["family"].id_sql} AS id, family.name, family.contact_person,
       family.phone, family.area, family.language, family.support, family.prefers,
       (SELECT json_group_array(:year - substr(c.born, 1, 4)) FROM child c
         WHERE c.family_id = family.id) AS ages,
       i.id AS inquiry_id, i.received_on, i.visited_on, i.closed_on,
       (SELECT json_group_array(v.name) FROM assignment a JOIN volunteer v ON v.id = a.volunteer_id
         WHERE a.inquiry_id = i.id AND a.started_on <= :day
           AND (a.ended_on IS NULL OR a.ended_on > :day)) AS volunteers,
       (SELECT max(a.ended_on) FROM assignment a WHERE a.inquiry_id = i.id
           AND a.ended_on <= :day) AS last_ended_on,
       (SELECT min(a.started_on) FROM assignment a WHERE a.inquiry_id = i.id
           AND a.started_on <= :day AND (a.ended_on IS NULL OR a.ended_on > :day)) AS running_since
  FROM family
  LEFT JOIN inquiry i ON i.id = (
       SELECT id FROM inquiry WHERE family_id = family.id AND received_on <= :day
        ORDER BY closed_on IS NULL OR closed_on > :day DESC, received_on DESC, id DESC LIMIT 1)
 WHERE :number IS NULL OR family.id = :number
 ORDER BY family.id
"""


class Standing(NamedTuple):
    """Where a family stands on a day, and since when."""

    number: int
    id: str
    name: str
    contact_person: str | None
    phone: str | None
    area: str | None
    language: str | None
    # The ages that the children turn that year, the eldest first.
    ages: tuple[int, ...]
    stands: str
    since: str | None
    volunteers: tuple[str, ...]

    @property
    def waits(self) -> bool:
        """Whether the family is on the waiting list."""
        return self.stands in ("besøk", "familiekontakt")


def standings(store: Store, day: date) -> list[Standing]:
    """Every family, with where it stands at the end of that day."""
    rows = store.rows(_STANDING, day=day.isoformat(), year=day.year, number=None)
    return [_standing(row, day.isoformat()) for row in rows]


def standing(store: Store, family: int, day: date) -> Standing:
    """Where one family stands at the end of that day."""
    (row,) = store.rows(_STANDING, day=day.isoformat(), year=day.year, number=family)
    return _standing(row, day.isoformat())


def _standing(row: Row, day: str) -> Standing:
    stands, since = _stage(row, day)
    ages = sorted((age for age in json.loads(row["ages"]) if age >= 0), reverse=True)
    return Standing(
        row["number"], row["id"], row["name"], row["contact_person"], row["phone"], row["area"],
        row["language"], tuple(ages), stands, since, tuple(json.loads(row["volunteers"] or "[]")),
    )  # fmt: skip


def _stage(row: Row, day: str) -> tuple[str, str | None]:
    if row["inquiry_id"] is None:
        return "ingen", None
    if row["closed_on"] is not None and row["closed_on"] <= day:
        return "avsluttet", row["closed_on"]
    if row["running_since"]:
        return "oppdrag", row["running_since"]
    since = row["last_ended_on"] or row["received_on"]
    if row["visited_on"] is not None and row["visited_on"] <= day:
        return "familiekontakt", since
    return "besøk", since


class Belongings(NamedTuple):
    """What belongs to one family beside its assignments, each in the order it happened."""

    children: list[Row]
    inquiries: list[Row]
    consents: list[Row]
    concern_reports: list[Row]
    talks: list[Row]


def belongings(store: Store, family: int) -> Belongings:
    """What is kept on a family beside its own record, and its assignments."""

    def rows(sql: str) -> list[Row]:
        return store.rows(sql, family=family)

    return Belongings(
        rows("SELECT * FROM child WHERE family_id = :family ORDER BY born, id"),
        rows("SELECT * FROM inquiry WHERE family_id = :family ORDER BY received_on, id"),
        rows("SELECT * FROM consent WHERE family_id = :family ORDER BY given_on, id"),
        rows("SELECT * FROM concern_report WHERE family_id = :family ORDER BY sent_on, id"),
        rows(
            "SELECT t.* FROM talk t JOIN inquiry i ON i.id = t.inquiry_id"
            " WHERE i.family_id = :family ORDER BY t.talked_on, t.id"
        ),
    )


def has_had_assignment(store: Store, family: int) -> bool:
    """Whether a family has, or has had, a volunteer."""
    return bool(
        store.value(
            "SELECT EXISTS (SELECT 1 FROM assignment a JOIN inquiry i ON i.id = a.inquiry_id"
            " WHERE i.family_id = :family)",
            family=family,
        )
    )
