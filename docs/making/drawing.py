"""A terminal's window, drawn as SVG by Rich."""

from io import StringIO

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

# Dark on white, as on GitHub's own light pages. The program uses none of a theme's own colours
# (`hsf_cli/ui/console.py`), which have to be given all the same.
_WHITE, _DARK = (255, 255, 255), (28, 35, 38)
_LIGHT = TerminalTheme(_WHITE, _DARK, [_DARK] * 8)
# Rich's own format fetches a font from the net; these are on the machine already.
_FORMAT = """\
<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{ font-family: ui-monospace, "Cascadia Mono", Consolas, Menlo, \
"DejaVu Sans Mono", monospace; font-size: {char_height}px; line-height: {line_height}px; }}
.{unique_id}-title {{ font-size: 16px; font-family: system-ui, "Segoe UI", Helvetica, Arial, \
sans-serif; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" />
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""
# What tells the parts of a picture apart.
_ID = "hsf"
# On the window's edge, which is drawn for a dark one.
_PALE_EDGE, _EDGE = "rgba(255,255,255,0.35)", "#aab4b8"


def svg(shown: str, title: str, columns: int) -> str:
    """The window, with that title and what is shown in it."""
    console = Console(
        file=StringIO(), record=True, width=columns, force_terminal=True, color_system="truecolor"
    )
    text = Text.from_ansi(shown.strip("\n"))
    text.no_wrap = True
    console.print(text, end="\n\n")  # with some air below
    drawn = console.export_svg(title=title, theme=_LIGHT, code_format=_FORMAT, unique_id=_ID)
    return "\n".join(line.strip() for line in drawn.replace(_PALE_EDGE, _EDGE).splitlines()) + "\n"
