"""`hsf rapport tekst`, `merknad` and `mål`: what people write in the report, and its targets."""

import json
import os
import re
import shutil
import stat
import sys
import time
from pathlib import Path

import pytest

from hsf_cli import goals, places, rules, unfinished
from hsf_cli.report import texts
from hsf_cli.texts import LONGEST_DOCUMENT
from hsf_cli.ui import screen
from tests.builders import activity, served, taken_in
from tests.commands.terminal import DOWN, ENTER, answer, ended, terminal

__all__ = ["terminal"]

_NATIONAL_ID = "010190 12345"


def _chapters(store, year: int = 2023) -> dict[str, str]:
    return dict(texts.written(store, year, "kapittel"))


def _listed(hsf, *words: object) -> dict[str, dict]:
    run = hsf("rapport", "tekst", *words, "--format", "json")
    assert run.code == 0, run.err
    return {row["key"]: row for row in json.loads(run.out)}


@pytest.fixture
def written(home) -> Path:
    """A file with a chapter in it, as Windows writes one."""
    file = home / "kapittel.md"
    file.write_bytes("\ufeff  Vi er to.\r\n\r\n- Siri\r\n- Åse \r\n\r\n".encode())
    return file


def test_a_chapter_is_taken_from_a_file_and_shown(store, hsf, written) -> None:
    run = hsf("rapport", "tekst", 2023, "4.2", "--fra", written)
    assert run.code == 0
    assert "4.2 Personalsituasjonen for 2023 er lagret: 7 ord" in run.out
    assert "Angre: hsf data angre" in run.out
    assert _chapters(store) == {"organisation.staff": "Vi er to.\n\n- Siri\n- Åse"}
    assert hsf("rapport", "tekst", 2023, "personal", "--vis").out == "Vi er to.\n\n- Siri\n- Åse\n"
    shown = hsf("rapport", "tekst", 2023, "4.2", "--vis", "--format", "json").out
    assert json.loads(shown)[0]["text"].startswith("Vi er to.")
    assert "var slik fra før" in hsf("rapport", "tekst", 2023, "4.2", "--fra", written).out
    hsf("data", "angre", "--ja")
    assert _chapters(store) == {}


def test_without_a_year_it_is_last_years_report(store, hsf, written) -> None:
    assert hsf("rapport", "tekst", "sammendrag", "--fra", written).code == 0
    assert list(_chapters(store, 2023)) == ["summary"]


def test_the_list_says_what_is_written_what_is_missing_and_what_it_begins_with(
    store, hsf, written
) -> None:
    taken_in(store, activity(dato="2023-05-01"))
    hsf("rapport", "tekst", 2022, "partners", "--fra", written)
    hsf("rapport", "tekst", 2023, "Sammendrag", "--fra", written)
    rows = _listed(hsf, 2023)
    assert (rows["summary"]["state"], rows["summary"]["words"]) == ("skrevet", 7)
    assert rows["summary"]["begins_with"] is None
    assert rows["partners"]["state"] == "mangler"
    assert rows["partners"]["begins_with"] == "teksten fra 2022"
    assert rows["activities.families"]["begins_with"] == "årets aktiviteter"
    assert rows["organisation"]["state"] == "se delene"
    assert rows["statistics"]["state"] == "telles"
    assert "1 av 17 kapitler er skrevet for 2023." in hsf("rapport", "tekst", 2023).out


def test_the_form_of_the_year_names_its_chapters(store, hsf) -> None:
    assert "covid" in _listed(hsf, 2022)
    assert "covid" not in _listed(hsf, 2023)
    assert "covid" in _listed(hsf, 2023, "--utgave", 2022)


def test_a_text_may_have_a_hundred_thousand_characters_and_not_one_more(store, hsf, home) -> None:
    file = home / "lang.md"
    file.write_text("æ" * LONGEST_DOCUMENT + "\n", encoding="utf-8")
    assert hsf("rapport", "tekst", 2023, "goals", "--fra", file).code == 0
    file.write_text("a" * (LONGEST_DOCUMENT + 1), encoding="utf-8")
    run = hsf("rapport", "tekst", 2023, "goals", "--fra", file)
    assert (run.code, "100\xa0000 tegn" in run.err) == (6, True)
    assert _chapters(store)["goals"] == "æ" * LONGEST_DOCUMENT


