"""A report as JSON: what other programs rely on, and nothing that could name anybody."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from hsf_cli.exchange.sheets import SHEETS
from hsf_cli.exchange.values import LONG_TEXT, TEXT
from hsf_cli.report import figures
from hsf_cli.report.output.as_json import as_json
from hsf_cli.store import Store
from tests.builders import Record, taken_in
from tests.conftest import Run
from tests.report.a_year import EDITIONS, a_year
from tests.report.figures import report

SECRET = "Hemmelig"


def parsed(store: Store, edition: int = 2023) -> dict[str, Any]:
    """The JSON of the report on 2023."""
    told: dict[str, Any] = json.loads(as_json(figures.of(report(store, 2023, edition))))
    return told


def rows_of(parsed: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        row
        for section in parsed["sections"]
        for table in section["tables"]
        for row in table["rows"]
    ]


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_json_has_the_promised_keys_in_the_promised_order(store: Store, edition: int) -> None:
    told = parsed(store, edition)
    assert list(told) == [
        "year",
        "edition",
        "department",
        "counted_at",
        "locked_at",
        "chapter",
        "sections",
    ]
    assert list(told["chapter"]) == ["number", "title"]
    for section in told["sections"]:
        assert list(section) == ["number", "title", "tables"]
        for table in section["tables"]:
            assert list(table) == ["heading", "rows"]
    for row in rows_of(told):
        beside = ["hours_per_fte"] if row["unit"] == "årsverk" else []  # printed beside the figure
        assert list(row) == ["key", "label", "value", "unit", "missing", *beside]


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_json_says_whose_figures_these_are(store: Store, edition: int) -> None:
    told = parsed(store, edition)
    assert (told["year"], told["edition"]) == (2023, edition)
    assert told["department"] == "Home-Start Prøve"
    assert told["counted_at"] == "2024-01-12T10:15:00+01:00"
    assert told["locked_at"] is None


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_json_has_every_row_of_the_form_in_its_order(store: Store, edition: int) -> None:
    taken_in(store, *a_year())
    told = [
        (section["number"], section["title"], table["heading"], row["key"], row["label"])
        for section in parsed(store, edition)["sections"]
        for table in section["tables"]
        for row in table["rows"]
    ]
    assert told == [
        (section.number, section.title, table.heading, cell.row.key, cell.label)
        for section in report(store, 2023, edition).sections
        for table in section.tables
        for cell in table.cells
    ]


@pytest.mark.parametrize("edition", EDITIONS)
def test_counts_are_whole_numbers_and_the_rest_have_two_decimals(
    store: Store, edition: int
) -> None:
    taken_in(store, *a_year())
    for row in rows_of(parsed(store, edition)):
        kind = int if row["unit"] == "antall" else float
        assert type(row["value"]) is kind, row["key"]
        assert round(row["value"], 2) == row["value"]
        assert type(row["missing"]) is int


def test_the_units_are_those_of_the_form(store: Store) -> None:
    units = {row["key"]: row["unit"] for row in rows_of(parsed(store)) if row["unit"] != "antall"}
    assert units == {
        "hours.mean_visit": "timer",
        "hours.assignments": "timer",
        "hours.assignments.driving": "timer",
        "hours.other": "timer",
        "hours.total": "timer",
        "hours.fte": "årsverk",
    }
    assert {row["unit"] for row in rows_of(parsed(store, 2022))} == {"antall"}


def test_values_and_missing_are_the_counted_ones(store: Store) -> None:
    taken_in(store, *a_year())
    rows = {row["key"]: row for row in rows_of(parsed(store))}
    assert rows["families.total"]["value"] == 2
    assert rows["hours.assignments"]["value"] == 1632.93
    assert rows["hours.total"]["value"] == 1635.95
    assert rows["hours.fte"] == {
        "key": "hours.fte",
        "label": "Antall årsverk",
        "value": 0.93,
        "unit": "årsverk",
        "missing": 0,
        "hours_per_fte": 1750,
    }
    assert rows["families.civil_status.gift_samboer"]["missing"] == 1
    assert rows["volunteers.found_us.nettverk"]["missing"] == 2
    assert rows["families.total"]["missing"] == 0


def written_by_people() -> Iterator[Record]:
    """A department where everything that people write, and every id, can be told from the rest."""
    records = [
        *a_year(),
        ("samtykker", {"familie": "F1", "gitt": "2023-01-01"}),
        ("perioder", {"familiekontakt": "V9", "godkjent": "2015-01-01", "sluttet": "2016-01-01"}),
        ("forlengelser", {"oppdrag": "O1", "besluttet": "2023-06-01", "til": "2023-12-01"}),
        ("styremedlemmer", {"id": "RM1", "fra": "2023-01-01"}),
    ]
    sheets = {sheet.name: sheet for sheet in SHEETS}
    for name, row in records:
        columns = sheets[name].columns
        texts = {
            column.header: f"{SECRET} {column.header}"
            for column in columns
            if column.value in (TEXT, LONG_TEXT)
        }
        named = {"id"} | {column.header for column in columns if column.field.endswith("_id")}
        ids = {key: f"{SECRET}-{row[key]}" for key in row if key in named}
        yield name, {**row, **texts, **ids}


@pytest.mark.parametrize("edition", EDITIONS)
def test_no_name_id_or_text_that_people_wrote_is_in_the_json(store: Store, edition: int) -> None:
    taken_in(store, *written_by_people())
    names = {store.value(f"SELECT min(name) FROM {table}") for table in ("family", "volunteer")}
    assert names == {f"{SECRET} navn"}
    text = as_json(figures.of(report(store, 2023, edition)))
    assert SECRET.casefold() not in text.casefold()
    told = json.loads(text)
    families = next(row for row in rows_of(told) if row["key"] == "families.total")
    assert families["value"] == 2


def test_the_json_of_the_command_line_is_the_same_object(
    store: Store, hsf: Callable[..., Run]
) -> None:
    taken_in(store, *a_year())
    run = hsf("rapport", "vis", 2023, "--format", "json")
    assert (run.code, run.err) == (0, "")
    told = json.loads(run.out)
    assert told.pop("counted_at")
    expected = parsed(store)
    del expected["counted_at"]
    assert told == expected
