"""Taking change sets back gives exactly what was before, whatever they did, and again forward."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsf_cli.change import BULK_ROWS, Change
from hsf_cli.errors import NotFound, Stopped
from hsf_cli.records import KINDS, tombstone
from hsf_cli.registers.history import change_set, change_sets
from hsf_cli.registers.remembered import named
from hsf_cli.registers.undoing import undoable, undone
from hsf_cli.store import Store
from tests.builders import assignment, child, family, hours, inquiry, taken_in, volunteer
from tests.exchange.everything import everything
from tests.life.one_of_each import one_of_each

State = dict[str, list[tuple[Any, ...]]]
Step = tuple[Any, ...]

KEY, SALT = "ab" * 32, "cd" * 16
NUMBERS = st.integers(1, 4)
DAYS = st.sampled_from(["2023-01-01", "2023-06-01", "2024-01-01"])
MAYBE_DAYS = st.none() | DAYS
IDS = st.sampled_from([None, None, "x", "y", "z"])

# What a row of each table may hold, so that some of it breaks what the schema holds to.
ROWS: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "family": {"imported_id": IDS, "name": st.sampled_from(["Berg", "Dal"]), "note": IDS},
    "child": {"family_id": NUMBERS, "born": st.sampled_from(["2020", "2021-02-03"])},
    "inquiry": {
        "family_id": NUMBERS, "received_on": DAYS, "source": st.just("nav"),
        "visited_on": MAYBE_DAYS, "closed_on": MAYBE_DAYS,
    },
    "volunteer": {"imported_id": IDS, "name": st.just("Kari"), "capacity": st.integers(0, 3)},
    "assignment": {
        "inquiry_id": NUMBERS, "volunteer_id": NUMBERS, "started_on": DAYS, "ended_on": MAYBE_DAYS,
    },
    "activity": {"held_on": DAYS, "title": st.just("Tur"), "audience": st.just("familier")},
    "activity_family": {"activity_id": NUMBERS, "family_id": NUMBERS},
}  # fmt: skip


@st.composite
def steps(draw: st.DrawFn) -> Step:
    """An insert, an update of some columns, or a delete."""
    table = draw(st.sampled_from(list(ROWS)))
    operation = draw(st.sampled_from(["insert", "insert", "update", "delete"]))
    number = draw(NUMBERS)
    if operation == "delete":
        return operation, table, number
    values = {name: draw(value) for name, value in ROWS[table].items()}
    if operation == "update":
        names = draw(st.sets(st.sampled_from(sorted(values)), min_size=1))
        values = {name: values[name] for name in names}
    return operation, table, number, values


WORK = st.lists(st.lists(steps(), min_size=1, max_size=8), min_size=1, max_size=6)


def do(change: Change, step: Step) -> None:
    """Takes the step, unless the schema stands against it."""
    operation, table, number, *values = step
    try:
        if operation == "insert":
            change.insert(table, id=number, **values[0])
        elif operation == "update":
            change.update(table, number, **values[0])
        else:
            change.delete(table, number)
    except change.constraint_broken:
        pass


def state(store: Store) -> State:
    """Everything that is kept, the log aside."""
    tables = ["department", *KINDS]
    found = {table: store.rows(f"SELECT * FROM {table} ORDER BY id") for table in tables}
    found["tombstone"] = store.rows("SELECT * FROM tombstone ORDER BY 1, 2")
    return {table: [tuple(row) for row in rows] for table, rows in found.items() if rows}


def last(store: Store) -> int:
    return int(store.value("SELECT max(id) FROM change_set") or 0)


def undo(store: Store, number: int | None = None) -> int:
    return undone(store, undoable(store, number))


def schema(store: Store) -> list[tuple[Any, ...]]:
    return sorted(tuple(row) for row in store.rows("SELECT type, name, sql FROM sqlite_schema"))


@contextmanager
def fresh() -> Iterator[Store]:
    """An empty database of its own: a property runs on many."""
    with TemporaryDirectory() as folder, Store.create(Path(folder) / "a.db", KEY, SALT) as store:
        yield store


def worked(store: Store, work: list[list[Step]]) -> list[State]:
    """Does every change set, and gives the state before each that came to anything."""
    states = []
    for one in work:
        before, number = state(store), last(store)
        with store.change("test") as change:
            for step in one:
                do(change, step)
        if last(store) > number:
            states.append(before)
    return states


@settings(max_examples=15)
@given(work=WORK)
def test_undone_one_by_one_every_state_is_as_it_was_and_so_again_forward(
    work: list[list[Step]],
) -> None:
    with fresh() as store:
        states = [*worked(store, work), state(store)]
        shape, undos = schema(store), []
        for before in states[-2::-1]:
            undos.append(undo(store))
            assert state(store) == before
        with pytest.raises(Stopped, match="ingenting å angre"):
            undoable(store)
        for number, after in zip(reversed(undos), states[1:], strict=True):
            undo(store, number)
            assert state(store) == after
        assert schema(store) == shape
        assert store.value("PRAGMA integrity_check") == "ok"


@settings(max_examples=15)
@given(work=WORK, picks=st.lists(st.integers(0, 20), max_size=12))
def test_whatever_is_taken_back_and_done_again_the_way_back_is_open_to_the_first_day(
    work: list[list[Step]], picks: list[int]
) -> None:
    with fresh() as store:
        first = state(store)
        worked(store, work)
        for pick in picks:
            before = state(store)
            try:
                undo(store, pick % (last(store) + 1) + 1)
            except (Stopped, NotFound):
                assert state(store) == before
            assert store.rows("PRAGMA foreign_key_check") == []
        for one in list(change_sets(store)):
            if one.undoes is None and one.undone_by is None:
                assert undoable(store).number == one.number
                undo(store)
        assert state(store) == first
        assert store.value("PRAGMA integrity_check") == "ok"


def test_an_import_of_everything_goes_and_comes_again(store: Store) -> None:
    before = state(store)
    taken_in(store, *everything())
    whole = state(store)
    number = undo(store)
    assert state(store) == before
    undo(store, number)
    assert state(store) == whole


def test_an_update_by_import_is_taken_back(store: Store) -> None:
    taken_in(store, *everything())
    before = state(store)
    taken_in(store, family("F12", navn="Ny", utfordringer="rus"), family("F77"), update=True)
    undo(store)
    assert state(store) == before


def test_several_steps_on_one_record_are_taken_back_as_one(store: Store) -> None:
    taken_in(store, family("F1", navn="Berg", telefon="1"))
    before = state(store)
    with store.change("test") as change:
        change.update("family", 1, phone="2")
        change.update("family", 1, phone="3", name="Dal")
        change.delete("family", 1)
        change.insert("family", id=1, name="Eng")
        change.insert("family", name="Foss")
        change.update("family", 2, name="Gran")
        change.insert("family", name="Hol")
        change.delete("family", 3)
    undo(store)
    assert state(store) == before


def test_an_open_inquiry_that_was_closed_for_another_is_open_again(store: Store) -> None:
    taken_in(store, family(), inquiry("H1"))
    before = state(store)
    with store.change("test") as change:
        change.update("inquiry", 1, closed_on="2023-05-01")
        change.insert("inquiry", family_id=1, received_on="2023-06-01", source="nav")
    undo(store)
    assert state(store) == before


def test_ids_that_changed_hands_are_given_back(store: Store) -> None:
    taken_in(store, family("x"), family("y"))
    before = state(store)
    with store.change("test") as change:
        change.update_all("family", [(1, {"imported_id": "y"}), (2, {"imported_id": "x"})])
    undo(store)
    assert state(store) == before


def test_a_family_removed_with_all_that_is_its_own_is_back_with_it(store: Store) -> None:
    taken_in(store, family(), child(), inquiry(), volunteer(), assignment(), hours())
    before = state(store)
    with store.change("test") as change:
        for table in ("hours", "assignment", "inquiry", "child", "family"):
            change.delete(table, 1)
    undo(store)
    assert state(store) == before


def test_a_number_that_was_undone_is_never_given_again(store: Store) -> None:
    taken_in(store, family("F1"))
    undo(store)
    with store.change("test") as change:
        assert change.insert("family", name="Ny") == 2


def test_a_change_set_that_came_to_nothing_is_passed_by_the_next_time(store: Store) -> None:
    taken_in(store, family("F1"))
    with store.change("test") as change:
        change.insert("family", name="Ny")
        change.delete("family", 2)
    undo(store)
    undo(store)
    assert "family" not in state(store)


def test_the_department_itself_is_never_undone(store: Store) -> None:
    with pytest.raises(Stopped, match="ingenting å angre"):
        undoable(store)
    with pytest.raises(Stopped, match="kan ikke tas tilbake"):
        undoable(store, 1)
    with store.change("avdeling endre") as change:
        change.update("department", 1, name="Home-Start Ny")
    undo(store)
    assert store.value("SELECT name FROM department") == "Home-Start Prøve"


def test_what_erased_somebody_is_not_taken_back_nor_passed_by_unseen(store: Store) -> None:
    taken_in(store, family("F1"))
    with store.change("personvern slett") as change:
        change.delete("family", 1)
        change._connection.execute("UPDATE change SET before = NULL WHERE operation = 'delete'")
    with pytest.raises(Stopped, match="kan ikke tas tilbake"):
        undoable(store, last(store))
    with pytest.raises(Stopped, match=r"personvern slett.* kan ikke tas tilbake"):
        undoable(store)
    with pytest.raises(Stopped, match=r"personvern slett.* bygger på endring 2"):
        undoable(store, 2)


def test_tombstones_go_with_the_change_set_that_left_them_and_come_back_with_it(
    store: Store,
) -> None:
    hashed = tombstone(store.salt, "family", "CRM-7")
    taken_in(store, family("CRM-7"))
    before = state(store)
    with store.change("familie slå-sammen") as change:
        change.delete("family", 1)
        change.bury("family", hashed)
        change.bury("family", hashed)
    merged = state(store)
    assert merged["tombstone"] == [("family", hashed)]
    number = undo(store)
    assert state(store) == before
    undo(store, number)
    assert state(store) == merged


def test_another_tombstone_for_the_same_id_stays(store: Store) -> None:
    hashed = tombstone(store.salt, "family", "CRM-7")
    for _ in range(2):
        taken_in(store, family("CRM-7"), revive=True)
        with store.change("test") as change:
            change.delete("family", last_family(store))
            change.bury("family", hashed)
    undo(store)
    assert state(store)["tombstone"] == [("family", hashed)]


def last_family(store: Store) -> int:
    return int(store.value("SELECT max(id) FROM family"))


def _family_renamed(change: Change) -> None:
    change.update("family", 1, name="Ny")


def _child_added(change: Change) -> None:
    change.insert("child", family_id=1, born="2021")


def _family_removed(change: Change) -> None:
    change.delete("family", 1)


@pytest.mark.parametrize("later", [_family_renamed, _child_added, _family_removed])
def test_what_something_later_builds_on_stays_and_that_is_named(
    store: Store, later: Callable[[Change], None]
) -> None:
    taken_in(store, family("F1"))
    with store.change("noe senere") as change:
        later(change)
    with store.change("noe annet") as change:
        change.insert("volunteer", name="Kari")
    before, number = state(store), last(store)
    with pytest.raises(Stopped, match=r"Endring 3 .noe senere, .* bygger på endring 2") as told:
        undoable(store, 2)
    assert "--endring 3" in told.value.advice
    assert (state(store), last(store)) == (before, number)
    undo(store, 3)
    undo(store, 2)
    assert "family" not in state(store)


def test_a_later_change_of_other_columns_is_not_in_the_way(store: Store) -> None:
    taken_in(store, family("F1", navn="Berg", telefon="1"))
    with store.change("test") as change:
        change.update("family", 1, phone="2")
    with store.change("test") as change:
        change.update("family", 1, name="Dal")
    undo(store, 3)
    assert tuple(store.rows("SELECT name, phone FROM family")[0]) == ("Dal", "1")


def test_a_later_change_that_the_first_state_does_not_go_with_is_named(store: Store) -> None:
    taken_in(store, family(), inquiry(mottatt="2023-06-01"))
    with store.change("test") as change:
        change.update("inquiry", 1, received_on="2023-01-01")
    with store.change("henvendelse besøk") as change:
        change.update("inquiry", 1, visited_on="2023-02-01")
    with pytest.raises(Stopped, match=r"henvendelse besøk.* bygger på endring 3"):
        undoable(store, 3)


def test_a_later_record_that_took_what_must_be_unique_is_named(store: Store) -> None:
    taken_in(store, family(), inquiry("H1"))
    with store.change("henvendelse avslutt") as change:
        change.update("inquiry", 1, closed_on="2023-05-01")
    with store.change("henvendelse ny") as change:
        change.insert("inquiry", family_id=1, received_on="2023-06-01", source="nav")
    with pytest.raises(Stopped, match=r"henvendelse ny.* bygger på endring 3: Henvendelse H2"):
        undoable(store, 3)


def test_a_record_is_not_given_back_to_one_that_is_gone(store: Store) -> None:
    taken_in(store, family("F1"), family("F2"), child("F1"))
    with store.change("test") as change:
        change.update("child", 1, family_id=2)
    with store.change("familie slett") as change:
        change.delete("family", 1)
    with pytest.raises(Stopped, match=r"familie slett.* bygger på endring 3: Familie F1"):
        undoable(store, 3)


def test_changes_that_are_taken_back_themselves_are_not_in_the_way(store: Store) -> None:
    taken_in(store, family("F1"))
    with store.change("test") as change:
        change.delete("family", 1)
    undo(store, undo(store))  # and done again
    undo(store)
    assert len(state(store)["family"]) == 1
    undo(store)
    assert "family" not in state(store)


def test_somebody_else_may_have_been_quicker(store: Store) -> None:
    taken_in(store, family("F1"))
    shown = undoable(store)
    with store.change("test") as change:
        change.update("family", 1, name="Ny")
    with pytest.raises(Stopped, match="bygger på endring 2"):
        undone(store, shown)
    shown = undoable(store)
    undo(store)
    with pytest.raises(Stopped, match="allerede tatt tilbake"):
        undone(store, shown)


def test_a_change_set_that_is_not_there_is_not_found(store: Store) -> None:
    with pytest.raises(NotFound, match="ingen endring 99"):
        undoable(store, 99)


def test_a_change_set_knows_what_undid_it(store: Store) -> None:
    taken_in(store, family("F1"))
    assert undo(store) == 3
    one, other = change_set(store, 2), change_set(store, 3)
    assert one is not None
    assert other is not None
    assert (one.undone_by, other.undoes, other.command) == (3, 2, "data angre 2")


def test_five_thousand_rows_go_in_a_moment_and_come_again(store: Store) -> None:
    rows = [hours("kurs", "2:30", besøk="1") for _ in range(BULK_ROWS)]
    taken_in(store, volunteer(), *rows)
    before = time.perf_counter()
    number = undo(store)
    undo(store, number)
    assert time.perf_counter() - before < 5
    assert len(state(store)["hours"]) == BULK_ROWS


def test_a_record_of_any_kind_has_a_name_that_says_more_than_its_number(store: Store) -> None:
    taken_in(store, *everything())
    for table, kind in KINDS.items():
        number = store.value(f"SELECT min(id) FROM {table}")
        assert len(named(store, table, number)) > len(f"{kind.singular} {kind.name(number)} ()")


def test_what_belongs_to_the_same_is_told_apart(store: Store) -> None:
    taken_in(store, *one_of_each())
    assert [named(store, table, 1) for table in KINDS if store.value(f"SELECT 1 FROM {table}")] == [
        "Familie F1 (Berg)", "Barn B1 (Berg, Ada)", "Henvendelse H1 (Berg)",
        "Samtale SM1 (Berg, 01.02.2024)", "Samtykke SA1 (Berg, 02.01.2024)",
        "Bekymringsmelding BM1 (Eng, 05.02.2024)", "Familiekontakt V1 (Liv)",
        "Tidligere periode PE1 (Tor, 01.01.2019)", "Pause P1 (Una, 01.07.2023)",
        "Kurs K1 (Vårkurset)", "Kursdag KD1 (Vårkurset, 01.02.2023)",
        "Kursdeltaker D1 (Vårkurset – Liv)", "Oppmøte OM1 (Vårkurset – Gro)",
        "Oppdrag O1 (Eng – Gro)", "Forlengelse FL1 (Eng – Gro, 01.12.2024)",
        "Oppfølging OF1 (Eng – Gro, 20.02.2024)", "Aktivitet A1 (Hagefest, 10.02.2024)",
        "Familie på aktivitet AF1 (Hagefest – Eng)", "Timeføring T1 (Gro, 29.02.2024)",
        "Styremedlem RM1 (Per)", "Styremøte RT1 (02.02.2024)", "Unntak U1 (Berg, målgruppe)",
    ]  # fmt: skip


def test_a_row_of_a_report_is_told_of_with_its_words(store: Store) -> None:
    taken_in(store, *everything())
    assert named(store, "report_figure", 1) == "Raden «Årsverk» i årsrapporten for 2022"
    assert named(store, "annual_report", 1) == "Årsrapporten for 2022 (2 tall)"


@pytest.mark.parametrize("removed", [False, True])
def test_names_are_told_of_what_is_removed_too(store: Store, removed: bool) -> None:
    taken_in(store, family(navn="Hansen"), inquiry(), volunteer(navn="Berit"), assignment(),
             child(), hours(dato="2026-02-03"))  # fmt: skip
    if removed:
        with store.change("test") as change:
            for table in ("hours", "assignment", "child", "inquiry", "family", "volunteer"):
                change.delete(table, 1)
    assert [named(store, table, 1) for table in
            ("family", "volunteer", "assignment", "inquiry", "child", "hours")] == [
        "Familie F1 (Hansen)", "Familiekontakt V1 (Berit)", "Oppdrag O1 (Hansen – Berit)",
        "Henvendelse H1 (Hansen)", "Barn B1 (Hansen)", "Timeføring T1 (Berit, 03.02.2026)",
    ]  # fmt: skip
