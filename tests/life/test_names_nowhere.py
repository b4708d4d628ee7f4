"""Names from the records stand in no file that the program leaves, and in no text of a failure."""

import os
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from hsf_cli.store import Store
from tests.builders import taken_in
from tests.commands.test_examples import EXAMPLES
from tests.conftest import Run
from tests.life.one_of_each import one_of_each

Hsf = Callable[..., Run]

# In every text that somebody wrote in the department.
NAME = "Zqvistæl"
# Those that make a department of their own, or show nothing of one.
_ELSEWHERE = {"demo", "start", "meny", "fullføring"}
_EVERY = [words for example in EXAMPLES if (words := shlex.split(example)[1:]) and
          words[0] not in _ELSEWHERE]  # fmt: skip
# All examples of the help texts by `make faults`, and some of all groups in the suite.
LINES = _EVERY if "HSF_FAULTS" in os.environ else _EVERY[::6]


@pytest.fixture
def marked(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A department with that name in everything; gives the folder where files are written to."""
    taken_in(store, *one_of_each(lambda text: f"{NAME} {text}"))
    store.close()
    out = tmp_path / "ut"
    out.mkdir()
    monkeypatch.chdir(out)
    return out


def left_by(home: Path, but: Path) -> Iterator[Path]:
    """The files beside those that were asked for which have the name in them, or are named so."""
    spellings = [NAME.encode(), NAME.encode("utf-16-le"), NAME.encode("latin-1")]
    for path in home.rglob("*"):
        if path.is_file() and but not in path.parents:
            content = path.read_bytes()
            if NAME in path.name or any(spelling in content for spelling in spellings):
                yield path


def test_no_command_leaves_a_name_in_a_file_that_nobody_asked_for(
    marked: Path, hsf: Hsf, home: Path
) -> None:
    done = [hsf(*words).code for words in LINES]
    assert done.count(0) > len(LINES) // 3
    assert 1 not in done
    assert list(left_by(home, marked)) == []


def test_no_failure_tells_a_name(
    marked: Path, hsf: Hsf, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every command has a bug wherever it reads, with names in what it raises and where."""
    each = Store.each

    def broken(self: Store, sql: str, **values: Any) -> Iterator[Any]:
        if not sql.startswith("PRAGMA") and " erasure " not in sql:
            family = {"name": NAME}
            raise ZeroDivisionError(f"{family} delt på null")
        yield from each(self, sql, **values)

    monkeypatch.setattr(Store, "each", broken)
    codes = []
    for words in LINES:
        run = hsf(*words)
        codes.append(run.code)
        assert NAME not in run.out + run.err
        assert "Traceback" not in run.err
    assert codes.count(1) > len(LINES) // 2
    log = (home / "konfig" / "feil.log").read_text(encoding="utf-8")
    assert "ZeroDivisionError" in log
    assert list(left_by(home, marked)) == []
