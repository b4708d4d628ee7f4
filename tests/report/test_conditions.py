"""What rows ask of a record, held against each other."""

import pytest

from hsf_cli.report.conditions import AnyOf, Between, Condition, OneOf, is_within, overlap


@pytest.mark.parametrize(
    ("one", "other", "within", "overlapping"),
    [
        (Between(18, 24), Between(18, None), True, True),
        (Between(18, None), Between(18, 24), False, True),
        (Between(None, 24), Between(None, 30), True, True),
        (Between(None, 24), Between(25, None), False, False),
        (Between(None, 25), Between(25, None), False, True),
        (OneOf(frozenset({"a"})), OneOf(frozenset({"a", "b"})), True, True),
        (OneOf(frozenset({"a", "b"})), OneOf(frozenset({"b", "c"})), False, True),
        (OneOf(frozenset({"a"})), OneOf(frozenset({"b"})), False, False),
    ],
)
def test_one_condition_may_lie_within_another(
    one: Condition, other: Condition, within: bool, overlapping: bool
) -> None:
    assert is_within(one, other) is within
    assert overlap(one, other) is overlap(other, one) is overlapping


@pytest.mark.parametrize(
    ("condition", "met"),
    [
        (Between(2, 3), [2, 3]),
        (Between(None, 2), [0, 1, 2]),
        (Between(2, None), [2, 3, 4]),
        (OneOf(frozenset({0, 4})), [0, 4]),
    ],
)
def test_a_bound_is_met_itself_an_open_one_by_all_and_a_blank_meets_none(
    condition: Condition, met: list[int]
) -> None:
    assert [value for value in (None, 0, 1, 2, 3, 4) if condition.met_by(value)] == met


def test_one_of_several_codes_is_enough() -> None:
    asked = AnyOf(frozenset({"nav", "ppt"}))
    codes = ("[]", '["nav"]', '["politi", "ppt"]', '["politi"]')
    assert [asked.met_by(one) for one in codes] == [False, True, True, False]


def test_conditions_of_two_kinds_do_not_lie_within_each_other() -> None:
    kinds = (Between(1, 2), OneOf(frozenset({"a"})), AnyOf(frozenset({"a"})))
    assert [(one, other) for one in kinds for other in kinds if is_within(one, other)] == [
        (one, one) for one in kinds
    ]
