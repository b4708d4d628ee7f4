"""What a row asks of a record's attributes."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol

from hsf_cli.store import Row


class Condition(Protocol):
    """Something that an attribute's value meets or does not. A blank meets none."""

    def met_by(self, value: Any) -> bool:
        """Whether a record with this value in the attribute is counted."""


@dataclass(frozen=True)
class OneOf:
    """The value is one of these."""

    values: frozenset[Any]

    def met_by(self, value: Any) -> bool:
        return value in self.values


@dataclass(frozen=True)
class AnyOf:
    """At least one of the record's codes is one of these."""

    codes: frozenset[str]

    def met_by(self, value: Any) -> bool:
        return not self.codes.isdisjoint(_codes(value))


@dataclass(frozen=True)
class Between:
    """The number is within these bounds, both included; an open bound is None."""

    lowest: int | None
    highest: int | None

    def met_by(self, value: Any) -> bool:
        return (
            value is not None
            and (self.lowest is None or value >= self.lowest)
            and (self.highest is None or value <= self.highest)
        )


def meeting(conditions: Mapping[str, Condition], records: Sequence[Row]) -> Sequence[Row]:
    """The records that meet every condition, in their order."""
    left = records
    for name, condition in conditions.items():
        met_by = condition.met_by
        left = [record for record in left if met_by(record[name])]
    return left


@cache
def _codes(array: str) -> frozenset[str]:
    """The codes in a JSON array: records share few different ones."""
    return frozenset(json.loads(array))
