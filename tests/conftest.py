"""What the tests share: a fresh department, the command line, and a day that stands still."""

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import pytest
import typer
from hypothesis import settings

from hsf_cli import dates, patience
from hsf_cli.app import main
from hsf_cli.change import Change
from hsf_cli.registers.department import Department, opened, started
from hsf_cli.store import Store
from tests.builders import taken_in
from tests.life.one_of_each import one_of_each

TODAY = date(2024, 3, 15)

_IN_MEMORY = Path("/dev/shm")
_ROOM = 2 * 1024**3

settings.register_profile("hsf", deadline=None, max_examples=15, derandomize=True)
settings.load_profile("hsf")


@dataclass(frozen=True)
class Run:
    """What a command line gave."""

    code: int
    out: str
    err: str


def pytest_configure() -> None:
    """The tests' files are in memory where that holds them: a disk takes half as long again."""
    if _IN_MEMORY.is_dir() and shutil.disk_usage(_IN_MEMORY).free > _ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_IN_MEMORY))


def pytest_collection_finish() -> None:
    """What is there by then stays: it is not looked through for garbage again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000)


@pytest.fixture(scope="session", autouse=True)
def one_tree_of_commands() -> Iterator[None]:
    """The commands are made once for all command lines, and not, as in a process, for each."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(typer.main, "get_command", cache(typer.main.get_command))
        yield


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own for the department and its key; no test touches the user's own."""
    monkeypatch.setenv("HSF_DATABASE", str(tmp_path / "avdeling" / "avdeling.db"))
    monkeypatch.setenv("HSF_KONFIG", str(tmp_path / "konfig"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> date:
    """It is 15 March 2024, whatever the calendar says."""
    monkeypatch.setattr(dates, "today", lambda: TODAY)
    return TODAY


@pytest.fixture(scope="session")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty department, made once and copied for each test that needs one."""
    folder = tmp_path_factory.mktemp("pristine")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HSF_KONFIG", str(folder / "konfig"))
        path = folder / "avdeling" / "avdeling.db"
        started(path, Department("Home-Start Prøve"), "fil", _no_passphrase).close()
    return folder


@pytest.fixture
def empty_department(home: Path, pristine: Path) -> Path:
    """An empty department where the command line looks for one; gives the database file."""
    shutil.copytree(pristine, home, dirs_exist_ok=True)
    return home / "avdeling" / "avdeling.db"


@pytest.fixture
def store(empty_department: Path) -> Iterator[Store]:
    """The empty department, open."""
    with opened(empty_department, _no_passphrase) as store:
        yield store


@pytest.fixture
def hsf(capfd: pytest.CaptureFixture[str]) -> Callable[..., Run]:
    """Runs a command line in this process: `hsf("rapport", "vis", 2023)`."""

    def run(*words: object) -> Run:
        capfd.readouterr()
        code = main([str(word) for word in words])
        captured = capfd.readouterr()
        return Run(code, captured.out, captured.err)

    return run


@pytest.fixture
def just_before_writing(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], object]], None]:
    """Something happens once, when a command has read all it needs, and is about to write."""
    change = Store.change

    def happens(something: Callable[[], object]) -> None:
        def changed(store: Store, command: str) -> AbstractContextManager[Change]:
            monkeypatch.setattr(Store, "change", change)
            store.let_go()
            something()
            return change(store, command)

        monkeypatch.setattr(Store, "change", changed)

    return happens


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits long for another to be done with the file."""
    monkeypatch.setattr(patience, "SECONDS", 0.05)


def _no_passphrase() -> str:
    raise AssertionError("no passphrase should be asked for")


@pytest.fixture(scope="session")
def with_one_of_each(pristine: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A department with a record of every kind, made once and copied for each test."""
    folder = tmp_path_factory.mktemp("one-of-each")
    shutil.copytree(pristine, folder, dirs_exist_ok=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HSF_KONFIG", str(folder / "konfig"))
        with opened(folder / "avdeling" / "avdeling.db", str) as store:
            taken_in(store, *one_of_each())
    return folder


@pytest.fixture
def filled(home: Path, with_one_of_each: Path) -> Iterator[Store]:
    """A department with a record of every kind, open."""
    shutil.copytree(with_one_of_each, home, dirs_exist_ok=True)
    with opened(home / "avdeling" / "avdeling.db", str) as store:
        yield store
