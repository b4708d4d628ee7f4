"""Measures what the program costs, and prints it as Markdown with the goals beside."""

import argparse
import sys
import tempfile
from pathlib import Path

from benchmarks import documents, encryption, growth, page, sizes, start_up
from benchmarks.processes import Costs
from benchmarks.program import made
from benchmarks.rows import COUNTRY, GROWTH, LOGGED, NEIGHBOURS, USUAL


def main() -> None:
    """Prints the tables; with `--keep` puts them, and the drawing, beside this file too."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument("--quick", action="store_true", help="a department of 100 families alone")
    choice.add_argument("--keep", action="store_true", help="the figures into README.md")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="hsf-benchmark-") as temporary:
        costs = _usual(Path(temporary))
        if not chosen.quick:
            costs |= _growing(Path(temporary))
    text = page.written(costs)
    sys.stdout.write(text)
    if chosen.keep:
        page.keep(text)
        growth.draw(costs)


def _usual(folder: Path) -> Costs:
    """What a department as they are costs."""
    program = made(USUAL, folder)
    return {
        **sizes.taken_in(program, USUAL),
        **sizes.read(program, USUAL),
        **start_up.measured(program, folder),
        **documents.measured(program),
        **encryption.opening(program),
        **encryption.measured(program, USUAL),
    }


def _growing(folder: Path) -> Costs:
    """What the whole country costs, at several sizes."""
    costs: Costs = {}
    for size in GROWTH:
        program = made(size, folder)
        costs |= sizes.taken_in(program, size)
        costs |= sizes.read(program, size)
    costs |= sizes.read_all(program, COUNTRY)
    costs |= encryption.measured(program, COUNTRY)
    costs |= sizes.with_a_log(program, LOGGED)
    neighbours = made(NEIGHBOURS, folder)
    neighbours.filled()
    return costs | sizes.report(neighbours, NEIGHBOURS)


if __name__ == "__main__":
    main()
