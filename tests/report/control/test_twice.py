"""The same family or volunteer recorded twice."""

from importlib import import_module

import pytest

from hsf_cli import likeness
from tests.builders import Record, child, family, inquiry
from tests.report.control.conftest import Found, named
from tests.report.control.department import sound


def again(navn: str = "Familie F1", **says: str) -> list[Record]:
    """A family that called in the year, recorded on its own."""
    return [family("F2", navn=navn, **says), inquiry("H2", "F2", "2023-05-01")]


@pytest.mark.parametrize(
    ("first", "second", "word"),
    [
        ({"telefon": "900 00 001"}, {"telefon": "+47 90 00 00 01", "navn": "K. Lie"}, "telefon"),
        ({"epost": "en@eksempel.no"}, {"epost": "EN@eksempel.no", "navn": "K. Lie"}, "e-post"),
        ({"adresse": "Skogveien 2 B"}, {"adresse": "skogveien 2b"}, "navn og adresse"),
    ],
)
def test_what_is_hardly_anothers_makes_two_records_one_family(
    found: Found, first: dict[str, str], second: dict[str, str], word: str
) -> None:
    (finding,) = found(*sound(family_says=first), *again(**second))["samme_familie"]
    assert finding.section == "6.3"
    (one,) = finding.records
    assert (one.number, one.detail) == ("F2", f"samme {word} som F1")
    assert one.command == "hsf familie slå-sammen F1 F2"


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("Familie F1", {}),
        ("Familie F1", {"telefon": "900 00 002"}),
        ("Familie F7", {"adresse": "Skogveien 2"}),
    ],
)
def test_a_name_alone_or_an_address_alone_says_nothing(
    found: Found, name: str, says: dict[str, str]
) -> None:
    first = {"telefon": "900 00 001", "adresse": "Skogveien 2"}
    assert "samme_familie" not in found(*sound(family_says=first), *again(name, **says))


@pytest.mark.parametrize("subject", [{"henvendelse": "H2"}, {"familie": "F2"}])
def test_a_family_that_was_taken_in_as_another_with_a_reason_is_let_be(
    found: Found, subject: dict[str, str]
) -> None:
    phone = {"telefon": "900 00 001"}
    row = {"regel": "dobbelt", "dato": "2023-05-01", "begrunnelse": "Deler telefon"}
    despite = ("unntak", {**row, **subject})
    assert "samme_familie" not in found(*sound(family_says=phone), *again(**phone), despite)


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ({"navn": "Ada", "født": "2021"}, {"navn": "ADA", "født": "2021-03-01"}, True),
        ({"født": "2021-03-01"}, {"født": "2021-03-01"}, True),
        ({"navn": "Ada", "født": "2021"}, {"navn": "Ada", "født": "2020"}, False),
        ({"navn": "Ada", "født": "2021"}, {"navn": "Bo", "født": "2021"}, False),
        ({"født": "2021"}, {"født": "2021-03-01"}, False),
        # A child without a name or a day of birth could be anybody's.
        ({"født": "2021"}, {"født": "2021"}, False),
    ],
)
def test_families_of_one_surname_with_the_same_child_are_the_same(
    found: Found, first: dict[str, str], second: dict[str, str], same: bool
) -> None:
    kinds = found(*sound(child_says=first), *again("Kari F1"), child("F2", **second))
    assert named(kinds.get("samme_familie")) == (["F2"] if same else [])


def test_children_of_one_name_born_on_two_days_make_no_one_family_however_old_the_others_are(
    found: Found,
) -> None:
    kinds = found(
        *sound(child_says={"navn": "Ada", "født": "2021-03-01"}),
        *again("Kari F1"),
        child("F2", "2021-04-02", navn="Ada"),
        *(child(family, "2019") for family in ("F1", "F2")),  # many have one of that year
    )
    assert "samme_familie" not in kinds


def test_three_records_of_one_family_go_into_the_first(found: Found) -> None:
    (finding,) = found(
        *sound(family_says={"telefon": "900 00 001"}),
        *again(telefon="900 00 001", epost="en@eksempel.no"),
        family("F3", navn="Familie F1", epost="en@eksempel.no"),
    )["samme_familie"]
    assert [one.command for one in finding.records] == [
        "hsf familie slå-sammen F1 F2",
        "hsf familie slå-sammen F1 F3",
    ]


