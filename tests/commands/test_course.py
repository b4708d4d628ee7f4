"""`hsf kurs`: a course from its plan to those who completed it, with options and at a terminal."""

import json

import pytest

from tests.builders import Record, course, registration, taken_in, volunteer
from tests.commands.terminal import DOWN, ENTER, SPACE, answer, ended, terminal

__all__ = ["terminal"]

pytestmark = pytest.mark.usefixtures("empty_department")


def course_day(id: str, dato: str, timer: str = "10") -> Record:
    return "kursdager", {"id": id, "kurs": "K1", "dato": dato, "timer": timer, "tema": f"Tema {id}"}


@pytest.fixture
def on_course(store) -> None:
    """Kari, Bo and Ida on a course of two days of ten hours each."""
    taken_in(
        store,
        course("K1", "2024-02-01", navn="Vårkurset", slutt="2024-02-08"),
        course_day("KD1", "2024-02-01"),
        course_day("KD2", "2024-02-08"),
        *(volunteer(f"V{n}", "", navn=name) for n, name in enumerate(("Kari", "Bo", "Ida"), 1)),
        *(registration("K1", f"V{n}", id=f"D{n}") for n in (1, 2, 3)),
    )


def _shown(hsf, which: str = "K1") -> dict:
    return json.loads(hsf("kurs", "vis", which, "--format", "json").out)


def _minutes(hsf) -> dict[str, int]:
    return {one["name"]: one["minutes"] for one in _shown(hsf)["participants"]}


def test_a_new_course_has_six_days_with_the_courses_own_themes(hsf) -> None:
    run = hsf("kurs", "ny", "--navn", "Vårkurset", "--start", "8.4", "--sted", "Solstua")
    assert run.code == 0
    assert "6 kursdager fra 08.04.2024 til 13.05.2024" in run.out
    shown = _shown(hsf)
    assert [day["held_on"] for day in shown["course_days"]] == [
        "2024-04-08", "2024-04-15", "2024-04-22", "2024-04-29", "2024-05-06", "2024-05-13",
    ]  # fmt: skip
    assert all(day["theme"] for day in shown["course_days"])
    assert (shown["ends_on"], shown["minutes"] >= 1200) == ("2024-05-13", True)
    assert hsf("data", "angre", "--ja").code == 0
    assert json.loads(hsf("kurs", "liste", "--format", "json").out) == []


def test_the_days_can_be_told_one_by_one(hsf) -> None:
    run = hsf("kurs", "ny", "--navn", "Helg", "--start", "8.4", "--dag", "13.4 Barns behov 7",
              "--dag", "8. april Bli kjent 6:30", "--dag", "2024-04-14 3 t 30 min",
              "--dag", "20.4 Familier i krise")  # fmt: skip
    assert run.code == 0
    days = [(day["held_on"], day["theme"], day["minutes"]) for day in _shown(hsf)["course_days"]]
    assert days == [
        ("2024-04-08", "Bli kjent", 390),
        ("2024-04-13", "Barns behov", 420),
        ("2024-04-14", None, 210),
        ("2024-04-20", "Familier i krise", None),
    ]


def test_a_day_without_a_year_comes_after_the_start(hsf) -> None:
    words = ("--navn", "Høst", "--start", "01.12.2023", "--dag", "1.12 7", "--dag", "5.1 7")
    assert hsf("kurs", "ny", *words).code == 0
    assert [day["held_on"] for day in _shown(hsf)["course_days"]] == ["2023-12-01", "2024-01-05"]


def test_too_few_hours_are_told_of(hsf) -> None:
    run = hsf("kurs", "ny", "--navn", "Kort", "--start", "8.4", "--dag", "8.4 19")
    assert run.code == 0
    assert "19 timer i alt" in run.err


