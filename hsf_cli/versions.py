"""Which versions are at work: of the database's schema, and of what reads and encrypts it."""

from contextlib import closing
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlcipher


def schema() -> int:
    """The number of the newest migration: the version that a department gets when it is opened."""
    migrations = Path(__file__).with_name("migrations").glob("m[0-9][0-9][0-9]_*.sql")
    return max(int(path.name[1:4]) for path in migrations)


def engine() -> str:
    """«SQLite 3.53.2 og SQLCipher 4.17.0»."""
    with closing(sqlcipher.connect(":memory:")) as connection:
        (cipher,) = connection.execute("PRAGMA cipher_version").fetchone()
    return f"SQLite {sqlcipher.sqlite_version} og SQLCipher {cipher.split()[0]}"
