"""Whose hours an entry is: the volunteer, and the assignment or activity they are on."""

from dataclasses import dataclass
from typing import Annotated, Any

import typer

from hsf_cli import dates
from hsf_cli.commands.completion import record
from hsf_cli.commands.records import chosen
from hsf_cli.errors import NotFound, WrongUse
from hsf_cli.records import KINDS
from hsf_cli.registers import editing, hours
from hsf_cli.registers.activities import HOURS_KIND
from hsf_cli.registers.lookup import Hit, Lookup, name_of
from hsf_cli.store import Store
from hsf_cli.ui import questions, screen


def _option(table: str, flag: str, help: str) -> Any:
    return typer.Option(
        flag, metavar=KINDS[table].singular.upper(), help=help, autocompletion=record(table)
    )


Volunteer = Annotated[
    str | None, _option("volunteer", "--kontakt", "Familiekontakten: nummer eller navn.")
]
Assignment = Annotated[
    str | None, _option("assignment", "--oppdrag", "Oppdraget: nummer, eller en bit av navnet.")
]
Family = Annotated[
    str | None, _option("family", "--familie", "Familien på oppdraget: nummer eller navn.")
]
Activity = Annotated[
    str | None, _option("activity", "--aktivitet", "Aktiviteten: nummer eller navn.")
]


@dataclass(frozen=True)
class Whose:
    """The records that the options name, by their numbers."""

    volunteer: int | None
    assignment: int | None
    family: int | None
    activity: int | None


def whose(
    store: Store,
    volunteer: str | None,
    assignment: str | None,
    family: str | None,
    activity: str | None,
) -> Whose:
    """What the options say; what may be several is asked at a terminal."""

    def number(table: str, text: str | None) -> int | None:
        return None if text is None else chosen(store, table, text)

    return Whose(
        number("volunteer", volunteer),
        number("assignment", assignment),
        number("family", family),
        number("activity", activity),
    )


def following(store: Store, said: Whose) -> dict[str, Any]:
    """The kind of hours and the day, as far as they follow from what they are on."""
    if said.assignment or said.family:
        return {"kind": "oppdrag"}
    if said.activity:
        activity = editing.record(store, "activity", said.activity)
        return {"kind": HOURS_KIND[activity["audience"]], "worked_on": activity["held_on"]}
    return {}


def references(store: Store, said: Whose, kind: str, day: str) -> dict[str, int | None]:
    """The volunteer, assignment and activity of an entry of that kind on that day.

    What is missing is found where only one fits, and otherwise asked for.
    """
    assignment = said.assignment
    if kind == "oppdrag" and assignment is None:
        if said.volunteer is None and said.family is None:
            said = Whose(_asked_volunteer(store), None, None, said.activity)
        assignment = _running(store, said, day)
    elif kind != "oppdrag" and said.family is not None:
        raise WrongUse(
            "--familie sier hvilket oppdrag timene er på.",
            "Ta den bort, eller skriv --type oppdrag.",
        )
    volunteer = said.volunteer
    if volunteer is None:
        volunteer = hours.volunteer_of(store, assignment) if assignment else _asked_volunteer(store)
    found = {
        "volunteer_id": volunteer, "assignment_id": assignment, "activity_id": said.activity,
    }  # fmt: skip
    hours.refuse_other_volunteer(store, found)
    return found


def asked_activity(store: Store, day: str) -> int | None:
    """Which of that day's activities the hours were at; None for none of them."""
    held = Lookup(store, "activity", "SELECT id FROM activity WHERE held_on = :day", day=day)
    if not held.everyone:
        return None
    choices: dict[int | None, str] = {hit.number: hit.text for hit in held.everyone}
    return questions.choice("På hvilken aktivitet?", {**choices, None: "Ingen av dem"})


def _asked_volunteer(store: Store) -> int:
    if not screen.at_terminal():
        raise WrongUse("--kontakt mangler.", "Skriv for eksempel --kontakt V2.")
    return chosen(store, "volunteer", None)


def _running(store: Store, said: Whose, day: str) -> int:
    """The assignment of the volunteer, the family or both that ran that day."""
    who = {"volunteer": said.volunteer, "family": said.family}
    ran = Lookup(store, "assignment", hours.ASSIGNMENTS_OF + hours.ON_DAY, **who, day=day).everyone
    if len(ran) == 1:
        return ran[0].number
    theirs = ran or Lookup(store, "assignment", hours.ASSIGNMENTS_OF, **who).everyone
    table, number = ("family", said.family) if said.family else ("volunteer", said.volunteer)
    name = name_of(store, table, number or 0)
    if not theirs:
        raise NotFound(f"{name} har ingen oppdrag.", "Se dem som er: hsf oppdrag liste --alle")
    if screen.at_terminal():
        if not ran:
            screen.tell(f"Ingen oppdrag gikk {dates.written(day)}.")
        return questions.choice("På hvilket oppdrag?", {hit.number: hit.text for hit in theirs})
    raise _uncertain(name, theirs, day, ran=bool(ran))


def _uncertain(name: str, theirs: list[Hit], day: str, *, ran: bool) -> NotFound:
    listed = "; ".join(hit.text for hit in theirs)
    if ran:
        text = f"{name} hadde {len(theirs)} oppdrag {dates.written(day)}: {listed}."
        return NotFound(text, f"Si hvilket, som --oppdrag {theirs[0].short}.")
    text = f"{name} hadde ingen oppdrag {dates.written(day)}, bare: {listed}."
    return NotFound(text, f"Se over --dato. Stemmer den, så si --oppdrag {theirs[0].short}.")
