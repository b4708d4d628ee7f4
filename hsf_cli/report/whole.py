"""A report as a document: the form's tables with what stands beside them, and the chapters.

Everything that is written of a year comes from here, so that Word, PDF, HTML and Markdown say the
same. Nothing is counted: figures, texts and what stands beside them come as they are.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from hsf_cli import dates
from hsf_cli.documents.document import (
    Block,
    Chart,
    Document,
    Grid,
    Heading,
    Note,
    Paragraph,
    Series,
    Span,
)
from hsf_cli.report import in_words
from hsf_cli.report.figures import Figures, Line, Table
from hsf_cli.report.form import STATISTICS, Chapter

UNWRITTEN = "Ikke skrevet ennå."

# The tables that are drawn too, by the key of their first row, and what the drawing is called.
_CHARTED = {
    "children.0-2": "Barnas alder",
    "assignments.ended.0-6": "Oppdragenes varighet",
    "inquiries.source.familien": "Hvem tok kontakt",
}
_VOLUNTEERS = "volunteers.gender.kvinne"
_VOLUNTEERS_CHART = "Familiekontaktenes alder"
_YEARS_CHART = "Familier og barn over årene"


@dataclass(frozen=True)
class Beside:
    """What stands beside a year's figures: what people wrote, and what else the records tell."""

    # Texts by the chapter's key, as Markdown.
    chapters: Mapping[str, str] = field(default_factory=dict)
    # By a table's key: the coordinator's remark, and what «annet» stood for in it.
    remarks: Mapping[str, str] = field(default_factory=dict)
    others: Mapping[str, str] = field(default_factory=dict)
    # Sentences under the whole statistics.
    facts: tuple[str, ...] = ()
    # Tables and charts that follow a chapter's text, by its key.
    after: Mapping[str, tuple[Block, ...]] = field(default_factory=dict)


def document(
    figures: Figures,
    chapters: Sequence[Chapter],
    beside: Beside,
    written_at: datetime,
    *,
    public: str = "",
) -> Document:
    """The whole report, chapter by chapter. `public` says what is hidden in it, and why.

    A chapter that is not written stands in a draft alone.
    """
    if figures.locked_at or public:
        chapters = _written(chapters, beside)
    blocks: list[Block] = []
    for chapter in chapters:
        blocks.append(Heading(chapter.level, chapter.title, chapter.number))
        if chapter.key == STATISTICS:
            blocks += statistics(figures, beside)
        else:
            blocks += _chapter(chapter, chapters, beside)
        blocks += beside.after.get(chapter.key, ())
    return Document(
        title=f"Årsrapport {figures.year}",
        department=figures.department,
        year=figures.year,
        origin=_origin(figures, written_at, public),
        written_at=written_at,
        blocks=tuple(blocks),
    )


def statistics_alone(
    figures: Figures, beside: Beside, written_at: datetime, *, public: str = ""
) -> Document:
    """The statistics chapter by itself."""
    return Document(
        title=in_words.title(figures),
        department=figures.department,
        year=figures.year,
        origin=_origin(figures, written_at, public),
        written_at=written_at,
        blocks=(*statistics(figures, beside), *beside.after.get(STATISTICS, ())),
        whole=False,
    )


def statistics(figures: Figures, beside: Beside) -> Iterator[Block]:
    """The form's sections and tables, each with what is said of it."""
    for section in figures.sections:
        yield Heading(2, section.title, section.number)
        for table in section.tables:
            yield _grid(table, figures, section.title)
            yield from _notes(table, beside)
            yield from filter(_draws_something, _charts(table))
    for fact in beside.facts:
        yield Note(fact)


def _grid(table: Table, figures: Figures, section: str) -> Grid:
    return Grid(
        headers=(table.heading, in_words.FIGURE_HEADING),
        rows=tuple((_label(line, figures), in_words.figure(line)) for line in table.lines),
        title=table.heading or section,
        inside=frozenset(
            place for place, line in enumerate(table.lines) if line.key in table.inside
        ),
    )


def _label(line: Line, figures: Figures) -> str:
    note = in_words.beside(line, figures)
    return f"{line.label} ({note})" if note else line.label


