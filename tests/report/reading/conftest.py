"""A file with that content, read."""

from collections.abc import Callable
from pathlib import Path

import pytest

from hsf_cli.report.reading import Understood, read_file

Read = Callable[..., Understood]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Reads a text as a file: `read("6.0 Statistikk …", encoding="cp1252")`."""

    def as_file(
        content: str | bytes,
        name: str = "rapport.txt",
        encoding: str = "utf-8",
        edition: int | None = None,
    ) -> Understood:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return read_file(path, edition)

    return as_file
