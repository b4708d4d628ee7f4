"""What the writers of documents make of blocks alike."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from fractions import Fraction

from hsf_cli import numbers
from hsf_cli.documents.document import Block, Chart, Document, Grid, Heading, Note

CONTENTS = "Innhold"
# In place of a value that is not known, or hidden.
NO_VALUE = "–"


def laid_out(document: Document, level: int) -> list[Block]:
    """The blocks of the document with headings from that level, and no chart of nothing."""
    return [
        block
        for block in headed_from(document.blocks, level)
        if not isinstance(block, Chart) or (block.labels and block.series)
    ]


def headed_from(blocks: Iterable[Block], level: int) -> Iterator[Block]:
    """The blocks, with their highest headings at that level and no level skipped below them."""
    above: list[int] = []
    for block in blocks:
        if isinstance(block, Heading):
            above = [higher for higher in above if higher < block.level] + [block.level]
            yield replace(block, level=level + len(above) - 1)
        else:
            yield block


def heading(block: Heading) -> str:
    """«6.1 Forberedelseskurset»; the text alone where it has no number."""
    return f"{block.number} {block.text}".strip()


def is_listed(block: Heading, top: int) -> bool:
    """Whether a table of contents has the heading, where the highest ones are of that level.

    It has the form's own chapters and sections; not what somebody put over a part of their text.
    """
    return block.level == top or (block.level == top + 1 and bool(block.number))


def headers(grid: Grid) -> tuple[str, ...]:
    """The headers; what the table is about stands in place of a first one that is blank."""
    first, *others = grid.headers
    return (first or grid.title, *others)


def note(block: Note) -> str:
    """The note with its label before it."""
    return f"{block.label}: {block.text}" if block.label else block.text


def value(figure: float | None) -> str:
    """A bar's value as Norwegians read it."""
    return NO_VALUE if figure is None else numbers.written(Fraction(figure))


def charted(chart: Chart) -> Grid:
    """What the bars show, as a table."""
    return Grid(
        (chart.title, *(series.name for series in chart.series)),
        tuple(
            (label, *(value(series.values[place]) for series in chart.series))
            for place, label in enumerate(chart.labels)
        ),
        chart.title,
    )
