"""The sheet that a volunteer hands in hours with: no family in it, and read back as it is."""

import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from hsf_cli.codes import code_list
from hsf_cli.store import Store
from tests.builders import assignment, family, inquiry, taken_in, volunteer
from tests.builders import hours as entry
from tests.conftest import Run

Hsf = Callable[..., Run]


@pytest.fixture
def department(store: Store) -> Store:
    """Kari has O1 in February 2024, and O4 to the 20th of it; Ola has O3."""
    taken_in(
        store,
        volunteer("V1", navn="Kari"),
        volunteer("V2", navn="Ola"),
        family("F1", navn="Skogen"),
        inquiry("H1", "F1", "2020-01-01"),
        assignment("O1", "H1", "V1", "2023-06-01", klokkeslett="17:00"),
        family("F2", navn="Lia"),
        inquiry("H2", "F2", "2020-01-01"),
        assignment("=oppdrag 2", "H2", "V1", "2023-11-01", "2024-02-20"),
        family("F3", navn="Berg"),
        inquiry("H3", "F3", "2020-01-01"),
        assignment("O3", "H3", "V2", "2023-09-01"),
    )
    return store


@pytest.fixture
def folder(hsf: Hsf, department: Store, tmp_path: Path) -> Path:
    """The sheets of February, as they are sent out."""
    run = hsf("timer", "skjema", "--til", tmp_path / "ark")
    assert run.code == 0, run.err
    return tmp_path / "ark"


def rows(book: Workbook) -> list[list[Any]]:
    """The cells of the sheet `timer`, but for rows without any."""
    found = [list(row) for row in book["timer"].iter_rows(values_only=True)]
    return [row for row in found if any(row)]


def kari(folder: Path) -> Path:
    return folder / "timer-2024-02-V1.xlsx"


def filled(path: Path, cells: dict[str, object]) -> Path:
    book = load_workbook(path)
    for place, value in cells.items():
        book["timer"][place] = value
    book.save(path)
    return path


def entered(store: Store) -> list[tuple[Any, ...]]:
    sql = """SELECT imported_id, volunteer_id, assignment_id, worked_on, kind, visits, minutes,
                    driving_minutes, kind_other FROM hours ORDER BY id"""
    return [tuple(row) for row in store.rows(sql)]


