"""The recovery sheet's lines: what is typed is what was written, or the wrong line is named."""

import secrets
from contextlib import suppress

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hsf_cli import keys, recovery
from hsf_cli.errors import BadContent, Unreadable
from hsf_cli.recovery import LINES, line_read, lines_of, recovered

KEY, SALT = "0123456789abcdef" * 4, "fedcba9876543210" * 2
SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

hex_of = st.binary(min_size=48, max_size=48).map(bytes.hex)


def bare(line: str) -> str:
    return line.replace(" ", "")


@given(hex_of)
def test_every_key_is_read_back_and_knows_its_department(both: str) -> None:
    key, salt = both[:64], both[64:]
    lines = lines_of(key, salt)
    read = recovered([line_read(number, line) for number, line in enumerate(lines, 1)])
    assert read.key == key
    assert keys.is_key(read.key)
    assert read.is_for(salt)


def test_a_sheet_on_paper_is_read_for_ever() -> None:
    """What is written out here must never change."""
    assert lines_of(KEY, SALT) == (
        "04HMA SW9NF 6YY06",
        "938NK RKAYD XW0JW",
        "6HB7H 6NWVV R14DA",
        "2PF2D BSQQZ XQ5TJ",
    )


def test_a_sheet_of_another_department_is_known() -> None:
    read = recovered([line_read(n, line) for n, line in enumerate(lines_of(KEY, SALT), 1)])
    assert not read.is_for("00" + SALT[2:])


@pytest.mark.parametrize(
    "spell",
    [
        str.lower,
        bare,
        lambda line: f"  {line}  ",
        lambda line: line.replace(" ", "-"),
        lambda line: " ".join(line),
        lambda line: line.replace("0", "O"),
        lambda line: line.replace("0", "ø"),
        lambda line: line.replace("1", "l"),
        lambda line: line.replace("1", "I"),
        lambda line: line.replace(" ", "\N{NO-BREAK SPACE}"),
    ],
)
def test_a_line_is_the_same_however_it_is_typed(spell) -> None:
    for _ in range(20):
        key = keys.new_key()
        for number, line in enumerate(lines_of(key, SALT), 1):
            assert line_read(number, spell(line)) == bare(line)


@given(hex_of, st.integers(1, LINES), st.integers(0, 14), st.sampled_from(SIGNS))
def test_a_sign_that_is_mistyped_is_always_found(both, number, place, sign) -> None:
    line = bare(lines_of(both[:64], both[64:])[number - 1])
    assume(line[place] != sign)
    with pytest.raises(Unreadable, match="inje"):
        line_read(number, line[:place] + sign + line[place + 1 :])


@given(hex_of, st.integers(1, LINES), st.integers(0, 14), st.integers(0, 14))
def test_two_signs_that_have_changed_places_are_always_found(both, number, one, other) -> None:
    line = list(bare(lines_of(both[:64], both[64:])[number - 1]))
    assume(line[one] != line[other])
    line[one], line[other] = line[other], line[one]
    with pytest.raises(Unreadable, match="inje"):
        line_read(number, "".join(line))


@given(hex_of, st.permutations(range(1, LINES + 1)))
def test_a_line_in_anothers_place_is_told_of(both: str, order: list[int]) -> None:
    lines = lines_of(both[:64], both[64:])
    for asked, number in enumerate(order, 1):
        if asked != number:
            with pytest.raises(Unreadable) as error:
                line_read(asked, lines[number - 1])
            assert f"Er det linje {number} du har skrevet?" in error.value.remedy


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "Her er det 0"),
        ("04HMA SW9NF 6YY0", "Her er det 14"),
        ("04HMA SW9NF 6YY0BB", "Her er det 16"),
        ("04HMA SW9NF 6YY0U", "tegnet «U»"),
        ("04HMA SW9NF 6YY0?", "tegnet «?»"),
        ("04HMA SW9NF 6YY0\N{FULLWIDTH DIGIT ONE}", "brukes ikke"),
        ("04HMA SW9NF 6YY0\x1b", "brukes ikke"),
    ],
)
def test_what_cannot_be_a_line_says_why(typed: str, told: str) -> None:
    with pytest.raises(Unreadable) as error:
        line_read(1, typed)
    assert told in error.value.remedy


@given(st.text(max_size=40), st.integers(1, LINES))
def test_whatever_is_typed_is_a_line_or_an_error(typed: str, number: int) -> None:
    with suppress(Unreadable):
        assert len(line_read(number, typed)) == 15


@given(st.binary(max_size=400))
def test_whatever_is_in_a_file_is_a_key_or_an_error(content: bytes) -> None:
    with pytest.raises(BadContent):
        recovery.read(content, "ark.txt")


@pytest.mark.parametrize("prefix", ["", "{}: ", "{}. ", "  {}) ", "Linje {}:  ", "{} "])
def test_a_file_has_the_lines_with_their_numbers_or_alone(prefix: str) -> None:
    lines = [prefix.format(number) + line for number, line in enumerate(lines_of(KEY, SALT), 1)]
    for text in ("\n".join(lines), "\r\n\r\n".join(lines) + "\r\n", "\ufeff" + "\n".join(lines)):
        assert recovery.read(text.encode(), "ark.txt").key == KEY


def test_every_wrong_line_of_a_file_is_named_and_none_is_shown() -> None:
    lines = list(lines_of(KEY, SALT))
    lines[1] = lines[1].replace("K", "M")
    lines[3] = lines[3][:-1]
    with pytest.raises(BadContent) as error:
        recovery.read("\n".join(lines).encode(), "ark.txt")
    assert [place.line for place in error.value.places] == [2, 4]
    told = str([error.value.text, error.value.advice, error.value.places])
    assert not any(group in told for line in lines for group in line.split())


@pytest.mark.parametrize("count", [0, 1, 3, 5])
def test_a_file_without_the_four_lines_is_told_of(count: int) -> None:
    lines = [*lines_of(KEY, SALT), "04HMA SW9NF 6YY0B"][:count]
    with pytest.raises(BadContent, match="Fant ikke de 4 linjene"):
        recovery.read("\n".join(lines).encode(), "ark.txt")


def test_a_pdf_is_not_read_but_the_way_forward_is_told() -> None:
    with pytest.raises(BadContent) as error:
        recovery.read(b"%PDF-1.7\n" + secrets.token_bytes(50), "ark.pdf")
    assert "--fra-ark" in error.value.advice
