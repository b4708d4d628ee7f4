"""What is measured inside a process: opening the department, and counting a year.

Run as `python -m benchmarks.inside opening|counting|statements` with the department's environment:
writes the seconds of processor time that it took, once, in a process that has only imported.
"""

import sys
from collections.abc import Callable
from datetime import datetime
from time import process_time

from benchmarks.plain_statements import STATEMENTS
from benchmarks.program import YEAR
from hsf_cli import places
from hsf_cli.populations import Period
from hsf_cli.registers import department
from hsf_cli.report import count, forms
from hsf_cli.store import Store

FORM = forms.shipped(forms.edition_for(YEAR))


def opening() -> float:
    """The seconds to open the department with the key that is kept for it."""
    began = process_time()
    store = _opened()
    taken = process_time() - began
    store.close()
    return taken


def counting() -> float:
    """The seconds to count the year's form."""
    return _timed(_counted)[0]


def statements() -> float:
    """The seconds to fetch what the hand-written statements give, which are the same records."""
    taken, by_hand = _timed(_fetched)
    counted = _timed(_counted)[1]
    differing = {name: len(by_hand[name] ^ ids) for name, ids in counted.items()}
    assert counted == by_hand, f"Records that only one of the two has: {differing}"
    return taken


Records = dict[str, set[int]]


def _timed(work: Callable[[Store], Callable[[], Records]]) -> tuple[float, Records]:
    """The seconds of the work on a connection that has read nothing, and the records it found."""
    with _opened() as store:
        began = process_time()
        found = work(store)
        taken = process_time() - began
        return taken, found()


def _counted(store: Store) -> Callable[[], Records]:
    report = count.counted(store, FORM, YEAR, datetime.now())
    return lambda: {name: {row["id"] for row in rows} for name, rows in report.populations.items()}


def _fetched(store: Store) -> Callable[[], Records]:
    year = Period.year(YEAR)
    days = {"first": year.first.isoformat(), "last": year.last.isoformat(), "year": YEAR}
    rows = {name: store.rows(sql, **days) for name, sql in STATEMENTS.items()}
    return lambda: {name: {row[0] for row in found} for name, found in rows.items()}


def _opened() -> Store:
    return department.opened(places.database(), lambda: "")


if __name__ == "__main__":
    measure = {"opening": opening, "counting": counting, "statements": statements}[sys.argv[1]]
    sys.stdout.write(f"{measure()}\n")
