"""Where in a document the pieces of a form may stand.

A label may be wrapped over several lines, with its figure at the end of any of them, or on a line
of its own in between. Everything that may be meant is found; `aligned` chooses between it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hsf_cli.report.reading import values
from hsf_cli.report.reading.labels import Entry, Labels, Node
from hsf_cli.report.reading.lines import Line
from hsf_cli.report.reading.values import Tail

_MOST_LINES = 12  # that a label is wrapped over
_NUMBERED = re.compile(r"(\d{1,2})\.(\d{1,2})\.?\s+(?=\D)", re.ASCII)
_A_YEAR = re.compile(r"\b(?:19|20)\d\d\b", re.ASCII)

ROW, _ROW_WITH_ADDITION = 10.0, 6.0
_HEADING, _HEADING_OVER_A_COLUMN = 5.0, 8.0
_TITLE, _TITLE_WITH_NUMBER, _TITLE_WITH_ITS_NUMBER = 6.0, 12.0, 14.0
_OWN_WORDS = 0.05
_PER_LETTER = 0.01  # where a label begins another the longer is meant


@dataclass(frozen=True, slots=True)
class Found:
    """Where in a document a piece of the form may stand."""

    entry: int
    # Its lines, both included.
    first: int
    last: int
    # How much speaks for it.
    weight: float
    # As they are printed.
    figure: str = ""
    addition: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True)
class _Walk:
    """The words of labels followed down the lines, to a place."""

    node: Node
    place: int
    # Where on the line they go on, the number that was passed over before them, and the figure.
    start: int = 0
    number: str = ""
    figure: str = ""
    read: str = ""


def found_at(lines: Sequence[Line], first: int, labels: Labels) -> list[Found]:
    """Every piece of the form that may begin on that line; of two ends of one, the later."""
    best: dict[int, tuple[int, int, Found]] = {}
    for at, found in _beginning(lines, first, labels):
        known = best.get(found.entry)
        if known is None or (found.last, at) > known[:2]:
            best[found.entry] = (found.last, at, found)
    return [found for _, _, found in best.values()]


def _beginning(lines: Sequence[Line], first: int, labels: Labels) -> Iterator[tuple[int, Found]]:
    """Pieces with where on their last line they end."""
    if values.is_figure(lines[first].text):
        return  # it belongs to what is above it
    walks = [_Walk(labels.start, first)]
    if numbered := _NUMBERED.match(lines[first].text):
        walks.append(_Walk(labels.start, first, numbered.end(), numbered[2]))
    beyond = min(len(lines), first + _MOST_LINES)
    while walks:
        walk = walks.pop()
        line = lines[walk.place]
        ends, node = _along(walk.node, line.text, walk.start)
        for end, at in ends:
            for found in _ending(lines, walk, first, end, at, labels):
                yield at, found
        if walk.place + 1 < beyond:
            walks.extend(_going_on(line, walk, node))


def _along(node: Node, text: str, start: int) -> tuple[list[tuple[Node, int]], Node | None]:
    """Where labels end on a line, at the end of a word; and where its end leads, if anywhere."""
    ends: list[tuple[Node, int]] = []
    for place in range(start, len(text)):
        letter = text[place].lower()
        if not letter.isalnum():
            continue
        following = node.after(letter)
        if following is None:
            return ends, None
        node = following
        if node.ended and not text[place + 1 : place + 2].isalnum():
            ends.append((node, place + 1))
    return ends, node


def _going_on(line: Line, walk: _Walk, end: Node | None) -> Iterator[_Walk]:
    """The walk on the next line, with or without a figure at the end of this one."""
    read = f"{walk.read} {line.text}"
    following = walk.place + 1
    if end and end.following:
        figure = walk.figure or line.figure or ""
        yield _Walk(end, following, 0, walk.number, figure, read)
    if line.figure is None:
        for words, figure in values.without_figure(line.text):
            _, node = _along(walk.node, words, walk.start)
            if not node or not node.following or (values.is_year(figure) and node.after("2")):
                continue
            yield _Walk(node, following, 0, walk.number, walk.figure or figure, read)


def _ending(
    lines: Sequence[Line], walk: _Walk, first: int, end: Node, at: int, labels: Labels
) -> Iterator[Found]:
    line = lines[walk.place]
    rest = line.text[at:]
    tail = values.tail(rest)
    for place, in_its_words in end.ended.items():
        entry = labels.entries[place]
        behind = tail
        if behind is None and entry.is_others:
            described = values.addition(rest.strip())
            behind = described if described and described.figure else None
        if behind is None:
            continue
        behind = _with_cell(behind, line.figure, walk.figure)
        weight = _weight(entry, behind, walk.number)
        if weight and not _goes_on_with(lines[first], entry, behind):
            weight += _OWN_WORDS * in_its_words + _PER_LETTER * len(entry.text)
            year = _year(entry, walk.read + line.text[:at])
            yield Found(place, first, walk.place, weight, behind.figure, behind.addition, year)


def _with_cell(tail: Tail, cell: str | None, figure: str) -> Tail:
    """What stands after a label, with what stood beside its earlier lines or in a cell."""
    if cell and values.tail(cell) == Tail(heads=True):
        return Tail("", tail.addition, heads=True)
    if cell and tail.figure:  # two columns with figures: the last is the report's
        return Tail(cell, f"{tail.addition} {tail.figure}".strip())
    return Tail(tail.figure or cell or figure, tail.addition, tail.heads)


def _weight(entry: Entry, tail: Tail, number: str) -> float:
    """How much speaks for an entry with that behind it; 0 where it cannot be meant."""
    if entry.kind == "row":
        if tail.heads or number:
            return 0
        return _ROW_WITH_ADDITION if tail.addition else ROW
    if entry.kind == "heading":
        if tail.figure or tail.addition or number:
            return 0
        return _HEADING_OVER_A_COLUMN if tail.heads else _HEADING
    if tail.addition or (tail.figure and not values.is_year(tail.figure)):
        return 0  # in the table of contents
    if not number:
        return _TITLE
    return _TITLE_WITH_ITS_NUMBER if number == entry.number else _TITLE_WITH_NUMBER


def _goes_on_with(line: Line, entry: Entry, tail: Tail) -> bool:
    """Whether a line that is only a label's word is rather the end of a sentence above it."""
    if line.apart or line.figure is not None or tail.figure or tail.heads:
        return False
    return line.text[:1].islower() and entry.text[:1].isupper()


def _year(entry: Entry, words: str) -> int | None:
    """The year that stands in a label with room for one."""
    if "{" not in entry.text:
        return None
    found = _A_YEAR.search(words)
    return int(found[0]) if found else None
