"""The departments' reports together, as a page, as CSV and as JSON."""

import json
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hsf_cli import numbers
from hsf_cli.documents.pieces import NO_VALUE
from hsf_cli.report import in_words
from hsf_cli.report.national import WHOLE_COUNTRY, National, NationalRow, NationalTable
from hsf_cli.report.output.columns.page import Chapter, Column, Page, Part, Row
from hsf_cli.spreadsheets import as_text, escaped

_HEADER = [
    "seksjon", "tittel", "tabell", "rad", "verdi", "enhet", "andel_prosent", "avdelinger", "nøkkel",
]  # fmt: skip
_KNOWN_FOR = "Kjent for"
_ONE_PERCENT = Fraction(1, 100)
_MEAN = "Gjennomsnitt legges ikke sammen."


def page(national: National) -> Page:
    """The national figures as they are shown."""
    count = len(national.departments)
    departments = "1 avdeling" if count == 1 else f"{count} avdelinger"
    known = [Column(_KNOWN_FOR, 2)] if any(row.departments < count for row in national.rows) else []
    return Page(
        title=f"{national.number} {national.title}",
        origin=(f"{WHOLE_COUNTRY} · {departments} · {national.year} · skjema {national.edition}",),
        columns=(Column(in_words.FIGURE_HEADING), Column("Andel", 1), *known),
        chapters=tuple(
            Chapter(
                f"{section.number} {section.title}".strip(),
                tuple(
                    Part(
                        table.heading,
                        tuple(_row(row, count, told=bool(known)) for row in table.rows),
                    )
                    for table in section.tables
                ),
            )
            for section in national.sections
        ),
        warnings=national.notes,
    )


def as_csv(national: National) -> str:
    """A line for each row, with `;` between the columns and a decimal comma."""
    return as_text([_HEADER, *_csv_rows(national)])


def _csv_rows(national: National) -> Iterator[list[object]]:
    for section in national.sections:
        for table in section.tables:
            for row in table.rows:
                words = [section.number, section.title, table.heading, row.label]
                share = None if row.share is None else numbers.rounded(row.share * 100, 1)
                told = [in_words.plain(row.value), row.unit, in_words.plain(share)]
                yield [*map(escaped, words), *told, row.departments, row.key]


def as_json(national: National) -> str:
    """The national figures as one JSON object, in the shape of a report."""
    told = {
        "year": national.year,
        "edition": national.edition,
        "department": WHOLE_COUNTRY,
        "departments": len(national.departments),
        "included": list(national.departments),
        "missing": list(national.missing),
        "unknown": list(national.unknown),
        "notes": list(national.notes),
        "chapter": {"number": national.number, "title": national.title},
        "sections": [
            {
                "number": section.number,
                "title": section.title,
                "tables": [_table(table) for table in section.tables],
            }
            for section in national.sections
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=1)


def _row(row: NationalRow, count: int, *, told: bool) -> Row:
    """The row; for how many departments it is known is told where there is a column for it."""
    known = "" if row.departments == count else f"{row.departments} av {count}"
    return Row(
        label=row.label,
        cells=(_figure(row, count), _percent(row.share), *([known] if told else [])),
        notes=(_MEAN,) if row.is_mean else (),
        inside=row.inside,
    )


def _figure(row: NationalRow, count: int) -> str:
    """The sum; the least that it can be, where not every department's figure is known."""
    if row.value is None:
        return NO_VALUE
    least = "minst " if row.departments < count else ""
    return f"{least}{numbers.written(row.value)}"


def _percent(share: Fraction | None) -> str:
    if share is None:
        return ""
    decimals = 1 if 0 < share < _ONE_PERCENT else 0
    percent = numbers.written(numbers.rounded(share * 100, decimals))
    return f"{percent}{numbers.NO_BREAK_SPACE}%"


def _table(table: NationalTable) -> dict[str, Any]:
    return {"heading": table.heading, "rows": [_object(row) for row in table.rows]}


def _object(row: NationalRow) -> dict[str, Any]:
    return {
        "key": row.key,
        "label": row.label,
        "value": float(row.value) if isinstance(row.value, Decimal) else row.value,
        "unit": row.unit,
        "missing": row.missing,
        "share": None if row.share is None else float(numbers.rounded(row.share, 4)),
        "departments": row.departments,
    }
