"""`hsf familie` without a terminal."""

import json

import pytest

from tests.builders import assignment, child, family, inquiry, taken_in, volunteer

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
    assert "Navn: Berg Lie" in mended.out
    assert "Telefon: tømt" in mended.out
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


def test_a_child_on_the_wrong_family_is_moved(hsf, store) -> None:
    taken_in(store, family("F1", navn="Berg"), family("F2", navn="Lie"), child("F1", navn="Ada"))
    assert hsf("familie", "barn", "B1", "--familie", "lie").code == 0
    assert _shown(hsf, "familie", "vis", "F1")["children"] == []
    (moved,) = _shown(hsf, "familie", "vis", "F2")["children"]
    assert (moved["number"], moved["name"]) == ("B1", "Ada")
    assert hsf("familie", "barn", "B1", "--familie", "finnes ikke").code == 3
    assert hsf("familie", "barn", "B1", "--familie", "").code == 2


def test_only_a_child_that_is_here_is_moved(hsf, store) -> None:
    taken_in(store, family("F1"), family("F2"))
    refused = hsf("familie", "barn", "F1", "--født", "2021", "--familie", "F2")
    assert refused.code == 2
    assert "--familie" in refused.err
    assert _shown(hsf, "familie", "vis", "F1")["children"] == []


def test_an_age_is_not_guessed_into_a_year_of_birth(hsf, store) -> None:
    taken_in(store, family("F1"))
    refused = hsf("familie", "barn", "F1", "--født", "3 år")
    assert refused.code == 2
    assert "2020 eller 2021" in refused.err


def test_consents_are_given_and_withdrawn(hsf, store) -> None:
    taken_in(store, family("F1"))
    hsf("familie", "samtykke", "F1", "--delt-med", "helsestasjonen", "--hva", "at vi er inne")
    assert hsf("familie", "samtykke", "SA1", "--trukket", "14.3.2024").code == 4  # before given
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
    assert "De to sa forskjellig om navn: se notatet" in joined.out
    assert len(shown["children"]) == len(shown["inquiries"]) == 1
    assert hsf("familie", "vis", "F2").code == 3


def test_a_volunteer_who_is_twice_in_the_joined_family_is_told_of(hsf, store) -> None:
    taken_in(
        store, family("F1", navn="Berg"), family("F2", navn="Berg"),
        inquiry("H1", "F1"), inquiry("H2", "F2"), volunteer("V1", navn="Liv"),
        assignment("O1", "H1"), assignment("O2", "H2"),
    )  # fmt: skip
    joined = hsf("familie", "slå-sammen", "F1", "F2", "--ja")
    assert "O1 Berg – Liv og O2 Berg – Liv" in joined.out
    assert "hsf oppdrag slett" in joined.out


def test_cases_that_are_open_at_once_in_the_joined_family_are_told_of(hsf, store) -> None:
    taken_in(
        store, family("F1", navn="Berg"), family("F2", navn="Berg"),
        inquiry("H1", "F1", avsluttet="2023-06-01"), inquiry("H2", "F2", "2023-03-01"),
    )  # fmt: skip
    joined = hsf("familie", "slå-sammen", "F1", "F2", "--ja")
    assert joined.out.splitlines()[-1] == (
        "To saker i samme familie er åpne samtidig: H2 Berg. "
        "Er en av dagene ført feil, så rett den."
    )


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


def test_a_filter_that_leaves_nobody_does_not_say_that_nobody_is_there(hsf, store) -> None:
    taken_in(store, family("F1"), family("F2"))
    left_out = hsf("familie", "liste", "--står", "avsluttet")
    assert "passer med valgene" in left_out.out
    assert "hsf henvendelse ny" not in left_out.out


def test_a_family_has_its_id_and_its_number(hsf, store) -> None:
    taken_in(store, family("sak-7"))
    (row,) = _shown(hsf, "familie", "liste")
    shown = _shown(hsf, "familie", "vis", "F1")
    assert (shown["number"], shown["id"]) == (row["number"], row["id"]) == ("F1", "sak-7")


def test_an_empty_list_says_what_would_fill_it(hsf) -> None:
    assert "hsf henvendelse ny" in hsf("familie", "liste").out
    assert "hsf henvendelse ny" in hsf("henvendelse", "liste").out
