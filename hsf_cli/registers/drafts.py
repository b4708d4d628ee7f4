"""Interviews that were broken off: kept under the record they are about, and gone with it."""

from hsf_cli.change import Change


def name(table: str, number: int) -> str:
    """What the answers about a record are kept under, whatever command they were given to."""
    return f"{table} {number}"


def forget(change: Change, table: str, number: int) -> None:
    """Takes away the answers about a record: they are records now, or it is gone or closed."""
    change.forget_draft(name(table, number))
