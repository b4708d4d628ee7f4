"""A document as a Word file, read back by programs that had no part in writing it."""

import re
import shutil
import subprocess
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from openpyxl import load_workbook

from hsf_cli.documents.document import Chart, Document, Grid, Heading, Note
from hsf_cli.documents.word.as_docx import as_docx
from tests.documents.a_document import (
    AGES,
    CHARTS,
    DURATIONS,
    YEAR_BY_YEAR,
    document,
    listed,
    report,
    said,
    statistics,
)
from tests.documents.told import (
    CONTROLS,
    CONTROLS_MARKED,
    LONG,
    STRANGE,
    charted,
    strange,
    told,
)


@pytest.fixture(scope="module")
def whole() -> WordDocument:
    """A whole report as it is opened."""
    return opened(report(marked="Fortrolig"))


def opened(document: Document) -> WordDocument:
    return docx.Document(BytesIO(as_docx(document)))


def squeezed(text: str) -> str:
    return "".join(text.split())


def text(word: WordDocument) -> str:
    """All text of the body, in its order."""
    return words_in(word.element.body)


def words_in(element: Any) -> str:
    """All text in an element, in its order."""
    return "".join(node.text or "" for node in element.iter(qn("w:t")))


def styles(word: WordDocument) -> dict[str, list[str]]:
    """The texts of the paragraphs by their style."""
    found: dict[str, list[str]] = {}
    for paragraph in word.paragraphs:
        assert paragraph.style is not None
        found.setdefault(str(paragraph.style.name), []).append(paragraph.text)
    return found


def parts(document: Document, start: str) -> list[bytes]:
    """The files inside the file, by how their names begin."""
    with ZipFile(BytesIO(as_docx(document))) as archive:
        return [archive.read(name) for name in archive.namelist() if name.startswith(start)]


def test_every_text_and_figure_is_there(whole: WordDocument) -> None:
    found = squeezed(text(whole))
    assert [one for one in told(report()) if squeezed(one) not in found] == []


def test_what_is_what_is_told_by_styles(whole: WordDocument) -> None:
    found = styles(whole)
    assert found["Forside tittel"] == ["Årsrapport 2025"]
    assert found["Forside avdeling"] == ["Home-Start Prøvedalen · 2025"]
    assert "6.0 Statistikk over aktivitet på avdelingen" in found["Heading 1"]
    assert "6.1 Forberedelseskurset" in found["Heading 2"]
    assert found["Heading 3"] == ["Stillinger"]
    assert "Styringsgruppen, med møter hver sjette uke:" in found["List Bullet"]
    assert found["List Bullet 2"] == ["leder", "to medlemmer"]
    assert "Helsestasjonen" in found["List Number"]
    assert "Jeg fikk puste litt." in found["Quote"]
    assert AGES.title in found["Caption"]
    assert "Merknad: To av familiene flyttet i løpet av høsten." in found["Merknad"]
    assert not any(found.get("Tabellavstand", []))


def test_the_statistics_alone_have_a_title_and_no_front_page() -> None:
    word = opened(statistics())
    found = styles(word)
    assert found["Title"] == ["6.0 Statistikk over aktivitet på avdelingen"]
    assert found["Heading 1"][0] == "6.1 Forberedelseskurset"
    assert "TOC Heading" not in found
    assert not word.sections[0].different_first_page_header_footer


def test_tables_are_tables_with_headers_that_are_repeated(whole: WordDocument) -> None:
    grids = [block for block in report().blocks if isinstance(block, Grid)]
    assert len(whole.tables) == len(grids)
    for table, grid in zip(whole.tables, grids, strict=True):
        first, *others = table._tbl.tr_lst
        assert first.trPr is not None
        assert first.trPr.find(qn("w:tblHeader")) is not None
        assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in (first, *others))
        assert table.style is not None
        assert table.style.name == "Rapporttabell"
        rows = [tuple(cell.text for cell in row.cells) for row in table.rows]
        assert rows == [(grid.headers[0] or grid.title, *grid.headers[1:]), *grid.rows]


