"""Two programs change one department, in turn and at once: nothing is lost, the log is whole."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from hsf_cli import copies
from hsf_cli.errors import Stopped
from hsf_cli.registers.checking import checked
from hsf_cli.registers.department import opened
from hsf_cli.store import Store
from tests.builders import family, inquiry, taken_in, volunteer

# How many changes each of them makes: few in the suite, 1,000 by `make faults`.
CHANGES = int(os.environ.get("HSF_FAULTS", "10"))

# Takes command lines as JSON, one a line, and answers each with its exit code.
_PROGRAM = """
import json, os, sys
answers = os.fdopen(os.dup(1), "w")
sys.stdout = open(os.devnull, "w")
from hsf_cli.app import main
for line in sys.stdin:
    print(main(json.loads(line)), file=answers, flush=True)
"""

Line = Sequence[str]
Program = Callable[[Line], int]


@contextmanager
def program() -> Iterator[Program]:
    """Another program, which runs one command line after another and gives their exit codes."""
    with subprocess.Popen(
        [sys.executable, "-c", _PROGRAM],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdin
        assert process.stdout
        asked, answers = process.stdin, process.stdout

        def run(line: Line) -> int:
            asked.write(json.dumps(line) + "\n")
            asked.flush()
            return int(answers.readline())

        yield run
        asked.close()


def theirs(who: str, own: int, number: int) -> Line:
    """A change of one's own: something new, or a record that only this program changes."""
    record, day = f"F{own}", "1.3.2024"
    kinds: Sequence[Line] = (
        ("familie", "endre", record, "--notat", f"{who} {number}"),
        ("timer", "ny", "--type", "veiledning", "--kontakt", f"V{own}", "--dato", day, "--timer",
         f"{number % 9 + 1}", "--likevel", "Flere samme dag"),
        ("henvendelse", "ny", "--navn", f"{who}{number}son", "--barn", "Bo 2022"),
        ("henvendelse", "kontaktet", f"H{own}", "--notat", f"Ringte {number}"),
        ("aktivitet", "ny", "--tittel", f"{who} {number}", "--dato", day, "--målgruppe",
         "familier"),
    )  # fmt: skip
    return kinds[number % len(kinds)]


def shared(who: str, number: int) -> Line:
    """A change of the record that both change."""
    return "familie", "endre", "F3", "--notat", f"{who} {number}"


def done_by(run: Program, who: str, own: int, *, several: bool) -> list[tuple[Line, int]]:
    """What one of them did, with the exit codes; every fourth is of what both change."""
    lines = [
        shared(who, number) if several and number % 4 == 3 else theirs(who, own, number)
        for number in range(CHANGES)
    ]
    return [(line, run(line)) for line in lines]


@pytest.fixture
def department(empty_department: Path) -> Path:
    """A department with a family of each one's own, and one that both change."""
    with opened(empty_department, str) as store:
        taken_in(
            store,
            *(family(f"F{n}", navn=name) for n, name in ((1, "Berg"), (2, "Dal"), (3, "Eng"))),
            *(inquiry(f"H{n}", f"F{n}", "2023-12-01") for n in (1, 2)),
            *(volunteer(f"V{n}") for n in (1, 2)),
        )
        copies.made(store, "daglig")
    return empty_department


def test_in_turn(department: Path) -> None:
    done = []
    with program() as one, program() as other:
        for number in range(CHANGES):
            for run, who, own in ((one, "Alm", 1), (other, "Bjørk", 2)):
                line = shared(who, number) if number % 4 == 3 else theirs(who, own, number)
                done.append((line, run(line)))
    assert {code for _, code in done} == {0}
    expect_all(department, done)


def test_at_once(department: Path) -> None:
    with program() as one, program() as other, ThreadPoolExecutor() as threads:
        both = [
            threads.submit(done_by, run, who, own, several=True)
            for run, who, own in ((one, "Alm", 1), (other, "Bjørk", 2))
        ]
        done = [told for one_of_them in both for told in one_of_them.result()]
    # What both change may be changed by the other in between, and is then refused.
    assert {code for line, code in done if line[2] != "F3"} == {0}
    assert {code for _, code in done} <= {0, Stopped.code}
    expect_all(department, done)


def expect_all(path: Path, done: Sequence[tuple[Line, int]]) -> None:
    """Everything that was confirmed is there once, and nothing else; the log tells of it all."""
    confirmed = [line for line, code in done if code == 0]
    with opened(path, str) as store:
        assert not [finding for check in checked(store) for finding in check.findings]
        commands = [row["command"] for row in store.rows("SELECT command FROM change_set")][2:]
        assert sorted(commands) == sorted(" ".join(line[:2]) for line in confirmed)
        for number in (1, 2, 3):
            edit = ("familie", "endre", f"F{number}")
            wanted = [line[4] for line in confirmed if line[:3] == edit]
            assert sorted(notes_of(store, number)) == sorted(wanted)
        for table, command in (
            ("hours", "timer ny"), ("inquiry", "henvendelse ny"), ("activity", "aktivitet ny"),
            ("talk", "henvendelse kontaktet"),
        ):  # fmt: skip
            before = 2 if table == "inquiry" else 0
            number = store.value(f"SELECT count(*) FROM {table}") - before
            assert number == commands.count(command), table


def notes_of(store: Store, family: int) -> list[str]:
    """Every note a family ever had, out of the log and the record, each one that it was given."""
    rows = store.rows(
        "SELECT before ->> 'note' AS note FROM change"
        " WHERE record = 'family' AND first_id = :family AND operation = 'update' ORDER BY id",
        family=family,
    )
    now = store.value("SELECT note FROM family WHERE id = :family", family=family)
    return [note for note in [*(row["note"] for row in rows), now] if note]
