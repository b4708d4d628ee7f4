"""Dates as they are typed, as files have them and as they are shown; begun months."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given, settings
from hypothesis import strategies as st

from hsf_cli import dates
from hsf_cli.dates import begun_months, born, full_date, near_date, typed_date, written
from hsf_cli.errors import Unreadable

FRIDAY = date(2024, 3, 15)


@pytest.mark.parametrize("text", ["2023-03-01", "1.3.2023", "01.03.2023", "1.03.2023", "01.3.2023"])
def test_a_full_date_is_read_in_files_and_at_the_prompt(text: str) -> None:
    assert full_date(text) == typed_date(text, FRIDAY) == date(2023, 3, 1)


@pytest.mark.parametrize(
    "text",
    [
        "1.3.23", "mars 2023", "03/01/2023", "01/03/2023", "2023-3-1", "2023-03", "2023", "1.3",
        "20230301", "1. mars 2023", "i dag", "mandag", "2023-03-01T00:00", "1.3.2023.", "1,3,2023",
        "2023.03.01", "01-03-2023", "1 3 2023", "", " ", "x", "٢٠٢٣-٠٣-٠١", "１.３.２０２３",
        "45000", "2023-03-01 ", "\n2023-03-01",
    ],
)  # fmt: skip
def test_anything_else_in_a_file_is_refused_with_how_to_write_it(text: str) -> None:
    with pytest.raises(Unreadable) as error:
        full_date(text)
    assert "2023-03-01" in error.value.remedy
    assert "01.03.2023" in error.value.remedy


def test_what_is_simply_no_day_is_told_how_to_write_one_and_nothing_else() -> None:
    with pytest.raises(Unreadable, match=r"^Skriv datoen som"):
        typed_date("mai", FRIDAY)


@pytest.mark.parametrize(
    "text",
    ["2023-02-29", "29.2.2023", "31.4.2023", "2023-13-01", "0.1.2023", "1.0.2023", "32.1.2023",
     "2100-02-29", "0000-01-01", "1899-12-31", "31.12.1899", "2200-01-01", "9999-12-31"],
)  # fmt: skip
def test_a_day_that_is_not_in_the_calendar_is_refused(text: str) -> None:
    for read in (full_date, lambda text: typed_date(text, FRIDAY)):
        with pytest.raises(Unreadable):
            read(text)


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_every_day_is_read_back_as_it_is_written(day: date) -> None:
    assert full_date(written(day)) == full_date(day.isoformat()) == day
    assert written(day.isoformat()) == written(day)
    assert typed_date(f"{day.day}.{day.month}.{day.year}", FRIDAY) == day


def test_a_date_is_written_as_coordinators_read_it() -> None:
    assert written(date(2023, 3, 1)) == "01.03.2023"
    assert written("2023-12-31") == "31.12.2023"


@pytest.mark.parametrize("text", ["1.3", "1.3.", "01.03", "1. mars", "1 mars", "1.mars", "1. MARS",
                                  "1. mar", " 1.  mars "])  # fmt: skip
def test_a_day_without_a_year_is_the_latest_or_the_next_to_be_planned(text: str) -> None:
    assert typed_date(text, FRIDAY) == date(2024, 3, 1)
    assert typed_date(text, FRIDAY, planned=True) == date(2025, 3, 1)
    assert typed_date(text, date(2024, 2, 29)) == date(2023, 3, 1)
    assert typed_date(text, date(2024, 2, 29), planned=True) == date(2024, 3, 1)


@pytest.mark.parametrize("planned", [False, True])
def test_today_is_neither_past_nor_to_come(planned: bool) -> None:
    assert typed_date("15.3", FRIDAY, planned=planned) == FRIDAY
    assert typed_date("15. mars", FRIDAY, planned=planned) == FRIDAY


@pytest.mark.parametrize(
    ("today", "latest", "following"),
    [
        (date(2024, 3, 15), date(2024, 2, 29), date(2028, 2, 29)),
        (date(2024, 2, 29), date(2024, 2, 29), date(2024, 2, 29)),
        (date(2024, 2, 28), date(2020, 2, 29), date(2024, 2, 29)),
        (date(2023, 7, 1), date(2020, 2, 29), date(2024, 2, 29)),
        (date(2101, 1, 1), date(2096, 2, 29), date(2104, 2, 29)),
        (date(2097, 1, 1), date(2096, 2, 29), date(2104, 2, 29)),
        (date(2104, 2, 28), date(2096, 2, 29), date(2104, 2, 29)),
        (date(2096, 3, 1), date(2096, 2, 29), date(2104, 2, 29)),
    ],
)
def test_the_leap_day_is_found_however_far_away(today: date, latest: date, following: date) -> None:
    assert typed_date("29.2", today) == latest
    assert typed_date("29. februar", today, planned=True) == following


@pytest.mark.parametrize(
    ("text", "days"),
    [("i dag", 0), ("I DAG", 0), ("idag", 0), (" i  dag ", 0), ("i går", -1), ("I Går", -1),
     ("i morgen", 1), ("i ga\N{COMBINING RING ABOVE}r", -1)],
)  # fmt: skip
@pytest.mark.parametrize("planned", [False, True])
def test_near_days_have_names(text: str, days: int, planned: bool) -> None:
    assert typed_date(text, FRIDAY, planned=planned) == FRIDAY + timedelta(days=days)


@pytest.mark.parametrize(
    ("name", "number"),
    [("mandag", 0), ("tirsdag", 1), ("onsdag", 2), ("torsdag", 3), ("fredag", 4), ("lørdag", 5),
     ("søndag", 6), ("MANDAG", 0), ("man", 0), ("lør", 5), ("SØNDAG", 6)],
)  # fmt: skip
@pytest.mark.parametrize("offset", range(7))
def test_a_weekday_is_the_last_one_or_the_next_to_be_planned(
    name: str, number: int, offset: int
) -> None:
    today = FRIDAY + timedelta(days=offset)
    last, following = typed_date(name, today), typed_date(name, today, planned=True)
    assert last.weekday() == following.weekday() == number
    assert 0 <= (today - last).days < 7
    assert 0 <= (following - today).days < 7


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1.3", date(2024, 3, 1)),
        ("1. april", date(2024, 4, 1)),
        ("13.9", date(2024, 9, 13)),  # half a year ahead
        ("14.9", date(2023, 9, 14)),
        ("1.12.2026", date(2026, 12, 1)),
        ("i morgen", date(2024, 3, 16)),
        ("mandag", date(2024, 3, 11)),  # the last one, as elsewhere
        ("mandag 1.4", date(2024, 4, 1)),
    ],
)
def test_a_near_day_without_a_year_is_at_most_half_a_year_away(text: str, day: date) -> None:
    assert near_date(text, FRIDAY) == day


@given(today=st.dates(date(1950, 1, 1), date(2100, 1, 1)), days=st.integers(-182, 182))
def test_no_such_day_is_nearer_than_the_near_one(today: date, days: int) -> None:
    day = today + timedelta(days=days)
    assert near_date(f"{day.day}.{day.month}", today) == day


def test_monday_on_a_monday_is_today() -> None:
    monday = date(2024, 3, 11)
    assert typed_date("mandag", monday) == monday
    assert typed_date("mandag", monday + timedelta(days=6)) == monday


@pytest.mark.parametrize("month", [
    "januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september", "oktober",
    "november", "desember",
])  # fmt: skip
def test_months_have_names_in_full_and_in_short(month: str) -> None:
    assert typed_date(f"1. {month} 2023", FRIDAY) == typed_date(f"1 {month[:3]} 2023", FRIDAY)


def test_the_months_are_in_their_order() -> None:
    names = ["jan", "feb", "mar", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "des"]
    assert [typed_date(f"2. {name} 2023", FRIDAY).month for name in names] == list(range(1, 13))


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "mai", "mars 2023", "2024", "15", "1.2.24", "1. mars 24", "03/01/2023", "30.2",
        "31.4", "0.1", "1.13", "32.1", "1. march", "monday", "neste uke", "om en uke", "3 dager",
        "1.3.2023 kl 10", "første mars", "1..3", "1. 2. mars", "31. februar 2023", "mandag 1.3",
        "2023-03-01T10:00", "now", "today", "-1.3", "1.3.-2023", "nan",
    ],
)  # fmt: skip
@pytest.mark.parametrize("planned", [False, True])
def test_what_is_not_certain_is_refused_with_examples(text: str, planned: bool) -> None:
    with pytest.raises(Unreadable) as error:
        typed_date(text, FRIDAY, planned=planned)
    assert "01.03.2023" in error.value.remedy


@settings(max_examples=300)
@given(st.text("0123456789.-: iadgårmnsjul", max_size=10) | st.text(max_size=8))
def test_any_text_gives_a_date_or_is_refused(text: str) -> None:
    with suppress(Unreadable):
        assert isinstance(typed_date(text, FRIDAY), date)


@given(st.dates(date(1950, 1, 1), date(2150, 1, 1)), st.integers(1, 31), st.integers(1, 12))
def test_a_day_without_a_year_is_never_on_the_wrong_side(today: date, day: int, month: int) -> None:
    try:
        latest = typed_date(f"{day}.{month}", today)
    except Unreadable:
        assert day > 29
        return
    following = typed_date(f"{day}.{month}", today, planned=True)
    assert latest <= today <= following
    assert (latest.day, latest.month) == (following.day, following.month) == (day, month)
    years = 8 if (day, month) == (29, 2) else 1
    assert max(today - latest, following - today) <= timedelta(days=366 * years)


@pytest.mark.parametrize(
    ("text", "stored"),
    [("2021", "2021"), ("1900", "1900"), ("2024", "2024"), ("1.3.2021", "2021-03-01"),
     ("2024-03-15", "2024-03-15"), ("29.02.2020", "2020-02-29")],
)  # fmt: skip
def test_a_birth_is_a_year_or_a_date_as_it_is_stored(text: str, stored: str) -> None:
    assert born(text, FRIDAY) == stored


@pytest.mark.parametrize(
    "text",
    ["2025", "2024-03-16", "16.3.2024", "1899", "2200", "0000", "21", "1.3.21", "mars 2021",
     "02021", "2021.0", "", "ukjent"],
)  # fmt: skip
def test_a_birth_to_come_or_unreadable_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        born(text, FRIDAY)


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        ("2023-01-15", "2023-01-15", 0), ("2023-01-15", "2023-01-16", 1),
        ("2023-01-15", "2023-07-15", 6), ("2023-01-15", "2023-07-16", 7),
        ("2023-01-15", "2024-01-15", 12), ("2023-01-15", "2024-01-16", 13),
        ("2023-08-31", "2024-02-28", 6), ("2023-08-31", "2024-02-29", 6),
        ("2023-08-31", "2024-03-01", 7), ("2022-08-31", "2023-02-28", 6),
        ("2022-08-31", "2023-03-01", 7), ("2024-02-29", "2025-02-28", 12),
        ("2024-02-29", "2025-03-01", 13), ("2024-02-29", "2024-03-29", 1),
        ("2023-01-31", "2023-02-28", 1), ("2023-01-31", "2023-03-01", 2),
        ("2023-12-31", "2024-01-01", 1), ("2023-02-28", "2023-03-28", 1),
        ("2023-02-28", "2023-03-29", 2),
    ],
)  # fmt: skip
def test_begun_months_are_those_of_the_definition(start: str, end: str, months: int) -> None:
    assert begun_months(start, end) == months


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(0, 3000))
def test_begun_months_are_the_smallest_number_that_reaches_the_end(start: date, days: int) -> None:
    end = start + timedelta(days=days)
    months = 0
    while start + relativedelta(months=months) < end:
        months += 1
    assert begun_months(start.isoformat(), end.isoformat()) == months


def test_today_is_the_day_that_the_tests_have_set() -> None:
    assert dates.today() == FRIDAY


@pytest.mark.parametrize(
    "text", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2024-01-12T10:15:00", "x"]
)
def test_a_moment_is_within_the_calendar_and_says_where_on_earth(text: str) -> None:
    with pytest.raises(Unreadable):
        dates.moment(text)


def test_a_moment_is_kept_to_the_second() -> None:
    assert dates.moment("2024-01-12T10:15:00.75+01:00") == "2024-01-12T10:15:00+01:00"


def test_the_calendar_goes_from_1900_to_2199() -> None:
    """Both are years that are read, of a report, of a birth, of a month and of a moment."""
    for year in (1900, 2199):
        assert dates.year(str(year)) == year
        assert full_date(f"{year}-03-01") == date(year, 3, 1)
        assert born(str(year), date(2199, 1, 1)) == str(year)
        assert dates.typed_month(f"3.{year}", FRIDAY) == (year, 3)
        assert dates.moment(f"{year}-06-01T00:00:00+01:00") == f"{year}-06-01T00:00:00+01:00"
    for text in ("1899", "2200", "02024", "24", "x", ""):
        with pytest.raises(Unreadable, match="fire sifre"):
            dates.year(text)
