"""Killed in the middle of writing names, the program leaves none that can be read for long."""

import os
import re
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from hsf_cli import places, unfinished

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")

_UNFINISHED = re.compile(r"(\.hsf-)?\d+-[0-9a-f]{8}")
# Ends itself at the nth event of a kind: everything is written, but not where it belongs.
_SCRIPT = """
import os, sys
left = int(sys.argv[3])
def hook(event, arguments):
    global left
    if event == sys.argv[2] and f"{os.getpid()}-" in str(arguments[0]):
        left -= 1
        if left == 0:
            os.kill(os.getpid(), int(sys.argv[1]))
sys.addaudithook(hook)
from hsf_cli.app import main
sys.exit(main(sys.argv[4:]))
"""


@pytest.fixture
def temporary(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where everybody's temporary files are, which can be looked into."""
    folder = home / "tmp"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setenv("HOME", str(home))
    return folder


def _ended(words: tuple[object, ...], at: str, number: int = 1, by: int = 9) -> int:
    line = [sys.executable, "-c", _SCRIPT, str(int(by)), at, str(number)]
    return subprocess.run([*line, *map(str, words)], capture_output=True, check=False).returncode


@pytest.mark.parametrize(
    ("words", "file", "at", "number"),
    [
        (("data", "eksporter"), "folder", "os.rename", 1),
        (("data", "eksporter"), "folder", "os.rename", 5),
        (("data", "eksporter"), "book.xlsx", "os.rename", 1),
        # The parts of a workbook are removed once they are in it.
        (("data", "eksporter"), "book.xlsx", "os.remove", 1),
        (("rapport", "bevis", "2023", "--til"), "proof.xlsx", "os.remove", 1),
        (("timer", "skjema", "2024-02", "--alle", "--til"), "sheets", "os.remove", 1),
        (("personvern", "innsyn", "F1", "--til"), "F1.json", "os.rename", 1),
    ],
)
def test_what_a_killed_program_left_is_its_owners_alone_and_swept_at_the_next_start(
    named, temporary, home, hsf, with_names, words, file, at, number
) -> None:
    target = home / "ut" / file
    target.parent.mkdir()
    assert _ended((*words, target), at, number) == -signal.SIGKILL
    left = [path for path in with_names() if path.parent != target]
    assert left, "nothing was written yet"
    for path in left:
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
        assert _UNFINISHED.fullmatch(path.parent.name)
    assert [*temporary.iterdir()] == []

    assert hsf("venteliste").code == 0
    assert [path for path in with_names() if path.parent != target] == []
    assert not places.being_written().exists()
    assert [*home.rglob(".hsf-*")] == []


@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGHUP])
def test_a_terminal_that_is_closed_leaves_nothing(named, temporary, home, with_names, by) -> None:
    assert _ended(("data", "eksporter", home / "alt.xlsx"), "os.rename", by=by) == 130
    assert with_names() == []
    assert not places.being_written().exists()


def test_what_a_running_program_writes_is_left_alone(home) -> None:
    with unfinished.folder(home) as own:
        (own / "familier.csv").write_text("Berg")
        unfinished.sweep()
        assert (own / "familier.csv").exists()
    assert not own.exists()
    assert not places.being_written().exists()


@pytest.fixture
def left_behind(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that a killed program left on a drive."""
    (home / "stasjon").mkdir()
    with monkeypatch.context() as patch:
        patch.setattr(unfinished, "_take_away", lambda *_: None)
        patch.setattr(os, "getpid", lambda: 2**22 + 1)  # no process has that number
        with unfinished.folder(home / "stasjon") as own:
            (own / "familier.csv").write_text("Berg")
    return own


def test_what_lies_on_a_drive_that_is_away_is_swept_when_it_is_back(home, left_behind) -> None:
    (home / "stasjon").rename(home / "borte")
    unfinished.sweep()
    (home / "borte").rename(home / "stasjon")
    assert left_behind.exists()
    unfinished.sweep()
    assert not left_behind.exists()
    assert not places.being_written().exists()


def test_a_note_that_somebody_has_changed_takes_nothing_else_away(home, left_behind) -> None:
    (note,) = places.being_written().iterdir()
    (home / "viktig").mkdir()
    note.write_text(str(home / "viktig"))
    unfinished.sweep()
    assert (home / "viktig").exists()
    assert not note.exists()


def test_no_memory_is_laid_on_the_disk(hsf) -> None:
    import resource

    hsf("--versjon")
    assert resource.getrlimit(resource.RLIMIT_CORE)[0] == 0
