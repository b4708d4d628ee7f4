"""What the control finds: how much it weighs, which records it is about, what mends each."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from hsf_cli.records import Kind
from hsf_cli.store import Row


class Weight(IntEnum):
    """How much a finding weighs; the last weight does not stand against the report."""

    CONTRADICTION = 1
    MISSING = 2
    IMPROBABLE = 3
    NOTEWORTHY = 4


@dataclass(frozen=True)
class About:
    """A record that a finding is about, as people and files know it, and what mends it."""

    # The short name at the prompt (F12), and the id that files know it by.
    number: str
    id: str
    name: str
    # What of it the finding means, without anybody's name.
    detail: str = ""
    command: str = ""


@dataclass(frozen=True)
class Finding:
    """Something that the control found."""

    weight: Weight
    # What sort of finding it is, in a word that other programs can rely on.
    kind: str
    text: str
    # The way forward; and the command, where one mends it for every record at once.
    remedy: str = ""
    command: str = ""
    # The row of the form that it shows in first, where it shows in one; and that row's section.
    key: str = ""
    section: str = ""
    records: tuple[About, ...] = ()


def against(findings: Sequence[Finding]) -> list[Finding]:
    """Those that stand against handing the report in."""
    return [finding for finding in findings if finding.weight < Weight.NOTEWORTHY]


def about(kind: Kind, record: Row, detail: str = "", command: str = "") -> About:
    """A record of that kind, given by its `id`, `imported_id` and `name`.

    The command may have the record's short name in it, as `{}`.
    """
    number = kind.name(record["id"])
    return About(
        number,
        record["imported_id"] or number,
        record["name"],
        detail,
        command.format(number),
    )
