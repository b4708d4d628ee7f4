"""A text written in the person's own editor, in a file that nobody else sees and nothing keeps.

The file lies in a folder of its own, readable by its owner alone, and the folder is gone when the
editor is closed. One that is left behind, because the program was killed or the power went, is
swept away the next time a department is opened.
"""

import os
import re
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hsf_cli import places
from hsf_cli.errors import NotFound
from hsf_cli.ui import questions, screen

# What is there without being chosen: the easiest first.
_USUAL = ("notepad",) if sys.platform == "win32" else ("nano", "micro", "vim", "vi")
# An editor that is back sooner than this has its window somewhere else, and still open.
_AT_ONCE = 1.0
_NOT_IN_FILE_NAME = re.compile(r"[^\w .-]+")
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
    with _folder() as folder:
        file = folder / f"{_NOT_IN_FILE_NAME.sub('-', title)}.md"
        file.write_text(text and text + "\n", encoding="utf-8")
        code, soon = _run(editor, file, instead)
        if soon and not code and _read(file).rstrip() == text.rstrip():
            questions.optional("Trykk Enter når teksten er lagret og lukket.", str)
        return Edited(_read(file), code)


def sweep() -> None:
    """Takes away the files of editors that are no longer waited for. Where none is, it is quick."""
    try:
        folders = list(os.scandir(places.being_written()))
    except OSError:  # nearly always: there is nothing
        return
    for folder in folders:
        owner = folder.name.partition("-")[0]
        if not (owner.isascii() and owner.isdigit() and _is_running(int(owner))):
            _remove(Path(folder.path))


def _editor(instead: str) -> str:
    """The person's own choice, or the first of the usual ones that is here."""
    import shutil

    for name in ("VISUAL", "EDITOR"):
        if chosen := os.environ.get(name, "").strip():
            return chosen
    for usual in _USUAL:
        if shutil.which(usual):
            return usual
    raise NotFound("Fant ikke noe program å skrive teksten i.", instead)


def _run(editor: str, file: Path, instead: str) -> tuple[int, bool]:
    """Waits for the editor: its exit code, and whether it was back at once."""
    import shlex
    import subprocess
    import time

    screen.tell(f"Åpner {editor}. Lagre og lukk når du er ferdig.")
    begun = time.monotonic()
    try:
        # Windows takes a line as it is, and its paths have what shlex would take for marks.
        line: Any = f'{editor} "{file}"' if os.name == "nt" else [*shlex.split(editor), str(file)]
        with _signals_for_the_editor():
            code = subprocess.run(line, check=False).returncode
    except KeyboardInterrupt:
        code = -signal.SIGINT
    except (OSError, ValueError):
        raise NotFound(
            f"«{editor}» kan ikke startes.", f"Se over VISUAL og EDITOR. {instead}"
        ) from None
    return code, time.monotonic() - begun < _AT_ONCE


@contextmanager
def _signals_for_the_editor() -> Iterator[None]:
    """Ctrl-C is for the editor alone; a terminal that is closed breaks off both."""

    def left_alone(*_: object) -> None:
        """Does nothing; unlike SIG_IGN it is not handed on to the editor."""

    def broken_off(*_: object) -> None:
        raise KeyboardInterrupt

    wanted = {"SIGINT": left_alone, "SIGTERM": broken_off, "SIGHUP": broken_off}
    known = {getattr(signal, name): do for name, do in wanted.items() if hasattr(signal, name)}
    before = {number: signal.signal(number, do) for number, do in known.items()}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _folder() -> Iterator[Path]:
    """A folder for one text and what the editor lays beside it, named for who waits for it."""
    import tempfile

    parent = places.owner_only(places.being_written())
    folder = Path(tempfile.mkdtemp(prefix=f"{os.getpid()}-", dir=parent))
    try:
        yield folder
    finally:
        _remove(folder)


def _remove(folder: Path) -> None:
    import shutil

    shutil.rmtree(folder, ignore_errors=True)
    with suppress(OSError):  # others are being written there
        folder.parent.rmdir()


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


def _is_running(process: int) -> bool:
    """Whether that process of this user's is there."""
    if sys.platform == "win32":
        # There os.kill would end it, or send it Ctrl-C.
        import ctypes

        query_limited_information, still_active = 0x1000, 259
        kernel = ctypes.windll.kernel32
        handle = kernel.OpenProcess(query_limited_information, False, process)
        code = ctypes.c_ulong()
        found = handle and kernel.GetExitCodeProcess(handle, ctypes.byref(code))
        kernel.CloseHandle(handle)
        return bool(found) and code.value == still_active
    try:
        os.kill(process, 0)
    except (OSError, OverflowError):  # gone, or somebody else's by now
        return False
    return True
