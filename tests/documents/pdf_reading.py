"""What another program finds in a PDF: its text, its tags and its metadata."""

import re
from collections.abc import Iterator
from functools import cached_property
from io import BytesIO
from typing import Any

from pypdf import PdfReader

MILLIMETRE = 72 / 25.4


class Read:
    """A PDF that was read back."""

    def __init__(self, content: bytes) -> None:
        self.reader = PdfReader(BytesIO(content))
        self.catalogue: Any = self.reader.trailer["/Root"]

    @cached_property
    def pages(self) -> list[str]:
        """The text of each page."""
        return [page.extract_text() for page in self.reader.pages]

    @property
    def text(self) -> str:
        """The text of them all."""
        return "\n".join(self.pages)

    @property
    def xmp(self) -> str:
        """The XMP metadata as it stands in the file."""
        return str(self.catalogue["/Metadata"].get_data().decode())

    @cached_property
    def tags(self) -> list[Any]:
        """The tagged elements in reading order."""
        return list(_elements(self.catalogue["/StructTreeRoot"]))

    def tagged(self, name: str) -> list[Any]:
        """The elements with that tag, such as `/TH`."""
        return [element for element in self.tags if element["/S"] == name]

    @cached_property
    def bookmarks(self) -> list[tuple[int, str, int, float]]:
        """The level of each, its text, and its place: a page and a height on it in millimetres."""
        return list(self._bookmarks(self.reader.outline, 1))

    def _bookmarks(self, outline: Any, level: int) -> Iterator[tuple[int, str, int, float]]:
        for one in outline:
            if isinstance(one, list):
                yield from self._bookmarks(one, level + 1)
            else:
                page = self.reader.get_destination_page_number(one)
                yield level, str(one.title), int(page or 0) + 1, float(one.top) / MILLIMETRE

    @property
    def fonts(self) -> set[str]:
        """The names of the fonts, without the mark of a part of one."""
        return {
            str(font.get_object()["/BaseFont"]).lstrip("/").split("+")[-1]
            for page in self.reader.pages
            for font in page["/Resources"].get("/Font", {}).values()
        }

    def heights(self) -> list[float]:
        """How high on its page each piece of text is, in millimetres."""
        found: list[float] = []

        def keep(words: str, cm: list[float], tm: list[float], *_: Any) -> None:
            if words.strip():
                found.append((tm[4] * cm[1] + tm[5] * cm[3] + cm[5]) / MILLIMETRE)

        for page in self.reader.pages:
            page.extract_text(visitor_text=keep)
        return found


def squeezed(text: str) -> str:
    """The text without white space, as lines are broken differently in a document."""
    return re.sub(r"\s", "", text)


def _elements(node: Any) -> Iterator[Any]:
    children = node.get("/K", [])
    for child in children if isinstance(children, list) else [children]:
        element = child.get_object() if hasattr(child, "get_object") else child
        if isinstance(element, dict) and "/S" in element:
            yield element
            yield from _elements(element)
