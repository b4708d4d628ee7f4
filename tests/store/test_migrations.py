"""From every earlier version, with rows in it, to this one; all of it or nothing."""

import json
import re
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from hsf_cli import copies, keys, migrations
from hsf_cli.changelog import is_logged, log_triggers
from hsf_cli.encrypted import salt_of
from hsf_cli.errors import NoDepartment
from hsf_cli.registers.department import opened
from hsf_cli.registers.undoing import undoable, undone
from hsf_cli.store import Store
from hsf_cli.whose import ever
from tests.builders import family, taken_in
from tests.exchange.everything import everything
from tests.exchange.files import counts
from tests.store.history import history_is
from tests.store.test_undo import state

KEY, SALT = "ab" * 32, "cd" * 16
THIS = migrations.newest()

_TABLES = "SELECT name FROM sqlite_schema WHERE type = 'table'"
# What stood in a database of each version, in that version's own columns. Add one with each
# migration: the rows that the version before could hold.
ROWS = {
    1: (
        "INSERT INTO change_set (made_at, made_by, command) VALUES ('2023-01-01', 'siri', 'x')",
        "INSERT INTO department (id, name, operator, position_percent, hours_per_fte)"
        " VALUES (1, 'Home-Start Før', 'Kommunen', 80, 1700)",
        "INSERT INTO family (id, imported_id, name, note, challenges)"
        " VALUES (7, 'CRM-7', 'Berg', 'to' || char(10) || 'linjer', '[\"rus\"]')",
        "INSERT INTO child (family_id, born) VALUES (7, '2021'), (7, '2020-02-29')",
        "INSERT INTO inquiry (id, family_id, received_on, source, closed_on, coordinator)"
        " VALUES (1, 7, '2023-01-01', 'nav', NULL, NULL),"
        " (4, 7, '2022-01-01', 'fastlege', '2022-02-02', 'Siri')",
        "INSERT INTO consent (family_id, given_on, shared_with, what)"
        " VALUES (7, '2023-01-01', 'nav', 'alt')",
        "INSERT INTO concern_report (family_id, sent_on) VALUES (7, '2023-01-02')",
        "INSERT INTO volunteer (id, name, approved_on) VALUES (3, 'Kari', '2020-01-01')",
        "INSERT INTO earlier_period (volunteer_id, approved_on, left_on)"
        " VALUES (3, '2015-01-01', '2016-01-01')",
        "INSERT INTO pause (volunteer_id, from_on) VALUES (3, '2023-07-01')",
        "INSERT INTO course (id, name, starts_on) VALUES (2, 'Vår', '2019-11-01')",
        "INSERT INTO course_day (course_id, held_on, minutes) VALUES (2, '2019-11-01', 200)",
        "INSERT INTO course_registration (course_id, volunteer_id, completed) VALUES (2, 3, 'ja')",
        "INSERT INTO attendance (course_day_id, course_registration_id, minutes)"
        " VALUES (1, 1, 200)",
        "INSERT INTO assignment (id, inquiry_id, volunteer_id, started_on)"
        " VALUES (9, 1, 3, '2023-02-01')",
        "INSERT INTO extension (assignment_id, decided_on, until_on, reason)"
        " VALUES (9, '2023-07-01', '2023-10-01', 'Trengs')",
        "INSERT INTO follow_up (assignment_id, kind, planned_on) VALUES (9, 'måned', '2023-03-01')",
        "INSERT INTO activity (id, held_on, title, audience)"
        " VALUES (5, '2023-06-01', 'Tur', 'familier')",
        "INSERT INTO activity_family (activity_id, family_id) VALUES (5, 7)",
        "INSERT INTO hours (volunteer_id, assignment_id, worked_on, kind, visits, minutes)"
        " VALUES (3, 9, '2023-02-02', 'oppdrag', 1, 120)",
        "INSERT INTO resource_group_member (name, from_on) VALUES ('Leder', '2022-01-01')",
        "INSERT INTO resource_group_meeting (held_on) VALUES ('2023-05-05')",
        "INSERT INTO rule_exception (id, imported_id, rule, decided_on, inquiry_id, reason)"
        " VALUES (2, 'unntak', 'målgruppe', '2023-01-01', 1, 'Tvillinger')",
        "INSERT INTO rule_exception (id, rule, decided_on, volunteer_id, reason)"
        " VALUES (5, 'kapasitet', '2023-01-02', 3, 'Ønsket det')",
        "INSERT INTO rule_exception (id, rule, decided_on, assignment_id, reason)"
        " VALUES (6, 'lengde', '2023-01-03', 9, 'Sommerferie'), (8, 'x', '2023-01-03', 9, 'Feil')",
        "DELETE FROM rule_exception WHERE id = 8",
        "UPDATE volunteer SET name = 'Kari Berg' WHERE id = 3",
        "INSERT INTO tombstone VALUES ('family', x'00')",
    ),
}


