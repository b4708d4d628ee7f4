"""The control has nothing against complete records, and names each of which something is blank."""

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hsf_cli.records import KINDS
from hsf_cli.report import forms
from hsf_cli.report.control import Weight, against, control
from tests.builders import Record
from tests.report.conftest import Fresh
from tests.report.control.complete import YEAR, blanked, departments
from tests.report.figures import cells, report
from tests.report.made_up import departments as any_departments

AFTERWARDS = date(2025, 2, 1)

with_departments = settings(
    max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@with_departments
@given(made_up=departments())
def test_nothing_stands_against_complete_records(fresh: Fresh, made_up: list[Record]) -> None:
    with fresh(*made_up) as store:
        for edition in forms.editions():
            for year in (YEAR - 1, YEAR, YEAR + 1):
                found = control(store, forms.shipped(edition), year, AFTERWARDS)
                assert against(found) == []


@pytest.mark.parametrize("edition", forms.editions())
@with_departments
@given(made_up=departments(), data=st.data())
def test_the_record_of_which_one_attribute_is_blank_is_named(
    fresh: Fresh, edition: int, made_up: list[Record], data: Any
) -> None:
    cell = blanked(data.draw, made_up, edition)
    if cell is None:
        return
    with fresh(*cell.records) as store:
        found = control(store, forms.shipped(edition), YEAR, AFTERWARDS)
    (finding,) = against(found)
    assert finding.weight is Weight.MISSING
    assert [one.id for one in finding.records] == [cell.id]


@with_departments
@given(made_up=any_departments())
def test_whoever_is_in_none_of_the_rows_that_split_a_whole_is_named(
    fresh: Fresh, made_up: list[Record]
) -> None:
    with fresh(*made_up) as store:
        for edition in forms.editions():
            found = control(store, forms.shipped(edition), YEAR, AFTERWARDS)
            named = {one.number for finding in found for one in finding.records}
            for cell in cells(report(store, YEAR, edition)):
                # a child that is left out for its family's background is named by its family
                if cell.kind is not KINDS["child"]:
                    assert {cell.kind.name(record["id"]) for record in cell.missing} <= named
