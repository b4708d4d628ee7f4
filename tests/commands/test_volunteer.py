"""`hsf kontakt`: from a candidate to leaving and back, with options only and at a terminal."""

import json

import pytest

from tests.builders import (
    Record,
    assignment,
    course,
    earlier_period,
    family,
    hours,
    inquiry,
    pause,
    registration,
    taken_in,
    volunteer,
)
from tests.commands.terminal import DOWN, ENTER, answer, ended, terminal

__all__ = ["terminal"]

pytestmark = pytest.mark.usefixtures("empty_department")

READY = {
    "politiattest_utstedt": "2024-01-15",
    "politiattest_vist": "2024-02-20",
    "taushetserklæring": "2024-02-20",
    "hjemmebesøk": "2024-02-25",
}


def with_hours(id: str = "V1", godkjent: str = "", **more: str) -> list[Record]:
    """A candidate named Kari Nes with the course hours from 15 February 2024."""
    return [
        volunteer(id, godkjent, navn="Kari Nes", **more),
        course("K1", "2024-01-11", slutt="2024-02-15"),
        registration("K1", id, timer="20"),
    ]


def _shown(hsf, *words: object) -> dict:
    return json.loads(hsf("kontakt", "vis", *words, "--format", "json").out)


def _listed(hsf, *words: object) -> list[str]:
    return [
        row["number"] for row in json.loads(hsf("kontakt", "liste", *words, "--format", "json").out)
    ]


def test_a_candidate_signs_up_today_with_only_a_name(hsf) -> None:
    run = hsf("kontakt", "ny", "--navn", "Kari Nes")
    assert run.code == 0
    assert "V1 Kari Nes" in run.out
    assert "hsf data angre" in run.out
    shown = _shown(hsf, "V1")
    assert (shown["signed_up_on"], shown["stands"], shown["room_for"]) == (
        "2024-03-15", "kandidat", 1,
    )  # fmt: skip


def test_without_a_name_the_option_is_named(hsf) -> None:
    run = hsf("kontakt", "ny", "--telefon", "900 00 123")
    assert run.code == 2
    assert "--navn" in run.err


def test_a_likely_double_is_shown_before_anything_is_kept(hsf, store) -> None:
    taken_in(store, volunteer("V1", navn="Kari Nes", telefon="900 00 123"))
    run = hsf("kontakt", "ny", "--navn", "Kari N.", "--telefon", "90000123")
    assert run.code == 4
    assert "V1 Kari Nes (samme telefon)" in run.err
    assert _listed(hsf) == ["V1"]
    assert hsf("kontakt", "ny", "--navn", "Kari N.", "--telefon", "90000123",
               "--likevel", "Samme husstand").code == 0  # fmt: skip
    assert _shown(hsf, "V2")["exceptions"][0]["reason"] == "Samme husstand"


def test_a_candidate_is_put_on_a_course_in_the_same_step(hsf, store) -> None:
    taken_in(store, course("K1", "2024-04-01"))
    assert hsf("kontakt", "ny", "--navn", "Kari Nes", "--kurs", "K1").code == 0
    assert _shown(hsf, "V1")["courses"][0]["course"] == "K1 Kurs K1"
    assert hsf("data", "angre", "--ja").code == 0
    assert _listed(hsf) == []


def test_a_text_like_a_national_identity_number_is_a_finding(hsf) -> None:
    run = hsf("kontakt", "ny", "--navn", "Kari", "--notat", "01019912345")
    assert run.code == 4
    assert "fødselsnummer" in run.err
    assert "01019912345" not in run.err


def test_all_four_requirements_are_named_when_they_are_missing(hsf, store) -> None:
    taken_in(store, volunteer(godkjent=""))
    run = hsf("kontakt", "godkjenn", "V1")
    assert run.code == 4
    for word in ("kurstimer", "politiattest", "taushetserklæring", "hjemmebesøk"):
        assert word in run.err
    assert _shown(hsf, "V1")["approved_on"] is None


