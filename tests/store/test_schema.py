"""What the schema itself holds to, whoever writes: dates, codes, orders, references."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from hsf_cli.codes import code_lists
from hsf_cli.errors import HsfError
from hsf_cli.exchange.sheets import SHEETS
from hsf_cli.records import KINDS
from hsf_cli.store import Store
from tests.builders import taken_in
from tests.exchange.everything import everything

# The columns of one code, by the list they are of.
CODED = {
    ("family", "civil_status"): "civil_status",
    ("family", "background"): "background",
    ("family", "found_us"): "found_family",
    ("family", "prefers"): "time_of_day",
    ("inquiry", "source"): "inquiry_source",
    ("inquiry", "closed_reason"): "inquiry_closed",
    ("volunteer", "gender"): "gender",
    ("volunteer", "occupation"): "occupation",
    ("volunteer", "found_us"): "found_volunteer",
    ("volunteer", "prefers"): "time_of_day",
    ("assignment", "end_reason"): "assignment_ended",
    ("follow_up", "kind"): "follow_up",
    ("activity", "audience"): "audience",
    ("hours", "kind"): "hours_kind",
}


@pytest.fixture
def filled(store: Store) -> Store:
    """A department with a record or more of every kind."""
    taken_in(store, *everything())
    return store


def change(store: Store, table: str, **values: Any) -> None:
    """Sets columns of the table's first record."""
    number = store.value(f"SELECT min(id) FROM {table}")
    with store.change("test") as one:
        one.update(table, number, **values)


def refused(store: Store, table: str, **values: Any) -> None:
    with refusal():
        change(store, table, **values)


@contextmanager
def refusal() -> Iterator[None]:
    """Expects the schema to refuse what is written, in whatever words the store tells of it."""
    with pytest.raises((sqlcipher.DatabaseError, HsfError)) as told:
        yield
    assert isinstance(told.value.__cause__ or told.value, sqlcipher.DatabaseError)


def tables(store: Store) -> list[str]:
    rows = store.rows("SELECT name FROM sqlite_schema WHERE type = 'table'")
    return [row[0] for row in rows if not row[0].startswith("sqlite_")]


def columns(store: Store, ending: str) -> list[tuple[str, str]]:
    return [
        (table, row["name"])
        for table in tables(store)
        for row in store.rows(f"PRAGMA table_info({table})")
        if row["name"].endswith(ending)
    ]


def test_every_table_is_strict(store: Store) -> None:
    strict = {row["name"]: row["strict"] for row in store.rows("PRAGMA table_list")}
    assert {name for name in tables(store) if not strict[name]} == set()


def test_every_kind_of_record_has_a_table_with_numbers_that_are_never_used_again(
    store: Store,
) -> None:
    for kind in KINDS.values():
        sql = store.value("SELECT sql FROM sqlite_schema WHERE name = :name", name=kind.table)
        assert "AUTOINCREMENT" in sql, kind.table
        assert "imported_id TEXT" in sql, kind.table
    assert set(KINDS) == {sheet.table for sheet in SHEETS}


def test_no_two_kinds_have_the_same_letter() -> None:
    assert len({kind.letter for kind in KINDS.values()}) == len(KINDS)


@pytest.mark.parametrize(("column", "name"), CODED.items(), ids=lambda value: ".".join(value))
def test_the_codes_that_a_column_takes_are_those_of_its_list(
    store: Store, column: tuple[str, str], name: str
) -> None:
    table, field = column
    sql = store.value("SELECT sql FROM sqlite_schema WHERE name = :name", name=table)
    found = re.search(rf"\b{field} IN \(([^)]*)\)", sql)
    assert found
    assert re.findall(r"'([^']*)'", found[1]) == list(code_lists()[name])


@pytest.mark.parametrize("column", CODED, ids=".".join)
def test_a_code_that_is_not_in_the_list_is_refused(filled: Store, column: tuple[str, str]) -> None:
    table, field = column
    refused(filled, table, **{field: "tøys"})
    refused(filled, table, **{field: ""})


@pytest.mark.parametrize(
    "day", ["2023-02-29", "2023-3-1", "1.3.2023", "2023-03-01 10:00", "20230301", "", "now", "x"]
)
def test_a_date_that_is_none_is_refused_in_every_column_of_dates(filled: Store, day: str) -> None:
    dates = [(table, column) for table, column in columns(filled, "_on") if table in KINDS]
    assert len(dates) >= 25
    for table, column in dates:
        refused(filled, table, **{column: day})


