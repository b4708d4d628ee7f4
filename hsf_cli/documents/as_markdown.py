"""A document as Markdown, in which every text reads as it was written."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from hsf_cli.documents import pieces
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
    Span,
    Spans,
)

# What always means something, and what does so only together with another of its kind.
_MARKS = r"[\\<\[|]|&(?=#?\w+;)"
_PAIRED = {
    "*": r"\*",
    "_": r"(?<![^\W_])_|_(?![^\W_])",  # not within a word
    "`": "`",
    "~": "~",
    "$": r"\$",
}
# What makes a heading, a quotation, a list, a line or a table of the line that it begins.
_BEGINNING = re.compile(
    r"(?m)^(?:(?=>|(?:#{1,6}|[-+*])(?: |$)|(?:=+|-+|:-+:?) *$)|(\d{1,9})(?=[.)](?: |$)))"
)
_CLOSING = re.compile(r"(?:^|(?<= ))(?=#+$)")
_BLANK = re.compile(r"[ \t\n]+")
_NEW_LINE = re.compile(r"[ \t]*\n[ \t\n]*")
_LOWEST_HEADING = 6


def as_markdown(document: Document) -> str:
    """The document with a heading per section and a table per table."""
    return "\n".join([*_front(document), *_flow(pieces.laid_out(document, 2))]) + "\n"


def _front(document: Document) -> Iterator[str]:
    yield f"# {_line(document.title)}"
    yield ""
    if document.marked:
        yield f"**{_line(document.marked, in_marks=True)}**"
        yield ""
    yield _running((Span(f"{document.department} · {document.year}"),))
    yield ""
    yield _running((Span(" ".join(document.origin)),))
    yield ""


def _flow(blocks: Iterable[Block], in_item: bool = False) -> Iterator[str]:
    """The lines of the blocks, with a blank one between them."""
    before: Block | None = None
    turned = False
    for block in blocks:
        # Two lists after each other are one to Markdown, unless their marks differ.
        turned = isinstance(block, Bullets) and isinstance(before, Bullets) and not turned
        lines = list(_list(block, turned) if isinstance(block, Bullets) else _block(block))
        if not lines:
            continue
        if before and not (in_item and isinstance(block, Bullets)):
            yield ""
        yield from lines
        before = block


def _block(block: Heading | Paragraph | Note | Grid | Chart) -> Iterator[str]:
    match block:
        case Heading():
            words = _CLOSING.sub(r"\\", _line(pieces.heading(block)))
            yield f"{'#' * min(block.level, _LOWEST_HEADING)} {words}"
        case Paragraph():
            lines = _running(block.spans).split("\n")
            yield from (f"> {line}" for line in lines) if block.quoted else lines
        case Note():
            yield from _note(pieces.note(block))
        case Grid():
            yield from _table(block)
        case Chart():
            yield from _table(pieces.charted(block))
            yield ""
            yield from _note(block.description)


def _note(text: str) -> Iterator[str]:
    if words := _running((Span(text, italic=True),)):
        yield from words.split("\n")


def _table(grid: Grid) -> Iterator[str]:
    headers = pieces.headers(grid)
    yield _row(map(_line, headers))
    yield _row("--:" if grid.is_right(place) else ":--" for place in range(len(headers)))
    for row in grid.rows:
        yield _row(map(_line, row))


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _list(block: Bullets, turned: bool) -> Iterator[str]:
    loose = any(isinstance(piece, Paragraph) for item in block.items for piece in item[1:])
    for number, item in enumerate(block.items, start=1):
        if loose and number > 1:
            yield ""
        mark = f"{number}{')' if turned else '.'}" if block.ordered else "*" if turned else "-"
        for place, line in enumerate(_flow(item, in_item=True)):
            yield f"{' ' * len(mark) if place else mark} {line}".rstrip(" ")


def _line(text: str, in_marks: bool = False) -> str:
    """The text in one line, such as a heading or a cell has room for."""
    words = _BLANK.sub(" ", printable(text)).strip(" ")
    return _escaped(words, _paired(words, in_marks))


def _running(spans: Spans) -> str:
    """The text in its styles, with a hard break where it has a new line."""
    written = [Span(printable(span.text), span.bold, span.italic) for span in spans]
    text = "".join(span.text for span in written)
    paired = _paired(text, any(span.bold or span.italic for span in spans))
    running = ""
    for place, span in enumerate(written):
        after = "".join(other.text for other in written[place + 1 :])
        running += _styled(span, running, after, paired)
    lines = _NEW_LINE.sub("\n", running.strip(" \t\n"))
    return _BEGINNING.sub(r"\1\\", lines).replace("\n", "\\\n")


def _styled(span: Span, before: str, after: str, paired: Iterable[str]) -> str:
    """The text between the marks of its style, or without them where they would be read as text."""
    words = span.text.strip()
    text = _escaped(span.text, paired)
    marks = "*" * (2 * span.bold + span.italic)
    core = text.strip()
    if not (core and marks) or before.endswith("*"):
        return text
    start = text.index(core)
    first, last = text[:start], text[start + len(core) :]
    opens = _separates(words[0]) <= _separates((before + first)[-1:])
    closes = _separates(words[-1]) <= _separates((last + after)[:1])
    return f"{first}{marks}{core}{marks}{last}" if opens and closes else text


def _separates(character: str) -> bool:
    """Whether it is a space or a sign, or there is none."""
    return not character or character.isspace() or unicodedata.category(character)[0] in "PSZ"


def _paired(text: str, in_marks: bool = False) -> list[str]:
    """The marks that another of their kind in the text, or around it, would give a meaning."""
    return [mark for mark in _PAIRED if text.count(mark) > 1 or (in_marks and mark == "*")]


def _escaped(text: str, paired: Iterable[str]) -> str:
    """The text with a backslash before what would not be read as it stands."""
    return re.sub("|".join([_MARKS, *map(_PAIRED.__getitem__, paired)]), r"\\\g<0>", text)
