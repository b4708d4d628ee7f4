"""What is in a department after a fault, which must be in order whatever it is."""

import re
import shutil
from pathlib import Path

from hsf_cli import copies, places, rekeying
from hsf_cli.errors import NoDepartment
from hsf_cli.exchange.exporting import exported
from hsf_cli.registers.checking import checked
from hsf_cli.registers.department import opened
from hsf_cli.store import Store
from tests.builders import TODAY

PASSPHRASE = "åpne deg"

# What may be found: it is told of with the way on.
_TO_BE_FINISHED = "Et nøkkelbytte ble avbrutt."
# When a report was locked: each time it is done it is another.
_A_TIME = re.compile(rb"T\d\d:\d\d:\d\d")


def department() -> Store:
    """The department where the command line looks for it."""
    return opened(places.database(), lambda: PASSPHRASE)


def state() -> object:
    """All that is in the department, which is in order, and so are its copies.

    Where it cannot be opened, that is the file as it is.
    """
    path = places.database()
    try:
        store = department()
    except NoDepartment:
        return path.read_bytes() if path.exists() else None
    with store:
        found = [one for check in checked(store) for one in check.findings]
        assert {one.text for one in found if not one.is_remark} <= {_TO_BE_FINISHED}
        # What is left of an erasure in the file's free room goes when it is opened.
        assert store.value("SELECT count(*) FROM erasure WHERE swept = 0") == 0
        _expect_whole_copies(store)
        return _files(store) | _rows(store)


def set_back(home: Path, kept: Path) -> None:
    """Makes the home folder what was kept of it."""
    shutil.rmtree(home)
    shutil.copytree(kept, home)


def _expect_whole_copies(store: Store) -> None:
    for copy in copies.found(copies.folders(store), store.salt):
        if not copy.is_aside:
            key = rekeying.key_to(copy.path, lambda: PASSPHRASE)
            with Store.as_it_is(copy.path, key) as one:
                assert copies.is_whole(one)


def _files(store: Store) -> dict[str, object]:
    """Every record, as it is exported."""
    folder = store.path.with_name("ut")
    exported(store, folder, TODAY, lambda _, __: None)
    found = {file.name: _A_TIME.sub(b"", file.read_bytes()) for file in folder.iterdir()}
    shutil.rmtree(folder)
    return found


def _rows(store: Store) -> dict[str, object]:
    """How many rows there are in each table: in those that are not exported too."""
    names = [row[0] for row in store.rows("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    return {name: store.value(f"SELECT count(*) FROM {name}") for name in names}
