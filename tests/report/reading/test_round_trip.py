"""What we write ourselves is read back: the same figures, and nothing left over."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsf_cli.documents.as_markdown import as_markdown
from hsf_cli.documents.word.as_docx import as_docx
from hsf_cli.report.forms import shipped
from hsf_cli.report.output.as_csv import as_csv
from hsf_cli.report.reading.json_file import of_json
from hsf_cli.report.reading.lines import Document
from hsf_cli.report.reading.text_file import of_text
from hsf_cli.report.reading.understanding import Understood, understood
from hsf_cli.report.whole import Beside, statistics_alone
from tests.report.published import published, published_cells
from tests.report.reading.conftest import Read
from tests.report.reading.printed import Values, filled_in, read_values, values

EDITIONS = [2022, 2023]
WRITTEN_AT = datetime(2024, 1, 12, 10, 15, tzinfo=UTC)
SEEDS = st.integers(0, 10_000)


def of_document(document: Document) -> Understood:
    """A document that is a report, read."""
    found = understood(document)
    assert found is not None
    return found


@pytest.mark.parametrize("edition", EDITIONS)
@settings(max_examples=10)
@given(seed=SEEDS, year=st.integers(2005, 2040))
def test_csv_and_markdown_read_back_give_the_same_figures(
    edition: int, seed: int, year: int
) -> None:
    figures = values(edition, seed)
    report = filled_in(edition, figures, year)
    chapter = statistics_alone(report, Beside(), WRITTEN_AT)
    for text in (as_csv(report), as_markdown(chapter)):
        found = of_document(of_text(text))
        assert (found.edition, found.year) == (edition, year)
        assert read_values(found) == figures
        assert found.not_understood == ()


@pytest.mark.parametrize("edition", EDITIONS)
def test_word_read_back_gives_the_same_figures(edition: int, read: Read) -> None:
    figures = values(edition)
    chapter = statistics_alone(filled_in(edition, figures, 2023), Beside(), WRITTEN_AT)
    found = read(as_docx(chapter), "rapport.docx")
    assert read_values(found) == figures
    assert found.not_understood == ()


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_coordinators_remark_in_our_own_documents_is_told(edition: int, read: Read) -> None:
    figures = values(edition)
    beside = Beside(remarks={"children.0-2": "Bare *våre* barn | ingen andre."})
    chapter = statistics_alone(filled_in(edition, figures, 2023), beside, WRITTEN_AT)
    for found in (read(as_docx(chapter), "a.docx"), read(as_markdown(chapter), "a.md")):
        assert read_values(found) == figures
        assert [line for line in found.not_understood if "Bare *våre* barn | ingen" in line]
        assert len(found.not_understood) == 1


def exchanged(edition: int, figures: Values, year: int) -> dict[str, Any]:
    """A report as `docs/exchange.md` has it."""
    form = shipped(edition)
    return {
        "year": year,
        "edition": edition,
        "department": "Home-Start Prøve",
        "chapter": {"number": form.number, "title": form.title},
        "sections": [
            {
                "number": section.number,
                "title": section.title,
                "tables": [
                    {
                        "heading": table.heading,
                        "rows": [
                            {
                                "key": row.key,
                                "label": row.label.replace("{year}", str(year)),
                                "value": as_number(figures[row.key]),
                                "unit": row.unit,
                                "missing": 0,
                            }
                            for row in table.rows
                        ],
                    }
                    for table in section.tables
                ],
            }
            for section in form.sections
        ],
    }


def as_number(figure: int | Decimal | None) -> int | float | None:
    """A figure as JSON has it."""
    return float(figure) if isinstance(figure, Decimal) else figure


@pytest.mark.parametrize("edition", EDITIONS)
@settings(max_examples=10)
@given(seed=SEEDS)
def test_json_of_the_exchange_read_back_gives_the_same_figures(edition: int, seed: int) -> None:
    figures = values(edition, seed)
    found = of_document(of_json(json.dumps(exchanged(edition, figures, 2023)), "rapport.json"))
    assert (found.edition, found.year) == (edition, 2023)
    assert read_values(found) == figures
    assert found.not_understood == ()


@pytest.mark.parametrize("edition", EDITIONS)
def test_what_we_understood_told_as_json_is_understood_again(edition: int, read: Read) -> None:
    figures = values(edition)
    first = read(json.dumps(exchanged(edition, figures, 2023)), "rapport.json")
    cells = [
        {
            "section": cell.section,
            "heading": cell.heading,
            "label": cell.label,
            "value": as_number(cell.value),
        }
        for cell in first.cells
    ]
    told = {"edition": edition, "cells": cells, "not_understood": [], "contradictions": []}
    found = read(json.dumps(told), "lest.json")
    assert found.cells == first.cells
    assert found.not_understood == ()


@pytest.mark.parametrize("name", ["kongsvinger_2023", "asker_2022"])
def test_a_published_form_as_json_with_rows_of_label_and_figure_is_read(
    name: str, read: Read
) -> None:
    form = published(name)
    found = read(json.dumps(form, default=float), "publisert.json")
    year = str(form["year"])
    assert [(cell.section, cell.heading, cell.label, str(cell.value)) for cell in found.cells] == [
        (cell.section, cell.heading, cell.label.replace("{year}", year), str(cell.figure))
        for cell in published_cells(form)
    ]
    assert found.not_understood == ()


def test_a_hidden_figure_is_blank_and_a_row_of_ones_own_is_told(read: Read) -> None:
    report = exchanged(2023, dict.fromkeys(values(2023), 4), 2023)
    rows = report["sections"][3]["tables"][0]["rows"]
    rows[0] |= {"value": None, "hidden": True}
    rows[1] |= {"value": "mange"}
    rows[2] |= {"value": -4}
    rows[3] |= {"value": 4.5}
    rows[4] |= {"value": True}
    rows.insert(5, {"label": "Vår egen rad", "value": 9})
    found = read(json.dumps(report), "rapport.json")
    read_in = [value for key, value in read_values(found).items() if ".challenges." in key]
    assert read_in == [None] * 5 + [4] * 9
    assert found.not_understood == (
        "Aleneforeldre mange",
        "Integrering -4",
        "Helsemessige utfordringer foreldre 4,5",
        "Særskilte behov barn True",
        "Vår egen rad 9",
    )
