"""`hsf rapport vis`: which year, which edition, which form."""

import json

import pytest

from tests.builders import served, taken_in


@pytest.mark.parametrize(
    ("year", "edition"), [(2019, 2022), (2022, 2022), (2023, 2023), (2024, 2023), (2030, 2023)]
)
def test_each_year_has_its_edition(year, edition, hsf, empty_department) -> None:
    assert json.loads(hsf("rapport", "vis", year, "--format", "json").out)["edition"] == edition


def test_another_edition_can_be_asked_for(hsf, empty_department) -> None:
    result = hsf("rapport", "vis", 2023, "--utgave", 2022)
    assert "7.0 Statistikk over aktivitet på avdelingen" in result.out


def test_without_a_year_it_is_last_year(hsf, empty_department) -> None:
    assert json.loads(hsf("rapport", "vis", "--format", "json").out)["year"] == 2023


def test_a_year_that_is_not_over_says_so_beside_the_figures(store, hsf) -> None:
    taken_in(store, *served("1"))
    assert "2024 er ikke over" in hsf("rapport", "vis", 2024).err
    assert "2025 har ikke begynt" in hsf("rapport", "vis", 2025).err
    assert hsf("rapport", "vis", 2023).err == ""


def test_what_a_split_leaves_out_is_said_under_its_table(store, hsf) -> None:
    taken_in(store, *served("1", sivilstatus="enslig"), *served("2"))
    shown = hsf("rapport", "vis", 2023).out
    assert "! 1 familie står ikke i noen av radene: F2." in shown
    assert "2 familier står ikke i noen av radene: F1, F2." in shown


def test_a_group_within_a_table_is_named(store, hsf) -> None:
    records = dict(served("1"))
    records["familiekontakter"]["kjønn"] = "kvinne"
    taken_in(store, *records.items())
    shown = hsf("rapport", "vis", 2023).out
    assert "1 familiekontakt av «Kvinnelige familiekontakter» står ikke i noen av radene" in shown


def test_hours_per_full_time_equivalent_are_printed_beside_the_figure(
    hsf, empty_department
) -> None:
    shown = hsf("rapport", "vis", 2023).out
    assert "Antall årsverk  (1\N{NO-BREAK SPACE}750 timer per årsverk)" in shown


def test_the_forms_own_file_and_an_edition_exclude_each_other(hsf, empty_department) -> None:
    result = hsf("rapport", "vis", 2023, "--utgave", 2022, "--skjema", "eget.toml")
    assert result.code == 2


def test_without_a_department_it_says_how_to_begin(hsf, home) -> None:
    result = hsf("rapport", "vis", 2023)
    assert result.code == 5
    assert "hsf start" in result.err
