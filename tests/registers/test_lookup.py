"""A record is found by its number, its imported id, a phone number or a piece of its name."""

import pytest

from hsf_cli.errors import NotFound
from hsf_cli.records import KINDS
from hsf_cli.registers.lookup import Lookup, name_of, several
from tests.builders import assignment, family, inquiry, taken_in, volunteer


def _found(store, table: str, text: str, among: str = "") -> list[str]:
    return [hit.short for hit in Lookup(store, table, among).found(text)]


@pytest.mark.parametrize("text", ["12", "f12", "F12", " F12 ", "F 12"])
def test_a_number_is_found_however_it_is_written(store, text) -> None:
    taken_in(store, family("F12", navn="Berg"), family("F2", navn="Lunde"))
    assert _found(store, "family", text) == ["F12"]


def test_a_piece_of_the_name_is_found_in_any_spelling(store) -> None:
    taken_in(store, family("F1", navn="Åse Bråten"), family("F2", navn="Aase Lunde"))
    for text in ("åse", "ASE", "aase"):
        assert sorted(_found(store, "family", text)) == ["F1", "F2"]
    assert _found(store, "family", "bråt") == _found(store, "family", "braat") == ["F1"]


def test_a_name_is_found_however_many_blanks_it_was_taken_in_with(store) -> None:
    taken_in(store, family("F1", navn="Lia  Sunde"), family("F2", navn="Sunde"))
    assert _found(store, "family", "lia sunde") == _found(store, "family", "Lia   Sunde") == ["F1"]


def test_hits_come_in_alphabetical_order(store) -> None:
    taken_in(store, family("F1", navn="Åsen"), family("F2", navn="Moen"), family("F3", navn="Aen"))
    assert _found(store, "family", "en") == ["F3", "F2", "F1"]


def test_a_whole_name_goes_before_names_that_it_is_a_part_of(store) -> None:
    taken_in(store, family("F1", navn="Berg"), family("F2", navn="Berge"))
    assert _found(store, "family", "berg") == ["F1"]
    assert _found(store, "family", "ber") == ["F1", "F2"]


def test_an_imported_id_is_found_but_the_number_wins(store) -> None:
    taken_in(store, family("2", navn="Først"), family("sak-7", navn="Annen"))
    # «2» is the id of the family that became F1, and the number of the other.
    assert _found(store, "family", "2") == ["F2"]
    assert _found(store, "family", "sak-7") == ["F2"]


def test_a_phone_number_is_found_however_it_is_grouped(store) -> None:
    taken_in(store, family("F1", telefon="900 00 123"), family("F2", telefon="900 00 124"))
    assert _found(store, "family", "90000123") == ["F1"]


def test_the_number_of_another_kind_is_told_of(store) -> None:
    taken_in(store, family("F1"), volunteer("V1"))
    with pytest.raises(NotFound, match="familiekontakt, ikke en familie"):
        _found(store, "family", "V1")


def test_nothing_found_says_how_to_look(store) -> None:
    taken_in(store, family("F1"))
    with pytest.raises(NotFound) as error:
        _found(store, "family", "ukjent")
    assert "F12" in error.value.advice


def test_several_are_listed_with_what_tells_them_apart(store) -> None:
    taken_in(
        store,
        family("F1", navn="Berg", kontaktperson="Kari"),
        family("F2", navn="Berg", kontaktperson="Ola"),
    )
    lookup = Lookup(store, "family")
    error = several(lookup.kind, "berg", lookup.found("berg"))
    assert "F1 Berg (Kari)" in error.text
    assert "F2 Berg (Ola)" in error.text


def test_only_those_that_may_be_chosen_are_found(store) -> None:
    taken_in(
        store,
        family("F1", navn="Berg"),
        inquiry("H1", "F1", avsluttet="2023-02-01", avslutningsgrunn="trukket"),
        inquiry("H2", "F1", "2023-05-01"),
    )
    still_open = "SELECT id FROM inquiry WHERE closed_on IS NULL"
    assert _found(store, "inquiry", "berg") == ["H1", "H2"]
    assert _found(store, "inquiry", "berg", still_open) == ["H2"]


@pytest.mark.parametrize("text", ["%", "x_x", "' OR 1=1 --"])
def test_what_means_something_to_sql_is_plain_text(store, text) -> None:
    taken_in(store, family("F1", navn="O'Brien [red] 100 %".replace(" %", "")))
    assert _found(store, "family", "o'b") == ["F1"]
    with pytest.raises(NotFound):
        _found(store, "family", text)


def test_an_assignment_is_called_by_both_names(store) -> None:
    taken_in(
        store, family("F1", navn="Berg"), inquiry(), volunteer("V1", navn="Liv Moen"), assignment()
    )
    assert name_of(store, "assignment", 1) == "O1 Berg – Liv Moen"
    assert _found(store, "assignment", "liv") == ["O1"]


@pytest.mark.parametrize("text", ["\udcff", "\x00", "\x1b[31m", "x" * 20_000])
def test_what_no_text_can_hold_is_nobody(store, text) -> None:
    taken_in(store, family("CRM-1"))
    with pytest.raises(NotFound):
        _found(store, "family", text)


def test_an_id_is_found_however_its_letters_are_composed(store) -> None:
    taken_in(store, family("Å1"))
    assert _found(store, "family", "A\u030a1") == ["F1"]


def test_of_very_many_that_a_text_may_mean_a_dozen_are_listed(store) -> None:
    taken_in(store, *(family(f"F{n}", navn=f"Berg {n:02}") for n in range(1, 15)))
    hits = Lookup(store, "family").found("berg")
    told = several(KINDS["family"], "berg", hits).text
    assert told.startswith("«berg» kan være 14 familier: F1 Berg 01; ")
    assert told.endswith("F12 Berg 12; og 2 til.")
