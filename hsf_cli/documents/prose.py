"""The Markdown that a chapter is written in, as a document's blocks.

CommonMark with tables, read so that no word of it is lost: HTML stands as it was typed, a link has
its address after it, and what is nested too deep to be meant is plain paragraphs.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import groupby, takewhile
from typing import TYPE_CHECKING

from hsf_cli.documents.characters import printable
from hsf_cli.documents.document import Block, Bullets, Grid, Heading, Paragraph, Span, Spans
from hsf_cli.documents.pieces import headed_from

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

# The parser leaves out what is nested deeper: about twenty lists inside each other.
_DEEPEST = 40
# How the parser tells that a column is typed `--:`.
_RIGHT = "text-align:right"
_BREAKS = {"softbreak": " ", "hardbreak": "\n"}


def blocks(markdown: str, top: int) -> tuple[Block, ...]:
    """The blocks of the text; its highest heading becomes one of level `top`. Never raises."""
    text = printable(markdown)
    try:
        tokens = _parser().parse(text)
    except RecursionError:  # images inside the texts of images, by the hundred
        return tuple(_plain(text))
    if any(token.level >= _DEEPEST - 1 for token in tokens):
        return tuple(_plain(text))
    return tuple(headed_from(_blocks(iter(tokens), text.split("\n")), top))


@cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": _DEEPEST}).enable("table")
    # A text moved in from the margin is no program; and a reference may be what somebody wrote.
    return parser.disable(["code", "reference"])


def _plain(text: str) -> Iterator[Paragraph]:
    for part in re.split(r"\n\s*\n", text):
        if words := " ".join(part.split()):
            yield Paragraph.of(words)


def _blocks(tokens: Iterator["Token"], lines: Sequence[str]) -> list[Block]:
    """The blocks up to the end of what they are in."""
    found: list[Block] = []
    for token in tokens:
        if token.nesting == -1:
            break
        match token.type:
            case "heading_open":
                found.append(Heading(int(token.tag[1:]), _text(_spans(next(tokens)))))
                next(tokens)
            case "paragraph_open":
                found.append(Paragraph(_spans(next(tokens))))
                next(tokens)
            case "blockquote_open":
                within = _within(_blocks(tokens, lines))
                found += [
                    replace(block, quoted=True) if isinstance(block, Paragraph) else block
                    for block in within
                ]
            case "bullet_list_open":
                items = (_item(blocks) for _, blocks in _items(tokens, lines))
                found.append(Bullets(tuple(items)))
            case "ordered_list_open":
                found += _numbered(list(_items(tokens, lines)))
            case "table_open":
                found += _table(token, tokens, lines)
            case "fence":
                found.append(Paragraph.of(f"{token.info}\n{token.content}".strip()))
    return [block for block in found if not isinstance(block, Heading | Paragraph) or _said(block)]


def _said(block: Heading | Paragraph) -> bool:
    return bool(block.text if isinstance(block, Heading) else _text(block.spans).strip())


def _within(blocks: Iterable[Block]) -> Iterator[Paragraph | Bullets]:
    """The blocks as a quotation or the item of a list can have them: no headings, no tables."""
    for block in blocks:
        match block:
            case Paragraph() | Bullets():
                yield block
            case Heading():
                yield Paragraph((Span(block.text, bold=True),))
            case Grid():
                for row in (block.headers, *block.rows):
                    yield Paragraph.of(" · ".join(row))


_Item = tuple[str, list[Paragraph | Bullets]]


def _items(tokens: Iterator["Token"], lines: Sequence[str]) -> Iterator[_Item]:
    """Each item of a list: its number as it was typed, blank where it has none; and its blocks."""
    for token in tokens:
        if token.nesting == -1:
            break
        number = f"{token.info}{token.markup}" if token.info else ""
        yield number, list(_within(_blocks(tokens, lines)))


def _item(blocks: Sequence[Paragraph | Bullets]) -> tuple[Paragraph | Bullets, ...]:
    return tuple(blocks) or (Paragraph(()),)


def _numbered(items: Sequence[_Item]) -> Iterator[Paragraph | Bullets]:
    """A list with numbers where they count from one; otherwise paragraphs as they were typed.

    «17. mai gikk vi i tog» begins with a date, which must not become 1.
    """
    numbers = [int(number[:-1]) for number, _ in items]
    if numbers == list(range(1, len(items) + 1)) or set(numbers) == {1}:
        yield Bullets(tuple(_item(blocks) for _, blocks in items), ordered=True)
        return
    for number, blocks in items:
        match blocks:
            case [Paragraph(spans), *rest]:
                yield Paragraph((Span(f"{number} "), *spans))
                yield from rest
            case _:
                yield Paragraph.of(number)
                yield from blocks


def _table(token: "Token", tokens: Iterator["Token"], lines: Sequence[str]) -> Iterator[Block]:
    """A table; or the lines as they were typed, where a row has more cells than the heading."""
    inner = list(takewhile(lambda one: one.type != "table_close", tokens))
    rows = list(_rows(inner))
    first, last = token.map or [0, 0]
    if token.level == 0 and any(_cells(line) > len(rows[0]) for line in lines[first:last]):
        yield Paragraph.of("\n".join(line.strip() for line in lines[first:last]))
        return
    headers, *body = rows
    title = ", ".join(filter(None, headers)) or "Tabell"
    heads = [one for one in inner if one.type == "th_open"]
    right = (place for place, head in enumerate(heads) if head.attrs.get("style") == _RIGHT)
    yield Grid(headers, tuple(body), title, texts=True, right=frozenset(right))


def _rows(tokens: Iterable["Token"]) -> Iterator[tuple[str, ...]]:
    row: list[str] = []
    for token in tokens:
        match token.type:
            case "tr_open":
                row = []
            case "inline":
                row.append(_text(_spans(token)).replace("\n", " "))
            case "tr_close":
                yield tuple(row)


def _cells(line: str) -> int:
    """How many cells a line of a table has."""
    return len(re.split(r"(?<!\\)\|", line.strip().removeprefix("|").removesuffix("|")))


def _text(spans: Iterable[Span]) -> str:
    return "".join(span.text for span in spans)


def _spans(inline: "Token") -> Spans:
    """The running text of a paragraph, a heading or a cell."""
    pieces: list[Span] = []
    bold = italic = 0
    # The address of the link that is open, and the place of its text among the pieces.
    address, begun = "", 0

    def add(text: str) -> None:
        pieces.append(Span(text, bold > 0, italic > 0))

    for token in inline.children or ():
        match token.type:
            case "strong_open" | "strong_close":
                bold += token.nesting
            case "em_open" | "em_close":
                italic += token.nesting
            case "link_open":
                address, begun = _address(str(token.attrs["href"])), len(pieces)
            case "link_close":
                said = _text(pieces[begun:]).strip()
                if said != address:
                    add(f" ({address})" if said else address)
            case "image":
                add(_text(_spans(token)))
            case _:
                add(_BREAKS.get(token.type, token.content))
    return tuple(_joined(pieces))


def _joined(pieces: Iterable[Span]) -> Iterator[Span]:
    """One span for each run of text in the same style."""
    for (bold, italic), same in groupby(pieces, lambda piece: (piece.bold, piece.italic)):
        if text := _text(same):
            yield Span(text, bold, italic)


def _address(href: str) -> str:
    return _parser().normalizeLinkText(href).removeprefix("mailto:")
