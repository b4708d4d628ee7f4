"""The one door to the department: opens it, brings it up to date, reads and changes it.

Outside `Store.change` nothing of a record can be written; inside it everything is one transaction
and one change set, and triggers log what each statement did.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Protocol, Self, TypeVar

from hsf_cli import migrations
from hsf_cli.change import Change
from hsf_cli.changelog import is_logged
from hsf_cli.encrypted import (
    EncryptedFile,
    closed_where_it_fails,
    connected,
    errors_explained,
    in_memory,
    refuse_existing,
    salt_of,
)
from hsf_cli.errors import HsfError, NoDepartment
from hsf_cli.grounds import Grounds, Record
from hsf_cli.patience import Patience
from hsf_cli.places import owner_only

T = TypeVar("T")

_HOLDING_NOTHING_BACK = (
    "foreign_keys = OFF",
    "ignore_check_constraints = ON",
    "query_only = OFF",
)


class Row(Protocol):
    """One row of a result: values by column name or place; `keys` are the columns' names."""

    def __getitem__(self, column: str | int) -> Any: ...
    def __iter__(self) -> Iterator[Any]: ...
    def keys(self) -> list[str]: ...


class Execute(Protocol):
    """Executes one statement, whose `?` take the values, and gives its rows."""

    def __call__(self, sql: str, values: Sequence[Any] = ..., /) -> Iterator[Row]: ...


# Gives the error for a command that others have been before: since which change set, and in which
# records, where those are known.
Overtaken = Callable[[int, Collection[Record]], HsfError]


