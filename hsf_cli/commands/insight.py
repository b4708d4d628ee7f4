"""What is kept on a family or a volunteer, put so that they can be given it.

It answers article 15 of the GDPR: what, why, from whom, for whom, how long, and what was done.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hsf_cli import copies
from hsf_cli.commands.fields import Fields, Prompt
from hsf_cli.records import KINDS
from hsf_cli.registers import insight
from hsf_cli.registers.department import Department, settings
from hsf_cli.registers.events import Event, events
from hsf_cli.registers.insight import Draft, Step
from hsf_cli.store import Store

CONCERNS = "concern_report"
# What is shown of a kind instead of the records that it refers to, by the words for it.
INSTEAD: Mapping[str, Mapping[str, str]] = {
    "activity_family": {"held_on": "Dato", "title": "Aktivitet", "place": "Sted"},
    "course_registration": {"course": "Kurs", "starts_on": "Begynte"},
    "attendance": {"held_on": "Dato", "theme": "Tema"},
    "assignment": {"volunteer": "Familiekontakt", "family_id": "Familie"},
}


@dataclass(frozen=True)
class Extract:
    """Everything that is to be handed over."""

    table: str
    number: int
    name: str
    department: Department
    records: Mapping[str, Sequence[Mapping[str, Any]]]
    steps: Sequence[Step]
    # What was answered in interviews that were broken off, and is no record yet.
    drafts: Sequence[Draft]
    # When files with names were written out of the whole register.
    exports: Sequence[Event]
    # When the copies were made that have it too.
    copies: Sequence[datetime]
    prompt: Prompt

    @property
    def short(self) -> str:
        """F12, V3."""
        return KINDS[self.table].name(self.number)


def extract(store: Store, table: str, number: int, *, concerns: bool = True) -> Extract:
    """What is kept on a family or volunteer; with the reports of concern or without."""
    with store.reading():
        records = insight.kept(store, table, number)
        steps = list(insight.steps(store, table, number))
        if not concerns:
            records.pop(CONCERNS, None)
            steps = [one for step in steps if (one := step.without(CONCERNS))]
        began = steps[0].change_set.made_at if steps else ""
        (person,) = records[table]
        return Extract(
            table,
            number,
            person["name"],
            settings(store),
            records,
            steps,
            insight.begun(store, table, number),
            [one for one in events(store) if one.named and one.made_at >= began],
            _copies(store, began),
            Prompt(store),
        )


def _copies(store: Store, began: str) -> list[datetime]:
    """When the copies were made that have somebody in them who has been here since then."""
    found = copies.found(copies.folders(store), store.salt)
    return sorted(one.made_at for one in found if one.made_at.isoformat() >= began[:19])


def as_json(found: Extract) -> str:
    """The extract for other programs, with English keys."""
    data = {
        "kind": found.table,
        "number": found.short,
        "name": found.name,
        "department": found.department.name,
        "operator": found.department.operator,
        "made_on": found.prompt.today.isoformat(),
        "retention_months": found.department.retention_months,
        "records": {
            kind: [_data(kind, row) for row in rows] for kind, rows in found.records.items()
        },
        "log": [_step_data(step) for step in found.steps],
        "broken_off": [{"begun_at": one.begun_at, "answers": one.answers} for one in found.drafts],
        "copies": [one.isoformat() for one in found.copies],
        "exports": [{"made_at": one.made_at, "command": one.command} for one in found.exports],
    }
    return json.dumps(data, ensure_ascii=False, indent=1)


def _data(kind: str, row: Mapping[str, Any]) -> dict[str, Any]:
    fields = Fields(kind)
    beside = {name: row.get(name) for name in INSTEAD.get(kind, {}) if name in row}
    told = {"number": KINDS[kind].name(row["id"]), "imported_id": row["imported_id"]}
    return {**told, **fields.data(row), **beside}


def _step_data(step: Step) -> dict[str, Any]:
    return {
        "number": step.change_set.number,
        "made_at": step.change_set.made_at,
        "made_by": step.change_set.made_by,
        "command": step.change_set.command,
        "counts": [
            {"kind": kind, "outcome": outcome, "count": count}
            for (kind, outcome), count in step.counts.items()
        ],
        "changed": [
            {
                "record": KINDS[kind].name(number),
                "fields": {name: {"before": was, "after": now}
                           for name, (was, now) in fields.items()},
            }
            for kind, number, fields in step.changed
        ],
    }  # fmt: skip
