"""The resource group: who sits on a day, and what a term brings against it."""

from datetime import date

import pytest

from hsf_cli.registers.resource_group import against_term, findings, leads, meetings, members
from hsf_cli.rules import LARGEST_GROUP
from tests.builders import taken_in


def member(navn: str, fra: str = "2024-01-01", **more: str) -> tuple[str, dict[str, str]]:
    return "styremedlemmer", {"navn": navn, "fra": fra, **more}


def term(name: str = "Ny", from_on: str = "2024-03-01", **more: object) -> dict[str, object]:
    empty = {"role": None, "represents_funder": None, "to_on": None}
    return {"name": name, "from_on": from_on, **empty, **more}


def full_group(**more: str) -> list[tuple[str, dict[str, str]]]:
    return [member(f"Medlem {number}", **more) for number in range(LARGEST_GROUP)]


@pytest.mark.parametrize(
    ("role", "is_leaders"),
    [
        ("leder", True),
        ("Styreleder", True),
        ("LEDER", True),
        ("nestleder", False),
        ("Nestleder i styret", False),
        ("medlem", False),
        (None, False),
    ],
)
def test_whose_role_is_the_leaders(role, is_leaders) -> None:
    assert leads(role) is is_leaders


def test_a_member_sits_from_the_first_day_to_the_last(store) -> None:
    taken_in(store, member("Moe", "2024-01-01", til="2024-02-29"))

    def sitting(day: str) -> list[str]:
        return [row["name"] for row in members(store, date.fromisoformat(day))]

    assert sitting("2023-12-31") == []
    assert sitting("2024-01-01") == sitting("2024-02-29") == ["Moe"]
    assert sitting("2024-03-01") == []
    assert [row["name"] for row in members(store)] == ["Moe"]


def test_meetings_of_a_year_and_all_of_them(store) -> None:
    days = ["2023-12-31", "2024-01-01", "2024-12-31", "2025-01-01"]
    taken_in(store, *(("styremøter", {"dato": day}) for day in days))
    assert [row["held_on"] for row in meetings(store, 2024)] == days[1:3]
    assert [row["held_on"] for row in meetings(store)] == days


def test_fewer_than_four_is_told_of_and_four_is_enough(store) -> None:
    taken_in(store, *(member(name) for name in "ABC"), member("D", "2024-03-15"))
    (few,) = findings(store, date(2024, 3, 14))
    assert not few.stops
    assert findings(store, date(2024, 3, 15)) == []


def test_a_ninth_is_against_it_until_the_day_after_somebody_has_left(store) -> None:
    taken_in(store, *full_group()[:-1], member("Går ut", til="2024-02-29"))
    assert against_term(store, term(from_on="2024-02-29")) != []
    assert against_term(store, term(from_on="2024-03-01")) == []


def test_a_term_is_judged_on_later_days_when_others_begin_too(store) -> None:
    taken_in(store, *full_group(fra="2024-06-01"))
    (finding,) = against_term(store, term(from_on="2024-03-01"))
    assert "01.06.2024" in finding.text
    assert against_term(store, term(from_on="2024-03-01", to_on="2024-05-31")) == []


def test_a_leader_who_represents_the_funder_is_against_it(store) -> None:
    assert against_term(store, term(role="leder", represents_funder=1)) != []
    assert against_term(store, term(role="nestleder", represents_funder=1)) == []
    assert against_term(store, term(role="leder", represents_funder=0)) == []


def test_what_was_so_before_is_not_held_against_another(store) -> None:
    taken_in(store, member("Leder", rolle="leder", representerer_tilskuddsgiver="ja"))
    assert against_term(store, term()) == []


def test_a_mended_term_is_judged_as_it_would_be(store) -> None:
    taken_in(store, *full_group(), member("Gikk", "2023-01-01", til="2023-12-31"))
    number = len(full_group()) + 1
    gone = dict(zip(members(store)[0].keys(), members(store)[0], strict=True))
    assert gone["name"] == "Gikk"
    assert against_term(store, {**gone, "to_on": "2023-06-30"}, number) == []
    assert against_term(store, {**gone, "to_on": "2024-01-01"}, number) != []
    assert against_term(store, {**gone, "to_on": None}, number) != []