def _notes(table: Table, beside: Beside) -> Iterator[Note]:
    for shortfall in in_words.shortfalls(table, named=False):
        yield Note(shortfall, "Mangler")
    if other := beside.others.get(table.key):
        yield Note(other, "Annet")
    if remark := beside.remarks.get(table.key):
        yield Note(remark, "Merknad")


def _charts(table: Table) -> Iterator[Chart]:
    if title := _CHARTED.get(table.key):
        parts = [line for line in table.lines if line.part_of]
        yield chart(title, [line.label for line in parts], {in_words.FIGURE_HEADING: parts})
    elif table.key == _VOLUNTEERS:
        genders = [line for line in table.lines if _bands(line, table)]
        labels = [band.label for band in _bands(genders[0], table)] if genders else []
        yield chart(
            _VOLUNTEERS_CHART, labels, {line.label: _bands(line, table) for line in genders}
        )


def _draws_something(chart: Chart) -> bool:
    """Whether it has a bar: of figures that are all zero or hidden there is none to see."""
    return any(value for one in chart.series for value in one.values)


def _bands(whole: Line, table: Table) -> list[Line]:
    """The rows of the table that split one of its rows."""
    return [line for line in table.lines if line.part_of == whole.key]


def chart(title: str, labels: Sequence[str], series: Mapping[str, Sequence[Line]]) -> Chart:
    """Bars for those rows, described in words too."""
    told = "; ".join(
        f"{name}: "
        + ", ".join(
            f"{label} {in_words.figure(line) or '–'}"
            for label, line in zip(labels, lines, strict=True)
        )
        for name, lines in series.items()
    )
    return Chart(
        title,
        tuple(labels),
        tuple(
            Series(name, tuple(None if line.value is None else float(line.value) for line in lines))
            for name, lines in series.items()
        ),
        f"{title}. {told}.",
    )


def years_chart(sizes: Mapping[int, tuple[int | None, int | None]]) -> Chart:
    """Bars for how many families and children there were, by year."""
    series = {
        word: [Line(str(year), str(year), size[place]) for year, size in sizes.items()]
        for place, word in enumerate(("Familier", "Barn"))
    }
    return chart(_YEARS_CHART, [str(year) for year in sizes], series)


def size(figures: Figures) -> tuple[int | None, int | None]:
    """How many families and children a year had; None where it is not told."""
    families, children = (figures.by_key.get(key) for key in ("families.total", "children.total"))
    return _count(families), _count(children)


def _count(line: Line | None) -> int | None:
    return None if line is None or line.value is None else int(line.value)


def _written(chapters: Sequence[Chapter], beside: Beside) -> list[Chapter]:
    """The chapters that have something in them, and those that they are parts of."""
    beside_it = (*beside.chapters.items(), *beside.after.items())
    told = [STATISTICS, *(key for key, written in beside_it if written)]
    return [
        chapter
        for chapter in chapters
        if any(f"{key}.".startswith(f"{chapter.key}.") for key in told)
    ]


def _chapter(chapter: Chapter, chapters: Sequence[Chapter], beside: Beside) -> Iterator[Block]:
    written = beside.chapters.get(chapter.key)
    if written:
        from hsf_cli.documents import prose

        yield from prose.blocks(written, chapter.level + 1)
    elif not chapter.has_parts(chapters) and not beside.after.get(chapter.key):
        yield Paragraph((Span(UNWRITTEN, italic=True),))


def _origin(figures: Figures, written_at: datetime, public: str) -> tuple[str, ...]:
    """Sentences on how the figures came about, and when the document was written."""
    told = []
    if at := figures.counted_at:
        told.append(
            f"Tallene er talt {dates.written_moment(at)}, etter skjemaet for {figures.edition}."
        )
    if figures.source:
        told.append(f"Tallene er lest inn fra {figures.source}.")
    elif at := figures.locked_at:
        told.append(f"Tallene ble låst {dates.written_moment(at)}.")
    elif at := figures.beside_locked:
        told.append(
            f"Rapporten ble låst {dates.written_moment(at)}: "
            "dette er en ny telling ved siden av den."
        )
    elif not figures.as_known:
        told.append("Rapporten er ikke låst: tallene kan endre seg.")
    if day := figures.as_known:
        told.append(f"Tallene er talt av postene slik de sto {dates.written(day)}.")
    if public:
        told.append(public)
    return (*told, f"Dokumentet er skrevet {dates.written_moment(written_at)}.")