@pytest.mark.parametrize(
    ("words", "code", "named"),
    [
        (("--start", "8.4"), 2, "--navn"),
        (("--navn", "Kurs"), 2, "--start"),
        (("--navn", "Kurs", "--start", "8.4", "--dag", "Bli kjent"), 2, "--dag"),
        (("--navn", "Kurs", "--start", "8.4", "--dag", "8.4 7", "--dag", "8.4 6"), 2, "--dag"),
        (("--navn", "Kurs", "--start", "8.4", "--dag", "8.4 7", "--uten-dager"), 2, "--uten-dager"),
        (("--navn", "Kurs", "--start", "2024-04-08", "--slutt", "2024-04-07"), 4, "--slutt"),
        (("--navn", "01029012345", "--start", "8.4"), 4, "fødselsnummer"),
    ],
)
def test_what_is_missing_or_wrong_names_the_option(words, code, named, hsf) -> None:
    run = hsf("kurs", "ny", *words)
    assert run.code == code
    assert "--likevel" not in run.err  # there is nowhere to keep a reason
    assert named in run.err
    assert json.loads(hsf("kurs", "liste", "--format", "json").out) == []


def test_a_course_without_days(hsf) -> None:
    assert hsf("kurs", "ny", "--navn", "Kurs", "--start", "8.4", "--uten-dager").code == 0
    assert _shown(hsf)["course_days"] == []


def test_days_are_added_mended_and_removed(hsf, on_course) -> None:
    assert hsf("kurs", "dag", "K1", "--dato", "15.2", "--tema", "Mer", "--timer", "3:30").code == 0
    assert hsf("kurs", "dag", "KD3", "--dato", "08.02.2024").code == 4  # there is one that day
    assert hsf("kurs", "dag", "KD3", "--timer", "4").code == 0
    assert _shown(hsf)["course_days"][2]["minutes"] == 240
    assert hsf("kurs", "dag", "KD3", "--slett", "--ja").code == 0
    assert len(_shown(hsf)["course_days"]) == 2


def test_several_are_registered_and_none_twice(hsf, on_course, store) -> None:
    taken_in(store, volunteer("V4", "", navn="Per"), volunteer("V5", "", navn="Liv"))
    run = hsf("kurs", "påmelding", "K1", "--kontakt", "V4", "--kontakt", "liv", "--kontakt", "V4")
    assert run.code == 0
    assert [one["volunteer"] for one in _shown(hsf)["participants"]] == [
        "V1", "V2", "V3", "V4", "V5",
    ]  # fmt: skip
    again = hsf("kurs", "påmelding", "K1", "--kontakt", "V1")
    assert again.code == 4
    assert "D1" in again.err
    assert hsf("kurs", "påmelding", "K1").code == 2


def test_a_registration_is_mended_and_removed(hsf, on_course) -> None:
    assert hsf("kurs", "påmelding", "D2", "--timer", "21", "--fullført", "ja").code == 0
    second = _shown(hsf)["participants"][1]
    assert (second["minutes"], second["completed"], second["reached"]) == (1260, "ja", True)
    assert hsf("kurs", "påmelding", "D2", "--slett", "--ja").code == 0
    assert [one["name"] for one in _shown(hsf)["participants"]] == ["Kari", "Ida"]


def test_attendance_for_a_whole_day_in_one_go(hsf, on_course) -> None:
    assert hsf("kurs", "oppmøte", "K1", "--dato", "1.2", "--alle").code == 0
    run = hsf("kurs", "oppmøte", "K1", "--dato", "8.2", "--unntatt", "bo", "--delvis", "Ida 2:30")
    assert run.code == 0
    assert "2 av 3" in run.out
    assert "Bo" in run.out
    assert _minutes(hsf) == {"Kari": 1200, "Bo": 600, "Ida": 750}


def test_attendance_again_replaces_that_day(hsf, on_course) -> None:
    hsf("kurs", "oppmøte", "K1", "--dato", "1.2", "--alle")
    assert hsf("kurs", "oppmøte", "K1", "--dato", "1.2", "--kontakt", "V2").code == 0
    assert _minutes(hsf) == {"Kari": 0, "Bo": 600, "Ida": 0}
    again = hsf("kurs", "oppmøte", "K1", "--dato", "1.2", "--kontakt", "V2")
    assert "Ingenting er endret" in again.out
    assert "hsf data angre" not in again.out


