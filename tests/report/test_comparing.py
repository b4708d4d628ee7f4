"""Years side by side: which rows, from which forms, and what changed."""

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from hsf_cli.report.across_editions import Found
from hsf_cli.report.comparing import (
    ComparedRow,
    Comparison,
    compared,
    first_year,
)
from hsf_cli.report.figures import Figures, Line, Section, Table
from hsf_cli.report.forms import shipped
from hsf_cli.report.output.columns import bars
from hsf_cli.report.output.columns.comparison import as_csv, as_json, page
from hsf_cli.report.output.columns.page import as_markdown
from hsf_cli.report.output.columns.terminal import show
from hsf_cli.report.whole import size, years_chart
from hsf_cli.store import Store
from tests.builders import assignment, family, inquiry, taken_in, volunteer
from tests.report.filled import COUNTED_AT, any_figures, filled, hiding

TOTAL = "families.total"


def rows(comparison: Comparison) -> dict[str, ComparedRow]:
    return {
        row.key: row
        for section in comparison.sections
        for table in section.tables
        for row in table.rows
    }


def values(comparison: Comparison, key: str) -> list[object]:
    return [one.value for one in rows(comparison)[key].figures]


def shown(comparison: Comparison, width: int = 120) -> str:
    """The page as a terminal of that width has it."""
    console = Console(width=width, file=io.StringIO(), force_terminal=True, color_system=None)
    with console.capture() as capture:
        show(page(comparison), console)
    return capture.get()


def test_the_rows_are_those_of_the_newest_edition_in_its_order() -> None:
    comparison = compared([filled(2022, year=2022), filled(2023, year=2023)])
    assert comparison.edition == 2023
    shown = [
        (section.number, table.heading, row.key)
        for section in comparison.sections
        for table in section.tables
        for row in table.rows
        if table.edition == 2023
    ]
    assert shown == [
        (section.number, table.heading, row.key)
        for section in shipped(2023).sections
        for table in section.tables
        for row in table.rows
    ]


def test_rows_that_only_an_older_form_has_stand_last_in_the_section_they_belong_to() -> None:
    comparison = compared([filled(2022, year=2022), filled(2023, year=2023)])
    assert [section.number for section in comparison.sections] == [
        section.number for section in shipped(2023).sections
    ]
    older = {
        row.key: section.number
        for section in comparison.sections
        for table in section.tables
        for row in table.rows
        if table.edition == 2022
    }
    assert set(older) == shipped(2022).by_key.keys() - shipped(2023).by_key.keys()
    assert older["volunteers.occupation.ufor_arbeidsledig_annet"] == "6.2"
    assert older["children.special_needs"] == "6.3"
    assert older["assignments.ended.7-12"] == "6.7"
    assert older["families.help_after.other"] == "6.9"
    for section in comparison.sections:
        editions = [table.edition for table in section.tables]
        assert editions == sorted(editions, reverse=True)


def test_the_same_edition_gives_no_row_twice_and_nothing_to_note() -> None:
    comparison = compared([filled(2023, year=2023), filled(2023, year=2024)])
    assert list(rows(comparison)) == [row.key for row in shipped(2023).rows]
    assert not [row for row in rows(comparison).values() if row.notes]


def test_another_editions_rows_can_be_asked_for() -> None:
    comparison = compared([filled(2023, year=2023), filled(2023, year=2024)], 2022)
    assert comparison.sections[0].number == "7.1"
    assert "hours.total" in rows(comparison)  # beside what that form has


def test_rows_that_add_up_across_editions_are_compared() -> None:
    before = filled(2022, {"inquiries.source.barnehage": 3, "inquiries.source.skole": 4}, 2022)
    now = filled(2023, {"inquiries.source.skole_barnehage": 10, "assignments.ended.7-9": 2}, 2023)
    comparison = compared([before, now])
    row = rows(comparison)["inquiries.source.skole_barnehage"]
    assert values(comparison, row.key) == [7, 10]
    assert row.notes == ("I skjemaet fra 2022: «Barnehage» + «Skole».",)
    assert values(comparison, "assignments.ended.7-12") == [0, 2]
    assert values(comparison, "hours.total") == [None, 0]


