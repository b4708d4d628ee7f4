"""Extensions: an assignment is to last until a later day, and its closing talk with it."""

from collections.abc import Mapping, Sequence
from typing import Any

from hsf_cli.change import Change
from hsf_cli.dates import written
from hsf_cli.errors import Stopped
from hsf_cli.registers import follow_ups
from hsf_cli.store import Row, Store


def extensions(store: Store, number: int) -> list[Row]:
    """The extensions of an assignment, in the order they reach."""
    return store.rows(
        "SELECT * FROM extension WHERE assignment_id = :number ORDER BY until_on, id", number=number
    )


def refuse_extension(store: Store, extension: Mapping[str, Any], but: int | None = None) -> None:
    """Raises Stopped where an extension does not reach beyond what was planned without it.

    One that is there already, `but`, is held against those before it alone.
    """
    number = extension["assignment_id"]
    earlier = [row for row in extensions(store, number) if but is None or row["id"] < but]
    end = follow_ups.dates_of(store, number)._replace(extended_to=_latest(earlier)).planned_to
    if extension["until_on"] <= end:
        raise Stopped(
            f"Oppdraget er allerede planlagt til {written(end)}.", "Velg en senere dag med --til."
        )


def follow_extension(
    store: Store,
    change: Change,
    assignment: int,
    until_on: str | None,
    but: int | None = None,
) -> None:
    """Moves the closing follow-up, before an extension lasts until another day, or goes away.

    `but` is the number of an extension that is there already.
    """
    others = [row for row in extensions(store, assignment) if row["id"] != but]
    latest = max(filter(None, (_latest(others), until_on)), default=None)
    after = follow_ups.dates_of(store, assignment)._replace(extended_to=latest)
    follow_ups.follow(store, change, assignment, after)


def extend(store: Store, change: Change, extension: Mapping[str, Any]) -> int:
    """Adds an extension, and moves the closing follow-up with the end; gives its number."""
    follow_extension(store, change, extension["assignment_id"], extension["until_on"])
    return change.insert("extension", **extension)


def _latest(extensions: Sequence[Row]) -> str | None:
    return max((row["until_on"] for row in extensions), default=None)
