"""The full report of a year as a document."""

from benchmarks.processes import Costs, Measure, least, tell
from benchmarks.program import YEAR, Program

ENDINGS = ("docx", "pdf", "html")


def measured(program: Program) -> Costs:
    """Each kind of document."""
    tell("Documents")
    return least(
        {f"`hsf rapport skriv`, {ending}": _writing(program, ending) for ending in ENDINGS}
    )


def _writing(program: Program, ending: str) -> Measure:
    path = program.folder / f"report.{ending}"

    def measure() -> float:
        path.unlink(missing_ok=True)
        return program.cost("rapport", "skriv", YEAR, "--til", path).seconds

    return measure