@pytest.mark.parametrize("table", ["child", "volunteer"])
@pytest.mark.parametrize("born", ["21", "3021", "2021-13-01", "år", "", "2021-1-1", "20215"])
def test_a_birth_is_a_year_or_a_date(filled: Store, table: str, born: str) -> None:
    refused(filled, table, born=born)
    change(filled, table, born="2021")
    change(filled, table, born="2020-02-29")


@pytest.mark.parametrize(
    ("table", "before", "after"),
    [
        ("inquiry", "received_on", "visited_on"), ("inquiry", "received_on", "closed_on"),
        ("inquiry", "visited_on", "closed_on"), ("consent", "given_on", "withdrawn_on"),
        ("volunteer", "approved_on", "left_on"), ("earlier_period", "approved_on", "left_on"),
        ("pause", "from_on", "to_on"), ("course", "starts_on", "ends_on"),
        ("assignment", "started_on", "ended_on"), ("assignment", "started_on", "planned_end_on"),
        ("resource_group_member", "from_on", "to_on"),
    ],
)  # fmt: skip
def test_an_end_before_its_start_is_refused_and_the_same_day_is_not(
    filled: Store, table: str, before: str, after: str
) -> None:
    sound = {"received_on": "2023-01-01", "visited_on": None, "closed_on": "2023-12-01"}
    others = sound if table == "inquiry" else {}
    refused(filled, table, **{**others, before: "2023-05-05", after: "2023-05-04"})
    change(filled, table, **{**others, before: "2023-05-05", after: "2023-05-05"})


@pytest.mark.parametrize(
    ("table", "values"),
    [
        ("hours", {"minutes": -1}), ("hours", {"visits": -1}), ("hours", {"driving_minutes": -1}),
        ("hours", {"visits": 2, "minutes": 2 * 1440 + 1}), ("hours", {"minutes": 2.5}),
        ("hours", {"kind": "oppdrag", "assignment_id": None}), ("hours", {"minutes": None}),
        ("activity", {"parents": -1}), ("activity", {"children": -1}), ("activity", {"title": ""}),
        ("course_registration", {"minutes": -1}), ("course_registration", {"completed": "x"}),
        ("course_day", {"minutes": -1}), ("attendance", {"minutes": -1}),
        ("volunteer", {"capacity": -1}), ("volunteer", {"has_children": 2}),
        ("volunteer", {"name": ""}), ("family", {"name": None}), ("family", {"name": ""}),
        ("family", {"reception_centre": 2}), ("family", {"challenges": "rus"}),
        ("family", {"support": "{}"}), ("child", {"special_needs": 2}),
        ("assignment", {"usual_time": "24:00"}), ("assignment", {"usual_time": "9:30"}),
        ("rule_exception", {"inquiry_id": None}), ("rule_exception", {"volunteer_id": 9}),
        ("rule_exception", {"family_id": 12}), ("rule_exception", {"resource_group_member_id": 1}),
        ("talk", {"inquiry_id": 999}), ("talk", {"inquiry_id": None}),
        ("department", {"coordinators": "Siri"}), ("department", {"coordinators": None}),
        ("department", {"coordinators": "{}"}), ("department", {"retention_months": 0}),
        ("department", {"small_number": -1}),
        ("child", {"family_id": 999}), ("hours", {"volunteer_id": 999}),
        ("department", {"position_percent": 0}), ("department", {"hours_per_fte": 0}),
    ],
    ids=str,
)  # fmt: skip
def test_what_can_never_be_is_refused(filled: Store, table: str, values: dict[str, Any]) -> None:
    refused(filled, table, **values)


def test_a_department_begins_with_what_most_have(store: Store) -> None:
    columns = "coordinators, retention_months, small_number, copies_folder"
    assert tuple(store.rows(f"SELECT {columns} FROM department")[0]) == ("[]", 24, 3, None)


@pytest.mark.parametrize(
    "subject",
    ["family_id", "inquiry_id", "volunteer_id", "assignment_id", "resource_group_member_id"],
)
def test_an_exception_is_about_any_of_five_kinds_and_only_one(filled: Store, subject: str) -> None:
    made = {"rule": "x", "decided_on": "2023-01-01", "reason": "y"}
    number = filled.value(f"SELECT min(id) FROM {subject.removesuffix('_id')}")
    _inserted(filled, "rule_exception", **made, **{subject: number})
    other = "family_id" if subject != "family_id" else "volunteer_id"
    with refusal():
        _inserted(filled, "rule_exception", **made, **{subject: number, other: 12})


