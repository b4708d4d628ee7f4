"""Ages are those at the end of the year: every band of the form, on each side of each edge."""

import pytest

from tests.builders import child, served, volunteer
from tests.report.conftest import Counted, Missing
from tests.report.figures import under

VOLUNTEERS_BANDS = [
    (18, "18-24"), (24, "18-24"), (25, "25-34"), (34, "25-34"), (35, "35-44"), (44, "35-44"),
    (45, "45-54"), (54, "45-54"), (55, "55-64"), (64, "55-64"), (65, "65-74"), (74, "65-74"),
    (75, "75+"), (99, "75+"),
]  # fmt: skip


@pytest.mark.parametrize("gender", ["kvinne", "mann", "annet"])
@pytest.mark.parametrize(("age", "band"), VOLUNTEERS_BANDS)
def test_a_volunteer_is_in_the_band_of_the_age_at_the_end_of_the_year(
    counted: Counted, gender: str, age: int, band: str
) -> None:
    figures = counted(volunteer(kjønn=gender, født=str(2023 - age)))
    assert under("volunteers.gender", figures) == {gender: 1, f"{gender}.{band}": 1}


@pytest.mark.parametrize("gender", ["kvinne", "mann"])
@pytest.mark.parametrize(("age", "band"), VOLUNTEERS_BANDS)
def test_the_form_of_2022_has_the_same_bands(
    counted: Counted, gender: str, age: int, band: str
) -> None:
    record = volunteer(kjønn=gender, født=str(2022 - age))
    figures = counted(record, year=2022, edition=2022)
    assert under("volunteers.gender", figures) == {gender: 1, f"{gender}.{band}": 1}


def test_a_volunteer_under_18_is_in_no_band(counted: Counted) -> None:
    figures = counted(volunteer(kjønn="kvinne", født=str(2023 - 17)))
    assert under("volunteers.gender", figures) == {"kvinne": 1}
    assert figures["volunteers.total"] == 1


def test_a_volunteer_without_a_birth_year_is_in_no_band(counted: Counted) -> None:
    figures = counted(volunteer(kjønn="mann"))
    assert under("volunteers.gender", figures) == {"mann": 1}


def test_a_volunteer_without_a_gender_is_in_no_band(counted: Counted) -> None:
    figures = counted(volunteer(født="1970"))
    assert under("volunteers.gender", figures) == {}
    assert figures["volunteers.total"] == 1


@pytest.mark.parametrize("born", ["1998", "1998-01-01", "31.12.1998"])
def test_a_year_of_birth_and_any_day_of_it_give_the_same_age(counted: Counted, born: str) -> None:
    figures = counted(volunteer(kjønn="kvinne", født=born))
    assert under("volunteers.gender.kvinne", figures) == {"25-34": 1}


@pytest.mark.parametrize(
    ("age", "band"),
    [
        (0, "0-2"), (2, "0-2"), (3, "3-6"), (6, "3-6"), (7, "7-12"), (12, "7-12"),
        (13, "13-18"), (18, "13-18"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("edition", [2022, 2023])
def test_a_child_is_in_the_band_of_the_age_at_the_end_of_the_year(
    counted: Counted, edition: int, age: int, band: str
) -> None:
    figures = counted(*served(), child(født=str(2023 - age)), edition=edition)
    assert under("children", figures) == {band: 1, "total": 1}


@pytest.mark.parametrize("born", ["2024", "2024-01-01", "2004", "2004-12-31"])
def test_a_child_not_yet_born_or_over_18_is_in_no_row_and_no_total(
    counted: Counted, missing_from: Missing, born: str
) -> None:
    figures = counted(*served(), child(født=born, særskilte_behov="ja"))
    assert under("children", figures) == {}
    assert under("families.special_needs", figures) == {}
    assert figures["families.special_needs"] == 0
    assert not any(under("children", dict(missing_from())).values())


@pytest.mark.parametrize("born", ["2005-01-01", "2005-12-31", "2023-12-31"])
def test_a_child_of_0_to_18_years_counts_whatever_its_day_of_birth(
    counted: Counted, born: str
) -> None:
    assert counted(*served(), child(født=born))["children.total"] == 1


def test_ages_move_with_the_report_year_and_not_with_the_day_of_counting(
    counted: Counted,
) -> None:
    records = [*served(), child(født="2021")]
    assert under("children", counted(*records, year=2023)) == {"0-2": 1, "total": 1}
    assert under("children", counted(year=2024)) == {"3-6": 1, "total": 1}
