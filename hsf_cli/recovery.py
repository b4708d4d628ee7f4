"""The recovery sheet: a department's key as lines that are kept on paper and can be typed again.

Four lines of fifteen signs in groups of five, such as `7ZQ4K 0M3XA R9T2C`. The signs are thirty-two
digits and letters that are hard to mistake for one another (Crockford's: no I, L, O or U). They
hold the key, and the first bytes of the database's salt, which tell whose key it is. The last
sign of a line checks it: a mistyped sign is always found, so are two that have changed places, and
a line in another's place. It is a weighted sum in the field of 32 elements, in which every
place of a line has a weight of its own, and so has the line's number.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from itertools import count
from operator import xor

from hsf_cli.errors import BadContent, Place, Unreadable

LINES = 4

_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_BITS = 5
_SIGNS_OF_A_LINE = 15
_GROUP = 5
_KEY_BYTES = 32
# Of the salt: enough to tell departments apart.
_WHOSE_BYTES = 3
# What is typed for a sign that is not among them.
_TAKEN_FOR = str.maketrans("OØIL", "0011")
_LEFT_OUT = re.compile(r"[\s\-–.·]+")
_NUMBERED = re.compile(rf"\s*(?:linje\s*)?([1-{LINES}])\s*[.:)]?\s+(.+)", re.IGNORECASE)
_LONGEST_FILE = 100_000


@dataclass(frozen=True)
class Sheet:
    """What is on a recovery sheet."""

    department: str
    # The name of the database file.
    file: str
    written_on: date
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Recovered:
    """What was read from a sheet: the key, and how the salt of its database begins."""

    key: str
    _whose: str

    def is_for(self, salt: str) -> bool:
        """Whether the sheet is of the department with that salt."""
        return salt.startswith(self._whose)


def lines_of(key: str, salt: str) -> tuple[str, ...]:
    """The lines that stand on the sheet for that key."""
    content = bytes.fromhex(key) + bytes.fromhex(salt)[:_WHOSE_BYTES]
    number = int.from_bytes(content)
    places = range(len(content) * 8 - _BITS, -1, -_BITS)
    values = [number >> place & 31 for place in places]
    size = _SIGNS_OF_A_LINE - 1
    return tuple(
        _line(number, values[start : start + size])
        for number, start in zip(count(1), range(0, len(values), size), strict=False)
    )


def line_read(number: int, text: str) -> str:
    """The signs of the line with that number, as typed by a person. Raises Unreadable."""
    signs = _LEFT_OUT.sub("", text).upper().translate(_TAKEN_FOR)
    if strange := sorted({*signs} - {*_SIGNS}):
        raise Unreadable(
            f"Linje {number}: tegnet «{strange[0]}» brukes ikke på arket. Se over linjen."
        )
    if len(signs) != _SIGNS_OF_A_LINE:
        raise Unreadable(
            f"Linje {number} har {_SIGNS_OF_A_LINE} tegn på arket, i tre grupper på fem. "
            f"Her er det {len(signs)}."
        )
    if not _adds_up(number, signs):
        raise Unreadable(_wrong(number, signs))
    return signs


def recovered(lines: Sequence[str]) -> Recovered:
    """The key of the lines, each as `line_read` gives it."""
    values = [_SIGNS.index(sign) for line in lines for sign in line[:-1]]
    number = reduce(lambda sum_, value: sum_ << _BITS | value, values, 0)
    content = number.to_bytes(_KEY_BYTES + _WHOSE_BYTES).hex()
    return Recovered(content[: _KEY_BYTES * 2], content[_KEY_BYTES * 2 :])


def read(content: bytes, name: str) -> Recovered:
    """The key of a sheet that was written as text, or of its lines alone.

    Raises BadContent that names every line that cannot be read, as part of the file of that name.
    """
    if content.startswith(b"%PDF"):
        raise BadContent(
            f"Arket kan ikke leses fra en PDF: {name}",
            f"Skriv inn de {LINES} linjene fra arket: hsf data nøkkel --fra-ark",
        )
    found = _lines_in(content[:_LONGEST_FILE].decode("utf-8-sig", errors="replace"))
    if len(found) != LINES or [number for number, _, _ in found] != [*range(1, LINES + 1)]:
        raise BadContent(
            f"Fant ikke de {LINES} linjene fra gjenopprettingsarket i {name}.",
            "Bruk tekstfilen som hsf skrev, eller en fil med bare de linjene i, i rekkefølge.",
        )
    lines, wrong = [], []
    for number, at, text in found:
        try:
            lines.append(line_read(number, text))
        except Unreadable as unreadable:
            # What stands there is nearly the key, and is not shown.
            wrong.append(Place(name, at, "", "", unreadable.remedy))
    if wrong:
        raise BadContent(
            "Nøkkelen kan ikke leses fra arket.", "Rett linjene etter arket på papir.", wrong
        )
    return recovered(lines)


def _lines_in(text: str) -> list[tuple[int, int, str]]:
    """The lines of a key in a text: their number, where they stand, and what stands there."""
    written = [(at, line) for at, line in enumerate(text.splitlines(), 1) if line.strip()]
    numbered = [
        (int(parts[1]), at, parts[2])
        for at, line in written
        if (parts := _NUMBERED.fullmatch(line))
    ]
    return numbered or [(number, at, line) for number, (at, line) in enumerate(written, 1)]


def _line(number: int, values: Sequence[int]) -> str:
    check = _over(_sum(values) ^ _times(number, len(values) + 1), len(values))
    signs = "".join(_SIGNS[value] for value in (*values, check))
    return " ".join(signs[start : start + _GROUP] for start in range(0, len(signs), _GROUP))


def _adds_up(number: int, signs: str) -> bool:
    values = [_SIGNS.index(sign) for sign in signs]
    return _sum(values) == _times(number, len(values))


def _wrong(number: int, signs: str) -> str:
    others = (other for other in range(1, LINES + 1) if _adds_up(other, signs))
    # A single wrong sign can make it add up as another line, so that is only asked.
    other = next(others, None)
    mistaken = ":" if other is None else f". Er det linje {other} du har skrevet? Ellers"
    return (
        f"Linje {number} stemmer ikke{mistaken} er et tegn feil, eller to har byttet plass. "
        "Se over linjen på arket."
    )


def _sum(values: Sequence[int]) -> int:
    """Their sum in the field, each times the weight of its place."""
    return reduce(xor, (_times(value, place) for place, value in enumerate(values)), 0)


def _powers() -> Iterator[int]:
    """The elements of the field of 32 but zero, each the one before times x; x⁵ is x² + 1."""
    power = 1
    for _ in range(31):
        yield power
        power = power << 1 ^ (0b100101 if power & 16 else 0)


_POWERS = [*_powers()]


def _times(value: int, place: int) -> int:
    """The value times the weight of a place."""
    return value and _POWERS[(_POWERS.index(value) + place) % 31]


def _over(value: int, place: int) -> int:
    """The value over the weight of a place."""
    return _times(value, -place)
