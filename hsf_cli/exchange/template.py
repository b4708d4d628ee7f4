"""An empty workbook to fill in: the columns, the codes as drop-downs, and what each may hold."""

import textwrap
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties

from hsf_cli import unfinished
from hsf_cli.codes import code_list
from hsf_cli.exchange.sheet import ID, Sheet
from hsf_cli.exchange.sheets import SHEETS
from hsf_cli.exchange.values import YES_NO, Value
from hsf_cli.exchange.workbooks import CODES, EXPLANATIONS, MOST_ROWS
from hsf_cli.places import owner_only

_YES_NO_LIST = "ja_nei"
HEADER = Font(name="Calibri", bold=True)
REQUIRED = PatternFill("solid", fgColor="FFE8D6")
WRAPPED = Alignment(wrap_text=True, vertical="top")
TEXT_FORMAT = "@"
# In characters and points: no program fits the height of a row that it did not write.
_EXPECTED_WIDTH, LINE_HEIGHT = 90, 15

_INTRODUCTION = (
    "Fyll ut arkene, lagre filen, og hent den inn: hsf data importer FIL.xlsx",
    "Kolonner med farget overskrift må fylles ut. Alt annet kan stå tomt, også hele ark.",
    "En tom celle betyr «ikke registrert», ikke «ingen» og ikke 0.",
    "Velg id-ene selv, for eksempel F1, F2 for familier. Andre ark viser til dem.",
    "Prøv først uten å skrive noe: hsf data importer FIL.xlsx --prøv",
)


def write_template(path: Path) -> None:
    """Writes an empty workbook to fill in, with every sheet and its codes, to that file."""
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = EXPLANATIONS
    _explain(page)
    ranges = _write_codes(book.create_sheet(CODES))
    for place, sheet in enumerate(SHEETS, start=1):
        _write_sheet(book.create_sheet(sheet.name, place), sheet, ranges)
    with unfinished.folder(owner_only(path.parent)) as own, unfinished.temporary_files(own):
        book.save(own / path.name)
        (own / path.name).replace(path)


def _explain(page: Any) -> None:
    for line in _INTRODUCTION:
        page.append([line])
    page.append([])
    page.append(["Ark", "Kolonne", "Må fylles ut", "Hva som kan stå der"])
    for cell in page[page.max_row]:
        cell.font = HEADER
    page.print_title_rows = f"{page.max_row}:{page.max_row}"
    for sheet in SHEETS:
        for place, (header, required, expected) in enumerate(_columns(sheet)):
            page.append([sheet.name, header, "ja" if required else "", expected])
            for cell in page[page.max_row]:
                cell.alignment = WRAPPED
            lines = len(textwrap.wrap(expected, _EXPECTED_WIDTH))
            page.row_dimensions[page.max_row].height = lines * LINE_HEIGHT
            if place == 0:
                page.cell(page.max_row, 1).font = HEADER
    for letter, width in zip("ABCD", (24, 28, 14, _EXPECTED_WIDTH), strict=True):
        page.column_dimensions[letter].width = width
    fit_to_page(page)


def fit_to_page(page: Any) -> None:
    """Lets a sheet be printed as wide as it is, on as many pages as it needs."""
    page.page_setup.orientation = "landscape"
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.page_setup.fitToHeight = 0


def _columns(sheet: Sheet) -> list[tuple[str, bool, str]]:
    """Each column's header, whether it must be filled in, and what it may hold."""
    by_header = {column.header: column for column in sheet.columns}
    id_text = "en id du velger selv, ulik for hver rad"
    return [
        (header, sheet.needs_id, id_text)
        if header == ID
        else (header, by_header[header].required, by_header[header].value.expected)
        for header in sheet.headers
    ]


def _write_codes(page: Any) -> dict[str, str]:
    """Writes each code list with what its codes mean, and gives the range of each by its name."""
    lists: dict[str, Mapping[str, str]] = {_YES_NO_LIST: {"ja": "", "nei": ""}}
    lists.update({name: code_list(name).labels for name in _lists_by_header()})
    headings = {_YES_NO_LIST: "ja eller nei", **_lists_by_header()}
    ranges = {}
    for number, (name, codes) in enumerate(lists.items()):
        place = 2 * number + 1
        letter = get_column_letter(place)
        page.cell(1, place, headings[name]).font = HEADER
        page.cell(1, place + 1, "betyr").font = HEADER
        for line, (code, label) in enumerate(codes.items(), start=2):
            page.cell(line, place, code)
            page.cell(line, place + 1, label)
        page.column_dimensions[letter].width = 22
        page.column_dimensions[get_column_letter(place + 1)].width = 40
        ranges[name] = f"={CODES}!${letter}$2:${letter}${len(codes) + 1}"
    return ranges


def _lists_by_header() -> dict[str, str]:
    """The code lists that the sheets use, each with the headers of the columns that take it."""
    headers: dict[str, list[str]] = {}
    for sheet in SHEETS:
        for column in sheet.columns:
            if column.value.codes:
                headers.setdefault(column.value.codes, []).append(f"{sheet.name}.{column.header}")
    return {name: ", ".join(found) for name, found in headers.items()}


def _write_sheet(page: Any, sheet: Sheet, ranges: dict[str, str]) -> None:
    page.freeze_panes = "A2"
    values = {column.header: column.value for column in sheet.columns}
    for place, (header, required, _) in enumerate(_columns(sheet), start=1):
        letter = get_column_letter(place)
        cell = page.cell(1, place, header)
        cell.font = HEADER
        if required:
            cell.fill = REQUIRED
        page.column_dimensions[letter].width = max(14, len(header) + 3)
        # As text, or Excel makes numbers of phone numbers and ids.
        page.column_dimensions[letter].number_format = TEXT_FORMAT
        if choices := _choices(values.get(header), ranges):
            validation = DataValidation(type="list", formula1=choices, allow_blank=True)
            validation.error = "Det er ikke en av kodene i listen."
            validation.errorStyle = "warning"  # «ikke_spurt» is no code, and may stand there
            validation.showErrorMessage = True
            validation.add(f"{letter}2:{letter}{MOST_ROWS}")
            page.add_data_validation(validation)


def _choices(value: Value | None, ranges: dict[str, str]) -> str | None:
    if value is None:
        return None
    if value is YES_NO:
        return ranges[_YES_NO_LIST]
    # A spreadsheet can offer one code of a list, not several.
    return ranges[value.codes] if value.codes and value.blank is None else None