def test_figures_are_in_line_on_the_right_and_texts_on_the_left(whole: WordDocument) -> None:
    for table, grid in zip(
        whole.tables, [b for b in report().blocks if isinstance(b, Grid)], strict=True
    ):
        (style,) = {p.style.name for p in table.rows[1].cells[1].paragraphs if p.style}
        assert style == ("Tabelltekst" if grid.texts else "Tabelltall")
        assert sum(column.width or 0 for column in table.columns) == pytest.approx(
            5760720, rel=0.01
        )
    (right,) = whole.styles.element.xpath('w:style[w:name/@w:val="Tabelltall"]/w:pPr/w:jc/@w:val')
    assert right == "right"


def test_nothing_is_left_alone_at_the_foot_of_a_page(whole: WordDocument) -> None:
    for level in (1, 2, 3, 4):
        assert whole.styles[f"Heading {level}"].paragraph_format.keep_with_next
    for table in whole.tables:
        first, *_, last = table.rows
        assert first.cells[0].paragraphs[0].style.paragraph_format.keep_with_next
        below = last._tr.getparent().getnext()
        noted = below.find(f"{qn('w:pPr')}/{qn('w:pStyle')}").get(qn("w:val")) == "Merknad"
        assert bool(last.cells[0].paragraphs[0].paragraph_format.keep_with_next) == noted


def test_tables_that_follow_each_other_stay_two() -> None:
    grid = Grid(("A", "B"), (("a", "1"),), "A")
    body = opened(document([grid, grid, Note("n"), grid])).element.body
    kinds = [child.tag for child in body]
    assert not [pair for pair in pairwise(kinds) if pair == (qn("w:tbl"), qn("w:tbl"))]
    assert kinds[-2:] == [qn("w:p"), qn("w:sectPr")]


def test_lists_with_numbers_each_begin_at_one() -> None:
    word = opened(document([listed("a", "b", ordered=True), said("x"), listed("c", ordered=True)]))
    numbers = [int(node.get(qn("w:val"))) for node in word.element.body.iter(qn("w:numId"))]
    assert numbers[0] == numbers[1] != numbers[2]
    numbering: Any = word.part.numbering_part.element
    for number in set(numbers):
        (override,) = numbering.num_having_numId(number).lvlOverride_lst
        assert override.startOverride.val == 1


def test_the_table_of_contents_is_words_own_and_asks_no_question(whole: WordDocument) -> None:
    body = whole.element.body
    assert ' TOC \\o "1-2" \\h \\z ' in [node.text for node in body.iter(qn("w:instrText"))]
    assert body.xpath("count(//w:fldChar[@w:dirty])") == 0
    assert whole.settings.element.find(qn("w:updateFields")) is None
    bookmarks = {node.get(qn("w:name")): node for node in body.iter(qn("w:bookmarkStart"))}
    links = list(body.iter(qn("w:hyperlink")))
    headings = [b for b in report().blocks if isinstance(b, Heading) and b.level <= 2]
    assert [squeezed(words_in(link)) for link in links] == [
        squeezed(heading.number + heading.text) for heading in headings
    ]
    for link in links:
        heading = bookmarks[link.get(qn("w:anchor"))].getparent()
        assert words_in(heading) == words_in(link)


def test_pages_have_numbers_and_say_whose_they_are(whole: WordDocument) -> None:
    section = whole.sections[0]
    footer = section.footer._element
    assert words_in(footer) == "Home-Start Prøvedalen · 2025Side 1 av 1"
    fields = [field.get(qn("w:instr")).strip() for field in footer.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]
    assert section.different_first_page_header_footer
    assert section.first_page_footer.paragraphs[0].text == ""
    for header in (section.header, section.first_page_header):
        assert header.paragraphs[0].text == "Fortrolig"


def test_the_page_the_language_and_the_properties_are_norwegian(whole: WordDocument) -> None:
    section = whole.sections[0]
    assert section.page_width is not None
    assert section.page_height is not None
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    (language,) = whole.styles.element.xpath("w:docDefaults//w:lang")
    assert language.get(qn("w:val")) == "nb-NO"
    about = whole.core_properties
    assert (about.title, about.author, about.language) == (
        "Årsrapport 2025",
        "Home-Start Prøvedalen",
        "nb-NO",
    )
    assert about.comments == ""
    assert about.created == about.modified
    assert about.created is not None
    assert about.created.isoformat() == "2026-02-03T13:05:00+00:00"


