"""Lines of text for Rich's console, thousands of them too: left as they are where they fit."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions
from rich.segment import Segment
from rich.text import Text

from hsf_cli.texts import without_lone_word


@dataclass(frozen=True)
class Lines:
    """Texts under one another in one style; what a text begins with of blanks is its margin."""

    texts: Iterable[str]
    style: str = ""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        """The lines, as Rich's console asks for them."""
        shown = []
        for text in self.texts:
            words = text.lstrip(" ")
            margin = " " * (len(text) - len(words))
            lines = without_lone_word(
                partial(fitted, console, words), options.max_width - len(margin)
            )
            shown += [f"{margin}{line}\n" for line in lines]
        yield Segment("".join(shown), console.get_style(self.style, default=""))


def fitted(console: Console, text: str, width: int) -> Sequence[str]:
    """The text's lines, each no longer than that: broken between words where that is possible."""
    # No letter is wider than two cells: on a pipe, nothing has to be measured.
    if (2 * len(text) <= width or cell_len(text) <= width) and "\n" not in text:
        return (text,)
    return [line.plain.rstrip() for line in Text(text).wrap(console, width, overflow="fold")]
