"""The triggers that keep the change log: what happened to which record, and what was before.

They are made from the tables as they are, after each migration, so no column is ever left out
of the log and none is lost when a table is rebuilt. They cannot call Python (`trusted_schema`
is off): they take who, when and by which command from the newest row of `change_set`.
"""

from collections.abc import Iterator, Mapping, Sequence

_UNLOGGED = {
    "change_set", "change", "draft", "erasure", "event", "tombstone", "sqlite_sequence",
}  # fmt: skip
_CHANGE_SET = "(SELECT max(id) FROM change_set)"
_LOG = "INSERT INTO change (change_set_id, record, operation, first_id, last_id, before)"


def log_triggers(tables: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """The statements that put the log's triggers in place for every record table's columns."""
    for table, columns in sorted(tables.items()):
        if table not in _UNLOGGED:
            yield from _triggers(table, columns)


def trigger_name(table: str, operation: str) -> str:
    """The name of the trigger that logs an `insert`, `update` or `delete` of a table."""
    return f"log_{table}_{operation}"


def _triggers(table: str, columns: Sequence[str]) -> Iterator[str]:
    bodies = {
        "insert": _logged_insert(table),
        "update": _logged_update(table, columns),
        "delete": _logged_delete(table, columns),
    }
    for operation, body in bodies.items():
        name = trigger_name(table, operation)
        yield f"DROP TRIGGER IF EXISTS {name}"
        yield f"CREATE TRIGGER {name} AFTER {operation.upper()} ON {table} BEGIN {body}; END"


def _logged_insert(table: str) -> str:
    """Makes the newest log row one longer where the record follows it, or adds a log row.

    A whole import is then a few rows, and the log does not double the file.
    """
    return f"""
        UPDATE change SET last_id = NEW.id
         WHERE id = (SELECT max(id) FROM change) AND change_set_id = {_CHANGE_SET}
           AND record = '{table}' AND operation = 'insert' AND last_id = NEW.id - 1;
        {_LOG}
        SELECT {_CHANGE_SET}, '{table}', 'insert', NEW.id, NEW.id, NULL WHERE changes() = 0"""


def _logged_update(table: str, columns: Sequence[str]) -> str:
    """Keeps what the columns that did change held before."""
    compared = " UNION ALL ".join(
        f"SELECT '{column}' AS name, OLD.{column} AS before, NEW.{column} AS after"
        for column in columns
    )
    return f"""
        {_LOG}
        SELECT {_CHANGE_SET}, '{table}', 'update', NEW.id, NEW.id, json_group_object(name, before)
          FROM ({compared}) WHERE before IS NOT after HAVING count(*) > 0"""


def _logged_delete(table: str, columns: Sequence[str]) -> str:
    """Keeps the whole record."""
    kept = ", ".join(f"'{column}', OLD.{column}" for column in columns)
    return f"""
        {_LOG}
        VALUES ({_CHANGE_SET}, '{table}', 'delete', OLD.id, OLD.id, json_object({kept}))"""
