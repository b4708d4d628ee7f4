"""What stands beside a year's figures in a document, gathered from where each is kept.

In the version for the public stands only what the coordinator wrote, and what the figures that
are shown there tell: neither what «annet» was nor numbers that the form does not have.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hsf_cli import dates, numbers
from hsf_cli.documents.document import Block, Chart, Grid
from hsf_cli.populations import Period, records
from hsf_cli.report import in_words, kept, texts
from hsf_cli.report.beside import Activities, BesideRows, Other, beside_rows
from hsf_cli.report.count import Report
from hsf_cli.report.figures import Figures
from hsf_cli.report.form import STATISTICS, Form
from hsf_cli.report.targets import Target, targets
from hsf_cli.report.whole import Beside, size, years_chart
from hsf_cli.store import Store

# The chapters that have a table of their own after their text.
_ACTIVITIES, _GOALS = "activities.families", "goals"
_YEARS_BACK = 6


@dataclass(frozen=True)
class Behind:
    """The records that figures were counted from, and the report with those that each counts."""

    records: Store
    report: Report


def beside(
    store: Store, figures: Figures, form: Form, behind: Behind | None, *, public: bool
) -> Beside:
    """All that the document has beside the figures.

    The texts are those that are written now, whatever day the records behind the figures are from.
    Without records nothing is told but what people wrote, and years that are kept.
    """
    rows = beside_rows(behind.records, behind.report) if behind and not public else None
    after = {
        _ACTIVITIES: tuple(_activities(rows.activities)) if rows else (),
        _GOALS: tuple(_goals(targets(store, figures))),
    }
    years = () if public else _years(store, figures, behind.records if behind else None)
    chapters = {chapter.key for chapter in form.chapters}
    # A form of a department's own may have no such chapter: then it follows the figures.
    homeless = [block for key, blocks in after.items() if key not in chapters for block in blocks]
    return Beside(
        chapters=texts.written(store, figures.year, "kapittel"),
        remarks=texts.written(store, figures.year, "merknad"),
        others={key: _others(others) for key, others in rows.others.items()} if rows else {},
        facts=tuple(_facts(rows)) if rows else (),
        after={**after, STATISTICS: (*years, *homeless)},
    )


def _others(others: Sequence[Other]) -> str:
    """«flytting (2), hundevakt»."""
    return ", ".join(
        f"{other.text} ({other.count})" if other.count > 1 else other.text for other in others
    )


def _facts(rows: BesideRows) -> Iterator[str]:
    if rows.paused:
        yield f"{_volunteers(len(rows.paused))} var på pause i deler av året."
    if rows.active:
        yield (
            f"{_volunteers(len(rows.active))} var koblet til en familie eller hadde timer i året"
            " («aktive» i videre forstand)."
        )


def _volunteers(count: int) -> str:
    return f"{count} {'familiekontakt' if count == 1 else 'familiekontakter'}"


def _activities(activities: Activities) -> Iterator[Block]:
    if activities.held:
        yield Grid(
            headers=("Aktivitet", "Familiekontakter", "Familier", "Barn"),
            rows=(
                *(
                    (
                        f"{dates.written(one.held_on)} {one.title}",
                        str(one.volunteers),
                        str(one.families),
                        "" if one.children is None else str(one.children),
                    )
                    for one in activities.held
                ),
                ("I alt", *map(str, (activities.volunteers, activities.families,
                                     activities.children))),
            ),
            title="Aktiviteter for familier",
        )  # fmt: skip


def _goals(found: Sequence[Target]) -> Iterator[Block]:
    set_ = [one for one in found if one.goal is not None]
    if set_:
        yield Grid(
            headers=("Mål for året", "Mål", "Resultat", "Andel"),
            rows=tuple(
                (
                    one.word,
                    numbers.written(one.goal or 0),
                    in_words.HIDDEN if one.reached is None else numbers.written(one.reached),
                    "" if one.share is None else f"{one.share}{numbers.NO_BREAK_SPACE}%",
                )
                for one in set_
            ),
            title="Mål og resultat",
        )


def _years(store: Store, figures: Figures, behind: Store | None) -> Iterator[Chart]:
    """Families and children over the years that are known, where there is more than this one."""
    earlier = [
        (year, then)
        for year in range(figures.year - _YEARS_BACK, figures.year)
        if any(then := _size(store, behind, year))
    ]
    if earlier:
        yield years_chart({**dict(earlier), figures.year: size(figures)})


def _size(store: Store, behind: Store | None, year: int) -> tuple[int | None, int | None]:
    """How many families and children the department had: as kept, or else as the records say."""
    if report := kept.kept(behind or store, year):
        return size(report.figures)
    if behind is None:
        return None, None
    period = Period.year(year)
    return len(records(behind, "families", period)), len(records(behind, "children", period))
