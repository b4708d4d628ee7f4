"""A report as JSON: the form's own order, figures and nothing that could name anybody."""

import json
from typing import Any

from hsf_cli.report.figures import Figures, Line


def as_json(figures: Figures) -> str:
    """The report as one JSON object, as `docs/exchange.md` describes it."""
    return json.dumps(as_object(figures), ensure_ascii=False, indent=1)


def as_object(figures: Figures) -> dict[str, Any]:
    """The report as the object that becomes JSON."""
    return {
        "year": figures.year,
        "edition": figures.edition,
        "department": figures.department,
        "counted_at": figures.counted_at and figures.counted_at.isoformat(timespec="seconds"),
        "locked_at": figures.locked_at and figures.locked_at.isoformat(timespec="seconds"),
        **({"as_known": figures.as_known.isoformat()} if figures.as_known else {}),
        "chapter": {"number": figures.number, "title": figures.title},
        "sections": [
            {
                "number": section.number,
                "title": section.title,
                "tables": [
                    {
                        "heading": table.heading,
                        "rows": [_row(line, figures.hours_per_fte) for line in table.lines],
                    }
                    for table in section.tables
                ],
            }
            for section in figures.sections
        ],
    }


def _row(line: Line, hours_per_fte: int | None) -> dict[str, Any]:
    row: dict[str, Any] = {
        "key": line.key,
        "label": line.label,
        "value": line.value if line.value is None or line.unit == "antall" else float(line.value),
        "unit": line.unit,
        "missing": line.missing,
    }
    if line.hidden:
        row["hidden"] = True
    if line.unit == "årsverk" and hours_per_fte:
        row["hours_per_fte"] = hours_per_fte
    return row
