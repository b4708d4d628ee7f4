"""A report as a Word document: its paragraphs and tables in their order."""

import io
import re
import zipfile
from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

from hsf_cli.errors import BadContent, HsfError
from hsf_cli.report.reading.lines import Document, Line, plain, row
from hsf_cli.report.reading.text_file import year_of

_MOST_UNPACKED = 200 * 1024 * 1024
_LARGEST_XML = 30 * 1024 * 1024
_MOST_PARTS = 5_000
_DOCUMENT = "word/"

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_HEADING = re.compile(r"(?:heading|overskrift)\s?(\d)", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|innh)\s?\d", re.IGNORECASE)
_DEEPEST = 50  # tables in tables


def of_word(content: bytes, name: str) -> Document:
    """The document's lines. Raises BadContent for what is no Word document, or a damaged one."""
    try:
        _refuse_bomb(content, name)
        body = _body(content)
        lines = tuple(_lines(body))
    except HsfError:
        raise
    except Exception as error:  # a damaged file can make python-docx raise anything
        raise BadContent(
            f"{name} kan ikke leses som Word-dokument.",
            "Åpne den i Word eller LibreOffice, og lagre den på nytt som .docx eller .txt.",
        ) from error
    return Document(lines, year_of(lines))


def _refuse_bomb(content: bytes, name: str) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
    if not any(part.filename.startswith(_DOCUMENT) for part in parts):
        raise BadContent(
            f"{name} er ikke et Word-dokument.",
            "Åpne den i programmet som laget den, og lagre den som .docx eller ren tekst (.txt).",
        )
    xml = max(part.file_size for part in parts if part.filename.endswith((".xml", ".rels")))
    unpacked = sum(part.file_size for part in parts)
    if unpacked > _MOST_UNPACKED or xml > _LARGEST_XML or len(parts) > _MOST_PARTS:
        raise BadContent(
            f"{name} pakker ut til mer enn en årsrapport kan være.",
            "Kopier kapittelet med statistikken inn i en .txt-fil.",
        )


def _body(content: bytes) -> Any:
    import docx

    return docx.Document(io.BytesIO(content)).element.body


def _lines(parent: Any, depth: int = 0) -> Iterator[Line]:
    """The lines of what holds paragraphs and tables, with those that content controls hold."""
    apart = False
    for element in parent.iterchildren():
        if element.tag == f"{_WORD}p":
            found = list(_paragraph(element, apart))
            apart = not found
            yield from found
        elif element.tag == f"{_WORD}tbl":
            for number, cells in enumerate(_under(element, "tr")):
                yield from _table_row(cells, apart=number == 0, depth=depth)
            apart = True
        elif depth < _DEEPEST and _holds_others(element):
            yield from _lines(element, depth + 1)


def _holds_others(element: Any) -> bool:
    return element.tag in (f"{_WORD}sdt", f"{_WORD}sdtContent", f"{_WORD}ins", f"{_WORD}customXml")


def _under(element: Any, tag: str) -> Iterator[Any]:
    """The rows of a table or the cells of a row, also where content controls hold them."""
    for child in element.iterchildren():
        if child.tag == _WORD + tag:
            yield child
        elif _holds_others(child):
            yield from _under(child, tag)


def _paragraph(element: Any, apart: bool) -> Iterator[Line]:
    style = element.find(f"{_WORD}pPr/{_WORD}pStyle")
    name = "" if style is None else str(style.get(f"{_WORD}val"))
    if _CONTENTS.match(name):
        return
    heading = _HEADING.match(name)
    for text in _text(element).split("\n"):
        words = " ".join(plain(text).split())
        if words:
            yield Line(words, apart=apart, level=int(heading[1]) if heading else 0)
            apart = False


def _table_row(element: Any, *, apart: bool, depth: int) -> Iterator[Line]:
    """The lines of a table's row: one, or one for each line of its cells where all have as many.

    A table in one of its cells comes after it.
    """
    cells = list(_under(element, "tc"))
    texts = [_cell(cell) for cell in cells]
    filled = [text for text in texts if text]
    several = len(filled) > 1 and len(filled[0]) > 1 and len(set(map(len, filled))) == 1
    joined = zip_longest(*texts, fillvalue="") if several else [[" ".join(text) for text in texts]]
    if len(filled) == 1 and len(cells) == 1:  # a frame around text
        joined = [[text] for text in filled[0]]
    for words in joined:
        if line := row(list(words), apart=apart):
            yield line
    if depth < _DEEPEST:
        for cell in cells:
            for table in _under(cell, "tbl"):
                for inner in _under(table, "tr"):
                    yield from _table_row(inner, apart=False, depth=depth + 1)


def _cell(element: Any) -> list[str]:
    """The lines of a cell that say something."""
    lines = (line for paragraph in _under(element, "p") for line in _text(paragraph).split("\n"))
    return [words for line in lines if (words := " ".join(plain(line).split()))]


def _text(paragraph: Any) -> str:
    """What is read in a paragraph: not what was deleted from it, nor what is drawn beside it."""
    pieces: list[str] = []
    _gather(paragraph, pieces)
    return "".join(pieces)


def _gather(element: Any, pieces: list[str]) -> None:
    for child in element.iterchildren():
        if child.tag == f"{_WORD}t":
            pieces.append(child.text or "")
        elif child.tag in (f"{_WORD}tab", f"{_WORD}ptab"):
            pieces.append(" ")
        elif child.tag in (f"{_WORD}br", f"{_WORD}cr"):
            pieces.append("\n")
        elif child.tag == f"{_WORD}noBreakHyphen":
            pieces.append("-")
        elif child.tag not in (f"{_WORD}p", f"{_WORD}del", f"{_WORD}pPr", _FALLBACK):
            _gather(child, pieces)
