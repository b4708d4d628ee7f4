"""Results on stdout and messages on stderr; text that people wrote is never read as markup."""

import sys
from typing import TYPE_CHECKING, TextIO, cast

if TYPE_CHECKING:
    from rich.console import Console

# On a pipe lines are as long as they need to be: nothing is wrapped or cut.
_PIPE_WIDTH = 20_000


def write(text: str) -> None:
    """Writes a result as it is, with a line break at the end."""
    sys.stdout.write(text if text.endswith("\n") else text + "\n")


def say(text: str) -> None:
    """Writes prose as a result; at a terminal no word is broken at its edge."""
    write(_fitted(text, sys.stdout))


def tell(text: str) -> None:
    """Writes a message beside the result; at a terminal no word is broken at its edge."""
    sys.stderr.write(_fitted(text, sys.stderr) + "\n")


def at_terminal() -> bool:
    """Whether somebody sits at the other end and can be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def console() -> "Console":
    """Rich's console on stdout; on a pipe plain, and without the blanks that fill a line."""
    from rich.console import Console

    if sys.stdout.isatty():
        return Console(markup=False, highlight=False, emoji=False)
    file = cast(TextIO, _Trimmed())
    return Console(markup=False, highlight=False, emoji=False, width=_PIPE_WIDTH, file=file)


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
