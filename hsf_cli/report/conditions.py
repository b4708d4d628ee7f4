"""What a row asks of a record's attributes, and how what two rows ask stands to one another."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import inf
from typing import Any, Protocol


class Condition(Protocol):
    """Something that an attribute's value meets or does not. A blank meets none."""

    def met_by(self, value: Any) -> bool:
        """Whether a record with this value in the attribute is counted."""


@dataclass(frozen=True)
class OneOf:
    """The value is one of these."""

    values: frozenset[Any]

    def met_by(self, value: Any) -> bool:
        """Whether it is one of them."""
        return value in self.values


@dataclass(frozen=True)
class AnyOf:
    """At least one of the record's codes is one of these."""

    codes: frozenset[str]

    def met_by(self, value: Any) -> bool:
        """Whether it is an array (JSON) with one of them in it."""
        return not self.codes.isdisjoint(_read(value))


@dataclass(frozen=True)
class Between:
    """The number is within these bounds, both included; an open bound is None."""

    lowest: int | None
    highest: int | None

    def met_by(self, value: Any) -> bool:
        """Whether it is within them; a blank is not."""
        return (
            value is not None
            and (self.lowest is None or value >= self.lowest)
            and (self.highest is None or value <= self.highest)
        )

    @property
    def bounds(self) -> tuple[float, float]:
        """The bounds, infinite where they are open."""
        return (
            -inf if self.lowest is None else self.lowest,
            inf if self.highest is None else self.highest,
        )


def codes(condition: Condition) -> frozenset[Any]:
    """The codes that a condition asks for; a number has none."""
    match condition:
        case OneOf():
            return condition.values
        case AnyOf():
            return condition.codes
    return frozenset()


def is_within(one: Condition, other: Condition) -> bool:
    """Whether every value that meets the one meets the other."""
    match one, other:
        case Between(bounds=(lowest, highest)), Between(bounds=(least, most)):
            return lowest >= least and highest <= most
        case (OneOf(), OneOf()) | (AnyOf(), AnyOf()):
            return codes(one) <= codes(other)
    return False


def overlap(one: Condition, other: Condition) -> bool:
    """Whether they ask for something that is the same."""
    match one, other:
        case Between(bounds=(lowest, highest)), Between(bounds=(least, most)):
            return lowest <= most and highest >= least
    return not codes(one).isdisjoint(codes(other))


def exclude(one: Condition, other: Condition) -> bool:
    """Whether no value meets both: of several codes, some may meet the one and some the other."""
    match one, other:
        case (Between(), Between()) | (OneOf(), OneOf()):
            return not overlap(one, other)
    return False


def are_within(some: Mapping[str, Condition], others: Mapping[str, Condition]) -> bool:
    """Whether every record that meets the ones meets the others too."""
    return some.keys() >= others.keys() and all(
        is_within(some[name], condition) for name, condition in others.items()
    )


@cache
def _read(array: str) -> frozenset[str]:
    """The codes in a JSON array: records share few different ones."""
    return frozenset(json.loads(array))
