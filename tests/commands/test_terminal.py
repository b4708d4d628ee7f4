"""The program at a real terminal: what is missing is asked for, and Ctrl-C leaves nothing."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pexpect
import pytest

WORDS = ("-m", "hsf_cli")


@pytest.fixture
def terminal(home: Path) -> Iterator[object]:
    opened: list[pexpect.spawn] = []

    def start(*words: str, columns: int = 80) -> pexpect.spawn:
        child = pexpect.spawn(
            sys.executable,
            [*WORDS, *words],
            env={**os.environ, "TERM": "xterm", "PYTHONUTF8": "1"},
            encoding="utf-8",
            timeout=20,
            dimensions=(40, columns),
        )
        opened.append(child)
        return child

    yield start
    for child in opened:
        child.close(force=True)


def _ended(child: pexpect.spawn) -> int:
    child.expect(pexpect.EOF)
    child.close()
    return child.exitstatus


def test_start_asks_for_what_it_was_not_told(terminal, home) -> None:
    child = terminal("start", "--nøkkel", "fil")
    child.expect("Hva heter avdelingen")
    child.sendline("Home-Start Prøve")
    child.expect("Hvem driver den")
    child.sendline("Prøve kommune")
    child.expect("Hvor stor er")
    child.sendline("\x15mye")
    child.expect("Skriv prosenten")
    child.sendline("\x1560")
    child.expect("Avdelingen er opprettet")
    assert _ended(child) == 0
    assert (home / "avdeling" / "avdeling.db").exists()


def test_start_asks_for_a_passphrase_that_then_opens_the_department(terminal) -> None:
    child = terminal("start", "--navn", "Prøve", "--nøkkel", "passord")
    child.expect("Velg et passord")
    child.sendline("hemmelig ord")
    child.expect("Gjenta passordet")
    child.sendline("hemmelig ord")
    assert _ended(child) == 0
    assert "hemmelig" not in child.before
    again = terminal("venteliste")
    again.expect("Passordet til avdelingen")
    again.sendline("hemmelig ord")
    again.expect("Ingen venter i dag")
    assert _ended(again) == 0


def test_a_passphrase_mistyped_the_second_time_makes_no_department(terminal, home) -> None:
    child = terminal("start", "--navn", "Prøve", "--nøkkel", "passord")
    child.expect("Velg et passord")
    child.sendline("hemmelig ord")
    child.expect("Gjenta passordet")
    child.sendline("hemmelig  ord")
    child.expect("ikke like")
    assert _ended(child) == 4
    assert not (home / "avdeling" / "avdeling.db").exists()


def test_ctrl_c_at_a_question_leaves_nothing(terminal, home) -> None:
    child = terminal("start", "--nøkkel", "fil")
    child.expect("Hva heter avdelingen")
    child.sendintr()
    assert _ended(child) == 130
    assert not (home / "avdeling").exists()
    assert not (home / "konfig").exists()


@pytest.mark.parametrize("columns", [80, 120])
def test_no_line_is_wider_than_the_terminal(terminal, columns) -> None:
    child = terminal("demo", columns=columns)
    child.expect(pexpect.EOF)
    lines = child.before.replace("\r", "").split("\n")
    commands = [line for line in lines if "--database" in line or line.startswith("  /")]
    plain = [_without_colours(line) for line in lines if line not in commands]
    assert max(map(len, plain)) <= columns


def test_overwriting_asks_first(terminal, home) -> None:
    terminal("start", "--navn", "Prøve", "--nøkkel", "fil").expect(pexpect.EOF)
    target = home / "mal.xlsx"
    target.write_text("min egen fil")
    child = terminal("data", "mal", str(target))
    child.expect("Skrive over")
    child.sendline("kanskje")
    child.expect("Svar ja eller nei")
    child.sendline("\x15n")
    assert _ended(child) == 4
    assert target.read_text() == "min egen fil"
    child = terminal("data", "mal", str(target))
    child.expect("Skrive over")
    child.sendline("j")
    assert _ended(child) == 0
    assert target.read_bytes().startswith(b"PK")


def test_a_pipe_that_closes_early_is_no_failure(home) -> None:
    run = "import sys; from hsf_cli.app import main; sys.exit(main(sys.argv[1:]))"
    hsf = f"{sys.executable} -c '{run}'"
    script = f"set -o pipefail; {hsf} demo | true; {hsf} demo | head -1"
    result = subprocess.run(["bash", "-c", script], capture_output=True, encoding="utf-8")
    assert (result.returncode, result.stderr) == (0, "")
    assert "oppdiktet" in result.stdout


def _without_colours(line: str) -> str:
    import re

    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", line)


def test_a_narrow_terminal_has_the_details_under_the_name(terminal, home) -> None:
    def shown(columns: int) -> list[str]:
        child = terminal("venteliste", "--per", "01.03.2024", "--database", path, columns=columns)
        child.expect(pexpect.EOF)
        lines = child.before.replace("\r", "").split("\n")
        return [" ".join(_without_colours(line).split()) for line in lines]

    made = terminal("demo", "--dag", "2024-03-01")
    made.expect(pexpect.EOF)
    path = str(home / "data" / "hsf" / "demo" / "demo.db")
    assert any(line.endswith("Barnas alder Område Ønsker") for line in shown(160))
    narrow = shown(80)
    assert "Nr. Familie Mottatt Dager Venter på" in narrow
    assert any(line.startswith("siden ") for line in narrow)
    assert max(map(len, narrow)) <= 80


def test_with_standard_input_closed_nothing_is_asked(home) -> None:
    script = f"exec 0<&-; {sys.executable} -m hsf_cli start --nøkkel fil"
    result = subprocess.run(["bash", "-c", script], capture_output=True, encoding="utf-8")
    assert result.returncode == 2
    assert "--navn mangler" in result.stderr
