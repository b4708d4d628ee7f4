"""What a reader should find in a document, and texts that mean something to the formats."""

from collections.abc import Iterable, Iterator

from hsf_cli import numbers
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
from tests.documents.a_document import document, listed, said

STRANGE = (
    "<script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    "&amp; &lt;b&gt; &#65;",
    "{{ 7*7 }} {% raw %}",
    "=1+1",
    "*a* _b_ `c` ~~d~~ **e**",
    "[f](http://g.no) ![h](i.png) [j]: k",
    "# l",
    "- m",
    "17. mai",
    "> n",
    "o | p \\| q \\",
    "$r$ ^s^ @t :u:",
    "]]> <!-- v --> <?w?>",
    "🎉 👨‍👩‍👧 z\u0301",
    "שלום עולם",
    "\"æ\" 'ø' «å»",
)
CONTROLS = "a\x00b\x07c\x1bd\ufffee\ud800f\x85g"
CONTROLS_MARKED = "a\ufffdb\ufffdc\ufffdd\ufffde\ufffdf\ufffdg"
LONG = "lang " * 2000


def strange(*texts: str) -> Document:
    """A document with those texts in every place that has one."""
    blocks: list[Block] = []
    for text in texts:
        blocks += [
            Heading(1, text, "1.0"),
            said(text),
            Paragraph((Span(text, bold=True), Span(" "), Span(text, italic=True)), quoted=True),
            listed(text, text, ordered=True),
            Note(text, text),
            Grid((text, "Antall"), ((text, "1"),), text),
            Grid(("A", text), ((text, text),), text, texts=True),
            Chart(text, (text, "x"), (Series(text, (1, None)),), text),
        ]
    return document(blocks, title=texts[0], department=texts[-1], marked=texts[0], origin=texts)


def told(document: Document) -> Iterator[str]:
    """Every text and every value that a reader should find, but for those of the charts."""
    yield from (document.title, document.department, str(document.year), *document.origin)
    yield from texts_of(document.blocks)


def charted(document: Document) -> Iterator[str]:
    """What the charts show."""
    for block in document.blocks:
        if isinstance(block, Chart):
            yield from (block.title, *block.labels)
            for series in block.series:
                yield from (numbers.written(int(v)) for v in series.values if v is not None)


def texts_of(blocks: Iterable[Block]) -> Iterator[str]:
    """Every text of the blocks, but for those of the charts."""
    for block in blocks:
        match block:
            case Heading():
                yield f"{block.number} {block.text}".strip()
            case Paragraph():
                yield "".join(span.text for span in block.spans)
            case Bullets():
                for item in block.items:
                    yield from texts_of(item)
            case Note():
                yield f"{block.label}: {block.text}" if block.label else block.text
            case Grid():
                yield from (block.headers[0] or block.title, *block.headers[1:])
                for row in block.rows:
                    yield from row
