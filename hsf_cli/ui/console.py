"""Rich's console, which shows what people wrote and never obeys it."""

from collections.abc import Iterable

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment

from hsf_cli.texts import visible


class SafeConsole(Console):
    """A console on which no text can move the cursor, colour the screen or name the window."""

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
