"""Which families count, once each, in which rows; and their children."""

import pytest

from hsf_cli.store import Store
from tests.builders import (
    Record,
    assignment,
    child,
    family,
    inquiry,
    served,
    taken_in,
    volunteer,
)
from tests.report.conftest import Counted
from tests.report.figures import column, figures, under

CHALLENGES = [
    "flerfødsel", "aleneforelder", "integrering", "helse_foreldre", "særskilte_behov_barn",
    "nettverk", "hjelpeapparatet", "skolearbeid", "samliv", "norsk_språk", "samtalepartner",
    "vold", "rus", "annet",
]  # fmt: skip
SUPPORT = ["avlastning", "foreldrestøtte", "nettverk", "norsk_språk", "annet"]
NETWORK = ["nær_familie", "slektninger", "venner", "støttekontakt", "annet", "ingen"]
HELP = [
    "helsestasjon", "barnevern", "ppt", "psykisk_helsevern", "familievern", "sykehus",
    "kommunalt", "ideell", "krisesenter", "nav", "skole_barnehage", "innvandrertjeneste",
    "politi",
]  # fmt: skip
FOUND = [
    "nettverk", "sosiale_medier", "avis", "ukeblad", "stand", "helsestasjon",
    "barnehage_skole", "hjelpeapparatet", "tv", "radio", "plakat", "annonse", "annet",
]  # fmt: skip


def test_a_family_with_only_an_inquiry_is_not_a_family_of_the_year(counted: Counted) -> None:
    figures = counted(family(), child(), inquiry(besøkt="2023-01-05"))
    assert (figures["families.total"], figures["children.total"]) == (0, 0)


def test_a_family_with_two_volunteers_at_once_counts_once_and_its_assignments_twice(
    counted: Counted,
) -> None:
    figures = counted(
        *served(sivilstatus="enslig", utfordringer="rus"),
        child(),
        volunteer("V2"),
        assignment("O2", "H1", "V2", "2023-03-01"),
    )
    assert figures["families.total"] == 1
    assert figures["families.civil_status.enslig"] == 1
    assert figures["families.challenges.rus"] == 1
    assert figures["children.total"] == 1
    assert figures["assignments.total"] == 2
    assert figures["volunteers.linked"] == 2


def test_a_family_that_returns_is_one_family_with_two_inquiries(counted: Counted) -> None:
    figures = counted(
        family(),
        inquiry("H1", mottatt="2023-01-02", avsluttet="2023-04-01"),
        inquiry("H2", mottatt="2023-08-01"),
        volunteer(),
        assignment("O1", "H1", startet="2023-01-10", avsluttet="2023-04-01"),
        assignment("O2", "H2", startet="2023-09-01"),
    )
    assert figures["inquiries.total"] == 2
    assert figures["assignments.total"] == 2
    assert figures["families.total"] == 1


@pytest.mark.parametrize(("code", "row"), [("gift_samboer", [1, 0]), ("enslig", [0, 1])])
def test_civil_status_has_a_row_for_each_code(store: Store, code: str, row: list[int]) -> None:
    taken_in(store, *served(sivilstatus=code))
    assert column(store, "6.3") == row


@pytest.mark.parametrize(
    ("code", "row"), [("norsk", [1, 0]), ("innvandrer", [0, 1]), ("blandet", [0, 1])]
)
def test_background_is_norwegian_or_not(store: Store, code: str, row: list[int]) -> None:
    taken_in(store, *served(bakgrunn=code))
    assert column(store, "6.3", 1) == row


@pytest.mark.parametrize("said", ["ja", "nei", ""])
@pytest.mark.parametrize("background", ["norsk", "innvandrer", "blandet", ""])
@pytest.mark.parametrize("edition", [2022, 2023])
@pytest.mark.parametrize(
    ("field", "key"),
    [
        ("asylmottak", "families.reception_centre"),
        ("introduksjonsprogram", "families.introduction_programme"),
    ],
)
def test_only_families_with_an_immigrant_background_count_in_the_rows_about_them(
    counted: Counted, field: str, key: str, edition: int, background: str, said: str
) -> None:
    figures = counted(*served(bakgrunn=background, **{field: said}), edition=edition)
    assert figures[key] == (said == "ja" and background in ("innvandrer", "blandet"))


@pytest.mark.parametrize("table", [0, 1])
def test_each_kind_of_help_has_its_own_row_in_the_order_of_the_codes(
    store: Store, table: int
) -> None:
    _take_in_one_more_of_each(store, "hjelp_etter" if table else "hjelp_før", HELP)
    assert column(store, "6.9", table * 2) == list(range(1, len(HELP) + 1))
    assert not any(column(store, "6.9", 2 - table * 2))


