"""The program at a real terminal: what is missing is asked for, and Ctrl-C leaves nothing."""

import json
import re
import subprocess
import sys

import pytest

from hsf_cli.registers.department import opened
from tests.commands.terminal import BACKSPACE, DOWN, SPACE, answer, ended, terminal

__all__ = ["terminal"]


def test_start_asks_for_what_it_was_not_told(terminal, home) -> None:
    child = terminal("start")
    child.expect("Velkommen!")
    answer(child, "Hva heter avdelingen", "Home-Start Prøve")
    answer(child, "Hvem driver den", "Prøve kommune")
    answer(child, "Hvor stor er", "\x15mye")
    child.expect("Skriv prosenten")
    answer(child, "Hvor stor er", "\x1560")
    answer(child, "Hvem er koordinator", "Siri Lund,  Anne  Vik, ")
    answer(child, "Hvor skal nøkkelen ligge")
    for step in ("er opprettet", "hsf henvendelse ny", "hsf data mal", "hsf meny"):
        child.expect_exact(step)
    assert ended(child) == 0
    with opened(home / "avdeling" / "avdeling.db", lambda: "") as store:
        (row,) = store.rows("SELECT * FROM department")
    assert (row["name"], row["operator"]) == ("Home-Start Prøve", "Prøve kommune")
    assert row["position_percent"] == 60
    assert json.loads(row["coordinators"]) == ["Siri Lund", "Anne Vik"]


def test_start_asks_nothing_about_what_its_options_say(terminal, home) -> None:
    options = ("--drifter", "Prøve", "--stilling", "80", "--koordinator", "Siri", "--nøkkel", "fil")
    child = terminal("start", *options)
    answer(child, "Hva heter avdelingen", "Prøve")
    child.expect("Prøve er opprettet")
    assert ended(child) == 0


def test_start_asks_for_a_passphrase_that_then_opens_the_department(terminal) -> None:
    child = terminal("start", "--navn", "Prøve", "--nøkkel", "passord")
    answer(child, "Velg et passord", "hemmelig ord")
    answer(child, "Gjenta passordet", "hemmelig ord")
    assert ended(child) == 0
    assert "hemmelig" not in child.before
    again = terminal("venteliste")
    answer(again, "Passordet til avdelingen", "hemmelig orf")
    again.expect("Passordet er feil. Prøv igjen.")
    answer(again, "Passordet til avdelingen", "hemmelig ord")
    again.expect("Ingen venter i dag")
    assert ended(again) == 0


def test_a_passphrase_that_is_wrong_three_times_opens_nothing(terminal) -> None:
    child = terminal("start", "--navn", "Prøve", "--nøkkel", "passord")
    answer(child, "Velg et passord", "hemmelig ord")
    answer(child, "Gjenta passordet", "hemmelig ord")
    assert ended(child) == 0
    again = terminal("venteliste")
    for _ in range(3):
        answer(again, "Passordet til avdelingen", "gjetning")
    again.expect("Feil: Passordet er feil")
    assert ended(again) == 5


def test_a_passphrase_that_is_easily_guessed_can_be_changed_for_another(terminal) -> None:
    child = terminal("start", "--navn", "Prøve", "--nøkkel", "passord")
    answer(child, "Velg et passord", "1234567")
    child.expect("kortere enn 8 tegn")
    answer(child, "Vil du velge et annet")  # yes
    answer(child, "Velg et passord", "kort")
    answer(child, "Vil du velge et annet", DOWN)  # no
    answer(child, "Gjenta passordet", "kort")
    assert ended(child) == 0


def test_a_passphrase_mistyped_the_second_time_makes_no_department(terminal, home) -> None:
    child = terminal("start", "--navn", "Prøve", "--nøkkel", "passord")
    answer(child, "Velg et passord", "hemmelig ord")
    answer(child, "Gjenta passordet", "hemmelig  ord")
    child.expect("ikke like")
    assert ended(child) == 4
    assert not (home / "avdeling" / "avdeling.db").exists()


@pytest.mark.parametrize("last", range(5))
def test_ctrl_c_at_any_question_leaves_nothing(terminal, home, last) -> None:
    asked = ("Hva heter avdelingen?", "Hvem driver den?", "Hvor stor er", "Hvem er koordinator?",
             "Hvor skal nøkkelen ligge?")  # fmt: skip
    child = terminal("start")
    for question in asked[:last]:
        answer(child, question, "Prøve" if question == asked[0] else "")
    child.expect_exact(asked[last])
    child.sendintr()
    assert ended(child) == 130
    assert not (home / "avdeling").exists()
    assert not (home / "konfig").exists()


