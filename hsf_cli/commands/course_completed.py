"""A course completed: those who have the hours, and what the others lack."""

from collections.abc import Sequence
from datetime import date

import typer

from hsf_cli import dates, numbers
from hsf_cli.commands.common import command_name, read
from hsf_cli.commands.records import UNDO
from hsf_cli.errors import Stopped, WrongUse
from hsf_cli.records import KINDS
from hsf_cli.registers import courses, service
from hsf_cli.registers.courses import Participant
from hsf_cli.registers.lookup import Lookup
from hsf_cli.store import Store
from hsf_cli.ui import screen


def keep(
    ctx: typer.Context, store: Store, course: int, on: str | None, *, others_not: bool
) -> None:
    """Keeps that those with enough hours have completed a course, and says who lacks how much."""
    day = _day(store, course, on)
    taking_part = store.relying_on(lambda: courses.participants(store, course, day))
    if not taking_part:
        short = KINDS["course"].name(course)
        raise Stopped("Ingen er påmeldt kurset.", f"Meld på: hsf kurs påmelding {short}")
    left = [one for one in taking_part if not one.has_completed]
    done = [one for one in left if one.may_complete]
    lacking = [one for one in left if not one.may_complete]
    refused = [one for one in lacking if others_not and one.completed is None]
    with store.change(command_name(ctx)) as change:
        for one in done:
            change.update("course_registration", one.registration, completed=day.isoformat())
        for one in refused:
            change.update("course_registration", one.registration, completed="nei")
    if done:
        screen.say(f"Fullført {dates.written(day)}: {_names(done)}.")
    for one in lacking:
        screen.say(_lacks(one))
    if refused:
        screen.say(f"Ført som ikke fullført: {_names(refused)}.")
    if not left:
        screen.say("Alle har fullført fra før. Ingenting er endret.")
    if done or refused:
        screen.say(UNDO)
    candidates = Lookup(store, "volunteer", service.CANDIDATES)
    for one in [one for one in done if candidates.is_here(one.volunteer)][:1]:
        short = KINDS["volunteer"].name(one.volunteer)
        screen.say(f"Når de andre kravene er oppfylt: hsf kontakt godkjenn {short}")


def _names(taking_part: Sequence[Participant]) -> str:
    return ", ".join(one.name for one in taking_part)


def _lacks(one: Participant) -> str:
    """Why somebody has not completed a course."""
    total = numbers.readable_hours(one.total_minutes)
    if one.reached:
        return f"{one.name} har {total} timer fra før, men ingen på dette kurset."
    return f"{one.name} har {total} timer og mangler {numbers.readable_hours(one.missing_minutes)}."


def _day(store: Store, course: int, typed: str | None) -> date:
    """The day a course was completed: as typed, its last day, or today where it is not over."""
    today = dates.today()
    if typed is None:
        return min(today, courses.last_day(store, course) or today)
    day = read("--dato", typed, lambda text: dates.typed_date(text, today))
    if day > today:
        raise WrongUse(
            f"--dato «{typed}» er ikke kommet ennå.", f"I dag er {dates.written(today)}."
        )
    return day
