"""What is measured, by what it is divided, and the goal: every row of the tables."""

from collections.abc import Mapping
from dataclasses import dataclass

from benchmarks import peers
from benchmarks.documents import ENDINGS
from benchmarks.encryption import COMMANDS, OPENING, OPENING_PLAIN
from benchmarks.sizes import (
    BARE_TABLES,
    COUNTING,
    DEADLINES,
    HISTORY,
    IMPORT,
    PEAK,
    REPORT,
    STATEMENTS,
    SUGGESTION,
    WITH_A_LOG,
    WITHIN_ONE,
)
from benchmarks.start_up import COMPLETION, FLOOR, SLOWEST_HELP


@dataclass(frozen=True)
class Row:
    """A cost by its name, divided by another where that is named, and what it may be at most."""

    what: str
    over: str = ""
    at_most: float | None = None
    unit: str = "s"


USUAL, COUNTRY, NEIGHBOURS = "100 families", "25 years", "3 years"
LOGGED = "25 years with a long log"
GROWTH = ("1 year", "5 years", COUNTRY)


def _of(size: str, what: str, over: str = "", at_most: float | None = None, unit: str = "s") -> Row:
    """A row of two costs of the same department."""
    return Row(f"{what}, {size}", over and f"{over}, {size}", at_most, unit)


def _beside_peers(command: str) -> list[Row]:
    """A quick command: at most a quarter above the floor, and ahead of what others do."""
    return [
        Row(command, FLOOR, 1.25),
        Row(command, peers.SQLITE_UTILS, 0.75),
        Row(command, peers.TODOMAN, 1),
        Row(command, peers.JRNL, 1),
        Row(command, peers.WATSON),
    ]


TABLES: Mapping[str, list[Row]] = {
    "Start-up, in a department of 100 families": [
        Row(FLOOR),
        *_beside_peers("`hsf venteliste`"),
        *_beside_peers("`hsf`"),
        *_beside_peers("`hsf familie vis`"),
        Row("`hsf timer ny`", FLOOR, 1.6),
        Row("`hsf timer ny`", peers.SQLITE_UTILS),
        Row("`hsf --help`", FLOOR, 1.25),
        Row(SLOWEST_HELP, FLOOR, 1.25),
        Row(COMPLETION, FLOOR, 1),
    ],
    "25 years of the whole country: 27,000 families, 800,000 hours entries": [
        _of(COUNTRY, REPORT, at_most=2),
        Row(f"{REPORT}, {COUNTRY}", f"{REPORT}, {NEIGHBOURS}", 1.5),
        _of(COUNTRY, COUNTING, STATEMENTS, 3),
        *(_of(COUNTRY, what, at_most=1) for what in WITHIN_ONE),
    ],
    "The same, entered one by one: 1.2 million changes in the log": [
        *(_of(LOGGED, what, at_most=1) for what in WITH_A_LOG),
        *(_of(LOGGED, what) for what in (DEADLINES, SUGGESTION, HISTORY)),
    ],
    "Import, and the file": [
        *(_of(size, IMPORT, BARE_TABLES, 8) for size in (USUAL, *GROWTH)),
        _of(COUNTRY, PEAK, at_most=1_000, unit="MB"),
        *(_of(size, "database file", "CSV files", 3, "MB") for size in (USUAL, *GROWTH)),
    ],
    "Documents of the full report": [
        Row(f"`hsf rapport skriv`, {ending}", at_most=1) for ending in ENDINGS
    ],
    "Encryption": [
        Row(OPENING, at_most=0.002),
        Row(OPENING_PLAIN),
        *(
            Row(f"{command}, {size}, encrypted", f"{command}, {size}, unencrypted", 1.05)
            for size in (USUAL, COUNTRY)
            for command in COMMANDS
        ),
    ],
}
