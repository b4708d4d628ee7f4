"""Progress on long work, on stderr at a terminal, from a few thousand rows or a second on."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from hsf_cli.numbers import written

if TYPE_CHECKING:
    from rich.status import Status

_WORTH_SHOWING = 3_000
_STEP = 1_000
_SECONDS_UNTOLD = 1.0


def _status() -> "Status":
    """A line that turns while the work goes on, of characters that every font has."""
    from hsf_cli.ui.console import SafeConsole

    return SafeConsole(sys.stderr).status("", spinner="line", spinner_style="heading")


@contextmanager
def progress_bar(verb: str) -> Iterator[Callable[[str, int], None]]:
    """A function to tell, for each row, which sheet it is in and how many have gone by."""
    with ExitStack() as stack:
        status, shown = None, ("", 0)

        def tell(sheet: str, count: int) -> None:
            nonlocal status, shown
            now = (sheet, count // _STEP)
            if count < _WORTH_SHOWING or now == shown or not sys.stderr.isatty():
                return
            shown = now
            if status is None:
                status = stack.enter_context(_status())
            status.update(f"{verb} {sheet}: {written(count)} rader")

        yield tell


@contextmanager
def steps(doing: str) -> Iterator[Callable[[int, int], None]]:
    """A function to tell how many steps are done, and of how many, of work that takes its time."""
    with ExitStack() as stack:
        status, begun = None, time.monotonic()

        def tell(done: int, of: int) -> None:
            nonlocal status
            if not sys.stderr.isatty() or time.monotonic() - begun < _SECONDS_UNTOLD:
                return
            if status is None:
                status = stack.enter_context(_status())
            status.update(f"{doing}: {written(done)} av {written(of)}")

        yield tell
