"""What a topic of the guide shows: commands, and under each what it answers.

In the expected answer a line `…` stands for any lines, and `…` in a line for any text: what is
left out because it is long, or because it is another on every machine.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

ANYTHING = "…"

_START = re.compile(r"<!-- fra: ([^\s;]+)")
_DAY = re.compile(r"<!-- dag: (\d\d)\.(\d\d)\.(\d{4}) -->")
_FILE = re.compile(r"^```\w+ (\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_PROMPT = "$ "
# The question ends in a question mark or a colon; what is answered has neither.
_ASKED = re.compile(r"\? (.*[?:])(.*)")
_TRIED = ("```console", "```text")


@dataclass(frozen=True)
class Step:
    """A command that the reader types, on which day, and the lines it is shown to answer."""

    command: str
    expected: Sequence[str]
    # Where in the topic the expected lines stand, and on which day it is typed.
    first: int
    day: date | None
    # Whether it asks, and the expected lines hold what is answered.
    asks: bool

    @property
    def end(self) -> int:
        """The line of the topic after the expected ones."""
        return self.first + len(self.expected)


def start_of(text: str) -> str:
    """The state that the topic starts from."""
    found = _START.match(text)
    assert found, "a topic begins with <!-- fra: … -->"
    return found[1]


def files(text: str) -> dict[str, str]:
    """The files that the reader is to write, by name: a block says its name after its kind."""
    return dict(_FILE.findall(text))


def steps(text: str) -> Iterator[Step]:
    """The topic's commands in order."""
    lines = text.splitlines()
    block, day, begun = "", None, None
    for number, line in enumerate(lines):
        if found := _DAY.fullmatch(line):
            day = date(int(found[3]), int(found[2]), int(found[1]))
        is_fence = line.startswith("```")
        is_command = block in _TRIED and line.startswith(_PROMPT)
        if begun is not None and (is_fence or is_command):
            yield _step(lines, begun, number, day)
            begun = None
        if is_fence:
            block = "" if block else line
        elif is_command:
            begun = number


def _step(lines: Sequence[str], command: int, end: int, day: date | None) -> Step:
    expected = lines[command + 1 : end]
    asks = any(_ASKED.fullmatch(line) for line in expected)
    return Step(lines[command].removeprefix(_PROMPT), expected, command + 1, day, asks)


def questions(expected: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Each question of a conversation, with what is answered."""
    for line in expected:
        if found := _ASKED.fullmatch(line):
            yield found[1], found[2].strip()


def is_as_shown(expected: Sequence[str], actual: Sequence[str]) -> bool:
    """Whether a command answered what the guide shows."""
    pattern = "".join(
        r"(?:.*\n)*?" if line.strip() == ANYTHING else _line_pattern(line) + r"\n"
        for line in _trimmed(expected)
    )
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in _trimmed(actual))) is not None


def renewed(expected: Sequence[str], actual: Sequence[str]) -> list[str]:
    """What the guide is to show now: as much of the answer as before, left out where it was."""
    actual = _trimmed(actual)
    if is_as_shown(expected, actual):
        return list(expected)
    chunks = _chunks(expected)
    if len(chunks) == 1:
        return list(actual)
    first, *middle, last = chunks
    kept = list(actual[: len(first)])
    for chunk in middle:
        kept += [ANYTHING, *_most_like(chunk, actual)]
    return [*kept, ANYTHING, *(actual[-len(last) :] if last else [])]


def _chunks(expected: Sequence[str]) -> list[list[str]]:
    chunks: list[list[str]] = [[]]
    for line in expected:
        if line.strip() == ANYTHING:
            chunks.append([])
        else:
            chunks[-1].append(line)
    return chunks


def _most_like(chunk: Sequence[str], actual: Sequence[str]) -> Sequence[str]:
    """The lines of the answer that look most like those that were shown."""
    windows = [actual[at : at + len(chunk)] for at in range(len(actual) - len(chunk) + 1)]
    return max(windows, key=lambda one: _likeness("\n".join(one), "\n".join(chunk)), default=[])


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio()


def _line_pattern(line: str) -> str:
    return ".*".join(map(re.escape, line.rstrip().split(ANYTHING)))


def _trimmed(lines: Sequence[str]) -> list[str]:
    """Without blanks at the ends of lines, and without blank lines at either end."""
    return "\n".join(line.rstrip() for line in lines).strip("\n").split("\n")
