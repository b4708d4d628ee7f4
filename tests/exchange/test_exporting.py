"""What an export writes: whole or not at all, as Excel in Norway wants it, for its owner only."""

import csv
import errno
import os
import stat
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from hsf_cli.errors import BadContent
from hsf_cli.exchange import csv_files, workbooks
from hsf_cli.exchange.sheets import SHEETS
from hsf_cli.store import Store
from tests.builders import child, family, hours, inquiry, taken_in, volunteer
from tests.conftest import Run
from tests.exchange.conftest import Fresh
from tests.exchange.everything import everything
from tests.exchange.files import contents, taken_from, written_to

Hsf = Callable[..., Run]

STANDARD = {sheet.name for sheet in SHEETS if sheet.standard}


def rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, delimiter=";"))


def test_csv_is_written_with_a_bom_semicolons_and_crlf(store: Store, tmp_path: Path) -> None:
    taken_in(store, family("F1", navn="Ærlig; «Bø»", notat="to\nlinjer"), volunteer("V1"))
    for name, content in contents(written_to(store, tmp_path / "ut")).items():
        assert content.startswith(b"\xef\xbb\xbf"), name
        assert content.endswith(b"\r\n"), name
        assert b";" in content, name
    text = (tmp_path / "ut" / "familier.csv").read_bytes().decode("utf-8-sig")
    assert text.split("\r\n")[1].startswith('F1;"Ærlig; «Bø»";')
    assert text.count("\r") == 2
    assert '"to\nlinjer"' in text


def test_the_columns_are_the_formats_own_in_its_order(store: Store, tmp_path: Path) -> None:
    written_to(store, tmp_path / "ut")
    assert {path.stem for path in (tmp_path / "ut").iterdir()} == STANDARD
    [header] = rows(tmp_path / "ut" / "timer.csv")
    assert header == ["familiekontakt", "oppdrag", "aktivitet", "dato", "type", "besøk", "timer",
                      "kjøring", "type_annet", "id"]  # fmt: skip
    [header] = rows(tmp_path / "ut" / "henvendelser.csv")
    assert header[:8] == ["id", "familie", "mottatt", "kilde", "besøkt", "avsluttet",
                          "avslutningsgrunn", "notat"]  # fmt: skip


def test_files_without_a_required_id_are_written_with_one(store: Store, tmp_path: Path) -> None:
    taken_in(store, family("CRM-7"), child("CRM-7", "2020"), child("CRM-7", "2021-02-03"))
    written_to(store, tmp_path / "ut")
    written = [dict(zip(*pair, strict=True)) for pair in _pairs(rows(tmp_path / "ut/barn.csv"))]
    assert [(row["familie"], row["født"], row["id"]) for row in written] == [
        ("CRM-7", "2020", "B1"),
        ("CRM-7", "2021-02-03", "B2"),
    ]


def _pairs(table: list[list[str]]) -> list[tuple[list[str], list[str]]]:
    return [(table[0], row) for row in table[1:]]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "'"])
def test_a_cell_that_a_spreadsheet_would_run_is_marked_in_csv_alone(
    store: Store, tmp_path: Path, sign: str
) -> None:
    taken_in(store, family("F1", navn=f"{sign}1+1", telefon="22 =", notat=f"{sign}\n{sign}"))
    written_to(store, tmp_path / "ut")
    header, row = rows(tmp_path / "ut" / "familier.csv")
    cells = dict(zip(header, row, strict=True))
    assert (cells["navn"], cells["telefon"]) == (f"'{sign}1+1", "22 =")
    assert cells["notat"] == f"'{sign}\n{sign}"
    page = load_workbook(written_to(store, tmp_path / "ut.xlsx"))["familier"]
    assert (page["B2"].value, page["B2"].data_type) == (f"{sign}1+1", "s")


def test_an_id_that_a_spreadsheet_would_run_is_marked_everywhere(
    store: Store, tmp_path: Path
) -> None:
    taken_in(store, family("=F1"), child("=F1"))
    written_to(store, tmp_path / "ut")
    assert rows(tmp_path / "ut" / "familier.csv")[1][0] == "'=F1"
    assert rows(tmp_path / "ut" / "barn.csv")[1][0] == "'=F1"


