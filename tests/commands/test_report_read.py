"""A published report read in: shown, kept as its year's figures, and its contradictions told."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hsf_cli.commands import report_read
from hsf_cli.registers.department import name_of
from hsf_cli.report import kept
from hsf_cli.report.output.as_json import as_object
from hsf_cli.store import Store
from tests.builders import family, inquiry, served, taken_in
from tests.conftest import Run
from tests.report.filled import COUNTED_AT, filled, hiding
from tests.report.published import published_cells

Hsf = Callable[..., Run]
FOLDER = Path(__file__).parents[1] / "report" / "published"
FILES = {"kongsvinger_2023.json": 2023, "asker_2022.json": 2022}


def tried(hsf: Hsf, file: Path, year: int) -> dict[str, Any]:
    run = hsf("rapport", "les", file, "--år", year, "--prøv", "--format", "json")
    assert run.code == 0, run.err
    told: dict[str, Any] = json.loads(run.out)
    return told


@pytest.mark.parametrize(("name", "year"), FILES.items())
def test_every_cell_of_a_published_form_is_understood(hsf: Hsf, name: str, year: int) -> None:
    told = tried(hsf, FOLDER / name, year)
    form = json.loads((FOLDER / name).read_text(encoding="utf-8"))
    assert told["edition"] == year
    assert [tuple(cell.values()) for cell in told["cells"]] == [
        (cell.section, cell.heading, cell.label.replace("{year}", str(year)), cell.figure)
        for cell in published_cells(form)
    ]
    assert told["not_understood"] == []


@pytest.mark.parametrize(
    ("name", "sections"),
    [("kongsvinger_2023.json", ["6.2", "6.3", "6.8", "6.9"]), ("asker_2022.json", ["7.8"])],
)
def test_its_contradictions_are_told(hsf: Hsf, name: str, sections: list[str]) -> None:
    told = tried(hsf, FOLDER / name, FILES[name])["contradictions"]
    assert [text.partition(":")[0] for text in told] == sections


def test_trying_needs_no_department_and_keeps_nothing(hsf: Hsf, home: Path) -> None:
    tried(hsf, FOLDER / "asker_2022.json", 2022)
    assert not (home / "avdeling").exists()


def test_what_is_read_in_is_the_years_figures(store: Store, hsf: Hsf) -> None:
    run = hsf("rapport", "les", FOLDER / "asker_2022.json")
    assert run.code == 0
    assert "Rapporten motsier seg selv" in run.out
    assert "hsf data angre" in run.err
    shown = hsf("rapport", "vis", 2022)
    assert "lest inn fra asker_2022.json" in shown.out
    (line,) = [line for line in shown.out.splitlines() if "Totalt antall barn" in line]
    assert line.split()[-1] == "128"
    report = kept.kept(store, 2022)
    assert report is not None
    assert report.figures.locked_at is None
    assert report.figures.by_key["inquiries.unmatched"].value is None


def test_it_is_taken_away_again(store: Store, hsf: Hsf) -> None:
    hsf("rapport", "les", FOLDER / "asker_2022.json")
    assert hsf("rapport", "les", "--år", 2022, "--slett").code == 0
    assert kept.kept(store, 2022) is None
    assert hsf("rapport", "les", "--år", 2022, "--slett").code == 4


def test_figures_that_were_read_in_before_are_replaced_only_when_it_is_said(
    store: Store, hsf: Hsf
) -> None:
    hsf("rapport", "les", FOLDER / "asker_2022.json")
    assert hsf("rapport", "les", FOLDER / "asker_2022.json").code == 4
    assert hsf("rapport", "les", FOLDER / "asker_2022.json", "--ja").code == 0
    assert kept.years(store) == [2022]


def test_the_departments_own_records_are_put_aside_only_when_it_is_said(
    store: Store, hsf: Hsf
) -> None:
    taken_in(store, *served())
    run = hsf("rapport", "les", FOLDER / "kongsvinger_2023.json")
    assert run.code == 4
    assert "--ja" in run.err
    assert kept.years(store) == []


def test_a_locked_report_is_not_replaced(store: Store, hsf: Hsf) -> None:
    hsf("rapport", "lås", 2023, "--likevel", "Vi hadde ingen familier")
    run = hsf("rapport", "les", FOLDER / "kongsvinger_2023.json", "--ja")
    assert run.code == 4
    assert "--åpne" in run.err


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("finnes-ikke.txt", None, 3),
        ("noe-annet.txt", b"Handleliste: melk", 6),
        ("rapport.pdf", b"%PDF-1.7 ...", 6),
        ("rapport.json", b'{"sections": 3}', 6),
    ],
)
def test_what_is_no_report_is_told_and_nothing_is_kept(
    store: Store, hsf: Hsf, home: Path, name: str, content: bytes | None, code: int
) -> None:
    if content is not None:
        (home / name).write_bytes(content)
    run = hsf("rapport", "les", home / name, "--år", 2022)
    assert run.code == code
    assert name in run.err
    assert kept.years(store) == []


# A report for the public, in which some rows split what is hidden.
PUBLIC = hiding(
    filled(
        values={"families.background.norsk": 4, "children.total": 5, "children.0-2": 5},
        department="Home-Start Andre",
        counted_at=COUNTED_AT,
        locked_at=COUNTED_AT,
        hours_per_fte=1700,
    ),
    "families.total",
    "families.special_needs",
)


def written(home: Path, **says: object) -> Path:
    """It as the program wrote it, but for what else it says of itself."""
    file = home / "andre.json"
    file.write_text(json.dumps({**as_object(PUBLIC), **says}), encoding="utf-8")
    return file


def test_a_report_that_the_program_wrote_is_kept_with_all_that_it_tells(
    store: Store, hsf: Hsf, home: Path
) -> None:
    run = hsf("rapport", "les", written(home))
    assert run.code == 0, run.err
    assert "motsier seg selv" not in run.out
    assert f"Home-Start Andre, og ikke {name_of(store)}" in run.err
    report = kept.kept(store, 2023)
    assert report is not None
    ours = {"department": name_of(store), "source": "andre.json", "locked_at": None}
    assert report.figures == replace(PUBLIC, **ours)
    assert "skjult" in hsf("rapport", "vis", 2023).out


@pytest.mark.parametrize("options", [(), ("--prøv",), ("--ja",)])
def test_another_year_than_the_report_says_is_asked_about(
    store: Store, hsf: Hsf, options: tuple[str, ...]
) -> None:
    run = hsf("rapport", "les", FOLDER / "asker_2022.json", "--år", 2021, *options)
    assert "2022, og ikke 2021" in run.err
    assert (run.code, kept.years(store)) == {
        (): (4, []), ("--prøv",): (0, []), ("--ja",): (0, [2021]),
    }[options]  # fmt: skip


def test_a_year_that_has_not_come_is_refused(store: Store, hsf: Hsf, home: Path) -> None:
    for words in ((FOLDER / "asker_2022.json", "--år", 2025),
                  (written(home, year=2031),)):  # fmt: skip
        run = hsf("rapport", "les", *words, "--ja")
        assert (run.code, "ikke kommet ennå" in run.err) == (2, True)
    assert kept.years(store) == []


def test_a_report_that_is_locked_meanwhile_is_not_replaced(
    store: Store, hsf: Hsf, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = report_read._show

    def locks_meanwhile(*shown: Any) -> None:
        whole(*shown)
        assert hsf("rapport", "lås", 2023, "--likevel", "Frist").code == 0

    monkeypatch.setattr(report_read, "_show", locks_meanwhile)
    run = hsf("rapport", "les", FOLDER / "kongsvinger_2023.json")
    assert (run.code, "Årsrapporten for 2023" in run.err) == (4, True)
    report = kept.kept(store, 2023)
    assert report is not None
    assert report.figures.locked_at


def test_without_a_department_it_can_only_be_tried(hsf: Hsf) -> None:
    run = hsf("rapport", "les", FOLDER / "asker_2022.json")
    assert run.code == 5
    assert "Det er ingen avdeling" in run.err
    assert "--prøv" in run.err
    assert run.out == ""


def test_what_is_amiss_with_figures_that_were_read_in_is_told_where_they_are_shown(
    store: Store, hsf: Hsf
) -> None:
    hsf("rapport", "les", FOLDER / "asker_2022.json")
    assert hsf("rapport", "vis", 2022).err == (
        "Tallene fra asker_2022.json motsier seg selv i 7.8.\n"
    )
    taken_in(store, family(), inquiry(mottatt="2022-05-01"))
    told = hsf("rapport", "vis", 2022).err
    assert "i 7.8, og vises i stedet for avdelingens egne poster for 2022." in told


def test_a_report_without_a_year_asks_for_it(store: Store, hsf: Hsf, home: Path) -> None:
    text = hsf("rapport", "vis", 2023, "--format", "csv").out
    (home / "tall.csv").write_text(text.replace("2023", ""), encoding="utf-8")
    run = hsf("rapport", "les", home / "tall.csv")
    assert run.code == 2
    assert "--år" in run.err
