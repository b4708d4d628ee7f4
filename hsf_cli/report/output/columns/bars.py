"""Bars of block characters, as far as a terminal has them. They only show what figures say."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from rich.console import Console

from hsf_cli.documents import pieces
from hsf_cli.documents.document import Chart

_UNKNOWN = " "
_LONGEST = 40


@dataclass(frozen=True)
class Blocks:
    """The characters that bars are made of: heights from none to full, and along a line."""

    heights: str
    full: str
    half: str

    def standing(self, values: Sequence[float | None]) -> str:
        """A bar of one character for each value, all to the same scale; a blank is not known."""
        largest = max((value for value in values if value is not None), default=0)
        steps = len(self.heights) - 1
        return "".join(
            _UNKNOWN
            if value is None
            else self.heights[ceil(value / largest * steps) if largest else 0]
            for value in values
        )

    def lying(self, value: float, largest: float, longest: int) -> str:
        """A bar along the line, in half characters; the least that is not none is seen."""
        halves = ceil(value / largest * longest * 2) if largest else 0
        return self.full * (halves // 2) + self.half * (halves % 2)


_FINE = Blocks("·▁▂▃▄▅▆▇█", "█", "▌")
# What every font of a Windows console has.
_COARSE = Blocks("·▄█", "█", "▌")
_PLAIN = Blocks(".:|", "#", "")


def blocks(console: Console) -> Blocks:
    """What the console can show."""
    for possible in [_COARSE] if _has_few_characters() else [_FINE, _COARSE]:
        try:
            (possible.heights + possible.half).encode(console.encoding)
        except UnicodeEncodeError:
            continue
        return possible
    return _PLAIN


def _has_few_characters() -> bool:
    """Whether the font is a Windows console's, also around a Linux, or a bare screen's."""
    return os.name == "nt" or "WSL_DISTRO_NAME" in os.environ or os.environ.get("TERM") == "linux"


def lines(chart: Chart, drawn: Blocks, width: int) -> list[str]:
    """The chart as lines: for each series a bar for each label, with its value after it."""
    names = max(len(series.name) for series in chart.series)
    labels = max(map(len, chart.labels))
    values = [value for series in chart.series for value in series.values]
    figures = max(len(pieces.value(value)) for value in values)
    longest = max(1, min(_LONGEST, width - names - labels - figures - 6))
    largest = max((value for value in values if value is not None), default=0)
    told = []
    for series in chart.series:
        for place, (label, value) in enumerate(zip(chart.labels, series.values, strict=True)):
            bar = drawn.lying(value or 0, largest, longest)
            name = "" if place else series.name
            space = " " if bar else ""
            told.append(f"{name:{names}}  {label:>{labels}}  {bar}{space}{pieces.value(value)}")
    return told
