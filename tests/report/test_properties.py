"""What holds for every department: rows that split add up, sets are sets, and the list is right."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hsf_cli.dates import begun_months
from hsf_cli.populations import POPULATIONS, Period, records
from hsf_cli.registers.waiting import waiting_list
from hsf_cli.report.count import Report
from hsf_cli.report.forms import editions
from tests.builders import (
    Record,
    activity,
    activity_family,
    child,
    course,
    family,
    hours,
    inquiry,
    registration,
    served,
    volunteer,
)
from tests.report.conftest import Fresh
from tests.report.figures import cells, figures, report
from tests.report.made_up import EDGES, YEAR, departments

# `fresh` is a function that makes a new department each time: no example sees another's.
with_departments = settings(
    max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def counted(fresh: Fresh, made_up: list[Record]) -> Iterator[Report]:
    """The report of each edition on the year."""
    with fresh(*made_up) as store:
        for edition in editions():
            yield report(store, YEAR, edition)


@with_departments
@given(made_up=departments())
def test_rows_that_split_a_population_and_what_they_miss_add_up_to_the_whole(
    fresh: Fresh, made_up: list[Record]
) -> None:
    for result in counted(fresh, made_up):
        figures = {cell.row.key: cell.figure for cell in cells(result)}
        assert not [cell for cell in cells(result) if cell.missing and not cell.row.part_of]
        for table in (table for section in result.sections for table in section.tables):
            for whole in {cell.row.part_of for cell in table.cells} - {""}:
                parts = [cell for cell in table.cells if cell.row.part_of == whole]
                missing = {len(cell.missing) for cell in parts}
                assert len(missing) == 1
                assert sum(cell.figure for cell in parts) + missing.pop() == figures[whole]


@with_departments
@given(made_up=departments())
def test_every_figure_is_a_set_of_distinct_records_and_nobody_in_it_is_missing(
    fresh: Fresh, made_up: list[Record]
) -> None:
    for result in counted(fresh, made_up):
        for cell in cells(result):
            distinct = {record["id"] for record in cell.records}
            assert len(distinct) == len(cell.records)
            assert distinct.isdisjoint(record["id"] for record in cell.missing)
            if not cell.row.measure.sum:
                assert cell.figure == len(distinct)


@with_departments
@given(made_up=departments())
def test_totals_lie_between_the_largest_of_their_rows_and_the_sum_of_them(
    fresh: Fresh, made_up: list[Record]
) -> None:
    with fresh(*made_up) as store:
        for edition in editions():
            counted = figures(store, YEAR, edition)
            for key in ("families.help_before", "families.help_after"):
                rows = [n for other, n in counted.items() if other.startswith(f"{key}.")]
                assert max(rows) <= counted[key] <= min(sum(rows), counted["families.total"])
        told = figures(store, YEAR)
        for whole in ("volunteers.other_activity", "activity_families"):
            total = told.get(whole, told.get(f"{whole}.total"))
            assert told[f"{whole}.linked"] + told[f"{whole}.not_linked"] == total
        three = ("hours.assignments", "hours.assignments.driving", "hours.other")
        # each is rounded once from exact minutes, so together they may be a hundredth off
        assert abs(sum(told[key] for key in three) - told["hours.total"]) <= Decimal("0.02")


@with_departments
@given(made_up=departments(), shuffled=st.randoms(use_true_random=False))
def test_the_order_in_which_records_come_does_not_matter(
    fresh: Fresh, made_up: list[Record], shuffled: object
) -> None:
    other_way = list(made_up)
    shuffled.shuffle(other_way)  # type: ignore[attr-defined]
    with fresh(*made_up) as one, fresh(*other_way) as other:
        assert figures(one, YEAR) == figures(other, YEAR)


@with_departments
@given(
    made_up=departments(),
    day=st.sampled_from(EDGES) | st.dates(date(2022, 6, 1), date(2025, 1, 1)).map(str),
)
def test_the_waiting_list_is_what_the_definition_says_of_each_inquiry(
    fresh: Fresh, made_up: list[Record], day: str
) -> None:
    with fresh(*made_up) as store:
        listed = {
            (one.inquiry, one.stage, one.days, one.waiting_since)
            for one in waiting_list(store, date.fromisoformat(day))
        }
    assert listed == set(_who_waits(made_up, day))


def _who_waits(made_up: list[Record], day: str) -> Iterator[tuple[str, str, int, str]]:
    """Straight from the definition: ISO dates are in the order of their text."""
    assignments = [row for name, row in made_up if name == "oppdrag"]
    for case in (row for name, row in made_up if name == "henvendelser"):
        own = [row for row in assignments if row["henvendelse"] == case["id"]]
        received = case["mottatt"] <= day
        closed = case["avsluttet"] != "" and case["avsluttet"] <= day
        running = any(
            row["startet"] <= day and (row["avsluttet"] == "" or row["avsluttet"] > day)
            for row in own
        )
        if not received or closed or running:
            continue
        visited = case["besøkt"] != "" and case["besøkt"] <= day
        ended = [row["avsluttet"] for row in own if row["avsluttet"] and row["avsluttet"] <= day]
        days = (date.fromisoformat(day) - date.fromisoformat(case["mottatt"])).days
        yield (
            case["id"],
            "familiekontakt" if visited else "besøk",
            days,
            max(ended, default=case["mottatt"]),
        )


@with_departments
@given(made_up=departments())
def test_those_who_wait_on_the_last_day_are_the_same_on_the_form_and_on_the_list(
    fresh: Fresh, made_up: list[Record]
) -> None:
    with fresh(*made_up) as store:
        stages = [one.stage for one in waiting_list(store, date(YEAR, 12, 31))]
        for edition in editions():
            told = figures(store, YEAR, edition)
            assert told["waiting.visit"] == stages.count("besøk")
            assert told["waiting.volunteer"] == stages.count("familiekontakt")


@pytest.mark.parametrize("population", POPULATIONS)
def test_a_population_has_every_attribute_that_a_form_may_ask_for(
    fresh: Fresh, population: str
) -> None:
    with fresh(*_one_of_everything()) as store:
        (record, *_) = records(store, population, Period.year(YEAR))
    assert {"id", "name", *POPULATIONS[population].attributes} <= set(record.keys())


def _one_of_everything() -> list[Record]:
    return [
        *served(),
        child(),
        family("F2"),
        inquiry("H2", "F2"),
        volunteer("V2", "2023-02-01"),
        course(),
        registration(),
        activity(),
        activity_family(),
        hours(),
    ]


@given(st.dates(date(2000, 1, 1), date(2030, 12, 31)), st.integers(0, 1200))
def test_begun_months_are_the_fewest_that_reach_the_end(start: date, days: int) -> None:
    end = start + timedelta(days=days)
    fewest = next(n for n in range(60) if _months_later(start, n) >= end)
    assert begun_months(start.isoformat(), end.isoformat()) == fewest


def _months_later(day: date, months: int) -> date:
    """That day of the month, or the month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
