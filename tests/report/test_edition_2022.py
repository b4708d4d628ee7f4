"""The form of 2022, row by row where it differs from that of 2023."""

import pytest

from hsf_cli.report.forms import edition_for, editions, shipped
from hsf_cli.store import Store
from tests.builders import (
    assignment,
    child,
    family,
    inquiry,
    served,
    taken_in,
    volunteer,
)
from tests.report.conftest import Counted, Missing
from tests.report.figures import column, under

SOURCES = {
    "familien": 0, "helsestasjon": 1, "barnehage": 2, "skole": 3, "familievern": 4,
    "fastlege": 5, "sykehus": 6, "psykisk_helsevern": 7, "barnevern": 8, "ppt": 9,
    "innvandrertjeneste": 10, "kommunalt": 11, "ideell": 11, "krisesenter": 11, "nav": 11,
    "privatperson": 11,
}  # fmt: skip
CHALLENGES = {
    "flerfødsel": 0, "aleneforelder": 1, "integrering": 2, "helse_foreldre": 3,
    "særskilte_behov_barn": 4, "nettverk": 5, "hjelpeapparatet": 6, "skolearbeid": 6,
    "samliv": 6, "norsk_språk": 6, "samtalepartner": 6, "vold": 6, "rus": 6, "annet": 6,
}  # fmt: skip
SUPPORT = {"avlastning": 0, "foreldrestøtte": 1, "nettverk": 2, "norsk_språk": 3, "annet": 3}
HELP = {
    "helsestasjon": 0, "barnevern": 1, "familievern": 2, "ppt": 3, "psykisk_helsevern": 4,
    "sykehus": 5, "kommunalt": 5, "ideell": 5, "krisesenter": 5, "nav": 5,
    "skole_barnehage": 5, "innvandrertjeneste": 5, "politi": 5,
}  # fmt: skip


def only(place: int, rows: int) -> list[int]:
    """A table where one row counts one."""
    return [int(place == other) for other in range(rows)]


@pytest.mark.parametrize(
    ("year", "edition"), [(1999, 2022), (2021, 2022), (2022, 2022), (2023, 2023), (2031, 2023)]
)
def test_each_year_has_its_edition(year: int, edition: int) -> None:
    assert edition_for(year) == edition


@pytest.mark.parametrize(
    ("code", "row"),
    [("pensjonist", 0), ("yrkesaktiv", 1), ("student", 2), ("ufør", 3), ("arbeidsledig", 3),
     ("annet", 3)],
)  # fmt: skip
def test_7_2_has_four_rows_for_occupation(store: Store, code: str, row: int) -> None:
    taken_in(store, volunteer(yrkesstatus=code))
    assert column(store, "7.2", 0, 2022) == only(row, 4)


@pytest.mark.parametrize("gender", ["annet", ""])
def test_7_2_leaves_out_who_is_of_neither_gender_and_says_so(
    store: Store, counted: Counted, missing_from: Missing, gender: str
) -> None:
    left_out = volunteer("V1", kjønn=gender, født="1970")
    figures = counted(left_out, volunteer("V2", kjønn="mann", født="1970"), edition=2022)
    assert under("volunteers.gender", figures) == {"mann": 1, "mann.45-54": 1}
    assert figures["volunteers.total"] == 2
    missing = {key: n for key, n in missing_from(edition=2022).items() if n and ".gender" in key}
    assert missing == {"volunteers.gender.kvinne": 1, "volunteers.gender.mann": 1}


@pytest.mark.parametrize(("code", "row"), [("norsk", 0), ("innvandrer", 1), ("blandet", 2)])
def test_7_3_has_three_rows_for_background(store: Store, code: str, row: int) -> None:
    taken_in(store, *served(bakgrunn=code))
    assert column(store, "7.3", 1, 2022) == only(row, 3)


@pytest.mark.parametrize(
    ("background", "rows"),
    [("norsk", [2, 0, 0]), ("innvandrer", [0, 2, 0]), ("blandet", [0, 0, 2]), ("", [0, 0, 0])],
)
def test_7_3_counts_children_with_special_needs_by_the_familys_background(
    store: Store, background: str, rows: list[int]
) -> None:
    taken_in(
        store,
        *served(bakgrunn=background),
        child(født="2020", særskilte_behov="ja"),
        child(født="2019", særskilte_behov="ja"),
        child(født="2018", særskilte_behov="nei"),
    )
    assert column(store, "7.3", 6, 2022) == [*rows, 2, 1]


