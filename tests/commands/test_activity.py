"""`hsf aktivitet`: by options, and at a real terminal."""

import json

import pytest

from tests.builders import activity, activity_family, child, family, hours, taken_in, volunteer
from tests.commands.terminal import DOWN, SPACE, answer, ended, terminal

__all__ = ["terminal"]

pytestmark = pytest.mark.usefixtures("empty_department")

HAGEFEST = ("aktivitet", "ny", "--tittel", "Hagefest", "--dato", "1.3", "--målgruppe", "familier")


def _shown(hsf, *words: object) -> object:
    return json.loads(hsf(*words, "--format", "json").out)


@pytest.fixture
def known(store) -> None:
    """Two families and three volunteers."""
    taken_in(
        store, family("F1", navn="Berg"), family("F2", navn="Hansen"),
        volunteer("V1", navn="Anne"), volunteer("V2", navn="Berit"), volunteer("V3", navn="Dina"),
    )  # fmt: skip


def test_an_activity_with_those_who_came_and_their_hours_in_one_step(hsf, known) -> None:
    run = hsf(
        *HAGEFEST, "--tilskudd", "Stiftelsen", "--tilskudd", "Kommunen", "--foreldre", 8,
        "--barn", 12, "--sted", "Solstua", "--familie", "F1", "--familie", "hans",
        "--kontakt", "V2", "--kontakt", "dina 2:30", "--timer", 3, "--kjøring", "0,5",
    )  # fmt: skip
    assert (run.code, run.err) == (0, "")
    assert "8 foreldre, 12 barn, 2 familier, 2 familiekontakter med 5,5 timer" in run.out
    assert "hsf data angre" in run.out
    shown = _shown(hsf, "aktivitet", "vis", "A1")
    assert (shown["held_on"], shown["place"]) == ("2024-03-01", "Solstua")
    assert shown["grants"] == ["Stiftelsen", "Kommunen"]
    assert [row["name"] for row in shown["families"]] == ["Berg", "Hansen"]
    assert [
        (row["volunteer_name"], row["minutes"], row["driving_minutes"], row["kind"])
        for row in shown["hours"]
    ] == [("Berit", 180, 30, "aktivitet"), ("Dina", 150, 30, "aktivitet")]


def test_one_step_is_taken_back_in_one_step(hsf, known) -> None:
    hsf(*HAGEFEST, "--familie", "F1", "--ny-familie", "Aas", "--kontakt", "V2 2")
    assert hsf("data", "angre", "--ja").code == 0
    assert _shown(hsf, "aktivitet", "liste") == []
    assert [row["name"] for row in _shown(hsf, "familie", "liste")] == ["Berg", "Hansen"]


def test_a_family_that_comes_for_the_first_time(hsf, known) -> None:
    run = hsf(*HAGEFEST, "--ny-familie", "Aas")
    assert "Ny familie: F3 Aas" in run.out
    assert [row["name"] for row in _shown(hsf, "aktivitet", "vis", "A1")["families"]] == ["Aas"]


def test_a_new_family_with_the_name_of_one_that_is_here_is_refused(hsf, known) -> None:
    refused = hsf(*HAGEFEST, "--ny-familie", "berg")
    assert refused.code == 4
    assert "--familie F1" in refused.err
    assert _shown(hsf, "aktivitet", "liste") == []


@pytest.mark.parametrize(
    ("words", "option"),
    [
        (("--dato", "1.3", "--målgruppe", "familier"), "--tittel"),
        (("--tittel", "Fest", "--målgruppe", "familier"), "--dato"),
        (("--tittel", "Fest", "--dato", "1.3"), "--målgruppe"),
        ((*HAGEFEST[2:], "--kontakt", "V1"), "--timer"),
        ((*HAGEFEST[2:], "--timer", "3"), "--kontakt"),
        ((*HAGEFEST[2:], "--kontakt", "V1", "--timer", "lenge"), "--timer"),
        ((*HAGEFEST[2:], "--ny-familie", " "), "--ny-familie"),
    ],
)
def test_without_a_terminal_the_error_names_the_option_and_nothing_is_kept(
    hsf, known, words, option
) -> None:
    refused = hsf("aktivitet", "ny", *words)
    assert refused.code == 2
    assert option in refused.err
    assert _shown(hsf, "aktivitet", "liste") == []


