"""Days that follow one another, as people type them: «8.2» of a course, «1.3 Tema 3:30»."""

from datetime import date

from hsf_cli import dates, numbers, typed
from hsf_cli.errors import Unreadable
from hsf_cli.registers.courses import CourseDay
from hsf_cli.texts import single_line

_REMEDY = "Skriv dato, tema og timer, som «1.3 Barns behov 3:30»."
# The most words that a date has, as in «den 1. mars 2026», and an hour, as in «3 t 30 min».
_DATE_WORDS, _HOURS_WORDS = 4, 4


def day_from(text: str, first: date, today: date) -> date:
    """The day that was typed; without a year the first such day from `first` on.

    Raises Unreadable.
    """
    if typed.day_of_year(typed.words(text)):
        return dates.typed_date(text, first, planned=True)
    return dates.typed_date(text, today)


def course_day(text: str, first: date, today: date) -> CourseDay:
    """The course day that a text tells of: its date, and its theme and hours if they are there.

    A number at the end is the hours. Raises Unreadable.
    """
    words = single_line(text).split()
    day, rest = _date(words, first, today)
    theme, minutes = _theme_and_hours(rest)
    return CourseDay(day.isoformat(), theme, minutes)


def _date(words: list[str], first: date, today: date) -> tuple[date, list[str]]:
    """The date that the words begin with, of as many of them as can be, and the rest."""
    for count in range(min(_DATE_WORDS, len(words)), 0, -1):
        try:
            return day_from(" ".join(words[:count]), first, today), words[count:]
        except Unreadable:
            continue
    raise Unreadable(_REMEDY)


def _theme_and_hours(words: list[str]) -> tuple[str | None, int | None]:
    """The theme, and the hours that the words end with, of as many of them as can be."""
    for count in range(min(_HOURS_WORDS, len(words)), 0, -1):
        try:
            minutes = numbers.typed_minutes(" ".join(words[-count:]))
        except Unreadable:
            continue
        return " ".join(words[:-count]) or None, minutes
    return " ".join(words) or None, None
