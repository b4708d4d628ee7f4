"""`hsf henvendelse`: a first call, the home visit, talks while a family waits, the case closed."""

from collections.abc import Mapping
from typing import Annotated, Any

import typer

from hsf_cli import dates
from hsf_cli.change import Change
from hsf_cli.codes import code_list
from hsf_cli.commands import mapping
from hsf_cli.commands.belonging import assignments_of, exceptions_of, of_fields
from hsf_cli.commands.children import told_of_before
from hsf_cli.commands.common import command_name, opened
from hsf_cli.commands.fields import Fields, Prompt, takes
from hsf_cli.commands.first_call import (
    FAMILY,
    INQUIRY,
    TALK,
    FirstCall,
    first_call,
    settled_talk,
    told_news,
)
from hsf_cli.commands.matching import chosen_among
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
    refuse,
    remove,
    year_option,
)
from hsf_cli.records import KINDS
from hsf_cli.registers import drafts, editing, inquiries
from hsf_cli.registers.lookup import name_of
from hsf_cli.registers.target_group import against_edit
from hsf_cli.spelling import folded, lower_first
from hsf_cli.store import Store
from hsf_cli.ui import screen
from hsf_cli.ui.card import Card, shows
from hsf_cli.ui.commandline import command, commands
from hsf_cli.ui.listing import Column, Listing, lists, one_of

app = commands()

_MENDED = Fields("inquiry", later=("kilde",))
_CLOSING = Fields(
    "inquiry", "avsluttet", "avslutningsgrunn", "avslutning_annet",
    needed=("avsluttet", "avslutningsgrunn"),
    flags={"avsluttet": "--dato", "avslutningsgrunn": "--grunn", "avslutning_annet": "--annet"},
)  # fmt: skip

_Inquiry = Annotated[str | None, argument("inquiry")]


@command(app, "ny")
@takes(FAMILY, INQUIRY)
def new(
    ctx: typer.Context,
    typed: dict[str, str],
    family: Annotated[
        str | None,
        typer.Option(
            "--familie", metavar="FAMILIE", help="En familie som er her fra før, og kommer igjen."
        ),
    ] = None,
    children: Annotated[
        list[str] | None,
        typer.Option(
            "--barn", metavar="BARN", help="Navn og fødselsår eller dato: «Ada 2021». Kan gjentas."
        ),
    ] = None,
    despite: Despite = None,
) -> None:
    """Tar imot en henvendelse: om hvem, fra hvem, og hva familien håper på.

    Alt unntatt navnet kan vente. Ligner familien på en som er her fra før, vises den først.

    \b
    hsf henvendelse ny
    hsf henvendelse ny --navn Lie --telefon "900 00 123" --barn "Ada 2023" --kilde familien
    hsf henvendelse ny --familie F14 --kilde helsestasjon
    """
    with opened(ctx) as store:
        known = None if family is None else chosen(store, "family", family)
        prompt = Prompt(store)
        call = first_call(store, typed, children or (), known, prompt, despite)
        reason = cleared(call.findings, despite)
        with store.change(command_name(ctx)) as change:
            taken_in = _kept(store, change, call)
            keep_exceptions(change, call.findings, reason, "inquiry", taken_in.number)
            keep_exceptions(change, call.settled, call.reason, "inquiry", taken_in.number)
        name, case = (
            name_of(store, table, number)
            for table, number in (("family", taken_in.family), ("inquiry", taken_in.number))
        )
        news = told_news(call.about_family, taken_in.before, prompt)
    short = KINDS["inquiry"].name(taken_in.number)
    if call.talk:
        screen.say(_noted(call.talk.values, case))
    else:
        screen.say(f"Henvendelse {short} er tatt imot for {name}. {UNDO}")
    if news:
        screen.say(f"{name} er endret. {news}.")
    if taken_in.same_children:
        screen.say(told_of_before(taken_in.same_children))
    if not (call.talk or call.about_inquiry.get("closed_on")):
        screen.say(f"Etter hjemmebesøket: hsf henvendelse besøk {short}")


