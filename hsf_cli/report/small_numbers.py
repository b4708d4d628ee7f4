"""Which counts must be hidden so that no small one can be worked out from what is shown.

A count below the threshold, and above 0, is small, and is hidden. Whatever else would give it away
is hidden too, at the least loss.

What the reader is taken to know: every count that is shown; the sums and the inequalities between
counts; that a hidden count is not 0, for a 0 is always shown; and the threshold. What the reader
does not know is which of the hidden counts are small.

What is promised: to every hidden count there is an alternative in hand, another way to fill in
the whole form, in which that count is another number and everything the reader knows holds. For a
small count the other number is small as well, so that a reader who guesses rightly that it is
small still cannot tell a 1 from a 2. Where no form at all has such a number (a total of 2 over two
rows that are not 0 can only be 2), the other number may be larger. With a threshold of 2 only ones
are small, and a reader who guesses that a count is small knows it.

What is not promised: anything against a reader who knows some of those who are counted, who lays
another year's report or another edition's beside this one, or who works out, alternative by
alternative, what this program would have hidden in each.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count

# How far one count's alternatives are searched for before everything it hangs together with is
# hidden. Forms need some tens; this is what makes the search end in any form that can be written.
PATIENCE = 5_000

# The counts that become others in an alternative, and by how much.
Changes = Mapping[str, int]
# What it costs to hide counts: how many that are to be spared, how many totals, how many others,
# and how much they come to.
Cost = tuple[int, int, int, int]


@dataclass(frozen=True)
class Sum:
    """The whole is the sum of its parts."""

    whole: str
    parts: tuple[str, ...]


@dataclass(frozen=True)
class AtMost:
    """Those of `less` come to no more together than those of `more`."""

    less: tuple[str, ...]
    more: tuple[str, ...]


def hidden(
    values: Mapping[str, int],
    sums: Sequence[Sum],
    at_most: Sequence[AtMost],
    threshold: int,
    spared: Collection[str] = (),
) -> frozenset[str]:
    """The keys of the counts to hide, the small ones and those that would give them away.

    Those that are `spared` are never small, and hidden only where nothing else is enough. A key
    without a value is taken for 0, as a blank cell is. A sum that the values do not come to is
    taken to be off by as much as it is.
    """
    return _Hiding(values, sums, at_most, threshold, spared).hidden()


@dataclass(frozen=True)
class _Bond:
    """What holds counts together: their weighted changes come to 0, or to no more than the slack.

    Only counts that are not 0 are in it: the others are shown, and never change.
    """

    weights: Mapping[str, int]
    slack: int | None

    def excess(self, changes: Changes) -> int:
        """How much too far the changes go; 0 where it holds."""
        change = sum(weight * changes.get(key, 0) for key, weight in self.weights.items())
        if self.slack is None:
            return change
        return max(0, change - self.slack)


class _Hiding:
    def __init__(
        self,
        values: Mapping[str, int],
        sums: Sequence[Sum],
        at_most: Sequence[AtMost],
        threshold: int,
        spared: Collection[str],
    ) -> None:
        self._values = values
        self._threshold = threshold
        self._spared = frozenset(spared)
        self._totals = {one.whole for one in sums}
        self._bonds_on: dict[str, list[_Bond]] = {key: [] for key in values}
        for bond in self._bonds(sums, at_most):
            for key in bond.weights:
                self._bonds_on[key].append(bond)
        self._small = [key for key, value in values.items() if self._is_small(key, value)]
        self._hidden = set(self._small)

    def hidden(self) -> frozenset[str]:
        """One small count after the other gets its alternative, and what it takes is hidden.

        An alternative stays one when more is hidden, so none is looked at twice; and what is
        hidden for it has it as its own.
        """
        safe: set[str] = set()
        for key in self._small:
            if key in safe:
                continue
            changes = self._alternative(key)
            self._hidden.update(changes)
            safe.update(
                other
                for other, change in changes.items()
                if other == key
                or other not in self._small
                or self._is_small(other, self._values[other] + change)
            )
        return frozenset(self._hidden)

    def _is_small(self, key: str, value: int) -> bool:
        return key not in self._spared and 0 < value < self._threshold

    def _bonds(self, sums: Sequence[Sum], at_most: Sequence[AtMost]) -> Iterator[_Bond]:
        for one in sums:
            yield _Bond(self._weights(one.parts, [one.whole]), None)
        for bound in at_most:
            room = self._together(bound.more) - self._together(bound.less)
            yield _Bond(self._weights(bound.less, bound.more), max(0, room))

    def _weights(self, up: Sequence[str], down: Sequence[str]) -> Mapping[str, int]:
        weights = {key: 0 for key in (*up, *down) if self._values.get(key)}
        for keys, sign in ((up, 1), (down, -1)):
            for key in keys:
                if key in weights:
                    weights[key] += sign
        return {key: weight for key, weight in weights.items() if weight}

    def _together(self, keys: Sequence[str]) -> int:
        return sum(self._values.get(key, 0) for key in keys)

    def _alternative(self, key: str) -> Changes:
        """The changes of the alternative to that count which costs least to hide for."""
        value = self._values[key]
        steps = [step for step in (1, -1) if value + step > 0]
        small = [step for step in steps if self._is_small(key, value + step)]
        return (
            self._cheapest(key, small)
            or self._cheapest(key, steps)
            # whatever holds between counts holds between their doubles
            or {other: self._values[other] for other in self._bound_to(key)}
        )

    def _cheapest(self, key: str, steps: Sequence[int]) -> Changes | None:
        """The cheapest changes that begin with one of these steps; None where none was found.

        A change that breaks a bond is mended by changing one more count in it, whichever costs
        least to hide first, until every bond holds.
        """
        order = count()  # of two that cost the same, the first
        begun: list[dict[str, int]] = [{key: step} for step in steps]
        waiting = [(self._cost(changes), len(changes), next(order), changes) for changes in begun]
        seen: set[frozenset[tuple[str, int]]] = set()
        while waiting and len(seen) < PATIENCE:
            *_, changes = heappop(waiting)
            same = frozenset(changes.items())
            if same in seen:
                continue
            seen.add(same)
            mending = self._mending(changes)
            if mending is None:
                return changes
            for other, change in mending:
                more = {**changes, other: change}
                heappush(waiting, (self._cost(more), len(more), next(order), more))
        return None

    def _mending(self, changes: Changes) -> list[tuple[str, int]] | None:
        """What can mend the broken bond that has the fewest ways; None where no bond is broken."""
        fewest = None
        for key in changes:
            for bond in self._bonds_on[key]:
                if excess := bond.excess(changes):
                    ways = list(self._ways(bond, excess, changes))
                    if fewest is None or len(ways) < len(fewest):
                        fewest = ways
                    if not fewest:
                        return []
        return fewest

    def _ways(self, bond: _Bond, excess: int, changes: Changes) -> Iterator[tuple[str, int]]:
        """The counts in the bond that are as they were, and what mends it if one is changed."""
        for key, weight in bond.weights.items():
            change = -excess * weight
            if key not in changes and abs(weight) == 1 and self._values[key] + change > 0:
                yield key, change

    def _cost(self, changes: Changes) -> Cost:
        new = [key for key in changes if key not in self._hidden]
        spared = sum(key in self._spared for key in new)
        totals = sum(key in self._totals for key in new)
        return spared, totals, len(new) - spared - totals, self._together(new)

    def _bound_to(self, key: str) -> set[str]:
        """The counts that hang together with that one, through any number of bonds."""
        found, reached = {key}, [key]
        while reached:
            for bond in self._bonds_on[reached.pop()]:
                new = bond.weights.keys() - found
                found |= new
                reached.extend(new)
        return found
