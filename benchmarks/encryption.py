"""What encryption costs: opening with the stored key, and whole commands with and without it."""

from benchmarks.processes import Costs, Measure, cost, least, output, python, seconds, tell
from benchmarks.program import YEAR, Program

OPENING, OPENING_PLAIN = "opening with the stored key", "opening a copy without encryption"
COMMANDS: dict[str, tuple[object, ...]] = {
    "`hsf venteliste`": ("venteliste",),
    "`hsf rapport vis`": ("rapport", "vis", YEAR),
}
ROUNDS = 7


def opening(program: Program) -> Costs:
    """Opening the department, inside a process; and a copy of it that has no key."""
    tell("Opening")
    plain = program.folder / "plain.db"
    cost(*_words("copy", plain), environment=program.environment)
    return least(
        {
            OPENING: _opening(program, python("-m", "benchmarks.inside", "opening")),
            OPENING_PLAIN: _opening(program, _words("opening"), HSF_DATABASE=plain),
        },
        ROUNDS,
    )


def _opening(program: Program, words: list[object], **otherwise: object) -> Measure:
    environment = {**program.environment, **otherwise}
    return lambda: float(output(*words, environment=environment))


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
