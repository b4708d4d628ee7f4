"""A document as a Word file: real styles, tables, lists and charts, everything open to editing."""

from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from hsf_cli.documents import pieces
from hsf_cli.documents.archives import timeless
from hsf_cli.documents.characters import printable
from hsf_cli.documents.document import (
    Block,
    Bullets,
    Chart,
    Document,
    Grid,
    Heading,
    Note,
    Paragraph,
    Spans,
)
from hsf_cli.documents.word.charts import chart
from hsf_cli.documents.word.file import NAMESPACES, TEXT_WIDTH, empty_file, text

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_TWIPS_IN_A_MILLIMETRE = 56.7
_LOWEST_HEADING, _DEEPEST_LIST = 6, 3
# A heading that Word leaves out when it makes the contents anew, which are of levels 1 and 2.
_UNLISTED = "Mellomtittel"
# A table of no more rows than this stays on one page.
_SHORT = 16
# Millimetres: what one character of a figure takes, and the least that a column has.
_CHARACTER, _NARROWEST, _BETWEEN = 2.0, 16, 5
_LONGEST_COUNTED = 40
# The style of a column of texts, and of one that is in line on the right.
_HEAD_STYLES = ("Tabellhode", "Tabellhodetall")
_ROW_STYLES = ("Tabelltekst", "Tabelltall")
_INSIDE_STYLE = "Tabelldel"
_AT_THE_TOP = '<w:vAlign w:val="top"/>'
_NO_GAP = '<w:tcMar><w:left w:w="0" w:type="dxa"/></w:tcMar>'
# The list with numbers in numbering.xml.
_NUMBERS = 2
_CONTENTS_FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve">'
    ' TOC \\o "1-2" \\h \\z </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
)
_FIELD_END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def as_docx(document: Document) -> bytes:
    """The document as the bytes of a file: the same for the same document."""
    from docx.oxml import parse_xml

    word = empty_file(document)
    body = "".join(_Body(word, document).parts())
    elements = list(parse_xml(f"<w:body {NAMESPACES}>{body}</w:body>"))
    word.element.body[:-1] = elements  # the last is the section with its page
    written = BytesIO()
    word.save(written)
    return timeless(written.getvalue())


class _Body:
    """The text of the file as XML, block by block."""

    def __init__(self, word: "WordDocument", document: Document) -> None:
        self._word = word
        self._document = document
        self._blocks = pieces.laid_out(document, 1)
        self._charts = 0

    def parts(self) -> Iterator[str]:
        yield from self._front()
        following = (*self._blocks[1:], None)
        for place, (block, after) in enumerate(zip(self._blocks, following, strict=False)):
            first = self._document.whole and place == 0
            match block:
                case Heading():
                    yield _heading(block, place, first)
                case Paragraph():
                    yield _paragraph("Quote" if block.quoted else "Normal", _runs(block.spans))
                case Bullets():
                    yield from self._list(block)
                case Note():
                    label = _run(f"{block.label}: ", "<w:b/><w:bCs/>") if block.label else ""
                    yield _paragraph("Merknad", label + _run(block.text))
                case Grid():
                    yield _table(block, isinstance(after, Note))
                case Chart():
                    yield from self._chart(block)
            if _needs_room(block, after):
                yield _paragraph("Tabellavstand")

    def _front(self) -> Iterator[str]:
        document, whole = self._document, self._document.whole
        whose = f"{document.department} · {document.year}"
        yield _paragraph("Forsideavdeling" if whole else "Subtitle", _run(whose))
        yield _paragraph("Forsidetittel" if whole else "Title", _run(document.title))
        for sentence in document.origin:
            yield _paragraph("Opplysning", _run(sentence))
        if whole:
            yield from self._contents()
            if not isinstance(self._blocks[0] if self._blocks else None, Heading):
                yield _paragraph("Tabellavstand", '<w:r><w:br w:type="page"/></w:r>')

    def _contents(self) -> Iterator[str]:
        """The table of contents, as Word knows one: it fills in the pages when it is told to.

        The entries stand there already. A mark that they are old, or a setting to renew them,
        would make Word ask a question about other files each time somebody opens the report.
        """
        entries = [
            (place, block)
            for place, block in enumerate(self._blocks)
            if isinstance(block, Heading) and pieces.is_listed(block, 1)
        ]
        if not entries:
            return
        yield (
            '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/>'
            "<w:docPartUnique/></w:docPartObj></w:sdtPr><w:sdtContent>"
        )
        yield _paragraph("TOCHeading", _run(pieces.CONTENTS))
        for number, (place, block) in enumerate(entries, start=1):
            link = (
                f'<w:hyperlink w:anchor="{_bookmark(place)}" w:history="1">'
                f"{_run(pieces.heading(block))}</w:hyperlink>"
            )
            begins = _CONTENTS_FIELD if number == 1 else ""
            ends = _FIELD_END if number == len(entries) else ""
            yield _paragraph(f"TOC{block.level}", begins + link + ends)
        yield "</w:sdtContent></w:sdt>"

    def _list(self, block: Bullets, depth: int = 1) -> Iterator[str]:
        """The list; one with numbers begins at 1, whatever came before it."""
        level = min(depth, _DEEPEST_LIST)
        style = "ListNumber" if block.ordered else "ListBullet"
        suffix = str(level) if level > 1 else ""
        numbering = self._numbering(level) if block.ordered else ""
        for item in block.items:
            for place, part in enumerate(item):
                if isinstance(part, Bullets):
                    yield from self._list(part, depth + 1)
                elif place == 0:
                    yield _paragraph(style + suffix, _runs(part.spans), numbering)
                else:
                    yield _paragraph(f"ListContinue{suffix}", _runs(part.spans))

    def _numbering(self, level: int) -> str:
        numbering = self._word.part.numbering_part.element.add_num(_NUMBERS)
        numbering.add_lvlOverride(ilvl=level - 1).add_startOverride(1)
        return (
            f'<w:numPr><w:ilvl w:val="{level - 1}"/><w:numId w:val="{numbering.numId}"/></w:numPr>'
        )

    def _chart(self, block: Chart) -> Iterator[str]:
        self._charts += 1
        yield _paragraph("Caption", _run(block.title))
        drawn = chart(self._word, block, self._charts, self._document.written_at)
        yield _paragraph("Figur", drawn)


