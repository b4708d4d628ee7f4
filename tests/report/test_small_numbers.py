"""Which counts are hidden: each case with its reason, and a reader who tries to work them out."""

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from hsf_cli.report.small_numbers import AtMost, Sum, hidden
from tests.independent.attacker import Rule, can_be, certain, known, no_more, total

THRESHOLD = 3
GENDERS = Sum("all", ("women", "men", "other"))


def _hidden(
    values: Mapping[str, int],
    *bonds: Sum | AtMost,
    threshold: int = THRESHOLD,
    spared: Sequence[str] = (),
) -> set[str]:
    sums = [bond for bond in bonds if isinstance(bond, Sum)]
    bounds = [bond for bond in bonds if isinstance(bond, AtMost)]
    return set(hidden(values, sums, bounds, threshold, spared))


def test_ones_and_twos_are_hidden_and_0_and_3_are_shown() -> None:
    assert _hidden({"none": 0, "one": 1, "two": 2, "three": 3}) == {"one", "two"}


@pytest.mark.parametrize(
    ("threshold", "small"), [(0, ""), (1, ""), (2, "a"), (3, "ab"), (5, "abcd")]
)
def test_the_threshold_is_the_first_count_that_is_shown(threshold: int, small: str) -> None:
    values = {"z": 0, "a": 1, "b": 2, "c": 3, "d": 4, "e": 5}
    assert _hidden(values, threshold=threshold) == set(small)


def test_the_smallest_other_row_goes_with_the_only_small_one() -> None:
    # otherwise 20 - 12 - 7 is the one
    assert _hidden({"all": 20, "women": 12, "men": 7, "other": 1}, GENDERS) == {"other", "men"}


def test_two_rows_that_are_1_need_a_third_for_their_sum_gives_them_away() -> None:
    # 14 - 12 is 2, and neither can be 0
    assert _hidden({"all": 14, "women": 12, "men": 1, "other": 1}, GENDERS) == {
        "women", "men", "other",
    }  # fmt: skip


def test_a_1_and_a_2_may_as_well_be_a_2_and_a_1() -> None:
    assert _hidden({"all": 15, "women": 12, "men": 1, "other": 2}, GENDERS) == {"men", "other"}


def test_a_row_of_0_hides_nothing_so_the_total_goes() -> None:
    values = {"all": 2, "women": 2, "men": 0, "other": 0}
    assert _hidden(values, GENDERS) == {"all", "women"}
    values = {"all": 9, "women": 1, "men": 0, "other": 8}
    assert _hidden(values, GENDERS) == {"other", "women"}


def test_a_total_is_hidden_with_a_row_of_every_table_that_adds_up_to_it() -> None:
    # 3 over three rows is 1 each, and the total is also the sum of young and old
    ages = Sum("all", ("young", "old"))
    values = {"all": 3, "women": 1, "men": 1, "other": 1, "young": 3, "old": 0}
    assert _hidden(values, GENDERS, ages) == {"all", "women", "men", "other", "young"}


def test_a_split_within_a_split_is_hidden_at_every_level_it_needs() -> None:
    bands = Sum("men", ("men.young", "men.old"))
    values = {"all": 20, "women": 12, "men": 8, "other": 0, "men.young": 8, "men.old": 0}
    assert _hidden(values, GENDERS, bands) == set()
    values |= {"men": 2, "women": 18, "men.young": 2}
    # the men are their only band, and the women are the rest: one of the other two totals goes
    assert _hidden(values, GENDERS, bands) == {"men", "men.young", "women"}


def test_rows_are_hidden_before_a_total() -> None:
    split, within = Sum("all", ("a", "b")), AtMost(("c",), ("b",))
    values = {"all": 31, "a": 1, "b": 30, "c": 30}
    # with the total alone one figure less would be gone
    assert _hidden(values, split, within) == {"a", "b", "c"}


def test_two_that_may_each_be_smaller_need_not_be_able_to_be_larger() -> None:
    # 4 is 2 and 2, or 1 and 3. But of men there are at most 5 - 3, so that the women cannot be 1
    split, bound = Sum("all", ("men", "women")), AtMost(("men", "boys"), ("males",))
    values = {"all": 4, "men": 2, "women": 2, "boys": 3, "males": 5}
    assert _hidden(values, split, bound) == {"men", "women", "boys"}


def test_a_hidden_count_is_never_0_whatever_the_threshold() -> None:
    # with ones alone hidden, 2 is shown; but it is 1 and 1, not 2 and 0
    values = {"all": 2, "women": 1, "men": 1, "other": 0}
    assert _hidden(values, GENDERS, threshold=2) == {"all", "women", "men"}


