"""Days, months, births and ages as people type them at the prompt."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from hsf_cli.dates import (
    age,
    born,
    born_at_age,
    month_days,
    typed_born,
    typed_date,
    typed_month,
    written_month,
)
from hsf_cli.errors import Unreadable

FRIDAY = date(2024, 3, 15)
DAYS = st.dates(date(2012, 1, 1), date(2150, 12, 31))


def refusal(read: Callable[..., object], *args: object, **options: object) -> str:
    """What is said would be right, by a reader that must refuse."""
    with pytest.raises(Unreadable) as error:
        read(*args, **options)
    return error.value.remedy


def result(read: Callable[..., object], *args: object) -> object:
    """What a reader gives, be it a refusal."""
    try:
        return read(*args)
    except Unreadable as unreadable:
        return unreadable.remedy


@pytest.mark.parametrize(
    "text",
    [
        "1. mars 2023", "1 mars 2023", "1. MARS 2023", "1. mar. 2023", "1.mars 2023",
        "den 1. mars 2023", "1. 3. 2023", "1.3. 2023", "1.3 2023", "1.3.2023.", "2023-3-1",
        "onsdag 1. mars 2023", "Onsdag, 1.3.2023", "ons. 1. mars 2023", "onsdag den 1. mars 2023",
        "onsdag 2023-03-01", "1.\N{NO-BREAK SPACE}mars 2023",
    ],
)  # fmt: skip
@pytest.mark.parametrize("planned", [False, True])
def test_a_day_with_its_year_is_read_as_people_write_it(text: str, planned: bool) -> None:
    assert typed_date(text, FRIDAY, planned=planned) == date(2023, 3, 1)


@pytest.mark.parametrize("text", ["1. mars", "den 1. mars", "1. 3.", "1.3", "1. mar.", "den 1.3"])
def test_a_day_without_its_year_is_read_as_people_write_it(text: str) -> None:
    assert typed_date(text, FRIDAY) == date(2024, 3, 1)


@pytest.mark.parametrize(
    ("text", "days"),
    [("i forgårs", -2), ("I FORGÅRS", -2), ("iforgårs", -2), ("idag", 0),
     ("igår", -1), ("imorgen", 1)],
)  # fmt: skip
@pytest.mark.parametrize("today", [FRIDAY, date(2024, 1, 1), date(2023, 12, 31), date(2024, 3, 1)])
def test_days_near_today_have_names(text: str, days: int, today: date) -> None:
    assert typed_date(text, today) == today + timedelta(days=days)


@pytest.mark.parametrize("text", ["fredag 1. mars", "fre 1.3", "fredag, 1. mars", "fre. 1.3."])
def test_a_weekday_that_fits_the_day_is_taken(text: str) -> None:
    assert typed_date(text, FRIDAY) == date(2024, 3, 1)


@pytest.mark.parametrize("text", ["mandag 1. mars", "lørdag 1.3", "torsdag 1.3.2024"])
def test_a_weekday_that_does_not_fit_the_day_is_refused_with_the_day(text: str) -> None:
    remedy = refusal(typed_date, text, FRIDAY)
    assert remedy.startswith("Ukedagen passer ikke med datoen 01.03.2024.")


@pytest.mark.parametrize(
    "text", ["1.3.23", "01.03.23", "1. 3. 23", "1. mars 23", "1 mar 23", "fredag 1.3.24"]
)
def test_a_year_of_two_digits_is_refused_as_such(text: str) -> None:
    assert "fire sifre" in refusal(typed_date, text, FRIDAY)
    if not text.startswith("fredag"):
        assert "fire sifre" in refusal(typed_born, text, FRIDAY)


@pytest.mark.parametrize("text", ["1/3", "01/03", "1/3/23", "1/3/2023", "01/03/2023"])
def test_a_date_with_slashes_is_refused_as_such(text: str) -> None:
    for read in (typed_date, typed_born):
        assert "skråstrek" in refusal(read, text, FRIDAY)


@pytest.mark.parametrize(
    "text",
    [
        "01032023", "20230301", "010323", "1.32023", "1 3", "1 3 2023", "2023-3", "2023.3.1",
        "1-3-2023", "1. mars 2023 kl 10", "den", "den mars", "mars", "1. ma", "ma", "1. marsj",
        "forrige mandag", "neste mandag", "på mandag", "mandag 3.", "mandag 3", "i fjor",
        "forgårs", "1.3 og 2.3", "1.-2. mars", "1. mars 20233", "1. mars 223", "31.4.2023",
        "29. februar 2023", "0. mars", "1.0.2023", "mandag 30.2",
    ],
)  # fmt: skip
@pytest.mark.parametrize("planned", [False, True])
def test_days_that_are_not_certain_are_refused_with_examples(text: str, planned: bool) -> None:
    assert "01.03.2023" in refusal(typed_date, text, FRIDAY, planned=planned)


@given(DAYS, DAYS, st.booleans())
def test_every_written_form_of_a_day_is_read_back(day: date, today: date, planned: bool) -> None:
    weekday = ("man", "tirs", "ons", "tors", "fre", "lør", "søn")[day.weekday()] + "dag"
    month = written_month(day.year, day.month)
    for text in (f"{day.day}. {month}", f"{weekday} {day.day}. {month}", f"{day:%d.%m. %Y}"):
        assert typed_date(text, today, planned=planned) == day


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("2021", "2021"), (" 2021 ", "2021"), ("1900", "1900"), ("2024", "2024"),
        ("1.3.2021", "2021-03-01"), ("01.03.2021", "2021-03-01"), ("2021-03-01", "2021-03-01"),
        ("1. mars 2021", "2021-03-01"), ("15.3.2024", "2024-03-15"), ("29.2.2024", "2024-02-29"),
    ],
)  # fmt: skip
def test_a_birth_is_typed_as_a_year_or_a_date(text: str, stored: str) -> None:
    assert typed_born(text, FRIDAY) == stored


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("3 år", "2020 eller 2021"), ("3", "2020 eller 2021"), ("3år", "2020 eller 2021"),
        ("3 ÅR", "2020 eller 2021"), ("3 ar", "2020 eller 2021"), ("3 aar", "2020 eller 2021"),
        ("3 år gammel", "2020 eller 2021"), ("0", "2023 eller 2024"), ("0 år", "2023 eller 2024"),
        ("35", "1988 eller 1989"), ("110 år", "1913 eller 1914"), ("2 mnd", "2023 eller 2024"),
        ("1 år og 2 mnd", "2022 eller 2023"), ("14 mnd", "2022 eller 2023"),
    ],
)  # fmt: skip
def test_an_age_of_two_possible_years_is_answered_with_both(text: str, years: str) -> None:
    assert refusal(typed_born, text, FRIDAY) == f"Skriv fødselsåret: {years}."


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("0 mnd", "2024"), ("1 mnd", "2024"), ("3 mnd", "2023"), ("8 mnd", "2023"),
        ("8 mnd.", "2023"), ("8mnd", "2023"), ("8 måneder", "2023"), ("1 måned", "2024"),
        ("8 maneder", "2023"), ("18 mnd", "2022"), ("1 år 6 mnd", "2022"),
        ("1 år og 6 måneder", "2022"), ("8 måneder gammel", "2023"),
    ],
)  # fmt: skip
def test_an_age_in_months_gives_the_year_where_it_is_certain(text: str, year: str) -> None:
    assert typed_born(text, FRIDAY) == year


@pytest.mark.parametrize(
    ("text", "today", "year"),
    [
        ("3 år", date(2024, 12, 31), "2021"), ("0", date(2024, 12, 31), "2024"),
        ("3 år", date(2024, 12, 30), None), ("3 år", date(2024, 1, 1), None),
        ("0 mnd", date(2024, 1, 31), "2024"), ("0 mnd", date(2024, 1, 30), None),
        ("0 mnd", date(2024, 1, 1), None), ("0 mnd", date(2024, 12, 31), "2024"),
        ("1 mnd", date(2024, 1, 31), "2023"), ("1 mnd", date(2024, 1, 30), "2023"),
        ("1 mnd", date(2024, 1, 1), "2023"), ("1 mnd", date(2024, 2, 1), None),
        ("12 mnd", date(2024, 12, 31), "2023"), ("2 mnd", date(2024, 2, 29), "2023"),
        ("1 år", date(2024, 2, 29), None),
    ],
)  # fmt: skip
def test_ages_are_read_to_the_day(text: str, today: date, year: str | None) -> None:
    if year is None:
        assert "eller" in refusal(typed_born, text, today)
    else:
        assert typed_born(text, today) == year


@pytest.mark.parametrize(
    "text",
    ["", " ", "ukjent", "2025", "16.3.2024", "1899", "2200", "0000", "0003", "111", "111 år", "999",
     "-3", "03", "07 år", "3,5", "1,5 år", "3-4 år", "3-åring", "tre år", "1 år 12 mnd", "100 mnd",
     "8 m", "6 uker", "mars 2021", "1.3", "1. mars", "i går", "mandag", "født 2021", "21.",
     "010321", "01032112345", "010321 12345", "31.2.2021", "٣"],
)  # fmt: skip
def test_births_that_are_not_certain_are_refused(text: str) -> None:
    remedy = refusal(typed_born, text, FRIDAY)
    assert "12345" not in remedy


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("3", 3), ("3 år", 3), (" 3  år ", 3), ("0", 0), ("110", 110), ("8 mnd", 0), ("11 mnd", 0),
        ("12 mnd", 1), ("18 måneder", 1), ("1 år og 11 mnd", 1), ("111", None), ("2021", None),
        ("0003", None), ("03", None), ("1.3.2021", None), ("tre", None), ("", None), ("-1", None),
    ],
)  # fmt: skip
def test_an_age_is_known_from_a_year_and_from_a_date(text: str, years: int | None) -> None:
    assert age(text) == years


@pytest.mark.parametrize(
    ("years", "been", "year"),
    [(3, True, "2021"), (3, False, "2020"), (0, True, "2024"), (0, False, "2023")],
)
def test_the_birthday_decides_the_year_of_birth(years: int, been: bool, year: str) -> None:
    assert born_at_age(years, birthday_been=been, today=FRIDAY) == year


def test_no_one_is_older_than_the_years_that_are_kept() -> None:
    assert "2021" in refusal(born_at_age, 110, birthday_been=False, today=date(2000, 5, 1))


@settings(max_examples=300)
@given(DAYS, st.integers(0, 110 * 365), st.sampled_from(["{years} år", "{months} mnd"]))
def test_the_year_of_birth_is_found_from_every_age(today: date, days: int, form: str) -> None:
    birth = today - timedelta(days=days)
    lived = relativedelta(today, birth)
    months = lived.years * 12 + lived.months
    assume("{years}" in form or months <= 99)
    text = form.format(years=lived.years, months=months)
    been = (birth.month, birth.day) <= (today.month, today.day)
    assert age(text) == lived.years
    assert born_at_age(lived.years, birthday_been=been, today=today) == str(birth.year)
    both = {born_at_age(lived.years, birthday_been=been, today=today) for been in (True, False)}
    assert result(typed_born, text, today) in (
        str(birth.year), f"Skriv fødselsåret: {' eller '.join(sorted(both))}."
    )  # fmt: skip


@given(DAYS, DAYS)
def test_births_in_files_are_read_alike_at_the_prompt(day: date, today: date) -> None:
    for text in (day.isoformat(), str(day.year)):
        assert result(typed_born, text, today) == result(born, text, today)


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("2026-10", (2026, 10)), ("2026-1", (2026, 1)), ("10.2026", (2026, 10)),
        ("1.2026", (2026, 1)), ("01.2026", (2026, 1)), ("10/2026", (2026, 10)),
        ("10-2026", (2026, 10)), ("10 2026", (2026, 10)), ("oktober 2026", (2026, 10)),
        ("Oktober 2026", (2026, 10)), ("okt 2026", (2026, 10)), ("okt. 2026", (2026, 10)),
        ("sept 2023", (2023, 9)), ("oktober", (2023, 10)), ("okt", (2023, 10)),
        ("april", (2023, 4)), ("mars", (2024, 3)), ("februar", (2024, 2)), ("MAI", (2023, 5)),
        ("denne måneden", (2024, 3)), ("denne maneden", (2024, 3)), ("forrige måned", (2024, 2)),
        ("Forrige  MÅNED", (2024, 2)), ("sist måned", (2024, 2)), ("forrige mnd", (2024, 2)),
    ],
)  # fmt: skip
def test_months_are_read(text: str, month: tuple[int, int]) -> None:
    assert typed_month(text, FRIDAY) == month


@pytest.mark.parametrize(
    ("text", "today", "month"),
    [
        ("forrige måned", date(2024, 1, 1), (2023, 12)),
        ("forrige måned", date(2024, 3, 31), (2024, 2)),
        ("forrige måned", date(2024, 12, 31), (2024, 11)),
        ("denne måneden", date(2024, 1, 1), (2024, 1)),
        ("januar", date(2024, 1, 1), (2024, 1)),
        ("desember", date(2024, 1, 1), (2023, 12)),
        ("desember", date(2024, 12, 1), (2024, 12)),
        ("desember", date(2024, 11, 30), (2023, 12)),
    ],
)
def test_months_are_read_from_the_first_day_to_the_last(
    text: str, today: date, month: tuple[int, int]
) -> None:
    assert typed_month(text, today) == month


@pytest.mark.parametrize(
    "text",
    ["", " ", "10", "2026", "10.26", "10/26", "okt 26", "13.2026", "0.2026", "2026-13", "2026-00",
     "1.10.2026", "1. oktober 2026", "2026-10-01", "202610", "102026", "october 2026", "ok",
     "neste måned", "siste måned", "måneden", "2026 oktober", "oktober 1899", "10.2200", "mandag",
     "oktober-november", "oktober 20266", "i dag", "١٠.٢٠٢٦"],
)  # fmt: skip
def test_months_that_are_not_certain_are_refused_with_examples(text: str) -> None:
    assert "oktober 2026" in refusal(typed_month, text, FRIDAY)


@given(DAYS, DAYS)
def test_every_written_month_is_read_back(day: date, today: date) -> None:
    month = day.year, day.month
    written = written_month(*month)
    for text in (written, f"{written[:3]}. {day.year}", f"{day:%Y-%m}", f"{day:%m.%Y}"):
        assert typed_month(text, today) == month


@given(DAYS, st.integers(1, 12))
def test_a_named_month_is_the_latest_that_has_begun(today: date, number: int) -> None:
    year, month = typed_month(written_month(2000, number).split()[0], today)
    assert month == number
    assert month_days(year, month)[0] <= today < month_days(year + 1, month)[0]


@pytest.mark.parametrize(
    ("month", "last"),
    [((2024, 2), 29), ((2023, 2), 28), ((2100, 2), 28), ((2024, 4), 30), ((2024, 12), 31)],
)
def test_a_month_has_its_first_and_its_last_day(month: tuple[int, int], last: int) -> None:
    assert month_days(*month) == (date(*month, 1), date(*month, last))


def test_a_month_is_written_as_coordinators_read_it() -> None:
    assert written_month(2026, 10) == "oktober 2026"
    assert written_month(2024, 1) == "januar 2024"


@settings(max_examples=300)
@given(st.text("0123456789./-: adeglmnorst", max_size=12) | st.text(max_size=8), DAYS)
def test_any_text_is_read_or_refused(text: str, today: date) -> None:
    for read in (typed_date, typed_born, typed_month):
        with suppress(Unreadable):
            assert read(text, today)
    assert (years := age(text)) is None or 0 <= years <= 110