def test_nothing_is_locked_or_out_of_the_flow(whole: WordDocument) -> None:
    xml = b"".join(parts(report(), "word/"))
    for tag in (b"documentProtection", b"<w:txbxContent", b"<w:framePr", b"<wp:anchor", b"w:lock "):
        assert tag not in xml
    assert b'w:name="compatibilityMode"' in xml
    assert b'w:val="15"' in xml


def test_charts_are_words_own_with_their_figures_inside() -> None:
    written = document(CHARTS)
    charts = parts(written, "word/charts/chart")
    assert len(charts) == len(CHARTS)
    found = squeezed(re.sub("<[^>]*>", " ", b"".join(charts).decode()))
    assert [one for chart in CHARTS for one in chart.labels if squeezed(one) not in found] == []
    assert b"<c:v>138</c:v>" in charts[3]
    book = load_workbook(BytesIO(parts(written, "word/embeddings/")[3]))
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    assert rows[0] == (None, "Familier", "Barn")
    assert rows[-1] == ("2025", 61, 138)
    described = opened(written).element.body.xpath("//wp:docPr/@descr")
    assert described == [chart.description for chart in CHARTS]


def test_what_is_not_known_is_no_bar() -> None:
    (chart,) = parts(document([DURATIONS]), "word/charts/chart")
    assert re.findall(rb'<c:pt idx="(\d)"><c:v>[\d.]+<', chart) == [b"0", b"1", b"3", b"4"]


@pytest.mark.parametrize("labels", [(), ("a",)])
def test_a_chart_of_nothing_is_left_out(labels: tuple[str, ...]) -> None:
    assert parts(document([Chart("Tom", labels, (), "Tom")]), "word/charts/") == []


@pytest.fixture(scope="module")
def plain() -> WordDocument:
    """A document with a text in every place that means nothing to the format."""
    return opened(strange("vanlig"))


@pytest.mark.parametrize("one", STRANGE)
def test_what_people_wrote_is_text(plain: WordDocument, one: str) -> None:
    found = opened(strange(one))
    assert [node.tag for node in found.element.body.iter()] == [
        node.tag for node in plain.element.body.iter()
    ]
    words = squeezed(text(found))
    assert [words_of for words_of in told(strange(one)) if squeezed(words_of) not in words] == []


def test_strange_labels_of_charts_are_text() -> None:
    labels = ("<c:v>", "&amp;", "=1+1", CONTROLS)
    drawn = Chart("T", labels, (YEAR_BY_YEAR.series[0],), '"><x')
    word = opened(document([drawn]))
    (chart,) = (part for part in parts(document([drawn]), "word/charts/chart"))
    assert b"&lt;c:v&gt;" in chart
    assert b"&amp;amp;" in chart
    assert CONTROLS_MARKED.encode() in chart
    assert word.element.body.xpath("//wp:docPr/@descr") == ['"><x']


def test_characters_that_no_document_has_are_marked_and_lines_are_kept() -> None:
    word = opened(document([said(CONTROLS), said("en\nto"), said(LONG)], title=CONTROLS + LONG))
    assert [p.text for p in word.paragraphs[-3:]] == [CONTROLS_MARKED, "en\nto", LONG]
    assert word.core_properties.title.startswith(CONTROLS_MARKED)


def test_the_same_document_is_the_same_file() -> None:
    assert as_docx(report()) == as_docx(report())
    with ZipFile(BytesIO(as_docx(report()))) as archive:
        assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not on this machine")
def test_libreoffice_shows_every_text_and_figure(tmp_path: Path) -> None:
    (tmp_path / "r.docx").write_bytes(as_docx(report(marked="Fortrolig")))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "r.docx"]
    subprocess.run(command, cwd=tmp_path, capture_output=True, check=True, timeout=180)
    from pypdf import PdfReader

    pages = [page.extract_text() for page in PdfReader(tmp_path / "r.pdf").pages]
    found = re.sub(r"Fortrolig|Home-StartPrøvedalen·2025Side\d+av\d+", "", squeezed("".join(pages)))
    texts = [*told(report()), *charted(report())]
    assert [one for one in texts if squeezed(one) not in found] == []
    assert f"Side 3 av {len(pages)}" in pages[2]
