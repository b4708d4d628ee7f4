"""What makes a document easy to find one's way in: alike in every way that it is written."""

import re
from io import BytesIO
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from pypdf import PdfReader

from hsf_cli.documents.as_markdown import as_markdown
from hsf_cli.documents.document import Grid, Heading
from hsf_cli.documents.html.as_html import as_html
from hsf_cli.documents.pdf.as_pdf import as_pdf
from hsf_cli.documents.pdf.key_sheet import as_pdf as key_sheet_as_pdf
from hsf_cli.documents.word.as_docx import as_docx
from hsf_cli.recovery import Sheet
from hsf_cli.report.form import inside
from hsf_cli.report.forms import editions, shipped
from tests.documents.a_document import WRITTEN_AT, document, said

PARTS = document(
    [
        Grid(
            ("Kjønn", "Antall"),
            (("Kvinner", "3"), ("Under 25", "1"), ("Menn", "0")),
            "Kjønn",
            inside=frozenset({1}),
        )
    ]
)
BUDGET = document(
    [
        Grid(
            ("Post", "Kroner"),
            (("Tilskudd", "1200"), ("Gave", "90")),
            "Budsjett",
            texts=True,
            right=frozenset({1}),
        )
    ]
)
OWN_HEADINGS = document(
    [
        Heading(1, "Målgruppe", "3.0"),
        said("For alle."),
        Heading(2, "Småbarn"),
        said("De minste."),
        Heading(2, "Driftsansvarlig", "3.1"),
        said("Kommunen."),
    ]
)


@pytest.mark.parametrize("edition", editions())
def test_the_ages_of_a_gender_stand_further_in_than_the_gender(edition: int) -> None:
    further_in = {
        key
        for section in shipped(edition).sections
        for table in section.tables
        for key in inside(table.rows)
    }
    ages = {key for key in shipped(edition).by_key if re.match(r"volunteers\.gender\.\w+\.", key)}
    assert further_in == ages


def test_in_word_a_part_of_a_row_stands_further_in() -> None:
    (table,) = docx.Document(BytesIO(as_docx(PARTS))).tables
    styles = [str(row.cells[0].paragraphs[0].style.name) for row in table.rows]
    assert styles == ["Tabellhode", "Tabelltekst", "Tabelldel", "Tabelltekst"]
    assert [row.cells[0].text for row in table.rows][2] == "Under 25"


def test_in_a_pdf_a_part_of_a_row_stands_further_in() -> None:
    at = places(as_pdf(PARTS))
    assert at["Kvinner"] == at["Menn"] < at["Under 25"]


def test_on_a_page_of_the_web_a_part_of_a_row_stands_further_in() -> None:
    assert re.findall(r'<tr class="inside"><th scope="row">(.*?)</th>', as_html(PARTS)) == [
        "Under 25"
    ]


def test_a_column_that_was_typed_in_line_on_the_right_is_so_everywhere() -> None:
    assert "| :-- | --: |" in as_markdown(BUDGET)
    assert '<th scope="row">Gave</th><td class="right">90</td>' in as_html(BUDGET)
    (table,) = docx.Document(BytesIO(as_docx(BUDGET))).tables
    assert str(table.rows[2].cells[1].paragraphs[0].style.name) == "Tabelltall"
    at = places(as_pdf(BUDGET))
    assert at["90"] > at["1200"]


def test_the_contents_have_the_form_s_chapters_and_no_heading_inside_a_text() -> None:
    links = docx.Document(BytesIO(as_docx(OWN_HEADINGS))).element.body.iter(qn("w:hyperlink"))
    told = ["".join(node.text for node in link.iter(qn("w:t"))) for link in links]
    assert told == ["3.0 Målgruppe", "3.1 Driftsansvarlig"]
    contents = PdfReader(BytesIO(as_pdf(OWN_HEADINGS))).pages[1].extract_text()
    assert "Driftsansvarlig" in contents
    assert "Småbarn" not in contents
    nav = as_html(OWN_HEADINGS).split("<nav")[1].split("</nav>")[0]
    assert re.findall(r">([^<>]+)</a>", nav) == told


def test_word_makes_the_contents_anew_without_a_heading_inside_a_text() -> None:
    paragraphs = docx.Document(BytesIO(as_docx(OWN_HEADINGS))).paragraphs
    (style,) = [one.style for one in paragraphs if one.text == "Småbarn"]
    assert style is not None
    assert not str(style.name).startswith("Heading")
    assert style.base_style.name == "Heading 2"


def test_what_is_to_be_typed_from_a_recovery_sheet_is_never_broken() -> None:
    sheet = Sheet("Home-Start Prøve", "avdeling.db", WRITTEN_AT.date(), ("AAAAA BBBBB CCCCC",) * 4)
    lines = PdfReader(BytesIO(key_sheet_as_pdf(sheet, WRITTEN_AT))).pages[0].extract_text()
    assert "hsf data nøkkel --fra-ark" in lines
    assert "--database" in lines


def places(pdf: bytes) -> dict[str, float]:
    """How far in on its page each text of the last page stands."""
    found: dict[str, float] = {}

    def note(text: str, cm: Any, tm: Any, *_: Any) -> None:
        if text.strip():
            found[text.strip()] = cm[4] + tm[4]

    PdfReader(BytesIO(pdf)).pages[-1].extract_text(visitor_text=note)
    return found
