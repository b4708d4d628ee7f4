"""A report as text: as it was copied out of a document, as Markdown, or as our own CSV."""

import csv
import re
from collections.abc import Iterator, Sequence

from hsf_cli.report.reading import values
from hsf_cli.report.reading.lines import Document, Line, plain, row
from hsf_cli.spreadsheets import unescaped

_BREAKS = re.compile(r"\r\n?|[\v\x1c-\x1e\x85\u2028\u2029]")
_PAGE_BREAK = "\f"
_PIPE = re.compile(r"(?<!\\)\|")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_PAGE = re.compile(
    r"(?:side|s\.) ?\d+(?: ?(?:av|/|of) ?\d+)?|\d+ ?(?:av|of) ?\d+|[-–—] ?\d+ ?[-–—]|\d+ ?\| ?side",
    re.IGNORECASE,
)
_RULE = re.compile(r"[\s|:+=_*-]*")
_BULLET = re.compile(r"[-–—•·▪●◦*]\s+(?=[^\W\d])")
_HEADING = re.compile(r"(#{1,6})\s+")
_CSV_HEADER = ("seksjon", "tittel", "tabell", "rad", "verdi")

_ORIGIN = re.compile(r" · ((?:19|20)\d\d)(?: · skjema (\d{4}))?")
_TITLE = re.compile(r"\b(?:årsrapport|årsmelding|årsrapporten|statistikk|rapport)\b.{0,60}", re.I)
_A_YEAR = re.compile(r"\b(?:19|20)\d\d\b", re.ASCII)
_FIRST_LINES = 60


def of_text(text: str) -> Document:
    """The text's lines, without its page numbers."""
    text = _BREAKS.sub("\n", text)
    lines = tuple(_of_csv(text) or _of_pages(text.split(_PAGE_BREAK)))
    return Document(lines, *_of_itself(lines))


def year_of(lines: Sequence[Line]) -> int | None:
    """The year in a report's title, which is among the first of its lines."""
    for line in lines[:_FIRST_LINES]:
        for title in _TITLE.finditer(line.text):
            if found := _A_YEAR.search(title[0]):
                return int(found[0])
    return None


def _of_itself(lines: tuple[Line, ...]) -> tuple[int | None, int | None]:
    """The year and the edition that a text says it is of."""
    for line in lines[:_FIRST_LINES]:
        if found := _ORIGIN.search(line.text):
            return int(found[1]), int(found[2]) if found[2] else None
    return year_of(lines), None


def _of_pages(pages: list[str]) -> Iterator[Line]:
    printed = [_page(page) for page in pages]
    numbers = _page_numbers(printed)
    for number, page in enumerate(printed):
        edges = {0, len(page) - 1} if len(pages) > 1 else set()
        for place, line in enumerate(page):
            if (number, place) not in numbers:
                yield Line(
                    line.text,
                    line.figure,
                    line.apart or (place == 0 and number > 0),
                    line.level,
                    place in edges,
                )


def _page(page: str) -> list[Line]:
    lines: list[Line] = []
    apart = False
    for text in page.split("\n"):
        line = _line(plain(text).strip(), apart)
        apart = line is None
        if line:
            lines.append(line)
    return lines


def _line(text: str, apart: bool) -> Line | None:
    if _RULE.fullmatch(text):
        return Line(text) if values.is_blank(text) and "-" in text and len(text) < 3 else None
    if _PAGE.fullmatch(text):
        return None
    if text.startswith("|") and text.endswith("|"):
        cells = _PIPE.split(text)[1:-1]
        return row([_unmarked(cell) for cell in cells], apart=apart)
    heading = _HEADING.match(text)
    level = len(heading[1]) if heading else 0
    mark = heading or _BULLET.match(text)
    words = _unmarked(text[mark.end() if mark else 0 :])
    return Line(words, apart=apart, level=level) if words else None


def _unmarked(text: str) -> str:
    """The text without what only Markdown needs: emphasis around it, and backslashes."""
    return _ESCAPED.sub(r"\1", " ".join(text.split()).strip("*"))


def _page_numbers(pages: list[list[Line]]) -> set[tuple[int, int]]:
    """Numbers that stand alone at the top or foot of most pages, and count them."""
    found: dict[int, dict[int, int]] = {}
    for number, page in enumerate(pages if len(pages) > 1 else []):
        for place in {0, len(page) - 1} if page else set():
            if page[place].text.isdecimal() and len(page[place].text) < 4:
                found.setdefault(int(page[place].text) - number, {})[number] = place
    most = max(2, len(pages) // 2)
    return {place for places in found.values() if len(places) >= most for place in places.items()}


def _of_csv(text: str) -> Iterator[Line] | None:
    """The lines of the CSV that we write ourselves; None for any other text."""
    header, _, rest = text.partition("\n")
    if tuple(header.casefold().split(";")[: len(_CSV_HEADER)]) != _CSV_HEADER:
        return None
    return _csv_lines(rest)


def _csv_lines(text: str) -> Iterator[Line]:
    before = ["", "", ""]
    for line in text.split("\n"):
        cells = next(csv.reader([plain(line)], delimiter=";"), [])
        number, title, heading, label, figure = [*map(unescaped, cells), *[""] * 5][:5]
        if [number, title] != before[:2]:
            yield Line(f"{number} {title}", level=2)
        if [number, title, heading] != before and heading:
            yield Line(heading, "Antall")
        before = [number, title, heading]
        if label:
            yield Line(label, figure)