def test_what_is_missing_is_filled_in_with_the_approval(hsf, store) -> None:
    taken_in(store, *with_hours())
    run = hsf("kontakt", "godkjenn", "V1", "--dato", "1.3", "--politiattest-utstedt", "15.1",
              "--politiattest-vist", "20.2", "--politiattest-sett-av", "Anne",
              "--taushetserklæring", "20.2", "--hjemmebesøk", "25.2")  # fmt: skip
    assert run.code == 0
    shown = _shown(hsf, "V1")
    assert (shown["approved_on"], shown["stands"], shown["since"]) == (
        "2024-03-01", "ledig", "2024-03-01",
    )  # fmt: skip
    assert [one["met"] for one in shown["requirements"]] == [True] * 4


@pytest.mark.parametrize(("shown_on", "code"), [("15.04.2023", 0), ("16.04.2023", 4)])
def test_the_certificate_is_shown_within_three_months(shown_on, code, hsf, store) -> None:
    taken_in(store, *with_hours(taushetserklæring="2024-02-20", hjemmebesøk="2024-02-25"))
    run = hsf("kontakt", "godkjenn", "V1", "--politiattest-utstedt", "15.01.2023",
              "--politiattest-vist", shown_on)  # fmt: skip
    assert run.code == code


@pytest.mark.parametrize(("day", "code"), [("24.2", 4), ("25.2", 0)])
def test_the_requirements_are_judged_on_the_day_of_approval(day, code, hsf, store) -> None:
    taken_in(store, *with_hours(**READY))
    assert hsf("kontakt", "godkjenn", "V1", "--dato", day).code == code


def test_a_certificate_without_a_day_of_issue_is_told_of_and_stops_nothing(hsf, store) -> None:
    taken_in(store, *with_hours(**{**READY, "politiattest_utstedt": ""}))
    run = hsf("kontakt", "godkjenn", "V1")
    assert run.code == 0
    assert "--politiattest-utstedt DATO" in run.err
    assert _shown(hsf, "V1")["exceptions"] == []


def test_an_approval_against_a_rule_keeps_the_reason(hsf, store) -> None:
    taken_in(store, *with_hours(**{**READY, "hjemmebesøk": ""}))
    assert hsf("kontakt", "godkjenn", "V1", "--likevel", "Besøk på fredag").code == 0
    (kept,) = _shown(hsf, "V1")["exceptions"]
    assert (kept["rule"], kept["reason"]) == ("hjemmebesøk", "Besøk på fredag")
    assert "Besøk på fredag" in hsf("kontakt", "vis", "V1").out


def test_who_is_approved_already_or_has_left_is_not_approved(hsf, store) -> None:
    taken_in(store, volunteer("V1"), volunteer("V2", sluttet="2023-01-01"))
    assert "--godkjent DATO" in hsf("kontakt", "godkjenn", "V1").err
    assert "hsf kontakt tilbake V2" in hsf("kontakt", "godkjenn", "V2").err


def test_a_mended_day_of_approval_is_judged_too(hsf, store) -> None:
    taken_in(store, *with_hours(godkjent="2024-03-01", **READY))
    assert hsf("kontakt", "endre", "V1", "--godkjent", "24.2").code == 4
    assert hsf("kontakt", "endre", "V1", "--godkjent", "25.2").code == 0
    assert hsf("kontakt", "endre", "V1", "--telefon", "900 00 123").code == 0


def test_a_certificate_too_old_is_told_of_when_it_is_entered(hsf, store) -> None:
    taken_in(store, volunteer())
    run = hsf("kontakt", "endre", "V1", "--politiattest-utstedt", "01.01.2023",
              "--politiattest-vist", "02.04.2023")  # fmt: skip
    assert run.code == 0
    assert "Merk" in run.err
    assert "tre måneder" in run.err


