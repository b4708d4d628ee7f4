"""A report as a workbook, read back."""

from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

from hsf_cli.report.figures import Figures, Line, Section, Table, of
from hsf_cli.report.output.as_xlsx import as_xlsx
from hsf_cli.store import Store
from tests.builders import taken_in
from tests.documents.told import CONTROLS, CONTROLS_MARKED, LONG, STRANGE
from tests.report.a_year import EDITIONS, a_year
from tests.report.figures import report

AT = datetime(2026, 2, 3, 13, 5, tzinfo=UTC)


def filled_in(*lines: Line, department: str = "Home-Start Prøve") -> Figures:
    """A form of one table with those rows."""
    table = Table("Barnas alder:", lines)
    return Figures(
        2025, 2023, department, "6.0", "Statistikk", (Section("6.3", "Familiene", (table,)),), AT
    )


def opened(figures: Figures) -> Workbook:
    return load_workbook(BytesIO(as_xlsx(figures)))


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_row_of_the_form_is_there_with_its_figure(store: Store, edition: int) -> None:
    taken_in(store, *a_year())
    figures = of(report(store, 2023, edition))
    header, *rows = opened(figures)["Statistikk"].iter_rows(values_only=True)
    assert header == (
        *("Seksjon", "Tittel", "Tabell", "Rad", "Antall", "Enhet", "Mangler", "Nøkkel"),
    )
    assert rows == [
        (
            *(section.number, section.title, table.heading or None, line.label),
            *(pytest.approx(float(line.value or 0)), line.unit, line.missing, line.key),
        )
        for section in figures.sections
        for table in section.tables
        for line in table.lines
    ]


def test_figures_are_numbers_in_the_reader_s_own_way() -> None:
    lines = (Line("a", "Antall", 1632), Line("b", "Timer", Decimal("1632.25"), "timer"))
    page = opened(filled_in(*lines))["Statistikk"]
    assert [(page[cell].value, page[cell].number_format) for cell in ("E2", "E3")] == [
        (1632, "#,##0"),
        (1632.25, "#,##0.00"),
    ]


def test_a_figure_that_was_not_filled_in_is_blank_and_one_that_is_hidden_says_so() -> None:
    lines = (Line("a", "A", None), Line("b", "B", None, missing=None, hidden=True))
    page = opened(filled_in(*lines))["Statistikk"]
    assert (page["E2"].value, page["E3"].value) == (None, "skjult")
    assert (page["G2"].value, page["G3"].value) == (0, "skjult")


def test_it_tells_what_is_hidden_from_the_public() -> None:
    book = load_workbook(BytesIO(as_xlsx(filled_in(Line("a", "A", 1)), "To tall er skjult.")))
    assert book["Om tallene"]["A3"].value == "To tall er skjult."


def test_it_tells_whose_the_figures_are_and_when_they_were_counted() -> None:
    page = opened(filled_in(Line("a", "A", 1)))["Om tallene"]
    assert [row[0] for row in page.iter_rows(values_only=True)] == [
        "6.0 Statistikk 2025",
        "Home-Start Prøve · 2025 · skjema 2023 · talt 03.02.2026 kl. 13.05",
    ]


def test_it_is_ready_to_be_worked_with_and_printed() -> None:
    page = opened(filled_in(Line("a", "A", 1)))["Statistikk"]
    assert page.freeze_panes == "A2"
    assert page.auto_filter.ref == "A1:H2"
    assert page.print_title_rows == "$1:$1"
    assert page.page_setup.orientation == "landscape"
    assert page.page_setup.paperSize == 9  # A4
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.oddFooter.left.text == "Home-Start Prøve · 2025"


@pytest.mark.parametrize("text", STRANGE)
def test_what_people_wrote_is_text(text: str) -> None:
    book = opened(filled_in(Line("a", text, 1), department=text))
    cell = book["Statistikk"]["D2"]
    assert (cell.value, cell.data_type) == (text, "s")
    assert book.properties.creator == text


def test_characters_that_no_workbook_has_are_marked_and_long_texts_fit() -> None:
    page = opened(filled_in(Line("a", CONTROLS, 1), Line("b", LONG * 5, 1)))["Statistikk"]
    assert page["D2"].value == CONTROLS_MARKED
    assert page["D3"].value.startswith(LONG)


def test_the_same_figures_are_the_same_file() -> None:
    figures = filled_in(Line("a", "A", 1))
    assert as_xlsx(figures) == as_xlsx(figures)
    assert opened(figures).properties.modified == AT.replace(tzinfo=None)
