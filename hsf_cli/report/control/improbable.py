"""What can hardly be so: each kind with the records it is true of, and what mends each."""

import json
from collections.abc import Iterator, Sequence
from datetime import date

from hsf_cli import numbers, rules
from hsf_cli.dates import written
from hsf_cli.populations.handed_in import SAYS_SOMETHING
from hsf_cli.records import KINDS
from hsf_cli.report.control.findings import Finding, Weight, about
from hsf_cli.report.control.year import Year
from hsf_cli.store import Row

LONGEST_VISIT = 8 * 60
# An assignment that ran for a month and has no hours is hardly without visits.
A_MONTH_OF_DAYS = 31
GROWN_UP = 18

_FAMILY, _ASSIGNMENT = KINDS["family"], KINDS["assignment"]
_VOLUNTEER, _INQUIRY, _HOURS = KINDS["volunteer"], KINDS["inquiry"], KINDS["hours"]
_MEND_VISITS = "hsf timer endre {} --besøk ANTALL --timer TIMER"

_RAN = "a.started_on <= :last AND (a.ended_on IS NULL OR a.ended_on >= :first)"
# The families with assignments in the year that nobody has taken in against the rule.
_FAMILIES = f"""
SELECT f.id, f.imported_id, f.name, json_group_array(a.started_on ORDER BY a.started_on) AS starts
  FROM assignment a
  JOIN inquiry i ON i.id = a.inquiry_id
  JOIN family f ON f.id = i.family_id
 WHERE {_RAN}
 GROUP BY f.id
HAVING NOT max(EXISTS (
           SELECT 1 FROM rule_exception e
            WHERE e.rule = 'målgruppe'
              AND (e.family_id = f.id OR e.inquiry_id = i.id OR e.assignment_id = a.id)))
"""
_CHILDREN = """
SELECT family_id, id, born FROM child WHERE family_id IN (SELECT value FROM json_each(:families))
 ORDER BY born, id
"""
# The year's entries on an assignment with too long visits, with visits and no hours or hours and
# no visits, or dated outside the assignment.
_ENTRIES = """
SELECT * FROM (
    SELECT h.id, h.imported_id, v.name, h.worked_on, h.visits, h.minutes,
           a.id AS assignment, a.started_on, a.ended_on,
           h.visits > 0 AND h.minutes > h.visits * :longest AS is_long,
           h.kind = 'oppdrag' AND (h.visits = 0) <> (h.minutes = 0) AS is_half,
           (h.worked_on < a.started_on OR h.worked_on > a.ended_on)
               AND NOT EXISTS (SELECT 1 FROM rule_exception e
                                WHERE e.rule = 'dato' AND e.assignment_id = a.id) AS is_outside
      FROM hours h
      JOIN assignment a ON a.id = h.assignment_id
      JOIN volunteer v ON v.id = h.volunteer_id
     WHERE h.worked_on BETWEEN :first AND :last)
 WHERE is_long OR is_half OR is_outside
 ORDER BY id
"""
_WITHOUT_HOURS = f"""
SELECT a.id, a.imported_id, f.name || ' – ' || v.name AS name, a.started_on, a.ended_on
  FROM assignment a
  JOIN inquiry i ON i.id = a.inquiry_id
  JOIN family f ON f.id = i.family_id
  JOIN volunteer v ON v.id = a.volunteer_id
 WHERE {_RAN}
   AND julianday(min(coalesce(a.ended_on, :until), :until))
       - julianday(max(a.started_on, :first)) + 1 >= :days
   AND a.id NOT IN (SELECT assignment_id FROM hours
                     WHERE worked_on BETWEEN :first AND :last
                       AND kind = 'oppdrag' AND {SAYS_SOMETHING})
 ORDER BY +a.id -- or all there ever were would be read, in that order
"""
_OPEN_THOUGH_DONE = """
SELECT i.id, i.imported_id, f.name, a.id AS assignment, a.ended_on
  FROM inquiry i
  JOIN family f ON f.id = i.family_id
  JOIN assignment a ON a.inquiry_id = i.id
 WHERE i.closed_on IS NULL AND a.end_reason = 'fullført' AND a.ended_on <= :until
   AND NOT EXISTS (SELECT 1 FROM assignment later
                    WHERE later.inquiry_id = i.id
                      AND (later.ended_on IS NULL
                           OR (later.ended_on, later.id) > (a.ended_on, a.id)))
 ORDER BY i.id
"""
# Cases with an assignment in the year and no home visit: on the form they wait for the coordinator.
_UNVISITED = f"""
SELECT DISTINCT i.id, i.imported_id, f.name, i.received_on
  FROM assignment a
  JOIN inquiry i ON i.id = a.inquiry_id
  JOIN family f ON f.id = i.family_id
 WHERE i.visited_on IS NULL AND {_RAN}
 ORDER BY i.id
"""
_VOLUNTEERS_THAT_RAN = f"""
SELECT v.id, v.imported_id, v.name, v.approved_on, v.left_on
  FROM volunteer v
 WHERE v.id IN (SELECT a.volunteer_id FROM assignment a WHERE {_RAN})
 ORDER BY v.id
"""


