"""One spelling for words that people type in several: case, æ/ø/å, `_` or a space."""

import re
import unicodedata
from functools import lru_cache

_NORDIC = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "_": " "})
_LAST_LETTERS = str.maketrans({"æ": "{", "ä": "{", "ø": "|", "ö": "|", "å": "}"})
_SHORT = (("ae", "a"), ("oe", "o"), ("aa", "a"))


@lru_cache(maxsize=10_000)
def folded(text: str) -> str:
    """The form under which «Støtte», `stotte`, `STOETTE` and `støtte` are the same word.

    Both ways of writing æ, ø and å without them (ae/oe/aa and a/o/a) end in the same form, so
    two words that only differ there cannot be told apart: a test holds every list to that.
    """
    word = unicodedata.normalize("NFC", text).strip().casefold().translate(_NORDIC)
    for long, short in _SHORT:
        word = word.replace(long, short)
    return word


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


def alphabetical(text: str) -> str:
    """The key under which words sort as in a Norwegian dictionary: æ, ø and å last."""
    return unicodedata.normalize("NFC", text).casefold().translate(_LAST_LETTERS)


def lower_first(text: str) -> str:
    """A label inside a sentence: «Familien selv» as «familien selv», but «NAV» as it is."""
    return text[:1].lower() + text[1:] if text[1:2].islower() else text
