"""Somebody at a terminal who answers whatever is asked, in this process and without waiting."""

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from hsf_cli.errors import Unreadable
from hsf_cli.ui import questions, screen

_PASSPHRASE = "tre vanlige ord"
_REASON = "Slik er det avtalt"
# What is typed where nothing that will do is suggested: the first that can be an answer.
_TYPED = ("", "i dag", "1.12.2026", "2021", "2", "17:00", _REASON, "svar.md", "0")
_LEAVE = "Avslutt"
_ASKS = ("text", "optional", "choice", "several", "confirm", "secret", "secret_from_paper")


class Somebody:
    """Takes what is suggested, the first choice, or else the first text that can be read."""

    def __init__(self, sheet: Path) -> None:
        # The recovery sheet that she has at hand.
        self._sheet = sheet

    @classmethod
    def sits_down(cls, patch: pytest.MonkeyPatch, sheet: Path) -> None:
        """From now on she is asked."""
        somebody = cls(sheet)
        patch.setattr(screen, "at_terminal", lambda: True)
        for name in _ASKS:
            patch.setattr(questions, name, getattr(somebody, name))

    def text(self, question: str, option: str, hint: str, default: str = "") -> str:
        return default or "Home-Start Solvik"

    def optional(
        self,
        question: str,
        check: Callable[[str], object],
        default: str = "",
        *,
        goes_on: bool = False,
    ) -> str:
        typed = (default, *_TYPED)
        if question.startswith("Vil du gå videre likevel?"):
            typed = (_REASON,)
        return next(text for text in typed if _is_read(check, text))

    def choice(
        self,
        question: str,
        choices: Mapping[Any, str],
        default: Any = None,
        *,
        also_found: Mapping[Any, str] | None = None,
        last_by_escape: bool = False,
    ) -> Any:
        leave = (key for key, label in choices.items() if label == _LEAVE)
        return next(leave, next(iter(choices)))

    def several(
        self,
        question: str,
        choices: Mapping[Any, str],
        default: Sequence[Any] = (),
    ) -> list[Any]:
        return list(default or choices)[:1]

    def confirm(self, question: str, *, already: bool) -> None:
        """Yes, whatever it is."""

    def secret(self, question: str, option: str) -> str:
        return _PASSPHRASE

    def secret_from_paper(self, question: str, check: Callable[[str], Any]) -> Any:
        """The line of that number on the sheet."""
        number = question.split()[1]
        found = re.search(rf"^ *{number}:(.+)$", self._sheet.read_text("utf-8"), re.MULTILINE)
        assert found
        return check(found[1])


def _is_read(check: Callable[[str], object], typed: str) -> bool:
    try:
        check(typed)
    except Unreadable:
        return False
    return True
