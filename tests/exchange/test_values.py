"""Values as they are typed at the prompt, where that is not as files have them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from hsf_cli.errors import Unreadable
from hsf_cli.exchange.sheets import SHEETS
from hsf_cli.exchange.values import COMPLETED, NEAR_DAY


@dataclass
class OnADay:
    """What values ask for beside the text: here only the day."""

    today: date = date(2026, 11, 21)

    def number_of(self, table: str, id: str) -> Any:
        raise AssertionError(f"{table} {id}")

    def id_of(self, table: str, number: int) -> str:
        raise AssertionError(f"{table} {number}")


@pytest.mark.parametrize(
    ("typed", "read"),
    [("1.12", "2026-12-01"), ("1.11", "2026-11-01"), ("1.12.2025", "2025-12-01"), ("", None)],
)
def test_a_near_day_without_a_year_is_the_nearest(typed: str, read: str | None) -> None:
    assert NEAR_DAY.read_typed(typed, OnADay()) == read


@pytest.mark.parametrize(
    ("table", "field"),
    [("assignment", "started_on"), ("pause", "from_on"), ("activity", "held_on")],
)
def test_what_as_often_lies_ahead_as_not_is_read_as_near(table: str, field: str) -> None:
    (sheet,) = (sheet for sheet in SHEETS if sheet.table == table)
    (column,) = (column for column in sheet.columns if column.field == field)
    assert column.value is NEAR_DAY


@pytest.mark.parametrize(
    ("typed", "read"),
    [("ja", "ja"), ("N", "nei"), ("i går", "2026-11-20"), ("1.12", "2025-12-01")],
)
def test_a_course_is_completed_yes_no_or_on_a_day_as_people_type_it(typed: str, read: str) -> None:
    assert COMPLETED.read_typed(typed, OnADay()) == read


@pytest.mark.parametrize("typed", ["2030-01-01", "i morgen", "kanskje"])
def test_a_course_is_not_completed_on_a_day_to_come(typed: str) -> None:
    with pytest.raises(Unreadable, match="ja eller nei, eller en dato"):
        COMPLETED.read_typed(typed, OnADay())


def test_files_say_the_day_a_course_was_completed_in_full() -> None:
    assert COMPLETED.read("2030-01-01", OnADay()) == "2030-01-01"
    with pytest.raises(Unreadable):
        COMPLETED.read("i går", OnADay())
