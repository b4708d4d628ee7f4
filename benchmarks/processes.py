"""Runs whole processes, and says how much time and memory they took."""

import os
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass

_MAXRSS_PER_MB = 1024**2 if sys.platform == "darwin" else 1024


@dataclass(frozen=True)
class Cost:
    """What a process took: seconds of processor time, and its memory at the most, in MB.

    Processor time, not the clock's: other work on the machine disturbs it less.
    """

    seconds: float
    peak_mb: float


def least(costs: Iterable[Cost]) -> Cost:
    """The one that took the least time: the one that was disturbed the least."""
    return min(costs, key=lambda cost: cost.seconds)


def python(*words: object, **environment: object) -> Cost:
    """What this Python took to run those words. Raises CalledProcessError where it failed.

    `wait4` gives the child's own figures. A child starts with its parent's memory in the books,
    so whoever calls this must stay small: what is large is made in a process of its own.
    """
    command = [sys.executable, *map(str, words)]
    variables = os.environ | {name: str(value) for name, value in environment.items()}
    process = subprocess.Popen(command, env=variables, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / _MAXRSS_PER_MB)
