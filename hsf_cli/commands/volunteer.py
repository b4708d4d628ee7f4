"""`hsf kontakt`: volunteers, from the day a candidate signs up until they leave, and come back."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated

import typer

from hsf_cli import dates
from hsf_cli.commands import approval
from hsf_cli.commands.common import command_name, opened, read
from hsf_cli.commands.completion import record
from hsf_cli.commands.course_days import day_from
from hsf_cli.commands.fields import Fields, Prompt, takes
from hsf_cli.commands.parts import Delete, keep_part, part_argument
from hsf_cli.commands.records import (
    UNDO,
    Despite,
    Yes,
    about_texts,
    argument,
    chosen,
    cleared,
    edit,
    keep_exceptions,
    remove,
)
from hsf_cli.commands.volunteer_card import (
    ALL,
    LIST_COLUMNS,
    PAUSE,
    PERIOD,
    card,
    volunteer_row,
)
from hsf_cli.errors import Stopped, Unreadable
from hsf_cli.records import KINDS
from hsf_cli.registers import availability, courses, editing, service
from hsf_cli.registers.availability import STANDINGS
from hsf_cli.registers.lookup import Hit, name_of
from hsf_cli.spelling import folded
from hsf_cli.store import Store
from hsf_cli.ui import questions, screen
from hsf_cli.ui.card import Card, shows
from hsf_cli.ui.commandline import command, commands
from hsf_cli.ui.listing import Listing, lists, one_of
from hsf_cli.ui.offered import words

app = commands()

_NEW = Fields("volunteer", but=("godkjent", "sluttet"))
_LEAVING = Fields("volunteer", "sluttet", needed=("sluttet",), flags={"sluttet": "--dato"})
_RETURN = Fields("volunteer", "meldt_seg", needed=("meldt_seg",), flags={"meldt_seg": "--dato"})

# What is asked of a candidate on the phone.
_ASKED = (
    "name", "phone", "email", "area", "signed_up_on", "found_us", "found_us_other", "note",
)  # fmt: skip
_NOBODY, _NO_COURSE = 0, 0

_Volunteer = Annotated[str | None, argument("volunteer")]


@command(app, "ny")
@takes(_NEW)
def new(
    ctx: typer.Context,
    typed: dict[str, str],
    course: Annotated[
        str | None,
        typer.Option(
            "--kurs",
            metavar="KURS",
            help="Melder kandidaten på et kurs med det samme.",
            autocompletion=record("course"),
        ),
    ] = None,
    despite: Despite = None,
) -> None:
    """Tar imot en kandidat: en som vil bli familiekontakt.

    Alt unntatt navnet kan vente. Ligner kandidaten på en som er her fra før, vises den først.

    \b
    hsf kontakt ny
    hsf kontakt ny --navn "Eva Strand" --telefon "900 00 456" --område Sentrum --fant-oss stand
    hsf kontakt ny --navn "Eva Strand" --kurs K2
    """
    with opened(ctx) as store:
        prompt = Prompt(store)
        signed_up = {"signed_up_on": prompt.today.isoformat()}
        on_course = None if course is None else chosen(store, "course", course)
        asked = () if typed else _ASKED
        values = _NEW.filled(typed, prompt, asked=asked, defaults=signed_up)
        doubles = service.likely_doubles(store, values)
        if doubles and screen.at_terminal():
            _refuse_same(doubles)
        against = [] if screen.at_terminal() else service.against_double(doubles)
        if not typed and course is None and screen.at_terminal():
            on_course = _course_ahead(store, prompt.today)
        findings = [*about_texts(values), *against]
        reason = cleared(findings, despite)
        with store.change(command_name(ctx)) as change:
            number = change.insert("volunteer", **values)
            if on_course:
                change.insert("course_registration", course_id=on_course, volunteer_id=number)
            keep_exceptions(change, findings, reason, "volunteer", number)
        name = name_of(store, "volunteer", number)
        more = f" og påmeldt {name_of(store, 'course', on_course)}" if on_course else ""
    screen.say(f"{name} er ført som kandidat{more}. {UNDO}")
    screen.say(f"Når kravene er oppfylt: hsf kontakt godkjenn {KINDS['volunteer'].name(number)}")


@command(app, "godkjenn")
@takes(approval.APPROVED, approval.REQUIREMENTS)
def approve(
    ctx: typer.Context, typed: dict[str, str], which: _Volunteer = None, despite: Despite = None
) -> None:
    """Godkjenner en kandidat, når de fire kravene er oppfylt den dagen.

    Kravene er 20 kurstimer, vist politiattest, taushetserklæring og hjemmebesøk. Det som mangler,
    kan føres i samme steg.

    \b
    hsf kontakt godkjenn V5
    hsf kontakt godkjenn V5 --dato "i går" --taushetserklæring 1.3 --hjemmebesøk 4.3
    hsf kontakt godkjenn V6 --politiattest-utstedt 2.9 --politiattest-vist 1.10
    """
    with opened(ctx) as store:
        number = chosen(store, "volunteer", which, "" if which else service.CANDIDATES)
        service.refuse_approval(store, number)
        approval.keep_approved(ctx, store, number, typed, despite)


@command(app, "pause")
@takes(PAUSE)
def pause(
    ctx: typer.Context,
    typed: dict[str, str],
    which: Annotated[str | None, part_argument("volunteer", "pause")] = None,
    delete: Delete = False,
    yes: Yes = False,
) -> None:
    """Fører en pause, med eller uten sluttdato, eller retter eller sletter en pause.

    Begge dagene er med i pausen.

    \b
    hsf kontakt pause V3 --fra "i dag"
    hsf kontakt pause V3 --fra 01.07.2026 --til 15.08.2026
    hsf kontakt pause P2 --til "i går"
    """
    keep_part(
        ctx, "volunteer", PAUSE, which, _ending_after_start(typed), delete=delete, yes=yes,
        against=service.against_pause, refuse=service.refuse_pause,
    )  # fmt: skip


@command(app, "slutt")
@takes(_LEAVING)
def leave(ctx: typer.Context, typed: dict[str, str], which: _Volunteer = None) -> None:
    """Fører at en familiekontakt eller kandidat har sluttet.

    Oppdrag som pågår, avsluttes først. En pause som pågår, tar slutt den dagen.

    \b
    hsf kontakt slutt V3
    hsf kontakt slutt V9 --dato 31.12.2025
    """
    with opened(ctx) as store:
        number = chosen(store, "volunteer", which, "" if which else service.PRESENT)
        present = editing.record(store, "volunteer", number)
        if present["left_on"]:
            short = KINDS["volunteer"].name(number)
            raise Stopped(
                f"{name_of(store, 'volunteer', number)} sluttet"
                f" {dates.written(present['left_on'])}.",
                f"Er datoen feil: hsf kontakt endre {short} --sluttet DATO",
            )
        today = {"left_on": dates.today().isoformat()}
        asked = () if typed else ("left_on",)
        values = _LEAVING.filled(typed, Prompt(store), asked=asked, defaults=today)
        _LEAVING.check({**present, **values})
        service.refuse_leaving(store, number, values["left_on"])
        with store.change(command_name(ctx)) as change:
            pauses = service.left(store, change, number, values["left_on"])
        name = name_of(store, "volunteer", number)
    ended = f" {KINDS['pause'].counted(pauses)} tok slutt med det." if pauses else ""
    screen.say(f"{name} sluttet {dates.written(values['left_on'])}.{ended} {UNDO}")


@command(app, "tilbake")
@takes(_RETURN)
def come_back(ctx: typer.Context, typed: dict[str, str], which: _Volunteer = None) -> None:
    """Tar imot en som sluttet og kommer tilbake, som kandidat på nytt.

    Perioden som var, blir tatt vare på. Kurstimer, taushetserklæring og hjemmebesøk gjelder
    fortsatt. En ny politiattest må vises før ny godkjenning.

    \b
    hsf kontakt tilbake V8
    hsf kontakt tilbake V8 --dato 1.3
    """
    with opened(ctx) as store:
        number = chosen(store, "volunteer", which, "" if which else service.LEFT)
        prompt = Prompt(store)
        today = {"signed_up_on": prompt.today.isoformat()}
        asked = () if typed else ("signed_up_on",)
        values = _RETURN.filled(typed, prompt, asked=asked, defaults=today)
        service.refuse_return(store, number, values["signed_up_on"])
        with store.change(command_name(ctx)) as change:
            period = service.returned(store, change, number, values["signed_up_on"])
        name = name_of(store, "volunteer", number)
        kept = f" Perioden {_period_text(store, period)} er tatt vare på." if period else ""
    day = dates.written(values["signed_up_on"])
    screen.say(f"{name} er tilbake som kandidat fra {day}.{kept} {UNDO}")
    screen.say(f"Når kravene er oppfylt: hsf kontakt godkjenn {KINDS['volunteer'].name(number)}")


@command(app, "periode")
@takes(PERIOD)
def period(
    ctx: typer.Context,
    typed: dict[str, str],
    which: Annotated[str | None, part_argument("volunteer", "earlier_period")] = None,
    delete: Delete = False,
    yes: Yes = False,
) -> None:
    """Fører, retter eller sletter en tidligere periode for en som er kommet tilbake.

    \b
    hsf kontakt periode V9 --godkjent 01.02.2019 --sluttet 30.06.2021
    hsf kontakt periode PE1 --sluttet 31.07.2017
    """
    keep_part(
        ctx, "volunteer", PERIOD, which, typed, delete=delete, yes=yes,
        refuse=service.refuse_period,
    )  # fmt: skip


@command(app, "endre")
@takes(ALL)
def mend(
    ctx: typer.Context, typed: dict[str, str], which: _Volunteer = None, despite: Despite = None
) -> None:
    """Retter det som er skrevet om en familiekontakt. En tom verdi tømmer feltet.

    \b
    hsf kontakt endre V3 --telefon "900 00 123" --kapasitet 2
    hsf kontakt endre V3 --taushetserklæring 1.3
    """
    edit(
        ctx, ALL, which, typed, despite,
        service.refuse_edit, service.against_edit, service.follow_edit,
    )  # fmt: skip


@command(app, "slett")
def delete_volunteer(ctx: typer.Context, which: _Volunteer = None, yes: Yes = False) -> None:
    """Sletter en familiekontakt som er ført feil, når ingenting annet hører til.

    \b
    hsf kontakt slett V11
    hsf kontakt slett V11 --ja
    """
    remove(ctx, "volunteer", which, yes=yes)


@lists(app, "liste")
def listing(
    ctx: typer.Context,
    stands: Annotated[
        str | None,
        typer.Option(
            "--står",
            metavar="HVOR",
            autocompletion=words(*STANDINGS),
            help="Bare de som er: kandidat, ledig, oppdrag, pause, ikke ledig, sluttet. "
            "«ledig» er alle som kan starte et oppdrag, også de som har plass til ett til.",
        ),
    ] = None,
    area: Annotated[
        str | None, typer.Option("--område", metavar="OMRÅDE", help="Bare dette området.")
    ] = None,
    language: Annotated[
        str | None,
        typer.Option("--språk", metavar="SPRÅK", help="Bare de som snakker dette språket."),
    ] = None,
    per: Annotated[
        str, typer.Option("--per", metavar="DATO", help="Hvor de sto den dagen; ellers i dag.")
    ] = "i dag",
) -> Listing:
    """Viser familiekontaktene og kandidatene, og hvor hver av dem står.

    \b
    hsf kontakt liste
    hsf kontakt liste --står ledig --område Sentrum
    hsf kontakt liste --står oppdrag --per 31.12.2025
    """
    wanted = one_of("--står", stands, list(STANDINGS)) if stands else None
    day = read("--per", per, lambda text: dates.typed_date(text, dates.today()))
    with opened(ctx) as store:
        everyone = availability.standings(store, day)
    found = [
        volunteer_row(one)
        for one in everyone
        if (wanted is None or one.stands == wanted or (wanted == "ledig" and one.may_start))
        and (area is None or folded(area) == folded(one.area or ""))
        and (language is None or folded(language) in folded(one.language or ""))
    ]
    empty = "Ingen familiekontakter ennå. Den første: hsf kontakt ny"
    return Listing(LIST_COLUMNS, found, empty, filtered=bool(everyone))


@shows(app, "vis")
def show(ctx: typer.Context, which: _Volunteer = None) -> Card:
    """Viser alt om en familiekontakt: hvor den står, de fire kravene, kurs, oppdrag og pauser.

    \b
    hsf kontakt vis V2
    hsf kontakt vis nes
    """
    with opened(ctx) as store:
        return card(store, chosen(store, "volunteer", which))


def _refuse_same(doubles: list[Hit]) -> None:
    """Shows those who may be the same person, and stops where one of them is."""
    same = questions.choice(
        "Kandidaten ligner på en som er her fra før. Er det samme person?",
        {
            **{double.number: f"Ja: {double.text}" for double in doubles},
            _NOBODY: "Nei, det er en annen",
        },
    )
    if same != _NOBODY:
        short = KINDS["volunteer"].name(same)
        raise Stopped(
            f"{short} er her fra før. Ingenting er lagret.",
            f"Se hva som står: hsf kontakt vis {short}. Har {short} sluttet og kommer tilbake:"
            f" hsf kontakt tilbake {short}",
        )


def _course_ahead(store: Store, today: date) -> int | None:
    """The course that a candidate is to take, chosen among those that are not over."""
    ahead = courses.courses(store, None, today, only_open=True)
    if not ahead:
        return None
    labels = {KINDS["course"].number(row["number"]): row["name"] for row in ahead}
    answer = questions.choice(
        "Hvilket kurs skal kandidaten gå på?", {**labels, _NO_COURSE: "Vet ikke ennå"}
    )
    return answer or None


def _ending_after_start(given: Mapping[str, str]) -> Mapping[str, str]:
    """What was typed of a pause; an end without a year is the first such day from its start."""
    if "from_on" not in given or "to_on" not in given:
        return given
    today = dates.today()
    try:
        begins = dates.near_date(given["from_on"], today)
        return {**given, "to_on": day_from(given["to_on"], begins, today).isoformat()}
    except Unreadable:
        return given  # told with the name of the option, where it is read


def _period_text(store: Store, period: int) -> str:
    row = editing.record(store, "earlier_period", period)
    return f"{dates.written(row['approved_on'])}–{dates.written(row['left_on'])}"