def test_the_sum_of_all_rows_gives_away_what_is_in_several_at_once() -> None:
    # 5 had help, and the rows that are shown come to 4: the hidden one cannot be 0, nor below 1
    helped = AtMost(("helped",), ("nav", "ppt"))
    within = AtMost(("nav",), ("helped",)), AtMost(("ppt",), ("helped",))
    assert _hidden({"helped": 5, "nav": 4, "ppt": 2}, helped, *within) == {"ppt"}
    # 6 cannot come from 4 and 1: the hidden one is at least 2, so it is 2
    assert _hidden({"helped": 6, "nav": 4, "ppt": 2}, helped, *within) == {"ppt", "nav"}


def test_a_row_that_is_all_of_what_it_is_within_is_hidden_with_it() -> None:
    within = AtMost(("linked",), ("all",))
    assert _hidden({"all": 30, "linked": 1}, within) == {"linked"}
    assert _hidden({"all": 2, "linked": 2}, within) == {"all", "linked"}
    # two that exclude each other, and fill all there is
    both = AtMost(("linked", "waiting"), ("all",))
    assert _hidden({"all": 9, "linked": 8, "waiting": 1}, both) == {"linked", "waiting"}


def test_what_is_spared_is_not_small_and_goes_last() -> None:
    bands = Sum("men", ("young", "old", "unknown"))
    values = {"men": 20, "young": 12, "old": 7, "unknown": 1}
    assert _hidden(values, bands, spared=["unknown"]) == set()
    values = {"men": 17, "young": 12, "old": 1, "unknown": 4}
    assert _hidden(values, bands, spared=["unknown"]) == {"old", "young"}
    # nothing else is left: the one man is the one whose age nobody knows
    values = {"men": 1, "young": 0, "old": 0, "unknown": 1}
    assert _hidden(values, bands, spared=["unknown"]) == {"men", "unknown"}


def test_a_blank_cell_is_taken_for_0() -> None:
    assert _hidden({"all": 20, "women": 19, "men": 1}, GENDERS) == {"men", "women"}
    assert _hidden({"women": 19, "men": 1}, GENDERS) == {"men", "women"}


def test_figures_that_contradict_each_other_are_hidden_all_the_same() -> None:
    """Published forms do: here the rows come to 5, and the total says 9."""
    values = {"all": 9, "women": 4, "men": 1, "other": 0}
    assert _hidden(values, GENDERS) == {"men", "women"}
    assert _hidden({"all": 1, "linked": 5}, AtMost(("linked",), ("all",))) == {"all"}


def test_of_two_that_cost_the_same_the_first_goes_every_time() -> None:
    values = {"all": 13, "women": 6, "men": 6, "other": 1}
    assert {frozenset(_hidden(values, GENDERS)) for _ in range(20)} == {
        frozenset({"women", "other"})
    }


def test_where_no_single_steps_lead_anywhere_all_that_hangs_together_is_hidden() -> None:
    """A total of the same row twice is even. There may be twice as many of everything."""
    twice, within = Sum("a", ("b", "b")), AtMost(("b",), ("c",))
    assert _hidden({"a": 2, "b": 1, "c": 9, "z": 9}, twice, within) == {"a", "b", "c"}


def test_what_is_hidden_already_is_used_before_more_is_hidden() -> None:
    # x may be 3 where big is 29 and y is 4, and y may be 2 where big is 31 and x is 1: the rows
    # that are hidden for the one are enough for the other, though mid is a smaller one than big
    one, other = Sum("all", ("x", "big")), Sum("others", ("y", "big", "mid"))
    values = {"all": 32, "x": 2, "big": 30, "others": 38, "y": 3, "mid": 5}
    assert _hidden(values, one, other, threshold=4) == {"x", "y", "big"}


def test_where_no_small_number_is_left_a_larger_one_is_enough() -> None:
    # there may be 3 of whom 2 are women; what they are at most is shown
    values = {"all": 2, "women": 1, "men": 1, "other": 0, "most": 50}
    assert _hidden(values, GENDERS, AtMost(("all",), ("most",))) == {"all", "women", "men"}


def test_a_bound_says_nothing_of_what_is_on_both_its_sides() -> None:
    twice, bound = Sum("a", ("b", "b")), AtMost(("b", "z"), ("c", "z"))
    assert _hidden({"a": 2, "b": 1, "c": 9, "z": 9}, twice, bound) == {"a", "b", "c"}


System = tuple[dict[str, int], list[Sum], list[AtMost]]


