"""`hsf oppdrag`: a match, its follow-ups, an extension, the end, and what becomes of the case."""

import json

import pytest

from tests.builders import assignment, family, hours, inquiry, taken_in, volunteer
from tests.commands.terminal import ENTER, answer, ended, opened_terminals
from tests.registers.matched import able, waits

UP = "\x1b[A"


def _shown(hsf, *words: object) -> object:
    result = hsf("oppdrag", *words, "--format", "json")
    assert result.code == 0, result.err
    return json.loads(result.out)


@pytest.fixture
def terminal(home):
    yield from opened_terminals()


@pytest.fixture
def matched(store):
    """Berg, who wait, and Anne and Bjørg, who may start."""
    taken_in(
        store,
        *waits("1", navn="Berg", område="Nord"),
        *able("1", navn="Anne", område="Sør"),
        *able("2", navn="Bjørg", område="Nord"),
    )
    return store


def _start(hsf, *more: object) -> None:
    result = hsf("oppdrag", "start", "berg", "anne", "--kl", "17", *more)
    assert result.code == 0, result.err


def test_the_suggestion_ranks_and_gives_reasons_in_words(matched, hsf) -> None:
    told = hsf("oppdrag", "forslag", "berg")
    assert told.out.index("Bjørg") < told.out.index("Anne")
    assert "For: samme område (Nord), har ikke hatt oppdrag ennå" in told.out
    assert "Mot: annet område (Sør)" in told.out
    assert "hsf oppdrag start F1 V2" in told.out


def test_without_any_volunteers_the_suggestion_leads_to_the_first(store, hsf) -> None:
    taken_in(store, *waits("1", navn="Berg"))
    assert "Den første: hsf kontakt ny" in hsf("oppdrag", "forslag", "berg").out


def test_candidates_and_those_who_left_are_only_counted_until_asked_for(matched, hsf) -> None:
    taken_in(
        matched, volunteer("V3", godkjent="", navn="Cathrine"), *able("4", sluttet="2024-01-01")
    )
    short = hsf("oppdrag", "forslag", "F1").out
    assert "1 som ikke er godkjent og 1 som har sluttet" in short
    assert "Cathrine" not in short
    assert "Cathrine er ikke godkjent" in hsf("oppdrag", "forslag", "F1", "--alle").out


def test_the_suggestion_as_json_and_csv_has_everyone(matched, hsf) -> None:
    taken_in(matched, volunteer("V3", godkjent="", navn="Cathrine"))
    found = _shown(hsf, "forslag", "H1")
    assert [one["number"] for one in found["able"]] == ["V2", "V1"]
    assert found["able"][0]["reasons"][0]["points"] == found["weights"]["område"]
    assert [one["number"] for one in found["unable"]] == ["V3"]
    lines = hsf("oppdrag", "forslag", "F1", "--format", "csv").out.splitlines()
    assert [line.split(";")[0] for line in lines] == ["Nr.", "V2", "V1", "V3"]


def test_a_family_whose_case_is_closed_is_told_how_to_come_back(store, hsf) -> None:
    taken_in(store, family(), inquiry(avsluttet="2023-02-01"))
    for which in ("F1", "H1"):
        refused = hsf("oppdrag", "forslag", which)
        assert refused.code == 4
        assert "hsf henvendelse ny --familie F1" in refused.err


def test_a_start_plans_six_months_and_the_follow_ups(matched, hsf) -> None:
    started = hsf("oppdrag", "start", "F1", "V1", "--kl", "17")
    assert started.code == 0
    assert (
        "15.04.2024 (etter om lag en måned), 15.06.2024 (etter om lag tre måneder)" in started.out
    )
    assert "15.09.2024 (ved avslutning)" in started.out
    shown = _shown(hsf, "vis", "O1")
    assert (shown["started_on"], shown["usual_time"], shown["planned_to"]) == (
        "2024-03-15", "17:00", "2024-09-15",
    )  # fmt: skip
    assert [one["status"] for one in shown["follow_ups"]] == ["planlagt"] * 3


def test_the_time_of_day_can_wait_and_the_message_says_how(matched, hsf) -> None:
    started = hsf("oppdrag", "start", "F1", "V1")
    assert started.code == 0
    assert "hsf oppdrag endre O1 --klokkeslett" in started.out


