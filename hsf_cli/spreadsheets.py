"""Rows as CSV, and its cells that a spreadsheet must not run as formulas."""

from collections.abc import Iterable, Sequence
from typing import Any

# A cell that begins with one of these is a formula to a spreadsheet; `'` is here so that the mark
# itself can be told from text that has one.
_MARKED = frozenset("=+-@'")
_MARK = "'"


def as_text(rows: Iterable[Sequence[Any]]) -> str:
    """The rows as lines of CSV, with `;` between the cells as Norwegian spreadsheets have it."""
    import csv  # half a millisecond that only this should cost
    import io

    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\n").writerows(rows)
    return text.getvalue()


def escaped(cell: str) -> str:
    """The cell with a mark before it where a spreadsheet would otherwise run it."""
    return _MARK + cell if cell[:1] and cell[0] in _MARKED else cell


def unescaped(cell: str) -> str:
    """The cell as it was before `escaped`, trimmed; a mark that marks nothing is text."""
    text = cell.strip(" \t\r\n")
    return text[1:] if text[:1] == _MARK and text[1:2] and text[1] in _MARKED else text
