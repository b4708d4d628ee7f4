"""What is the same wherever two records become one: nothing that either of them says is lost."""

from collections.abc import Collection, Mapping
from typing import Any

from hsf_cli.change import Change
from hsf_cli.errors import Stopped, WrongUse
from hsf_cli.records import KINDS, tombstone
from hsf_cli.store import Row, Store
from hsf_cli.whose import is_anonymised

# How to put, in a note, what each of the records says, by its number and the field.
Said = Mapping[int, Mapping[str, str]]

_NOT_COMPARED = {"id", "imported_id", "note"}
_OTHER = "_other"


def refuse_joining(store: Store, table: str, kept: int, other: int) -> None:
    """Raises WrongUse for a record and itself, and Stopped where one of the two is anonymised.

    What is told of somebody must not come to stand where nobody is to be known.
    """
    kind = KINDS[table]
    if kept == other:
        raise WrongUse(
            f"Det er samme {kind.singular} to ganger.",
            f"Skriv en annen {kind.singular} som DEN-ANDRE.",
        )
    for number in (kept, other):
        if is_anonymised(store, table, number):
            raise Stopped(
                f"{kind.name(number)} er anonymisert, og kan ikke slås sammen med noen.",
                "La de to stå hver for seg.",
            )


def conflicts(
    ours: Mapping[str, Any], theirs: Mapping[str, Any], but: Collection[str] = ()
) -> list[str]:
    """The fields where both records say something, and not the same; those in `but` aside."""
    return [
        name
        for name, value in theirs.items()
        if name not in _NOT_COMPARED
        and name not in but
        and value is not None
        and ours[name] != value
        and (ours[name] is not None or not _has_room(name, ours, theirs, but))
    ]


def completed(
    ours: Mapping[str, Any], theirs: Mapping[str, Any], but: Collection[str] = ()
) -> dict[str, Any]:
    """What only the other record says, which the kept one has room for; those in `but` aside."""
    return {
        name: value
        for name, value in theirs.items()
        if name not in _NOT_COMPARED
        and name not in but
        and value is not None
        and ours[name] is None
        and _has_room(name, ours, theirs, but)
    }


def _has_room(
    name: str, ours: Mapping[str, Any], theirs: Mapping[str, Any], but: Collection[str]
) -> bool:
    """Whether a field can hold what the other says: what «annet» was follows its own code."""
    field = name.removesuffix(_OTHER)
    return field == name or field in but or ours[field] in (None, theirs[field])


def note(*texts: str | None) -> str | None:
    """The notes as one, a line for each; None where there is nothing."""
    return "\n".join(text for text in texts if text) or None


def bury(
    store: Store,
    change: Change,
    table: str,
    row: Mapping[str, Any] | Row,
    *,
    into: int | None = None,
) -> None:
    """Lets an old file that still has the record say so, and not bring it back.

    Of a family or a volunteer the log keeps which one it went `into` (`whose.ever`).
    """
    for id in dict.fromkeys((row["imported_id"], KINDS[table].name(row["id"]))):
        if id:
            change.bury(table, tombstone(store.salt, table, id), into=into)
