"""`hsf timer måned` and `mangler`: a month handed in, and the months that nobody handed in."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from hsf_cli.store import Store
from tests.builders import Record, assignment, family, inquiry, taken_in, volunteer
from tests.builders import hours as entry
from tests.commands.terminal import Terminal, answer, ended, terminal
from tests.conftest import Run

__all__ = ["terminal"]

Hsf = Callable[..., Run]


def served(number: int, name: str, startet: str, avsluttet: str = "") -> list[Record]:
    """A family with an assignment on those days, by a volunteer of that name."""
    return [
        family(f"F{number}", navn=f"Familien til {name}"),
        inquiry(f"H{number}", f"F{number}", "2020-01-01"),
        volunteer(f"V{number}", navn=name),
        assignment(f"O{number}", f"H{number}", f"V{number}", startet, avsluttet),
    ]


@pytest.fixture
def department(store: Store) -> Store:
    """Kari and Ola are on assignments in February 2024, and Per was for three days of it."""
    taken_in(
        store,
        *served(1, "Ola", "2023-06-01"),
        *served(2, "Kari", "2023-11-01", "2024-02-20"),
        *served(3, "Per", "2023-09-01", "2024-02-03"),
    )
    return store


def listed(hsf: Hsf) -> list[tuple[Any, ...]]:
    """Every entry: assignment, date, visits, minutes, driving."""
    rows = json.loads(hsf("timer", "liste", "--fra", "1.1.2020", "--format", "json").out)
    keys = ("assignment", "worked_on", "visits", "minutes", "driving_minutes")
    return sorted(tuple(row[key] for key in keys) for row in rows)


def change_sets(store: Store) -> int:
    return int(store.value("SELECT count(*) FROM change_set WHERE command = 'timer måned'"))


def test_every_line_is_an_entry_on_the_last_day_the_assignment_ran(
    hsf: Hsf, department: Store
) -> None:
    run = hsf("timer", "måned", "--linje", "O1 4 10 0:40", "--linje", "o2 3 7,5")
    assert (run.code, run.err) == (0, "")
    assert "februar 2024: 2 oppdrag, 7 besøk, 17,5 timer, kjøring 0:40." in run.out
    assert "hsf data angre" in run.out
    assert "Alle oppdragene er ført" in run.out  # three days are too few for a visit
    assert listed(hsf) == [
        ("O1", "2024-02-29", 4, 600, 40), ("O2", "2024-02-20", 3, 450, None),
    ]  # fmt: skip
    assert change_sets(department) == 1


def test_it_tells_which_assignments_still_lack(hsf: Hsf, department: Store) -> None:
    run = hsf("timer", "måned", "2024-02", "--linje", "O1 0")
    assert "Mangler ennå 1:\n  O2 Kari hos Familien til Kari" in run.out
    assert listed(hsf) == [("O1", "2024-02-29", 0, 0, 0)]


def test_the_month_we_are_in_goes_up_to_today(hsf: Hsf, department: Store) -> None:
    assert hsf("timer", "måned", "denne", "måned", "--linje", "O1 2 5").code == 0
    assert listed(hsf) == [("O1", "2024-03-15", 2, 300, None)]


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        ((), 2, "--linje mangler"),
        (("2024-04", "--linje", "O1 4 10"), 2, "April 2024 er ikke begynt ennå"),
        (("2019-02", "--linje", "O1 4 10"), 4, "Ingen oppdrag gikk i februar 2019"),
        (("--linje", "O1 4 10 40"), 2, "40 timer eller minutter"),
        (("--linje", "O1"), 2, "«O1» kan ikke leses"),
        (("--linje", "O9 4 10"), 3, "O9"),
        (("mars", "--linje", "O2 4 10"), 3, "O2 Familien til Kari – Kari gikk ikke"),
        (("--linje", "O1 4 10", "--linje", "1 4 10"), 2, "to linjer"),
    ],
)
def test_what_cannot_be_so_is_refused_and_nothing_is_written(
    hsf: Hsf, department: Store, words: tuple[str, ...], code: int, told: str
) -> None:
    run = hsf("timer", "måned", *words)
    assert run.code == code
    assert told in run.err
    assert listed(hsf) == []


def test_one_line_that_is_wrong_keeps_the_others_out(hsf: Hsf, department: Store) -> None:
    run = hsf("timer", "måned", "--linje", "O1 4 10", "--linje", "O2 fire 10")
    assert run.code == 2
    assert "--linje «O2 fire 10»" in run.err
    assert listed(hsf) == []


def test_what_is_entered_already_is_only_added_to_when_it_is_said(
    hsf: Hsf, department: Store
) -> None:
    taken_in(department, entry(dato="2024-02-10", timer="3", besøk="1"))
    refused = hsf("timer", "måned", "--linje", "O1 3 8")
    assert refused.code == 4
    assert "1 besøk, 3 timer" in refused.err
    assert "--alle" in refused.err
    assert hsf("timer", "måned", "--linje", "O1 3 8", "--alle").code == 0
    assert [row[2] for row in listed(hsf)] == [1, 3]


def test_a_double_on_the_same_day_needs_a_reason(hsf: Hsf, department: Store) -> None:
    taken_in(department, entry(dato="2024-02-29", timer="3", besøk="1"))
    words = ("timer", "måned", "--linje", "O1 3 8", "--alle")
    assert "T1" in hsf(*words).err
    assert hsf(*words, "--likevel", "To ark").code == 0
    row = department.rows("SELECT rule, assignment_id, reason FROM rule_exception")[0]
    assert tuple(row) == ("dobbelt", 1, "To ark")


def test_an_entry_that_came_without_figures_is_filled_in(hsf: Hsf, department: Store) -> None:
    taken_in(department, entry(dato="2024-02-29", timer="0"))
    assert hsf("timer", "måned", "--linje", "O1 4 10").code == 0
    assert listed(hsf) == [("O1", "2024-02-29", 4, 600, None)]


def test_missing_months_are_shown_with_the_share(hsf: Hsf, department: Store) -> None:
    taken_in(department, entry(dato="2024-01-31", besøk="4", timer="9"))
    run = hsf("timer", "mangler")
    assert run.code == 0
    assert "O1   Ola             Familien til Ola   feb 2024" in run.out
    assert "jan, feb 2024" in run.out
    assert "20\N{NO-BREAK SPACE}% er ført: 4 av 5 måneder mangler." in run.out
    rows = json.loads(hsf("timer", "mangler", "--format", "json").out)
    assert {row["number"]: row["missing"] for row in rows} == {
        "O1": ["2024-02"], "O2": ["2024-01", "2024-02"], "O3": ["2024-01"],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("words", "months"),
    [
        (("--måned", "februar"), ["2024-02"]),
        (("--år", "2023"), ["2023-11", "2023-12"]),
        (("--fra", "1.12.2023", "--til", "31.1.2024"), ["2023-12", "2024-01"]),
        (("--fra", "1.12.2023"), ["2023-12", "2024-01", "2024-02"]),
    ],
)
def test_the_months_asked_for_are_told(
    hsf: Hsf, department: Store, words: tuple[str, ...], months: list[str]
) -> None:
    rows = json.loads(hsf("timer", "mangler", *words, "--format", "json").out)
    (kari,) = (row for row in rows if row["number"] == "O2")
    assert kari["missing"] == months


def test_a_month_that_is_not_over_lacks_nothing(hsf: Hsf, department: Store) -> None:
    assert "Ingen måned" in hsf("timer", "mangler", "--måned", "mars").out
    assert "Ingen oppdrag gikk" in hsf("timer", "mangler", "--år", "2019").out


def test_where_nothing_lacks_it_says_so(hsf: Hsf, department: Store) -> None:
    taken_in(
        department,
        entry(dato="2024-02-29"),
        entry(dato="2024-02-10", familiekontakt="V2", oppdrag="O2"),
    )
    run = hsf("timer", "mangler", "--måned", "februar")
    assert "Ingen mangler" in run.out


def test_a_month_is_walked_through_at_a_terminal(
    terminal: Terminal, hsf: Hsf, department: Store
) -> None:
    walk = terminal("timer", "måned", "2024-02")
    walk.expect_exact("Februar 2024: 3 oppdrag.")
    walk.expect_exact("1 av 3: O2 Kari hos Familien til Kari, til 20.02.2024")
    answer(walk, "besøk timer kjøring:", "8 0:40")  # after the three visits to expect
    walk.expect_exact("2 av 3: O1 Ola")
    answer(walk, "besøk timer kjøring:", "17 40")
    walk.expect_exact("40 timer eller minutter")
    walk.send("min\r")
    walk.expect_exact("mer enn fire timer per besøk")
    walk.expect_exact("3 av 3: O3 Per")
    answer(walk, "besøk timer kjøring:")
    walk.expect_exact("2 oppdrag, 7 besøk, 25 timer, kjøring 1:20")
    assert ended(walk) == 0
    assert listed(hsf) == [
        ("O1", "2024-02-29", 4, 1020, 40), ("O2", "2024-02-20", 3, 480, 40),
    ]  # fmt: skip


def test_the_line_before_can_be_typed_once_more(
    terminal: Terminal, hsf: Hsf, department: Store
) -> None:
    walk = terminal("timer", "måned", "2024-02")
    walk.expect_exact("Skriv tilbake for å rette det forrige.")
    answer(walk, "besøk timer kjøring:", "80")
    walk.expect_exact("kan ikke vare over 24 timer")
    answer(walk, "besøk timer kjøring:", "\x15tilbake")  # there is none before the first
    walk.expect_exact("1 av 3")
    answer(walk, "besøk timer kjøring:", "9")
    walk.expect_exact("2 av 3")
    answer(walk, "besøk timer kjøring:", "tilbake")
    walk.expect_exact("1 av 3")
    answer(walk, "besøk timer kjøring:", "8")
    answer(walk, "besøk timer kjøring:")
    answer(walk, "besøk timer kjøring:")
    assert ended(walk) == 0
    assert listed(hsf) == [("O2", "2024-02-20", 3, 480, None)]


def test_it_can_be_broken_off_and_taken_up_again(
    terminal: Terminal, hsf: Hsf, department: Store
) -> None:
    walk = terminal("timer", "måned", "2024-02")
    answer(walk, "besøk timer kjøring:", "8")
    walk.expect_exact("2 av 3")
    walk.expect_exact("besøk timer kjøring:")
    walk.sendintr()
    walk.expect_exact("hsf timer måned 2024-02")
    assert ended(walk) == 130
    assert listed(hsf) == []
    again = terminal("timer", "måned", "2024-02")
    answer(again, "Vil du fortsette?")
    again.expect_exact("2 av 3: O1 Ola")
    answer(again, "besøk timer kjøring:", "\x15")  # the suggestion taken away is blank
    answer(again, "besøk timer kjøring:", "\x150")
    assert ended(again) == 0
    assert listed(hsf) == [("O2", "2024-02-20", 3, 480, None), ("O3", "2024-02-03", 0, 0, 0)]
    assert department.value("SELECT count(*) FROM draft") == 0


def test_a_double_at_the_terminal_can_be_typed_again(
    terminal: Terminal, hsf: Hsf, department: Store
) -> None:
    taken_in(department, entry(dato="2024-02-29", timer="3", besøk="1"))
    walk = terminal("timer", "måned", "2024-02", "--alle")
    answer(walk, "besøk timer kjøring:")
    walk.expect_exact("Ført fra før: 1 besøk, 3 timer")
    answer(walk, "besøk timer kjøring:", "9")
    walk.expect_exact("Til hinder: Det samme er ført fra før 29.02.2024: T1")
    answer(walk, "Vil du gå videre likevel?")
    walk.expect_exact("Skriv linjen på nytt")
    answer(walk, "besøk timer kjøring:")
    answer(walk, "besøk timer kjøring:")
    walk.expect_exact("Ingenting er ført for februar 2024.")
    assert ended(walk) == 0
    assert len(listed(hsf)) == 1
