"""The triggers that keep the change log: what happened to which record, and what was before.

Those of a table tell a view, `logged`, what happened to which of its rows; how that is kept is said
once, where the view is told. They are made from the tables as they are, after each migration, so no
column is ever left out of the log and none is lost when a table is rebuilt. They are short because
SQLite reads every one of them whenever the file is opened. They cannot call Python
(`trusted_schema` is off): they take who, when and by which command from the newest row of
`change_set`.
"""

import json
from collections.abc import Iterator, Mapping, Sequence

_UNLOGGED = {
    "change_set", "change", "draft", "erasure", "event", "tombstone", "sqlite_sequence",
}  # fmt: skip
_CHANGE_SET = "(SELECT max(id) FROM change_set)"
_KEPT = "INSERT INTO change (change_set_id, record, operation, first_id, last_id, before)"
_VIEW = """
CREATE VIEW logged (record, operation, id, columns, before, after)
    AS SELECT NULL, NULL, NULL, NULL, NULL, NULL"""
# The newest row of the log is made one longer where the record follows it. A whole import is then
# a few rows, and the log does not double the file.
_INSERT_KEPT = f"""
CREATE TRIGGER logged_insert INSTEAD OF INSERT ON logged WHEN NEW.operation = 'insert' BEGIN
    UPDATE change SET last_id = NEW.id
     WHERE id = (SELECT max(id) FROM change) AND change_set_id = {_CHANGE_SET}
       AND record = NEW.record AND operation = 'insert' AND last_id = NEW.id - 1;
    {_KEPT}
    SELECT {_CHANGE_SET}, NEW.record, 'insert', NEW.id, NEW.id, NULL WHERE changes() = 0;
END"""
# Of an update, what the columns that did change held before; of a delete, the whole record.
_BEFORE_KEPT = f"""
CREATE TRIGGER logged_before INSTEAD OF INSERT ON logged WHEN NEW.before IS NOT NULL BEGIN
    {_KEPT}
    SELECT {_CHANGE_SET}, NEW.record, NEW.operation, NEW.id, NEW.id,
           json_group_object(value, NEW.before ->> key)
      FROM json_each(NEW.columns)
     WHERE NEW.after IS NULL OR NEW.before ->> key IS NOT NEW.after ->> key
    HAVING count(*) > 0;
END"""


def log_schema(tables: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """The statements that put the log's triggers in place for every record table's columns."""
    yield "DROP VIEW IF EXISTS logged"  # and what is told it with it
    yield from (_VIEW, _INSERT_KEPT, _BEFORE_KEPT)
    for table, columns in sorted(tables.items()):
        if table not in _UNLOGGED:
            yield from _triggers(table, columns)


def trigger_name(table: str, operation: str) -> str:
    """The name of the trigger that logs an `insert`, `update` or `delete` of a table."""
    return f"log_{table}_{operation}"


def _triggers(table: str, columns: Sequence[str]) -> Iterator[str]:
    names = f"'{json.dumps(columns, separators=(',', ':'))}'"
    before, after = (_values(row, columns) for row in ("OLD", "NEW"))
    told = {
        "insert": "NEW.id, NULL, NULL, NULL",
        "update": f"NEW.id, {names}, {before}, {after}",
        "delete": f"OLD.id, {names}, {before}, NULL",
    }
    for operation, values in told.items():
        name = trigger_name(table, operation)
        yield f"DROP TRIGGER IF EXISTS {name}"
        yield (
            f"CREATE TRIGGER {name} AFTER {operation.upper()} ON {table} BEGIN"
            f" INSERT INTO logged VALUES ('{table}', '{operation}', {values}); END"
        )


def _values(row: str, columns: Sequence[str]) -> str:
    return f"json_array({', '.join(f'{row}.{column}' for column in columns)})"
