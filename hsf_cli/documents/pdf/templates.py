"""PDF from a template that ships with the program: the archive's format and the accessible one."""

import json
import re
import unicodedata
from datetime import datetime
from pathlib import Path

from hsf_cli.documents.characters import MARK

# Such a file must be able to show every character that it holds. These are in fonts inside the
# program: Latin, Greek, Cyrillic, Hebrew and Arabic letters, and signs. A test writes all of them.
SHOWN = (
    "\n\x20-\x7e\xa0-\u02ff\u0384-\u038a\u038e-\u03a1\u03a3-\u0482\u048a-\u04ff\u05d0-\u05ea"
    "\u060c\u061b\u061f\u0621-\u063a\u0640-\u064a\u0660-\u066d\u067e\u0686\u0698\u06a9\u06af"
    "\u06be\u06cc\u06f0-\u06f9\u1e00-\u1eff\u2010-\u2027\u2030-\u2040\u2044-\u2052\u2070\u2071"
    "\u2074-\u208e\u20a6-\u20bf\u2100-\u211e\u2122\u2126-\u2151\u2153-\u2184\u2190-\u23ff"
    "\u2500-\u2606\u2638-\u268b\u2701-\u2704\u2706-\u2709\u270c-\u2714\u2717-\u2726\u2794"
    "\ufffd"
)
_SPACES = re.compile(r"[\t\x0b\x0c\x85\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")
_NOT_SHOWN = re.compile(f"[^{SHOWN}]")
# What has no look of its own: marks of direction, joiners, variants of what is before them.
_UNSEEN = {"Cf", "Mn", "Me", "Mc"}
_SKIN_TONES = re.compile("[\U0001f3fb-\U0001f3ff]")


def pdf(template: str, data: object, at: datetime) -> bytes:
    """What the template, a file beside this module, makes of the data, written at that time.

    The data reach the template as JSON, and so as text: nothing in them is read as its language.
    Only fonts inside the program are used, and nothing is fetched.
    """
    import typst

    folder = Path(__file__).parent
    return typst.compile(
        folder / template,
        root=folder,
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(_showable(data))},
        # One file that keeps as long as archives do, and that can be read aloud.
        pdf_standards=["a-2a", "ua-1"],
        timestamp=int(at.timestamp()),
        format="pdf",
    )


def _showable(data: object) -> object:
    """The same data with texts in which every character can be shown."""
    if isinstance(data, str):
        return _shown(data)
    if isinstance(data, dict):
        return {key: _showable(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_showable(item) for item in data]
    return data


def _shown(text: str) -> str:
    """The text with a mark for each character that cannot be shown."""
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _NOT_SHOWN.sub(_instead, _SPACES.sub(" ", composed))


def _instead(found: re.Match[str]) -> str:
    unseen = unicodedata.category(found[0]) in _UNSEEN or _SKIN_TONES.fullmatch(found[0])
    return "" if unseen else MARK
