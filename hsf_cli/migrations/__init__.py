"""The schema as history: one SQL file for each step, run in order, and never changed afterwards."""

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlcipher

_FOLDER = Path(__file__).parent
# From this migration on each change makes the triggers that log it (`changelog`).
_LOG_LEAVES_THE_FILE = 7
_WAS_LOGGED = ("insert", "update", "delete")


@cache
def _files() -> list[str]:
    """Their names, in order. `glob` would take longer than all else of an opening but the file."""
    return sorted(name for name in os.listdir(_FOLDER) if name.endswith(".sql"))


def newest() -> int:
    """The newest migration's number: the version that a department gets when it is opened."""
    return len(_files())


def scripts() -> list[str]:
    """The text of every migration, in order."""
    return [(_FOLDER / name).read_text(encoding="utf-8") for name in _files()]


def reached(connection: Any) -> int:
    """The number of the newest migration that the database has been through."""
    (number,) = connection.execute("PRAGMA user_version").fetchone()
    return int(number)


def run(connection: Any) -> None:
    """Runs the migrations that the database has not seen, in the transaction it is in."""
    before = reached(connection)
    if 0 < before < _LOG_LEAVES_THE_FILE:
        _take_log_out(connection)
    for script in scripts()[before:]:
        for statement in _statements(script):
            connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {newest()}")


def _take_log_out(connection: Any) -> None:
    """Drops what logged each table from within the file, and nobody else's triggers.

    They go before any migration runs: they stand in the way of what alters their tables.
    """
    from sqlite_utils import Database  # 100 ms that only schema work should cost

    for trigger in Database(connection, execute_plugins=False).triggers:
        if trigger.name in {f"log_{trigger.table}_{what}" for what in _WAS_LOGGED}:
            connection.execute(f"DROP TRIGGER {trigger.name}")


def _statements(script: str) -> Iterator[str]:
    """The statements of a script, one by one: `executescript` would commit what came before."""
    statement = ""
    for piece in script.split(";")[:-1]:
        statement += f"{piece};"
        if sqlcipher.complete_statement(statement):
            yield statement
            statement = ""
