"""`hsf henvendelse`: a first call, the home visit, talks while a family waits, the case closed."""

from typing import Annotated

import typer

from hsf_cli import dates
from hsf_cli.codes import code_list
from hsf_cli.commands import mapping
from hsf_cli.commands.belonging import assignments_of, exceptions_of, of_fields
from hsf_cli.commands.common import command_name, opened
from hsf_cli.commands.fields import Fields, Prompt, takes
from hsf_cli.commands.first_call import FAMILY, INQUIRY, first_call
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
)
from hsf_cli.records import KINDS
from hsf_cli.registers import editing, inquiries
from hsf_cli.registers.lookup import name_of
from hsf_cli.spelling import folded
from hsf_cli.store import Store
from hsf_cli.ui import screen
from hsf_cli.ui.card import Card, show_card
from hsf_cli.ui.commandline import command, group
from hsf_cli.ui.listing import FORMATS, Column, Listing, lists, one_of

app = group()

_ALL = Fields("inquiry", but=("familie",), later=("kilde",))
_CLOSING = Fields(
    "inquiry", "avsluttet", "avslutningsgrunn", "avslutning_annet",
    needed=("avsluttet", "avslutningsgrunn"),
    flags={"avsluttet": "--dato", "avslutningsgrunn": "--grunn", "avslutning_annet": "--annet"},
)  # fmt: skip
_TALK = Fields("talk", "dato", "notat")

_Inquiry = Annotated[str | None, argument("inquiry")]


@app.callback()
def inquiry() -> None:
    """Henvendelser: den første samtalen, hjemmebesøket, og saken som avsluttes.

    \b
    hsf henvendelse ny
    hsf henvendelse besøk H12 --dato "i går"
    hsf henvendelse avslutt H12 --avslutningsgrunn trukket
    """


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
    hsf henvendelse ny --navn Hansen --telefon "900 00 123" --barn "Ada 2023" --kilde familien
    hsf henvendelse ny --familie F12 --kilde helsestasjon
    """
    with opened(ctx) as store:
        known = None if family is None else chosen(store, "family", family)
        call = first_call(store, typed, children or (), known, Prompt(store))
        INQUIRY.check(call.about_inquiry)
        if call.family and call.about_inquiry.get("closed_on") is None:
            inquiries.refuse_second(store, call.family)
        reason = cleared(call.findings, despite)
        with store.change(command_name(ctx)) as change:
            if call.family and known and call.about_family:
                change.update("family", call.family, **call.about_family)
            family_number, number = inquiries.received(
                change,
                call.about_inquiry,
                family=call.family or call.about_family,
                children=[child.values() for child in call.children],
            )
            keep_exceptions(change, call.findings, reason, "inquiry", number)
        name = name_of(store, "family", family_number)
    short = KINDS["inquiry"].name(number)
    screen.say(f"Henvendelse {short} er tatt imot for {name}. {UNDO}")
    screen.say(f"Etter hjemmebesøket: hsf henvendelse besøk {short}")


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
    hsf henvendelse besøk H12 --dato 1.3 --sivilstatus enslig --støtte avlastning,nettverk
    """
    with opened(ctx) as store:
        number = chosen(store, "inquiry", which, inquiries.OPEN)
        family = editing.record(store, "inquiry", number)["family_id"]
        mapping.keep_mapped(ctx, store, family, number, typed, children or (), despite)