def test_a_pause_with_and_without_an_end(hsf, store) -> None:
    taken_in(store, volunteer())
    assert hsf("kontakt", "pause", "V1", "--fra", "2024-03-01").code == 0
    assert _shown(hsf, "V1")["stands"] == "pause"
    assert hsf("kontakt", "pause", "P1", "--til", "2024-03-10").code == 0
    assert hsf("kontakt", "pause", "V1", "--fra", "2024-07-01", "--til", "2024-08-15").code == 0
    assert _shown(hsf, "V1")["pauses"] == [
        {"number": "P1", "from_on": "2024-03-01", "to_on": "2024-03-10"},
        {"number": "P2", "from_on": "2024-07-01", "to_on": "2024-08-15"},
    ]


def test_the_end_of_a_pause_without_a_year_is_after_its_start(hsf, store) -> None:
    taken_in(store, volunteer())
    assert "01.05.2024" in hsf("kontakt", "pause", "V1", "--fra", "i dag", "--til", "1.5").out


def test_a_pause_without_a_year_is_the_nearest(hsf, store) -> None:
    taken_in(store, volunteer())
    assert hsf("kontakt", "pause", "V1", "--fra", "1.4", "--til", "15.4").code == 0
    assert hsf("kontakt", "pause", "V1", "--fra", "20.12", "--til", "5.1").code == 0
    assert [(one["from_on"], one["to_on"]) for one in _shown(hsf, "V1")["pauses"]] == [
        ("2023-12-20", "2024-01-05"), ("2024-04-01", "2024-04-15"),
    ]  # fmt: skip


def test_leaving_by_mending_ends_the_pauses_too(hsf, store) -> None:
    taken_in(store, volunteer(), pause("V1", "2024-03-01"))
    run = hsf("kontakt", "endre", "V1", "--sluttet", "10.3")
    assert "1 pause tar slutt" in run.err
    assert _shown(hsf, "V1")["pauses"][0]["to_on"] == "2024-03-10"
    assert hsf("data", "angre", "--ja").code == 0
    shown = _shown(hsf, "V1")
    assert (shown["left_on"], shown["pauses"][0]["to_on"]) == (None, None)


def test_what_an_approved_one_lacks_is_shown_with_what_mends_it(hsf, store) -> None:
    taken_in(store, volunteer(taushetserklæring=""), volunteer("V2", godkjent=""))
    mending = "«hsf kontakt endre V1 --taushetserklæring DATO»"
    assert mending in hsf("kontakt", "vis", "V1").out
    assert "kontakt endre" not in hsf("kontakt", "vis", "V2").out  # the approval asks for it


def test_a_pause_that_overlaps_names_the_other(hsf, store) -> None:
    taken_in(store, volunteer(), pause("V1", "2024-03-01"))
    for words in (("--fra", "2024-04-01"), ("--fra", "2024-02-01", "--til", "2024-03-01")):
        run = hsf("kontakt", "pause", "V1", *words)
        assert run.code == 4
        assert "hsf kontakt pause P1 --til DATO" in run.err


def test_a_mended_pause_may_not_overlap_either(hsf, store) -> None:
    taken_in(store, volunteer(), pause("V1", "2024-01-01", "2024-01-31"), pause("V1", "2024-03-01"))
    assert hsf("kontakt", "pause", "P1", "--til", "2024-03-01").code == 4
    assert hsf("kontakt", "pause", "P1", "--til", "2024-02-29").code == 0


def test_a_pause_without_a_start_names_the_option(hsf, store) -> None:
    taken_in(store, volunteer())
    run = hsf("kontakt", "pause", "V1")
    assert run.code == 2
    assert "--fra" in run.err


def test_a_pause_tells_of_the_assignments_that_run_in_it(hsf, store) -> None:
    taken_in(store, volunteer(), family(navn="Berg"), inquiry(), assignment())
    run = hsf("kontakt", "pause", "V1", "--fra", "i dag")
    assert run.code == 0
    assert "O1 Berg" in run.err


def test_nobody_leaves_with_an_assignment_running(hsf, store) -> None:
    taken_in(store, volunteer(), family(navn="Berg"), inquiry(), assignment())
    run = hsf("kontakt", "slutt", "V1")
    assert run.code == 4
    assert "O1 Berg" in run.err
    assert "hsf oppdrag avslutt O1" in run.err
    assert hsf("kontakt", "endre", "V1", "--sluttet", "i dag").code == 4


