"""A report as JSON: the form's own order, figures and nothing that could name anybody."""

import json
from typing import Any

from hsf_cli.report.count import Cell, Report


def as_json(report: Report) -> str:
    """The report as one JSON object, as `docs/exchange.md` describes it."""
    return json.dumps(as_object(report), ensure_ascii=False, indent=1)


def as_object(report: Report) -> dict[str, Any]:
    """The report as the object that becomes JSON."""
    return {
        "year": report.year,
        "edition": report.form.edition,
        "department": report.department,
        "counted_at": report.counted_at.isoformat(timespec="seconds"),
        "locked_at": None,
        "chapter": {"number": report.form.number, "title": report.form.title},
        "sections": [
            {
                "number": section.number,
                "title": section.title,
                "tables": [
                    {"heading": table.heading, "rows": [_row(cell) for cell in table.cells]}
                    for table in section.tables
                ],
            }
            for section in report.sections
        ],
    }


def _row(cell: Cell) -> dict[str, Any]:
    row: dict[str, Any] = {
        "key": cell.row.key,
        "label": cell.label,
        "value": cell.figure if isinstance(cell.figure, int) else float(cell.figure),
        "unit": cell.row.unit,
        "missing": len(cell.missing),
    }
    if cell.row.unit == "årsverk":
        row["hours_per_fte"] = cell.hours_per_fte
    return row