def test_of_a_file_without_end_only_the_beginning_is_read(store, hsf, home) -> None:
    file = home / "uendelig.md"
    with file.open("wb") as endless:
        endless.truncate(10**10)
    assert hsf("rapport", "tekst", 2023, "goals", "--fra", file).code == 6


def test_no_text_holds_a_national_identity_number(store, hsf, home) -> None:
    file = home / "kapittel.md"
    file.write_text(f"Ring {_NATIONAL_ID}.", encoding="utf-8")
    for words in (
        ("tekst", 2023, "goals", "--fra", file),
        ("merknad", 2023, "6.1", "--tekst", f"Se {_NATIONAL_ID}"),
    ):
        run = hsf("rapport", *words)
        assert run.code == 4
        assert "fødselsnummer" in run.err
        assert _NATIONAL_ID not in run.err
    assert store.value("SELECT count(*) FROM report_text") == 0


@pytest.mark.parametrize(
    ("content", "code", "told"),
    [(None, 3, "Kan ikke lese"), (b" \n", 6, "tom"), (b"\x81\x8d", 6, "ikke ren tekst"),
     (b"PK\x03\x04", 6, "kontrolltegn")],
)  # fmt: skip
def test_a_file_that_is_no_text_is_refused(store, hsf, home, content, code, told) -> None:
    file = home / "kapittel.md"
    if content is not None:
        file.write_bytes(content)
    run = hsf("rapport", "tekst", 2023, "goals", "--fra", file)
    assert (run.code, told in run.err) == (code, True), run.err
    assert _chapters(store) == {}


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        ((2023, "4.2"), 2, "--fra mangler"),
        ((2023, "finnes ikke"), 3, "hsf rapport tekst 2023"),
        ((2023, "tilbakemeldinger"), 3, "9.0 Tilbakemeldinger fra lokale aktører; 10.0"),
        ((2023, "6.0", "--fra", "-"), 4, "hsf rapport vis 2023"),
        ((2023, "--slett"), 2, "KAPITTEL mangler"),
        ((2023, "4.2", "--vis"), 3, "ikke skrevet for 2023"),
    ],
)
def test_what_cannot_be_done_says_what_can(store, hsf, words, code, told) -> None:
    run = hsf("rapport", "tekst", *words)
    assert (run.code, told in run.err) == (code, True), run.err


def test_a_text_is_taken_away_after_asking(store, hsf, written) -> None:
    hsf("rapport", "tekst", 2023, "4.2", "--fra", written)
    assert hsf("rapport", "tekst", 2023, "4.2", "--slett").code == 4
    assert "er slettet" in hsf("rapport", "tekst", 2023, "4.2", "--slett", "--ja").out
    assert _chapters(store) == {}
    assert "er ikke skrevet" in hsf("rapport", "tekst", 2023, "4.2", "--slett", "--ja").out


# --- in an editor ---


@pytest.fixture
def editing(home, monkeypatch):
    """Makes an editor of some lines of Python that know `file` and its `text`."""

    def make(lines: str) -> None:
        script = home / "redigering.py"
        script.write_text(
            "import os, pathlib, sys, time\n"
            "file = pathlib.Path(sys.argv[1])\ntext = file.read_text(encoding='utf-8')\n"
            f"write = lambda text: file.write_text(text, encoding='utf-8')\n{lines}\n",
            encoding="utf-8",
        )
        monkeypatch.delenv("VISUAL", raising=False)
        monkeypatch.setenv("EDITOR", f"'{sys.executable}' '{script}'")

    return make


def _nothing_left() -> bool:
    return not places.being_written().exists()


@pytest.fixture
def at_terminal(monkeypatch) -> None:
    """As if somebody sat there; for what asks no question."""
    monkeypatch.setattr(screen, "at_terminal", lambda: True)


def _listed_in_a_window(child) -> str:
    """What stands before the first question, of which no line is too long."""
    child.expect_exact("\x1b[?2004h")
    told = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", child.before).replace("\r", "")
    assert max(map(len, told.split("\n"))) <= 80
    return told


