"""A form with several figures in a row on the terminal, fitted to its width."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from hsf_cli.report.output import labels
from hsf_cli.report.output.columns import bars
from hsf_cli.report.output.columns.page import Chapter, Page, Row, marks

_LEFT, _BETWEEN = 2, 2
# The longest words of the forms' labels, and a mark, still fit in the narrowest.
_WIDEST_LABEL, _NARROWEST_LABEL = 60, 26


def show(page: Page, console: Console) -> None:
    """Prints the page, fitted to the terminal."""
    console.print(Text(page.title, "title"))
    for sentence in page.origin:
        console.print(Text(sentence, "aside"))
    for warning in page.warnings:
        console.print(Text(f"! {warning}", "warning"))
    room = _Room.of(page, console)
    if room.left_out:
        words = ", ".join(room.left_out)
        console.print(Text(f"! Vinduet er for smalt til å vise: {words}.", "warning"))
    for chapter in page.chapters:
        _show(chapter, room, console)
    if page.chart:
        console.print()
        console.print(Text(page.chart.title, "heading"))
        console.print()
        for line in bars.lines(page.chart, bars.blocks(console), console.width - _LEFT):
            console.print(_indented(Text(line)))


@dataclass(frozen=True)
class _Room:
    """The columns that there is room for, by their places, and whether there is for the bars."""

    page: Page
    places: tuple[int, ...]
    # How long the bars are; none where they are left out.
    bars: int
    # How much of the line there is in all; None on a pipe, where it is as long as it must be.
    width: int | None

    @classmethod
    def of(cls, page: Page, console: Console) -> "_Room":
        places = list(range(len(page.columns)))
        bar = max((len(row.bars) for row in page.rows), default=0)
        if not console.is_terminal:
            return cls(page, tuple(places), bar, None)
        width = console.width - _LEFT
        room = width - _NARROWEST_LABEL
        widths = _widths(page, page.chapters)
        if bar and _taken(widths, places) + _BETWEEN + bar > room:
            bar = 0
        while _taken(widths, places) > room and len(places) > 1:
            places.remove(max(places, key=lambda place: page.columns[place].rank))
        return cls(page, tuple(places), bar, width)

    @property
    def left_out(self) -> list[str]:
        """The headers of the columns that there is no room for."""
        columns = enumerate(self.page.columns)
        return [column.header for place, column in columns if place not in self.places]


def _show(chapter: Chapter, room: _Room, console: Console) -> None:
    widths = _widths(room.page, [chapter])
    headers = [Text(room.page.columns[place].header, "column") for place in room.places]
    head = _table(room, widths, _LEFT)
    head.add_row(Text(chapter.name, "heading"), *headers)
    console.print()
    console.print(head)
    for part in chapter.parts:
        console.print()
        if part.heading:
            console.print(_indented(Text(part.heading, "column")))
        body = _table(room, widths)
        for row in part.rows:
            cells = [Text(row.cells[place], "figure") for place in room.places]
            drawn = [Text(bars.blocks(console).standing(row.bars), "heading")] if room.bars else []
            label = _label(row, chapter.notes)
            if room.width:
                label = labels.broken(label, console, _label_width(room, widths))
            body.add_row(label, *cells, *drawn)
        console.print(_indented(body))
    if chapter.notes:
        console.print()
    for number, note in enumerate(chapter.notes, start=1):
        console.print(_indented(_hanging(f"{number})", note)))


def _table(room: _Room, widths: Sequence[int], more: int = 0) -> Table:
    """A table without rows yet: the label, the figures, and room for the bars.

    The label has that much more room than the labels need.
    """
    table = Table(box=None, padding=(0, _BETWEEN, 0, 0), pad_edge=False, show_header=False)
    label = _label_width(room, widths) + more
    table.add_column(width=label, overflow="fold", no_wrap=room.width is None)
    for place in room.places:
        table.add_column(justify="right", width=widths[place], no_wrap=True, vertical="bottom")
    if room.bars:
        table.add_column(width=room.bars, no_wrap=True, vertical="bottom")
    return table


def _label_width(room: _Room, widths: Sequence[int]) -> int:
    """As wide as the labels are on a pipe; at a terminal what is left, within reason."""
    if room.width is None:
        names = (chapter.name for chapter in room.page.chapters)
        return max(map(len, (*names, *(_label(row, row.notes).plain for row in room.page.rows))))
    rest = _taken(widths, room.places) + (room.bars + _BETWEEN if room.bars else 0)
    widest = _taken(_widths(room.page, room.page.chapters), room.places)
    label = min(_WIDEST_LABEL + widest - _taken(widths, room.places), room.width - rest)
    return max(label, 1)


def _widths(page: Page, chapters: Sequence[Chapter]) -> list[int]:
    """How wide each column is in those chapters."""
    rows = [row for chapter in chapters for part in chapter.parts for row in part.rows]
    return [
        max((len(column.header), *(len(row.cells[place]) for row in rows)))
        for place, column in enumerate(page.columns)
    ]


def _taken(widths: Sequence[int], places: Sequence[int]) -> int:
    return sum(widths[place] + _BETWEEN for place in places)


def _label(row: Row, notes: Sequence[str]) -> Text:
    label = Text(" " * _LEFT * row.inside + row.label)
    if row.notes:
        label.append(f" {marks(row, notes)}", "aside")
    return label


def _hanging(mark: str, words: str) -> Table:
    table = Table(box=None, padding=(0, 1, 0, 0), pad_edge=False, show_header=False)
    table.add_column(justify="right", no_wrap=True)
    table.add_column(overflow="fold")
    table.add_row(Text(mark, "aside"), Text(words, "aside"))
    return table


def _indented(what: Table | Text) -> Padding:
    return Padding(what, (0, 0, 0, _LEFT), expand=False)