@command(app, "kontaktet")
@takes(_TALK)
def talked(ctx: typer.Context, typed: dict[str, str], which: _Inquiry = None) -> None:
    """Noterer en samtale med en familie som venter.

    \b
    hsf henvendelse kontaktet H12 --notat "Ringte, alt går bra. Prøver igjen over påske."
    """
    with opened(ctx) as store:
        number = chosen(store, "inquiry", which, inquiries.OPEN)
        prompt = Prompt(store)
        today = {"talked_on": prompt.today.isoformat()}
        asked = () if typed else ("talked_on", "note")
        values = _TALK.filled(typed, prompt, asked=asked, defaults=today)
        findings = about_texts(values)
        cleared(findings, None)
        inquiries.refuse_talk(store, number, values["talked_on"])
        with store.change(command_name(ctx)) as change:
            change.insert("talk", inquiry_id=number, **values)
        name = name_of(store, "inquiry", number)
    screen.say(f"Samtalen {dates.written(values['talked_on'])} er notert på {name}. {UNDO}")


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
        number = chosen(store, "inquiry", which, inquiries.OPEN)
        today = {"closed_on": dates.today().isoformat()}
        asked = () if typed else ("closed_on", "closed_other")
        values = _CLOSING.filled(typed, Prompt(store), asked=asked, defaults=today)
        _CLOSING.check({**editing.record(store, "inquiry", number), **values})
        inquiries.refuse_closing(store, number, values["closed_on"])
        cleared(about_texts(values), None)
        with store.change(command_name(ctx)) as change:
            change.update("inquiry", number, **values)
        name = name_of(store, "inquiry", number)
    reason = code_list("inquiry_closed").labels[values["closed_reason"]].lower()
    screen.say(f"{name} er avsluttet {dates.written(values['closed_on'])}: {reason}. {UNDO}")


@command(app, "endre")
@takes(_ALL)
def mend(
    ctx: typer.Context, typed: dict[str, str], which: _Inquiry = None, despite: Despite = None
) -> None:
    """Retter en henvendelse. En tom verdi tømmer feltet.

    \b
    hsf henvendelse endre H12 --kilde helsestasjon
    hsf henvendelse endre H12 --avsluttet "" --avslutningsgrunn ""
    """
    edit(ctx, _ALL, which, typed, despite, refuse=inquiries.refuse_edit)


@command(app, "slett")
def delete(ctx: typer.Context, which: _Inquiry = None, yes: Yes = False) -> None:
    """Sletter en henvendelse som er ført feil, når ingen oppdrag hører til.

    \b
    hsf henvendelse slett H12
    """
    remove(ctx, "inquiry", which, yes=yes)


@lists(app, "liste")
def listing(
    ctx: typer.Context,
    year: Annotated[
        int | None, typer.Option("--år", metavar="ÅR", help="Bare de som kom det året.")
    ] = None,
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
        rows = inquiries.inquiries(store, year, only_open=only_open)
    found = [
        row
        for row in rows
        if code in (None, row["source"])
        and (coordinator is None or folded(coordinator) in folded(row["coordinator"] or ""))
    ]
    return Listing(
        _COLUMNS, found, "Ingen henvendelser her. Ta imot den første med: hsf henvendelse ny"
    )


@command(app, "vis")
def show(ctx: typer.Context, which: _Inquiry = None, format: Format = "tabell") -> None:
    """Viser alt om en henvendelse: samtaler, oppdrag og unntak.

    \b
    hsf henvendelse vis H12
    """
    chosen_format = one_of("--format", format, FORMATS)
    with opened(ctx) as store:
        card = _card(store, chosen(store, "inquiry", which))
    show_card(card, chosen_format)


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


def _card(store: Store, number: int) -> Card:
    record = editing.record(store, "inquiry", number)
    prompt = Prompt(store)
    family = name_of(store, "family", record["family_id"])
    return Card(
        title=f"Henvendelse {KINDS['inquiry'].name(number)}",
        facts=[("Familie", family), *_ALL.shown(record, prompt)],
        lists=[
            ("Samtaler", "talks", of_fields(_TALK, inquiries.talks(store, number), prompt)),
            ("Oppdrag", "assignments", assignments_of(store, "inquiry_id", number)),
            ("Unntak", "exceptions", exceptions_of(store, "inquiry_id", number)),
        ],
        data={
            "number": KINDS["inquiry"].name(number),
            "family": KINDS["family"].name(record["family_id"]),
            **_ALL.data(record),
        },
    )
