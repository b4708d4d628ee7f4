"""How long assignments lasted: begun months, and what was running when the year ended."""

import pytest

from hsf_cli.populations import Period, records
from hsf_cli.store import Store
from tests.builders import assignment, family, inquiry, taken_in, volunteer
from tests.report.conftest import Counted
from tests.report.figures import figures, under

CASE = [family(), inquiry(mottatt="2020-01-01"), volunteer()]

BEGUN_MONTHS = [
    # the same day, a day after it, and each boundary of the form with the day after it
    ("2023-05-05", "2023-05-05", 0, "0-6"),
    ("2023-05-05", "2023-05-06", 1, "0-6"),
    ("2023-01-15", "2023-07-15", 6, "0-6"),
    ("2023-01-15", "2023-07-16", 7, "7-9"),
    ("2023-01-15", "2023-10-15", 9, "7-9"),
    ("2023-01-15", "2023-10-16", 10, "10-12"),
    ("2022-06-15", "2023-06-15", 12, "10-12"),
    ("2022-06-15", "2023-06-16", 13, "13+"),
    ("2020-06-15", "2023-06-16", 37, "13+"),
    # a month that lacks the day ends on its last day
    ("2022-08-31", "2023-02-28", 6, "0-6"),
    ("2022-08-31", "2023-03-01", 7, "7-9"),
    ("2022-08-30", "2023-02-28", 6, "0-6"),
    ("2023-03-31", "2023-09-30", 6, "0-6"),
    ("2023-03-31", "2023-10-01", 7, "7-9"),
    ("2023-01-31", "2023-10-31", 9, "7-9"),
    ("2023-01-31", "2023-11-01", 10, "10-12"),
    # from the last day of a short month the day of the month is kept, not the month's end
    ("2022-11-30", "2023-05-30", 6, "0-6"),
    ("2022-11-30", "2023-05-31", 7, "7-9"),
    ("2022-02-28", "2023-02-28", 12, "10-12"),
    # leap years
    ("2023-08-31", "2024-02-29", 6, "0-6"),
    ("2023-08-31", "2024-03-01", 7, "7-9"),
    ("2023-08-29", "2024-02-29", 6, "0-6"),
    ("2024-02-29", "2024-08-29", 6, "0-6"),
    ("2024-02-29", "2024-08-30", 7, "7-9"),
    ("2023-02-28", "2024-02-28", 12, "10-12"),
    ("2023-02-28", "2024-02-29", 13, "13+"),
    ("2024-02-29", "2025-02-28", 12, "10-12"),
    ("2024-02-29", "2025-03-01", 13, "13+"),
]  # fmt: skip


@pytest.mark.parametrize(("start", "end", "months", "row"), BEGUN_MONTHS)
def test_an_assignment_that_ended_lasted_its_begun_months(
    store: Store, start: str, end: str, months: int, row: str
) -> None:
    taken_in(store, *CASE, assignment(startet=start, avsluttet=end))
    year = int(end[:4])
    assert records(store, "assignments", Period.year(year))[0]["months"] == months
    counted = figures(store, year)
    assert under("assignments.ended", counted) == {row: 1}
    assert (counted["assignments.running"], counted["assignments.total"]) == (0, 1)


@pytest.mark.parametrize(
    ("end", "row"),
    [
        ("2022-01-10", "0-6"),
        ("2022-07-10", "0-6"),
        ("2022-07-11", "7-12"),
        ("2023-01-10", "7-12"),
        ("2023-01-11", "13+"),
    ],
)
def test_the_form_of_2022_has_three_rows_for_those_that_ended(
    counted: Counted, end: str, row: str
) -> None:
    ended = assignment(startet="2022-01-10", avsluttet=end)
    figures = counted(*CASE, ended, year=int(end[:4]), edition=2022)
    assert under("assignments.ended", figures) == {row: 1}
    assert figures["assignments.total"] == 1


@pytest.mark.parametrize(
    ("end", "running"), [("", 1), ("2024-01-01", 1), ("2025-06-01", 1), ("2023-12-31", 0)]
)
@pytest.mark.parametrize("edition", [2022, 2023])
def test_an_assignment_that_ends_after_the_year_was_running_at_its_end(
    counted: Counted, edition: int, end: str, running: int
) -> None:
    lasting = assignment(startet="2023-11-01", avsluttet=end)
    figures = counted(*CASE, lasting, edition=edition)
    assert figures["assignments.running"] == running
    assert under("assignments.ended", figures) == ({} if running else {"0-6": 1})
    assert figures["assignments.total"] == 1


def test_a_later_end_does_not_move_the_figures_of_the_years_before(store: Store) -> None:
    taken_in(store, *CASE, assignment(startet="2022-01-01"))
    before = figures(store, 2022)
    taken_in(store, assignment(startet="2022-01-01", avsluttet="2023-05-01"), update=True)
    assert figures(store, 2022) == before
    assert figures(store, 2023)["assignments.ended.13+"] == 1
