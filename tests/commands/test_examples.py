"""Every example in a help text does what it shows, in the department that the examples speak of."""

import re
import shlex
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import typer

from hsf_cli import dates
from hsf_cli.app import app
from hsf_cli.ui.commandline import Group, Settings
from hsf_cli.ui.headings import OWN, SHARED
from tests.commands import examples
from tests.commands.somebody import Somebody

# What must have been done before an example makes sense.
_LOCKED = "hsf rapport lås 2025 --likevel 'Slik er det'"
_BEFORE = {
    "hsf rapport lås 2025 --åpne": _LOCKED,
    "hsf rapport sammenlign 2025 --nå": _LOCKED,
    "hsf rapport merknad 2025 yrkesstatus --slett": (
        "hsf rapport merknad 2025 yrkesstatus --tekst 'To har byttet jobb'"
    ),
    "hsf rapport les --år 2022 --slett": "hsf rapport les årsrapport-2022.docx",
}
# When what the examples begin with was entered: before any day that one of them names.
_ENTERED = datetime(2026, 1, 10, 12, tzinfo=UTC)
# Where something is found that stands against the report, that is the answer: exit code 4.
_FINDS = "hsf rapport kontroll"
# Those that begin with no department, or with no key to it.
_NEW, _KEYLESS = "hsf start", "hsf data nøkkel --fra-ark"
# A command without options has only one.
_FEWEST, _MOST = {"hsf meny": 1}, {"hsf": 4}


def _commands() -> Iterator[tuple[str, Any]]:
    root = typer.main.get_command(app)
    context = root.make_context("hsf", [], obj=Settings(), resilient_parsing=True)
    yield "hsf", root
    for name in root.list_commands(context):
        command = root.get_command(context, name)
        yield f"hsf {name}", command
        if isinstance(command, Group):
            for inner in command.list_commands(context):
                yield f"hsf {name} {inner}", command.get_command(context, inner)


def _examples_of(command: Any) -> list[str]:
    _, _, lines = (command.help or "").partition("\n\n\b\n")
    return [line.strip() for line in lines.splitlines() if line.strip()]


COMMANDS = dict(_commands())
EXAMPLES = sorted({one for command in COMMANDS.values() for one in _examples_of(command)})


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the examples begin with, made once and copied for each of them."""
    folder = tmp_path_factory.mktemp("eksempler")
    with pytest.MonkeyPatch.context() as patch:
        _live_in(patch, folder)
        patch.setattr(dates, "now", lambda: _ENTERED)
        examples.make(folder)
    return folder


def _live_in(patch: pytest.MonkeyPatch, folder: Path) -> None:
    patch.setattr(dates, "today", lambda: examples.DAY)
    for name, value in {
        "HSF_DATABASE": folder / "avdeling" / "avdeling.db",
        "HSF_KONFIG": folder / "konfig",
        "XDG_DATA_HOME": folder / "data",
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
        "HOME": folder,
        "SHELL": "/bin/bash",
        "EDITOR": "true",
    }.items():
        patch.setenv(name, str(value))
    patch.chdir(folder)


@pytest.fixture
def state(prepared: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of what is prepared, and somebody who sits before it."""
    shutil.copytree(prepared, home, dirs_exist_ok=True)
    _live_in(monkeypatch, home)
    Somebody.sits_down(monkeypatch, home / "ark.txt")
    return home


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_runs(example, hsf, state, monkeypatch) -> None:
    if example in _BEFORE:
        assert hsf(*_words(_BEFORE[example])).code == 0
    if example.startswith(_NEW):
        monkeypatch.setenv("HSF_DATABASE", str(state / "ny" / "avdeling.db"))
    if example == _KEYLESS:
        for key in (state / "konfig").glob("*.key"):
            key.unlink()
    done = hsf(*_words(example))
    assert done.code == 0 or (done.code == 4 and example.startswith(_FINDS)), done.out + done.err
    assert "Feil: " not in done.err


def _words(line: str) -> Iterator[str]:
    """What a shell hands on after `hsf`: a word with a star as the files that it means."""
    program, *words = shlex.split(line)
    assert program == "hsf"
    for word in words:
        yield from sorted(map(str, Path().glob(word))) if "*" in word else [word]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_two_or_three_examples_of_itself(name) -> None:
    shown = _examples_of(COMMANDS[name])
    assert _FEWEST.get(name, 2) <= len(shown) <= _MOST.get(name, 3)
    assert all(example == name or example.startswith(f"{name} ") for example in shown)


def test_every_heading_has_only_options_that_exist() -> None:
    there = {
        flag
        for command in COMMANDS.values()
        for parameter in command.params
        for flag in (*parameter.opts, *parameter.secondary_opts)
    }
    named = [flag for flags in (*OWN.values(), *SHARED.values()) for flag in flags]
    assert {*named} - there == {"--hjelp"}
    assert len(named) == len({*named})


def test_a_long_help_has_its_options_under_headings(hsf) -> None:
    shown = hsf("henvendelse", "ny", "--hjelp").out
    headings = re.findall(r"^([A-ZÅÆØ][^:\n]*)$", shown, re.MULTILINE)
    assert headings == [
        "Hvem", "Når", "Hvordan de fant dere", "Avslutningen", "Regler", "Ellers",
        "Eksempler",
    ]  # fmt: skip
    assert "Slik vises det" in hsf("venteliste", "--hjelp").out
    assert "Ellers" not in hsf("familie", "vis", "--hjelp").out
