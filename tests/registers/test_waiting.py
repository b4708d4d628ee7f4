"""Who waits on a day, since when, and how long this time."""

from datetime import date

import pytest

from hsf_cli.registers.waiting import Waiting, median_days, waiting_list
from tests.builders import assignment, family, inquiry, taken_in, volunteer

_TWO_VOLUNTEERS = [
    family("fam-7", navn="Berg", foretrekker="etter 15", språk="somali", telefon="900 00 123"),
    inquiry("hen-7", "fam-7", "2023-01-10", besøkt="2023-01-20"),
    volunteer("V1"), volunteer("V2"),
    assignment("O1", "hen-7", "V1", "2023-02-01", "2023-06-01"),
    assignment("O2", "hen-7", "V2", "2023-08-01", "2023-12-01"),
]  # fmt: skip


def _on(store, day: str) -> list[Waiting]:
    return waiting_list(store, date.fromisoformat(day))


def test_what_a_coordinator_needs_to_know_of_one_that_waits(store) -> None:
    taken_in(store, *_TWO_VOLUNTEERS)
    (one,) = _on(store, "2023-01-25")
    assert (one.number, one.family_number) == ("H1", "F1")  # which commands find for certain
    assert (one.inquiry, one.family) == ("hen-7", "fam-7")  # which files know them by
    assert (one.prefers, one.language, one.phone) == ("etter 15", "somali", "900 00 123")


@pytest.mark.parametrize(
    ("day", "days", "again_since", "this_time"),
    [
        ("2023-01-31", 21, None, 21),  # the day before the first assignment
        ("2023-06-01", 142, "2023-06-01", 0),  # the day it ended
        ("2023-07-31", 202, "2023-06-01", 60),  # the day before the second
        ("2024-01-01", 356, "2023-12-01", 31),  # the last end counts
    ],
)
def test_a_family_waits_in_all_and_since_its_last_volunteer(
    store, day, days, again_since, this_time
) -> None:
    taken_in(store, *_TWO_VOLUNTEERS)
    (one,) = _on(store, day)
    assert (one.days, one.again_since, one.days_this_time) == (days, again_since, this_time)
    assert one.waiting_since == (again_since or "2023-01-10")


@pytest.mark.parametrize("day", ["2023-01-09", "2023-02-01", "2023-05-31", "2023-08-01"])
def test_nobody_waits_before_the_inquiry_or_while_an_assignment_runs(store, day) -> None:
    taken_in(store, *_TWO_VOLUNTEERS)
    assert _on(store, day) == []


@pytest.mark.parametrize(
    ("day", "last"),
    [("2023-02-28", None), ("2023-03-01", "2023-03-01"), ("2024-01-01", "2023-05-01")],
)
def test_the_last_talk_is_the_last_by_that_day(store, day, last) -> None:
    taken_in(store, family(), inquiry(mottatt="2023-01-01"))
    with store.change("prøve") as change:
        for talked_on in ("2023-05-01", "2023-03-01"):
            change.insert("talk", inquiry_id=1, talked_on=talked_on)
    (one,) = _on(store, day)
    assert one.last_talk_on == last


@pytest.mark.parametrize(
    ("waits", "median"), [([], 0), ([5], 5), ([1, 4], 3), ([1, 2], 2), ([9, 1, 4], 4)]
)
def test_the_median_is_the_middle_with_halves_up(waits, median) -> None:
    assert median_days(waits) == median
