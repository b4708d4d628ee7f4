"""`hsf aktivitet`: what was held and who took part, and a grant summed up for its funder."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import typer

from hsf_cli import dates, numbers
from hsf_cli.codes import code_list
from hsf_cli.commands import participants
from hsf_cli.commands.common import command_name, opened
from hsf_cli.commands.fields import Fields, Prompt, takes
from hsf_cli.commands.grant_sums import hours_if_any, named, show_all, show_one
from hsf_cli.commands.records import (
    UNDO,
    Format,
    Yes,
    about_texts,
    argument,
    chosen,
    edit,
    refuse,
    remove,
    year_option,
)
from hsf_cli.errors import WrongUse
from hsf_cli.records import KINDS
from hsf_cli.registers import activities, editing
from hsf_cli.registers.activities import VOLUNTEERS_OF, Participants, grants_stored
from hsf_cli.registers.grants import grant_uses
from hsf_cli.registers.lookup import name_of
from hsf_cli.store import Store
from hsf_cli.ui import screen
from hsf_cli.ui.card import Card, shows
from hsf_cli.ui.commandline import command, commands
from hsf_cli.ui.listing import FORMATS, Column, Listing, lists, one_of

app = commands()

_ALL = Fields("activity", "tittel", "dato", "målgruppe", "sted", "tilskudd", "foreldre", "barn")
_COUNTED = Fields("activity", "foreldre", "barn")
# The grants have an option of their own, which can be given several times.
_SINGLE = Fields("activity", "tittel", "dato", "målgruppe", "sted", "foreldre", "barn")

_Activity = Annotated[str | None, argument("activity")]
_Grants = Annotated[
    list[str] | None,
    typer.Option("--tilskudd", metavar="NAVN", help="Et tilskudd som betaler. Kan gjentas."),
]


@command(app, "ny")
@takes(_SINGLE)
def new(
    ctx: typer.Context,
    typed: dict[str, str],
    grants: _Grants = None,
    families: participants.Families = None,
    newcomers: participants.Newcomers = None,
    helpers: participants.Helpers = None,
    time: participants.Time = None,
    driving: participants.Driving = None,
) -> None:
    """Fører en aktivitet, med dem som kom og familiekontaktenes timer.

    Timene blir timeføringer: på en aktivitet for familier, på en samling for familiekontaktene,
    ellers under annet. En aktivitet som ikke har vært ennå, kan også føres. De som kom, føres da
    etterpå med «hsf aktivitet deltakere».

    \b
    hsf aktivitet ny
    hsf aktivitet ny --tittel Hagefest --målgruppe familier --familie F3 --kontakt V2 --timer 3
    hsf aktivitet ny --tittel Samling --målgruppe familiekontakter --kontakt "V2 2:30" --kontakt V3
    """
    typed = _with_grants(typed, grants)
    said = (families, newcomers, helpers, time, driving)
    with opened(ctx) as store:
        prompt = Prompt(store)
        if typed or any(said) or not screen.at_terminal():
            record = {**_BLANK, **_ALL.filled(typed, prompt)}
            who = participants.typed(store, *said)
        else:
            record = {**_BLANK, **_ALL.filled({}, prompt, asked=_ASKED_FIRST)}
            record = _asked_counts(record, prompt)
            who = participants.asked(store, record)
        _keep(ctx, store, None, record, who)


@command(app, "deltakere")
@takes(_COUNTED)
def took_part(
    ctx: typer.Context,
    typed: dict[str, str],
    which: _Activity = None,
    families: participants.Families = None,
    newcomers: participants.Newcomers = None,
    helpers: participants.Helpers = None,
    time: participants.Time = None,
    driving: participants.Driving = None,
    absent: participants.Absent = None,
) -> None:
    """Fører hvem som var med på en aktivitet. Uten valg krysser du dem av.

    \b
    hsf aktivitet deltakere A4
    hsf aktivitet deltakere A4 --foreldre 8 --barn 12 --familie F7 --kontakt V3 --timer 2
    hsf aktivitet deltakere A4 --fjern F3
    """
    said = (families, newcomers, helpers, time, driving)
    with opened(ctx) as store:
        number = chosen(store, "activity", which)
        present = editing.record(store, "activity", number)
        prompt = Prompt(store)
        if typed or any(said) or absent:
            record = {**present, **_COUNTED.read(typed, prompt)}
            who = participants.typed(store, *said, absent=absent, activity=number)
        elif screen.at_terminal():
            record = _asked_counts(present, prompt)
            who = participants.asked(store, record, number)
        else:
            raise WrongUse(
                "Det er ikke sagt hvem som var med.",
                "Skriv for eksempel --familie F7 eller --kontakt V5. Valgene står i --hjelp.",
            )
        _keep(ctx, store, number, record, who)


@command(app, "endre")
@takes(_SINGLE)
def mend(
    ctx: typer.Context,
    typed: dict[str, str],
    which: _Activity = None,
    grants: _Grants = None,
) -> None:
    """Retter en aktivitet. En tom verdi tømmer feltet, og --tilskudd erstatter dem som sto der.

    Får den en ny dato eller målgruppe, følger familiekontaktenes timer med.

    \b
    hsf aktivitet endre A4 --dato 8.6 --sted Solstua
    hsf aktivitet endre A4 --tilskudd Sparebankstiftelsen --tilskudd "Solvik kommune"
    """
    edit(
        ctx, _ALL, which, _with_grants(typed, grants),
        refuse=activities.refuse_edit, also=activities.move_hours,
    )  # fmt: skip


@command(app, "slett")
def delete(ctx: typer.Context, which: _Activity = None, yes: Yes = False) -> None:
    """Sletter en aktivitet som er ført feil, når ingen har timer der.

    Hvilke familier som var med, slettes sammen med den.

    \b
    hsf aktivitet slett A4
    hsf aktivitet slett hagefest --ja
    """
    remove(ctx, "activity", which, yes=yes)


@lists(app, "liste")
def listing(
    ctx: typer.Context,
    year: Annotated[int | None, year_option("Bare det årets aktiviteter.")] = None,
    audience: Annotated[
        str | None,
        typer.Option(
            "--målgruppe", metavar="KODE", help="Bare for: familier, familiekontakter, koordinator."
        ),
    ] = None,
    grant: Annotated[
        str | None,
        typer.Option("--tilskudd", metavar="NAVN", help="Bare de som tilskuddet betaler."),
    ] = None,
) -> Listing:
    """Viser aktivitetene, den eldste først, med hvor mange som var med.

    \b
    hsf aktivitet liste --år 2025
    hsf aktivitet liste --målgruppe familier --tilskudd sparebank
    """
    code = one_of("--målgruppe", audience, list(code_list("audience"))) if audience else None
    with opened(ctx) as store:
        rows = activities.activities(store, year, code, grant)
        is_any = bool(rows) or bool(activities.activities(store, None, None, None))
    return Listing(
        _COLUMNS,
        rows,
        "Ingen aktiviteter ennå. Før den første: hsf aktivitet ny",
        filtered=is_any,
    )


@shows(app, "vis")
def show(ctx: typer.Context, which: _Activity = None) -> Card:
    """Viser alt om en aktivitet: familiene som var med, og familiekontaktenes timer.

    \b
    hsf aktivitet vis A4
    hsf aktivitet vis hagefest
    """
    with opened(ctx) as store:
        return _card(store, chosen(store, "activity", which))


@command(app, "tilskudd")
def sum_up(
    ctx: typer.Context,
    name: Annotated[
        str | None,
        typer.Argument(metavar="NAVN", help="Tilskuddet, eller en bit av navnet. Uten: alle."),
    ] = None,
    year: Annotated[int | None, year_option("Bare det årets aktiviteter.")] = None,
    format: Format = "tabell",
) -> None:
    """Summerer opp hva et tilskudd er brukt til: aktiviteter, deltakere og frivillige timer.

    Ingen familier eller familiekontakter nevnes ved navn, så det kan sendes til den som ga det.

    \b
    hsf aktivitet tilskudd --år 2025
    hsf aktivitet tilskudd sparebankstiftelsen --år 2025
    """
    shape = one_of("--format", format, FORMATS)
    with opened(ctx) as store:
        uses = grant_uses(store, year, dates.today())
    if name is None:
        show_all(uses, year, shape)
    else:
        show_one(named(uses, name, year), year, shape)


_BLANK = dict.fromkeys(_ALL.sheet.fields)
_ASKED_FIRST = ("title", "held_on", "audience", "place", "grant_name")


def _with_grants(typed: dict[str, str], grants: list[str] | None) -> dict[str, str]:
    return typed if grants is None else {**typed, "grant_name": grants_stored(grants)}


def _asked_counts(record: dict[str, Any], prompt: Prompt) -> dict[str, Any]:
    """The record with the parents and children that somebody at a terminal has counted."""
    if record["audience"] != "familier" or record["held_on"] > prompt.today.isoformat():
        return record
    counts: dict[str, Any] = {}
    _COUNTED.ask(("parents", "children"), counts, prompt, record)
    return {**record, **counts}


def _keep(
    ctx: typer.Context, store: Store, number: int | None, record: dict[str, Any], who: Participants
) -> None:
    """Writes an activity with those who took part; `number` is None for a new one."""
    activities.refuse_early(record, len(who.helpers), dates.today())
    activities.refuse_doubled(store, record, who.helpers, number)
    present = _BLANK if number is None else editing.record(store, "activity", number)
    written = {**editing.differing(present, record), **{name: name for name in who.newcomers}}
    refuse(about_texts(written))
    with store.change(command_name(ctx)) as change:
        if number is None:
            number = change.insert("activity", **record)
        elif differing := editing.differing(editing.record(store, "activity", number), record):
            change.update("activity", number, **differing)
        new = activities.take_part(store, change, number, record, who)
        changed = change.happened()
    name = f"{name_of(store, 'activity', number)} {dates.written(record['held_on'])}"
    if not changed:
        screen.say(f"{name} var slik fra før. Ingenting er endret.")
        return
    came = _came(store, number, record)
    screen.say(f"Aktivitet {name} er ført{': ' if came else ''}{came}. {UNDO}")
    for family in new:
        screen.say(f"Ny familie: {name_of(store, 'family', family)}")
    if not came:
        screen.say(
            f"Skriv inn hvem som var med: hsf aktivitet deltakere {KINDS['activity'].name(number)}"
        )


def _came(store: Store, number: int, record: dict[str, Any]) -> str:
    """Who took part, in a sentence: «8 foreldre, 12 barn, 3 familier»."""
    volunteers = len(activities.numbers_of(store, VOLUNTEERS_OF, activity=number))
    minutes = sum(row["minutes"] for row in activities.hours(store, number))
    counted = [
        f"{record[field]} {word}"
        for field, word in (("parents", "foreldre"), ("children", "barn"))
        if record[field] is not None
    ]
    if families := len(activities.families(store, number)):
        counted.append(KINDS["family"].counted(families))
    if volunteers:
        hours_text = f"{numbers.readable_hours(minutes)} timer"
        counted.append(f"{KINDS['volunteer'].counted(volunteers)} med {hours_text}")
    return ", ".join(counted)


_COLUMNS = [
    Column("number", "Nr."),
    Column("held_on", "Dato", dates.written),
    Column("title", "Aktivitet", main=True),
    Column("audience", "For", code_list("audience").labels.__getitem__, detail="for"),
    Column("families", "Familier", right=True),
    Column("parents", "Foreldre", right=True, detail="foreldre"),
    Column("children", "Barn", right=True, detail="barn"),
    Column("volunteers", "Familiekontakter", right=True, detail="kontakter"),
    Column("minutes", "Timer", numbers.hours, right=True),
    Column("driving_minutes", "Kjøring", hours_if_any, right=True, detail="kjøring"),
    Column("place", "Sted", detail=""),
    Column("grants", "Tilskudd", ", ".join, detail="tilskudd"),
]


def _card(store: Store, number: int) -> Card:
    record = editing.record(store, "activity", number)
    families, hours = activities.families(store, number), activities.hours(store, number)
    short = KINDS["activity"].name(number)
    return Card(
        title=f"{short} {record['title']}",
        facts=_ALL.shown(record, Prompt(store)),
        lists=[
            ("Familier", "families", Listing(_FAMILY_COLUMNS, families)),
            ("Familiekontakter", "hours", Listing(_hours_columns(hours), hours)),
        ],
        notes=[]
        if families or hours
        else [f"Skriv inn hvem som var med: hsf aktivitet deltakere {short}"],
        data={
            "number": short,
            **_ALL.data(record),
            "grants": activities.grants(record["grant_name"]),
        },
    )


_FAMILY_COLUMNS = [
    Column("number", "Nr."),
    Column("name", "Familie", main=True, personal=True),
]


def _hours_columns(hours: Sequence[Mapping[str, Any]]) -> list[Column]:
    columns = [
        Column("number", "Nr."),
        Column("volunteer_name", "Familiekontakt", main=True, personal=True),
        Column("worked_on", "Dato", dates.written),
        Column("minutes", "Timer", numbers.hours, right=True),
    ]
    if any(row["driving_minutes"] for row in hours):
        columns.append(Column("driving_minutes", "Kjøring", numbers.hours_and_minutes, right=True))
    return columns
