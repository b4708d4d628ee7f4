"""Every example in a help text does what it shows, in the department that the examples speak of."""

import glob
import os
import shlex
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import typer

from hsf_cli import dates
from hsf_cli.app import app
from hsf_cli.errors import Unreadable
from hsf_cli.ui import questions, screen
from hsf_cli.ui.commandline import Group, Settings
from tests.commands import examples

_PASSPHRASE = "tre vanlige ord"
# What is typed where a question suggests nothing: the first that can be an answer.
_TYPED = ("", "i dag", "1.12.2026", "2021", "2", "17:00", "Slik er det avtalt", "svar.md", "0")
# What must have been done before an example makes sense.
_BEFORE = {
    "hsf rapport lås 2025 --åpne": "rapport lås 2025 --likevel 'Slik er det'",
    "hsf rapport sammenlign 2025 --nå": "rapport lås 2025 --likevel 'Slik er det'",
    "hsf rapport merknad 2025 yrkesstatus --slett": "rapport merknad 2025 yrkesstatus --tekst Ny",
    "hsf rapport les --år 2022 --slett": "rapport les årsrapport-2022.docx",
}
# What a control finds is its answer, and no failure.
_FINDS = {"hsf rapport kontroll 2025", "hsf rapport kontroll 2025 --uten-navn"}


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
    _, _, examples_ = (command.help or "").partition("\n\n\b\n")
    return [line.strip() for line in examples_.splitlines() if line.strip()]


COMMANDS = dict(_commands())
EXAMPLES = sorted({one for command in COMMANDS.values() for one in _examples_of(command)})


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the examples begin with, made once and copied for each of them."""
    folder = tmp_path_factory.mktemp("eksempler")
    with pytest.MonkeyPatch.context() as patch:
        _set_home(patch, folder)

        def run(*words: str) -> None:
            from hsf_cli.app import main

            assert main(words) == 0, words

        examples.make(folder, run)
    return folder


def _set_home(patch: pytest.MonkeyPatch, folder: Path) -> None:
    patch.setattr(dates, "today", lambda: examples.DAY)
    patch.setenv("HSF_DATABASE", str(folder / "avdeling" / "avdeling.db"))
    patch.setenv("HSF_KONFIG", str(folder / "konfig"))
    patch.setenv("XDG_DATA_HOME", str(folder / "data"))
    patch.setenv("HOME", str(folder))
    patch.setenv("SHELL", "/bin/bash")
    patch.setenv("EDITOR", "true")
    patch.chdir(folder)


class Somebody:
    """Somebody at a terminal, who answers what is suggested, or else the first that will do."""

    def __init__(self, folder: Path) -> None:
        self._sheet = folder / "nøkkel.txt"

    def text(self, question: str, option: str, hint: str) -> str:
        return "Home-Start Solvik"

    def optional(
        self, question: str, check: Callable[[str], object], default: str = ""
    ) -> str:
        for typed in (default, *_TYPED):
            try:
                check(typed)
            except Unreadable:
                continue
            return typed
        raise AssertionError(question)

    def choice(
        self, question: str, choices: Mapping[Any, str], default: Any = None
    ) -> Any:
        return None if "Avslutt" in choices.values() else next(iter(choices))

    def several(self, question: str, choices: Mapping[Any, str], default: Sequence[Any] = ()) -> Any:
        return list(default or choices)[:1]

    def secret(self, question: str, option: str) -> str:
        return _PASSPHRASE

    def secret_from_paper(self, question: str, check: Callable[[str], Any]) -> Any:
        lines = self._sheet.read_text(encoding="utf-8").splitlines()
        for line in lines:
            try:
                return check(line)
            except Unreadable:
                continue
        raise AssertionError(question)

    def confirm(self, question: str, *, already: bool) -> None:
        return None


@pytest.fixture
def state(prepared: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of what is prepared, and somebody who has typed the example at a terminal."""
    shutil.copytree(prepared, home, dirs_exist_ok=True)
    _set_home(monkeypatch, home)
    monkeypatch.setattr(screen, "at_terminal", lambda: True)
    somebody = Somebody(home)
    for name in ("text", "optional", "choice", "several", "secret", "secret_from_paper", "confirm"):
        monkeypatch.setattr(questions, name, getattr(somebody, name))
    return home


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_runs(example, hsf, state, monkeypatch) -> None:
    if before := _BEFORE.get(example):
        assert hsf(*shlex.split(before)).code == 0
    if example.startswith("hsf start"):
        monkeypatch.setenv("HSF_DATABASE", str(state / "ny" / "avdeling.db"))
    program, *words = shlex.split(example)
    done = hsf(*(word for typed in words for word in _expanded(typed)))
    assert program == "hsf"
    assert (done.code == 0 or example in _FINDS), (done.code, done.out, done.err)
    assert "Feil:" not in done.err


def _expanded(word: str) -> list[str]:
    """A word as a shell hands it on: as the files that it means."""
    return sorted(glob.glob(word)) if "*" in word else [word]
