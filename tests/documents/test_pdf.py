"""A document as PDF, read back by programs that had no part in writing it."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsf_cli.documents.characters import MARK
from hsf_cli.documents.document import (
    Block,
    Bullets,
    Chart,
    Document,
    Grid,
    Heading,
    Note,
    Paragraph,
    Series,
    Span,
)
from hsf_cli.documents.pdf import templates
from hsf_cli.documents.pdf.as_pdf import as_pdf
from tests.documents.a_document import (
    AGES,
    CHARTS,
    NOTHING,
    SOURCES,
    document,
    listed,
    report,
    said,
    statistics,
)
from tests.documents.pdf_reading import Read, squeezed

LOWEST = 29  # the lower margin, in millimetres, less a descender
MARKUP = '[a] #read("x") $y$ *z* _w_ @ref <b> `c` = d ~ -- /* // \\ \\u{41} #{1} "\''


@pytest.fixture(scope="module")
def whole() -> Document:
    """A whole report."""
    return report(marked="Foreløpig")


@pytest.fixture(scope="module")
def content(whole: Document) -> bytes:
    """The whole report as a file."""
    return as_pdf(whole)


@pytest.fixture(scope="module")
def read(content: bytes) -> Read:
    """The whole report as another program finds it."""
    return Read(content)


def written(*blocks: Block) -> Read:
    """What is found in a document with these blocks."""
    return Read(as_pdf(document(blocks)))


def texts(blocks: tuple[Block, ...]) -> Iterator[str]:
    """Every text that a reader should find."""
    for block in blocks:
        match block:
            case Heading():
                yield f"{block.number}{block.text}"
            case Paragraph():
                yield from (span.text for span in block.spans)
            case Bullets():
                for item in block.items:
                    yield from texts(item)
            case Note():
                yield f"{block.label}: {block.text}"
            case Grid():
                yield from block.headers
                yield from ("".join(row) for row in block.rows)
            case Chart():
                yield from (block.title, *block.labels)


def without_hyphens(text: str) -> str:
    """The text squeezed; hyphens may be there because a line ends, so none of them counts."""
    return re.sub("[-\N{HYPHEN}\N{SOFT HYPHEN}]", "", squeezed(text))


def test_every_text_and_figure_is_found(whole: Document, read: Read) -> None:
    found = without_hyphens(re.sub(r"\S+ · 2025 *Side \d+ av \d+|Foreløpig", "", read.text))
    assert [text for text in texts(whole.blocks) if without_hyphens(text) not in found] == []


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler is not on this machine")
def test_poppler_finds_every_row_of_every_table(
    whole: Document, content: bytes, tmp_path: Path
) -> None:
    (tmp_path / "r.pdf").write_bytes(content)
    command = ["pdftotext", "-layout", "r.pdf", "-"]
    output = subprocess.run(command, cwd=tmp_path, capture_output=True, check=True).stdout.decode()
    found = squeezed(output)
    for grid in (block for block in whole.blocks if isinstance(block, Grid)):
        for label, *others in grid.rows:
            lines = label.split()  # of a label on two lines, the figure stands beside the first
            assert squeezed(lines[0]) in found
            assert all(squeezed(other) in found for other in others)


def test_the_file_says_what_it_is(read: Read) -> None:
    assert read.catalogue["/Lang"] == "nb-NO"
    assert read.catalogue["/ViewerPreferences"]["/DisplayDocTitle"]
    about = read.reader.metadata
    assert about is not None
    assert about.title == "Årsrapport 2025 – Home-Start Prøvedalen"
    assert about.author == "Home-Start Prøvedalen"
    assert about.creation_date == document().written_at


def test_it_is_for_archives_and_for_reading_aloud(read: Read) -> None:
    assert "<pdfaid:part>2</pdfaid:part>" in read.xmp
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in read.xmp
    assert "<pdfuaid:part>1</pdfuaid:part>" in read.xmp
    assert read.catalogue["/MarkInfo"]["/Marked"].value is True
    assert all("/StructParents" in page for page in read.reader.pages)


def test_tables_are_tagged_with_their_headers(whole: Document, read: Read) -> None:
    grids = [block for block in whole.blocks if isinstance(block, Grid)]
    assert len(read.tagged("/Table")) == len(grids)
    assert len(read.tagged("/TH")) == sum(len(grid.headers) for grid in grids)
    cells = sum(len(grid.headers) * len(grid.rows) for grid in grids)
    assert len(read.tagged("/TD")) == cells
    assert all(header["/A"][0]["/Scope"] == "/Column" for header in read.tagged("/TH"))


def test_charts_say_in_words_what_they_show(whole: Document, read: Read) -> None:
    charts = [block for block in whole.blocks if isinstance(block, Chart)]
    assert [str(figure["/Alt"]) for figure in read.tagged("/Figure")] == [
        chart.description for chart in charts
    ]


def test_the_bookmarks_are_the_headings(whole: Document, read: Read) -> None:
    headings = [block for block in whole.blocks if isinstance(block, Heading)]
    assert [(level, text) for level, text, *_ in read.bookmarks] == [
        (heading.level, f"{heading.number} {heading.text}".strip()) for heading in headings
    ]


def test_the_contents_name_the_pages(read: Read) -> None:
    contents = squeezed(read.pages[1]).replace(".", "")
    for level, text, page, _ in read.bookmarks:
        if level < 3:
            assert squeezed(text).replace(".", "") + str(page) in contents


def test_every_page_but_the_first_has_its_number(read: Read) -> None:
    last = len(read.pages)
    assert "Side" not in read.pages[0]
    for number, page in enumerate(read.pages[1:], 2):
        assert f"Side {number} av {last}" in page
        assert "Home-Start Prøvedalen · 2025" in page


def test_the_mark_stands_on_every_page(read: Read) -> None:
    assert all("Foreløpig" in page for page in read.pages)


def test_the_front_page_says_whose_it_is_and_where_it_comes_from(whole: Document) -> None:
    read = Read(as_pdf(replace(whole, title="Rapport til kommunen", blocks=())))
    for text in ("Home-Start Prøvedalen", "Rapport til kommunen", "2025", *whole.origin):
        assert text in read.pages[0]


def test_statistics_alone_begin_on_the_first_page() -> None:
    read = Read(as_pdf(statistics()))
    assert "6.0 Statistikk over aktivitet på avdelingen" in read.pages[0]
    assert "6.1 Forberedelseskurset" in read.pages[0]
    assert "Side 1 av" in read.pages[0]
    assert "Innhold" not in read.text
    assert {level for level, *_ in read.bookmarks} == {1}


def test_no_level_of_heading_is_skipped() -> None:
    levels = [3, 1, 3, 3, 2, 3, 2]
    read = written(*(Heading(level, f"H{place}") for place, level in enumerate(levels)))
    assert [level for level, *_ in read.bookmarks] == [1, 1, 2, 2, 2, 3, 2]


@pytest.mark.parametrize("paragraphs", [2, 5])
def test_no_heading_stands_alone_at_the_foot_of_a_page(paragraphs: int) -> None:
    read = Read(as_pdf(report(paragraphs)))
    assert min(height for *_, height in read.bookmarks) > LOWEST + 15


def test_the_header_is_there_on_every_page_that_a_table_goes_on_to() -> None:
    rows = tuple((f"Rad {number}", str(number)) for number in range(120))
    read = written(Grid(("Overskriften", "Antall"), rows, "Tabell"))
    assert all("Overskriften" in page for page in read.pages if "Rad " in page)
    assert sum("Overskriften" in page for page in read.pages) > 2
    assert len(read.tagged("/TH")) == 2


def test_a_table_without_a_first_header_has_its_title_there() -> None:
    assert "Tittelen" in written(Grid(("", "2025"), (("Familier", "4"),), "Tittelen")).text


@pytest.mark.parametrize("chart", CHARTS)
def test_a_chart_is_on_one_page_with_its_labels_and_values(chart: Chart) -> None:
    filling = [said("Noe tekst. " * 60)] * 6
    read = written(*filling, chart)
    page = squeezed(next(page for page in read.pages if squeezed(chart.title) in squeezed(page)))
    assert all(squeezed(label) in page for label in chart.labels)


def test_a_value_that_is_hidden_and_one_that_is_none_are_told_apart() -> None:
    chart = Chart("Alder", ("0–2 år", "3–6 år"), (Series("Barn", (None, 0)),), "Alder")
    assert re.search(r"Alder\s+–\s+0\s+0–2 år", written(chart).text)


def test_values_are_written_as_norwegians_read_them() -> None:
    chart = Chart("Timer", ("Oppdrag",), (Series("Timer", (1234567.5,)),), "Timer")
    assert "1234567,5" in squeezed(written(chart).text)


@pytest.mark.parametrize("chart", [AGES, SOURCES, NOTHING])
def test_very_many_or_no_bars_are_drawn_too(chart: Chart) -> None:
    labels = tuple(f"{label} {number}" for number in range(12) for label in chart.labels)
    many = tuple(Series(one.name, one.values * 12) for one in chart.series)
    read = written(replace(chart, labels=labels, series=many), replace(chart, labels=(), series=()))
    assert all(squeezed(label) in squeezed(read.text) for label in labels)
    assert min(read.heights()) > 10


def test_markup_is_text() -> None:
    read = written(
        Heading(1, MARKUP, "1.0"),
        said(MARKUP),
        Paragraph((Span(MARKUP, bold=True, italic=True),), quoted=True),
        listed(MARKUP),
        Note(MARKUP, "Merknad"),
        Grid((MARKUP, "Antall"), ((MARKUP, "1"),), MARKUP),
        Chart(MARKUP, (MARKUP,), (Series(MARKUP, (1,)),), MARKUP),
    )
    # In the contents, the heading, three texts, the note, the header, the row, title and label.
    assert squeezed(read.text).count(squeezed(MARKUP)) == 10
    assert [text for _, text, *_ in read.bookmarks] == [f"1.0 {MARKUP}"]
    assert str(read.tagged("/Figure")[0]["/Alt"]) == MARKUP


def test_markup_in_what_stands_on_every_page_is_text() -> None:
    read = Read(as_pdf(document([said("x")], title=MARKUP, department=MARKUP, marked=MARKUP)))
    assert all(squeezed(read.pages[page]).count(squeezed(MARKUP)) == 2 for page in (1, 2))
    assert read.reader.metadata is not None
    assert read.reader.metadata.author == MARKUP


def test_lines_are_broken_where_the_text_is() -> None:
    assert "første\nandre\ntredje\nfjerde" in written(said("første\nandre\r\ntredje\rfjerde")).text


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Så fint 😀!", f"Så fint {MARK}!"),
        ("👩🏽\N{ZERO WIDTH JOINER}👧", MARK * 2),
        ("hjerte ♥\N{VARIATION SELECTOR-16}", "hjerte ♥"),
        ("李明", MARK * 2),
        ("nul\0 og \x1b[31m", f"nul{MARK} og {MARK}[31m"),
        ("halv \ud83d", f"halv {MARK}"),
        ("\ue000 privat", f"{MARK} privat"),
        ("A\N{COMBINING RING ABOVE}se", "Åse"),
        ("tabulator\there", "tabulator here"),
        ("\N{RIGHT-TO-LEFT OVERRIDE}snudd", "snudd"),
        ("Čović Šimić Łukasz Đặng Þór Ğül", "Čović Šimić Łukasz Đặng Þór Ğül"),
        ("Олена Ελένη", "Олена Ελένη"),
        ("1 632 – «sitat» … ½ € ✓", "1 632 – «sitat» … ½ € ✓"),
    ],
)
def test_what_no_font_can_show_is_marked(text: str, found: str) -> None:
    assert found in written(said(text)).text


@pytest.mark.parametrize("text", ["مرحبا بكم", "שלום לכם"])
def test_text_from_right_to_left_is_text(text: str) -> None:
    """Readers give the letters in the order of the page or of the text, and joined or not."""
    assert MARK not in written(said(text)).text


def test_every_character_that_is_said_to_be_shown_is() -> None:
    shown = [chr(code) for code in range(0x10000) if re.match(f"[{templates.SHOWN}]", chr(code))]
    text = " ".join(shown)
    styles = [(False, False), (True, False), (False, True), (True, True)]
    as_pdf(
        document([Paragraph((Span(text, bold, italic),)) for bold, italic in styles])
    )  # which raises an error for one that is not


@settings(max_examples=10)
@given(st.lists(st.text(), min_size=20, max_size=40))
def test_any_text_can_be_written(some: list[str]) -> None:
    blocks: list[Block] = [Paragraph((Span(one), Span(one, bold=True))) for one in some]
    blocks += [Note(one, one) for one in some] + [Heading(1, one, one) for one in some[:3]]
    grid = Grid((some[0], some[1]), tuple((one, one) for one in some), "Tabell")
    as_pdf(document([*blocks, grid, replace(grid, texts=True)], title=some[2], marked=some[3]))


def test_nothing_long_leaves_the_page() -> None:
    word, words = "æ" * 4_000, "ordene " * 600
    read = written(
        said(word),
        Note(word),
        Grid(("Navn", "Antall"), ((word, "1"), (words, "2")), "Tabell"),
        Grid(("Navn", "Hva"), ((words, "x"), ("y", word)), "Tabell", texts=True),
        Chart("Lang", (word,), (Series("En", (1,)),), "Lang"),
    )
    assert squeezed(read.text).count("æ") >= 16_000
    assert read.text.count("ordene") == 1200
    assert min(read.heights()) > 10


def test_a_table_of_very_many_years_has_room_for_its_labels() -> None:
    years = [str(year) for year in range(2014, 2026)]
    read = written(
        Grid(
            ("År", *years), (("Familiekontakter i alt", *["1\N{NO-BREAK SPACE}234,5"] * 12),), "År"
        )
    )
    assert "Familiekontakter i alt" in read.text


def test_only_fonts_in_the_program_are_used(read: Read) -> None:
    assert read.fonts
    assert all(name.startswith("LibertinusSerif") for name in read.fonts)


def test_the_same_document_makes_the_same_bytes_in_any_time_zone(
    whole: Document, content: bytes
) -> None:
    east = whole.written_at.astimezone(timezone(timedelta(hours=9)))
    assert content == as_pdf(replace(whole, written_at=east))


def test_another_process_makes_the_same_bytes() -> None:
    code = (
        "import sys; from hsf_cli.documents.pdf.as_pdf import as_pdf;"
        "from tests.documents.a_document import AGES, document;"
        "sys.stdout.buffer.write(as_pdf(document([AGES])))"
    )
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout
    assert other == as_pdf(document([AGES]))