def test_a_chapter_is_written_in_the_editor_from_last_years(
    store, hsf, at_terminal, editing, home
) -> None:
    with store.change("prøve") as change:
        texts.write(store, change, 2022, "kapittel", "partners", "I fjor.")
    seen = home / "sett"
    editing(
        f"pathlib.Path({str(seen)!r}).write_text(repr((file.name, oct(file.stat().st_mode),"
        " oct(file.parent.stat().st_mode), text)))\nwrite(text + 'I år.')"
    )
    run = hsf("rapport", "tekst", "2023", "8.0")
    assert "begynner med teksten fra 2022" in run.err
    assert "er lagret: 4 ord" in run.out
    assert _chapters(store) == {"partners": "I fjor.\nI år."}
    assert eval(seen.read_text()) == (
        "8.0 Samarbeidspartnere.md", oct(stat.S_IFREG | 0o600), oct(stat.S_IFDIR | 0o700),
        "I fjor.\n",
    )  # fmt: skip
    assert _nothing_left()


def test_one_chapter_after_the_other_is_chosen_from_the_list(store, terminal, editing) -> None:
    editing("write('Skrevet.'); time.sleep(0.1)")
    child = terminal("rapport", "tekst", "2023")
    assert "0 av 17 kapitler" in _listed_in_a_window(child)
    answer(child, "Hvilket kapittel vil du skrive?", "77")
    child.expect_exact("Finner ikke kapittel «77»")
    answer(child, "ingen:", "\x15mål")
    answer(child, "Velg kapittel:", DOWN * 2)
    child.expect_exact("12.0 Måloppnåelse for 2023 er lagret")
    answer(child, "Hvilket kapittel vil du skrive?", "4.1")
    child.expect_exact("4.1 Driftsansvarlig for 2023 er lagret")
    answer(child, "Hvilket kapittel vil du skrive?")
    assert ended(child) == 0
    assert set(_chapters(store)) == {"goals", "organisation.operator"}


def test_last_years_text_unchanged_is_kept_only_after_asking(store, terminal, editing) -> None:
    with store.change("prøve") as change:
        texts.write(store, change, 2022, "kapittel", "partners", "I fjor.")
    editing("")
    child = terminal("rapport", "tekst", "2023")
    answer(child, "Hvilket kapittel vil du skrive?", "8.0")
    answer(child, "Trykk Enter når teksten er lagret")
    answer(child, "Skal det stå slik i 2023?", DOWN)
    child.expect_exact("Ingenting er lagret.")
    answer(child, "Hvilket kapittel vil du skrive?", "8.0")
    answer(child, "Trykk Enter når teksten er lagret")
    answer(child, "Skal det stå slik i 2023?")
    child.expect_exact("8.0 Samarbeidspartnere for 2023 er lagret")
    answer(child, "Hvilket kapittel vil du skrive?")
    assert ended(child) == 0
    assert _chapters(store) == {"partners": "I fjor."}


def test_a_text_of_this_year_unchanged_is_left_and_one_emptied_is_asked_about(
    store, terminal, editing
) -> None:
    with store.change("prøve") as change:
        texts.write(store, change, 2023, "kapittel", "partners", "I år.")
    editing("time.sleep(1.1)")  # so long that the editor must have been closed
    child = terminal("rapport", "tekst", "2023")
    answer(child, "Hvilket kapittel vil du skrive?", "8.0")
    child.expect_exact("var slik fra før")
    editing("write('')")
    answer(child, "Hvilket kapittel vil du skrive?", "8.0")
    answer(child, "slette?", "j")
    child.expect_exact("er slettet")
    answer(child, "Hvilket kapittel vil du skrive?")
    assert ended(child) == 0
    assert _chapters(store) == {}


def test_an_editor_in_a_window_of_its_own_is_waited_for(store, terminal, editing) -> None:
    editing("if not os.fork():\n    time.sleep(0.6)\n    write('Fra vinduet.')")
    child = terminal("rapport", "tekst", "2023", "8.0")
    child.expect_exact("Trykk Enter når teksten er lagret")
    (file,) = places.being_written().glob("*/*.md")
    for _ in range(200):
        if file.read_text(encoding="utf-8"):
            break
        time.sleep(0.02)
    child.send(ENTER)
    assert ended(child) == 0
    assert _chapters(store) == {"partners": "Fra vinduet."}


