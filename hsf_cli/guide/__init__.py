"""The guide for coordinators: its topics, each a Markdown file here, in the order they are read.

A topic begins with a comment for the suite, which runs its commands (`tests/guide`): from which
state they start. Then comes its title, and one sentence that says what it is about. Its name is
its title as links have it: «Første dag» is `første-dag`, at the prompt and on GitHub.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from hsf_cli.spelling import folded

_COMMENT = re.compile(r"<!--.*?-->\n*", re.DOTALL)
_HEADING = re.compile(r"(#+) (.+)")
_NOT_IN_ANCHORS = re.compile(r"[^\w\- ]")

_TITLE = "Brukerveiledning for hsf"
_BEGINNING = """\
Denne veiledningen er for deg som leder en Home-Start-avdeling. Du trenger ikke kunne noe om
datamaskiner fra før. Begynn øverst, eller gå rett til det du lurer på.

Den samme teksten er i programmet: `hsf hjelp` viser temaene, og `hsf hjelp første-dag` viser
ett av dem. Alle kommandoer som vises her, er prøvd, med svaret som står under. Familiene og
familiekontaktene er oppdiktet."""


class Topic(NamedTuple):
    """A topic: what is typed after `hsf hjelp`, its title, one sentence on it, and its file."""

    name: str
    title: str
    summary: str
    path: Path


def topics() -> list[Topic]:
    """The topics, in the order they are read."""
    return [_topic(path) for path in sorted(Path(__file__).parent.glob("[0-9]*.md"))]


def topic_named(words: str) -> Topic | None:
    """The topic of that name or title, in any spelling, or the only one that begins so.

    None where there is none.
    """
    asked = _alike(words)
    found = [topic for topic in topics() if _alike(topic.name).startswith(asked)]
    exact = next((topic for topic in found if _alike(topic.name) == asked), None)
    return exact or (found[0] if len(found) == 1 else None)


def text_of(topic: Topic) -> str:
    """The topic as Markdown, with its title on the first line."""
    return _COMMENT.sub("", topic.path.read_text("utf-8")).strip() + "\n"


def whole() -> str:
    """The complete guide as Markdown: docs/brukerveiledning.md."""
    found = topics()
    contents = [f"- [{one.title}](#{anchor(one.title)}): {one.summary}" for one in found]
    parts = ["\n".join(_one_level_down(text_of(one).splitlines())) for one in found]
    return "\n\n".join([f"# {_TITLE}", _BEGINNING, "\n".join(contents), *parts]) + "\n"


def anchor(title: str) -> str:
    """What GitHub calls a heading in links to it."""
    return _NOT_IN_ANCHORS.sub("", title.casefold()).replace(" ", "-")


def headings(text: str) -> Iterator[tuple[int, str]]:
    """Each heading's level and words; what is in a block of commands is none."""
    for line, is_code in _lines(text.splitlines()):
        if (found := _HEADING.fullmatch(line)) and not is_code:
            yield len(found[1]), found[2]


def _topic(path: Path) -> Topic:
    heading, _, rest = _COMMENT.sub("", path.read_text("utf-8")).strip().partition("\n")
    title = heading.removeprefix("# ")
    first = " ".join(rest.strip().partition("\n\n")[0].split())
    return Topic(anchor(title), title, first.partition(". ")[0].rstrip(".") + ".", path)


def _alike(name: str) -> str:
    return folded(name).replace("-", " ")


def _one_level_down(lines: Iterable[str]) -> Iterator[str]:
    for line, is_code in _lines(lines):
        yield f"#{line}" if _HEADING.fullmatch(line) and not is_code else line


def _lines(lines: Iterable[str]) -> Iterator[tuple[str, bool]]:
    """Each line, and whether it is in a fenced block."""
    is_code = False
    for line in lines:
        if line.startswith("```"):
            is_code = not is_code
            yield line, True
        else:
            yield line, is_code
