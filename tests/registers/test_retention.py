"""When the time that somebody is kept has run out, reckoned once and for each alike."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import example, given
from hypothesis import strategies as st

from hsf_cli import dates
from hsf_cli.past import latest
from hsf_cli.registers import merging, retention
from hsf_cli.registers.undoing import undoable, undone
from hsf_cli.store import Store
from tests.builders import (
    TODAY,
    Record,
    activity,
    activity_family,
    assignment,
    course,
    earlier_period,
    family,
    hours,
    inquiry,
    registration,
    taken_in,
    volunteer,
)


@given(
    day=st.dates(date(1990, 1, 1), date(2100, 12, 31)),
    months=st.integers(1, 1200),
    since=st.integers(-5, 5),
)
@example(day=date(2023, 2, 28), months=6, since=1)  # the 29th, 30th and 31st of August too
@example(day=date(2024, 2, 29), months=12, since=0)
def test_the_latest_day_to_expire_is_the_last_of_those_that_have(
    day: date, months: int, since: int
) -> None:
    latest = retention.latest_to_expire(day, months)
    one = latest + timedelta(since)
    assert (one + relativedelta(months=months) <= day) == (one <= latest)


def test_those_whose_time_has_run_out_are_as_many_as_are_listed(store: Store) -> None:
    taken_in(
        store,
        family("F1"),
        inquiry("H1", "F1", "2019-01-01", avsluttet="2022-03-15"),
        family("F2"),
        inquiry("H2", "F2", "2019-01-01", avsluttet="2022-03-16"),
        family("F3"),
        inquiry("H3", "F3", "2019-01-01", avsluttet="2021-01-01"),
        volunteer("V1", "2015-03-01", sluttet="2018-06-30"),
    )
    assert [one.short for one in retention.expired(store, TODAY)] == ["V1", "F3", "F1"]
    assert retention.how_many_expired(store, TODAY) == {"family": 2, "volunteer": 1}


def test_one_alone_has_the_day_that_the_list_has(store: Store) -> None:
    taken_in(store, family("F1"), family("F2"),
             inquiry("H1", "F1", "2019-01-01", avsluttet="2021-08-31"))  # fmt: skip
    (listed,) = retention.expired(store, TODAY)
    assert retention.of(store, "family", 1) == listed
    assert (listed.last_on, listed.expires_on) == (date(2021, 8, 31), date(2023, 8, 31))
    # F2 was never heard of again: her time runs from the day she was entered.
    entered = retention.of(store, "family", 2)
    assert entered
    assert entered.last_on == date.fromisoformat(
        store.value("SELECT max(made_at) FROM change_set")[:10]
    )
    assert retention.of(store, "family", 7) is None


# Another volunteer's, and later than all that was heard of V1.
_ANOTHERS = [
    volunteer("V2", "2023-01-01"),
    family("F2"),
    inquiry("H2", "F2", "2023-01-01"),
    assignment("O2", "H2", "V2", "2023-02-01", "2024-02-01"),
    hours(oppdrag="O2", familiekontakt="V2", dato="2023-12-31"),
    earlier_period("V2", "2010-01-01", "2022-12-31"),
    course("K9", "2023-11-01"),
    registration("K9", "V2"),
]
_FAMILY_1 = [family("F1"), inquiry("H1", "F1", "2018-01-01")]


@pytest.mark.parametrize(
    ("candidate", "more", "last_on"),
    [
        ({"meldt_seg": "2022-05-05"}, [], "2022-05-05"),
        ({"meldt_seg": "2020-01-01", "hjemmebesøk": "2022-05-05"}, [], "2022-05-05"),
        ({"politiattest_utstedt": "2022-05-05"}, [], "2022-05-05"),
        ({"politiattest_utstedt": "2020-01-01", "politiattest_vist": "2022-05-05"}, [],
         "2022-05-05"),
        ({"meldt_seg": "2022-05-05", "taushetserklæring": "2022-06-06"}, [], "2022-06-06"),
        ({}, [earlier_period("V1", "2015-01-01", "2017-06-30"),
              earlier_period("V1", "2018-01-01", "2022-05-05")], "2022-05-05"),
        ({}, [hours("veiledning", dato="2022-05-05"), hours("veiledning", dato="2021-05-05")],
         "2022-05-05"),
        ({}, [*_FAMILY_1, assignment("O1", "H1", "V1", "2018-02-01", "2018-09-01"),
              assignment("O3", "H1", "V1", "2019-02-01", "2022-05-05")], "2022-05-05"),
        ({}, [course("K1", "2022-02-02", slutt="2022-05-05"), registration("K1"),
              course("K2", "2021-02-02"), registration("K2")], "2022-05-05"),
        ({"meldt_seg": "2021-01-01"}, [course("K1", "2022-05-05"), registration("K1")],
         "2022-05-05"),
        ({}, [course("K1", "2022-02-02"), registration("K1"),
              ("kursdager", {"id": "D1", "kurs": "K1", "dato": "2022-05-05"})], "2022-05-05"),
    ],
)  # fmt: skip
def test_a_candidates_time_runs_from_the_last_that_was_heard(
    store: Store, candidate: dict[str, str], more: list[Record], last_on: str
) -> None:
    taken_in(store, volunteer("V1", "", **candidate), *more, *_ANOTHERS)
    one = retention.of(store, "volunteer", 1)
    assert one
    assert (one.standing, one.last_on.isoformat()) == ("kandidat", last_on)


def test_the_time_of_one_with_an_assignment_does_not_run(store: Store) -> None:
    runs = assignment("O1", "H1", "V1", "2019-02-01")
    taken_in(store, volunteer("V1", "", meldt_seg="2018-01-01"), *_FAMILY_1, runs, *_ANOTHERS)
    assert retention.of(store, "volunteer", 1) is None
    assert retention.of(store, "volunteer", 2) is None  # who is approved, and has not left


def test_a_volunteers_time_runs_from_the_day_of_leaving(store: Store) -> None:
    taken_in(store, volunteer("V1", "2019-01-01", sluttet="2021-06-30"), *_ANOTHERS)
    one = retention.of(store, "volunteer", 1)
    assert one
    assert (one.standing, one.last_on) == ("familiekontakt", date(2021, 6, 30))


@pytest.mark.parametrize(
    ("records", "last_on"),
    [
        ([inquiry("H1", "F1", "2018-01-01", avsluttet="2021-05-05"),
          inquiry("H3", "F1", "2016-01-01", avsluttet="2017-05-05")], "2021-05-05"),
        # In history that was taken in an assignment may have ended after its case was closed.
        ([inquiry("H1", "F1", "2018-01-01", avsluttet="2021-01-01"), volunteer("V1"),
          assignment("O1", "H1", "V1", "2019-01-01", "2021-05-05"),
          assignment("O3", "H1", "V1", "2018-02-01", "2018-09-01")], "2021-05-05"),
        ([activity("A1", "2021-05-05"), activity_family("A1"), activity("A2", "2020-05-05"),
          activity_family("A2"), activity("A3", "2023-01-01")], "2021-05-05"),
    ],
)  # fmt: skip
def test_a_familys_time_runs_from_its_last_case_or_else_its_last_activity(
    store: Store, records: list[Record], last_on: str
) -> None:
    taken_in(store, family("F1"), *records, *_ANOTHERS)
    one = retention.of(store, "family", 1)
    assert one
    assert (one.standing, one.last_on.isoformat()) == ("familie", last_on)


def test_of_whom_nothing_was_heard_the_time_runs_from_the_day_they_were_entered(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number, day in enumerate((date(2021, 3, 1), date(2022, 3, 1), date(2023, 3, 1)), start=1):
        monkeypatch.setattr(dates, "now", lambda day=day: datetime.combine(day, time(12)))
        with store.change("familie ny") as change:
            change.insert("family", name=f"Familie {number}")
            change.insert("volunteer", name=f"Kandidat {number}")
    monkeypatch.undo()
    entered = {one.short: one.last_on for one in retention.expired(store, date(2024, 3, 1))}
    assert entered == {
        "F1": date(2021, 3, 1), "V1": date(2021, 3, 1),
        "F2": date(2022, 3, 1), "V2": date(2022, 3, 1),
    }  # fmt: skip


def test_of_those_entered_together_it_is_that_day_also_of_one_that_was_put_back(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dates, "now", lambda: datetime(2021, 3, 1, 12))
    taken_in(store, family("F1"), family("F2"), family("F3"))
    monkeypatch.setattr(dates, "now", lambda: datetime(2023, 3, 1, 12))
    with store.change("familie slett") as change:
        change.delete("family", 2)
    undone(store, undoable(store))
    found = [(one.short, one.last_on) for one in retention.expired(store, TODAY)]
    assert found == [(short, date(2021, 3, 1)) for short in ("F1", "F2", "F3")]


def test_what_has_become_of_them_since_costs_nothing(store: Store) -> None:
    numbers = range(1, 41)
    taken_in(store, *(family(f"F{number}") for number in numbers))
    at_first = steps_of(store, lambda: retention.how_many_expired(store, TODAY))
    for telephone in ("48 12 34 56", "48 12 34 57", "48 12 34 58"):
        with store.change("familie endre") as change:
            for number in numbers:
                change.update("family", number, phone=telephone)
    assert steps_of(store, lambda: retention.how_many_expired(store, TODAY)) <= at_first + 1


def test_the_cost_follows_how_many_there_are_also_where_each_was_entered_alone(
    store: Store,
) -> None:
    steps = []
    for _ in range(3):
        for _ in range(50):
            with store.change("familie ny") as change:
                change.insert("family", name="Berg")
        steps.append(steps_of(store, lambda: retention.how_many_expired(store, TODAY)))
    first, second, third = steps
    assert third - second <= 1.2 * (second - first)


def steps_of(store: Store, work: Callable[[], object]) -> int:
    """How many hundreds of its smallest steps the database takes for the work."""
    steps = 0

    def taken() -> None:
        nonlocal steps
        steps += 1

    store._connection.set_progress_handler(taken, 100)
    work()
    store._connection.set_progress_handler(None, 0)
    return steps


def test_who_was_removed_stands_in_the_log_and_has_a_time_too(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken_in(store, family("F1", navn="Lie"), family("F2", navn="Moen"), family("F3", navn="Ås"),
             family("F4"))  # fmt: skip
    for number, day in ((1, date(2021, 3, 1)), (3, date(2022, 3, 1))):
        monkeypatch.setattr(dates, "now", lambda day=day: datetime.combine(day, time(12)))
        with store.change("familie slett") as change:
            change.delete("family", number)
    with store.change("slå-sammen") as change:  # who was joined into another is with that one
        merging.merged(store, change, 4, 2, {2: {"name": "Moen"}})
    undone(store, undoable(store))
    undone(store, undoable(store, latest(store)))  # joined after all
    monkeypatch.undo()
    removed = [(one.short, one.name, one.standing, one.last_on)
               for one in retention.expired(store, date(2024, 3, 1))]  # fmt: skip
    assert removed == [
        ("F1", "Lie", "slettet", date(2021, 3, 1)),
        ("F3", "Ås", "slettet", date(2022, 3, 1)),
    ]
