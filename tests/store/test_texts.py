"""Telephone numbers and e-mail addresses as people type them, and as they are compared."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsf_cli.errors import Unreadable
from hsf_cli.texts import email, phone, phone_digits

NORWEGIAN = st.from_regex(r"[2-9][0-9]{7}", fullmatch=True)
FOREIGN = st.from_regex(r"\+46( ?[0-9]){6,12}", fullmatch=True)


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("90000123", "900 00 123"), ("900 00 123", "900 00 123"), ("90 00 01 23", "900 00 123"),
        ("+47 900 00 123", "900 00 123"), ("+4790000123", "900 00 123"),
        ("0047 900 00 123", "900 00 123"), ("004790000123", "900 00 123"),
        ("00 47 900 00 123", "900 00 123"), ("+47-900-00-123", "900 00 123"),
        ("+ 47 900 00 123", "900 00 123"), (" 900  00 123 ", "900 00 123"),
        ("900\N{NO-BREAK SPACE}00\N{NO-BREAK SPACE}123", "900 00 123"),
        ("41234567", "412 34 567"), ("22 33 44 55", "22 33 44 55"), ("22334455", "22 33 44 55"),
        ("+47 22334455", "22 33 44 55"), ("80012345", "80 01 23 45"),
        ("+46 70 123 45 67", "+46 70 123 45 67"), ("0046 70 123 45 67", "+46 70 123 45 67"),
        ("+46  70-123 45 67", "+46 70 123 45 67"), ("+46701234567", "+46701234567"),
        ("+46 70 - 123 45 67", "+46 70 123 45 67"), ("+1 212.555.0123", "+1 212 555 0123"),
        ("+45 12 34 56 78", "+45 12 34 56 78"), ("+683 4000", "+683 4000"),
    ],
)  # fmt: skip
def test_phone_numbers_are_stored_in_one_form(text: str, stored: str) -> None:
    assert phone(text) == stored
    assert phone(stored) == stored
    assert phone_digits(text) == phone_digits(stored)


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "+", "00", "+47", "110", "112", "113", "116117", "02800", "1881", "9000012",
        "900001234", "01234567", "12345678", "+47 12345678", "+47 02800", "+47 112", "+47 9000012",
        "+47 900 00 1234", "4790000123", "46701234567", "0701234567", "90000123a", "mob 90000123",
        "90000123 (mor)", "90000123 / 90000124", "90000123, 90000124", "90000123 90000124",
        "22.03.2023", "2023-03-01", "900-00-123", "(+47) 90000123", "+46 112", "+0 70 123 45 67",
        "+46 (0)70 123 45 67", "+46 70 123 45 67 8901 2345", "++4790000123", "900 00 123+",
        "ukjent", "01032112345", "٩٠٠٠٠١٢٣", "９００００１２３",
    ],
)  # fmt: skip
def test_what_is_no_whole_phone_number_is_refused_with_how_to_write_it(text: str) -> None:
    with pytest.raises(Unreadable) as error:
        phone(text)
    assert "+46 70 123 45 67" in error.value.remedy


@given(NORWEGIAN, st.sampled_from(["", "+47", "+47 ", "0047", "0047 "]), st.sampled_from([1, 2, 3]))
def test_a_norwegian_number_is_the_same_in_every_writing(
    digits: str, country: str, size: int
) -> None:
    groups = " ".join(digits[place : place + size] for place in range(0, 8, size))
    stored = phone(country + groups)
    assert stored == phone(digits) == phone(stored)
    assert phone_digits(country + groups) == phone_digits(stored) == digits


@given(FOREIGN)
def test_a_foreign_number_keeps_its_groups(text: str) -> None:
    assert phone(text) == phone("00" + text[1:]) == text
    assert phone_digits(text) == phone_digits("00" + text[1:]) == text[1:].replace(" ", "")


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("900 00 123", "90000123"), ("4790000123", "90000123"), ("90000123 (mor)", "90000123"),
        ("tlf. +47 900-00-123", "90000123"), ("(+47) 900 00 123", "90000123"),
        ("+46 70 123 45 67", "46701234567"), ("0046-701234567", "46701234567"),
        ("900 00", "90000"), ("47 90 00 01", "47900001"), ("", ""), ("ukjent", ""), ("+", ""),
        ("٩٠", ""),
    ],
)  # fmt: skip
def test_numbers_are_compared_by_their_digits(text: str, digits: str) -> None:
    assert phone_digits(text) == digits


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("kari@eksempel.no", "kari@eksempel.no"), (" kari@eksempel.no\n", "kari@eksempel.no"),
        ("Kari.Nord+hsf@Eksempel.CO.UK", "Kari.Nord+hsf@Eksempel.CO.UK"),
        ("bjørn@blåbær.no", "bjørn@blåbær.no"),
        ("bla\N{COMBINING RING ABOVE}@eksempel.no", "blå@eksempel.no"),
        ("o'brien_1@a-b.no", "o'brien_1@a-b.no"), ("a@b.c", "a@b.c"),
    ],
)  # fmt: skip
def test_addresses_are_kept_as_they_are_typed(text: str, stored: str) -> None:
    assert email(text) == email(stored) == stored


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "kari", "@", "kari@", "@eksempel.no", "kari@eksempel", "kari@.no",
        "kari@eksempel.", "kari@eksempel..no", ".kari@eksempel.no", "kari.@eksempel.no",
        "ka..ri@eksempel.no",
        "kari@@eksempel.no", "kari@a.no@b.no", "kari nord@eksempel.no", "kari@eksempel .no",
        "Kari <kari@eksempel.no>", "<kari@eksempel.no>", "mailto:kari@eksempel.no",
        "a@b.no,c", "a@b.no;", "ka\N{NO-BREAK SPACE}ri@b.no", "ka\N{ZERO WIDTH SPACE}ri@b.no",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused_with_how_to_write_it(text: str) -> None:
    with pytest.raises(Unreadable) as error:
        email(text)
    assert "kari@eksempel.no" in error.value.remedy


@pytest.mark.parametrize("text", ["a@b.no\nc@d.no", "a\t@b.no", "a\x00@b.no", "a@b.no" * 2000])
def test_an_address_is_one_line_of_text(text: str) -> None:
    with pytest.raises(Unreadable):
        email(text)


@given(st.text("0123456789+- @.ab", max_size=16) | st.text(max_size=12))
def test_any_text_is_read_as_it_will_be_read_again_or_is_refused(text: str) -> None:
    for read in (phone, email):
        with suppress(Unreadable):
            stored = read(text)
            assert read(stored) == stored
            assert read(f" {text} ") == stored
    assert phone_digits(text).isdecimal() or not phone_digits(text)
