"""The same program on a department without encryption: what encryption is measured against.

`python -m benchmarks.unencrypted copy FILE` writes the department's records to a plain database;
`plain WORDS` runs `hsf` on one, and `encrypted WORDS` runs it as it is, in the same way; `opening`
writes the seconds that it takes to open one. The program itself has no such way: its one door is
propped open here.
"""

import runpy
import sys
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlcipher

from benchmarks import inside
from hsf_cli import encrypted, places, store
from hsf_cli.registers import department


def copy(target: Path) -> None:
    """Writes what the department holds, page by page, to a file without encryption."""
    target.unlink(missing_ok=True)
    with department.opened(places.database(), lambda: "") as opened:
        opened._connection.execute("ATTACH ? AS plain KEY ''", [str(target)])
        opened._connection.execute("PRAGMA query_only = OFF")
        opened._connection.execute("SELECT sqlcipher_export('plain')").fetchall()
        opened._connection.execute(f"PRAGMA plain.user_version = {opened.schema_version}")


def prop_open() -> None:
    """Lets the one door open a file that has no key."""
    door: Any = encrypted
    door._keyed = _without_key
    for module in (encrypted, store):
        module.salt_of = lambda path: path.name
    department.opened = lambda path, *_: store.Store.open(path, "")


def _without_key(path: Path, _: str) -> Any:
    return sqlcipher.connect(str(path), isolation_level=None)


def run(words: list[str]) -> None:
    """Runs `hsf` with those words, and ends."""
    sys.argv = ["hsf", *words]
    runpy.run_module("hsf_cli", run_name="__main__")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["copy", target]:
            copy(Path(target))
        case ["opening"]:
            prop_open()
            sys.stdout.write(f"{inside.opening()}\n")
        case ["plain", *words]:
            prop_open()
            run(words)
        case ["encrypted", *words]:
            run(words)
