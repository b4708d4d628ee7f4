"""Records out: to a folder of CSV files or a workbook, finished before any of it is in place."""

import os
from collections.abc import Generator, Sequence
from contextlib import closing
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

from hsf_cli import unfinished
from hsf_cli.errors import WrongUse
from hsf_cli.exchange.importing import Progress
from hsf_cli.exchange.known import Known
from hsf_cli.exchange.sheet import Column, Sheet
from hsf_cli.exchange.sheets import SHEETS
from hsf_cli.exchange.sources import sheet_named
from hsf_cli.exchange.values import Context
from hsf_cli.places import owner_only
from hsf_cli.store import Store

_MOST_REMEMBERED = 50_000
_OTHER_FILES = {".csv", ".txt", ".xls", ".xlsm", ".ods", ".json", ".db", ".zip"}


def in_the_way(path: Path) -> Path | None:
    """What an export to that path would write over; None where there is nothing.

    Raises WrongUse for the name of a file that is no workbook.
    """
    if _is_workbook(path):
        return path if path.exists() else None
    if path.suffix.casefold() in _OTHER_FILES and not path.exists():
        raise WrongUse(
            f"{path.name} er verken en mappe eller en arbeidsbok.",
            "Skriv navnet på en mappe, eller et navn som slutter på .xlsx.",
        )
    return next(iter(_older_files(path)), None)


def exported(store: Store, path: Path, today: date, progress: Progress) -> list[tuple[str, int]]:
    """Writes every record to `path`, and gives each sheet's name and how many rows it got.

    A name that ends in .xlsx becomes a workbook, any other a folder. What is there is written over.
    Raises OSError where it cannot be written.
    """
    with store.reading():
        context = Known(store, today)
        sheets = [sheet for sheet in SHEETS if sheet.standard or _rows_in(store, sheet)]
        export = _export_workbook if _is_workbook(path) else _export_folder
        export(store, sheets, path, context, progress)
        return [(sheet.name, _rows_in(store, sheet)) for sheet in sheets]


def _is_workbook(path: Path) -> bool:
    return path.suffix.casefold() == ".xlsx"


def _older_files(folder: Path) -> list[Path]:
    """The files in the folder that an import would read, however their names are spelled."""
    if not folder.is_dir():
        return []
    files = (file for file in sorted(folder.iterdir()) if file.suffix.casefold() == ".csv")
    return [file for file in files if sheet_named(file.stem)]


def _export_folder(
    store: Store, sheets: Sequence[Sheet], folder: Path, context: Context, progress: Progress
) -> None:
    from hsf_cli.exchange.csv_files import write_csv

    names = [f"{sheet.name}.csv" for sheet in sheets]
    with unfinished.folder(_existing(folder)) as own:
        for sheet, name in zip(sheets, names, strict=True):
            with closing(_rows(store, sheet, context, progress)) as rows:
                write_csv(own / name, chain([sheet.headers], rows))
        owner_only(folder)
        older = _older_files(folder)
        for name in names:
            os.replace(own / name, folder / name)
        # Where «Familier.csv» and «familier.csv» are one file, it has just been written.
        for file in older:
            if not any(file.samefile(folder / name) for name in names):
                file.unlink()


def _export_workbook(
    store: Store, sheets: Sequence[Sheet], path: Path, context: Context, progress: Progress
) -> None:
    from hsf_cli.exchange.workbooks import write_workbook

    owner_only(path.parent)
    pages = (
        (sheet.name, sheet.headers, _rows(store, sheet, context, progress)) for sheet in sheets
    )
    with unfinished.folder(path.parent) as own:
        file = own / path.name
        write_workbook(file, pages)
        os.replace(file, path)


def _existing(folder: Path) -> Path:
    """The nearest folder that is there, so that finished files are only renamed into place."""
    candidates = (folder.absolute(), *folder.absolute().parents)
    return next((path for path in candidates if path.is_dir()), folder)


def _rows_in(store: Store, sheet: Sheet) -> int:
    return int(store.value(f"SELECT count(*) FROM {sheet.table}"))


class _Texts(dict[Any, str]):
    """What the values of a column are written as: worked out once, remembered after that."""

    def __init__(self, column: Column, context: Context) -> None:
        # Where something must stand, the value itself says how what is not known is written.
        super().__init__({} if column.required else {None: ""})
        self._write = column.value.write
        self._context = context

    def __missing__(self, value: Any) -> str:
        text = self._write(value, self._context)
        if len(self) < _MOST_REMEMBERED:
            self[value] = text
        return text


def _rows(store: Store, sheet: Sheet, context: Context, progress: Progress) -> Generator[list[str]]:
    """A sheet's rows as texts, in an order that follows from the ids alone.

    Numbers may change when files are imported into another department, ids do not: sorting by
    the id (shorter first, so F2 comes before F12) gives the same bytes again.
    """
    id_sql = sheet.kind.id_sql
    columns = ", ".join(f"{sheet.table}.{field}" for field in sheet.fields)
    rows = store.each(
        f"SELECT {id_sql}, {columns} FROM {sheet.table} ORDER BY length({id_sql}), {id_sql}"
    )
    texts = [_Texts(column, context) for column in sheet.columns]
    for count, row in enumerate(rows, start=1):
        progress(sheet.name, count)
        id, *values = row
        cells = [text[value] for text, value in zip(texts, values, strict=True)]
        yield [id, *cells] if sheet.needs_id else [*cells, id]
