"""Two coordinators at once: the second is told what has come in between, and nothing is lost."""

import io
import json
import time
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout

import pytest

from hsf_cli import patience
from hsf_cli.app import main
from hsf_cli.store import Store
from tests.builders import family, taken_in
from tests.commands.terminal import ENTER, SPACE, Terminal, ended, terminal
from tests.conftest import Run

__all__ = ["terminal"]

Hsf = Callable[..., Run]
WAITING = "Noen andre skriver i avdelingen akkurat nå. Venter …"
OVERTAKEN = "Noen andre har endret noe imens. Ingenting er lagret."


def somebody_else(words: str) -> None:
    """Another coordinator does something."""
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()) as told:
        assert main(words.split()) == 0, told.getvalue()


@pytest.fixture
def meanwhile(
    hsf: Hsf, just_before_writing: Callable[[Callable[[], object]], None]
) -> Callable[[str, str], Run]:
    """Runs a command, and another of somebody else's before it writes, but after it has read."""

    def run(words: str, theirs: str) -> Run:
        just_before_writing(lambda: somebody_else(theirs))
        return hsf(*(word.replace("=", " ") for word in words.split()))

    return run


# What each of them did, and what the second is told of.
OVERTAKING = [
    # The same record: one of the changes would be lost.
    ("familie endre F1 --telefon 90000991", "familie endre F1 --telefon 90000992",
     "Familie F1 (Berg): telefon fra 900 00 101 til 900 00 992"),
    ("familie endre F1 --område Nord", "familie endre F1 --telefon 90000992",
     "telefon fra 900 00 101 til 900 00 992"),
    ("familie kartlegg F1 --sivilstatus enslig", "familie endre F1 --sivilstatus gift_samboer",
     "sivilstatus Gift / samboer"),
    ("timer endre T1 --timer 11", "timer endre T1 --timer 12", "timer fra 10 til 12"),
    ("timer endre T1 --timer 11", "timer slett T1 --ja",
     "Timeføring T1 (Gro, 29.02.2024) ble slettet"),
    ("timer slett T1 --ja", "timer endre T1 --timer 12", "timer fra 10 til 12"),
    ("avdeling endre --stilling 60", "avdeling endre --stilling 70",
     "stillingsprosent fra 100 til 70"),
    # It is over already, or gone.
    ("henvendelse avslutt H1 --grunn trukket", "henvendelse avslutt H1 --grunn flyttet",
     "avslutningsgrunn Familien flyttet"),
    ("oppdrag avslutt O1 --grunn fullført", "oppdrag avslutt O1 --grunn ny_familiekontakt",
     "Oppdrag O1 (Eng – Gro)"),
    ("oppdrag forleng O1 --til 31.12.2024 --begrunnelse Trengs",
     "oppdrag avslutt O1 --grunn fullført", "avsluttet 15.03.2024"),
    ("henvendelse kontaktet H1 --notat Ringte", "henvendelse avslutt H1 --grunn trukket",
     "avsluttet 15.03.2024"),
    ("familie barn F4 --navn Bo --født 2022", "familie slå-sammen F1 F4 --ja",
     "Familie F4"),
    ("timer ny --type veiledning --kontakt V5 --dato 1.3.2024 --timer 1", "kontakt slett V5 --ja",
     "Familiekontakt V5 (Eva) ble slettet"),
    # A rule would have stood against it.
    ("oppdrag start F2 V3 --kl 10:00", "oppdrag start F2 V3 --kl 12:00", "ble lagt til"),
    ("oppdrag start F2 V3 --kl 10:00", "kontakt pause V3 --fra 1.3.2024",
     "Pause P2 (Una"),
    ("oppdrag start F2 V3 --kl 10:00", "kontakt slutt V3 --dato 1.3.2024", "sluttet 01.03.2024"),
    ("henvendelse ny --familie F4", "henvendelse ny --familie F4", "ble lagt til"),
    ("henvendelse ny --navn Holm --telefon 90000333 --barn 2022",
     "henvendelse ny --navn Holm --telefon 90000333 --barn 2022", "Familie F5 (Holm) ble lagt til"),
    ("kontakt ny --navn Lund", "kontakt ny --navn Lund", "Familiekontakt V6 (Lund) ble lagt til"),
    ("kurs påmelding K1 --kontakt V5", "kurs påmelding K1 --kontakt V5", "ble lagt til"),
    ("oppdrag oppfølging O1 --type kvartal", "oppdrag oppfølging O1 --type kvartal", "gjort"),
    ("kontakt slett V5 --ja", "kurs påmelding K1 --kontakt V5", "ble lagt til"),
    ("personvern anonymiser F4 --ja", "familie endre F4 --telefon 90000992", "telefon 900 00 992"),
    ("personvern slett V5 --ja", "kontakt endre V5 --telefon 90000992", "telefon 900 00 992"),
    ("timer måned 2024-03 --linje O1=2=4", "timer ny --type oppdrag --oppdrag O1 --dato 8.3.2024"
     " --timer 2 --besøk 1", "Der er det nå ført 1 besøk, 2 timer"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "theirs", "told"), OVERTAKING)