def unlocked(path: Path) -> Any:
    connection = sqlcipher.connect(str(path), isolation_level=None)
    connection.execute(f"PRAGMA key = \"x'{KEY}'\"")
    return connection


def with_more(*more: str) -> list[str]:
    return [*migrations.scripts(), *more]


def database(path: Path, version: int, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database of that version with that version's rows in it."""
    whole = migrations.scripts()
    with monkeypatch.context() as patch:
        history_is(patch, whole[:version])
        Store.create(path, KEY, SALT).close()
    connection = unlocked(path)
    for statement in log_of(connection, version):
        connection.execute(statement)
    for statement in ROWS[max(number for number in ROWS if number <= version)]:
        connection.execute(statement)
    connection.close()
    return path


def log_of(connection: Any, version: int) -> list[str]:
    """What makes the triggers of the log, which were in the file before the seventh version."""
    made: list[str] = []
    for table in [row[0] for row in connection.execute(_TABLES) if is_logged(row[0])]:
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        made += log_triggers(table, columns)
    if version >= 7:
        return made
    return [one.replace(" TEMP ", " ").replace(" ON main.", " ON ") for one in made]


def contents(path: Path) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, the numbers given so far among them, by column."""
    connection = unlocked(path)
    connection.row_factory = sqlcipher.Row
    names = [row["name"] for row in connection.execute(_TABLES)]
    found = {
        name: [dict(row) for row in connection.execute(f"SELECT * FROM {name} ORDER BY 1, 2")]
        for name in names
    }
    connection.close()
    return found


def schema(one: Store) -> dict[str, str]:
    """The schema by name, without the blanks that altering a table leaves otherwise."""
    rows = one.rows("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL")
    return {row[0]: re.sub(r"\s+", " ", row[1]).replace('"', "") for row in rows}


def test_the_migrations_are_numbered_from_one_without_a_gap() -> None:
    folder = Path(migrations.__file__).parent
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
        assert old.rows("SELECT name FROM sqlite_schema WHERE type IN ('trigger', 'view')") == []
        assert schema(old) == expected
        assert old.value("PRAGMA integrity_check") == "ok"
        assert old.rows("PRAGMA foreign_key_check") == []
        row = old.rows("SELECT id, imported_id, name, note, challenges FROM family")[0]
        assert tuple(row) == (7, "CRM-7", "Berg", "to\nlinjer", '["rus"]')
        taken_in(old, family("F8"))
        newest = "SELECT last_id FROM change WHERE change_set_id = (SELECT max(id) FROM change_set)"
        assert [row[0] for row in old.rows(newest)] == [8]


@pytest.mark.parametrize("version", ROWS)
def test_a_database_of_every_version_that_rows_are_kept_for_has_them_in_every_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: int
) -> None:
    found = contents(database(tmp_path / "gammel.db", version, monkeypatch))
    assert [name for name, rows in found.items() if not rows] == []


@pytest.mark.parametrize(
    "wrote",
    [
        "('family', 'update', 7, 7, '{\"area\": null}'), ('child', 'delete', 3, 3, '{\"id\": 3}')",
        "('inquiry', 'update', 4, 4, '{\"family_id\": 8}')",
        "('child', 'update', 2, 2, '{\"family_id\": 8}')",
        "('consent', 'delete', 2, 2, '{\"id\": 2}')",
    ],
)
def test_a_log_from_before_says_into_whom_a_family_went(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wrote: str
) -> None:
    path = database(tmp_path / "gammel.db", 6, monkeypatch)
    connection = sqlcipher.connect(str(path), isolation_level=None)
    connection.execute(f"PRAGMA key = \"x'{KEY}'\"")
    for statement in (
        "INSERT INTO family (id, name) VALUES (9, 'Dal')",
        "INSERT INTO tombstone VALUES ('family', x'01')",
        "INSERT INTO change_set (id, made_at, made_by, command)"
        " VALUES (50, '2023-05-05', 'siri', 'familie slå-sammen')",
        "INSERT INTO change (change_set_id, record, operation, first_id, last_id, before)"
        f" SELECT 50, * FROM (VALUES {wrote},"
        " ('family', 'delete', 8, 8, '{\"id\": 8, \"name\": \"Berg\"}'),"
        ' (\'tombstone\', \'insert\', 0, 0, \'{"record": "family", "id_hash": "01"}\'))',
    ):
        connection.execute(statement)
    connection.close()
    with Store.open(path, KEY) as old:
        assert ever(old, "family", 7)["family"] == {7, 8}
        assert ever(old, "family", 9)["family"] == {9}


@pytest.mark.parametrize("version", range(1, THIS))
def test_every_row_of_every_table_is_as_it_was_and_so_is_the_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: int
) -> None:
    path = database(tmp_path / "gammel.db", version, monkeypatch)
    before = contents(path)
    Store.open(path, KEY).close()
    after = contents(path)
    for table, rows in before.items():
        kept = [{name: row[name] for name in rows[0]} for row in after[table]]
        assert kept == rows, table
    assert {row["operation"] for row in after["change"]} == {"insert", "update", "delete"}


@pytest.mark.parametrize("version", range(1, THIS))
def test_what_was_done_in_an_older_version_is_taken_back_in_this_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: int
) -> None:
    path = database(tmp_path / "gammel.db", version, monkeypatch)
    with closing(unlocked(path)) as connection:
        for statement in (
            "INSERT INTO change_set (made_at, made_by, command) VALUES ('2023-02-02', 'siri', 'x')",
            "UPDATE family SET name = 'Dal' WHERE id = 7",
            "INSERT INTO family (name) VALUES ('Eng')",
            "DELETE FROM rule_exception WHERE id = 2",
            "DELETE FROM attendance",
            "DELETE FROM hours",
        ):
            connection.execute(statement)
    untouched = database(tmp_path / "urørt.db", version, monkeypatch)
    with Store.open(path, KEY) as now, Store.open(untouched, KEY) as before:
        undone(now, undoable(now))
        assert state(now) == state(before)


@pytest.mark.parametrize("name", ["mine", "log_family_mine", "in two words", 'a"b', "select"])
def test_a_trigger_that_is_not_the_logs_is_left_and_does_not_stand_in_the_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    path = database(tmp_path / "gammel.db", 6, monkeypatch)
    quoted = name.replace('"', '""')
    with closing(unlocked(path)) as connection:
        connection.execute(f'CREATE TRIGGER "{quoted}" AFTER INSERT ON family BEGIN SELECT 1; END')
    with Store.open(path, KEY) as old:
        left = old.rows("SELECT name FROM sqlite_schema WHERE type IN ('trigger', 'view')")
        assert [row[0] for row in left] == [name]


def test_what_came_with_version_2_is_blank_in_older_records(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = database(tmp_path / "gammel.db", 1, monkeypatch)
    with Store.open(path, KEY) as old:
        department = old.rows(
            "SELECT coordinators, retention_months, small_number, copies_folder FROM department"
        )
        assert tuple(department[0]) == ("[]", 24, 5, None)
        for column in ("family.prefers", "inquiry.contact", "volunteer.signed_up_on",
                       "hours.kind_other", "rule_exception.family_id"):  # fmt: skip
            table, _, name = column.partition(".")
            assert old.value(f"SELECT count({name}) FROM {table}") == 0, column


def test_an_exception_after_version_2_gets_the_number_after_the_last_ever_given_and_is_logged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = database(tmp_path / "gammel.db", 1, monkeypatch)
    with Store.open(path, KEY) as old, old.change("test") as change:
        made = {"rule": "leder", "decided_on": "2023-05-05", "reason": "Ut året"}
        assert change.insert("rule_exception", resource_group_member_id=1, **made) == 9
        change.update("rule_exception", 5, reason="Ville det selv")
        change.delete("rule_exception", 6)
    log = contents(path)["change"][-3:]
    assert [(row["operation"], row["first_id"]) for row in log] == [
        ("insert", 9), ("update", 5), ("delete", 6),
    ]  # fmt: skip
    assert json.loads(log[1]["before"]) == {"reason": "Ønsket det"}
    assert json.loads(log[2]["before"])["family_id"] is None


def test_exceptions_may_be_none_at_all_when_their_table_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where none was ever given, the next is the first; where all are gone, it is not."""
    none, gone = tmp_path / "ingen.db", tmp_path / "borte.db"
    with monkeypatch.context() as patch:
        whole = migrations.scripts()
        history_is(patch, whole[:1])
        Store.create(none, KEY, SALT).close()
    database(gone, 1, monkeypatch)
    connection = unlocked(gone)
    connection.execute("DELETE FROM rule_exception")
    connection.close()
    for path, following in ((none, 1), (gone, 9)):
        with Store.open(path, KEY) as old, old.change("test") as change:
            family = change.insert("family", name="Dal")
            number = change.insert("rule_exception", rule="x", decided_on="2023-01-01",
                                   reason="y", family_id=family)  # fmt: skip
            assert number == following


def test_rows_stay_and_the_log_follows_when_a_table_gets_a_column(
    empty_department: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = keys.found(salt_of(empty_department), lambda: "")
    with Store.open(empty_department, key) as before:
        taken_in(before, *everything())
        counted = counts(before)
    more = with_more("ALTER TABLE family ADD COLUMN colour TEXT;")
    history_is(monkeypatch, more)
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
    key = keys.found(salt_of(empty_department), lambda: "")
    with Store.open(empty_department, key) as before:
        taken_in(before, family())
    content = empty_department.read_bytes()
    more = with_more("ALTER TABLE family ADD COLUMN colour TEXT;", bad)
    with monkeypatch.context() as patch:
        history_is(patch, more)
        with pytest.raises(sqlcipher.OperationalError):
            Store.open(empty_department, key)
    assert empty_department.read_bytes() == content
    with Store.open(empty_department, key) as after:
        assert after.schema_version == THIS
        assert after.value("SELECT name FROM family") == "Familie F1"


def test_a_sound_copy_is_taken_before_anything_is_changed(
    empty_department: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = keys.found(salt_of(empty_department), lambda: "")
    with Store.open(empty_department, key) as before:
        taken_in(before, family())
    assert len(list(empty_department.parent.iterdir())) == 1
    more = with_more("DELETE FROM family;")
    with monkeypatch.context() as patch:
        history_is(patch, more)
        opened(empty_department, lambda: "").close()
    [copy] = copies.found([copies.default_folder(empty_department)])
    assert copy.why == "før oppgradering"
    with Store.open(copy.path, key) as old:
        assert old.schema_version == THIS
        assert old.value("SELECT name FROM family") == "Familie F1"


def test_nothing_is_changed_where_no_copy_can_be_taken(
    empty_department: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = empty_department.read_bytes()
    copies.default_folder(empty_department).write_text("en fil i veien")
    with monkeypatch.context() as patch:
        more = with_more("DELETE FROM department;")
        history_is(patch, more)
        with pytest.raises(NoDepartment, match="Først skal det tas en kopi"):
            opened(empty_department, lambda: "")
    assert empty_department.read_bytes() == content


def test_opening_a_database_of_this_version_takes_no_copy(empty_department: Path) -> None:
    key = keys.found(salt_of(empty_department), lambda: "")
    before = empty_department.read_bytes()
    Store.open(empty_department, key).close()
    assert [path.name for path in empty_department.parent.iterdir()] == ["avdeling.db"]
    assert empty_department.read_bytes() == before
