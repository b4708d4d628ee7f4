"""Whatever people are called is stored and shown unharmed, and only where it is needed."""

import csv
import io
import json
import os
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pexpect
import pytest

from hsf_cli.store import Store
from tests.builders import taken_in
from tests.life.one_of_each import one_of_each
from tests.life.test_nothing_is_asked import COMMANDS, Words

STRANGE = {
    "brackets, emoji, right to left": "[bold red]Ås[/] [link=x] [/fjord] 👩‍👧‍👦 🧡 🇳🇴 מרים عائشة",
    "quotes": 'O\'Brien "Lille" «Nes» `x` ; \\ %s {0} $(ls)',
    "200 letters, first in short words": "Øøøøøøø " * 12 + "Ø" * 104,
}
# Stands between a plain name and what is strange in it, and nowhere else.
MARK = "¤"
_RECORDS = {
    "henvendelse": "H", "familie": "F", "kontakt": "V", "kurs": "K", "oppdrag": "O", "timer": "T",
    "aktivitet": "A",
}  # fmt: skip
# The lists and cards that are called something else.
_OTHERS = (
    "venteliste", "timer mangler", "oppdrag oppfølging --kommende 400", "oppdrag forslag F2 --alle",
    "avdeling styre", "avdeling unntak", "aktivitet tilskudd",
)  # fmt: skip
_PEOPLE = ("Berg", "Dahl", "Eng", "Foss", "Kari", "Ada", "Liv", "Gro", "Una", "Tor", "Eva", "Per")


def _shown() -> Iterator[Words]:
    """Every command that lists or shows something of a department with one of each."""
    for path in COMMANDS:
        if path[-1] == "liste":
            yield (*path, *(["--alle"] if path[0] == "oppdrag" else []))
        elif path[-1] == "vis" and path[0] in _RECORDS:
            yield from ((*path, f"{_RECORDS[path[0]]}{n}") for n in _NUMBERS[path[0]])
    yield from (tuple(words.split()) for words in _OTHERS)


_NUMBERS = {
    "henvendelse": (1, 4), "familie": (1, 3), "kontakt": (1, 2, 4), "kurs": (1,), "oppdrag": (1,),
    "timer": (1, 2, 3), "aktivitet": (1,),
}  # fmt: skip
SHOWN = list(_shown())


def called(strange: str) -> Callable[[str], str]:
    """Puts the strange text after a plain name: «Berg¤…»."""
    return lambda name: f"{name}{MARK}{strange}".strip()


@pytest.fixture(params=STRANGE)
def strange(request: pytest.FixtureRequest, store: Store) -> str:
    """A department where everything that people write has something strange in it."""
    text = STRANGE[request.param].strip()
    taken_in(store, *one_of_each(called(text)))
    return text


def test_everything_is_stored_as_it_was(strange, exported, store) -> None:
    assert store.value("SELECT name FROM family WHERE id = 1") == called(strange)("Berg")
    files = exported()
    for sheet, row in one_of_each(called(strange)):
        file = io.StringIO(files[f"{sheet}.csv"].decode("utf-8-sig"), newline="")
        cells = {cell for line in csv.reader(file, delimiter=";") for cell in line}
        assert {text for text in row.values() if MARK in text} <= cells


@pytest.mark.parametrize("format", ["tabell", "csv", "json"])
def test_every_name_is_shown_whole(strange, format, hsf) -> None:
    for words in SHOWN:
        run = hsf(*words, "--format", format)
        assert run.code == 0, (words, run.err)
        for text in _texts(run.out, format):
            for after in text.split(MARK)[1:]:
                assert after.startswith(_squeezed(strange)), (words, text)


def test_no_name_is_cut_at_a_narrow_terminal(strange, hsf) -> None:
    """As many names as on a pipe, and of each every letter, whatever lines they are on."""
    for words, shown in _at_a_terminal(SHOWN).items():
        piped = hsf(*words)
        assert piped.code == 0, (words, piped.err)
        names = piped.out.count(MARK)
        assert shown.count(MARK) == names, (words, shown)
        wanted = Counter(_squeezed(strange))
        there = Counter(shown)
        assert not [one for one in wanted if there[one] < names * wanted[one]], (words, shown)


@pytest.fixture
def people(store: Store) -> tuple[str, ...]:
    """A department where everybody can be known again by their name; gives the names."""
    taken_in(store, *one_of_each(called("Nordmann")))
    return tuple(f"{name}{MARK}" for name in _PEOPLE)


@pytest.mark.parametrize("format", ["tabell", "csv", "json"])
def test_without_names_nobody_can_be_known(people, format, hsf) -> None:
    for words in SHOWN:
        if not _takes(words, "--uten-navn"):
            continue
        run = hsf(*words, "--uten-navn", "--format", format)
        assert run.code == 0, (words, run.err)
        assert not [name for name in people if name in run.out], (words, run.out)
        assert "900 00" not in run.out, (words, run.out)


def test_every_list_can_be_had_without_names() -> None:
    cards = {path for path in COMMANDS if path[-1] in ("vis", "forslag")}
    without = {words for words in SHOWN if not _takes(words, "--uten-navn")}
    # A grant's sums name nobody, and who sits in the resource group is no secret.
    assert {words[:2] for words in without} - cards == {
        ("aktivitet", "tilskudd"), ("avdeling", "styre"),
    }  # fmt: skip


def test_the_overview_without_names_names_nobody(people, hsf) -> None:
    named, nameless = hsf().out, hsf("--uten-navn").out
    assert [name for name in people if name in named]
    assert not [name for name in people if name in nameless]


def _takes(words: Words, option: str) -> bool:
    (command,) = (one for path, one in COMMANDS.items() if words[: len(path)] == path)
    return any(option in one.opts for one in command.params)


def _texts(out: str, format: str) -> list[str]:
    """The texts of an output, each without what is between words."""
    if format == "json":
        return [_squeezed(text) for text in _strings(json.loads(out))]
    if format == "csv":
        rows = csv.reader(io.StringIO(out, newline=""), delimiter=";")
        return [_squeezed(cell) for row in rows for cell in row]
    return [_squeezed(out)]


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _strings(one)


def _squeezed(text: str) -> str:
    return "".join(text.split())


# Runs many command lines in one process, on the tests' day.
_SCRIPT = """
import json, sys
from datetime import date
from hsf_cli import dates
dates.today = lambda: date(2024, 3, 15)
from hsf_cli.app import main
for line in json.loads(sys.argv[1]):
    main(line)
    print("=====")
"""


def _at_a_terminal(lines: list[Words]) -> dict[Words, str]:
    """What each command shows in a terminal of 80 columns, without colours and blanks."""
    child = pexpect.spawn(
        sys.executable,
        ["-c", _SCRIPT, json.dumps(lines)],
        env={**os.environ, "TERM": "xterm", "PYTHONUTF8": "1"},
        encoding="utf-8",
        timeout=60,
        dimensions=(24, 80),
    )
    child.expect(pexpect.EOF)
    child.close()
    plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", child.before)
    return dict(zip(lines, map(_squeezed, plain.split("=====")), strict=False))
