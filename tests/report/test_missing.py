"""Rows that should split a population and leave records out of it say how many."""

import pytest

from tests.builders import Record, child, family, inquiry, served
from tests.report.conftest import Missing

VOLUNTEER = {
    "kjønn": "kvinne",
    "født": "1970",
    "yrkesstatus": "annet",
    "har_barn": "nei",
    "fant_oss": "annet",
}
FAMILY = {"sivilstatus": "enslig", "bakgrunn": "norsk", "fant_oss": "annet"}


def department(
    volunteer: dict[str, str] | None = None,
    family: dict[str, str] | None = None,
    time: str = "12:00",
) -> list[Record]:
    """A department where nothing is missing, but for what is said."""
    family_row, inquiry_row, volunteer_row, assignment_row = served(**{**FAMILY, **(family or {})})
    return [
        family_row,
        child(særskilte_behov="ja"),
        inquiry_row,
        ("familiekontakter", {**volunteer_row[1], **VOLUNTEER, **(volunteer or {})}),
        ("oppdrag", {**assignment_row[1], "klokkeslett": time}),
    ]


def rows(prefix: str, *names: str) -> dict[str, int]:
    return {f"{prefix}.{name}": 1 for name in names}


BANDS = ["18-24", "25-34", "35-44", "45-54", "55-64", "65-74", "75+"]
OCCUPATION = rows(
    "volunteers.occupation", "pensjonist", "yrkesaktiv", "student", "ufor", "arbeidsledig", "annet"
)
OCCUPATION_2022 = rows(
    "volunteers.occupation", "pensjonist", "yrkesaktiv", "student", "ufor_arbeidsledig_annet"
)
GENDER = rows("volunteers.gender", "kvinne", "mann", "annet")
GENDER_2022 = rows("volunteers.gender", "kvinne", "mann")
WOMENS_AGE = rows("volunteers.gender.kvinne", *BANDS)
MENS_AGE = rows("volunteers.gender.mann", *BANDS)
CHILDREN = rows("volunteers.has_children", "yes", "no")
VOLUNTEERS_FOUND = rows(
    "volunteers.found_us",
    *("nettverk", "sosiale_medier", "avis", "ukeblad", "stand", "tv", "radio", "plakat"),
    *("frivillig_no", "seminar", "arbeidsplass", "internett", "annonse", "annet"),
)
CIVIL_STATUS = rows("families.civil_status", "gift_samboer", "enslig")
BACKGROUND = rows("families.background", "norsk", "innvandrer_blandet")
BACKGROUND_2022 = rows("families.background", "norsk", "innvandrer", "blandet")
SPECIAL_FAMILIES = rows("families.special_needs", "norsk", "innvandrer_blandet")
SPECIAL_CHILDREN_2022 = rows("children.special_needs", "norsk", "innvandrer", "blandet")
FAMILIES_FOUND = rows(
    "families.found_us",
    *("nettverk", "sosiale_medier", "avis", "ukeblad", "stand", "helsestasjon"),
    *("barnehage_skole", "hjelpeapparatet", "tv", "radio", "plakat", "annonse", "annet"),
)
SOURCES = rows(
    "inquiries.source",
    *("familien", "helsestasjon", "barnevern", "ppt", "psykisk_helsevern", "sykehus"),
    *("kommunalt_fastlege", "ideell", "krisesenter", "nav", "skole_barnehage"),
    *("innvandrertjeneste", "privatperson", "familievern"),
)
SOURCES_2022 = rows(
    "inquiries.source",
    *("familien", "helsestasjon", "barnehage", "skole", "familievern", "fastlege", "sykehus"),
    *("psykisk_helsevern", "barnevern", "ppt", "innvandrertjeneste", "other"),
)
TIMES = rows("assignments.starts", "before_15", "after_15")

