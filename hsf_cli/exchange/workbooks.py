"""Workbooks (.xlsx), read and written row by row."""

import warnings
import zipfile
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from hsf_cli.errors import BadContent, HsfError
from hsf_cli.exchange.sheet import Sheet
from hsf_cli.exchange.sources import (
    LARGEST_BYTES,
    Cells,
    Source,
    Table,
    in_reading_order,
    sheet_named,
)
from hsf_cli.numbers import written
from hsf_cli.unfinished import temporary_files

EXPLANATIONS, CODES = "Forklaring", "Koder"
MOST_ROWS = 1_048_576
# Rows are read with every blank before their last cell; a sheet with more than this is no table.
_MOST_CELLS = 20_000_000
LONGEST_CELL = 32_767
_OUR_OWN = {EXPLANATIONS, CODES}

# It tells of styles and drop-downs that it leaves out when reading; we read values.
warnings.filterwarnings("ignore", category=UserWarning, module="openpyxl")


@contextmanager
def opened_workbook(path: Path) -> Iterator[Source]:
    """The tables in a workbook's sheets. Raises BadContent where it cannot be read."""
    with path.open("rb") as file:
        with _reading_errors(path):
            _refuse_bomb(path)
            book = load_workbook(file, read_only=True, data_only=True)
        try:
            yield _source(book, path)
        finally:
            book.close()


def _source(book: Workbook, path: Path) -> Source:
    tables, unread = [], []
    for page in book.worksheets:
        if sheet := sheet_named(page.title):
            where = f"{path.name}, ark {page.title}"
            tables.append(Table(sheet, where, partial(_whole, page, path, sheet)))
        elif page.title not in _OUR_OWN:
            unread.append(f"ark {page.title}")
    return Source(in_reading_order(tables), unread)


def write_workbook(
    path: Path, sheets: Iterable[tuple[str, Sequence[str], Generator[Cells]]]
) -> None:
    """Writes a workbook of text cells, one sheet per (name, headers, rows).

    Text cells and nothing else: no cell can be a formula, and everything reads back as it was.
    Raises BadContent where a sheet has more rows than a workbook can hold.
    """
    with temporary_files(path.parent):
        book = Workbook(write_only=True)
        for name, headers, rows in sheets:
            page = book.create_sheet(name)
            page.freeze_panes = "A2"
            with closing(rows), closing(page):
                first, rest = _in_cells(name, headers, rows)
                page.append([_text_cell(page, header, bold=True) for header in first])
                for number, row in enumerate(rest, start=2):
                    if number > MOST_ROWS:
                        raise _no_room(name, f"en arbeidsbok har høyst {written(MOST_ROWS)} rader")
                    if any(len(text) > LONGEST_CELL for text in row):
                        raise _no_room(name, f"en celle kan ha høyst {written(LONGEST_CELL)} tegn")
                    page.append([_text_cell(page, text) if text else None for text in row])
        book.save(path)


def _in_cells(
    name: str, headers: Sequence[str], rows: Iterable[Cells]
) -> tuple[Cells, Iterable[Cells]]:
    """The headers and rows of a sheet, where long texts go on in columns of their own.

    They stand last, named for the column that they go on from: «skjema 2».
    """
    sheet = sheet_named(name)
    long = _long_headers(sheet) if sheet else set()
    places = [place for place, header in enumerate(headers) if header in long]
    if not places:
        return [*headers], rows
    known = list(rows)
    further = [
        (place, number)
        for place in places
        for number in range(1, _parts(max((row[place] for row in known), key=len, default="")))
    ]
    return (
        [*headers, *(f"{headers[place]} {number + 1}" for place, number in further)],
        [
            [
                *(_part(text, 0) if place in places else text for place, text in enumerate(row)),
                *(_part(row[place], number) for place, number in further),
            ]
            for row in known
        ],
    )


def _part(text: str, number: int) -> str:
    return text[number * LONGEST_CELL : (number + 1) * LONGEST_CELL]


