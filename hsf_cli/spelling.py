"""One spelling for words that people type in several: case, æ/ø/å, `_` or a space."""

import unicodedata

_NORDIC = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "_": " "})
_SHORT = (("ae", "a"), ("oe", "o"), ("aa", "a"))


def folded(text: str) -> str:
    """The form under which «Støtte», `stotte`, `STOETTE` and `støtte` are the same word.

    Both ways of writing æ, ø and å without them (ae/oe/aa and a/o/a) end in the same form, so
    two words that only differ there cannot be told apart: a test holds every list to that.
    """
    word = unicodedata.normalize("NFC", text).strip().casefold().translate(_NORDIC)
    for long, short in _SHORT:
        word = word.replace(long, short)
    return word
