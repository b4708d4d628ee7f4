"""Who a row is: its id, its number, and rows that nothing but their content tells apart."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from hsf_cli.exchange.importing import SheetResult
from hsf_cli.store import Store
from tests.builders import (
    Record,
    activity,
    activity_family,
    child,
    course,
    family,
    hours,
    inquiry,
    pause,
    registration,
    taken_in,
    volunteer,
)
from tests.conftest import Run
from tests.exchange.everything import everything
from tests.exchange.files import contents, counts, csv_folder, written_to

Hsf = Callable[..., Run]


def ids(store: Store, table: str = "family") -> dict[int, str | None]:
    """Each record's number, and the id it came with where that is not its short name."""
    return {row[0]: row[1] for row in store.rows(f"SELECT id, imported_id FROM {table}")}


def added(results: list[SheetResult]) -> list[int]:
    return [result.added for result in results]


def test_an_id_of_the_right_letter_becomes_the_number(store: Store) -> None:
    taken_in(store, family("F12"), volunteer("V3"))
    assert ids(store) == {12: None}
    assert ids(store, "volunteer") == {3: None}


@pytest.mark.parametrize(
    "id", ["f12", "F012", "F0", "F-1", "F", "12", "V12", "F12a", " F 12", "FF12", "F１２", "CRM-7"]
)
def test_any_other_id_is_kept_and_the_number_is_the_next(store: Store, id: str) -> None:
    taken_in(store, family(id))
    assert ids(store) == {1: id.strip()}


def test_the_claims_of_a_file_go_before_its_other_ids(store: Store) -> None:
    taken_in(store, family("CRM-7"), family("F3"), family("CRM-8"), family("F1"))
    assert ids(store) == {1: None, 3: None, 4: "CRM-7", 5: "CRM-8"}


def test_an_id_whose_number_is_taken_is_kept_as_it_is(store: Store) -> None:
    taken_in(store, family("CRM-7"), family("CRM-8"))
    taken_in(store, family("F1"))
    assert ids(store) == {1: "CRM-7", 2: "CRM-8", 3: "F1"}


def test_numbers_go_on_after_the_highest_ever_given(store: Store) -> None:
    taken_in(store, family("F40"))
    with store.change("test") as change:
        change.delete("family", 40)
    taken_in(store, family("CRM-7"))
    assert ids(store) == {41: "CRM-7"}


def test_each_kind_has_numbers_of_its_own(store: Store) -> None:
    taken_in(store, family("F5"), inquiry("H5", "F5"), child("F5", id="B5"), child("F5", "2019"))
    assert ids(store, "child") == {5: None, 6: None}
    assert ids(store, "inquiry") == {5: None}


def test_ids_are_compared_composed_and_trimmed_but_in_their_case(store: Store) -> None:
    taken_in(store, family("Å1"))
    results = taken_in(store, family(" A\N{COMBINING RING ABOVE}1\t"), family("å1"))
    assert (results[0].present, results[0].added) == (1, 1)


def test_the_same_files_again_add_nothing(hsf: Hsf, store: Store, tmp_path: Path) -> None:
    folder = csv_folder(tmp_path / "inn", everything())
    taken_in(store, *everything())
    before = contents(written_to(store, tmp_path / "før"))
    counted = counts(store)
    run = hsf("data", "importer", folder)
    assert run.code == 0
    assert "Finnes fra før" in run.out
    assert counts(store) == counted
    assert contents(written_to(store, tmp_path / "etter")) == before


def test_an_import_of_nothing_new_leaves_no_change_set(store: Store) -> None:
    taken_in(store, family("F1"), child())
    before = counts(store)
    taken_in(store, family("F1"), child())
    taken_in(store, family("F1", navn="Annet"))
    taken_in(store, family("F1"), child(), update=True)
    assert counts(store) == before


@pytest.mark.parametrize("update", [False, True])
def test_a_trial_writes_nothing_and_says_what_would_happen(
    hsf: Hsf, store: Store, empty_department: Path, tmp_path: Path, update: bool
) -> None:
    taken_in(store, family("F1"))
    before = empty_department.read_bytes()
    records = [family("F1", navn="Nytt"), family("CRM-7"), child("CRM-7"), child("F1")]
    folder = csv_folder(tmp_path / "inn", records)
    run = hsf("data", "importer", folder, "--prøv", *(["--oppdater"] if update else []))
    assert run.code == 0
    assert "Ingenting er skrevet" in run.out
    assert ("3 nye rader og 1 endret rad" if update else "3 nye rader ville") in run.out
    assert empty_department.read_bytes() == before
    taken_in(store, family("CRM-8"))
    assert ids(store)[2] == "CRM-8"


def test_a_reference_may_be_the_imported_id_or_the_number(store: Store) -> None:
    taken_in(store, family("F1"), family("CRM-7"))
    taken_in(store, child("CRM-7", "2001"), child("F2", "2002"), child("F1", "2003"))
    rows = [tuple(row) for row in store.rows("SELECT born, family_id FROM child ORDER BY born")]
    assert rows == [("2001", 2), ("2002", 2), ("2003", 1)]


