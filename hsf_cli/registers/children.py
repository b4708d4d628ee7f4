"""Children that are told of twice: which of them are one child, and what is known of it then."""

from collections.abc import Mapping, Sequence
from typing import Any

from hsf_cli.change import Change
from hsf_cli.likeness import born_alike
from hsf_cli.spelling import folded
from hsf_cli.store import Row, Store

Child = Row | Mapping[str, Any]


def of_family(store: Store, family: int) -> list[Row]:
    """A family's children, in the order they were kept."""
    return store.rows("SELECT * FROM child WHERE family_id = :family ORDER BY id", family=family)


def kept(store: Store, change: Change, family: int, told: Sequence[Mapping[str, Any]]) -> int:
    """Adds the children that are told of, or completes those that the family has already.

    Gives how many it had.
    """
    known = recognised(of_family(store, family), told)
    for child, one in zip(told, known, strict=True):
        if one is None:
            change.insert("child", family_id=family, **child)
            continue
        after = completed(one, child)
        if any(one[name] != value for name, value in after.items()):
            change.update("child", one["id"], **after)
    return sum(one is not None for one in known)


def recognised(known: Sequence[Row], told: Sequence[Child]) -> list[Row | None]:
    """For each child told of, the one of the known that it is; None where it is another.

    The two are born alike, and have the same name where both have one. Nobody is two children:
    those with a name are found first, those whose name both have before all others.
    """
    left = list(known)
    found: list[Row | None] = [None] * len(told)
    places = sorted(range(len(told)), key=lambda place: not told[place]["name"])
    for same in (_of_one_name, _one_unnamed):
        for place in places:
            if found[place] is None:
                found[place] = next((one for one in left if same(one, told[place])), None)
                left = [one for one in left if one is not found[place]]
    return found


def completed(known: Child, told: Child) -> dict[str, Any]:
    """What is known of a child that is told of again: the day before the year, the last word."""
    needs = told["special_needs"]
    return {
        "name": known["name"] or told["name"],
        "born": max(known["born"], told["born"], key=len),
        "special_needs": known["special_needs"] if needs is None else needs,
    }


def _of_one_name(one: Child, other: Child) -> bool:
    named = one["name"] and other["name"]
    return bool(named) and folded(one["name"]) == folded(other["name"]) and _alike(one, other)


def _one_unnamed(one: Child, other: Child) -> bool:
    return not (one["name"] and other["name"]) and _alike(one, other)


def _alike(one: Child, other: Child) -> bool:
    return born_alike(one["born"], other["born"])
