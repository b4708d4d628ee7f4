"""`hsf hjelp`: the guide's topics, and the way to a command's own help."""

import re

import pytest

from hsf_cli.guide import text_of, topics
from tests.commands.terminal import ended, terminal

__all__ = ["terminal"]

_FENCED = re.compile(r"^```[^\n]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_without_a_topic_each_is_listed_with_a_line(hsf) -> None:
    shown = hsf("hjelp").out.splitlines()
    for topic in topics():
        assert f"  {topic.name} " in "\n".join(shown)
        assert any(line.endswith(topic.summary) for line in shown)
    assert max(map(len, shown)) <= 80


@pytest.mark.parametrize("topic", topics(), ids=lambda topic: topic.name)
def test_a_topic_is_plain_text_on_a_pipe(topic, hsf) -> None:
    shown = hsf("hjelp", topic.name)
    assert shown.code == 0
    assert shown.out.startswith(f"{topic.title}\n\n")
    assert not [mark for mark in ("\x1b", "<!--", "```", "![", "](") if mark in shown.out]
    lines = {line.strip() for line in shown.out.splitlines()}
    assert max(map(len, lines)) <= 80
    answers = "".join(_FENCED.findall(text_of(topic))).splitlines()
    assert not [line for line in answers if line.strip() not in lines], "a line was broken"


@pytest.mark.parametrize(
    "typed", [["første-dag"], ["FORSTE-DAG"], ["Foerste", "dag"], ["første"]], ids=str
)
def test_a_topic_is_found_in_any_spelling_and_by_how_it_begins(typed, hsf) -> None:
    assert hsf("hjelp", *typed).out.startswith("Første dag\n")


@pytest.mark.parametrize("words", [["venteliste"], ["familie"], ["rapport", "vis"]], ids=" ".join)
def test_a_commands_name_leads_to_its_help(words, hsf) -> None:
    assert hsf("hjelp", *words).out == hsf(*words, "--hjelp").out


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("instalere", "installere"), ("excel", "fra-excel-eller-crm"), ("ventelsite", "venteliste")],
)
def test_a_mistyped_topic_suggests_the_right_one(typed, meant, hsf) -> None:
    refused = hsf("hjelp", typed)
    assert refused.code == 2
    assert f"«hsf hjelp {meant}»" in refused.err


def test_tab_writes_the_topics(hsf, monkeypatch) -> None:
    monkeypatch.setenv("_HSF_COMPLETE", "complete_fish")
    monkeypatch.setenv("_TYPER_COMPLETE_ARGS", "hsf hjelp to-")
    assert hsf().out == "to-koordinatorer\tDere er to om avdelingen, på hver sin maskin.\n"


def test_at_a_terminal_a_topic_fits_it(terminal, monkeypatch) -> None:
    monkeypatch.setenv("PAGER", "cat")
    child = terminal("hjelp", "en-uke", columns=100)
    assert ended(child) == 0
    lines = re.sub(r"\x1b\[[\d;]*m", "", child.before).splitlines()
    assert lines[0].strip() == "En uke"
    assert max(len(line.rstrip()) for line in lines) <= 80  # wider is hard to read