def improbable(year: Year) -> Iterator[Finding]:
    """Everything of the year that can hardly be so."""
    each = (
        *_outside_target_group(year),
        *_entries(year),
        _without_hours(year),
        _unvisited(year),
        _open_though_done(year),
        _too_young(year),
        _not_counted(year),
    )
    return (finding for finding in each if finding.records)


def _outside_target_group(year: Year) -> Iterator[Finding]:
    families = year.store.rows(_FAMILIES, **year.days)
    children: dict[int, list[Row]] = {row["id"]: [] for row in families}
    for child in year.store.rows(_CHILDREN, families=json.dumps(list(children))):
        children[child["family_id"]].append(child)
    yield _childless([row for row in families if not children[row["id"]]])
    yield _without_young_children(
        [(row, own) for row in families if _is_outside(row, own := children[row["id"]])]
    )


def _childless(families: Sequence[Row]) -> Finding:
    command = "hsf familie barn {} --født ÅR"
    return Finding(
        Weight.MISSING,
        "uten_barn",
        f"Ingen barn er ført på {_FAMILY.counted(len(families))}",
        "Før barna med fødselsår.",
        key="children.total",
        records=tuple(about(_FAMILY, row, command=command) for row in families),
    )


def _without_young_children(families: Sequence[tuple[Row, Sequence[Row]]]) -> Finding:
    """The families without a child under school age, each with its children by age."""
    return Finding(
        Weight.IMPROBABLE,
        "målgruppe",
        f"{_FAMILY.counted(len(families))} uten barn under skolealder da oppdraget startet",
        "Se over fødselsårene, og før barn som mangler. Skolealder er fra 1. august det året "
        "barnet fyller seks.",
        key="families.total",
        records=tuple(
            about(_FAMILY, family, *_youngest(family, children[-1]))
            for family, children in families
        ),
    )


def _entries(year: Year) -> Iterator[Finding]:
    entries = year.store.rows(_ENTRIES, longest=LONGEST_VISIT, **year.days)
    yield _long_visits([row for row in entries if row["is_long"]])
    yield _half_entered([row for row in entries if row["is_half"]])
    yield _outside_assignment([row for row in entries if row["is_outside"]])


def _long_visits(entries: Sequence[Row]) -> Finding:
    return Finding(
        Weight.IMPROBABLE,
        "lange_besøk",
        f"{_HOURS.counted(len(entries))} med mer enn {LONGEST_VISIT // 60} timer per besøk",
        "Se over antall besøk og timer.",
        key="hours.mean_visit",
        records=tuple(about(_HOURS, row, _visits(row), _MEND_VISITS) for row in entries),
    )


def _half_entered(entries: Sequence[Row]) -> Finding:
    return Finding(
        Weight.IMPROBABLE,
        "besøk_uten_timer",
        f"{_HOURS.counted(len(entries))} med besøk uten timer, eller timer uten besøk",
        "Gjennomsnittlig besøkstid blir feil. Se over antall besøk og timer.",
        key="hours.mean_visit",
        records=tuple(about(_HOURS, row, _visits(row), _MEND_VISITS) for row in entries),
    )


def _outside_assignment(entries: Sequence[Row]) -> Finding:
    command = "hsf timer endre {} --dato DATO"
    return Finding(
        Weight.IMPROBABLE,
        "timer_utenfor_oppdraget",
        f"{_HOURS.counted(len(entries))} med en dato utenfor oppdraget",
        "Rett datoen på timene, eller dagene oppdraget gikk: «hsf oppdrag endre».",
        key="hours.assignments",
        records=tuple(about(_HOURS, row, _outside_dates(row), command) for row in entries),
    )


def _unvisited(year: Year) -> Finding:
    found = year.store.rows(_UNVISITED, **year.days)
    return Finding(
        Weight.IMPROBABLE,
        "oppdrag_uten_hjemmebesøk",
        f"{_INQUIRY.counted(len(found))} med oppdrag, men uten hjemmebesøk",
        "Venter familien på en ny familiekontakt, teller den som en som venter på besøk.",
        key="waiting.visit",
        records=tuple(
            about(
                _INQUIRY,
                row,
                f"mottatt {written(row['received_on'])}",
                "hsf henvendelse endre {} --besøkt DATO",
            )
            for row in found
        ),
    )


def _without_hours(year: Year) -> Finding:
    found = year.store.rows(_WITHOUT_HOURS, until=year.until, days=A_MONTH_OF_DAYS, **year.days)
    command = "hsf timer ny --oppdrag {} --dato DATO --besøk ANTALL --timer TIMER"
    return Finding(
        Weight.IMPROBABLE,
        "oppdrag_uten_timer",
        f"{_ASSIGNMENT.counted(len(found))} gikk en måned eller mer i {year.number} uten at "
        "timer er ført",
        "Før timene, eller rett dagene oppdraget gikk: «hsf oppdrag endre».",
        key="hours.assignments",
        records=tuple(about(_ASSIGNMENT, row, _ran(row), command) for row in found),
    )


