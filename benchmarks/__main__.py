"""Departments of several sizes are made up, taken in and counted, and each cost is a ratio.

A ratio to other work in the same run says the same on a slow machine as on a fast one. Nothing
here is a test: no figure makes it fail.
"""

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from benchmarks.files import DEPARTMENTS, UNTIL
from benchmarks.processes import Cost, least, python

TIMES = 3
LARGEST = "25 years"
# The least that a command which reads the department and shows a table has to load.
START = "import typer, rich.console, rich.table, sqlcipher3"

Figures = dict[str, float]


def main() -> None:
    """Measures each department, and prints a column for each."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--full", action="store_true", help="25 years too, which takes minutes")
    full = parser.parse_args().full
    names = [name for name in DEPARTMENTS if full or name != LARGEST]
    sys.stdout.write(f"{_machine()}\n\n")
    sys.stdout.write(_table({name: _measured(name) for name in names}))


def _measured(name: str) -> Figures:
    """What the department of that name costs."""
    with tempfile.TemporaryDirectory(prefix="hsf-benchmark-") as temporary:
        folder = Path(temporary)
        python("-m", "benchmarks.files", name, folder / "csv")
        return {
            "families": DEPARTMENTS[name].size.families,
            "hours entries": DEPARTMENTS[name].size.hours,
            **_import_figures(folder),
            **_reading_figures(folder),
        }


def _import_figures(folder: Path) -> Figures:
    """Each time into a new department, and into a new file of bare tables right after."""
    imports, bare_loads = [], []
    for number in range(TIMES):
        imports.append(_import(folder / f"run {number}", folder / "csv"))
        bare_loads.append(_bare_load(folder / f"bare {number}.db", folder / "csv"))
    files = _megabytes(folder / "csv")
    return {
        "CSV files, MB": files,
        "import / bare tables": least(imports).seconds / least(bare_loads).seconds,
        "import, peak MB": max(cost.peak_mb for cost in imports),
        "database file / CSV files": _megabytes(folder / "run 0") / files,
    }


def _reading_figures(folder: Path) -> Figures:
    """A report and a waiting list, against starting Python with what they must load."""
    start = least([python("-c", START) for _ in range(TIMES)])
    report = least([_hsf(folder / "run 0", "rapport", "vis", UNTIL.year) for _ in range(TIMES)])
    waiting = least([_hsf(folder / "run 0", "venteliste", "--per", UNTIL) for _ in range(TIMES)])
    return {
        "report of a year / start": report.seconds / start.seconds,
        "waiting list / start": waiting.seconds / start.seconds,
        "report of a year, peak MB": report.peak_mb,
    }


def _import(folder: Path, files: Path) -> Cost:
    """What taking the files into a new department took."""
    _hsf(folder, "start", "--navn", "Home-Start Prøve", "--nøkkel", "fil")
    return _hsf(folder, "data", "importer", files)


def _bare_load(database: Path, files: Path) -> Cost:
    return python("-m", "benchmarks.bare_tables", files, database)


def _hsf(folder: Path, *words: object) -> Cost:
    """What a command took on the department in that folder, whose key is in a folder beside."""
    key = folder.with_name(f"key of {folder.name}")
    return python(
        "-m", "hsf_cli", *words, HSF_DATABASE=folder / "avdeling.db", HSF_KONFIG=key
    )  # fmt: skip


def _megabytes(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.iterdir()) / 1e6


def _machine() -> str:
    """The machine and the Python that the figures are from."""
    return (
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors, "
        f"{platform.python_implementation()} {platform.python_version()}"
    )


def _table(columns: Mapping[str, Figures]) -> str:
    """The figures as lines of text, a column for each department."""
    names = list(next(iter(columns.values())))
    lines = [["", *columns]]
    lines += [[name, *(_written(figures[name]) for figures in columns.values())] for name in names]
    return "".join(
        f"{first:<27}" + "".join(f"{cell:>10}" for cell in cells) + "\n" for first, *cells in lines
    )


def _written(figure: float) -> str:
    return f"{figure:,}" if isinstance(figure, int) else f"{figure:.1f}"


if __name__ == "__main__":
    main()
