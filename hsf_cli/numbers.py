"""Numbers, hours and times of day as people type them, and as Norwegians read them."""

import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache

from hsf_cli.errors import Unreadable
from hsf_cli.spelling import matched

LARGEST = 1_000_000_000
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"

_DECIMAL = r"(-?)(\d{1,12}(?:[.,]\d{1,20})?)"
_HOURS_AND_MINUTES = r"(-?)(\d{1,12})[:t]([0-5]\d)"
_WHOLE = r"(-?)(\d{1,12})(?:[.,]0+)?"
_TIME = r"(\d\d?)[:.](\d\d)"

# As they are typed, in small letters and with single spaces.
_CLOCK = r"^(?:kl\.?|klokk(?:a|en)) ?(?=[0-9])"
_HOUR = r"\d\d?"
_FOUR_DIGITS = r"(\d\d)(\d\d)"
_UNIT_HOURS = r"(-?\d+(?:[.,]\d+)?) ?(?:t|timer?)\.?"
_UNIT_MINUTES = r"(-?)(\d{1,12}) ?(?:m|min|minutt|minutter)\.?"
_UNIT_BOTH = (
    r"(-?\d+) ?(?:t|timer?)\.?(?: og)? ?"
    r"(?:([0-5]?\d) ?(?:m|min|minutt|minutter)\.?|([0-5]\d))"
)


def minutes(text: str) -> int:
    """Whole minutes, halves up, from hours: `2,5`, `2.5`, `2:30` or `2t30`. Raises Unreadable."""
    if found := matched(_HOURS_AND_MINUTES, text):
        return _allowed(text, int(found[2]) * 60 + int(found[3]))
    if found := matched(_DECIMAL, text):
        return _allowed(text, _minutes_in(found[2]))
    raise Unreadable("Skriv timene som 2,5 eller 2:30.")


def typed_minutes(text: str) -> int:
    """Whole minutes from what a person typed: as `minutes`, or with units: `1 t 30 min`, `45 min`.

    Raises Unreadable.
    """
    words = _words(text)
    if found := matched(_UNIT_HOURS, words):
        return minutes(found[1])
    if found := matched(_UNIT_MINUTES, words):
        return _allowed(found[1] + found[2], int(found[2]))
    if found := matched(_UNIT_BOTH, words):
        return minutes(f"{found[1]}:{(found[2] or found[3]).zfill(2)}")
    return minutes(words)


def count(text: str) -> int:
    """A whole number, none below zero. Raises Unreadable."""
    if found := matched(_WHOLE, text):
        return _allowed(text, int(found[2]))
    raise Unreadable("Skriv et helt tall, for eksempel 4.")


def figure(text: str) -> str:
    """A figure of a report as it is stored, `728.8`, its decimals as given. Raises Unreadable."""
    found = matched(_DECIMAL, text)
    if found is None or found[1]:
        raise Unreadable("Skriv et tall, for eksempel 12 eller 728,8.")
    return found[2].replace(",", ".")


def time_of_day(text: str) -> str:
    """A time as it is stored, `09:30`, from `9:30`, `09:30` or `9.30`. Raises Unreadable."""
    if (found := matched(_TIME, text)) and int(found[1]) < 24 and int(found[2]) < 60:
        return f"{int(found[1]):02}:{found[2]}"
    raise Unreadable("Skriv klokkeslettet som 15:00 eller 9:30.")


def typed_time(text: str) -> str:
    """A time from what a person typed: as `time_of_day`, or `17`, `1730`, `kl. 17:30`.

    Raises Unreadable.
    """
    clock = re.sub(_CLOCK, "", _words(text))
    if matched(_HOUR, clock):
        return time_of_day(f"{clock}:00")
    if found := matched(_FOUR_DIGITS, clock):
        return time_of_day(f"{found[1]}:{found[2]}")
    return time_of_day(clock)


def rounded(value: Fraction, decimals: int = 2) -> Decimal:
    """The value at that many decimals, halves up, exactly."""
    step = Decimal(1).scaleb(-decimals)
    scaled = (value * 10**decimals * 2 + 1) // 2
    return Decimal(scaled) * step


def written(value: Fraction | Decimal | int) -> str:
    """A number as Norwegians read it, with at most two decimals: `1 632,9`."""
    number = rounded(Fraction(value)).normalize()
    return f"{number:,f}".replace(",", NO_BREAK_SPACE).replace(".", ",")


def hours(minutes: int) -> str:
    """Whole minutes as the hours that files carry: the shortest that reads back as the same.

    Two decimals always do: they are never more than 0.3 minutes off.
    """
    if minutes % 60 == 0:
        return str(minutes // 60)  # as most are, and much the quickest
    exact = Fraction(minutes, 60)
    shortest = (str(rounded(exact, decimals)).replace(".", ",") for decimals in range(3))
    return next(text for text in shortest if _minutes_in(text) == minutes)


@cache
def readable_hours(minutes: int) -> str:
    """Whole minutes as people read them: 10,5 or 2,25 where that says it exactly, else 0:40."""
    if minutes % 6 == 0 or minutes % 15 == 0:
        return written(Fraction(minutes, 60))
    return hours_and_minutes(minutes)


@cache
def hours_and_minutes(minutes: int) -> str:
    """Whole minutes as a clock has them, `0:40`, for a column that is to look the same all down."""
    return f"{written(minutes // 60)}:{minutes % 60:02}"


def _words(text: str) -> str:
    return " ".join(text.casefold().split())


def _minutes_in(hours: str) -> int:
    exact = Decimal(hours.replace(",", ".")) * 60
    return int(exact.quantize(Decimal(1), ROUND_HALF_UP))


def _allowed(text: str, number: int) -> int:
    """The number, unless its text is below zero, if only by what rounding takes away."""
    if text.startswith("-") and text.strip("-0.,:t"):
        raise Unreadable("Tallet kan ikke være mindre enn null.")
    if number > LARGEST:
        raise Unreadable(f"Tallet er for stort: det kan være høyst {LARGEST}.")
    return number
