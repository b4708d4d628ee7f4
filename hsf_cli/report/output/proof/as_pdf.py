"""A proof as PDF, a working paper that is marked on every page."""

from collections.abc import Iterator
from typing import Any

from hsf_cli.documents.pdf.templates import pdf
from hsf_cli.numbers import NO_BREAK_SPACE
from hsf_cli.report import in_words
from hsf_cli.report.output.proof import sentences
from hsf_cli.report.proof import Proof, Record, RowProof

_LONGEST_UNBROKEN = 60


def as_pdf(proof: Proof) -> bytes:
    """A proof, counted from records, as PDF: the same bytes for the same proof."""
    at = proof.figures.counted_at
    assert at is not None
    data = {
        "title": sentences.title(proof),
        "department": proof.figures.department,
        "whose": in_words.origin(proof.figures),
        "origin": sentences.origin(proof),
        "mark": sentences.MARK,
        "warning": sentences.warning(proof),
        "parts": list(_parts(proof)),
    }
    return pdf("proof.typ", data, at)


def _parts(proof: Proof) -> Iterator[dict[str, Any]]:
    """The headings and the rows in their order; no level of heading is skipped."""
    for section in proof.sections:
        yield {"kind": "heading", "level": 2, "text": f"{section.number} {section.title}"}
        for table in section.tables:
            if table.heading:
                yield {"kind": "heading", "level": 3, "text": table.heading}
            for row in table.rows:
                yield {"kind": "row", "level": 4 if table.heading else 3, **_row(row, proof)}


def _row(row: RowProof, proof: Proof) -> dict[str, Any]:
    return {
        "label": row.line.label,
        "figure": sentences.figure(row, proof),
        "definition": row.definition,
        "calculation": sentences.calculation(row),
        "counted": {
            "who": f"Med: {sentences.counted(row)}",
            "records": [
                _record(one.record, sentences.share(row, one.share)) for one in row.counted
            ],
        },
        "left-out": [
            {
                "who": f"Ikke med: {row.kind.counted(len(left_out))} – {reason.shared}",
                "unrecorded": reason.unrecorded,
                "records": [_record(one.record, one.reason.own) for one in left_out],
            }
            for reason, left_out in row.by_reason.items()
        ],
    }


def _record(record: Record, beside: str) -> str:
    """«F12 Hansen», «T3 Berg (2,5)», which stays on one line unless it is very long."""
    words = " ".join(filter(None, [record.number, record.name, beside and f"({beside})"]))
    return words.replace(" ", NO_BREAK_SPACE) if len(words) <= _LONGEST_UNBROKEN else words
