"""Where a family stands follows from dates, and can be asked for any day."""

from datetime import date

import pytest

from hsf_cli.registers.families import standing, standings
from tests.builders import assignment, child, family, inquiry, taken_in, volunteer

_LIFE = [
    family("F1", navn="Berg"),
    inquiry("H1", "F1", "2023-01-10", besøkt="2023-01-20", avsluttet="2023-12-01",
            avslutningsgrunn="fullført"),
    volunteer("V1", navn="Liv"), volunteer("V2", navn="Siv"),
    assignment("O1", startet="2023-02-01", avsluttet="2023-06-01"),
    assignment("O2", familiekontakt="V2", startet="2023-08-01", avsluttet="2023-12-01"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("day", "stands", "since"),
    [
        ("2023-01-09", "ingen", None),
        ("2023-01-10", "besøk", "2023-01-10"),
        ("2023-01-19", "besøk", "2023-01-10"),
        ("2023-01-20", "familiekontakt", "2023-01-10"),
        ("2023-02-01", "oppdrag", "2023-02-01"),
        ("2023-05-31", "oppdrag", "2023-02-01"),
        ("2023-06-01", "familiekontakt", "2023-06-01"),  # it waits again from the day it ended
        ("2023-08-01", "oppdrag", "2023-08-01"),
        ("2023-12-01", "avsluttet", "2023-12-01"),
    ],
)
def test_a_familys_way_day_by_day(store, day, stands, since) -> None:
    taken_in(store, *_LIFE)
    found = standing(store, 1, date.fromisoformat(day))
    assert (found.stands, found.since) == (stands, since)


def test_a_new_open_inquiry_counts_before_an_older_closed_one(store) -> None:
    taken_in(store, *_LIFE, inquiry("H2", "F1", "2024-02-01"))
    assert standing(store, 1, date(2024, 2, 1)).stands == "besøk"


def test_both_volunteers_of_a_family_are_named(store) -> None:
    taken_in(store, *_LIFE[:4], assignment("O1"), assignment("O2", familiekontakt="V2"))
    assert standing(store, 1, date(2023, 6, 1)).volunteers == ("Liv", "Siv")


def test_a_child_not_yet_born_has_no_age(store) -> None:
    taken_in(store, family("F1"), child("F1", "2021"), child("F1", "2024"), child("F1", "2015"))
    (found,) = standings(store, date(2023, 6, 1))
    assert found.ages == (8, 2)
