"""Reports as Word documents: paragraphs, tables with merged cells, content controls, contents."""

import io
import zipfile
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import docx
import pytest
from docx.oxml import OxmlElement

from hsf_cli.errors import BadContent
from hsf_cli.report.form import FormTable
from hsf_cli.report.forms import shipped
from hsf_cli.report.reading import Understood
from tests.report.reading.conftest import Read
from tests.report.reading.printed import Values, read_values, values, written

EDITIONS = [2022, 2023]
REMARK = "Her er også de som var med på turen i august."

Fill = Callable[[Any, FormTable, Values], None]


def plain_table(document: Any, table: FormTable, figures: Values) -> None:
    """The table as most make it: the heading and «Antall:» in the first row."""
    made = document.add_table(rows=0, cols=2)
    if table.heading:
        heading, count = made.add_row().cells
        heading.text, count.text = table.heading, "Antall:"
    for row in table.rows:
        label, figure = made.add_row().cells
        label.text, figure.text = row.label.replace("{year}", "2023"), written(figures[row.key])


def merged_table(document: Any, table: FormTable, figures: Values) -> None:
    """The label over two columns, the heading over all of them."""
    document.add_paragraph(table.heading)
    made = document.add_table(rows=0, cols=4)
    for row in table.rows:
        cells = made.add_row().cells
        cells[0].merge(cells[1]).text = row.label.replace("{year}", "2023")
        cells[2].text = written(figures[row.key])


def one_row(document: Any, table: FormTable, figures: Values) -> None:
    """All labels in one cell and all figures in another, a paragraph for each."""
    document.add_paragraph(table.heading)
    labels, numbers = document.add_table(rows=1, cols=2).rows[0].cells
    labels.text = "\n".join(row.label.replace("{year}", "2023") for row in table.rows)
    numbers.text = "\n".join(written(figures[row.key]) or "-" for row in table.rows)


def nested_table(document: Any, table: FormTable, figures: Values) -> None:
    """A table in a frame that is a table."""
    frame = document.add_table(rows=1, cols=1).rows[0].cells[0]
    frame.text = table.heading
    plain_table(_InCell(frame), FormTable("", table.rows), figures)


class _InCell:
    def __init__(self, cell: Any) -> None:
        self._cell = cell

    def add_table(self, rows: int, cols: int) -> Any:
        return self._cell.add_table(rows, cols)


def paragraphs(document: Any, table: FormTable, figures: Values) -> None:
    """No table: a label, a tab and its figure."""
    document.add_paragraph(f"{table.heading}\tAntall:")
    for row in table.rows:
        label = row.label.replace("{year}", "2023")
        document.add_paragraph(f"{label}\t{written(figures[row.key])}")


def in_controls(document: Any, table: FormTable, figures: Values) -> None:
    """A form to fill in: every figure in a content control."""
    plain_table(document, table, figures)
    for row in document.tables[-1].rows:
        paragraph = row.cells[1].paragraphs[0]._p
        control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
        for run in list(paragraph.r_lst):
            content.append(run)
        control.append(content)
        paragraph.append(control)


def report(edition: int, figures: Values, fill: Fill) -> Any:
    """A whole report, with its contents, other chapters and a remark."""
    form = shipped(edition)
    document = docx.Document()
    document.add_heading("Årsrapport 2023", 0)
    for section in form.sections:
        contents = document.add_paragraph(f"{section.number} {section.title}\t7")
        contents.style = document.styles["List"]
    document.add_heading("3.0 Målgruppe", 1)
    document.add_paragraph("Familier med barn. Nettverk er viktig for dem.")
    document.add_heading(f"{form.number} {form.title}", 1)
    for section in form.sections:
        document.add_heading(f"{section.number} {section.title}", 2)
        for table in section.tables:
            fill(document, table, figures)
        if section.number.endswith(".3"):
            document.add_paragraph(REMARK)
    document.add_heading("Aktivitetene våre", 1)
    document.add_paragraph("Vi har hatt mange aktiviteter.")
    return document


def as_bytes(document: Any) -> bytes:
    """The document as a file's content."""
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


@pytest.mark.parametrize(
    ("fill", "edition"),
    [
        (plain_table, 2023), (merged_table, 2022), (one_row, 2023), (nested_table, 2022),
        (paragraphs, 2023), (in_controls, 2022),
    ],
)  # fmt: skip
def test_every_figure_is_read_however_the_tables_are_made(
    fill: Fill, edition: int, read: Read
) -> None:
    figures = values(edition, seed=3)
    found = read(as_bytes(report(edition, figures, fill)), "rapport.docx")
    assert (found.edition, found.year) == (edition, 2023)
    assert read_values(found) == figures
    assert found.not_understood == (REMARK,)


def test_a_row_with_a_description_between_label_and_figure_keeps_both(read: Read) -> None:
    figures: Values = dict.fromkeys(values(2023), 4)
    document = report(2023, figures, merged_table)
    cells = next(
        row.cells
        for table in document.tables
        for row in table.rows
        if row.cells[0].text == "Annet (beskriv)"
    )
    cells[2].text, cells[3].text = "noen å snakke med", "9"
    found = read(as_bytes(document), "rapport.docx")
    assert read_values(found)["families.support.annet"] == 9
    assert found.not_understood == (REMARK, "Annet (beskriv): noen å snakke med 9")


def test_what_was_deleted_with_tracked_changes_is_not_read_and_what_was_put_in_is(
    read: Read,
) -> None:
    figures: Values = dict.fromkeys(values(2023), 4)
    document = report(2023, figures, plain_table)
    cell = next(
        row.cells[1]
        for table in document.tables
        for row in table.rows
        if row.cells[0].text == "PPT"
    )
    paragraph = cell.paragraphs[0]._p
    run = paragraph.r_lst[0]
    deleted, inserted = OxmlElement("w:del"), OxmlElement("w:ins")
    inserted.append(deepcopy(run))
    for text in inserted.iter("{*}t"):
        text.text = "5"
    paragraph.replace(run, deleted)
    deleted.append(run)
    deleted.addnext(inserted)
    assert read_values(read(as_bytes(document), "rapport.docx"))["inquiries.source.ppt"] == 5


def packed(**files: bytes) -> bytes:
    """A zip file with those files in it."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, inside in files.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), inside)
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (packed(innhold=b"hei"), "er ikke et Word-dokument"),
        (packed(word__document_xml=b"<hei/>"), "kan ikke leses som Word-dokument"),
        (packed(word__document_xml=b" " * 40 * 1024**2), "pakker ut til mer"),
        (b"PK\x03\x04" + b"x" * 500, "kan ikke leses som Word-dokument"),
    ],
)
def test_what_is_no_word_document_is_told(content: bytes, told: str, read: Read) -> None:
    with pytest.raises(BadContent, match=told):
        read(content, "rapport.docx")


def test_a_word_document_without_the_form_is_told(read: Read) -> None:
    document = docx.Document()
    document.add_paragraph("Kjære alle sammen.")
    with pytest.raises(BadContent, match="Kjente ikke igjen"):
        read(as_bytes(document), "brev.docx")


def test_a_damaged_document_is_never_more_than_an_error(read: Read) -> None:
    content = as_bytes(report(2022, values(2022), plain_table))
    found: list[Understood] = []
    for place in range(0, len(content), 997):
        damaged = content[:place] + bytes([content[place] ^ 0x55]) + content[place + 1 :]
        try:
            found.append(read(damaged, "rapport.docx"))
        except BadContent:
            continue
    assert all(len(one.cells) in (97, 176) for one in found)