def _kept(store: Store, change: Change, call: FirstCall) -> inquiries.Received:
    """Writes a call: as a talk on the open case, or as an inquiry of its own."""
    children = [child.values() for child in call.children]
    if call.talk:
        return inquiries.called_again(
            store,
            change,
            call.talk.inquiry,
            call.talk.values,
            about_family=call.about_family,
            children=children,
        )
    return inquiries.received(
        store,
        change,
        call.about_inquiry,
        family=call.family,
        about_family=call.about_family,
        children=children,
    )


@command(app, "besøk")
@takes(mapping.VISIT, mapping.FAMILY)
def visit(
    ctx: typer.Context,
    typed: dict[str, str],
    which: _Inquiry = None,
    children: mapping.Children = None,
    despite: Despite = None,
) -> None:
    """Fører hjemmebesøket: når det var, og det dere snakket om.

    Uten valg spør kommandoen i den rekkefølgen samtalen går, med skjemaets egne svar å velge
    blant. Du kan avbryte med Ctrl-C og fortsette senere.

    \b
    hsf henvendelse besøk H12
    hsf henvendelse besøk H12 --dato "i går"
    hsf henvendelse besøk H12 --dato 1.10 --sivilstatus enslig --støtte avlastning,nettverk
    """
    with opened(ctx) as store:
        number = _open(store, which, suggested=inquiries.NOT_VISITED)
        family = editing.record(store, "inquiry", number)["family_id"]
        mapping.keep_mapped(ctx, store, family, number, typed, children or (), despite)


@command(app, "kontaktet")
@takes(TALK)
def talked(ctx: typer.Context, typed: dict[str, str], which: _Inquiry = None) -> None:
    """Noterer en samtale med en familie som venter.

    \b
    hsf henvendelse kontaktet H12 --notat "Ringte, alt går bra. Prøver igjen over påske."
    hsf henvendelse kontaktet hansen --dato "i går"
    """
    with opened(ctx) as store:
        number = _open(store, which)
        prompt = Prompt(store)
        today = {"talked_on": prompt.today.isoformat()}
        asked = () if typed else ("talked_on", "note")
        values = TALK.filled(typed, prompt, asked=asked, defaults=today)
        refuse(about_texts(values))
        values = settled_talk(store, number, values, prompt)
        with store.change(command_name(ctx)) as change:
            change.insert("talk", inquiry_id=number, **values)
        name = name_of(store, "inquiry", number)
    screen.say(_noted(values, name))


def _noted(talk: Mapping[str, Any], case: str) -> str:
    return f"Samtalen {dates.written(talk['talked_on'])} er notert på {case}. {UNDO}"


@command(app, "avslutt")
@takes(_CLOSING)
def close(ctx: typer.Context, typed: dict[str, str], which: _Inquiry = None) -> None:
    """Avslutter en henvendelse, med grunnen.

    Et oppdrag som pågår, avsluttes med «hsf oppdrag avslutt»: det avslutter også saken.

    \b
    hsf henvendelse avslutt H12 --grunn trukket
    hsf henvendelse avslutt H12 --grunn annet --annet "Fikk plass i barnehagen"
    """
    with opened(ctx) as store:
        number = _open(store, which)
        today = {"closed_on": dates.today().isoformat()}
        asked = () if typed else ("closed_on", "closed_other")
        values = _CLOSING.filled(typed, Prompt(store), asked=asked, defaults=today)
        _CLOSING.check({**editing.record(store, "inquiry", number), **values})
        inquiries.refuse_closing(store, number, values["closed_on"])
        refuse(about_texts(values))
        with store.change(command_name(ctx)) as change:
            change.update("inquiry", number, **values)
            drafts.forget(change, "inquiry", number)
        name = name_of(store, "inquiry", number)
    reason = lower_first(code_list("inquiry_closed").labels[values["closed_reason"]])
    screen.say(f"{name} er avsluttet {dates.written(values['closed_on'])}: {reason}. {UNDO}")


@command(app, "endre")
@takes(_MENDED)
def mend(
    ctx: typer.Context, typed: dict[str, str], which: _Inquiry = None, despite: Despite = None
) -> None:
    """Retter en henvendelse. En tom verdi tømmer feltet.

    Er den ført på feil familie, flytter du den med --familie.

    \b
    hsf henvendelse endre H12 --kilde helsestasjon
    hsf henvendelse endre H12 --familie F31
    hsf henvendelse endre H14 --avsluttet "" --avslutningsgrunn ""
    """
    edit(
        ctx, _MENDED, which, typed, despite,
        inquiries.refuse_edit, against_edit, inquiries.forget_if_closed,
    )  # fmt: skip


