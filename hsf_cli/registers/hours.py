"""Hours: the entries and what they sum up to, what stands against one, who has not handed in."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from hsf_cli import numbers, rules
from hsf_cli.dates import written
from hsf_cli.errors import WrongUse
from hsf_cli.populations.handed_in import SAYS_SOMETHING
from hsf_cli.records import KINDS, numbered
from hsf_cli.registers.lookup import name_of
from hsf_cli.rules import Finding
from hsf_cli.spelling import alphabetical
from hsf_cli.store import Row, Store

# The ids of the assignments of a volunteer, a family or both, and those of them that ran on a day.
ASSIGNMENTS_OF = """
SELECT a.id FROM assignment a JOIN inquiry i ON i.id = a.inquiry_id
 WHERE (:volunteer IS NULL OR a.volunteer_id = :volunteer)
   AND (:family IS NULL OR i.family_id = :family)
"""
ON_DAY = " AND a.started_on <= :day AND (a.ended_on IS NULL OR a.ended_on >= :day)"

_SUMS = """count(*) AS entries, coalesce(sum(visits), 0) AS visits,
       coalesce(sum(minutes), 0) AS minutes, coalesce(sum(driving_minutes), 0) AS driving_minutes"""
_ENTRIES = f"""
SELECT hours.id AS number, {KINDS["hours"].id_sql} AS id, worked_on,
       {KINDS["volunteer"].id_sql} AS volunteer, volunteer.name AS volunteer_name,
       hours.kind, kind_other, {KINDS["assignment"].id_sql} AS assignment,
       family.name AS family_name, {KINDS["activity"].id_sql} AS activity,
       activity.title AS activity_title, visits, minutes, driving_minutes
  FROM hours
  JOIN volunteer ON volunteer.id = hours.volunteer_id
  LEFT JOIN assignment ON assignment.id = hours.assignment_id
  LEFT JOIN inquiry ON inquiry.id = assignment.inquiry_id
  LEFT JOIN family ON family.id = inquiry.family_id
  LEFT JOIN activity ON activity.id = hours.activity_id
 WHERE {{condition}} ORDER BY worked_on DESC, hours.id DESC
"""
_TOTALS = f"SELECT {_SUMS} FROM hours WHERE {{condition}}"
_CONDITIONS = {
    "number": "hours.id = :number",
    "volunteer": "hours.volunteer_id = :volunteer",
    "assignment": "hours.assignment_id = :assignment",
    "family": "hours.assignment_id IN (SELECT a.id FROM assignment a"
    " JOIN inquiry i ON i.id = a.inquiry_id WHERE i.family_id = :family)",
    "activity": "hours.activity_id = :activity",
    "kind": "hours.kind = :kind",
    "first": "hours.worked_on >= :first",
    "last": "hours.worked_on <= :last",
}
_DOUBLES = """
SELECT id, visits, minutes FROM hours
 WHERE volunteer_id = :volunteer_id AND worked_on = :worked_on AND kind = :kind
   AND assignment_id IS :assignment_id AND activity_id IS :activity_id AND id IS NOT :but
 ORDER BY id
"""
# Every assignment that ran in a month, the days of it, and what is entered on it in that month.
_RAN_IN = f"""
SELECT assignment.id AS assignment, {KINDS["assignment"].id_sql} AS assignment_id,
       family.name AS family_name, volunteer.id AS volunteer,
       {KINDS["volunteer"].id_sql} AS volunteer_id, volunteer.name AS volunteer_name,
       started_on, usual_time, max(started_on, :first) AS first,
       min(coalesce(ended_on, :last), :last) AS last,
       count(*) FILTER (WHERE {SAYS_SOMETHING}) AS entries,
       coalesce(sum(visits), 0) AS visits, coalesce(sum(minutes), 0) AS minutes,
       coalesce(sum(driving_minutes), 0) AS driving_minutes,
       min(hours.id) FILTER (WHERE NOT {SAYS_SOMETHING}) AS unfilled
  FROM assignment
  JOIN inquiry ON inquiry.id = assignment.inquiry_id
  JOIN family ON family.id = inquiry.family_id
  JOIN volunteer ON volunteer.id = assignment.volunteer_id
  LEFT JOIN hours ON hours.assignment_id = assignment.id AND hours.kind = 'oppdrag'
                 AND hours.worked_on BETWEEN :first AND :last
 WHERE started_on <= :last AND (ended_on IS NULL OR ended_on >= :first)
 GROUP BY assignment.id
