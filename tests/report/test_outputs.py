"""A report as people read it: on the terminal, as Markdown, and in a spreadsheet."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.console import Console

from hsf_cli import numbers
from hsf_cli.documents.as_markdown import as_markdown
from hsf_cli.report import figures
from hsf_cli.report.count import Cell, Report, counted
from hsf_cli.report.figures import Figures, Line, Section, Table
from hsf_cli.report.form import inside
from hsf_cli.report.forms import load
from hsf_cli.report.output import terminal
from hsf_cli.report.output.as_csv import as_csv
from hsf_cli.report.whole import Beside, statistics_alone
from hsf_cli.store import Store
from tests.builders import served, taken_in, volunteer
from tests.conftest import Run
from tests.report.a_year import EDITIONS, a_year
from tests.report.figures import COUNTED_AT, cells, report


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_csv_has_a_line_for_every_row_with_its_figure(store: Store, edition: int) -> None:
    taken_in(store, *a_year())
    result = report(store, 2023, edition)
    told = list(csv.DictReader(io.StringIO(as_csv(figures.of(result))), delimiter=";"))
    assert [tuple(line.values()) for line in told] == [
        (
            section.number,
            section.title,
            table.heading,
            cell.label,
            str(cell.figure).replace(".", ","),
            cell.row.unit,
            str(len(cell.missing)),
            cell.row.key,
        )
        for section in result.sections
        for table in section.tables
        for cell in table.cells
    ]


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_markdown_has_every_section_heading_label_and_figure_in_order(
    store: Store, edition: int
) -> None:
    taken_in(store, *a_year())
    result = report(store, 2023, edition)
    told = iter(markdown(figures.of(result)).splitlines())
    assert f"# {result.form.number} {result.form.title}" in told
    for section in result.sections:
        assert f"## {section.number} {section.title}" in told
        for table in section.tables:
            assert f"| {table.heading or section.title} | Antall |" in told
            assert next(told) == "| :-- | --: |"
            for cell in table.cells:
                assert _line_has(next(told), f"| {cell.label}", cell)


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_terminal_shows_every_section_heading_label_and_figure_in_order(
    store: Store, hsf: Callable[..., Run], edition: int
) -> None:
    taken_in(store, *a_year())
    run = hsf("rapport", "vis", 2023, "--utgave", edition)
    assert run.code == 0
    result = report(store, 2023, edition)
    told = iter(run.out.splitlines())
    assert f"{result.form.number} {result.form.title}" in told
    for section in result.sections:
        assert f"{section.number} {section.title}" in told
        for table in section.tables:
            heading = next(line.split() for line in told if line.endswith("Antall"))
            assert heading == [*table.heading.split(), "Antall"]
            further_in = inside(cell.row for cell in table.cells)
            for cell in table.cells:
                step = "    " if cell.row.key in further_in else "  "
                assert _line_has(next(told), f"{step}{cell.label} ", cell)


def markdown(shown: Figures) -> str:
    """The statistics chapter as Markdown."""
    return as_markdown(statistics_alone(shown, Beside(), COUNTED_AT))


def _line_has(line: str, start: str, cell: Cell) -> bool:
    return line.startswith(start) and numbers.written(cell.figure) in line[len(start) :].split(" ")


@pytest.mark.parametrize("format", ["tabell", "md"])
def test_the_hours_of_one_arsverk_stand_beside_the_figure(
    store: Store, hsf: Callable[..., Run], format: str
) -> None:
    with store.change("test") as change:
        change.update("department", 1, hours_per_fte=1695)
    out = hsf("rapport", "vis", 2023, "--format", format).out
    (line,) = [line for line in out.splitlines() if "Antall årsverk" in line]
    assert "1\N{NO-BREAK SPACE}695 timer per årsverk" in line


@pytest.mark.parametrize("width", [60, 80, 200])
def test_a_terminal_of_any_width_has_room_for_every_word_of_every_label(
    store: Store, width: int
) -> None:
    taken_in(store, *a_year())
    result = report(store)
    out = io.StringIO()
    terminal.show(
        figures.of(result), Console(file=out, width=width, force_terminal=True, color_system=None)
    )
    assert max(len(line) for line in out.getvalue().splitlines()) <= width
    words = iter(out.getvalue().split())
    for cell in cells(result):
        for word in cell.label.split():
            assert word in words  # and so after the words before it


def test_figures_are_written_as_in_norway(store: Store, hsf: Callable[..., Run]) -> None:
    taken_in(store, *a_year())
    assert "1\N{NO-BREAK SPACE}632,93" in hsf("rapport", "vis", 2023).out
    assert "1632,93" in hsf("rapport", "vis", 2023, "--format", "csv").out


def test_a_table_that_does_not_add_up_names_the_records_left_out(
    store: Store, hsf: Callable[..., Run]
) -> None:
    taken_in(
        store,
        *served("1", sivilstatus="enslig"),
        *served("2"),
        volunteer("V3", kjønn="mann"),
    )
    out = hsf("rapport", "vis", 2023).out
    assert "1 familie står ikke i noen av radene: F2." in out
    assert "1 familiekontakt av «Mannlige familiekontakter» står ikke i noen av radene: V3." in out
    # What may leave the department names nobody.
    out = hsf("rapport", "vis", 2023, "--format", "md").out
    assert "1 familie står ikke i noen av radene." in out
    assert "F2" not in out


@pytest.mark.parametrize("format", ["tabell", "md"])
def test_a_table_that_adds_up_says_nothing_of_it(
    empty_department: Path, hsf: Callable[..., Run], format: str
) -> None:
    assert "står ikke i" not in hsf("rapport", "vis", 2023, "--format", format).out


AWKWARD = """\
edition = 2023
chapter = { number = "1.0", title = "[bold]Tall[/bold]" }
[[section]]
number = "1.1"
title = "=A1"
[[section.table]]
heading = "a | b"
of = "families"
rows = [
  { label = "+[red]x[/red] | y \\\\ z" },
  { label = ":smile: {year}" },
]
"""


def awkward(store: Store) -> Report:
    """A form of a department's own whose words mean something to the formats."""
    return counted(store, load(AWKWARD, "eget.toml"), 2023, COUNTED_AT)


