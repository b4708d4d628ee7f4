"""A chart as an SVG drawing inside an HTML document, whose style sheet has its colours."""

import textwrap
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from hsf_cli.documents import pieces
from hsf_cli.documents.characters import printable
from hsf_cli.documents.document import Chart

if TYPE_CHECKING:
    from markupsafe import Markup

# How many looks the style sheet has for series.
LOOKS = 4
_WIDTH = 640
# The height of a line of text, and what one character takes of its length, generously.
_LINE = 17
_CHARACTER = 7.4
_GAP = 8
_HEIGHT = 190
_WIDEST_BAR = 64
_WIDEST_LABELS = 250
_MOST_UPRIGHT = 12


def chart_svg(chart: Chart, name: str) -> "Markup":
    """The drawing, with what it shows in words; `name` is its own in the document."""
    from markupsafe import Markup

    drawing = _Drawing()
    drawing.legend([series.name for series in chart.series] if len(chart.series) > 1 else [])
    if _stands(chart):
        _upright(drawing, chart)
    else:
        _across(drawing, chart)
    return Markup(
        '<svg viewBox="0 0 {width} {height}" role="img" aria-labelledby="{name}-t {name}-d">'
        '<title id="{name}-t">{title}</title><desc id="{name}-d">{description}</desc>'
        "{shapes}</svg>"
    ).format(
        width=_WIDTH,
        height=round(drawing.bottom),
        name=name,
        title=printable(chart.title),
        description=printable(chart.description),
        shapes=Markup("").join(drawing.shapes),
    )


class _Drawing:
    """The shapes so far, and how far down they reach."""

    def __init__(self) -> None:
        self.shapes: list[Markup] = []
        self.bottom = 0.0

    def text(self, x: float, y: float, words: str, anchor: str = "start") -> None:
        from markupsafe import Markup

        self.shapes.append(
            Markup('<text x="{:.1f}" y="{:.1f}" text-anchor="{}">{}</text>').format(
                x, y, anchor, printable(words)
            )
        )

    def bar(self, x: float, y: float, width: float, height: float, look: int) -> None:
        from markupsafe import Markup

        self.shapes.append(
            Markup(
                '<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" class="bar-{}"/>'
            ).format(x, y, width, height, look % LOOKS)
        )

    def line(self, x1: float, y1: float, x2: float, y2: float) -> None:
        from markupsafe import Markup

        self.shapes.append(
            Markup('<line x1="{:.1f}" y1="{:.1f}" x2="{:.1f}" y2="{:.1f}" class="axis"/>').format(
                x1, y1, x2, y2
            )
        )

    def legend(self, names: Sequence[str]) -> None:
        """Which look is which series, in as many lines as that takes."""
        x = 0.0
        for look, name in enumerate(names):
            width = _GAP * 2 + _length(name) + 2 * _GAP
            if x and x + width > _WIDTH:
                x, self.bottom = 0.0, self.bottom + _LINE
            self.bar(x, self.bottom + 3, 11, 11, look)
            self.text(x + 17, self.bottom + 13, name)
            x += width
        if names:
            self.bottom += _LINE + _GAP


def _stands(chart: Chart) -> bool:
    """Whether there is room for the bars beside each other, with their labels below."""
    slot = _WIDTH / len(chart.labels)
    bar = 0.8 * slot / len(chart.series)
    values = [pieces.value(value) for series in chart.series for value in series.values]
    return (
        len(chart.labels) <= _MOST_UPRIGHT
        and _longest(chart.labels) < slot - 4
        and _longest(values) < bar
    )


def _upright(drawing: _Drawing, chart: Chart) -> None:
    slot = _WIDTH / len(chart.labels)
    thick = min(_WIDEST_BAR, 0.8 * slot / len(chart.series))
    tallest = max(share for place in range(len(chart.labels)) for _, share in _shares(chart, place))
    floor = drawing.bottom + _LINE + tallest * _HEIGHT
    for place, label in enumerate(chart.labels):
        middle = slot * (place + 0.5)
        left = middle - thick * len(chart.series) / 2
        for look, (value, share) in enumerate(_shares(chart, place)):
            x, height = left + look * thick, share * _HEIGHT
            drawing.text(x + thick / 2, floor - height - 5, pieces.value(value), "middle")
            if value is not None:
                drawing.bar(x + 1.5, floor - height, thick - 3, height, look)
        drawing.text(middle, floor + _LINE, label, "middle")
    drawing.line(0, floor, _WIDTH, floor)
    drawing.bottom = floor + _LINE + _GAP


def _across(drawing: _Drawing, chart: Chart) -> None:
    left = min(_WIDEST_LABELS, _longest(chart.labels)) + _GAP
    values = [pieces.value(value) for series in chart.series for value in series.values]
    room = _WIDTH - left - _GAP - _longest(values)
    top = drawing.bottom
    for place, label in enumerate(chart.labels):
        lines = textwrap.wrap(label, int(_WIDEST_LABELS / _CHARACTER)) or [""]
        rows = max(len(lines), len(chart.series))
        first = drawing.bottom + (rows - len(lines)) * _LINE / 2
        for number, line in enumerate(lines):
            drawing.text(left - _GAP, first + number * _LINE + 13, line, "end")
        y = drawing.bottom + (rows - len(chart.series)) * _LINE / 2
        for look, (value, share) in enumerate(_shares(chart, place)):
            if value is not None:
                drawing.bar(left, y + 2, share * room, _LINE - 4, look)
            drawing.text(left + share * room + 6, y + 13, pieces.value(value))
            y += _LINE
        drawing.bottom += rows * _LINE + 5
    drawing.line(left, top, left, drawing.bottom)
    drawing.bottom += 2


def _shares(chart: Chart, place: int) -> Iterator[tuple[float | None, float]]:
    """Each series' value at the place, with its share of the highest value in the chart."""
    highest = max((value or 0 for series in chart.series for value in series.values), default=0)
    for series in chart.series:
        value = series.values[place]
        yield value, max(0.0, value or 0) / highest if highest > 0 else 0.0


def _length(text: str) -> float:
    return len(text) * _CHARACTER


def _longest(texts: Sequence[str]) -> float:
    return max(map(_length, texts), default=0)
