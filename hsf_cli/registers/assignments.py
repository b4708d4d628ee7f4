"""Assignments: one volunteer's period with one family, from the match to the end."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from hsf_cli import rules
from hsf_cli.change import Change
from hsf_cli.dates import begun_months, written
from hsf_cli.errors import Stopped, WrongUse
from hsf_cli.records import KINDS
from hsf_cli.registers import editing, endings, exceptions, follow_ups, inquiries
from hsf_cli.registers.follow_ups import Dates
from hsf_cli.registers.lookup import name_of
from hsf_cli.registers.volunteers import volunteers
from hsf_cli.rules import Finding, Volunteer
from hsf_cli.store import Row, Store

# The ids of assignments that have no end, and of families whose case is open or that wait.
RUNNING = "SELECT id FROM assignment WHERE ended_on IS NULL"
WITH_OPEN_CASE = "SELECT family_id FROM inquiry WHERE closed_on IS NULL"
WAITING = f"""{WITH_OPEN_CASE} AND NOT EXISTS (
    SELECT 1 FROM assignment a WHERE a.inquiry_id = inquiry.id AND a.ended_on IS NULL)"""

_ASSIGNMENTS = f"""
SELECT assignment.id AS number, {KINDS["assignment"].id_sql} AS id,
       {KINDS["inquiry"].id_sql} AS inquiry,
       family.id AS family_number, {KINDS["family"].id_sql} AS family, family.name AS family_name,
       volunteer.id AS volunteer_number, {KINDS["volunteer"].id_sql} AS volunteer,
       volunteer.name AS volunteer_name,
       assignment.started_on, assignment.ended_on, assignment.end_reason, assignment.usual_time,
       assignment.planned_end_on,
       (SELECT max(until_on) FROM extension WHERE assignment_id = assignment.id) AS extended_to
  FROM assignment
  JOIN inquiry ON inquiry.id = assignment.inquiry_id
  JOIN family ON family.id = inquiry.family_id
  JOIN volunteer ON volunteer.id = assignment.volunteer_id
 WHERE {{condition}}
 ORDER BY assignment.started_on, assignment.id
"""
_NOT_ENDED = "(assignment.ended_on IS NULL OR assignment.ended_on > :day)"
_TOTALS = """
SELECT coalesce(sum(visits), 0) AS visits, coalesce(sum(minutes), 0) AS minutes,
       coalesce(sum(driving_minutes), 0) AS driving_minutes,
       coalesce(sum(minutes) FILTER (WHERE visits IS NOT NULL), 0) AS minutes_of_visits,
       max(worked_on) AS last_on
  FROM hours WHERE assignment_id = :assignment
