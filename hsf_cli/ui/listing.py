"""Lists: the same rows as a table, as CSV or as JSON."""

import csv
import io
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hsf_cli.spreadsheets import escaped
from hsf_cli.ui import screen

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

# A table this much wider than the terminal is still well read with some cells wrapped.
_BEARABLE = 1.2
_UNLIMITED = 100_000
# The formats that every list can be had in.
FORMATS = ("tabell", "csv", "json")


@dataclass(frozen=True)
class Column:
    """A column: its key in JSON, its header, and how its value is written for people."""

    key: str
    header: str
    written: Callable[[Any], str] = str
    right: bool = False
    # Where the terminal is too narrow for every column, the details stand under the main one,
    # each after its word; None is no detail.
    main: bool = False
    detail: str | None = None


def show(columns: Sequence[Column], rows: Sequence[dict[str, Any]], format: str) -> None:
    """Shows the rows on stdout. JSON has every key of every row; the others have the columns."""
    if format == "json":
        screen.write(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    written = [
        ["" if row[column.key] is None else column.written(row[column.key]) for column in columns]
        for row in rows
    ]
    if format == "csv":
        screen.write(_csv([[column.header for column in columns], *written]))
    else:
        _show_table(columns, written)


def _csv(rows: Sequence[Sequence[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\n").writerows(
        [escaped(cell) for cell in row] for row in rows
    )
    return text.getvalue()


def _show_table(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> None:

    console = screen.console()
    table = _table(columns, rows, narrow=False)
    if sys.stdout.isatty() and _natural_width(table, console) > _BEARABLE * console.width:
        table = _table(columns, rows, narrow=True)
    console.print(table)


def _table(columns: Sequence[Column], rows: Sequence[Sequence[str]], *, narrow: bool) -> "Table":
    from rich import box
    from rich.table import Table

    shown = [column for column in columns if not narrow or column.detail is None]
    table = Table(box=box.SIMPLE_HEAD if sys.stdout.isatty() else None, pad_edge=False)
    table.expand = narrow
    for column in shown:
        table.add_column(
            column.header,
            justify="right" if column.right else "left",
            no_wrap=narrow and not column.main,
            ratio=1 if narrow and column.main else None,
            overflow="fold",
        )
    for row in rows:
        cells = dict(zip(columns, row, strict=True))
        details = _details(cells) if narrow else []
        table.add_row(*(_cell(cells[one], details if one.main else []) for one in shown))
    return table


def _natural_width(table: "Table", console: "Console") -> int:
    """The characters across that the table takes when nothing is wrapped."""
    from rich.measure import Measurement

    unlimited = console.options.update(max_width=_UNLIMITED)
    return Measurement.get(console, unlimited, table).maximum


def _details(cells: Mapping[Column, str]) -> list[str]:
    return [
        f"{column.detail}\N{NO-BREAK SPACE}{text}" if column.detail else text
        for column, text in cells.items()
        if column.detail is not None and text
    ]


def _cell(text: str, details: Sequence[str]) -> "Text":
    from rich.text import Text

    cell = Text(text)
    if details:
        cell.append("\n" + " · ".join(details), "dim")
    return cell
