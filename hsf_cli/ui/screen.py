"""Results on stdout and messages on stderr; text that people wrote is never read as markup."""

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO, cast

if TYPE_CHECKING:
    from rich.console import Console

_UNPRINTABLE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]+")
# On a pipe lines are as long as they need to be: nothing is wrapped or cut.
_PIPE_WIDTH = 20_000


def write(text: str) -> None:
    """Writes a result as it is, with a line break at the end."""
    sys.stdout.write(text if text.endswith("\n") else text + "\n")


def say(text: str) -> None:
    """Writes prose as a result; at a terminal no word is broken at its edge.

    What would move the cursor or colour the screen is shown as `tell` shows it.
    """
    write(_fitted(visible(text), sys.stdout))


def tell(text: str) -> None:
    """Writes a message beside the result; at a terminal no word is broken at its edge.

    What a file or a name has in it that would move the cursor or colour the screen is shown as
    the mark for a character that cannot be shown.
    """
    sys.stderr.write(_fitted(visible(text), sys.stderr) + "\n")


def visible(text: str) -> str:
    """The text with a mark for every character that a terminal would obey instead of show."""
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text.replace("\t", "    "))


def tell_raw(text: str) -> None:
    """Writes a message that another program reads, as it is."""
    sys.stderr.write(text + "\n")


def quoted(path: object) -> str:
    """A path as it can be typed after a command: in quotation marks where it has a space."""
    return f'"{path}"' if " " in str(path) else str(path)


def at_terminal() -> bool:
    """Whether somebody sits at the other end and can be asked."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()


def console() -> "Console":
    """Rich's console on stdout; on a pipe plain, and without the blanks that fill a line."""
    from rich.console import Console

    if sys.stdout.isatty():
        return Console(markup=False, highlight=False, emoji=False)
    file = cast(TextIO, _Trimmed())
    return Console(markup=False, highlight=False, emoji=False, width=_PIPE_WIDTH, file=file)


@contextmanager
def pages() -> "Iterator[Console]":
    """A console whose output is shown a page at a time at a terminal that it does not fit."""
    shown = console()
    if not sys.stdout.isatty():
        yield shown
        return
    # Colours, no waiting where it all fits, and a prompt that says how to go on; nothing of what
    # is shown can be saved to a file from there, or handed to a shell.
    # (less takes a bare colon in its prompt for the end of a condition.)
    os.environ["LESS"] = r"-RFXPsMellomrom\: neste side   q\: ferdig$"
    os.environ["LESSSECURE"] = "1"
    with shown.pager(styles=os.name != "nt"):
        yield shown


def use_utf8() -> None:
    """Lets every letter through, whatever the locale: as UTF-8 on a pipe, as it can on a screen."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            if stream.isatty():
                stream.reconfigure(errors="replace")
            else:
                stream.reconfigure(encoding="utf-8", errors="replace")


class _Trimmed:
    """Stdout for Rich on a pipe: what fills up a line to its width is taken off again."""

    def write(self, text: str) -> int:
        return sys.stdout.write("\n".join(line.rstrip() for line in text.split("\n")))

    def flush(self) -> None:
        sys.stdout.flush()


def _fitted(text: str, stream: TextIO) -> str:
    if not stream.isatty():
        return text
    import shutil
    import textwrap

    width = shutil.get_terminal_size().columns
    return "\n".join(
        textwrap.fill(
            line,
            width,
            subsequent_indent=" " * (len(line) - len(line.lstrip())),
            break_long_words=False,
            break_on_hyphens=False,
            drop_whitespace=True,
            replace_whitespace=False,
        )
        for line in text.split("\n")
    )
