"""`hsf henvendelse` without a terminal: everything by options, and nothing is ever asked."""

import json

import pytest

from tests.builders import assignment, child, family, inquiry, taken_in, volunteer

pytestmark = pytest.mark.usefixtures("empty_department")


def _shown(hsf, *words: object) -> object:
    return json.loads(hsf(*words, "--format", "json").out)


def test_a_first_call_needs_the_name_alone(hsf) -> None:
    taken = hsf("henvendelse", "ny", "--navn", "Berg")
    assert (taken.code, taken.err) == (0, "")
    assert "H1" in taken.out
    (row,) = _shown(hsf, "henvendelse", "liste")
    assert (row["family_name"], row["received_on"], row["source"]) == ("Berg", "2024-03-15", None)


def test_without_the_name_the_error_names_the_option_and_nothing_is_kept(hsf) -> None:
    refused = hsf("henvendelse", "ny", "--telefon", "900 00 123")
    assert refused.code == 2
    assert "--navn" in refused.err
    assert _shown(hsf, "familie", "liste") == []


def test_a_first_call_with_all_that_was_said(hsf) -> None:
    hsf(
        "henvendelse", "ny", "--navn", "Berg", "--kontaktperson", "Kari", "--telefon", "90000123",
        "--område", "Sentrum", "--barn", "Ada 2023", "--barn", "Per, født 1.3.2021",
        "--kilde", "helsestasjon", "--ring-tilbake", "Helsesykepleier Anne, 22 33 44 55",
        "--fant-oss", "annet", "--fant-oss-annet", "så plakaten", "--koordinator", "Berit",
        "--mottatt", "i går", "--notat", "Ønsker avlastning",
    )  # fmt: skip
    shown = _shown(hsf, "familie", "vis", "berg")
    assert (shown["phone"], shown["area"]) == ("900 00 123", "Sentrum")
    assert shown["found_us_other"] == "så plakaten"
    assert {(one["name"], one["born"]) for one in shown["children"]} == {
        ("Ada", "2023"), ("Per", "2021-03-01"),
    }  # fmt: skip
    (case,) = shown["inquiries"]
    assert (case["received_on"], case["source"]) == ("2024-03-14", "helsestasjon")
    assert case["contact"] == "Helsesykepleier Anne, 22 33 44 55"
    assert case["coordinator"] == "Berit"


def test_a_likely_double_is_shown_before_anything_is_kept(hsf, store) -> None:
    taken_in(store, family("F1", navn="Berg", telefon="900 00 123"))
    refused = hsf("henvendelse", "ny", "--navn", "K. Berg", "--telefon", "90000123")
    assert refused.code == 4
    assert "F1 Berg (samme telefon)" in refused.err
    assert "--familie F1" in refused.err
    assert len(_shown(hsf, "familie", "liste")) == 1


def test_a_double_that_is_another_family_is_taken_with_a_reason_that_is_kept(hsf, store) -> None:
    taken_in(store, family("F1", navn="Berg", telefon="900 00 123"))
    hsf("henvendelse", "ny", "--navn", "Lie", "--telefon", "90000123", "--likevel", "Deler telefon")
    (kept,) = _shown(hsf, "henvendelse", "vis", 1)["exceptions"]
    assert (kept["rule"], kept["reason"]) == ("dobbelt", "Deler telefon")


def test_a_family_comes_back_with_a_new_inquiry(hsf, store) -> None:
    taken_in(store, family("F1", navn="Berg"),
             inquiry("H1", avsluttet="2023-06-01", avslutningsgrunn="fullført"))  # fmt: skip
    assert hsf("henvendelse", "ny", "--familie", "berg", "--kilde", "familien").code == 0
    assert len(_shown(hsf, "familie", "vis", "F1")["inquiries"]) == 2
    second = hsf("henvendelse", "ny", "--familie", "F1")
    assert second.code == 4
    assert "H2" in second.err
    closed = ("--avsluttet", "i dag", "--avslutningsgrunn", "ikke_aktuelt")
    assert hsf("henvendelse", "ny", "--familie", "F1", *closed).code == 0