@st.composite
def systems(draw: st.DrawFn) -> System:
    """Two to four tables that split one total, a split within one, and bounds across."""
    whole = draw(st.integers(1, 14))
    values = {"total": whole}
    sums = []
    for table in range(draw(st.integers(2, 4))):
        keys = [f"{table}.{row}" for row in range(draw(st.integers(1, 4)))]
        values |= _parts(draw, keys, whole)
        sums.append(Sum("total", tuple(keys)))
    if draw(st.booleans()):
        keys = ["0.0.young", "0.0.old"]
        values |= _parts(draw, keys, values["0.0"])
        sums.append(Sum("0.0", tuple(keys)))
    bounds = []
    keys = list(values)
    for _ in range(draw(st.integers(0, 3))):
        less = draw(st.lists(st.sampled_from(keys), min_size=1, max_size=2, unique=True))
        more = draw(st.lists(st.sampled_from(keys), min_size=1, max_size=3, unique=True))
        if less != more and sum(values[key] for key in less) <= sum(values[key] for key in more):
            bounds.append(AtMost(tuple(less), tuple(more)))
    return values, sums, bounds


def _parts(draw: st.DrawFn, keys: list[str], whole: int) -> dict[str, int]:
    """The whole shared out among the rows, most of it in the first."""
    values = {}
    left = whole
    for key in keys[1:]:
        values[key] = draw(st.integers(0, min(left, 4)))
        left -= values[key]
    return {keys[0]: left, **values}


def _rules(sums: Sequence[Sum], bounds: Sequence[AtMost]) -> list[Rule]:
    return [
        *(total(one.whole, one.parts) for one in sums),
        *(_net(one) for one in bounds),
    ]


def _net(bound: AtMost) -> Rule:
    """What is on both sides says nothing."""
    less, more = set(bound.less), set(bound.more)
    return no_more(less - more, more - less)


def _shown(values: Mapping[str, int], keys: set[str]) -> dict[str, int | None]:
    return {key: None if key in keys else value for key, value in values.items()}


@settings(max_examples=100)
@given(systems())
def test_a_reader_who_tries_everything_finds_no_hidden_count(
    system: System,
) -> None:
    values, sums, bounds = system
    keys = _hidden(values, *sums, *bounds)
    assert keys >= {key for key, value in values.items() if 0 < value < THRESHOLD}
    assert all(values[key] for key in keys)
    shown, rules = _shown(values, keys), _rules(sums, bounds)
    assert not known(shown, rules)
    for key in keys:
        assert not certain(shown, rules, key, values[key]), key


@settings(max_examples=100)
@given(systems())
def test_a_reader_who_knows_that_a_count_is_small_cannot_tell_which_it_is(
    system: System,
) -> None:
    """But where it could not even if everything was hidden."""
    values, sums, bounds = system
    shown, rules = _shown(values, _hidden(values, *sums, *bounds)), _rules(sums, bounds)
    nothing = _shown(values, {key for key, value in values.items() if value})
    for key, value in values.items():
        if 0 < value < THRESHOLD:
            other = THRESHOLD - value  # 2 for a 1, 1 for a 2
            if can_be(nothing, rules, key, other, other):
                assert can_be(shown, rules, key, other, other), key


@settings(max_examples=40, suppress_health_check=[HealthCheck.filter_too_much])
@given(systems())
def test_nothing_is_hidden_that_the_only_small_count_does_not_need(system: System) -> None:
    values, sums, bounds = system
    small = [key for key, value in values.items() if 0 < value < THRESHOLD]
    assume(len(small) == 1)
    keys, rules = _hidden(values, *sums, *bounds), _rules(sums, bounds)
    other = THRESHOLD - values[small[0]]
    for key in keys - set(small):
        assert not can_be(_shown(values, keys - {key}), rules, small[0], other, other), key


def test_the_reader_does_find_them_where_only_the_small_ones_are_hidden() -> None:
    """Otherwise the tests above would say nothing."""
    values = {"all": 20, "women": 12, "men": 7, "other": 1}
    shown, rules = _shown(values, {"other"}), _rules([GENDERS], [])
    assert known(shown, rules) == {"other"}
    assert certain(shown, rules, "other", 1)
    found = []

    @settings(max_examples=50, database=None)
    @given(systems())
    def attack(system: System) -> None:
        values, sums, bounds = system
        small = {key for key, value in values.items() if 0 < value < THRESHOLD}
        found.append(bool(known(_shown(values, small), _rules(sums, bounds))))

    attack()
    assert found.count(True) > len(found) / 4


def test_a_blank_cell_gives_no_room_in_what_is_at_most_another() -> None:
    """One of at most ten, beside nine that are shown, can only be one."""
    bound = AtMost(("small", "nine"), ("ten", "blank"))
    found = hidden({"small": 1, "nine": 9, "ten": 10}, [], [bound], 5)
    assert found in ({"small", "nine"}, {"small", "ten"})