@pytest.mark.parametrize(
    ("words", "code", "named"),
    [
        (("--alle",), 2, "--dato"),
        (("--dato", "1.2"), 2, "--alle"),
        (("--dato", "1.2", "--alle", "--kontakt", "V1"), 2, "--kontakt"),
        (("--dato", "1.2", "--delvis", "V1"), 2, "--delvis"),
        (("--dato", "1.2", "--delvis", "V1 mye"), 2, "--delvis"),
        (("--dato", "2.2", "--alle"), 3, "hsf kurs dag K1"),
        (("--dato", "1.2", "--kontakt", "V9"), 3, "V9"),
        (("--dato", "1.2", "--kontakt", "V4"), 4, "hsf kurs påmelding K1 --kontakt V4"),
        (("--dato", "20.3", "--alle"), 2, "ikke holdt ennå"),
        (("--dato", "1.2", "--delvis", "V1 10:01"), 4, "hsf kurs dag KD1 --timer"),
        (("--dato", "2.3", "--delvis", "V1 24:01"), 4, "24"),
    ],
)
def test_attendance_that_cannot_be_kept_says_why(words, code, named, hsf, on_course, store) -> None:
    days = course_day("KD3", "2024-03-20"), course_day("KD4", "2024-03-02", "")
    taken_in(store, volunteer("V4", "", navn="Per"), *days)
    run = hsf("kurs", "oppmøte", "K1", *words)
    assert (run.code, named in run.err) == (code, True), run.err
    assert set(_minutes(hsf).values()) == {0}


def test_a_day_without_hours_needs_them_first(hsf, on_course, store) -> None:
    taken_in(store, course_day("KD3", "2024-02-15", ""))
    run = hsf("kurs", "oppmøte", "K1", "--dato", "15.2", "--alle")
    assert run.code == 4
    assert "hsf kurs dag KD3 --timer" in run.err


def test_attendance_tells_that_hours_in_one_figure_no_longer_count(hsf, on_course) -> None:
    hsf("kurs", "påmelding", "D2", "--timer", "21")
    run = hsf("kurs", "oppmøte", "K1", "--dato", "1.2", "--kontakt", "V2")
    assert run.code == 0
    assert "teller ikke lenger" in run.err
    refused = hsf("kurs", "påmelding", "D2", "--timer", "22")
    assert refused.code == 4
    assert "hsf kurs oppmøte K1" in refused.err


def test_those_with_twenty_hours_complete_and_the_others_are_named(hsf, on_course) -> None:
    hsf("kurs", "oppmøte", "K1", "--dato", "1.2", "--alle")
    hsf("kurs", "oppmøte", "K1", "--dato", "8.2", "--alle", "--delvis", "V2 9:59")
    run = hsf("kurs", "fullfør", "K1")
    assert run.code == 0
    assert "Fullført 08.02.2024: Kari, Ida." in run.out
    assert "Bo har 19:59 timer og mangler 0:01." in run.out
    assert [one["completed"] for one in _shown(hsf)["participants"]] == [
        "2024-02-08", None, "2024-02-08",
    ]  # fmt: skip
    hsf("kurs", "fullfør", "K1", "--resten-nei")
    assert _shown(hsf)["participants"][1]["completed"] == "nei"
    hsf("kurs", "oppmøte", "K1", "--dato", "8.2", "--alle")
    assert "Fullført 10.03.2024: Bo." in hsf("kurs", "fullfør", "K1", "--dato", "10.3").out
    assert "Alle har fullført fra før" in hsf("kurs", "fullfør", "K1").out


def test_a_course_that_nobody_takes_part_in_is_completed_by_nobody(hsf, store) -> None:
    taken_in(store, course("K1"))
    run = hsf("kurs", "fullfør", "K1")
    assert run.code == 4
    assert "hsf kurs påmelding K1" in run.err


