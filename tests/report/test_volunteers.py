"""Which volunteers count, once each, in which rows."""

import pytest

from hsf_cli.store import Store
from tests.builders import (
    assignment,
    earlier_period,
    family,
    hours,
    inquiry,
    served,
    taken_in,
    volunteer,
)
from tests.report.conftest import Counted
from tests.report.figures import column, figures, under

FOUND = [
    "nettverk", "sosiale_medier", "avis", "ukeblad", "stand", "tv", "radio", "plakat",
    "frivillig_no", "seminar", "arbeidsplass", "internett", "annonse", "annet",
]  # fmt: skip
OCCUPATIONS = ["pensjonist", "yrkesaktiv", "student", "ufør", "arbeidsledig", "annet"]


@pytest.mark.parametrize("code", OCCUPATIONS)
def test_each_occupation_has_its_own_row(store: Store, code: str) -> None:
    taken_in(store, volunteer(yrkesstatus=code))
    assert column(store, "6.2") == [int(code == other) for other in OCCUPATIONS]


@pytest.mark.parametrize(("said", "row"), [("ja", [1, 0]), ("nei", [0, 1]), ("", [0, 0])])
def test_having_children_is_yes_no_or_not_recorded(store: Store, said: str, row: list[int]) -> None:
    taken_in(store, volunteer(har_barn=said))
    assert column(store, "6.2", 2) == row


@pytest.mark.parametrize("code", FOUND)
def test_a_volunteer_is_in_the_row_of_how_they_found_hsf(store: Store, code: str) -> None:
    taken_in(store, volunteer(fant_oss=code))
    assert column(store, "6.10", 1) == [int(code == other) for other in FOUND]


def test_a_candidate_who_is_not_approved_is_in_no_row(counted: Counted) -> None:
    figures = counted(volunteer(godkjent="", kjønn="kvinne", født="1970", yrkesstatus="student"))
    assert under("volunteers", figures) == {}


def test_a_volunteer_without_an_assignment_in_the_year_is_not_linked(counted: Counted) -> None:
    figures = counted(
        family(),
        inquiry(mottatt="2022-01-01"),
        volunteer(),
        assignment(startet="2022-02-01", avsluttet="2022-12-31"),
    )
    assert (figures["volunteers.total"], figures["volunteers.linked"]) == (1, 0)


def test_a_volunteer_with_two_families_counts_once_and_their_families_twice(
    counted: Counted,
) -> None:
    figures = counted(
        *served("1"),
        family("F2"),
        inquiry("H2", "F2"),
        assignment("O2", "H2", "V1", "2023-03-01"),
    )
    assert (figures["volunteers.total"], figures["volunteers.linked"]) == (1, 1)
    assert (figures["families.total"], figures["assignments.total"]) == (2, 2)


def test_only_volunteers_of_the_year_are_among_its_linked_ones(counted: Counted) -> None:
    never_approved = volunteer(godkjent="")
    figures = counted(family(), inquiry(), never_approved, assignment())
    assert figures["assignments.total"] == 1
    assert (figures["volunteers.total"], figures["volunteers.linked"]) == (0, 0)


@pytest.mark.parametrize("kind", ["oppdrag", "kurs", "veiledning", "aktivitet", "samling", "annet"])
def test_only_activities_for_families_are_other_voluntary_work(counted: Counted, kind: str) -> None:
    figures = counted(*served(), hours(kind))
    assert figures["volunteers.other_activity"] == int(kind == "aktivitet")


@pytest.mark.parametrize(("linked", "row"), [(True, [1, 0, 1]), (False, [0, 1, 1])])
@pytest.mark.parametrize("times", [1, 2])
def test_a_volunteer_with_other_voluntary_work_counts_once_as_linked_or_not(
    store: Store, linked: bool, times: int, row: list[int]
) -> None:
    taken_in(store, *(served() if linked else [volunteer()]), *[hours("aktivitet")] * times)
    assert column(store, "6.2", 4) == row


def test_other_voluntary_work_of_no_length_is_still_work_that_was_recorded(
    counted: Counted,
) -> None:
    assert counted(volunteer(), hours("aktivitet", "0"))["volunteers.other_activity"] == 1


@pytest.mark.parametrize(
    ("year", "total", "new"),
    [(2017, 0, 0), (2018, 1, 1), (2019, 1, 0), (2020, 1, 0), (2021, 0, 0), (2022, 0, 0),
     (2023, 1, 0), (2024, 1, 0)],
)  # fmt: skip
def test_a_volunteer_who_comes_back_counts_in_both_periods_and_is_new_the_first_time(
    counted: Counted, year: int, total: int, new: int
) -> None:
    came_back = [volunteer(godkjent="2023-05-01"), earlier_period("V1", "2018-03-01", "2020-06-30")]
    figures = counted(*came_back, year=year)
    assert (figures["volunteers.total"], figures["volunteers.new"]) == (total, new)


def test_a_volunteer_who_leaves_and_comes_back_within_a_year_counts_once(counted: Counted) -> None:
    figures = counted(
        volunteer(godkjent="2023-09-01", kjønn="kvinne", født="1970"),
        earlier_period("V1", "2021-01-01", "2023-02-01"),
        earlier_period("V1", "2023-03-01", "2023-04-01"),
    )
    assert figures["volunteers.total"] == 1
    assert figures["volunteers.new"] == 0
    assert under("volunteers.gender", figures) == {"kvinne": 1, "kvinne.45-54": 1}


def test_the_first_of_several_earlier_periods_is_the_one_that_was_new(counted: Counted) -> None:
    records = [
        volunteer(godkjent="2023-05-01"),
        earlier_period("V1", "2019-01-01", "2020-01-01"),
        earlier_period("V1", "2015-01-01", "2016-01-01"),
    ]
    years = [year for year in range(2014, 2025) if counted(*records, year=year)["volunteers.new"]]
    assert years == [2015]


def test_one_who_left_and_is_a_candidate_again_counts_in_the_earlier_period_alone(
    counted: Counted,
) -> None:
    records = [volunteer(godkjent=""), earlier_period("V1", "2021-06-01", "2022-03-01")]
    totals = {year: counted(*records, year=year)["volunteers.total"] for year in range(2020, 2025)}
    assert totals == {2020: 0, 2021: 1, 2022: 1, 2023: 0, 2024: 0}


def test_one_who_was_approved_and_left_in_the_same_year_is_both_new_and_counted(
    counted: Counted,
) -> None:
    figures = counted(volunteer(godkjent="2023-02-01", sluttet="2023-05-01"))
    assert (figures["volunteers.total"], figures["volunteers.new"]) == (1, 1)


def test_a_volunteer_counts_with_the_attributes_of_today(store: Store) -> None:
    taken_in(store, volunteer(yrkesstatus="yrkesaktiv"))
    taken_in(store, ("familiekontakter", {"id": "V1", "yrkesstatus": "pensjonist"}), update=True)
    assert under("volunteers.occupation", figures(store, 2021)) == {"pensjonist": 1}