def test_each_volunteer_gets_one_that_is_the_owners_alone(folder: Path) -> None:
    names = [path.name for path in sorted(folder.iterdir())]
    assert names == ["timer-2024-02-V1.xlsx", "timer-2024-02-V2.xlsx"]
    assert os.name == "nt" or {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {
        0o600
    }


def test_the_rows_are_filled_in_but_for_the_figures(folder: Path) -> None:
    header, first, second = rows(load_workbook(kari(folder)))
    assert header == [
        "familiekontakt", "oppdrag", "dato", "type", "besøk", "timer", "kjøring",
        "type_annet", "id",
    ]  # fmt: skip
    assert first[:8] == ["V1", "O1", "29.02.2024", "oppdrag", None, "0", None, None]
    assert second[:4] == ["V1", "=oppdrag 2", "20.02.2024", "oppdrag"]
    assert (first[8], second[8]) == ("O1-2024-02", "=oppdrag 2-2024-02")


def test_no_family_is_named_and_the_assignment_is_known_by_its_start(folder: Path) -> None:
    book = load_workbook(kari(folder))
    cells = {str(cell.value) for page in book for row in page.iter_rows() for cell in row}
    assert not {"Skogen", "Lia"} & {word for text in cells for word in text.split()}
    explained = list(book["Forklaring"].iter_rows(values_only=True))
    assert ("O1", "01.06.2023", "17:00") in explained
    hints = [one.prompt for one in book["timer"].data_validations.dataValidation if one.prompt]
    assert "Oppdraget som startet 01.06.2023." in hints


def test_no_cell_is_a_formula(folder: Path) -> None:
    book = load_workbook(kari(folder))
    assert all(cell.data_type != "f" for page in book for row in page.iter_rows() for cell in row)


def test_the_blank_rows_offer_what_can_stand_there(folder: Path) -> None:
    book = load_workbook(kari(folder))
    offered = {
        str(one.sqref)[0]: [
            cell.value
            for row in book["Forklaring"][one.formula1.partition("!")[2].replace("$", "")]
            for cell in row
        ]
        for one in book["timer"].data_validations.dataValidation
        if one.type == "list"
    }
    assert offered == {
        "A": ["V1"], "B": ["O1", "=oppdrag 2"], "D": list(code_list("hours_kind")),
    }  # fmt: skip


def test_filled_in_it_is_imported_once(hsf: Hsf, department: Store, folder: Path) -> None:
    path = filled(
        kari(folder),
        {"E2": 4, "F2": "10,5", "G2": "0:40", "E3": "0",
         "A4": "V1", "C4": "15.02.2024", "D4": "veiledning", "F4": 1.5,
         "A5": "V1", "C5": "16.02.2024", "D5": "annet", "F5": "2:30", "H5": "Ryddet"},
    )  # fmt: skip
    assert hsf("data", "importer", path).code == 0
    expected = [
        ("O1-2024-02", 1, 1, "2024-02-29", "oppdrag", 4, 630, 40, None),
        ("=oppdrag 2-2024-02", 1, 4, "2024-02-20", "oppdrag", 0, 0, None, None),
        (None, 1, None, "2024-02-15", "veiledning", None, 90, None, None),
        (None, 1, None, "2024-02-16", "annet", None, 150, None, "Ryddet"),
    ]
    assert entered(department) == expected
    again = hsf("data", "importer", path)
    assert (again.code, "Alt finnes fra før" in again.out) == (0, True)
    assert entered(department) == expected


def test_corrected_it_changes_the_entry(hsf: Hsf, department: Store, folder: Path) -> None:
    path = filled(kari(folder), {"E2": 4, "F2": 10, "E3": 3, "F3": 8})
    assert hsf("data", "importer", path).code == 0
    filled(path, {"E2": 5})
    assert "--oppdater" in hsf("data", "importer", path).out
    assert hsf("data", "importer", path, "--oppdater").code == 0
    assert [row[5] for row in entered(department)] == [5, 3]


def test_a_row_left_as_it_was_says_nothing_and_is_still_missing(
    hsf: Hsf, department: Store, folder: Path
) -> None:
    path = filled(kari(folder), {"E2": 4, "F2": 10})
    assert hsf("data", "importer", path).code == 0
    missing = hsf("timer", "mangler", "--måned", "februar").out
    assert "O4" in missing
    assert "O1" not in missing
    assert hsf("timer", "måned", "--linje", "O4 3 8").code == 0
    assert [row[5:7] for row in entered(department)] == [(4, 600), (3, 480)]
    assert "O4" not in hsf("timer", "mangler", "--måned", "februar").out


def test_sent_back_untouched_it_is_taken_as_nothing_handed_in(
    hsf: Hsf, department: Store, folder: Path
) -> None:
    assert hsf("data", "importer", kari(folder)).code == 0
    assert "O1" in hsf("timer", "mangler", "--måned", "februar").out


def test_what_is_entered_already_is_left_out(hsf: Hsf, department: Store, tmp_path: Path) -> None:
    taken_in(department, entry(dato="2024-02-29", besøk="4", timer="9"))
    run = hsf("timer", "skjema", "--til", tmp_path, "--kontakt", "kari")
    assert "1 oppdrag er ført fra før" in run.out
    (_, only) = rows(load_workbook(kari(tmp_path)))
    assert only[1] == "=oppdrag 2"
    assert (
        hsf("timer", "skjema", "--til", tmp_path, "--kontakt", "kari", "--alle", "--ja").code == 0
    )
    assert len(rows(load_workbook(kari(tmp_path)))) == 3


def test_one_volunteer_alone_and_a_month_that_has_not_begun(
    hsf: Hsf, department: Store, tmp_path: Path
) -> None:
    assert hsf("timer", "skjema", "2024-04", "--til", tmp_path / "ny", "--kontakt", "V2").code == 0
    (path,) = (tmp_path / "ny").iterdir()
    assert path.name == "timer-2024-04-V2.xlsx"
    assert rows(load_workbook(path))[1][2] == "30.04.2024"


def test_writing_over_asks_first(hsf: Hsf, folder: Path) -> None:
    filled(kari(folder), {"E2": 4})
    run = hsf("timer", "skjema", "--til", folder)
    assert run.code == 4
    assert "finnes fra før" in run.err
    assert rows(load_workbook(kari(folder)))[1][4] == 4
    assert hsf("timer", "skjema", "--til", folder, "--ja").code == 0
    assert rows(load_workbook(kari(folder)))[1][4] is None


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        ((), 2, "--til mangler"),
        (("2019-02", "--til", "ark"), 4, "Ingen oppdrag går i februar 2019"),
        (("vår", "--til", "ark"), 2, "MÅNED «vår»"),
    ],
)
def test_what_cannot_be_written_is_told(
    hsf: Hsf, department: Store, words: tuple[str, ...], code: int, told: str
) -> None:
    run = hsf("timer", "skjema", *words)
    assert run.code == code
    assert told in run.err
