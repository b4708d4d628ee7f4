"""A text written in the person's own editor, in a file that nobody else sees and nothing keeps.

The file lies in a folder of its own (`unfinished`), with what the editor lays beside it, and the
folder is gone when the editor is closed.
"""

import os
import re
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hsf_cli import unfinished
from hsf_cli.errors import NotFound
from hsf_cli.ui import questions, screen

# What is there without being chosen: the easiest first.
_USUAL: Sequence[str] = ("notepad",) if sys.platform == "win32" else ("nano", "micro")
# Where nothing else is; nobody guesses how to leave these.
# (vim would keep what is cut and looked for in a file of its own.)
_HARD = ("vim -i NONE", "vi")
# An editor that is back sooner than this has its window somewhere else, and still open.
_AT_ONCE = 1.0
_NOT_IN_FILE_NAME = re.compile(r"[^\w .-]+")
_LONGEST_NAME = 60
_INTERRUPTED = (-signal.SIGINT, 128 + signal.SIGINT)


@dataclass(frozen=True)
class Edited:
    """What an editor left: the text as it was last saved, and how the editor ended."""

    text: str
    code: int

    @property
    def interrupted(self) -> bool:
        """Whether it was broken off with Ctrl-C."""
        return self.code in _INTERRUPTED


def edited(text: str, title: str, instead: str) -> Edited:
    """The text as it is after somebody has had it in an editor; `title` names the file.

    Raises NotFound where there is no editor; `instead` is what to do then.
    """
    editor = _editor(instead)
    with unfinished.folder() as folder:
        file = folder / f"{_NOT_IN_FILE_NAME.sub('-', title)[:_LONGEST_NAME]}.md"
        file.write_text(text and text + "\n", encoding="utf-8")
        code, soon = _run(editor, file, instead)
        if soon and not code and _read(file).rstrip() == text.rstrip():
            questions.optional("Trykk Enter når teksten er lagret og lukket.", str)
        return Edited(_read(file), code)


def _editor(instead: str) -> str:
    """The person's own choice, or the first of the usual ones that is here."""
    import shutil

    for name in ("VISUAL", "EDITOR"):
        if chosen := os.environ.get(name, "").strip():
            return chosen
    for usual in (*_USUAL, *_HARD):
        if shutil.which(usual.split()[0]):
            if usual in _HARD:
                _tell_how_to_leave(usual.split()[0])
            return usual
    raise NotFound("Fant ikke noe program å skrive teksten i.", instead)


def _tell_how_to_leave(program: str) -> None:
    """Waits until it is read: the editor covers the terminal."""
    screen.tell(
        f"Teksten åpnes i {program}. Trykk i for å skrive. Når du er ferdig: Esc, så :wq og Enter."
        " Et lettere program er nano, som kan installeres."
    )
    questions.optional(f"Trykk Enter for å åpne {program}.", str)


def _run(editor: str, file: Path, instead: str) -> tuple[int, bool]:
    """Waits for the editor: its exit code, and whether it was back at once."""
    import shlex
    import subprocess
    import time

    screen.tell(f"Åpner {editor}. Lagre og lukk når du er ferdig.")
    screen.before_leisure()
    begun = time.monotonic()
    try:
        # Windows takes a line as it is, and its paths have what shlex would take for marks.
        line: Any = f'{editor} "{file}"' if os.name == "nt" else [*shlex.split(editor), str(file)]
        with _ctrl_c_for_the_editor():
            code = subprocess.run(line, check=False).returncode
    except KeyboardInterrupt:
        code = -signal.SIGINT
    except (OSError, ValueError):
        raise NotFound(
            f"«{editor}» kan ikke startes.", f"Se over VISUAL og EDITOR. {instead}"
        ) from None
    return code, time.monotonic() - begun < _AT_ONCE


@contextmanager
def _ctrl_c_for_the_editor() -> Iterator[None]:
    """Ctrl-C is for the editor alone."""

    def left_alone(*_: object) -> None:
        """Does nothing; unlike SIG_IGN it is not handed on to the editor."""

    before = signal.signal(signal.SIGINT, left_alone)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _read(file: Path) -> str:
    """What is in the file; an editor that knows no UTF-8 has written Windows-1252."""
    try:
        content = file.read_bytes()
    except FileNotFoundError:  # it has been removed
        return ""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    return text.replace("\r\n", "\n")
