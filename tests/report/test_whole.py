"""What a document of the whole report has in it, as a draft and as it is handed over."""

from dataclasses import replace

from hsf_cli.documents.document import Chart, Heading, Note, Paragraph
from hsf_cli.report.figures import Figures, of
from hsf_cli.report.form import Chapter
from hsf_cli.report.whole import UNWRITTEN, Beside, document, statistics
from hsf_cli.store import Store
from tests.builders import child, served, taken_in
from tests.report.figures import COUNTED_AT, report

CHAPTERS = (
    Chapter("summary", "1.0", "Sammendrag"),
    Chapter("statistics", "6.0", "Statistikk"),
    Chapter("activities", "7.0", "Aktiviteter"),
    Chapter("activities.volunteers", "7.1", "For familiekontakter"),
    Chapter("activities.families", "7.2", "For familier"),
    Chapter("goals", "12.0", "Måloppnåelse"),
    Chapter("plans", "13.0", "Planer"),
    Chapter("plans.next", "13.1", "Neste år"),
)
BESIDE = Beside(
    chapters={"activities.families": "Sommerfest.", "plans.next": ""},
    after={"goals": (Note("Mål og resultat"),), "plans": ()},
)
HANDED_OVER = ["Statistikk", "Aktiviteter", "For familier", "Måloppnåelse"]


def told(figures: Figures, *, public: str = "") -> tuple[list[str], int]:
    """The titles of the chapters, and how many of them are said not to be written."""
    whole = document(figures, CHAPTERS, BESIDE, COUNTED_AT, public=public)
    titles = {chapter.title for chapter in CHAPTERS}
    headings = [block.text for block in whole.blocks if isinstance(block, Heading)]
    unwritten = [
        block
        for block in whole.blocks
        if isinstance(block, Paragraph) and block.spans[0].text == UNWRITTEN
    ]
    return [text for text in headings if text in titles], len(unwritten)


def test_a_draft_says_what_is_not_written(store: Store) -> None:
    assert told(of(report(store))) == ([chapter.title for chapter in CHAPTERS], 3)


def test_what_is_handed_over_leaves_out_what_is_not_written(store: Store) -> None:
    figures = of(report(store))
    assert told(replace(figures, locked_at=COUNTED_AT)) == (HANDED_OVER, 0)
    assert told(figures, public="Ingen tall er skjult.") == (HANDED_OVER, 0)


def test_a_chart_without_a_bar_is_left_out(store: Store) -> None:
    taken_in(store, *served("1"), child("F1", "2021"))
    charts = [
        block.title for block in statistics(of(report(store)), BESIDE) if isinstance(block, Chart)
    ]
    assert charts == ["Barnas alder", "Oppdragenes varighet"]
