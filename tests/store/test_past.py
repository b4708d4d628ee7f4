"""The department as it stood after any change set, exactly, whatever has been done since."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlcipher3 import dbapi2 as sqlcipher

from hsf_cli.errors import HsfError, NotFound, Stopped
from hsf_cli.exchange.exporting import exported
from hsf_cli.past import as_known, as_of, latest
from hsf_cli.records import tombstone
from hsf_cli.store import Store
from tests.builders import TODAY, child, family, hours, inquiry, served, taken_in, volunteer
from tests.conftest import Run
from tests.exchange.everything import everything
from tests.life.one_of_each import one_of_each
from tests.store import test_migrations as migrations
from tests.store.test_undo import KEY, WORK, State, Step, do, fresh, state, undo

Hsf = Callable[..., Run]
Files = dict[str, bytes]


def files(store: Store, folder: Path) -> Files:
    """Everything that is kept, as an export writes it."""
    exported(store, folder, TODAY, lambda _sheet, _count: None)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@contextmanager
def untouched(store: Store) -> Iterator[None]:
    """What is done inside changes nothing in the department or its file."""
    before, content, log = state(store), store.path.read_bytes(), latest(store)
    yield
    assert (state(store), store.path.read_bytes(), latest(store)) == (before, content, log)


@settings(max_examples=15)
@given(work=WORK, picks=st.lists(st.integers(0, 20), max_size=6))
def test_every_state_there_was_is_there_still(work: list[list[Step]], picks: list[int]) -> None:
    with fresh() as store:
        states = {latest(store): state(store)}
        for steps in work:
            with store.change("test") as change:
                for step in steps:
                    do(change, step)
            states[latest(store)] = state(store)
        for pick in picks:
            try:
                undo(store, pick % (latest(store) + 1) + 1)
            except (Stopped, NotFound):
                continue
            states[latest(store)] = state(store)
        with untouched(store):
            for number, expected in states.items():
                with as_of(store, number) as then:
                    assert state(then) == expected
                    assert then.rows("PRAGMA foreign_key_check") == []
                    assert latest(then) == number


def families(store: Store) -> list[str]:
    return [f"F{row['id']}" for row in store.rows("SELECT id FROM family ORDER BY id")]


def at_random(hsf: Hsf, store: Store, random: Random, turn: int) -> None:
    """Does something a coordinator might; a rule may well stand against it."""

    def any_of(table: str, letter: str) -> str:
        numbers = [row["id"] for row in store.rows(f"SELECT id FROM {table}")]
        return f"{letter}{random.choice(numbers or [1])}"

    some_family, other = random.sample(sorted({"F1", "F2", *families(store)}), 2)
    imported = [family("F1", navn=f"Ny {turn}"), family(f"ny-{turn}"), child(f"ny-{turn}"),
                inquiry(f"H-{turn}", f"ny-{turn}")]  # fmt: skip
    commands = [
        ("familie", "endre", some_family, "--telefon", f"900 00 {turn:03}"),
        ("familie", "kartlegg", some_family, "--nettverk", "ingen", "--hjelp-før", "nav"),
        ("familie", "barn", some_family, "--født", "2020"),
        ("familie", "slå-sammen", some_family, other, "--ja"),
        ("familie", "slett", some_family, "--ja"),
        ("kontakt", "slå-sammen", any_of("volunteer", "V"), any_of("volunteer", "V"), "--ja"),
        ("henvendelse", "ny", "--navn", f"Lie {turn}", "--barn", "Ada 2021", "--kilde", "nav"),
        ("henvendelse", "avslutt", any_of("inquiry", "H"), "--grunn", "trukket"),
        ("oppdrag", "avslutt", any_of("assignment", "O"), "--grunn", "fullført"),
        ("oppdrag", "slett", any_of("assignment", "O"), "--ja"),
        ("timer", "slett", any_of("hours", "T"), "--ja"),
        ("avdeling", "endre", "--årsverk", str(1700 + turn)),
        ("data", "angre", "--ja"),
        ("data", "angre", "--ja"),
        ("data", "angre", "--ja", "--endring", str(random.randint(1, latest(store)))),
    ]  # fmt: skip
    choice = random.randrange(len(commands) + 2)
    if choice < len(commands):
        assert hsf(*commands[choice]).code in (0, 2, 3, 4), commands[choice]
    else:
        taken_in(store, *imported, update=True, revive=True)


@pytest.mark.parametrize("seed", range(2))
def test_every_export_there_was_comes_again_byte_for_byte(
    hsf: Hsf, store: Store, tmp_path: Path, seed: int
) -> None:
    taken_in(store, *one_of_each())
    random = Random(seed)
    exports = {latest(store): files(store, tmp_path / "0")}
    for turn in range(1, 21):
        at_random(hsf, store, random, turn)
        if latest(store) not in exports:
            exports[latest(store)] = files(store, tmp_path / str(turn))
    assert len(exports) > 10
    with untouched(store):
        for number, expected in exports.items():
            with as_of(store, number) as then:
                assert files(then, tmp_path / f"igjen-{number}") == expected


def test_a_whole_import_taken_back_is_there_again(store: Store) -> None:
    taken_in(store, *everything())
    whole, number = state(store), latest(store)
    undo(store)
    with as_of(store, number) as then:
        assert state(then) == whole


def test_what_is_past_of_the_past_is_the_same(store: Store) -> None:
    states: dict[int, State] = {}
    for name in ("Berg", "Dal", "Eng"):
        taken_in(store, family("F1", navn=name), update=True)
        states[latest(store)] = state(store)
    first, second, _ = states
    with as_of(store, second) as then, as_of(then, first) as before:
        assert state(before) == states[first]
        assert state(then) == states[second]


def test_ids_that_changed_hands_were_where_they_were(store: Store) -> None:
    taken_in(store, family("x"), family("y"))
    before, number = state(store), latest(store)
    with store.change("test") as change:
        change.update_all("family", [(1, {"imported_id": "y"}), (2, {"imported_id": "x"})])
    with as_of(store, number) as then:
        assert state(then) == before


def test_tombstones_are_those_of_the_time(store: Store) -> None:
    taken_in(store, family("CRM-7"))
    with store.change("familie slå-sammen") as change:
        change.delete("family", 1)
        change.bury("family", tombstone(store.salt, "family", "CRM-7"))
    merged, number = state(store), latest(store)
    undo(store)
    with as_of(store, number) as then, as_of(store, number - 1) as before:
        assert state(then) == merged
        assert "tombstone" not in state(before)
        assert then.salt == store.salt


def test_drafts_of_today_were_not_there(store: Store) -> None:
    store.set_aside("family 1", "{}")
    with as_of(store, latest(store)) as then:
        assert then.value("SELECT count(*) FROM draft") == 0
    assert store.value("SELECT count(*) FROM draft") == 1


def test_the_copy_is_read_as_any_department_and_never_written_to(store: Store) -> None:
    taken_in(store, *served(), hours())
    with untouched(store), as_of(store, latest(store)) as then:
        assert then.value("SELECT begun_months('2023-01-31', '2023-03-01')") == 2
        with then.reading():
            assert then.rows("SELECT name FROM volunteer")[0]["name"] == "Familiekontakt V1"
        with pytest.raises(HsfError, match="kan ikke skrives"):
            then.value("DELETE FROM family RETURNING id")
        with then.change("test") as change:
            change.update("family", 1, name="Ny")
        assert then.value("PRAGMA integrity_check") == "ok"


def test_what_the_log_no_longer_has_is_told_with_the_day_from_which_it_can_be_shown(
    store: Store,
) -> None:
    taken_in(store, family("F1"), family("F2"))
    with store.change("personvern slett") as change:
        change.delete("family", 1)
        change._connection.execute("UPDATE change SET before = NULL WHERE operation = 'delete'")
        change._connection.execute("UPDATE change_set SET made_at = '2024-02-03T10:15:00+01:00'")
    erased = latest(store)
    taken_in(store, volunteer())
    with pytest.raises(Stopped, match=rf"endring {erased} \(personvern slett, 03.02.2024\)"):
        as_of(store, erased - 1)
    with as_of(store, erased) as then:
        assert families(then) == ["F2"]


@pytest.fixture
def dated(store: Store) -> Store:
    """A department made on 1 March 2023, with a family from the 2nd and another from the 4th."""
    moments = ("2023-03-02T23:59:59+01:00", "2023-03-04T00:00:00+01:00")
    with store.change("start") as change:
        change.keep_anyway()
        change._connection.execute("UPDATE change_set SET made_at = '2023-03-01T08:00:00+01:00'")
    for moment in moments:
        with store.change("familie ny") as change:
            change.insert("family", name=moment)
            change.update("change_set", change.number, made_at=moment)
    return store


@pytest.mark.parametrize(
    ("day", "known"), [("2023-03-01", 0), ("2023-03-02", 1), ("2023-03-03", 1), ("2023-03-04", 2)]
)
def test_a_day_is_known_to_its_end(dated: Store, day: str, known: int) -> None:
    with as_known(dated, date.fromisoformat(day)) as then:
        assert len(families(then)) == known


def test_before_the_department_was_made_nothing_is_known(dated: Store) -> None:
    with pytest.raises(Stopped, match=r"01\.03\.2023.*28\.02\.2023, er ikke kjent") as told:
        as_known(dated, date(2023, 2, 28))
    assert "Velg 01.03.2023" in told.value.advice


@pytest.mark.parametrize("version", range(1, migrations.THIS))
def test_the_log_of_an_older_version_is_unwound_in_this_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: int
) -> None:
    path = migrations.database(tmp_path / "gammel.db", version, monkeypatch)
    with Store.open(path, KEY) as migrated:
        first, before = latest(migrated), state(migrated)
    # The same again, and changed while the database was of the older version still.
    path = migrations.database(tmp_path / "endret.db", version, monkeypatch)
    connection = sqlcipher.connect(str(path), isolation_level=None)
    connection.execute(f"PRAGMA key = \"x'{KEY}'\"")
    for statement in (
        "INSERT INTO change_set (made_at, made_by, command) VALUES ('2023-05-01', 'siri', 'y')",
        "UPDATE department SET name = 'Home-Start Etter'",
        "UPDATE inquiry SET coordinator = 'Berit' WHERE id = 4",
        "DELETE FROM hours",
        "DELETE FROM rule_exception WHERE id = 2",
        "DELETE FROM follow_up",
        "DELETE FROM department",
        "INSERT INTO department (id, name) VALUES (1, 'Home-Start Ny')",
    ):
        connection.execute(statement)
    connection.close()
    with Store.open(path, KEY) as store:
        with store.change("test") as change:
            change.update("volunteer", 3, signed_up_on="2020-01-01")
            change.update("department", 1, small_number=3)
            change.insert("talk", inquiry_id=4, talked_on="2023-06-01")
        with untouched(store), as_of(store, first) as then:
            assert state(then) == before
