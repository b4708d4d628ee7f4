"""Somebody who follows the guide word for word, in a terminal of 80 columns."""

import io
import os
import re
import shlex
import shutil
import sys
from datetime import date
from pathlib import Path

import pytest

from hsf_cli import dates, guide
from hsf_cli.app import main
from hsf_cli.demo import demo_path
from tests.commands.terminal import ENTER, ended, opened_terminals
from tests.guide.transcripts import ANYTHING, Step, files, questions, start_of, steps

# The day it is in the guide where it does not say another.
DAY = date(2026, 1, 15)
# Where the department stands that most topics begin with: the reader has followed so far.
_DEPARTMENT = "en-måned"

_COLOURS = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")

# Takes away what is suggested.
CLEAR = "\x15"

Answered = list[tuple[Step, list[str]]]


class Reader:
    """Follows topics from where each starts, in a home of their own; each topic is followed once.

    The home is always the same short path, so that its length breaks no line elsewhere.
    """

    def __init__(self, folder: Path) -> None:
        self._home = folder / "h"
        self._states = folder / "states"
        self._followed: dict[str, Answered] = {}

    def followed(self, name: str) -> Answered:
        """What each command of a topic answered, in order."""
        if name not in self._followed:
            topic = guide.topic_named(name)
            assert topic is not None, name
            text = topic.path.read_text("utf-8")
            self._go_to(start_of(text))
            with pytest.MonkeyPatch.context() as patch:
                self._settle(patch, is_demo=start_of(text) == "demo")
                for file, content in files(text).items():
                    Path(file).write_text(content, encoding="utf-8")
                self._followed[name] = [(step, self._answer(step, patch)) for step in steps(text)]
            shutil.copytree(self._home, self._states / topic.name)
        return self._followed[name]

    def _go_to(self, state: str) -> None:
        state = _DEPARTMENT if state == "avdeling" else state
        if not (self._states / state).exists():
            self._make(state)
        shutil.rmtree(self._home, ignore_errors=True)
        shutil.copytree(self._states / state, self._home)

    def _make(self, state: str) -> None:
        if state not in ("tom", "demo"):
            self.followed(state)
            return
        shutil.rmtree(self._home, ignore_errors=True)
        (self._home / "arbeid").mkdir(parents=True)
        if state == "demo":
            with pytest.MonkeyPatch.context() as patch:
                self._settle(patch, is_demo=False)
                _typed("hsf demo")
        shutil.move(self._home, self._states / state)

    def _settle(self, patch: pytest.MonkeyPatch, *, is_demo: bool) -> None:
        """The reader's own machine: where things are, who it is, and which day."""
        patch.setattr(dates, "today", lambda: DAY)
        patch.chdir(self._home / "arbeid")
        patch.setenv("XDG_DATA_HOME", str(self._home / "data"))
        patch.setenv("HSF_KONFIG", str(self._home / "konfig"))
        patch.setenv("HSF_DATABASE", str(self._home / "hsf" / "avdeling.db"))
        if is_demo:
            patch.setenv("HSF_DATABASE", str(demo_path()))
        patch.setenv("COLUMNS", "80")
        patch.setenv("TERM", "xterm")
        patch.setenv("LOGNAME", "siri")

    def _answer(self, step: Step, patch: pytest.MonkeyPatch) -> list[str]:
        if step.day:
            day = step.day
            patch.setattr(dates, "today", lambda: day)
        said = _talked(step) if step.asks else _typed(step.command)
        said = re.sub(rf"{re.escape(str(self._home))}\S*/", "…/", said)
        # What is done is dated by the real clock, whatever day it is in the guide.
        days = "|".join(re.escape(date.today().strftime(form)) for form in ("%d.%m.%Y", "%Y-%m-%d"))
        now = rf"({days})(( kl\.)? \d\d[.:]\d\d|-\d{{6}})?"
        return re.sub(now, _left_out, said).splitlines()


def _left_out(moment: re.Match[str]) -> str:
    """As wide as the moment in a column of a table, or the others would be moved."""
    is_in_table = moment.string[moment.end() :].startswith("  ")
    return ANYTHING.ljust(len(moment[0])) if is_in_table else ANYTHING


class _Screen(io.TextIOWrapper):
    """What a terminal shows; nothing is asked, since nobody types."""

    def isatty(self) -> bool:
        return True


def _typed(command: str) -> str:
    """What a command shows at a terminal, results and messages as they come."""
    shown = io.BytesIO()
    with pytest.MonkeyPatch.context() as patch, Path(os.devnull).open() as nothing:
        screen = _Screen(shown, encoding="utf-8", write_through=True)
        patch.setattr(sys, "stdout", screen)
        patch.setattr(sys, "stderr", screen)
        patch.setattr(sys, "stdin", nothing)
        main(_words(command))
        screen.flush()
        return _COLOURS.sub("", shown.getvalue().decode())


def _talked(step: Step) -> str:
    """What a conversation on a real terminal says when every question of the guide is answered."""
    terminals = opened_terminals(dates.today)
    child = next(terminals)(*_words(step.command))
    question = ""
    for question, answer in questions(step.expected):
        child.expect_exact(question)
        # A choice is found by its first word.
        child.send((CLEAR + answer.partition(" / ")[0] if answer else "") + ENTER)
    assert ended(child) == 0, child.before
    next(terminals, None)
    asked = [line for line in step.expected if line.startswith("? ")]
    # The last question is drawn again and again while it is answered.
    said = _COLOURS.sub("", child.before).replace("\r", "").splitlines()
    return "\n".join([*asked, *(line for line in said[1:] if question not in line)])


def _words(command: str) -> list[str]:
    program, *words = shlex.split(command)
    assert program == "hsf", command
    return words
