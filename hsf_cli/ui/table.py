"""A table for Rich's console, of a few rows or of thousands.

Rich's own table measures every cell several times over and wraps it even where it fits, which at
thousands of rows takes longer than all else. Here a cell is measured once, and left as it is
where it fits.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import zip_longest
from typing import NamedTuple

from rich.console import Console, ConsoleOptions
from rich.segment import Segment
from rich.style import Style

from hsf_cli.ui.lines import fitted, padded, width_of

_PLAIN = Style.null()
_RULE = "─"
# What can give way does so down to this width, before what is better not broken gives way too.
_READABLE = 10
# The blanks between two columns; more of them under a rule, where there is room.
_BETWEEN, _BETWEEN_RULED = 2, 3
_BETWEEN_DETAILS = " · "
_NUMBER = r"[-+]?[\d\xa0]+(,\d+)?"


class TableColumn(NamedTuple):
    """A column's header, and how its cells stand under it."""

    header: str
    right: bool = False
    # Whether it gives way first where there is no room for all of the columns.
    wraps: bool = False
    # Whether a row's details begin under it.
    main: bool = False


@dataclass(frozen=True)
class Table:
    """Rows of cells under headers.

    A ruled table is for a terminal; an airy one has a margin, and a blank line above and below.
    """

    columns: Sequence[TableColumn]
    rows: Sequence[Sequence[str]]
    # What stands under each row, from its main column to the edge.
    details: Sequence[Sequence[str]] = ()
    ruled: bool = False
    airy: bool = False

    @property
    def needed(self) -> int:
        """The width at which no cell is wrapped."""
        return sum(self._cells) + self._around(_BETWEEN)

    @property
    def least(self) -> int:
        """The width below which words are broken, or what is better not wrapped."""
        return sum(self._words) + self._around(_BETWEEN)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        """The table's lines, as Rich's console asks for them."""
        table = replace(self, rows=_in_line(self.columns, self.rows)) if self.ruled else self
        yield from table._lines(console, options.max_width)

    def _lines(self, console: Console, room: int) -> Iterator[Segment]:
        roomy = self.ruled and sum(self._widest) + self._around(_BETWEEN_RULED) <= room
        between = _BETWEEN_RULED if roomy else _BETWEEN
        widths = self._widths(room - self._around(between))
        start, details = self._placed(console, widths, between, room)
        blank = [Segment("\n")] if self._margin else []
        aside = console.get_style("aside", default="")
        yield from blank
        yield from self._header(console, widths, between)
        if self.ruled:
            across = self._across(widths, between, start, details)
            yield Segment(f"{self._margin}{_RULE * across}\n")
        for cells, under in zip_longest(self.rows, details, fillvalue=()):
            pieces = [fitted(console, *cell) for cell in zip(cells, widths, strict=True)]
            yield from self._drawn(pieces, widths, between, _PLAIN)
            for line in under:
                yield Segment(f"{' ' * start}{line}\n", aside)
        yield from blank

    def _header(self, console: Console, widths: Sequence[int], between: int) -> Iterator[Segment]:
        """The headers, with those of one line on the last."""
        headers = [column.header for column in self.columns]
        pieces = [fitted(console, *header) for header in zip(headers, widths, strict=True)]
        tallest = max(map(len, pieces))
        level = [[*[""] * (tallest - len(some)), *some] for some in pieces]
        style = console.get_style("header", default="")
        yield from self._drawn(level, widths, between, style)

    def _drawn(
        self, pieces: Sequence[Sequence[str]], widths: Sequence[int], between: int, style: Style
    ) -> Iterator[Segment]:
        """The lines of a row."""
        right = [column.right for column in self.columns]
        for line in zip_longest(*pieces, fillvalue=""):
            aligned = (" " * between).join(map(_aligned, line, widths, right))
            yield Segment(f"{self._margin}{aligned.rstrip()}\n", style)

    def _placed(
        self, console: Console, widths: Sequence[int], between: int, room: int
    ) -> tuple[int, Sequence[Sequence[str]]]:
        """Where the details begin on the line, and those of each row as lines."""
        before = next((at for at, column in enumerate(self.columns) if column.main), 0)
        start = len(self._margin) + sum(widths[:before]) + between * before
        return start, [_packed(console, some, room - start) for some in self.details]

    def _across(
        self,
        widths: Sequence[int],
        between: int,
        start: int,
        details: Sequence[Sequence[str]],
    ) -> int:
        """How far the rule goes: over all of the columns, and the details."""
        longest = max((width_of(line) for lines in details for line in lines), default=0)
        columns = sum(widths) + between * (len(widths) - 1)
        return max(columns, start - len(self._margin) + longest)

    def _widths(self, room: int) -> Sequence[int]:
        """The columns' widths in that room: what is too much is taken off the widest.

        Headers are broken first, then cells between words; words only where nothing else helps.
        """
        widths = [*self._widest]
        everyone = range(len(widths))
        wrapping = [place for place in everyone if self.columns[place].wraps]
        readable = [min(word, _READABLE) for word in self._words]
        for giving, least in (
            (everyone, self._cells),
            (wrapping, self._words),
            (wrapping, readable),
            (everyone, [1] * len(widths)),
        ):
            able = [place for place in giving if widths[place] > least[place]]
            while able and sum(widths) > room:
                widths[max(able, key=widths.__getitem__)] -= 1
                able = [place for place in able if widths[place] > least[place]]
        return widths

    @cached_property
    def _widest(self) -> Sequence[int]:
        """The width of each column's longest line."""
        headers = (width_of(column.header) for column in self.columns)
        return [max(pair) for pair in zip(headers, self._cells, strict=True)]

    @cached_property
    def _cells(self) -> Sequence[int]:
        """The width at which each column's cells are not wrapped, nor a word of its header."""
        return [
            max(_longest_word([column.header]), _longest_line(cells))
            for column, cells in zip(self.columns, self._by_column, strict=True)
        ]

    @cached_property
    def _words(self) -> Sequence[int]:
        """The width below which something in each column is broken that should not be."""
        return [
            _longest_word([column.header, *cells]) if column.wraps else whole
            for column, cells, whole in zip(self.columns, self._by_column, self._cells, strict=True)
        ]

    @cached_property
    def _by_column(self) -> Sequence[Sequence[str]]:
        """Each column's cells."""
        return [[row[place] for row in self.rows] for place in range(len(self.columns))]

    @property
    def _margin(self) -> str:
        return " " if self.ruled and self.airy else ""

    def _around(self, between: int) -> int:
        """The width of all that is not cells."""
        return len(self._margin) + between * (len(self.columns) - 1)


