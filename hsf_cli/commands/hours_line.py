"""«besøk timer kjøring» in one line, as volunteers hand it in: `4 10 0:40`."""

import re
from dataclasses import dataclass

from hsf_cli import numbers
from hsf_cli.errors import Unreadable
from hsf_cli.registers.hours import Totals

_REMEDY = "Skriv besøk, timer og kjøring, som «4 10 0:40» eller «4 10,5». Bare 0 betyr ingen."
_LONGEST_DAY = 24 * 60
# A whole number of hours, with nothing that says so; from ten on it may as well be minutes.
_BARE = re.compile(r"\d{2,}", re.ASCII)


@dataclass(frozen=True)
class Line:
    """What was handed in for an assignment; driving that nobody mentions is not recorded."""

    visits: int
    minutes: int
    driving_minutes: int | None = None

    def values(self) -> dict[str, int | None]:
        """What the entry's row holds of it."""
        return {
            "visits": self.visits,
            "minutes": self.minutes,
            "driving_minutes": self.driving_minutes,
        }


def read(text: str) -> Line:
    """The visits, hours and driving that a line says; `0` alone is none of them.

    Raises Unreadable for what is not certain.
    """
    match text.split():
        case [only]:
            return _none_at_all(only)
        case [visits, hours]:
            return _possible(numbers.count(visits), numbers.typed_minutes(hours), None)
        case [visits, hours, driving]:
            counted, minutes = numbers.count(visits), numbers.typed_minutes(hours)
            return _possible(counted, minutes, _driving(driving))
        case _:
            raise Unreadable(_REMEDY)


def told(visits: int | None, minutes: int, driving_minutes: int | None) -> str:
    """«4 besøk, 10 timer, kjøring 0:40», without what nobody has recorded."""
    parts = [] if visits is None else [f"{numbers.written(visits)} besøk"]
    parts.append(_hours(minutes))
    if driving_minutes is not None:
        parts.append(f"kjøring {_hours(driving_minutes)}")
    return ", ".join(parts)


def told_totals(totals: Totals) -> str:
    """The same of a sum, without the visits and the driving where there are none."""
    return told(totals.visits or None, totals.minutes, totals.driving_minutes or None)


def _hours(minutes: int) -> str:
    text = numbers.readable_hours(minutes)
    if ":" in text:
        return text
    return f"{text} {'time' if minutes == 60 else 'timer'}"


def _none_at_all(only: str) -> Line:
    if numbers.count(only) == 0:
        return Line(0, 0, 0)
    raise Unreadable(f"Skriv timene også. {_REMEDY}")


def _possible(visits: int, minutes: int, driving_minutes: int | None) -> Line:
    if minutes and not visits:
        raise Unreadable("Det er timer, men ingen besøk. Skriv hvor mange besøk det var.")
    if minutes > visits * _LONGEST_DAY:
        raise Unreadable("Et besøk kan ikke vare over 24 timer. Rett tallene.")
    return Line(visits, minutes, driving_minutes)


def _driving(text: str) -> int:
    if _BARE.fullmatch(text):
        raise Unreadable(
            f"Er kjøringen {text} timer eller minutter? Skriv {text}t eller {text}min."
        )
    return numbers.typed_minutes(text)
