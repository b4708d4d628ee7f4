"""Assignments on the screen: as lines of a list, and one of them with all that belongs to it."""

from collections.abc import Sequence
from dataclasses import dataclass
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
from hsf_cli.registers import assignments, editing, extending
from hsf_cli.registers.assignments import Assignment, Totals
from hsf_cli.registers.lookup import name_of
from hsf_cli.store import Store
from hsf_cli.ui.card import Card
from hsf_cli.ui.listing import Column, Listing

_OWN = Fields("assignment", but=("henvendelse", "familiekontakt"))


@dataclass(frozen=True)
class Wanted:
    """Which assignments a list is to have, on which day: those that run, where nothing is said."""

    day: date
    everyone: bool
    year: int | None
    family: int | None
    volunteer: int | None
    # Only those that run, and have lasted for more than six months; or longer than planned.
    beyond: bool
    past: bool

    @property
    def running(self) -> bool:
        """Whether nothing says that those that do not run are wanted too."""
        return not (self.everyone or self.year or self.family or self.volunteer)

    def has(self, one: Assignment) -> bool:
        """Whether an assignment is one of those."""
        return (
            self.family in (None, one.family_number)
            and self.volunteer in (None, one.volunteer_number)
            and (self.year is None or one.ran_in(self.year))
            and (one.runs(self.day) or not (self.running or self.beyond or self.past))
            and (one.beyond_six_months(self.day) or not self.beyond)
            and (one.overdue(self.day) or not self.past)
        )


def listing(every: Sequence[Assignment], wanted: Wanted) -> Listing:
    """Those of all the assignments that are wanted, and how many there are beside them."""
    found = [one for one in every if wanted.has(one)]
    return Listing(
        _columns(found),
        [_row(one, wanted.day) for one in found],
        "Ingen oppdrag passer med valgene. Se alle: hsf oppdrag liste --alle"
        if every
        else "Ingen oppdrag ennå. Finn en familiekontakt til en som venter: hsf oppdrag forslag",
        _foot(found, len(every), wanted) if wanted.running else "",
    )


def _columns(found: Sequence[Assignment]) -> list[Column]:
    """The columns; how they ended only where any of them has."""
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


def _row(one: Assignment, day: date) -> dict[str, Any]:
    """An assignment as it stands on a day."""
    return {
        **one._asdict(),
        "number": KINDS["assignment"].name(one.number),
        "family_number": KINDS["family"].name(one.family_number),
        "volunteer_number": KINDS["volunteer"].name(one.volunteer_number),
        "planned_to": one.planned_to,
        "months": one.months(day),
        "running": one.runs(day),
    }


def _foot(found: Sequence[Assignment], in_all: int, wanted: Wanted) -> str:
    """How many there are of what is listed, and how many are left out."""
    past = sum(one.overdue(wanted.day) for one in found)
    text = f"{KINDS['assignment'].counted(len(found))} "
    if wanted.past:
        text += "er over planlagt slutt."
    else:
        text += "har vart over seks måneder." if wanted.beyond else "pågår."
        text += f" {past} er over planlagt slutt: hsf oppdrag liste --over-tiden" if past else ""
    if in_all > len(found):
        text += f"\n{in_all - len(found)} til er ikke med. Se alle: hsf oppdrag liste --alle"
    return text


def card(store: Store, number: int) -> Card:
    """One assignment: the two people, the time, the follow-ups, the hours and the exceptions."""
    one, prompt = assignments.assignment(store, number), Prompt(store)
    record, today = editing.record(store, "assignment", number), dates.today()
    handed_in = assignments.totals(store, number)
    short = KINDS["assignment"].name(number)
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
             of_fields(EXTENSION, extending.extensions(store, number), prompt)),
            ("Oppfølging", "follow_ups", follow_ups.of_assignment(store, number, today)),
            ("Unntak", "exceptions", exceptions_of(store, "assignment", number)),
        ],
        notes=[
            f"Oppdraget er over planlagt slutt, {dates.written(one.planned_to)}. Forleng det: "
            f"hsf oppdrag forleng {short}. Eller avslutt det: hsf oppdrag avslutt {short}"
        ] if one.overdue(today) else [],
        data={**_row(one, today), "hours": handed_in._asdict()},
    )  # fmt: skip


def _told(handed_in: Totals) -> str:
    if handed_in.last_on is None:
        return "ingen er ført"
    parts = [f"{handed_in.visits} besøk", f"{numbers.readable_hours(handed_in.minutes)} timer"]
    if handed_in.visits:
        mean = round(Fraction(handed_in.minutes_of_visits, handed_in.visits))
        parts.append(f"{numbers.readable_hours(mean)} timer per besøk i snitt")
    if handed_in.driving_minutes:
        parts.append(f"{numbers.readable_hours(handed_in.driving_minutes)} timer kjøring")
    return f"{', '.join(parts)} (sist {dates.written(handed_in.last_on)})"


def _months(number: int) -> str:
    return "1 påbegynt måned" if number == 1 else f"{number} påbegynte måneder"
