"""What a report tells beside the form's rows: what «annet» was, pauses, who was active, activities.

It is for documents, and not in the JSON: people wrote some of it, and no form has a row for it.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from hsf_cli.populations import POPULATIONS, Period, records
from hsf_cli.report.count import Cell, CountedTable, Report
from hsf_cli.spelling import alphabetical, folded
from hsf_cli.store import Store

_OTHER = "annet"
# The attributes for which somebody may have said what «annet» was, in a column of its own.
_WITH_OTHER = {
    "families": ("challenges", "support", "network", "found_us"),
    "volunteers": ("occupation", "found_us"),
    "hours": ("kind",),
}
_PAUSED = """
SELECT volunteer_id FROM pause WHERE from_on <= :last AND (to_on IS NULL OR to_on >= :first)
"""
_WITH_HOURS = "SELECT volunteer_id FROM hours WHERE worked_on BETWEEN :first AND :last"
_ACTIVITIES = """
SELECT a.id, a.held_on, a.title,
       (SELECT count(DISTINCT volunteer_id) FROM hours WHERE activity_id = a.id) AS volunteers,
       (SELECT count(DISTINCT family_id) FROM activity_family WHERE activity_id = a.id) AS families,
       a.children
  FROM activity a
 WHERE a.held_on BETWEEN :first AND :last AND a.audience = 'familier'
 ORDER BY a.held_on, a.id
"""


@dataclass(frozen=True)
class Other:
    """What «annet» stood for, as somebody wrote it, and on how many of the records."""

    text: str
    count: int


@dataclass(frozen=True)
class HeldActivity:
    """An activity for families: who took part in it, one by one."""

    number: int
    held_on: str
    title: str
    volunteers: int
    families: int
    # None where nobody has said how many came.
    children: int | None


@dataclass(frozen=True)
class Activities:
    """The year's activities for families; the totals are the sums of what is in the columns."""

    held: tuple[HeldActivity, ...]

    @property
    def volunteers(self) -> int:
        """How many times a volunteer took part."""
        return sum(one.volunteers for one in self.held)

    @property
    def families(self) -> int:
        """How many times a family took part."""
        return sum(one.families for one in self.held)

    @property
    def children(self) -> int:
        """How many children came, where that was counted."""
        return sum(one.children or 0 for one in self.held)


@dataclass(frozen=True)
class BesideRows:
    """All that a year's report tells beside its rows."""

    # By the key of the table; one where nothing was written is not here.
    others: Mapping[str, tuple[Other, ...]]
    # The numbers of the year's volunteers who were on pause at some time in it, and of those who
    # were linked or had any hours in it.
    paused: tuple[int, ...]
    active: tuple[int, ...]
    activities: Activities


def beside_rows(store: Store, report: Report) -> BesideRows:
    """What stands beside the rows of a report that was counted from the same records."""
    period = Period.year(report.year)
    days = period.days
    with store.reading():
        volunteers = records(store, "volunteers", period)
        paused = {row[0] for row in store.rows(_PAUSED, **days)}
        with_hours = {row[0] for row in store.rows(_WITH_HOURS, **days)}
        activities = [HeldActivity(*row) for row in store.rows(_ACTIVITIES, **days)]
    return BesideRows(
        others=_others(report),
        paused=tuple(row["id"] for row in volunteers if row["id"] in paused),
        active=tuple(row["id"] for row in volunteers if row["linked"] or row["id"] in with_hours),
        activities=Activities(tuple(activities)),
    )


def _others(report: Report) -> dict[str, tuple[Other, ...]]:
    found = {
        table.cells[0].row.key: _counted(table)
        for section in report.sections
        for table in section.tables
    }
    return {key: others for key, others in found.items() if others}


def _counted(table: CountedTable) -> tuple[Other, ...]:
    """What «annet» stood for in a table: each text once however it is spelled, the most first."""
    texts = list(dict(text for cell in table.cells for text in _texts(cell)).values())
    first_spelling: dict[str, str] = {}
    for text in texts:
        first_spelling.setdefault(folded(text), text)
    counts = Counter(map(folded, texts))
    others = [Other(first_spelling[spelling], count) for spelling, count in counts.items()]
    return tuple(sorted(others, key=lambda other: (-other.count, alphabetical(other.text))))


def _texts(cell: Cell) -> Iterator[tuple[tuple[str, int], str]]:
    """The texts of those that a row counts as «annet», by attribute and record."""
    population = POPULATIONS[cell.row.population]
    for name in _WITH_OTHER.get(population.name, ()):
        several = population.attributes[name].type == "codes"
        asked = cell.row.conditions.get(name)
        if asked is None or not asked.met_by(json.dumps([_OTHER]) if several else _OTHER):
            continue
        for record in cell.records:
            codes = json.loads(record[name]) if several else [record[name]]
            if _OTHER in codes and (text := record[f"{name}_other"]):
                yield (name, record["id"]), text
