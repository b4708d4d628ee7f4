"""What of a chapter was not understood, in lines that a person can read."""

import re
from collections import Counter
from collections.abc import Iterator

from hsf_cli.report.count import YEAR_MARK
from hsf_cli.report.reading import values
from hsf_cli.report.reading.figuring import as_row, is_label
from hsf_cli.report.reading.labels import Entry, letters
from hsf_cli.report.reading.lines import Line
from hsf_cli.report.reading.placing import Placing, is_lone

# What our own documents say above the first section.
_OUR_OWN = re.compile(
    r".* · (?:19|20)\d\d"
    r"|(?:Tallene er (?:talt|lest inn fra) |Rapporten (?:ble låst |er ikke låst:)"
    r"|Dokumentet er skrevet ).*"
)
_ENDS = (".", "!", "?", ":")
_WRAPPED = 60  # a line as long as this goes on in the next one, unless it ends a sentence
_PARTED = re.compile(r"(?<=\w)- (?=[a-zæøå])(?!og |eller )")
_TOTAL = "Totalt:"


def leftovers(placing: Placing) -> Iterator[tuple[int, str]]:
    """The lines of the chapter that are no part of the form, with their place.

    A sentence that was wrapped is one line again.
    """
    sentence: list[int] = []
    for place in _unplaced(placing):
        if sentence and not _goes_on(placing, sentence[-1], place):
            yield sentence[0], _joined([placing.lines[line] for line in sentence])
            sentence = []
        sentence.append(place)
    if sentence:
        yield sentence[0], _joined([placing.lines[line] for line in sentence])


def not_found(placing: Placing) -> Iterator[str]:
    """The form's rows that the document has none of; a table or a section as one."""
    entries = placing.entries
    sections = {entries[place].number for place in placing.pieces if entries[place].row}
    tables = {entries[place].table for place in placing.pieces if entries[place].row}
    told = set()
    for place, entry in enumerate(entries):
        if not entry.row or place in placing.pieces:
            continue
        assert entry.section is not None
        if entry.number not in sections:
            what = entry.section.title
        elif entry.table not in tables and entry.heading not in ("", _TOTAL):
            what = entry.heading.rstrip(":")
        else:
            what = entry.text.replace(YEAR_MARK, "…") + _where(placing, entry, place)
        line = f"Fant ikke: {entry.section.number} {what}"
        if line not in told:
            yield line
        told.add(line)


def _where(placing: Placing, entry: Entry, place: int) -> str:
    """Where in the section a row is, if its label is there more than once."""
    alike = [
        other
        for other in placing.entries
        if other.row and other.number == entry.number and other.text == entry.text
    ]
    if len(alike) == 1:
        return ""
    if len({other.table for other in alike}) == len(alike):
        return f" (under «{entry.heading.rstrip(':')}»)" if entry.heading else ""
    texts = Counter(other.text for other in placing.entries if other.table == entry.table)
    above = (placing.entries[before] for before in range(place, -1, -1))
    group = next((other.text for other in above if texts[other.text] == 1), entry.heading)
    return f" (under «{group}»)"


def _unplaced(placing: Placing) -> Iterator[int]:
    for place in range(placing.first, placing.beyond):
        if place not in placing.taken and not _says_nothing(placing, place):
            yield place


def _says_nothing(placing: Placing, place: int) -> bool:
    """Whether a line is a heading once more, a page number, or a rule."""
    line = placing.lines[place]
    if place in placing.pages or _OUR_OWN.fullmatch(line.whole):
        return True
    words = values.without_column(line.whole)
    if not any(letters(words)) or (words != line.whole and _is_heading(placing, words)):
        return True
    return line.text.isdecimal() and not line.figure and not _in_company(placing, place)


def _is_heading(placing: Placing, words: str) -> bool:
    """Whether words are a title or a heading of the form."""
    ours = "".join(letters(words))
    titles = (entry.text for entry in placing.entries if entry.kind != "row")
    return any(ours == "".join(letters(title)) for title in titles)


def _in_company(placing: Placing, place: int) -> bool:
    """Whether a lone number has another beside it, or a label of nobody's form above it."""
    above = place - 1
    if (
        above >= placing.first
        and above not in placing.taken
        and is_label(placing.lines[above].text)
    ):
        return True
    beside = (place - 1, place + 1)
    return any(
        placing.first <= other < placing.beyond
        and other not in placing.taken
        and is_lone(placing.lines[other])
        for other in beside
    )


def _goes_on(placing: Placing, last: int, place: int) -> bool:
    """Whether a line goes on with what the line before it said."""
    before, line = placing.lines[last], placing.lines[place]
    if not placing.taken.isdisjoint(range(last + 1, place)):
        return False
    unended = not before.text.endswith(_ENDS)
    if is_lone(line):
        return is_lone(before) or (unended and not before.figure)
    if line.figure is not None or before.figure is not None or line.level or before.level:
        return False
    if is_lone(before) or as_row(before) or values.without_column(before.text) != before.text:
        return False
    wrapped = line.text[:1].islower() or len(before.text) >= _WRAPPED
    return not line.apart or (unended and wrapped)


def _joined(lines: list[Line]) -> str:
    """The lines as one; a word that was parted at a hyphen has no space in it."""
    return _PARTED.sub("-", " ".join(line.whole for line in lines))
