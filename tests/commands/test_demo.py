"""`hsf demo`: a made-up department, the same for the same day."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from hsf_cli import demo
from hsf_cli.demo import rows
from hsf_cli.exchange.sheets import SHEETS

DAYS = [date(2019, 1, 1), date(2020, 2, 29), date(2023, 7, 1), date(2023, 12, 31)]


@pytest.mark.parametrize("day", DAYS)
def test_the_same_day_gives_the_same_department(day) -> None:
    assert rows(day) == rows(day)


@pytest.mark.parametrize("day", DAYS)
def test_nothing_in_it_is_later_than_the_day_but_plans(day) -> None:
    for sheet, found in rows(day).items():
        for row in found:
            for header, text in row.items():
                if (
                    len(text) == 10
                    and text[4] == "-"
                    and header not in ("planlagt_slutt", "planlagt", "til")
                ):
                    assert date.fromisoformat(text) <= day, (sheet, header)


def test_a_day_later_it_has_hardly_changed() -> None:
    day = date(2024, 6, 3)
    before, after = rows(day), rows(day + timedelta(days=1))
    assert {row["id"] for row in before["familier"]} <= {row["id"] for row in after["familier"]}


@pytest.mark.parametrize("day", DAYS)
def test_it_is_of_a_believable_size_and_has_somebody_waiting(day, hsf) -> None:
    result = hsf("demo", "--dag", day.isoformat())
    assert result.code == 0, result.err
    path = demo.demo_path()
    shown = hsf(
        "rapport", "vis", day.year - 1, "--utgave", 2023, "--format", "json", "--database", path
    )
    report = json.loads(shown.out)
    figures = {
        row["key"]: row["value"]
        for section in report["sections"]
        for table in section["tables"]
        for row in table["rows"]
    }
    assert 18 <= figures["families.total"] <= 34
    assert 14 <= figures["volunteers.total"] <= 28
    assert figures["hours.total"] > 500
    waiting = hsf("venteliste", "--per", day.isoformat(), "--format", "json", "--database", path)
    assert 1 <= len(json.loads(waiting.out)) <= 12


def test_it_fills_every_standard_sheet() -> None:
    assert {sheet.name for sheet in SHEETS if sheet.standard} <= set(rows(date(2025, 7, 1)))


def test_it_shows_the_waiting_list_the_form_and_what_to_try(hsf, home) -> None:
    result = hsf("demo")
    assert "alle navn og tall er funnet på" in result.out
    assert "Ventelisten 15.03.2024" in result.out
    assert "Totalt antall familier" in result.out
    assert f"hsf venteliste --per 31.12.2023 --database {demo.demo_path()}" in result.out


def test_it_may_be_made_again_and_leaves_one_key(hsf, home) -> None:
    assert hsf("demo").code == 0
    assert hsf("demo").code == 0
    assert len(list((home / "konfig").glob("*.key"))) == 1


def test_it_never_touches_the_department(empty_department: Path, hsf) -> None:
    before = empty_department.read_bytes()
    assert hsf("demo").code == 0
    assert empty_department.read_bytes() == before
    assert hsf("venteliste").code == 0


def test_it_refuses_to_replace_a_department_that_is_not_a_demo(hsf, home) -> None:
    path = demo.demo_path()
    assert hsf("start", "--navn", "Ekte", "--nøkkel", "fil", "--database", path).code == 0
    before = path.read_bytes()
    result = hsf("demo")
    assert result.code == 4
    assert path.read_bytes() == before


def test_no_name_is_in_any_file_it_leaves(hsf, home, today) -> None:
    assert hsf("demo").code == 0
    names = {row["navn"] for row in rows(today)["familier"]}
    for file in home.rglob("*"):
        if file.is_file():
            content = file.read_bytes()
            assert not any(name.encode() in content for name in names if len(name) > 4), file
            assert file.stat().st_mode & 0o077 == 0, file


@pytest.mark.parametrize("day", ["01.01.2009", "16.03.2024", "31.12.2199"])
def test_a_day_far_back_or_still_to_come_is_wrong_use(day, hsf, home) -> None:
    result = hsf("demo", "--dag", day)
    assert result.code == 2
    assert "--dag" in result.err


def test_a_demo_that_was_never_finished_is_made_anew(hsf, home) -> None:
    assert hsf("demo").code == 0
    demo.demo_path().write_bytes(b"")
    assert hsf("demo").code == 0


@pytest.mark.parametrize("day", DAYS)
def test_nobody_has_anothers_phone(day) -> None:
    found = rows(day)
    phones = [row["telefon"] for sheet in ("familier", "familiekontakter") for row in found[sheet]]
    assert len(set(phones)) == len(phones)
