"""Text that people write, brought to one form and kept from what no text should hold."""

import re
import unicodedata

from hsf_cli.errors import Unreadable

LONGEST_TEXT = 10_000

# The control characters but for tab and line breaks, two that no workbook can hold,
# and what is left of bytes that were no text.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
_LINE_OR_TAB = re.compile(r"[\t\n\r]")
_LINE_BREAK = re.compile(r"\r\n?")


def cleaned(text: str) -> str:
    """A text as it is stored: trimmed, in Unicode NFC, with LF line breaks.

    Raises Unreadable for control characters and for texts that are too long.
    """
    text = text.strip(" \t\r\n")
    if not (text.isascii() and text.isprintable()):
        if _CONTROL.search(text):
            raise Unreadable("Teksten har et kontrolltegn. Skriv den på nytt uten.")
        text = unicodedata.normalize("NFC", _LINE_BREAK.sub("\n", text).strip())
    if len(text) > LONGEST_TEXT:
        raise Unreadable(f"Teksten er lengre enn {LONGEST_TEXT} tegn. Kort den ned.")
    return text


def single_line(text: str) -> str:
    """A cleaned text of one line. Raises Unreadable for line breaks and tabs too."""
    text = cleaned(text)
    if _LINE_OR_TAB.search(text):
        raise Unreadable("Linjeskift og tabulator kan bare stå i notat. Bruk mellomrom her.")
    return text
