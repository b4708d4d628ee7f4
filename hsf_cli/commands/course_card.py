"""A course on the screen: its days, who takes part, and how far they have come."""

import json
from collections.abc import Sequence

from hsf_cli import dates, numbers
from hsf_cli.commands.fields import Fields, Prompt
from hsf_cli.records import KINDS
from hsf_cli.registers import courses, editing
from hsf_cli.registers.courses import CourseDay, Participant
from hsf_cli.store import Row, Store
from hsf_cli.ui.card import Card
from hsf_cli.ui.listing import Column, Listing

ALL = Fields("course")
DAY = Fields("course_day", but=("kurs",))
REGISTRATION = Fields("course_registration", but=("kurs", "familiekontakt"))

LIST_COLUMNS = [
    Column("number", "Nr."),
    Column("name", "Kurs", main=True),
    Column("starts_on", "Start", dates.written),
    Column("ends_on", "Slutt", dates.written),
    Column("participants", "Med", right=True),
    Column("completed", "Fullført", right=True),
    Column("place", "Sted", detail=""),
]
_DAY_COLUMNS = [
    Column("number", "Nr."),
    Column("held_on", "Dato", dates.written),
    Column("theme", "Tema", main=True),
    Column("minutes", "Timer", numbers.readable_hours, right=True),
]
_ATTENDANCE_COLUMNS = [
    Column("attended", "Møtte", right=True),
    Column("absent", "Borte", ", ".join, detail="borte:", personal=True),
]
_PARTICIPANT_COLUMNS = [
    Column("number", "Nr."),
    Column("volunteer", "Kontakt"),
    Column("name", "Navn", main=True, personal=True),
    Column("days", "Dager", right=True),
    Column("minutes", "Timer her", numbers.readable_hours, right=True),
    Column("total_minutes", "I alt", numbers.readable_hours, right=True),
    Column("missing_minutes", "Mangler",
           lambda missing: numbers.readable_hours(missing) if missing else "", right=True),
    Column("completed", "Fullført", courses.completed_text),
]  # fmt: skip


def card(store: Store, number: int) -> Card:
    """A course as `vis` shows it."""
    record = editing.record(store, "course", number)
    prompt, kind = Prompt(store), KINDS["course"]
    days = courses.days(store, number)
    taking_part = courses.participants(store, number, prompt.today)
    minutes = sum(day["minutes"] or 0 for day in days)
    reached = sum(one.reached for one in taking_part)
    return Card(
        title=f"{kind.name(number)} {record['name']}",
        facts=[
            *ALL.shown(record, prompt),
            ("Timer i alt", numbers.readable_hours(minutes)),
            ("Har nådd 20 timer", f"{reached} av {len(taking_part)}"),
        ],
        lists=[
            ("Kursdager", "course_days", _days_listing(days)),
            (
                "Deltakere",
                "participants",
                Listing(_PARTICIPANT_COLUMNS, [_participant_row(one) for one in taking_part]),
            ),
        ],
        notes=_next_steps(number, days, taking_part, prompt.today.isoformat()),
        data={
            "number": kind.name(number),
            **ALL.data(record),
            "minutes": minutes,
            "reached": reached,
        },
    )


def written_days(days: Sequence[CourseDay]) -> str:
    """The days of a new course in a sentence."""
    if not days:
        return ""
    kind = KINDS["course_day"]
    first, last = dates.written(days[0].held_on), dates.written(days[-1].held_on)
    hours = numbers.readable_hours(sum(day.minutes or 0 for day in days))
    return f" med {kind.counted(len(days))} fra {first} til {last}, {hours} timer i alt"


def _days_listing(days: Sequence[Row]) -> Listing:
    """The days, with who was there from the first time anybody was said to be."""
    attended = _ATTENDANCE_COLUMNS if any(day["attended"] for day in days) else []
    return Listing([*_DAY_COLUMNS, *attended], [_day_row(day) for day in days])


def _day_row(day: Row) -> dict[str, object]:
    return {
        "number": KINDS["course_day"].name(day["id"]),
        **DAY.data(day),
        "attended": day["attended"] or None,
        "absent": json.loads(day["absent"]) if day["attended"] else [],
    }


def _participant_row(one: Participant) -> dict[str, object]:
    return {
        "number": KINDS["course_registration"].name(one.registration),
        "volunteer": KINDS["volunteer"].name(one.volunteer),
        "name": one.name,
        "days": one.days or None,
        "minutes": one.minutes,
        "total_minutes": one.total_minutes,
        "missing_minutes": one.missing_minutes,
        "reached": one.reached,
        "completed": one.completed,
    }


def _next_steps(
    number: int, days: Sequence[Row], taking_part: Sequence[Participant], today: str
) -> list[str]:
    short = KINDS["course"].name(number)
    if not taking_part:
        return [f"Meld på deltakere: hsf kurs påmelding {short}"]
    held = [day["held_on"] for day in days if day["held_on"] <= today and not day["attended"]]
    if held:
        listed = ", ".join(map(dates.written, held))
        keep = f"hsf kurs oppmøte {short} --dato {dates.written(held[0])}"
        return [f"Oppmøte mangler for {listed}: {keep}"]
    if any(one.may_complete and not one.has_completed for one in taking_part):
        return [f"Noen har nådd 20 timer: hsf kurs fullfør {short}"]
    return []