def test_a_volunteer_named_twice_is_refused(hsf, known) -> None:
    assert hsf(*HAGEFEST, "--kontakt", "V1 2", "--kontakt", "anne 3").code == 2


def test_two_volunteers_of_one_name_are_two(hsf, store) -> None:
    taken_in(store, volunteer("V1", navn="Anne"), volunteer("V2", navn="Anne"))
    run = hsf(*HAGEFEST, "--kontakt", "V1 2", "--kontakt", "V2 1")
    assert "2 familiekontakter med 3 timer" in run.out


def test_hours_that_double_others_are_refused_and_shown(hsf, known) -> None:
    hsf(*HAGEFEST, "--kontakt", "V1 2")
    refused = hsf("aktivitet", "deltakere", "A1", "--kontakt", "V1 3")
    assert refused.code == 4
    assert "T1" in refused.err
    assert len(_shown(hsf, "aktivitet", "vis", "A1")["hours"]) == 1


def test_a_planned_activity_takes_families_but_no_counts_and_no_hours(hsf, known) -> None:
    planned = (
        "aktivitet",
        "ny",
        "--tittel",
        "Tur",
        "--dato",
        "1.6.2024",
        "--målgruppe",
        "familier",
    )
    assert hsf(*planned, "--foreldre", 3).code == 2
    assert hsf(*planned, "--kontakt", "V1 2").code == 2
    assert hsf(*planned, "--familie", "F1").code == 0
    assert hsf("aktivitet", "deltakere", "A1", "--barn", 3).code == 2
    assert hsf("aktivitet", "endre", "A1", "--barn", 3).code == 2


def test_those_who_came_are_added_and_taken_away(hsf, known) -> None:
    hsf(*HAGEFEST, "--familie", "F1", "--kontakt", "V1 2")
    run = hsf(
        "aktivitet", "deltakere", "hagefest", "--foreldre", 4, "--familie", "F2",
        "--kontakt", "V2", "--timer", 2, "--fjern", "F1", "--fjern", "anne",
    )  # fmt: skip
    assert run.code == 0
    shown = _shown(hsf, "aktivitet", "vis", "A1")
    assert [row["name"] for row in shown["families"]] == ["Hansen"]
    assert [row["volunteer_name"] for row in shown["hours"]] == ["Berit"]
    assert shown["parents"] == 4


def test_who_is_not_there_cannot_be_taken_away(hsf, known) -> None:
    hsf(*HAGEFEST)
    for who in ("F1", "V1", "ukjent"):
        assert hsf("aktivitet", "deltakere", "A1", "--fjern", who).code == 3


def test_nothing_new_is_said_to_be_nothing(hsf, known) -> None:
    hsf(*HAGEFEST, "--familie", "F1")
    run = hsf("aktivitet", "deltakere", "A1", "--familie", "F1")
    assert "Ingenting er endret" in run.out
    assert hsf("aktivitet", "deltakere", "A1").code == 2


def test_hours_follow_an_activity_that_is_mended(hsf, known) -> None:
    hsf(*HAGEFEST, "--kontakt", "V1 2")
    run = hsf("aktivitet", "endre", "A1", "--dato", "2.3", "--målgruppe", "familiekontakter")
    assert run.code == 0
    (row,) = _shown(hsf, "aktivitet", "vis", "A1")["hours"]
    assert (row["worked_on"], row["kind"]) == ("2024-03-02", "samling")
    assert hsf("aktivitet", "endre", "A1", "--dato", "1.6.2024").code == 2


def test_grants_are_replaced_and_emptied(hsf, known) -> None:
    hsf(*HAGEFEST, "--tilskudd", "Stiftelsen")
    hsf("aktivitet", "endre", "A1", "--tilskudd", "Kommunen", "--tilskudd", "Banken")
    assert _shown(hsf, "aktivitet", "vis", "A1")["grants"] == ["Kommunen", "Banken"]
    hsf("aktivitet", "endre", "A1", "--tilskudd", "")
    assert _shown(hsf, "aktivitet", "vis", "A1")["grants"] == []


