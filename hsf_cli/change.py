"""What may be written inside `Store.change`: the statements of one change set."""

import getpass
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import chain, islice
from typing import Any

from hsf_cli.changelog import trigger_name

# From this many rows on it pays to take a table's indexes and log trigger down while they go in.
BULK_ROWS = 5_000
BULK_CACHE_KIB = 262_144
BATCH_ROWS = 50


class Change:
    """What may be written inside `Store.change`."""

    def __init__(self, connection: Any, command: str) -> None:
        self._connection = connection
        self.insert(
            "change_set",
            made_at=datetime.now(UTC).astimezone().isoformat(timespec="seconds"),
            made_by=_user(),
            command=command,
        )
        self._log_size_at_first = self._log_size()

    def insert(self, table: str, **values: Any) -> int:
        """Adds one row and gives its number."""
        cursor = self._connection.execute(_insertion(table, list(values)), list(values.values()))
        return int(cursor.lastrowid)

    def insert_all(
        self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], ids: Sequence[int]
    ) -> None:
        """Adds many rows, whose numbers are `ids`, in rising order where that is to be quick."""
        if not self._pays_to_take_down(table, len(ids)):
            self._connection.executemany(_insertion(table, columns), rows)
            return
        self._connection.execute(f"PRAGMA cache_size = -{BULK_CACHE_KIB}")
        insert_trigger = trigger_name(table, "insert")
        # The index of imported ids is nearly empty, and quicker kept than made again.
        parts = f"type = 'index' AND name <> '{table}_imported' OR name = '{insert_trigger}'"
        with self._taken_down(table, parts):
            self._insert_in_batches(table, columns, rows)
        self._connection.executemany(
            "INSERT INTO change (change_set_id, record, operation, first_id, last_id)"
            " VALUES ((SELECT max(id) FROM change_set), ?, 'insert', ?, ?)",
            ((table, first, last) for first, last in _runs(ids)),
        )

    def _insert_in_batches(
        self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]
    ) -> None:
        """Adds rows many to a statement, which takes a third off the time."""
        left = iter(rows)
        full = _insertion(table, columns, BATCH_ROWS)
        while len(batch := list(islice(left, BATCH_ROWS))) == BATCH_ROWS:
            self._connection.execute(full, list(chain.from_iterable(batch)))
        self._connection.executemany(_insertion(table, columns), batch)

    def update_all(self, table: str, changes: Sequence[tuple[int, Mapping[str, Any]]]) -> None:
        """Sets columns of many rows; what must be unique is so at the end, not in between."""
        if changes:
            with self._taken_down(table, "sql LIKE 'CREATE UNIQUE INDEX%'"):
                for id, values in changes:
                    self.update(table, id, **values)

    def update(self, table: str, id: int, **values: Any) -> None:
        """Sets those columns of one row."""
        settings = ", ".join(f"{column} = ?" for column in values)
        self._connection.execute(
            f"UPDATE {table} SET {settings} WHERE id = ?", [*values.values(), id]
        )

    def delete(self, table: str, id: int) -> None:
        """Removes one row."""
        self._connection.execute(f"DELETE FROM {table} WHERE id = ?", [id])

    def happened(self) -> bool:
        """Whether anything was changed: a change set of nothing is not kept."""
        return self._log_size() != self._log_size_at_first

    def _log_size(self) -> tuple[int, int]:
        """How much the log holds; tombstones are beside it, and count too."""
        size = "SELECT (SELECT coalesce(max(id), 0) FROM change), (SELECT count(*) FROM tombstone)"
        logged, tombstones = self._connection.execute(size).fetchone()
        return logged, tombstones

    def _pays_to_take_down(self, table: str, rows: int) -> bool:
        if rows < BULK_ROWS:
            return False
        (present,) = self._connection.execute(f"SELECT count(*) FROM {table}").fetchone()
        return bool(rows > present // 4)

    @contextmanager
    def _taken_down(self, table: str, parts: str) -> Iterator[None]:
        """Without some parts of the table's schema; they are there again afterwards."""
        taken = self._connection.execute(
            "SELECT type, name, sql FROM sqlite_schema"
            f" WHERE tbl_name = ? AND sql IS NOT NULL AND ({parts})",
            [table],
        ).fetchall()
        for kind, name, _ in taken:
            self._connection.execute(f"DROP {kind} {name}")
        yield
        for _, _, sql in taken:
            self._connection.execute(sql)


def _runs(ids: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The numbers as runs from first to last that follow one another."""
    first = last = None
    for number in sorted(ids):
        if first is None or last is None:
            first = last = number
        elif number == last + 1:
            last = number
        else:
            yield first, last
            first = last = number
    if first is not None and last is not None:
        yield first, last


def _user() -> str:
    """The operating system's user, who is in the log as having made a change."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return "ukjent"


def _insertion(table: str, columns: Sequence[str], rows: int = 1) -> str:
    marks = f"({', '.join('?' * len(columns))})"
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES {', '.join([marks] * rows)}"
