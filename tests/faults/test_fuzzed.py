"""Whatever is typed or stands in a file has an answer or a clear error, and has it soon.

Some inputs for each parser here; a hundred thousand in all with `make faults`, which tells how many
there were.
"""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hsf_cli import places
from hsf_cli.encrypted import salt_of
from hsf_cli.registers import department
from hsf_cli.store import Store
from tests.builders import taken_in
from tests.conftest import Run
from tests.faults.command_lines import command_lines, environments, half_typed
from tests.faults.conftest import INPUTS
from tests.faults.fuzzing import Parser, hold, told
from tests.faults.parsers import PARSERS, Workshop
from tests.life.one_of_each import one_of_each

Hsf = Callable[..., Run]
# Notes how many inputs something was given.
Count = Callable[[str, int], None]

# Those of docs and scripts; 1 is a bug, and nobody breaks anything off here.
_EXIT_CODES = {0, 2, 3, 4, 5, 6}


@pytest.fixture
def count(record_property: Callable[[str, object], None]) -> Count:
    return lambda name, tried: record_property(INPUTS, (name, tried))


@pytest.fixture
def workshop(empty_department: Path, tmp_path: Path) -> Iterator[Workshop]:
    folder = tmp_path / "verksted"
    folder.mkdir()
    with Store.blank() as store:
        yield Workshop(folder, store, empty_department, salt_of(empty_department))


@pytest.mark.parametrize("parser", PARSERS, ids=lambda parser: parser.name)
def test_every_parser_gives_an_answer_or_says_what_is_wrong(
    workshop: Workshop, parser: Parser, count: Count
) -> None:
    def holds(given: object) -> None:
        try:
            parser.read(workshop, given)
        except parser.errors as error:
            told(error)

    count(parser.name, hold(parser.inputs, holds, parser.share))


@pytest.fixture
def pure(empty_department: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Path]:
    """Sets everything back to a small department with records, and gives its file."""
    with department.opened(empty_department, str) as store:
        taken_in(store, *one_of_each())
    there = empty_department.parent.parent
    kept = there.with_name(f"{there.name}-slik-den-var")
    shutil.copytree(there, kept)

    def again() -> Path:
        shutil.rmtree(there)
        shutil.copytree(kept, there)
        (there / "her").mkdir()
        monkeypatch.chdir(there / "her")
        monkeypatch.setenv("HOME", str(there / "her"))
        return empty_department

    return again


def test_every_command_line_is_answered(hsf: Hsf, pure: Callable[[], Path], count: Count) -> None:
    def holds(words: list[str]) -> None:
        database = pure()
        before = database.read_bytes()
        run = hsf(*words)
        assert run.code in _EXIT_CODES, (run.err, _log())
        assert "Traceback" not in run.err
        if run.code:
            assert run.err.strip() or run.out.strip()  # a control that found something
            assert database.read_bytes() == before

    count("command lines", hold(command_lines(), holds, 20))


def test_every_half_typed_line_is_answered(
    hsf: Hsf, pure: Callable[[], Path], monkeypatch: pytest.MonkeyPatch, count: Count
) -> None:
    def holds(environment: dict[str, str]) -> None:
        pure()
        with monkeypatch.context() as patch:
            for name, text in environment.items():
                patch.setenv(name, text)
            run = hsf()
        assert (run.code, run.err, _log()) == (0, "", "")

    count("lines half typed at a shell", hold(half_typed(), holds, 10))


def test_every_place_to_look_in_is_answered(
    hsf: Hsf, pure: Callable[[], Path], monkeypatch: pytest.MonkeyPatch, count: Count
) -> None:
    def holds(environment: dict[str, str]) -> None:
        pure()
        with monkeypatch.context() as patch:
            for name, text in environment.items():
                patch.setenv(name, text)
            run = hsf("familie", "liste")
        assert run.code in _EXIT_CODES, run.err

    count("environments", hold(environments(), holds, 4))


def _log() -> str:
    """What the program has noted of its own failures."""
    log = places.failure_log()
    return log.read_text(encoding="utf-8") if log.exists() else ""
