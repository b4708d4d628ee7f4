"""Quick commands on a department of 100 families, beside what Python alone must load.

The peers are measured in the same rounds (`peers`).
"""

from itertools import count
from pathlib import Path

from benchmarks import peers
from benchmarks.processes import Costs, Measure, least, output, python, seconds, tell
from benchmarks.program import HSF, Program

ROUNDS = 7
FLOOR = "floor"
SLOWEST_HELP = "`hsf GROUP --help`, the slowest"
COMPLETION = "completion of a name"
# The least that a command which reads the department and shows a table has to load.
_FLOOR = "import typer, rich.console, rich.table, sqlcipher3"
_GROUPS = """
from hsf_cli.commands.tree import COMMANDS
from hsf_cli.ui.commandline import Branch
print(*(name for name, one in COMMANDS.items() if isinstance(one, Branch)))
"""


def measured(program: Program, folder: Path) -> Costs:
    """The commands, the floor and the peers, in the same rounds."""
    tell("Start-up")
    helps = {f"`hsf {group} --help`": seconds(*HSF, group, "--help") for group in _groups()}
    costs = least(
        {
            FLOOR: seconds(*python("-c", _FLOOR)),
            **_commands(program),
            **helps,
            **peers.measures(program.files, folder),
        },
        ROUNDS,
    )
    return costs | {SLOWEST_HELP: max(costs[name] for name in helps)}


def _commands(program: Program) -> dict[str, Measure]:
    return {
        "`hsf`": program.runs(),
        "`hsf venteliste`": program.runs("venteliste"),
        "`hsf familie vis`": program.runs("familie", "vis", program.family),
        "`hsf timer ny`": _entering(program),
        "`hsf --help`": seconds(*HSF, "--help"),
        COMPLETION: _completing(program),
    }


def _entering(program: Program) -> Measure:
    """Two hours of guidance, on another day each time."""
    volunteer, days = program.volunteer, count(1)

    def measure() -> float:
        day = f"2024-02-{next(days):02}"
        return program.cost(
            "timer", "ny", "--kontakt", volunteer,
            "--type", "veiledning", "--dato", day, "--timer", "2",
        ).seconds  # fmt: skip

    return measure


def _completing(program: Program) -> Measure:
    """What a shell asks when Tab is pressed after the first letter of a family's name."""
    asked = {
        **program.environment,
        "_HSF_COMPLETE": "complete_bash",
        "COMP_WORDS": "hsf familie vis A",
        "COMP_CWORD": "3",
    }
    return seconds(*HSF, environment=asked)


def _groups() -> list[str]:
    return output(*python("-c", _GROUPS)).split()
