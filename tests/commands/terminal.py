"""A real pseudo-terminal with the program in it, for tests that answer its questions."""

import gc
import os
import pkgutil
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import NoReturn

import pexpect
import pytest

from hsf_cli import commands, dates
from hsf_cli.app import main

DOWN, ENTER, SPACE, BACKSPACE, ESCAPE = "\x1b[B", "\r", " ", "\x7f", "\x1b"

Terminal = Callable[..., pexpect.spawn]

_TODAY = dates.today

# A terminal that never says where its cursor is would be waited for, a second at every question.
_ENVIRONMENT = {"TERM": "xterm", "PYTHONUTF8": "1", "PROMPT_TOOLKIT_NO_CPR": "1"}


def _become(words: Sequence[str], today: Callable[[], date]) -> NoReturn:
    """Runs the program in this copy of the tests' process, of whose files it has none.

    To start Python and import it all would take longer than most of what is tested.
    """
    code = 1
    gc.freeze()  # what the tests have left is not this program's to clear away, nor to stop for
    try:
        os.closerange(3, 1024)
        os.environ.update(_ENVIRONMENT)
        sys.stdin = os.fdopen(0, encoding="utf-8")
        sys.stdout, sys.stderr = (os.fdopen(n, "w", encoding="utf-8") for n in (1, 2))
        dates.today = today
        code = main(list(words))
        sys.stdout.flush()
    finally:
        os._exit(code)


@cache
def _import_what_programs_do() -> None:
    """Here once, instead of in every program: that was most of the time that they took."""
    for module in pkgutil.iter_modules(commands.__path__):
        import_module(f"{commands.__name__}.{module.name}")
    import_module("questionary")
    import_module("sqlite_utils")


def opened_terminals(today: Callable[[], date] = _TODAY) -> Iterator[Terminal]:
    """Starts `hsf` with some words in a terminal; whatever still runs at the end is closed.

    It is the day that it is, whatever it is in the test, where nothing else is said.
    """
    _import_what_programs_do()
    opened: list[pexpect.spawn] = []

    def start(*words: str, columns: int = 80) -> pexpect.spawn:
        child = pexpect.spawn(
            sys.executable,
            encoding="utf-8",
            timeout=20,
            dimensions=(40, columns),
            preexec_fn=lambda: _become(words, today),
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
