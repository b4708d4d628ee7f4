"""Inquiries by who made contact; those that came to nothing; and those that wait."""

from datetime import date

import pytest

from hsf_cli.registers.waiting import waiting_list
from hsf_cli.store import Store
from tests.builders import assignment, family, inquiry, taken_in, volunteer
from tests.report.conftest import Counted
from tests.report.figures import cells, column, figures, report

SOURCES = {
    "familien": 0, "helsestasjon": 1, "barnevern": 2, "ppt": 3, "psykisk_helsevern": 4,
    "sykehus": 5, "kommunalt": 6, "fastlege": 6, "ideell": 7, "krisesenter": 8, "nav": 9,
    "skole": 10, "barnehage": 10, "innvandrertjeneste": 11, "privatperson": 12,
    "familievern": 13,
}  # fmt: skip

CLOSED_UNMATCHED, FOR_VOLUNTEER, FOR_VISIT = [1, 0, 0], [0, 1, 0], [0, 0, 1]
NEITHER = [0, 0, 0]


@pytest.mark.parametrize(("source", "row"), SOURCES.items())
def test_an_inquiry_is_in_the_row_of_who_made_contact(store: Store, source: str, row: int) -> None:
    taken_in(store, family(), inquiry(kilde=source))
    assert column(store, "6.6") == [int(row == place) for place in range(14)]
    assert column(store, "6.6", 1) == [1]


@pytest.mark.parametrize("edition", [2022, 2023])
def test_an_inquiry_where_nobody_has_asked_is_in_the_total_in_no_row_and_named(
    store: Store, edition: int
) -> None:
    taken_in(
        store,
        *(family("F1"), inquiry("H1", "F1", kilde="ikke_spurt")),
        *(family("F2"), inquiry("H2", "F2", kilde="nav")),
    )
    counted = cells(report(store, edition=edition))
    rows = [cell for cell in counted if cell.row.key.startswith("inquiries.source.")]
    assert sum(cell.figure for cell in rows) == 1
    assert {tuple(record["name"] for record in cell.missing) for cell in rows} == {("Familie F1",)}
    assert figures(store, edition=edition)["inquiries.total"] == 2


@pytest.mark.parametrize("reason", ["fullført", "ikke_aktuelt", "trukket", "utenfor_målgruppen"])
def test_an_inquiry_counts_whatever_came_of_it(counted: Counted, reason: str) -> None:
    closed = inquiry(avsluttet="2023-02-01", avslutningsgrunn=reason)
    assert counted(family(), closed)["inquiries.total"] == 1


def test_a_returning_familys_new_inquiry_counts_again(counted: Counted) -> None:
    figures = counted(
        family(),
        inquiry("H1", mottatt="2023-01-01", avsluttet="2023-02-01"),
        inquiry("H2", mottatt="2023-03-01", kilde="nav"),
    )
    assert figures["inquiries.total"] == 2
    assert (figures["inquiries.source.familien"], figures["inquiries.source.nav"]) == (1, 1)


# What has happened to an inquiry by 31 December 2023, and the row it is then in.
STANDINGS = [
    pytest.param({"mottatt": "2023-12-31"}, FOR_VISIT, id="received on the last day"),
    pytest.param({"mottatt": "2024-01-01"}, NEITHER, id="received the day after"),
    pytest.param({"mottatt": "2019-01-01"}, FOR_VISIT, id="received years ago"),
    pytest.param({"besøkt": "2023-12-31"}, FOR_VOLUNTEER, id="visited on the last day"),
    pytest.param({"besøkt": "2024-01-01"}, FOR_VISIT, id="visited the day after"),
    pytest.param(
        {"besøkt": "2023-02-01", "avsluttet": "2023-12-31"},
        CLOSED_UNMATCHED,
        id="visited, closed on the last day",
    ),
    pytest.param(
        {"besøkt": "2023-02-01", "avsluttet": "2024-01-01"},
        FOR_VOLUNTEER,
        id="visited, closed the day after",
    ),
    pytest.param({"avsluttet": "2024-01-01"}, FOR_VISIT, id="not visited, closed the day after"),
    pytest.param({"avsluttet": "2023-12-31"}, NEITHER, id="not visited, closed on the last day"),
    pytest.param(
        {"besøkt": "2023-03-01", "avsluttet": "2023-03-01"},
        CLOSED_UNMATCHED,
        id="visited on the day it was closed",
    ),
    pytest.param(
        {"mottatt": "2023-03-01", "besøkt": "2023-03-01", "avsluttet": "2023-03-01"},
        CLOSED_UNMATCHED,
        id="received, visited and closed on one day",
    ),
    pytest.param(
        {"mottatt": "2022-01-01", "besøkt": "2022-01-05", "avsluttet": "2022-12-31"},
        NEITHER,
        id="visited, closed the year before",
    ),
]


@pytest.mark.parametrize(("dates", "row"), STANDINGS)
def test_an_inquiry_without_an_assignment_stands_as_its_dates_say(
    store: Store, dates: dict[str, str], row: list[int]
) -> None:
    taken_in(store, family(), inquiry(**dates))
    assert column(store, "6.7", 1) == row