def test_a_volunteer_leaves_comes_back_and_is_approved_again(hsf, store) -> None:
    taken_in(store, *with_hours(godkjent="2024-02-26", **READY))
    assert hsf("kontakt", "slutt", "V1", "--dato", "1.3").code == 0
    assert _shown(hsf, "V1")["stands"] == "sluttet"
    assert hsf("kontakt", "tilbake", "V1", "--dato", "10.3").code == 0
    shown = _shown(hsf, "V1")
    assert (shown["stands"], shown["since"]) == ("kandidat", "2024-03-10")
    assert shown["earlier_periods"] == [
        {"number": "PE1", "approved_on": "2024-02-26", "left_on": "2024-03-01"}
    ]
    assert "politiattest" in hsf("kontakt", "godkjenn", "V1").err
    run = hsf("kontakt", "godkjenn", "V1", "--politiattest-utstedt", "5.3",
              "--politiattest-vist", "12.3")  # fmt: skip
    assert run.code == 0
    assert _shown(hsf, "V1")["stands"] == "ledig"


def test_one_undo_takes_back_all_of_a_return(hsf, store) -> None:
    taken_in(store, *with_hours(godkjent="2024-02-26", sluttet="2024-03-01", **READY))
    before = _shown(hsf, "V1")
    hsf("kontakt", "tilbake", "V1")
    assert hsf("data", "angre", "--ja").code == 0
    assert _shown(hsf, "V1") == before


def test_who_leaves_twice_or_comes_back_without_leaving_is_told(hsf, store) -> None:
    taken_in(store, volunteer("V1"), volunteer("V2", sluttet="2023-01-01"))
    assert hsf("kontakt", "tilbake", "V1").code == 4
    assert hsf("kontakt", "slutt", "V2").code == 4
    assert hsf("kontakt", "tilbake", "V2", "--dato", "31.12.2022").code == 4
    assert hsf("kontakt", "slutt", "V1", "--dato", "31.12.2019").code == 4  # before the approval
    assert "hsf kontakt endre V2 --sluttet" in hsf("kontakt", "slutt", "familiekontakt v2").err


def test_an_earlier_period_is_mended_and_removed(hsf, store) -> None:
    taken_in(store, volunteer(), earlier_period("V1", "2017-01-01", "2018-12-31"))
    assert hsf("kontakt", "periode", "PE1", "--sluttet", "30.11.2018").code == 0
    assert hsf("kontakt", "periode", "PE1", "--sluttet", "02.01.2020").code == 4  # approved again
    assert hsf("kontakt", "periode", "PE1", "--slett", "--ja").code == 0
    assert _shown(hsf, "V1")["earlier_periods"] == []


def test_the_list_says_where_each_stands(hsf, store) -> None:
    taken_in(
        store,
        *with_hours("V1", "2024-02-26", område="Sentrum", språk="norsk, arabisk", **READY),
        volunteer("V2", "", navn="Bo Strand", område="Nordby"),
        volunteer("V3", sluttet="2023-06-01"),
        volunteer("V4"),
        pause("V4", "2024-03-01"),
        family(navn="Berg"),
        inquiry(),
        volunteer("V5", kapasitet="2"),
        assignment(familiekontakt="V5", startet="2024-01-10"),
    )
    rows = json.loads(hsf("kontakt", "liste", "--format", "json").out)
    assert {row["number"]: row["stands"] for row in rows} == {
        "V1": "ledig", "V2": "kandidat", "V3": "sluttet", "V4": "pause", "V5": "oppdrag",
    }  # fmt: skip
    assert (rows[4]["running"], rows[4]["capacity"], rows[4]["families"]) == (1, 2, ["Berg"])
    assert _listed(hsf, "--står", "ledig") == ["V1"]
    assert _listed(hsf, "--område", "sentrum") == ["V1"]
    assert _listed(hsf, "--språk", "arabisk") == ["V1"]
    assert _listed(hsf, "--per", "2023-05-31", "--står", "sluttet") == []
    assert "Kari" not in hsf("kontakt", "liste", "--uten-navn").out
    assert hsf("kontakt", "liste", "--står", "hjemme").code == 2


