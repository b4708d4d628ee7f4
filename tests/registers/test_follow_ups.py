"""What an assignment owes its family: planned, due, missed, moved with the end."""

from datetime import date

import pytest

from hsf_cli.errors import Stopped
from hsf_cli.registers import follow_ups
from hsf_cli.registers.follow_ups import Dates
from tests.builders import Record, assignment, taken_in
from tests.registers.matched import able, waits


def _follow_up(type: str, planlagt: str, gjort: str = "", oppdrag: str = "O1") -> Record:
    return "oppfølginger", {"oppdrag": oppdrag, "type": type, "planlagt": planlagt, "gjort": gjort}


def _runs(store, *records: Record, **more: str) -> None:
    taken_in(store, *waits(mottatt="2023-01-02"), *able(),
             assignment(startet="2023-01-31", **more), *records)  # fmt: skip


def _due(store, day: str, days_ahead: int = 0) -> list[tuple[str, str]]:
    found = follow_ups.due(store, date.fromisoformat(day), days_ahead)
    return [(one.kind, one.planned_on) for one in found]


def test_the_plan_is_one_month_three_months_and_the_end() -> None:
    assert Dates("2023-01-31", None, None, None).plan == {
        "måned": "2023-02-28",
        "kvartal": "2023-04-30",
        "avslutning": "2023-07-31",
    }


@pytest.mark.parametrize(
    ("planned", "extended", "end"),
    [
        (None, None, "2023-07-31"),
        ("2023-05-01", None, "2023-05-01"),
        ("2023-05-01", "2023-09-01", "2023-09-01"),
        (None, "2023-09-01", "2023-09-01"),
    ],
)
def test_an_assignment_lasts_to_its_plan_or_its_latest_extension(planned, extended, end) -> None:
    assert Dates("2023-01-31", None, planned, extended).planned_to == end


def test_an_imported_assignment_owes_what_follows_from_its_dates(store) -> None:
    _runs(store)
    assert _due(store, "2023-02-27") == []
    assert _due(store, "2023-02-28") == [("måned", "2023-02-28")]
    assert _due(store, "2023-07-30") == [("måned", "2023-02-28"), ("kvartal", "2023-04-30")]
    assert len(_due(store, "2023-07-31")) == 3


def test_what_comes_is_asked_for_by_days(store) -> None:
    _runs(store)
    assert _due(store, "2023-02-01", 26) == []
    assert _due(store, "2023-02-01", 27) == [("måned", "2023-02-28")]


def test_what_is_done_is_not_due_and_what_was_never_written_still_is(store) -> None:
    _runs(store, _follow_up("måned", "2023-02-28", gjort="2023-03-02"))
    assert _due(store, "2023-05-01") == [("kvartal", "2023-04-30")]


def test_what_was_missed_stays_when_the_assignment_and_the_case_are_over(store) -> None:
    _runs(
        store,
        _follow_up("måned", "2023-02-28"),
        _follow_up("kvartal", "2023-04-30"),
        avsluttet="2023-03-15",
    )
    with store.change("test") as change:
        change.update("inquiry", 1, closed_on="2023-03-15", closed_reason="fullført")
    assert _due(store, "2024-03-15") == [("måned", "2023-02-28")]
    (missed, gone) = follow_ups.of_assignment(store, 1, date(2024, 3, 15))
    assert (missed.status(date(2024, 3, 15)), gone.status(date(2024, 3, 15))) == (
        "forfalt", "falt bort",
    )  # fmt: skip


def test_what_was_due_on_the_last_day_is_still_owed(store) -> None:
    _runs(store, _follow_up("måned", "2023-02-28"), avsluttet="2023-02-28")
    assert _due(store, "2024-03-15") == [("måned", "2023-02-28")]


def test_an_imported_assignment_that_ended_owes_only_what_the_file_said(store) -> None:
    _runs(store, avsluttet="2023-12-01")
    assert _due(store, "2024-03-15") == []


def test_the_oldest_come_first(store) -> None:
    taken_in(store, *waits("1", "2023-01-02"), *able("1"), *waits("2", "2023-01-02"), *able("2"),
             assignment("O1", "H1", "V1", "2023-02-10"), assignment("O2", "H2", "V2", "2023-02-01"),
             )  # fmt: skip
    found = follow_ups.due(store, date(2023, 3, 20))
    assert [one.assignment for one in found] == ["O2", "O1"]


def test_recording_one_makes_all_of_them_records(store) -> None:
    _runs(store)
    with store.change("test") as change:
        number = follow_ups.keep(store, change, 1, "måned", {"done_on": "2023-03-01"})
    rows = store.rows("SELECT id, kind, planned_on, done_on FROM follow_up ORDER BY id")
    assert [(row["kind"], row["planned_on"]) for row in rows] == [
        ("måned", "2023-02-28"), ("kvartal", "2023-04-30"), ("avslutning", "2023-07-31"),
    ]  # fmt: skip
    assert [row["id"] for row in rows if row["done_on"]] == [number]


def test_a_kind_that_is_done_is_not_done_again(store) -> None:
    _runs(store, _follow_up("måned", "2023-02-28", gjort="2023-03-02"))
    follow_ups.refuse_done(store, 1, "kvartal")
    with pytest.raises(Stopped) as error:
        follow_ups.refuse_done(store, 1, "måned")
    assert "OF1" in error.value.text


def test_the_closing_one_moves_with_the_end_and_the_others_stay_where_they_were_put(store) -> None:
    _runs(store, _follow_up("kvartal", "2023-05-10"), _follow_up("avslutning", "2023-07-31"))
    later = follow_ups.dates_of(store, 1)._replace(extended_to="2023-09-01")
    with store.change("test") as change:
        follow_ups.follow(store, change, 1, later)
    rows = store.rows("SELECT kind, planned_on FROM follow_up ORDER BY id")
    assert [tuple(row) for row in rows] == [("kvartal", "2023-05-10"), ("avslutning", "2023-09-01")]


def test_an_end_makes_records_of_what_is_owed_and_only_of_that(store) -> None:
    _runs(store)
    ended = follow_ups.dates_of(store, 1)._replace(ended_on="2023-04-29")
    with store.change("test") as change:
        follow_ups.follow(store, change, 1, ended)
    rows = store.rows("SELECT kind, planned_on FROM follow_up ORDER BY id")
    assert [tuple(row) for row in rows] == [("måned", "2023-02-28"), ("avslutning", "2023-04-29")]
