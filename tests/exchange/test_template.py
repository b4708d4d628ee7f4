"""The template: opens, explains itself, offers the codes, and imports as nothing."""

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from hsf_cli.codes import code_lists
from hsf_cli.exchange.sheet import Sheet
from hsf_cli.exchange.sheets import SHEETS
from hsf_cli.exchange.template import write_template
from hsf_cli.store import Store
from tests.conftest import Run
from tests.exchange.files import counts, taken_from

Hsf = Callable[..., Run]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("mal") / "mal.xlsx"
    write_template(path)
    return path


@pytest.fixture
def book(path: Path) -> Workbook:
    return load_workbook(path)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_every_sheet_has_all_its_columns(book: Workbook, sheet: Sheet) -> None:
    assert [cell.value for cell in book[sheet.name][1]] == sheet.headers


def test_the_explanations_say_what_every_column_may_hold(book: Workbook) -> None:
    rows = list(book["Forklaring"].iter_rows(values_only=True))
    explained = {(row[0], row[1]): row for row in rows if row[1]}
    for sheet in SHEETS:
        for header in sheet.headers:
            assert explained[sheet.name, header][3], (sheet.name, header)
    assert explained["familier", "navn"][2] == explained["timer", "dato"][2] == "ja"
    assert explained["familier", "id"][2] == "ja"
    assert not explained["familier", "telefon"][2]
    assert not explained["barn", "id"][2]
    assert "gift_samboer" in str(explained["familier", "sivilstatus"][3])


def test_the_explanation_of_who_made_contact_says_what_to_write_where_nobody_has_asked(
    book: Workbook,
) -> None:
    rows = book["Forklaring"].iter_rows(values_only=True)
    [expected] = [row[3] for row in rows if row[:2] == ("henvendelser", "kilde")]
    assert "fastlege" in expected
    assert "ikke_spurt" in expected
    assert "ikke_spurt" not in {cell.value for row in book["Koder"] for cell in row}


def offered(book: Workbook, sheet: str, header: str) -> list[object]:
    """What the drop-down of that column offers in its first rows."""
    page = book[sheet]
    letter = next(cell.column_letter for cell in page[1] if cell.value == header)
    for validation in page.data_validations.dataValidation:
        if f"{letter}2" in validation.sqref and f"{letter}5000" in validation.sqref:
            name, _, cells = validation.formula1.removeprefix("=").partition("!")
            return [cell.value for row in book[name][cells.replace("$", "")] for cell in row]
    return []


@pytest.mark.parametrize(
    ("sheet", "header", "name"),
    [
        ("familier", "sivilstatus", "civil_status"), ("familier", "bakgrunn", "background"),
        ("familier", "fant_oss", "found_family"), ("familier", "foretrekker", "time_of_day"),
        ("henvendelser", "kilde", "inquiry_source"),
        ("henvendelser", "avslutningsgrunn", "inquiry_closed"),
        ("familiekontakter", "kjønn", "gender"), ("familiekontakter", "yrkesstatus", "occupation"),
        ("familiekontakter", "fant_oss", "found_volunteer"),
        ("familiekontakter", "foretrekker", "time_of_day"),
        ("oppdrag", "avslutningsgrunn", "assignment_ended"),
        ("aktiviteter", "målgruppe", "audience"), ("timer", "type", "hours_kind"),
        ("oppfølginger", "type", "follow_up"),
    ],
)  # fmt: skip
def test_a_column_of_one_code_offers_the_list(
    book: Workbook, sheet: str, header: str, name: str
) -> None:
    assert offered(book, sheet, header) == list(code_lists()[name])


@pytest.mark.parametrize(
    ("sheet", "header"),
    [("familier", "asylmottak"), ("barn", "særskilte_behov"), ("familiekontakter", "har_barn")],
)
def test_a_column_of_yes_or_no_offers_both(book: Workbook, sheet: str, header: str) -> None:
    assert offered(book, sheet, header) == ["ja", "nei"]


@pytest.mark.parametrize("header", ["utfordringer", "navn", "hjelp_før"])
def test_a_column_that_takes_more_than_one_code_or_any_text_has_no_drop_down(
    book: Workbook, header: str
) -> None:
    assert offered(book, "familier", header) == []


def test_it_is_imported_as_nothing(hsf: Hsf, store: Store, path: Path) -> None:
    before = counts(store)
    run = hsf("data", "importer", path)
    assert (run.code, run.err) == (0, "")
    assert counts(store) == before


def test_filled_in_it_is_imported(store: Store, book: Workbook, tmp_path: Path) -> None:
    page = book["barn"]
    page.append(["F1", "Åse", 2021, "ja"])
    book["familier"].append(["F1", "Berg"])
    book.save(tmp_path / "fylt.xlsx")
    taken_from(store, tmp_path / "fylt.xlsx")
    assert tuple(store.rows("SELECT name, born, special_needs FROM child")[0]) == ("Åse", "2021", 1)


def test_the_command_writes_it_without_a_department(hsf: Hsf, tmp_path: Path) -> None:
    run = hsf("data", "mal", tmp_path / "ny" / "avdeling")
    made = tmp_path / "ny" / "avdeling.xlsx"
    assert run.code == 0
    assert str(made) in run.out
    assert os.name == "nt" or stat.S_IMODE(made.stat().st_mode) == 0o600
    assert "familier" in load_workbook(made, read_only=True).sheetnames


def test_the_command_does_not_write_over_a_file_unless_it_is_said(hsf: Hsf, tmp_path: Path) -> None:
    (tmp_path / "mal.xlsx").write_bytes(b"mine")
    assert hsf("data", "mal", tmp_path / "mal.xlsx").code == 4
    assert (tmp_path / "mal.xlsx").read_bytes() == b"mine"
    assert hsf("data", "mal", tmp_path / "mal.xlsx", "--ja").code == 0
    assert (tmp_path / "mal.xlsx").read_bytes().startswith(b"PK")