def test_an_empty_list_says_what_would_fill_it(hsf) -> None:
    assert "hsf kontakt ny" in hsf("kontakt", "liste").out


def test_hours_this_year_are_shown(hsf, store) -> None:
    taken_in(store, volunteer(), hours("veiledning", "2:30", "2024-02-01"))
    assert "2,5" in hsf("kontakt", "vis", "V1").out
    assert _shown(hsf, "V1")["minutes_this_year"] == 150


def test_what_depends_on_a_volunteer_hinders_removal(hsf, store) -> None:
    taken_in(store, *with_hours(), volunteer("V2"), pause("V2", "2024-03-01"))
    assert "1 kursdeltaker" in hsf("kontakt", "slett", "V1", "--ja").err
    assert hsf("kontakt", "slett", "V2", "--ja").code == 0
    assert _listed(hsf) == ["V1"]


def test_a_candidate_is_taken_in_question_by_question(terminal, hsf, store) -> None:
    taken_in(store, course("K1", "2030-04-01", navn="Vårkurset"))
    call = terminal("kontakt", "ny")
    answer(call, "Hva heter familiekontakten?", "Kari Nes")
    answer(call, "Telefon?", "90000123")
    answer(call, "E-post?")
    answer(call, "Område eller bydel?", "Sentrum")
    answer(call, "Hvordan hørte", "Stand")
    answer(call, "Notat?", "Kan på kveldstid")
    answer(call, "Når meldte kandidaten seg?", "1.2.2024")
    answer(call, "Hvilket kurs skal kandidaten gå på?")
    assert ended(call) == 0
    shown = _shown(hsf, "V1")
    assert (shown["phone"], shown["area"], shown["found_us"], shown["note"]) == (
        "900 00 123", "Sentrum", "stand", "Kan på kveldstid",
    )  # fmt: skip
    assert shown["signed_up_on"] == "2024-02-01"
    assert shown["courses"][0]["course"] == "K1 Vårkurset"


def test_ctrl_c_at_a_question_keeps_nothing(terminal, hsf) -> None:
    call = terminal("kontakt", "ny")
    answer(call, "Hva heter familiekontakten?", "Kari Nes")
    call.expect_exact("Telefon?")
    call.sendintr()
    assert ended(call) == 130
    assert _listed(hsf) == []


def test_approving_asks_for_what_is_missing(terminal, hsf, store) -> None:
    taken_in(store, *with_hours(hjemmebesøk="2024-02-25"))
    call = terminal("kontakt", "godkjenn")
    answer(call, "Velg familiekontakt")
    answer(call, "Når ble familiekontakten godkjent?", "\x1501.03.2024")
    answer(call, "Når ble politiattesten utstedt?", "15.01.2024")
    answer(call, "Når ble politiattesten vist?", "20.02.2024")
    answer(call, "Hvem så politiattesten?", "Anne")
    answer(call, "taushetserklæringen", "20.02.2024")
    call.expect_exact("er godkjent 01.03.2024")
    assert ended(call) == 0
    shown = _shown(hsf, "V1")
    assert (shown["approved_on"], shown["certificate_seen_by"]) == ("2024-03-01", "Anne")


def test_answers_can_be_kept_where_the_approval_is_given_up(terminal, hsf, store) -> None:
    certificate = {"politiattest_utstedt": "2024-01-15", "politiattest_vist": "2024-02-20"}
    taken_in(store, volunteer(godkjent="", **certificate))
    call = terminal("kontakt", "godkjenn", "V1")
    answer(call, "Når ble familiekontakten godkjent?")
    answer(call, "taushetserklæringen", "20.02.2024")
    answer(call, "hjemmebesøket", "25.02.2024")
    answer(call, "Vil du gå videre likevel?")
    answer(call, "Ta vare på det du svarte")
    assert ended(call) == 0
    shown = _shown(hsf, "V1")
    assert (shown["approved_on"], shown["home_visit_on"]) == (None, "2024-02-25")


