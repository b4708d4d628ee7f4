"""The file: encrypted from its first byte, its owner's alone, changed whole or not at all."""

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from hsf_cli import keys
from hsf_cli.errors import HsfError, NoDepartment, Stopped
from hsf_cli.exchange import importing
from hsf_cli.store import Store
from tests.builders import child, family, taken_in
from tests.conftest import Run

Hsf = Callable[..., Run]

NAME = "Xantippe Nordmann"


def files_with(name: str, folder: Path) -> list[Path]:
    """The files under a folder that have that name somewhere in their bytes."""
    spelled = [name.encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be")]
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path for path in files if any(text in path.read_bytes() for text in spelled)]


def test_the_file_is_encrypted_from_its_first_byte(store: Store, home: Path) -> None:
    taken_in(store, family(navn=NAME), child(navn=NAME))
    content = store.path.read_bytes()
    for plain in (b"SQLite format 3", b"CREATE TABLE", b"family", b"Home-Start"):
        assert plain not in content
    assert files_with(NAME, home) == []


def test_no_name_is_left_behind_by_commands_that_do_or_fail(
    hsf: Hsf, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert hsf("start", "--navn", NAME, "--drifter", NAME, "--nøkkel", "fil").code == 0
    source = home / "familier.csv"
    source.write_text(f"id;navn\nF1;{NAME}\n", encoding="utf-8")
    assert hsf("data", "importer", source, "--prøv").code == 0
    assert hsf("data", "importer", source).code == 0
    source.write_text(f"id;navn;sivilstatus\nF2;{NAME};{NAME}\n", encoding="utf-8")
    assert hsf("data", "importer", source).code == 6

    def broken(*_: object) -> None:
        raise RuntimeError(NAME)

    monkeypatch.setattr(importing, "Known", broken)
    run = hsf("data", "importer", source)
    assert run.code == 1
    assert NAME not in run.err + run.out
    assert files_with(NAME, home) == [source]


def test_the_journal_is_encrypted_too(store: Store) -> None:
    taken_in(store, family("F1", navn=NAME, notat=NAME * 100))
    journal = store.path.with_name(store.path.name + "-journal")
    with store.change("test") as change:
        change.update("family", 1, name=f"{NAME} igjen", note=None)
        before = journal.read_bytes()
    assert len(before) > 1_000
    assert NAME.encode() not in before
    assert not journal.exists()


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("foreign_keys", 1), ("recursive_triggers", 1), ("secure_delete", 1),
        ("trusted_schema", 0), ("journal_mode", "delete"), ("synchronous", 2), ("temp_store", 2),
        ("query_only", 1), ("cipher_integrity_check", None),
        ("integrity_check", "ok"), ("foreign_key_check", None),
    ],
)  # fmt: skip
def test_every_connection_is_set_up_as_the_design_says(
    store: Store, pragma: str, value: object
) -> None:
    assert store.value(f"PRAGMA {pragma}") == value


def test_outside_a_change_nothing_can_be_written(store: Store) -> None:
    taken_in(store, family())
    for sql in ("DELETE FROM family", "UPDATE family SET name = 'x'", "DROP TABLE child"):
        with pytest.raises(Exception, match=r"(?i)readonly|kan ikke skrives"):
            store.value(sql)
    assert store.value("SELECT name FROM family") == "Familie F1"


def test_nothing_can_be_written_again_once_a_change_is_over(store: Store) -> None:
    with store.change("test") as change:
        change.insert("family", name="Berg")
    assert store.value("PRAGMA query_only") == 1
    with pytest.raises(HsfError), store.change("test"):
        raise Stopped("nei")
    assert store.value("PRAGMA query_only") == 1


def _fail_after_writing(store: Store, error: BaseException) -> None:
    with store.change("test") as change:
        number = change.insert("family", name="Berg")
        change.insert("child", family_id=number, born="2021")
        change.update("family", 1, name="Dal")
        raise error


@pytest.mark.parametrize("error", [Stopped("nei"), KeyboardInterrupt(), ZeroDivisionError()])
def test_a_change_that_fails_leaves_everything_as_it_was(
    store: Store, error: BaseException
) -> None:
    taken_in(store, family())
    before = store.path.read_bytes()
    with pytest.raises(type(error)):
        _fail_after_writing(store, error)
    assert store.path.read_bytes() == before
    assert store.value("SELECT name FROM family") == "Familie F1"
    with store.change("test") as change:
        change.insert("family", name="Eng")
    assert store.value("SELECT count(*) FROM family") == 2


def test_a_change_that_the_schema_refuses_halfway_leaves_everything_as_it_was(
    store: Store,
) -> None:
    with pytest.raises(Stopped, match="går ikke sammen"):
        _insert_both(store, ("family", {"name": "Berg"}), ("child", {"family_id": 1, "born": "x"}))
    assert store.value("SELECT count(*) FROM family") == 0
    assert store.value("SELECT count(*) FROM change_set") == 1