@pytest.mark.parametrize(
    ("words", "code", "named"),
    [
        (["F1", "--kl", "17"], 2, "FAMILIEKONTAKT"),
        ([], 2, "FAMILIE"),
        (["F1", "V1", "--kl", "17", "--dato", "2023-12-31"], 4, "02.01.2024"),
        (["F1", "V1", "--kl", "17", "--planlagt-slutt", "2024-03-14"], 4, "--planlagt-slutt"),
    ],
)
def test_without_a_terminal_what_is_missing_or_wrong_is_named(
    matched, hsf, words, code, named
) -> None:
    refused = hsf("oppdrag", "start", *words)
    assert refused.code == code
    assert named in refused.err
    assert _shown(hsf, "liste", "--alle") == []


def test_a_rule_that_is_gone_on_against_is_kept_with_its_reason(matched, hsf) -> None:
    _start(hsf)
    stopped = hsf("oppdrag", "start", "F1", "H1", "--kl", "17")
    assert stopped.code == 3  # H1 is no volunteer
    taken_in(matched, *waits("2", navn="Lund"))
    stopped = hsf("oppdrag", "start", "F2", "V1", "--kl", "10")
    assert stopped.code == 4
    assert "plass til 1 om gangen" in stopped.err
    gone_on = hsf("oppdrag", "start", "F2", "V1", "--kl", "10", "--likevel", "Bare en uke")
    assert gone_on.code == 0
    assert "Unntak: " in gone_on.err
    assert "plass til 1 om gangen" in gone_on.err
    assert [one["reason"] for one in _shown(hsf, "vis", "O2")["exceptions"]] == ["Bare en uke"]


def test_the_same_volunteer_twice_in_a_family_cannot_be_gone_on_with(matched, hsf) -> None:
    _start(hsf)
    again = hsf("oppdrag", "start", "F1", "V1", "--kl", "17", "--likevel", "vil det")
    assert again.code == 4
    assert len(_shown(hsf, "liste")) == 1


def test_follow_ups_are_listed_when_due_and_by_days_ahead(matched, hsf) -> None:
    assert "--kommende 30" in hsf("oppdrag", "oppfølging").out
    _start(hsf, "--dato", "2024-02-01")
    (due,) = _shown(hsf, "oppfølging")
    assert (due["number"], due["kind"], due["days"]) == ("OF1", "måned", 14)
    assert "--type måned" in hsf("oppdrag", "oppfølging").out
    assert len(_shown(hsf, "oppfølging", "--kommende", "47")) == 2
    assert len(_shown(hsf, "oppfølging", "--kommende", "46")) == 1


def test_a_follow_up_is_done_moved_mended_and_removed(matched, hsf) -> None:
    _start(hsf, "--dato", "2024-02-01")
    assert hsf("oppdrag", "oppfølging", "O1", "--type", "måned", "--notat", "Fint").code == 0
    assert hsf("oppdrag", "oppfølging", "O1", "--type", "kvartal", "--planlagt", "20.5").code == 0
    again = hsf("oppdrag", "oppfølging", "O1", "--type", "kvartal", "--planlagt", "20.5")
    assert "Ingenting er endret" in again.out
    assert hsf("oppdrag", "oppfølging", "OF1", "--dato", "2024-03-04").code == 0
    month, quarter, closing = _shown(hsf, "vis", "O1")["follow_ups"]
    assert (month["done_on"], month["note"], month["status"]) == ("2024-03-04", "Fint", "gjort")
    assert (quarter["planned_on"], closing["planned_on"]) == ("2024-05-20", "2024-08-01")
    assert hsf("oppdrag", "oppfølging", "OF1", "--slett", "--ja").code == 0
    assert [one["kind"] for one in _shown(hsf, "oppfølging")] == ["måned"]  # owed again


