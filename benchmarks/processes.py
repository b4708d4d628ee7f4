"""Runs whole processes, and says how much time and memory they took."""

import math
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass

ROUNDS = 3
# What has taken this many seconds in all is not run again: other work disturbs it little.
ENOUGH = 10
# What takes more than this many seconds is stopped, and counts as endless.
LIMIT = 100
_MAXRSS_PER_MB = 1024**2 if sys.platform == "darwin" else 1024


@dataclass(frozen=True)
class Cost:
    """What a process took: seconds of processor time, and its memory at the most, in MB.

    Processor time, not the clock's: other work on the machine disturbs it less.
    """

    seconds: float
    peak_mb: float


# What an environment says beside what it says to us.
Environment = Mapping[str, object]
NOTHING: Environment = {}
# What something cost, by what it is called in the tables: mostly seconds.
Costs = dict[str, float]
Measure = Callable[[], float]


def least(measures: Mapping[str, Measure], rounds: int = ROUNDS) -> Costs:
    """The least that each of them gave: when it was disturbed the least.

    All are run once before any is run again, so that a machine that is slow for a while is so for
    all of them.
    """
    given: dict[str, list[float]] = {name: [] for name in measures}
    for _ in range(rounds):
        for name, measure in measures.items():
            if sum(given[name]) < ENOUGH:
                given[name].append(measure())
    costs = {name: min(figures) for name, figures in given.items()}
    for name, figure in costs.items():
        tell(f"  {name}: {figure:.3f} s")
    return costs


def seconds(*command: object, environment: Environment = NOTHING, code: int = 0) -> Measure:
    """What measures the seconds that a command takes, which ends with that exit code."""
    return lambda: cost(*command, environment=environment, code=code).seconds


def python(*words: object) -> list[object]:
    """The command that runs this Python with those words."""
    return [sys.executable, *words]


def cost(*command: object, environment: Environment = NOTHING, code: int = 0) -> Cost:
    """What a command took. Raises CalledProcessError where it ended with another exit code.

    `wait4` gives the child's own figures. A child starts with its parent's memory in the books,
    so whoever calls this must stay small: what is large is made in a process of its own.
    """
    words = [str(word) for word in command]
    process = subprocess.Popen(
        words,
        env=_with(environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        preexec_fn=_limit,
    )
    assert process.stderr
    errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    peak = usage.ru_maxrss / _MAXRSS_PER_MB
    if process.returncode == -signal.SIGXCPU:
        return Cost(math.inf, peak)
    if process.returncode != code:
        tell(errors.decode())
        raise subprocess.CalledProcessError(process.returncode, words)
    return Cost(usage.ru_utime + usage.ru_stime, peak)


def output(*command: object, environment: Environment = NOTHING) -> str:
    """What a command writes on stdout. Raises CalledProcessError where it failed."""
    return subprocess.run(
        [str(word) for word in command],
        env=_with(environment),
        check=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ).stdout


def tell(text: str) -> None:
    """Says on stderr how far it has come: the tables go to stdout."""
    print(text, file=sys.stderr, flush=True)  # noqa: T201


def _with(environment: Environment) -> dict[str, str]:
    """Our own environment and that, without what it tells Python: to compile anew, for example."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return ours | {name: str(value) for name, value in environment.items()}


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (LIMIT, LIMIT + 1))
