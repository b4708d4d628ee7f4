"""Programs that are killed in the middle of what they do (SIGKILL), as by a power cut."""

import os
import random
import subprocess
import time
from collections.abc import Iterator, Sequence

# How many moments to try: few in the suite, many where `make faults` says so.
_MANY = "HSF_FAULTS"


def killed_at(command: Sequence[str], seconds: float) -> bool:
    """Starts the command, kills it after so long, and says whether it was still at it."""
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            return True
    return False


def seconds_of(command: Sequence[str]) -> float:
    """How long the command takes when nobody kills it; it must succeed."""
    begun = time.monotonic()
    subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=True)
    return time.monotonic() - begun


def moments(few: int, seconds: float, seed: int = 1) -> Iterator[float]:
    """Random moments within so many seconds; `few`, or as many as `HSF_FAULTS` says."""
    chance = random.Random(seed)
    for _ in range(int(os.environ.get(_MANY, few))):
        yield chance.uniform(0, seconds)
