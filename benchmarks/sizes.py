"""What grows with the department: taking it in, its file, and reading it again."""

import csv
from collections import Counter
from datetime import date
from itertools import count

from benchmarks.processes import Cost, Costs, Measure, cost, least, output, python, tell
from benchmarks.program import YEAR, Program, megabytes

# A day in the year of the reports, and one long before it.
LAST_DAY = date(YEAR, 12, 31)
EARLIER_DAY = date(2010, 6, 15)

IMPORT, BARE_TABLES, PEAK = "import", "bare tables", "import, memory at its peak"
REPORT, CONTROL = "report of a year", "control of a year"
WAITING_TABLE, WAITING_JSON = "waiting list, table", "waiting list, JSON"
WAITING_EARLIER = "waiting list of 2010, JSON"
LISTED = "list of all with «Bergby» in their name"
OVERVIEW, SEARCH = "overview", "search by name"
COUNTING, STATEMENTS = "the counting itself", "a hand-written statement for each population"
# What is shown at every size.
GROWING = (IMPORT, REPORT, WAITING_TABLE, WAITING_JSON, OVERVIEW, SEARCH)
# What a second is enough for, whatever the size.
WITHIN_ONE = (
    WAITING_TABLE, WAITING_JSON, WAITING_EARLIER, SEARCH, LISTED, CONTROL, OVERVIEW,
)  # fmt: skip
# What is asked of a department with a long log; a second is enough for these too.
DEADLINES, SUGGESTION, HISTORY = "deadlines", "suggestion of volunteers", "history of a family"
WITH_A_LOG = (OVERVIEW, WAITING_TABLE, SEARCH, CONTROL)
# The exit code of a control that finds something, as it does in what is made up.
FOUND_SOMETHING = 4


def taken_in(program: Program, size: str) -> Costs:
    """Fills the department, and the same files into bare tables, in turns."""
    tell(f"Import, {size}")
    imports: list[Cost] = []
    numbers = count()

    def measure() -> float:
        imports.append(program.filled())
        return imports[-1].seconds

    def bare() -> float:
        target = program.folder / f"bare-{next(numbers)}.db"
        taken = cost(*python("-m", "benchmarks.bare_tables", program.files, target)).seconds
        target.unlink()
        return taken

    costs = least({f"{IMPORT}, {size}": measure, f"{BARE_TABLES}, {size}": bare})
    return costs | {
        f"{PEAK}, {size}": max(one.peak_mb for one in imports),
        f"CSV files, {size}": megabytes(program.files),
        f"database file, {size}": megabytes(program.database.parent),
    }


def read(program: Program, size: str) -> Costs:
    """A report, the waiting list, the overview and a search."""
    tell(f"Reading, {size}")
    measures = {
        REPORT: program.runs("rapport", "vis", YEAR),
        WAITING_TABLE: program.runs("venteliste", "--per", LAST_DAY),
        WAITING_JSON: program.runs("venteliste", "--per", LAST_DAY, "--format", "json"),
        OVERVIEW: program.runs(),
        SEARCH: program.runs("familie", "vis", _rare_name(program)),
    }
    return least({f"{name}, {size}": measure for name, measure in measures.items()})


def read_all(program: Program, size: str) -> Costs:
    """What is asked of the largest department alone."""
    tell(f"The control and the counting itself, {size}")
    measures = {
        COUNTING: _inside(program, "counting"),
        STATEMENTS: _inside(program, "statements"),
        WAITING_EARLIER: program.runs("venteliste", "--per", EARLIER_DAY, "--format", "json"),
        LISTED: program.runs("familie", "liste", "--søk", "Bergby"),
        CONTROL: program.runs("rapport", "kontroll", YEAR, code=FOUND_SOMETHING),
    }
    return least({f"{name}, {size}": measure for name, measure in measures.items()})


def with_a_log(program: Program, size: str) -> Costs:
    """What is asked every day, where the log has each record's own story: see `long_log`."""
    tell(f"A long log, {size}")
    cost(*python("-m", "benchmarks.long_log"), environment=program.environment)
    measures = {
        OVERVIEW: program.runs(),
        WAITING_TABLE: program.runs("venteliste", "--per", LAST_DAY),
        SEARCH: program.runs("familie", "vis", _rare_name(program)),
        CONTROL: program.runs("rapport", "kontroll", YEAR, code=FOUND_SOMETHING),
        DEADLINES: program.runs("personvern", "frister"),
        SUGGESTION: program.runs("oppdrag", "forslag", _waiting(program)),
        HISTORY: program.runs("data", "logg", "--post", program.family),
    }
    return least({f"{name}, {size}": measure for name, measure in measures.items()})


def _waiting(program: Program) -> str:
    """The number of a family that waits."""
    return str(program.json("venteliste")[0]["family_number"])


def report(program: Program, size: str) -> Costs:
    """The report alone."""
    tell(f"Reading, {size}")
    return least({f"{REPORT}, {size}": program.runs("rapport", "vis", YEAR)})


def _inside(program: Program, what: str) -> Measure:
    words = python("-m", "benchmarks.inside", what)
    return lambda: float(output(*words, environment=program.environment))


def _rare_name(program: Program) -> str:
    """A name that only one family has."""
    with (program.files / "familier.csv").open(encoding="utf-8-sig", newline="") as file:
        times = Counter(row["navn"] for row in csv.DictReader(file, delimiter=";"))
    return next(name for name, number in times.items() if number == 1)
