"""A document as the bytes of a file, by the file's ending."""

from collections.abc import Callable, Mapping

from hsf_cli.documents.document import Document


def _docx(document: Document) -> bytes:
    from hsf_cli.documents.word.as_docx import as_docx

    return as_docx(document)


def _pdf(document: Document) -> bytes:
    from hsf_cli.documents.pdf.as_pdf import as_pdf

    return as_pdf(document)


def _html(document: Document) -> bytes:
    from hsf_cli.documents.html.as_html import as_html

    return as_html(document).encode()


def _markdown(document: Document) -> bytes:
    from hsf_cli.documents.as_markdown import as_markdown

    return as_markdown(document).encode()


# Each imports its own way of writing, and no other.
WRITERS: Mapping[str, Callable[[Document], bytes]] = {
    ".docx": _docx,
    ".pdf": _pdf,
    ".html": _html,
    ".md": _markdown,
}