@pytest.mark.parametrize(
    ("records", "siblings"),
    [
        pytest.param([child(særskilte_behov="nei")] * 2, 2, id="two without special needs"),
        pytest.param([child(særskilte_behov="")], 0, id="one with nothing recorded"),
        pytest.param([child(særskilte_behov="ja")], 0, id="another with special needs"),
        pytest.param([child(født="2004", særskilte_behov="nei")], 0, id="one of 19 years"),
        pytest.param([child(født="2024", særskilte_behov="nei")], 0, id="one not yet born"),
        pytest.param([child("F2", særskilte_behov="nei")], 0, id="a child of another family"),
        pytest.param([], 0, id="none"),
    ],
)
def test_7_3_siblings_are_children_recorded_without_special_needs_beside_one_with(
    counted: Counted, records: list, siblings: int
) -> None:
    special = child(født="2020", særskilte_behov="ja")
    figures = counted(*served("1"), *served("2"), special, *records, edition=2022)
    assert figures["children.special_needs.siblings"] == siblings


def test_7_3_siblings_need_a_child_with_special_needs_among_those_of_0_to_18(
    counted: Counted,
) -> None:
    grown = child(født="2004", særskilte_behov="ja")
    figures = counted(*served(), grown, child(særskilte_behov="nei"), edition=2022)
    assert under("children.special_needs", figures) == {}
    assert figures["children.special_needs"] == 0


@pytest.mark.parametrize(("code", "row"), CHALLENGES.items())
def test_7_4_has_a_row_for_every_other_challenge(store: Store, code: str, row: int) -> None:
    taken_in(store, *served(utfordringer=code))
    assert column(store, "7.4", 0, 2022) == only(row, 7)


@pytest.mark.parametrize(("code", "row"), SUPPORT.items())
def test_7_5_has_a_row_for_every_other_support(store: Store, code: str, row: int) -> None:
    taken_in(store, *served(støtte=code))
    assert column(store, "7.5", 0, 2022) == only(row, 4)


@pytest.mark.parametrize(
    ("field", "codes", "section", "row"),
    [
        ("utfordringer", "rus,vold,annet,nettverk", "7.4", [0, 0, 0, 0, 0, 1, 1]),
        ("støtte", "norsk_språk,annet", "7.5", [0, 0, 0, 1]),
        ("hjelp_før", "nav,politi,ppt", "7.8", [0, 0, 0, 1, 0, 1]),
    ],
)
def test_a_family_with_several_of_the_others_counts_once_in_their_row(
    store: Store, field: str, codes: str, section: str, row: list[int]
) -> None:
    taken_in(store, *served(**{field: codes}))
    assert column(store, section, 0, 2022) == row


def test_7_5_has_no_table_of_network() -> None:
    section = next(section for section in shipped(2022).sections if section.number == "7.5")
    assert len(section.tables) == 1


@pytest.mark.parametrize(("source", "row"), SOURCES.items())
def test_7_6_has_a_row_for_every_other_source(store: Store, source: str, row: int) -> None:
    taken_in(store, family(), inquiry(kilde=source))
    assert column(store, "7.6", 0, 2022) == only(row, 12)
    assert column(store, "7.6", 1, 2022) == [1]


def test_7_7_ends_with_the_sum_of_the_three_rows_above(store: Store) -> None:
    taken_in(
        store,
        *(family(f"F{number}") for number in range(1, 8)),
        inquiry("H1", "F1", "2023-01-01", besøkt="2023-01-05", avsluttet="2023-02-01"),
        inquiry("H2", "F2", "2023-01-01", besøkt="2023-01-05"),
        inquiry("H3", "F3", "2023-01-01", besøkt="2023-01-05"),
        inquiry("H4", "F4", "2023-01-01"),
        inquiry("H5", "F5", "2023-01-01"),
        inquiry("H6", "F6", "2023-01-01"),
        inquiry("H7", "F7", "2023-01-01", besøkt="2023-01-05"),
        volunteer(),
        assignment("O1", "H7"),
    )
    assert column(store, "7.7", 1, 2022) == [1, 2, 3, 6]


@pytest.mark.parametrize("table", [0, 2])
@pytest.mark.parametrize(("code", "row"), HELP.items())
def test_7_8_has_a_row_for_every_other_help_and_a_total(
    store: Store, code: str, row: int, table: int
) -> None:
    taken_in(store, *served(**{"hjelp_etter" if table else "hjelp_før": code}))
    assert column(store, "7.8", table, 2022) == only(row, 6)
    assert column(store, "7.8", table + 1, 2022) == [1]
    assert column(store, "7.8", 3 - table, 2022) == [0]


def test_a_key_in_two_editions_means_the_same_row_and_the_same_row_has_one_key() -> None:
    rows = [
        (row.key, (row.population, frozenset(row.conditions.items()), row.measure, row.unit))
        for edition in editions()
        for section in shipped(edition).sections
        for table in section.tables
        for row in table.rows
    ]
    pairs = set(rows)
    assert len(pairs) < len(rows)  # the editions do share rows
    assert len({key for key, _ in pairs}) == len(pairs)
    assert len({meaning for _, meaning in pairs}) == len(pairs)