@pytest.mark.parametrize(
    ("field", "codes", "section", "table"),
    [
        ("utfordringer", CHALLENGES, "6.4", 0),
        ("støtte", SUPPORT, "6.5", 0),
        ("nettverk", NETWORK, "6.5", 1),
    ],
)
def test_each_code_has_its_own_row_in_the_order_of_the_codes(
    store: Store, field: str, codes: list[str], section: str, table: int
) -> None:
    _take_in_one_more_of_each(store, field, codes)
    assert column(store, section, table) == list(range(1, len(codes) + 1))


def _take_in_one_more_of_each(store: Store, field: str, codes: list[str]) -> None:
    """Families of which one has the first code, two the second, and so on; several on each."""
    for i in range(len(codes)):
        taken_in(store, *served(str(i + 1), **{field: ",".join(codes[i:])}))


@pytest.mark.parametrize("code", FOUND)
def test_a_family_is_in_the_row_of_how_it_found_hsf(store: Store, code: str) -> None:
    taken_in(store, *served(fant_oss=code))
    assert column(store, "6.10") == [int(code == other) for other in FOUND]


@pytest.mark.parametrize("time", ["before", "after"])
@pytest.mark.parametrize("edition", [2022, 2023])
def test_the_total_of_help_counts_distinct_families(
    counted: Counted, edition: int, time: str
) -> None:
    field = {"before": "hjelp_før", "after": "hjelp_etter"}[time]
    figures = counted(
        *served("1", **{field: "ppt,barnevern,politi,krisesenter"}),
        *served("2", **{field: "ppt"}),
        *served("3"),
        edition=edition,
    )
    assert figures[f"families.help_{time}.ppt"] == 2
    assert figures[f"families.help_{time}"] == 2
    assert sum(under(f"families.help_{time}", figures).values()) > 2


def test_attributes_count_as_they_stand_now(store: Store) -> None:
    taken_in(store, *served(sivilstatus="enslig", utfordringer="rus"))
    mapped_again = {"id": "F1", "sivilstatus": "gift_samboer", "utfordringer": "samliv"}
    taken_in(store, ("familier", mapped_again), update=True)
    counted = figures(store)
    assert under("families.civil_status", counted) == {"gift_samboer": 1}
    assert under("families.challenges", counted) == {"samliv": 1}


def special_child(familie: str = "F1", født: str = "2020") -> Record:
    return child(familie, født, særskilte_behov="ja")


@pytest.mark.parametrize(
    ("background", "row"),
    [("norsk", "norsk"), ("innvandrer", "innvandrer_blandet"), ("blandet", "innvandrer_blandet")],
)
def test_a_family_with_special_needs_is_in_the_row_of_its_background(
    counted: Counted, background: str, row: str
) -> None:
    figures = counted(*served(bakgrunn=background), special_child())
    assert under("families.special_needs", figures) == {row: 1}
    assert figures["families.special_needs"] == 1


def test_a_family_with_two_children_with_special_needs_counts_once(counted: Counted) -> None:
    figures = counted(*served(bakgrunn="norsk"), special_child(), special_child(født="2018"))
    assert under("families.special_needs", figures) == {"norsk": 1, "siblings": 1}
    assert figures["families.special_needs"] == 1


@pytest.mark.parametrize("said", ["nei", ""])
def test_a_family_without_a_child_recorded_with_special_needs_is_in_no_row(
    counted: Counted, said: str
) -> None:
    figures = counted(*served(bakgrunn="norsk"), child(særskilte_behov=said), child())
    assert under("families.special_needs", figures) == {}
    assert figures["families.special_needs"] == 0


@pytest.mark.parametrize(
    ("sibling", "siblings"),
    [
        pytest.param(child(født="2018", særskilte_behov="nei"), 1, id="without special needs"),
        pytest.param(child(født="2018"), 1, id="with nothing recorded"),
        pytest.param(child(født="2005"), 1, id="of 18 years"),
        pytest.param(child(født="2004"), 0, id="of 19 years"),
        pytest.param(child(født="2024"), 0, id="not yet born"),
        pytest.param(child("F2", "2018"), 0, id="of another family"),
    ],
)
def test_more_than_one_child_means_more_than_one_of_0_to_18_years(
    counted: Counted, sibling: Record, siblings: int
) -> None:
    figures = counted(*served("1"), *served("2"), special_child(), sibling)
    assert figures["families.special_needs"] == 1
    assert figures["families.special_needs.siblings"] == siblings


def test_a_child_of_a_family_without_an_assignment_is_in_no_row(counted: Counted) -> None:
    figures = counted(family(), inquiry(), special_child())
    assert under("children", figures) == {}
    assert figures["families.special_needs"] == 0
