"""Targets: what a year is to reach, and how far it has come."""

from datetime import datetime

import pytest

from hsf_cli import goals
from hsf_cli.report import figures, targets
from hsf_cli.report.count import counted
from hsf_cli.report.forms import editions, shipped
from hsf_cli.report.targets import Target
from tests.builders import hours, served, taken_in


def _targets(store, year: int) -> dict[str, Target]:
    report = counted(store, shipped(2023), year, datetime(2024, 3, 15))
    return {one.key: one for one in targets.targets(store, figures.of(report))}


def _set(store, year: int, key: str, goal: int | None) -> None:
    with store.change("prøve") as change:
        goals.set_goal(store, change, year, key, goal)


def test_a_target_has_what_was_set_what_is_suggested_and_what_is_reached(store) -> None:
    taken_in(store, *served(), hours(timer="2,5"))
    _set(store, 2023, goals.VOLUNTEERS, 4)
    found = _targets(store, 2023)
    assert found[goals.FAMILIES] == Target(goals.FAMILIES, "Familier", None, 30, 1)
    assert found[goals.FAMILIES].share == 3
    volunteers = found[goals.VOLUNTEERS]
    assert (volunteers.goal, volunteers.suggested, volunteers.reached) == (4, None, 1)
    assert volunteers.share == 25
    assert found["hours.total"].reached == 2.5
    assert found["hours.total"].share is None  # nobody has said how many it is to be


def test_a_target_is_of_its_year_and_can_be_changed_and_taken_away(store) -> None:
    _set(store, 2023, "hours.total", 900)
    _set(store, 2023, "hours.total", 1000)
    _set(store, 2024, "hours.total", 0)
    assert goals.goals(store, 2023) == {"hours.total": 1000}
    assert _targets(store, 2024)["hours.total"].goal == 0
    assert _targets(store, 2024)["hours.total"].share is None  # of nothing there is no share
    _set(store, 2023, "hours.total", None)
    _set(store, 2023, "hours.total", None)
    assert goals.goals(store, 2023) == {}


@pytest.mark.parametrize(("percent", "families"), [(100, 30), (80, 24), (50, 15), (1, 1)])
def test_families_are_suggested_from_the_size_of_the_position(store, percent, families) -> None:
    with store.change("prøve") as change:
        change.update("department", 1, position_percent=percent)
    assert goals.suggested(store) == {goals.FAMILIES: families}


@pytest.mark.parametrize("edition", editions()[1:])  # there was less to count before 2023
def test_every_target_is_of_a_row_of_the_form(edition) -> None:
    assert set(targets.WORDS) <= set(shipped(edition).by_key)