@pytest.mark.parametrize(
    ("words", "code", "named"),
    [
        (["O1"], 2, "--type"),
        (["O1", "--type", "måned", "--dato", "2024-01-31"], 4, "--dato"),
        (["O1", "--type", "måned", "--planlagt", "2024-01-31"], 4, "--planlagt"),
        (["O1", "--slett"], 2, "OF12"),
        (["OF9", "--dato", "i dag"], 3, "OF9"),
        (["O1", "--type", "måned", "--notat", "010290 12345"], 4, "fødselsnummer"),
    ],
)
def test_a_follow_up_that_cannot_be_kept_says_why(matched, hsf, words, code, named) -> None:
    _start(hsf, "--dato", "2024-02-01")
    refused = hsf("oppdrag", "oppfølging", *words)
    assert refused.code == code
    assert named in refused.err


def test_an_extension_needs_a_reason_and_a_later_day_and_moves_the_closing(matched, hsf) -> None:
    _start(hsf, "--dato", "2024-02-01")
    missing = hsf("oppdrag", "forleng", "O1", "--til", "2024-09-01")
    assert (missing.code, "--begrunnelse" in missing.err) == (2, True)
    early = hsf("oppdrag", "forleng", "O1", "--til", "2024-08-01", "--begrunnelse", "x")
    assert (early.code, "--til" in early.err) == (4, True)
    assert hsf("oppdrag", "forleng", "O1", "--til", "2024-09-01", "--begrunnelse", "Mer").code == 0
    assert _closing(hsf) == "2024-09-01"
    assert hsf("oppdrag", "forleng", "FL1", "--til", "2024-10-01").code == 0
    assert _closing(hsf) == "2024-10-01"
    assert hsf("oppdrag", "forleng", "FL1", "--slett", "--ja").code == 0
    assert _closing(hsf) == "2024-08-01"


def _closing(hsf) -> str:
    return _shown(hsf, "vis", "O1")["follow_ups"][-1]["planned_on"]


def test_done_closes_the_case_and_says_what_is_left(matched, hsf) -> None:
    _start(hsf, "--dato", "2024-02-01")
    told = hsf("oppdrag", "avslutt", "O1", "--grunn", "fullført")
    assert told.code == 0
    assert "Saken H1 er avsluttet 15.03.2024: fullført." in told.out
    assert "Ikke gjort: oppfølging etter om lag en måned, planlagt 01.03.2024" in told.out
    assert "tre måneder" not in told.out  # it was not due: it falls away
    assert "Ingen timer er ført" in told.out
    assert "hsf familie kartlegg F1 --hjelp-etter" in told.out
    case = json.loads(hsf("henvendelse", "vis", "H1", "--format", "json").out)
    assert (case["closed_on"], case["closed_reason"]) == ("2024-03-15", "fullført")
    assert [one["kind"] for one in _shown(hsf, "oppfølging")] == ["måned", "avslutning"]


def test_hours_and_help_that_are_there_are_not_asked_for(matched, hsf) -> None:
    taken_in(matched, *waits("2", hjelp_etter="nav"), *able("3"),
             assignment("O7", "H2", "V3", "2024-02-01"),
             hours(oppdrag="O7", familiekontakt="V3", dato="2024-03-10"))  # fmt: skip
    told = hsf("oppdrag", "avslutt", "O7", "--grunn", "fullført").out
    assert "timer" not in told
    assert "hjelp" not in told


def test_waiting_for_another_volunteer_puts_the_family_on_the_list_again(matched, hsf) -> None:
    _start(hsf, "--dato", "2024-02-01")
    told = hsf("oppdrag", "avslutt", "O1", "--dato", "i går", "--grunn", "ny_familiekontakt")
    assert "ventelisten igjen" in told.out
    (one,) = json.loads(hsf("venteliste", "--format", "json").out)
    assert (one["family"], one["waiting_since"]) == ("F1", "2024-03-14")


def test_another_assignment_keeps_the_case_open(matched, hsf) -> None:
    _start(hsf)
    assert hsf("oppdrag", "start", "F1", "V2", "--kl", "10").code == 0
    told = hsf("oppdrag", "avslutt", "O1", "--grunn", "fullført")
    assert "Saken står åpen: O2 Berg – Bjørg pågår." in told.out
    assert hsf("oppdrag", "avslutt", "O2", "--grunn", "fullført").out.count("Saken H1") == 1


