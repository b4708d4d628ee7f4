"""Hours, counts and times of day as they are typed; numbers as Norwegians read them."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsf_cli.errors import Unreadable
from hsf_cli.numbers import (
    LARGEST,
    count,
    figure,
    hours,
    minutes,
    readable_hours,
    rounded,
    time_of_day,
    typed_minutes,
    typed_time,
    written,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2,5", 150), ("2.5", 150), ("2:30", 150), ("2t30", 150), ("2", 120), ("02:30", 150),
        ("0", 0), ("0,0", 0), ("0:00", 0), ("-0", 0), ("-0,0", 0), ("0:01", 1), ("24", 1440),
        ("100,25", 6015), ("1:59", 119), ("12t05", 725), ("2,50", 150), ("0,333333333", 20),
    ],
)  # fmt: skip
def test_hours_are_read_in_every_spelling(text: str, expected: int) -> None:
    assert minutes(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0,01", 1), ("0,008", 0), ("0,0083", 0), ("0,00834", 1), ("0,025", 2), ("0,075", 5),
        ("0,125", 8), ("1,125", 68), ("0,375", 23), ("0,0249", 1), ("0,00833333333333333333", 0),
    ],
)  # fmt: skip
def test_hours_become_whole_minutes_halves_up(text: str, expected: int) -> None:
    assert minutes(text) == expected


@given(st.decimals(0, 100_000, places=4))
def test_hours_are_rounded_exactly(number: Decimal) -> None:
    expected = (Fraction(number) * 120 + 1) // 2
    assert minutes(f"{number:f}") == minutes(f"{number:f}".replace(".", ",")) == expected


@pytest.mark.parametrize(
    "text",
    ["", " ", "to", "2:5", "2:60", "2t", "2 t", "t30", ":30", ",5", "2,", "2.", "1 000", "1.000,5",
     "2,5,5", "2h30", "+2", "--2", "1e3", "٢", "½", "2:30:00", "NaN", "inf", "2,5 timer", "2:3O"],
)  # fmt: skip
def test_hours_that_are_not_certain_are_refused_with_how_to_write_them(text: str) -> None:
    with pytest.raises(Unreadable) as error:
        minutes(text)
    assert "2:30" in error.value.remedy


@pytest.mark.parametrize("text", ["-1", "-2,5", "-0:01", "-2t30", "-0,5", "-0,001"])
def test_hours_below_none_are_refused_as_such(text: str) -> None:
    with pytest.raises(Unreadable) as error:
        minutes(text)
    assert "mindre enn null" in error.value.remedy


@pytest.mark.parametrize("read", [minutes, count])
@pytest.mark.parametrize("text", ["999999999999", "1" * 13, "9" * 5000])
def test_numbers_too_large_to_be_kept_are_refused(read: Callable[[str], int], text: str) -> None:
    with pytest.raises(Unreadable):
        read(text)


def test_the_largest_number_can_be_kept() -> None:
    assert count(str(LARGEST)) == LARGEST
    assert -(2**63) <= LARGEST < 2**63


def test_hours_as_files_carry_them_read_back_as_the_same_minutes() -> None:
    every = range(0, 100_001, 7)  # with every number of minutes past the hour
    assert [number for number in every if minutes(hours(number)) != number] == []


@pytest.mark.parametrize(
    ("number", "text"),
    [(0, "0"), (60, "1"), (90, "1,5"), (75, "1,25"), (20, "0,33"), (1, "0,02"), (67, "1,12"),
     (6, "0,1"), (12, "0,2"), (97_974, "1632,9")],
)  # fmt: skip
def test_hours_are_carried_as_short_as_they_can_be(number: int, text: str) -> None:
    assert hours(number) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2 t", 120), ("2t", 120), ("2 t.", 120), ("2 T", 120), ("1 time", 60), ("2 timer", 120),
        ("2,5 t", 150), ("2.5 timer", 150), ("45 min", 45), ("45min", 45), ("45 min.", 45),
        ("45 m", 45), ("45 minutter", 45), ("1 minutt", 1), ("90 min", 90), ("0 min", 0),
        ("1 t 30 min", 90), ("1t 30m", 90), ("1t30m", 90), ("1t30min", 90), ("1 t 5 min", 65),
        ("1 time og 30 minutter", 90), ("1 t. 30 min.", 90), ("2 t 30", 150), ("2t30", 150),
        (" 2  t ", 120), ("2\N{NO-BREAK SPACE}t", 120), ("0 t 0 min", 0), ("-0 min", 0),
    ],
)  # fmt: skip
def test_typed_hours_may_have_units(text: str, expected: int) -> None:
    assert typed_minutes(text) == expected


@given(st.integers(0, 100_000))
def test_typed_hours_are_read_as_files_carry_them_and_with_units(number: int) -> None:
    whole, rest = divmod(number, 60)
    for text in (hours(number), f"{whole}:{rest:02}", f"{whole} t {rest} min", f"{number} min"):
        assert typed_minutes(text) == number


@pytest.mark.parametrize(
    "text",
    ["", " ", "t", "min", "to timer", "2 h", "2:5", "2:60", "2t5", "2 t 5", "1 t 60 min",
     "1,5 t 30 min", "45,5 min", "30 min 1 t", "½ t", "1 1/2 time", "1 000 t", "2 dager", "2 tim",
     "2:30 t", "1 t 30 min 10", "٢ t", "2 t og", "+2 t"],
)  # fmt: skip
def test_typed_hours_that_are_not_certain_are_refused(text: str) -> None:
    with pytest.raises(Unreadable) as error:
        typed_minutes(text)
    assert "2:30" in error.value.remedy


@pytest.mark.parametrize("text", ["-2 t", "-45 min", "-1 t 30 min", "-2", "-0 t 30 min"])
def test_typed_hours_below_none_are_refused_as_such(text: str) -> None:
    with pytest.raises(Unreadable) as error:
        typed_minutes(text)
    assert "mindre enn null" in error.value.remedy


@pytest.mark.parametrize("unit", ["", " t", " min", " t 30 min"])
@pytest.mark.parametrize("number", ["999999999999", "9" * 5000])
def test_typed_hours_too_large_to_be_kept_are_refused(number: str, unit: str) -> None:
    with pytest.raises(Unreadable):
        typed_minutes(number + unit)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("4", 4), ("0", 0), ("-0", 0), ("004", 4), ("4,0", 4), ("4.00", 4), ("1000", 1000)],
)
def test_counts_are_whole(text: str, expected: int) -> None:
    assert count(text) == expected


@pytest.mark.parametrize(
    "text", ["", "fire", "4,5", "4.01", "1 000", "1e3", "+4", "٤", "4,", "0x4"]
)
def test_what_is_no_whole_number_is_refused(text: str) -> None:
    with pytest.raises(Unreadable) as error:
        count(text)
    assert "helt tall" in error.value.remedy


@pytest.mark.parametrize("text", ["-1", "-10", "-1,0"])
def test_counts_below_none_are_refused_as_such(text: str) -> None:
    with pytest.raises(Unreadable) as error:
        count(text)
    assert "mindre enn null" in error.value.remedy


@pytest.mark.parametrize(
    ("text", "stored"),
    [("15:00", "15:00"), ("9:30", "09:30"), ("15.00", "15:00"), ("09:30", "09:30"),
     ("0:00", "00:00"), ("23:59", "23:59"), ("9.05", "09:05")],
)  # fmt: skip
def test_times_of_day_are_read(text: str, stored: str) -> None:
    assert time_of_day(text) == stored


@pytest.mark.parametrize("text", ["24:00", "15:60", "15", "15:0", "9:5", "15:00:00", "3 pm", "",
                                  "kl 15", "-1:00", "115:00", "15,00", "١٥:٠٠"])  # fmt: skip
def test_what_is_no_time_of_day_is_refused(text: str) -> None:
    with pytest.raises(Unreadable) as error:
        time_of_day(text)
    assert "15:00" in error.value.remedy


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("17", "17:00"), ("9", "09:00"), ("09", "09:00"), ("0", "00:00"), ("23", "23:00"),
        ("1730", "17:30"), ("0930", "09:30"), ("0000", "00:00"), ("kl 17", "17:00"),
        ("kl. 17", "17:00"), ("kl. 17:30", "17:30"), ("kl 17.30", "17:30"), ("kl17", "17:00"),
        ("kl.17.30", "17:30"), ("KL 9", "09:00"), ("klokka 9", "09:00"), ("klokken 9:30", "09:30"),
        ("kl. 1730", "17:30"), (" 17 ", "17:00"), ("kl  17", "17:00"),
    ],
)  # fmt: skip
def test_typed_times_of_day_are_read(text: str, stored: str) -> None:
    assert typed_time(text) == stored


@given(st.integers(0, 23), st.integers(0, 59))
def test_every_time_of_day_is_read_back(hour: int, minute: int) -> None:
    stored = f"{hour:02}:{minute:02}"
    for text in (stored, f"{hour}.{minute:02}", f"kl. {stored}", f"{hour:02}{minute:02}"):
        assert typed_time(text) == stored
    assert time_of_day(stored) == stored


@pytest.mark.parametrize(
    "text",
    ["", " ", "kl", "kl.", "24", "2400", "1760", "24:00", "15:60", "930", "17:3", "173", "17000",
     "17,30", "17-18", "kl 17 kl", "kl kl 17", "17 kl", "halv ti", "5 pm", "-9", "17.", "١٧",
     "etter 15"],
)  # fmt: skip
def test_typed_times_that_are_not_certain_are_refused(text: str) -> None:
    with pytest.raises(Unreadable) as error:
        typed_time(text)
    assert "15:00" in error.value.remedy


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (Fraction(1, 2), 0, "1"), (Fraction(3, 2), 0, "2"), (Fraction(5, 2), 0, "3"),
        (Fraction(1, 200), 2, "0.01"), (Fraction(15, 1000), 2, "0.02"),
        (Fraction(2675, 1000), 2, "2.68"), (Fraction(1, 3), 2, "0.33"), (Fraction(2, 3), 2, "0.67"),
        (Fraction(0), 2, "0.00"), (Fraction(10**12) + Fraction(1, 200), 2, "1000000000000.01"),
    ],
)  # fmt: skip
def test_numbers_are_rounded_halves_up_and_exactly(
    value: Fraction, decimals: int, expected: str
) -> None:
    assert rounded(value, decimals) == Decimal(expected)


@given(st.fractions(0, 10**9), st.integers(0, 4))
def test_a_rounded_number_is_the_nearest(value: Fraction, decimals: int) -> None:
    difference = Fraction(rounded(value, decimals)) - value
    half = Fraction(1, 2 * 10**decimals)
    assert -half < difference <= half


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("1632.9"), "1\u00a0632,9"), (0, "0"), (7, "7"), (1000, "1\u00a0000"),
        (1_234_567, "1\u00a0234\u00a0567"), (Fraction(1, 3), "0,33"), (Decimal("0.50"), "0,5"),
        (Decimal("100.00"), "100"), (999, "999"), (Fraction(2999, 3), "999,67"),
    ],
)  # fmt: skip
def test_numbers_are_written_as_norwegians_read_them(
    value: Fraction | Decimal | int, text: str
) -> None:
    assert written(value) == text


@pytest.mark.parametrize(
    ("text", "stored"), [("12", "12"), ("728,8", "728.8"), ("728.80", "728.80"), ("0", "0")]
)
def test_a_figure_keeps_its_decimals_as_given(text: str, stored: str) -> None:
    assert figure(text) == stored


@pytest.mark.parametrize("text", ["", "-1", "1 000", "tolv", "1,2,3"])
def test_what_is_no_figure_is_refused(text: str) -> None:
    with pytest.raises(Unreadable, match="Skriv et tall"):
        figure(text)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0"), (630, "10,5"), (135, "2,25"), (15, "0,25"), (18, "0,3"), (45, "0,75"),
        (40, "0:40"), (5, "0:05"), (14, "0:14"), (16, "0:16"), (1, "0:01"),
        (60_000, "1\N{NO-BREAK SPACE}000"), (60_001, "1\N{NO-BREAK SPACE}000:01"),
    ],
)  # fmt: skip
def test_hours_are_read_as_decimals_where_those_say_it_exactly(number: int, text: str) -> None:
    assert readable_hours(number) == text
