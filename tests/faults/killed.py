"""Programs that are killed in the middle of what they do (SIGKILL), as when a battery runs out."""

import multiprocessing
import os
import pkgutil
import random
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from hsf_cli import commands
from hsf_cli.app import main

Lines = Sequence[Sequence[str]]

# How many times each kind of work is killed: a few in the suite, 100 by `make faults`.
TIMES = max(2, int(os.environ.get("HSF_FAULTS", "0")) // 10)

# A program is forked from one that has imported everything: a moment then hits the work itself,
# and not Python on its way up. Windows can only begin anew each time.
if "forkserver" in multiprocessing.get_all_start_methods():
    _context = multiprocessing.get_context("forkserver")
    _context.set_forkserver_preload(
        [f"hsf_cli.commands.{module.name}" for module in pkgutil.iter_modules(commands.__path__)]
        + ["hsf_cli.app", "sqlite_utils", "keyring.backends.fail"]
    )
else:
    _context = multiprocessing.get_context("spawn")


@dataclass(frozen=True)
class Moment:
    """When a program is killed: so many changes of the files from its beginning, and seconds.

    A change is that a file appears, grows, shrinks or goes: a database's journal, or a copy that
    is being written.
    """

    changes: int
    seconds: float


# Between two looks at the files: the program needs the processor more than who looks on.
_A_LOOK = 0.0002
# After it has ended by itself.
NEVER = Moment(sys.maxsize, 0)


@dataclass(frozen=True)
class Ended:
    """How a program ended: how many of its command lines had ended with 0, and when it was."""

    confirmed: int
    at: Moment


def run(lines: Lines, folder: Path, moment: Moment = NEVER) -> Ended:
    """Runs command lines one after another until the moment, or until one does not end with 0.

    The files that are looked at are those in the folder. What the commands say on stderr is in its
    `stderr.txt`.
    """
    ours, theirs = _context.Pipe(duplex=False)
    process = _context.Process(target=_program, args=(lines, dict(os.environ), folder, theirs))
    process.start()
    theirs.close()
    ours.recv()  # it is about to begin
    begun, changes, before = time.monotonic(), 0, _sizes(folder)
    while changes < moment.changes and process.is_alive():
        if (now := _sizes(folder)) != before:
            changes, before = changes + 1, now
        time.sleep(_A_LOOK)
    seconds = time.monotonic() - begun
    process.join(moment.seconds)
    process.kill()
    process.join()
    return Ended(_received(ours), Moment(changes, seconds))


def moments(ends: Sequence[Moment]) -> Iterator[Moment]:
    """Moments all over work whose parts take so long, every other one right after a change."""
    chance = random.Random(TIMES)
    changes, seconds = sum(end.changes for end in ends), sum(end.seconds for end in ends)
    for number in range(TIMES):
        if number % 2 or not changes:
            yield Moment(0, chance.uniform(0, seconds))
        else:
            yield Moment(chance.randint(1, changes), chance.uniform(0, 0.002))


def _program(lines: Lines, environment: dict[str, str], folder: Path, told: Connection) -> None:
    os.environ.update(environment)
    with (folder / "stderr.txt").open("wb") as stderr, open(os.devnull, "r+b") as nothing:
        for descriptor, file in enumerate((nothing, nothing, stderr)):
            os.dup2(file.fileno(), descriptor)
    told.send("begun")
    for line in lines:
        if main(line) != 0:
            break
        told.send("confirmed")


def _received(told: Connection) -> int:
    """How many were told of."""
    count = 0
    with suppress(EOFError), told:
        while told.recv():
            count += 1
    return count


def _sizes(folder: Path) -> dict[str, int]:
    """Every file in the folder and those in it, with its size."""
    found: dict[str, int] = {}
    with suppress(FileNotFoundError), os.scandir(folder) as entries:  # it goes meanwhile
        for entry in entries:
            if entry.is_dir():
                found |= _sizes(Path(entry.path))
            else:
                found[entry.path] = entry.stat().st_size
    return found
