"""The department as it stood: a copy in memory, on which the change log is unwound.

What was done last is taken back first, step by step, so each step finds what it left. The copy is
a `Store` like any other, and is closed like one; the file is only read.
"""

import json
from collections.abc import Mapping, Set
from datetime import date
from typing import Any

from hsf_cli.dates import written
from hsf_cli.errors import Stopped
from hsf_cli.store import Execute, Store

_TOMBSTONE = "tombstone"
# What was changed or removed, and the log no longer has what was before.
_FORGOTTEN = f"""
 WHERE c.before IS NULL AND (c.operation <> 'insert' OR c.record = '{_TOMBSTONE}')
"""


def latest(store: Store) -> int:
    """The number of the newest change set."""
    return int(store.value("SELECT coalesce(max(id), 0) FROM change_set"))


def as_of(store: Store, change_set: int) -> Store:
    """The department as it stood right after that change set.

    Raises Stopped where the log no longer has what was there then.
    """
    _refuse_forgotten(store, change_set)
    return store.rewritten(lambda execute: _unwind(execute, change_set))


def as_known(store: Store, day: date) -> Store:
    """The department as it stood at the end of that day. Raises Stopped for a day before it was."""
    number = store.value(
        "SELECT max(id) FROM change_set WHERE substr(made_at, 1, 10) <= :day", day=day.isoformat()
    )
    if number is None:
        first = written(store.value("SELECT made_at FROM change_set ORDER BY id LIMIT 1"))
        raise Stopped(
            f"Avdelingen ble tatt i bruk i hsf {first}. "
            f"Hvordan den så ut {written(day)}, er ikke kjent.",
            f"Velg {first} eller en senere dag.",
        )
    return as_of(store, number)


def known_since(store: Store) -> int:
    """The number of the earliest change set that the department is known right after; 0 is all."""
    return int(store.value(f"SELECT coalesce(max(c.change_set_id), 0) FROM change c{_FORGOTTEN}"))


def _refuse_forgotten(store: Store, change_set: int) -> None:
    """Refuses where something was changed or removed since, and what was before is not kept."""
    forgotten = store.rows(
        "SELECT s.id, s.command, s.made_at"
        f"  FROM change c JOIN change_set s ON s.id = c.change_set_id{_FORGOTTEN}"
        "   AND c.change_set_id > :change_set"
        " ORDER BY s.id DESC LIMIT 1",
        change_set=change_set,
    )
    for number, command, made_at in forgotten:
        day = written(made_at)
        raise Stopped(
            "Avdelingen kan ikke hentes frem slik den var da: endring "
            f"{number} ({command}, {day}) slettet noe som loggen ikke lenger har.",
            f"Den kan hentes frem slik den har vært siden den endringen, {day}.",
        )


def _unwind(execute: Execute, change_set: int) -> None:
    """Takes back everything since that change set, the log and its drafts with it."""
    _loosen(execute)
    columns = _columns(execute)
    log = execute(
        "SELECT record, operation, first_id, last_id, before FROM change"
        " WHERE change_set_id > ? ORDER BY id DESC",
        [change_set],
    )
    for table, operation, first, last, kept in log:
        if table == _TOMBSTONE:
            _restore_tombstone(execute, operation, json.loads(kept))
        elif table not in columns:
            continue  # a migration has removed it since
        elif operation == "insert":
            execute(f"DELETE FROM {table} WHERE id BETWEEN ? AND ?", [first, last])
        else:
            before = {name: value for name, value in json.loads(kept).items()
                      if name in columns[table]}  # fmt: skip
            _restore(execute, operation, table, first, before)
    execute("DELETE FROM change WHERE change_set_id > ?", [change_set])
    execute("DELETE FROM change_set WHERE id > ?", [change_set])
    execute("DELETE FROM draft")


def _loosen(execute: Execute) -> None:
    """Lets twice stand in between what must be unique."""
    unique = "SELECT name, sql FROM sqlite_schema WHERE sql LIKE 'CREATE UNIQUE INDEX%'"
    for name, sql in list(execute(unique)):
        execute(f"DROP INDEX {name}")
        execute(sql.replace("UNIQUE ", "", 1))


def _columns(execute: Execute) -> Mapping[str, Set[str]]:
    """The columns of every table, as they are now."""
    rows = execute(
        "SELECT s.name, json_group_array(c.name) FROM sqlite_schema s, pragma_table_info(s.name) c"
        " WHERE s.type = 'table' GROUP BY s.name"
    )
    return {table: set(json.loads(names)) for table, names in rows}


def _restore(
    execute: Execute, operation: str, table: str, number: int, before: Mapping[str, Any]
) -> None:
    """Gives a record back what it held; columns it never had get what the schema says."""
    if operation == "delete":
        marks = ", ".join("?" * len(before))
        execute(f"INSERT INTO {table} ({', '.join(before)}) VALUES ({marks})", [*before.values()])
    elif before:
        settings = ", ".join(f"{name} = ?" for name in before)
        execute(f"UPDATE {table} SET {settings} WHERE id = ?", [*before.values(), number])


def _restore_tombstone(execute: Execute, operation: str, kept: Mapping[str, str]) -> None:
    values = [kept["record"], bytes.fromhex(kept["id_hash"])]
    if operation == "insert":
        execute("DELETE FROM tombstone WHERE record = ? AND id_hash = ?", values)
    else:
        execute("INSERT INTO tombstone (record, id_hash) VALUES (?, ?)", values)
