"""Forms filled in with the figures that a test is about, without any records behind them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from hsf_cli.report.figures import Figures, Line, Section, Table
from hsf_cli.report.form import FormRow
from hsf_cli.report.forms import editions, shipped

Values = Mapping[str, int | Decimal | None]

COUNTED_AT = datetime(2024, 1, 12, 10, 15, tzinfo=timezone(timedelta(hours=1)))


def filled(
    edition: int = 2023,
    values: Values | None = None,
    year: int = 2023,
    department: str = "Home-Start Prøve",
    **more: Any,
) -> Figures:
    """The form of that edition with those figures, and 0 in every other row."""
    form, given = shipped(edition), values or {}

    def line(row: FormRow) -> Line:
        value = given.get(row.key, 0 if row.unit == "antall" else Decimal(0))
        label = row.label.replace("{year}", str(year))
        return Line(row.key, label, value, row.unit, 0, row.part_of)

    sections = tuple(
        Section(
            section.number,
            section.title,
            tuple(Table(table.heading, tuple(map(line, table.rows))) for table in section.tables),
        )
        for section in form.sections
    )
    return Figures(year, edition, department, form.number, form.title, sections, **more)


def hiding(figures: Figures, *keys: str) -> Figures:
    """The figures with those kept from the public."""

    def line(one: Line) -> Line:
        return replace(one, value=None, hidden=True, missing=None) if one.key in keys else one

    return replace(
        figures,
        sections=tuple(
            replace(
                section,
                tables=tuple(
                    replace(table, lines=tuple(map(line, table.lines))) for table in section.tables
                ),
            )
            for section in figures.sections
        ),
    )


@st.composite
def any_figures(draw: Any) -> Figures:
    """Any figures of an edition that ships: some blank, some hidden."""
    edition = draw(st.sampled_from(editions()))
    rows = list(shipped(edition).rows)
    amounts = st.decimals(0, 100_000, places=2)
    values = {
        row.key: draw(st.none() | (st.integers(0, 10_000) if row.unit == "antall" else amounts))
        for row in draw(st.lists(st.sampled_from(rows), max_size=12))
    }
    moments = st.none() | st.just(COUNTED_AT)
    has_hours = any(row.unit == "årsverk" for row in rows)
    figures = filled(
        edition,
        values,
        year=draw(st.integers(2000, 2050)),
        department=draw(st.sampled_from(["Home-Start Prøve", "Ås\N{NO-BREAK SPACE}& «Øy»"])),
        counted_at=draw(moments),
        locked_at=draw(moments),
        hours_per_fte=draw(st.none() | st.integers(1000, 2000)) if has_hours else None,
    )
    return hiding(figures, *draw(st.sets(st.sampled_from([row.key for row in rows]), max_size=4)))
