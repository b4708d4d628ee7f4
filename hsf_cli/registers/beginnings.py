"""How an assignment begins: what stands against it, and what it may be mended to afterwards."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from hsf_cli import rules
from hsf_cli.change import Change
from hsf_cli.dates import written
from hsf_cli.errors import Stopped, WrongUse
from hsf_cli.records import KINDS
from hsf_cli.registers import editing, endings, exceptions, follow_ups, inquiries
from hsf_cli.registers.lookup import name_of
from hsf_cli.registers.volunteers import volunteers
from hsf_cli.rules import Finding, Volunteer
from hsf_cli.store import Store


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
