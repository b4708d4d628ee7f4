"""Departments to carry records between."""

import gc
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import count
from pathlib import Path

import pytest

from hsf_cli.registers.department import opened
from hsf_cli.store import Store

Fresh = Callable[[], AbstractContextManager[Store]]


@pytest.fixture
def fresh(empty_department: Path, tmp_path: Path) -> Fresh:
    """Opens one new, empty department after another."""
    numbers = count(1)

    @contextmanager
    def new() -> Iterator[Store]:
        path = tmp_path / f"ny{next(numbers)}.db"
        shutil.copy(empty_department, path)
        with opened(path, lambda: "") as store:
            yield store
        path.unlink()

    return new


@pytest.fixture
def left_open(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], list[str]]]:
    """What Python complained of so far, beside the program: files left open, half-run writers.

    It hears of it in place of pytest, to which it would come at any time, in any other test.
    """
    heard: list[str] = []
    monkeypatch.setattr(sys, "unraisablehook", lambda one: heard.append(repr(one.exc_value)))

    def collected() -> list[str]:
        gc.collect()
        return heard

    yield collected
    gc.collect()
