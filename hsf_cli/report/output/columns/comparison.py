"""Years side by side, as a page, as CSV and as JSON."""

import json
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from typing import Any

from hsf_cli import dates, numbers
from hsf_cli.documents.pieces import NO_VALUE
from hsf_cli.report import in_words
from hsf_cli.report.across_editions import Found
from hsf_cli.report.comparing import (
    ComparedRow,
    ComparedSection,
    ComparedTable,
    Comparison,
)
from hsf_cli.report.figures import Figures
from hsf_cli.report.output.columns.page import Chapter, Column, Page, Part, Row
from hsf_cli.report.whole import size, years_chart
from hsf_cli.spreadsheets import as_text, escaped
from hsf_cli.texts import listed

_CHANGE, _PERCENT = "Endring", "%"
_HEADER = ["seksjon", "tittel", "tabell", "rad"]
_HEADER_AFTER = ["endring", "endring_prosent", "enhet", "skjema", "merknad", "nøkkel"]


def page(comparison: Comparison) -> Page:
    """The comparison as it is shown."""
    years = comparison.years
    *_, newest = years
    return Page(
        title=f"{_span([one.year for one in years])} ved siden av hverandre",
        origin=(
            f"{newest.department} · rader fra skjema {comparison.edition}",
            *_origins(years),
        ),
        columns=(
            # Where there is no room the share goes first, then the oldest years.
            *(Column(str(one.year), len(years) - place) for place, one in enumerate(years)),
            Column(_CHANGE),
            Column(_PERCENT, len(years) + 1),
        ),
        chapters=tuple(
            Chapter(
                f"{section.number} {section.title}".strip(),
                tuple(_part(table, comparison) for table in section.tables),
            )
            for section in comparison.sections
        ),
        chart=years_chart({one.year: size(one) for one in years}),
    )


def as_csv(comparison: Comparison) -> str:
    """A line for each row, with `;` between the columns and a decimal comma."""
    header = [*_HEADER, *(one.year for one in comparison.years), *_HEADER_AFTER]
    return as_text([header, *_csv_rows(comparison)])


def _csv_rows(comparison: Comparison) -> Iterator[list[object]]:
    for section in comparison.sections:
        for table in section.tables:
            for row in table.rows:
                words = [section.number, section.title, table.heading, row.label]
                values = [in_words.plain(one.value, hidden=one.hidden) for one in row.figures]
                change = [in_words.plain(row.change), in_words.plain(_rounded(row.percent))]
                rest = [row.unit, table.edition, escaped(" ".join(row.notes)), row.key]
                yield [*map(escaped, words), *values, *change, *rest]


def as_json(comparison: Comparison) -> str:
    """The comparison as one JSON object, in the shape of a report."""
    told = {
        "edition": comparison.edition,
        "department": comparison.years[-1].department,
        "years": [
            {
                "year": one.year,
                "edition": one.edition,
                "state": _state(one),
                "counted_at": one.counted_at and one.counted_at.isoformat(timespec="seconds"),
                "locked_at": one.locked_at and one.locked_at.isoformat(timespec="seconds"),
            }
            for one in comparison.years
        ],
        "sections": [_section(section) for section in comparison.sections],
    }
    return json.dumps(told, ensure_ascii=False, indent=1)


def _origins(years: Sequence[Figures]) -> Iterator[str]:
    """How the years are known, those that follow one another and are known alike in one."""
    for how, group in groupby(years, _came_about):
        yield f"{_span([one.year for one in group])}: {how}"


def _span(years: Sequence[int]) -> str:
    """«2023», «2020–2023» for years that follow one another, «2020, 2022 og 2023»."""
    if len(years) > 2 and years[-1] - years[0] == len(years) - 1:
        return f"{years[0]}–{years[-1]}"
    return listed(map(str, years))


def _came_about(figures: Figures) -> str:
    """Whether the year is locked, was read in or is counted now, and when and how."""
    match _state(figures):
        case "read":
            how = f"lest inn fra {figures.source}"
        case "locked":
            assert figures.locked_at
            how = f"låst {dates.written(figures.locked_at.date())}{_counted(figures, ', talt')}"
        case _:
            how = f"ikke låst{_counted(figures, ', talt nå')}"
    return f"{how}, skjema {figures.edition}"


def _state(figures: Figures) -> str:
    if figures.source:
        return "read"
    return "locked" if figures.locked_at else "counted"


def _counted(figures: Figures, words: str) -> str:
    at = figures.counted_at
    return f"{words} {dates.written_moment(at)}" if at else ""


def _part(table: ComparedTable, comparison: Comparison) -> Part:
    elsewhere = f" (skjemaet fra {table.edition})" if table.edition != comparison.edition else ""
    heading = f"{table.heading.rstrip(': ')}{elsewhere}".strip() if elsewhere else table.heading
    return Part(heading, tuple(map(_row, table.rows)))


def _row(row: ComparedRow) -> Row:
    return Row(
        label=row.label,
        cells=(*map(_figure, row.figures), _signed(row.change), _signed(_whole(row.percent))),
        notes=row.notes,
        bars=tuple(None if one.value is None else float(one.value) for one in row.figures),
        inside=row.inside,
    )


def _figure(figure: Found) -> str:
    if figure.hidden:
        return in_words.HIDDEN
    return NO_VALUE if figure.value is None else numbers.written(figure.value)


def _signed(value: int | Decimal | None) -> str:
    if value is None:
        return NO_VALUE
    return f"+{numbers.written(value)}" if value > 0 else numbers.written(value)


def _whole(value: Fraction | None) -> int | None:
    return None if value is None else int(numbers.rounded(value, 0))


def _rounded(value: Fraction | None) -> Decimal | None:
    return None if value is None else numbers.rounded(value, 1)


def _section(section: ComparedSection) -> dict[str, Any]:
    return {
        "number": section.number,
        "title": section.title,
        "tables": [
            {
                "heading": table.heading,
                "edition": table.edition,
                "rows": [_object(row) for row in table.rows],
            }
            for table in section.tables
        ],
    }


def _object(row: ComparedRow) -> dict[str, Any]:
    return {
        "key": row.key,
        "label": row.label,
        "values": [_number(one.value) for one in row.figures],
        "unit": row.unit,
        "change": _number(row.change),
        "percent": _number(_rounded(row.percent)),
        "notes": list(row.notes),
    }


def _number(value: int | Decimal | None) -> int | float | None:
    return float(value) if isinstance(value, Decimal) else value