def test_hours_of_another_course_complete_no_course(hsf, on_course, store) -> None:
    taken_in(store, course("K2", "2023-02-01", slutt="2023-02-08"),
             registration("K2", "V1", timer="20"))  # fmt: skip
    out = hsf("kurs", "fullfør", "K1").out
    assert "Kari har 20 timer fra før, men ingen på dette kurset." in out
    assert {one["completed"] for one in _shown(hsf)["participants"]} == {None}


def test_completion_is_judged_by_its_day(hsf, on_course) -> None:
    hsf("kurs", "oppmøte", "K1", "--dato", "1.2", "--alle")
    hsf("kurs", "oppmøte", "K1", "--dato", "8.2", "--alle")
    assert "mangler 10" in hsf("kurs", "fullfør", "K1", "--dato", "7.2").out
    assert "Fullført" in hsf("kurs", "fullfør", "K1", "--dato", "8.2").out
    assert hsf("kurs", "fullfør", "K1", "--dato", "16.03.2024").code == 2  # tomorrow


def test_attendance_is_what_approval_asks_for(hsf, on_course) -> None:
    hsf("kurs", "oppmøte", "K1", "--dato", "1.2", "--alle")
    assert "10 av 20 kurstimer" in hsf("kontakt", "godkjenn", "V1").err
    hsf("kurs", "oppmøte", "K1", "--dato", "8.2", "--alle")
    assert "kurstimer" not in hsf("kontakt", "godkjenn", "V1").err


def test_the_list_is_by_start_and_can_be_narrowed(hsf, on_course, store) -> None:
    taken_in(store, course("K2", "2023-09-01", navn="Høstkurset"), course("K3", "2024-04-01"))

    def listed(*words: str) -> list[str]:
        rows = json.loads(hsf("kurs", "liste", *words, "--format", "json").out)
        return [row["number"] for row in rows]

    assert listed() == ["K2", "K1", "K3"]
    assert listed("--år", "2024") == ["K1", "K3"]
    assert listed("--åpne") == ["K3"]
    assert "Se alle: hsf kurs liste" in hsf("kurs", "liste", "--år", "2020").out


def test_a_course_with_participants_is_not_removed(hsf, on_course) -> None:
    assert "3 kursdeltakere" in hsf("kurs", "slett", "K1", "--ja").err
    for number in (1, 2, 3):
        hsf("kurs", "påmelding", f"D{number}", "--slett", "--ja")
    assert "2 kursdager" in hsf("kurs", "slett", "K1", "--ja").out


def test_a_course_is_set_up_at_a_terminal_with_the_days_one_wants(terminal, hsf) -> None:
    call = terminal("kurs", "ny")
    answer(call, "Hva heter kurset?", "Vårkurset")
    answer(call, "Når begynner kurset?", "08.04.2030")
    answer(call, "Hvor?", "Solstua")
    call.expect_exact("Hvilke kursdager skal settes opp?")
    call.send(DOWN + SPACE + ENTER)  # all but the second
    call.expect_exact("5 kursdager")
    assert ended(call) == 0
    assert "2030-04-15" not in [day["held_on"] for day in _shown(hsf)["course_days"]]


def test_attendance_is_ticked_off_at_a_terminal(terminal, hsf, on_course) -> None:
    call = terminal("kurs", "oppmøte", "K1")
    answer(call, "Hvilken kursdag?")
    call.expect_exact("Hvem var der?")
    call.send(DOWN + SPACE + ENTER)  # everyone is ticked; Bo was not there
    call.expect_exact("2 av 3")
    assert ended(call) == 0
    assert _minutes(hsf) == {"Kari": 600, "Bo": 0, "Ida": 600}


def test_candidates_are_registered_at_a_terminal(terminal, hsf, on_course, store) -> None:
    taken_in(store, volunteer("V4", "", navn="Per"), volunteer("V5", navn="Godkjent"))
    call = terminal("kurs", "påmelding", "K1")
    call.expect_exact("Hvem skal meldes på?")
    call.send(SPACE + ENTER)
    assert ended(call) == 0
    assert _shown(hsf)["participants"][-1]["name"] == "Per"
