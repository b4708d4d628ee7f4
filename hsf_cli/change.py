"""What may be written inside `Store.change`: the statements of one change set."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from itertools import chain, islice
from typing import Any

from hsf_cli import dates
from hsf_cli.changelog import is_logged, log_triggers, trigger_name
from hsf_cli.texts import visible

# From this many rows on it pays to take a table's indexes and log trigger down while they go in.
BULK_ROWS = 5_000
BULK_CACHE_KIB = 262_144
BATCH_ROWS = 50
_LONGEST_USER = 100
_UNIQUE_INDEXES = "sql LIKE 'CREATE UNIQUE INDEX%'"


class Change:
    """What may be written inside `Store.change`."""

    def __init__(self, connection: Any, command: str) -> None:
        self._connection = connection
        self._logged: set[str] = set()
        self.insert(
            "change_set",
            made_at=dates.now().isoformat(timespec="seconds"),
            made_by=user(),
            command=command,
        )
        self._log_size_at_first = self._log_size()
        self._kept_anyway = False

    def insert(self, table: str, **values: Any) -> int:
        """Adds one row and gives its number."""
        cursor = self._write(table, _insertion(table, list(values)), [*values.values()])
        return int(cursor.lastrowid)

    def insert_all(
        self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], ids: Sequence[int]
    ) -> None:
        """Adds many rows, whose numbers are `ids`, in rising order where that is to be quick."""
        if not self._pays_to_take_down(table, len(ids)):
            self._log(table)
            self._connection.executemany(_insertion(table, columns), rows)
            return
        self._connection.execute(f"PRAGMA cache_size = -{BULK_CACHE_KIB}")
        self._connection.execute(f"DROP TRIGGER IF EXISTS {trigger_name(table, 'insert')}")
        self._logged.discard(table)  # it is made again with the next that is written there
        # The index of imported ids is nearly empty, and quicker kept than made again.
        with self._taken_down(table, f"name <> '{table}_imported'"):
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
            with self._taken_down(table, _UNIQUE_INDEXES):
                for id, values in changes:
                    self.update(table, id, **values)

    def update(self, table: str, id: int, **values: Any) -> None:
        """Sets those columns of one row."""
        settings = ", ".join(f"{column} = ?" for column in values)
        self._write(table, f"UPDATE {table} SET {settings} WHERE id = ?", [*values.values(), id])

    def delete(self, table: str, id: int) -> None:
        """Removes one row."""
        self._write(table, f"DELETE FROM {table} WHERE id = ?", [id])

    def update_where(self, table: str, column: str, value: Any, **values: Any) -> None:
        """Sets columns of every row that has that value in a column."""
        settings = ", ".join(f"{name} = ?" for name in values)
        sql = f"UPDATE {table} SET {settings} WHERE {column} = ?"
        self._write(table, sql, [*values.values(), value])

    def delete_where(self, table: str, column: str, value: Any) -> None:
        """Removes every row that has that value in the column."""
        self._write(table, f"DELETE FROM {table} WHERE {column} = ?", [value])

    def delete_range(self, table: str, first: int, last: int) -> None:
        """Removes every row from one number to another."""
        self._write(table, f"DELETE FROM {table} WHERE id BETWEEN ? AND ?", [first, last])

    def bury(self, table: str, id_hash: bytes, *, into: int | None = None) -> None:
        """Keeps that a record was merged or erased, so that no old file brings it back.

        The log has which record it went `into`, also where somebody else's tombstone is there
        already, as an id from a file may be the number of another here.
        """
        statement = "INSERT OR IGNORE INTO tombstone (record, id_hash) VALUES (?, ?)"
        self._log_tombstone("insert", table, id_hash, statement, into)

    def unbury(self, table: str, id_hash: bytes) -> None:
        """Forgets that a record was merged or erased: it is here again."""
        statement = "DELETE FROM tombstone WHERE record = ? AND id_hash = ?"
        self._log_tombstone("delete", table, id_hash, statement)

    def _log_tombstone(
        self, operation: str, table: str, id_hash: bytes, statement: str, into: int | None = None
    ) -> None:
        """Writes or removes a tombstone, and logs it as the triggers log records: no number."""
        if self._connection.execute(statement, [table, id_hash]).rowcount == 1 or into:
            joined = {"into": into} if into else {}
            self.insert(
                "change",
                change_set_id=self.number,
                record="tombstone",
                operation=operation,
                first_id=0,
                last_id=0,
                before=json.dumps({"record": table, "id_hash": id_hash.hex(), **joined}),
            )

    @property
    def number(self) -> int:
        """The number of this change set."""
        return int(self._connection.execute("SELECT max(id) FROM change_set").fetchone()[0])

    @property
    def made(self) -> tuple[str, str]:
        """When it is made, as the log has it, and by whom."""
        sql = "SELECT made_at, made_by FROM change_set ORDER BY id DESC LIMIT 1"
        made_at, made_by = self._connection.execute(sql).fetchone()
        return made_at, made_by

    def also_changed_since(self, number: int) -> set[tuple[str, int]]:
        """The records changed or removed here that others have changed after that change set."""
        return {
            (table, id)
            for table, id in self._connection.execute(
                "SELECT DISTINCT mine.record, mine.first_id FROM change theirs"
                "  JOIN change mine ON mine.record = theirs.record"
                "   AND mine.first_id BETWEEN theirs.first_id AND theirs.last_id"
                " WHERE theirs.change_set_id > :since AND theirs.change_set_id < :own"
                "   AND mine.change_set_id = :own AND mine.operation <> 'insert'"
                "   AND mine.record <> 'tombstone'",
                {"since": number, "own": self.number},
            )
        }

    @property
    def constraint_broken(self) -> type[Exception]:
        """What is raised where a statement breaks what the schema holds to."""
        error: type[Exception] = self._connection.IntegrityError
        return error

    def defer_references(self) -> None:
        """Lets references lead nowhere until the change set ends."""
        self._connection.execute("PRAGMA defer_foreign_keys = ON")

    def unique_at_the_end(self, table: str) -> AbstractContextManager[None]:
        """Inside, what must be unique in the table may not be; at its end it must be again."""
        return self._taken_down(table, _UNIQUE_INDEXES)

    def keep_anyway(self) -> None:
        """Keeps the change set also where nothing was changed."""
        self._kept_anyway = True

    def forget_draft(self, name: str) -> None:
        """Takes away answers that were kept by `Store.set_aside`, as they are records now."""
        self.delete_where("draft", "name", name)

    def happened(self) -> bool:
        """Whether anything was changed: a change set of nothing is not kept."""
        return self._kept_anyway or self._log_size() != self._log_size_at_first

    def _write(self, table: str, sql: str, values: Sequence[Any]) -> Any:
        """Executes a statement that writes to a table, which is logged."""
        self._log(table)
        return self._connection.execute(sql, values)

    def _log(self, table: str) -> None:
        """Sees to it that what happens to a table from now on is logged, if it is to be."""
        if table in self._logged or not is_logged(table):
            return
        columns = [row["name"] for row in self._connection.execute(f"PRAGMA table_info({table})")]
        for statement in log_triggers(table, columns):
            self._connection.execute(statement)
        self._logged.add(table)

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
    def _taken_down(self, table: str, which: str) -> Iterator[None]:
        """Without some of the table's indexes; they are there again afterwards."""
        taken = self._connection.execute(
            "SELECT name, sql FROM sqlite_schema"
            f" WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL AND {which}",
            [table],
        ).fetchall()
        for name, _ in taken:
            self._connection.execute(f"DROP INDEX {name}")
        yield
        for _, sql in taken:
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


def user() -> str:
    """The operating system's user, who is in the log as having done what is done."""
    import getpass

    try:
        return visible(getpass.getuser())[:_LONGEST_USER]  # it may be from the environment
    except (KeyError, OSError, ImportError):
        return "ukjent"


def _insertion(table: str, columns: Sequence[str], rows: int = 1) -> str:
    marks = f"({', '.join('?' * len(columns))})"
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES {', '.join([marks] * rows)}"
