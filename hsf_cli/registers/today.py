"""The department today: who waits, what runs, what is due, what the next report will lack."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from hsf_cli import goals, rules
from hsf_cli.populations import POPULATIONS, Period, records
from hsf_cli.populations.handed_in import HandedIn, missing_months
from hsf_cli.records import KINDS, Kind
from hsf_cli.registers import assignments, follow_ups, retention
from hsf_cli.registers.assignments import Assignment
from hsf_cli.registers.follow_ups import FollowUp
from hsf_cli.registers.volunteers import LAST_DAY, volunteers
from hsf_cli.registers.waiting import Waiting, waiting_list
from hsf_cli.store import Row, Store

# A family that has waited longer than this for the home visit is told of.
VISIT_WITHIN = timedelta(days=14)
# The report on a year is handed in during the next January.
_REPORT_MONTH = 1

_DEPARTMENT = """
SELECT name,
       NOT EXISTS (SELECT 1 FROM family) AND NOT EXISTS (SELECT 1 FROM volunteer)
           AND NOT EXISTS (SELECT 1 FROM course) AS is_empty
  FROM department
"""
_RUNNING = """
SELECT count(*) AS assignments, count(DISTINCT i.family_id) AS families
  FROM assignment a JOIN inquiry i ON i.id = a.inquiry_id
 WHERE a.started_on <= :day AND (a.ended_on IS NULL OR a.ended_on > :day)
"""
# The course that is under way, or else the next one.
_COURSE = f"""
SELECT * FROM (
    SELECT c.id, c.name, c.starts_on, coalesce({LAST_DAY}, c.starts_on) AS ends_on,
           (SELECT count(*) FROM course_registration r WHERE r.course_id = c.id) AS participants
      FROM course c)
 WHERE ends_on >= :day ORDER BY starts_on, id LIMIT 1