def test_rows_of_a_departments_own_form_are_compared_too() -> None:
    tables = [Table("Eget", (Line(key, "Egen rad", 4),)) for key in ("own.row", "own.other")]
    own = Section("9.9", "Eget", tuple(tables))
    now = replace(filled(year=2024), sections=(*filled(year=2024).sections, own))
    comparison = compared([filled(year=2023), now])
    assert [len(one.tables) for one in comparison.sections if one.title == "Eget"] == [2]
    assert values(comparison, "own.row") == [None, 4]
    assert rows(comparison)["own.row"].notes == ("Raden finnes ikke i rapporten for 2023.",)


def test_a_label_names_no_single_year() -> None:
    comparison = compared([filled(2022, year=2022), filled(2023, year=2023)])
    assert rows(comparison)["assignments.total"].label == "Totalt antall oppdrag i året"
    assert not [row for row in rows(comparison).values() if "{year}" in row.label]


@pytest.mark.parametrize(
    ("figures", "change", "percent"),
    [
        ([4, 5], 1, Fraction(25)),
        ([100, 8, 5], -3, Fraction(-75, 2)),  # from the last but one
        ([0, 5], 5, None),
        ([0, 0], 0, None),
        ([3, 3], 0, Fraction(0)),
        ([None, 5], None, None),
        ([5, None], None, None),
        ([Decimal("1.5"), Decimal(3)], Decimal("1.5"), Fraction(100)),
    ],
)
def test_the_change_is_from_the_last_year_but_one(
    figures: list[int | Decimal | None], change: object, percent: object
) -> None:
    row = ComparedRow("k", "Rad", "antall", tuple(map(Found, figures)))
    assert (row.change, row.percent) == (change, percent)


def test_a_change_that_makes_no_sense_is_a_dash() -> None:
    years = [filled(year=2022, values={TOTAL: 0}), filled(year=2023, values={TOTAL: 7})]
    [line] = [line for line in shown(compared(years)).splitlines() if "antall familier  " in line]
    assert line.split("antall familier")[1].split()[:4] == ["0", "7", "+7", "–"]


def test_a_hidden_figure_says_so_and_makes_no_change() -> None:
    years = [filled(year=2022), hiding(filled(year=2023), TOTAL)]
    [line] = [line for line in shown(compared(years)).splitlines() if "antall familier  " in line]
    assert line.split("antall familier")[1].split()[:4] == ["0", "skjult", "–", "–"]
    read = csv.DictReader(io.StringIO(as_csv(compared(years))), delimiter=";")
    [total] = [row for row in read if row["nøkkel"] == TOTAL]
    assert (total["2022"], total["2023"], total["endring"]) == ("0", "skjult", "")


def test_each_year_says_how_it_is_known() -> None:
    years = [
        filled(year=2020, source="årsrapport-2020.docx"),
        filled(year=2021, counted_at=COUNTED_AT, locked_at=COUNTED_AT),
        filled(year=2022, counted_at=COUNTED_AT),
        filled(year=2023, counted_at=COUNTED_AT),
    ]
    assert page(compared(years)).origin[1:] == (
        "2020: lest inn fra årsrapport-2020.docx, skjema 2023",
        "2021: låst 12.01.2024, talt 12.01.2024 kl. 10.15, skjema 2023",
        "2022 og 2023: ikke låst, talt nå 12.01.2024 kl. 10.15, skjema 2023",
    )
    states = [year["state"] for year in json.loads(as_json(compared(years)))["years"]]
    assert states == ["read", "locked", "counted", "counted"]


@pytest.mark.parametrize(
    ("years", "width", "all_of_it"),
    [(2, 80, True), (3, 80, True), (6, 120, True), (6, 80, False), (12, 80, False)],
)
def test_it_fits_the_terminal_and_cuts_nothing(years: int, width: int, all_of_it: bool) -> None:
    known = [
        filled(2022 if year < 2023 else 2023, {TOTAL: 1234, "inquiries.total": 98_765}, year)
        for year in range(2025 - years, 2025)
    ]
    text = shown(compared(known), width)
    lines = [line.rstrip() for line in text.splitlines()]
    assert max(map(len, lines)) <= width
    assert "…" not in text
    assert "98\xa0765" in text
    assert ("Vinduet er for smalt" in text) is not all_of_it


def test_the_bars_stand_beside_the_figures_where_there_is_room() -> None:
    years = [
        filled(year=year, values={TOTAL: families})
        for year, families in ((2021, 0), (2022, 5), (2023, 10))
    ]
    for width in (80, 120):
        text = shown(compared(years), width)
        [line] = [line for line in text.splitlines() if "antall familier  " in line]
        assert line.rstrip().endswith("·▄█")


