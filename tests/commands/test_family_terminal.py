"""A first call and a home visit at a real terminal, with typed answers."""

import json

import pytest

from tests.builders import child, family, inquiry, taken_in
from tests.commands.terminal import DOWN, ENTER, SPACE, answer, ended, terminal

__all__ = ["terminal"]

# Takes away what is suggested.
CLEAR = "\x15"

pytestmark = pytest.mark.usefixtures("empty_department")


def _shown(hsf, *words: object) -> object:
    return json.loads(hsf(*words, "--format", "json").out)


def test_a_first_call_is_taken_question_by_question(terminal, hsf) -> None:
    call = terminal("henvendelse", "ny")
    answer(call, "Hva heter familien?", "Berg")
    answer(call, "Hvem i familien er kontaktperson?", "Kari")
    answer(call, "Telefon?", "9000")
    call.expect_exact("åtte sifre")  # told at once, and what was typed stands there to be mended
    call.send("0123" + ENTER)
    answer(call, "Område eller bydel?", "Sentrum")
    answer(call, "Barn: navn", "Ada 3")
    answer(call, "Har bursdagen vært i år?", DOWN)  # no
    answer(call, "Neste barn", "Per 2023")
    answer(call, "Neste barn")
    answer(call, "Hvem tok kontakt?", "Helsest")
    answer(call, "Hvem skal dere ringe tilbake til", "Anne, 22 33 44 55")
    answer(call, "Hvordan hørte familien")
    answer(call, "Når kom henvendelsen?")
    answer(call, "Hvilken koordinator", "Berit")
    answer(call, "Hva håper familien på?", "Avlastning")
    call.expect_exact("H1")
    assert ended(call) == 0
    shown = _shown(hsf, "familie", "vis", "berg")
    assert (shown["phone"], shown["contact_person"]) == ("900 00 123", "Kari")
    assert [one["name"] for one in shown["children"]] == ["Ada", "Per"]
    (case,) = shown["inquiries"]
    assert (case["source"], case["contact"]) == ("helsestasjon", "Anne, 22 33 44 55")


def test_ctrl_c_in_a_first_call_keeps_nothing(terminal, hsf) -> None:
    call = terminal("henvendelse", "ny")
    answer(call, "Hva heter familien?", "Berg")
    call.expect_exact("Hvem i familien er kontaktperson?")
    call.sendintr()
    assert ended(call) == 130
    assert _shown(hsf, "familie", "liste") == []


def test_a_likely_double_is_shown_and_can_be_the_family_that_calls(terminal, hsf, store) -> None:
    taken_in(store, family("F1", navn="Berg", telefon="900 00 123"))
    call = terminal("henvendelse", "ny", "--navn", "Berg", "--telefon", "90000123")
    call.expect_exact("Er det samme familie?")
    call.send(ENTER)
    assert ended(call) == 0
    assert [row["number"] for row in _shown(hsf, "familie", "liste")] == ["F1"]
    assert len(_shown(hsf, "familie", "vis", "F1")["inquiries"]) == 1


def _told_of_ada_berg(terminal):
    """A call about a family that is here already, as far as that it is the same."""
    call = terminal("henvendelse", "ny")
    answer(call, "Hva heter familien?", "Berg")
    answer(call, "Hvem i familien er kontaktperson?")
    answer(call, "Telefon?", "90000123")
    answer(call, "Område")
    answer(call, "Barn: navn", "Ada 2023")
    answer(call, "Neste barn")
    answer(call, "Er det samme familie?")
    return call


def test_what_a_family_that_calls_again_tells_is_kept_once(terminal, hsf, store) -> None:
    taken_in(store, family("F1", navn="Kari Berg"), child("F1", "2023", navn="Ada"))
    call = _told_of_ada_berg(terminal)
    answer(call, "Hvem tok kontakt?")  # and not how a family that is here heard of us
    answer(call, "Når kom henvendelsen?")
    answer(call, "Hvilken koordinator")
    answer(call, "Hva håper familien på?")
    assert ended(call) == 0
    assert "Telefon: 900 00 123" in call.before
    shown = _shown(hsf, "familie", "vis", "F1")
    assert (shown["name"], shown["phone"]) == ("Kari Berg", "900 00 123")
    assert len(shown["children"]) == len(shown["inquiries"]) == 1