"""

# What a report splits its records by, where a blank leaves the record out of every row.
_REPORTED: Mapping[str, tuple[str, ...]] = {
    "families": ("background", "civil_status", "found_us"),
    "volunteers": ("age", "gender", "occupation", "has_children", "found_us"),
    "inquiries": ("source",),
    "assignments": ("starts_at",),
}


class Named(NamedTuple):
    """A record that something is said of: its short name at the prompt, and what it is called."""

    short: str
    name: str


class Course(NamedTuple):
    """A course that is under way or the next to come."""

    short: str
    name: str
    starts_on: str
    ends_on: str
    participants: int


class Progress(NamedTuple):
    """How far the year has come towards a target."""

    reached: int
    target: int


class Gap(NamedTuple):
    """Records of one population that the next report will lack something of, and what that is."""

    population: str
    attributes: tuple[str, ...]
    records: tuple[Named, ...]
    # Those of the attributes that the first of the records lacks.
    of_first: tuple[str, ...]

    @property
    def kind(self) -> Kind:
        """What kind of records they are."""
        return POPULATIONS[self.population].kind


class Today(NamedTuple):
    """Where the department stands on a day; each tuple has the records, the most pressing first."""

    day: date
    name: str
    is_empty: bool
    waiting: tuple[Waiting, ...]
    assignments: int
    families_linked: int
    course: Course | None
    # Families with an assignment so far this year; without a target it is what the position can
    # serve. And volunteers with one, where they have a target.
    families: Progress
    volunteers: Progress | None
    # What is due: late home visits; follow-ups, assignments that last longer than planned, and
    # those without hours for a month that is over, each by its assignment; approved volunteers
    # who lack a requirement; candidates with all their course hours.
    unvisited: tuple[Named, ...]
    follow_ups: tuple[Named, ...]
    past_planned_end: tuple[Named, ...]
    without_hours: tuple[Named, ...]
    lacking: tuple[Named, ...]
    ready: tuple[Named, ...]
    # How many of each kind have been kept longer than the department will.
    expired: Mapping[str, int]
    # The year of the report that is to be handed in this month.
    report_due: int | None
    # The year of the next report, and what it will lack.
    report_year: int
    gaps: tuple[Gap, ...]


def today(store: Store, day: date) -> Today:
    """Where the department stands at the end of that day."""
    (about,) = store.rows(_DEPARTMENT)
    (running,) = store.rows(_RUNNING, day=day.isoformat())
    waiting = waiting_list(store, day)
    report_due = day.year - 1 if day.month == _REPORT_MONTH else None
    report_year = report_due or day.year
    lacking, ready = _against_volunteers(store, day)
    with_families, with_volunteers = _progress(store, day.year)
    return Today(
        day=day,
        name=about["name"],
        is_empty=bool(about["is_empty"]),
        waiting=tuple(waiting),
        assignments=running["assignments"],
        families_linked=running["families"],
        course=_course(store, day),
        families=with_families,
        volunteers=with_volunteers,
        unvisited=_unvisited(waiting),
        follow_ups=_follow_ups(store, day),
        past_planned_end=_past_planned_end(store, day),
        without_hours=_without_hours(store, day),
        lacking=lacking,
        ready=ready,
        expired=retention.how_many_expired(store, day),
        report_due=report_due,
        report_year=report_year,
        gaps=tuple(_gaps(store, report_year)),
    )


def _course(store: Store, day: date) -> Course | None:
    for row in store.rows(_COURSE, day=day.isoformat()):
        short = KINDS["course"].name(row["id"])
        return Course(short, row["name"], row["starts_on"], row["ends_on"], row["participants"])
    return None


def _progress(store: Store, year: int) -> tuple[Progress, Progress | None]:
    """How far the year has come with families, and with volunteers where they have a target."""
    aims = {**goals.suggested(store), **goals.goals(store, year)}
    families = Progress(len(records(store, "families", Period.year(year))), aims[goals.FAMILIES])
    if (aim := aims.get(goals.VOLUNTEERS)) is None:
        return families, None
    linked = sum(row["linked"] for row in records(store, "volunteers", Period.year(year)))
    return families, Progress(linked, aim)


def _unvisited(waiting: Iterable[Waiting]) -> tuple[Named, ...]:
    return tuple(
        Named(one.number, one.family_name)
        for one in waiting
        if one.stage == "besøk" and one.days > VISIT_WITHIN.days
    )


def _follow_ups(store: Store, day: date) -> tuple[Named, ...]:
    return tuple(_assignment(one.assignment_number, one) for one in follow_ups.due(store, day))


def _past_planned_end(store: Store, day: date) -> tuple[Named, ...]:
    past = assignments.past_planned_end(store, day)
    return tuple(_assignment(one.number, one) for one in past)


def _without_hours(store: Store, day: date) -> tuple[Named, ...]:
    """Those of the year so far; in January of the year before."""
    month_over = day.replace(day=1) - timedelta(days=1)
    missing = missing_months(store, date(month_over.year, 1, 1), month_over)
    return tuple(_assignment(one.assignment, one) for one in missing)


def _against_volunteers(store: Store, day: date) -> tuple[tuple[Named, ...], tuple[Named, ...]]:
    """The approved who lack a requirement, and the candidates with all course hours behind them."""
    lacking, ready = [], []
    for one in volunteers(store, but_left_by=day).values():
        if one.approved_on is not None and one.approved_on <= day:
            if rules.missing_requirements(one, day):
                lacking.append(Named(one.id, one.name))
        elif "kurstimer" not in {finding.rule for finding in rules.missing_requirements(one, day)}:
            ready.append(Named(one.id, one.name))
    return tuple(lacking), tuple(ready)


def _gaps(store: Store, year: int) -> Iterable[Gap]:
    """What each population of that year will lack in the report, as its attributes stand now."""
    for name, attributes in _REPORTED.items():
        lacking = [
            (row, blank)
            for row in records(store, name, Period.year(year))
            if (blank := tuple(one for one in attributes if row[one] is None))
        ]
        if lacking:
            blank_somewhere = {one for _, blank in lacking for one in blank}
            kind = POPULATIONS[name].kind
            yield Gap(
                name,
                tuple(one for one in attributes if one in blank_somewhere),
                tuple(_named(kind, row) for row, _ in lacking),
                of_first=lacking[0][1],
            )


def _assignment(number: int, about: FollowUp | Assignment | HandedIn) -> Named:
    name = f"{about.family_name} – {about.volunteer_name}"
    return Named(KINDS["assignment"].name(number), name)


def _named(kind: Kind, row: Row) -> Named:
    return Named(kind.name(row["id"]), row["name"])
