"""Rich's console, which shows what people wrote and never obeys it, in one palette."""

import os
from collections.abc import Iterable
from typing import TextIO

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.theme import Theme

from hsf_cli.texts import visible

# What stands out, and what stands back. Nothing is told by these alone: a heading stands by itself,
# and a warning begins with a sign or says that it is one.
#
# Colours have numbers above 15: those are the same in every theme, and these are seen on the white,
# the black and the dark grey that themes have (a contrast of 3.3 and more). The sixteen below are
# each theme's own, and some of them vanish: yellow and light blue on white, blue on black.
PALETTE = {
    "title": "bold",
    "heading": "bold color(32)",
    "header": "bold",
    "column": "italic",
    "figure": "bold",
    "typed": "bold",
    "aside": "color(243)",
    "warning": "color(166)",
}
_WITHOUT_COLOUR = {**PALETTE, "heading": "bold", "aside": "", "warning": ""}
_HAVE_NUMBERED_COLOURS = ("256", "truecolor")


class SafeConsole(Console):
    """A console on which no text can move the cursor, colour the screen or name the window.

    Where `NO_COLOR` is set, and on a pipe whatever is set, it writes no escape codes at all.
    """

    def __init__(self, file: TextIO, width: int | None = None) -> None:
        super().__init__(
            file=file,
            width=width,
            markup=False,
            highlight=False,
            emoji=False,
            force_terminal=file.isatty(),
            color_system=None if os.environ.get("NO_COLOR") else "auto",
        )
        has_colours = self.color_system in _HAVE_NUMBERED_COLOURS
        self.push_theme(Theme(PALETTE if has_colours else _WITHOUT_COLOUR))

    def render(
        self, renderable: RenderableType, options: ConsoleOptions | None = None
    ) -> Iterable[Segment]:
        """What is to be written, with a mark for whatever in its texts a terminal would obey."""
        for segment in super().render(renderable, options):
            text, style, control = segment
            if control or text.isprintable() or text == (seen := visible(text)):
                yield segment
            else:
                yield Segment(seen, style)
