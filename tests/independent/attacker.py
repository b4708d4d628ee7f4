"""A reader of a public report who works out what is hidden in it, without anything of hsf.

The reader knows the figures that are shown, rules between figures, and that what is hidden is at
least 1. Rules are plain: weights by key that come to 0 together, or to no more than 0.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import inf

Span = tuple[float, float]


@dataclass(frozen=True)
class Rule:
    """What the weighted figures come to: 0, or at most 0."""

    weights: Mapping[str, int]
    exactly: bool


def total(whole: str, parts: Iterable[str]) -> Rule:
    """The parts are the whole."""
    return Rule({**dict.fromkeys(parts, 1), whole: -1}, True)


def no_more(less: Iterable[str], more: Iterable[str]) -> Rule:
    """The first together are no more than the others together."""
    return Rule({**dict.fromkeys(less, 1), **dict.fromkeys(more, -1)}, False)


def spans(figures: Mapping[str, int | None], rules: Sequence[Rule]) -> dict[str, Span] | None:
    """Between what each figure must lie, as far as rules taken one at a time tell.

    A hidden figure is None. There is nothing where no figures at all can be behind it.
    """
    start = {
        key: (1.0, inf) if figure is None else (float(figure), float(figure))
        for key, figure in figures.items()
    }
    return narrowed(start, rules)


def narrowed(
    given: Mapping[str, Span], rules: Sequence[Rule], new: str = ""
) -> dict[str, Span] | None:
    """The spans as narrow as each rule makes them, over and over until none does more.

    Where one of them alone is new, all rules have made the others as narrow as they could.
    """
    found = dict(given)
    left = {n: rule for n, rule in enumerate(rules) if not new or new in rule.weights}
    while left:
        _, rule = left.popitem()
        # weight * figure <= most, and for a rule that is exact also >= least
        ends = {key: _ends(weight, found[key]) for key, weight in rule.weights.items()}
        below = _sums_of_others([least for least, _ in ends.values()])
        above = _sums_of_others([most for _, most in ends.values()])
        changed = set()
        for (key, weight), low, high in zip(rule.weights.items(), below, above, strict=True):
            span = _ends(1 / weight, (-high if rule.exactly else -inf, -low))
            both = max(found[key][0], span[0]), min(found[key][1], span[1])
            if both[0] > both[1]:
                return None
            if both != found[key]:
                found[key] = both
                changed.add(key)
        if changed:
            left |= {n: one for n, one in enumerate(rules) if changed & one.weights.keys()}
    return found


def _ends(weight: float, span: Span) -> Span:
    """The span of a figure times that weight."""
    return (
        (weight * span[0], weight * span[1]) if weight > 0 else (weight * span[1], weight * span[0])
    )


def _sums_of_others(numbers: Sequence[float]) -> list[float]:
    """For each the sum of all the others, of which some may be infinite, all the same way."""
    finite = sum(number for number in numbers if abs(number) < inf)
    infinite = [number for number in numbers if abs(number) == inf]
    return [
        infinite[0]
        if len(infinite) > (abs(number) == inf)
        else finite - (0 if abs(number) == inf else number)
        for number in numbers
    ]


def known(figures: Mapping[str, int | None], rules: Sequence[Rule]) -> set[str]:
    """The hidden figures of which only one number is left."""
    found = spans(figures, rules)
    assert found is not None, "the rules do not hold for the true figures"
    hidden = [key for key, figure in figures.items() if figure is None]
    return {key for key in hidden if found[key][0] == found[key][1]}


def can_be(
    figures: Mapping[str, int | None], rules: Sequence[Rule], key: str, low: int, high: int
) -> bool:
    """Whether there are figures with that one in that span for which all rules hold: all tried.

    Nothing above the largest that is shown plus twenty is tried; the systems here need none. Rules
    that no hidden figure connects with that one hold with the true figures as they are.
    """
    top = 20.0 + max((figure for figure in figures.values() if figure is not None), default=0)
    rules = _connected(figures, rules, key)
    start = {
        one: (1.0, top) if figure is None else (float(figure), float(figure))
        for one, figure in figures.items()
    }
    there = {one for rule in rules for one in rule.weights} | {key}
    near = {one: start[one] for one in there}
    return _any({**near, key: (float(low), float(min(high, top)))}, rules)


def _connected(
    figures: Mapping[str, int | None], rules: Sequence[Rule], key: str
) -> Sequence[Rule]:
    reached, found, left = {key}, list[Rule](), rules
    while new := [rule for rule in left if not reached.isdisjoint(rule.weights)]:
        found += new
        left = [rule for rule in left if reached.isdisjoint(rule.weights)]
        reached |= {one for rule in new for one in rule.weights if figures[one] is None}
    return found


def certain(figures: Mapping[str, int | None], rules: Sequence[Rule], key: str, true: int) -> bool:
    """Whether the figure can be nothing but what it is."""
    lower = can_be(figures, rules, key, 1, true - 1)
    return not lower and not can_be(figures, rules, key, true + 1, true + 20)


def _any(given: Mapping[str, Span], rules: Sequence[Rule], new: str = "") -> bool:
    if any(low > high for low, high in given.values()):
        return False
    found = narrowed(given, rules, new)
    if found is None:
        return False
    wide = [key for key, (low, high) in found.items() if low < high]
    if not wide:
        return True
    key = min(wide, key=lambda one: found[one][1] - found[one][0])
    low, high = found[key]
    return any(_any({**found, key: span}, rules, key) for span in ((low, low), (low + 1, high)))
