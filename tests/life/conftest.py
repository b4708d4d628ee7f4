"""What a life is told with: commands on their days, the year's form, and all that is kept."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from hsf_cli import dates
from tests.conftest import Run

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
