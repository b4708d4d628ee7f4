"""A database file that is encrypted: opened with its key, read and written, copied, re-keyed.

Here alone, and where its schema is brought up to date (`migrations`), is SQLCipher called.
Outside a transaction of its own a connection cannot write at all.
"""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from functools import cached_property, partial
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlcipher3 import dbapi2 as sqlcipher

from hsf_cli.database_errors import explained
from hsf_cli.dates import begun_months
from hsf_cli.errors import Damaged, NoDepartment, Stopped
from hsf_cli.patience import MILLISECONDS_AT_A_TIME, Patience
from hsf_cli.places import default_database

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
_IN_USE = (sqlcipher.SQLITE_BUSY, sqlcipher.SQLITE_LOCKED)
_PLAIN_SQLITE = b"SQLite format 3\x00"


class EncryptedFile:
    """A database file that is unlocked. Use it as a context manager, or close it."""

    def __init__(
        self, path: Path, connection: Any, key: str, patience: Patience | None = None
    ) -> None:
        self.path = path
        self._connection = connection
        self._key = key
        self._patience = patience or Patience()
        self._is_writing = False

    def close(self) -> None:
        """Closes the file; nothing more can be read."""
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

    def let_go(self) -> None:
        """Ends the moment that reading is of, where it is of one, so that others can write."""

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """What is written inside is written at its end, all of it; or nothing is.

        From its beginning nobody else can write.
        """
        connection = self._connection
        self.let_go()
        with errors_explained(self.path):
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

    def copy_to(self, path: Path, key: str | None = None) -> None:
        """Writes the whole database, as it stands now, to a new file with the same salt.

        It has the same key too, unless another is given.
        """
        with errors_explained(path):
            target = connected(path, key or self._key, self.salt)
            try:
                self._connection.backup(target, progress=self._patiently())
            finally:
                target.close()

    def hold(self) -> None:
        """Keeps everybody else from the file, from now until it is closed."""
        with errors_explained(self.path):
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
        with errors_explained(self.path):
            if self._connection.execute("PRAGMA cipher_integrity_check").fetchone():
                raise Damaged(
                    f"Filen er skadet, så den kan ikke få ny nøkkel: {self.path}",
                    "Hent frem en kopi fra før det skjedde: hsf data gjenopprett",
                )
            salt = self.salt
            self._connection.execute(f"PRAGMA rekey = \"x'{key}{salt}'\"")
        self._key = key

    def become(self, other: Self) -> None:
        """Makes the file hold what the other holds, which has the same key; all of it or nothing.

        It is one transaction, so whoever else has the file open sees the one or the other, and
        a power cut leaves the one or the other.
        """
        with errors_explained(self.path):
            self.let_go()
            other._connection.backup(self._connection, progress=self._patiently())

    def _patiently(self) -> Callable[[int, int, int], None]:
        """What a copying is told of by SQLite, which waits for a file in use without end."""
        begun = time.monotonic()

        def waited(status: int, _left: int, _pages: int) -> None:
            if status in _IN_USE and self._patience.is_over(begun):
                raise sqlcipher.OperationalError("database is locked")

        return waited


def journal(path: Path) -> Path:
    """Where SQLite keeps what it is to take back of a database that is being changed."""
    return path.parent / f"{path.name}-journal"  # a path may have no name: «.»


def put(path: Path, target: Path) -> None:
    """Gives a finished database file its name, for good also where the power goes the next moment.

    The journal of a file that was there before goes with it: SQLite would take it for this one's.
    """
    with path.open("rb+") as file:
        os.fsync(file.fileno())
    journal(target).unlink(missing_ok=True)
    path.replace(target)
    if os.name != "nt":  # Windows has no way to, and no need
        descriptor = os.open(target.parent, os.O_RDONLY)
        with suppress(OSError):  # some drives on a network cannot
            os.fsync(descriptor)
        os.close(descriptor)


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
    with errors_explained(path), closing(_keyed(path, _quoted(passphrase))) as connection:
        connection.executescript("CREATE TABLE sealed (secret TEXT NOT NULL) STRICT;")
        connection.execute("INSERT INTO sealed VALUES (?)", [secret])


def unsealed(path: Path, passphrase: str) -> str | None:
    """The secret that `sealed` kept there; None when the passphrase is another."""
    with errors_explained(path), closing(_keyed(path, _quoted(passphrase))) as connection:
        try:
            return str(connection.execute("SELECT secret FROM sealed").fetchone()[0])
        except sqlcipher.DatabaseError as error:
            if "not a database" in str(error) or "no such table" in str(error):
                return None  # another passphrase, or a file that was never finished
            raise


def connected(path: Path, key: str, salt: str = "", patience: Patience | None = None) -> Any:
    """A connection that is unlocked with a raw key and set up as every connection must be."""
    connection = _keyed(path, f"\"x'{key}{salt}'\"")
    waiting = patience or Patience()
    with closed_where_it_fails(connection):
        for pragma in _PRAGMAS:
            waiting.outlast(partial(connection.execute, f"PRAGMA {pragma}"))
    connection.row_factory = sqlcipher.Row
    connection.create_function("begun_months", 2, _begun_months, deterministic=True)
    return connection


@contextmanager
def closed_where_it_fails(opened: Any) -> Iterator[None]:
    """Closes a connection or a file that was opened, where what is done with it is broken off."""
    try:
        yield
    except BaseException:
        opened.close()
        raise


def in_memory() -> tuple[str, Any]:
    """A key that nobody knows, and a connection to an empty database in memory with it."""
    key = os.urandom(KEY_BYTES).hex()
    return key, connected(Path(":memory:"), key)


def _keyed(path: Path, key: str) -> Any:
    connection = sqlcipher.connect(str(path), isolation_level=None)
    connection.execute("PRAGMA cipher_log_level = NONE")  # or a wrong key prints on stderr
    connection.execute(f"PRAGMA key = {key}")
    return connection


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _begun_months(started_on: str | None, ended_on: str | None) -> int | None:
    return None if started_on is None or ended_on is None else begun_months(started_on, ended_on)


@contextmanager
def errors_explained(path: Path) -> Iterator[None]:
    """Turns what the database says when it cannot be used into the coordinator's words."""
    try:
        yield
    except sqlcipher.DatabaseError as error:
        told = explained(str(error), path)
        if told is None:
            raise
        raise told from error
