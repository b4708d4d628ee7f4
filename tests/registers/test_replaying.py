"""What was erased since a copy was made is erased again in it, and nothing else."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

import pytest

from hsf_cli.registers import erasing, mentions, replaying
from hsf_cli.registers.merging import merged
from hsf_cli.store import Store
from tests.builders import Record, family, inquiry, taken_in, volunteer
from tests.registers.test_erasing import (
    F12,
    KEY,
    V3,
    both,
    department,
    secret,
    texts,
    traces,
    traces_in_file,
    with_a_history,
)

How = Literal["anonymisert", "slettet"]
BOTH = pytest.mark.parametrize("how", ["anonymisert", "slettet"])


def copied(store: Store) -> Store:
    """A copy of it as it is, open."""
    path = store.path.with_name("kopi.db")
    store.copy_to(path)
    return Store.open(path, KEY)


def erase(store: Store, how: How, *people: tuple[str, int]) -> None:
    for person in people:
        if how == "anonymisert":
            erasing.anonymised(store, [person])
        else:
            erasing.erased(store, *person)


@contextmanager
def entered_twice() -> Iterator[tuple[Store, Store]]:
    """A department where somebody was entered a second time, and a copy from then."""
    second = [family("F41", navn=secret("dobbel"), notat=secret("notat")),
              inquiry("H41", "F41", "2022-01-01", avsluttet="2022-02-01", notat=secret("sak")),
              ]  # fmt: skip
    with department(family("F12"), *second) as store, copied(store) as copy:
        with store.change("familie slå-sammen") as change:
            merged(store, change, 12, 41, {41: {"name": "Het også"}})
        yield store, copy


@BOTH
def test_a_copy_is_erased_again_and_only_once(how: How) -> None:
    with department(*both()) as store:
        with_a_history(store)
        with store.change("kontakt endre") as change:
            change.update("volunteer", 4, note=f"Kjenner {secret('lund')}")
        with copied(store) as copy:
            erase(store, how, F12, V3)
            known = replaying.told(store)
            assert traces(texts(copy))
            assert replaying.replayed(copy, [known, known]) == 2
            assert traces(texts(copy)) == []
            assert traces_in_file(copy) == []
            assert replaying.told(copy).erasures == known.erasures
            assert replaying.replayed(copy, [known]) == 0


@BOTH
def test_who_was_joined_into_them_later_stands_alone_in_the_copy_and_goes(how: How) -> None:
    with entered_twice() as (store, copy):
        erase(store, how, F12)
        assert replaying.replayed(copy, [replaying.told(store)]) == 2
        assert traces(texts(copy)) == []


def test_who_was_joined_and_not_erased_is_left_alone() -> None:
    with entered_twice() as (store, copy):
        before = texts(copy)
        assert replaying.replayed(copy, [replaying.told(store)]) == 0
        assert texts(copy) == before


def test_a_likely_mention_that_was_chosen_goes_again_and_no_other() -> None:
    with department(*both()) as store:
        with store.change("endre") as change:
            change.update("volunteer", 4, note="Ring Zara")
            change.update("family", 13, note="Zara er noen andre")
        with copied(store) as copy:
            found = mentions.found(store, erasing.erases(store, *F12, how="anonymisert"))
            assert [one.is_certain for one in found] == [False, False]
            chosen = [one for one in found if one.table == "volunteer"]
            erasing.anonymised(store, [F12], chosen)
            replaying.replayed(copy, [replaying.told(store)])
            assert copy.value("SELECT note FROM volunteer WHERE id = 4") == "Ring [anonymisert]"
            assert copy.value("SELECT note FROM family WHERE id = 13") == "Zara er noen andre"


@BOTH
def test_no_old_file_brings_back_whom_the_copy_never_knew(how: How) -> None:
    old: list[Record] = [family("CRM-7", navn="Berg"), volunteer("Kari", navn="Kari")]
    with department() as store, copied(store) as copy:
        taken_in(store, *old)
        erase(store, how, ("family", 1), ("volunteer", 1))
        replaying.replayed(copy, [replaying.told(store)])
        assert [result.added for result in taken_in(copy, *old)] == [0, 0]
