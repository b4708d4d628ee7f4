"""What encryption costs: opening with the stored key, and whole commands with and without it."""

from benchmarks.processes import Costs, Measure, cost, least, output, python, seconds, tell
from benchmarks.program import YEAR, Program

OPENING = "opening with the stored key"
COMMANDS: dict[str, tuple[object, ...]] = {
    "`hsf venteliste`": ("venteliste",),
    "`hsf rapport vis`": ("rapport", "vis", YEAR),
}
ROUNDS = 7


def opening(program: Program) -> Costs:
    """Opening the department, inside a process."""
    tell("Opening")
    words = python("-m", "benchmarks.inside", "opening")
    return least({OPENING: lambda: float(output(*words, environment=program.environment))}, ROUNDS)


def measured(program: Program, size: str) -> Costs:
    """The same commands on the department and on a copy of it without encryption."""
    tell(f"Encryption, {size}")
    plain = program.folder / "plain.db"
    cost(*_words("copy", plain), environment=program.environment)
    measures: dict[str, Measure] = {}
    for name, words in COMMANDS.items():
        encrypted = seconds(*_words("encrypted", *words), environment=program.environment)
        measures[f"{name}, {size}, encrypted"] = encrypted
        bare = {**program.environment, "HSF_DATABASE": plain}
        measures[f"{name}, {size}, unencrypted"] = seconds(
            *_words("plain", *words), environment=bare
        )
    return least(measures, ROUNDS)


def _words(*words: object) -> list[object]:
    return python("-m", "benchmarks.unencrypted", *words)
