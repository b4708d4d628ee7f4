"""A published annual report, somebody else's document, read as a filled-in form.

A file becomes lines (`files`, `word_file`, `json_file`, `text_file`). The form's words are found in
them (`labels`, `finding`), the form's order says which is which (`aligning`, `placing`), and
figures are given to their rows (`figuring`). What is left is told (`telling`).
"""

from pathlib import Path

from hsf_cli.errors import BadContent
from hsf_cli.report.reading.files import document
from hsf_cli.report.reading.understanding import ReadCell, Understood, understood

__all__ = ["ReadCell", "Understood", "read_file"]


def read_file(path: Path, edition: int | None = None) -> Understood:
    """The report in a file, as the form of that edition or of the one that fits best.

    Raises NotFound for no file, BadContent for one that is no report, and WrongUse for an edition
    that there is none of.
    """
    found = understood(document(path), edition)
    if found is None:
        raise BadContent(
            f"Kjente ikke igjen årsrapportens skjema i {path.name}.",
            "Se etter at filen har kapittelet «Statistikk over aktivitet på avdelingen», "
            "med skjemaets egne ord.",
        )
    return found