VISITED = {"mottatt": "2022-01-01", "besøkt": "2022-01-10"}
# When its assignments started and ended, and whether the inquiry waits on 31 December 2023.
ASSIGNMENTS = [
    pytest.param([("2023-06-01", "")], False, id="running"),
    pytest.param([("2023-12-31", "")], False, id="starts on the last day"),
    pytest.param([("2024-01-01", "")], True, id="starts the day after"),
    pytest.param([("2023-06-01", "2023-12-31")], True, id="ends on the last day"),
    pytest.param([("2023-06-01", "2024-01-01")], False, id="ends the day after"),
    pytest.param([("2023-12-31", "2023-12-31")], True, id="starts and ends on the last day"),
    pytest.param([("2023-02-01", "2023-05-01")], True, id="ended"),
    pytest.param(
        [("2023-02-01", "2023-05-01"), ("2023-08-01", "")], False, id="one ended, one running"
    ),
    pytest.param(
        [("2023-02-01", "2023-05-01"), ("2023-08-01", "2023-11-01")], True, id="both ended"
    ),
]


@pytest.mark.parametrize(("periods", "waits"), ASSIGNMENTS)
def test_an_open_inquiry_waits_when_no_assignment_of_it_is_running(
    store: Store, periods: list[tuple[str, str]], waits: bool
) -> None:
    assignments = [assignment(f"O{i}", "H1", "V1", *period) for i, period in enumerate(periods)]
    taken_in(store, family(), inquiry(**VISITED), volunteer(), *assignments)
    assert column(store, "6.7", 1) == (FOR_VOLUNTEER if waits else NEITHER)


def test_an_assignment_of_another_inquiry_does_not_end_the_wait(store: Store) -> None:
    taken_in(
        store,
        family(),
        inquiry("H1", **VISITED, avsluttet="2022-06-01"),
        inquiry("H2", mottatt="2023-02-01"),
        volunteer(),
        assignment("O1", "H1", startet="2022-02-01"),
    )
    assert column(store, "6.7", 1) == FOR_VISIT


def test_a_family_whose_visit_was_never_recorded_waits_again_for_the_visit(store: Store) -> None:
    ended = assignment(startet="2023-02-01", avsluttet="2023-05-01")
    taken_in(store, family(), inquiry(), volunteer(), ended)
    assert column(store, "6.7", 1) == FOR_VISIT


@pytest.mark.parametrize(
    ("start", "end"),
    [("2022-03-01", "2022-04-01"), ("2023-03-01", "2023-04-01"), ("2023-05-01", "")],
)
def test_a_case_that_ever_had_an_assignment_did_not_come_to_nothing(
    store: Store, start: str, end: str
) -> None:
    closed = inquiry(**VISITED, avsluttet="2023-06-01")
    taken_in(store, family(), closed, volunteer(), assignment(startet=start, avsluttet=end))
    assert column(store, "6.7", 1) == NEITHER


def test_one_family_can_have_a_case_that_came_to_nothing_and_another_that_waits(
    store: Store,
) -> None:
    taken_in(
        store,
        family(),
        inquiry("H1", mottatt="2023-01-01", besøkt="2023-01-05", avsluttet="2023-02-01"),
        inquiry("H2", mottatt="2023-06-01"),
    )
    assert column(store, "6.7", 1) == [1, 0, 1]


@pytest.mark.parametrize(
    ("day", "stage"),
    [
        (date(2023, 1, 31), None),
        (date(2023, 2, 1), "besøk"),
        (date(2023, 2, 9), "besøk"),
        (date(2023, 2, 10), "familiekontakt"),
        (date(2023, 2, 28), "familiekontakt"),
        (date(2023, 3, 1), None),  # the assignment starts
        (date(2023, 5, 31), None),
        (date(2023, 6, 1), "familiekontakt"),  # the assignment ends
        (date(2023, 8, 31), "familiekontakt"),
        (date(2023, 9, 1), None),  # closed
    ],
)
def test_the_waiting_list_is_right_on_every_day_where_something_happens(
    store: Store, day: date, stage: str | None
) -> None:
    taken_in(
        store,
        family(),
        inquiry(mottatt="2023-02-01", besøkt="2023-02-10", avsluttet="2023-09-01"),
        volunteer(),
        assignment(startet="2023-03-01", avsluttet="2023-06-01"),
    )
    assert [one.stage for one in waiting_list(store, day)] == ([stage] if stage else [])


def test_the_waiting_list_on_the_last_day_is_who_the_form_says_waits(store: Store) -> None:
    taken_in(
        store,
        *(family(f"F{number}") for number in range(1, 5)),
        inquiry("H1", "F1", "2023-01-01"),
        inquiry("H2", "F2", "2023-01-01", besøkt="2023-02-01"),
        inquiry("H3", "F3", "2023-01-01", besøkt="2023-02-01", avsluttet="2023-12-31"),
        inquiry("H4", "F4", "2024-01-01"),
    )
    stages = [one.stage for one in waiting_list(store, date(2023, 12, 31))]
    counted = figures(store)
    assert counted["waiting.visit"] == stages.count("besøk") == 1
    assert counted["waiting.volunteer"] == stages.count("familiekontakt") == 1