@pytest.mark.parametrize("words", [(), ("--navn", "Berg", "--telefon", "90000123")])
def test_a_family_with_an_open_inquiry_is_told_of_before_more_is_asked(
    words, terminal, store
) -> None:
    taken_in(store, family("F1", navn="Berg", telefon="900 00 123"), inquiry("H1"))
    call = terminal("henvendelse", "ny", *(words or ("--familie", "F1")))
    if words:
        answer(call, "Er det samme familie?")
    call.expect_exact("åpen henvendelse, H1")
    answer(call, "Notere samtalen på den?")
    assert ended(call) == 4
    assert "Hvem tok kontakt?" not in call.before


def test_a_call_about_an_open_case_is_kept_as_a_talk_with_what_it_told(
    terminal, hsf, store
) -> None:
    taken_in(store, family("F1", navn="Kari Berg"), child("F1", "2023", navn="Ada"))
    taken_in(store, inquiry(mottatt="2024-01-02"))
    call = _told_of_ada_berg(terminal)
    answer(call, "Notere samtalen på den?", "ja")
    answer(call, "Når snakket dere sammen?", "1.1.2024")
    answer(call, "Notat?", "Lurer på når")
    call.expect_exact("Samtalen kan ikke ha vært før henvendelsen kom")
    answer(call, "Når snakket dere sammen?", CLEAR + "14.3.2024")
    assert ended(call) == 0
    assert "Samtalen 14.03.2024 er notert på H1 Kari Berg" in call.before
    told = _shown(hsf, "henvendelse", "vis", "H1")["talks"]
    assert [(one["talked_on"], one["note"]) for one in told] == [("2024-03-14", "Lurer på når")]
    shown = _shown(hsf, "familie", "vis", "F1")
    assert (shown["phone"], len(shown["children"])) == ("900 00 123", 1)


def test_what_was_typed_of_a_call_becomes_a_talk_by_one_yes(terminal, hsf, store) -> None:
    taken_in(store, family("F1"), inquiry("H1"))
    said = ("--mottatt", "14.3.2024", "--notat", "Haster", "--ring-tilbake", "Anne")
    call = terminal("henvendelse", "ny", "--familie", "F1", *said)
    answer(call, "Notere samtalen på den?", "ja")
    assert ended(call) == 0
    (told,) = _shown(hsf, "henvendelse", "vis", "H1")["talks"]
    assert (told["talked_on"], told["note"]) == ("2024-03-14", "Ring tilbake: Anne. Haster")


def test_a_day_that_another_case_was_open_is_asked_for_again(terminal, hsf, store) -> None:
    closed = inquiry("H1", mottatt="2023-03-01", avsluttet="2023-06-01", avslutningsgrunn="trukket")
    taken_in(store, family("F1"), child("F1", "2022"), closed)
    call = terminal("henvendelse", "ny", "--familie", "F1")
    answer(call, "Hvem tok kontakt?")
    answer(call, "Når kom henvendelsen?", "1.5.2023")
    answer(call, "Hvilken koordinator")
    answer(call, "Hva håper familien på?", "Avlastning")
    call.expect_exact("H1 var åpen fra 01.03.2023")
    answer(call, "Når kom henvendelsen?", CLEAR + "1.7.2023")
    assert ended(call) == 0
    told = _shown(hsf, "henvendelse", "vis", "H2")
    assert (told["received_on"], told["note"]) == ("2023-07-01", "Avlastning")


def test_why_a_family_outside_the_target_group_is_taken_is_asked_once(terminal, hsf, store) -> None:
    taken_in(store, family("F1"), child("F1", "2010"))
    call = terminal("henvendelse", "ny", "--familie", "F1")
    for question in ("Hvem tok kontakt?", "Når kom", "Hvilken koordinator", "Hva håper"):
        answer(call, question)
    answer(call, "Hva vil du gjøre?", "Ta den imot")
    answer(call, "Hvorfor tar dere den imot?", "Bor hos mormor")
    assert ended(call) == 0
    assert "Til hinder" not in call.before
    (exception,) = _shown(hsf, "henvendelse", "vis", "H1")["exceptions"]
    assert exception["reason"] == "Bor hos mormor"


