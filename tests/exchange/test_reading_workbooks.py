"""Workbooks are read as people fill them: text, real dates, times, numbers and formulas' values."""

import random
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from hsf_cli.exchange import sources, workbooks
from hsf_cli.store import Store
from tests.conftest import Run
from tests.exchange.files import counts, places, taken_from, workbook

Hsf = Callable[..., Run]
LeftOpen = Callable[[], list[str]]


def volunteer(store: Store, path: Path, column: str, cell: Any) -> Any:
    """What is stored in a field of a volunteer whose workbook has that cell."""
    headers = ["id", "navn", column]
    taken_from(
        store, workbook(path / "inn.xlsx", {"familiekontakter": [headers, ["V1", "K", cell]]})
    )
    return store.rows("SELECT * FROM volunteer")[0]


@pytest.mark.parametrize(
    ("column", "cell", "field", "stored"),
    [
        ("godkjent", date(2023, 3, 1), "approved_on", "2023-03-01"),
        ("godkjent", datetime(2023, 3, 1), "approved_on", "2023-03-01"),
        ("godkjent", "1.3.2023", "approved_on", "2023-03-01"),
        ("født", 1980, "born", "1980"),
        ("født", 1980.0, "born", "1980"),
        ("født", "1980", "born", "1980"),
        ("født", date(1980, 2, 29), "born", "1980-02-29"),
        ("telefon", 90012345, "phone", "90012345"),
        ("telefon", 4790012345.0, "phone", "4790012345"),
        ("telefon", "+47 900 12 345", "phone", "+47 900 12 345"),
        ("kapasitet", 2, "capacity", 2),
        ("kapasitet", "2", "capacity", 2),
        ("har_barn", True, "has_children", 1),
        ("har_barn", False, "has_children", 0),
        ("har_barn", 0, "has_children", 0),
        ("har_barn", "Nei", "has_children", 0),
        ("har_barn", None, "has_children", None),
        ("notat", "'=1+1", "note", "'=1+1"),
        ("notat", " \n én\r\nto\tre ", "note", "én\nto\tre"),
        ("notat", 2.5, "note", "2.5"),
        ("notat", "_x005F_x000D_", "note", "_x005F_x000D_"),
    ],
)
def test_cells_of_every_type_are_understood(
    store: Store, tmp_path: Path, column: str, cell: Any, field: str, stored: Any
) -> None:
    assert volunteer(store, tmp_path, column, cell)[field] == stored


@pytest.mark.parametrize(
    ("cell", "minutes"),
    [
        (2.5, 150),
        (2, 120),
        (1 / 3, 20),
        (0.1 + 0.2, 18),
        ("2,5", 150),
        ("2:30", 150),
        (time(2, 30), 150),
        (time(0, 0), 0),
        (timedelta(hours=2, minutes=30), 150),
        (timedelta(hours=23), 23 * 60),
        (timedelta(hours=26, minutes=5), 26 * 60 + 5),
        (timedelta(minutes=2, seconds=30), 3),
        (timedelta(minutes=3, seconds=30), 4),
        (timedelta(minutes=2, seconds=29), 2),
    ],
)
def test_hours_become_whole_minutes_halves_up(
    store: Store, tmp_path: Path, cell: Any, minutes: int
) -> None:
    sheets = {
        "familiekontakter": [["id", "navn"], ["V1", "Kari"]],
        "timer": [["familiekontakt", "dato", "type", "timer"], ["V1", "2023-01-02", "kurs", cell]],
    }
    taken_from(store, workbook(tmp_path / "inn.xlsx", sheets))
    assert store.value("SELECT minutes FROM hours") == minutes


@pytest.mark.parametrize(
    ("cell", "stored"), [(time(15, 0), "15:00"), (time(9, 30), "09:30"), ("9.30", "09:30")]
)
def test_times_of_day_are_read(store: Store, tmp_path: Path, cell: Any, stored: str) -> None:
    sheets = {
        "familier": [["id", "navn"], ["F1", "Berg"]],
        "henvendelser": [["id", "familie", "mottatt", "kilde"], ["H1", "F1", "2023-01-02", "nav"]],
        "familiekontakter": [["id", "navn"], ["V1", "Kari"]],
        "oppdrag": [
            ["id", "henvendelse", "familiekontakt", "startet", "klokkeslett"],
            ["O1", "H1", "V1", date(2023, 2, 1), cell],
        ],
    }
    taken_from(store, workbook(tmp_path / "inn.xlsx", sheets))
    assert store.value("SELECT usual_time FROM assignment") == stored


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("godkjent", datetime(2023, 3, 1, 15, 30)),
        ("godkjent", 45000),
        ("godkjent", True),
        ("kapasitet", 2.5),
        ("kapasitet", True),
        ("har_barn", 2),
        ("født", 1980.5),
    ],
)
def test_a_cell_that_does_not_say_for_certain_is_refused(
    hsf: Hsf, empty_department: Path, tmp_path: Path, column: str, cell: Any
) -> None:
    rows = [["id", "navn", column], ["V1", "Kari", cell]]
    [place] = places(hsf, workbook(tmp_path / "inn.xlsx", {"familiekontakter": rows}))
    assert (place["line"], place["column"]) == (2, column)


