"""Lines of text for Rich's console, thousands of them too: left as they are where they fit."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import zip_longest
from typing import NamedTuple

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions
from rich.segment import Segment
from rich.text import Text

from hsf_cli.texts import without_lone_word


class Lines(NamedTuple):
    """Texts under one another in one style; what a text begins with of blanks is its margin."""

    texts: Iterable[str]
    style: str = ""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        """The lines, as Rich's console asks for them."""
        shown = []
        for text in self.texts:
            if _fits(text, options.max_width):
                shown.append(f"{text}\n")
                continue
            words = text.lstrip(" ")
            margin = " " * (len(text) - len(words))
            lines = without_lone_word(
                partial(fitted, console, words), options.max_width - len(margin)
            )
            shown += [f"{margin}{line}\n" for line in lines]
        yield Segment("".join(shown), console.get_style(self.style, default=""))


class Pairs(NamedTuple):
    """Rows of two texts in two columns; what there is no room for goes on in the next line."""

    rows: Sequence[tuple[str, str]]
    margin: int = 2
    between: int = 3
    # The first column's width, where not its longest text decides, and its style; the second has
    # the rest.
    width: int | None = None
    style: str = ""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        """The lines, as Rich's console asks for them."""
        style, blanks = console.get_style(self.style, default=""), " " * self.between
        width = self.width or max((width_of(first) for first, _ in self.rows), default=0)
        room = max(1, options.max_width - self.margin - width - self.between)
        for first, second in self.rows:
            columns = fitted(console, first, width), fitted(console, second, room)
            for one, other in zip_longest(*columns, fillvalue=""):
                yield Segment(f"{' ' * self.margin}{padded(one, width)}", style)
                yield Segment(f"{blanks}{other}\n" if other else "\n")


def width_of(text: str) -> int:
    """How many cells of the screen the text takes.

    The signs of a Western machine take one each, and nearly every text has no others: thousands
    need not be looked at sign by sign.
    """
    if text.isprintable() and len(text.encode("cp1252", "ignore")) == len(text):
        return len(text)
    return cell_len(text)


def padded(text: str, width: int) -> str:
    """The text with blanks after it, up to that width on the screen."""
    return text + " " * (width - width_of(text))


def fitted(console: Console, text: str, width: int) -> Sequence[str]:
    """The text's lines, each no longer than that: broken between words where that is possible."""
    if _fits(text, width):
        return (text,)
    return [line.plain.rstrip() for line in Text(text).wrap(console, width, overflow="fold")]


def _fits(text: str, width: int) -> bool:
    """Whether it is one line of that width; on a pipe, nothing has to be measured.

    No letter is wider than two cells.
    """
    return (2 * len(text) <= width or width_of(text) <= width) and "\n" not in text
