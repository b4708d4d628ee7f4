"""A proof as a workbook to work with: the rows on one sheet, their records on another."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from hsf_cli import unfinished
from hsf_cli.errors import Stopped
from hsf_cli.report import in_words
from hsf_cli.report.output.proof import by_record, sentences
from hsf_cli.report.output.proof.by_record import Value
from hsf_cli.report.proof import Proof

_MOST_ROWS = 1_048_576
_HEADER_ROW = 3
_A4 = 9  # the number that workbooks have for it
_ROWS = {
    "Seksjon": 9,
    "Tittel": 24,
    "Tabell": 30,
    "Rad": 44,
    "Tall": 10,
    "Enhet": 9,
    "Hva som telles": 80,
    "Med": 8,
    "Ikke med": 10,
}
_RECORD_WIDTHS = {"Seksjon": 9, "Tabell": 30, "Rad": 40, "Id": 14, "Navn": 30, "Grunn": 50}
_USUAL_WIDTH = 11
_LINE = 15.0  # points
_BOLD = Font(name="Calibri", bold=True)
_WRAPPED = Alignment(vertical="top", wrap_text=True)


def as_xlsx(proof: Proof) -> bytes:
    """The workbook: text and numbers, and no formula."""
    book = Workbook(write_only=True)
    book.properties.title = f"{sentences.title(proof)} ({sentences.MARK})"
    book.properties.creator = proof.figures.department
    header = by_record.header(proof)
    columns = {name: _RECORD_WIDTHS.get(name, _USUAL_WIDTH) for name in header}
    written = BytesIO()
    with unfinished.folder() as own, unfinished.temporary_files(own):
        _write(book, "Rader", _ROWS, _rows(proof), proof, wrapped=True)
        _write(book, "Poster", columns, by_record.lines(proof), proof)
        book.save(written)
    return written.getvalue()


def _rows(proof: Proof) -> Iterable[list[Value]]:
    for section, table, row in proof.rows:
        yield [
            section.number,
            section.title,
            table.heading,
            row.line.label,
            Fraction(row.line.value or 0),
            row.line.unit,
            " ".join(filter(None, [row.definition, sentences.calculation(row)])),
            len(row.counted),
            len(row.left_out),
        ]


def _write(
    book: Workbook,
    name: str,
    columns: Mapping[str, int],
    lines: Iterable[Sequence[Value]],
    proof: Proof,
    *,
    wrapped: bool = False,
) -> None:
    """A sheet of the lines, under a warning and a header; the columns have their widths."""
    page: Any = book.create_sheet(name)
    _set_up(page, columns, proof)
    page.append([_cell(page, sentences.warning(proof), font=_BOLD)])
    page.append([_cell(page, sentences.origin(proof))])
    page.append([_cell(page, title, font=_BOLD) for title in columns])
    last = _HEADER_ROW
    for last, line in enumerate(lines, start=_HEADER_ROW + 1):
        if last > _MOST_ROWS:
            raise Stopped(
                f"Beviset får ikke plass: en arbeidsbok har høyst {_MOST_ROWS} rader.",
                "Ta én seksjon om gangen, for eksempel 6.3.",
            )
        if wrapped:
            page.row_dimensions[last].height = _LINE * _lines(line, columns.values())
        page.append([_cell(page, value, alignment=_WRAPPED if wrapped else None) for value in line])
    page.auto_filter.ref = f"A{_HEADER_ROW}:{get_column_letter(len(columns))}{last}"


def _lines(line: Sequence[Value], widths: Iterable[int]) -> int:
    """How many lines the longest text in a row needs: not every program works that out."""
    cells = zip(line, widths, strict=True)
    return max(-(-len(cell) // width) for cell, width in cells if isinstance(cell, str))


def _set_up(page: Any, columns: Mapping[str, int], proof: Proof) -> None:
    """How the sheet looks, on the screen and on paper: marked on every page."""
    for place, width in enumerate(columns.values(), start=1):
        page.column_dimensions[get_column_letter(place)].width = width
    page.freeze_panes = f"A{_HEADER_ROW + 1}"
    page.print_title_rows = f"{_HEADER_ROW}:{_HEADER_ROW}"
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = _A4
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.oddHeader.right.text = sentences.MARK.upper()
    page.oddFooter.left.text = in_words.origin(proof.figures).replace("&", "&&")
    page.oddFooter.right.text = "Side &P av &N"


def _cell(
    page: Any, value: Value, *, font: Font | None = None, alignment: Alignment | None = None
) -> Any:
    """A cell of text, which no program takes for a formula, or of a number."""
    if value is None or value == "":
        return None
    if isinstance(value, str):
        cell = WriteOnlyCell(page, value=value)
        cell.data_type = "s"
    else:
        cell = WriteOnlyCell(page, value=float(value))
    if font:
        cell.font = font
    if alignment:
        cell.alignment = alignment
    return cell