def test_it_is_removed_with_its_families_but_not_with_hours(hsf, known) -> None:
    hsf(*HAGEFEST, "--familie", "F1")
    hsf("aktivitet", "ny", "--tittel", "Tur", "--dato", "1.3", "--målgruppe", "familier",
        "--kontakt", "V1 2")  # fmt: skip
    removed = hsf("aktivitet", "slett", "A1", "--ja")
    assert (removed.code, "1 familie" in removed.out) == (0, True)
    refused = hsf("aktivitet", "slett", "A2", "--ja")
    assert (refused.code, "1 timeføring" in refused.err) == (4, True)


def test_the_list_is_narrowed_and_an_empty_one_says_what_would_fill_it(hsf, store) -> None:
    assert "hsf aktivitet ny" in hsf("aktivitet", "liste").out
    taken_in(
        store, activity("A1", dato="2023-06-01", tilskudd="Stiftelsen"),
        activity("A2", dato="2024-02-01", målgruppe="koordinator"),
    )  # fmt: skip

    def listed(*words: object) -> list[str]:
        return [row["number"] for row in _shown(hsf, "aktivitet", "liste", *words)]

    assert listed() == ["A1", "A2"]
    assert listed("--år", 2024) == listed("--målgruppe", "koordinator") == ["A2"]
    assert listed("--tilskudd", "stift") == listed("--søk", "tet a1") == ["A1"]
    assert hsf("aktivitet", "liste", "--målgruppe", "alle").code == 2


@pytest.fixture
def granted(store) -> None:
    """Two activities that the foundation has paid for, one of them with the municipality."""
    taken_in(
        store,
        activity("A1", tilskudd="Stiftelsen", foreldre="3", barn="4"),
        activity("A2", tilskudd="Stiftelsen, Kommunen", foreldre="2", barn="1"),
        family("F1", navn="Bergfamilien"), child("F1", navn="Ada"),
        activity_family("A1"), activity_family("A2"),
        volunteer(navn="Annefrid"), hours("aktivitet", "2", aktivitet="A1"),
    )  # fmt: skip


def test_a_grant_is_summed_up(hsf, granted) -> None:
    shown = _shown(hsf, "aktivitet", "tilskudd", "stift", "--år", 2023)
    assert (shown["grant"], shown["held"], shown["year"]) == ("Stiftelsen", 2, 2023)
    assert (shown["families"], shown["parents"], shown["children"]) == (1, 5, 5)
    assert (shown["volunteers"], shown["minutes"]) == (1, 120)
    assert [row["title"] for row in shown["activities"]] == ["Aktivitet A1", "Aktivitet A2"]


@pytest.mark.parametrize("format", ["tabell", "csv", "json"])
@pytest.mark.parametrize("which", [(), ("Stiftelsen",)])
def test_what_is_sent_to_a_funder_names_no_family_and_no_volunteer(
    hsf, granted, format, which
) -> None:
    out = hsf("aktivitet", "tilskudd", *which, "--format", format).out
    assert "Stiftelsen" in out or which
    assert not any(name in out for name in ("Bergfamilien", "Annefrid", "Ada"))


def test_all_grants_are_a_line_each(hsf, granted) -> None:
    run = hsf("aktivitet", "tilskudd")
    assert "hvert av dem" in run.err
    rows = _shown(hsf, "aktivitet", "tilskudd")
    assert [(row["grant"], row["held"]) for row in rows] == [("Kommunen", 1), ("Stiftelsen", 2)]
    assert hsf("aktivitet", "tilskudd", "--år", 2020).out.startswith("Ingen aktiviteter i 2020")


def test_what_a_grants_sums_leave_out_is_told(hsf, store) -> None:
    taken_in(
        store,
        activity("A1", tilskudd="Stiftelsen", foreldre="3"),  # whose children nobody counted
        activity("A2", "2024-06-01", tilskudd="Stiftelsen"),  # which is still to come
    )
    for words in ((), ("stift",)):
        told = hsf("aktivitet", "tilskudd", *words).err
        assert "Foreldre eller barn er ikke ført på A1." in told
        assert "A2 har ikke vært ennå, og er ikke talt med." in told


