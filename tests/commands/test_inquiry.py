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


def test_a_national_identity_number_is_never_kept_unnoticed(hsf) -> None:
    refused = hsf("henvendelse", "ny", "--navn", "Berg", "--notat", "Mor er 01018512345")
    assert refused.code == 4
    assert "fødselsnummer" in refused.err
    assert "01018512345" not in refused.err


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
    assert refused.code == 2
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
    assert early.code == 2


def test_a_case_is_closed_with_a_reason(hsf) -> None:
    hsf("henvendelse", "ny", "--navn", "Berg", "--mottatt", "1.3.2024")
    assert "--grunn" in hsf("henvendelse", "avslutt", "H1").err
    hsf("henvendelse", "avslutt", "H1", "--grunn", "annet", "--annet", "Fikk barnehageplass")
    (row,) = _shown(hsf, "henvendelse", "liste")
    assert (row["closed_on"], row["closed_reason"]) == ("2024-03-15", "annet")
    again = hsf("henvendelse", "avslutt", "H1", "--grunn", "trukket")
    assert again.code == 3


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


def test_without_names_no_name_is_shown(hsf, store) -> None:
    taken_in(store, family("F1", navn="Berg"), child(), inquiry(koordinator="Berit"))
    for format in ("tabell", "csv", "json"):
        for group in ("henvendelse", "familie"):
            shown = hsf(group, "liste", "--uten-navn", "--format", format)
            assert shown.code == 0
            assert "Berg" not in shown.out
            assert "Berit" not in shown.out
