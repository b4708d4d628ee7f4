"""What is the same for every kind of record: read it, mend it, remove it."""

from collections.abc import Callable, Mapping
from typing import Any

from hsf_cli.change import Change
from hsf_cli.errors import Stopped
from hsf_cli.records import KINDS, Kind
from hsf_cli.registers import drafts
from hsf_cli.registers.lookup import name_of
from hsf_cli.store import Store
from hsf_cli.texts import listed

# What is part of a record, and goes with it when it is removed. Anything else that refers to it
# stands on its own, and must be removed first.
_PARTS: Mapping[str, tuple[str, ...]] = {
    "family": ("rule_exception",),
    "inquiry": ("rule_exception", "talk"),
    "volunteer": ("rule_exception", "pause", "earlier_period"),
    "course": ("course_day",),
    "course_day": ("attendance",),
    "course_registration": ("attendance",),
    "assignment": ("rule_exception", "follow_up", "extension"),
    "activity": ("activity_family",),
    "resource_group_member": ("rule_exception",),
}

# What to do with a record that others refer to, where there is more to do than to remove those.
_NOT_ALONE = {
    "family": "Er familien ført to ganger, så slå de to sammen: hsf familie slå-sammen F12 F31",
    "volunteer": "Er familiekontakten ført to ganger, så slå de to sammen: "
    "hsf kontakt slå-sammen V3 V9",
}


def record(store: Store, table: str, number: int) -> dict[str, Any]:
    """Everything that is kept on one record, by column."""
    return store.relying_on(lambda: _present(store, table, number), (table, number))


def _present(store: Store, table: str, number: int) -> dict[str, Any]:
    rows = store.rows(f"SELECT * FROM {table} WHERE id = :number", number=number)
    return dict(rows[0]) if rows else {}


def differing(present: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """The values that a record does not hold already."""
    return {name: value for name, value in values.items() if present[name] != value}


def removed(
    store: Store,
    command: str,
    table: str,
    number: int,
    also: Callable[[Store, Change, int], None] = lambda *_: None,
) -> None:
    """Removes a record with its parts. Raises Stopped where something else depends on it.

    `also` writes what goes with it, before it does.
    """
    refuse_removal(store, table, number)
    with store.change(command) as change:
        also(store, change, number)
        for part, key in _parts(table):
            for row in store.rows(f"SELECT id FROM {part} WHERE {key} = :number", number=number):
                for inner, inner_key in _parts(part):
                    change.delete_where(inner, inner_key, row["id"])
                change.delete(part, row["id"])
        change.delete(table, number)
        drafts.forget(change, table, number)


def refuse_removal(store: Store, table: str, number: int) -> None:
    """Raises Stopped where other records than its own parts refer to a record."""
    if depending := dependents(store, table, number):
        others = listed(kind.counted(count) for kind, count in depending)
        raise Stopped(
            f"{name_of(store, table, number)} kan ikke slettes: {others} hører til.",
            _NOT_ALONE.get(table, "Er også de ført feil, så slett dem først."),
        )


def parts_of(store: Store, table: str, number: int) -> list[tuple[Kind, int]]:
    """What goes with a record when it is removed, and how many of each."""
    return _counted(store, _parts(table), number)


def dependents(store: Store, table: str, number: int) -> list[tuple[Kind, int]]:
    """The other records that refer to a record, its own parts aside, and how many of each."""
    parts = _PARTS.get(table, ())
    others = [(other, key) for other, key in _references(store, table) if other not in parts]
    return _counted(store, others, number)


def _parts(table: str) -> list[tuple[str, str]]:
    return [(part, f"{table}_id") for part in _PARTS.get(table, ())]


def _references(store: Store, table: str) -> list[tuple[str, str]]:
    """The tables and columns that refer to a table, as the schema has them."""
    return [
        (row["other"], row["key"])
        for row in store.rows(
            'SELECT s.name AS other, k."from" AS key'
            "  FROM sqlite_schema s JOIN pragma_foreign_key_list(s.name) k"
            " WHERE s.type = 'table' AND k.\"table\" = :table ORDER BY s.name",
            table=table,
        )
        if row["other"] in KINDS
    ]


def _counted(
    store: Store, references: list[tuple[str, str]], number: int
) -> list[tuple[Kind, int]]:
    counts = (
        (KINDS[other], store.value(f"SELECT count(*) FROM {other} WHERE {key} = :n", n=number))
        for other, key in references
    )
    return [(kind, count) for kind, count in counts if count]
