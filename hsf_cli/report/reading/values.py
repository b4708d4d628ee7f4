"""Figures as they are printed in a report, and what stands beside them."""

import re
from dataclasses import dataclass
from decimal import Decimal

from hsf_cli.numbers import LARGEST

# 1 632,9 · 1.632,9 · 1,632.9 · 728,8 · 0.5 · 7
_NUMBER = (
    r"(?:[1-9]\d{0,2}(?:(?: \d{3})+(?:[.,]\d{1,6})?|(?:\.\d{3})+(?:,\d{1,6})?|(?:,\d{3})+\.\d{1,6})"
    r"|\d{1,10}(?:[.,]\d{1,6})?)"
)
_UNIT = r"(?: ?(?:stk|timer|t|årsverk)\b\.?)?"
_FIGURE = re.compile(rf"({_NUMBER}){_UNIT}", re.ASCII | re.IGNORECASE)
_FIGURE_AND_MORE = re.compile(rf"({_NUMBER}{_UNIT})(?=[ ,;(])[ ,;]*(.*)", re.ASCII | re.IGNORECASE)
_AT_END = re.compile(rf"(?:^|(?<=[\s:;=|]))({_NUMBER}{_UNIT})$", re.ASCII | re.IGNORECASE)
_LAST_DIGITS = re.compile(r"(?:^|(?<=\s))(\d{1,10}(?:,\d{1,6})?)$", re.ASCII)
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+", re.ASCII)
_DIGITS = re.compile(r"\d")
_YEAR = re.compile(r"(?:19|20)\d\d")

_BLANK = re.compile(r"[-–—−_.…\s]*(?:skjult)?", re.IGNORECASE)
_LEADERS = re.compile(r"[.…_\s]{4,}|…+|_+")
_COLUMN = re.compile(r"(?:^|\s)(?:antall|stk)[\s:.|]*$", re.IGNORECASE)

# What may stand between a label and its figure, or its addition.
_BETWEEN = re.compile(r"[\s)\]»”\"*.:;=|?!]*(?:[-–—]\s+)?")
_SEPARATED = re.compile(r"[:;=|]|[-–—]\s")
# What the form itself adds to a label, or our own documents to a figure.
_OF_THE_FORM = re.compile(
    r"\(?(?:beskriv|spesifiser)\)?[\s:.]*|\(?\d[\d ]* timer per årsverk\)?", re.IGNORECASE
)
_ABOUT = re.compile(rf"(ca\.?|cirka|omtrent) ?({_NUMBER}{_UNIT})", re.ASCII | re.IGNORECASE)
_LONGEST_ADDITION, _MOST_WORDS = 60, 8


@dataclass(frozen=True, slots=True)
class Tail:
    """What stands after a label on its line."""

    figure: str = ""
    # What somebody added to the label or to the figure.
    addition: str = ""
    # Whether it says what the column below holds: the label is a heading.
    heads: bool = False


def figure(text: str) -> int | Decimal | None:
    """The number that a text is, its decimals as printed; None for one that is none."""
    if not (found := _FIGURE.fullmatch(text)):
        return None
    digits = found[1].replace(" ", "")
    if "," in digits and "." in digits:  # the one that comes first parts the thousands
        digits = digits.replace(min(".,", key=digits.index), "")
    elif _THOUSANDS.fullmatch(digits):
        digits = digits.replace(".", "")
    number = Decimal(digits.replace(",", "."))
    if number > LARGEST:
        return None
    return int(number) if number.as_tuple().exponent == 0 else number


def is_figure(text: str) -> bool:
    """Whether a text is a number and no more."""
    return _FIGURE.fullmatch(text) is not None


def is_blank(text: str) -> bool:
    """Whether a cell was left blank, if with a dash, or its figure is hidden."""
    return _BLANK.fullmatch(text) is not None


def is_year(text: str) -> bool:
    """Whether a number can be a year."""
    return _YEAR.fullmatch(text) is not None


def without_column(text: str) -> str:
    """The text without what it says that the column below holds («Antall:»)."""
    return _COLUMN.sub("", text)


def without_figure(text: str) -> list[tuple[str, str]]:
    """The ways to part a line's words from the figure it ends in; none where it ends in none.

    «Barn 7 100» ends in 7 100 or in 100. What a column holds («Antall:») is parted as well.
    """
    if found := _COLUMN.search(text):
        return [(text[: found.start()], "")]
    if not text[-1:].isdigit() and not text.endswith((".", "k", "r", "t")):
        return []
    ways = [found for pattern in (_AT_END, _LAST_DIGITS) if (found := pattern.search(text))]
    return list(dict.fromkeys((text[: found.start()].rstrip(), found[1]) for found in ways))


def tail(text: str) -> Tail | None:
    """What stands after a label; None where the line goes on in other words."""
    if not text:
        return Tail()
    between = _BETWEEN.match(text)
    assert between is not None  # it matches nothing, too
    rest = _LEADERS.sub(" ", text[between.end() :]).strip()
    if is_blank(rest):
        return Tail()
    if _COLUMN.fullmatch(rest):
        return Tail(heads=True)
    if is_figure(rest):
        return Tail(rest)
    if found := _ABOUT.fullmatch(rest):
        return Tail(found[2], found[1])
    if found := _FIGURE_AND_MORE.fullmatch(rest):
        return _with_remark(found[1], found[2])
    if _SEPARATED.search(between[0]) or rest.startswith((",", "(", "/", "–", "-", "[")):
        return addition(rest)
    return None


def addition(text: str) -> Tail | None:
    """An addition to a label, with the figure it may end in; None for a whole sentence."""
    words, number = next(iter(without_figure(text)), (text, ""))
    words = words.strip(" :;=|,–—-")
    if _OF_THE_FORM.fullmatch(words):
        return Tail(number)
    if found := _OF_THE_FORM.match(words):
        words = words[found.end() :].strip(" :;,")
    if is_year(number) or len(words) > _LONGEST_ADDITION or len(words.split()) > _MOST_WORDS:
        return None
    return Tail(number, words)


def _with_remark(number: str, remark: str) -> Tail:
    """A figure and a remark on it. With a second figure it is not known which of them counts."""
    if _OF_THE_FORM.fullmatch(remark):
        return Tail(number)
    if is_figure(remark.partition(" ")[0]):
        return Tail("", f"{number} {remark}")
    return Tail(number, remark)
