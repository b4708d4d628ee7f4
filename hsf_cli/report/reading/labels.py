"""The words of a form as they are looked for in a document.

Words are compared by their letters and digits alone: spaces, case, dashes and line breaks are
what copying out of a PDF changes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import zip_longest
from typing import Literal

from hsf_cli.report.count import YEAR_MARK
from hsf_cli.report.form import Form, FormRow, FormSection
from hsf_cli.report.forms import shipped

_COUNT = "Antall "
_ANY_DIGIT = "#"
# What may stand where the form leaves room for the year.
_YEARS = (_ANY_DIGIT * 4, YEAR_MARK, "året", "")
_OTHERS = re.compile(r"(?:fra )?(?:annet|andre)(?: \(beskriv\))?", re.IGNORECASE)


@dataclass(frozen=True)
class Entry:
    """A piece of the form: the chapter's title, a section's, a table's heading, or a row."""

    kind: Literal["chapter", "section", "heading", "row"]
    text: str
    section: FormSection | None = None
    # The table's place in the whole form, and what stands above it.
    table: int = -1
    heading: str = ""
    row: FormRow | None = None
    # The place in the form of the first piece of its group: its table, or in a table of several
    # groups the row that the group splits («Kvinnelige familiekontakter»).
    group: int = -1

    @property
    def number(self) -> str:
        """The second part of its number: the same whatever number the chapter has."""
        return self.section.number.partition(".")[2] if self.section else "0"

    @property
    def is_others(self) -> bool:
        """Whether it is the row for what has no row of its own: «Annet (beskriv)», «Andre»."""
        return self.row is not None and _OTHERS.fullmatch(self.text) is not None


@dataclass(slots=True)
class Node:
    """A place within the words of all labels."""

    following: dict[str, "Node"] = field(default_factory=dict)
    # The entries whose words end here, and whether these are the form's own to the letter.
    ended: dict[int, bool] = field(default_factory=dict)

    def after(self, letter: str) -> "Node | None":
        """Where that letter leads; a year's digits may be any."""
        found = self.following.get(letter)
        if found is None and letter.isdecimal():
            return self.following.get(_ANY_DIGIT)
        return found


@dataclass(frozen=True)
class Labels:
    """A form as its pieces in their order, and where their words begin."""

    form: Form
    entries: tuple[Entry, ...]
    start: Node


@cache
def labels(edition: int) -> Labels:
    """The words of an edition. Raises WrongUse for one that there is none of."""
    form = shipped(edition)
    entries = tuple(_grouped(list(_entries(form))))
    start = Node()
    for place, entry in enumerate(entries):
        for text in _spellings(entry.text):
            node = start
            for letter in letters(text):
                node = node.following.setdefault(letter, Node())
            node.ended[place] = node.ended.get(place, False) or text == entry.text
    return Labels(form, entries, start)


def letters(text: str) -> Iterator[str]:
    """What a text is compared by; a `#` stands for any digit of a year."""
    return (letter for letter in text.lower() if letter.isalnum() or letter == _ANY_DIGIT)


def _entries(form: Form) -> Iterator[Entry]:
    yield Entry("chapter", form.title)
    number = 0
    for section in form.sections:
        yield Entry("section", section.title, section)
        for table in section.tables:
            if table.heading:
                yield Entry("heading", table.heading, section, number, table.heading)
            for row in table.rows:
                yield Entry("row", row.label, section, number, table.heading, row)
            number += 1


def _grouped(entries: list[Entry]) -> Iterator[Entry]:
    group = 0
    for place, (entry, following) in enumerate(zip_longest(entries, entries[1:])):
        if entry.table < 0 or entry.table != entries[place - 1].table or _splits(entry, following):
            group = place
        yield replace(entry, group=group)


def _splits(entry: Entry, following: Entry | None) -> bool:
    """Whether the rows that follow split that row."""
    if entry.row is None or following is None or following.row is None:
        return False
    return following.row.part_of == entry.row.key


def _spellings(text: str) -> Iterator[str]:
    """The label with and without «Antall» before it, with any year or none in it."""
    bare = text.removeprefix(_COUNT)
    years = _YEARS if YEAR_MARK in text else ("",)
    for year in years:
        for words in (text, bare, _COUNT + bare):
            yield words.replace(YEAR_MARK, year)
    if YEAR_MARK in text:
        yield text.replace(f" i {YEAR_MARK}", "")
