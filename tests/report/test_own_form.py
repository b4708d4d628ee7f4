"""A department's own form from a file, through the command line."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from hsf_cli.populations import POPULATIONS
from hsf_cli.report import forms
from hsf_cli.report.forms import load
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


def test_an_edition_is_written_out_to_begin_with_and_checked_and_tried_as_it_is(
    hsf: Callable[..., Run], home: Path
) -> None:
    path = home / "mitt.toml"
    assert hsf("rapport", "skjema", "--utgave", 2022, "--til", path).code == 0
    own, shipped = load(path.read_text(encoding="utf-8"), path.name), forms.shipped(2022)
    assert (own.sections, own.chapters) == (shipped.sections, shipped.chapters)
    assert own.relations == shipped.relations
    assert " the " not in path.read_text(encoding="utf-8")
    run = hsf("rapport", "skjema", path)
    assert run.code == 0
    assert shipped.sections[0].title in run.out
    assert "oppdiktet avdeling" in run.err
    assert "Går ikke opp" not in run.err
    assert hsf("rapport", "skjema", "--til", path).code == 4  # it is written over by --ja alone


def test_an_own_form_is_tried_on_the_departments_year_too(
    store: Store, hsf: Callable[..., Run], own_form: Callable[[str], Path]
) -> None:
    taken_in(store, *served(sivilstatus="enslig"))
    run = hsf("rapport", "skjema", own_form(FORM), 2023)
    assert run.code == 0
    assert ["Enslige", "i", "2023", "1"] in [line.split() for line in run.out.splitlines()]
    assert f"hsf rapport vis 2023 --skjema {own_form(FORM)}" in run.err
    tried, shown = (
        json.loads(hsf("rapport", *words, "--format", "json").out)
        for words in (["skjema", own_form(FORM), 2023], ["vis", 2023, "--skjema", own_form(FORM)])
    )
    assert tried["sections"] == shown["sections"]


def test_a_wrong_form_is_told_of_with_every_line_and_a_form_that_is_no_sum_with_its_relation(
    hsf: Callable[..., Run], own_form: Callable[[str], Path]
) -> None:
    run = hsf("rapport", "skjema", own_form(FORM.replace('"enslig"', '"alene"')))
    assert (run.code, run.out, "linje 15" in run.err) == (6, "", True)
    relation = '\n[[relation]]\nfigure = "all"\nequals = "alone"\ntext = "Alle er enslige"\n'
    run = hsf("rapport", "skjema", own_form(FORM + relation))
    assert (run.code, "Går ikke opp: 1.1: Alle er enslige" in run.err) == (0, True)


def test_all_that_may_be_counted_is_listed_as_the_form_takes_it(hsf: Callable[..., Run]) -> None:
    listed = json.loads(hsf("rapport", "skjema", "--format", "json").out)
    assert {row["of"] for row in listed} == POPULATIONS.keys()
    rows = [
        f'{{ label = "{n}", of = "{row["of"]}", {row["written"].partition(",")[0]} }}'
        for n, row in enumerate(listed)
        if row["attribute"] and "{" not in row["written"]
    ]
    for one in POPULATIONS:
        told = json.loads(hsf("rapport", "skjema", "--hva", one, "--format", "json").out)
        rows += [
            f'{{ label = "{one} {n}", of = "{one}", {row["written"]} }}'
            for n, row in enumerate(told)
            if row["codes"] and row["written"]
        ]
    head = FORM[: FORM.index("rows =")].replace('part_of = "all"\n', "")
    load(f"{head}rows = [{', '.join(rows)}]".replace(", {", ",\n{"), "alt.toml")


@pytest.mark.parametrize(
    "words", [["a.toml", "--til", "b.toml"], ["--utgave", "2023"], ["--utgave", "1999"],
              ["--hva", "hester"], ["--hva", "families", "a.toml"], ["--til", "b.docx"]],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused(hsf: Callable[..., Run], words: list[str]) -> None:
    assert hsf("rapport", "skjema", *words).code == 2
