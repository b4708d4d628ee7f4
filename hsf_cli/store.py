"""The one door to the database: opens and unlocks it, migrates, reads, changes and copies it.

Nothing else in the program imports `sqlcipher3` or `sqlite_utils`. Outside `Store.change` the
connection cannot write at all; inside it everything is one transaction and one change set, and
triggers log what each statement did.
"""

import os
import re
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from functools import cache, cached_property, partial
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self, TypeVar

from sqlcipher3 import dbapi2 as sqlcipher

from hsf_cli.change import Change
from hsf_cli.changelog import log_triggers
from hsf_cli.database_errors import explained
from hsf_cli.dates import begun_months
from hsf_cli.errors import Damaged, HsfError, NoDepartment, Stopped
from hsf_cli.grounds import Grounds, Record
from hsf_cli.patience import MILLISECONDS_AT_A_TIME, Patience
from hsf_cli.places import default_database, owner_only

T = TypeVar("T")

KEY_BYTES = 32
SALT_BYTES = 16

_PRAGMAS = (
    f"busy_timeout = {MILLISECONDS_AT_A_TIME}",  # first: some of the others wait for the file
    "cache_size = -65536",  # 64 MB: a page read twice is not decrypted twice
    "foreign_keys = ON",
    "recursive_triggers = ON",  # or REPLACE would pass the delete trigger by
    "secure_delete = ON",
    "trusted_schema = OFF",
    "journal_mode = DELETE",
    "synchronous = FULL",
    "temp_store = MEMORY",
    "query_only = ON",
)
_HOLDING_NOTHING_BACK = (
    "foreign_keys = OFF",
    "ignore_check_constraints = ON",
    "query_only = OFF",
)
_IN_USE = (sqlcipher.SQLITE_BUSY, sqlcipher.SQLITE_LOCKED)
_PLAIN_SQLITE = b"SQLite format 3\x00"


class Row(Protocol):
    """One row of a result: values by column name or place."""

    def __getitem__(self, column: str | int) -> Any: ...
    def __iter__(self) -> Iterator[Any]: ...
    def keys(self) -> list[str]: ...


class Execute(Protocol):
    """Executes one statement, whose `?` take the values, and gives its rows."""

    def __call__(self, sql: str, values: Sequence[Any] = ..., /) -> Iterator[Row]: ...


# Gives the error for a command that others have been before: since which change set, and in which
# records, where those are known.
Overtaken = Callable[[int, Collection[Record]], HsfError]