def test_who_comes_second_is_told_and_nothing_is_written(
    words: str,
    theirs: str,
    told: str,
    meanwhile: Callable[[str, str], Run],
    filled: Store,
) -> None:
    before = filled.value("SELECT max(id) FROM change_set")
    run = meanwhile(words, theirs)
    assert run.code == 4, run
    assert told in run.err
    assert filled.value("SELECT max(id) FROM change_set") == before + 1


def test_other_programs_are_told_too(
    meanwhile: Callable[[str, str], Run], hsf: Hsf, filled: Store
) -> None:
    run = meanwhile("rapport mål 2024 --timer 100 --format json", "rapport mål 2024 --timer 200")
    error = json.loads(run.err)["error"]
    assert error["code"] == 4
    assert error["text"].startswith(OVERTAKEN)


def test_where_very_much_has_come_in_between_the_newest_is_told(
    meanwhile: Callable[[str, str], Run], filled: Store
) -> None:
    kids = " ".join(f"--barn 20{year}" for year in range(10, 22))
    taken_in(filled, family("F5"))
    run = meanwhile("familie slett F5 --ja", f"familie kartlegg F5 {kids}")
    assert run.code == 4
    assert run.err.count("ble lagt til") == 8
    assert "Se alt: hsf data logg" in run.err


# At a terminal.


def test_what_changed_during_a_conversation_is_not_written_over(
    terminal: Terminal, filled: Store
) -> None:
    child = terminal("familie", "endre", "F1", columns=200)
    child.expect_exact("Hva vil du endre?")
    child.send("område")
    child.expect("Område: Sentrum")
    child.send(SPACE + ENTER)
    child.expect_exact("? Område")
    begun = time.monotonic()
    somebody_else("familie endre F1 --område Vest --telefon 90000991")
    assert time.monotonic() - begun < patience.SECONDS  # nothing was held while somebody was asked
    child.send("\x15Nord" + ENTER)
    child.expect_exact(OVERTAKEN)
    child.expect_exact("fra Sentrum til Vest")
    assert ended(child) == 4
    assert filled.value("SELECT area FROM family WHERE id = 1") == "Vest"


def test_what_is_asked_about_before_it_is_removed_is_seen_again(
    terminal: Terminal, filled: Store
) -> None:
    child = terminal("timer", "slett", "T1", columns=200)
    child.expect_exact("Slette timeføring T1")
    somebody_else("timer endre T1 --timer 12")
    child.send("j" + ENTER)
    child.expect_exact("timer fra 10 til 12")
    assert ended(child) == 4
    assert filled.value("SELECT minutes FROM hours WHERE id = 1") == 12 * 60


def test_a_month_that_both_enter_keeps_the_lines_that_were_typed(
    terminal: Terminal, filled: Store
) -> None:
    child = terminal("timer", "måned", "2024-03", "--alle", columns=200)
    child.expect_exact("besøk timer kjøring:")
    somebody_else("timer ny --type oppdrag --oppdrag O1 --dato 8.3.2024 --timer 2 --besøk 1")
    child.send("\x152 4" + ENTER)
    child.expect_exact("Der er det nå ført 1 besøk, 2 timer")
    child.expect_exact("Svarene er likevel tatt vare på")
    assert ended(child) == 4
    assert filled.value("SELECT count(*) FROM draft") == 1


def test_who_waits_at_a_terminal_is_told_and_can_leave(terminal: Terminal, filled: Store) -> None:
    with filled._transaction():
        filled._connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        filled._connection.execute("UPDATE family SET name = name")
        child = terminal("familie", "endre", "F1", "--område", "Nord")
        child.expect_exact(WAITING)
        begun = time.monotonic()
        child.sendintr()
        assert ended(child) == 130
        assert time.monotonic() - begun < patience.SECONDS / 2
    assert WAITING not in child.before


def test_what_other_programs_read_is_clean_while_it_waits(
    hsf: Hsf, filled: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "SECONDS_UNTIL_TOLD", 0.0)
    monkeypatch.setattr(patience, "SECONDS", 0.2)
    with filled.sibling(filled.path) as other:
        other._connection.execute("PRAGMA query_only = OFF")
        other._connection.execute("BEGIN EXCLUSIVE")
        run = hsf("venteliste", "--format", "json")
        assert (run.code, run.out) == (5, "")
        assert "opptatt" in json.loads(run.err)["error"]["text"]
        run = hsf("venteliste")
        assert run.err.count(WAITING) == 1
