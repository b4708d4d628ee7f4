"""What is made in docs/, and how: a line for each."""

import shlex
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from docs.making import counts, drawing, paper
from docs.making.desk import at_the_desk
from docs.making.terminal import shown
from hsf_cli import guide

_GOES_ON = "…"


class Maker(Protocol):
    """Makes what a file holds, at the desk."""

    def __call__(self) -> bytes:
        """The file's content."""


@dataclass(frozen=True)
class Text:
    """A text that the program can tell by itself."""

    written: Callable[[], str]

    def __call__(self) -> bytes:
        """The text."""
        return self.written().encode()


@dataclass(frozen=True)
class Window:
    """A terminal's window with what a command shows, or with the first lines of that."""

    command: str
    columns: int = 90
    lines: int = 40
    # What is answered where the command asks; None where nothing is asked.
    typed: Sequence[str] | None = None

    def __call__(self) -> bytes:
        """The window as SVG."""
        text = shown(_words(self.command), self.columns, self.typed).strip("\n")
        lines = text.split("\n")
        if len(lines) > self.lines:
            text = "\n".join([*lines[: self.lines], _GOES_ON])
        return drawing.svg(text, self.command, self.columns).encode()


@dataclass(frozen=True)
class Paper:
    """What can be seen of a file that a command writes."""

    command: str
    drawn: Callable[[], bytes]

    def __call__(self) -> bytes:
        """The picture as PNG."""
        shown([*_words(self.command), "--ja"], columns=100)
        return self.drawn()


def _words(command: str) -> list[str]:
    """What follows the program's name."""
    return shlex.split(command)[1:]


_REPORT = "hsf rapport skriv 2025 --til årsrapport-2025.pdf"
_REPORT_FILE = Path("årsrapport-2025.pdf")

# In this order: what writes something comes after what only looks. The guide is a `Text` too.
EVERYTHING: Mapping[str, Maker] = {
    "brukerveiledning.md": Text(guide.whole),
    "tallene.md": Text(counts.page),
    "bilder/hsf.svg": Window("hsf"),
    "bilder/venteliste.svg": Window("hsf venteliste", columns=100),
    "bilder/familie.svg": Window("hsf familie vis F52", columns=100, lines=44),
    "bilder/forslag.svg": Window("hsf oppdrag forslag F63", columns=100, lines=24),
    "bilder/rapport.svg": Window("hsf rapport vis 2025", lines=36),
    "bilder/kontroll.svg": Window("hsf rapport kontroll 2025", lines=36),
    "bilder/bevis.svg": Window("hsf rapport bevis 2025 --rad enslig"),
    "bilder/sammenligning.svg": Window("hsf rapport sammenlign 2024 2025", lines=36),
    "bilder/meny.svg": Window("hsf meny", columns=80, typed=()),
    "bilder/rapport-forside.png": Paper(_REPORT, lambda: paper.page(_REPORT_FILE, 1)),
    "bilder/rapport-tall.png": Paper(_REPORT, lambda: paper.page(_REPORT_FILE, 6)),
    "bilder/nokkelark.png": Paper(
        "hsf data nøkkel --ark nøkkel.pdf", lambda: paper.page(Path("nøkkel.pdf"))
    ),
    "bilder/timeark.png": Paper(
        "hsf timer skjema oktober --til timeark",
        lambda: paper.sheet(Path("timeark/timer-2026-10-V12.xlsx"), "timer", columns=9, rows=9),
    ),
    "bilder/timer-maaned.svg": Window(
        "hsf timer måned oktober", columns=88, typed=("2,5 0:20", "10 0:40", "2:30")
    ),
}


def made(names: Iterable[str] = EVERYTHING) -> dict[str, bytes]:
    """What each of the files holds, made one after the other at the same desk."""
    with at_the_desk():
        return {name: EVERYTHING[name]() for name in names}
