"""What must hold between a form's counts: what its rows' own conditions imply, and what it says.

A row that asks for all that another asks for, and more, counts no more than that one. Rows that
exclude each other, within a third, count no more than that one together. Rows that share out a
row's codes count no fewer together than it.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, permutations
from typing import Any

from hsf_cli.report.conditions import Condition, are_within, codes, exclude, is_within
from hsf_cli.report.form import Form, FormRow
from hsf_cli.report.small_numbers import AtMost, Sum

# Stands after the key of the first row that splits another: the count of what they leave out.
LEFT_OUT = " left out"


def sums(form: Form) -> list[Sum]:
    """The splits, with what they leave out as one more part, and the sums that the form states."""
    counts = _counts(form)
    said = [
        Sum(relation.figure, relation.others)
        for relation in form.relations
        if relation.stand == "equals" and counts.keys() >= {relation.figure, *relation.others}
    ]
    return [*_splits(form), *said]


def at_most(form: Form) -> list[AtMost]:
    """What follows from the conditions, and the bounds that the form states within the year."""
    counts = _counts(form)
    said = [
        AtMost((relation.figure, *relation.also), relation.others)
        for relation in form.relations
        if relation.stand == "at_most"
        and counts.keys() >= {relation.figure, *relation.also, *relation.others}
    ]
    alike: dict[object, list[FormRow]] = {}
    for row in counts.values():
        alike.setdefault((row.population, row.measure), []).append(row)
    of_conditions = [bound for rows in alike.values() for bound in _bounds(rows)]
    of_splits = _between_splits(counts, list(_splits(form)))
    split = {(part, one.whole) for one in _splits(form) for part in one.parts}
    return [
        bound
        for bound in dict.fromkeys([*of_conditions, *of_splits, *said])
        # a split says it already, and more
        if not all((key, bound.more[0]) in split for key in bound.less) or len(bound.more) > 1
    ]


def _counts(form: Form) -> Mapping[str, FormRow]:
    return {row.key: row for row in form.rows if row.unit == "antall"}


def _splits(form: Form) -> Iterator[Sum]:
    counts = _counts(form)
    for table in (table for section in form.sections for table in section.tables):
        parts: dict[str, list[str]] = {}
        for row in table.rows:
            whole = counts.get(row.part_of)
            if whole and row.key in counts and row.measure == whole.measure:
                parts.setdefault(whole.key, []).append(row.key)
        for key, keys in parts.items():
            # what is left out is counted, whatever the rows add up
            left_out = () if counts[key].measure.sum else (keys[0] + LEFT_OUT,)
            yield Sum(key, (*keys, *left_out))


def _between_splits(counts: Mapping[str, FormRow], splits: Sequence[Sum]) -> Iterator[AtMost]:
    """What a split leaves out is left out of another that splits more, by the same."""
    for one, other in permutations(splits, 2):
        whole, parts = counts[one.whole], [counts[key] for key in one.parts if key in counts]
        others = [counts[key] for key in other.parts if key in counts]
        if (
            len(one.parts) > len(parts)
            and len(other.parts) > len(others)
            and whole.population == counts[other.whole].population
            and _is_within(whole, counts[other.whole])
            and all(any(_meet_in(part, whole, own) for own in parts) for part in others)
        ):
            yield AtMost((one.parts[-1],), (other.parts[-1],))


def _meet_in(one: FormRow, other: FormRow, third: FormRow) -> bool:
    """Whether every record that the two count is one that the third counts."""
    return all(
        any(
            name in row.conditions and is_within(row.conditions[name], condition)
            for row in (one, other)
        )
        for name, condition in third.conditions.items()
    )


def _bounds(rows: Sequence[FormRow]) -> Iterator[AtMost]:
    """What the conditions of rows that count alike imply."""
    for whole in rows:
        within = [row for row in rows if row is not whole and _is_within(row, whole)]
        for group in _excluding(within):
            yield AtMost(tuple(row.key for row in group), (whole.key,))
        for group in _sharing_out(whole, within):
            yield AtMost((whole.key,), tuple(row.key for row in group))
        for one, other, both in _crossing(within):
            yield AtMost((one.key, other.key), (whole.key, both.key))


def _excluding(rows: Sequence[FormRow]) -> Iterator[list[FormRow]]:
    """Groups of rows that all exclude each other: every two that do, and every row, in one.

    A row inside another is left out where the other excludes all that it does.
    """
    apart = {
        row.key: {other.key for other in rows if _exclude(row.conditions, other.conditions)}
        for row in rows
    }
    outer = [row for row in rows if not any(_stands_for(other, row, rows, apart) for other in rows)]
    together: set[frozenset[str]] = set()
    for row in outer:
        excluded = [other for other in outer if other.key in apart[row.key]]
        for begun in [[row, other] for other in excluded] or [[row]]:
            if frozenset(one.key for one in begun) in together:
                continue
            group = begun
            for more in outer:
                if all(more.key in apart[one.key] for one in group):
                    group.append(more)
            together.update(frozenset((one.key, two.key)) for one, two in combinations(group, 2))
            yield group


def _stands_for(
    outer: FormRow, inner: FormRow, rows: Sequence[FormRow], apart: Mapping[str, set[str]]
) -> bool:
    """Whether what holds with the outer row in a group says more than with the inner one."""
    if outer is inner or not _is_within(inner, outer) or _is_within(outer, inner):
        return False
    return all(
        row.key in apart[outer.key] or _is_within(row, outer)
        for row in rows
        if row.key in apart[inner.key]
    )


def _sharing_out(whole: FormRow, within: Sequence[FormRow]) -> Iterator[list[FormRow]]:
    """The rows that have the whole's codes of an attribute between them, and ask the same else."""
    for name, condition in whole.conditions.items():
        rest = _without(whole.conditions, name)
        group = [
            row
            for row in within
            if name in row.conditions and _without(row.conditions, name) == rest
        ]
        shared = frozenset[Any]().union(*(codes(row.conditions[name]) for row in group))
        if shared and codes(condition) <= shared:
            yield group


def _crossing(rows: Sequence[FormRow]) -> Iterator[tuple[FormRow, FormRow, FormRow]]:
    """Two rows, and the one that counts what both do: in all they cannot be more than the whole."""
    for both in rows:
        around = [row for row in rows if row is not both and _is_within(both, row)]
        for one, other in combinations(around, 2):
            if {**one.conditions, **other.conditions} == both.conditions:
                yield one, other, both


def _is_within(row: FormRow, other: FormRow) -> bool:
    """Whether every record that the row counts is one that the other counts."""
    return are_within(row.conditions, other.conditions)


def _without(conditions: Mapping[str, Condition], name: str) -> Mapping[str, Condition]:
    return {other: condition for other, condition in conditions.items() if other != name}


def _exclude(some: Mapping[str, Condition], others: Mapping[str, Condition]) -> bool:
    """Whether no record can meet both."""
    return any(exclude(some[name], others[name]) for name in some.keys() & others.keys())
