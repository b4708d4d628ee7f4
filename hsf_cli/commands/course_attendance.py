"""Who was there on a course day: as it was typed, or ticked off at a terminal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import typer

from hsf_cli import dates, numbers
from hsf_cli.commands.common import command_name, read
from hsf_cli.commands.course_days import day_from
from hsf_cli.commands.records import UNDO, chosen, refuse
from hsf_cli.errors import NotFound, Stopped, WrongUse
from hsf_cli.records import KINDS
from hsf_cli.registers import courses, editing
from hsf_cli.registers.lookup import name_of
from hsf_cli.store import Row, Store
from hsf_cli.ui import questions, screen


@dataclass(frozen=True)
class Told:
    """What was typed of the attendance on a day."""

    day: str | None
    there: Sequence[str]
    everyone: bool
    absent: Sequence[str]
    partly: Sequence[str]

    @property
    def says_who(self) -> bool:
        """Whether anything was said of who was there."""
        return bool(self.there or self.everyone or self.absent or self.partly)


def keep(ctx: typer.Context, store: Store, course: int, told: Told) -> None:
    """Keeps who was there on a day of a course, instead of whoever was said to be before."""
    if told.there and (told.everyone or told.absent):
        raise WrongUse(
            "--kontakt går ikke sammen med --alle eller --unntatt.", "Bruk bare én av dem."
        )
    everyone = _participants(store, course)
    day = _day(store, course, told)
    there = _there(store, course, day, told, everyone)
    refuse(courses.against_attendance(store, list(there)))
    with store.change(command_name(ctx)) as change:
        courses.attended(store, change, day["id"], there)
        changed = change.happened()
    held_on = dates.written(day["held_on"])
    if not changed:
        screen.say(f"Oppmøtet {held_on} var ført slik fra før. Ingenting er endret.")
        return
    absent = [
        name_of(store, "volunteer", volunteer)
        for volunteer, registration in everyone.items()
        if registration not in there
    ]
    away = f" Borte: {', '.join(absent)}." if absent else ""
    of_all = f"{len(there)} av {len(everyone)}"
    screen.say(f"Oppmøtet {held_on} er ført: {of_all} var der.{away} {UNDO}")
    if follows := _follows(store, course):
        screen.say(follows)


def _follows(store: Store, course: int) -> str:
    """What is to be done next with the course; nothing before its next day."""
    short, days = KINDS["course"].name(course), courses.days(store, course)
    left = [day["held_on"] for day in days if not day["attended"]]
    if not left:
        return f"Kurset er holdt. Fullfør det: hsf kurs fullfør {short}"
    if left[0] <= dates.today().isoformat():
        return f"Neste er {dates.written(left[0])}: hsf kurs oppmøte {short}"
    return ""


def _participants(store: Store, course: int) -> dict[int, int]:
    """The registrations on a course by the volunteers' numbers. Raises Stopped for none."""
    found = courses.registrations(store, course)
    if not found:
        short = KINDS["course"].name(course)
        raise Stopped(
            "Ingen er påmeldt kurset.", f"Meld på: hsf kurs påmelding {short} --kontakt V3"
        )
    return found


def _day(store: Store, course: int, told: Told) -> Row:
    """The course day that is meant. Raises where there is none, or it lies ahead."""
    short, today = KINDS["course"].name(course), dates.today()
    days = courses.days(store, course)
    if not days:
        raise Stopped(
            "Kurset har ingen kursdager.",
            f"Legg til: hsf kurs dag {short} --dato DATO --timer 3:30",
        )
    held = [day for day in days if day["held_on"] <= today.isoformat()]
    if told.day is None:
        return _chosen_day(days, held)
    starts_on = date.fromisoformat(editing.record(store, "course", course)["starts_on"])
    wanted = read("--dato", told.day, lambda text: day_from(text, starts_on, today)).isoformat()
    if found := [day for day in days if day["held_on"] == wanted]:
        if found[0] not in held:
            raise WrongUse(
                f"Kursdagen {dates.written(wanted)} er ikke holdt ennå.",
                "Er datoen feil, så rett --dato.",
            )
        return found[0]
    listed = ", ".join(dates.written(day["held_on"]) for day in days)
    raise NotFound(
        f"Kurset har ingen kursdag {dates.written(wanted)}. Kursdagene er {listed}.",
        f"Legg den til: hsf kurs dag {short} --dato {dates.written(wanted)}",
    )


