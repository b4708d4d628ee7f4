"""A screen that is none: what a terminal of some width and encoding would have been sent."""

import io
import re
import sys

import pytest

_CODES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


class Screen(io.TextIOWrapper):
    """Takes in what is written to it as a terminal with that encoding."""

    def __init__(self, encoding: str = "utf-8") -> None:
        super().__init__(io.BytesIO(), encoding=encoding, newline="")

    def isatty(self) -> bool:
        return True

    @property
    def written(self) -> str:
        """All that was written, codes and all."""
        self.flush()
        buffer = self.buffer
        assert isinstance(buffer, io.BytesIO)
        return buffer.getvalue().decode(self.encoding)

    @property
    def lines(self) -> list[str]:
        """What is to be seen, line by line."""
        return _CODES.sub("", self.written).split("\n")


def shown_on(
    patch: pytest.MonkeyPatch, *, columns: int = 80, encoding: str = "utf-8", term: str = "xterm"
) -> Screen:
    """A screen in the place of standard output."""
    screen = Screen(encoding)
    patch.setattr(sys, "stdout", screen)
    patch.setenv("TERM", term)
    patch.delenv("COLORTERM", raising=False)
    patch.setenv("COLUMNS", str(columns))
    return screen