class Store(EncryptedFile):
    """An open department. Use it as a context manager, or close it."""

    def __init__(
        self, path: Path, connection: Any, key: str, patience: Patience | None = None
    ) -> None:
        super().__init__(path, connection, key, patience)
        # Called once, before the first change: a copy is made then.
        self.before_change: Callable[[], None] | None = None
        # What a command that is attended to builds on.
        self._grounds: Grounds | None = None
        self._overtaken: Overtaken | None = None

    @classmethod
    def create(cls, path: Path, key: str, salt: str) -> Self:
        """A new, empty database, encrypted with `key` (64 hex digits) from its first byte.

        `salt` (32 hex digits) becomes its `salt_of`. Raises Stopped where there is a file already.
        """
        refuse_existing(path)
        owner_only(path.parent)
        with suppress(OSError):  # what stands against it, SQLite tells
            path.touch(mode=0o600)
        with errors_explained(path):
            store = cls(path, connected(path, key, salt), key)
        with closed_where_it_fails(store):
            store._migrate()
        return store

    @classmethod
    def open(
        cls,
        path: Path,
        key: str,
        before_migrating: Callable[[Self], object] | None = None,
        waiting: Callable[[], object] | None = None,
    ) -> Self:
        """The department in that file, brought up to this version's schema.

        `before_migrating` has it as it is, where it is older, and hinders with what it raises.
        `waiting` is called once, where somebody else is long in the way. Raises NoDepartment with
        its own text for each reason why it cannot be opened.
        """
        store = cls.as_it_is(path, key, waiting)
        with closed_where_it_fails(store):
            if store.is_older:
                if before_migrating:
                    before_migrating(store)
                store._migrate()
        return store

    @classmethod
    def as_it_is(cls, path: Path, key: str, waiting: Callable[[], object] | None = None) -> Self:
        """The department in that file, which may have an older schema, to look into.

        Raises NoDepartment where it cannot be opened, or a newer version of hsf has had it.
        """
        salt_of(path)
        patience = Patience(waiting)
        with errors_explained(path):
            connection = connected(path, key, patience=patience)
            with closed_where_it_fails(connection):
                version = patience.outlast(lambda: migrations.reached(connection))
                _refuse_newer(version)
        return cls(path, connection, key, patience)

    def sibling(self, path: Path, *, migrated: bool = False) -> Self:
        """Another file with this one's key, such as a copy of it: as it is, or brought up to date.

        Raises NoDepartment.
        """
        return (self.open if migrated else self.as_it_is)(path, self._key)

    @classmethod
    def blank(cls) -> Self:
        """A department in memory with the schema of this version and nothing in it."""
        key, connection = in_memory()
        store = cls(Path(":memory:"), connection, key)
        store._migrate()
        return store

    def _migrate(self) -> None:
        """Runs the migrations this database has not seen, all of them or none.

        Raises NoDepartment where a newer version of hsf has been before.
        """
        with self._transaction():
            _refuse_newer(self.schema_version)
            migrations.run(self._connection)

    def close(self) -> None:
        """Closes the file; nothing more can be read."""
        self._grounds = None
        super().close()

    @property
    def schema_version(self) -> int:
        """The number of the newest migration the database has been through."""
        return int(self.value("PRAGMA user_version"))

    @property
    def is_older(self) -> bool:
        """Whether it has yet to be brought up to this version's schema."""
        return self.schema_version < migrations.newest()

    @property
    def schema(self) -> Mapping[str, str]:
        """The statement that made each part of the schema, by its name, in one spelling."""
        parts = self.rows("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL")
        return {name: re.sub(r"\s+", " ", sql).replace('"', "") for name, sql in parts}

    def rows(self, sql: str, **values: Any) -> list[Row]:
        """Every row the statement gives; `:name` in it takes the value of that name."""
        with errors_explained(self.path):
            self._begin_moment()
            found: list[Row] = self._patience.outlast(
                lambda: self._connection.execute(sql, values).fetchall()
            )
        if self._grounds and self._grounds.is_noting:
            self._grounds.note(lambda: _fingerprint(self.each(sql, **values)), _fingerprint(found))
        return found

    def each(self, sql: str, **values: Any) -> Iterator[Row]:
        """The rows one by one, for results too large to hold; no change builds on them."""
        with errors_explained(self.path):
            self._begin_moment()
            yield from self._patience.outlast(lambda: self._connection.execute(sql, values))

    def value(self, sql: str, **values: Any) -> Any:
        """The first column of the first row, or None."""
        value = self._first(sql, values)
        if self._grounds:
            self._grounds.note(lambda: self._first(sql, values), value)
        return value

    def _first(self, sql: str, values: Mapping[str, Any]) -> Any:
        row = next(iter(self.each(sql, **values)), None)
        return None if row is None else row[0]

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Everything read inside is as it was at one moment, whoever else writes meanwhile.

        Inside another such moment, or a change, it is that one's. It is only looked at: a change
        does not build on it.
        """
        if self._grounds or self._connection.in_transaction:
            with self.looking():
                yield
            return
        with errors_explained(self.path):
            self._connection.execute("BEGIN")
            try:
                yield
            finally:
                self._connection.execute("ROLLBACK")

    def attend(self, overtaken: Overtaken) -> None:
        """Sees to it from now on that nobody else comes between what is read and what is written.

        What is read is as it was at one moment, until `let_go`. Before a change everything that
        was read, and not only looked at, is read again where somebody else has written since.
        Where it is another now, or the change concerns a record that they have changed, nothing
        is written, and the error is what `overtaken` gives.
        """
        last_change = self.value("SELECT max(id) FROM change_set") or 0
        self._grounds = Grounds(self.value("PRAGMA data_version"), last_change)
        self._overtaken = overtaken

    def let_go(self) -> None:
        """Ends the moment that reading is of, so that others can write while somebody thinks."""
        if self._grounds and self._connection.in_transaction and not self._is_writing:
            self._connection.execute("COMMIT")

    def _begin_moment(self) -> None:
        if self._grounds and not self._connection.in_transaction:
            self._connection.execute("BEGIN")

    @contextmanager
    def looking(self) -> Iterator[None]:
        """What is read inside is only shown, or read again in the change: nothing builds on it."""
        if self._grounds is None:
            yield
            return
        with self._grounds.left_out():
            yield

    def relying_on(self, question: Callable[[], T], about: Record | None = None) -> T:
        """What the question gives, which a change builds on, and not on all that it reads.

        `about` is the record that it is about, if it is about one.
        """
        with self.looking():
            answer = question()
        if self._grounds:
            self._grounds.note(question, answer, about)
        return answer

    @contextmanager
    def change(self, command: str) -> Iterator[Change]:
        """One change set: everything in it is written, or nothing is.

        `command` is the command's name for the log, such as «data importer»; never its arguments.
        Raises what `attend` was given where others came between, and NoDepartment where one of them
        has a newer version of hsf.
        """
        if before := self.before_change:
            self.before_change = None
            self.let_go()
            with self.looking():
                before()
        with self._transaction(), self.looking():
            _refuse_newer(self.schema_version)
            version = self.value("PRAGMA data_version")
            since = self._since_when_others_wrote(version)
            change = Change(self._connection, command)
            yield change
            if not change.happened():
                self._connection.execute("ROLLBACK")
                return
            if since is not None and (records := change.also_changed_since(since)):
                self._connection.execute("ROLLBACK")
                raise self._refusal(since, records)
        if self._grounds:
            self._grounds = Grounds(version, change.number)

    def _since_when_others_wrote(self, version: int) -> int | None:
        """The last change set before others wrote anything, if they did; None where nobody did.

        Raises what `attend` was given where something is not any more as it was read.
        """
        if self._grounds is None or self._grounds.version == version:
            return None
        if lost := self._grounds.lost():
            raise self._refusal(self._grounds.last_change, {one for one in lost if one})
        return self._grounds.last_change

    def _refusal(self, since: int, records: Collection[Record]) -> HsfError:
        assert self._overtaken
        return self._overtaken(since, records)

    def set_aside(self, name: str, answers: str | None) -> None:
        """Keeps answers (JSON) that are not records yet, beside the log; None takes them away."""
        with self._writing() as execute:
            if answers is None:
                execute("DELETE FROM draft WHERE name = ?", [name])
            else:
                execute(
                    "REPLACE INTO draft (name, answers, begun_at)"
                    " VALUES (?, ?, datetime('now', 'localtime'))",
                    [name, answers],
                )

    def note(self, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Keeps rows of a table that is beside the log, such as `event`: no change of a record."""
        assert not is_logged(table)
        with self._writing() as execute:
            for row in rows:
                marks = ", ".join("?" * len(row))
                sql = f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})"
                execute(sql, [*row.values()])

    @property
    def last_numbers(self) -> Mapping[str, int]:
        """The last number that each table has given."""
        return dict(tuple(row) for row in self.rows("SELECT name, seq FROM sqlite_sequence"))

    def number_after(self, last_numbers: Mapping[str, int]) -> None:
        """Never gives a number again that was given elsewhere."""
        with self._writing() as execute:
            for table, last in last_numbers.items():
                here = self.last_numbers.get(table, 0)
                execute("DELETE FROM sqlite_sequence WHERE name = ?", [table])
                execute("INSERT INTO sqlite_sequence VALUES (?, ?)", [table, max(here, last)])

    @contextmanager
    def _writing(self) -> Iterator[Execute]:
        """One transaction beside the log.

        Not hindered by a newer version of hsf: answers that are set aside are not to be lost to it,
        and it must know those from before in any case.
        """
        with self._transaction():
            yield self._connection.execute

    def sweep(self) -> None:
        """Writes the whole file anew where something was erased since it last was.

        SQLite blanks what is removed, but not always the room that a record moved out of.
        """
        if not self.value("SELECT EXISTS (SELECT 1 FROM erasure WHERE swept = 0)"):
            return
        connection = self._connection
        with errors_explained(self.path):
            self.let_go()
            connection.execute("PRAGMA query_only = OFF")
            try:
                self._patience.outlast(lambda: connection.execute("VACUUM"))
                connection.execute("UPDATE erasure SET swept = 1 WHERE swept = 0")
            finally:
                connection.execute("PRAGMA query_only = ON")

    def become(self, other: Self) -> None:
        """Holds what the other holds, as any encrypted file can.

        Raises NoDepartment where a newer version of hsf has been before.
        """
        _refuse_newer(self.schema_version)
        super().become(other)

    def rewritten(self, rewrite: Callable[[Execute], None]) -> Self:
        """A copy in memory of what `rewrite` makes of this database; the file stays as it is.

        References and checks hold nothing back while it is rewritten. Afterwards the copy is read
        as any other; it knows the path of the file it was taken from.
        """
        with errors_explained(self.path):
            key, connection = in_memory()
            with closed_where_it_fails(connection):
                self._connection.backup(connection)
                for pragma in _HOLDING_NOTHING_BACK:
                    connection.execute(f"PRAGMA {pragma}")
                connection.execute("BEGIN")
                rewrite(connection.execute)
                connection.execute("COMMIT")
                connection.execute("PRAGMA query_only = ON")
        return type(self)(self.path, connection, key)


def _refuse_newer(version: int) -> None:
    """Raises NoDepartment where the department has a schema that this version does not know."""
    if version > migrations.newest():
        raise NoDepartment(
            "Avdelingen er tatt i bruk med en nyere versjon av hsf enn denne.",
            "Oppgrader hsf, og start på nytt: pipx upgrade hsf",
        )


def _fingerprint(rows: Iterable[Row]) -> int:
    """A number that is the same for the same rows."""
    return hash(tuple(rows))
