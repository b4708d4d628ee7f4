"""What every kind of document becomes before it is read as a form: its lines, in order."""

import re
import unicodedata
from dataclasses import dataclass

from hsf_cli.report.figures import Figures
from hsf_cli.texts import LONGEST_TEXT

# What programs put between and behind letters and nobody sees, and the marks of footnotes.
_UNSEEN = re.compile(
    "[\N{SOFT HYPHEN}\N{ZERO WIDTH SPACE}-\N{RIGHT-TO-LEFT MARK}\N{WORD JOINER}"
    "\N{ZERO WIDTH NO-BREAK SPACE}\N{SUPERSCRIPT TWO}\N{SUPERSCRIPT THREE}\N{SUPERSCRIPT ONE}"
    "\N{SUPERSCRIPT ZERO}-\N{SUPERSCRIPT NINE}\x00-\x08\x0e-\x1b\ud800-\udfff]"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line with something on it."""

    text: str
    # What stands in the figure's own cell, where the line is a row of a table with one.
    figure: str | None = None
    # Whether a blank line, a new page or something else sets it apart from the one before.
    apart: bool = False
    # 1 for the highest kind of heading; 0 for what is none, as far as the document tells.
    level: int = 0
    # Whether it is the first or the last on a page.
    edge: bool = False

    @property
    def whole(self) -> str:
        """The line as it is read by a person, with its figure."""
        return f"{self.text} {self.figure}" if self.figure else self.text


@dataclass(frozen=True)
class Document:
    """A document as lines, and what it says of itself."""

    lines: tuple[Line, ...]
    year: int | None = None
    edition: int | None = None
    department: str = ""
    # The figures themselves, where it is a file that this program wrote for others to read.
    figures: Figures | None = None


def plain(text: str) -> str:
    """A line with ordinary letters and spaces: no ligatures, soft hyphens or no-break spaces.

    What is longer than any text that people write is cut.
    """
    text = text[:LONGEST_TEXT]
    if text.isascii():
        return text if text.isprintable() else _UNSEEN.sub("", text)
    return unicodedata.normalize("NFKC", _UNSEEN.sub("", text))


def row(cells: list[str], *, apart: bool = False) -> Line | None:
    """A row of a table as a line: its figure is in the last filled cell. None for a blank row."""
    words = [" ".join(cell.split()) for cell in map(plain, cells)]
    if not any(words):
        return None
    first, *rest = words[next(place for place, word in enumerate(words) if word) :]
    filled = [word for word in rest if word]
    if not rest:
        return Line(first, apart=apart)
    return Line(
        ": ".join([first.rstrip(": ") if filled[:-1] else first, *filled[:-1]]),
        filled[-1] if filled else "",
        apart,
    )
