"""Results on stdout and messages on stderr; text that people wrote is never read as markup."""

import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, TextIO, cast

from hsf_cli import unfinished
from hsf_cli.texts import visible, without_lone_word
from hsf_cli.ui.fallback import READABLE, readable

if TYPE_CHECKING:
    from rich.console import Console

# On a pipe lines are as long as they need to be: nothing is wrapped or cut.
_PIPE_WIDTH = 20_000
# Colours, no waiting where it all fits, and a prompt that says how to go on. Python's own settings
# for `less`, from 3.13 on, are taken back: another prompt, in English, and waiting always. (A bare
# colon in a prompt ends a condition.)
_LESS = r"less -RFX -+m '-PsMellomrom\: neste side   q\: ferdig'"
_FOR_SHELLS = r"""["'`$\\!*?\[\](){}<>|&;#~\t\n]"""
_ENDS_IN_COMMAND = r"(.*[:.]) (hsf .*[^.])"


def nothing(*_: str) -> None:
    pass


# Called before somebody thinks, writes or reads on for as long as they like: by then nothing must
# be held that others wait for.
before_leisure: Callable[[], object] = nothing
# Called with all prose that is shown: it names the commands that may come next.
heard: Callable[[str], object] = nothing


def write(text: str) -> None:
    """Writes a result with a line break at the end: on a pipe as it is, else as it can be seen."""
    before_leisure()
    shown = visible(text) if sys.stdout.isatty() else text
    sys.stdout.write(shown if shown.endswith("\n") else shown + "\n")


def say(text: str) -> None:
    """Writes prose as a result; at a terminal no word is broken at its edge."""
    heard(text)
    write(_fitted(visible(text), sys.stdout))


def tell(text: str) -> None:
    """Writes a message beside the result; at a terminal no word is broken at its edge."""
    heard(text)
    sys.stderr.write(_fitted(visible(text), sys.stderr) + "\n")


def tell_raw(text: str) -> None:
    """Writes a message that another program reads: on a pipe as it is, else as it can be seen."""
    sys.stderr.write((visible(text) if sys.stderr.isatty() else text) + "\n")


def quoted(path: object) -> str:
    """A path as it can be typed after a command, and no shell reads anything else into it."""
    text = str(path)
    text = f"./{text}" if text.startswith("-") else text
    if os.name == "nt":
        return f'"{text}"' if " " in text else text
    if re.search(_FOR_SHELLS, text):
        import shlex

        return shlex.quote(text)
    return f'"{text}"' if " " in text else text


def at_terminal() -> bool:
    """Whether somebody sits at the other end and can be asked, on a screen that can show it.

    A dumb terminal (as an editor's shell is) cannot: it would show the codes of every question.
    """
    is_dumb = os.environ.get("TERM", "").lower() in {"dumb", "unknown"}
    return sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty() and not is_dumb


def console() -> "Console":
    """Rich's console on stdout; on a pipe plain, and without the blanks that fill a line."""
    from hsf_cli.ui.console import SafeConsole

    before_leisure()
    if sys.stdout.isatty():
        return SafeConsole(sys.stdout)
    return SafeConsole(cast(TextIO, _Trimmed()), _PIPE_WIDTH)


def _is_less(pager: str | None) -> bool:
    """Whether that is what pages are shown with; it is so too where nobody has chosen another."""
    import shutil

    return bool(shutil.which("less")) if not pager else pager == "less"


@contextmanager
def pages() -> "Iterator[Console]":
    """A console whose output is shown a page at a time at a terminal that it does not fit."""
    shown = console()
    if not sys.stdout.isatty():
        yield shown
        return
    # Nothing of what is shown can be saved to a file from there, or handed to a shell, and no
    # search is kept.
    os.environ.update(LESSSECURE="1", LESSHISTFILE="-", LESS="")
    if os.name != "nt" and _is_less(os.environ.get("MANPAGER") or os.environ.get("PAGER")):
        os.environ["MANPAGER"] = _LESS
    with ExitStack() as stack:
        if os.name == "nt":  # there the pages go through a file
            own = stack.enter_context(unfinished.folder())
            stack.enter_context(unfinished.temporary_files(own))
        stack.enter_context(shown.pager(styles=os.name != "nt"))
        yield shown
        before_leisure()


def use_utf8() -> None:
    """Lets every letter through, whatever the locale: as UTF-8 on a pipe, as it can on a screen.

    What a screen has not is written with what it has. An encoding that is asked for is kept.
    """
    asked_for = os.environ.get("PYTHONIOENCODING", "").partition(":")[0]
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            own = asked_for or stream.isatty()
            stream.reconfigure(encoding=None if own else "utf-8", errors=READABLE)


def shown(text: str) -> str:
    """The text as the screen can show it, for what writes there by itself."""
    return readable(visible(text), sys.stdout.encoding or "utf-8")


class _Trimmed:
    """Stdout for Rich on a pipe: what fills up a line to its width is taken off again."""

    def write(self, text: str) -> int:
        return sys.stdout.write("\n".join(line.rstrip() for line in text.split("\n")))

    def flush(self) -> None:
        sys.stdout.flush()

    def isatty(self) -> bool:
        return False

    @property
    def encoding(self) -> str:
        return sys.stdout.encoding


def _fitted(text: str, stream: TextIO) -> str:
    if not stream.isatty():
        return text
    import shutil

    width = shutil.get_terminal_size().columns
    return "\n".join(piece for line in text.split("\n") for piece in _lines(line, width))


def _lines(line: str, width: int) -> Sequence[str]:
    """The line in that width; a command at its end is never broken, so that it can be copied."""
    lines = _wrapped(line, width)
    found = re.fullmatch(_ENDS_IN_COMMAND, line) if len(lines) > 1 else None
    if found is None or lines[-1].endswith(found[2]):
        return lines
    return [*_wrapped(found[1], width), f"  {found[2]}"]


def _wrapped(line: str, width: int) -> Sequence[str]:
    """The line broken between words, each piece under the one before it."""
    from textwrap import TextWrapper

    wrapper = TextWrapper(
        subsequent_indent=" " * (len(line) - len(line.lstrip())),
        break_long_words=False,
        break_on_hyphens=False,
        drop_whitespace=True,
        replace_whitespace=False,
    )

    def at(width: int) -> Sequence[str]:
        wrapper.width = width
        return wrapper.wrap(line) or [""]

    return without_lone_word(at, width)
