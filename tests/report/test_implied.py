"""What must hold between a form's counts: taken from its rows, and true of whatever is counted."""

from functools import cache

import pytest

from hsf_cli.report.form import Form
from hsf_cli.report.forms import editions, load, shipped
from hsf_cli.report.implied import LEFT_OUT, at_most, sums
from hsf_cli.report.small_numbers import AtMost, Sum
from tests.report.conftest import Fresh
from tests.report.figures import figures, missing
from tests.report.made_up import YEAR, departments
from tests.report.test_properties import given, with_departments

HEAD = """\
edition = 2023
chapter = { number = "1.0", title = "Tall" }
[[section]]
number = "1.1"
title = "Alt"
[[section.table]]
heading = ""
of = "families"
"""


def _form(*rows: str, more: str = "") -> Form:
    table = ",\n".join(f'{{ label = "{number}", {row} }}' for number, row in enumerate(rows))
    return load(f"{HEAD}rows = [\n{table}\n]\n{more}", "skjema.toml")


def _bounds(*rows: str, more: str = "") -> set[tuple[str, str]]:
    """What is at most what, as `("a b", "c")`."""
    return {
        (" ".join(sorted(bound.less)), " ".join(sorted(bound.more)))
        for bound in at_most(_form(*rows, more=more))
    }


ALL = 'key = "all"'
NAV = 'key = "nav", where.help_before = "nav"'
PPT = 'key = "ppt", where.help_before = "ppt"'
HELPED = 'key = "helped", where.help_before = ["nav", "ppt"]'
ALONE = 'key = "alone", where.civil_status = "enslig"'
MARRIED = 'key = "married", where.civil_status = "gift_samboer"'


def test_a_row_that_asks_for_more_counts_no_more() -> None:
    assert _bounds(ALL, ALONE) == {("alone", "all")}
    both = 'key = "both", where = { civil_status = "enslig", special_needs = true }'
    assert _bounds(ALONE, both) == {("both", "alone")}
    some, two = 'key = "1+", where.children = { from = 1 }', 'key = "2", where.children = 2'
    assert _bounds(some, two) == {("2", "1+")}


@pytest.mark.parametrize(
    "rows",
    [
        (ALONE, 'key = "needs", where.special_needs = true'),
        ('key = "1-3", where.children = { from = 1, to = 3 }',
         'key = "2+", where.children = { from = 2 }'),
        (ALL, 'key = "children", of = "children"'),
        ('key = "parents", of = "activities", sum = "parents"', 'key = "a", of = "activities"'),
        (NAV, PPT),
    ],
)  # fmt: skip
def test_rows_that_ask_for_different_things_say_nothing_of_each_other(rows: list[str]) -> None:
    assert _bounds(*rows) == set()


def test_rows_that_exclude_each_other_are_no_more_together_than_what_both_are_within() -> None:
    assert _bounds(ALL, ALONE, MARRIED) == {("alone married", "all")}
    bands = ['key = "0", where.children = 0', 'key = "1+", where.children = { from = 1 }']
    assert _bounds(ALL, *bands) == {("0 1+", "all")}
    yes_no = ['key = "y", where.special_needs = true', 'key = "n", where.special_needs = false']
    assert _bounds(ALL, *yes_no, ALONE) == {("n y", "all"), ("alone", "all")}


def test_a_row_stands_for_those_within_it() -> None:
    inner = 'key = "x", where = { civil_status = "enslig", special_needs = true }'
    assert _bounds(ALL, ALONE, MARRIED, inner) == {("alone married", "all"), ("x", "alone")}


def test_a_record_may_have_several_codes_so_the_rows_are_no_fewer_than_their_whole() -> None:
    assert _bounds(HELPED, NAV, PPT) == {
        ("nav", "helped"), ("ppt", "helped"), ("helped", "nav ppt"),
    }  # fmt: skip
    assert ("helped", "nav") not in _bounds(HELPED, NAV)


def test_two_rows_are_no_more_than_the_whole_and_the_row_that_is_both() -> None:
    needs = 'key = "needs", where.special_needs = true'
    both = 'key = "both", where = { civil_status = "enslig", special_needs = true }'
    assert ("alone needs", "all both") in _bounds(ALL, ALONE, needs, both)


def test_a_split_has_what_it_leaves_out_as_a_part_of_its_own() -> None:
    split = [f'{row}, part_of = "all"' for row in (ALONE, MARRIED)]
    assert sums(_form(ALL, *split)) == [Sum("all", ("alone", "married", f"alone{LEFT_OUT}"))]
    assert _bounds(ALL, *split) == set(), "the sum says all there is to say"


def test_a_split_of_what_is_added_up_leaves_out_records_and_not_their_sum() -> None:
    added = 'of = "activities", sum = "parents"'
    few, many = (f"{added}, where.parents = {{ {span} = 5 }}" for span in ("to", "from"))
    form = _form(
        f'key = "p", {added}',
        f'key = "few", {few}, part_of = "p"',
        f'key = "many", {many}, part_of = "p"',
        'key = "counted", of = "activities", part_of = "p"',
    )
    assert sums(form) == [Sum("p", ("few", "many"))]


def test_what_a_split_leaves_out_is_left_out_of_the_same_split_of_more() -> None:
    needs = 'key = "needs", where.special_needs = true'
    inner = [
        f'key = "{code}", where = {{ civil_status = "{code}", special_needs = true }}, '
        'part_of = "needs"'
        for code in ("enslig", "gift_samboer")
    ]
    outer = [f'{row}, part_of = "all"' for row in (ALONE, MARRIED)]
    assert (f"enslig{LEFT_OUT}", f"alone{LEFT_OUT}") in _bounds(ALL, needs, *outer, *inner)


def test_what_the_form_states_of_the_year_is_taken_with_it() -> None:
    stated = """
[[relation]]
figure = "c"
equals = ["nav", "ppt"]
text = "-"
[[relation]]
figure = "nav"
at_most = ["c"]
text = "-"
[[relation]]
figure = "ppt"
at_most = ["before.c"]
text = "-"
[[relation]]
figure = "nav"
also = "ppt"
at_most = "d"
text = "-"
"""
    rows = NAV, PPT, 'key = "c", of = "children"', 'key = "d", of = "volunteers"'
    assert sums(_form(*rows, more=stated)) == [Sum("c", ("nav", "ppt"))]
    assert at_most(_form(*rows, more=stated)) == [
        AtMost(("nav",), ("c",)),
        AtMost(("nav", "ppt"), ("d",)),
    ]


@cache
def _of_edition(edition: int) -> tuple[list[Sum], list[AtMost]]:
    """What must hold between its counts, worked out once."""
    return sums(shipped(edition)), at_most(shipped(edition))


@with_departments
@given(made_up=departments())
def test_all_of_it_holds_whatever_is_counted(fresh: Fresh, made_up: list[object]) -> None:
    """But for what an edition states of complete records alone: that every family has a child."""
    with fresh(*made_up) as store:
        for edition in editions():
            all_sums, all_bounds = _of_edition(edition)
            counts = dict(figures(store, YEAR, edition))
            counts |= {f"{key}{LEFT_OUT}": n for key, n in missing(store, YEAR, edition).items()}
            for one in all_sums:
                assert counts[one.whole] == sum(counts[key] for key in one.parts), one
            for bound in all_bounds:
                if bound != AtMost(("families.total",), ("children.total",)):
                    less, more = (sum(counts[k] for k in side) for side in (bound.less, bound.more))
                    assert less <= more, bound