def _longest_line(texts: Sequence[str]) -> int:
    return max(map(width_of, "\n".join(texts).split("\n")))


def _longest_word(texts: Sequence[str]) -> int:
    return max(map(width_of, " ".join(texts).split()), default=0)


def _in_line(
    columns: Sequence[TableColumn], rows: Sequence[Sequence[str]]
) -> Sequence[Sequence[str]]:
    """The rows with the decimals of a column under each other, where it has nothing but numbers."""
    by_column = [[row[place] for row in rows] for place in range(len(columns))]
    levelled = [
        _level(cells) if column.right else cells
        for column, cells in zip(columns, by_column, strict=True)
    ]
    return [*zip(*levelled, strict=True)]


def _level(cells: Sequence[str]) -> Sequence[str]:
    """The numbers with blanks after those that have fewer decimals than others."""
    found = [re.fullmatch(_NUMBER, cell) for cell in cells]
    if not all(number or not cell for number, cell in zip(found, cells, strict=True)):
        return cells
    decimals = [len(number[1] or "") if number else 0 for number in found]
    most = max(decimals, default=0)
    return [cell + " " * (most - own) for cell, own in zip(cells, decimals, strict=True)]


def _packed(console: Console, details: Sequence[str], room: int) -> Sequence[str]:
    """The details side by side in as few lines as they need; one is broken only if it must be."""
    lines: list[str] = []
    for text in details:
        beside = f"{lines[-1]}{_BETWEEN_DETAILS}{text}" if lines else ""
        if beside and width_of(beside) <= room:
            lines[-1] = beside
        else:
            lines += fitted(console, text, max(1, room))
    return lines


def _aligned(text: str, width: int, right: bool) -> str:
    """The text with blanks up to that width."""
    return " " * (width - width_of(text)) + text if right else padded(text, width)
