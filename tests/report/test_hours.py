"""Hours are kept in whole minutes: the mean visit, the hours of 6.8, and the årsverk."""

from decimal import Decimal

import pytest

from hsf_cli.store import Store
from tests.builders import activity, assignment, hours, served, taken_in
from tests.report.conftest import Counted
from tests.report.figures import cells, column, figures, report

SIX_KINDS = ["oppdrag", "kurs", "veiledning", "aktivitet", "samling", "annet"]


@pytest.mark.parametrize("kind", SIX_KINDS)
def test_hours_and_driving_are_in_the_rows_of_their_kind(store: Store, kind: str) -> None:
    taken_in(store, *served(), hours(kind, "2", kjøring="0:30"))
    on_assignments = [Decimal("2.00"), Decimal("0.50"), Decimal("0.00")]
    other = [Decimal("0.00"), Decimal("0.00"), Decimal("2.50")]
    assert column(store, "6.8") == (on_assignments if kind == "oppdrag" else other)


def test_the_total_is_the_three_rows_together_and_the_last_row_its_share_of_1750(
    store: Store,
) -> None:
    taken_in(
        store,
        *served(),
        hours("oppdrag", "800", kjøring="45", besøk="400"),
        hours("kurs", "20", kjøring="5"),
        hours("samling", "5"),
    )
    assert column(store, "6.8") == [Decimal(800), Decimal(45), Decimal(30)]
    assert column(store, "6.8", 1) == [Decimal(875), Decimal("0.50")]


def test_the_departments_own_setting_decides_what_one_arsverk_is(store: Store) -> None:
    taken_in(store, *served(), hours("kurs", "1750"))
    assert figures(store)["hours.fte"] == Decimal("1.00")
    with store.change("test") as change:
        change.update("department", 1, hours_per_fte=1400)
    last = next(cell for cell in cells(report(store)) if cell.row.key == "hours.fte")
    assert (last.figure, last.hours_per_fte) == (Decimal("1.25"), 1400)


@pytest.mark.parametrize(
    ("entries", "total"),
    [
        (["0:01"], "0.02"),
        (["0:20"], "0.33"),
        (["0:20", "0:20", "0:20"], "1.00"),
        (["0,33", "0,33", "0,33"], "1.00"),
        (["175,33"], "175.33"),
    ],
)
def test_hours_are_rounded_once_from_the_exact_minutes(
    counted: Counted, entries: list[str], total: str
) -> None:
    figures = counted(*served(), *[hours("kurs", entry) for entry in entries])
    assert str(figures["hours.other"]) == str(figures["hours.total"]) == total


@pytest.mark.parametrize(
    ("entries", "mean"),
    [
        pytest.param([("3", "1")], "3.00", id="one visit"),
        pytest.param([("9", "4"), ("3", "1")], "2.40", id="over all visits, not over entries"),
        pytest.param([("2:15", "2")], "1.13", id="half a hundredth is rounded up"),
        pytest.param([("10", "3")], "3.33", id="rounded to two decimals"),
        pytest.param([("4", "2"), ("2", "0")], "3.00", id="no visits, counted as none"),
        pytest.param([("4", "2"), ("2", "")], "2.00", id="visits not recorded"),
        pytest.param([("2", "")], "0.00", id="only visits not recorded"),
        pytest.param([("2", "0")], "0.00", id="only no visits"),
        pytest.param([], "0.00", id="no entries"),
    ],
)
def test_the_mean_visit_is_minutes_over_visits_of_entries_that_say_how_many(
    counted: Counted, entries: list[tuple[str, str]], mean: str
) -> None:
    records = [hours("oppdrag", amount, besøk=visits) for amount, visits in entries]
    assert str(counted(*served(), *records)["hours.mean_visit"]) == mean


def test_an_entry_without_a_number_of_visits_still_counts_in_the_hours(counted: Counted) -> None:
    figures = counted(
        *served(), hours("oppdrag", "4", besøk="2"), hours("oppdrag", "2", kjøring="1")
    )
    assert figures["hours.assignments"] == 6
    assert figures["hours.assignments.driving"] == 1


def test_driving_is_no_part_of_the_mean_visit(counted: Counted) -> None:
    figures = counted(*served(), hours("oppdrag", "4", besøk="2", kjøring="10"))
    assert figures["hours.mean_visit"] == 2


@pytest.mark.parametrize("kind", SIX_KINDS[1:])
def test_only_visits_on_assignments_are_in_the_mean(counted: Counted, kind: str) -> None:
    figures = counted(*served(), hours("oppdrag", "4", besøk="2"), hours(kind, "9", besøk="1"))
    assert figures["hours.mean_visit"] == 2


def test_the_mean_is_over_the_years_entries_whatever_assignment_they_are_on(
    counted: Counted,
) -> None:
    ended = assignment("O2", "H1", "V1", "2022-12-15", "2022-12-31")
    late = hours("oppdrag", "6", "2023-01-05", besøk="2", oppdrag="O2")
    assert counted(*served(), ended, late)["hours.mean_visit"] == 3


def test_hours_at_an_activity_for_others_count_as_hours_all_the_same(counted: Counted) -> None:
    figures = counted(
        *served(),
        activity(målgruppe="familiekontakter"),
        hours("samling", "3", aktivitet="A1"),
    )
    assert figures["hours.other"] == 3


@pytest.mark.parametrize(
    ("time", "row"),
    [
        ("00:00", [1, 0]),
        ("9:30", [1, 0]),
        ("14:59", [1, 0]),
        ("15:00", [0, 1]),
        ("15.00", [0, 1]),
        ("23:59", [0, 1]),
        ("", [0, 0]),
    ],
)
def test_an_assignment_is_before_15_or_from_15_on_by_its_usual_time(
    store: Store, time: str, row: list[int]
) -> None:
    *case, running = served()
    taken_in(store, *case, (running[0], {**running[1], "klokkeslett": time}))
    assert column(store, "6.7", 2)[1:] == row