@pytest.mark.parametrize(
    ("words", "code", "named"),
    [
        (["--grunn", "annet"], 2, "--saken"),
        ([], 2, "--grunn"),
        (["--grunn", "ny_familiekontakt", "--saken", "avslutt"], 2, "--saken"),
        (["--grunn", "fullført", "--saken", "glem"], 2, "--saken"),
        (["--grunn", "fullført", "--dato", "2024-01-31"], 4, "--dato"),
        (["--grunn", "fullført", "--dato", "2024-03-16"], 2, "--dato"),
    ],
)
def test_an_end_that_cannot_be_written_names_the_option(matched, hsf, words, code, named) -> None:
    _start(hsf, "--dato", "2024-02-01")
    refused = hsf("oppdrag", "avslutt", "O1", *words)
    assert refused.code == code
    assert named in refused.err
    assert _shown(hsf, "vis", "O1")["running"]


def test_other_reasons_close_the_case_in_their_own_words(matched, hsf) -> None:
    _start(hsf)
    hsf("oppdrag", "avslutt", "O1", "--grunn", "annet", "--annet", "Flyttet", "--saken", "avslutt")
    case = json.loads(hsf("henvendelse", "vis", "H1", "--format", "json").out)
    assert (case["closed_reason"], case["closed_other"]) == ("annet", "Flyttet")


def test_what_has_ended_is_not_ended_or_extended_again(matched, hsf) -> None:
    _start(hsf)
    hsf("oppdrag", "avslutt", "O1", "--grunn", "fullført")
    for words in (
        ["avslutt", "--grunn", "fullført"],
        ["forleng", "--til", "1.12", "--begrunnelse", "x"],
    ):
        refused = hsf("oppdrag", words[0], "O1", *words[1:])
        assert refused.code == 4
        assert "avsluttet 15.03.2024" in refused.err


def test_an_end_is_one_change_set_that_can_be_taken_back(matched, hsf) -> None:
    _start(hsf, "--dato", "2024-02-01")
    hsf("oppdrag", "avslutt", "O1", "--grunn", "fullført")
    assert hsf("data", "angre", "--ja").code == 0
    assert _shown(hsf, "vis", "O1")["running"]
    assert _closing(hsf) == "2024-08-01"
    assert json.loads(hsf("henvendelse", "vis", "H1", "--format", "json").out)["closed_on"] is None


def test_mending_the_end_moves_the_closing_follow_up(matched, hsf) -> None:
    _start(hsf, "--dato", "2024-02-01")
    hsf("oppdrag", "oppfølging", "O1", "--type", "kvartal", "--planlagt", "2024-05-20")
    assert hsf("oppdrag", "endre", "O1", "--planlagt-slutt", "2024-07-01").code == 0
    _, quarter, closing = _shown(hsf, "vis", "O1")["follow_ups"]
    assert (quarter["planned_on"], closing["planned_on"]) == ("2024-05-20", "2024-07-01")


def test_an_end_is_not_set_by_mending_and_not_half_removed(matched, hsf) -> None:
    _start(hsf, "--dato", "2024-02-01")
    words = ("--avsluttet", "2024-03-01", "--avslutningsgrunn", "fullført")
    refused = hsf("oppdrag", "endre", "O1", *words)
    assert (refused.code, "hsf oppdrag avslutt O1" in refused.err) == (4, True)
    assert hsf("oppdrag", "avslutt", "O1", "--grunn", "ny_familiekontakt").code == 0
    half = hsf("oppdrag", "endre", "O1", "--avsluttet", "")
    assert (half.code, "--avslutningsgrunn" in half.err) == (2, True)
    assert hsf("oppdrag", "endre", "O1", "--avsluttet", "", "--avslutningsgrunn", "").code == 0
    assert _shown(hsf, "vis", "O1")["running"]


def test_ends_out_of_order_close_the_case_on_the_latest(matched, hsf) -> None:
    _start(hsf, "--dato", "2024-01-10")
    assert hsf("oppdrag", "start", "F1", "V2", "--kl", "10", "--dato", "2024-01-10").code == 0
    first = hsf("oppdrag", "avslutt", "O1", "--dato", "2024-03-10", "--grunn", "fullført")
    assert "Saken står åpen: O2" in first.out
    told = hsf("oppdrag", "avslutt", "O2", "--dato", "2024-03-01", "--grunn", "fullført")
    assert "Saken H1 er avsluttet 10.03.2024: fullført." in told.out


