"""Two who have one department open: they wait for each other, and neither writes the other over."""

import threading
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from hsf_cli import keys, patience
from hsf_cli.errors import HsfError, NoDepartment, Stopped
from hsf_cli.store import Store
from tests.builders import family, taken_in, volunteer

Record = tuple[str, int]


@pytest.fixture
def other(store: Store, empty_department: Path) -> Iterator[Store]:
    """The same department, opened by somebody else."""
    with store.sibling(empty_department) as other:
        yield other


@pytest.fixture
def overtaken(store: Store) -> list[tuple[int, Collection[Record]]]:
    """What the store says when others have been before it; it is attended from now on."""
    taken_in(store, family("F1"), family("F2"), volunteer("V1"))
    told: list[tuple[int, Collection[Record]]] = []

    def tell(since: int, records: Collection[Record]) -> HsfError:
        told.append((since, records))
        return Stopped("noen andre")

    store.attend(tell)
    return told


def renamed(store: Store, name: str, number: int = 1) -> None:
    with store.change("familie endre") as change:
        change.update("family", number, name=name)


def broken_off(store: Store) -> None:
    with store.change("familie endre") as change:
        change.update("family", 1, name="Dal")
        raise NoDepartment("")


def name_of(store: Store, number: int = 1) -> str:
    return str(store.value("SELECT name FROM family WHERE id = :n", n=number))


# Waiting.


@contextmanager
def held(store: Store, lock: str, seconds: float) -> Iterator[None]:
    """Somebody else has the file for so long."""
    ready = threading.Event()

    def hold() -> None:
        with store.sibling(store.path) as other:
            other._connection.execute("PRAGMA query_only = OFF")
            other._connection.execute(f"BEGIN {lock}")
            ready.set()
            time.sleep(seconds)
            other._connection.execute("ROLLBACK")

    thread = threading.Thread(target=hold)
    thread.start()
    ready.wait()
    yield
    thread.join()


def write(store: Store) -> object:
    return renamed(store, "Berg")


def read(store: Store) -> object:
    return name_of(store)


def copy(store: Store) -> object:
    return store.copy_to(store.path.with_name("kopi.db"))


