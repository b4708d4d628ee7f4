"""A workbook for one volunteer to hand in a month's hours with, which an import reads as it is.

Its rows for the assignments are filled in but for the figures. One that comes back so says nothing:
no visits recorded, and no hours. Their ids let the same file be read twice, and a corrected one
bring its changes in. The rows below are blank, and so no rows until something is written there.
"""

import os
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from hsf_cli import unfinished
from hsf_cli.codes import code_list
from hsf_cli.dates import written, written_month
from hsf_cli.exchange.sheet import ID
from hsf_cli.exchange.template import (
    HEADER,
    LINE_HEIGHT,
    REQUIRED,
    TEXT_FORMAT,
    WRAPPED,
    fit_to_page,
)
from hsf_cli.exchange.workbooks import EXPLANATIONS
from hsf_cli.places import owner_only

_SHEET = "timer"
_WIDTHS = {
    "familiekontakt": 16, "oppdrag": 14, "dato": 14, "type": 14, "besøk": 10, "timer": 10,
    "kjøring": 10, "type_annet": 26, ID: 22,
}  # fmt: skip
_COLUMNS = tuple(_WIDTHS)
# What is left to the volunteer on the rows of the assignments.
_TO_FILL_IN = {"besøk", "timer", "kjøring"}
_HINTS = {
    "oppdrag": "Oppdraget som startet {started}.",
    "besøk": "Hvor mange besøk i måneden? Ingen er 0.",
    "timer": "Timene til sammen: 10,5 eller 10:30.",
    "kjøring": "Kjøretiden til sammen: 0:40.",
}
_SPARE_ROWS = 20
_GIVEN = Font(name="Calibri", color="FF7F7F7F")
_TITLE = Font(name="Calibri", bold=True, size=14)
_LINED = Border(bottom=Side("thin", color="FFD9D9D9"))
_EXPLANATION_WIDTHS = (20, 40, 36)

_EXPLANATION = """\
Fyll ut arket «timer», lagre filen, og send den tilbake til koordinatoren.
Hvert oppdrag har sin rad. Skriv antall besøk, timene til sammen, og kjøretiden.
Hadde du ingen besøk, så skriv 0 under besøk.
Har du ikke tallene ennå, så la raden stå urørt: tom under besøk regnes den som ikke levert.
Timer skrives som 2,5 eller 2:30, og 40 minutter kjøring som 0:40.
Andre timer, som kurs og veiledning, skriver du på de tomme radene: familiekontakt, dato, type og \
timer. Datoer skrives som 31.10.2026.
Grått er fylt ut for deg, og skal stå. Under «id» skriver du ingenting.
Skriv aldri navnet på familien i filen."""
_FOR_COORDINATOR = """\
Til koordinatoren: hsf data importer FIL.xlsx
Den samme filen kan hentes inn flere ganger. Er tallene rettet, så ta dem inn med --oppdater."""


@dataclass(frozen=True)
class Row:
    """An assignment to hand in hours for: its id and the volunteer's own way of knowing it."""

    assignment: str
    started_on: str
    usual_time: str | None
    dated: date


@dataclass(frozen=True)
class HoursSheet:
    """What the workbook of one volunteer holds."""

    volunteer: str
    volunteer_name: str
    month: date
    rows: Sequence[Row]


def write_all(sheets: Iterable[tuple[Path, HoursSheet]], folder: Path) -> None:
    """Writes each to its file in the folder, which gets only what is finished."""
    owner_only(folder)
    with unfinished.folder(folder) as own, unfinished.temporary_files(own):
        for path, sheet in sheets:
            file = own / path.name
            _book(sheet).save(file)
            os.replace(file, path)


def _book(sheet: HoursSheet) -> Workbook:
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = EXPLANATIONS
    ranges = _explain(page, sheet)
    _fill(book.create_sheet(_SHEET), sheet, ranges)
    return book


