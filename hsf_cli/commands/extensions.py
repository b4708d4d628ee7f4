"""The extensions of assignments: what is said of one, and one that is mended or removed."""

from collections.abc import Mapping
from typing import Any

import typer

from hsf_cli.change import Change
from hsf_cli.commands.fields import Fields
from hsf_cli.commands.records import edit, remove
from hsf_cli.registers import editing, extending
from hsf_cli.store import Store

EXTENSION = Fields("extension", but=("oppdrag",), flags={"besluttet": "--dato"})


def mend(
    ctx: typer.Context,
    which: str,
    typed: Mapping[str, str],
    despite: str | None,
    *,
    delete: bool,
    yes: bool,
) -> None:
    """Mends or removes an extension that is named by its own number; the closing talk follows."""
    if delete:
        remove(ctx, "extension", which, yes=yes, also=_follow_removed)
    else:
        edit(
            ctx, EXTENSION, which, typed, despite,
            refuse=lambda store, number, after: extending.refuse_extension(store, after, number),
            also=_follow,
        )  # fmt: skip


def _follow(store: Store, change: Change, number: int, after: Mapping[str, Any]) -> None:
    extending.follow_extension(store, change, after["assignment_id"], after["until_on"], number)


def _follow_removed(store: Store, change: Change, number: int) -> None:
    assignment = editing.record(store, "extension", number)["assignment_id"]
    extending.follow_extension(store, change, assignment, None, number)
