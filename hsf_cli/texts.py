"""Text that people write, brought to one form and kept from what no text should hold."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from hsf_cli.errors import Unreadable
from hsf_cli.spelling import matched

# A line of text, or whatever shows as one.
Line = TypeVar("Line")

LONGEST_TEXT = 10_000
# What is written as a document of its own: a chapter of a report, or a form.
LONGEST_DOCUMENT = 100_000

# The control characters but for tab and line breaks, two that no workbook can hold,
# and what is left of bytes that were no text.
_CONTROL = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]"
_LINE_OR_TAB = r"[\t\n\r]"
_LINE_BREAK = "\r\n?|[\u2028\u2029]"
# What a terminal obeys instead of showing it: the control characters but for the line break, other
# breaks of lines, what turns the direction of the text after it, and halves of a pair.
_OBEYED = "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]+"

# Without a country code only spaces may stand between the digits: dates have dots and hyphens.
_NORWEGIAN_PHONE = r"[2-9](?: ?\d){7}"
_WITH_COUNTRY_CODE = r"(?:\+ ?|00 ?)([1-9](?:[ .-]{0,3}\d)*)"
_NO_DIGIT = "[^0-9]+"
_NORWAY, _NORWEGIAN_DIGITS = "47", 8
_FOREIGN_DIGITS = range(7, 16)  # fifteen at most, by ITU-T E.164

_NOT_IN_EMAIL = r"[ <>()\[\],;:\\\"]"


def cleaned(text: str, longest: int = LONGEST_TEXT) -> str:
    """A text as it is stored: trimmed, in Unicode NFC, with LF line breaks.

    Raises Unreadable for control characters and for texts that are too long.
    """
    text = text.strip(" \t\r\n")
    if not (text.isascii() and text.isprintable()):
        if re.search(_CONTROL, text):
            raise Unreadable("Teksten har et kontrolltegn. Skriv den på nytt uten.")
        text = unicodedata.normalize("NFC", re.sub(_LINE_BREAK, "\n", text).strip())
    if len(text) > longest:
        written = f"{longest:,}".replace(",", "\N{NO-BREAK SPACE}")
        raise Unreadable(f"Teksten er lengre enn {written} tegn. Kort den ned.")
    return text


def single_line(text: str) -> str:
    """A cleaned text of one line. Raises Unreadable for line breaks and tabs too."""
    text = cleaned(text)
    if re.search(_LINE_OR_TAB, text):
        raise Unreadable("Linjeskift og tabulator kan bare stå i notat. Bruk mellomrom her.")
    return text


def visible(text: str) -> str:
    """The text with a mark for whatever a terminal would obey instead of show."""
    return re.sub(_OBEYED, "\N{REPLACEMENT CHARACTER}", text.replace("\t", "    "))


def phone(text: str) -> str:
    """A telephone number as it is stored: `900 00 123`, `22 33 44 55` or `+46 70 123 45 67`.

    A foreign number keeps its groups. Raises Unreadable, for emergency and other short numbers too.
    """
    number = " ".join(text.split())
    if found := matched(_WITH_COUNTRY_CODE, number):
        digits = re.sub(_NO_DIGIT, "", found[1])
        if not digits.startswith(_NORWAY):
            return _foreign_phone(found[1], digits)
        number = digits.removeprefix(_NORWAY)
    if not matched(_NORWEGIAN_PHONE, number):
        raise Unreadable(
            "Skriv telefonnummeret med åtte sifre, som 900 00 123, "
            "eller med landkode, som +46 70 123 45 67."
        )
    digits = re.sub(_NO_DIGIT, "", number)
    if digits[0] in "49":
        return f"{digits[:3]} {digits[3:5]} {digits[5:]}"
    return " ".join(digits[place : place + 2] for place in range(0, _NORWEGIAN_DIGITS, 2))


def phone_digits(text: str) -> str:
    """The digits by which two numbers are the same however they are written; none in other texts.

    A Norwegian number has no country code, a foreign one has its own without `+` or `00`.
    """
    digits = text.replace(" ", "")
    if not (digits.isascii() and digits.isdecimal()):  # most are, and thousands are compared
        digits = re.sub(_NO_DIGIT, "", digits)
    digits = digits.removeprefix("00")
    if len(digits) == len(_NORWAY) + _NORWEGIAN_DIGITS:
        return digits.removeprefix(_NORWAY)
    return digits


def email(text: str) -> str:
    """An e-mail address as it is stored: as it was typed, trimmed and in Unicode NFC.

    Raises Unreadable for what cannot be an address. Whether it is anyone's is not asked.
    """
    address = single_line(text)
    name, _, domain = address.partition("@")
    parts = domain.split(".")
    if (
        "@" in domain
        or len(parts) < 2
        or not all([*name.split("."), *parts])
        or not address.isprintable()
        or re.search(_NOT_IN_EMAIL, address)
    ):
        raise Unreadable("Skriv én e-postadresse, som kari@eksempel.no.")
    return address


def _foreign_phone(typed: str, digits: str) -> str:
    if len(digits) not in _FOREIGN_DIGITS:
        raise Unreadable("Skriv hele nummeret med landkode, som +46 70 123 45 67.")
    return "+" + " ".join(re.split(_NO_DIGIT, typed))


def listed(words: Iterable[str], last: str = "og") -> str:
    """«a», «a og b», «a, b og c»."""
    *first, end = words
    return f"{', '.join(first)} {last} {end}" if first else end


def without_lone_word(lines_at: Callable[[int], Sequence[Line]], width: int) -> Sequence[Line]:
    """A text's lines at that width, or at less where that leaves no single word on the last line.

    `lines_at` gives the lines at a width. There are never more of them for it.
    """
    lines = lines_at(width)
    if len(lines) < 2 or " " in str(lines[-1]).strip():
        return lines
    for narrower in range(width - 1, width // 2, -1):
        others = lines_at(narrower)
        if len(others) > len(lines):
            break
        if " " in str(others[-1]).strip():
            return others
    return lines
