"""Volunteers on the screen: as lines of a list, and one of them with all that is kept of it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from hsf_cli import dates, numbers
from hsf_cli.codes import code_list
from hsf_cli.commands.belonging import assignments_of, exceptions_of, of_fields
from hsf_cli.commands.fields import Fields, Prompt
from hsf_cli.records import KINDS
from hsf_cli.registers import availability, courses, editing, volunteers
from hsf_cli.registers.availability import STANDINGS, Standing
from hsf_cli.store import Store
from hsf_cli.ui.card import Card
from hsf_cli.ui.listing import Column, Listing

ALL = Fields("volunteer")
PAUSE = Fields("pause", but=("familiekontakt",))
PERIOD = Fields("earlier_period", but=("familiekontakt",))
# The requirements are shown by themselves.
_ABOUT = Fields(
    "volunteer",
    but=("politiattest_utstedt", "politiattest_vist", "taushetserklæring", "hjemmebesøk"),
)

LIST_COLUMNS = [
    Column("number", "Nr."),
    Column("name", "Navn", main=True, personal=True),
    Column("stands", "Står", STANDINGS.__getitem__),
    Column("since", "Siden", dates.written),
    Column("running", "Oppdrag", right=True),
    Column("capacity", "Plass til", right=True, detail="plass til"),
    Column("families", "Familie", ", ".join, detail="hos", personal=True),
    Column("prefers", "Foretrekker", code_list("time_of_day").labels.__getitem__, detail=""),
    Column("area", "Område", detail=""),
    Column("language", "Språk", detail=""),
    Column("last_ended_on", "Siste oppdrag slutt", dates.written, detail="siste oppdrag til"),
    Column("phone", "Telefon", detail="", personal=True),
]
_REQUIREMENT_COLUMNS = [
    Column("requirement", "Krav", volunteers.REQUIREMENTS.__getitem__),
    Column("met", "Oppfylt", lambda met: "ja" if met else "nei"),
    Column("on", "Dato", dates.written),
    Column("missing", "Mangler", main=True),
]
_COURSE_COLUMNS = [
    Column("number", "Nr."),
    Column("course", "Kurs", main=True),
    Column("starts_on", "Start", dates.written),
    Column("minutes", "Timer", numbers.readable_hours, right=True),
    Column("completed", "Fullført", courses.completed_text),
]


def volunteer_row(one: Standing) -> dict[str, Any]:
    """A volunteer as a line of the list."""
    return {
        **vars(one),
        "number": KINDS["volunteer"].name(one.number),
        "since": _iso(one.since),
        "running": len(one.families),
    }


def card(store: Store, number: int) -> Card:
    """A volunteer as `vis` shows it."""
    record = editing.record(store, "volunteer", number)
    prompt, kind = Prompt(store), KINDS["volunteer"]
    standing = availability.standing(store, number, prompt.today)
    asked = volunteers.requirements(volunteers.volunteers(store, number)[number], prompt.today)
    minutes, driving = volunteers.hours_in(store, number, prompt.today.year)
    return Card(
        title=f"{kind.name(number)} {record['name']}",
        facts=[
            ("Står", _stands_text(standing)),
            ("Oppdrag nå", f"{len(standing.families)} av {standing.capacity}"),
            ("Timer i år", _hours_text(minutes, driving)),
            *_ABOUT.shown(record, prompt),
        ],
        lists=[
            ("Krav før første oppdrag", "requirements", Listing(
                _REQUIREMENT_COLUMNS,
                [{"requirement": one.rule, "met": one.met, "on": _iso(one.on),
                  "missing": one.text} for one in asked],
            )),
            ("Kurs", "courses",
             Listing(_COURSE_COLUMNS, courses.courses_of(store, number, prompt.today))),
            ("Oppdrag", "assignments", _assignments(store, number)),
            ("Pauser", "pauses", of_fields(PAUSE, volunteers.pauses(store, number), prompt)),
            ("Tidligere perioder", "earlier_periods",
             of_fields(PERIOD, volunteers.earlier_periods(store, number), prompt)),
            ("Unntak", "exceptions", exceptions_of(store, "volunteer", number)),
        ],
        notes=_next_steps(standing, asked),
        data={
            "number": kind.name(number), **ALL.data(record), "stands": standing.stands,
            "since": _iso(standing.since), "may_start": standing.may_start,
            "running": len(standing.families), "room_for": standing.capacity,
            "minutes_this_year": minutes, "driving_minutes_this_year": driving,
        },
    )  # fmt: skip


def _assignments(store: Store, number: int) -> Listing:
    """The assignments of a volunteer, whose own name need not stand on each."""
    found = assignments_of(store, "volunteer_id", number)
    columns = [column for column in found.columns if column.key != "volunteer_name"]
    return found._replace(columns=columns)


def _stands_text(standing: Standing) -> str:
    since = f" siden {dates.written(standing.since)}" if standing.since else ""
    return STANDINGS[standing.stands] + since


def _hours_text(minutes: int, driving: int) -> str:
    beside = f", og {numbers.readable_hours(driving)} med kjøring" if driving else ""
    return numbers.readable_hours(minutes) + beside


def _next_steps(standing: Standing, requirements: Sequence[volunteers.Requirement]) -> list[str]:
    """What to do next; the approval asks a candidate for what is missing."""
    short = KINDS["volunteer"].name(standing.number)
    if standing.stands == "kandidat":
        return [f"Når kravene er oppfylt: hsf kontakt godkjenn {short}"]
    if standing.stands != "sluttet" and (missing := [one for one in requirements if not one.met]):
        return ["\n".join(one.remedy for one in missing)]
    if standing.may_start:
        return ["Familiene som venter: hsf venteliste --steg familiekontakt"]
    return []


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
