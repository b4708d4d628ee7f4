"""A proof as JSON: the report's own object, and in each row the records that it counts."""

import json
from fractions import Fraction
from typing import Any

from hsf_cli.report.output.as_json import as_object
from hsf_cli.report.proof import Counted, Proof, Record, RowProof


def as_json(proof: Proof) -> str:
    """The proof as one JSON object."""
    shown = as_object(proof.figures)
    rows = [
        row for section in shown["sections"] for table in section["tables"] for row in table["rows"]
    ]
    for row, (_, _, proved) in zip(rows, proof.rows, strict=True):
        row.update(_proved(proved, named=proof.named))
    return json.dumps(shown, ensure_ascii=False, indent=1)


def _proved(row: RowProof, *, named: bool) -> dict[str, Any]:
    return {
        "definition": row.definition,
        "records": [_counted(one, row, named=named) for one in row.counted],
        "left_out": [
            {**_record(one.record, named=named), "reason": one.reason.text} for one in row.left_out
        ],
    }


def _counted(one: Counted, row: RowProof, *, named: bool) -> dict[str, Any]:
    found: dict[str, Any] = _record(one.record, named=named)
    if one.share is None:
        return found
    # The values add up to the figure before it is rounded; what they are made of stands beside.
    found["value"] = _number(one.share.value)
    if row.cell.row.unit != "antall" and row.divisor != 1:
        found["hours"] = _number(one.share.amount or Fraction(0))
    if one.share.per is not None:
        found[row.cell.row.measure.per] = one.share.per
    return found


def _record(record: Record, *, named: bool) -> dict[str, Any]:
    return {"id": record.id, "name": record.name} if named else {"id": record.id}


def _number(value: Fraction) -> int | float:
    return int(value) if value.denominator == 1 else float(value)