@pytest.mark.parametrize("typed", ["1.4", "1.3"])
def test_the_suggestion_and_the_start_read_the_same_day(matched, hsf, typed) -> None:
    day = f"0{typed}.2024".replace(".", ".0", 1)
    suggested = hsf("oppdrag", "forslag", "F1", "--dato", typed, "--kl", "10").out
    assert f"hsf oppdrag start F1 V2 --dato {day} --kl 10:00" in suggested
    assert day in hsf("oppdrag", "start", "F1", "V2", "--dato", typed, "--kl", "10").out


def test_a_reason_given_at_any_step_is_kept_with_the_assignment(matched, hsf) -> None:
    _start(hsf, "--dato", "2024-01-10")
    text = "Ref. 010290 12345"  # like a national identity number
    for words in (
        ("oppfølging", "O1", "--type", "måned", "--notat", text),
        ("oppfølging", "OF2", "--notat", text),
        ("forleng", "O1", "--til", "2024-08-01", "--begrunnelse", text),
        ("forleng", "FL1", "--begrunnelse", f"{text}, ny"),
        ("avslutt", "O1", "--grunn", "annet", "--annet", text, "--saken", "venter"),
    ):
        refused = hsf("oppdrag", *words)
        assert (refused.code, "--likevel" in refused.err) == (4, True)
        assert hsf("oppdrag", *words, "--likevel", f"Saksnummer {words[0]}").code == 0
    kept = [one["reason"] for one in _shown(hsf, "vis", "O1")["exceptions"]]
    assert kept == [
        "Saksnummer oppfølging", "Saksnummer oppfølging", "Saksnummer forleng",
        "Saksnummer forleng", "Saksnummer avslutt",
    ]  # fmt: skip
    assert hsf("data", "angre", "--ja").code == 0
    assert len(_shown(hsf, "vis", "O1")["exceptions"]) == 4


def test_an_assignment_with_hours_is_not_removed_and_one_without_takes_its_parts(
    matched, hsf
) -> None:
    _start(hsf, "--dato", "2024-02-01")
    taken_in(matched, *waits("2"), *able("3"), assignment("O7", "H2", "V3", "2024-02-01"),
             hours(oppdrag="O7", familiekontakt="V3", dato="2024-02-10"))  # fmt: skip
    assert hsf("oppdrag", "slett", "O7", "--ja").code == 4
    removed = hsf("oppdrag", "slett", "O1", "--ja")
    assert (removed.code, "3 oppfølginger" in removed.out) == (0, True)


def test_the_list_is_of_what_runs_and_says_what_it_leaves_out(store, hsf) -> None:
    taken_in(
        store, *waits("1", "2022-12-01"), *able("1"), *waits("2", "2022-12-01"), *able("2"),
        assignment("O1", "H1", "V1", "2023-01-10", "2023-06-01"),
        assignment("O2", "H2", "V2", "2023-02-01"),
    )  # fmt: skip
    assert [one["id"] for one in _shown(hsf, "liste")] == ["O2"]
    assert "1 til er ikke med. Se alle: hsf oppdrag liste --alle" in hsf("oppdrag", "liste").out
    assert len(_shown(hsf, "liste", "--alle")) == len(_shown(hsf, "liste", "--år", "2023")) == 2
    assert [one["id"] for one in _shown(hsf, "liste", "--år", "2024")] == ["O2"]
    assert [one["id"] for one in _shown(hsf, "liste", "--per", "2023-05-31")] == ["O1", "O2"]
    assert [one["id"] for one in _shown(hsf, "liste", "--familie", "F1")] == ["O1"]
    assert [one["id"] for one in _shown(hsf, "liste", "--kontakt", "V2")] == ["O2"]
    assert "1 oppdrag er over planlagt slutt." in hsf("oppdrag", "liste", "--over-tiden").out
    for past in ("--over-tiden", "--over-seks-måneder"):
        assert [one["id"] for one in _shown(hsf, "liste", past)] == ["O2"]
        assert _shown(hsf, "liste", past, "--per", "2023-07-10") == []


