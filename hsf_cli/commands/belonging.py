"""What belongs to a record, as its `vis` lists it."""

import json
from collections.abc import Callable, Sequence
from typing import Any

from hsf_cli import dates
from hsf_cli.codes import code_list
from hsf_cli.commands.fields import Fields, Prompt, label
from hsf_cli.exchange.sheet import Column as SheetColumn
from hsf_cli.records import numbered
from hsf_cli.registers import exceptions
from hsf_cli.store import Row, Store
from hsf_cli.ui.listing import Column, Listing

_ASSIGNMENTS = """
SELECT a.id AS number, f.name AS family_name, v.name AS volunteer_name, a.started_on, a.ended_on,
       a.end_reason
  FROM assignment a
  JOIN inquiry i ON i.id = a.inquiry_id JOIN family f ON f.id = i.family_id
  JOIN volunteer v ON v.id = a.volunteer_id
 WHERE {column} = :number ORDER BY a.started_on, a.id
"""


def of_fields(fields: Fields, rows: Sequence[Row], prompt: Prompt) -> Listing:
    """Records of one kind, with the columns that any of them fills."""
    kind = fields.sheet.kind
    filled = [
        column
        for column in fields.columns
        if any(row[column.field] not in (None, column.value.blank) for row in rows)
    ]
    return Listing(
        [
            Column("number", "Nr."),
            *(Column(column.field, label(column), _written(column, prompt)) for column in filled),
        ],
        [{"number": kind.name(row["id"]), **fields.data(row)} for row in rows],
    )


def _written(column: SheetColumn, prompt: Prompt) -> Callable[[Any], str]:
    """How a column's value is written, as `Fields.data` gives it."""

    def written(value: Any) -> str:
        stored = json.dumps(value) if isinstance(value, list) else value
        return column.value.for_people(stored, prompt)

    return written


def assignments_of(store: Store, column: str, number: int) -> Listing:
    """The assignments of a family, an inquiry or a volunteer, by the column that refers to it."""
    owner = "i" if column == "family_id" else "a"
    rows = store.rows(_ASSIGNMENTS.format(column=f"{owner}.{column}"), number=number)
    return Listing(
        [
            Column("number", "Nr."),
            Column("family_name", "Familie", main=True, personal=True),
            Column("volunteer_name", "Familiekontakt", detail="med", personal=True),
            Column("started_on", "Startet", dates.written),
            Column("ended_on", "Avsluttet", dates.written),
            Column(
                "end_reason", "Grunn", code_list("assignment_ended").labels.__getitem__, detail=""
            ),
        ],
        numbered("assignment", rows),
    )


def exceptions_of(store: Store, table: str, number: int) -> Listing:
    """The rules gone on against for a record or what belongs to it, with the reasons."""
    return exception_listing(exceptions.exceptions(store, table, number))


def exception_listing(rows: Sequence[dict[str, Any]]) -> Listing:
    """Exceptions, each with the record it is about."""
    return Listing(
        [
            Column("number", "Nr."),
            Column("rule", "Regel"),
            Column("about", "Gjelder"),
            Column("decided_on", "Dato", dates.written),
            Column("reason", "Begrunnelse", main=True),
            Column("about_name", "Navn", personal=True, detail=""),
        ],
        rows,
        "Ingen unntak: ingen har gått videre mot en regel.",
    )