def test_a_workbook_has_nothing_but_text_cells(store: Store, tmp_path: Path) -> None:
    taken_in(store, *everything())
    book = load_workbook(written_to(store, tmp_path / "ut.xlsx"))
    assert book.sheetnames == [sheet.name for sheet in SHEETS]
    cells = [cell for page in book.worksheets for row in page.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}


def test_hours_are_written_so_that_they_read_back_as_the_same_minutes(
    store: Store, tmp_path: Path
) -> None:
    taken_in(store, volunteer("V1"), hours("kurs", "2:30"), hours("kurs", "1:01"))
    written_to(store, tmp_path / "ut")
    assert [row[6] for row in rows(tmp_path / "ut" / "timer.csv")[1:]] == ["2,5", "1,02"]


@pytest.mark.parametrize("text", ["ikke_spurt", "ikke spurt", "IKKE_SPURT", " Ikke spurt "])
def test_who_made_contact_is_written_in_one_word_where_nobody_has_asked(
    store: Store, tmp_path: Path, text: str
) -> None:
    taken_in(store, family("F1"), inquiry("H1", kilde=text), volunteer("V1"))
    assert store.value("SELECT source IS NULL FROM inquiry") == 1
    written_to(store, tmp_path / "ut")
    header, row = rows(tmp_path / "ut" / "henvendelser.csv")
    cells = dict(zip(header, row, strict=True))
    assert (cells["kilde"], cells["besøkt"], cells["ring_tilbake"]) == ("ikke_spurt", "", "")


def test_rows_stand_in_the_order_of_their_ids(store: Store, tmp_path: Path) -> None:
    taken_in(store, *(family(id) for id in ("F12", "b", "F2", "aa", "F1")))
    written_to(store, tmp_path / "ut")
    written = [row[0] for row in rows(tmp_path / "ut" / "familier.csv")[1:]]
    assert written == ["b", "F1", "F2", "aa", "F12"]


@pytest.mark.parametrize("target", ["ut", "ut.xlsx"])
def test_what_is_there_is_not_written_over_unless_it_is_said(
    hsf: Hsf, store: Store, tmp_path: Path, target: str
) -> None:
    taken_in(store, family("F1"))
    path = tmp_path / target
    assert hsf("data", "eksporter", path).code == 0
    written = path / "familier.csv" if path.is_dir() else path
    before = written.read_bytes()
    taken_in(store, family("F2"))
    run = hsf("data", "eksporter", path)
    assert run.code == 4
    assert "--ja" in run.err
    assert written.read_bytes() == before
    assert hsf("data", "eksporter", path, "--ja").code == 0
    assert written.read_bytes() != before


def test_other_files_in_the_folder_are_left_alone(hsf: Hsf, store: Store, tmp_path: Path) -> None:
    (tmp_path / "ut").mkdir()
    (tmp_path / "ut" / "brev.txt").write_text("x")
    assert hsf("data", "eksporter", tmp_path / "ut").code == 0
    assert (tmp_path / "ut" / "brev.txt").read_text() == "x"


def test_an_export_over_an_older_one_leaves_nothing_of_the_older(
    hsf: Hsf, store: Store, fresh: Fresh, tmp_path: Path
) -> None:
    taken_in(store, *everything())
    assert hsf("data", "eksporter", tmp_path / "ut").code == 0
    with store.change("test") as change:
        for table in ("consent", "concern_report"):
            change.delete(table, store.value(f"SELECT id FROM {table}"))
    assert hsf("data", "eksporter", tmp_path / "ut", "--ja").code == 0
    with fresh() as other:
        taken_from(other, tmp_path / "ut")
        assert other.value("SELECT count(*) FROM consent") == 0
        assert other.value("SELECT count(*) FROM concern_report") == 0


