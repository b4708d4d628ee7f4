"""`--oppdater` brings changes in: absent columns leave alone, empty cells empty."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hsf_cli.store import Store
from tests.builders import (
    Record,
    activity,
    activity_family,
    child,
    family,
    hours,
    inquiry,
    taken_in,
    volunteer,
)
from tests.conftest import Run
from tests.exchange.files import csv_folder, places

Hsf = Callable[..., Run]


def stored(store: Store, columns: str, table: str = "family") -> list[tuple[Any, ...]]:
    return [tuple(row) for row in store.rows(f"SELECT {columns} FROM {table} ORDER BY id")]


def test_without_the_option_nothing_changes_and_the_difference_is_told(
    hsf: Hsf, store: Store, tmp_path: Path
) -> None:
    taken_in(store, family("F1", telefon="1"))
    run = hsf("data", "importer", csv_folder(tmp_path / "inn", [family("F1", telefon="2")]))
    assert run.code == 0
    assert "--oppdater" in run.out
    assert stored(store, "phone") == [("1",)]


def test_an_absent_column_leaves_alone_and_an_empty_cell_empties(store: Store) -> None:
    everything = {"telefon": "1", "epost": "a@b", "utfordringer": "rus", "asylmottak": "ja"}
    taken_in(store, family("F1", **everything))
    taken_in(store, family("F1", telefon="", utfordringer="", asylmottak=""), update=True)
    assert stored(store, "phone, email, challenges, reception_centre") == [
        (None, "a@b", "[]", None)
    ]


def test_a_required_column_may_be_absent_but_not_emptied(
    hsf: Hsf, store: Store, tmp_path: Path
) -> None:
    taken_in(store, family("F1", telefon="1"))
    taken_in(store, ("familier", {"id": "F1", "telefon": "2"}), update=True)
    assert stored(store, "name, phone") == [("Familie F1", "2")]
    emptied = csv_folder(tmp_path / "inn", [family("F1", navn="")])
    assert [place["column"] for place in places(hsf, emptied, "--oppdater")] == ["navn"]


def test_a_new_row_still_needs_the_columns_that_its_file_has_left_out(
    hsf: Hsf, store: Store, tmp_path: Path
) -> None:
    taken_in(store, family("F1"))
    rows: list[Record] = [("familier", {"id": id, "telefon": "2"}) for id in ("F1", "F2")]
    folder = csv_folder(tmp_path / "inn", rows)
    assert [place["column"] for place in places(hsf, folder, "--oppdater")] == ["navn"]
    assert stored(store, "phone") == [(None,)]


def test_only_the_rows_that_change_are_counted_and_logged(
    hsf: Hsf, store: Store, tmp_path: Path
) -> None:
    taken_in(store, family("F1", telefon="1"), family("F2", telefon="2"), family("F3"))
    records = [family("F1", telefon="9"), family("F2", telefon="2"), family("F3"), family("F4")]
    run = hsf("data", "importer", csv_folder(tmp_path / "inn", records), "--oppdater")
    assert "1 ny rad og 1 endret rad" in run.out
    changes = stored(store, "operation, first_id, before", "change")[-2:]
    assert changes == [("update", 1, '{"phone":"1"}'), ("insert", 4, None)]


def test_the_order_of_codes_is_no_change(store: Store) -> None:
    taken_in(store, family("F1", utfordringer="rus,vold"))
    [result] = taken_in(store, family("F1", utfordringer=" VOLD ,rus, rus"), update=True)
    assert (result.updated, result.present) == (0, 1)


def test_a_record_that_kept_its_imported_id_is_updated_under_it(store: Store) -> None:
    taken_in(store, family("CRM-7"), family("F2"))
    taken_in(store, family("CRM-7", navn="Ny"), update=True)
    assert stored(store, "id, imported_id, name") == [(2, None, "Familie F2"), (3, "CRM-7", "Ny")]


def test_rows_that_were_imported_without_an_id_can_be_updated_under_their_number(
    store: Store,
) -> None:
    taken_in(store, family("F1"), child("F1", "2020"), child("F1", "2021"))
    taken_in(store, child("F1", "2022", id="B2"), update=True)
    assert stored(store, "id, born", "child") == [(1, "2020"), (2, "2022")]


def test_rows_without_ids_cannot_be_updated_but_are_new(store: Store) -> None:
    taken_in(store, volunteer("V1"), hours("kurs", "2"))
    [result] = taken_in(store, hours("kurs", "3"), update=True)
    assert (result.added, result.updated) == (1, 0)


def test_who_made_contact_may_become_known_and_be_taken_back(store: Store) -> None:
    taken_in(store, family("F1"), inquiry("H1", kilde="ikke_spurt"))
    [result] = taken_in(store, inquiry("H1", kilde="Ikke spurt"), update=True)
    assert (result.updated, result.present) == (0, 1)
    for text, source in (("nav", "nav"), ("ikke_spurt", None)):
        taken_in(store, inquiry("H1", kilde=text), update=True)
        assert stored(store, "source", "inquiry") == [(source,)]


@pytest.mark.parametrize("order", [1, -1], ids=["closing first", "opening first"])
def test_one_file_may_close_an_inquiry_and_open_another(store: Store, order: int) -> None:
    taken_in(store, family("F1"), inquiry("H1"))
    records = [inquiry("H1", avsluttet="2023-06-01"), inquiry("H2", mottatt="2023-07-01")]
    taken_in(store, *records[::order], update=True)
    assert stored(store, "id, closed_on", "inquiry") == [(1, "2023-06-01"), (2, None)]


@pytest.mark.parametrize("order", [1, -1], ids=["closing first", "opening first"])
def test_one_file_may_close_an_inquiry_and_reopen_another(store: Store, order: int) -> None:
    taken_in(store, family("F1"), inquiry("H1", avsluttet="2023-02-01"), inquiry("H2"))
    records = [inquiry("H2", avsluttet="2023-06-01"), inquiry("H1", avsluttet="")]
    taken_in(store, *records[::order], update=True)
    assert stored(store, "id, closed_on", "inquiry") == [(1, None), (2, "2023-06-01")]


def test_without_the_option_the_stored_inquiry_stays_open_and_a_second_is_refused(
    hsf: Hsf, store: Store, tmp_path: Path
) -> None:
    taken_in(store, family("F1"), inquiry("H1"))
    records = [inquiry("H1", avsluttet="2023-06-01"), inquiry("H2", mottatt="2023-07-01")]
    [place] = places(hsf, csv_folder(tmp_path / "inn", records))
    assert (place["line"], place["column"]) == (3, "avsluttet")


def test_a_file_that_opens_two_of_a_familys_inquiries_is_refused(
    hsf: Hsf, store: Store, tmp_path: Path
) -> None:
    closed = {"avsluttet": "2023-06-01"}
    taken_in(store, family("F1"), inquiry("H1", **closed), inquiry("H2", **closed))
    reopened = csv_folder(tmp_path / "inn", [inquiry("H1", avsluttet=""), inquiry("H2")])
    assert hsf("data", "importer", reopened, "--oppdater").code == 6
    assert stored(store, "closed_on", "inquiry") == [("2023-06-01",)] * 2


def test_two_open_inquiries_that_were_on_each_others_families_can_be_put_right(
    store: Store,
) -> None:
    taken_in(store, family("F1"), family("F2"), inquiry("H1", "F1"), inquiry("H2", "F2"))
    taken_in(store, inquiry("H1", "F2"), inquiry("H2", "F1"), update=True)
    assert stored(store, "family_id", "inquiry") == [(2,), (1,)]


def test_open_inquiries_can_be_moved_along_a_row_of_families(store: Store) -> None:
    taken_in(store, *(family(f"F{n}") for n in (1, 2, 3)), inquiry("H1", "F1"), inquiry("H2", "F2"))
    taken_in(store, inquiry("H1", "F2"), inquiry("H2", "F3"), update=True)
    assert stored(store, "family_id", "inquiry") == [(2,), (3,)]


def _present(id: str, familie: str) -> Record:
    return "aktivitetsfamilier", {"id": id, "aktivitet": "A1", "familie": familie}


@pytest.mark.parametrize(
    ("rows", "after"),
    [
        ([_present("AF1", "F2"), _present("AF2", "F1")], {"F1", "F2"}),
        ([_present("AF1", "F2"), _present("AF2", "F3")], {"F2", "F3"}),
        ([_present("AF2", "F3"), _present("AF1", "F2")], {"F2", "F3"}),
        ([activity_family("A1", "F1"), _present("AF1", "F3")], {"F1", "F2", "F3"}),
    ],
    ids=["changed places", "moved along", "moved along backwards", "back again in a new row"],
)
def test_families_on_an_activity_can_be_put_right(
    store: Store, rows: list[Record], after: set[str]
) -> None:
    taken_in(store, *(family(f"F{n}") for n in (1, 2, 3)), activity("A1"),
             activity_family("A1", "F1"), activity_family("A1", "F2"))  # fmt: skip
    taken_in(store, *rows, update=True)
    assert {f"F{n}" for (n,) in stored(store, "family_id", "activity_family")} == after
    [again] = taken_in(store, *rows, update=True)
    assert (again.added, again.updated) == (0, 0)


@pytest.mark.parametrize(
    "rows",
    [
        [_present("AF1", "F2")],
        [_present("AF1", "F3"), _present("AF2", "F3")],
        [_present("AF1", "F3"), activity_family("A1", "F3")],
        [activity_family("A1", "F3"), _present("AF1", "F3")],
    ],
    ids=["one onto another", "two onto one", "onto a new row's", "a new row's before it"],
)
def test_no_update_puts_a_family_twice_on_an_activity(
    hsf: Hsf, store: Store, tmp_path: Path, rows: list[Record]
) -> None:
    taken_in(store, *(family(f"F{n}") for n in (1, 2, 3)), activity("A1"),
             activity_family("A1", "F1"), activity_family("A1", "F2"))  # fmt: skip
    run = hsf("data", "importer", csv_folder(tmp_path / "inn", rows), "--oppdater")
    assert run.code in (0, 6), run.err
    on_it = stored(store, "family_id", "activity_family")
    assert len(on_it) == len(set(on_it))
    assert (run.code == 0) <= ({row["familie"] for _, row in rows} <= {f"F{n}" for (n,) in on_it})


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"avsluttet": "2022-12-31"}, "avsluttet"),
        ({"besøkt": "2023-04-01"}, "avsluttet"),
        ({"mottatt": "2023-02-02"}, "besøkt"),
    ],
)
def test_the_rules_hold_for_what_an_update_makes_of_the_record(
    hsf: Hsf, store: Store, tmp_path: Path, change: dict[str, str], column: str
) -> None:
    taken_in(store, family("F1"), inquiry("H1", besøkt="2023-02-01", avsluttet="2023-03-01"))
    folder = csv_folder(tmp_path / "inn", [("henvendelser", {"id": "H1", **change})])
    found = places(hsf, folder, "--oppdater")
    assert column in {place["column"] for place in found}
    assert stored(store, "received_on, visited_on, closed_on", "inquiry") == [
        ("2023-01-01", "2023-02-01", "2023-03-01")
    ]


def test_references_are_updated_too(store: Store) -> None:
    taken_in(store, family("F1"), family("CRM-7"), child("F1", id="B1"))
    taken_in(store, child("CRM-7", id="B1"), update=True)
    assert stored(store, "family_id", "child") == [(2,)]


@pytest.mark.parametrize("update", [False, True])
def test_an_error_in_a_row_that_is_here_is_one_whether_or_not_it_would_be_taken(
    hsf: Hsf, store: Store, tmp_path: Path, update: bool
) -> None:
    taken_in(store, family("F1"), inquiry("H1", mottatt="2023-02-01"))
    folder = csv_folder(
        tmp_path / "inn", [inquiry("H1", mottatt="2023-02-01", besøkt="2023-01-31")]
    )
    [place] = places(hsf, folder, *(["--oppdater"] if update else []))
    assert (place["line"], place["column"], place["value"]) == (2, "besøkt", "2023-01-31")