def test_what_cannot_be_kept_is_dropped_or_mended_in_the_editor_and_not_lost(
    store, terminal, editing
) -> None:
    editing(
        f"write(text[:20] if len(text) > 100000 else ('Ring {_NATIONAL_ID}' if not text else"
        " ('ord ' * 30000)) if 'ord' not in text else text)"
    )
    child = terminal("rapport", "tekst", "2023")
    answer(child, "Hvilket kapittel vil du skrive?", "8.0")
    child.expect_exact("fødselsnummer")
    answer(child, "Hva vil du gjøre?", DOWN * 2)
    child.expect_exact("Ingenting er lagret.")
    answer(child, "Hvilket kapittel vil du skrive?", "8.0")
    child.expect_exact("fødselsnummer")
    answer(child, "Hva vil du gjøre?")  # open it again
    child.expect_exact("lengre enn 100\xa0000 tegn")
    answer(child, "Hva vil du gjøre?")
    child.expect_exact("er lagret: 5 ord")
    answer(child, "Hvilket kapittel vil du skrive?")
    assert ended(child) == 0
    assert _chapters(store) == {"partners": "ord ord ord ord ord"}
    assert store.value("SELECT count(*) FROM draft") == 0


def test_a_text_that_is_too_long_and_broken_off_is_taken_up_again(store, terminal, editing) -> None:
    editing("write('a' * 100001)")
    child = terminal("rapport", "tekst", "2023", "8.0")
    child.expect_exact("Hva vil du gjøre?")
    child.sendintr()
    child.expect_exact("Teksten er tatt vare på. Fortsett der du slapp:")
    child.expect_exact("hsf rapport tekst 2023 8.0")
    assert ended(child) == 130
    assert _nothing_left()
    editing("write(text[:7])")
    child = terminal("rapport", "tekst", "2023", "8.0")
    answer(child, "Vil du fortsette?")
    child.expect_exact("er lagret")
    assert ended(child) == 0
    assert _chapters(store) == {"partners": "aaaaaaa"}
    assert store.value("SELECT count(*) FROM draft") == 0


def test_a_national_identity_number_is_kept_in_no_draft_either(store, terminal, editing) -> None:
    editing(f"write('Ring {_NATIONAL_ID}')")
    child = terminal("rapport", "tekst", "2023", "8.0")
    child.expect_exact("Hva vil du gjøre?")
    child.sendintr()
    assert ended(child) == 130
    assert store.value("SELECT count(*) FROM draft") == 0
    assert rules.looks_like_national_id(f"Ring {_NATIONAL_ID}")


@pytest.mark.parametrize("saved", [True, False])
def test_ctrl_c_in_the_editor_ends_it_and_keeps_what_was_saved(
    store, terminal, editing, saved
) -> None:
    editing(("write('Halvveis.')\n" if saved else "") + "print('ÅPEN', flush=True)\ntime.sleep(30)")
    child = terminal("rapport", "tekst", "2023", "8.0")
    child.expect_exact("ÅPEN")
    child.sendintr()
    child.expect_exact("Avbrutt.")
    assert ended(child) == 130
    assert _nothing_left()
    assert _chapters(store) == {}
    assert store.value("SELECT count(*) FROM draft") == int(saved)


def test_a_terminal_that_is_closed_leaves_no_file_and_keeps_what_was_saved(
    store, terminal, editing
) -> None:
    editing("write('Halvveis.')\nprint('ÅPEN', flush=True)\ntime.sleep(30)")
    child = terminal("rapport", "tekst", "2023", "8.0")
    child.expect_exact("ÅPEN")
    child.kill(1)  # SIGHUP
    ended(child)
    assert _nothing_left()
    assert store.value("SELECT answers FROM draft") == '{"text": "Halvveis."}'


