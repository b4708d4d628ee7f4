"""`hsf start`: a new department with its key where it was asked for, and never over an old one."""

import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from hsf_cli import keys
from hsf_cli.encrypted import salt_of
from hsf_cli.registers.department import opened
from tests.conftest import Run
from tests.store.test_keys import Ring, ring

__all__ = ["ring"]

Hsf = Callable[..., Run]


def start(hsf: Hsf, *more: object) -> Run:
    return hsf("start", "--navn", "Home-Start Solvik", *more)


@pytest.fixture
def database(home: Path) -> Path:
    return home / "avdeling" / "avdeling.db"


def test_the_key_in_a_file(hsf: Hsf, database: Path) -> None:
    run = start(hsf, "--nøkkel", "fil")
    assert run.code == 0
    key_file = keys.key_file(salt_of(database))
    assert key_file.exists()
    assert str(database) in run.out
    assert str(key_file) in run.out
    assert hsf("venteliste").code == 0


def test_the_key_in_the_key_ring(hsf: Hsf, database: Path, ring: Ring, home: Path) -> None:
    assert start(hsf, "--nøkkel", "nøkkelring").code == 0
    assert list(ring.kept) == [("hsf", salt_of(database))]
    assert not any(path.is_file() for path in (home / "konfig").rglob("*"))
    assert hsf("venteliste").code == 0


def test_a_key_ring_that_is_not_there(hsf: Hsf, database: Path, ring: Ring) -> None:
    ring.locked = True
    run = start(hsf, "--nøkkel", "nøkkelring")
    assert run.code == 4
    assert "--nøkkel fil" in run.err
    assert not database.exists()


@pytest.mark.parametrize("spelled", ["nokkelring", "NØKKELRING", "noekkelring"])
def test_the_place_is_known_in_any_spelling(
    hsf: Hsf, database: Path, ring: Ring, spelled: str
) -> None:
    assert start(hsf, "--nokkel", spelled).code == 0
    assert len(ring.kept) == 1


def test_a_place_that_does_not_exist(hsf: Hsf, database: Path) -> None:
    run = start(hsf, "--nøkkel", "lomme")
    assert run.code == 2
    assert "nøkkelring" in run.err
    assert not database.exists()


@pytest.mark.parametrize("content", ["åpne deg", "åpne deg\r\nmer\n"])
def test_a_passphrase_from_a_file(hsf: Hsf, database: Path, home: Path, content: str) -> None:
    (home / "ord").write_bytes(content.encode())
    assert start(hsf, "--nøkkel", "passord", "--passord-fra", home / "ord").code == 0
    assert hsf("venteliste", "--passord-fra", home / "ord").code == 0
    (home / "ord").write_text("feil\n")
    run = hsf("venteliste", "--passord-fra", home / "ord")
    assert run.code == 5
    assert "Passordet er feil" in run.err


def test_a_passphrase_from_standard_input(
    hsf: Hsf, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def typed(text: str) -> None:
        stream = io.TextIOWrapper(io.BytesIO(text.encode()), encoding="utf-8")
        monkeypatch.setattr(sys, "stdin", stream)

    typed("åpne deg\n")
    assert start(hsf, "--nøkkel", "passord", "--passord-fra", "-").code == 0
    typed("åpne deg\n")
    assert hsf("venteliste", "--passord-fra", "-").code == 0
    typed("feil\n")
    assert hsf("venteliste", "--passord-fra", "-").code == 5
    typed("")
    assert hsf("venteliste", "--passord-fra", "-").code == 2


@pytest.mark.parametrize(
    ("content", "code"), [("", 2), ("\nåpne deg\n", 2), ("å" * 10_000, 2), (None, 3)]
)
def test_a_passphrase_file_without_a_passphrase(
    hsf: Hsf, database: Path, home: Path, content: str | None, code: int
) -> None:
    if content is not None:
        (home / "ord").write_text(content)
    run = start(hsf, "--nøkkel", "passord", "--passord-fra", home / "ord")
    assert run.code == code
    assert not database.exists()


def test_without_a_terminal_and_a_passphrase_the_option_is_named(
    hsf: Hsf, database: Path, home: Path
) -> None:
    run = start(hsf, "--nøkkel", "passord")
    assert run.code == 2
    assert "--passord-fra" in run.err
    assert not database.exists()
    assert list(home.rglob("*.passord")) == []

    (home / "ord").write_text("åpne deg\n")
    assert start(hsf, "--nøkkel", "passord", "--passord-fra", home / "ord").code == 0
    run = hsf("venteliste")
    assert run.code == 2
    assert "--passord-fra" in run.err


def test_without_a_terminal_and_a_name_the_option_is_named(hsf: Hsf, database: Path) -> None:
    for words in (["start", "--nøkkel", "fil"], ["start", "--nøkkel", "fil", "--navn", ""]):
        run = hsf(*words)
        assert run.code == 2
        assert "--navn" in run.err
    assert not database.exists()


@pytest.mark.parametrize("keeping", ["fil", "nøkkelring", "passord"])
def test_a_department_that_is_there_is_not_touched(
    hsf: Hsf, database: Path, home: Path, ring: Ring, keeping: str
) -> None:
    assert start(hsf, "--nøkkel", "fil").code == 0
    before = {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}
    (home / "ord").write_text("åpne deg\n")
    run = start(hsf, "--nøkkel", keeping, "--passord-fra", home / "ord")
    assert run.code == 4
    assert str(database) in run.err
    (home / "ord").unlink()
    assert {path: path.read_bytes() for path in home.rglob("*") if path.is_file()} == before
    assert ring.kept == {}


def test_any_other_file_that_is_there_is_not_touched_either(hsf: Hsf, home: Path) -> None:
    (home / "brev.txt").write_text("kjære")
    assert start(hsf, "--nøkkel", "fil", "--database", home / "brev.txt").code == 4
    assert (home / "brev.txt").read_text() == "kjære"
    assert list(home.rglob("*.key")) == []


def test_a_file_where_its_folder_should_be_is_told_of_in_words(hsf: Hsf, home: Path) -> None:
    (home / "brev.txt").write_text("kjære")
    run = start(hsf, "--nøkkel", "fil", "--database", home / "brev.txt" / "avdeling.db")
    assert run.code in (3, 4, 5), run.err
    assert "brev.txt" in run.err
    assert list(home.rglob("*.key")) == []


@pytest.mark.parametrize(("typed", "percent"), [("80", 80), ("80%", 80), ("100", 100)])
def test_the_position_is_a_percentage(hsf: Hsf, database: Path, typed: str, percent: int) -> None:
    assert start(hsf, "--nøkkel", "fil", "--stilling", typed, "--drifter", "Solvik").code == 0
    with opened(database, lambda: "") as store:
        row = store.rows("SELECT name, operator, position_percent FROM department")[0]
    assert tuple(row) == ("Home-Start Solvik", "Solvik", percent)


@pytest.mark.parametrize("typed", ["0", "-10", "1001", "halv", "80,5"])
def test_a_position_that_cannot_be_is_refused(hsf: Hsf, database: Path, typed: str) -> None:
    run = start(hsf, "--nøkkel", "fil", "--stilling", typed)
    assert run.code == 2
    assert "--stilling" in run.err
    assert not database.exists()
