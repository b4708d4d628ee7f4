"""Departments that hold what a test shows, counted."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from decimal import Decimal
from itertools import count
from pathlib import Path
from shutil import copyfile

import pytest

from hsf_cli.registers.department import opened
from hsf_cli.store import Store
from tests.builders import Record, taken_in
from tests.report.figures import figures, missing

Figures = dict[str, int | Decimal]
Counted = Callable[..., Figures]
Missing = Callable[..., dict[str, int]]
Fresh = Callable[..., AbstractContextManager[Store]]


@pytest.fixture
def counted(store: Store) -> Counted:
    """Takes records in and gives every figure: `counted(*served(), year=2023)["families.total"]`.

    Called again it adds to the same department.
    """

    def count(*records: Record, year: int = 2023, edition: int = 2023) -> Figures:
        taken_in(store, *records)
        return figures(store, year, edition)

    return count


@pytest.fixture
def missing_from(store: Store) -> Missing:
    """Takes records in and gives what every row's group is missing."""

    def count(*records: Record, year: int = 2023, edition: int = 2023) -> dict[str, int]:
        taken_in(store, *records)
        return missing(store, year, edition)

    return count


@pytest.fixture
def fresh(empty_department: Path, tmp_path: Path) -> Fresh:
    """A department of its own with those records, for each example of a property."""
    numbers = count(1)

    @contextmanager
    def department(*records: Record) -> Iterator[Store]:
        path = tmp_path / f"{next(numbers)}.db"
        copyfile(empty_department, path)
        with opened(path, str) as store:
            taken_in(store, *records)
            yield store
        path.unlink()

    return department