def test_an_empty_list_says_what_would_fill_it(store, hsf) -> None:
    assert "hsf oppdrag forslag" in hsf("oppdrag", "liste").out


def test_names_are_left_out_for_a_screen_that_others_see(matched, hsf) -> None:
    _start(hsf, "--dato", "2024-02-01")
    for words in (["liste"], ["oppfølging"]):
        told = hsf("oppdrag", *words, "--uten-navn").out
        assert "O1" in told
        assert "Berg" not in told
        assert "Anne" not in told


def test_the_card_sums_up_the_hours(matched, hsf) -> None:
    _start(hsf, "--dato", "2024-02-01")
    taken_in(matched, hours(dato="2024-02-20", timer="7", besøk="3", kjøring="0:40"))
    told = hsf("oppdrag", "vis", "O1").out
    assert "3 besøk, 7 timer, 2:20 timer per besøk i snitt, 0:40 timer kjøring" in told
    assert "2 påbegynte måneder" in told


def test_at_a_terminal_a_match_is_talked_through(matched, terminal, hsf) -> None:
    child = terminal("oppdrag", "start")
    answer(child, "Velg familie")
    answer(child, "Når startet oppdraget?", "\x15" + "2024-03-15")
    answer(child, "vanlige klokkeslettet?", "17")
    child.expect_exact("samme område")
    answer(child, "Hvem skal starte?")
    answer(child, "planlagt slutt?")
    assert ended(child) == 0
    assert "(ved avslutning)" in child.before
    assert _shown(hsf, "vis", "O1")["volunteer_number"] == "V2"


def test_at_a_terminal_nothing_is_asked_about_a_volunteer_who_is_not_there(matched, terminal):
    child = terminal("oppdrag", "start", "berg", "V99")
    assert ended(child) == 3
    assert "Når startet" not in child.before


def test_at_a_terminal_one_who_may_not_start_can_be_chosen_with_a_reason(store, terminal, hsf):
    taken_in(store, *waits("1", navn="Berg"), volunteer("V1", "", navn="Kari"))
    child = terminal("oppdrag", "start", "berg", "--dato", "2024-03-15", "--kl", "17")
    child.expect_exact("Ingen familiekontakt kan starte 15.03.2024. Velg en likevel")
    answer(child, "Hvem skal starte?")
    answer(child, "Vil du gå videre likevel?", "Kurset er tatt et annet sted")
    assert ended(child) == 0, child.before
    assert _shown(hsf, "vis", "O1")["volunteer_number"] == "V1"


def test_at_a_terminal_an_end_is_talked_through_and_ctrl_c_leaves_nothing(
    matched,
    terminal,
    hsf,
) -> None:
    _start(hsf, "--dato", "2024-02-01")
    child = terminal("oppdrag", "avslutt", "berg")
    answer(child, "Når ble oppdraget avsluttet?", "\x15" + "2024-03-15")
    child.expect_exact("Hvorfor ble det avsluttet?")
    child.send("\x03")
    assert ended(child) == 130
    assert _shown(hsf, "vis", "O1")["running"]
    child = terminal("oppdrag", "avslutt", "berg")
    answer(child, "Når ble oppdraget avsluttet?", "\x15" + "2024-03-15")
    child.expect_exact("Hvorfor ble det avsluttet?")
    child.send(UP + ENTER)
    answer(child, "Hva var grunnen?", "Flyttet")
    answer(child, "Hva skjer med saken?")
    child.expect_exact("Saken H1 er avsluttet")
    assert ended(child) == 0


def test_an_empty_planned_end_is_six_months(matched, hsf) -> None:
    assert hsf("oppdrag", "start", "F1", "V1", "--kl", "17", "--planlagt-slutt", "").code == 0
    shown = json.loads(hsf("oppdrag", "vis", "O1", "--format", "json").out)
    assert shown["planned_end_on"] == "2024-09-15"


def test_a_follow_up_with_a_note_alone_is_told_as_changed(matched, hsf) -> None:
    hsf("oppdrag", "start", "F1", "V1", "--kl", "17")
    noted = hsf("oppdrag", "oppfølging", "O1", "--type", "måned", "--notat", "x", "--dato", "")
    assert noted.code == 0
    assert "Angre" in noted.out