@pytest.mark.skipif(not shutil.which("vi"), reason="there is no vi here")
def test_where_only_vi_is_there_it_is_told_how_to_leave_it_first(
    store, terminal, monkeypatch, home
) -> None:
    for name in ("VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)
    vi = shutil.which("vi")
    assert vi
    (home / "programmer").mkdir()
    (home / "programmer" / "vi").symlink_to(vi)
    monkeypatch.setenv("PATH", str(home / "programmer"))
    child = terminal("rapport", "tekst", "2023", "8.0")
    child.expect_exact(":wq")
    answer(child, "Trykk Enter for å åpne vi.")
    child.expect_exact("8.0 Samarbeidspartnere.md")
    child.send("iBibelskolen.\x1b:wq\r")
    child.expect_exact("er lagret: 1 ord")
    assert ended(child) == 0
    assert _chapters(store) == {"partners": "Bibelskolen."}


def test_an_editor_that_fails_or_is_not_there_names_the_option(
    store, hsf, at_terminal, editing, monkeypatch, home
) -> None:
    editing("sys.exit(1)")
    run = hsf("rapport", "tekst", "2023", "8.0")
    assert (run.code, "--fra FIL.md" in run.err) == (4, True)
    assert "Redigeringsprogrammet endte med en feil" in run.err
    monkeypatch.setenv("VISUAL", "finnes-ikke-her")
    run = hsf("rapport", "tekst", "2023", "8.0")
    assert (run.code, "--fra FIL.md" in run.err) == (3, True)
    assert "«finnes-ikke-her» kan ikke startes" in run.err
    for name in ("VISUAL", "EDITOR"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("PATH", str(home))
    run = hsf("rapport", "tekst", "2023", "8.0")
    assert (run.code, "--fra FIL.md" in run.err) == (3, True)
    assert "Fant ikke noe program" in run.err
    assert _nothing_left()


def _left_behind(process: int) -> Path:
    folder = places.being_written() / f"{process}-abc"
    folder.mkdir(parents=True)
    (folder / "4.2.md").write_text("Halvferdig.")
    (folder / "4.2.md.swp").write_text("Halvferdig.")
    return folder


def test_a_file_left_behind_is_swept_at_the_next_start(store, hsf) -> None:
    _left_behind(2**22 + 1)  # no process has that number
    assert hsf("venteliste").code == 0
    assert _nothing_left()


def test_a_file_whose_editor_is_open_is_left_alone(store, hsf) -> None:
    open_, left = _left_behind(os.getpid()), _left_behind(2**22 + 1)
    hsf()
    assert open_.exists()
    assert not left.exists()


def test_a_killed_program_leaves_a_file_that_the_next_one_sweeps(
    store, hsf, terminal, editing
) -> None:
    editing("write('Halvveis.')\nprint('ÅPEN', flush=True)\ntime.sleep(30)")
    child = terminal("rapport", "tekst", "2023", "8.0")
    child.expect_exact("ÅPEN")
    hsf("venteliste")
    assert len(list(places.being_written().glob("*/*.md"))) == 1
    child.kill(9)
    child.wait()
    hsf("venteliste")
    assert _nothing_left()


def test_sweeping_is_one_look_where_there_is_nothing(monkeypatch) -> None:
    looks: list[object] = []
    scan = os.scandir
    monkeypatch.setattr(os, "scandir", lambda path: (looks.append(path), scan(path))[1])
    unfinished.sweep()
    assert looks == [places.being_written()]


# --- remarks ---


def _remarks(store) -> dict[str, str]:
    return dict(texts.written(store, 2023, "merknad"))


def test_a_remark_is_kept_under_its_table_shown_and_taken_away(store, hsf) -> None:
    assert "hsf rapport merknad 2023 6.1.1" in hsf("rapport", "merknad", 2023).out
    assert hsf("rapport", "merknad", "yrkesstatus", "--tekst", " To har byttet. ").code == 0
    assert _remarks(store) == {"volunteers.occupation.pensjonist": "To har byttet."}
    (row,) = json.loads(hsf("rapport", "merknad", 2023, "--format", "json").out)
    assert (row["number"], row["remark"]) == ("6.2.1", "To har byttet.")
    # The same table of the form of 2022 has another number, and the same key.
    (row,) = json.loads(hsf("rapport", "merknad", 2023, "--utgave", 2022, "--format", "json").out)
    assert row["number"] == "7.2.1"
    assert hsf("rapport", "merknad", 2023, "6.2.1", "--slett", "--ja").code == 0
    assert _remarks(store) == {}


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [((2023, "6.2", "--tekst", "Ja."), 3, "6.2.1"), ((2023, "9.9"), 3, "hsf rapport vis 2023"),
     ((2023, "6.1"), 2, "--tekst mangler"), ((2023, "--tekst", "Ja."), 2, "TABELL mangler"),
     ((2023, "6.1", "--tekst", " "), 2, "tom")],
)  # fmt: skip
def test_what_a_remark_cannot_be(store, hsf, words, code, told) -> None:
    run = hsf("rapport", "merknad", *words)
    assert (run.code, told in run.err) == (code, True), run.err
    assert _remarks(store) == {}


def test_a_remark_is_asked_for_at_a_terminal_and_emptied_there(store, hsf, terminal) -> None:
    hsf("rapport", "merknad", 2023, "6.2.1", "--tekst", "Et ord til. " * 20)
    (other,) = _remarks(store)
    child = terminal("rapport", "merknad", "2023")
    assert "Et ord til." in _listed_in_a_window(child)
    answer(child, "Hvilken tabell", "6.1")
    answer(child, "Merknad under 6.1.1", "Bare ett kurs.")
    child.expect_exact("er lagret")
    assert ended(child) == 0
    assert "Bare ett kurs." in _remarks(store).values()
    child = terminal("rapport", "merknad", "2023", "6.1")
    answer(child, "Merknad under 6.1.1", "\x15")
    answer(child, "slette?", "j")
    assert ended(child) == 0
    assert list(_remarks(store)) == [other]


# --- targets ---


def _targets(hsf, *words: object) -> dict[str, dict]:
    run = hsf("rapport", "mål", *words, "--format", "json")
    assert run.code == 0, run.err
    return {row["key"]: row for row in json.loads(run.out)}


def test_the_targets_of_this_year_are_set_shown_and_taken_away(store, hsf) -> None:
    taken_in(store, *served())
    run = hsf("rapport", "mål", "--familier", "8", "--timer", "900")
    assert "Målene for 2024 er satt: familier 8 og timer frivillighet 900." in run.out
    assert goals.goals(store, 2024) == {goals.FAMILIES: 8, "hours.total": 900}
    rows = _targets(hsf)
    families = rows[goals.FAMILIES]
    assert (families["goal"], families["suggested"]) == (8, None)
    assert (families["reached"], families["share"]) == (1, 12)
    assert _targets(hsf, 2023)[goals.FAMILIES]["suggested"] == 30
    assert "var slik fra før" in hsf("rapport", "mål", "--familier", "8").out
    assert "familier uten mål" in hsf("rapport", "mål", "--familier", "").out
    assert goals.goals(store, 2024) == {"hours.total": 900}
    hsf("data", "angre", "--ja")
    assert goals.goals(store, 2024)[goals.FAMILIES] == 8


@pytest.mark.parametrize("typed", ["mange", "-1", "2,5"])
def test_a_target_is_a_whole_number(store, hsf, typed) -> None:
    run = hsf("rapport", "mål", f"--nye-familiekontakter={typed}")
    assert (run.code, "--nye-familiekontakter" in run.err) == (2, True)


def test_a_year_that_is_not_over_says_so(store, hsf) -> None:
    assert "2024 er ikke over" in hsf("rapport", "mål").err
    assert "er ikke over" not in hsf("rapport", "mål", 2023).err


def test_the_targets_are_asked_for_at_a_terminal_with_what_is_suggested(store, terminal) -> None:
    child = terminal("rapport", "mål", "2023")
    assert "Mål" in _listed_in_a_window(child)
    answer(child, "Hvilke mål vil du sette?", f" {DOWN} ")
    answer(child, "Mål for familier?")
    answer(child, "Mål for aktive familiekontakter?", "mange")
    child.expect_exact("Skriv et helt tall")
    answer(child, "tar målet bort.", "\x1512")
    child.expect_exact("er satt: familier 30 og aktive familiekontakter 12")
    assert ended(child) == 0
    assert goals.goals(store, 2023) == {goals.FAMILIES: 30, goals.VOLUNTEERS: 12}