def test_families_of_other_years_are_let_be(found: Found) -> None:
    phone = {"telefon": "900 00 001"}
    records = [family("F1", navn="Skogen", **phone), family("F2", navn="Skogen", **phone)]
    assert found(*records) == {}


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ({"telefon": "900 00 001"}, {"telefon": "90000001"}, True),
        ({"født": "1970-03-01"}, {"født": "1970-03-01"}, True),
        ({"født": "1970"}, {"født": "1970"}, False),
    ],
)
def test_a_volunteer_is_the_same_by_a_number_or_a_day_of_birth(
    found: Found, first: dict[str, str], second: dict[str, str], same: bool
) -> None:
    kinds = found(
        *sound("1", volunteer_says={"navn": "Kari Lie", **first}),
        *sound("2", volunteer_says={"navn": "Kari Lie", **second}),
    )
    assert named(kinds.get("samme_familiekontakt")) == (["V2"] if same else [])


@pytest.mark.parametrize(
    ("first", "second", "alike"),
    [
        ({"telefon": "900 00 001", "epost": "a@b.no"}, {"telefon": "90000001", "epost": "c@d.no"},
         "navn og telefon"),
        ({"epost": "kari@eksempel.no"}, {"epost": "Kari@eksempel.no"}, "navn og e-post"),
        ({"telefon": "900 00 001", "født": ""}, {"telefon": "90000001", "født": "1970"},
         "navn og telefon"),
        ({"adresse": "Skogv. 2 B"}, {"adresse": "skogv 2b"}, "navn og adresse"),
        ({"født": "1970-03-01"}, {"født": "1970-03-01"}, "navn og fødselsdato"),
    ],
)  # fmt: skip
def test_two_volunteers_are_told_by_all_that_they_share_and_nothing_else(
    found: Found, first: dict[str, str], second: dict[str, str], alike: str
) -> None:
    (finding,) = found(
        *sound("1", volunteer_says={"navn": "Kari Lie", **first}),
        *sound("2", volunteer_says={"navn": "Kari Lie", **second}),
    )["samme_familiekontakt"]
    assert finding.section == "6.2"
    (one,) = finding.records
    assert one.detail == f"samme {alike} som V1"
    assert one.command == "hsf kontakt slå-sammen V1 V2"


def test_one_that_is_like_two_others_is_told_once_with_the_earliest(found: Found) -> None:
    (finding,) = found(
        *sound(family_says={"epost": "en@eksempel.no"}),
        *again("K. Lie", telefon="900 00 001"),
        family("F3", navn="Moen", telefon="900 00 001", epost="en@eksempel.no"),
    )["samme_familie"]
    assert [(one.number, one.detail) for one in finding.records] == [("F3", "samme e-post som F1")]


def test_one_that_is_also_like_one_of_another_year_is_told_with_the_one_of_the_year(
    found: Found,
) -> None:
    (finding,) = found(
        family("F1", navn="Moen", telefon="900 00 001"),
        family("F2", navn="Lie", epost="en@eksempel.no"),
        inquiry("H2", "F2", "2023-05-01"),
        family("F3", navn="K. Lie", telefon="900 00 001", epost="en@eksempel.no"),
    )["samme_familie"]
    (one,) = finding.records
    assert (one.number, one.detail) == ("F3", "samme e-post som F2")
    assert one.command == "hsf familie slå-sammen F2 F3"


@pytest.mark.parametrize(
    ("received", "closed", "of_2023"),
    [
        ("2023-12-31", "", True),
        ("2024-01-01", "", False),
        ("2022-03-01", "2023-01-01", True),
        ("2022-03-01", "2022-12-31", False),
    ],
)
def test_a_family_is_of_each_year_that_its_case_was_open_in(
    found: Found, received: str, closed: str, of_2023: bool
) -> None:
    phone = {"telefon": "900 00 001"}
    kinds = found(
        family("F1", navn="Moen", **phone),
        family("F2", navn="Lie", **phone),
        inquiry("H2", "F2", received, avsluttet=closed),
    )
    assert ("samme_familie" in kinds) is of_2023


@pytest.mark.parametrize(("same", "most"), [("adresse", 0), ("telefon", 59)])
def test_families_that_nothing_but_one_field_makes_alike_are_not_all_compared_with_each_other(
    found: Found, monkeypatch: pytest.MonkeyPatch, same: str, most: int
) -> None:
    """Every family of a department may have «Oslo» for an address, or one telephone."""
    compared = 0

    def counting(*families: likeness.Family) -> likeness.Likeness:
        nonlocal compared
        compared += 1
        return likeness.likeness(*families)

    monkeypatch.setattr(import_module("hsf_cli.report.control.twice"), "likeness", counting)
    records = [
        one
        for number in range(1, 61)
        for one in (
            family(f"F{number}", **{same: "22 33 44 55"}),
            inquiry(f"H{number}", f"F{number}", f"20{22 + number % 3}-05-01"),
        )
    ]
    found(*records)
    assert compared <= most
