"""The program's form and waiting list are those of a count that shares no code with it."""

import json
import os
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run
from tests.independent import made_up, plain_count
from tests.independent.plain_count import Figure, FormRow, Waiting

Hsf = Callable[..., Run]

# How many departments to try: some in the suite, many where `make faults` says so.
SEEDS = range(max(6, int(os.environ.get("HSF_FAULTS", "0")) // 10))
YEARS = range(2018, 2025)
EDITIONS = (2022, 2023)
DAYS = (date(2018, 12, 31), date(2020, 2, 29), date(2021, 12, 31), date(2024, 3, 15))


@pytest.fixture(params=SEEDS, ids=lambda seed: f"seed {seed}")
def sheets(
    request: pytest.FixtureRequest, empty_department: Path, home: Path, hsf: Hsf
) -> made_up.Sheets:
    """A made-up department's rows, taken into the department through the import."""
    sheets = made_up.department(request.param, made_up.Size())
    made_up.write_folder(sheets, home / "filer")
    assert hsf("data", "importer", home / "filer").code == 0
    return sheets


def test_every_figure_of_every_year_in_both_editions(sheets: made_up.Sheets, hsf: Hsf) -> None:
    for year in YEARS:
        for edition in EDITIONS:
            run = hsf("rapport", "vis", year, "--utgave", edition, "--format", "json")
            counted = list(_form_rows(json.loads(run.out)))
            assert counted == plain_count.form(sheets, year, edition), (year, edition)


def test_who_waits_on_a_day(sheets: made_up.Sheets, hsf: Hsf) -> None:
    ends = [made_up.read_day(row["avsluttet"]) for row in sheets["oppdrag"] if row["avsluttet"]]
    for day in (*DAYS, *ends[:8]):
        listed = json.loads(hsf("venteliste", "--per", day, "--format", "json").out)
        expected = plain_count.waiting_list(sheets, day)
        found = [_waiting(one) for one in listed]
        assert [one.received_on for one in found] == [one.received_on for one in expected], day
        assert set(found) == set(expected), day


def _form_rows(report: dict[str, Any]) -> Iterator[FormRow]:
    for section in report["sections"]:
        for table in section["tables"]:
            for row in table["rows"]:
                figure = Figure(row["value"], row["missing"], row["unit"])
                yield FormRow(
                    section["number"], section["title"], table["heading"], row["label"], figure
                )


def _waiting(one: dict[str, Any]) -> Waiting:
    return Waiting(**{field: one[field] for field in Waiting.__dataclass_fields__})