"""


@dataclass(frozen=True)
class Entries:
    """Which entries are meant: those for which all that is said here holds."""

    number: int | None = None
    volunteer: int | None = None
    assignment: int | None = None
    family: int | None = None
    activity: int | None = None
    kind: str | None = None
    first: date | None = None
    last: date | None = None

    @property
    def said(self) -> dict[str, Any]:
        """What is said, by name, as statements take it."""
        return {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in asdict(self).items()
            if value is not None
        }

    @property
    def condition(self) -> str:
        """The same as SQL."""
        return " AND ".join(_CONDITIONS[name] for name in self.said) or "true"


@dataclass(frozen=True)
class Totals:
    """What some entries come to. Visits and driving that nobody recorded count as none."""

    entries: int
    visits: int
    minutes: int
    driving_minutes: int


@dataclass(frozen=True)
class RanIn:
    """An assignment that ran in a month: from which day to which, and what is entered for it."""

    assignment: int
    assignment_id: str
    family_name: str
    volunteer: int
    volunteer_id: str
    volunteer_name: str
    started_on: str
    usual_time: str | None
    first: date
    last: date
    entered: Totals
    # An entry without figures, of a sheet that came back so: to be filled in, not doubled.
    unfilled: int | None

    @property
    def expected(self) -> int:
        """The visits to expect: one a week."""
        return expected_visits(self.first, self.last)


def entries(store: Store, which: Entries) -> list[dict[str, Any]]:
    """Those entries, the newest first, with the names of whom they are about."""
    rows = store.rows(_ENTRIES.format(condition=which.condition), **which.said)
    return [{**row, "hours": round(row["minutes"] / 60, 2)} for row in numbered("hours", rows)]


def totals(store: Store, which: Entries) -> Totals:
    """What those entries come to: `totals(store, Entries(volunteer=2))`."""
    (row,) = store.rows(_TOTALS.format(condition=which.condition), **which.said)
    return _totals(row)


def expected_visits(first: date, last: date) -> int:
    """The visits to expect from one day to another, both included: the weeks, rounded."""
    days = (last - first).days + 1
    return (2 * days + 7) // 14


def ran_in(store: Store, first: date, last: date) -> list[RanIn]:
    """The assignments that ran in those days of a month, by the volunteers' names."""
    rows = store.rows(_RAN_IN, first=first.isoformat(), last=last.isoformat())
    found = [_ran_in(row) for row in rows]
    return sorted(found, key=lambda one: (alphabetical(one.volunteer_name), one.assignment))


def against(store: Store, entry: Mapping[str, Any], but: int | None = None) -> list[Finding]:
    """What stands against an entry as it would be; `but` is the number that it has already."""
    found = [
        _outside_assignment(store, entry),
        _doubled(store, entry, but),
        *_against_figures(entry),
    ]
    return [finding for finding in found if finding]


def about(entry: Mapping[str, Any]) -> tuple[str, int]:
    """Table and number of what an exception for the entry is kept on."""
    if entry["assignment_id"] is not None:
        return "assignment", entry["assignment_id"]
    return "volunteer", entry["volunteer_id"]


def refuse_other_volunteer(store: Store, entry: Mapping[str, Any]) -> None:
    """Raises WrongUse where the assignment of an entry is another volunteer's."""
    if entry["assignment_id"] is None:
        return
    theirs = volunteer_of(store, entry["assignment_id"])
    if theirs != entry["volunteer_id"]:
        short = KINDS["assignment"].name(entry["assignment_id"])
        raise WrongUse(
            f"Oppdraget {short} er {name_of(store, 'volunteer', theirs)} sitt.",
            "Rett --kontakt eller --oppdrag.",
        )


def volunteer_of(store: Store, assignment: int) -> int:
    """The number of the volunteer whose assignment it is."""
    return int(store.value("SELECT volunteer_id FROM assignment WHERE id = :n", n=assignment))


def _outside_assignment(store: Store, entry: Mapping[str, Any]) -> Finding | None:
    if entry["assignment_id"] is None:
        return None
    (row,) = store.rows(
        "SELECT started_on, ended_on FROM assignment WHERE id = :n", n=entry["assignment_id"]
    )
    if row["started_on"] <= entry["worked_on"] <= (row["ended_on"] or "9999"):
        return None
    short = KINDS["assignment"].name(entry["assignment_id"])
    if entry["worked_on"] < row["started_on"]:
        outside = f"startet først {written(row['started_on'])}"
    else:
        outside = f"ble avsluttet {written(row['ended_on'])}"
    return Finding(
        "dato",
        f"Timene er datert {written(entry['worked_on'])}, men oppdraget {short} {outside}.",
        "Se over datoen, og at det er riktig oppdrag.",
    )


def _doubled(store: Store, entry: Mapping[str, Any], but: int | None) -> Finding | None:
    same = {
        name: entry[name]
        for name in ("volunteer_id", "worked_on", "kind", "assignment_id", "activity_id")
    }
    rows = store.rows(_DOUBLES, **same, but=but)
    if not rows:
        return None
    first = KINDS["hours"].name(rows[0]["id"])
    listed = " og ".join(f"{KINDS['hours'].name(row['id'])} ({_figures(row)})" for row in rows)
    return Finding(
        "dobbelt",
        f"Det samme er ført fra før {written(entry['worked_on'])}: {listed}.",
        f"Skal den rettes: hsf timer endre {first}.",
    )


def _against_figures(entry: Mapping[str, Any]) -> list[Finding | None]:
    """What is told of the figures on an assignment; it stops nothing."""
    if entry["kind"] != "oppdrag":
        return []
    if entry["visits"] is None:
        text = "Antall besøk er ikke ført."
        remedy = "Timene teller, men er ikke med i hvor lenge et besøk varer."
        return [Finding("besøk", text, remedy, stops=False)]
    if entry["visits"] == 0 and entry["minutes"]:
        text = f"{numbers.hours(entry['minutes'])} timer er ført uten noe besøk."
        return [Finding("besøk", text, "Se over tallene.", stops=False)]
    return [rules.against_visits(entry["visits"], entry["minutes"])]


def _figures(row: Row) -> str:
    hours = f"{numbers.hours(row['minutes'])} timer"
    return hours if row["visits"] is None else f"{row['visits']} besøk, {hours}"


def _totals(row: Row) -> Totals:
    return Totals(row["entries"], row["visits"], row["minutes"], row["driving_minutes"])


def _ran_in(row: Row) -> RanIn:
    return RanIn(
        row["assignment"], row["assignment_id"], row["family_name"], row["volunteer"],
        row["volunteer_id"], row["volunteer_name"], row["started_on"], row["usual_time"],
        date.fromisoformat(row["first"]), date.fromisoformat(row["last"]), _totals(row),
        row["unfilled"],
    )  # fmt: skip