def test_what_a_returning_family_tells_is_new_and_what_it_was_is_said(hsf, store) -> None:
    taken_in(store, family("F1", navn="Berg", telefon="900 00 123", område="Sentrum"))
    came = hsf("henvendelse", "ny", "--familie", "F1", "--telefon", "90000999", "--område", "",
               "--kontaktperson", "Kari")  # fmt: skip
    assert "Telefon: 900 00 999 (var 900 00 123)" in came.out
    assert "Kontaktperson: Kari" in came.out
    shown = _shown(hsf, "familie", "vis", "F1")
    assert (shown["phone"], shown["area"]) == ("900 00 999", "Sentrum")
    assert shown["contact_person"] == "Kari"


def test_a_child_of_a_returning_family_is_one_child_and_better_known(hsf, store) -> None:
    taken_in(store, family("F1"), child("F1", "2023"), child("F1", "2021", navn="Ada"))
    came = hsf("henvendelse", "ny", "--familie", "F1", "--barn", "Per 2023", "--barn",
               "Ada 1.3.2021", "--barn", "Siv 2021")  # fmt: skip
    assert "2 barn sto på familien fra før" in came.out
    children = _shown(hsf, "familie", "vis", "F1")["children"]
    assert {(one["name"], one["born"]) for one in children} == {
        ("Per", "2023"), ("Ada", "2021-03-01"), ("Siv", "2021"),
    }  # fmt: skip
    assert len(children) == 3


def test_a_child_told_of_again_at_the_home_visit_is_one_child(hsf) -> None:
    hsf("henvendelse", "ny", "--navn", "Berg", "--barn", "2023")
    hsf("henvendelse", "besøk", "H1", "--dato", "i dag", "--barn", "Ada 2023")
    (kept,) = _shown(hsf, "familie", "vis", "F1")["children"]
    assert (kept["name"], kept["born"]) == ("Ada", "2023")


def test_a_visit_that_was_kept_already_changes_nothing_and_offers_no_undo(hsf) -> None:
    hsf("henvendelse", "ny", "--navn", "Berg")
    hsf("henvendelse", "besøk", "H1", "--dato", "i dag")
    again = hsf("henvendelse", "besøk", "H1", "--dato", "i dag")
    assert "Ingenting er endret" in again.out
    assert "angre" not in again.out


def test_a_family_outside_the_target_group_is_a_finding_with_a_way_forward(hsf) -> None:
    call = ("henvendelse", "ny", "--navn", "Berg", "--barn", "Per 2017")
    refused = hsf(*call)
    assert refused.code == 4
    assert "utenfor_målgruppen" in refused.err
    closed = hsf(*call, "--avsluttet", "i dag", "--avslutningsgrunn", "utenfor_målgruppen")
    assert closed.code == 0
    assert _shown(hsf, "venteliste") == []


@pytest.mark.parametrize(
    ("received", "code"), [("2024-03-14", 0), ("2024-03-15", 4)], ids=["31 July", "1 August"]
)
def test_the_target_group_is_judged_on_the_day_the_inquiry_came(
    received, code, hsf, monkeypatch
) -> None:
    """A child is of school age from 1 August of the year it turns 6."""
    day = {"2024-03-14": "31.7.2023", "2024-03-15": "1.8.2023"}[received]
    result = hsf("henvendelse", "ny", "--navn", "Berg", "--barn", "Per 2017", "--mottatt", day)
    assert result.code == code


_BEFORE, _AFTER = "31.7.2023", "1.8.2023"  # Per, born 2017, is of school age from 1 August 2023
_OLD_ENOUGH = ("--likevel", "Lillebror er på vei")


@pytest.mark.parametrize(
    "words",
    [
        ("henvendelse", "besøk", "H1", "--dato", "i dag"),
        ("familie", "kartlegg", "F1", "--sivilstatus", "enslig"),
        ("familie", "barn", "F1", "--født", "2016"),
        ("familie", "barn", "B1", "--født", "2016"),
        ("henvendelse", "endre", "H1", "--mottatt", "2.8.2023"),
        ("henvendelse", "endre", "H1", "--familie", "F2"),
    ],
    ids=lambda words: " ".join(words[:4]),
)
def test_the_target_group_is_judged_wherever_it_may_turn(words, hsf, store) -> None:
    """With a way forward that can be typed as it stands, and once a case."""
    taken_in(store, family("F1", navn="Berg"), child("F1", "2017"),
             inquiry("H1", "F1", "2023-08-01"), family("F2"), child("F2", "2016"))  # fmt: skip
    refused = hsf(*words)
    assert refused.code == 4, refused.out
    assert "skolealder" in refused.err
    assert "hsf henvendelse avslutt H1 --grunn utenfor_målgruppen" in refused.err
    assert hsf(*words, *_OLD_ENOUGH).code == 0
    for more in (("besøk", "H1", "--dato", "i går"), ("endre", "H1", "--mottatt", "3.8.2023")):
        assert hsf("henvendelse", *more).code == 0


