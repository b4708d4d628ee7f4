"""A document as its writers see it: blocks in their order, with no layout and nothing to count.

`report/whole.py` makes one of a report; Word, PDF, HTML and Markdown each write all of its blocks.
Texts are plain: what a person wrote reaches a writer as spans, and each writer escapes its own.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Self


@dataclass(frozen=True)
class Span:
    """A piece of running text in one style."""

    text: str
    bold: bool = False
    italic: bool = False


Spans = tuple[Span, ...]


@dataclass(frozen=True)
class Heading:
    """A heading: 1 is a chapter, 2 a section of it, 3 a part of that. The number may be blank."""

    level: int
    text: str
    number: str = ""


@dataclass(frozen=True)
class Paragraph:
    """Running text; a quotation stands apart from what is around it."""

    spans: Spans
    quoted: bool = False

    @classmethod
    def of(cls, text: str) -> Self:
        """A text in the usual style."""
        return cls((Span(text),))


@dataclass(frozen=True)
class Bullets:
    """A list, with numbers where it is ordered; an item may have a list of its own after it."""

    items: tuple[tuple["Paragraph | Bullets", ...], ...]
    ordered: bool = False

    @classmethod
    def of(cls, texts: Iterable[str]) -> Self:
        """A list of texts in the usual style."""
        return cls(tuple((Paragraph.of(text),) for text in texts))


@dataclass(frozen=True)
class Note:
    """A sentence beside what it is about, in smaller print: what a table leaves out, a remark."""

    text: str
    # What kind of sentence it is, in a word or two before it: «Merknad», «Annet», «Mangler».
    label: str = ""


@dataclass(frozen=True)
class Grid:
    """A table. The first column has texts; the others are figures, in line on the right."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    # What the table is about, for those who cannot see it and where its first header is blank.
    title: str
    # Whether the columns after the first are texts too.
    texts: bool = False
    # The places of the rows that are parts of a row above them, and stand a little further in.
    inside: frozenset[int] = frozenset()
    # The places of the columns of texts that are in line on the right, as sums are.
    right: frozenset[int] = frozenset()

    def is_right(self, column: int) -> bool:
        """Whether that column is in line on the right."""
        return column in self.right or (column > 0 and not self.texts)


@dataclass(frozen=True)
class Series:
    """One row of bars: its name, and a value for each label; None is not known, or hidden."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True)
class Chart:
    """Bars over labels. `description` says the same in words, for those who cannot see it."""

    title: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    description: str


Block = Heading | Paragraph | Bullets | Note | Grid | Chart


@dataclass(frozen=True)
class Document:
    """A paper to be handed over: a report, or what else is written of the department."""

    # «Årsrapport 2025», or the statistics chapter's title.
    title: str
    department: str
    year: int
    # When it was counted, in which edition, whether it is locked: one sentence each.
    origin: tuple[str, ...]
    written_at: datetime
    blocks: tuple[Block, ...]
    # Whether it is a whole report with a front page and a table of contents.
    whole: bool = True
    # A word that stands on every page, such as «Fortrolig»; blank for none.
    marked: str = ""
