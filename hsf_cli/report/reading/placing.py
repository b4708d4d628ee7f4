"""A form laid on a document: which lines are which of its pieces."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from hsf_cli.report.reading import values
from hsf_cli.report.reading.aligning import aligned
from hsf_cli.report.reading.chapter import chapter_end, without_contents
from hsf_cli.report.reading.finding import ROW, Found, found_at
from hsf_cli.report.reading.labels import Entry, Labels
from hsf_cli.report.reading.lines import Line
from hsf_cli.report.reading.nearly import likeness

# Where spelling is looked past: no more than this is joined to one label, and looked through
# between two pieces that were found.
_MOST_JOINED = 6
_LONGEST_GAP = 200


@dataclass(frozen=True)
class Fit:
    """How a form fits a document to the letter."""

    labels: Labels
    # Everything that may be meant, and what is.
    possible: Sequence[Found]
    meant: Sequence[Found]

    @property
    def weight(self) -> float:
        """How much speaks for it."""
        return sum(piece.weight for piece in self.meant)

    @property
    def rows(self) -> int:
        """How many of its rows were found."""
        return sum(self.labels.entries[piece.entry].kind == "row" for piece in self.meant)


def fitted(lines: Sequence[Line], labels: Labels) -> Fit:
    """The form where its words stand in the document, in its own order."""
    possible = [piece for place in range(len(lines)) for piece in found_at(lines, place, labels)]
    meant = without_contents(aligned(possible, labels.entries), labels)
    meant += _moved_sections(possible, meant, labels)
    return Fit(labels, possible, sorted(meant, key=lambda piece: piece.first))


def _moved_sections(
    possible: Sequence[Found], meant: Sequence[Found], labels: Labels
) -> Iterator[Found]:
    """The pieces of whole sections that stand elsewhere than in the form, under their titles."""
    placed = {piece.entry for piece in meant}
    taken = {line for piece in meant for line in range(piece.first, piece.last + 1)}
    start = meant[0].first if meant else 0
    left = (
        piece
        for piece in possible
        if piece.first > start
        and piece.entry not in placed
        and taken.isdisjoint(range(piece.first, piece.last + 1))
    )
    title: Found | None = None
    for piece in aligned(left, labels.entries):
        entry = labels.entries[piece.entry]
        if entry.kind == "section":
            title = piece
        elif title is None or labels.entries[title.entry].number != entry.number:
            continue
        if taken.isdisjoint(range(title.first, piece.first)):
            yield piece


class Placing:
    """The pieces of a form in a document, by their place in the form.

    Those that fit to the letter in the form's order come first; then rows that stand elsewhere in
    their table, and those that are spelled a little differently.
    """

    def __init__(self, lines: Sequence[Line], fit: Fit) -> None:
        self.lines = lines
        self.labels = fit.labels
        self.entries: Sequence[Entry] = fit.labels.entries
        self.possible = fit.possible
        self.pieces: dict[int, Found] = {}
        # The lines that are part of the form.
        self.taken: set[int] = set()
        # Lines that only number the pages.
        self.pages: set[int] = set()
        self.first = fit.meant[0].first
        self.beyond = chapter_end(lines, fit.meant, fit.labels)
        for piece in fit.meant:
            self.place(piece)
        self._place_moved()
        self._place_nearly()

    def place(self, piece: Found) -> None:
        """Lets the lines be that piece."""
        self.pieces[piece.entry] = piece
        self.take(piece)

    def take(self, piece: Found) -> None:
        """Lets the lines belong to the form."""
        self.taken.update(range(piece.first, piece.last + 1))

    def is_free(self, piece: Found) -> bool:
        """Whether none of the lines is part of another piece."""
        return self.taken.isdisjoint(range(piece.first, piece.last + 1))

    def in_order(self) -> list[Found]:
        """The pieces as they stand in the document."""
        return sorted(self.pieces.values(), key=lambda piece: piece.first)

    def table(self, number: int) -> range:
        """The places in the form of a table's rows and its heading."""
        places = [place for place, entry in enumerate(self.entries) if entry.table == number]
        return range(places[0], places[-1] + 1)

    def lines_of(self, table: int) -> range:
        """The lines from the first piece of a table to the next that is of another."""
        places = self.table(table)
        found = [self.pieces[place] for place in places if place in self.pieces]
        if not found:
            return range(0)
        last = max(piece.last for piece in found)
        after = (piece.first for piece in self.pieces.values() if piece.first > last)
        return range(min(piece.first for piece in found), min(after, default=self.beyond))

    def _place_moved(self) -> None:
        """Places rows that stand in their table, but not in the form's order."""
        for piece in self.possible:
            entry = self.entries[piece.entry]
            if entry.row is None or piece.entry in self.pieces or piece.addition:
                continue
            alike = [self.entries[place].text == entry.text for place in self.table(entry.table)]
            lines = self.lines_of(entry.table)
            inside = piece.first in lines and piece.last in lines
            if alike.count(True) == 1 and inside and self.is_free(piece):
                self.place(piece)

    def _place_nearly(self) -> None:
        """Places what is spelled a little differently, between the pieces on either side."""
        before = Found(-1, self.first, self.first - 1, 0)
        after = Found(len(self.entries), self.beyond, self.beyond, 0)
        for one, other in list(pairwise([before, *self._in_form_order(), after])):
            places = range(one.entry + 1, other.entry)
            lines = range(one.last + 1, min(other.first, one.last + 1 + _LONGEST_GAP))
            if places and lines:
                for piece in aligned(self._nearly(places, lines), self.entries):
                    self.place(piece)

    def _in_form_order(self) -> list[Found]:
        """The pieces whose order is the form's; those that were moved stand aside."""
        ordered: list[Found] = []
        for _, piece in sorted(self.pieces.items()):
            if not ordered or piece.first > ordered[-1].last:
                ordered.append(piece)
        return ordered

    def _nearly(self, places: range, lines: range) -> Iterator[Found]:
        others = frozenset(entry.text for entry in self.entries)
        missing = [
            place
            for place in places
            if place not in self.pieces and self.entries[place].kind in ("heading", "row")
        ]
        for first in lines if missing else ():
            for last, words, figure in self._joined(first, lines.stop):
                for place in missing:
                    if self.entries[place].kind == "heading" and figure:
                        continue
                    like = likeness(words, self.entries[place].text, others)
                    if like:
                        yield Found(place, first, last, ROW * like, figure)

    def _joined(self, first: int, stop: int) -> Iterator[tuple[int, str, str]]:
        """The lines from that one as a label, with or without a figure at their end."""
        text = ""
        for place in range(first, min(stop, first + _MOST_JOINED)):
            line = self.lines[place]
            if place in self.taken or is_lone(line) or (line.apart and text):
                return
            text = f"{text} {line.text}".strip()
            yield place, text, line.figure or ""
            if line.figure is None:
                for words, figure in values.without_figure(text):
                    yield place, words, figure


def is_lone(line: Line) -> bool:
    """Whether a line is a figure, or a dash for one, and nothing else."""
    return not line.figure and (values.is_figure(line.text) or values.is_blank(line.text))
