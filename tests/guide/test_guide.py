"""The guide is true: every command in it is run, and answers what the guide shows.

`pytest tests/guide --snapshot-update` writes the answers anew, and docs/brukerveiledning.md.
"""

import re
import shlex
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from hsf_cli.guide import Topic, anchor, headings, text_of, topics, whole
from tests.guide.reader import Reader
from tests.guide.transcripts import is_as_shown, renewed, steps

ROOT = Path(__file__).parent.parent.parent
DOCUMENT = ROOT / "docs" / "brukerveiledning.md"
TOPICS = topics()

_FENCED = re.compile(r"^```[^\n]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_QUOTED = re.compile(r"[`«](hsf(?: [^`»]*)?)[`»]")
_TYPED = re.compile(r"^ *(?:\$ )?(hsf(?: [a-zæøå-].*)?)$", re.MULTILINE)


@pytest.fixture(scope="session")
def reader() -> Iterator[Reader]:
    folder = Path(tempfile.mkdtemp(prefix="hsf-", dir="/tmp"))
    yield Reader(folder)
    shutil.rmtree(folder)


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.name)
def test_every_command_answers_what_the_guide_shows(topic: Topic, reader, request) -> None:
    answered = reader.followed(topic.name)
    if request.config.option.update_snapshots:
        _write_anew(topic, answered)
        return
    for step, lines in answered:
        shown, said = "\n".join(step.expected), "\n".join(lines)
        assert is_as_shown(step.expected, lines), f"{step.command}\n{shown}\n--- now:\n{said}"


def _write_anew(topic: Topic, answered) -> None:
    lines = topic.path.read_text("utf-8").splitlines()
    for step, said in reversed(answered):
        lines[step.first : step.end] = renewed(step.expected, said)
    topic.path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_the_document_is_the_topics_put_together(request) -> None:
    if request.config.option.update_snapshots:
        DOCUMENT.write_text(whole(), encoding="utf-8")
    assert DOCUMENT.read_text("utf-8") == whole()


def test_every_link_within_the_guide_leads_to_a_heading() -> None:
    anchors = [anchor(title) for _, title in headings(whole())]
    assert len(set(anchors)) == len(anchors)
    assert set(re.findall(r"\]\(#([^)]+)\)", whole())) <= set(anchors)


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.name)
def test_no_command_is_wider_than_the_terminal(topic: Topic) -> None:
    lines = "".join(_FENCED.findall(text_of(topic))).splitlines()
    assert not [line for line in lines if len(line) > 80]


def _commands_shown() -> list[str]:
    """The command lines of the documents for readers that are not run as steps, also in a text."""
    documents = [*(topic.path for topic in TOPICS), ROOT / "README.md", ROOT / "CHANGELOG.md"]
    texts = [document.read_text("utf-8") for document in documents]
    quoted = (line for text in texts for line in _QUOTED.findall(text))
    typed = (line for text in texts for block in _FENCED.findall(text)
             for line in _TYPED.findall(block))  # fmt: skip
    # Blanks separate a command in a list from what it does.
    lines = {" ".join(line.partition("   ")[0].split()) for line in (*quoted, *typed)}
    run = {step.command for topic in TOPICS for step in steps(topic.path.read_text("utf-8"))}
    return sorted({line.removesuffix(" …") for line in lines} - run)


@pytest.mark.parametrize("line", _commands_shown())
def test_every_command_in_a_document_can_be_read(line: str, hsf) -> None:
    """With `--hjelp` among its options nothing is done, but the whole line is read."""
    words = shlex.split(line)[1:]
    options = next((at for at, word in enumerate(words) if word.startswith("-")), len(words))
    shown = hsf(*words[:options], "--hjelp", *words[options:])
    is_named_alone = f"{words[-1] if words else ''} mangler en verdi" in shown.err
    assert shown.code == 0 or is_named_alone, shown.err