@pytest.mark.parametrize(
    ("lock", "action"),
    [("IMMEDIATE", write), ("EXCLUSIVE", write), ("EXCLUSIVE", read), ("EXCLUSIVE", copy)],
)
def test_who_comes_second_waits_and_is_told_once(
    lock: str,
    action: Callable[[Store], object],
    store: Store,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(patience, "SECONDS_UNTIL_TOLD", 0.15)
    taken_in(store, family())
    told: list[str] = []
    key = keys.found(store.salt, str)
    with Store.open(store.path, key, waiting=lambda: told.append("venter")) as mine:
        with held(store, lock, 0.4):
            action(mine)
        with held(store, lock, 0.4):
            action(mine)
    assert told == ["venter"]


def test_whoever_opens_waits_too(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "SECONDS_UNTIL_TOLD", 0.15)
    told: list[str] = []
    key = keys.found(store.salt, str)
    with held(store, "EXCLUSIVE", 0.4):
        Store.open(store.path, key, waiting=lambda: told.append("venter")).close()
    assert told == ["venter"]


def test_what_is_done_soon_is_not_told_of(store: Store) -> None:
    told: list[str] = []
    key = keys.found(store.salt, str)
    taken_in(store, family())
    with (
        Store.open(store.path, key, waiting=lambda: told.append("venter")) as mine,
        held(store, "EXCLUSIVE", 0.2),
    ):
        renamed(mine, "Berg")
    assert told == []


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("action", [write, read, copy])
def test_nobody_waits_for_ever(action: Callable[[Store], object], store: Store) -> None:
    taken_in(store, family())
    with (
        held(store, "EXCLUSIVE", 0.5),
        pytest.raises(NoDepartment, match="opptatt"),
    ):
        action(store)
    assert name_of(store) == "Familie F1"


# Reading.


@pytest.mark.usefixtures("overtaken")
def test_what_is_read_is_of_one_moment_until_it_is_let_go(store: Store) -> None:
    assert name_of(store) == "Familie F1"

    def rename() -> None:
        with store.sibling(store.path) as another:
            renamed(another, "Berg")

    renaming = threading.Thread(target=rename)
    renaming.start()
    time.sleep(0.2)  # it waits: nobody writes while somebody reads
    assert [name_of(store), name_of(store)] == ["Familie F1"] * 2
    store.let_go()
    renaming.join()
    assert name_of(store) == "Berg"


@pytest.mark.usefixtures("overtaken")
def test_who_has_let_go_is_in_nobodys_way(store: Store, other: Store) -> None:
    assert name_of(store) == "Familie F1"
    store.let_go()
    begun = time.monotonic()
    renamed(other, "Berg")
    assert time.monotonic() - begun < patience.SECONDS_UNTIL_TOLD


# Writing.


def test_a_record_that_was_read_and_is_another_now_is_not_written_over(
    store: Store, other: Store, overtaken: list[tuple[int, Collection[Record]]]
) -> None:
    before = store.value("SELECT max(id) FROM change_set")
    assert name_of(store) == "Familie F1"
    store.let_go()
    renamed(other, "Berg")
    with pytest.raises(Stopped):
        renamed(store, "Dal")
    assert name_of(store) == "Berg"
    assert [since for since, _ in overtaken] == [before]


def test_a_record_that_was_changed_in_another_field_is_not_either(
    store: Store, other: Store, overtaken: list[tuple[int, Collection[Record]]]
) -> None:
    store.let_go()
    with other.change("familie endre") as change:
        change.update("family", 1, phone="900 00 001")
    with pytest.raises(Stopped):
        renamed(store, "Dal")
    assert [set(records) for _, records in overtaken] == [{("family", 1)}]
    assert name_of(store) == "Familie F1"


def test_what_stands_against_it_now_is_seen(
    store: Store, other: Store, overtaken: list[tuple[int, Collection[Record]]]
) -> None:
    """Nobody is over capacity because two were quick."""
    assert store.value("SELECT count(*) FROM family WHERE area = 'Nord'") == 0
    store.let_go()
    with other.change("familie endre") as change:
        change.update("family", 2, area="Nord")
    with pytest.raises(Stopped), store.change("familie endre") as change:
        change.update("family", 1, area="Nord")
    assert store.value("SELECT count(*) FROM family WHERE area = 'Nord'") == 1


@pytest.mark.usefixtures("overtaken")
def test_what_others_do_elsewhere_is_in_nobodys_way(store: Store, other: Store) -> None:
    assert name_of(store) == "Familie F1"
    store.let_go()
    renamed(other, "Berg", 2)
    renamed(store, "Dal")
    assert (name_of(store), name_of(store, 2)) == ("Dal", "Berg")


@pytest.mark.usefixtures("overtaken")
def test_what_was_only_looked_at_may_be_another(store: Store, other: Store) -> None:
    with store.looking():
        assert store.value("SELECT count(*) FROM family") == 2
    assert store.relying_on(lambda: store.value("SELECT count(*) FROM family") > 1)
    store.let_go()
    taken_in(other, family("F3"))
    renamed(store, "Dal")
    assert name_of(store) == "Dal"


@pytest.mark.usefixtures("overtaken")
def test_what_one_has_written_oneself_is_no_surprise(store: Store, other: Store) -> None:
    assert name_of(store) == "Familie F1"
    store.let_go()
    renamed(other, "Berg", 2)
    renamed(store, "Dal")
    renamed(store, "Eng")
    assert name_of(store) == "Eng"


@pytest.mark.usefixtures("overtaken")
def test_what_was_broken_off_is_still_built_on(store: Store, other: Store) -> None:
    assert name_of(store) == "Familie F1"
    with pytest.raises(NoDepartment):
        broken_off(store)
    renamed(other, "Berg")
    with pytest.raises(Stopped):
        renamed(store, "Dal")