@pytest.mark.parametrize("columns", [80, 120])
def test_no_line_is_wider_than_the_terminal(terminal, columns) -> None:
    child = terminal("demo", columns=columns)
    assert ended(child) == 0
    lines = child.before.replace("\r", "").split("\n")
    commands = [line for line in lines if "--database" in line or line.startswith("  /")]
    plain = [_without_colours(line) for line in lines if line not in commands]
    assert max(map(len, plain)) <= columns


def test_overwriting_asks_first(terminal, home) -> None:
    assert ended(terminal("start", "--navn", "Prøve", "--nøkkel", "fil")) == 0
    target = home / "mal.xlsx"
    target.write_text("min egen fil")
    child = terminal("data", "mal", str(target))
    child.expect("Skrive over")
    child.sendline("kanskje")
    child.expect("Svar ja eller nei")
    child.sendline("\x15n")
    assert ended(child) == 4
    assert target.read_text() == "min egen fil"
    child = terminal("data", "mal", str(target))
    child.expect("Skrive over")
    child.sendline("j")
    assert ended(child) == 0
    assert target.read_bytes().startswith(b"PK")


def test_where_a_file_was_written_is_told_with_its_folder_at_a_terminal(
    terminal, hsf, home, monkeypatch
) -> None:
    """Whoever began from an icon does not know which folder they are in."""
    monkeypatch.chdir(home)
    child = terminal("data", "mal", "ny.xlsx")
    child.expect_exact(str(home / "ny.xlsx"))
    child.expect_exact("hsf data importer ny.xlsx")
    assert ended(child) == 0
    assert "Malen er skrevet: ny.xlsx\n" in hsf("data", "mal", "ny.xlsx", "--ja").out


def test_a_pipe_that_closes_early_is_no_failure(empty_department) -> None:
    run = "import sys; from hsf_cli.app import main; sys.exit(main(sys.argv[1:]))"
    hsf = f"{sys.executable} -c '{run}'"
    script = f"set -o pipefail; {hsf} --hjelp | true; {hsf} rapport vis 2023 | head -1"
    result = subprocess.run(["bash", "-c", script], capture_output=True, encoding="utf-8")
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.startswith("6.0 Statistikk")


def _without_colours(line: str) -> str:
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", line)


def test_a_narrow_terminal_has_the_details_under_the_name(terminal, home) -> None:
    def shown(columns: int) -> list[str]:
        child = terminal("venteliste", "--per", "01.03.2024", "--database", path, columns=columns)
        assert ended(child) == 0
        lines = child.before.replace("\r", "").split("\n")
        return [" ".join(_without_colours(line).split()) for line in lines]

    assert ended(terminal("demo", "--dag", "2024-03-01")) == 0
    path = str(home / "data" / "hsf" / "demo" / "demo.db")
    assert any("Barnas alder Område Ønsker Helst" in line for line in shown(240))
    narrow = shown(80)
    assert "Nr. Familie Mottatt Dager Venter på" in narrow
    assert any(line.startswith(("barn ", "igjen siden ")) for line in narrow)
    assert max(map(len, narrow)) <= 80


def test_with_standard_input_closed_nothing_is_asked(home) -> None:
    script = f"exec 0<&-; {sys.executable} -m hsf_cli start --nøkkel fil"
    result = subprocess.run(["bash", "-c", script], capture_output=True, encoding="utf-8")
    assert result.returncode == 2
    assert "--navn mangler" in result.stderr


def test_what_is_typed_takes_the_place_of_what_is_suggested(terminal, hsf) -> None:
    hsf("start", "--navn", "Prøve", "--koordinator", "Siri Lund", "--nøkkel", "fil")
    child = terminal("henvendelse", "ny")
    answer(child, "Hva heter familien?", "Berg")
    for skipped in ("person?", "Telefon?", "bydel?", "Barn: navn", "Hvem tok", "Hvordan hørte"):
        answer(child, skipped)
    answer(child, "Når kom", "6.1.2025")
    answer(child, "Hvilken koordinator", 4 * BACKSPACE + "Rud")
    answer(child, "Notat:")
    assert ended(child) == 0, child.before
    shown = hsf("henvendelse", "vis", "berg").out
    assert "06.01.2025" in shown
    assert "Siri Rud" in shown


def test_a_note_is_written_on_where_it_ends(terminal, hsf) -> None:
    hsf("start", "--navn", "Prøve", "--nøkkel", "fil")
    hsf("henvendelse", "ny", "--navn", "Berg", "--notat", "Ringte")
    child = terminal("henvendelse", "endre", "berg")
    answer(child, "Hva vil du endre?", f"notat{SPACE}")
    answer(child, "Hva håper familien på? Notat:", ", ingen svarte")
    assert ended(child) == 0, child.before
    assert "Ringte, ingen svarte" in hsf("henvendelse", "vis", "berg").out