CASES = [
    pytest.param(department(), {}, {}, id="nothing"),
    pytest.param(department({"yrkesstatus": ""}), OCCUPATION, OCCUPATION_2022, id="occupation"),
    pytest.param(department({"kjønn": ""}), GENDER, GENDER_2022, id="gender"),
    pytest.param(department({"kjønn": "annet"}), {}, GENDER_2022, id="neither gender"),
    pytest.param(department({"født": ""}), WOMENS_AGE, WOMENS_AGE, id="a woman's birth year"),
    pytest.param(department({"født": "2007"}), WOMENS_AGE, WOMENS_AGE, id="a woman under 18"),
    pytest.param(
        department({"født": "", "kjønn": "mann"}), MENS_AGE, MENS_AGE, id="a man's birth year"
    ),
    pytest.param(
        department({"født": "", "kjønn": "annet"}),
        rows("volunteers.gender.annet", *BANDS),
        GENDER_2022,
        id="the birth year of one of another gender",
    ),
    pytest.param(department({"har_barn": ""}), CHILDREN, CHILDREN, id="having children"),
    pytest.param(department({"fant_oss": ""}), VOLUNTEERS_FOUND, {}, id="how volunteers found us"),
    pytest.param(
        department(family={"sivilstatus": ""}), CIVIL_STATUS, CIVIL_STATUS, id="civil status"
    ),
    pytest.param(
        department(family={"bakgrunn": ""}),
        BACKGROUND | SPECIAL_FAMILIES,
        BACKGROUND_2022 | SPECIAL_CHILDREN_2022,
        id="background",
    ),
    pytest.param(
        department(family={"fant_oss": ""}), FAMILIES_FOUND, {}, id="how families found us"
    ),
    pytest.param(
        [*department(), family("F9"), inquiry("H9", "F9", kilde="ikke_spurt")],
        SOURCES,
        SOURCES_2022,
        id="who made contact",
    ),
    pytest.param(department(time=""), TIMES, {}, id="the usual time"),
]


@pytest.mark.parametrize(("records", "of_2023", "of_2022"), CASES)
def test_what_is_not_recorded_is_missing_from_each_row_of_its_group_and_no_other(
    missing_from: Missing,
    records: list[Record],
    of_2023: dict[str, int],
    of_2022: dict[str, int],
) -> None:
    taken = missing_from(*records, edition=2023)
    assert {key: n for key, n in taken.items() if n} == of_2023
    again = missing_from(edition=2022)
    assert {key: n for key, n in again.items() if n} == of_2022


def test_missing_is_the_number_of_records_in_no_row(missing_from: Missing) -> None:
    missing = missing_from(
        *served("1", sivilstatus="enslig"), *served("2"), *served("3"), *served("4")
    )
    assert {key: missing[key] for key in CIVIL_STATUS} == dict.fromkeys(CIVIL_STATUS, 3)
    assert missing["families.total"] == 0


@pytest.mark.parametrize("edition", [2022, 2023])
def test_rows_of_no_group_are_never_missing_anything(missing_from: Missing, edition: int) -> None:
    blank = [*served(), child(særskilte_behov="ja"), family("F2"), inquiry("H2", "F2")]
    groupless = {
        key: n
        for key, n in missing_from(*blank, edition=edition).items()
        if key.endswith(".total")
        or key.startswith(
            ("courses", "activit", "hours", "waiting", "families.challenges", "families.help")
        )
        or key in ("volunteers.linked", "children.special_needs", "families.special_needs")
    }
    assert len(groupless) > 30
    assert not any(groupless.values())


@pytest.mark.parametrize("edition", [2022, 2023])
def test_an_inquiry_of_any_source_and_a_child_of_any_age_are_in_some_row(
    missing_from: Missing, edition: int
) -> None:
    sources = (
        "familien", "helsestasjon", "barnevern", "ppt", "psykisk_helsevern", "sykehus",
        "kommunalt", "ideell", "krisesenter", "nav", "skole", "barnehage",
        "innvandrertjeneste", "privatperson", "familievern", "fastlege",
    )  # fmt: skip
    inquiries = [
        record
        for i, source in enumerate(sources, 10)
        for record in (family(f"F{i}"), inquiry(f"H{i}", f"F{i}", kilde=source))
    ]
    children = [child(født=str(2023 - age)) for age in range(25)]
    missing = missing_from(*served(), *inquiries, *children, edition=edition)
    groups = ("inquiries.source.", "children.", "assignments.ended", "assignments.running")
    assert not any(n for key, n in missing.items() if key.startswith(groups))
