"""Lists: the same rows as a table, as CSV or as JSON."""

import csv
import io
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from hsf_cli.errors import WrongUse
from hsf_cli.spelling import folded
from hsf_cli.spreadsheets import escaped
from hsf_cli.ui import screen

Format = Literal["tabell", "csv", "json"]


@dataclass(frozen=True)
class Column:
    """A column: its key in JSON, its header, and how its value is written for people."""

    key: str
    header: str
    written: Callable[[Any], str] = str
    right: bool = False


def format_named(text: str, known: Sequence[str]) -> str:
    """The format that was asked for with `--format`. Raises WrongUse for an unknown one."""
    for name in known:
        if folded(name) == folded(text):
            return name
    raise WrongUse(f"«{text}» er ikke et format.", f"Bruk --format med en av: {', '.join(known)}.")


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
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD if sys.stdout.isatty() else None, pad_edge=False)
    for column in columns:
        table.add_column(
            column.header, justify="right" if column.right else "left", overflow="fold"
        )
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    screen.console().print(table)
