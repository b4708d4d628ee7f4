"""Characters that no document can hold."""

import re

MARK = "\N{REPLACEMENT CHARACTER}"

# XML has no place for the control characters, halves of a pair and non-characters among these.
_NOT_FOR_DOCUMENTS = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def printable(text: str) -> str:
    """The text with a mark for each character that documents cannot hold, and lines ended alike."""
    return _NOT_FOR_DOCUMENTS.sub(MARK, text.replace("\r\n", "\n").replace("\r", "\n"))
