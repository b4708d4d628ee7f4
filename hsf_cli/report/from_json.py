"""A report from the JSON that departments send (`docs/exchange.md`), as figures again.

The file is somebody else's: everything in it is checked, and all that is wrong is told at once,
each with its line. What the format does not have is passed over.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, cast, get_args

from hsf_cli.dates import EARLIEST_YEAR, LATEST_YEAR
from hsf_cli.errors import BadContent, NotFound, Place
from hsf_cli.numbers import LARGEST, written
from hsf_cli.report import json_lines
from hsf_cli.report.figures import Figures, Line, Section, Table
from hsf_cli.report.form import FormRow, Unit
from hsf_cli.report.forms import editions, shipped

LARGEST_BYTES = 5_000_000

_LONGEST_TEXT = 1_000
_MOST_DECIMALS = 20
_MOST_PLACES = 50
_SHOWN = 40
_MOST_ITEMS = 1_000
# In place of a value that is not there, and of one inside something that is no object.
_ABSENT, _LOST = object(), object()
_UNWRITTEN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_ADVICE = "Be avdelingen skrive filen på nytt: hsf rapport skriv ÅR --til FIL.json"


def read_figures(path: Path) -> Figures:
    """The figures in a file. Raises NotFound, or BadContent with everything that is wrong."""
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise _too_large(path.name)
        content = path.read_bytes()
    except OSError:
        raise NotFound(
            f"Filen {path} kan ikke leses.", "Se etter at den finnes, og at den er din egen."
        ) from None
    try:
        return figures_from(content.decode("utf-8-sig"), path.name)
    except UnicodeDecodeError:
        raise _not_json(path.name, 1) from None


def figures_from(text: str, name: str) -> Figures:
    """The figures in the JSON text. Raises BadContent with everything that is wrong with it."""
    if len(text) > LARGEST_BYTES:
        raise _too_large(name)
    try:
        raw = json.loads(text, parse_float=_number)
    except (ValueError, RecursionError) as error:  # a JSONDecodeError is a ValueError
        raise _not_json(name, getattr(error, "lineno", 1)) from None
    reader = _Reader()
    figures = reader.figures(_Spot((), raw))
    if reader.wrongs:
        raise _wrong(name, text, reader)
    return figures


@dataclass(frozen=True)
class _Spot:
    """A value of the file, and the way to it."""

    path: json_lines.Path
    value: Any

    def __getitem__(self, name: str) -> "_Spot":
        inside = self.value.get(name, _ABSENT) if isinstance(self.value, dict) else _LOST
        return _Spot((*self.path, name), inside)

    @property
    def is_given(self) -> bool:
        return not any(self.value is blank for blank in (_ABSENT, _LOST, None))

    @property
    def items(self) -> "list[_Spot]":
        """What is in a list, as far as a report can go; nothing in anything else."""
        inside = self.value[:_MOST_ITEMS] if isinstance(self.value, list) else []
        return [_Spot((*self.path, place), value) for place, value in enumerate(inside)]


class _Reader:
    """Reads spots as what they should be. A wrong one is noted, and something stands for it."""

    def __init__(self) -> None:
        # The first of what is wrong, and how much that is in all.
        self.wrong: list[tuple[_Spot, str]] = []
        self.wrongs = 0
        # The rows of the edition, where it ships with the program.
        self._rows: Mapping[str, FormRow] = {}
        self._keys: set[str] = set()

    def figures(self, spot: _Spot) -> Figures:
        self._object(spot)
        edition = self._whole(spot["edition"], EARLIEST_YEAR, LATEST_YEAR)
        if edition in editions():
            self._rows = shipped(edition).by_key
        self._object(spot["chapter"])
        return Figures(
            year=self._whole(spot["year"], EARLIEST_YEAR, LATEST_YEAR),
            edition=edition,
            department=self._text(spot["department"]).strip(),
            number=self._text(spot["chapter"]["number"], blank=True),
            title=self._text(spot["chapter"]["title"], blank=True),
            sections=tuple(map(self._section, self._list(spot["sections"]))),
            counted_at=self._moment(spot["counted_at"]),
            locked_at=self._moment(spot["locked_at"]),
            hours_per_fte=next(self._hours_per_fte(spot), None),
        )

    def _section(self, spot: _Spot) -> Section:
        self._object(spot)
        return Section(
            self._text(spot["number"], blank=True),
            self._text(spot["title"], blank=True),
            tuple(map(self._table, self._list(spot["tables"]))),
        )

    def _table(self, spot: _Spot) -> Table:
        self._object(spot)
        return Table(
            self._text(spot["heading"], blank=True),
            tuple(map(self._line, self._list(spot["rows"]))),
        )

    def _line(self, spot: _Spot) -> Line:
        self._object(spot)
        key = self._text(spot["key"])
        row, unit = self._rows.get(key), self._unit(spot["unit"])
        if key in self._keys:
            self._note(spot["key"], "Nøkkelen står på flere rader. Den kan bare stå på én.")
        if row and row.unit != unit:
            self._note(spot["unit"], f"Enheten til denne raden er {row.unit}.")
        self._keys.add(key)
        hidden = self._yes_or_no(spot["hidden"])
        value = self._value(spot["value"], unit)
        if hidden and value is not None:
            self._note(spot["value"], "En rad med hidden: true er skjult, og skal ha null.")
        missing = spot["missing"]
        return Line(
            key=key,
            label=self._text(spot["label"]),
            value=value,
            unit=unit,
            missing=None if missing.value is None else self._whole(missing, 0, LARGEST),
            part_of=row.part_of if row else "",
            hidden=hidden,
        )

    def _hours_per_fte(self, spot: _Spot) -> Iterator[int]:
        """What the rows say that a full-time equivalent is; they all say the same."""
        for section in spot["sections"].items:
            for table in section["tables"].items:
                for row in table["rows"].items:
                    if row["hours_per_fte"].is_given:
                        yield self._whole(row["hours_per_fte"], 1, LARGEST)

    def _object(self, spot: _Spot) -> None:
        if not isinstance(spot.value, dict):
            self._note(spot, "Her skal det stå et objekt: { … }.")

    def _list(self, spot: _Spot) -> list[_Spot]:
        items = spot.items
        if not items:
            self._note(spot, "Her skal det stå en liste med minst ett objekt: [{ … }].")
        elif len(spot.value) > _MOST_ITEMS:
            self._note(spot, f"Listen kan ikke være lengre enn {written(_MOST_ITEMS)}.")
        return items

    def _text(self, spot: _Spot, *, blank: bool = False) -> str:
        text = spot.value
        if not isinstance(text, str) or not (blank or text.strip()):
            self._note(spot, "Her skal det stå en tekst.")
        elif len(text) > _LONGEST_TEXT:
            self._note(spot, f"Teksten kan ha høyst {written(_LONGEST_TEXT)} tegn.")
        elif _UNWRITTEN.search(text):
            self._note(spot, "Teksten har linjeskift eller tegn som ikke kan skrives.")
        else:
            return text
        return ""

    def _whole(self, spot: _Spot, least: int, most: int) -> int:
        if type(spot.value) is int and least <= spot.value <= most:
            return spot.value
        within = f"fra {least} til {most}" if most < LARGEST else f"som er {least} eller mer"
        self._note(spot, f"Her skal det stå et helt tall {within}.")
        return least

    def _value(self, spot: _Spot, unit: Unit) -> int | Decimal | None:
        if spot.value is None:
            return None
        if unit == "antall":
            return self._whole(spot, 0, LARGEST)
        if _is_amount(spot.value):
            return Decimal(spot.value)
        self._note(spot, "Her skal det stå et tall som er 0 eller mer, for eksempel 728.8.")
        return None

    def _unit(self, spot: _Spot) -> Unit:
        if spot.value in get_args(Unit):
            return cast(Unit, spot.value)
        self._note(spot, f"Enheten skal være en av: {', '.join(get_args(Unit))}.")
        return "antall"

    def _yes_or_no(self, spot: _Spot) -> bool:
        if not spot.is_given or isinstance(spot.value, bool):
            return spot.value is True
        self._note(spot, "Her skal det stå true eller false.")
        return False

    def _moment(self, spot: _Spot) -> datetime | None:
        if not spot.is_given:
            return None
        try:
            at = datetime.fromisoformat(spot.value)
            if at.tzinfo is not None and EARLIEST_YEAR <= at.year <= LATEST_YEAR:
                return at
        except (ValueError, TypeError):  # a TypeError for what is no text
            pass
        self._note(spot, "Her skal det stå null eller et tidspunkt: 2026-01-12T10:15:00+01:00.")
        return None

    def _note(self, spot: _Spot, remedy: str) -> None:
        if spot.value is _LOST:  # what it should be in is noted
            return
        self.wrongs += 1
        if len(self.wrong) < _MOST_PLACES:
            self.wrong.append((spot, f"Mangler. {remedy}" if spot.value is _ABSENT else remedy))


def _number(text: str) -> Decimal:
    """The number with its decimals as they are written; what no number can be is not one."""
    try:
        return Decimal(text)
    except ArithmeticError:  # an exponent beyond all bounds
        return Decimal("NaN")


def _is_amount(value: Any) -> bool:
    """Whether it is a number of hours or of full-time equivalents that can be."""
    match value:
        case Decimal() if not value.is_finite():
            return False
        case Decimal():
            is_short = int(value.as_tuple().exponent) >= -_MOST_DECIMALS
            return is_short and 0 <= value <= LARGEST
        case int() if not isinstance(value, bool):
            return 0 <= value <= LARGEST
    return False


def _too_large(name: str) -> BadContent:
    return BadContent(
        f"{name} er større enn {LARGEST_BYTES // 1_000_000} MB, og er ikke en avdelings rapport.",
        "Velg filen som avdelingen skrev med «hsf rapport skriv ÅR --til FIL.json».",
    )


def _not_json(name: str, line: int) -> BadContent:
    remedy = "Herfra kan filen ikke leses som JSON i UTF-8."
    return BadContent(f"{name} er ikke gyldig JSON.", _ADVICE, [Place(name, line, "", "", remedy)])


def _wrong(name: str, text: str, reader: _Reader) -> BadContent:
    lines = json_lines.lines(text)
    places = [
        Place(
            name,
            json_lines.line_of(spot.path, lines),
            json_lines.written(spot.path),
            _shown(spot.value),
            remedy,
        )
        for spot, remedy in reader.wrong
    ]
    count = "ett sted" if reader.wrongs == 1 else f"{reader.wrongs} steder"
    first = f" De første {_MOST_PLACES} er vist." if reader.wrongs > _MOST_PLACES else ""
    return BadContent(f"{name} er ikke slik en rapport skal være, {count}.{first}", _ADVICE, places)


def _shown(value: Any) -> str:
    if value is _ABSENT:
        return ""
    if isinstance(value, (dict, list)):
        return "{…}" if isinstance(value, dict) else "[…]"
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    text = str(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
