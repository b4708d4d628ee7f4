"""What an import reads: the tables of a folder, of a workbook, or of a single CSV file."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from hsf_cli.errors import BadContent, NotFound
from hsf_cli.exchange.sheet import Sheet
from hsf_cli.exchange.sheets import SHEET_BY_SPELLING, SHEETS
from hsf_cli.spelling import folded

LARGEST_BYTES = 200 * 1024 * 1024

Cells = list[str]


@dataclass(frozen=True)
class Table:
    """One file or sheet as it was found: where it is, and its rows with their line numbers."""

    sheet: Sheet
    file: str
    rows: Callable[[], Iterator[tuple[int, Cells]]]
    # Takes off what the file format, not the text, put into a cell.
    plain: Callable[[str], str] = str


@dataclass(frozen=True)
class Source:
    """Everything an import was given: its tables in reading order, and what it will not read."""

    tables: list[Table]
    unread: list[str]


@contextmanager
def opened(path: Path) -> Iterator[Source]:
    """The tables in a folder of CSV files, a workbook or one CSV file.

    Raises NotFound where there is nothing to read, and BadContent where it is of another kind.
    """
    if not path.exists():
        raise NotFound(
            f"Finner ikke {path}.", "Skriv navnet på en mappe med CSV-filer eller en .xlsx-fil."
        )
    if path.suffix.casefold() == ".xlsx":
        from hsf_cli.exchange.workbooks import opened_workbook

        _refuse_large(path)
        with opened_workbook(path) as source:
            yield _checked(source, path)
    elif path.is_dir():
        yield _checked(_folder(path), path)
    elif path.suffix.casefold() == ".csv":
        yield _checked(_files([path]), path)
    else:
        raise BadContent(
            f"Kan ikke lese {path.name}: filen er verken CSV eller arbeidsbok (.xlsx).",
            "Lagre den som arbeidsbok (.xlsx) eller som CSV UTF-8.",
        )


def of_rows(rows: Mapping[str, Sequence[Mapping[str, str]]]) -> Source:
    """Rows made in the program, by sheet, as an import would find them in files."""
    return Source(in_reading_order([_table_of(name, found) for name, found in rows.items()]), [])


def _table_of(name: str, rows: Sequence[Mapping[str, str]]) -> Table:
    sheet = sheet_named(name)
    assert sheet is not None, name
    headers = list(dict.fromkeys(header for row in rows for header in row))
    cells = [headers, *([row.get(header, "") for header in headers] for row in rows)]
    return Table(sheet, f"{name}.csv", lambda: iter(list(enumerate(cells, start=1))))


def sheet_named(name: str) -> Sheet | None:
    """The sheet of the exchange format that a file or tab of that name is."""
    return SHEET_BY_SPELLING.get(folded(name))


def in_reading_order(tables: list[Table]) -> list[Table]:
    """The tables so that each comes after those it refers to."""
    return sorted(tables, key=lambda table: SHEETS.index(table.sheet))


def _folder(path: Path) -> Source:
    """The CSV files in a folder; what has a sheet's name and is of another kind is told of."""
    files = [file for file in sorted(path.iterdir()) if not file.name.startswith(".")]
    source = _files([file for file in files if file.suffix.casefold() == ".csv"])
    others = [file for file in files if file.suffix.casefold() != ".csv"]
    return Source(
        source.tables,
        source.unread + [file.name for file in others if sheet_named(file.stem)],
    )


def _files(paths: list[Path]) -> Source:
    from hsf_cli.exchange.csv_files import csv_table

    tables, unread = [], []
    for path in paths:
        if (sheet := sheet_named(path.stem)) is None or not path.is_file():
            unread.append(path.name)
            continue
        _refuse_large(path)
        tables.append(csv_table(path, sheet))
    return Source(in_reading_order(tables), unread)


def _checked(source: Source, path: Path) -> Source:
    names = ", ".join(sheet.name for sheet in SHEETS if sheet.standard)
    if not source.tables:
        raise NotFound(
            f"Fant ingenting å importere i {path}.",
            f"Filer og ark skal hete {names}. Se «hsf data mal».",
        )
    for first, second in zip(source.tables, source.tables[1:], strict=False):
        if first.sheet is second.sheet:
            raise BadContent(
                f"Både {first.file} og {second.file} er {first.sheet.name}.",
                "Behold den ene, eller slå dem sammen.",
            )
    return source


def _refuse_large(path: Path) -> None:
    if path.stat().st_size > LARGEST_BYTES:
        raise BadContent(
            f"{path.name} er større enn {LARGEST_BYTES // 1024**2} MB.",
            "Del den opp, og importer delene etter hverandre.",
        )
