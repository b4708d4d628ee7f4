"""A file as a document, whatever kind it is of."""

import codecs
import re
from pathlib import Path

from hsf_cli.errors import BadContent, NotFound
from hsf_cli.report.reading.lines import Document

LARGEST_BYTES = 20 * 1024 * 1024
_MOST_LINES = 20_000

_COPY = "Åpne filen, kopier kapittelet med statistikken, og lagre teksten som en .txt-fil."
_SAVE_AS_WORD = (
    "Åpne den i Word eller LibreOffice, og lagre den som .docx eller som ren tekst (.txt)."
)
# By what their content begins with: what files of other kinds are called, and what to do.
_OTHER_KINDS = (
    (b"%PDF", "en PDF", _COPY),
    (b"{\\rtf", "et RTF-dokument", _SAVE_AS_WORD),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "et dokument i et eldre Office-format", _SAVE_AS_WORD),
    (b"\x89PNG", "et bilde", _COPY),
    (b"\xff\xd8\xff", "et bilde", _COPY),
)
_ZIP = b"PK\x03\x04"
_HTML = re.compile(rb"\s*(?:<!doctype html|<html)", re.IGNORECASE)
_UNWRITTEN = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffd]")
_MOST_UNWRITTEN = 0.01
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def document(path: Path) -> Document:
    """The file's lines. Raises NotFound, or BadContent for what is neither text, Word nor JSON."""
    content = _content(path)
    for start, kind, advice in _OTHER_KINDS:
        if content.startswith(start):
            raise BadContent(f"{path.name} er {kind}, og kan ikke leses inn.", advice)
    if content.startswith(_ZIP):
        from hsf_cli.report.reading.word_file import of_word

        return _checked(of_word(content, path.name), path)
    if _HTML.match(content):
        raise BadContent(f"{path.name} er en nettside, og kan ikke leses inn.", _COPY)
    text = _text(content, path)
    if path.suffix.casefold() == ".json" or text.lstrip()[:1] == "{":
        from hsf_cli.report.reading.json_file import of_json

        return _checked(of_json(text, path.name), path)
    from hsf_cli.report.reading.text_file import of_text

    return _checked(of_text(text), path)


def _content(path: Path) -> bytes:
    if not path.is_file():
        raise NotFound(f"Finner ikke filen {path}.", "Skriv navnet på filen, med mappen den er i.")
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise BadContent(
                f"{path.name} er større enn {LARGEST_BYTES // 1024**2} MB.",
                "Lagre bare kapittelet med statistikken, som .docx eller .txt.",
            )
        content = path.read_bytes()
    except OSError as error:
        raise NotFound(
            f"Filen {path} kan ikke leses.", "Se etter at den er din, og ikke åpen et annet sted."
        ) from error
    if not content.strip():
        raise BadContent(f"{path.name} er tom.", "Velg filen med årsrapporten.")
    return content


def _text(content: bytes, path: Path) -> str:
    """The text, from UTF-8, UTF-16 or else Windows-1252. Raises BadContent for what is no text."""
    text = content.decode(_encoding(content), errors="replace")
    unwritten = sum(1 for _ in _UNWRITTEN.finditer(text))
    if unwritten > len(text) * _MOST_UNWRITTEN:
        raise BadContent(
            f"{path.name} er verken tekst, et Word-dokument eller JSON.",
            "Lagre rapporten som .docx, eller kopier teksten inn i en .txt-fil.",
        )
    return text


def _encoding(content: bytes) -> str:
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return encoding
    sample = content[:1000]
    for half, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):  # without a mark
        if len(sample) > 1 and sample[half::2].count(0) > len(sample) * 0.4:
            return encoding
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _checked(document: Document, path: Path) -> Document:
    if len(document.lines) > _MOST_LINES:
        raise BadContent(
            f"{path.name} har {len(document.lines)} linjer, langt flere enn en årsrapport.",
            "Lagre bare kapittelet med statistikken, og les det inn.",
        )
    return document
