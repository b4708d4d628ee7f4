"""Where in a document the statistics chapter is, and what around it is none of it."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from hsf_cli.report.form import STATISTICS
from hsf_cli.report.forms import editions, shipped
from hsf_cli.report.reading.finding import Found, found_at
from hsf_cli.report.reading.labels import Labels, letters
from hsf_cli.report.reading.lines import Line

_NUMBERED = re.compile(r"(\d{1,2})(?:\.\d{1,2})?\.?\s+[A-ZÆØÅ«]")
_DIGITS = re.compile(r"\d+")
_FEWEST_PAGES = 2
_LONGEST_TITLE = 70
# A title further from what it stands above belongs to a table of contents.
_FURTHEST_TITLE = 40
# How much may follow the last row where nothing shows that the next chapter begins.
_LONGEST_END = 12


def without_running_heads(lines: Sequence[Line], forms: Sequence[Labels]) -> tuple[Line, ...]:
    """The lines without what stands at the top or foot of most pages, if it is no label."""
    edges = [place for place, line in enumerate(lines) if line.edge]
    heads = Counter(_without_digits(lines[place]) for place in edges)
    most = max(_FEWEST_PAGES, len(edges) // 4)  # of pages with two edges each
    running = {
        place
        for place in edges
        if heads[_without_digits(lines[place])] >= most
        and any(letters(_without_digits(lines[place])))
        and not any(found_at(lines, place, labels) for labels in forms)
    }
    return tuple(line for place, line in enumerate(lines) if place not in running)


def without_contents(found: list[Found], labels: Labels) -> list[Found]:
    """The pieces without the titles before them that belong to a table of contents."""
    first = 0
    for place, (piece, following) in enumerate(pairwise(found)):
        title = labels.entries[piece.entry].kind in ("chapter", "section")
        if title and following.first - piece.last > _FURTHEST_TITLE:
            first = place + 1
    return found[first:]


def chapter_end(lines: Sequence[Line], found: Sequence[Found], labels: Labels) -> int:
    """The number of the first line after the chapter, of which these pieces were found."""
    titles = {
        labels.entries[piece.entry].kind: lines[piece.first]
        for piece in reversed(found)
        if labels.entries[piece.entry].kind in ("chapter", "section")
    }
    number = max(map(_number, titles.values()), default=0)
    level = titles["chapter"].level if "chapter" in titles else 0
    if "section" in titles and not level:
        level = max(titles["section"].level - 1, 0)
    beyond = found[-1].last + 1
    for place in range(beyond, len(lines)):
        line = lines[place]
        if _begins_chapter(line, number) or 0 < line.level <= level:
            return place
        if place - beyond >= _LONGEST_END and line.apart:
            return place
    return len(lines)


def _without_digits(line: Line) -> str:
    return _DIGITS.sub("", line.whole)


def _begins_chapter(line: Line, number: int) -> bool:
    """Whether a line is the title of a chapter after the one with that number."""
    if line.figure is not None or len(line.text) > _LONGEST_TITLE:
        return False
    if "".join(letters(line.text)).lstrip("0123456789") in _titles():
        return True
    return _number(line) > number and not line.text.endswith((".", ","))


def _number(line: Line) -> int:
    """The first part of the number that a title begins with; 0 for none."""
    found = _NUMBERED.match(line.text)
    return int(found[1]) if found else 0


@cache
def _titles() -> frozenset[str]:
    """The titles of all editions' other chapters."""
    return frozenset(
        "".join(letters(chapter.title))
        for edition in editions()
        for chapter in shipped(edition).chapters
        if chapter.key != STATISTICS
    )
