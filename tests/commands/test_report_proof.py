"""`hsf rapport bevis`: what stands behind every figure, on the screen and in files."""

import json
import stat
from pathlib import Path

import pytest
from openpyxl import load_workbook

from hsf_cli.report import kept
from tests.builders import served, taken_in
from tests.commands.terminal import ENTER, ended, terminal
from tests.commands.test_report_lock import complete
from tests.report.a_year import a_year
from tests.report.filled import filled

__all__ = ["terminal"]


def test_a_section_shows_who_is_counted_and_who_is_not_and_why(store, hsf) -> None:
    taken_in(store, *served("1", sivilstatus="enslig"), *served("2"))
    run = hsf("rapport", "bevis", 2023, "6.3")
    assert run.code == 0
    assert "Familier som hadde oppdrag i 2023, der sivilstatus er «Ugift / enslig»." in run.out
    assert "Med: 1 familie\n      F1  Familie F1\n" in run.out
    assert "Ikke med: 1 familie – sivilstatus er ikke ført\n      F2  Familie F2\n" in run.out
    assert "\n6.4" not in run.out


def test_without_a_section_all_of_the_form_is_proved(store, hsf) -> None:
    taken_in(store, *a_year())
    run = hsf("rapport", "bevis", 2023)
    assert run.code == 0
    assert all(f"\n6.{number} " in run.out for number in range(1, 11))


def test_last_years_section_is_found_without_the_year(store, hsf) -> None:
    taken_in(store, *served("1", sivilstatus="enslig"))
    assert hsf("rapport", "bevis", "6.3").out.count("· 2023 ·") == 1


def test_another_edition_has_its_own_sections(store, hsf) -> None:
    taken_in(store, *a_year())
    run = hsf("rapport", "bevis", 2023, "7.3", "--utgave", 2022)
    assert "Barn med særskilte behov i familier som hadde oppdrag i 2023." in run.out


def test_as_json_each_row_has_its_records(store, hsf) -> None:
    taken_in(store, *served("1", sivilstatus="enslig"), *served("2"))
    told = json.loads(hsf("rapport", "bevis", 2023, "6.3", "--format", "json").out)
    shown = json.loads(hsf("rapport", "vis", 2023, "--format", "json").out)
    (section,) = told["sections"]
    assert set(told) == set(shown)
    assert section["number"] == "6.3"
    alone = section["tables"][0]["rows"][1]
    assert alone["key"] == "families.civil_status.enslig"
    assert alone["records"] == [{"id": "F1", "name": "Familie F1"}]
    assert alone["left_out"] == [
        {"id": "F2", "name": "Familie F2", "reason": "sivilstatus er ikke ført"}
    ]


def test_an_unknown_section_is_wrong_use_that_names_them(hsf, empty_department) -> None:
    run = hsf("rapport", "bevis", 2023, "9.9")
    assert run.code == 2
    assert "Skjemaet har ingen seksjon «9.9»." in run.err
    assert "6.3 Familiene" in run.err


def test_an_unknown_section_is_an_error_in_json_too(hsf, empty_department) -> None:
    run = hsf("rapport", "bevis", 2023, "9.9", "--format", "json")
    assert json.loads(run.err)["error"]["code"] == 2
    assert run.out == ""


def test_without_names_there_are_none(store, hsf) -> None:
    taken_in(store, *a_year())
    for format in ("tabell", "csv", "json"):
        run = hsf("rapport", "bevis", 2023, "--uten-navn", "--format", format)
        assert "Familie F" not in run.out
        assert "F1" in run.out


def test_a_workbook_is_its_owners_alone_and_says_what_it_is(store, hsf, home: Path) -> None:
    taken_in(store, *a_year())
    file = home / "bevis.xlsx"
    run = hsf("rapport", "bevis", 2023, "--til", file)
    assert run.code == 0
    assert "har navn i seg og er ikke kryptert" in run.err
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert load_workbook(file).sheetnames == ["Rader", "Poster"]
    assert not list(home.glob(".hsf-*"))


def test_a_pdf_is_written_too(store, hsf, home: Path) -> None:
    taken_in(store, *a_year())
    assert hsf("rapport", "bevis", 2023, "6.8", "--til", home / "Bevis.PDF").code == 0
    assert (home / "Bevis.PDF").read_bytes().startswith(b"%PDF")


def test_a_file_without_names_does_not_say_that_it_has_them(store, hsf, home: Path) -> None:
    taken_in(store, *a_year())
    run = hsf("rapport", "bevis", 2023, "--til", home / "bevis.xlsx", "--uten-navn")
    assert "har navn i seg" not in run.err
    assert "ikke kryptert" in run.out


