"""One spelling for words that people type in several: case, æ/ø/å, `_` or a space."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

# In that order: an å that is written aa is one too.
_ONE_SPELLING = (
    ("æ", "ae"), ("ø", "oe"), ("å", "aa"), ("ä", "ae"), ("ö", "oe"), ("_", " "),
    ("ae", "a"), ("oe", "o"), ("aa", "a"),
)  # fmt: skip
_LAST_LETTERS = str.maketrans({"æ": "{", "ä": "{", "ø": "|", "ö": "|", "å": "}"})

# How alike two words must be, from 0 to 1, for the one to be meant by the other; and how much less
# alike than the nearest another may be that is also named.
_ALIKE = 0.66
_AS_NEAR = 0.1
# A piece of a word this long says which word is meant.
_TELLING = 4
_MOST_MEANT = 2


@lru_cache(maxsize=20_000)
def folded(text: str) -> str:
    """The form under which «Støtte», `stotte`, `STOETTE` and `støtte` are the same word.

    So are words with one blank between them, or several.

    Both ways of writing æ, ø and å without them (ae/oe/aa and a/o/a) end in the same form, so
    two words that only differ there cannot be told apart: a test holds every list to that.
    """
    word = unicodedata.normalize("NFC", text).casefold()
    for spelling, one in _ONE_SPELLING:  # quicker than to translate: most texts have none of them
        word = word.replace(spelling, one)
    return " ".join(word.split())


def matched(pattern: str, text: str) -> re.Match[str] | None:
    """The whole text as a pattern reads it, in which a digit is one of ASCII's ten.

    `re` compiles a pattern when it is first used and keeps it: no command needs all there are.
    """
    return re.fullmatch(pattern, text, re.ASCII)


def is_piece(piece: str, text: str) -> bool:
    """Whether a piece of a word is in a text, in any spelling of the two.

    As they are written, too: «en» is in «Moen», whose folded form is «mon».
    """
    return folded(piece) in folded(text) or piece.casefold() in text.casefold()


def nearest(typed: str, known: Iterable[str]) -> list[str]:
    """The known words that may be meant by one that was mistyped, the nearest first.

    They are two at the most, and none where nothing is near. Spelling and case do not count.
    """
    text = folded(typed)
    likeness = {word: _likeness(text, folded(word)) for word in known}
    best = max(likeness.values(), default=0.0)
    near = [word for word in likeness if likeness[word] >= max(_ALIKE, best - _AS_NEAR)]
    return sorted(near, key=lambda word: -likeness[word])[:_MOST_MEANT]


def suggested(near: Iterable[str]) -> str:
    """The question whether one of those was meant, with a blank after it; nothing for none."""
    words = " eller ".join(near)
    return f"Mente du {words}? " if words else ""


def did_you_mean(typed: str, known: Iterable[str]) -> str:
    """The question whether the nearest of the known words was meant, with a blank after it."""
    return suggested(f"«{word}»" for word in nearest(typed, known))


def _likeness(typed: str, known: str) -> float:
    """How alike two folded texts are: the whole of them, or what was typed and a word of it."""
    from difflib import SequenceMatcher

    if len(typed) >= _TELLING and (typed in known or (len(known) >= _TELLING and known in typed)):
        return 1.0
    # Of few letters any word is like some: they are taken for a whole one alone.
    words = {known, *known.split()} if len(typed) >= _TELLING else {known}
    matchers = (SequenceMatcher(None, typed, word) for word in words)
    # By the lengths alone most cannot be alike, and to compare a long text takes long.
    near = (one.ratio() for one in matchers if one.real_quick_ratio() >= _ALIKE)
    return max(near, default=0.0)


def alphabetical(text: str) -> str:
    """The key under which words sort as in a Norwegian dictionary: æ, ø and å last."""
    return unicodedata.normalize("NFC", text).casefold().translate(_LAST_LETTERS)


def upper_first(text: str) -> str:
    """Words as they begin a sentence."""
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """A label inside a sentence: «Familien selv» as «familien selv», but «NAV» as it is."""
    return text[:1].lower() + text[1:] if text[1:2].islower() else text