@command(app, "slett")
def delete(ctx: typer.Context, which: _Inquiry = None, yes: Yes = False) -> None:
    """Sletter en henvendelse som er ført feil, når ingen oppdrag hører til.

    \b
    hsf henvendelse slett H12
    hsf henvendelse slett H12 --ja
    """
    remove(ctx, "inquiry", which, yes=yes)


@lists(app, "liste")
def listing(
    ctx: typer.Context,
    year: Annotated[int | None, year_option("Bare de som kom det året.")] = None,
    only_open: Annotated[
        bool, typer.Option("--åpne", help="Bare saker som ikke er avsluttet.")
    ] = False,
    source: Annotated[
        str | None, typer.Option("--kilde", metavar="KODE", help="Bare fra denne kilden.")
    ] = None,
    coordinator: Annotated[
        str | None,
        typer.Option("--koordinator", metavar="NAVN", help="Bare denne koordinatorens."),
    ] = None,
) -> Listing:
    """Viser henvendelsene, den eldste først.

    \b
    hsf henvendelse liste --åpne
    hsf henvendelse liste --år 2025 --kilde helsestasjon
    """
    code = one_of("--kilde", source, list(code_list("inquiry_source"))) if source else None
    with opened(ctx) as store:
        everyone = inquiries.inquiries(store)
    found = [
        row
        for row in everyone
        if code in (None, row["source"])
        and (year is None or row["received_on"].startswith(f"{year}-"))
        and (row["closed_on"] is None or not only_open)
        and (coordinator is None or folded(coordinator) in folded(row["coordinator"] or ""))
    ]
    return Listing(
        _COLUMNS,
        found,
        "Ingen henvendelser ennå. Ta imot den første: hsf henvendelse ny",
        filtered=bool(everyone),
        personal=("contact",),
    )


@shows(app, "vis")
def show(ctx: typer.Context, which: _Inquiry = None) -> Card:
    """Viser alt om en henvendelse: samtaler, oppdrag og unntak.

    \b
    hsf henvendelse vis H12
    hsf henvendelse vis hansen
    """
    with opened(ctx) as store:
        return _card(store, chosen(store, "inquiry", which))


_COLUMNS = [
    Column("number", "Nr."),
    Column("family_name", "Familie", main=True, personal=True),
    Column("received_on", "Mottatt", dates.written),
    Column("source", "Kilde", code_list("inquiry_source").labels.__getitem__, detail="fra"),
    Column("visited_on", "Besøkt", dates.written, detail="besøkt"),
    Column("closed_on", "Avsluttet", dates.written),
    Column("closed_reason", "Grunn", code_list("inquiry_closed").labels.__getitem__, detail=""),
    Column("coordinator", "Koordinator", detail="koordinator", personal=True),
]


def _open(store: Store, which: str | None, suggested: str = inquiries.OPEN) -> int:
    """The number of the open inquiry that is meant. Raises Stopped for one that is closed.

    Where none is named, it is chosen from the suggested ones.
    """
    among = suggested if which is None else inquiries.OPEN
    number = chosen_among(store, "inquiry", which, among)
    inquiries.refuse_closed(store, number)
    return number


def _card(store: Store, number: int) -> Card:
    record = editing.record(store, "inquiry", number)
    family = editing.record(store, "family", record["family_id"])
    prompt = Prompt(store)
    short, family_short = KINDS["inquiry"].name(number), KINDS["family"].name(family["id"])
    return Card(
        title=f"Henvendelse {short}",
        facts=[("Familie", name_of(store, "family", family["id"])), *INQUIRY.shown(record, prompt)],
        lists=[
            ("Samtaler", "talks", of_fields(TALK, inquiries.talks(store, number), prompt)),
            ("Oppdrag", "assignments", assignments_of(store, "inquiry_id", number)),
            ("Unntak", "exceptions", exceptions_of(store, "inquiry", number)),
        ],
        data={
            "number": short,
            "id": record["imported_id"] or short,
            "family": family["imported_id"] or family_short,
            "family_number": family_short,
            **INQUIRY.data(record),
        },
    )