def test_a_file_that_is_there_is_left_alone_without_a_yes(store, hsf, home: Path) -> None:
    taken_in(store, *a_year())
    file = home / "bevis.pdf"
    file.write_text("noe annet")
    run = hsf("rapport", "bevis", 2023, "--til", file)
    assert run.code == 4
    assert "--ja" in run.err
    assert file.read_text() == "noe annet"
    assert hsf("rapport", "bevis", 2023, "--til", file, "--ja").code == 0
    assert file.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("name", ["bevis.docx", "bevis", "bevis.txt"])
def test_another_kind_of_file_is_refused_before_anything_is_counted(
    hsf, empty_department, home: Path, name: str
) -> None:
    run = hsf("rapport", "bevis", 2023, "--til", home / name)
    assert run.code == 2
    assert ".xlsx eller .pdf" in run.err
    assert not (home / name).exists()


@pytest.fixture
def moved(store, hsf):
    """A year that is locked, with a family that is said to be another since."""
    taken_in(store, *complete())
    hsf("rapport", "lås", 2023)
    hsf("familie", "endre", "F1", "--sivilstatus", "gift_samboer")


def test_a_locked_year_is_proved_as_it_was_locked(moved, hsf) -> None:
    run = hsf("rapport", "bevis", 2023, "--rad", "enslig")
    assert "Med: 1 familie\n      F1  Familie F1\n" in run.out
    assert "Beviset er av rapporten slik den ble låst " in run.out
    told = json.loads(hsf("rapport", "bevis", 2023, "--rad", "enslig", "--format", "json").out)
    assert told["locked_at"]


def test_the_records_as_they_stand_are_proved_when_that_is_said(moved, hsf) -> None:
    run = hsf("rapport", "bevis", 2023, "--rad", "enslig", "--nå")
    assert "Med: ingen" in run.out
    assert "slik de står nå. Rapporten ble låst " in run.out
    assert "med andre tall." in run.out
    assert "med de samme tallene." in hsf("rapport", "bevis", 2023, "6.1", "--nå").out
    as_json = ("--rad", "enslig", "--nå", "--format", "json")
    assert json.loads(hsf("rapport", "bevis", 2023, *as_json).out)["locked_at"] is None


def test_a_file_says_which_records_it_is_of(moved, hsf, home: Path) -> None:
    file = home / "bevis.xlsx"
    for option, said in ((), "slik den ble låst"), (("--nå",), "slik de står nå"):
        hsf("rapport", "bevis", 2023, "6.3", "--til", file, "--ja", *option)
        assert said in load_workbook(file)["Rader"]["A2"].value


def test_a_locked_year_whose_records_are_forgotten_can_be_proved_as_they_stand(
    moved, store, hsf
) -> None:
    with store.change("test") as change:
        change.keep_anyway()
        change.update_where("change", "record", "family", before=None)
    run = hsf("rapport", "bevis", 2023, "6.3")
    assert run.code == 4
    assert "hsf rapport bevis 2023 --nå" in run.err


def test_figures_that_were_read_in_have_no_proof(store, hsf) -> None:
    with store.change("rapport les") as change:
        kept.keep(change, filled(2023, source="gammel.docx"))
    run = hsf("rapport", "bevis", 2023)
    assert run.code == 4
    assert "Tallene for 2023 er lest inn fra gammel.docx: det er ingen poster bak dem." in run.err


def test_a_year_that_is_not_over_says_so(hsf, empty_department) -> None:
    assert "2024 er ikke over" in hsf("rapport", "bevis", 2024).err


def test_at_a_terminal_records_stand_side_by_side_and_overwriting_is_asked_about(
    store, terminal, home: Path
) -> None:
    taken_in(store, *[record for n in range(1, 7) for record in served(str(n))])
    child = terminal("rapport", "bevis", "2023", "--rad", "Totalt antall familier")
    child.expect_exact("Med: 6 familier")
    child.expect(r"F1  Familie F1 +F3  Familie F3 +F5  Familie F5")
    assert ended(child) == 0
    (home / "bevis.xlsx").write_text("noe annet")
    child = terminal("rapport", "bevis", "2023", "--til", str(home / "bevis.xlsx"))
    child.expect_exact("Skrive over? (j/N)")
    child.send("n" + ENTER)
    assert ended(child) == 4
    assert (home / "bevis.xlsx").read_text() == "noe annet"


def test_the_proof_of_now_and_of_then_are_two(hsf, store) -> None:
    run = hsf("rapport", "bevis", 2023, "--nå", "--som-kjent", "1.1.2024")
    assert run.code == 2
    assert "--nå og --som-kjent kan ikke brukes sammen." in run.err
