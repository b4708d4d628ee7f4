"""What is written instead of a character that a screen's encoding does not have.

A Norwegian console may know only its code page (850, 865, 1252) or plain ASCII. What it cannot show
is then written with what it has, so that nothing stops and everything is still read.
"""

import codecs

# The name of this way of encoding, as a stream's `errors`.
READABLE = "hsf-readable"

_INSTEAD = {
    "\N{NO-BREAK SPACE}": " ",
    "\N{EN DASH}": "-",
    "\N{EM DASH}": "-",
    "\N{MINUS SIGN}": "-",
    "\N{BOX DRAWINGS LIGHT HORIZONTAL}": "-",
    "\N{MIDDLE DOT}": "-",
    "\N{BULLET}": "*",
    "\N{HORIZONTAL ELLIPSIS}": "...",
    "\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}": '"',
    "\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}": '"',
    "\N{LEFT SINGLE QUOTATION MARK}": "'",
    "\N{RIGHT SINGLE QUOTATION MARK}": "'",
    "\N{LEFT DOUBLE QUOTATION MARK}": '"',
    "\N{RIGHT DOUBLE QUOTATION MARK}": '"',
    "\N{LEFTWARDS ARROW}": "<-",
    "\N{RIGHTWARDS ARROW}": "->",
    "\N{BLACK CIRCLE}": "*",
    "\N{WHITE CIRCLE}": "o",
    "æ": "ae",
    "ø": "oe",
    "å": "aa",
    "Æ": "Ae",
    "Ø": "Oe",
    "Å": "Aa",
}
_UNKNOWN = "?"


def readable(text: str, encoding: str) -> str:
    """The text with nothing in it that the encoding does not have."""
    return text.encode(encoding, READABLE).decode(encoding)


def _encoded_otherwise(error: UnicodeError) -> tuple[str, int]:
    """What is written for the characters that could not be, and where to go on after them."""
    assert isinstance(error, UnicodeEncodeError)
    missing = error.object[error.start : error.end]
    return "".join(_instead(character, error.encoding) for character in missing), error.end


def _instead(character: str, encoding: str) -> str:
    """What is nearest of what the encoding has: the letter without its marks, where it is one."""
    import unicodedata

    letter = unicodedata.normalize("NFKD", character)[:1]
    for possible in (_INSTEAD.get(character), letter):
        try:
            if possible and possible.encode(encoding):
                return possible
        except UnicodeEncodeError:
            continue
    return _UNKNOWN


codecs.register_error(READABLE, _encoded_otherwise)
