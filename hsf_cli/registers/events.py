"""What was done that changed no record: files written, copies made, the department set back.

It is beside the log of changes, and cannot be taken back: a file that is out is out.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from hsf_cli import dates
from hsf_cli.change import user
from hsf_cli.registers.history import EVER, Days
from hsf_cli.store import Store


@dataclass(frozen=True)
class Event:
    """One such thing: when (the writer's local time, ISO), who, by which command."""

    made_at: str
    made_by: str
    command: str
    # Whether names went with it, readable by whoever has the file.
    named: bool


def note(store: Store, command: str, *, named: bool) -> None:
    """Keeps that it was done now. What was written where is not kept: a path can hold a name."""
    made_at = dates.now().isoformat(timespec="seconds")
    event = {"made_at": made_at, "made_by": user(), "command": command, "named": int(named)}
    store.note("event", [event])


def events(store: Store, *, days: Days = EVER) -> Iterator[Event]:
    """All of them, or those of some days, newest first."""
    rows = store.rows(
        "SELECT made_at, made_by, command, named FROM event"
        " WHERE substr(made_at, 1, 10) BETWEEN :first AND :last ORDER BY id DESC",
        first=days[0],
        last=days[1],
    )
    return (
        Event(made_at, made_by, command, bool(named)) for made_at, made_by, command, named in rows
    )