@pytest.mark.parametrize(("received", "code"), [(_BEFORE, 0), (_AFTER, 4)])
def test_it_is_judged_on_the_day_the_open_inquiry_came(received, code, hsf) -> None:
    hsf("henvendelse", "ny", "--navn", "Berg", "--mottatt", received)
    assert hsf("familie", "kartlegg", "berg", "--barn", "Per 2017").code == code
    assert hsf("familie", "barn", "berg", "--født", "2017").code == code


def test_a_reason_given_when_a_family_is_mapped_is_kept_on_its_open_inquiry(hsf) -> None:
    hsf("henvendelse", "ny", "--navn", "Berg")
    hsf("familie", "kartlegg", "berg", "--barn", "Per 2000", *_OLD_ENOUGH)
    (kept,) = _shown(hsf, "henvendelse", "vis", "H1")["exceptions"]
    assert (kept["rule"], kept["reason"]) == ("målgruppe", "Lillebror er på vei")


@pytest.mark.parametrize(
    "words",
    [
        ("familie", "endre", "F1", "--telefon", "90000123"),
        ("familie", "barn", "B1", "--navn", "Per"),
        ("henvendelse", "endre", "H1", "--notat", "Ringte"),
        ("henvendelse", "kontaktet", "H1", "--notat", "Ringte"),
        ("henvendelse", "avslutt", "H1", "--grunn", "utenfor_målgruppen"),
    ],
    ids=lambda words: " ".join(words[:2]),
)
def test_what_does_not_touch_the_target_group_is_not_held_up_by_it(words, hsf, store) -> None:
    taken_in(store, family("F1", navn="Berg"), child("F1", "2010"), inquiry("H1"))
    assert hsf(*words).code == 0


def test_without_an_open_inquiry_nobody_is_judged(hsf, store) -> None:
    taken_in(store, family("F1"),
             inquiry("H1", avsluttet="2023-02-01", avslutningsgrunn="trukket"))  # fmt: skip
    assert hsf("familie", "barn", "F1", "--født", "2010").code == 0
    opened = hsf("henvendelse", "endre", "H1", "--avsluttet", "", "--avslutningsgrunn", "")
    assert opened.code == 4


def test_an_inquiry_on_the_wrong_family_is_moved_with_its_talks_and_exceptions(hsf, store) -> None:
    taken_in(store, family("F1", navn="Berg"), family("F2", navn="Lie"), family("F3"),
             inquiry("H1", "F1"), inquiry("H2", "F3"))  # fmt: skip
    hsf("henvendelse", "kontaktet", "H1", "--notat", "Ringte")
    hsf("henvendelse", "besøk", "H1", "--dato", "i dag", "--barn", "Per 2000", *_OLD_ENOUGH)
    refused = hsf("henvendelse", "endre", "H1", "--familie", "F3")
    assert refused.code == 4
    assert "H2" in refused.err
    assert hsf("henvendelse", "endre", "H1", "--familie", "lie").code == 0
    assert _shown(hsf, "familie", "vis", "F1")["inquiries"] == []
    moved = _shown(hsf, "familie", "vis", "F2")
    assert [one["number"] for one in moved["inquiries"]] == ["H1"]
    assert [one["note"] for one in moved["talks"]] == ["Ringte"]
    assert [one["rule"] for one in moved["exceptions"]] == ["målgruppe"]


def test_a_national_identity_number_is_never_kept_unnoticed(hsf) -> None:
    refused = hsf("henvendelse", "ny", "--navn", "Berg", "--notat", "Mor er 01018512345")
    assert refused.code == 4
    assert "fødselsnummer" in refused.err
    assert "01018512345" not in refused.err