class Store:
    """An open department. Use it as a context manager, or close it."""

    def __init__(
        self, path: Path, connection: Any, key: str, patience: Patience | None = None
    ) -> None:
        self.path = path
        # Called once, before the first change: a copy is made then.
        self.before_change: Callable[[], None] | None = None
        self._connection = connection
        self._key = key
        self._patience = patience or Patience()
        self._is_writing = False
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
        with _database_errors(path):
            store = cls(path, _connected(path, key, salt), key)
        try:
            store._migrate()
        except BaseException:
            store.close()
            raise
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
        try:
            if store.is_older:
                if before_migrating:
                    before_migrating(store)
                store._migrate()
        except BaseException:
            store.close()
            raise
        return store

    @classmethod
    def as_it_is(cls, path: Path, key: str, waiting: Callable[[], object] | None = None) -> Self:
        """The department in that file, which may have an older schema, to look into."""
        salt_of(path)
        patience = Patience(waiting)
        with _database_errors(path):
            connection = _connected(path, key, patience=patience)
            try:
                version = patience.outlast(lambda: _value(connection, "PRAGMA user_version"))
            except BaseException:
                connection.close()
                raise
        store = cls(path, connection, key, patience)
        if version > len(_migrations()):
            store.close()
            raise NoDepartment(
                "Avdelingen er tatt i bruk med en nyere versjon av hsf enn denne.",
                "Oppgrader hsf: pipx upgrade hsf",
            )
        return store

    def sibling(self, path: Path, *, migrated: bool = False) -> Self:
        """Another file with this one's key, such as a copy of it: as it is, or brought up to date.

        Raises NoDepartment.
        """
        return (self.open if migrated else self.as_it_is)(path, self._key)

    @classmethod
    def blank(cls) -> Self:
        """A department in memory with the schema of this version and nothing in it."""
        key = os.urandom(KEY_BYTES).hex()
        store = cls(Path(":memory:"), _connected(Path(":memory:"), key), key)
        store._migrate()
        return store

    def close(self) -> None:
        """Closes the file; nothing more can be read."""
        self._grounds = None
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @cached_property
    def salt(self) -> str:
        """What `salt_of` gives for this database."""
        return salt_of(self.path)

    @property
    def schema_version(self) -> int:
        """The number of the newest migration the database has been through."""
        return int(self.value("PRAGMA user_version"))

    @property
    def is_older(self) -> bool:
        """Whether it has yet to be brought up to this version's schema."""
        return self.schema_version < len(_migrations())

    @property
    def schema(self) -> Mapping[str, str]:
        """The statement that made each part of the schema, by its name, in one spelling."""
        parts = self.rows("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL")
        return {name: re.sub(r"\s+", " ", sql).replace('"', "") for name, sql in parts}

    def rows(self, sql: str, **values: Any) -> list[Row]:
        """Every row the statement gives; `:name` in it takes the value of that name."""
        with _database_errors(self.path):
            self._begin_moment()
            found: list[Row] = self._patience.outlast(
                lambda: self._connection.execute(sql, values).fetchall()
            )
        if self._grounds:
            self._grounds.note(lambda: _fingerprint(self.each(sql, **values)), _fingerprint(found))
        return found

    def each(self, sql: str, **values: Any) -> Iterator[Row]:
        """The rows one by one, for results too large to hold; no change builds on them."""
        with _database_errors(self.path):
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
        with _database_errors(self.path):
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
        """
        if before := self.before_change:
            self.before_change = None
            self.let_go()
            with self.looking():
                before()
        with self._transaction(), self.looking():
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
        """One transaction beside the log."""
        with self._transaction():
            yield self._connection.execute

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """What is written inside is written at its end, all of it; or nothing is.

        From its beginning nobody else can write.
        """
        connection = self._connection
        self.let_go()
        with _database_errors(self.path):
            connection.execute("PRAGMA query_only = OFF")
            try:
                self._is_writing = True
                self._patience.outlast(lambda: connection.execute("BEGIN IMMEDIATE"))
                file = _identity(self.path)
                yield
                if connection.in_transaction:
                    self._patience.outlast(lambda: connection.execute("COMMIT"))
                    self._refuse_gone(file)
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                self._is_writing = False
                connection.execute("PRAGMA query_only = ON")

    def _refuse_gone(self, file: int | None) -> None:
        """Says so where another file is there now: SQLite has written to the one that is gone."""
        if _identity(self.path) != file:
            raise NoDepartment(
                f"Avdelingens fil ble borte eller byttet ut mens den ble skrevet: {self.path}",
                "Se etter at stasjonen er koblet til, og se hva som kom med: hsf data logg",
            )

    def sweep(self) -> None:
        """Writes the whole file anew where something was erased since it last was.

        SQLite blanks what is removed, but not always the room that a record moved out of.
        """
        if not self.value("SELECT EXISTS (SELECT 1 FROM erasure WHERE swept = 0)"):
            return
        connection = self._connection
        with _database_errors(self.path):
            self.let_go()
            connection.execute("PRAGMA query_only = OFF")
            try:
                self._patience.outlast(lambda: connection.execute("VACUUM"))
                connection.execute("UPDATE erasure SET swept = 1 WHERE swept = 0")
            finally:
                connection.execute("PRAGMA query_only = ON")

    def copy_to(self, path: Path, key: str | None = None) -> None:
        """Writes the whole database, as it stands now, to a new file with the same salt.

        It has the same key too, unless another is given.
        """
        with _database_errors(path):
            target = _connected(path, key or self._key, self.salt)
            try:
                self._connection.backup(target, progress=self._patiently())
            finally:
                target.close()

    def hold(self) -> None:
        """Keeps everybody else from the file, from now until it is closed."""
        with _database_errors(self.path):
            self._connection.execute("PRAGMA query_only = OFF")
            self._connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            self._patience.outlast(lambda: self._connection.execute("BEGIN EXCLUSIVE"))
            self._connection.execute("COMMIT")  # in that mode this lets go of nothing

    def rekey(self, key: str) -> None:
        """Encrypts the file, which is held, with another key; all of it or nothing.

        It is one transaction in the file itself: the salt stays, and so does the file for whoever
        has it open. They can then neither read nor write it. Raises Damaged, before anything is
        written, where a page of it is not as it was written.
        """
        if self.rows("PRAGMA cipher_integrity_check"):
            raise Damaged(
                f"Filen er skadet, så den kan ikke få ny nøkkel: {self.path}",
                "Hent frem en kopi fra før det skjedde: hsf data gjenopprett",
            )
        salt = self.salt
        with _database_errors(self.path):
            self._connection.execute(f"PRAGMA rekey = \"x'{key}{salt}'\"")
        self._key = key

    def become(self, other: "Store") -> None:
        """Makes the file hold what the other holds, which has the same key; all of it or nothing.

        It is one transaction, so whoever else has the file open sees the one or the other, and
        a power cut leaves the one or the other.
        """
        with _database_errors(self.path):
            self.let_go()
            other._connection.backup(self._connection, progress=self._patiently())

    def _patiently(self) -> Callable[[int, int, int], None]:
        """What a copying is told of by SQLite, which waits for a file in use without end."""
        begun = time.monotonic()

        def waited(status: int, _left: int, _pages: int) -> None:
            if status in _IN_USE and self._patience.is_over(begun):
                raise sqlcipher.OperationalError("database is locked")

        return waited

    def rewritten(self, rewrite: Callable[[Execute], None]) -> Self:
        """A copy in memory of what `rewrite` makes of this database; the file stays as it is.

        References and checks hold nothing back while it is rewritten. Afterwards the copy is read
        as any other; it knows the path of the file it was taken from.
        """
        key = os.urandom(KEY_BYTES).hex()
        with _database_errors(self.path):
            connection = _connected(Path(":memory:"), key)
            try:
                self._connection.backup(connection)
                for pragma in _HOLDING_NOTHING_BACK:
                    connection.execute(f"PRAGMA {pragma}")
                connection.execute("BEGIN")
                rewrite(connection.execute)
                connection.execute("COMMIT")
                connection.execute("PRAGMA query_only = ON")
            except BaseException:
                connection.close()
                raise
        return type(self)(self.path, connection, key)

    def _migrate(self) -> None:
        """Runs the migrations this database has not seen, all of them or none."""
        from sqlite_utils import Database  # 100 ms that only schema work should cost

        with self._transaction():
            execute = self._connection.execute
            # Asked inside the transaction: somebody else may just have done it.
            for script in _migrations()[self.schema_version :]:
                for statement in _statements(script):
                    execute(statement)
            tables = Database(self._connection, execute_plugins=False).tables
            logged = {table.name: [column.name for column in table.columns] for table in tables}
            for statement in log_triggers(logged):
                execute(statement)
            execute(f"PRAGMA user_version = {len(_migrations())}")


def journal(path: Path) -> Path:
    """Where SQLite keeps what it is to take back of a database that is being changed."""
    return path.parent / f"{path.name}-journal"  # a path may have no name: «.»


def refuse_existing(path: Path) -> None:
    """Raises Stopped where there is a file with something in it: it is never touched."""
    if path.exists() and path.stat().st_size > 0:
        raise Stopped(
            f"Det finnes allerede en fil her: {path}",
            "Er det avdelingen din, så bruk den. Ellers velger du en annen fil med --database.",
        )


def salt_of(path: Path) -> str:
    """The salt in the first bytes of the file, as hex: who the department is, before it is opened.

    It follows the file when it is moved, and `Store.copy_to` gives it to copies, so that a key
    that is kept under it is found again. Raises NoDepartment where there is no such file.
    """
    try:
        with path.open("rb") as file:
            salt = file.read(SALT_BYTES)
    except (FileNotFoundError, NotADirectoryError):
        raise NoDepartment(
            f"Det er ingen avdeling her ennå: {path}",
            _about_folder(path) + "Begynn med «hsf start», eller se deg rundt med «hsf demo». "
            "Er avdelingens fil blitt borte, så hent frem en kopi: hsf data gjenopprett",
        ) from None
    except OSError as error:
        if path.is_dir():
            raise NoDepartment(
                f"Dette er en mappe, og ikke avdelingens fil: {path}",
                "Velg riktig fil med --database eller HSF_DATABASE.",
            ) from None
        raise NoDepartment(
            f"Avdelingens fil kan ikke leses: {path}",
            "Se etter at filen er din egen og at stasjonen den ligger på, er koblet til.",
        ) from error
    if len(salt) < SALT_BYTES or salt == _PLAIN_SQLITE:
        raise Damaged(
            f"Filen er ikke en avdeling som hsf har laget: {path}",
            "Velg riktig fil med --database eller HSF_DATABASE. Er det avdelingens fil som er "
            "skadet, så hent frem en kopi: hsf data gjenopprett",
        )
    return salt.hex()


def _identity(path: Path) -> int | None:
    """What tells a file from another of the same name; None where there is none."""
    try:
        return path.stat().st_ino
    except OSError:
        return None


def _about_folder(path: Path) -> str:
    """What to say first where even the folder that somebody has named is not there."""
    if path.parent.is_dir() or path == default_database():
        return ""
    return f"Finner ikke mappen {path.parent}: er den på en stasjon, så koble den til. "


def sealed(path: Path, passphrase: str, secret: str) -> None:
    """Keeps a secret in a small encrypted file of its own that only the passphrase opens."""
    with _database_errors(path), closing(_keyed(path, _quoted(passphrase))) as connection:
        connection.executescript("CREATE TABLE sealed (secret TEXT NOT NULL) STRICT;")
        connection.execute("INSERT INTO sealed VALUES (?)", [secret])


def unsealed(path: Path, passphrase: str) -> str | None:
    """The secret that `sealed` kept there; None when the passphrase is another."""
    with _database_errors(path), closing(_keyed(path, _quoted(passphrase))) as connection:
        try:
            return str(_value(connection, "SELECT secret FROM sealed"))
        except sqlcipher.DatabaseError as error:
            if "not a database" in str(error) or "no such table" in str(error):
                return None  # another passphrase, or a file that was never finished
            raise


def _connected(path: Path, key: str, salt: str = "", patience: Patience | None = None) -> Any:
    """A connection that is unlocked with a raw key and set up as every connection must be."""
    connection = _keyed(path, f"\"x'{key}{salt}'\"")
    waiting = patience or Patience()
    try:
        for pragma in _PRAGMAS:
            waiting.outlast(partial(connection.execute, f"PRAGMA {pragma}"))
    except BaseException:
        connection.close()
        raise
    connection.row_factory = sqlcipher.Row
    connection.create_function("begun_months", 2, _begun_months, deterministic=True)
    return connection


def _keyed(path: Path, key: str) -> Any:
    connection = sqlcipher.connect(str(path), isolation_level=None)
    connection.execute("PRAGMA cipher_log_level = NONE")  # or a wrong key prints on stderr
    connection.execute(f"PRAGMA key = {key}")
    return connection


def _fingerprint(rows: Iterable[Row]) -> int:
    """A number that is the same for the same rows."""
    return hash(tuple(rows))


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _begun_months(started_on: str | None, ended_on: str | None) -> int | None:
    return None if started_on is None or ended_on is None else begun_months(started_on, ended_on)


def _value(connection: Any, sql: str) -> Any:
    return connection.execute(sql).fetchone()[0]


@cache
def _migrations() -> list[str]:
    """The text of every migration, in order."""
    scripts = sorted((Path(__file__).parent / "migrations").glob("m[0-9][0-9][0-9]_*.sql"))
    return [script.read_text(encoding="utf-8") for script in scripts]


def _statements(script: str) -> Iterator[str]:
    """The statements of a script, one by one: `executescript` would commit what came before."""
    statement = ""
    for piece in script.split(";")[:-1]:
        statement += f"{piece};"
        if sqlcipher.complete_statement(statement):
            yield statement
            statement = ""


@contextmanager
def _database_errors(path: Path) -> Iterator[None]:
    """Turns what the database says when it cannot be used into the coordinator's words."""
    try:
        yield
    except sqlcipher.DatabaseError as error:
        told = explained(str(error), path)
        if told is None:
            raise
        raise told from error
