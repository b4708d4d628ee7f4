"""The Markdown of a chapter as blocks."""

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hsf_cli.documents.document import Bullets, Grid, Heading, Paragraph, Span
from hsf_cli.documents.prose import blocks
from tests.documents.a_document import listed, said
from tests.documents.told import texts_of


def test_headings_begin_at_the_level_asked_for_and_skip_none() -> None:
    text = "## Drift\n\n#### Lokaler\n\n## Økonomi\n\nTilskudd\n--------\n"
    assert blocks(text, 2) == (
        Heading(2, "Drift"),
        Heading(3, "Lokaler"),
        Heading(2, "Økonomi"),
        Heading(2, "Tilskudd"),
    )


def test_a_paragraph_has_its_styles() -> None:
    (paragraph,) = blocks("Vi er **mange**, *glade* og\n***blide***.", 2)
    assert paragraph == Paragraph(
        (
            Span("Vi er "),
            Span("mange", bold=True),
            Span(", "),
            Span("glade", italic=True),
            Span(" og "),
            Span("blide", bold=True, italic=True),
            Span("."),
        )
    )


def test_a_line_that_is_broken_on_purpose_stays_broken() -> None:
    assert blocks("Storgata 1  \n1390 Vollen\\\nNorge", 2) == (
        said("Storgata 1\n1390 Vollen\nNorge"),
    )


def test_lists_lie_inside_each_other() -> None:
    assert blocks("- en\n- to\n  1. a\n  2. b\n", 2) == (
        Bullets(((said("en"),), (said("to"), listed("a", "b", ordered=True)))),
    )


@pytest.mark.parametrize(
    "text", ["17. mai gikk vi i tog.", "1. mai var vi hjemme.\n\n17. mai ute."]
)
def test_a_date_that_begins_a_paragraph_stays_that_date(text: str) -> None:
    assert list(texts_of(blocks(text, 2))) == text.split("\n\n")


def test_numbers_that_are_all_one_count_from_one() -> None:
    assert blocks("1. en\n1. to\n", 2) == (listed("en", "to", ordered=True),)


def test_a_quotation_stands_apart_with_all_that_is_in_it() -> None:
    assert blocks("> Takk!\n>\n> ## Fra en mor\n> - x", 2) == (
        Paragraph((Span("Takk!"),), quoted=True),
        Paragraph((Span("Fra en mor", bold=True),), quoted=True),
        listed("x"),
    )


def test_a_table_is_one_of_texts() -> None:
    (grid,) = blocks("| Dato | *Hva* |\n|---|--:|\n| 1.3. | a \\| b |\n| 2.3. |\n", 2)
    rows = (("1.3.", "a | b"), ("2.3.", ""))
    in_line_on_the_right = frozenset({1})
    assert grid == Grid(("Dato", "Hva"), rows, "Dato, Hva", texts=True, right=in_line_on_the_right)


def test_a_table_with_a_cell_too_many_stands_as_it_was_typed() -> None:
    text = "| a | b |\n|---|---|\n| 1 | 2 | 3 |"
    assert blocks(text, 2) == (said(text),)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("[Les mer](https://hsf.no/æ%20ø)", "Les mer (https://hsf.no/æ ø)"),
        ("<https://hsf.no>", "https://hsf.no"),
        ("[https://hsf.no](https://hsf.no)", "https://hsf.no"),
        ("[Skriv](mailto:post@hsf.no) <a@b.no>", "Skriv (post@hsf.no) a@b.no"),
        ("**[fet](https://hsf.no)**", "fet (https://hsf.no)"),
        ("![En *glad* gjeng](bilde.png) i mars", "En glad gjeng i mars"),
        ("<b>fet</b> <script>x</script>", "<b>fet</b> <script>x</script>"),
        ("<div>\nx\n</div>", "<div> x </div>"),
        ("<!-- skjult -->", "<!-- skjult -->"),
        ("[1]: https://hsf.no", "[1]: https://hsf.no"),
        ("    rykket inn", "rykket inn"),
        ("`kode` &amp; &lt;", "kode & <"),
        ("```\na\nb\n```", "a\nb"),
        ("a\x00b\ud800c", "a\ufffdb\ufffdc"),
    ],
)
def test_what_no_document_has_is_its_text(text: str, read: str) -> None:
    assert list(texts_of(blocks(text, 2))) == [read]


@pytest.mark.parametrize(
    "text",
    [
        ">" * 3000 + " ord",
        "- " * 500 + "ord",
        "\n".join("  " * depth + "- ord" for depth in range(300)),
        "![" * 3000 + "ord" + "](a)" * 3000,
        "**a " * 3000 + "ord" + "**" * 3000,
        "[" * 5000 + "ord",
        "<" * 5000 + "ord",
        "| ord " * 3000 + "|\n" + "|-" * 3000 + "|",
    ],
    ids=["quotes", "dashes", "lists", "images", "bold", "brackets", "tags", "columns"],
)
def test_what_is_nested_beyond_meaning_is_read_all_the_same(text: str) -> None:
    assert any("ord" in words for words in texts_of(blocks(text, 2)))


MARKS = '#*_->`~[]()!|\\&<> \n\t1.)+=:"'
WORDS = st.sampled_from(["barn", "besøk", "år", "17", "mai", "1"])
PIECES = st.one_of(WORDS, st.text(MARKS, max_size=6), st.just("\n\n"), st.just("\n- "))


@given(st.lists(PIECES, max_size=40).map("".join))
@example("| a |\n|-|\n> | b | c |")
def test_no_word_is_lost(text: str) -> None:
    found = "".join(texts_of(blocks(text, 2)))
    for word in ("barn", "besøk", "år"):
        # A link's address has its own spelling; a cell that no column has is in the test above.
        if not set("(<|") & set(text):
            assert found.count(word) == text.count(word)


@given(st.text(st.characters(codec=None)) | st.text(MARKS + "aæ"), st.integers(1, 4))
def test_it_never_raises_and_skips_no_level(text: str, top: int) -> None:
    levels = [block.level for block in blocks(text, top) if isinstance(block, Heading)]
    assert levels[:1] in ([], [top])
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_a_table_in_a_quotation_is_a_line_for_each_row() -> None:
    assert list(texts_of(blocks("> | Sted | Antall |\n> |---|---|\n> | Asker | 3 |\n", 2))) == [
        "Sted · Antall", "Asker · 3",
    ]  # fmt: skip


def test_a_number_that_is_typed_before_a_list_keeps_its_place() -> None:
    assert list(texts_of(blocks("17. - gikk i tog\n    - spiste is\n", 2))) == [
        "17.", "gikk i tog", "spiste is",
    ]  # fmt: skip
