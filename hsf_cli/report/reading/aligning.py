"""Which of all that may be meant is meant: the form's pieces come in the form's order."""

from collections.abc import Iterable, Sequence

from hsf_cli.report.reading.finding import Found
from hsf_cli.report.reading.labels import Entry

# What a line between two pieces takes away, and a piece of the form: of two places the one near
# the others is meant, and a title stands rather above its tables than in the table of contents.
_PER_LINE = 0.001
# What coming after another piece of its group adds: «Annet» ends the table that it stands in.
_SAME_GROUP = 0.2
_NO_CHAIN = (float("-inf"), -1)


def aligned(found: Iterable[Found], entries: Sequence[Entry]) -> list[Found]:
    """The pieces that follow each other in the document as in the form and weigh the most.

    In time that hardly grows faster than their number.
    """
    by_first = sorted(found, key=lambda piece: piece.first)
    by_last = sorted(range(len(by_first)), key=lambda place: by_first[place].last)
    best = _Best(entries)
    scores: list[float] = []
    before: list[int | None] = []
    entered = 0
    for piece in by_first:
        while entered < len(by_last) and by_first[by_last[entered]].last < piece.first:
            earlier = by_last[entered]
            end = by_first[earlier]
            best.enter(end.entry, scores[earlier] + _PER_LINE * end.last, earlier)
            entered += 1
        score, previous = best.before(piece.entry)
        score -= _PER_LINE * piece.first
        worth = score > 0
        scores.append(piece.weight + (score if worth else 0.0))
        before.append(previous if worth else None)
    return _chain(by_first, scores, before)


def _chain(
    found: Sequence[Found], scores: Sequence[float], before: Sequence[int | None]
) -> list[Found]:
    place = max(range(len(found)), key=scores.__getitem__, default=None)
    chain = []
    while place is not None:
        chain.append(found[place])
        place = before[place]
    return chain[::-1]


class _Best:
    """The best chains by the entry they end in: a tree over the beginnings of the form."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._ending = [_NO_CHAIN] * len(entries)
        self._below = [_NO_CHAIN] * (len(entries) + 1)
        self._groups = [entry.group for entry in entries]

    def enter(self, entry: int, score: float, chain: int) -> None:
        """Takes a chain in that ends in that entry."""
        self._ending[entry] = max(self._ending[entry], (score, chain))
        place = entry + 1
        while place < len(self._below):
            self._below[place] = max(self._below[place], (score, chain))
            place += place & -place

    def before(self, entry: int) -> tuple[float, int]:
        """The best chain to go on with that entry."""
        in_group = self._ending[self._groups[entry] : entry]
        score, chain = max(in_group, default=_NO_CHAIN)
        found = (score + _SAME_GROUP, chain)
        place = entry
        while place:
            found = max(found, self._below[place])
            place -= place & -place
        return found
