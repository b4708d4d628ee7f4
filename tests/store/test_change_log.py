"""The change log: what happened to which record, what was before, and by which command."""

import getpass
import json
from contextlib import suppress
from datetime import datetime
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hsf_cli.change import BULK_ROWS, Change
from hsf_cli.errors import Stopped
from hsf_cli.records import KINDS
from hsf_cli.store import Store
from tests.builders import child, family, hours, taken_in, volunteer

Logged = tuple[str, str, int, int, dict[str, Any] | None]
Values = dict[str, str | int | None]

# Texts that look like JSON, numbers and nothing among them.
_TEXTS = (
    st.none() | st.text(max_size=4) | st.sampled_from(["null", "1", "[]", '"', "{}", "\\u0000"])
)
_VALUES = st.fixed_dictionaries(
    {"note": _TEXTS, "area": _TEXTS, "reception_centre": st.sampled_from([None, 0, 1])}
)


def newest(store: Store) -> list[Logged]:
    """What the newest change set did."""
    rows = store.rows(
        "SELECT record, operation, first_id, last_id, before FROM change"
        " WHERE change_set_id = (SELECT max(id) FROM change_set) ORDER BY id"
    )
    return [(*tuple(row)[:4], row[4] and json.loads(row[4])) for row in rows]


def schema(store: Store) -> list[tuple[Any, ...]]:
    return sorted(tuple(row) for row in store.rows("SELECT type, name, sql FROM sqlite_schema"))


def test_a_change_set_says_who_when_and_by_which_command(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: "siri")
    with store.change("familie endre") as change:
        change.insert("family", name="Berg")
    row = store.rows("SELECT made_at, made_by, command FROM change_set ORDER BY id")[-1]
    assert tuple(row)[1:] == ("siri", "familie endre")
    made_at = datetime.fromisoformat(row[0])
    assert made_at.tzinfo is not None
    assert abs((datetime.now().astimezone() - made_at).total_seconds()) < 600


def test_one_command_is_one_change_set(store: Store) -> None:
    taken_in(store, family("F1"), child("F1"), volunteer("V1"))
    assert store.value("SELECT count(*) FROM change_set WHERE command = 'data importer'") == 1
    assert newest(store) == [
        ("family", "insert", 1, 1, None),
        ("child", "insert", 1, 1, None),
        ("volunteer", "insert", 1, 1, None),
    ]


def test_inserts_that_follow_one_another_are_one_row(store: Store) -> None:
    with store.change("test") as change:
        for _ in range(3):
            change.insert("family", name="Berg")
        change.insert("family", id=7, name="Dal")
        change.insert("family", name="Eng")
        change.insert("volunteer", name="Kari")
        change.insert("family", name="Foss")
    assert newest(store) == [
        ("family", "insert", 1, 3, None),
        ("family", "insert", 7, 8, None),
        ("volunteer", "insert", 1, 1, None),
        ("family", "insert", 9, 9, None),
    ]


def test_a_run_never_goes_on_from_one_change_set_to_the_next(store: Store) -> None:
    taken_in(store, family("F1"))
    taken_in(store, family("F2"))
    assert newest(store) == [("family", "insert", 2, 2, None)]


def test_an_update_keeps_what_the_columns_that_changed_held_before(store: Store) -> None:
    taken_in(store, family("F1", telefon="1", epost="a@b"))
    with store.change("test") as change:
        change.update("family", 1, name="Familie F1", phone="2", email=None, area="Øst")
    before = {"phone": "1", "email": "a@b", "area": None}
    assert newest(store) == [("family", "update", 1, 1, before)]


def test_an_update_that_changes_nothing_is_not_logged(store: Store) -> None:
    taken_in(store, family("F1"))
    with store.change("test") as change:
        change.update("family", 1, name="Familie F1", note=None)
        change.insert("volunteer", name="Kari")
    assert newest(store) == [("volunteer", "insert", 1, 1, None)]


def test_a_delete_keeps_the_whole_record(store: Store) -> None:
    taken_in(store, volunteer("V1"), hours("kurs", "2:30", id="T4", besøk="1"))
    whole = dict(zip(*_row(store, "hours", 4), strict=True))
    with store.change("test") as change:
        change.delete("hours", 4)
    assert newest(store) == [("hours", "delete", 4, 4, whole)]
    assert whole["minutes"] == 150


