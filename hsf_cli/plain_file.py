"""An ordinary SQLite file, unencrypted, for other programs to read: written once, from nothing.

What its tables, columns and views are stands in the file itself, as comments in the statements
that make them: `sqlite-utils schema` and Datasette show those.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlcipher

_MAGIC = b"SQLite format 3\x00"
# In a view: what it is, on the lines after its name, and each column's words behind it.
_VIEW = re.compile(r"CREATE VIEW (\w+) AS\n((?:-- .+\n)+)")
_DESCRIBED = re.compile(r"(\w+),? +-- (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class PlainColumn:
    """A column: its name, what SQLite makes of its values, and what it is."""

    name: str
    type: str
    description: str
    # The table whose first column its values are from.
    refers_to: str = ""


@dataclass(frozen=True)
class PlainTable:
    """A table, what it is, and its rows. Its first `key` columns tell its rows from each other."""

    name: str
    description: str
    columns: Sequence[PlainColumn]
    rows: Sequence[Sequence[Any]]
    key: int = 1


@dataclass(frozen=True)
class Described:
    """What a table or view is, and each of its columns, in words."""

    description: str
    columns: Mapping[str, str]


def described_table(table: PlainTable) -> Described:
    """What is said of that table."""
    return Described(table.description, {one.name: one.description for one in table.columns})


def described_views(script: str) -> dict[str, Described]:
    """What is said of each view of a script, in the comments in it."""
    found = {}
    for statement in script.split(";\n"):
        if view := _VIEW.search(statement):
            lines = [line.removeprefix("-- ") for line in view[2].splitlines()]
            columns = _DESCRIBED.findall(statement[view.end() :])
            found[view[1]] = Described(" ".join(lines), dict(columns))
    return found


def write(path: Path, tables: Iterable[PlainTable], views: str) -> None:
    """Writes the tables and the script of views to a new file. Raises OSError where it cannot."""
    try:
        with closing(sqlcipher.connect(str(path), isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode = OFF")  # the file is no one's until it is done
            connection.execute("BEGIN")
            for table in tables:
                connection.execute(_statement(table))
                marks = ", ".join("?" * len(table.columns))
                connection.executemany(f"INSERT INTO {table.name} VALUES ({marks})", table.rows)
            connection.execute("COMMIT")
            connection.executescript(views)
    except sqlcipher.OperationalError as error:  # no room, or nowhere to write
        raise OSError(str(error)) from error


def is_plain(path: Path) -> bool:
    """Whether the file is an ordinary SQLite file, as no department is."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(_MAGIC)) == _MAGIC


def _statement(table: PlainTable) -> str:
    return "\n".join([f"CREATE TABLE {table.name} (", *_lines(table), ")"])


def _lines(table: PlainTable) -> Iterator[str]:
    yield f"    -- {table.description}"
    for column in table.columns:
        refers = f" REFERENCES {column.refers_to}" if column.refers_to else ""
        yield f"    {column.name} {column.type}{refers}, -- {column.description}"
    yield f"    PRIMARY KEY ({', '.join(one.name for one in table.columns[: table.key])})"