def test_a_double_at_a_terminal_may_be_another_person(terminal, hsf, store) -> None:
    taken_in(store, volunteer("V1", navn="Kari Nes"))
    words = ("kontakt", "ny", "--navn", "Kari Nes")
    call = terminal(*words)
    answer(call, "Er det samme person?")
    call.expect_exact("hsf kontakt vis V1")
    assert ended(call) == 4
    call = terminal(*words)
    call.expect_exact("Er det samme person?")
    call.send(DOWN + ENTER)
    assert ended(call) == 0
    assert _shown(hsf, "V2")["name"] == "Kari Nes"


def test_a_new_period_begins_after_the_one_before_it(hsf, store) -> None:
    taken_in(store, volunteer("V1", ""), earlier_period("V1", "2020-01-01", "2022-06-30"))
    run = hsf("kontakt", "godkjenn", "V1", "--dato", "29.6.2022", "--likevel", "Slik var det")
    assert run.code == 4
    assert "Den forrige perioden tok slutt 30.06.2022" in run.err


def test_a_candidate_who_left_comes_back_as_one_and_has_had_no_period(hsf, store) -> None:
    taken_in(store, volunteer("V1", "", meldt_seg="2023-01-10", sluttet="2023-05-01"))
    assert hsf("kontakt", "tilbake", "V1", "--dato", "1.3.2024").code == 0
    shown = json.loads(hsf("kontakt", "vis", "V1", "--format", "json").out)
    assert shown["earlier_periods"] == []
    assert shown["stands"] == "kandidat"


def test_two_records_of_one_volunteer_are_joined(hsf, store) -> None:
    taken_in(
        store,
        course("K1"), volunteer("V3", "2018-01-01", navn="Kari", sluttet="2019-06-30"),
        volunteer("V4", navn="Kari Nes", telefon="900 00 004"),
        registration("K1", "V3"), registration("K1", "V4", timer="20"),
        hours("kurs", familiekontakt="V3"), hours("kurs", familiekontakt="V4"),
    )  # fmt: skip
    assert "DEN-ANDRE mangler" in hsf("kontakt", "slå-sammen", "V3").err
    assert hsf("kontakt", "slå-sammen", "V3", "V4").code == 4  # not confirmed
    run = hsf("kontakt", "slaa-sammen", "V3", "V4", "--ja")
    assert run.code == 0
    assert run.out.splitlines() == [
        "V4 Kari Nes er nå en del av V3 Kari. Angre: hsf data angre",
        "De to sa forskjellig om navn: se notatet.",
        "1 kurs sto på begge, og påmeldingene er nå én.",
        "1 timeføring fra den andre ligner på timer som sto her fra før: samme dag og type. Er "
        "noe ført to ganger, så slett det ene. Se timene: hsf timer liste --kontakt V3",
    ]
    shown = _shown(hsf, "V3")
    assert (shown["phone"], shown["approved_on"]) == ("900 00 004", "2020-01-01")
    assert "Navn på V4: Kari Nes" in shown["note"]
    assert hsf("kontakt", "vis", "V4").code == 3


def test_what_the_joined_volunteers_differ_in_is_told_of(hsf, store) -> None:
    taken_in(
        store, family(), inquiry(), volunteer("V1"), volunteer("V2", "2020-03-01"),
        assignment("O1", "H1", "V1"), assignment("O2", "H1", "V2"),
    )  # fmt: skip
    run = hsf("kontakt", "slå-sammen", "V1", "V2", "--ja")
    assert "hva som står i notatet: hsf kontakt vis V1" in run.out
    assert "V1 har nå 2 oppdrag som pågår hos samme familie: O1 " in run.out


def test_who_is_anonymised_is_joined_with_nobody(hsf, store) -> None:
    taken_in(store, volunteer("V1", sluttet="2020-06-30"), volunteer("V2"))
    assert hsf("personvern", "anonymiser", "V1", "--ja").code == 0
    refused = hsf("kontakt", "slå-sammen", "V2", "V1", "--ja")
    assert (refused.code, "V1 er anonymisert" in refused.err) == (4, True)
