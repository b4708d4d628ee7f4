"""Our own Markdown at the terminal: the guide, and nothing that other people wrote."""

import re
from typing import ClassVar

from rich.console import Console, ConsoleOptions, RenderResult
from rich.markdown import CodeBlock, Heading, Markdown, MarkdownElement
from rich.padding import Padding
from rich.text import Text
from rich.theme import Theme

from hsf_cli.ui import screen
from hsf_cli.ui.console import PALETTE

_WIDEST = 80
_MOVED_IN = 2
_FENCED = re.compile(r"^(```.*?^```$)", re.MULTILINE | re.DOTALL)
_PICTURE = re.compile(r"!\[[^\]]*\]\([^)]*\)\n*")
_LINK = re.compile(r"\[([^\]]+)\]\(([^)]+)\)")
_CODE = re.compile(r"(`[^`\n]+`)")
# What is typed stands out by weight, not by colour, and looks alike on dark and light.
_THEME = Theme({"markdown.code": PALETTE["typed"], "markdown.item.bullet": "none"})


def show(text: str) -> None:
    """Shows Markdown, a page at a time at a terminal that it does not fit."""
    with screen.pages() as console, console.use_theme(_THEME):
        console.print(_Guide(_for_terminal(text)), width=min(console.width, _WIDEST))


class _PlainHeading(Heading):
    """A heading on the left and without a box, also the first one."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield Text(self.text.plain, "title")


class _Commands(CodeBlock):
    """Commands and what they answer, moved in where there is room; the commands stand out."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        shown = Text()
        for line in str(self.text).rstrip().splitlines(keepends=True):
            shown.append(line, "typed" if line.startswith("$ ") else "")
        room = options.max_width - shown.__rich_measure__(console, options).maximum
        yield Padding(shown, (0, 0, 0, min(max(room, 0), _MOVED_IN)))


class _Guide(Markdown):
    elements: ClassVar[dict[str, type[MarkdownElement]]] = {
        **Markdown.elements,
        "heading_open": _PlainHeading,
        "fence": _Commands,
    }


def _for_terminal(text: str) -> str:
    return "".join(part if part.startswith("```") else _prose(part) for part in _FENCED.split(text))


def _prose(text: str) -> str:
    """Without pictures, what is typed as the program writes it elsewhere, and links as one can."""
    return _CODE.sub(r"«\1»", _LINK.sub(_link, _PICTURE.sub("", text)))


def _link(found: re.Match[str]) -> str:
    """Where a link leads, as one can go there from a terminal."""
    words, target = found.groups()
    if target.startswith("#"):
        return f"{words} (`hsf hjelp {target[1:]}`)"
    return f"{words} ({target})" if target.startswith("https:") else words