def test_each_reason_is_kept_with_what_it_was_given_for(terminal, hsf, store) -> None:
    taken_in(store, family("F1"), child("F1", "2010"))
    call = terminal("henvendelse", "ny", "--familie", "F1")
    for question in ("Hvem tok kontakt?", "Når kom", "Hvilken koordinator"):
        answer(call, question)
    answer(call, "Hva håper", "Ring 010190 12345")
    answer(call, "Hva vil du gjøre?", "Ta den imot")
    answer(call, "Hvorfor tar dere den imot?", "Bor hos mormor")
    answer(call, "Vil du gå videre likevel?", "Det er et saksnummer")
    assert ended(call) == 0
    exceptions = _shown(hsf, "henvendelse", "vis", "H1")["exceptions"]
    assert {one["rule"]: one["reason"] for one in exceptions} == {
        "målgruppe": "Bor hos mormor", "fødselsnummer": "Det er et saksnummer",
    }  # fmt: skip


def test_a_reason_on_the_line_is_not_asked_for(terminal, hsf, store) -> None:
    taken_in(store, family("F1"), child("F1", "2010"))
    call = terminal("henvendelse", "ny", "--familie", "F1", "--likevel", "Bor hos mormor")
    for question in ("Hvem tok kontakt?", "Når kom", "Hvilken koordinator", "Hva håper"):
        answer(call, question)
    assert ended(call) == 0
    (exception,) = _shown(hsf, "henvendelse", "vis", "H1")["exceptions"]
    assert exception["reason"] == "Bor hos mormor"


def test_the_day_of_a_visit_is_checked_at_its_question(terminal, hsf, store) -> None:
    taken_in(store, family("F1"), inquiry("H1", mottatt="2023-03-01"))
    visit = terminal("henvendelse", "besøk", "H1")
    answer(visit, "Når var hjemmebesøket?", CLEAR + "28.2.2023")
    visit.expect_exact("01.03.2023")
    answer(visit, "Når var hjemmebesøket?", CLEAR + "1.3.2023")
    visit.expect_exact("sivilstatus?")
    visit.sendintr()
    assert ended(visit) == 130


def test_what_a_finding_stops_is_kept_and_only_asked_for_again(terminal, hsf, store) -> None:
    taken_in(store, family("F1"), inquiry("H1"))
    visit = terminal("henvendelse", "besøk", "H1")
    answer(visit, "Når var hjemmebesøket?")
    answer(visit, "sivilstatus?", DOWN)
    answer(visit, "innvandrerbakgrunn?", DOWN)
    answer(visit, "Hvilke språk")
    answer(visit, "Barn: navn", "Per 2000")
    answer(visit, "Neste barn")
    answer(visit, "Har Per særskilte behov?")
    answer(visit, "Hvilke utfordringer")
    answer(visit, "støtte til?")
    answer(visit, "nettverk har familien?")
    answer(visit, "hjelp av før?")
    answer(visit, "passer det best?")
    answer(visit, "hørte familien")
    answer(visit, "Notat?", "Mor er 01018512345")
    answer(visit, "Skriv hvorfor")  # no
    visit.expect_exact("Svarene er likevel tatt vare på.")
    assert ended(visit) == 4
    assert _shown(hsf, "familie", "vis", "F1")["civil_status"] is None

    again = terminal("henvendelse", "besøk", "H1")
    answer(again, "Vil du fortsette?")
    answer(again, "Barn: navn", "Per 2023")
    answer(again, "Neste barn")
    answer(again, "Har Per særskilte behov?")
    answer(again, "Notat?", "Går fint")
    again.expect_exact("er ført")
    assert ended(again) == 0
    shown = _shown(hsf, "familie", "vis", "F1")
    assert (shown["civil_status"], shown["note"]) == ("gift_samboer", "Går fint")
    assert [one["born"] for one in shown["children"]] == ["2023"]
    assert store.value("SELECT count(*) FROM draft") == 0


