"""Loads CSV files into bare tables: what an import is measured against.

No checks, no encryption, no indexes: every cell as text into a plain SQLite file, in one
transaction. Run as `python -m benchmarks.bare_tables FOLDER FILE`.
"""

import csv
import sqlite3
import sys
from pathlib import Path


def load(folder: Path, database: Path) -> None:
    """Makes a table of every CSV file in the folder."""
    connection = sqlite3.connect(database, isolation_level=None)
    connection.execute("BEGIN")
    for path in sorted(folder.glob("*.csv")):
        _load_file(connection, path)
    connection.execute("COMMIT")
    connection.close()


def _load_file(connection: sqlite3.Connection, path: Path) -> None:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file, delimiter=";")
        headers = next(rows)
        columns = ", ".join(f'"{header}" TEXT' for header in headers)
        connection.execute(f'CREATE TABLE "{path.stem}" ({columns})')
        marks = ", ".join("?" * len(headers))
        connection.executemany(f'INSERT INTO "{path.stem}" VALUES ({marks})', rows)


if __name__ == "__main__":
    load(Path(sys.argv[1]), Path(sys.argv[2]))