def test_a_grant_that_is_not_there_or_may_be_several(hsf, granted) -> None:
    unknown = hsf("aktivitet", "tilskudd", "Banken")
    assert (unknown.code, "Kommunen; Stiftelsen" in unknown.err) == (3, True)
    assert hsf("aktivitet", "tilskudd", "e").code == 3
    assert hsf("aktivitet", "tilskudd", "stiftelsen", "--år", 2020).code == 3


def test_brackets_and_emoji_in_a_title_are_shown_unharmed(hsf, known) -> None:
    title = 'Fest [bold]"på tvers"[/bold] 🎉'
    hsf("aktivitet", "ny", "--tittel", title, "--dato", "1.3", "--målgruppe", "familier")
    assert title in hsf("aktivitet", "liste").out
    assert title in hsf("aktivitet", "vis", "A1").out


def test_an_activity_is_told_of_question_by_question(terminal, hsf, known) -> None:
    told = terminal("aktivitet", "ny")
    answer(told, "Hva heter aktiviteten?", "Hagefest")
    answer(told, "Når er aktiviteten?", "1.3.2024")
    answer(told, "Hvem er den for?")
    answer(told, "Hvor?", "Solstua")
    answer(told, "Hvilke tilskudd betaler?", "Stiftelsen, Kommunen")
    answer(told, "Hvor mange foreldre kom?", "8")
    answer(told, "Hvor mange barn kom?")
    answer(told, "Hvilke familier var med?", SPACE + DOWN + SPACE)
    answer(told, "Kom noen familier for første gang?", "berg")
    told.expect_exact("heter det samme")
    answer(told, "Kom noen familier for første gang?", "\x15Aas")
    answer(told, "Hvilke familiekontakter var med?", DOWN + SPACE)
    answer(told, "Hvor mange timer var hver av dem med?", "2t30")
    answer(told, "Hvor mye kjørte hver av dem?")
    told.expect_exact("A1")
    assert ended(told) == 0
    shown = _shown(hsf, "aktivitet", "vis", "A1")
    assert (shown["parents"], shown["children"]) == (8, None)
    assert [row["name"] for row in shown["families"]] == ["Aas", "Berg", "Hansen"]
    (row,) = shown["hours"]
    assert (row["volunteer_name"], row["minutes"]) == ("Berit", 150)


def test_ctrl_c_among_the_participants_keeps_nothing(terminal, hsf, known) -> None:
    told = terminal("aktivitet", "ny")
    answer(told, "Hva heter aktiviteten?", "Hagefest")
    answer(told, "Når er aktiviteten?", "1.3.2024")
    answer(told, "Hvem er den for?")
    for question in ("Hvor?", "Hvilke tilskudd", "Hvor mange foreldre", "Hvor mange barn"):
        answer(told, question)
    answer(told, "Hvilke familier var med?", SPACE)
    told.expect_exact("Kom noen familier")
    told.sendintr()
    assert ended(told) == 130
    assert _shown(hsf, "aktivitet", "liste") == []


def test_participants_are_ticked_off_with_those_there_ticked_already(terminal, hsf, known) -> None:
    hsf(*HAGEFEST, "--familie", "F1", "--kontakt", "V1 2")
    ticked = terminal("aktivitet", "deltakere", "A1")
    answer(ticked, "Hvor mange foreldre kom?", "2")
    answer(ticked, "Hvor mange barn kom?", "3")
    answer(ticked, "Hvilke familier var med?", SPACE + DOWN + SPACE)  # Berg out, Hansen in
    answer(ticked, "Kom noen familier")
    answer(ticked, "Hvilke familiekontakter var med?")
    ticked.expect_exact("2 foreldre, 3 barn, 1 familie")
    assert ended(ticked) == 0
    shown = _shown(hsf, "aktivitet", "vis", "A1")
    assert [row["name"] for row in shown["families"]] == ["Hansen"]
    assert [row["volunteer_name"] for row in shown["hours"]] == ["Anne"]
