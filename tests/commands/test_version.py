"""`hsf --versjon`: what is at work here, never a question, never a failure."""

from collections.abc import Callable
from pathlib import Path

import pytest

from hsf_cli import __version__
from hsf_cli.store import Store
from tests.conftest import Run

Hsf = Callable[..., Run]


def test_it_tells_the_programs_version_first_and_the_databases(
    hsf: Hsf, empty_department: Path, store: Store
) -> None:
    run = hsf("--versjon")
    first, database, department = run.out.splitlines()
    assert (run.code, first) == (0, f"hsf {__version__}")
    assert f"versjon {store.schema_version}, med SQLite 3." in database
    assert "SQLCipher 4." in database
    assert department == f"Avdelingen har versjon {store.schema_version}."


def test_it_changes_nothing_in_an_older_department(hsf: Hsf, store: Store) -> None:
    store._connection.execute("PRAGMA query_only = OFF")
    store._connection.execute("PRAGMA user_version = 2")
    store.close()
    before = store.path.read_bytes()
    assert "versjon 2, og oppgraderes når den åpnes" in hsf("--versjon").out
    assert store.path.read_bytes() == before


@pytest.mark.parametrize("there", ["nothing", "no key", "no department", "a folder"])
def test_it_never_fails(hsf: Hsf, empty_department: Path, home: Path, there: str) -> None:
    if there == "no key":
        for file in (home / "konfig").iterdir():
            file.unlink()
    else:
        empty_department.unlink()
    if there == "no department":
        empty_department.write_bytes(b"SQLite format 3\x00 og noe annet")
    if there == "a folder":
        empty_department.mkdir()
    run = hsf("--versjon")
    assert (run.code, run.err) == (0, "")
    assert run.out.startswith(f"hsf {__version__}\n")


def test_it_asks_for_no_passphrase(hsf: Hsf, home: Path) -> None:
    (home / "ord").write_text("lang nok setning her\n")
    started = hsf("start", "--navn", "X", "--nøkkel", "passord", "--passord-fra", home / "ord")
    assert started.code == 0, started.err
    run = hsf("--versjon")
    assert (run.code, "bak et passord" in run.out) == (0, True)
