"""A document as PDF, by the templates beside this module."""

from collections.abc import Iterable, Iterator
from typing import Any

from hsf_cli.report.output import pieces
from hsf_cli.report.output.document import (
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
from hsf_cli.report.output.typst import pdf


def as_pdf(document: Document) -> bytes:
    """The document as PDF: the same bytes for the same document."""
    data = {
        "title": document.title,
        "department": document.department,
        "year": document.year,
        "origin": document.origin,
        "whole": document.whole,
        "marked": document.marked,
        "blocks": list(_blocks(document.blocks)),
    }
    return pdf("report.typ", data, document.written_at)


def _blocks(blocks: Iterable[Block]) -> Iterator[dict[str, Any]]:
    """Each block as the template reads it.

    No level of heading is skipped, whatever the document does: one that can be read aloud may not.
    """
    above: list[int] = []
    for block in blocks:
        if isinstance(block, Heading):
            above = [level for level in above if level < block.level] + [block.level]
            yield _heading(block, len(above))
        else:
            yield _block(block)


def _heading(heading: Heading, level: int) -> dict[str, Any]:
    return {"kind": "heading", "level": level, "text": heading.text, "number": heading.number}


def _block(block: Paragraph | Bullets | Note | Grid | Chart) -> dict[str, Any]:
    match block:
        case Paragraph():
            return {"kind": "paragraph", "spans": _spans(block.spans), "quoted": block.quoted}
        case Bullets():
            items = [[_block(part) for part in item] for item in block.items]
            return {"kind": "bullets", "items": items, "ordered": block.ordered}
        case Note():
            return {"kind": "note", **vars(block)}
        case Grid():
            return {"kind": "grid", **vars(block), "headers": pieces.headers(block)}
        case Chart():
            return {"kind": "chart", **vars(block), "series": _series(block)}


def _series(chart: Chart) -> list[dict[str, Any]]:
    return [
        {
            "name": series.name,
            "bars": [{"value": value, "text": pieces.value(value)} for value in series.values],
        }
        for series in chart.series
    ]


def _spans(spans: Spans) -> list[dict[str, Any]]:
    return [vars(span) for span in spans]
