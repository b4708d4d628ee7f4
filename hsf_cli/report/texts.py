"""What people write in a year's report: its chapters, in Markdown, and remarks under its tables.

A chapter is kept by its key, a remark by its table's; both mean the same in every edition.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from hsf_cli import dates
from hsf_cli.change import Change
from hsf_cli.report.form import STATISTICS, Chapter, Form
from hsf_cli.store import Row, Store

Kind = Literal["kapittel", "merknad"]

# Whom the activities are for that a chapter tells of.
_AUDIENCES = {
    "activities.coordinator": "koordinator",
    "activities.volunteers": "familiekontakter",
    "activities.families": "familier",
}
_ACTIVITIES = """
SELECT held_on, title, place, parents, children, grant_name FROM activity
 WHERE held_on BETWEEN :first AND :last AND audience = :audience ORDER BY held_on, id
"""
_ONE = "SELECT id, body FROM report_text WHERE year = :year AND kind = :kind AND part = :part"
_EARLIER = """
SELECT year, body FROM report_text
 WHERE year < :year AND kind = 'kapittel' AND part = :part ORDER BY year DESC LIMIT 1
"""
# What Markdown would take for something else than a letter.
_MARKS = re.compile(r"[\\`*_\[\]<>]")


@dataclass(frozen=True)
class Beginning:
    """What a chapter is written from."""

    text: str
    # The year whose text it is; None for the year's activities, and for nothing.
    year: int | None = None


@dataclass(frozen=True)
class ChapterState:
    """A chapter of a year's report: its text, and what there is to write it from."""

    chapter: Chapter
    # The year's own text; empty where it has none.
    text: str
    # Whether the report lacks it: the figures are counted, and one with parts needs no own text.
    missing: bool
    beginning: Beginning

    @property
    def words(self) -> int:
        """How many words have been written."""
        return len(self.text.split())


def written(store: Store, year: int, kind: Kind) -> Mapping[str, str]:
    """What is written of that kind for the year: by the keys of chapters, or of tables."""
    rows = store.rows(
        "SELECT part, body FROM report_text WHERE year = :year AND kind = :kind ORDER BY id",
        year=year,
        kind=kind,
    )
    return {row["part"]: row["body"] for row in rows}


def states(store: Store, form: Form, year: int) -> tuple[ChapterState, ...]:
    """Every chapter of the form in its order, as it stands for the year."""
    texts_of_year = written(store, year, "kapittel")
    return tuple(
        ChapterState(
            chapter,
            texts_of_year.get(chapter.key, ""),
            _is_asked_for(form, chapter) and chapter.key not in texts_of_year,
            beginning(store, year, chapter),
        )
        for chapter in form.chapters
    )


def missing(store: Store, form: Form, year: int) -> tuple[Chapter, ...]:
    """The chapters that the year's report lacks."""
    return tuple(state.chapter for state in states(store, form, year) if state.missing)


def beginning(store: Store, year: int, chapter: Chapter) -> Beginning:
    """What the chapter is written from: the year's text, its activities, or an earlier text."""
    if own := _row(store, year, "kapittel", chapter.key):
        return Beginning(own["body"], year)
    if recorded := "\n".join(_activities(store, year, chapter)):
        return Beginning(recorded)
    for row in store.rows(_EARLIER, year=year, part=chapter.key):
        return Beginning(row["body"], row["year"])
    return Beginning("")


def write(store: Store, change: Change, year: int, kind: Kind, part: str, body: str) -> None:
    """Keeps a cleaned text, in place of the one that was there."""
    if (row := _row(store, year, kind, part)) is None:
        change.insert("report_text", year=year, kind=kind, part=part, body=body)
    else:
        change.update("report_text", row["id"], body=body)


def remove(store: Store, change: Change, year: int, kind: Kind, part: str) -> None:
    """Takes a text away, where there is one."""
    if row := _row(store, year, kind, part):
        change.delete("report_text", row["id"])


def _row(store: Store, year: int, kind: Kind, part: str) -> Row | None:
    rows = store.rows(_ONE, year=year, kind=kind, part=part)
    return rows[0] if rows else None


def _is_asked_for(form: Form, chapter: Chapter) -> bool:
    return chapter.key != STATISTICS and not chapter.has_parts(form.chapters)


def _activities(store: Store, year: int, chapter: Chapter) -> Iterator[str]:
    """The year's activities that the chapter tells of, as a list in Markdown."""
    if audience := _AUDIENCES.get(chapter.key):
        first, last = dates.year_days(year)
        for row in store.rows(_ACTIVITIES, first=first, last=last, audience=audience):
            yield f"- {dates.written(row['held_on'])}: {_told(row)}"


def _told(activity: Row) -> str:
    """«Sommerfest, Parken. 4 foreldre og 7 barn. Tilskudd: Fondet.»"""
    title, place, grant = (
        _MARKS.sub(r"\\\g<0>", activity[column] or "")
        for column in ("title", "place", "grant_name")
    )
    numbers = ((activity["parents"], "foreldre"), (activity["children"], "barn"))
    there = " og ".join(f"{count} {who}" for count, who in numbers if count is not None)
    sentences = (", ".join(filter(None, (title, place))), there, grant and f"Tilskudd: {grant}")
    return " ".join(f"{sentence}." for sentence in sentences if sentence)
