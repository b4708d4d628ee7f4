"""Why a department cannot be opened: each reason has its own words, and exit code 5."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from hsf_cli import keys, places
from hsf_cli.commands.interview import interview
from hsf_cli.encrypted import salt_of
from hsf_cli.errors import NoDepartment, Stopped
from hsf_cli.store import Store
from tests.builders import family, taken_in
from tests.conftest import Run
from tests.exchange.files import csv_file

Hsf = Callable[..., Run]


@contextmanager
def unlocked(path: Path) -> Iterator[Any]:
    """The database by other means than the program's."""
    key = keys.found(salt_of(path), lambda: "")
    connection = sqlcipher.connect(str(path), isolation_level=None)
    connection.execute(f"PRAGMA key = \"x'{key}'\"")
    try:
        yield connection
    finally:
        connection.close()


def why(hsf: Hsf) -> tuple[str, str]:
    """The words of the error when the department is opened, and what to do."""
    run = hsf("venteliste", "--format", "json")
    assert (run.code, run.out) == (5, ""), run.err
    error = json.loads(run.err)["error"]
    assert error["code"] == 5
    return error["text"], error["advice"]


@pytest.mark.parametrize("path", [".", "/"])
def test_a_folder_without_a_name(hsf: Hsf, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    monkeypatch.setenv("HSF_DATABASE", path)
    text, _ = why(hsf)
    assert "en mappe" in text


def test_no_file(hsf: Hsf, home: Path) -> None:
    text, advice = why(hsf)
    assert "ingen avdeling" in text
    assert "hsf start" in advice


def test_no_folder_and_a_file_where_the_folder_should_be(
    hsf: Hsf, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "fil").write_text("x")
    monkeypatch.setenv("HSF_DATABASE", str(home / "fil" / "avdeling.db"))
    assert "ingen avdeling" in why(hsf)[0]


@pytest.mark.parametrize("content", [b"", b"x", b"x" * 15])
def test_a_file_that_is_too_short(hsf: Hsf, empty_department: Path, content: bytes) -> None:
    empty_department.write_bytes(content)
    assert str(empty_department) in why(hsf)[0]


def test_a_plain_sqlite_file(hsf: Hsf, empty_department: Path) -> None:
    empty_department.write_bytes(b"SQLite format 3\x00" + bytes(4080))
    assert "ikke en avdeling" in why(hsf)[0]


def test_a_folder_in_its_place(hsf: Hsf, empty_department: Path) -> None:
    empty_department.unlink()
    empty_department.mkdir()
    assert str(empty_department) in why(hsf)[0]


def test_a_file_that_cannot_be_read(
    hsf: Hsf, empty_department: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Path.open

    def closed(path: Path, *args: Any, **kwargs: Any) -> Any:
        if path == empty_department:
            raise PermissionError(13, "Permission denied", str(path))
        return whole(path, *args, **kwargs)

    monkeypatch.setattr(Path, "open", closed)
    assert "kan ikke leses" in why(hsf)[0]


def test_another_departments_key(hsf: Hsf, empty_department: Path) -> None:
    keys.key_file(salt_of(empty_department)).write_text("ab" * 32)
    text, advice = why(hsf)
    assert "låses opp" in text
    assert "nøkkelen" in advice


def test_a_file_of_something_else_under_a_known_salt(hsf: Hsf, empty_department: Path) -> None:
    whole = empty_department.read_bytes()
    empty_department.write_bytes(whole[:16] + b"a letter " * 1000)
    assert "låses opp" in why(hsf)[0]


@pytest.mark.parametrize("first", [0, 1, 2])
def test_damaged_pages_are_told_of_and_no_failure_of_the_program(
    hsf: Hsf, empty_department: Path, first: int, tmp_path: Path
) -> None:
    content = bytearray(empty_department.read_bytes())
    for start in range(first * 4096, len(content), 4096):
        content[start + 100] ^= 1
    empty_department.write_bytes(content)
    run = hsf("data", "eksporter", tmp_path / "ut")
    assert run.code == 5
    assert "skadet" in run.err
    assert not (tmp_path / "ut").exists()


def test_a_file_that_was_cut_short(hsf: Hsf, empty_department: Path, tmp_path: Path) -> None:
    content = empty_department.read_bytes()
    empty_department.write_bytes(content[: 4096 * (len(content) // 8192)])
    assert hsf("data", "eksporter", tmp_path / "ut").code == 5


def _used_by_a_newer_version(path: Path) -> None:
    with unlocked(path) as connection:
        connection.execute("PRAGMA user_version = 999")


def test_a_database_from_a_newer_version(hsf: Hsf, empty_department: Path) -> None:
    _used_by_a_newer_version(empty_department)
    before = empty_department.read_bytes()
    text, advice = why(hsf)
    assert "nyere" in text
    assert "Oppgrader" in advice
    assert empty_department.read_bytes() == before


def _changed(store: Store, _copy: Store) -> None:
    with store.change("familie endre") as change:
        change.update("family", 1, name="Dal")


def _brought_up_to_date(store: Store, _copy: Store) -> None:
    store._migrate()


@pytest.mark.parametrize("write", [_changed, _brought_up_to_date, Store.become])
def test_a_newer_version_that_comes_while_the_department_is_open_is_not_written_over(
    empty_department: Path, store: Store, tmp_path: Path, write: Callable[[Store, Store], None]
) -> None:
    """Somebody is asked something, and another has upgraded meanwhile."""
    store.copy_to(tmp_path / "kopi.db")
    taken_in(store, family("F1"))
    with store.sibling(tmp_path / "kopi.db") as copy:
        _used_by_a_newer_version(empty_department)
        before = empty_department.read_bytes()
        with pytest.raises(NoDepartment, match="nyere") as refused:
            write(store, copy)
    assert "start på nytt" in refused.value.advice
    assert empty_department.read_bytes() == before


def _interviewed(store: Store) -> None:
    with interview(store, "x", "hsf y") as answers:
        answers["navn"] = "Berg"
        _changed(store, store)


def test_answers_are_kept_though_a_newer_version_has_come_meanwhile(
    empty_department: Path, store: Store
) -> None:
    _used_by_a_newer_version(empty_department)
    with pytest.raises(NoDepartment) as refused:
        _interviewed(store)
    assert refused.value.advice.splitlines() == [
        "Oppgrader hsf, og start på nytt: pipx upgrade hsf",
        "Svarene er likevel tatt vare på. Fortsett der du slapp: hsf y",
    ]
    assert store.value("SELECT answers FROM draft") == '{"navn": "Berg"}'


@pytest.mark.usefixtures("impatient")
def test_somebody_else_is_writing(
    hsf: Hsf, empty_department: Path, store: Store, tmp_path: Path
) -> None:
    folder = csv_file(tmp_path / "inn", "familier", "id;navn", "F1;Berg")
    with store.change("test") as change:
        change.insert("family", name="Dal")
        run = hsf("data", "importer", folder)
        assert run.code == 5
        assert "opptatt" in run.err
        assert hsf("venteliste").code == 0
    assert hsf("data", "importer", folder).code == 0


@pytest.mark.usefixtures("impatient")
def test_somebody_else_has_it_for_themselves(hsf: Hsf, empty_department: Path) -> None:
    with unlocked(empty_department) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        text, advice = why(hsf)
    assert "opptatt" in text
    assert "prøv igjen" in advice
    assert hsf("venteliste").code == 0


@pytest.mark.usefixtures("impatient")
def test_another_program_is_writing(hsf: Hsf, empty_department: Path) -> None:
    key = keys.found(salt_of(empty_department), lambda: "")
    held = (
        "import sys\n"
        "from pathlib import Path\n"
        "from hsf_cli.store import Store\n"
        f"with Store.open(Path({str(empty_department)!r}), {key!r}) as store:\n"
        "    with store.change('test') as change:\n"
        "        change.insert('family', name='Dal')\n"
        "        print('writing', flush=True)\n"
        "        sys.stdin.read()\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", held], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with process:
        assert process.stdout
        assert process.stdout.readline() == "writing\n"
        with (
            Store.open(empty_department, key) as mine,
            pytest.raises(NoDepartment, match="opptatt"),
        ):
            taken_in(mine, family())
    assert process.returncode == 0
    with Store.open(empty_department, key) as mine:
        assert mine.value("SELECT name FROM family") == "Dal"


@pytest.mark.usefixtures("impatient")
def test_somebody_else_is_reading_while_a_change_is_to_be_kept(
    empty_department: Path, store: Store
) -> None:
    taken_in(store, family("F1"), family("F2"))
    with Store.open(empty_department, keys.found(store.salt, lambda: "")) as mine:
        reading = store.each("SELECT name FROM family")
        assert next(reading)[0] == "Familie F1"
        with pytest.raises(NoDepartment, match="opptatt"):
            taken_in(mine, family("F3"))
        reading.close()  # type: ignore[attr-defined]
        assert mine.value("SELECT count(*) FROM family") == 2
        taken_in(mine, family("F3"))
        assert mine.value("SELECT count(*) FROM family") == 3


def test_a_program_that_was_cut_off_while_it_wrote_leaves_what_was_there(
    hsf: Hsf, empty_department: Path
) -> None:
    key = keys.found(salt_of(empty_department), lambda: "")
    cut_off = (
        "import os\n"
        "from pathlib import Path\n"
        "from hsf_cli.store import Store\n"
        f"store = Store.open(Path({str(empty_department)!r}), {key!r})\n"
        "store._connection.execute('PRAGMA cache_size = 5')\n"
        "with store.change('test') as change:\n"
        "    for number in range(2000):\n"
        "        change.insert('family', name='Berg' * 100)\n"
        "    os._exit(9)\n"
    )
    before = empty_department.stat().st_size
    assert subprocess.run([sys.executable, "-c", cut_off], check=False).returncode == 9
    assert empty_department.stat().st_size > before
    assert hsf("venteliste").code == 0
    with Store.open(empty_department, key) as store:
        assert store.value("SELECT count(*) FROM family") == 0
        assert store.value("PRAGMA integrity_check") == "ok"
    assert [path.name for path in empty_department.parent.iterdir()] == ["avdeling.db"]


def test_a_wrong_key_says_nothing_of_its_own_on_stderr(hsf: Hsf, empty_department: Path) -> None:
    keys.key_file(salt_of(empty_department)).write_text("ab" * 32)
    run = hsf("venteliste")
    assert run.err.startswith("Feil: ")
    assert "sqlcipher" not in run.err.casefold()


def test_a_database_is_not_made_by_looking_for_it(hsf: Hsf, home: Path) -> None:
    for command in ("venteliste", "data eksporter ut", "data importer ."):
        assert hsf(*command.split()).code == 5
    assert not places.database().parent.exists()


def test_a_new_department_never_takes_the_place_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "avdeling.db"
    path.write_bytes(b"mine")
    with pytest.raises(Stopped):
        Store.create(path, keys.new_key(), keys.new_salt())
    assert path.read_bytes() == b"mine"


def test_the_salt_is_what_the_file_begins_with(tmp_path: Path) -> None:
    salt = keys.new_salt()
    with Store.create(tmp_path / "a.db", keys.new_key(), salt) as new:
        assert new.salt == salt
    assert (tmp_path / "a.db").read_bytes()[:16].hex() == salt


def test_what_cannot_be_opened_is_not_changed(hsf: Hsf, empty_department: Path) -> None:
    before = empty_department.read_bytes()
    keys.key_file(salt_of(empty_department)).write_text("ab" * 32)
    why(hsf)
    assert empty_department.read_bytes() == before
    assert sorted(path.name for path in empty_department.parent.iterdir()) == ["avdeling.db"]
