"""`hsf rapport samle`: departments' files, without a database."""

import json
from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest

from hsf_cli.report.output.as_json import as_json
from tests.report.filled import COUNTED_AT, filled
from tests.report.test_national import NATION, spread


@pytest.fixture
def folder(home: Path) -> Path:
    """A folder for departments' files."""
    made = home / "rapporter"
    made.mkdir()
    return made


def send(folder: Path, name: str, families: int = 1, file: str = "", year: int = 2023) -> Path:
    """A department's report as it is sent."""
    figures = filled(
        2023, {"families.total": families}, year, f"Home-Start {name}", locked_at=COUNTED_AT
    )
    path = folder / (file or f"{name}.json")
    path.write_text(as_json(figures), encoding="utf-8")
    return path


def families(out: str) -> int:
    told = json.loads(out)
    [value] = [
        row["value"]
        for section in told["sections"]
        for table in section["tables"]
        for row in table["rows"]
        if row["key"] == "families.total"
    ]
    return int(value)


def test_the_nations_figures_come_out_without_a_department(folder, hsf) -> None:
    for sent in spread(NATION, 47, Random(3)):
        (folder / sent.file).write_text(as_json(sent.figures), encoding="utf-8")
    shown = hsf("rapport", "samle", folder)
    assert shown.code == 0, shown.err
    assert "Hele landet · 47 avdelinger · 2022 · skjema 2022" in shown.out
    lines = {" ".join(line.split()) for line in shown.out.splitlines()}
    assert {
        "Totalt antall familier 1 104",
        "Totalt antall familiekontakter 836",
        "Totalt antall henvendelser 1 851",
        "Familien selv 753 41 %",
        "Helsestasjon 518 28 %",
        "Andre 219 12 %",
        "Barneverntjenesten 118 6 %",
        "Psykiske helsevern 72 4 %",
        "Flyktning- og/eller asylinstanser 46 2 %",
        "Sykehus 44 2 %",
        "Barnehage 38 2 %",
        "Familievernkontor 23 1 %",
        "Skole 13 0,7 %",
        "Fastlege 4 0,2 %",
        "PPT 3 0,2 %",
    } <= lines


@pytest.mark.parametrize("words", [["."], ["*.json"], ["Ås.json", "B*"], [".", "Ås.json", "*"]])
def test_files_folders_and_patterns_are_the_same(
    words: Sequence[str], folder: Path, hsf, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(folder, "Ås", 3)
    send(folder, "Bø", 4)
    monkeypatch.chdir(folder)
    shown = hsf("rapport", "samle", *words, "--format", "json")
    assert families(shown.out) == 7
    assert json.loads(shown.out)["notes"] == []  # the same file twice is one file


def test_what_must_be_known_is_said_in_every_format(folder, hsf) -> None:
    send(folder, "Ås")
    expected = folder / "avdelinger.txt"
    expected.write_text("Home-Start Ås\n\nHome-Start Vik\n", encoding="utf-8")
    for format in ("tabell", "csv", "json", "md"):
        shown = hsf("rapport", "samle", folder, "--avdelinger", expected, "--format", format)
        assert shown.code == 0
        assert "Mangler rapport: Home-Start Vik." in shown.out + shown.err


def test_a_list_written_on_windows_is_read(folder, hsf) -> None:
    send(folder, "Ås")
    expected = folder / "avdelinger.txt"
    expected.write_bytes("Home-Start Ås\r\n".encode("cp1252"))
    shown = hsf("rapport", "samle", folder, "--avdelinger", expected, "--format", "json")
    assert json.loads(shown.out)["missing"] == []


def test_a_file_that_was_sent_twice_counts_once(folder, hsf) -> None:
    send(folder, "Ås", 3)
    send(folder, "Ås", 3, "kopi.json")
    shown = hsf("rapport", "samle", folder)
    assert shown.code == 0
    assert "er med to ganger" in shown.out
    assert "1 avdeling ·" in shown.out


def test_two_reports_of_one_department_are_refused_by_name(folder, hsf) -> None:
    send(folder, "Ås", 3)
    send(folder, "Ås", 4, "ny.json")
    shown = hsf("rapport", "samle", folder)
    assert shown.code == 6
    assert "Ås.json" in shown.err
    assert "ny.json" in shown.err


def test_different_years_are_refused_by_name(folder, hsf) -> None:
    send(folder, "Ås")
    send(folder, "Bø", year=2024)
    shown = hsf("rapport", "samle", folder)
    assert shown.code == 6
    assert "2023: " in shown.err
    assert "2024: " in shown.err


def test_everything_wrong_in_any_of_the_files_is_told(folder, hsf) -> None:
    send(folder, "Ås")
    (folder / "a.json").write_text('{"year": 2023}', encoding="utf-8")
    (folder / "b.json").write_text("nei", encoding="utf-8")
    shown = hsf("rapport", "samle", folder)
    assert shown.code == 6
    assert "a.json, linje 1, department" in shown.err
    assert "b.json er ikke gyldig JSON" in shown.err
    assert "2 av 3 filer kan ikke brukes" in shown.err


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ([], 2, "FIL mangler"),
        (["borte.json"], 3, "borte.json"),
        (["*.json"], 3, "*.json"),
        (["."], 3, "ingen .json-filer"),
        ([".", "--utgave", "1999"], 2, "utgave 1999"),
        ([".", "--format", "pdf"], 2, "--format «pdf»"),
    ],
)
def test_what_cannot_be_gathered_is_refused(
    words: Sequence[str], code: int, said: str, folder, hsf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    shown = hsf("rapport", "samle", *words)
    assert shown.code == code
    assert said in shown.err


def test_an_empty_list_of_departments_is_refused(folder, hsf) -> None:
    send(folder, "Ås")
    (folder / "tom.txt").write_text("\n", encoding="utf-8")
    assert hsf("rapport", "samle", folder, "--avdelinger", folder / "tom.txt").code == 6
    assert hsf("rapport", "samle", folder, "--avdelinger", folder / "borte.txt").code == 3


def test_a_departments_own_json_goes_straight_in(store, folder, hsf) -> None:
    told = hsf("rapport", "vis", 2023, "--format", "json").out
    (folder / "egen.json").write_text(told, encoding="utf-8")
    shown = hsf("rapport", "samle", folder, "--format", "json")
    assert shown.code == 0, shown.err
    assert json.loads(shown.out)["included"] == ["Home-Start Prøve"]