def test_a_formula_is_read_as_the_value_it_had_when_it_was_saved(
    store: Store, tmp_path: Path
) -> None:
    rows = [["id", "navn", "kapasitet"], ["V1", '="Be"&"rg"', "=1+1"]]
    path = workbook(tmp_path / "inn.xlsx", {"familiekontakter": rows})
    _rewritten(
        path,
        "xl/worksheets/sheet1.xml",
        rb'r="B2"(>.*?)<v ?/?>(</v>)?',
        rb'r="B2" t="str"\1<v>Berg</v>',
    )
    _rewritten(path, "xl/worksheets/sheet1.xml", rb'(r="C2">.*?)<v ?/?>(</v>)?', rb"\1<v>2</v>")
    taken_from(store, path)
    assert tuple(store.rows("SELECT name, capacity FROM volunteer")[0]) == ("Berg", 2)


def _rewritten(path: Path, part: str, pattern: bytes, new: bytes) -> None:
    """Replaces what matches in one part of the workbook, once; something must."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    changed, found = re.subn(pattern, new, parts[part], count=1)
    assert found, parts[part]
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in {**parts, part: changed}.items():
            archive.writestr(name, content)


def test_the_lines_named_are_the_sheets_own_also_past_blank_rows(
    hsf: Hsf, empty_department: Path, tmp_path: Path
) -> None:
    rows = [["id", "navn"], ["F1", "A"], [], [None, None], ["F2", None], [], ["F3", " "]]
    found = places(hsf, workbook(tmp_path / "inn.xlsx", {"familier": rows}))
    assert [(place["file"], place["line"]) for place in found] == [
        ("inn.xlsx, ark familier", 5),
        ("inn.xlsx, ark familier", 7),
    ]


def test_sheets_are_known_in_any_spelling_and_order(store: Store, tmp_path: Path) -> None:
    sheets = {
        "Styremoter": [["Dato"], [date(2023, 1, 2)]],
        "BARN": [["FAMILIE", "Fodt"], ["F1", 2021]],
        "Familier": [["Id", "NAVN"], ["F1", "Berg"]],
    }
    taken_from(store, workbook(tmp_path / "inn.XLSX", sheets))
    assert counts(store) == {
        "family": 1, "child": 1, "resource_group_meeting": 1, "change_set": 2,
    }  # fmt: skip


def test_sheets_of_other_names_are_told_of_and_the_templates_own_are_not(
    hsf: Hsf, store: Store, tmp_path: Path
) -> None:
    sheets = {
        "familier": [["id", "navn"], ["F1", "Berg"]],
        "Handleliste": [["melk"]], "Forklaring": [["les meg"]], "Koder": [["ja"]],
    }  # fmt: skip
    run = hsf("data", "importer", workbook(tmp_path / "inn.xlsx", sheets))
    assert run.code == 0
    assert "Handleliste" in run.err
    assert "Forklaring" not in run.err
    assert "Koder" not in run.err


def test_an_empty_sheet_has_no_records(store: Store, tmp_path: Path) -> None:
    sheets: dict[str, Any] = {"familier": [], "kurs": [["id", "navn", "start"]]}
    results = taken_from(store, workbook(tmp_path / "inn.xlsx", sheets))
    assert [result.added for result in results] == [0] * len(results)


def test_blank_cells_outside_the_table_are_nothing_to_complain_of(
    store: Store, tmp_path: Path
) -> None:
    rows = [["id", "navn", None, ""], ["F1", "Berg", None, ""], [None, None, None, ""]]
    taken_from(store, workbook(tmp_path / "inn.xlsx", {"familier": rows}))
    assert counts(store)["family"] == 1


def test_a_cell_of_spaces_outside_the_table_is_a_blank_cell(store: Store, tmp_path: Path) -> None:
    rows = [["id", "navn"], ["F1", "Berg", None, " "]]
    taken_from(store, workbook(tmp_path / "inn.xlsx", {"familier": rows}))
    assert counts(store)["family"] == 1


def test_a_file_that_is_no_workbook_is_refused(
    hsf: Hsf, empty_department: Path, tmp_path: Path
) -> None:
    path = tmp_path / "inn.xlsx"
    for content in (b"", b"id;navn\nF1;Berg\n", b"PK\x03\x04", b"\xd0\xcf\x11\xe0" + bytes(600)):
        path.write_bytes(content)
        run = hsf("data", "importer", path)
        assert run.code == 6
        assert "inn.xlsx" in run.err


def test_a_damaged_workbook_is_refused_wherever_the_damage_is(
    hsf: Hsf, empty_department: Path, left_open: LeftOpen, tmp_path: Path
) -> None:
    rows = [["id", "navn", "notat"], *([f"F{n}", f"Familie {n}", str(n) * 50] for n in range(40))]
    path = workbook(tmp_path / "inn.xlsx", {"familier": rows})
    whole = path.read_bytes()
    before = empty_department.read_bytes()
    chance = random.Random(3)
    codes = set()
    for _ in range(60):
        damaged = bytearray(whole)
        for place in chance.sample(range(len(whole)), 25):
            damaged[place] ^= 1 << chance.randrange(8)
        path.write_bytes(damaged)
        codes.add(hsf("data", "importer", path, "--prøv").code)
    assert codes <= {0, 3, 6}
    assert 6 in codes
    assert empty_department.read_bytes() == before


def test_a_reference_to_a_text_that_is_not_there_is_damage_too(
    hsf: Hsf, empty_department: Path, left_open: LeftOpen, tmp_path: Path
) -> None:
    path = workbook(tmp_path / "inn.xlsx", {"familier": [["id", "navn"], ["F1", "Berg"]]})
    _rewritten(path, "xl/worksheets/sheet1.xml", rb't="inlineStr"><is>.*?</is>', b't="s"><v>33</v>')
    assert hsf("data", "importer", path).code == 6


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml"])
def test_a_workbook_that_cannot_be_read_is_not_left_open(
    hsf: Hsf, empty_department: Path, left_open: LeftOpen, tmp_path: Path, part: str
) -> None:
    path = workbook(tmp_path / "inn.xlsx", {"familier": [["id", "navn"], ["F1", "Berg"]]})
    _rewritten(path, part, rb"sheetId|Berg", b"<")
    assert hsf("data", "importer", path).code == 6
    assert left_open() == []


def test_a_workbook_that_unpacks_to_more_than_the_limit_is_refused_unread(
    hsf: Hsf, empty_department: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = workbook(
        tmp_path / "inn.xlsx", {"familier": [["id", "navn", "notat"], ["F1", "B", "a" * 9_000]]}
    )
    with zipfile.ZipFile(path) as archive:
        unpacked = sum(part.file_size for part in archive.infolist())
    assert path.stat().st_size < unpacked
    monkeypatch.setattr(sources, "LARGEST_BYTES", unpacked - 1)
    monkeypatch.setattr(workbooks, "LARGEST_BYTES", unpacked - 1)
    monkeypatch.setattr(workbooks, "load_workbook", None)
    run = hsf("data", "importer", path)
    assert run.code == 6
    assert "inn.xlsx" in run.err

    monkeypatch.setattr(workbooks, "LARGEST_BYTES", unpacked)
    monkeypatch.setattr(workbooks, "load_workbook", load_workbook)
    assert hsf("data", "importer", path).code == 0


@pytest.mark.parametrize("cell", ["A99999999", "ZZZ{line}"])
def test_a_cell_far_outside_a_table_is_refused_and_not_walked_to(
    hsf: Hsf, empty_department: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cell: str
) -> None:
    monkeypatch.setattr(workbooks, "MOST_ROWS", 10_000)
    monkeypatch.setattr(workbooks, "_MOST_CELLS", 50_000)
    path = workbook(tmp_path / "inn.xlsx", {"familier": [["id", "navn"], ["F1", "B"]]})
    far = "".join(
        f'<row r="{name[3:] if line else name[1:]}"><c r="{name}"><v>1</v></c></row>'
        for line in range(3, 9)
        if (name := cell.format(line=line))
    )
    _with_rows(path, far)
    run = hsf("data", "importer", path)
    assert run.code == 6
    assert "Arket familier i inn.xlsx er større enn en tabell kan være." in run.err


def _with_rows(path: Path, rows: str) -> None:
    """Puts rows at the end of a workbook's first sheet."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = parts[sheet].replace(b"</sheetData>", rows.encode() + b"</sheetData>")
    with zipfile.ZipFile(path, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)


def test_the_limit_is_200_mb() -> None:
    assert sources.LARGEST_BYTES == workbooks.LARGEST_BYTES == 200 * 1024 * 1024