def _insert_both(store: Store, *rows: tuple[str, dict[str, object]]) -> None:
    with store.change("test") as change:
        for table, values in rows:
            change.insert(table, **values)


def test_a_change_of_nothing_is_not_kept(store: Store) -> None:
    taken_in(store, family())
    before = store.path.read_bytes()
    with store.change("test") as change:
        change.update("family", 1, name="Familie F1")
        change.delete("family", 99)
    assert store.path.read_bytes() == before


def test_a_change_of_what_is_not_logged_is_kept_too(store: Store) -> None:
    with store.change("test") as change:
        change.insert("tombstone", record="family", id_hash=b"x")
    assert store.value("SELECT count(*) FROM tombstone") == 1


def test_what_a_change_wrote_is_there_for_the_next_who_opens(
    store: Store, empty_department: Path
) -> None:
    with store.change("test") as change:
        number = change.insert("family", name="Berg")
    key = keys.found(store.salt, lambda: "")
    with Store.open(empty_department, key) as other:
        assert other.value("SELECT name FROM family WHERE id = :id", id=number) == "Berg"


def test_values_are_never_read_as_sql(store: Store) -> None:
    name = "'); DROP TABLE family; --"
    taken_in(store, family(navn=name))
    assert store.value("SELECT id FROM family WHERE name = :name", name=name) == 1


def test_sql_can_ask_for_begun_months(store: Store) -> None:
    assert store.value("SELECT begun_months('2023-08-31', '2024-02-29')") == 6
    assert store.value("SELECT begun_months('2023-08-31', NULL)") is None


def test_a_copy_opens_with_the_same_key_and_has_the_same_salt(store: Store, tmp_path: Path) -> None:
    taken_in(store, family(navn=NAME))
    key = keys.found(store.salt, lambda: "")
    store.copy_to(tmp_path / "kopi.db", key)
    with Store.open(tmp_path / "kopi.db", keys.found(store.salt, lambda: "")) as copy:
        assert copy.salt == store.salt
        assert copy.value("SELECT name FROM family") == NAME
        assert copy.value("PRAGMA integrity_check") == "ok"
        assert copy.value("PRAGMA journal_mode") == "delete"
    assert files_with(NAME, tmp_path) == []


def test_a_copy_is_of_what_is_kept_and_lives_its_own_life(store: Store, tmp_path: Path) -> None:
    taken_in(store, family())
    key = keys.found(store.salt, lambda: "")
    store.copy_to(tmp_path / "kopi.db", key)
    taken_in(store, family("F2"))
    with Store.open(tmp_path / "kopi.db", key) as copy:
        assert copy.value("SELECT count(*) FROM family") == 1


def test_a_copy_that_cannot_be_written_is_told_of_in_words(store: Store, tmp_path: Path) -> None:
    with pytest.raises(NoDepartment) as error:
        store.copy_to(tmp_path / "finnes-ikke" / "kopi.db", "00" * 32)
    assert "kopi.db" in error.value.text


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_a_new_department_is_its_owners_alone(hsf: Hsf, home: Path) -> None:
    os.umask(0o022)
    assert hsf("start", "--navn", "Prøve", "--nøkkel", "fil").code == 0
    source = home / "familier.csv"
    source.write_text("id;navn\nF1;Berg\n")
    assert hsf("data", "importer", source).code == 0
    made = [home / "avdeling", home / "avdeling" / "avdeling.db", home / "konfig"]
    made += (home / "konfig").iterdir()
    modes = {path.name: oct(stat.S_IMODE(path.stat().st_mode)) for path in made}
    assert {modes.pop("avdeling"), modes.pop("konfig")} == {"0o700"}
    assert set(modes.values()) == {"0o600"}


def test_the_key_is_not_beside_the_database_by_default(
    hsf: Hsf, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HSF_DATABASE", "HSF_KONFIG"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "config"))
    monkeypatch.setenv("HOME", str(home))
    assert hsf("start", "--navn", "Prøve", "--nøkkel", "fil").code == 0
    [database] = home.rglob("avdeling.db")
    [key] = home.rglob("*.key")
    assert key.parent != database.parent
    assert database.parent not in key.parents


def test_a_department_is_made_also_where_the_machine_does_not_know_the_user(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    pwd = pytest.importorskip("pwd")
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.delenv(name, raising=False)

    def unknown(_: int) -> None:
        raise KeyError("uid not found")

    monkeypatch.setattr(pwd, "getpwuid", unknown)
    taken_in(store, family())
    assert store.value("SELECT made_by FROM change_set WHERE id = 2")