"""


class Assignment(NamedTuple):
    """One assignment, as a list tells of it."""

    number: int
    id: str
    inquiry: str
    family_number: int
    family: str
    family_name: str
    volunteer_number: int
    volunteer: str
    volunteer_name: str
    started_on: str
    ended_on: str | None
    end_reason: str | None
    usual_time: str | None
    planned_end_on: str | None
    # The day the latest extension lasts to; None where there is none.
    extended_to: str | None

    @property
    def planned_to(self) -> str:
        """The day it is planned to, its extensions included."""
        dates = Dates(self.started_on, self.ended_on, self.planned_end_on, self.extended_to)
        return dates.planned_to

    def runs(self, day: date) -> bool:
        """Whether it has started, and not ended, by the end of a day."""
        text = day.isoformat()
        return self.started_on <= text and (self.ended_on is None or self.ended_on > text)

    def ran_in(self, year: int) -> bool:
        """Whether it ran on any day of a year."""
        return self.started_on <= f"{year}-12-31" and (self.ended_on or "9999") >= f"{year}-01-01"

    def months(self, day: date) -> int:
        """The begun months it has lasted by a day; none before it starts."""
        until = min(self.ended_on or day.isoformat(), day.isoformat())
        return begun_months(self.started_on, until) if until > self.started_on else 0

    def overdue(self, day: date) -> bool:
        """Whether it runs on a day after the one it was planned to, extensions included."""
        return self.runs(day) and self.planned_to < day.isoformat()

    def beyond_six_months(self, day: date) -> bool:
        """Whether it runs on a day after its first six months, extended or not."""
        return self.runs(day) and day > rules.planned_end(date.fromisoformat(self.started_on))


class Totals(NamedTuple):
    """What was handed in for an assignment: visits, and whole minutes."""

    visits: int
    minutes: int
    driving_minutes: int
    minutes_of_visits: int  # those of entries that tell how many visits there were
    last_on: str | None


def assignments(store: Store) -> list[Assignment]:
    """Every assignment, in the order they started."""
    return [Assignment(*row) for row in store.rows(_ASSIGNMENTS.format(condition="true"))]


def assignment(store: Store, number: int) -> Assignment:
    """The assignment of that number, which must be here, with whom it is between."""
    condition = "assignment.id = :number"
    (row,) = store.rows(_ASSIGNMENTS.format(condition=condition), number=number)
    return Assignment(*row)


def past_planned_end(store: Store, day: date) -> list[Assignment]:
    """Those that run on a day after the one they were planned to, without an extension.

    The one that is furthest behind comes first.
    """
    rows = store.rows(_ASSIGNMENTS.format(condition=_NOT_ENDED), day=day.isoformat())
    past = (one for one in (Assignment(*row) for row in rows) if one.overdue(day))
    return sorted(past, key=lambda one: (one.planned_to, one.number))


def totals(store: Store, number: int) -> Totals:
    """What was handed in for an assignment."""
    (row,) = store.rows(_TOTALS, assignment=number)
    return Totals(*row)


def extensions(store: Store, number: int) -> list[Row]:
    """The extensions of an assignment, in the order they reach."""
    return store.rows(
        "SELECT * FROM extension WHERE assignment_id = :number ORDER BY until_on, id", number=number
    )


def refuse_ended(store: Store, number: int) -> None:
    """Raises Stopped where an assignment has ended."""
    ended_on = store.value("SELECT ended_on FROM assignment WHERE id = :number", number=number)
    if ended_on:
        short = KINDS["assignment"].name(number)
        raise Stopped(
            f"{name_of(store, 'assignment', number)} er avsluttet {written(ended_on)}.",
            f"Er det ført feil, så rett det: hsf oppdrag endre {short}",
        )


def open_case(store: Store, family: int) -> int:
    """The number of a family's open inquiry. Raises Stopped where its cases are closed."""
    number = inquiries.open_inquiry(store, family)
    if number is None:
        raise Stopped(
            f"{name_of(store, 'family', family)} har ingen åpen henvendelse.",
            "Ta imot familien igjen først: "
            f"hsf henvendelse ny --familie {KINDS['family'].name(family)}",
        )
    return number


def against_family(store: Store, inquiry: int, day: date) -> list[Finding]:
    """What stands against that an assignment starts in a case on a day, whoever the volunteer."""
    case = editing.record(store, "inquiry", inquiry)
    found = rules.outside_target_group(inquiries.births(store, case["family_id"]), day)
    findings = [found] if found else []
    if case["visited_on"] is None or case["visited_on"] > day.isoformat():
        short = KINDS["inquiry"].name(inquiry)
        text = "Hjemmebesøket hos familien mangler."
        remedy = f"Når det er gjort: hsf henvendelse besøk {short}"
        findings.append(Finding("besøk hos familien", text, remedy, stops=False))
    return findings


def against_starting(
    store: Store, values: Mapping[str, Any], present: Mapping[str, Any] | None = None
) -> list[Finding]:
    """All that stands against an assignment with those values, on the day it starts.

    `present` is the assignment as it is, where one is mended: it takes up no room beside itself.
    """
    day = date.fromisoformat(values["started_on"])
    volunteer = volunteers(store, values["volunteer_id"])[values["volunteer_id"]]
    if present and present["volunteer_id"] == values["volunteer_id"]:
        volunteer = _without(volunteer, present)
    undated = rules.undated_certificate(volunteer, day)
    return [
        *against_family(store, values["inquiry_id"], day),
        *rules.against_starting(volunteer, day),
        *([undated] if undated else []),
        *_against_length(values),
    ]


