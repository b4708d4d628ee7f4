"""Which figure is whose, where it does not stand on the line of its label."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from hsf_cli.report.reading import values
from hsf_cli.report.reading.finding import Found
from hsf_cli.report.reading.lines import Line
from hsf_cli.report.reading.placing import Placing, is_lone

_LEAST_PAGES, _SHORTEST_PAGE = 3, 15
_LONGEST_LABEL, _MOST_WORDS = 60, 8


def give_lone_figures(placing: Placing) -> None:
    """Gives figures on lines of their own to the labels before them that have none.

    One figure belongs to the label right before it. Several in a row are a column that was copied
    by itself: each is given to its label where there are as many of both, otherwise to none.
    """
    given: list[tuple[Found, int]] = []
    for labels, figures in _runs(placing):
        if len(figures) == 1:
            given.append((labels[-1], figures[0]))
        elif len(figures) == len(labels):
            given.extend(zip(labels, figures, strict=True))
        elif len(labels) == 1:
            given.append((labels[0], figures[0]))
    pages = _page_numbers(placing, given)
    for label, line in given:
        if line not in pages:
            text = placing.lines[line].text
            figure = "" if values.is_blank(text) else text
            last = line if line == label.last + 1 else label.last
            placing.place(replace(label, figure=figure, last=last))
            placing.taken.add(line)
    placing.pages |= pages


def _runs(placing: Placing) -> Iterator[tuple[list[Found], list[int]]]:
    """Rows of a table without a figure right after each other, and the figures right after them."""
    labels: list[Found] = []
    for piece in placing.in_order():
        entry = placing.entries[piece.entry]
        if labels and not (
            labels[-1].last + 1 == piece.first
            and placing.entries[labels[-1].entry].table == entry.table
        ):
            labels = []
        if entry.row is None or piece.figure:
            labels = []
            continue
        labels.append(piece)
        figures = list(_lone_from(placing, piece.last + 1))
        if figures:
            yield labels, figures
            labels = []


def _lone_from(placing: Placing, first: int) -> Iterator[int]:
    for place in range(first, placing.beyond):
        if place in placing.taken or not is_lone(placing.lines[place]):
            return
        yield place


def _page_numbers(placing: Placing, given: list[tuple[Found, int]]) -> set[int]:
    """The lone numbers that count the pages, where every one does that no long label waits for."""
    waited_for = {line for label, line in given if label.first < label.last}
    lone = [
        place
        for place in range(placing.first, placing.beyond)
        if place not in placing.taken | waited_for and placing.lines[place].text.isdecimal()
    ]
    numbers = [int(placing.lines[place].text) for place in lone]
    count_on = all(after == before + 1 for before, after in pairwise(numbers))
    apart = all(after - before >= _SHORTEST_PAGE for before, after in pairwise(lone))
    return set(lone) if len(lone) >= _LEAST_PAGES and count_on and apart else set()


def add_up(placing: Placing) -> dict[int, list[Found]]:
    """The rows «Andre» and «Annet» that were printed as several: what each of them adds up.

    Either each begins with the row's own word («Andre: NAV 6»), or they stand where it should
    stand or is left blank, after a table of which every other row was found.
    """
    added = {}
    for place, entry in enumerate(placing.entries):
        parts = _parts(placing, place) if entry.is_others else []
        if parts:
            for part in parts:
                placing.take(part)
            placing.pieces.setdefault(place, parts[0])
            added[place] = parts
    return added


def total(parts: list[Found]) -> int | Decimal:
    """What the figures of several rows come to."""
    figures = (values.figure(part.figure) for part in parts)
    return sum(figure for figure in figures if figure is not None)


def _parts(placing: Placing, place: int) -> list[Found]:
    own = placing.pieces.get(place)
    if own is None or not own.figure:
        return list(_described(placing, place)) or list(_strange(placing, place))
    parts = list(_described(placing, place))
    if not parts or (not own.addition and total(parts) == values.figure(own.figure)):
        return []  # the row itself, or also what it is made of
    return [own, *parts]


def _described(placing: Placing, place: int) -> Iterator[Found]:
    """More rows of the table that begin with the row's word, with a description and a figure."""
    lines = placing.lines_of(placing.entries[place].table)
    for piece in placing.possible:
        if piece.entry == place and piece.addition and piece.first in lines:
            part = piece if piece.figure else _with_lone_figure(placing, piece)
            if values.is_figure(part.figure) and placing.is_free(part):
                yield part


def _strange(placing: Placing, place: int) -> Iterator[Found]:
    """Rows of no form, right after the last of a table whose other rows were all found."""
    table = placing.table(placing.entries[place].table)
    rows = [row for row in table if placing.entries[row].row and row != place]
    if not all(row in placing.pieces for row in rows):
        return
    line = 1 + max(placing.pieces[row].last for row in table if row in placing.pieces)
    while line < placing.lines_of(placing.entries[place].table).stop:
        part = _row(placing, place, line)
        if not values.is_figure(part.figure) or not placing.is_free(part):
            return
        yield part
        line = part.last + 1


def _row(placing: Placing, entry: int, place: int) -> Found:
    """A line as a row of its own words; without a figure where it does not look like one."""
    line = placing.lines[place]
    words, figure = as_row(line) or (line.text, "")
    row = Found(entry, place, place, 0, figure, words)
    return row if figure or not is_label(words) else _with_lone_figure(placing, row)


def _with_lone_figure(placing: Placing, piece: Found) -> Found:
    """The piece with the figure on the line after it, if there is one."""
    for line in _lone_from(placing, piece.last + 1):
        return replace(piece, figure=placing.lines[line].text, last=line)
    return piece


def as_row(line: Line) -> tuple[str, str] | None:
    """A line of nobody's form as a label and its figure, if it looks like that."""
    if line.figure is not None:
        return (line.text, line.figure) if values.is_figure(line.figure) else None
    for words, figure in values.without_figure(line.text):
        if figure and is_label(words) and not values.is_year(figure):
            return words, figure
    return None


def is_label(words: str) -> bool:
    """Whether words can be a label that somebody wrote: short, and no sentence."""
    short = len(words) <= _LONGEST_LABEL and len(words.split()) <= _MOST_WORDS
    return words[:1].isupper() and short and not words.endswith((".", ","))
