"""What a life is told with: commands on their days, the year's form, and all that is kept."""

import json
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from hsf_cli import dates
from hsf_cli.registers.department import opened
from hsf_cli.store import Store
from tests.builders import taken_in
from tests.conftest import Run
from tests.life.one_of_each import one_of_each

Hsf = Callable[..., Run]


@pytest.fixture
def on(hsf: Hsf, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Runs a command on a day, and holds it to having gone well: `on("2023-02-08", "kurs", …)`."""

    def run(day: str, *words: object) -> str:
        monkeypatch.setattr(dates, "today", lambda: date.fromisoformat(day))
        done = hsf(*words)
        assert done.code == 0, (words, done.err)
        return done.out

    return run


@pytest.fixture
def figures(hsf: Hsf) -> Callable[[int], dict[str, float]]:
    """The figures of a year's form that are not zero, by key."""

    def read(year: int) -> dict[str, float]:
        report = json.loads(hsf("rapport", "vis", year, "--format", "json").out)
        rows = (
            row
            for section in report["sections"]
            for table in section["tables"]
            for row in table["rows"]
        )
        return {row["key"]: row["value"] for row in rows if row["value"]}

    return read


@pytest.fixture
def exported(hsf: Hsf, tmp_path: Path) -> Callable[[], dict[str, bytes]]:
    """Everything that is kept, as the files of an export, by name."""

    def read() -> dict[str, bytes]:
        folder = tmp_path / f"eksport-{len(list(tmp_path.glob('eksport-*')))}"
        done = hsf("data", "eksporter", folder)
        assert done.code == 0, done.err
        return {file.name: file.read_bytes() for file in sorted(folder.iterdir())}

    return read


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
