"""`hsf familie` without a terminal."""

import json

import pytest

from tests.builders import child, family, inquiry, taken_in

pytestmark = pytest.mark.usefixtures("empty_department")

STRANGE_NAMES = (
    "[red]Berg[/red] [link=x]", "👪 Berg", "עברית שלום", "x" * 200, "O'Brien \"Kari\"", "=1+1",
)  # fmt: skip


def _shown(hsf, *words: object) -> object:
    return json.loads(hsf(*words, "--format", "json").out)


@pytest.mark.parametrize("name", STRANGE_NAMES)
def test_any_name_is_kept_and_shown_unharmed(name, hsf) -> None:
    assert hsf("henvendelse", "ny", "--navn", name, "--likevel", "prøve").code == 0
    assert _shown(hsf, "familie", "vis", 1)["name"] == name
    for words in (("familie", "liste"), ("venteliste",), ("familie", "vis", "1")):
        shown = hsf(*words)
        assert shown.code == 0
        assert name in shown.out


def test_a_family_is_mended_and_the_change_is_told(hsf, store) -> None:
    taken_in(store, family("F1", navn="Berg", telefon="900 00 001"))
    mended = hsf("familie", "endre", "F1", "--navn", "Berg Lie", "--telefon", "")
    assert "navn Berg Lie" in mended.out
    assert "telefon er tømt" in mended.out
    shown = _shown(hsf, "familie", "vis", "F1")
    assert (shown["name"], shown["phone"]) == ("Berg Lie", None)
    assert "slik fra før" in hsf("familie", "endre", "F1", "--navn", "Berg Lie").out


def test_a_mend_that_says_nothing_names_an_option(hsf, store) -> None:
    taken_in(store, family("F1"))
    refused = hsf("familie", "endre", "F1")
    assert refused.code == 2
    assert "--navn" in refused.err
    assert hsf("familie", "endre", "F1", "--navn", "").code == 2


def test_several_hits_are_listed_without_a_terminal(hsf, store) -> None:
    taken_in(store, family("F1", navn="Berg"), family("F2", navn="Bergli"))
    refused = hsf("familie", "vis", "ber")
    assert refused.code == 3
    assert "F1 Berg" in refused.err
    assert "F2 Bergli" in refused.err
    assert hsf("familie", "vis", "finnes ikke").code == 3
    assert hsf("familie", "vis").code == 2


def test_a_child_is_added_mended_and_removed(hsf, store) -> None:
    taken_in(store, family("F1"))
    assert hsf("familie", "barn", "F1", "--navn", "Ada", "--født", "2021").code == 0
    assert hsf("familie", "barn", "B1", "--særskilte-behov", "ja").code == 0
    (kept,) = _shown(hsf, "familie", "vis", "F1")["children"]
    assert (kept["name"], kept["born"], kept["special_needs"]) == ("Ada", "2021", True)
    assert hsf("familie", "barn", "B1", "--slett", "--ja").code == 0
    assert _shown(hsf, "familie", "vis", "F1")["children"] == []


def test_an_age_is_not_guessed_into_a_year_of_birth(hsf, store) -> None:
    taken_in(store, family("F1"))
    refused = hsf("familie", "barn", "F1", "--født", "3 år")
    assert refused.code == 2
    assert "2020 eller 2021" in refused.err


def test_consents_are_given_and_withdrawn(hsf, store) -> None:
    taken_in(store, family("F1"))
    hsf("familie", "samtykke", "F1", "--delt-med", "helsestasjonen", "--hva", "at vi er inne")
    assert hsf("familie", "samtykke", "SA1", "--trukket", "14.3.2024").code == 2  # before given
    assert hsf("familie", "samtykke", "SA1", "--trukket", "i dag").code == 0
    (kept,) = _shown(hsf, "familie", "vis", "F1")["consents"]
    assert (kept["given_on"], kept["withdrawn_on"]) == ("2024-03-15", "2024-03-15")


def test_a_concern_keeps_the_day_and_nothing_else(hsf, store) -> None:
    taken_in(store, family("F1"))
    assert hsf("familie", "bekymring", "F1", "--dato", "1.3").code == 0
    (kept,) = _shown(hsf, "familie", "vis", "F1")["concern_reports"]
    assert kept == {"number": "BM1", "sent_on": "2024-03-01"}
    assert hsf("familie", "bekymring", "F1", "--notat", "hva den sier").code == 2


def test_mapping_without_a_terminal_takes_options(hsf, store) -> None:
    taken_in(store, family("F1"))
    assert hsf("familie", "kartlegg", "F1").code == 2
    assert hsf("familie", "kartlegg", "F1", "--nettverk", "ingen", "--hjelp-før", "nav").code == 0
    shown = _shown(hsf, "familie", "vis", "F1")
    assert (shown["network"], shown["help_before"]) == (["ingen"], ["nav"])


def test_two_records_of_one_family_are_joined(hsf, store) -> None:
    taken_in(store, family("F1", navn="Berg"), family("F2", navn="Bergh", område="Sentrum"),
             child("F2"), inquiry("H1", "F2"))  # fmt: skip
    assert hsf("familie", "slå-sammen", "F1", "F2").code == 4  # not confirmed
    joined = hsf("familie", "slaa-sammen", "F1", "F2", "--ja")
    assert joined.code == 0
    shown = _shown(hsf, "familie", "vis", "F1")
    assert shown["area"] == "Sentrum"
    assert "Navn på F2: Bergh" in shown["note"]
    assert len(shown["children"]) == len(shown["inquiries"]) == 1
    assert hsf("familie", "vis", "F2").code == 3


def test_a_family_with_records_of_its_own_is_not_removed(hsf, store) -> None:
    taken_in(store, family("F1"), inquiry(), family("F2"))
    refused = hsf("familie", "slett", "F1", "--ja")
    assert refused.code == 4
    assert "1 henvendelse" in refused.err
    assert hsf("familie", "slett", "F2", "--ja").code == 0


def test_the_list_tells_where_each_family_stands(hsf, store) -> None:
    taken_in(store, family("F1", navn="Åsen", område="Nord"), family("F2", navn="Berg"),
             inquiry("H1", "F1", "2024-02-01"))  # fmt: skip

    def numbers(*options: object) -> list[str]:
        return [row["number"] for row in _shown(hsf, "familie", "liste", *options)]

    assert numbers("--står", "venter") == numbers("--område", "nord") == ["F1"]
    assert numbers("--står", "ingen") == ["F2"]
    assert numbers("--sorter", "familie") == ["F2", "F1"]
    assert numbers("--per", "31.1.2024", "--står", "venter") == []
    assert hsf("familie", "liste", "--sorter", "skostørrelse").code == 2


def test_an_empty_list_says_what_would_fill_it(hsf) -> None:
    assert "hsf henvendelse ny" in hsf("familie", "liste").out
    assert "hsf henvendelse ny" in hsf("henvendelse", "liste").out