def test_every_table_of_words_has_every_row_and_value() -> None:
    years = [filled(2022, {TOTAL: 31}, 2022), filled(2023, {TOTAL: 1041}, 2023)]
    comparison = compared(years)
    read = list(csv.DictReader(io.StringIO(as_csv(comparison)), delimiter=";"))
    assert [row["nøkkel"] for row in read] == list(rows(comparison))
    [total] = [row for row in read if row["nøkkel"] == TOTAL]
    assert (total["2022"], total["2023"], total["endring"]) == ("31", "1041", "1010")
    assert total["endring_prosent"] == "3258,1"
    told = {
        row["key"]: row
        for section in json.loads(as_json(comparison))["sections"]
        for table in section["tables"]
        for row in table["rows"]
    }
    assert list(told) == list(rows(comparison))
    assert told[TOTAL]["values"] == [31, 1041]
    assert told["hours.total"]["values"] == [None, 0.0]
    assert told["hours.total"]["notes"] == ["Raden finnes ikke i skjemaet fra 2022."]
    markdown = as_markdown(page(comparison))
    assert "| Totalt antall familier | 31 | 1\xa0041 | +1\xa0010 | +3\xa0258 |" in markdown
    for row in rows(comparison).values():
        assert row.label in markdown


@settings(max_examples=6)
@given(st.lists(any_figures(), min_size=2, max_size=4))
def test_any_years_can_be_written_in_every_way(years: Sequence[Figures]) -> None:
    comparison = compared(years)
    keys = {line.key for figures in years for line in figures.lines}
    assert keys <= rows(comparison).keys()
    for figures, place in zip(years, range(len(years)), strict=True):
        for line in figures.lines:
            assert rows(comparison)[line.key].figures[place].value == line.value
    assert json.loads(as_json(comparison))
    assert as_csv(comparison)
    assert as_markdown(page(comparison))
    assert shown(comparison, 80)


def test_families_and_children_are_a_chart_over_the_years() -> None:
    years = [
        filled(2022, {TOTAL: 20, "children.total": 40}, 2022),
        filled(2023, {TOTAL: 30, "children.total": None}, 2023),
    ]
    chart = years_chart({one.year: size(one) for one in years})
    assert chart.labels == ("2022", "2023")
    assert [(one.name, one.values) for one in chart.series] == [
        ("Familier", (20, 30)),
        ("Barn", (40, None)),
    ]
    assert "Familier: 2022 20, 2023 30" in chart.description
    assert bars.lines(chart, bars.Blocks(".x", "#", "-"), 44) == [
        "Familier  2022  ############ 20",
        "          2023  ################## 30",
        "Barn      2022  ######################## 40",
        "          2023  –",
    ]


class _Terminal(io.StringIO):
    def __init__(self, encoding: str) -> None:
        super().__init__()
        self._encoding = encoding

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return self._encoding


@pytest.mark.parametrize(
    ("encoding", "bar"), [("utf-8", "·▃█ "), ("cp437", "·▄█ "), ("ascii", ".:| ")]
)
def test_bars_are_made_of_what_the_terminal_has(encoding: str, bar: str) -> None:
    drawn = bars.blocks(Console(file=_Terminal(encoding)))
    assert drawn.standing([0, 3, 10, None]) == bar


def test_a_windows_console_gets_what_its_fonts_have(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bars.os, "name", "nt")
    assert bars.blocks(Console(file=_Terminal("utf-8"))).standing([0, 3, 10]) == "·▄█"


def test_a_bar_of_nothing_is_of_no_height() -> None:
    drawn = bars.blocks(Console(file=_Terminal("utf-8")))
    assert drawn.standing([0, 0]) == "··"
    assert drawn.standing([None, None]) == "  "
    assert drawn.lying(0, 0, 10) == ""
    assert drawn.lying(1, 1000, 10) == "▌"


def test_a_year_with_nothing_in_it_is_blank() -> None:
    assert filled().is_blank
    assert filled(values={TOTAL: None}).is_blank
    assert not filled(values={"courses.spring": 1}).is_blank


def test_the_records_begin_where_the_first_of_a_family_is(store: Store) -> None:
    assert first_year(store) is None
    taken_in(store, volunteer("V1", "2009-01-01"))
    assert first_year(store) is None
    taken_in(store, family(), inquiry(mottatt="2021-12-31"), assignment(startet="2022-01-01"))
    assert first_year(store) == 2021