def test_a_home_visit_is_broken_off_and_taken_up_again(terminal, hsf, store) -> None:
    taken_in(store, family("F1", navn="Berg"), child("F1", "2021", navn="Ada"), inquiry())
    visit = terminal("henvendelse", "besøk", "berg")
    answer(visit, "Når var hjemmebesøket?")
    answer(visit, "sivilstatus?", DOWN)
    answer(visit, "innvandrerbakgrunn?", DOWN)
    answer(visit, "Hvilke språk", "norsk")
    answer(visit, "Har Ada særskilte behov?", DOWN)
    visit.expect_exact("Neste barn")
    visit.sendintr()
    visit.expect_exact("Svarene er tatt vare på")
    assert ended(visit) == 130
    assert _shown(hsf, "familie", "vis", "F1")["civil_status"] is None

    again = terminal("henvendelse", "besøk", "H1")
    answer(again, "Vil du fortsette?")
    answer(again, "Neste barn")
    answer(again, "Hvilke utfordringer", SPACE)
    answer(again, "støtte til?", SPACE + DOWN + SPACE)
    answer(again, "nettverk har familien?")
    answer(again, "hjelp av før?")
    answer(again, "passer det best?", DOWN)
    answer(again, "hørte familien")
    answer(again, "Notat?", "Vil gjerne begynne snart")
    again.expect_exact("er ført")
    assert ended(again) == 0
    shown = _shown(hsf, "familie", "vis", "F1")
    assert (shown["civil_status"], shown["background"]) == ("gift_samboer", "norsk")
    assert shown["challenges"] == ["flerfødsel"]
    assert shown["support"] == ["avlastning", "foreldrestøtte"]
    assert shown["children"][0]["special_needs"] is False
    assert shown["note"] == "Vil gjerne begynne snart"
    assert store.value("SELECT count(*) FROM draft") == 0


def test_several_hits_are_chosen_from(terminal, hsf, store) -> None:
    taken_in(store, family("F1", navn="Berg"), family("F2", navn="Bergli"))
    shown = terminal("familie", "vis", "ber")
    answer(shown, "Velg familie:", DOWN)
    shown.expect_exact("F2 Bergli")
    assert ended(shown) == 0


def test_what_to_mend_is_chosen_and_the_present_value_stands_there(terminal, hsf, store) -> None:
    taken_in(store, family("F1", navn="Berg", telefon="900 00 001"))
    mend = terminal("familie", "endre", "F1")
    answer(mend, "Hva vil du endre?", SPACE)
    mend.expect_exact("Berg")
    mend.send("li" + ENTER)
    assert ended(mend) == 0
    assert _shown(hsf, "familie", "vis", "F1")["name"] == "Bergli"


def test_a_finding_is_overridden_with_a_reason_at_the_prompt(terminal, hsf) -> None:
    call = terminal("henvendelse", "ny", "--navn", "Berg", "--barn", "Per 2000")
    answer(call, "Skriv hvorfor", "Særlige grunner")
    assert ended(call) == 0
    (kept,) = _shown(hsf, "henvendelse", "vis", "H1")["exceptions"]
    assert (kept["rule"], kept["reason"]) == ("målgruppe", "Særlige grunner")


def test_no_to_a_finding_keeps_nothing(terminal, hsf) -> None:
    call = terminal("henvendelse", "ny", "--navn", "Berg", "--barn", "Per 2000")
    answer(call, "Skriv hvorfor")
    assert ended(call) == 4
    assert _shown(hsf, "familie", "liste") == []


def test_a_family_outside_the_target_group_is_taken_in_and_closed_at_once(terminal, hsf) -> None:
    call = terminal("henvendelse", "ny")
    for question, typed in (
        ("Hva heter familien?", "Berg"), ("kontaktperson?", ""), ("Telefon?", ""), ("Område", ""),
        ("Barn: navn", "Jens 2010"), ("Neste barn", ""), ("Hvem tok kontakt?", ""),
        ("Hvordan hørte", ""), ("Når kom", ""), ("Hvilken koordinator", ""), ("Hva håper", ""),
        ("Hva vil du gjøre?", ""),
    ):  # fmt: skip
        answer(call, question, typed)
    assert ended(call) == 0
    (case,) = _shown(hsf, "henvendelse", "liste")
    assert case["closed_reason"] == "utenfor_målgruppen"
    assert _shown(hsf, "avdeling", "unntak") == []


def test_only_what_is_not_visited_is_suggested_for_a_visit(terminal, hsf, store) -> None:
    taken_in(store, family("F1", navn="Berg"), inquiry("H1", besøkt="2023-01-10"),
             family("F2", navn="Lie"), inquiry("H2", "F2"))  # fmt: skip
    visit = terminal("henvendelse", "besøk")
    visit.expect_exact("H2 Lie")
    assert "H1 Berg" not in visit.before
    visit.sendintr()
    assert ended(visit) == 130
