"""Everything that is kept on a family or a volunteer, and what was done with it.

What is somebody else's is left out. A family knows by name who visited it; of a volunteer's
families only the number is told, and nothing of what was written of them.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from hsf_cli.registers import drafts
from hsf_cli.registers.history import ChangeSet, Effects, Outcome, TableEffects, Undos, change_set
from hsf_cli.store import Store
from hsf_cli.whose import Records, ever, now

# What one line of a kind needs from other records, by the name it gets.
_BESIDE = {
    "activity_family": "SELECT held_on, title, place FROM activity WHERE id = :activity_id",
    "course_registration": "SELECT name AS course, starts_on FROM course WHERE id = :course_id",
    "attendance": "SELECT held_on, theme FROM course_day WHERE id = :course_day_id",
}
_VISITED_BY = "SELECT name AS volunteer FROM volunteer WHERE id = :volunteer_id"
_IN_FAMILY = "SELECT family_id FROM inquiry WHERE id = :inquiry_id"
# The change sets that touched some records. Those that were entered with others are few rows of
# the log, and are looked through once for all.
_TOUCHING = """
WITH number (value) AS MATERIALIZED (SELECT value FROM json_each(:numbers))
SELECT change_set_id FROM change
 WHERE record = :table AND operation IN ('insert', 'update', 'delete')
   AND first_id IN (SELECT value FROM number)
 UNION
SELECT c.change_set_id FROM change c CROSS JOIN number
 WHERE c.record = :table AND c.operation = 'insert' AND c.last_id > c.first_id
   AND number.value BETWEEN c.first_id AND c.last_id
"""
# Of an assignment a volunteer is told what it was, and not what was written of the family.
_OF_THE_FAMILY = ("end_other", "imported_id")


@dataclass(frozen=True)
class Step:
    """A change set as far as it touched somebody: which records, how, and their fields."""

    change_set: ChangeSet
    # How many of a kind were added or removed.
    counts: Mapping[tuple[str, Outcome], int]
    # The changed ones: kind, number, and what each field held before and after.
    changed: tuple[tuple[str, int, Mapping[str, tuple[Any, Any]]], ...]

    def without(self, kind: str) -> "Step | None":
        """The same, without records of a kind; None where nothing is left."""
        counts = {key: count for key, count in self.counts.items() if key[0] != kind}
        changed = tuple(one for one in self.changed if one[0] != kind)
        return Step(self.change_set, counts, changed) if counts or changed else None


@dataclass(frozen=True)
class Draft:
    """Answers that are no record yet: about what kind of record, since when (ISO), and them."""

    table: str
    begun_at: str
    answers: Mapping[str, Any]


def kept(store: Store, table: str, number: int) -> dict[str, list[dict[str, Any]]]:
    """Every record on a family or volunteer, by kind, with what of others belongs in it."""
    records = dict(now(store, table, [number]))
    if table == "volunteer":
        records["assignment"] = _assignments(store, number)
    return {
        kind: [_row(store, table, kind, one) for one in sorted(numbers)]
        for kind, numbers in records.items()
        if numbers
    }


def _assignments(store: Store, volunteer: int) -> frozenset[int]:
    rows = store.rows("SELECT id FROM assignment WHERE volunteer_id = :number", number=volunteer)
    return frozenset(row["id"] for row in rows)


def _row(store: Store, whose: str, kind: str, number: int) -> dict[str, Any]:
    row = _one(store, f"SELECT * FROM {kind} WHERE id = :number", number=number)
    if sql := _BESIDE.get(kind):
        row |= _one(store, sql, **row)
    if kind == "assignment" and whose == "family":
        row |= _one(store, _VISITED_BY, **row)
    elif kind == "assignment":
        row |= _one(store, _IN_FAMILY, **row) | dict.fromkeys(_OF_THE_FAMILY)
    return row


def _one(store: Store, sql: str, **values: Any) -> dict[str, Any]:
    (row,) = store.rows(sql, **values)
    return dict(row)


def begun(store: Store, table: str, number: int) -> list[Draft]:
    """What was answered of a family or volunteer in interviews that were broken off."""
    return [
        Draft(kind, row["begun_at"], json.loads(row["answers"]))
        for kind, numbers in now(store, table, [number]).items()
        for one in sorted(numbers)
        for row in store.rows(
            "SELECT begun_at, answers FROM draft WHERE name = :name", name=drafts.name(kind, one)
        )
    ]


def steps(store: Store, table: str, number: int) -> Iterator[Step]:
    """What the log tells of a family or volunteer, the first first."""
    records, undos = ever(store, table, number), Undos.of(store)
    for one in sorted(_touching(store, records)):
        made = change_set(store, one, undos)
        assert made is not None
        effects = Effects.of(store, one)
        outcomes = [
            (kind, each, outcome)
            for kind, of_kind in effects.tables.items()
            for each in sorted(records.get(kind, ()))
            if (outcome := _outcome(of_kind, each))
        ]
        yield Step(
            made,
            Counter((kind, outcome) for kind, _, outcome in outcomes if outcome != "changed"),
            tuple(
                (kind, each, effects.fields(store, kind, each))
                for kind, each, outcome in outcomes
                if outcome == "changed"
            ),
        )


def _touching(store: Store, records: Records) -> set[int]:
    """The numbers of the change sets that touched one of the records."""
    return {
        row["change_set_id"]
        for table, numbers in records.items()
        for row in store.rows(_TOUCHING, table=table, numbers=json.dumps(sorted(numbers)))
    }


def _outcome(effects: TableEffects, number: int) -> Outcome | None:
    """What became of a record, without going through all of an import."""
    if number in effects.kept:
        return "removed" if number in effects.removed else "changed"
    added = any(number in numbers for numbers in effects.added)
    return "added" if added and number not in effects.passing else None
