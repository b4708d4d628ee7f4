"""Long work shows that it goes on, at a terminal alone, and from a few thousand rows."""

import io
import sys

import pytest

from hsf_cli.ui import progress
from hsf_cli.ui.progress import progress_bar


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def _shown(counts: range, monkeypatch: pytest.MonkeyPatch, stream: io.StringIO) -> str:
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setenv("TERM", "xterm")
    with progress_bar("Leser") as tell:
        for count in counts:
            tell("timer", count)
    return stream.getvalue()


def test_it_is_shown_at_a_terminal_whatever_steps_the_rows_come_in(monkeypatch) -> None:
    shown = _shown(range(7, 9_000, 997), monkeypatch, _Terminal())
    assert "Leser timer: " in shown


def test_short_work_shows_nothing(monkeypatch) -> None:
    assert _shown(range(2_999), monkeypatch, _Terminal()) == ""


def test_on_a_pipe_nothing_is_shown(monkeypatch) -> None:
    assert _shown(range(9_000), monkeypatch, io.StringIO()) == ""


def test_steps_are_told_at_a_terminal_once_they_take_their_time(monkeypatch) -> None:
    stream = _Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(progress, "_SECONDS_UNTOLD", 3600)
    with progress.steps("Leser kopier") as tell:
        tell(1, 3)
    assert stream.getvalue() == ""
    monkeypatch.setattr(progress, "_SECONDS_UNTOLD", 0)
    with progress.steps("Leser kopier") as tell:
        tell(2, 3)
    assert "Leser kopier: 2 av 3" in stream.getvalue()