def refuse_starting(store: Store, values: Mapping[str, Any], but: int | None = None) -> None:
    """Raises where an assignment does not go with its inquiry, or is there already."""
    case = editing.record(store, "inquiry", values["inquiry_id"])
    started_on, ended_on = values["started_on"], values.get("ended_on")
    if started_on < case["received_on"]:
        raise Stopped(
            f"Oppdraget kan ikke starte før henvendelsen kom, {written(case['received_on'])}.",
            "Rett datoen, eller henvendelsen: "
            f"hsf henvendelse endre {KINDS['inquiry'].name(case['id'])} --mottatt DATO",
        )
    other = store.value(
        "SELECT a.id FROM assignment a JOIN inquiry i ON i.id = a.inquiry_id"
        " WHERE i.family_id = :family AND a.volunteer_id = :volunteer AND a.id <> :but"
        "   AND (a.ended_on IS NULL OR a.ended_on > :started_on)"
        "   AND a.started_on < coalesce(:ended_on, '9999')",
        family=case["family_id"],
        volunteer=values["volunteer_id"],
        but=but or 0,
        started_on=started_on,
        ended_on=ended_on,
    )
    if other:
        raise Stopped(
            f"{name_of(store, 'volunteer', values['volunteer_id'])} er hos familien allerede: "
            f"{name_of(store, 'assignment', other)}.",
            f"Se det: hsf oppdrag vis {KINDS['assignment'].name(other)}",
        )


def start(
    store: Store,
    change: Change,
    values: Mapping[str, Any],
    findings: Iterable[Finding],
    reason: str,
    today: date,
) -> int:
    """Adds an assignment, with its follow-ups and the rules gone on against; gives its number."""
    number = change.insert("assignment", **values)
    follow_ups.make_records(store, change, number, follow_ups.dates_of(store, number))
    exceptions.keep(change, findings if reason else (), reason, today, assignment_id=number)
    return number


def refuse_extension(store: Store, extension: Mapping[str, Any], but: int | None = None) -> None:
    """Raises Stopped where an extension does not reach beyond what was planned without it.

    One that is there already, `but`, is held against those before it alone.
    """
    number = extension["assignment_id"]
    earlier = [row for row in extensions(store, number) if but is None or row["id"] < but]
    end = follow_ups.dates_of(store, number)._replace(extended_to=_latest(earlier)).planned_to
    if extension["until_on"] <= end:
        raise Stopped(
            f"Oppdraget er allerede planlagt til {written(end)}.", "Velg en senere dag med --til."
        )


def follow_extension(
    store: Store,
    change: Change,
    assignment: int,
    until_on: str | None,
    but: int | None = None,
) -> None:
    """Moves the closing follow-up, before an extension lasts until another day, or goes away.

    `but` is the number of an extension that is there already.
    """
    others = [row for row in extensions(store, assignment) if row["id"] != but]
    latest = max(filter(None, (_latest(others), until_on)), default=None)
    after = follow_ups.dates_of(store, assignment)._replace(extended_to=latest)
    follow_ups.follow(store, change, assignment, after)


def extend(store: Store, change: Change, extension: Mapping[str, Any]) -> int:
    """Adds an extension, and moves the closing follow-up with the end; gives its number."""
    follow_extension(store, change, extension["assignment_id"], extension["until_on"])
    return change.insert("extension", **extension)


def follow_dates(store: Store, change: Change, number: int, after: Mapping[str, Any]) -> None:
    """Moves the follow-ups, before an assignment becomes what it is to be."""
    names = ("started_on", "ended_on", "planned_end_on")
    dates = follow_ups.dates_of(store, number)._replace(**{name: after[name] for name in names})
    follow_ups.follow(store, change, number, dates)