@pytest.mark.parametrize(
    "records",
    [
        [family("CRM-7"), child("F1")],
        [course("K1"), volunteer("V1"), registration("K1", "V1"),
         ("kursdager", {"id": "KD1", "kurs": "K1", "dato": "2023-02-01"}),
         ("oppmøte", {"kursdag": "KD1", "kursdeltaker": "D1"})],
    ],
    ids=["another id", "no id"],
)  # fmt: skip
def test_a_number_that_a_file_is_about_to_give_is_no_id_yet(
    hsf: Hsf, empty_department: Path, tmp_path: Path, records: list[Record]
) -> None:
    assert hsf("data", "importer", csv_folder(tmp_path / "inn", records)).code == 6


def test_an_id_that_the_files_define_means_their_own_record(store: Store) -> None:
    taken_in(store, family("CRM-7"))
    taken_in(store, family("F1"), child("F1"))
    assert ids(store) == {1: "CRM-7", 2: "F1"}
    assert store.value("SELECT family_id FROM child") == 2


def test_a_reference_that_fits_two_records_is_refused_without_the_file_that_says_which(
    hsf: Hsf, store: Store, tmp_path: Path
) -> None:
    taken_in(store, family("CRM-7"))
    taken_in(store, family("F1"))
    assert hsf("data", "importer", csv_folder(tmp_path / "inn", [child("F1")])).code == 6
    assert hsf("data", "importer", csv_folder(tmp_path / "inn", [child("CRM-7")])).code == 0


EQUAL = {
    "barn": child("F1", "2021", navn="Ola"),
    "timer": hours("kurs", "2", familiekontakt="V1"),
    "pauser": pause("V1", "2023-01-01"),
}


@pytest.mark.parametrize("record", EQUAL.values(), ids=EQUAL.keys())
def test_equal_rows_without_ids_are_matched_by_count_and_never_merged(
    store: Store, record: Record
) -> None:
    taken_in(store, family("F1"), volunteer("V1"))
    assert added(taken_in(store, record, record)) == [2]
    assert added(taken_in(store, record, record)) == [0]
    assert added(taken_in(store, record)) == [0]
    assert added(taken_in(store, record, record, record)) == [1]
    assert added(taken_in(store, record, record, record)) == [0]


def test_rows_without_ids_that_differ_in_anything_are_two(store: Store) -> None:
    taken_in(store, family("F1"), child("F1", "2021"))
    results = taken_in(store, child("F1", "2021", særskilte_behov="nei"), child("F1", "2021-01-01"))
    assert added(results) == [2]


def test_a_blank_and_a_missing_column_are_the_same_when_rows_are_matched(store: Store) -> None:
    taken_in(store, family("F1"), child("F1", "2021", navn="", særskilte_behov=""))
    assert added(taken_in(store, child("F1", "2021"))) == [0]


@pytest.mark.parametrize("order", [1, -1], ids=["id first", "id last"])
def test_a_row_with_an_id_does_not_stand_for_an_equal_one_without(store: Store, order: int) -> None:
    with_id, without = hours("kurs", id="T1"), hours("kurs")
    taken_in(store, volunteer("V1"), with_id)
    [result] = taken_in(store, *[with_id, without][::order])
    assert (result.added, result.present) == (1, 1)
    assert store.value("SELECT count(*) FROM hours") == 2


def test_a_row_without_its_id_is_known_by_its_content(store: Store) -> None:
    taken_in(store, volunteer("V1"), hours("kurs", id="CRM-9"))
    [result] = taken_in(store, hours("kurs"))
    assert (result.added, result.present) == (0, 1)


def test_rows_with_different_ids_are_different_records_however_equal(store: Store) -> None:
    taken_in(store, volunteer("V1"), hours("kurs", id="a"), hours("kurs", id="b"))
    assert added(taken_in(store, hours("kurs", id="c"), hours("kurs", id="a"))) == [1]


def test_a_family_twice_on_an_activity_is_once(store: Store) -> None:
    people = [family("F1"), family("F2"), activity("A1")]
    twice = [activity_family("A1", "F1"), activity_family("A1", "F2"), activity_family("A1", "F1")]
    results = taken_in(store, *people, *twice)
    assert (results[-1].added, results[-1].present) == (2, 1)
    [result] = taken_in(store, *twice)
    assert (result.added, result.present) == (0, 3)
    assert store.value("SELECT count(*) FROM activity_family") == 2


def test_a_family_twice_on_an_activity_is_once_also_under_ids(store: Store) -> None:
    def with_id(id: str) -> Record:
        return "aktivitetsfamilier", {"id": id, "aktivitet": "A1", "familie": "F1"}

    taken_in(store, family("F1"), activity("A1"), with_id("x"), with_id("y"), activity_family())
    taken_in(store, with_id("z"), with_id("x"))
    assert ids(store, "activity_family") == {1: "x"}


def test_what_became_of_each_sheet_is_told_as_json(hsf: Hsf, store: Store, tmp_path: Path) -> None:
    taken_in(store, family("F1"), family("F2"))
    records = [family("F1"), family("F2", navn="Ny"), family("F3"), child("F3")]
    run = hsf("data", "importer", csv_folder(tmp_path / "inn", records), "--format", "json")
    assert (run.code, run.err) == (0, "")
    assert json.loads(run.out) == [
        {"sheet": "familier", "added": 1, "updated": 0, "present": 2, "different": 1, "erased": 0},
        {"sheet": "barn", "added": 1, "updated": 0, "present": 0, "different": 0, "erased": 0},
    ]
