"""Assignments on the screen: as lines of a list, and one of them with all that belongs to it."""

from dataclasses import asdict
from datetime import date
from fractions import Fraction
from typing import Any

from hsf_cli import dates, numbers
from hsf_cli.codes import code_list
from hsf_cli.commands import follow_ups
from hsf_cli.commands.belonging import exceptions_of, of_fields
from hsf_cli.commands.extensions import EXTENSION
from hsf_cli.commands.fields import Fields, Prompt
from hsf_cli.records import KINDS
from hsf_cli.registers import assignments, editing
from hsf_cli.registers.assignments import Assignment, Totals
from hsf_cli.registers.lookup import name_of
from hsf_cli.store import Store
from hsf_cli.ui.card import Card
from hsf_cli.ui.listing import Column

_OWN = Fields("assignment", but=("henvendelse", "familiekontakt"))


def columns(found: list[Assignment]) -> list[Column]:
    ended = [
        Column("ended_on", "Avsluttet", dates.written),
        Column("end_reason", "Grunn", code_list("assignment_ended").labels.__getitem__, detail=""),
    ]
    return [
        Column("number", "Nr."),
        Column("family_name", "Familie", main=True, personal=True),
        Column("volunteer_name", "Familiekontakt", detail="med", personal=True),
        Column("started_on", "Startet", dates.written),
        Column("planned_to", "Planlagt slutt", dates.written, detail="planlagt til"),
        Column("months", "Md.", right=True),
        Column("usual_time", "Kl.", detail="kl."),
        *(ended if any(one.ended_on for one in found) else ()),
    ]


def row(one: Assignment, day: date) -> dict[str, Any]:
    return {
        **asdict(one),
        "number": KINDS["assignment"].name(one.number),
        "family_number": KINDS["family"].name(one.family_number),
        "volunteer_number": KINDS["volunteer"].name(one.volunteer_number),
        "planned_to": one.planned_to,
        "months": one.months(day),
        "running": one.runs(day),
    }


def foot(found: list[Assignment], every: list[Assignment], day: date) -> str:
    past = sum(one.planned_to < day.isoformat() for one in found)
    text = f"{KINDS['assignment'].counted(len(found))} pågår."
    if past:
        text += f" {past} er over planlagt slutt: hsf oppdrag liste --over-tiden"
    if len(every) > len(found):
        text += f"\n{len(every) - len(found)} til vises med --alle."
    return text


def card(store: Store, number: int) -> Card:
    """One assignment: the two people, the time, the follow-ups, the hours and the exceptions."""
    one, prompt = assignments.assignment(store, number), Prompt(store)
    record, today = editing.record(store, "assignment", number), dates.today()
    handed_in = assignments.totals(store, number)
    short, late = KINDS["assignment"].name(number), one.runs(today) and one.planned_to < _iso(today)
    return Card(
        title=f"Oppdrag {short}",
        facts=[
            ("Familie", name_of(store, "family", one.family_number)),
            ("Henvendelse", KINDS["inquiry"].name(record["inquiry_id"])),
            ("Familiekontakt", name_of(store, "volunteer", one.volunteer_number)),
            *_OWN.shown(record, prompt),
            *([("Forlenget til", dates.written(one.extended_to))] if one.extended_to else []),
            ("Varighet", _months(one.months(today))),
            ("Timer", _told(handed_in)),
        ],
        lists=[
            ("Forlengelser", "extensions",
             of_fields(EXTENSION, assignments.extensions(store, number), prompt)),
            ("Oppfølging", "follow_ups", follow_ups.of_assignment(store, number, today)),
            ("Unntak", "exceptions", exceptions_of(store, "assignment_id", number)),
        ],
        notes=[
            f"Oppdraget er over planlagt slutt, {dates.written(one.planned_to)}. Forleng det: "
            f"hsf oppdrag forleng {short}. Eller avslutt det: hsf oppdrag avslutt {short}"
        ] if late else [],
        data={**row(one, today), "hours": asdict(handed_in)},
    )  # fmt: skip


def _told(handed_in: Totals) -> str:
    if handed_in.last_on is None:
        return "ingen er ført"
    parts = [f"{handed_in.visits} besøk", f"{numbers.hours(handed_in.minutes)} timer"]
    if handed_in.visits:
        mean = numbers.written(Fraction(handed_in.minutes_of_visits, 60 * handed_in.visits))
        parts.append(f"{mean} timer per besøk i snitt")
    if handed_in.driving_minutes:
        parts.append(f"{numbers.hours(handed_in.driving_minutes)} timer kjøring")
    return f"{', '.join(parts)} (sist {dates.written(handed_in.last_on)})"


def _months(number: int) -> str:
    return "1 påbegynt måned" if number == 1 else f"{number} påbegynte måneder"


def _iso(day: date) -> str:
    return day.isoformat()
