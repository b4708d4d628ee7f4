"""Dates as people type them and read them; ages and begun months as the form counts them."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from dateutil.relativedelta import relativedelta

from hsf_cli import typed
from hsf_cli.errors import Unreadable
from hsf_cli.spelling import did_you_mean, matched

EARLIEST_YEAR, LATEST_YEAR = 1900, 2199
_HALF_A_YEAR = timedelta(days=182)

_ISO = r"(\d{4})-(\d\d)-(\d\d)"
_NORWEGIAN = r"(\d\d?)\.(\d\d?)\.(\d{4})"
_YEAR = r"\d{4}"

_FULL_DATE = "Skriv datoen som 2023-03-01 eller 01.03.2023."
_TYPED_DATE = "Skriv datoen som 01.03.2023, 1.3, 1. mars, i dag, i går eller mandag."
_TYPED_MONTH = "Skriv måneden som oktober 2026, 10.2026, oktober eller forrige måned."
_BORN = "Skriv et fødselsår som 2021, eller en dato som 01.03.2021."


def today() -> date:
    """The day it is. The one place that asks the clock for it, so that a test can set it."""
    return date.today()


def now() -> datetime:
    """The moment it is, with the machine's own zone. What is counted and written tells it."""
    return datetime.now().astimezone()


def written(day: date | str) -> str:
    """A date as a coordinator reads it: 01.03.2023. Takes ISO text too, as it is stored."""
    text = day if isinstance(day, str) else day.isoformat()
    return f"{text[8:10]}.{text[5:7]}.{text[:4]}"


def written_moment(at: datetime | str) -> str:
    """A day and a time of it as people read them: 03.02.2026 kl. 10.15. Takes ISO text too."""
    text = at if isinstance(at, str) else at.isoformat()
    return f"{written(text)} kl. {text[11:13]}.{text[14:16]}"


def full_date(text: str) -> date:
    """The date that `text` gives with day, month and year in full, as files must.

    Raises Unreadable: nothing is ever filled in or guessed.
    """
    if found := matched(_ISO, text):
        year, month, day = found.groups()
    elif found := matched(_NORWEGIAN, text):
        day, month, year = found.groups()
    else:
        raise Unreadable(_FULL_DATE)
    return _real_day(int(year), int(month), int(day))


def year(text: str) -> int:
    """The year that four digits give. Raises Unreadable."""
    if matched(_YEAR, text) and EARLIEST_YEAR <= int(text) <= LATEST_YEAR:
        return int(text)
    raise Unreadable("Skriv årstallet med fire sifre, for eksempel 2025.")


