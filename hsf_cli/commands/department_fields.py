"""The department's own choices at the prompt: a sheet that is in no file."""

import json
import re
from collections.abc import Callable

from hsf_cli import numbers, places, typed
from hsf_cli.commands.fields import Fields
from hsf_cli.errors import Unreadable
from hsf_cli.exchange.sheet import Column, Sheet
from hsf_cli.exchange.values import TEXT, Context, Names, Value
from hsf_cli.registers.department import names_stored
from hsf_cli.texts import single_line

# Several coordinators may share a department.
_LARGEST_POSITION = 1000
_PERCENT_REMEDY = "Skriv prosenten som et helt tall, for eksempel 60."
# As `typed.words` gives it: «2 år», «24 måneder», «1 år og 6 mnd».
_DURATION = re.compile(
    r"(?:([1-9]\d?) ?ar)?(?: og)? ?(?:([1-9]\d{0,2}) ?(?:md|mnd|maned|maneder)\.?)?", re.ASCII
)
_RETENTION = "Skriv hvor lenge med måneder eller år, som «24 måneder» eller «2 år»."


def names(text: str) -> tuple[str, ...]:
    """The names in a text with commas between, each once. Raises Unreadable."""
    found = [" ".join(name.split()) for name in single_line(text).split(",")]
    if any(name and not any(map(str.isalpha, name)) for name in found):
        raise Unreadable("Skriv navn, med komma mellom.")
    return tuple(dict.fromkeys(name for name in found if name))


def percent(text: str) -> int:
    """The size of the coordinators' positions together. Raises Unreadable."""
    return _number(1, _LARGEST_POSITION, "%", _PERCENT_REMEDY)(text)


def _shown_names(stored: str, _: Names) -> str:
    return ", ".join(json.loads(stored))


def _number(least: int, most: int, unit: str, remedy: str) -> Callable[..., int]:
    """Reads a whole number, with or without its unit after it."""

    def read(text: str, _: Context | None = None) -> int:
        digits = text.casefold().removesuffix(unit).replace(numbers.NO_BREAK_SPACE, "")
        try:
            number = numbers.count(digits.replace(" ", ""))
        except Unreadable:
            number = -1
        if not least <= number <= most:
            raise Unreadable(remedy)
        return number

    return read


def _months(text: str, _: Context) -> int:
    found = _DURATION.fullmatch(typed.words(text))
    if found is None or not any(found.groups()):
        raise Unreadable(_RETENTION)
    return int(found[1] or 0) * 12 + int(found[2] or 0)


def _shown_months(months: int, _: Names) -> str:
    return f"{months}{numbers.NO_BREAK_SPACE}{'måned' if months == 1 else 'måneder'}"


def _folder(text: str, _: Context) -> str:
    folder = places.path(single_line(text)).absolute()
    if folder.exists() and not folder.is_dir():
        raise Unreadable(f"{folder} er en fil. Skriv en mappe.")
    return str(folder)


_PERCENT = Value(
    "prosent, som 60",
    lambda text, _: percent(text),
    shown=lambda value, _: f"{value}{numbers.NO_BREAK_SPACE}%",
)
_HOURS_A_YEAR = Value(
    "hele timer, som 1750",
    _number(1, 8784, "timer", "Skriv timene i et årsverk som et helt tall, for eksempel 1750."),
    shown=lambda value, _: f"{numbers.written(value)}{numbers.NO_BREAK_SPACE}timer",
)
_SMALL_NUMBER = Value(
    "helt tall, som 3", _number(0, 100, "", "Skriv et helt tall fra 0 til 100, for eksempel 3.")
)
_RETENTION_TIME = Value("måneder eller år", _months, shown=_shown_months)
_NAMES = Value(
    "navn med komma mellom", lambda text, _: names_stored(names(text)), _shown_names, blank="[]"
)
_FOLDER = Value("en mappe", _folder)

_SHEET = Sheet(
    "avdeling",
    "department",
    (
        Column("navn", "name", TEXT, required=True),
        Column("drifter", "operator", TEXT),
        Column("stilling", "position_percent", _PERCENT, required=True),
        Column("koordinatorer", "coordinators", _NAMES),
        Column("årsverk", "hours_per_fte", _HOURS_A_YEAR, required=True),
        Column("oppbevaring", "retention_months", _RETENTION_TIME, required=True),
        Column("små_tall", "small_number", _SMALL_NUMBER, required=True),
        Column("kopimappe", "copies_folder", _FOLDER),
    ),
)
SETTINGS = Fields(_SHEET, flags={"koordinatorer": "--koordinator"})
# The coordinators have an option of their own, which can be given several times.
SINGLE_SETTINGS = Fields(_SHEET, but=("koordinatorer",))
# What a setting's figure means, beside it.
MEANINGS = {
    "hours_per_fte": "som årsrapporten deler timene på",
    "retention_months": "etter at en sak er avsluttet, eller en familiekontakt har sluttet",
    "small_number": "lavere tall vises ikke i det som lages for andre",
    "copies_folder": "her legges kopiene av avdelingen",
}
