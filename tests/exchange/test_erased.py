"""Merged and erased records do not come back by themselves."""

from collections.abc import Callable
from pathlib import Path

import pytest

from hsf_cli.exchange.importing import SheetResult
from hsf_cli.records import tombstone
from hsf_cli.store import Store
from tests.builders import (
    Record,
    activity,
    activity_family,
    assignment,
    child,
    family,
    hours,
    inquiry,
    taken_in,
    volunteer,
)
from tests.conftest import Run
from tests.exchange.files import counts, csv_folder

Hsf = Callable[..., Run]

WITH_ALL_THAT_IS_THEIRS = [
    family("CRM-7"), child("CRM-7"), inquiry("H1", "CRM-7"), volunteer("V1"),
    assignment("O1", "H1", "V1"), activity("A1"), activity_family("A1", "CRM-7"), hours("oppdrag"),
]  # fmt: skip


def erase(store: Store, table: str, number: int, id: str) -> None:
    """Removes the record and leaves its tombstone."""
    with store.change("test") as change:
        change.delete(table, number)
        change.insert("tombstone", record=table, id_hash=tombstone(store.salt, table, id))


def erased(results: list[SheetResult]) -> dict[str, int]:
    return {result.sheet: result.erased for result in results if result.erased}


@pytest.mark.parametrize("id", ["F1", "CRM-7"])
@pytest.mark.parametrize("update", [False, True])
def test_an_erased_record_is_told_of_and_not_added(store: Store, id: str, update: bool) -> None:
    taken_in(store, family(id, navn="Berg"))
    erase(store, "family", 1, id)
    before = counts(store)
    results = taken_in(store, family(id, navn="Berg"), update=update)
    assert (results[0].erased, results[0].added, results[0].present) == (1, 0, 0)
    assert counts(store) == before


def test_what_refers_to_an_erased_record_stays_out_with_it(store: Store) -> None:
    taken_in(store, family("CRM-7"))
    erase(store, "family", 1, "CRM-7")
    results = taken_in(store, *WITH_ALL_THAT_IS_THEIRS)
    assert erased(results) == {
        "familier": 1, "barn": 1, "henvendelser": 1, "oppdrag": 1, "aktivitetsfamilier": 1,
        "timer": 1,
    }  # fmt: skip
    assert {name: counts(store).get(name) for name in ("volunteer", "activity", "child")} == {
        "volunteer": 1, "activity": 1, "child": None,
    }  # fmt: skip


def test_what_stays_out_takes_with_it_what_refers_to_it_in_turn(store: Store) -> None:
    taken_in(store, family("F1"), volunteer("V1"))
    erase(store, "family", 1, "F1")
    results = taken_in(store, inquiry("new", "F1"), assignment("newer", "new"),
                       hours(oppdrag="newer"))  # fmt: skip
    assert erased(results) == {"henvendelser": 1, "oppdrag": 1, "timer": 1}


def test_a_reference_to_an_erased_record_is_no_unknown_one(store: Store) -> None:
    taken_in(store, family("F1"), family("F2"))
    erase(store, "family", 1, "F1")
    [result] = taken_in(store, child("F1"), child("F2"))
    assert (result.erased, result.added) == (1, 1)


def test_the_others_in_the_file_are_added(hsf: Hsf, store: Store, tmp_path: Path) -> None:
    taken_in(store, family("CRM-7"))
    erase(store, "family", 1, "CRM-7")
    folder = csv_folder(tmp_path / "inn", [family("CRM-7"), family("CRM-8")])
    run = hsf("data", "importer", folder)
    assert run.code == 0
    assert "Slettet tidligere" in run.out
    assert [row[0] for row in store.rows("SELECT imported_id FROM family")] == ["CRM-8"]


def test_erased_rows_are_taken_in_again_when_that_is_asked_for(
    hsf: Hsf, store: Store, tmp_path: Path
) -> None:
    taken_in(store, family("CRM-7"))
    erase(store, "family", 1, "CRM-7")
    folder = csv_folder(tmp_path / "inn", WITH_ALL_THAT_IS_THEIRS)
    assert hsf("data", "importer", folder, "--også-slettede").code == 0
    assert counts(store)["hours"] == 1
    assert counts(store)["activity_family"] == 1


def test_a_record_that_was_taken_in_again_is_like_any_other(store: Store) -> None:
    taken_in(store, family("CRM-7"))
    erase(store, "family", 1, "CRM-7")
    taken_in(store, family("CRM-7"), revive=True)
    [same] = taken_in(store, family("CRM-7"))
    assert (same.present, same.erased) == (1, 0)
    [changed] = taken_in(store, family("CRM-7", navn="Ny"), update=True)
    assert changed.updated == 1
    results = taken_in(store, family("CRM-7"), child("CRM-7"), inquiry("H1", "CRM-7"))
    assert [result.added for result in results] == [0, 1, 1]


def test_a_tombstone_is_for_one_kind_of_record(store: Store) -> None:
    taken_in(store, family("x"))
    erase(store, "family", 1, "x")
    [result] = taken_in(store, volunteer("x"))
    assert (result.added, result.erased) == (1, 0)


def test_an_erased_row_of_a_file_without_required_ids_stays_out(store: Store) -> None:
    row: Record = hours("kurs", id="T1")
    taken_in(store, volunteer("V1"), row)
    erase(store, "hours", 1, "T1")
    [result] = taken_in(store, row)
    assert (result.erased, result.added) == (1, 0)


def test_a_tombstone_tells_nothing_of_the_id(store: Store) -> None:
    taken_in(store, family("Nordmann"))
    erase(store, "family", 1, "Nordmann")
    kept = store.value("SELECT id_hash FROM tombstone")
    assert b"Nordmann" not in kept
    assert kept == tombstone(store.salt, "family", "Nordmann")
    assert kept != tombstone("00" * 16, "family", "Nordmann")


def test_an_import_of_erased_records_alone_leaves_no_change_set(store: Store) -> None:
    taken_in(store, family("F1"))
    erase(store, "family", 1, "F1")
    before = counts(store)
    taken_in(store, family("F1"), child("F1"))
    assert counts(store) == before


def test_a_file_of_nothing_but_erased_records_is_not_said_to_be_empty(
    hsf: Hsf, store: Store, tmp_path: Path
) -> None:
    with store.change("test") as change:
        change.insert("tombstone", record="family", id_hash=tombstone(store.salt, "family", "F1"))
    run = hsf("data", "importer", csv_folder(tmp_path / "inn", [family("F1")]))
    assert run.code == 0
    assert "ingen rader" not in run.out
    assert "1 rad er av poster som er slettet" in run.out
    assert "--også-slettede" in run.out
