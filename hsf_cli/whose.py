"""What belongs to a family or a volunteer, now and in the log, and who of them is anonymised.

An assignment is part of a family's case. Of a volunteer it is not: it is the family's as well.
"""

import json
from collections.abc import Iterable, Mapping

from hsf_cli.records import KINDS
from hsf_cli.store import Store

# Records by their kind: the numbers of each.
Records = Mapping[str, frozenset[int]]

# The people who are served, and those who serve them.
PEOPLE = ("family", "volunteer")
_CALLED = "Anonymisert"

_PARTS: Mapping[str, tuple[str, ...]] = {
    "family": (
        "child", "inquiry", "consent", "concern_report", "activity_family", "rule_exception",
    ),
    "inquiry": ("talk", "assignment", "rule_exception"),
    "volunteer": ("earlier_period", "pause", "course_registration", "hours", "rule_exception"),
    "course_registration": ("attendance",),
    "assignment": ("extension", "follow_up", "hours", "rule_exception"),
}  # fmt: skip

_NOW = "SELECT id FROM {part} WHERE {key} IN (SELECT value FROM json_each(:numbers))"
# Those that are removed, by what the log kept of them.
_REMOVED = """
SELECT first_id FROM change
 WHERE record = '{part}' AND operation = 'delete' AND before IS NOT NULL
   AND before ->> '{key}' IN (SELECT value FROM json_each(:numbers))
   AND first_id NOT IN (SELECT id FROM {part})
"""
# Those who are no more, and whom the log has as having gone into others: the last of these, and
# none where that was taken back, which takes the tombstone away.
_JOINED = """
SELECT d.first_id, t.before ->> 'into' FROM change t
  JOIN change d ON d.change_set_id = t.change_set_id AND d.record = :table
   AND d.operation = 'delete' AND d.before IS NOT NULL
 WHERE t.record = 'tombstone' AND t.before ->> 'record' = :table AND t.before ->> 'into' > 0
   AND d.first_id NOT IN (SELECT id FROM {table})
   AND t.before ->> 'id_hash' IN (SELECT lower(hex(id_hash)) FROM tombstone WHERE record = :table)
 ORDER BY t.id
"""


def placeholder(table: str, number: int) -> str:
    """What somebody of that number is called when they are anonymised: «Anonymisert familie 12»."""
    return f"{_CALLED} {KINDS[table].singular} {number}"


def is_anonymised(store: Store, table: str, number: int) -> bool:
    """Whether that family or volunteer is anonymised."""
    name = store.value(f"SELECT name FROM {table} WHERE id = :number", number=number)
    return bool(name == placeholder(table, number))


def is_in_log_alone(store: Store, table: str, number: int) -> bool:
    """Whether somebody was removed, and the log still has who it was."""
    return bool(
        store.value(
            f"SELECT NOT EXISTS (SELECT 1 FROM {table} WHERE id = :number) AND EXISTS ("
            "SELECT 1 FROM change WHERE record = :table AND first_id = :number"
            " AND operation = 'delete' AND before IS NOT NULL)",
            table=table,
            number=number,
        )
    )


def now(store: Store, table: str, numbers: Iterable[int]) -> Records:
    """Records of that kind, with everything that belongs to them now."""
    return _walked(store, {table: frozenset(numbers)}, (_NOW,))


def ever(store: Store, table: str, number: int, *also: str) -> Records:
    """A family or volunteer, with everything that belongs to it, also what is only in the log.

    `also` names kinds that are counted in although they are somebody else's too.
    """
    records = _ever(store, {table: frozenset((number,))}, also)
    gone = joined(store, table)
    while more := {one for one, into in gone.items() if into in records[table]} - records[table]:
        records = _ever(store, {table: records[table] | more}, also)
    return records


def joined(store: Store, table: str) -> Mapping[int, int]:
    """Those of the table who are only in the log, as they went into others: into whom."""
    return dict(map(tuple, store.rows(_JOINED.format(table=table), table=table)))


def _ever(store: Store, of: Records, also: Iterable[str]) -> Records:
    return _walked(store, of, (_NOW, _REMOVED), also)


def anonymised(store: Store) -> Records:
    """Everybody who is anonymised, with all that belongs to them."""
    found: dict[str, frozenset[int]] = {}
    for table in PEOPLE:
        called = f"{_CALLED} {KINDS[table].singular} "
        rows = store.rows(f"SELECT id FROM {table} WHERE name = :called || id", called=called)
        if rows:
            for part, numbers in now(store, table, (row["id"] for row in rows)).items():
                found[part] = found.get(part, frozenset()) | numbers
    return found


def _walked(
    store: Store, of: Records, statements: Iterable[str], also: Iterable[str] = ()
) -> Records:
    """The records, with what belongs to them, and with what belongs to that."""
    found = {table: set(numbers) for table, numbers in of.items()}
    left = [(table, frozenset(numbers)) for table, numbers in of.items()]
    while left:
        table, numbers = left.pop()
        for part in (*_PARTS.get(table, ()), *(also if table in of else ())):
            met = {
                row[0]
                for sql in statements
                for row in store.rows(
                    sql.format(part=part, key=f"{table}_id"), numbers=json.dumps(sorted(numbers))
                )
            }
            if new := met - found.get(part, set()):
                found.setdefault(part, set()).update(new)
                left.append((part, frozenset(new)))
    return {table: frozenset(numbers) for table, numbers in found.items()}