def _heading(block: Heading, place: int, first: bool) -> str:
    mark = (
        f'<w:bookmarkStart w:id="{place}" w:name="{_bookmark(place)}"/>'
        f'{_run(pieces.heading(block))}<w:bookmarkEnd w:id="{place}"/>'
    )
    breaking = "<w:pageBreakBefore/>" if first else ""
    unlisted = block.level == 2 and not pieces.is_listed(block, 1)
    style = _UNLISTED if unlisted else f"Heading{min(block.level, _LOWEST_HEADING)}"
    return _paragraph(style, mark, breaking)


def _bookmark(place: int) -> str:
    return f"_Toc{place:06}"


def _paragraph(style: str, runs: str = "", properties: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{runs}</w:p>'


def _runs(spans: Spans) -> str:
    return "".join(
        _run(span.text, "<w:b/><w:bCs/>" * span.bold + "<w:i/><w:iCs/>" * span.italic)
        for span in spans
    )


def _run(words: str, properties: str = "") -> str:
    style = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f"<w:r>{style}{text(words)}</w:r>" if words else ""


def _table(grid: Grid, noted: bool) -> str:
    """The table; its header is repeated on each page, and no row is broken between two."""
    headers = pieces.headers(grid)
    widths = [round(width * _TWIPS_IN_A_MILLIMETRE) for width in _widths(grid, headers)]
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    sides = [grid.is_right(column) for column in range(len(headers))]
    header = _row(headers, widths, [_HEAD_STYLES[right] for right in sides], heads=True)
    styles = [_ROW_STYLES[right] for right in sides]
    last = len(grid.rows) - 1
    rows = "".join(
        _row(
            row,
            widths,
            [_INSIDE_STYLE, *styles[1:]] if place in grid.inside else styles,
            _keeps(place, last, noted),
            tops=grid.texts,
        )
        for place, row in enumerate(grid.rows)
    )
    title = quoteattr(" ".join(printable(grid.title).split()))
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="Rapporttabell"/><w:tblW w:w="5000" w:type="pct"/>'
        '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" '
        'w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        f"<w:tblCaption w:val={title}/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>"
        f"{header}{rows}</w:tbl>"
    )


def _needs_room(block: Block, after: Block | None) -> bool:
    """Whether there is nothing between a table and what stands next to it but what we put there."""
    if isinstance(block, Grid):
        return not isinstance(after, Note | Heading | Chart)
    return isinstance(block, Note) and isinstance(after, Grid)


def _keeps(place: int, last: int, noted: bool) -> bool:
    """Whether the row stays on the page of the next; the last one on that of a note below."""
    if place == last:
        return noted
    return last < _SHORT or place < 2 or place == last - 1


def _row(
    texts: Sequence[str],
    widths: Sequence[int],
    styles: Sequence[str],
    keeps: bool = False,
    *,
    heads: bool = False,
    tops: bool = False,
) -> str:
    """A row; texts of several lines begin at its top, and figures stand on its last line."""
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{_NO_GAP if place == 0 else ""}'
        f"{_AT_THE_TOP * tops}</w:tcPr>"
        f"{_paragraph(style, _run(words), '<w:keepNext/>' * keeps)}</w:tc>"
        for place, (words, width, style) in enumerate(zip(texts, widths, styles, strict=True))
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' * heads}</w:trPr>{cells}</w:tr>"


def _widths(grid: Grid, headers: Sequence[str]) -> list[float]:
    """Millimetres for each column: figures take what they need, texts by what there is of them."""
    columns = list(zip(headers, *grid.rows, strict=True))
    if grid.texts:
        weights = [min(_LONGEST_COUNTED, max(8, _longest(texts))) for texts in columns]
        return [TEXT_WIDTH * weight / sum(weights) for weight in weights]
    needed = [
        max(_NARROWEST, _CHARACTER * _longest([*header.split(), *texts]) + _BETWEEN)
        for header, *texts in columns[1:]
    ]
    scale = min(1, TEXT_WIDTH * 0.65 / sum(needed)) if needed else 1
    figures = [width * scale for width in needed]
    return [TEXT_WIDTH - sum(figures), *figures]


def _longest(texts: Iterable[str]) -> int:
    return max(map(len, texts), default=0)