def _row(store: Store, table: str, id: int) -> tuple[list[str], list[Any]]:
    row = store.rows(f"SELECT * FROM {table} WHERE id = :id", id=id)[0]
    return row.keys(), list(row)


def test_a_record_that_replaces_another_leaves_it_in_the_log(store: Store) -> None:
    taken_in(store, family("F1", navn="Berg"))
    with store.change("test") as change:
        change._connection.execute("REPLACE INTO family (id, name) VALUES (1, 'Dal')")
    operations = [(operation, before and before["name"]) for _, operation, _, _, before in
                  newest(store)]  # fmt: skip
    assert ("delete", "Berg") in operations
    assert ("insert", None) in operations


def test_every_record_table_has_its_three_triggers_over_all_its_columns(store: Store) -> None:
    logged = {"department", *KINDS}
    with store.change("test") as change:
        change.delete_where("draft", "name", "")  # which is beside the log
        for table in logged:
            change.delete_where(table, "id", -1)
        made = store.rows("SELECT name, sql FROM sqlite_temp_schema WHERE type = 'trigger'")
    triggers = dict(map(tuple, made))
    assert set(triggers) - {"logged_insert", "logged_before"} == {
        f"log_{table}_{operation}"
        for table in logged
        for operation in ("insert", "update", "delete")
    }
    for table in logged:
        for column in store.rows(f"PRAGMA table_info({table})"):
            assert f"OLD.{column['name']}" in triggers[f"log_{table}_update"]
            assert f"NEW.{column['name']}" in triggers[f"log_{table}_update"]
            assert f"OLD.{column['name']}" in triggers[f"log_{table}_delete"]


def test_the_file_itself_has_no_triggers_to_read(store: Store) -> None:
    taken_in(store, family("F1"))
    assert store.rows("SELECT name FROM sqlite_schema WHERE type IN ('trigger', 'view')") == []


def test_what_is_written_after_a_change_that_failed_is_logged(store: Store) -> None:
    taken_in(store, family("F1"))
    with pytest.raises(Stopped), store.change("test") as change:
        _fail_after_a_change(change)
    for name in ("Dal", "Eng"):
        with store.change("test") as change:
            change.update("family", 1, name=name)
    assert newest(store) == [("family", "update", 1, 1, {"name": "Dal"})]


def _fail_after_a_change(change: Change) -> None:
    change.update("family", 1, name="Berg")
    change.insert("child", family_id=99, born="2021")


def test_what_is_written_after_a_great_import_in_the_same_change_is_logged(store: Store) -> None:
    ids = range(1, BULK_ROWS + 1)
    with store.change("test") as change:
        change.insert("family", id=9_000, name="Først")
        change.insert_all("family", ["id", "name"], ((id, "Berg") for id in ids), ids)
        change.insert("family", id=10_000, name="Dal")
        change.update("family", 1, name="Eng")
        change.delete("family", 2)
    assert [row[:4] for row in newest(store)] == [
        ("family", "insert", 9_000, 9_000),
        ("family", "insert", 1, BULK_ROWS),
        ("family", "insert", 10_000, 10_000),
        ("family", "update", 1, 1),
        ("family", "delete", 2, 2),
    ]


_DEEDS = st.sampled_from(["add", "import", "rename", "remove"])
Told = list[tuple[str, int]]


def _do(deed: str, store: Store, change: Change) -> Told:
    """Does that to the families; gives what the log is to tell of it."""
    count, last = store.rows("SELECT count(*), coalesce(max(id), 0) FROM family")[0]
    if deed == "add":
        return [("insert", change.insert("family", name="Berg"))]
    if deed == "import":
        ids = range(last + 2, last + 4 + count)
        change.insert_all("family", ["id", "name"], ((id, "Dal") for id in ids), ids)
        return [("insert", id) for id in ids]
    if not count:
        return []
    if deed == "rename":
        change.update("family", last, name=f"Familie {store.value('SELECT random()')}")
        return [("update", last)]
    change.delete("family", last)
    return [("delete", last)]


