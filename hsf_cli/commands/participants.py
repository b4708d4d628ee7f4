"""Who took part in an activity: families, volunteers and their hours, typed or asked for."""

import re
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import typer

from hsf_cli import dates, numbers
from hsf_cli.commands.common import read
from hsf_cli.commands.completion import record
from hsf_cli.commands.records import chosen
from hsf_cli.errors import NotFound, Stopped, Unreadable, WrongUse
from hsf_cli.records import KINDS
from hsf_cli.registers import activities
from hsf_cli.registers.activities import (
    FAMILIES_OF,
    VOLUNTEERS_OF,
    VOLUNTEERS_THERE,
    Helper,
    Participants,
)
from hsf_cli.registers.lookup import Lookup
from hsf_cli.store import Store
from hsf_cli.texts import single_line
from hsf_cli.ui import questions, screen

Families = Annotated[
    list[str] | None,
    typer.Option(
        "--familie",
        metavar="FAMILIE",
        help="En familie som var med: nummer eller en bit av navnet. Kan gjentas.",
        autocompletion=record("family"),
    ),
]
Newcomers = Annotated[
    list[str] | None,
    typer.Option(
        "--ny-familie",
        metavar="NAVN",
        help="En familie som kom for første gang, og ikke er her fra før. Kan gjentas.",
    ),
]
Helpers = Annotated[
    list[str] | None,
    typer.Option(
        "--kontakt",
        metavar="FAMILIEKONTAKT",
        help="En familiekontakt som var med, om du vil med egne timer: «V3 2:30». Kan gjentas.",
        autocompletion=record("volunteer"),
    ),
]
Time = Annotated[
    str | None,
    typer.Option(
        "--timer", metavar="TIMER", help="Hvor mange timer hver av familiekontaktene var med."
    ),
]
Driving = Annotated[
    str | None,
    typer.Option("--kjøring", metavar="TIMER", help="Hvor mye hver av dem kjørte."),
]
Absent = Annotated[
    list[str] | None,
    typer.Option(
        "--fjern",
        metavar="FAMILIE|FAMILIEKONTAKT",
        help="En som ikke var med likevel. Kan gjentas.",
    ),
]

_TIME = "Hvor mange timer var hver av dem med?"
_DRIVING = "Hvor mye kjørte hver av dem? Timer, eller Enter for ingenting:"
_NEWCOMERS = "Kom noen familier for første gang? Navn med komma mellom, eller Enter:"
# A volunteer, and hours of their own after a space: «V3 2:30», «Berit 1 t 30 min».
_OWN_HOURS = re.compile(r"(?P<who>.*?\S)\s+(?P<hours>\d.*)")
_NUMBER = re.compile(rf"{KINDS['volunteer'].letter}?\s*\d+", re.IGNORECASE)


def typed(
    store: Store,
    families: Sequence[str] | None,
    newcomers: Sequence[str] | None,
    helpers: Sequence[str] | None,
    time: str | None,
    driving: str | None,
    *,
    absent: Sequence[str] | None = None,
    activity: int | None = None,
) -> Participants:
    """Who took part, as the options say. Raises for what cannot be read or is not found."""
    minutes = None if time is None else read("--timer", time, numbers.typed_minutes)
    driven = None if driving is None else read("--kjøring", driving, numbers.typed_minutes)
    if not helpers and (time is not None or driving is not None):
        raise WrongUse("Det er ikke sagt hvem timene gjelder.", "Legg til --kontakt.")
    read_names = (read("--ny-familie", name, single_line) for name in newcomers or ())
    names = list(dict.fromkeys(read_names))
    for name in names:
        if not name:
            raise WrongUse("--ny-familie kan ikke være tom.", "Skriv familiens navn.")
        activities.refuse_known(store, name)
    away = [_taking_part(store, activity, text) for text in absent or () if activity]
    return Participants(
        families=[chosen(store, "family", family) for family in families or ()],
        newcomers=names,
        helpers=_helpers(store, helpers or (), minutes, driven),
        families_not=[number for table, number in away if table == "family"],
        volunteers_not=[number for table, number in away if table == "volunteer"],
    )