def _explain(page: Any, sheet: HoursSheet) -> dict[str, str]:
    """Writes the explanations, and gives the cells to choose from for each column that has any."""
    _text(
        page, 1, 1, f"Timer for {written_month(sheet.month.year, sheet.month.month)}"
    ).font = _TITLE
    line = _lines(page, 3, _EXPLANATION) + 1
    ranges = {}
    for headers, rows in (
        (("familiekontakt", "navn"), [(sheet.volunteer, sheet.volunteer_name)]),
        (("oppdrag", "startet", "klokkeslett"), [_known_by(row) for row in sheet.rows]),
        (("type", "betyr"), list(code_list("hours_kind").labels.items())),
    ):
        for place, header in enumerate(headers, start=1):
            _text(page, line, place, header).font = HEADER
        for number, row in enumerate(rows, start=line + 1):
            for place, text in enumerate(row, start=1):
                _text(page, number, place, text)
        ranges[headers[0]] = f"={EXPLANATIONS}!$A${line + 1}:$A${line + len(rows)}"
        line += len(rows) + 2
    _lines(page, line, _FOR_COORDINATOR)
    for letter, width in zip("ABC", _EXPLANATION_WIDTHS, strict=True):
        page.column_dimensions[letter].width = width
    fit_to_page(page)
    return ranges


def _known_by(row: Row) -> tuple[str, str, str]:
    return row.assignment, written(row.started_on), row.usual_time or ""


def _lines(page: Any, first: int, text: str) -> int:
    """Writes each line across the page, and gives the row after the last."""
    lines = text.splitlines()
    for number, line in enumerate(lines, start=first):
        _text(page, number, 1, line).alignment = WRAPPED
        page.merge_cells(start_row=number, end_row=number, start_column=1, end_column=3)
        page.row_dimensions[number].height = (
            len(textwrap.wrap(line, sum(_EXPLANATION_WIDTHS))) * LINE_HEIGHT
        )
    return first + len(lines)


def _fill(page: Any, sheet: HoursSheet, ranges: dict[str, str]) -> None:
    page.freeze_panes = "A2"
    for place, (header, width) in enumerate(_WIDTHS.items(), start=1):
        _text(page, 1, place, header).font = HEADER
        letter = get_column_letter(place)
        page.column_dimensions[letter].width = width
        # As text, here and below, or a spreadsheet makes a date of 2.5.
        page.column_dimensions[letter].number_format = TEXT_FORMAT
    for line, row in enumerate(sheet.rows, start=2):
        _fill_row(page, line, sheet, row)
    first, last = len(sheet.rows) + 2, len(sheet.rows) + 1 + _SPARE_ROWS
    for header, choices in ranges.items():
        letter = get_column_letter(_COLUMNS.index(header) + 1)
        validation = DataValidation(type="list", formula1=choices, allow_blank=True)
        validation.error = "Velg en av dem i listen."
        validation.showErrorMessage = True
        validation.add(f"{letter}{first}:{letter}{last}")
        page.add_data_validation(validation)
    for cells in page.iter_rows(1, last, 1, len(_COLUMNS)):
        for cell in cells:
            cell.number_format, cell.border = TEXT_FORMAT, _LINED
    fit_to_page(page)


def _fill_row(page: Any, line: int, sheet: HoursSheet, row: Row) -> None:
    given = {
        "familiekontakt": sheet.volunteer,
        "oppdrag": row.assignment,
        "dato": written(row.dated),
        "type": "oppdrag",
        "timer": "0",
        ID: f"{row.assignment}-{sheet.month:%Y-%m}",
    }
    for place, header in enumerate(_COLUMNS, start=1):
        cell = _text(page, line, place, given.get(header, ""))
        if header in _TO_FILL_IN:
            cell.fill = REQUIRED
        else:
            cell.font = _GIVEN
        if header in _HINTS:
            hint = _HINTS[header].format(started=written(row.started_on))
            _add_hint(page, cell.coordinate, header, hint)


def _add_hint(page: Any, cell: str, header: str, hint: str) -> None:
    """Lets a spreadsheet show the hint when somebody comes to the cell."""
    validation = DataValidation(showInputMessage=True, promptTitle=header, prompt=hint)
    validation.add(cell)
    page.add_data_validation(validation)


def _text(page: Any, line: int, place: int, text: str) -> Any:
    """A cell of text and nothing else: an id is never a formula."""
    cell = page.cell(line, place)
    if text:
        cell.value = text
        cell.data_type = "s"
    return cell
