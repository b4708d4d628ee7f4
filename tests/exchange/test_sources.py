"""What an import is pointed at: folders, single files, and what it will not read."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from hsf_cli.exchange import sources
from hsf_cli.store import Store
from tests.conftest import Run
from tests.exchange.everything import everything
from tests.exchange.files import contents, counts, csv_file, csv_folder

Hsf = Callable[..., Run]


def test_files_of_other_names_are_told_of(hsf: Hsf, store: Store, tmp_path: Path) -> None:
    csv_file(tmp_path / "inn", "familier", "id;navn", "F1;Berg")
    run = hsf("data", "importer", csv_file(tmp_path / "inn", "bilder", "a;b"))
    assert run.code == 0
    assert "bilder.csv" in run.err
    assert counts(store)["family"] == 1


@pytest.mark.parametrize(
    ("name", "code"), [("finnes-ikke", 3), ("tom", 3), ("bare-ukjent", 3), ("familier.ods", 6)]
)
def test_where_there_is_nothing_to_read_it_is_said(
    hsf: Hsf, empty_department: Path, tmp_path: Path, name: str, code: int
) -> None:
    (tmp_path / "tom").mkdir()
    csv_file(tmp_path / "bare-ukjent", "bilder", "a;b")
    (tmp_path / "familier.ods").write_bytes(b"PK")
    run = hsf("data", "importer", tmp_path / name)
    assert run.code == code
    assert name in run.err


def test_a_folder_that_is_named_as_a_file_is_no_failure_of_the_program(
    hsf: Hsf, empty_department: Path, tmp_path: Path
) -> None:
    folder = csv_file(tmp_path / "inn", "familier", "id;navn", "F1;Berg")
    (folder / "kurs.csv").mkdir()
    run = hsf("data", "importer", folder)
    assert run.code in (0, 3, 6)
    assert "kurs.csv" in run.err


def test_the_same_sheet_in_two_files_is_refused(
    hsf: Hsf, empty_department: Path, tmp_path: Path
) -> None:
    csv_file(tmp_path / "inn", "styremøter", "dato", "2023-01-02")
    run = hsf("data", "importer", csv_file(tmp_path / "inn", "styremoter", "dato", "2023-01-02"))
    assert run.code == 6
    assert "styremøter.csv" in run.err
    assert "styremoter.csv" in run.err


def test_a_file_over_the_limit_is_refused_before_it_is_read(
    hsf: Hsf, empty_department: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = csv_file(tmp_path / "inn", "familier", "id;navn", "F1;Berg")
    monkeypatch.setattr(sources, "LARGEST_BYTES", 15)
    run = hsf("data", "importer", folder)
    assert run.code == 6
    assert "familier.csv" in run.err
    monkeypatch.setattr(sources, "LARGEST_BYTES", 16)
    assert hsf("data", "importer", folder).code == 0


def test_a_single_file_of_a_folder_can_be_imported_alone(
    hsf: Hsf, store: Store, tmp_path: Path
) -> None:
    csv_file(tmp_path / "inn", "kurs", "id;navn;start", "K1;Vår;2023-02-01")
    folder = csv_file(tmp_path / "inn", "familier", "id;navn", "F1;Berg")
    assert hsf("data", "importer", folder / "FAMILIER.csv".lower()).code == 0
    assert counts(store) == {"family": 1, "change_set": 2}


def test_the_files_are_read_so_that_every_reference_is_known(store: Store, tmp_path: Path) -> None:
    csv_file(tmp_path / "inn", "aktivitetsfamilier", "aktivitet;familie", "A1;F1")
    csv_file(tmp_path / "inn", "aktiviteter", "id;dato;tittel;målgruppe", "A1;1.2.2023;x;familier")
    csv_file(tmp_path / "inn", "familier", "id;navn", "F1;Berg")
    with sources.opened(tmp_path / "inn") as source:
        names = [table.sheet.name for table in source.tables]
    assert names == ["familier", "aktiviteter", "aktivitetsfamilier"]


def test_without_a_department_nothing_is_read(hsf: Hsf, home: Path) -> None:
    run = hsf("data", "importer", csv_file(home / "inn", "familier", "id;navn", "F1;Berg"))
    assert run.code == 5
    assert "hsf start" in run.err


def test_no_damage_to_csv_files_is_a_failure_of_the_program(
    hsf: Hsf, empty_department: Path, tmp_path: Path
) -> None:
    folder = csv_folder(tmp_path / "inn", everything())
    whole = contents(folder)
    before = empty_department.read_bytes()
    chance = random.Random(7)
    for _ in range(25):
        for name, content in whole.items():
            (folder / name).write_bytes(_damaged(content, chance))
        run = hsf("data", "importer", folder, "--hopp-over-ukjente")
        assert run.code == 6, run.err
        assert empty_department.read_bytes() == before


def _damaged(content: bytes, chance: random.Random) -> bytes:
    """The content with a few pieces put in or taken out, at the places that matter and others."""
    pieces = [b'"', b";", b"\n", b"\r", b"\x00", b"\xff", b"\xe6", b"'", b"-", b"\x85", b"id", b"9"]
    damaged = bytearray(content)
    for _ in range(chance.randint(1, 4)):
        place = chance.randrange(len(damaged))
        if chance.random() < 0.6:
            damaged[place:place] = chance.choice(pieces)
        else:
            del damaged[place : place + chance.randint(1, 8)]
    return bytes(damaged)