def _parts(text: str) -> int:
    """How many cells the text takes."""
    return -(-len(text) // LONGEST_CELL)


def _whole(page: Any, path: Path, sheet: Sheet) -> Iterator[tuple[int, Cells]]:
    """A sheet's rows, with texts that go on in columns of their own put together again."""
    further: dict[int, int] = {}
    for line, cells in _rows(page, path):
        if line == 1:
            further = _going_on(sheet, cells)
        elif further:
            cells += [""] * (max(further) + 1 - len(cells))
            for place, begun in sorted(further.items()):
                cells[begun] += cells[place]
        yield line, [text for place, text in enumerate(cells) if place not in further]


def _going_on(sheet: Sheet, headers: Cells) -> dict[int, int]:
    """The columns that texts go on in, each with the one that they begin in."""
    found = {}
    for place, header in enumerate(headers):
        name, _, number = header.rpartition(" ")
        if number.isdecimal() and name in headers and name in _long_headers(sheet):
            found[place] = headers.index(name)
    return found


def _long_headers(sheet: Sheet) -> set[str]:
    """The headers of columns whose texts may be longer than a cell."""
    return {one.header for one in sheet.columns if one.longest > LONGEST_CELL}


def _too_large(name: str, path: Path) -> BadContent:
    return BadContent(
        f"Arket {name} i {path.name} er større enn en tabell kan være.",
        "Noe står langt nede eller langt til høyre. Slett radene og kolonnene utenfor tabellen.",
    )


def _no_room(name: str, why: str) -> BadContent:
    return BadContent(
        f"Arket {name} får ikke plass: {why}.", "Eksporter til en mappe med CSV-filer i stedet."
    )


def _text_cell(page: Any, text: str, *, bold: bool = False) -> Any:
    cell = WriteOnlyCell(page, value=text)
    cell.data_type = "s"
    if bold:
        cell.font = Font(name="Calibri", bold=True)
    return cell


def _rows(page: Any, path: Path) -> Iterator[tuple[int, Cells]]:
    with _reading_errors(path):
        page.reset_dimensions()  # some programs write a size that is not the sheet's
        seen = 0
        for line, values in enumerate(page.iter_rows(values_only=True), start=1):
            seen += len(values)
            if line > MOST_ROWS or seen > _MOST_CELLS:
                raise _too_large(page.title, path)
            cells = [_text(value) for value in values]
            while cells and not cells[-1].strip():
                cells.pop()
            yield line, cells


def _text(value: Any) -> str:
    """A cell's value in the spelling that the readers of text take."""
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return "ja" if value else "nei"
        case float():  # as it looks in the sheet: arithmetic leaves crumbs far out
            return f"{value:.10f}".rstrip("0").rstrip(".")
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime():
            return value.isoformat(" ")
        case date():
            return value.isoformat()
        case time() if value.second == 0 and value.microsecond == 0:
            return value.strftime("%H:%M")
        case timedelta():
            minutes = (value + timedelta(seconds=30)) // timedelta(minutes=1)
            return f"{minutes // 60}:{minutes % 60:02}"
        case _:
            return str(value)


def _refuse_bomb(path: Path) -> None:
    """Refuses a workbook that unpacks to more than a file may be."""
    with zipfile.ZipFile(path) as archive:
        if sum(part.file_size for part in archive.infolist()) > LARGEST_BYTES:
            raise BadContent(
                f"{path.name} pakker ut til mer enn {LARGEST_BYTES // 1024**2} MB.",
                "Del den opp, eller bruk en mappe med CSV-filer.",
            )


@contextmanager
def _reading_errors(path: Path) -> Iterator[None]:
    """Turns what openpyxl raises on a damaged workbook, which can be anything, into one error."""
    try:
        yield
    except HsfError:
        raise
    except Exception as error:
        raise BadContent(
            f"{path.name} kan ikke leses som arbeidsbok.",
            "Åpne den i Excel eller LibreOffice og lagre den på nytt som .xlsx.",
        ) from error