@pytest.mark.parametrize(
    "words",
    [("kontaktet", "H1", "--notat"), ("avslutt", "H1", "--grunn", "annet", "--annet")],
    ids=lambda words: words[0],
)
def test_where_no_reason_is_kept_none_is_offered(words, hsf) -> None:
    hsf("henvendelse", "ny", "--navn", "Berg")
    refused = hsf("henvendelse", *words, "Mor er 01018512345")
    assert refused.code == 4
    assert "--likevel" not in refused.err


@pytest.mark.parametrize(
    ("option", "text"),
    [
        ("--telefon", "123"), ("--mottatt", "1.3.24"), ("--mottatt", "i morgen"),
        ("--kilde", "naboen"), ("--barn", "Ada"), ("--barn", "Ada 3 år"), ("--epost", "kari"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_names_the_option_and_keeps_nothing(option, text, hsf) -> None:
    refused = hsf("henvendelse", "ny", "--navn", "Berg", option, text)
    assert refused.code == 2
    assert option in refused.err
    assert _shown(hsf, "familie", "liste") == []


def test_the_home_visit_moves_the_family_on_the_waiting_list(hsf) -> None:
    hsf("henvendelse", "ny", "--navn", "Berg", "--mottatt", "1.3.2024")
    assert hsf("henvendelse", "besøk", "H1", "--dato", "i går").code == 0
    (row,) = _shown(hsf, "venteliste")
    assert (row["stage"], row["visited_on"]) == ("familiekontakt", "2024-03-14")


def test_the_home_visit_with_all_that_was_talked_of(hsf) -> None:
    hsf("henvendelse", "ny", "--navn", "Berg")
    hsf(
        "henvendelse", "besok", "berg", "--dato", "i dag", "--sivilstatus", "enslig",
        "--bakgrunn", "norsk", "--utfordringer", "nettverk,annet", "--utfordringer-annet", "søvn",
        "--støtte", "avlastning", "--barn", "Ada 2023", "--foretrekker", "før 15",
    )  # fmt: skip
    shown = _shown(hsf, "familie", "vis", "berg")
    assert (shown["civil_status"], shown["challenges"]) == ("enslig", ["nettverk", "annet"])
    assert (shown["challenges_other"], shown["prefers"]) == ("søvn", "før 15")
    assert [one["name"] for one in shown["children"]] == ["Ada"]


def test_a_visit_before_the_inquiry_is_refused(hsf) -> None:
    hsf("henvendelse", "ny", "--navn", "Berg", "--mottatt", "1.3.2024")
    refused = hsf("henvendelse", "besøk", "H1", "--dato", "29.2.2024")
    assert refused.code == 4
    assert "--dato" in refused.err
    assert "01.03.2024" in refused.err


def test_a_visit_without_its_day_names_the_option(hsf) -> None:
    hsf("henvendelse", "ny", "--navn", "Berg")
    refused = hsf("henvendelse", "besøk", "H1")
    assert refused.code == 2
    assert "--dato" in refused.err


def test_a_talk_with_a_family_that_waits_is_noted(hsf) -> None:
    hsf("henvendelse", "ny", "--navn", "Berg", "--mottatt", "1.3.2024")
    assert hsf("henvendelse", "kontaktet", "berg", "--notat", "Alt går bra").code == 0
    (talk,) = _shown(hsf, "henvendelse", "vis", "H1")["talks"]
    assert (talk["talked_on"], talk["note"]) == ("2024-03-15", "Alt går bra")
    early = hsf("henvendelse", "kontaktet", "berg", "--dato", "28.2.2024", "--notat", "x")
    assert early.code == 4


def test_a_case_is_closed_with_a_reason(hsf) -> None:
    hsf("henvendelse", "ny", "--navn", "Berg", "--mottatt", "1.3.2024")
    assert "--grunn" in hsf("henvendelse", "avslutt", "H1").err
    hsf("henvendelse", "avslutt", "H1", "--grunn", "annet", "--annet", "Fikk barnehageplass")
    (row,) = _shown(hsf, "henvendelse", "liste")
    assert (row["closed_on"], row["closed_reason"]) == ("2024-03-15", "annet")


@pytest.mark.parametrize(
    "words",
    [
        ("avslutt", "--grunn", "trukket"),
        ("besøk", "--dato", "i dag"),
        ("kontaktet", "--notat", "x"),
    ],
)
@pytest.mark.parametrize("which", ["H1", "berg"])
def test_what_is_to_be_done_to_a_closed_case_says_when_it_closed_and_how_to_open_it(
    words, which, hsf
) -> None:
    verb, *options = words
    hsf("henvendelse", "ny", "--navn", "Berg", "--mottatt", "1.3.2024")
    hsf("henvendelse", "avslutt", "H1", "--dato", "14.3.2024", "--grunn", "trukket")
    refused = hsf("henvendelse", verb, which, *options)
    assert refused.code == 4
    assert "H1 Berg er avsluttet 14.03.2024" in refused.err
    assert 'hsf henvendelse endre H1 --avsluttet "" --avslutningsgrunn ""' in refused.err


def test_the_open_case_is_meant_before_a_closed_one_of_the_same_family(hsf, store) -> None:
    closed = {"avsluttet": "2023-02-01", "avslutningsgrunn": "trukket"}
    taken_in(store, family("F1", navn="Berg"), inquiry("H1", **closed),
             inquiry("H2", mottatt="2024-01-01"))  # fmt: skip
    assert hsf("henvendelse", "besøk", "berg", "--dato", "i dag").code == 0
    assert _shown(hsf, "henvendelse", "vis", "H2")["visited_on"] == "2024-03-15"


@pytest.mark.parametrize(
    "half", [("--avsluttet", "i dag"), ("--avslutningsgrunn", "trukket")], ids=["day", "reason"]
)
def test_the_day_a_case_closed_and_the_reason_belong_together(half, hsf) -> None:
    refused = hsf("henvendelse", "ny", "--navn", "Berg", *half)
    assert refused.code == 2
    assert "--avslutningsgrunn" in refused.err
    assert _shown(hsf, "familie", "liste") == []
    hsf("henvendelse", "ny", "--navn", "Berg")
    assert hsf("henvendelse", "endre", "H1", *half).code == 2
    assert _shown(hsf, "venteliste") != []


def test_what_was_taken_in_half_closed_can_still_be_mended(hsf, store) -> None:
    taken_in(store, family("F1"), inquiry("H1", avsluttet="2023-02-01"))
    assert hsf("henvendelse", "endre", "H1", "--notat", "Ringte").code == 0


def test_a_case_with_a_running_assignment_is_not_closed(hsf, store) -> None:
    taken_in(store, family("F1"), inquiry(), volunteer(), assignment())
    refused = hsf("henvendelse", "avslutt", "H1", "--grunn", "trukket")
    assert refused.code == 4
    assert "hsf oppdrag avslutt O1" in refused.err


def test_a_closed_case_is_opened_again_with_blanks(hsf) -> None:
    hsf("henvendelse", "ny", "--navn", "Berg")
    hsf("henvendelse", "avslutt", "H1", "--grunn", "trukket")
    mended = hsf("henvendelse", "endre", "H1", "--avsluttet", "", "--avslutningsgrunn", "")
    assert mended.code == 0
    assert len(_shown(hsf, "venteliste")) == 1


def test_a_broken_off_interview_goes_when_its_case_is_closed(hsf, store) -> None:
    hsf("henvendelse", "ny", "--navn", "Berg")
    hsf("henvendelse", "ny", "--navn", "Lie")
    store.set_aside("inquiry 1", "{}")
    store.set_aside("inquiry 2", "{}")
    hsf("henvendelse", "avslutt", "H1", "--grunn", "trukket")
    assert store.value("SELECT group_concat(name) FROM draft") == "inquiry 2"
    hsf("henvendelse", "endre", "H2", "--avsluttet", "i dag", "--avslutningsgrunn", "trukket")
    assert store.value("SELECT count(*) FROM draft") == 0


def test_options_leave_a_broken_off_interview_and_tell_how_to_go_on_with_it(hsf, store) -> None:
    hsf("henvendelse", "ny", "--navn", "Berg")
    store.set_aside("inquiry 1", '{"civil_status": "enslig"}')
    visited = hsf("henvendelse", "besøk", "H1", "--dato", "i dag")
    assert "kan du fortsette: hsf henvendelse besøk H1" in visited.out
    assert store.value("SELECT count(*) FROM draft") == 1


def test_an_inquiry_is_removed_where_no_assignment_depends_on_it(hsf, store) -> None:
    taken_in(store, family("F1"), inquiry(), volunteer(), assignment(),
             family("F2"), inquiry("H2", "F2"))  # fmt: skip
    assert hsf("henvendelse", "slett", "H1", "--ja").code == 4
    assert hsf("henvendelse", "slett", "H2").code == 4  # not confirmed
    assert hsf("henvendelse", "slett", "H2", "--ja").code == 0
    assert [row["number"] for row in _shown(hsf, "henvendelse", "liste")] == ["H1"]


def test_the_list_has_the_filters_of_a_coordinator(hsf, store) -> None:
    taken_in(
        store, family("F1", navn="Berg"), family("F2", navn="Lie"),
        inquiry("H1", "F1", "2023-01-01", avsluttet="2023-02-01", avslutningsgrunn="trukket"),
        inquiry("H2", "F2", "2024-01-01", kilde="nav", koordinator="Berit"),
    )  # fmt: skip

    def numbers(*options: object) -> list[str]:
        return [row["number"] for row in _shown(hsf, "henvendelse", "liste", *options)]

    assert numbers() == ["H1", "H2"]
    assert numbers("--omvendt") == ["H2", "H1"]
    assert numbers("--år", 2023) == ["H1"]
    assert numbers("--åpne") == numbers("--kilde", "NAV") == numbers("--søk", "lie") == ["H2"]
    assert numbers("--koordinator", "berit") == ["H2"]
    assert numbers("--sorter", "familie") == ["H1", "H2"]


def test_a_filter_that_leaves_nothing_does_not_say_that_nothing_is_there(hsf, store) -> None:
    nothing = hsf("henvendelse", "liste", "--åpne")
    assert "hsf henvendelse ny" in nothing.out
    taken_in(store, family("F1"), inquiry(kilde="nav"))
    left_out = hsf("henvendelse", "liste", "--kilde", "familien")
    assert "passer med valgene" in left_out.out
    assert "hsf henvendelse ny" not in left_out.out


def test_the_ids_are_those_of_the_list_and_the_short_numbers_are_beside_them(hsf, store) -> None:
    taken_in(store, family("sak-7"), inquiry("henv-3", "sak-7"))
    (row,) = _shown(hsf, "henvendelse", "liste")
    shown = _shown(hsf, "henvendelse", "vis", "H1")
    assert (shown["number"], shown["id"]) == (row["number"], row["id"]) == ("H1", "henv-3")
    assert (shown["family"], shown["family_number"]) == (row["family"], "F1") == ("sak-7", "F1")
    hsf("henvendelse", "ny", "--navn", "Berg")
    assert _shown(hsf, "henvendelse", "vis", "H2")["id"] == "H2"


def test_without_names_no_name_is_shown(hsf, store) -> None:
    taken_in(store, family("F1", navn="Berg"), child(),
             inquiry(koordinator="Berit", ring_tilbake="Anne, 22 33 44 55"))  # fmt: skip
    for format in ("tabell", "csv", "json"):
        for group in ("henvendelse", "familie"):
            shown = hsf(group, "liste", "--uten-navn", "--format", format)
            assert shown.code == 0
            assert "Berg" not in shown.out
            assert "Berit" not in shown.out
            assert "Anne" not in shown.out


def test_two_cases_of_a_family_are_never_open_on_the_same_day(hsf, store) -> None:
    closed = {"avsluttet": "2024-03-01", "avslutningsgrunn": "trukket"}
    taken_in(store, family("F1"), inquiry("H1", mottatt="2024-01-01", **closed))
    refused = hsf("henvendelse", "ny", "--familie", "F1", "--mottatt", "29.2.2024")
    assert refused.code == 4
    assert "H1" in refused.err
    assert hsf("henvendelse", "ny", "--familie", "F1", "--mottatt", "1.3.2024").code == 0
    later = hsf("henvendelse", "endre", "H1", "--avsluttet", "2.3.2024")
    assert later.code == 4
    assert "H2" in later.err
