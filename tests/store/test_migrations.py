"""From every earlier version, with rows in it, to this one; all of it or nothing."""

import re
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from hsf_cli import keys, store
from hsf_cli.store import Store
from tests.builders import family, taken_in
from tests.exchange.everything import everything
from tests.exchange.files import counts

KEY, SALT = "ab" * 32, "cd" * 16
THIS = len(store._migrations())

# What stood in a database of each version, in that version's own columns. Add one with each
# migration: the rows that the version before could hold.
ROWS = {
    1: (
        "INSERT INTO change_set (made_at, made_by, command) VALUES ('2023-01-01', 'siri', 'x')",
        "INSERT INTO department (id, name) VALUES (1, 'Home-Start Før')",
        "INSERT INTO family (id, imported_id, name, note, challenges)"
        " VALUES (7, 'CRM-7', 'Berg', 'to' || char(10) || 'linjer', '[\"rus\"]')",
        "INSERT INTO child (family_id, born) VALUES (7, '2021'), (7, '2020-02-29')",
        "INSERT INTO inquiry (id, family_id, received_on, source)"
        " VALUES (1, 7, '2023-01-01', 'nav')",
        "INSERT INTO volunteer (id, name, approved_on) VALUES (3, 'Kari', '2020-01-01')",
        "INSERT INTO assignment (id, inquiry_id, volunteer_id, started_on)"
        " VALUES (9, 1, 3, '2023-02-01')",
        "INSERT INTO hours (volunteer_id, assignment_id, worked_on, kind, visits, minutes)"
        " VALUES (3, 9, '2023-02-02', 'oppdrag', 1, 120)",
        "INSERT INTO tombstone VALUES ('family', x'00')",
    ),
}


def migrations(*more: str) -> list[str]:
    return [*store._migrations(), *more]


def database(path: Path, version: int, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database of that version with that version's rows in it."""
    whole = store._migrations()
    with monkeypatch.context() as patch:
        patch.setattr(store, "_migrations", lambda: whole[:version])
        Store.create(path, KEY, SALT).close()
    connection = sqlcipher.connect(str(path), isolation_level=None)
    connection.execute(f"PRAGMA key = \"x'{KEY}'\"")
    for statement in ROWS[max(number for number in ROWS if number <= version)]:
        connection.execute(statement)
    connection.close()
    return path


def schema(one: Store) -> dict[str, str]:
    """The schema by name, without the blanks that altering a table leaves otherwise."""
    rows = one.rows("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL")
    return {row[0]: re.sub(r"\s+", " ", row[1]).replace('"', "") for row in rows}


def test_the_migrations_are_numbered_from_one_without_a_gap() -> None:
    folder = Path(store.__file__).parent / "migrations"
    numbers = sorted(int(path.name[1:4]) for path in folder.glob("m*.sql"))
    assert numbers == list(range(1, THIS + 1))


@pytest.mark.parametrize("version", range(1, THIS + 1))
def test_a_database_of_every_version_opens_as_this_one_with_its_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: int
) -> None:
    path = database(tmp_path / "gammel.db", version, monkeypatch)
    with Store.create(tmp_path / "ny.db", KEY, "ef" * 16) as new:
        expected = schema(new)
    with Store.open(path, KEY) as old:
        assert old.schema_version == THIS
        assert schema(old) == expected
        assert old.value("PRAGMA integrity_check") == "ok"
        assert old.rows("PRAGMA foreign_key_check") == []
        row = old.rows("SELECT id, imported_id, name, note, challenges FROM family")[0]
        assert tuple(row) == (7, "CRM-7", "Berg", "to\nlinjer", '["rus"]')
        assert counts(old)["child"] == 2
        assert old.value("SELECT minutes FROM hours") == 120
        assert old.value("SELECT count(*) FROM tombstone") == 1
        taken_in(old, family("F8"))
        assert old.value("SELECT last_id FROM change ORDER BY id DESC LIMIT 1") == 8


def test_rows_stay_and_the_log_follows_when_a_table_gets_a_column(
    empty_department: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = keys.found(store.salt_of(empty_department), lambda: "")
    with Store.open(empty_department, key) as before:
        taken_in(before, *everything())
        counted = counts(before)
    more = migrations("ALTER TABLE family ADD COLUMN colour TEXT;")
    monkeypatch.setattr(store, "_migrations", lambda: more)
    with Store.open(empty_department, key) as after:
        assert after.schema_version == THIS + 1
        assert counts(after) == counted
        with after.change("test") as change:
            change.update("family", 12, colour="blå")
        assert after.value("SELECT before FROM change ORDER BY id DESC") == '{"colour":null}'
    with Store.open(empty_department, key) as again:
        assert again.schema_version == THIS + 1


@pytest.mark.parametrize("bad", ["SELECT x FROM nowhere;", "DELETE FROM family; INSERT INTO y;"])
def test_a_migration_that_fails_leaves_everything_as_it_was(
    empty_department: Path, monkeypatch: pytest.MonkeyPatch, bad: str
) -> None:
    key = keys.found(store.salt_of(empty_department), lambda: "")
    with Store.open(empty_department, key) as before:
        taken_in(before, family())
    content = empty_department.read_bytes()
    more = migrations("ALTER TABLE family ADD COLUMN colour TEXT;", bad)
    with monkeypatch.context() as patch:
        patch.setattr(store, "_migrations", lambda: more)
        with pytest.raises(sqlcipher.OperationalError):
            Store.open(empty_department, key)
    assert empty_department.read_bytes() == content
    with Store.open(empty_department, key) as after:
        assert after.schema_version == THIS
        assert after.value("SELECT name FROM family") == "Familie F1"


def test_a_sound_copy_is_taken_before_anything_is_changed(
    empty_department: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = keys.found(store.salt_of(empty_department), lambda: "")
    with Store.open(empty_department, key) as before:
        taken_in(before, family())
    assert len(list(empty_department.parent.iterdir())) == 1
    more = migrations("DELETE FROM family;")
    with monkeypatch.context() as patch:
        patch.setattr(store, "_migrations", lambda: more)
        Store.open(empty_department, key).close()
    [copy] = [path for path in empty_department.parent.iterdir() if path != empty_department]
    assert re.search(r"\d{4}-\d\d-\d\d", copy.name)
    with Store.open(copy, key) as old:
        assert old.schema_version == THIS
        assert old.value("SELECT name FROM family") == "Familie F1"


def test_opening_a_database_of_this_version_takes_no_copy(empty_department: Path) -> None:
    key = keys.found(store.salt_of(empty_department), lambda: "")
    before = empty_department.read_bytes()
    Store.open(empty_department, key).close()
    assert [path.name for path in empty_department.parent.iterdir()] == ["avdeling.db"]
    assert empty_department.read_bytes() == before
