"""Which changes to a module do its tests not notice? Each is made in a copy of the project.

    python -m tests.mutants hsf_cli/rules.py tests/test_rules.py

Tells of each that was not noticed, and at the end how many were. A change that makes the tests go
on for long is noticed too. The tests run in a fork for each change: what they use of others'
libraries is imported once, before. The tests that have noticed the most go first.
"""

import importlib
import multiprocessing
import os
import shutil
import signal
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

import pytest
from hypothesis import Phase, settings

from tests.mutants.changes import mutants

_PROJECT = Path(__file__).parents[2]
_TAKEN = ("hsf_cli", "tests", "docs", "pyproject.toml", "README.md", "Makefile")
_LONGEST = 300
_UNNAMED = "(no test)"  # they could not even be collected, or did not come to an end
_PYTEST = ("-x", "-q", "--assert=plain", "-p", "no:randomly", "-p", "no:cacheprovider")
_FORKED = multiprocessing.get_context("fork")
_Ran = tuple[str, Sequence[str]]  # the test that failed, and the modules that were imported


def main(module: str, tests: Sequence[str]) -> int:
    with TemporaryDirectory() as name:
        _copied(Path(name))
        os.chdir(name)
        start = monotonic()
        failed, imported = _in_a_fork(_LONGEST, tests, Counter())
        if failed:
            sys.exit(f"{failed} fails as it is.")
        longest = 10 + 3 * (monotonic() - start)
        for one in imported:
            with suppress(Exception):  # it is imported in each fork, then
                importlib.import_module(one)
        noticed = _noticed(module, tests, longest)
    print(f"{noticed.total() - noticed['']} of {noticed.total()} changes were noticed.")  # noqa: T201
    return 0


def _copied(into: Path) -> None:
    for one in _TAKEN:
        taken = shutil.copytree if (_PROJECT / one).is_dir() else shutil.copy
        taken(_PROJECT / one, into / one)


def _noticed(module: str, tests: Sequence[str], longest: float) -> Counter[str]:
    """How many changes each test noticed; those that none did are under a blank."""
    noticed: Counter[str] = Counter()
    copied = Path(module)
    for number, mutant in enumerate(mutants(module, copied.read_text(encoding="utf-8"))):
        copied.write_text(mutant.source, encoding="utf-8")
        # What is compiled of a module is known by its size and its time in whole seconds.
        os.utime(copied, (number, number))
        by, _ = _in_a_fork(longest, tests, noticed)
        noticed[by] += 1
        if not by:
            print(f"{module}:{mutant.line} [{mutant.kind}] {mutant.what}", flush=True)  # noqa: T201
    return noticed


def _in_a_fork(longest: float, tests: Sequence[str], noticed: Counter[str]) -> _Ran:
    """What became of the tests, or that they did not come to an end."""
    here, there = _FORKED.Pipe(duplex=False)
    fork = _FORKED.Process(target=_sent, args=(there, tests, noticed))
    fork.start()
    assert fork.pid is not None  # it was started
    there.close()
    try:
        ran: _Ran = here.recv() if here.poll(longest) else (_UNNAMED, ())
    except EOFError:
        ran = (_UNNAMED, ())
    with suppress(ProcessLookupError):
        os.killpg(fork.pid, signal.SIGKILL)  # and whatever it has started
    fork.join()
    return ran


def _sent(to: Connection, tests: Sequence[str], noticed: Counter[str]) -> None:
    os.setsid()
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.dup2(nowhere, sys.stderr.fileno())
    to.send(_run(tests, noticed))


def _run(tests: Sequence[str], noticed: Counter[str]) -> _Ran:
    """Tests of the copy that stands where the process does."""
    for name in [one for one in sys.modules if one.split(".")[0] == "tests"]:
        del sys.modules[name]
    sys.path.insert(0, os.getcwd())
    watching = _Watching(noticed)
    code = pytest.main([*_PYTEST, *tests], plugins=[watching])
    return (watching.failed or _UNNAMED if code else ""), list(_others())


class _Watching:
    """Has the tests go first that have noticed the most, and keeps which one fails."""

    def __init__(self, noticed: Counter[str]) -> None:
        self._noticed = noticed
        self.failed = ""

    def pytest_sessionstart(self) -> None:
        """What fails is enough: nobody reads the simplest example that does."""
        settings.register_profile("mutants", settings(), phases=[Phase.explicit, Phase.generate])
        settings.load_profile("mutants")

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items.sort(key=lambda item: -self._noticed[item.nodeid])

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.failed = report.nodeid


def _others() -> Iterator[str]:
    """The modules that were imported from elsewhere than the project."""
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None)
        if file and not Path(file).is_relative_to(Path.cwd()):
            yield name


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