def test_words_of_a_form_are_never_read_as_markup_on_the_terminal(
    empty_department: Path, hsf: Callable[..., Run], home: Path
) -> None:
    (home / "eget.toml").write_text(AWKWARD, encoding="utf-8")
    out = hsf("rapport", "vis", 2023, "--skjema", home / "eget.toml").out
    assert "[bold]Tall[/bold]" in out
    assert "+[red]x[/red] | y \\ z" in out
    assert ":smile: 2023" in out


def test_words_of_a_form_do_not_break_a_markdown_table(store: Store) -> None:
    text = markdown(figures.of(awkward(store)))
    assert "| a \\| b | Antall |" in text
    assert r"| +\[red]x\[/red] \| y \\ z | 0 |" in text


def test_the_csv_tells_what_is_hidden_from_what_was_not_filled_in() -> None:
    lines = (Line("a", "A", None), Line("b", "B", None, missing=None, hidden=True))
    section = Section("6.3", "Familiene", (Table("Alder", lines),))
    told = as_csv(Figures(2023, 2023, "Home-Start Prøve", "6.0", "Statistikk", (section,)))
    values = [
        (line["verdi"], line["mangler"])
        for line in csv.DictReader(io.StringIO(told), delimiter=";")
    ]
    assert values == [("", "0"), ("skjult", "skjult")]


def test_words_of_a_form_are_no_formulas_in_csv(store: Store) -> None:
    lines = list(csv.reader(io.StringIO(as_csv(figures.of(awkward(store)))), delimiter=";"))
    assert lines[1][1] == "'=A1"
    assert lines[1][3] == "'+[red]x[/red] | y \\ z"
    assert lines[2][3] == ":smile: 2023"


def test_a_whole_that_stands_in_another_table_is_named_by_the_rows_heading(
    store: Store, hsf: Callable[..., Run]
) -> None:
    """The form of 2022 has two genders, and their total in another table."""
    taken_in(store, volunteer("V1", kjønn="annet"))
    out = hsf("rapport", "vis", 2022).out
    heading = "Familiekontaktenes kjønns- og aldersfordeling:"
    assert f"1 familiekontakt av «{heading}» står ikke i noen av radene: V1." in out
