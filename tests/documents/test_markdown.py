"""A document as Markdown, read back by a program that knows only Markdown."""

import re
from html import unescape

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from hsf_cli.documents.as_markdown import as_markdown
from hsf_cli.documents.document import Document, Grid, Heading, Note, Paragraph, Span
from hsf_cli.documents.prose import blocks
from tests.documents.a_document import (
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
    strange,
    texts_of,
    told,
)

# As strict a reader as any: HTML is HTML, and everything GitHub has in its tables means something.
READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def html(document: Document) -> str:
    """What a reader of Markdown makes of it."""
    return READER.render(as_markdown(document))


def seen(document: Document) -> str:
    """What somebody sees of it, with single spaces."""
    return squeezed(unescape(re.sub(r"<[^>]*>", " ", html(document))))


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_the_statistics_alone_have_the_shape_of_the_form() -> None:
    lines = iter(as_markdown(statistics()).splitlines())
    assert next(lines) == "# 6.0 Statistikk over aktivitet på avdelingen"
    assert "Talt 03.02.2026 kl. 14.05 etter skjemaet fra 2023." in lines
    assert "## 6.1 Forberedelseskurset" in lines
    assert "| Informasjon om forberedelseskurs: | Antall |" in lines
    assert next(lines) == "| :-- | --: |"
    assert next(lines) == "| Kurs på våren | 48 |"
    assert "*Merknad: To av familiene flyttet i løpet av høsten.*" in lines
    assert "| Ugift / enslig (*Aleneforelder) | 61 |" in lines


def test_a_whole_report_has_its_chapters_below_the_title() -> None:
    lines = as_markdown(report(marked="Fortrolig")).splitlines()
    assert lines[:3] == ["# Årsrapport 2025", "", "**Fortrolig**"]
    assert "## 6.0 Statistikk over aktivitet på avdelingen" in lines
    assert "### 6.1 Forberedelseskurset" in lines
    assert [line for line in lines if re.match("# ", line)] == lines[:1]


def test_a_reader_sees_every_text_and_figure() -> None:
    found = seen(report())
    assert [text for text in told(report()) if squeezed(text) not in found] == []


def test_what_a_chart_shows_is_a_table() -> None:
    text = as_markdown(document([YEAR_BY_YEAR, DURATIONS]))
    assert "| Familier og barn år for år | Familier | Barn |\n| :-- | --: | --: |\n" in text
    assert "| 2025 | 61 | 138 |" in text
    assert "| 10–12 mnd. | – |" in text
    assert f"*{YEAR_BY_YEAR.description}*" in text


def test_lists_that_follow_each_other_stay_two() -> None:
    found = html(document([listed("a"), listed("b"), listed("c", ordered=True), listed("d")]))
    assert found.count("<ul>") == 3
    assert found.count("<ol>") == 1


def test_styles_are_marked_where_a_reader_would_see_them() -> None:
    spans = (Span("et "), Span("godt ", bold=True), Span("år", italic=True), Span("!"))
    assert "et **godt** *år*!" in as_markdown(document([Paragraph(spans)]))
    glued = (Span("x"), Span("(y)", bold=True), Span("z"))
    assert "x(y)z" in as_markdown(document([Paragraph(glued)]))


@pytest.mark.parametrize("text", STRANGE)
def test_what_people_wrote_reads_as_they_wrote_it(text: str) -> None:
    strange_one = strange(text)
    found = seen(strange_one)
    assert [one for one in told(strange_one) if squeezed(one) not in found] == []
    tags = set(re.findall(r"</?(\w+)", html(strange_one)))
    assert tags <= {
        *("h1", "h2", "p", "strong", "em", "blockquote", "ol", "ul", "li"),
        *("table", "thead", "tbody", "tr", "th", "td"),
    }


def test_characters_that_no_document_has_are_marked() -> None:
    assert CONTROLS_MARKED in as_markdown(document([said(CONTROLS)]))


def test_a_text_may_be_long_and_have_lines() -> None:
    text = as_markdown(document([Note(f"{LONG}\n\n- a", "Merknad"), said("a\nb"), Grid(("a", "b"), (("c\nd", "1"),), "x")]))  # fmt: skip  # noqa: E501
    assert f"*Merknad: {LONG.strip()}\\\n\\- a*" in text
    assert "a\\\nb" in text
    assert "| c d | 1 |" in text


def test_the_same_document_is_the_same_text() -> None:
    assert as_markdown(report()) == as_markdown(report())


MARKS = "#*_->`~[]()!|\\&<>$ 1.)+=:\"'{}^@;aæ\N{NO-BREAK SPACE}"
SPANS = st.lists(st.builds(Span, st.text(MARKS), st.booleans(), st.booleans()), max_size=5)


@given(SPANS.map(tuple))
@example((Span("a"), Span("*", bold=True), Span("b*", italic=True)))
@example((Span("a* "), Span("b", bold=True), Span("*c")))
@example((Span("\N{NO-BREAK SPACE}"),))
@example((Span(" \N{NO-BREAK SPACE} a\N{NO-BREAK SPACE}"),))
def test_any_paragraph_reads_back_as_its_text(spans: tuple[Span, ...]) -> None:
    text = "".join(span.text for span in spans)
    _, _, _, *found = blocks(as_markdown(document([Paragraph(spans)])), 1)
    read = "".join(span.text for one in found if isinstance(one, Paragraph) for span in one.spans)
    # At the ends a reader takes away every blank, also one that does not break.
    assert " ".join(read.strip().split(" ")) == " ".join(filter(None, text.strip().split(" ")))
    assert len(found) <= 1


@given(st.text(MARKS))
def test_any_text_reads_back_from_a_heading_a_note_a_list_and_a_table(text: str) -> None:
    texts = [Heading(1, text), Note(text), listed(text), Grid(("a", text), ((text, "1"),), "")]
    _, _, _, *found = blocks(as_markdown(document(texts)), 1)
    words = squeezed(text)
    expected = [*([words] * 2 if words else []), words, "a", words, words, "1"]
    assert [squeezed(one) for one in texts_of(found)] == expected
