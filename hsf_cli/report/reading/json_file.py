"""A report as JSON: as `docs/exchange.md` has it, or simpler, with rows of a label and a figure.

What is quite as that document has it is taken as it stands; anything else is read like a text.
"""

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from hsf_cli.errors import BadContent
from hsf_cli.report.count import YEAR_MARK
from hsf_cli.report.figures import Figures
from hsf_cli.report.forms import editions, shipped
from hsf_cli.report.from_json import figures_from
from hsf_cli.report.reading.lines import Document, Line, plain

_LARGEST_EXPONENT = 15


def of_json(text: str, name: str) -> Document:
    """The report's titles, headings and rows as lines. Raises BadContent where it has none."""
    try:
        report = json.loads(text, parse_float=Decimal)
    # A JSONDecodeError is a ValueError, and a number beyond every measure an ArithmeticError.
    except (ValueError, ArithmeticError, RecursionError):
        raise BadContent(
            f"{name} er ikke gyldig JSON.", "Velg en fil som «hsf rapport skriv» har laget."
        ) from None
    if not isinstance(report, dict):
        raise BadContent(
            f"{name} er ikke en årsrapport: filen skal holde ett objekt.",
            "Velg en fil som «hsf rapport skriv» har laget.",
        )
    return Document(
        tuple(line for line in _lines(report, _whole(report.get("year"))) if line.text),
        year=_whole(report.get("year")),
        edition=_whole(report.get("edition")),
        department=_joined(report.get("department")),
        figures=_as_written(text, name),
    )


def _as_written(text: str, name: str) -> Figures | None:
    """The figures, where all is as `docs/exchange.md` has it and the rows are an edition's."""
    try:
        figures = figures_from(text, name)
    except BadContent:
        return None
    known = figures.edition in editions()
    same = known and figures.by_key.keys() == shipped(figures.edition).by_key.keys()
    return figures if same else None


def _lines(report: Mapping[str, Any], year: int | None) -> Iterator[Line]:
    chapter = _object(report.get("chapter"))
    yield Line(_joined(chapter.get("number"), chapter.get("title")), level=1)
    for section in _objects(report.get("sections")):
        yield Line(_joined(section.get("number"), section.get("title")), level=2)
        for table in _objects(section.get("tables")):
            yield Line(_joined(table.get("heading")), "Antall")
            for row in _list(table.get("rows")):
                yield _row(row, year)
    yield from _cells(report, year)


def _cells(report: Mapping[str, Any], year: int | None) -> Iterator[Line]:
    """The rows of what `hsf rapport les --format json` tells."""
    heading = ("", "")
    for cell in _objects(report.get("cells")):
        here = (_joined(cell.get("section")), _joined(cell.get("heading")))
        if here != heading:
            yield Line(here[1], "Antall")
        heading = here
        yield _row(cell, year)


def _row(row: Any, year: int | None) -> Line:
    match row:
        case [label, value]:
            pass
        case {"label": label}:
            value = row.get("value")
        case _:
            return Line("")
    words = _joined(label)
    return Line(words.replace(YEAR_MARK, str(year)) if year else words, _printed(value))


def _printed(value: Any) -> str:
    """A figure as it would be printed, with a decimal comma."""
    match value:
        case None:
            return ""
        case Decimal() if value.is_finite() and abs(value.adjusted()) < _LARGEST_EXPONENT:
            return f"{value:f}".replace(".", ",")
        case str():
            return _joined(value)
        case bool() | int() | float() | Decimal():
            return str(value)
        case _:
            return "?"


def _whole(value: Any) -> int | None:
    return value if type(value) is int and 0 < value < 10_000 else None


def _joined(*words: Any) -> str:
    """The words on one line; what is no text is left out."""
    return " ".join(" ".join(plain(word).split()) for word in words if isinstance(word, str))


def _object(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _objects(value: Any) -> Iterator[Mapping[str, Any]]:
    return (item for item in _list(value) if isinstance(item, dict))
