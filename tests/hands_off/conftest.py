"""A department where everybody is called something that can be looked for afterwards."""

from collections.abc import Callable
from pathlib import Path

import pytest

from hsf_cli.store import Store
from tests.builders import taken_in
from tests.life.one_of_each import one_of_each

# In every name and text of the department, and nowhere else.
NAMED = "Kjennetegn"


@pytest.fixture
def named(store: Store) -> Store:
    """A department with a record of every kind, in which every name and text has `NAMED`."""
    taken_in(store, *one_of_each(lambda name: f"{name} {NAMED}"))
    return store


@pytest.fixture
def with_names(tmp_path: Path) -> Callable[[], list[Path]]:
    """The files in which names can be read, wherever they are, packed or not."""

    def found() -> list[Path]:
        files = (path for path in tmp_path.rglob("*") if path.is_file())
        return [path for path in files if NAMED in readable(path)]

    return found


def readable(path: Path) -> str:
    """What can be read in a file; of an archive, in its parts."""
    from zipfile import BadZipFile, ZipFile

    try:
        with ZipFile(path) as archive:
            content = b"".join(map(archive.read, archive.namelist()))
    except BadZipFile:
        content = path.read_bytes()
    return content.decode("utf-8", errors="replace")
