"""`hsf oppdrag`: a volunteer found for a family, the assignment followed, extended and ended."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

import typer

from hsf_cli import dates, numbers, rules
from hsf_cli.commands import assignment_card as shown
from hsf_cli.commands import ending, extensions, matching
from hsf_cli.commands import follow_ups as talks
from hsf_cli.commands.common import command_name, opened, read
from hsf_cli.commands.fields import Fields, Prompt, takes
from hsf_cli.commands.parts import Delete, part_argument
from hsf_cli.commands.records import (
    UNDO,
    Despite,
    Format,
    Yes,
    about_texts,
    argument,
    chosen,
    cleared,
    edit,
    keep_exceptions,
    remove,
    year_option,
)
from hsf_cli.errors import WrongUse
from hsf_cli.records import KINDS
from hsf_cli.registers import assignments, beginnings, editing, endings, extending, follow_ups
from hsf_cli.registers.lookup import name_of
from hsf_cli.store import Store
from hsf_cli.ui import screen
from hsf_cli.ui.card import Card, shows
from hsf_cli.ui.commandline import command, commands
from hsf_cli.ui.listing import FORMATS, Listing, lists, one_of

app = commands()

_ALL = Fields("assignment")
_START = Fields(
    "assignment", "startet", "klokkeslett", "planlagt_slutt",
    flags={"startet": "--dato", "klokkeslett": "--kl"},
)  # fmt: skip
_ENDING = Fields(
    "assignment", "avsluttet", "avslutningsgrunn", "avslutning_annet",
    needed=("avsluttet", "avslutningsgrunn"),
    flags={"avsluttet": "--dato", "avslutningsgrunn": "--grunn", "avslutning_annet": "--annet"},
)  # fmt: skip

_CASE = {"avslutt": True, "venter": False}
_LONGEST_AHEAD = 3_650  # days

_Assignment = Annotated[str | None, argument("assignment")]
_Family = Annotated[str | None, argument("family", metavar="FAMILIE")]


@command(app, "forslag")
def suggest(
    ctx: typer.Context,
    which: _Family = None,
    on: Annotated[
        str, typer.Option("--dato", metavar="DATO", help="Dagen oppdraget skal starte.")
    ] = "i dag",
    time: Annotated[
        str | None,
        typer.Option("--kl", metavar="KL", help="Klokkeslettet, hvis det er avtalt."),
    ] = None,
    everyone: Annotated[
        bool,
        typer.Option("--alle", help="Også de som ikke er godkjent, og de som har sluttet."),
    ] = False,
    format: Format = "tabell",
) -> None:
    """Viser hvem som kan starte hos en familie, og hva som taler for og mot hver av dem.

    Rekkefølgen er bare et sted å begynne: språk teller mest, så område og tid på dagen, så om de
    kjenner hverandre, og sist hvem som har vært ledig lengst. Dere velger selv.

    \b
    hsf oppdrag forslag F7
    hsf oppdrag forslag berg --dato 1.12 --kl 17:00
    """
    shape = one_of("--format", format, FORMATS)
    day = read("--dato", on, lambda text: dates.near_date(text, dates.today()))
    clock = None if time is None else read("--kl", time, numbers.typed_time)
    with opened(ctx) as store:
        inquiry = matching.open_case(store, which)
        matching.show_suggestion(store, inquiry, day, clock, everyone=everyone, format=shape)


@command(app, "start")
@takes(_START)
def start(
    ctx: typer.Context,
    typed: dict[str, str],
    which: _Family = None,
    who: Annotated[str | None, argument("volunteer")] = None,
    despite: Despite = None,
) -> None:
    """Starter et oppdrag: en familiekontakt hos en familie som venter.

    Oppdraget er planlagt i seks måneder, med oppfølging etter én og tre måneder og ved slutten.
    Uten FAMILIEKONTAKT velger du blant dem som kan starte, med dem som passer best, først.

    \b
    hsf oppdrag start F7 V3 --kl 17:00
    hsf oppdrag start F7 V3 --kl 10:30 --dato 1.10 --planlagt-slutt 1.4
    hsf oppdrag start H7 V6 --kl 17:00 --likevel "Attesten vises i morgen"
    """
    with opened(ctx) as store:
        inquiry = matching.open_case(store, which)
        prompt = Prompt(store)
        # Before anything is asked: it may be nobody.
        volunteer = None if who is None else chosen(store, "volunteer", who)
        values = _start_said(typed, prompt)
        day = date.fromisoformat(values["started_on"])
        if volunteer is None:
            volunteer = matching.chosen_volunteer(store, inquiry, day, values.get("usual_time"))
        if not values.get("planned_end_on"):
            values.pop("planned_end_on", None)
            planned_end = {"planned_end_on": rules.planned_end(day).isoformat()}
            if not typed and screen.at_terminal():
                _START.ask(("planned_end_on",), values, prompt, planned_end)
            values = {**planned_end, **values}
        values = {"inquiry_id": inquiry, "volunteer_id": volunteer, **values}
        _START.check(values)
        beginnings.refuse_starting(store, values)
        findings = beginnings.against_starting(store, values)
        reason = cleared(findings, despite)
        with store.change(command_name(ctx)) as change:
            number = beginnings.start(store, change, values, findings, reason, prompt.today)
        _tell_started(store, number, values)


@lists(app, "liste")
def listing(
    ctx: typer.Context,
    everyone: Annotated[
        bool, typer.Option("--alle", help="Også de som er avsluttet eller ikke har begynt.")
    ] = False,
    year: Annotated[int | None, year_option("Alle som pågikk i det året.")] = None,
    family: Annotated[
        str | None, typer.Option("--familie", metavar="FAMILIE", help="Alle i denne familien.")
    ] = None,
    volunteer: Annotated[
        str | None,
        typer.Option(
            "--kontakt", metavar="FAMILIEKONTAKT", help="Alle denne familiekontakten har."
        ),
    ] = None,
    beyond: Annotated[
        bool, typer.Option("--over-seks-måneder", help="Bare de som har vart over seks måneder.")
    ] = False,
    past: Annotated[
        bool, typer.Option("--over-tiden", help="Bare de som er over planlagt slutt.")
    ] = False,
    per: Annotated[
        str, typer.Option("--per", metavar="DATO", help="De som pågikk den dagen; ellers i dag.")
    ] = "i dag",
) -> Listing:
    """Viser oppdragene som pågår, det eldste først.

    Er et oppdrag over planlagt slutt, trenger det en forlengelse eller en avslutning.

    \b
    hsf oppdrag liste
    hsf oppdrag liste --over-tiden
    hsf oppdrag liste --familie F3
    """
    day = read("--per", per, lambda text: dates.typed_date(text, dates.today()))
    with opened(ctx) as store:
        of_family = None if family is None else chosen(store, "family", family)
        of_volunteer = None if volunteer is None else chosen(store, "volunteer", volunteer)
        wanted = shown.Wanted(day, everyone, year, of_family, of_volunteer, beyond, past)
        return shown.listing(assignments.assignments(store), wanted)


@shows(app, "vis")
def show(ctx: typer.Context, which: _Assignment = None) -> Card:
    """Viser alt om et oppdrag: de to, tiden, oppfølgingen, timene og unntakene.

    \b
    hsf oppdrag vis O9
    hsf oppdrag vis dahl
    """
    with opened(ctx) as store:
        number = matching.chosen_among(store, "assignment", which, assignments.RUNNING)
        return shown.card(store, number)


@command(app, "endre")
@takes(_ALL)
def mend(
    ctx: typer.Context, typed: dict[str, str], which: _Assignment = None, despite: Despite = None
) -> None:
    """Retter et oppdrag. En tom verdi tømmer feltet.

    Oppfølging som ikke er gjort, flytter med når oppdraget starter eller slutter en annen dag.

    \b
    hsf oppdrag endre O9 --klokkeslett 16:30
    hsf oppdrag endre O6 --avsluttet "" --avslutningsgrunn ""
    """
    edit(
        ctx, _ALL, which, typed, despite,
        beginnings.refuse_edit, beginnings.against_edit, beginnings.follow_dates,
    )  # fmt: skip


@command(app, "slett")
def delete_assignment(ctx: typer.Context, which: _Assignment = None, yes: Yes = False) -> None:
    """Sletter et oppdrag som er ført feil, når ingen timer er ført på det.

    \b
    hsf oppdrag slett O9
    hsf oppdrag slett O9 --ja
    """
    remove(ctx, "assignment", which, yes=yes)


@lists(app, "oppfølging")
@takes(talks.FOLLOW_UP)
def follow_up(
    ctx: typer.Context,
    typed: dict[str, str],
    which: Annotated[str | None, part_argument("assignment", "follow_up")] = None,
    coming: Annotated[
        int,
        typer.Option(
            "--kommende",
            metavar="DAGER",
            min=0,
            max=_LONGEST_AHEAD,
            help="Også det som kommer så snart.",
        ),
    ] = 0,
    delete: Delete = False,
    yes: Yes = False,
    despite: Despite = None,
) -> Listing | None:
    """Viser oppfølgingen som er forfalt, eller fører at en er gjort.

    Det som ikke ble gjort mens oppdraget pågikk, står her til det er gjort. Med --planlagt flytter
    du en oppfølging. Med nummeret, som OF12, retter du den.

    \b
    hsf oppdrag oppfølging --kommende 30
    hsf oppdrag oppfølging O9 --type måned --notat "Begge er fornøyde."
    hsf oppdrag oppfølging OF12 --planlagt 15.12
    """
    if which is None and not typed and not delete:
        with opened(ctx) as store:
            return talks.due(store, dates.today(), coming)
    if which is not None and KINDS["follow_up"].typed_number(which) is not None:
        talks.mend(ctx, which, typed, despite, delete=delete, yes=yes)
    elif delete:
        raise WrongUse("Det er ikke sagt hvilken oppfølging.", "Skriv nummeret, som OF12.")
    else:
        talks.keep(ctx, which, typed, despite)
    return None


@command(app, "forleng")
@takes(extensions.EXTENSION)
def extend(
    ctx: typer.Context,
    typed: dict[str, str],
    which: Annotated[str | None, part_argument("assignment", "extension")] = None,
    delete: Delete = False,
    yes: Yes = False,
    despite: Despite = None,
) -> None:
    """Forlenger et oppdrag til en senere dag, med en begrunnelse.

    Med nummeret på en forlengelse, som FL3, retter du den, eller sletter den med --slett.

    \b
    hsf oppdrag forleng O9 --til 1.3 --begrunnelse "Venter barn"
    hsf oppdrag forleng FL3 --til 15.3
    """
    if which is not None and KINDS["extension"].typed_number(which) is not None:
        extensions.mend(ctx, which, typed, despite, delete=delete, yes=yes)
        return
    with opened(ctx) as store:
        number = matching.chosen_among(store, "assignment", which, assignments.RUNNING)
        endings.refuse_ended(store, number)
        prompt = Prompt(store)
        today = {"decided_on": prompt.today.isoformat()}
        values = {
            "assignment_id": number,
            **extensions.EXTENSION.filled(typed, prompt, defaults=today),
        }
        extending.refuse_extension(store, values)
        findings = about_texts(values)
        reason = cleared(findings, despite)
        with store.change(command_name(ctx)) as change:
            extension = extending.extend(store, change, values)
            keep_exceptions(change, findings, reason, "assignment", number)
        name = name_of(store, "assignment", number)
    short = KINDS["extension"].name(extension)
    screen.say(f"{name} er forlenget til {dates.written(values['until_on'])} ({short}). {UNDO}")


@command(app, "avslutt")
@takes(_ENDING)
def end(
    ctx: typer.Context,
    typed: dict[str, str],
    which: _Assignment = None,
    case: Annotated[
        str | None,
        typer.Option(
            "--saken", metavar="HVA", help="Hva som skjer med saken: avslutt, eller venter."
        ),
    ] = None,
    despite: Despite = None,
) -> None:
    """Avslutter et oppdrag, og saken med det, eller lar familien vente på en ny familiekontakt.

    Saken avsluttes når oppdraget er fullført eller familien avslutter, om ikke et annet oppdrag
    pågår i den. Ellers står familien på ventelisten igjen. Med --saken bestemmer du selv.

    \b
    hsf oppdrag avslutt O9 --grunn fullført
    hsf oppdrag avslutt O9 --dato "i går" --grunn ny_familiekontakt
    hsf oppdrag avslutt O9 --grunn annet --annet "Flyttet" --saken avslutt
    """
    wanted = None if case is None else _CASE[one_of("--saken", case, list(_CASE))]
    with opened(ctx) as store:
        number = matching.chosen_among(store, "assignment", which, assignments.RUNNING)
        endings.refuse_ended(store, number)
        present = editing.record(store, "assignment", number)
        today = {"ended_on": dates.today().isoformat()}
        asked = () if typed else ("ended_on", "end_reason", "end_other")
        values = _ENDING.filled(typed, Prompt(store), asked=asked, defaults=today)
        _ENDING.check({**present, **values})
        wanted = ending.wanted(values["end_reason"], wanted)
        case_closed_on = endings.case_closed_on(store, present, values, wanted)
        after = {**present, **values}
        findings = [*about_texts(values), *endings.against_hours(store, number, after)]
        reason = cleared(findings, despite)
        with store.change(command_name(ctx)) as change:
            endings.end(store, change, number, values, case_closed_on)
            keep_exceptions(change, findings, reason, "assignment", number)
        screen.say(
            f"{name_of(store, 'assignment', number)} er avsluttet "
            f"{dates.written(values['ended_on'])}. {UNDO}"
        )
        for line in ending.what_follows(store, after):
            screen.say(line)


def _tell_started(store: Store, number: int, values: Mapping[str, Any]) -> None:
    name, started_on = name_of(store, "assignment", number), dates.written(values["started_on"])
    screen.say(f"Oppdraget {name} er ført fra {started_on}. {UNDO}")
    days = [
        f"{dates.written(one.planned_on)} ({follow_ups.label_of(one.kind)})"
        for one in follow_ups.of_assignment(store, number, dates.today())
        if one.planned_on <= values["planned_end_on"]
    ]
    screen.say(f"Oppfølging er planlagt {', '.join(days)}.")
    if not values.get("usual_time"):
        short = KINDS["assignment"].name(number)
        screen.say(f"Klokkeslettet mangler: hsf oppdrag endre {short} --klokkeslett 17:00")


def _start_said(typed: Mapping[str, str], prompt: Prompt) -> dict[str, Any]:
    today = {"started_on": prompt.today.isoformat()}
    asked = () if typed else ("started_on", "usual_time")
    return _START.filled(typed, prompt, asked=asked, defaults=today)