def asked(store: Store, activity: Mapping[str, Any], number: int | None = None) -> Participants:
    """Who took part, ticked off at a terminal; those who are there already are ticked."""
    held = activity["held_on"] <= dates.today().isoformat()
    there = activities.numbers_of(store, FAMILIES_OF, activity=number)
    helped = activities.numbers_of(store, VOLUNTEERS_OF, activity=number)
    families, newcomers, volunteers = there, [], helped
    if activity["audience"] == "familier":
        question = "Hvilke familier var med?" if held else "Hvilke familier er påmeldt?"
        families = _ticked(store, "family", question, there)
        newcomers = _asked_newcomers(store)
    if held:
        volunteers = _ticked(
            store, "volunteer", "Hvilke familiekontakter var med?", helped,
            f"{VOLUNTEERS_THERE} UNION {VOLUNTEERS_OF}",
            day=activity["held_on"], activity=number,
        )  # fmt: skip
    added = [volunteer for volunteer in volunteers if volunteer not in helped]
    minutes = _asked_time(_TIME, needed=True) if added else None
    driven = _asked_time(_DRIVING, needed=False) if added else None
    return Participants(
        families=families,
        newcomers=newcomers,
        helpers=[Helper(volunteer, minutes or 0, driven) for volunteer in added],
        families_not=[family for family in there if family not in families],
        volunteers_not=[volunteer for volunteer in helped if volunteer not in volunteers],
    )


def _taking_part(store: Store, activity: int, text: str) -> tuple[str, int]:
    """Who on an activity a text means: the table and the number."""
    for table, among in (("family", FAMILIES_OF), ("volunteer", VOLUNTEERS_OF)):
        try:
            Lookup(store, table, among, activity=activity).found(text)
        except NotFound:
            continue
        return table, chosen(store, table, text, among, activity=activity)
    short = KINDS["activity"].name(activity)
    raise NotFound(
        f"«{text}» er ikke med på aktiviteten.", f"Se hvem som er det: hsf aktivitet vis {short}"
    )


def _helpers(
    store: Store, texts: Sequence[str], minutes: int | None, driven: int | None
) -> list[Helper]:
    """The volunteers with their own hours, or the hours that all of them have."""
    own = [_with_own_hours(text) for text in texts]
    numbered = [(chosen(store, "volunteer", who), time) for who, time in own]
    if minutes is None and any(time is None for _, time in own):
        if not screen.at_terminal():
            raise WrongUse("--timer mangler.", "Legg til --timer, eller skriv «V3 2:30».")
        minutes = _asked_time(_TIME, needed=True)
    return [
        Helper(volunteer, (minutes or 0) if time is None else time, driven)
        for volunteer, time in numbered
    ]


def _with_own_hours(text: str) -> tuple[str, int | None]:
    """What is said of who, and the minutes said after it, if any: «V3 2:30»."""
    found = _OWN_HOURS.fullmatch(text.strip())
    if found is None or _NUMBER.fullmatch(text.strip()):
        return text, None
    try:
        return found["who"], numbers.typed_minutes(found["hours"])
    except Unreadable:
        return text, None


def _ticked(
    store: Store,
    table: str,
    question: str,
    present: Sequence[int],
    among: str = "",
    **values: object,
) -> list[int]:
    """Those of the records that are ticked off, the present ones being so already."""
    everyone = {hit.number: hit.text for hit in Lookup(store, table, among, **values).everyone}
    return questions.several(question, everyone, present) if everyone else []


def _asked_newcomers(store: Store) -> list[str]:
    def check(text: str) -> None:
        try:
            for name in _names(text):
                activities.refuse_known(store, name)
        except Stopped as stopped:
            raise Unreadable(stopped.text) from None

    return _names(questions.optional(_NEWCOMERS, check))


def _names(text: str) -> list[str]:
    return [name.strip() for name in single_line(text).split(",") if name.strip()]


def _asked_time(question: str, *, needed: bool) -> int | None:
    def check(text: str) -> None:
        if text or needed:
            numbers.typed_minutes(text)

    text = questions.optional(question, check)
    return numbers.typed_minutes(text) if text else None
