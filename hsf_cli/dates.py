"""Dates as people type them and read them; ages and begun months as the form counts them."""

import re
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from hsf_cli.errors import Unreadable
from hsf_cli.spelling import folded

EARLIEST_YEAR, LATEST_YEAR = 1900, 2199

_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
_NORWEGIAN = re.compile(r"(\d\d?)\.(\d\d?)\.(\d{4})", re.ASCII)
_DAY_AND_MONTH = re.compile(r"(\d\d?)\.(\d\d?)\.?", re.ASCII)
_DAY_AND_NAME = re.compile(r"(\d\d?)\.? ?([a-z]+)(?: (\d{4}))?", re.ASCII)
_YEAR = re.compile(r"\d{4}", re.ASCII)

_FULL_DATE = "Skriv datoen som 2023-03-01 eller 01.03.2023."
_TYPED_DATE = "Skriv datoen som 01.03.2023, 1.3, 1. mars, i dag, i går eller mandag."
_NEAR_DAYS = {"i dag": 0, "idag": 0, "i gar": -1, "igar": -1, "i morgen": 1, "imorgen": 1}
_WEEKDAYS = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lordag", "sondag")
_MONTHS = (
    "januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september", "oktober",
    "november", "desember",
)  # fmt: skip
_SHORTEST_NAME = 3


def today() -> date:
    """The day it is. The one place that asks the clock for it, so that a test can set it."""
    return date.today()


def written(day: date | str) -> str:
    """A date as a coordinator reads it: 01.03.2023. Takes ISO text too, as it is stored."""
    text = day if isinstance(day, str) else day.isoformat()
    return f"{text[8:10]}.{text[5:7]}.{text[:4]}"


def full_date(text: str) -> date:
    """The date that `text` gives with day, month and year in full, as files must.

    Raises Unreadable: nothing is ever filled in or guessed.
    """
    if found := _ISO.fullmatch(text):
        year, month, day = found.groups()
    elif found := _NORWEGIAN.fullmatch(text):
        day, month, year = found.groups()
    else:
        raise Unreadable(_FULL_DATE)
    return _real_day(int(year), int(month), int(day))


def typed_date(text: str, today: date, *, planned: bool = False) -> date:
    """The date that a person typed at the prompt.

    Without a year it is the latest such day that is not in the future, or for `planned` things
    the next that is not in the past. Raises Unreadable for what cannot be read for certain.
    """
    words = " ".join(folded(text).split())
    if words in _NEAR_DAYS:
        return today + timedelta(days=_NEAR_DAYS[words])
    if (weekday := _place(words, _WEEKDAYS)) is not None:
        return _nearest_weekday(weekday, today, planned)
    if found := _DAY_AND_MONTH.fullmatch(words):
        return _nearest_day(int(found[2]), int(found[1]), today, planned)
    if found := _DAY_AND_NAME.fullmatch(words):
        month = _place(found[2], _MONTHS)
        if month is None:
            raise Unreadable(_TYPED_DATE)
        if found[3]:
            return _real_day(int(found[3]), month + 1, int(found[1]))
        return _nearest_day(month + 1, int(found[1]), today, planned)
    if _ISO.fullmatch(words) or _NORWEGIAN.fullmatch(words):
        return full_date(words)
    raise Unreadable(_TYPED_DATE)


def born(text: str, today: date) -> str:
    """A year of birth (`2021`) or a date of birth (ISO), as it is stored. Raises Unreadable."""
    if _YEAR.fullmatch(text):
        if not EARLIEST_YEAR <= int(text) <= LATEST_YEAR:
            raise Unreadable("Skriv et fødselsår som 2021, eller en dato som 01.03.2021.")
        if int(text) > today.year:
            raise Unreadable(f"Fødselsåret kan ikke være etter {today.year}.")
        return text
    try:
        day = full_date(text)
    except Unreadable as unreadable:
        raise Unreadable(f"{unreadable.remedy} Et år alene er også nok.") from None
    if day > today:
        raise Unreadable(f"Fødselsdatoen kan ikke være etter i dag, {written(today)}.")
    return day.isoformat()


def begun_months(started_on: str, ended_on: str) -> int:
    """The begun months from one ISO day to another: the smallest n for which start + n reaches end.

    Adding months keeps the day of the month or takes the month's last day, so 31 August to
    28 February is 6 and to 1 March is 7. The same day is 0. (docs/definitions.md: «Duration».)
    """
    start, end = date.fromisoformat(started_on), date.fromisoformat(ended_on)
    months = (end.year - start.year) * 12 + end.month - start.month
    return months if start + relativedelta(months=months) >= end else months + 1


def _real_day(year: int, month: int, day: int) -> date:
    try:
        found = date(year, month, day)
    except ValueError:
        raise Unreadable(f"Datoen finnes ikke i kalenderen. {_FULL_DATE}") from None
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise Unreadable(f"Årstallet må være fra {EARLIEST_YEAR} til {LATEST_YEAR}. {_FULL_DATE}")
    return found


def _nearest_day(month: int, day: int, today: date, planned: bool) -> date:
    """That day this year, or in the nearest year on the right side of today that has it."""
    step = 1 if planned else -1
    for years in range(9):  # 29 February is at most eight years away, around 1900 and 2100
        try:
            found = date(today.year + step * years, month, day)
        except ValueError:
            continue
        if found == today or (found > today) == planned:
            return found
    raise Unreadable(f"Datoen finnes ikke i kalenderen. {_TYPED_DATE}")


def _nearest_weekday(weekday: int, today: date, planned: bool) -> date:
    days = (weekday - today.weekday()) % 7 if planned else -((today.weekday() - weekday) % 7)
    return today + timedelta(days=days)


def _place(name: str, names: tuple[str, ...]) -> int | None:
    """The place of a name that is written in full or by its first three letters."""
    for place, known in enumerate(names):
        if name in (known, known[:_SHORTEST_NAME]):
            return place
    return None