def refuse_edit(store: Store, number: int, after: Mapping[str, Any]) -> None:
    """Raises where what is mended of an assignment goes against its inquiry or its hours.

    One that runs is not ended here: what becomes of its case must be told then too.
    """
    present = editing.record(store, "assignment", number)
    differs = editing.differing(present, after).keys()
    if after["ended_on"] and not present["ended_on"]:
        short, day = KINDS["assignment"].name(number), written(after["ended_on"])
        raise Stopped(
            f"{name_of(store, 'assignment', number)} er ikke avsluttet.",
            f"Avslutt det: hsf oppdrag avslutt {short} --dato {day} "
            f"--grunn {after['end_reason'] or 'GRUNN'}",
        )
    if differs & {"inquiry_id", "volunteer_id", "started_on", "ended_on"}:
        refuse_starting(store, after, but=number)
    if differs & {"inquiry_id", "ended_on"}:
        _refuse_beyond_case(store, after)
        _refuse_beyond_leaving(store, after)
    if differs & {"ended_on", "end_reason"} and bool(after["ended_on"]) != bool(
        after["end_reason"]
    ):
        raise WrongUse(
            "Dagen oppdraget ble avsluttet, og grunnen, hører sammen.",
            "Skriv eller tøm både --avsluttet og --avslutningsgrunn.",
        )
    hours = store.value("SELECT count(*) FROM hours WHERE assignment_id = :n", n=number)
    if hours and "volunteer_id" in differs:
        raise Stopped(
            f"{KINDS['hours'].counted(hours)} er ført på "
            f"{name_of(store, 'volunteer', present['volunteer_id'])} i oppdraget.",
            "Rett eller slett dem først: "
            f"hsf timer liste --oppdrag {KINDS['assignment'].name(number)}",
        )


def against_edit(store: Store, number: int, after: Mapping[str, Any]) -> list[Finding]:
    """What stands against an assignment as it would be, and not against it as it is."""
    present = editing.record(store, "assignment", number)
    differs = editing.differing(present, after).keys()
    findings = endings.against_hours(store, number, after)
    if not differs & {"inquiry_id", "volunteer_id", "started_on", "planned_end_on"}:
        return findings
    others = differs & {"inquiry_id", "volunteer_id"}
    known = [] if others else against_starting(store, present, present)
    now = against_starting(store, after, present)
    return [*findings, *(finding for finding in now if finding not in known)]


def _refuse_beyond_case(store: Store, after: Mapping[str, Any]) -> None:
    case = editing.record(store, "inquiry", after["inquiry_id"])
    if case["closed_on"] and (after["ended_on"] or "9999") > case["closed_on"]:
        short = KINDS["inquiry"].name(case["id"])
        raise Stopped(
            f"Saken er avsluttet {written(case['closed_on'])}, og oppdraget kan ikke pågå etter "
            "det.",
            f'Åpne saken først: hsf henvendelse endre {short} --avsluttet "" --avslutningsgrunn ""',
        )


def _refuse_beyond_leaving(store: Store, after: Mapping[str, Any]) -> None:
    volunteer = editing.record(store, "volunteer", after["volunteer_id"])
    left_on = volunteer["left_on"]
    if left_on and (after["ended_on"] or "9999") > left_on:
        raise Stopped(
            f"{volunteer['name']} sluttet {written(left_on)}, og kan ikke ha oppdrag etter det.",
            f"Er det feil: hsf kontakt endre {KINDS['volunteer'].name(volunteer['id'])}"
            ' --sluttet "".',
        )


def _latest(extensions: Sequence[Row]) -> str | None:
    return max((row["until_on"] for row in extensions), default=None)


def _without(volunteer: Volunteer, assignment: Mapping[str, Any]) -> Volunteer:
    """The volunteer as if that assignment were not there."""
    ended_on = assignment["ended_on"]
    own = (
        date.fromisoformat(assignment["started_on"]),
        date.fromisoformat(ended_on) if ended_on else None,
    )
    others = list(volunteer.assignments)
    others.remove(own)
    return volunteer._replace(assignments=tuple(others))


def _against_length(values: Mapping[str, Any]) -> list[Finding]:
    if values["planned_end_on"] is None:
        return []
    finding = rules.against_length(
        date.fromisoformat(values["started_on"]), date.fromisoformat(values["planned_end_on"])
    )
    return [finding] if finding else []
