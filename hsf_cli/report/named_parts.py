"""What a person means by a chapter or a table: its number, its key, or a piece of its title."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from hsf_cli.report.count import YEAR_MARK
from hsf_cli.report.form import Form
from hsf_cli.report.forms import edition_for, editions, shipped
from hsf_cli.spelling import folded, is_piece, nearest, suggested


@dataclass(frozen=True)
class Part:
    """A chapter or a table of a form, as it can be named."""

    key: str
    # «4.2», or «6.2.1» for the first table of 6.2; blank where a chapter has none.
    number: str
    title: str
    # The title of the section that a table is in.
    within: str = ""

    @property
    def name(self) -> str:
        """The number and the title."""
        return f"{self.number} {self.title}".strip()


def chapters(form: Form) -> tuple[Part, ...]:
    """The form's chapters in their order."""
    return tuple(Part(one.key, one.number, one.title) for one in form.chapters)


def tables(form: Form, year: int) -> tuple[Part, ...]:
    """The form's tables in their order; one without a heading is named by its first row."""
    return tuple(
        Part(
            table.rows[0].key,
            f"{section.number}.{place}",
            (table.heading or table.rows[0].label).rstrip(":").replace(YEAR_MARK, str(year)),
            section.title,
        )
        for section in form.sections
        for place, table in enumerate(section.tables, start=1)
    )


def titled(kind: Literal["kapittel", "merknad"], key: str, year: int) -> str:
    """The name of the chapter or table that a year's text is kept under.

    It is the one that the form of that year gives it, or another edition's. What only a form of
    the department's own has is called by its key.
    """
    of_year = edition_for(year)
    for edition in sorted(editions(), key=lambda edition: edition != of_year):
        form = shipped(edition)
        for part in chapters(form) if kind == "kapittel" else tables(form, year):
            if part.key == key:
                return part.name
    return key


def meant(parts: Sequence[Part], typed: str) -> list[Part]:
    """Those that a text can mean: the closest alone, and none before all of them are looked at."""
    text = typed.strip()
    ways: list[Callable[[Part], bool]] = [
        lambda part: part.number in (text, f"{text}.0"),
        lambda part: part.number.rpartition(".")[0] == text and bool(part.within),
        lambda part: folded(text) in (folded(part.key), folded(part.title), folded(part.name)),
        lambda part: is_piece(text, part.title),
        lambda part: is_piece(text, part.within),
    ]
    if not text:
        return []
    if text.replace(".", "").isdigit():
        ways = ways[:2]
    hits = ([part for part in parts if way(part)] for way in ways)
    return next((found for found in hits if found), [])


def likely(parts: Sequence[Part], typed: str) -> str:
    """The question whether the part that is nearest was meant, with a blank after it."""
    if typed.replace(".", "").isdigit():  # another number is no nearer than any other
        return ""
    names = {part.title: part.name for part in parts}
    return suggested(f"«{names[title]}»" for title in nearest(typed, names))
