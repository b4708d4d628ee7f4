"""Whether words are a label with a small difference in spelling.

Labels that differ in a number («Barn 0 – 2 år») or in what turns them around («ikke») are never
taken for each other, and short ones only for themselves.
"""

import re
from difflib import SequenceMatcher
from functools import cache

from hsf_cli.report.count import YEAR_MARK
from hsf_cli.report.reading.labels import letters

_SHORTEST = 8
_LIKE_ENOUGH = 0.86
# How much less any other label of the form must be like the words.
_MARGIN = 0.03
_NUMBERS = re.compile(r"\d+(?:[.:]\d+)?", re.ASCII)
_WHOLE_HOUR = re.compile(r"[.:]00$")
_A_YEAR = re.compile(r"(?:19|20)\d\d")
_DECISIVE = re.compile(
    r"\b(?:ikke|ingen|noen|uten|før|etter|vår\w*|høst\w*|mann\w*|kvinn\w*|ut)\b", re.IGNORECASE
)


def likeness(words: str, label: str, others: frozenset[str]) -> float:
    """How much words are like a label, up to 1; 0 where they may be another, or none."""
    in_a_sentence = words[:1].islower() and label[:1].isupper()
    like = 0.0 if in_a_sentence else _likeness(words, label)
    if not like:
        return 0.0
    closest = max((_likeness(words, other) for other in others - {label}), default=0.0)
    return like if like >= closest + _MARGIN else 0.0


@cache
def _letters(label: str) -> str:
    return "".join(letters(label.replace(YEAR_MARK, "")))


def _likeness(words: str, label: str) -> float:
    ours, theirs = _letters(label), "".join(letters(words))
    if len(ours) < _SHORTEST or abs(len(ours) - len(theirs)) > max(2, len(ours) // 8):
        return 0.0
    if _numbers(words) != _numbers(label) or _decisive(words) != _decisive(label):
        return 0.0
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    if matcher.quick_ratio() < _LIKE_ENOUGH:
        return 0.0
    like = matcher.ratio()
    return like if like >= _LIKE_ENOUGH else 0.0


def _numbers(text: str) -> list[str]:
    """The numbers in a text; a year is one that may be any, and 15.00 is 15."""
    found = (_WHOLE_HOUR.sub("", number) for number in _NUMBERS.findall(text))
    return [number for number in found if not _A_YEAR.fullmatch(number)]


def _decisive(text: str) -> list[str]:
    return sorted(word[:3] for word in _DECISIVE.findall(text.lower()))