def _chosen_day(days: Sequence[Row], held: Sequence[Row]) -> Row:
    """The day chosen at a terminal: the first without attendance is suggested."""
    if not screen.at_terminal():
        raise WrongUse("--dato mangler.", "Skriv hvilken kursdag det gjelder: --dato 8.2")
    if not held:
        raise Stopped(
            f"Den første kursdagen er {dates.written(days[0]['held_on'])}.", "Prøv igjen da."
        )
    labels = {
        place: " ".join(
            filter(
                None,
                (dates.written(day["held_on"]), day["theme"], "(ført)" if day["attended"] else ""),
            )
        )
        for place, day in enumerate(held)
    }
    open_ones = [place for place, day in enumerate(held) if not day["attended"]]
    return held[questions.choice("Hvilken kursdag?", labels, next(iter(open_ones), len(held) - 1))]


def _there(
    store: Store, course: int, day: Row, told: Told, everyone: Mapping[int, int]
) -> dict[int, int | None]:
    """The registrations of those who were there, with their minutes where not the whole day."""
    partly = dict(_partly(store, course, text, everyone) for text in told.partly)
    courses.refuse_beyond_day(store, day, partly)
    if told.says_who:
        named = [_registration(store, course, text, everyone) for text in told.there]
        absent = {_registration(store, course, text, everyone) for text in told.absent}
        whole = named if told.there or not (told.everyone or absent) else list(everyone.values())
        there = [one for one in dict.fromkeys([*whole, *partly]) if one not in absent]
        found = {one: partly.get(one) for one in there}
    else:
        found = _ticked(store, day, everyone)
    if day["minutes"] is None and any(minutes is None for minutes in found.values()):
        short = KINDS["course_day"].name(day["id"])
        raise Stopped(
            f"Kursdagen {dates.written(day['held_on'])} har ingen timer.",
            f"Skriv inn timene først: hsf kurs dag {short} --timer 3:30",
        )
    return found


def _ticked(store: Store, day: Row, everyone: Mapping[int, int]) -> dict[int, int | None]:
    """Those ticked off at a terminal; whoever was there a part of the day keeps the hours."""
    if not screen.at_terminal():
        raise WrongUse(
            "Det er ikke sagt hvem som var der.",
            "Legg til --alle, --unntatt V4, eller --kontakt V3 for hver.",
        )
    before = courses.attendance(store, day["id"])
    part = {
        registration: f" ({numbers.readable_hours(minutes)} timer)"
        for registration, minutes in before.items()
        if minutes
    }
    labels = {
        registration: name_of(store, "volunteer", volunteer) + part.get(registration, "")
        for volunteer, registration in everyone.items()
    }
    ticked = questions.several("Hvem var der?", labels, list(before or labels))
    return {registration: before.get(registration) for registration in ticked}


def _partly(store: Store, course: int, text: str, everyone: Mapping[int, int]) -> tuple[int, int]:
    """The registration and the minutes that «V4 2:30» tells of."""
    who, _, hours = text.strip().rpartition(" ")
    if not who:
        raise WrongUse(
            f"--delvis «{text}» kan ikke leses.", "Skriv hvem og hvor mange timer, som «V4 2:30»."
        )
    return _registration(store, course, who, everyone), read(
        "--delvis", hours, numbers.typed_minutes
    )


def _registration(store: Store, course: int, text: str, everyone: Mapping[int, int]) -> int:
    """The registration of the participant that the text means."""
    try:
        return everyone[chosen(store, "volunteer", text, courses.ON_COURSE, course=course)]
    except NotFound:
        number = chosen(store, "volunteer", text)
        if number in everyone:
            raise
        short, who = KINDS["course"].name(course), KINDS["volunteer"].name(number)
        raise Stopped(
            f"{name_of(store, 'volunteer', number)} er ikke påmeldt kurset.",
            f"Meld på først: hsf kurs påmelding {short} --kontakt {who}",
        ) from None
