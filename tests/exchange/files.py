"""Files as tests write and read them, by other means than the program's own."""

import csv
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from hsf_cli.exchange.exporting import exported
from hsf_cli.exchange.importing import Options, SheetResult, imported
from hsf_cli.exchange.sheets import SHEETS
from hsf_cli.exchange.sources import opened
from hsf_cli.store import Store
from tests.builders import TODAY, Record
from tests.conftest import Run

Cells = list[Any]


def csv_file(folder: Path, name: str, *lines: str, encoding: str = "utf-8") -> Path:
    """A CSV file of these lines, with LF; gives the folder it is in."""
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.csv").write_bytes("".join(f"{line}\n" for line in lines).encode(encoding))
    return folder


def csv_folder(folder: Path, records: Iterable[Record]) -> Path:
    """The records as a folder of CSV files."""
    folder.mkdir(exist_ok=True)
    for name, rows in tables(records).items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=";").writerows(rows)
    return folder


def workbook(path: Path, sheets: dict[str, list[Cells]]) -> Path:
    """A workbook with those sheets, its cells as they are."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
    book.save(path)
    return path


def tables(records: Iterable[Record]) -> dict[str, list[Cells]]:
    """The records as rows under a header, by sheet."""
    found: dict[str, list[dict[str, str]]] = {}
    for name, row in records:
        found.setdefault(name, []).append(row)
    result: dict[str, list[Cells]] = {}
    for name, rows in found.items():
        headers = list(dict.fromkeys(header for row in rows for header in row))
        result[name] = [headers, *([row.get(header, "") for header in headers] for row in rows)]
    return result


def taken_from(store: Store, path: Path, **options: bool) -> list[SheetResult]:
    """Imports what is at that path."""
    with opened(path) as source:
        return imported(store, source, Options(**options), TODAY, lambda _, __: None)


def written_to(store: Store, path: Path) -> Path:
    """Exports everything to that path, over whatever is there."""
    exported(store, path, TODAY, lambda _, __: None)
    return path


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, by name."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def counts(store: Store) -> dict[str, int]:
    """How many records of each kind there are, where there are any, and how many change sets."""
    names = [sheet.table for sheet in SHEETS] + ["change_set"]
    found = {name: int(store.value(f"SELECT count(*) FROM {name}")) for name in names}
    return {name: count for name, count in found.items() if count}


def places(hsf: Callable[..., Run], path: Path, *options: str) -> list[dict[str, Any]]:
    """The places of every error when that path is imported: the import is refused as a whole."""
    run = hsf("data", "importer", path, "--format", "json", *options)
    assert (run.code, run.out) == (6, ""), run.err
    error = json.loads(run.err)["error"]
    assert error["code"] == 6
    assert error["text"]
    assert error["advice"]
    found: list[dict[str, Any]] = error["places"]
    return found
