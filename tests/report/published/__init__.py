"""Two annual forms as departments published them, and made-up records that give them back.

The figures are the departments' own; every record, name and date behind them is invented.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class PublishedCell:
    """A row of a published form; a cell that was left blank has no figure."""

    section: str
    heading: str
    label: str
    figure: int | Decimal | None


def published(name: str) -> dict[str, Any]:
    """The form of that name as it was published, decimals as printed."""
    text = Path(__file__).with_name(f"{name}.json").read_text(encoding="utf-8")
    form: dict[str, Any] = json.loads(text, parse_float=Decimal)
    return form


def published_cells(form: Mapping[str, Any]) -> list[PublishedCell]:
    """Every row of a published form in its order."""
    return [
        PublishedCell(section["number"], table["heading"], label, figure)
        for section in form["sections"]
        for table in section["tables"]
        for label, figure in table["rows"]
    ]


def one_each(**records: int) -> list[str]:
    """Each code as many times as there are records with it: one code for each record."""
    return [code for code, number in records.items() for _ in range(number)]


def dealt(size: int, **records: int) -> list[str]:
    """What each of `size` records holds when codes are dealt out from the first to the last.

    Each code goes to that many records in a row, going round: a record gets a code at most once,
    and as many records as possible get one.
    """
    held: list[list[str]] = [[] for _ in range(size)]
    place: Iterator[int] = count()
    for code, number in records.items():
        assert number <= size
        for _ in range(number):
            held[next(place) % size].append(code)
    return [",".join(codes) for codes in held]
