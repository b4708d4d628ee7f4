"""A form with several figures in a row, as years side by side have it, and that as Markdown.

What a row has otherwise is noted under its section, with a number after the label.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hsf_cli.documents.document import Chart


@dataclass(frozen=True)
class Column:
    """A column of figures. One with a higher rank is left out first where there is no room."""

    header: str
    rank: int = 0


@dataclass(frozen=True)
class Row:
    """A row: its label, a cell for each column, and what there is to note."""

    label: str
    cells: tuple[str, ...]
    notes: tuple[str, ...] = ()
    # The values of the small bars after the figures, where there are any.
    bars: tuple[float | None, ...] = ()
    # Whether it stands further in: it is a part of a row above it.
    inside: bool = False


@dataclass(frozen=True)
class Part:
    """A table with its heading, which may be blank."""

    heading: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Chapter:
    """A section with its tables."""

    name: str
    parts: tuple[Part, ...]

    @property
    def notes(self) -> list[str]:
        """What there is to note of its rows, each once; its place is its number."""
        return list(
            dict.fromkeys(note for part in self.parts for row in part.rows for note in row.notes)
        )


@dataclass(frozen=True)
class Page:
    """The whole of it."""

    title: str
    # Sentences under the title.
    origin: tuple[str, ...]
    columns: tuple[Column, ...]
    chapters: tuple[Chapter, ...]
    # What must be known to read it rightly.
    warnings: tuple[str, ...] = ()
    chart: Chart | None = None

    @property
    def rows(self) -> Iterator[Row]:
        """Every row in its order."""
        return (row for chapter in self.chapters for part in chapter.parts for row in part.rows)


def as_markdown(page: Page) -> str:
    """The page as Markdown, without its bars."""
    return "\n".join(_markdown(page)) + "\n"


def marks(row: Row, notes: Sequence[str]) -> str:
    """The numbers of what is noted of the row."""
    return " ".join(f"{notes.index(note) + 1})" for note in row.notes)


def _markdown(page: Page) -> Iterator[str]:
    yield f"# {_escaped(page.title)}"
    for sentence in (*page.origin, *page.warnings):
        yield ""
        yield _escaped(sentence)
    for chapter in page.chapters:
        yield ""
        yield f"## {_escaped(chapter.name)}"
        for part in chapter.parts:
            yield ""
            yield _line([part.heading, *(column.header for column in page.columns)])
            yield f"| :-- |{' --: |' * len(page.columns)}"
            for row in part.rows:
                noted = f" {marks(row, chapter.notes)}" if row.notes else ""
                yield _line([row.label + noted, *row.cells])
        for number, note in enumerate(chapter.notes, start=1):
            yield ""
            yield f"{number}\\) {_escaped(note)}"


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(map(_escaped, cells))} |"


def _escaped(words: str) -> str:
    return words.replace("\\", "\\\\").replace("|", "\\|")
