"""A report as a workbook: every row of the form on one sheet, and where they come from on another.

Texts are cells of text and figures are numbers: nothing in it is a formula.
"""

import textwrap
from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from hsf_cli import numbers
from hsf_cli.documents import archives
from hsf_cli.documents.characters import printable
from hsf_cli.report import in_words
from hsf_cli.report.figures import Figures

if TYPE_CHECKING:
    from openpyxl import Workbook

_ROWS, _ABOUT = "Statistikk", "Om tallene"
_LABEL, _MISSING = "Rad", "Mangler"
_WIDTHS = {
    "Seksjon": 9, "Tittel": 26, "Tabell": 50, _LABEL: 62, in_words.FIGURE_HEADING: 12, "Enhet": 9,
    _MISSING: 9, "Nøkkel": 38,
}  # fmt: skip
_FIGURES = {in_words.FIGURE_HEADING, _MISSING}
# A spreadsheet writes them with the marks of the reader's own language.
_WHOLE, _DECIMAL = "#,##0", "#,##0.00"
_WHOLE_BUT_NONE = "#,##0;-#,##0;"
_ACCENT, _HAIR = "FF1D4A5C", "FFD3DBDE"
_LONGEST_CELL = 32_000
# Points; no row of a sheet can be higher.
_LINE_HEIGHT, _HIGHEST = 15.5, 409
# Letters are narrower than the figures that a width is counted in.
_CHARACTERS = 1.2
# A workbook that tells no time is always the same; this is the form's own.
_NO_TIME = datetime(2000, 1, 1)


def as_xlsx(figures: Figures, said: str = "") -> bytes:
    """The workbook as the bytes of a file: the same for the same figures.

    What is said of them stands on the sheet about them: what is hidden, and why.
    """
    from openpyxl import Workbook

    book = Workbook()
    book.properties.title = printable(f"{in_words.title(figures)} {figures.year}")
    book.properties.creator = printable(figures.department)
    book.properties.language = "nb-NO"
    _fill_rows(book, figures)
    _fill_about(book, figures, said)
    return archives.workbook(book, figures.locked_at or figures.counted_at or _NO_TIME)


def _fill_rows(book: "Workbook", figures: Figures) -> None:
    from openpyxl.utils import get_column_letter

    page: Any = book.active
    page.title = _ROWS
    for column, header in enumerate(_WIDTHS, start=1):
        _head(page, column, header)
    last = 1
    inside = {key for table in figures.tables for key in table.inside}
    for last, values in enumerate(_rows(figures), start=2):
        _fill_row(page, last, values, further_in=values[-1] in inside)
    for column, width in enumerate(_WIDTHS.values(), start=1):
        page.column_dimensions[get_column_letter(column)].width = width
    page.freeze_panes = "A2"
    page.auto_filter.ref = f"A1:{get_column_letter(len(_WIDTHS))}{last}"
    page.print_title_rows = "1:1"
    _set_print(page, figures)


def _rows(figures: Figures) -> Iterator[Sequence[str | int | Decimal | None]]:
    for section in figures.sections:
        for table in section.tables:
            for line in table.lines:
                where = (section.number, section.title, table.heading, line.label)
                value = in_words.HIDDEN if line.hidden else line.value
                missing = in_words.HIDDEN if line.missing is None else line.missing
                yield *where, value, line.unit, missing, line.key


def _fill_row(
    page: Any, number: int, values: Sequence[str | int | Decimal | None], *, further_in: bool
) -> None:
    from openpyxl.styles import Alignment, Border, Font, Side

    lines = 1
    for column, (value, (header, width)) in enumerate(
        zip(values, _WIDTHS.items(), strict=True), start=1
    ):
        cell = page.cell(number, column)
        cell.font = Font(name="Calibri")
        cell.border = Border(bottom=Side("hair", color=_HAIR))
        if isinstance(value, str):
            _write(cell, value)
            lines = max(lines, len(textwrap.wrap(value, int(width * _CHARACTERS))))
        elif value is not None:
            cell.value = value
            cell.number_format = _format(header, value)
        cell.alignment = (
            Alignment(horizontal="right", vertical="top")
            if header in _FIGURES
            else Alignment(
                horizontal="left",
                vertical="top",
                wrap_text=True,
                indent=3 if further_in and header == _LABEL else 1,
            )
        )
    page.row_dimensions[number].height = min(lines * _LINE_HEIGHT, _HIGHEST)


def _format(header: str, value: int | Decimal) -> str:
    if header == _MISSING:
        return _WHOLE_BUT_NONE
    return _WHOLE if isinstance(value, int) else _DECIMAL


def _head(page: Any, column: int, header: str) -> None:
    from openpyxl.styles import Alignment, Border, Font, Side

    cell = page.cell(1, column)
    _write(cell, header)
    cell.font = Font(name="Calibri", bold=True, color=_ACCENT)
    cell.border = Border(bottom=Side("medium", color=_ACCENT))
    figures = header in _FIGURES
    cell.alignment = Alignment(horizontal="right" if figures else "left", indent=not figures)


def _fill_about(book: "Workbook", figures: Figures, said: str) -> None:
    """The sheet that says whose the figures are, whether they are locked, and what is hidden."""
    from openpyxl.styles import Alignment, Font

    page: Any = book.create_sheet(_ABOUT)
    lines = [f"{in_words.title(figures)} {figures.year}", in_words.origin(figures)]
    if figures.hours_per_fte:
        lines.append(f"{numbers.written(figures.hours_per_fte)} timer per årsverk")
    if said:
        lines.append(said)
    for number, words in enumerate(lines, start=1):
        cell = page.cell(number, 1)
        _write(cell, words)
        cell.alignment = Alignment(wrap_text=True)
        cell.font = (
            Font(name="Calibri", bold=True, size=14, color=_ACCENT)
            if number == 1
            else Font(name="Calibri")
        )
    page.column_dimensions["A"].width = 80
    _set_print(page, figures)


def _write(cell: Any, words: str) -> None:
    """Fills the cell with text, which no program takes for a formula."""
    if words:
        cell.value = printable(words)[:_LONGEST_CELL]
        cell.data_type = "s"


def _set_print(page: Any, figures: Figures) -> None:
    from openpyxl.worksheet.properties import PageSetupProperties

    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.page_setup.fitToHeight = 0
    page.oddFooter.left.text = _in_a_footer(f"{figures.department} · {figures.year}")
    page.oddFooter.right.text = "Side &P av &N"


def _in_a_footer(words: str) -> str:
    """The words where `&` begins a command, and where there is not room for many of them."""
    return printable(words)[:100].replace("&", "&&")
