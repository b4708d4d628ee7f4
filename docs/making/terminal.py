"""What a command shows somebody at a terminal, as text with the marks for its colours."""

import os
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from io import StringIO
from unittest.mock import patch

from docs.making.answers import Thinking, answering
from hsf_cli.app import main
from hsf_cli.errors import Stopped


class _Terminal(StringIO):
    """A terminal's screen and keyboard, as far as the program can tell."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


def shown(words: Sequence[str], columns: int, typed: Sequence[str] | None = None) -> str:
    """What stands on the screen when the command is done, or waits for an answer not given.

    Without answers nothing is asked. Raises RuntimeError where the command fails.
    """
    screen = _Terminal()
    with ExitStack() as stack:
        stack.enter_context(patch.dict(os.environ, {"COLUMNS": str(columns)}))
        stack.enter_context(patch.object(sys, "stdout", screen))
        stack.enter_context(patch.object(sys, "stderr", screen))
        stack.enter_context(patch.object(sys, "stdin", StringIO()))
        if typed is not None:
            stack.enter_context(patch.object(sys, "stdin", _Terminal()))
            stack.enter_context(answering(typed, screen, columns))
        try:
            code = main(words)
        except Thinking:
            code = 0
    if code not in (0, Stopped.code):  # the control stops at what it finds
        raise RuntimeError(f"hsf {' '.join(words)}\n{screen.getvalue()}")
    return screen.getvalue()