def test_a_folder_with_only_a_sheet_of_the_lesser_kind_is_not_written_over_unasked(
    hsf: Hsf, store: Store, tmp_path: Path
) -> None:
    (tmp_path / "ut").mkdir()
    (tmp_path / "ut" / "samtykker.csv").write_text("familie;gitt")
    assert hsf("data", "eksporter", tmp_path / "ut").code == 4


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Lets the disk be full in the middle of what is written next."""

    def fill() -> None:
        for module, name in ((csv_files, "escaped"), (workbooks, "WriteOnlyCell")):
            monkeypatch.setattr(module, name, _failing_after(100, getattr(module, name)))

    return fill


def _failing_after(calls: int, whole: Callable[..., Any]) -> Callable[..., Any]:
    left = count(calls, -1)

    def failing(*args: Any, **kwargs: Any) -> Any:
        if next(left) <= 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        return whole(*args, **kwargs)

    return failing


@pytest.mark.parametrize("target", ["ut", "ut.xlsx"])
@pytest.mark.parametrize("before", [False, True], ids=["new", "over an older one"])
def test_a_failed_export_leaves_what_was_there(
    hsf: Hsf, store: Store, tmp_path: Path, full_disk: Callable[[], None],
    left_open: Callable[[], list[str]], target: str, before: bool,
) -> None:  # fmt: skip
    (tmp_path / "mappe").mkdir()
    path = tmp_path / "mappe" / target
    if before:
        assert hsf("data", "eksporter", path).code == 0
    there = _everything_in(tmp_path / "mappe")
    taken_in(store, *everything())
    full_disk()
    run = hsf("data", "eksporter", path, "--ja")
    assert run.code != 0
    assert _everything_in(tmp_path / "mappe") == there


@pytest.mark.parametrize("target", ["ut", "ut.xlsx"])
def test_a_failed_export_says_so_in_words_and_nothing_else(
    hsf: Hsf, store: Store, tmp_path: Path, full_disk: Callable[[], None],
    left_open: Callable[[], list[str]], target: str,
) -> None:  # fmt: skip
    taken_in(store, *everything())
    full_disk()
    run = hsf("data", "eksporter", tmp_path / target)
    assert "Gjør slik:" in run.err
    assert left_open() == []


def _everything_in(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("target", ["brev.txt", "brev.txt/ut", "brev.txt/ut.xlsx"])
def test_an_export_where_a_file_stands_in_the_way_fails_in_words(
    hsf: Hsf, store: Store, tmp_path: Path, target: str
) -> None:
    (tmp_path / "brev.txt").write_text("x")
    run = hsf("data", "eksporter", tmp_path / target)
    assert run.code in (3, 4), run.err
    assert "brev.txt" in run.err
    assert (tmp_path / "brev.txt").read_text() == "x"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
@pytest.mark.parametrize("target", ["ny/mappe", "ny/bok.xlsx"])
def test_folders_that_are_missing_are_made_and_everything_is_its_owners_alone(
    hsf: Hsf, store: Store, tmp_path: Path, target: str
) -> None:
    taken_in(store, family("F1"))
    run = hsf("data", "eksporter", tmp_path / target)
    assert run.code == 0
    assert "har navn i seg og er ikke kryptert" in run.err
    made = [tmp_path / "ny", *(tmp_path / "ny").rglob("*")]
    open_to_others = [path for path in made if stat.S_IMODE(path.stat().st_mode) & 0o077]
    assert open_to_others == []
    assert not [path for path in made if path.name.startswith(".")]


def test_an_export_is_no_change_but_it_is_noted_that_names_went_out(
    hsf: Hsf, store: Store, tmp_path: Path
) -> None:
    assert hsf("data", "eksporter", tmp_path / "ut").code == 0
    assert store.value("SELECT max(id) FROM change_set") == 1
    [event] = store.rows("SELECT command, named FROM event")
    assert tuple(event) == ("data eksporter", 1)


def test_a_text_that_no_cell_has_room_for_is_refused_and_never_cut(tmp_path: Path) -> None:
    """Years' texts go on in another column; no other text may be so long."""
    sheet = ("familier", ["navn"], (row for row in [["æ" * 32_768]]))
    with pytest.raises(BadContent, match="høyst"):
        workbooks.write_workbook(tmp_path / "ut.xlsx", [sheet])
