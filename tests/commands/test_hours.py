"""`hsf timer`: an entry made, shown, mended and removed, without a terminal."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from hsf_cli.store import Store
from tests.builders import activity, assignment, family, inquiry, taken_in, volunteer
from tests.builders import hours as entry
from tests.commands.terminal import DOWN, Terminal, answer, ended, terminal
from tests.conftest import Run

__all__ = ["terminal"]

Hsf = Callable[..., Run]


@pytest.fixture
def department(store: Store) -> Store:
    """Kari has had Skogen since new year, and Ola both Berg and Lia."""
    taken_in(
        store,
        family("F1", navn="Skogen"),
        inquiry("H1", "F1", "2023-12-01"),
        volunteer("V1", navn="Kari"),
        assignment("O1", "H1", "V1", "2024-01-01"),
        volunteer("V2", navn="Ola"),
        family("F2", navn="Berg"),
        inquiry("H2", "F2", "2023-12-01"),
        assignment("O2", "H2", "V2", "2024-01-01", "2024-02-20"),
        family("F3", navn="Lia"),
        inquiry("H3", "F3", "2023-12-01"),
        assignment("O3", "H3", "V2", "2024-02-10"),
    )
    return store


def listed(hsf: Hsf, *words: str) -> list[dict[str, Any]]:
    run = hsf("timer", "liste", *words, "--format", "json")
    assert run.code == 0, run.err
    found: list[dict[str, Any]] = json.loads(run.out)
    return found


def exceptions(store: Store) -> list[tuple[Any, ...]]:
    sql = "SELECT rule, volunteer_id, assignment_id, reason FROM rule_exception ORDER BY id"
    return [tuple(row) for row in store.rows(sql)]


def test_hours_of_another_kind_are_the_volunteers(hsf: Hsf, department: Store) -> None:
    run = hsf(
        "timer", "ny", "--kontakt", "V2", "--type", "veiledning", "--dato", "2024-03-01",
        "--timer", "2",
    )  # fmt: skip
    assert (run.code, run.err) == (0, "")
    assert "T1 er ført på V2 Ola, veiledning 01.03.2024: 2 timer." in run.out
    assert "hsf data angre" in run.out
    (one,) = listed(hsf, "--kontakt", "V2")
    assert (one["number"], one["volunteer"], one["kind"]) == ("T1", "V2", "veiledning")
    assert (one["worked_on"], one["minutes"], one["hours"]) == ("2024-03-01", 120, 2)
    assert one["assignment"] is one["visits"] is None


def test_the_volunteer_follows_from_the_assignment(hsf: Hsf, department: Store) -> None:
    words = ("--oppdrag", "O1", "--dato", "31.1", "--besøk", "4", "--timer", "10,5")
    assert hsf("timer", "ny", *words, "--kjøring", "0:40").code == 0
    (one,) = listed(hsf, "--familie", "skogen")
    assert (one["volunteer"], one["assignment"], one["kind"]) == ("V1", "O1", "oppdrag")
    assert (one["visits"], one["minutes"], one["driving_minutes"]) == (4, 630, 40)


@pytest.mark.parametrize(
    ("whose", "day", "number"),
    [
        (("--kontakt", "kari"), "2024-03-01", "O1"),
        (("--familie", "berg"), "2024-02-20", "O2"),
        (("--kontakt", "ola"), "2024-02-09", "O2"),
        (("--kontakt", "ola"), "2024-02-21", "O3"),
        (("--kontakt", "ola", "--familie", "lia"), "2024-02-15", "O3"),
    ],
)
def test_the_only_assignment_that_ran_that_day_is_the_one(
    hsf: Hsf, department: Store, whose: tuple[str, ...], day: str, number: str
) -> None:
    words = ("--dato", day, "--besøk", "1", "--timer", "2")
    assert hsf("timer", "ny", *whose, *words).code == 0
    assert [one["assignment"] for one in listed(hsf)] == [number]


def test_several_assignments_that_day_are_listed(hsf: Hsf, department: Store) -> None:
    words = ("--kontakt", "ola", "--type", "oppdrag", "--timer", "2")
    run = hsf("timer", "ny", *words, "--dato", "2024-02-15")
    assert run.code == 3
    assert "O2 Berg" in run.err
    assert "O3 Lia" in run.err
    assert "--oppdrag" in run.err
    assert listed(hsf) == []


def test_none_that_day_lists_the_others(hsf: Hsf, department: Store) -> None:
    run = hsf("timer", "ny", "--familie", "berg", "--dato", "2024-03-01", "--timer", "2")
    assert run.code == 3
    assert "ingen oppdrag 01.03.2024" in run.err
    assert "--oppdrag O2" in run.err


@pytest.mark.parametrize(
    ("words", "option"),
    [
        ((), "--type"),
        (("--type", "kurs"), "--dato"),
        (("--type", "kurs", "--dato", "1.3"), "--kontakt"),
        (("--type", "oppdrag", "--dato", "1.3"), "--kontakt"),
        (("--kontakt", "V1", "--type", "kurs", "--dato", "1.3"), "--timer"),
    ],
)
def test_what_is_missing_is_named(
    hsf: Hsf, department: Store, words: tuple[str, ...], option: str
) -> None:
    run = hsf("timer", "ny", *words)
    assert run.code == 2
    assert f"{option} mangler" in run.err


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("--kontakt", "V1", "--type", "kurs", "--dato", "16.3.2024"), 2, "ikke kommet ennå"),
        (
            ("--kontakt", "V1", "--type", "kurs", "--dato", "1.3", "--besøk", "2"),
            2,
            "typen oppdrag",
        ),
        (("--familie", "F1", "--type", "kurs", "--dato", "1.3"), 2, "--familie"),
        (("--kontakt", "V2", "--oppdrag", "O1", "--dato", "1.3"), 2, "V1 Kari sitt"),
        (("--oppdrag", "O1", "--dato", "1.3", "--besøk", "1", "--timer", "25"), 4, "24 timer"),
    ],
)
def test_what_cannot_be_so_is_refused(
    hsf: Hsf, department: Store, words: tuple[str, ...], code: int, told: str
) -> None:
    run = hsf("timer", "ny", *words, *(() if "--timer" in words else ("--timer", "2")))
    assert run.code == code
    assert told in run.err
    assert listed(hsf) == []
    assert listed(hsf) == []


def test_a_double_stops_and_goes_on_with_a_reason(hsf: Hsf, department: Store) -> None:
    words = ("timer", "ny", "--oppdrag", "O1", "--dato", "31.1", "--besøk", "4", "--timer", "10")
    assert hsf(*words).code == 0
    run = hsf(*words)
    assert run.code == 4
    assert "T1 (4 besøk, 10 timer)" in run.err
    assert hsf(*words, "--likevel", "To bolker").code == 0
    assert exceptions(department) == [("dobbelt", None, 1, "To bolker")]
    assert "To bolker" in hsf("oppdrag", "vis", "O1").out


def test_the_reason_is_on_the_volunteer_where_there_is_no_assignment(
    hsf: Hsf, department: Store
) -> None:
    words = ("timer", "ny", "--kontakt", "V1", "--type", "kurs", "--dato", "1.3", "--timer", "3")
    assert hsf(*words).code == 0
    assert hsf(*words, "--likevel", "To kurs den dagen").code == 0
    assert exceptions(department) == [("dobbelt", 1, None, "To kurs den dagen")]


def test_unusual_visits_are_told_and_kept(hsf: Hsf, department: Store) -> None:
    words = ("--oppdrag", "O1", "--dato", "31.1", "--besøk", "1", "--timer", "4:01")
    run = hsf("timer", "ny", *words)
    assert run.code == 0
    assert "mer enn fire timer per besøk" in run.err
    assert len(listed(hsf)) == 1


def test_what_annet_was_is_kept(hsf: Hsf, department: Store) -> None:
    words = ("--kontakt", "V1", "--dato", "1.3", "--timer", "2", "--type-annet", "Flyttet møbler")
    assert hsf("timer", "ny", *words).code == 0
    (one,) = listed(hsf)
    assert (one["kind"], one["kind_other"]) == ("annet", "Flyttet møbler")


def test_an_activity_gives_the_day_and_the_kind(hsf: Hsf, department: Store) -> None:
    taken_in(department, activity("A4", "2024-03-02", målgruppe="familiekontakter"))
    assert hsf("timer", "ny", "--kontakt", "V1", "--aktivitet", "A4", "--timer", "2").code == 0
    (one,) = listed(hsf, "--aktivitet", "A4")
    assert (one["kind"], one["worked_on"], one["activity"]) == ("samling", "2024-03-02", "A4")


def test_the_list_is_narrowed_and_summed_up(hsf: Hsf, department: Store) -> None:
    taken_in(
        department,
        entry(dato="2023-12-31", timer="3", besøk="1"),
        entry(dato="2024-01-31", timer="10", besøk="4", kjøring="0:40"),
        entry("kurs", dato="2024-02-01", timer="1,5"),
        entry("kurs", dato="2024-02-29", timer="1", familiekontakt="V2"),
    )
    assert [one["number"] for one in listed(hsf)] == ["T4", "T3", "T2"]
    assert [one["number"] for one in listed(hsf, "--kontakt", "V1")] == ["T3", "T2", "T1"]
    assert [one["number"] for one in listed(hsf, "--type", "kurs")] == ["T4", "T3"]
    assert [one["number"] for one in listed(hsf, "--måned", "februar")] == ["T4", "T3"]
    assert [one["number"] for one in listed(hsf, "--år", "2023")] == ["T1"]
    within = listed(hsf, "--fra", "31.12.2023", "--til", "31.1.2024")
    assert [one["number"] for one in within] == ["T2", "T1"]
    assert "3 timeføringer: 4 besøk, 12,5 timer, kjøring 0:40." in hsf("timer", "liste").out
    assert "1 timeføring: 1 time." in hsf("timer", "liste", "--søk", "ola").out
    nameless = hsf("timer", "liste", "--uten-navn").out
    assert "Kari" not in nameless
    assert "Skogen" not in nameless


@pytest.mark.parametrize(
    "words", [("--år", "2024", "--måned", "mars"), ("--fra", "2.3.2024", "--til", "1.3.2024")]
)
def test_a_period_that_is_none_is_refused(
    hsf: Hsf, department: Store, words: tuple[str, ...]
) -> None:
    assert hsf("timer", "liste", *words).code == 2


def test_an_empty_list_says_what_would_fill_it(hsf: Hsf, department: Store) -> None:
    assert "hsf timer måned" in hsf("timer", "liste").out


def test_an_entry_is_shown(hsf: Hsf, department: Store) -> None:
    taken_in(department, entry(dato="2024-01-31", timer="10,5", besøk="4", kjøring="0:40"))
    shown = hsf("timer", "vis", "T1").out
    for text in ("V1 Kari", "O1 Skogen", "Besøk på oppdrag", "31.01.2024", "10,5", "0:40"):
        assert text in shown
    assert json.loads(hsf("timer", "vis", "t1", "--format", "json").out) == listed(hsf)[0]


def test_an_entry_is_mended_and_removed(hsf: Hsf, department: Store) -> None:
    taken_in(department, entry(dato="2024-01-31", timer="10", besøk="4"))
    run = hsf("timer", "endre", "T1", "--timer", "2:20", "--besøk", "1")
    assert "Timer: 2:20" in run.out
    assert listed(hsf)[0]["minutes"] == 140
    assert hsf("timer", "slett", "T1").code == 4
    assert "Slettet" in hsf("timer", "slett", "T1", "--ja").out
    assert listed(hsf) == []


def test_mending_is_held_to_the_same_rules(hsf: Hsf, department: Store) -> None:
    taken_in(
        department,
        entry(dato="2024-01-31", timer="10", besøk="4"),
        entry(dato="2024-02-29", timer="9", besøk="4"),
    )
    double = hsf("timer", "endre", "T2", "--dato", "31.1.2024")
    assert (double.code, "T1 (4 besøk" in double.err) == (4, True)
    outside = hsf("timer", "endre", "T2", "--dato", "31.12.2023")
    assert (outside.code, "01.01.2024" in outside.err) == (4, True)
    assert hsf("timer", "endre", "T2", "--kontakt", "V2").code == 2
    assert hsf("timer", "endre", "T2", "--oppdrag", "").code == 4
    assert hsf("timer", "endre", "T2", "--dato", "31.12.2023", "--likevel", "Ført sent").code == 0
    assert exceptions(department) == [("dato", None, 1, "Ført sent")]


def test_mending_nothing_says_so(hsf: Hsf, department: Store) -> None:
    taken_in(department, entry(dato="2024-01-31", timer="10", besøk="4"))
    assert "Ingenting er endret" in hsf("timer", "endre", "T1", "--timer", "10").out


def test_what_cannot_be_read_is_told_of_before_anything_is_asked(
    terminal: Terminal, department: Store
) -> None:
    call = terminal("timer", "ny", "--kontakt", "V1", "--type", "veiledning", "--timer", "2t3x")
    assert ended(call) == 2
    assert "--timer «2t3x» kan ikke leses" in call.before
    assert "Hvilken dag?" not in call.before


def test_it_is_asked_for_at_a_terminal(terminal: Terminal, hsf: Hsf, department: Store) -> None:
    call = terminal("timer", "ny")
    answer(call, "Velg familiekontakt:", DOWN)  # Ola
    answer(call, "Hva slags timer?")  # on an assignment
    answer(call, "Hvilken dag?", "\x1515.2.2024")
    answer(call, "På hvilket oppdrag?", DOWN)  # both of them ran that day
    answer(call, "Hvor mange besøk?", "2")
    answer(call, "Hvor mange timer?", "5")
    answer(call, "Hvor mye kjøring?", "0:40")
    call.expect_exact("T1 er ført på V2 Ola, besøk på oppdrag 15.02.2024")
    assert ended(call) == 0
    (one,) = listed(hsf)
    assert (one["assignment"], one["visits"], one["minutes"]) == ("O3", 2, 300)
    assert one["driving_minutes"] == 40


def test_a_finding_is_asked_about_and_ctrl_c_keeps_nothing(
    terminal: Terminal, hsf: Hsf, department: Store
) -> None:
    call = terminal("timer", "ny", "--kontakt", "kari", "--type", "oppdrag", "--dato", "1.12.2023")
    call.expect_exact("Ingen oppdrag gikk 01.12.2023.")
    answer(call, "På hvilket oppdrag?")
    answer(call, "Hvor mange timer?", "2")
    call.expect_exact("Til hinder: Timene er datert 01.12.2023")
    call.expect_exact("Vil du gå videre likevel?")
    call.sendintr()
    assert ended(call) == 130
    assert listed(hsf, "--kontakt", "V1") == []


def test_hours_on_an_assignment_by_one_who_never_had_any_are_refused(hsf, department) -> None:
    taken_in(department, volunteer("V3", navn="Ida"))
    words = ("--kontakt", "V3", "--type", "oppdrag", "--dato", "1.3.2024", "--timer", "2")
    run = hsf("timer", "ny", *words, "--besøk", "1")
    assert run.code == 3
    assert "Ida har ingen oppdrag." in run.err
    assert "hsf oppdrag liste --alle" in run.err
    assert listed(hsf) == []