def _open_though_done(year: Year) -> Finding:
    found = year.store.rows(_OPEN_THOUGH_DONE, until=year.until)
    return Finding(
        Weight.IMPROBABLE,
        "åpen_etter_fullført",
        f"{_INQUIRY.counted(len(found))} står åpen, enda oppdraget er fullført"
        if len(found) == 1
        else f"{_INQUIRY.counted(len(found))} står åpne, enda oppdragene er fullført",
        "Familien teller som en som venter. Avslutt saken, eller rett hvorfor oppdraget "
        "sluttet: «hsf oppdrag endre».",
        key="waiting.volunteer",
        records=tuple(about(_INQUIRY, row, *_done(row)) for row in found),
    )


def _too_young(year: Year) -> Finding:
    """By the year alone: who turns 18 in the year was old enough in some of it."""
    found = [
        row
        for row in year.population("volunteers")
        if row["age"] is not None and row["age"] < GROWN_UP
    ]
    return Finding(
        Weight.IMPROBABLE,
        "under_18",
        f"{_VOLUNTEER.counted(len(found))} under {GROWN_UP} år ved utgangen av {year.number}",
        "Se over fødselsåret.",
        key="volunteers.total",
        records=tuple(
            about(
                _VOLUNTEER,
                row,
                f"født {year.number - row['age']}",
                "hsf kontakt endre {} --født ÅR",
            )
            for row in found
        ),
    )


def _not_counted(year: Year) -> Finding:
    """Volunteers with an assignment in the year who did not belong to the department then."""
    belonged = {row["id"] for row in year.population("volunteers")}
    ran = year.store.rows(_VOLUNTEERS_THAT_RAN, **year.days)
    found = [row for row in ran if row["id"] not in belonged]
    return Finding(
        Weight.IMPROBABLE,
        "ikke_tilknyttet",
        f"{_VOLUNTEER.counted(len(found))} med oppdrag i {year.number} uten å være tilknyttet "
        "avdelingen",
        "De er ikke talt blant familiekontaktene. Se over når de ble godkjent og sluttet.",
        key="volunteers.linked",
        records=tuple(about(_VOLUNTEER, row, *_belonged(row)) for row in found),
    )


def _is_outside(family: Row, children: Sequence[Row]) -> bool:
    """Whether none of the children was under school age when any of the assignments started."""
    starts = [date.fromisoformat(start) for start in json.loads(family["starts"])]
    return bool(children) and not any(
        rules.under_school_age(child["born"], start) for child in children for start in starts
    )


def _youngest(family: Row, child: Row) -> tuple[str, str]:
    """What to say of the youngest child, whose birth is the first to look at, and the command."""
    born = written(child["born"]) if "-" in child["born"] else child["born"]
    started_on = written(json.loads(family["starts"])[0])
    return (
        f"yngste barn født {born}, oppdrag fra {started_on}",
        f"hsf familie barn {KINDS['child'].name(child['id'])} --født ÅR",
    )


def _visits(entry: Row) -> str:
    hours = numbers.readable_hours(entry["minutes"])
    return f"{written(entry['worked_on'])}, {hours} timer på {entry['visits']} besøk"


def _outside_dates(entry: Row) -> str:
    short = _ASSIGNMENT.name(entry["assignment"])
    if entry["worked_on"] < entry["started_on"]:
        outside = f"startet {written(entry['started_on'])}"
    else:
        outside = f"sluttet {written(entry['ended_on'])}"
    return f"{written(entry['worked_on'])}, oppdraget {short} {outside}"


def _ran(assignment: Row) -> str:
    since = f"fra {written(assignment['started_on'])}"
    ended_on = assignment["ended_on"]
    return f"{since} til {written(ended_on)}" if ended_on else since


def _done(inquiry: Row) -> tuple[str, str]:
    """What was done when, and the command that closes the case on the same day."""
    ended_on = inquiry["ended_on"]
    return (
        f"{_ASSIGNMENT.name(inquiry['assignment'])} ble fullført {written(ended_on)}",
        f"hsf henvendelse avslutt {{}} --dato {written(ended_on)} --grunn fullført",
    )


def _belonged(volunteer: Row) -> tuple[str, str]:
    """When the volunteer belonged to the department, and the command that mends it."""
    command = "hsf kontakt endre {} --godkjent DATO"
    if volunteer["approved_on"] is None:
        return "ikke godkjent", command
    if volunteer["left_on"] is None:
        return f"godkjent {written(volunteer['approved_on'])}", command
    return (
        f"sluttet {written(volunteer['left_on'])}",
        "hsf kontakt endre {} --sluttet DATO",
    )
