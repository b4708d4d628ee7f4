"""Which versions are at work of what reads and encrypts the database."""

from contextlib import closing

from sqlcipher3 import dbapi2 as sqlcipher


def engine() -> str:
    """«SQLite 3.53.2 og SQLCipher 4.17.0»."""
    with closing(sqlcipher.connect(":memory:")) as connection:
        (cipher,) = connection.execute("PRAGMA cipher_version").fetchone()
    return f"SQLite {sqlcipher.sqlite_version} og SQLCipher {cipher.split()[0]}"
