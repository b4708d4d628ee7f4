"""A document as PDF, by the templates beside this module."""

from typing import Any

from hsf_cli.documents import pieces
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
from hsf_cli.documents.pdf.templates import pdf


def as_pdf(document: Document) -> bytes:
    """The document as PDF: the same bytes for the same document."""
    data = {
        "title": document.title,
        "department": document.department,
        "year": document.year,
        "origin": document.origin,
        "whole": document.whole,
        "marked": document.marked,
        "blocks": [_block(block) for block in pieces.headed_from(document.blocks, 1)],
    }
    return pdf("report.typ", data, document.written_at)


def _block(block: Block) -> dict[str, Any]:
    """The block as the template reads it."""
    match block:
        case Heading():
            return {"kind": "heading", **vars(block), "listed": pieces.is_listed(block, 1)}
        case Paragraph():
            return {"kind": "paragraph", "spans": _spans(block.spans), "quoted": block.quoted}
        case Bullets():
            items = [[_block(part) for part in item] for item in block.items]
            return {"kind": "bullets", "items": items, "ordered": block.ordered}
        case Note():
            return {"kind": "note", **vars(block)}
        case Grid():
            return {"kind": "grid", **_grid(block)}
        case Chart():
            return {"kind": "chart", **vars(block), "series": _series(block)}


def _grid(grid: Grid) -> dict[str, Any]:
    headers = pieces.headers(grid)
    return {
        "headers": headers,
        "rows": grid.rows,
        "texts": grid.texts,
        "inside": sorted(grid.inside),
        "right": [place for place in range(len(headers)) if grid.is_right(place)],
    }


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