def moment(text: str) -> str:
    """A day and a time with its distance from UTC, in full, as ISO text. Raises Unreadable."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        at = None
    if at is None or at.tzinfo is None or not EARLIEST_YEAR <= at.year <= LATEST_YEAR:
        raise Unreadable("Skriv dag og klokkeslett som 2026-01-12T10:15:00+01:00.")
    return at.isoformat(timespec="seconds")


def typed_date(text: str, today: date, *, planned: bool = False) -> date:
    """The date that a person typed at the prompt.

    Without a year it is the latest such day that is not in the future, or for `planned` things
    the next that is not in the past. Raises Unreadable for what cannot be read for certain.
    """
    words = typed.words(text)
    if (days := typed.near_day(words)) is not None:
        return today + timedelta(days=days)
    if (weekday := typed.weekday(words)) is not None:
        return _nearest_weekday(weekday, today, planned)
    if (both := typed.weekday_and_day(words)) is None:
        return _calendar_day(words, today, planned)
    day = _calendar_day(both[1], today, planned)
    if day.weekday() != both[0]:
        raise Unreadable(f"Ukedagen passer ikke med datoen {written(day)}. {_TYPED_DATE}")
    return day


def near_date(text: str, today: date) -> date:
    """The date that a person typed of what may have begun or lie ahead.

    A day without a year is the nearest such day, at most half a year away; all else is read as
    `typed_date` reads it. Raises Unreadable.
    """
    words = typed.words(text)
    told_from_today = typed.near_day(words) is not None or typed.weekday(words) is not None
    return typed_date(text, today if told_from_today else today + _HALF_A_YEAR)


def typed_month(text: str, today: date) -> tuple[int, int]:
    """The year and the month that a person typed: `10.2026`, `okt 2026`, `forrige måned`.

    A name alone is the latest such month that has begun. Raises Unreadable.
    """
    words = typed.words(text)
    if (months := typed.near_month(words)) is not None:
        day = today + relativedelta(months=months)
        return day.year, day.month
    if (found := typed.month(words)) is None:
        raise Unreadable(f"{_likely(words, typed.MONTHS)}{_TYPED_MONTH}")
    year, month = found
    if year is None:
        year = today.year - (month > today.month)
    if not (1 <= month <= 12 and EARLIEST_YEAR <= year <= LATEST_YEAR):
        raise Unreadable(f"Måneden finnes ikke i kalenderen. {_TYPED_MONTH}")
    return year, month


def month_days(year: int, month: int) -> tuple[date, date]:
    """The first and the last day of a month."""
    first = date(year, month, 1)
    return first, first + relativedelta(day=31)


def year_days(year: int | None) -> tuple[str, str]:
    """The first and the last day of a year (ISO); of none, bounds with every day between them."""
    return (f"{year}-01-01", f"{year}-12-31") if year else ("", "9999")


def written_month(year: int, month: int) -> str:
    """A month as a coordinator reads it: oktober 2026."""
    return f"{typed.MONTHS[month - 1]} {year}"


def short_month(month: str) -> str:
    """A month, given as 2026-10, by the letters that its name begins with: okt."""
    return typed.MONTHS[int(month[5:7]) - 1][:3]


def born(text: str, today: date) -> str:
    """A year of birth (`2021`) or a date of birth (ISO), as it is stored. Raises Unreadable."""
    if matched(_YEAR, text):
        if not EARLIEST_YEAR <= int(text) <= LATEST_YEAR:
            raise Unreadable(_BORN)
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


def typed_born(text: str, today: date) -> str:
    """A birth that a person typed, as `born` gives it: from a year, a full date or an age.

    Four digits are always a year. An age is read where only one year is possible. Raises
    Unreadable, elsewhere with both years; whoever can ask has `age` and `born_at_age`.
    """
    words = typed.words(text)
    if months := typed.age_in_months(words):
        first, last = _birth_years(*months, today)
        if first != last:
            raise Unreadable(f"Skriv fødselsåret: {first} eller {last}.")
        return born(str(last), today)
    if parts := typed.full_day(words):
        return born(_real_day(*parts).isoformat(), today)
    if matched(_YEAR, words):
        return born(words, today)
    raise _refused(words, _BORN)


def age(text: str) -> int | None:
    """The whole years of an age: `3` or `3 år`, `18 mnd` is 1; None for anything else."""
    months = typed.age_in_months(typed.words(text))
    return None if months is None else months[0] // 12


def born_at_age(age: int, *, birthday_been: bool, today: date) -> str:
    """The year of birth at that age, by whether this year's birthday is today or has been.

    Who is born this year has had it. Raises Unreadable where no one can be that old.
    """
    return born(str(today.year - age if birthday_been else today.year - age - 1), today)


def begun_months(started_on: str, ended_on: str) -> int:
    """The begun months from one ISO day to another: the smallest n for which start + n reaches end.

    Adding months keeps the day of the month or takes the month's last day, so 31 August to
    28 February is 6 and to 1 March is 7. The same day is 0. (docs/definitions.md: «Duration».)
    """
    start, end = date.fromisoformat(started_on), date.fromisoformat(ended_on)
    months = (end.year - start.year) * 12 + end.month - start.month
    # A month without the day of the start has no later day either: its last day is reached.
    return months + (end.day > start.day)


def _birth_years(least: int, less_than: int, today: date) -> tuple[int, int]:
    """The first and the last year of birth of one who has lived for so many months."""
    first = today - relativedelta(months=less_than) + timedelta(days=1)
    return first.year, (today - relativedelta(months=least)).year


def _refused(words: str, remedy: str) -> Unreadable:
    """The error for a date that cannot be read for certain, with the reason where it is known."""
    doubt = typed.doubt(words)
    return Unreadable(f"{doubt} {remedy}" if doubt else f"{_likely(words, typed.DAYS)}{remedy}")


def _likely(words: str, names: Sequence[str]) -> str:
    """The question whether a named day or month that was mistyped was meant."""
    return "" if any(sign.isdigit() for sign in words) else did_you_mean(words, names)


def _calendar_day(words: str, today: date, planned: bool) -> date:
    """The day that is typed by its day and month, with or without the year."""
    if parts := typed.full_day(words):
        return _real_day(*parts)
    if found := typed.day_of_year(words):
        return _nearest_day(*found, today, planned)
    raise _refused(words, _TYPED_DATE)


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
