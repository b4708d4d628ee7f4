"""The triggers that keep the change log: what happened to which record, and what was before.

They belong to the connection that changes something (`TEMP`), and are made from the tables as they
are when a change set first writes to them. So no column is ever left out of the log, no migration
has to make them again, and nobody who opens the file to read has to take them in: SQLite reads the
whole schema each time, and these would be half of it.

Those of a table tell a view, `logged`, what happened to which of its rows; how that is kept is said
once, where the view is told. They cannot call Python (`trusted_schema` is off): they take who, when
and by which command from the newest row of `change_set`.
"""

import json
from collections.abc import Iterator, Sequence

_UNLOGGED = {
    "change_set", "change", "draft", "erasure", "event", "tombstone", "sqlite_sequence",
}  # fmt: skip
_CHANGE_SET = "(SELECT max(id) FROM change_set)"
_KEPT = "INSERT INTO change (change_set_id, record, operation, first_id, last_id, before)"
_VIEW = """
CREATE TEMP VIEW IF NOT EXISTS logged (record, operation, id, columns, before, after)
    AS SELECT NULL, NULL, NULL, NULL, NULL, NULL"""
# The newest row of the log is made one longer where the record follows it. A whole import is then
# a few rows, and the log does not double the file.
_INSERT_KEPT = f"""
CREATE TEMP TRIGGER IF NOT EXISTS logged_insert INSTEAD OF INSERT ON logged
WHEN NEW.operation = 'insert' BEGIN
    UPDATE change SET last_id = NEW.id
     WHERE id = (SELECT max(id) FROM change) AND change_set_id = {_CHANGE_SET}
       AND record = NEW.record AND operation = 'insert' AND last_id = NEW.id - 1;
    {_KEPT}
    SELECT {_CHANGE_SET}, NEW.record, 'insert', NEW.id, NEW.id, NULL WHERE changes() = 0;
END"""
# Of an update, what the columns that did change held before; of a delete, the whole record.
_BEFORE_KEPT = f"""
CREATE TEMP TRIGGER IF NOT EXISTS logged_before INSTEAD OF INSERT ON logged
WHEN NEW.before IS NOT NULL BEGIN
    {_KEPT}
    SELECT {_CHANGE_SET}, NEW.record, NEW.operation, NEW.id, NEW.id,
           json_group_object(value, NEW.before ->> key)
      FROM json_each(NEW.columns)
     WHERE NEW.after IS NULL OR NEW.before ->> key IS NOT NEW.after ->> key
    HAVING count(*) > 0;
END"""


def is_logged(table: str) -> bool:
    """Whether what happens to a table is logged: it is, unless it is beside the log."""
    return table not in _UNLOGGED


def log_triggers(table: str, columns: Sequence[str]) -> Iterator[str]:
    """The statements that make a table's triggers, over all its columns, and what they tell.

    They do nothing where it is all there.
    """
    yield from (_VIEW, _INSERT_KEPT, _BEFORE_KEPT)
    names = f"'{json.dumps(columns, separators=(',', ':'))}'"
    before, after = (_values(row, columns) for row in ("OLD", "NEW"))
    told = {
        "insert": "NEW.id, NULL, NULL, NULL",
        "update": f"NEW.id, {names}, {before}, {after}",
        "delete": f"OLD.id, {names}, {before}, NULL",
    }
    for operation, values in told.items():
        yield (
            f"CREATE TEMP TRIGGER IF NOT EXISTS {trigger_name(table, operation)}"
            f" AFTER {operation.upper()} ON main.{table} BEGIN"
            f" INSERT INTO logged VALUES ('{table}', '{operation}', {values}); END"
        )


def trigger_name(table: str, operation: str) -> str:
    """The name of the trigger that logs an `insert`, `update` or `delete` of a table."""
    return f"log_{table}_{operation}"


def _values(row: str, columns: Sequence[str]) -> str:
    return f"json_array({', '.join(f'{row}.{column}' for column in columns)})"
