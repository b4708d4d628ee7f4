"""A real pseudo-terminal with the program in it, for tests that answer its questions."""

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pexpect
import pytest

DOWN, ENTER, SPACE = "\x1b[B", "\r", " "

Terminal = Callable[..., pexpect.spawn]

# A terminal that never says where its cursor is would be waited for, a second at every question.
_ENVIRONMENT = {"TERM": "xterm", "PYTHONUTF8": "1", "PROMPT_TOOLKIT_NO_CPR": "1"}


def opened_terminals() -> Iterator[Terminal]:
    """Starts `hsf` with some words in a terminal; whatever still runs at the end is closed."""
    opened: list[pexpect.spawn] = []

    def start(*words: str, columns: int = 80) -> pexpect.spawn:
        child = pexpect.spawn(
            sys.executable,
            ["-m", "hsf_cli", *words],
            env={**os.environ, **_ENVIRONMENT},
            encoding="utf-8",
            timeout=20,
            dimensions=(40, columns),
        )
        child.delaybeforesend = 0.02
        child.ptyproc.delayafterclose = child.delayafterclose = 0.01
        opened.append(child)
        return child

    yield start
    for child in opened:
        child.close(force=True)


@pytest.fixture
def terminal(home: Path) -> Iterator[Terminal]:
    """Starts the program in a terminal of its own, as `terminal("henvendelse", "ny")`."""
    yield from opened_terminals()


def ended(child: pexpect.spawn) -> int:
    """The exit code, once the program has come to its end."""
    child.expect(pexpect.EOF)
    child.close()
    return int(child.exitstatus)


def answer(child: pexpect.spawn, question: str, typed: str = "") -> None:
    """Waits for a question and answers it; nothing typed is Enter alone."""
    child.expect_exact(question)
    child.send(typed + ENTER)