@example([(["add", "import", "add"], False), (["import"], True), (["add"], False)])
@given(st.lists(st.tuples(st.lists(_DEEDS, min_size=1, max_size=4), st.booleans()), max_size=6))
def test_whatever_is_done_in_one_process_is_in_the_log_once(
    changes: list[tuple[list[str], bool]],
) -> None:
    """Each change is some deeds, and whether it is broken off after them."""
    done: Told = []
    with pytest.MonkeyPatch.context() as patch, Store.blank() as store:
        patch.setattr("hsf_cli.change.BULK_ROWS", 2)  # each import is a great one
        for deeds, is_broken_off in changes:
            with suppress(KeyboardInterrupt), store.change("test") as change:
                told = [one for deed in deeds for one in _do(deed, store, change)]
                if is_broken_off:
                    raise KeyboardInterrupt
                done += told
        log = store.rows("SELECT operation, first_id, last_id FROM change ORDER BY id")
        logged = [(what, id) for what, first, last in log for id in range(first, last + 1)]
    assert logged == done


@given(before=_VALUES, after=_VALUES)
def test_the_log_keeps_any_value_as_it_was(before: Values, after: Values) -> None:
    with Store.blank() as store:
        with store.change("test") as change:
            change.insert("family", name="Berg", **before)
        with store.change("test") as change:
            change.update("family", 1, **after)
            change.insert("volunteer", name="Kari")
        logged = newest(store)[:-1]
        differing = {name: value for name, value in before.items() if after[name] != value}
        assert logged == ([("family", "update", 1, 1, differing)] if differing else [])
        with store.change("test") as change:
            change.delete("family", 1)
        [(*_, whole)] = newest(store)
        assert whole is not None
        assert {name: whole[name] for name in after} == after


def test_what_is_told_of_the_department_is_logged_too(store: Store) -> None:
    with store.change("test") as change:
        change.update("department", 1, name="Home-Start Ny")
    assert newest(store) == [("department", "update", 1, 1, {"name": "Home-Start Prøve"})]


def test_a_great_import_is_logged_as_ranges_and_everything_is_there_again_after_it(
    store: Store,
) -> None:
    before = schema(store)
    ids = [*range(1, BULK_ROWS), *range(10_000, 10_010), 20_000]
    with store.change("test") as change:
        change.insert_all("family", ["id", "name"], ((id, f"Nr. {id}") for id in ids), ids)
        change.insert("volunteer", name="Kari")
    assert newest(store) == [
        ("family", "insert", 1, BULK_ROWS - 1, None),
        ("family", "insert", 10_000, 10_009, None),
        ("family", "insert", 20_000, 20_000, None),
        ("volunteer", "insert", 1, 1, None),
    ]
    assert schema(store) == before
    assert store.value("SELECT count(*) FROM family") == len(ids)
    assert store.value("PRAGMA integrity_check") == "ok"
    with store.change("test") as change:
        assert change.insert("family", name="Den neste") == 20_001
    assert newest(store) == [("family", "insert", 20_001, 20_001, None)]


def test_a_great_import_that_fails_leaves_the_schema_as_it_was(store: Store) -> None:
    before = schema(store)
    with pytest.raises(Stopped, match="går ikke sammen"):
        _insert_great(store, [*["Berg"] * BULK_ROWS, ""])
    assert schema(store) == before
    assert store.value("SELECT count(*) FROM family") == 0


def _insert_great(store: Store, names: list[str]) -> None:
    ids = range(1, len(names) + 1)
    with store.change("test") as change:
        change.insert_all("family", ["id", "name"], zip(ids, names, strict=True), ids)


def test_a_great_import_still_finds_what_must_be_unique(store: Store) -> None:
    with pytest.raises(Stopped, match="finnes allerede"), store.change("test") as change:
        _insert_twice(change)
    assert store.value("SELECT count(*) FROM family") == 0


def _insert_twice(change: Any) -> None:
    ids = range(1, BULK_ROWS + 1)
    rows = ((id, f"CRM-{id % 5_000}", "Berg") for id in range(1, BULK_ROWS + 2))
    change.insert_all("family", ["id", "imported_id", "name"], rows, [*ids, BULK_ROWS + 1])
