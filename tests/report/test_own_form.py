"""A department's own form from a file, through the command line."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from hsf_cli.store import Store
from tests.builders import inquiry, served, taken_in
from tests.conftest import Run
from tests.report.own_form import FORM


@pytest.fixture
def own_form(home: Path) -> Callable[[str], Path]:
    """Writes a form to a file."""

    def write(text: str) -> Path:
        path = home / "eget.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_the_command_line_counts_a_departments_own_form(
    store: Store, hsf: Callable[..., Run], own_form: Callable[[str], Path]
) -> None:
    taken_in(store, *served(sivilstatus="enslig"), inquiry("H9", "F1", avsluttet="2023-02-01"))
    run = hsf("rapport", "vis", 2023, "--skjema", own_form(FORM))
    assert run.code == 0
    lines = [line.split() for line in run.out.splitlines()]
    assert ["1.1", "Familiene"] in lines
    assert ["Enslige", "i", "2023", "1"] in lines
    assert ["Gifte", "0"] in lines


def test_the_command_line_gives_a_departments_own_form_as_json(
    empty_department: Path, hsf: Callable[..., Run], own_form: Callable[[str], Path]
) -> None:
    run = hsf("rapport", "vis", 2023, "--skjema", own_form(FORM), "--format", "json")
    report = json.loads(run.out)
    assert report["chapter"] == {"number": "1.0", "title": "Våre tall"}
    assert [row["key"] for row in report["sections"][0]["tables"][0]["rows"]] == [
        "alone",
        "1.1.2",
        "all",
    ]


def test_the_command_line_tells_every_error_in_the_form_and_counts_nothing(
    empty_department: Path, hsf: Callable[..., Run], own_form: Callable[[str], Path]
) -> None:
    text = FORM.replace('"enslig"', '"alene"').replace("special_needs = true", "special_needs = 1")
    run = hsf("rapport", "vis", 2023, "--skjema", own_form(text))
    assert (run.code, run.out) == (6, "")
    assert "eget.toml, linje 15, civil_status: «alene»" in run.err
    assert "eget.toml, linje 33, special_needs: «1»" in run.err


def test_an_own_form_may_begin_with_a_byte_order_mark(
    empty_department: Path, hsf: Callable[..., Run], own_form: Callable[[str], Path]
) -> None:
    assert hsf("rapport", "vis", 2023, "--skjema", own_form("\ufeff" + FORM)).code == 0


def test_an_own_form_that_is_not_utf8_is_refused(
    empty_department: Path, hsf: Callable[..., Run], home: Path
) -> None:
    path = home / "eget.toml"
    path.write_bytes(FORM.encode("cp1252"))
    run = hsf("rapport", "vis", 2023, "--skjema", path)
    assert run.code == 6
    assert "UTF-8" in run.err


@pytest.mark.parametrize("where", ["finnes_ikke.toml", "."])
def test_an_own_form_that_is_not_there_is_not_found(
    empty_department: Path, hsf: Callable[..., Run], home: Path, where: str
) -> None:
    assert hsf("rapport", "vis", 2023, "--skjema", home / where).code == 3


def test_of_a_file_that_is_no_form_only_the_beginning_is_read(
    empty_department: Path, hsf: Callable[..., Run], home: Path
) -> None:
    path = home / "eget.toml"
    with path.open("wb") as file:
        file.truncate(10**10)
    run = hsf("rapport", "vis", 2023, "--skjema", path)
    assert (run.code, "100\xa0000 tegn" in run.err) == (6, True)
