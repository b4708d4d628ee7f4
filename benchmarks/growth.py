"""The growth of the costs with the records, as a drawing: `growth.svg`."""

import math
from collections.abc import Iterator
from pathlib import Path

from benchmarks.page import amount
from benchmarks.processes import Costs
from benchmarks.rows import GROWTH
from benchmarks.sizes import GROWING

DRAWING = Path(__file__).with_name("growth.svg")

# Everything in pixels: a panel for each cost, two beside each other, a bar for each size.
_PANEL, _COLUMNS, _LABEL, _BAR, _ROW, _TOP = 340, 2, 64, 190, 22, 34
_STYLE = """\
<style>
  text { font: 13px system-ui, sans-serif; fill: #1f2328 }
  .title { font-weight: 600 }
  rect { fill: #3b7dd8 }
  @media (prefers-color-scheme: dark) { text { fill: #e6edf3 } rect { fill: #6ea8fe } }
</style>"""


def draw(costs: Costs) -> None:
    """Draws a panel for each cost, each of them to a scale of its own."""
    height = _TOP + _ROW * len(GROWTH) + 14
    rows = math.ceil(len(GROWING) / _COLUMNS)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_PANEL * _COLUMNS} {height * rows}"'
        f' width="{_PANEL * _COLUMNS}" role="img">',
        f"<title>What 1, 5 and 25 years of the whole country cost: {', '.join(GROWING)}</title>",
        _STYLE,
    ]
    for place, name in enumerate(GROWING):
        row, column = divmod(place, _COLUMNS)
        lines.append(f'<g transform="translate({column * _PANEL} {row * height})">')
        lines += _panel(name, [costs[f"{name}, {size}"] for size in GROWTH])
        lines.append("</g>")
    DRAWING.write_text("\n".join([*lines, "</svg>\n"]), encoding="utf-8")


def _panel(name: str, figures: list[float]) -> Iterator[str]:
    yield f'<text class="title" x="8" y="20">{name}</text>'
    longest = max(figures)
    for place, (size, figure) in enumerate(zip(GROWTH, figures, strict=True)):
        top = _TOP + place * _ROW
        width = _BAR * figure / longest
        yield f'<text x="8" y="{top + 12}">{size}</text>'
        yield f'<rect x="{_LABEL + 8}" y="{top}" width="{width:.1f}" height="15" rx="2"/>'
        yield f'<text x="{_LABEL + 14 + width:.1f}" y="{top + 12}">{amount(figure)}</text>'