@pytest.mark.parametrize("answers", ["{}", '{"navn": "Berg"}', "[]"])
def test_a_draft_is_json_and_is_in_no_log(filled: Store, answers: str) -> None:
    logged = filled.value("SELECT count(*) FROM change")
    draft = {"name": "henvendelse ny", "begun_at": "2024-03-15T10:00"}
    with filled.change("test") as one:
        one.insert("draft", answers=answers, **draft)
        one.update("family", 12, name="Dal")
    assert filled.value("SELECT answers FROM draft") == answers
    assert filled.value("SELECT count(*) FROM change") == logged + 1
    for wrong in ({"answers": "Berg"}, {"answers": None}, {"name": None}):
        with refusal():
            _inserted(filled, "draft", **{"answers": "{}", **draft, "name": "annen", **wrong})


@pytest.mark.parametrize(
    ("lookup", "index"),
    [
        ("talk WHERE inquiry_id = 1 ORDER BY talked_on", "talk_inquiry"),
        ("follow_up WHERE done_on IS NULL AND planned_on <= '2023-01-01'", "follow_up_undone"),
        ("rule_exception WHERE family_id = 1", "rule_exception_family"),
        ("rule_exception WHERE inquiry_id = 1", "rule_exception_inquiry"),
        ("rule_exception WHERE volunteer_id = 1", "rule_exception_volunteer"),
        ("rule_exception WHERE assignment_id = 1", "rule_exception_assignment"),
        ("rule_exception WHERE resource_group_member_id = 1", "rule_exception_member"),
    ],
)
def test_daily_lookups_go_by_an_index(store: Store, lookup: str, index: str) -> None:
    plan = [row["detail"] for row in store.rows(f"EXPLAIN QUERY PLAN SELECT * FROM {lookup}")]
    assert [index in step for step in plan] == [True], plan


@pytest.mark.parametrize(
    "values",
    [{"visits": 0, "minutes": 9_000}, {"visits": None, "minutes": 9_000},
     {"visits": 2, "minutes": 2 * 1440}, {"visits": 5, "minutes": 0}],
    ids=str,
)  # fmt: skip
def test_hours_that_may_be_are_taken(filled: Store, values: dict[str, Any]) -> None:
    change(filled, "hours", **values)


def test_a_second_open_inquiry_of_a_family_is_refused(filled: Store) -> None:
    opened = {"received_on": "2024-01-01", "source": "nav"}
    family = filled.value("SELECT family_id FROM inquiry WHERE closed_on IS NULL")
    with refusal():
        _inserted(filled, "inquiry", family_id=family, **opened)
    _inserted(filled, "inquiry", family_id=family, closed_on="2024-01-02", **opened)


def test_a_family_is_on_an_activity_once(filled: Store) -> None:
    row = filled.rows("SELECT activity_id, family_id FROM activity_family")[0]
    with refusal():
        _inserted(filled, "activity_family", activity_id=row[0], family_id=row[1])


def test_no_two_records_of_a_kind_have_the_same_imported_id(filled: Store) -> None:
    with refusal():
        _inserted(filled, "family", imported_id="CRM-7", name="Dal")


def _inserted(store: Store, table: str, **values: Any) -> None:
    with store.change("test") as one:
        one.insert(table, **values)


@pytest.mark.parametrize("table", ["family", "inquiry", "volunteer", "course", "assignment"])
def test_what_others_refer_to_cannot_be_removed(filled: Store, table: str) -> None:
    numbers = [row[0] for row in filled.rows(f"SELECT id FROM {table} ORDER BY id")]
    with refusal():
        _removed(filled, table, numbers)
    assert filled.value(f"SELECT count(*) FROM {table}") == len(numbers)


def _removed(store: Store, table: str, numbers: list[int]) -> None:
    with store.change("test") as one:
        for number in numbers:
            one.delete(table, number)


def test_a_list_of_codes_is_kept_in_the_order_of_the_form(filled: Store) -> None:
    challenges = filled.value("SELECT challenges FROM family WHERE imported_id = 'CRM-7'")
    assert json.loads(challenges) == ["flerfødsel", "rus", "annet"]
