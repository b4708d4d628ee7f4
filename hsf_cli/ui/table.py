"""A table for Rich's console, of a few rows or of thousands.

Rich's own table measures every cell several times over and wraps it even where it fits, which at
thousands of rows takes longer than all else. Here a cell is measured once, and left as it is
where it fits.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest
from typing import NamedTuple

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions
from rich.segment import Segment
from rich.style import Style

from hsf_cli.ui.lines import fitted, padded

_HEADER, _DETAILS, _PLAIN = Style(bold=True), Style(dim=True), Style.null()
_RULE = "─"
# What can give way does so down to this width, before what is better not broken gives way too.
_READABLE = 10
# The blanks between two columns.
_BETWEEN, _BETWEEN_RULED = 2, 3


class TableColumn(NamedTuple):
    """A column's header, and how its cells stand under it."""

    header: str
    right: bool = False
    # Whether it gives way first where there is no room for all of the columns.
    wraps: bool = False
    # Whether it takes all the room that the others leave.
    takes_rest: bool = False


@dataclass(frozen=True)
class Table:
    """Rows of cells under headers.

    A ruled table is for a terminal; an airy one has a margin, and a blank line above and below.
    """

    columns: Sequence[TableColumn]
    rows: Sequence[Sequence[str]]
    # What stands under each row, in the column that takes the rest.
    details: Sequence[str] = ()
    ruled: bool = False
    airy: bool = False

    @property
    def needed(self) -> int:
        """The width at which nothing is wrapped."""
        return sum(self._widest) + self._around

    @property
    def least(self) -> int:
        """The width below which words are broken."""
        words = (" ".join(cells).split() for cells in self._by_column)
        return self._around + sum(max(map(cell_len, some), default=0) for some in words)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        """The table's lines, as Rich's console asks for them."""
        widths = self._widths(options.max_width - self._around)
        blank = [Segment("\n")] if self._margin else []
        yield from blank
        header = [column.header for column in self.columns]
        yield from self._drawn(console, widths, header, _HEADER)
        if self.ruled:
            rule = _RULE * (sum(widths) + len(self._between) * (len(widths) - 1))
            yield Segment(f"{self._margin}{rule}\n")
        for cells, details in zip_longest(self.rows, self.details, fillvalue=""):
            yield from self._drawn(console, widths, cells, _PLAIN)
            if details:
                under = [details if column.takes_rest else "" for column in self.columns]
                yield from self._drawn(console, widths, under, _DETAILS)
        yield from blank

    def _drawn(
        self, console: Console, widths: Sequence[int], cells: Sequence[str], style: Style
    ) -> Iterator[Segment]:
        """The lines of a row."""
        columns = [fitted(console, *cell) for cell in zip(cells, widths, strict=True)]
        for pieces in zip_longest(*columns, fillvalue=""):
            aligned = map(_aligned, pieces, widths, [column.right for column in self.columns])
            yield Segment(f"{self._margin}{self._between.join(aligned).rstrip()}\n", style)

    def _widths(self, room: int) -> Sequence[int]:
        """The columns' widths in that room: what is too much is taken off the widest."""
        widths = [*self._widest]
        for place, column in enumerate(self.columns):
            if column.takes_rest:
                widths[place] = max(_READABLE, room - sum(widths) + widths[place])
        everyone = range(len(widths))
        wrapping = [place for place in everyone if self.columns[place].wraps]
        for giving, least in ((wrapping, _READABLE), (everyone, 1)):
            while sum(widths) > room and any(widths[place] > least for place in giving):
                widths[max(giving, key=widths.__getitem__)] -= 1
        return widths

    @cached_property
    def _widest(self) -> Sequence[int]:
        """The width of each column's longest line."""
        lines = ("\n".join(cells).split("\n") for cells in self._by_column)
        return [max(map(cell_len, some)) for some in lines]

    @cached_property
    def _by_column(self) -> Sequence[Sequence[str]]:
        """Each column's header and cells."""
        return [*zip([column.header for column in self.columns], *self.rows, strict=True)]

    @property
    def _margin(self) -> str:
        return " " if self.ruled and self.airy else ""

    @property
    def _between(self) -> str:
        return " " * (_BETWEEN_RULED if self.ruled else _BETWEEN)

    @property
    def _around(self) -> int:
        """The width of all that is not cells."""
        return 2 * len(self._margin) + len(self._between) * (len(self.columns) - 1)


def _aligned(text: str, width: int, right: bool) -> str:
    """The text with blanks up to that width."""
    return " " * (width - cell_len(text)) + text if right else padded(text, width)
