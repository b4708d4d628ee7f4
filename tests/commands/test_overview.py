"""`hsf` alone: the department today, each line with the command that deals with it."""

import re

import pytest

from hsf_cli import dates, goals
from tests.builders import (
    assignment,
    course,
    family,
    inquiry,
    registration,
    served,
    taken_in,
    volunteer,
)
from tests.commands.terminal import ended, terminal

__all__ = ["terminal"]

_LONG = "Navnesen " * 22 + "Berg"
_ODD = "[bold]Å[/bold] 👩‍👧 سلام"


def _lines(text: str) -> dict[str, str]:
    """What each line says, by the command at its end."""
    found = re.findall(r"^  (\S.*?)\s{3,}(hsf .*)$", text, re.MULTILINE)
    return {command: said for said, command in found}


def test_without_a_department_it_tells_how_to_begin(hsf) -> None:
    result = hsf()
    assert result.code == 0
    for command in ("hsf start", "hsf demo", "hsf meny", "hsf hjelp"):
        assert command in result.out


def test_an_empty_department_has_three_first_commands(empty_department, hsf) -> None:
    shown = hsf().out
    assert "Home-Start Prøve, 15.03.2024" in shown
    for command in ("hsf henvendelse ny", "hsf kontakt ny", "hsf data mal"):
        assert command in shown
    assert "Å gjøre" not in shown


def test_how_things_stand(store, hsf) -> None:
    taken_in(
        store,
        *served("1"),
        family("F2", navn="Berg"),
        inquiry("H2", "F2", "2024-03-05", besøkt="2024-03-08"),
        family("F3"),
        inquiry("H3", "F3", "2024-03-10"),
        course("K1", "2024-03-01", slutt="2024-04-30"),
        registration("K1", "V1"),
    )
    lines = _lines(hsf().out)
    assert lines["hsf venteliste"] == "2 venter: 1 på hjemmebesøk, 1 på familiekontakt"
    assert lines["hsf oppdrag forslag F2"] == "Lengst har én ventet i 10 dager: H2 Berg"
    assert lines["hsf oppdrag liste"] == "1 oppdrag pågår, hos 1 familie"
    assert lines["hsf kurs vis K1"] == "Kurs til 30.04.2024, 1 kursdeltaker"
    assert lines["hsf rapport vis 2024"] == "1 familie har hatt oppdrag i år, målet er 30"


def test_how_far_the_year_has_come_where_volunteers_have_a_target_too(store, hsf) -> None:
    taken_in(store, *served("1"))
    hsf("rapport", "mål", "--familier", "12", "--familiekontakter", "9")
    told = _lines(hsf().out)["hsf rapport vis 2024"]
    assert told == "1 av 12 familier og 1 av 9 aktive familiekontakter i år"


def test_what_is_due_is_told_of_with_the_first_and_how_many_more(store, hsf) -> None:
    taken_in(
        store,
        family("F1", navn="Berg"),
        inquiry("H1", "F1", "2024-01-01"),
        family("F2"),
        inquiry("H2", "F2", "2024-01-02"),
    )
    lines = _lines(hsf().out)
    # The same command deals with the one that has waited longest, which is told of before.
    assert "2 har ventet på besøk i over 14 dager: H1 Berg og 1 til" in hsf().out
    assert "hsf henvendelse besøk H1" in lines


def test_a_quiet_department_has_nothing_to_do(store, hsf) -> None:
    taken_in(store, family(), inquiry(mottatt="2024-03-14"))
    assert "Ingenting er forfalt nå." in hsf().out


def test_what_the_report_will_lack_names_the_first_and_the_command(store, hsf) -> None:
    taken_in(store, *served("1", navn="Berg"), *served("2"))
    lines = _lines(hsf().out)
    assert lines["hsf familie endre F1"].startswith("2 familier uten bakgrunn, sivilstatus")
    assert lines["hsf familie endre F1"].endswith("F1 Berg og 1 til")
    assert "Mangler til årsrapporten for 2024" in hsf().out


def test_in_january_the_report_of_last_year_is_to_be_handed_in(store, hsf, monkeypatch) -> None:
    taken_in(store, *served("1"))
    monkeypatch.setattr(dates, "today", lambda: dates.date(2024, 1, 31))
    assert "Årsrapporten for 2023 leveres i januar" in hsf().out
    monkeypatch.setattr(dates, "today", lambda: dates.date(2024, 2, 1))
    assert "leveres i januar" not in hsf().out


def test_without_names(store, hsf) -> None:
    taken_in(store, *served("1", navn="Berg"), family("F2", navn="Dahl"), inquiry("H2", "F2"))
    shown = hsf("--uten-navn").out
    for name in ("Berg", "Dahl", "Familiekontakt V1"):
        assert name in hsf().out
        assert name not in shown
    assert "H2" in shown


def test_the_option_before_another_command_is_refused_and_not_ignored(store, hsf) -> None:
    result = hsf("--uten-navn", "venteliste")
    assert result.code == 2
    assert "hsf venteliste --uten-navn" in result.err


@pytest.mark.parametrize("name", [_LONG, _ODD], ids=["long", "odd"])
def test_any_name_is_shown_unharmed_on_a_pipe(store, hsf, name) -> None:
    taken_in(store, family(navn=name), inquiry(mottatt="2024-01-01"))
    assert name in hsf().out


def _everything_at_once(name: str) -> list:
    """A department in which every line has something to say."""
    return [
        *served("1", navn=name),
        *(family("F2", navn=name), inquiry("H2", "F2", "2023-01-01", kilde="ikke_spurt")),
        *(family("F3", navn=name), inquiry("H3", "F3", "2023-01-02", besøkt="2023-02-01")),
        volunteer("V7", navn=name),
        volunteer("V8", "", navn=name),
        course("K1", "2024-01-02", slutt="2024-12-01"),
        registration("K1", "V8", timer="20", fullført="2024-01-03"),
        assignment("O7", "H3", "V7", "2023-03-01", avsluttet="2023-04-01"),
    ]


@pytest.mark.parametrize("name", ["Berg", _LONG, _ODD], ids=["short", "long", "odd"])
@pytest.mark.parametrize("columns", [80, 120])
def test_all_of_it_fits_a_small_terminal(store, terminal, name, columns) -> None:
    taken_in(store, *_everything_at_once(name))
    with store.change("prøve") as change:
        goals.set_goal(store, change, dates.date.today().year, goals.VOLUNTEERS, 100)
    child = terminal(columns=columns)
    assert ended(child) == 0
    lines = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", child.before).replace("\r", "").split("\n")
    assert len(lines) <= 24  # the last of them is the prompt's
    from rich.cells import cell_len

    assert max(map(cell_len, lines)) <= columns
    assert not [line for line in lines if "Navnesen" in line and _LONG not in line]  # never cut
