"""`hsf familie`: the families, what they need, their children and consents."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Annotated, Any

import typer

from hsf_cli import dates
from hsf_cli.commands import mapping
from hsf_cli.commands.belonging import assignments_of, exceptions_of, of_fields
from hsf_cli.commands.common import command_name, copied_first, opened, read
from hsf_cli.commands.fields import Fields, Prompt, label, takes
from hsf_cli.commands.parts import Delete, keep_part, part_argument
from hsf_cli.commands.records import UNDO, Despite, Yes, argument, chosen, edit, remove
from hsf_cli.errors import WrongUse
from hsf_cli.records import KINDS
from hsf_cli.registers import editing, families, merging
from hsf_cli.registers.lookup import name_of
from hsf_cli.registers.target_group import against_child
from hsf_cli.rules import Finding
from hsf_cli.spelling import folded, lower_first
from hsf_cli.store import Store
from hsf_cli.ui import questions, screen
from hsf_cli.ui.card import Card, shows
from hsf_cli.ui.commandline import command, group
from hsf_cli.ui.listing import Column, Listing, lists, one_of

app = group()

_ALL = Fields("family")
_CHILD = Fields("child", but=("familie",))
_CHILD_MENDED = Fields("child")
_CONSENT = Fields("consent", but=("familie",))
_INQUIRY = Fields("inquiry", but=("familie",))
_TALK = Fields("talk", but=("henvendelse",))
_CONCERN = Fields("concern_report", but=("familie",), flags={"sendt": "--dato"})

_Family = Annotated[str | None, argument("family")]


@app.callback()
def family() -> None:
    """Familiene: hva de trenger, barna, samtykkene, og hvor de står.

    \b
    hsf familie vis hansen
    hsf familie kartlegg F12
    hsf familie liste --står venter
    """


@lists(app, "liste")
def listing(
    ctx: typer.Context,
    stands: Annotated[
        str | None,
        typer.Option(
            "--står",
            metavar="HVOR",
            help="Bare dem som: venter, besøk, familiekontakt, oppdrag, avsluttet, ingen.",
        ),
    ] = None,
    area: Annotated[
        str | None, typer.Option("--område", metavar="OMRÅDE", help="Bare dette området.")
    ] = None,
    per: Annotated[
        str, typer.Option("--per", metavar="DATO", help="Hvor de sto den dagen; ellers i dag.")
    ] = "i dag",
) -> Listing:
    """Viser familiene, og hvor hver av dem står.

    \b
    hsf familie liste
    hsf familie liste --står oppdrag --område Sentrum
    hsf familie liste --søk hansen
    """
    wanted = one_of("--står", stands, [*families.STANDINGS, _WAITING]) if stands else None
    day = read("--per", per, lambda text: dates.typed_date(text, dates.today()))
    with opened(ctx) as store:
        everyone = families.standings(store, day)
    found = [
        {**asdict(one), "number": KINDS["family"].name(one.number)}
        for one in everyone
        if (wanted is None or one.stands == wanted or (wanted == _WAITING and one.waits))
        and (area is None or folded(area) == folded(one.area or ""))
    ]
    return Listing(
        _COLUMNS,
        found,
        "Ingen familier ennå. Ta imot den første med: hsf henvendelse ny",
        filtered=bool(everyone),
    )


@shows(app, "vis")
def show(ctx: typer.Context, which: _Family = None) -> Card:
    """Viser alt om en familie: hvor den står, barna, henvendelser, oppdrag og samtykker.

    \b
    hsf familie vis F12
    hsf familie vis hansen
    """
    with opened(ctx) as store:
        return _card(store, chosen(store, "family", which))


@command(app, "endre")
@takes(_ALL)
def mend(
    ctx: typer.Context, typed: dict[str, str], which: _Family = None, despite: Despite = None
) -> None:
    """Retter det som er skrevet om en familie. En tom verdi tømmer feltet.

    \b
    hsf familie endre F12 --telefon "900 00 123" --område Sentrum
    hsf familie endre F12 --navn "Berg Hansen"
    """
    edit(ctx, _ALL, which, typed, despite)


@command(app, "kartlegg")
@takes(mapping.FAMILY)
def map_needs(
    ctx: typer.Context,
    typed: dict[str, str],
    which: _Family = None,
    children: mapping.Children = None,
    despite: Despite = None,
) -> None:
    """Fører hva familien trenger: situasjon, barn, utfordringer, støtte, nettverk og hjelp.

    Uten valg spør kommandoen, med skjemaets egne svar å velge blant. Du kan avbryte med Ctrl-C
    og fortsette senere.

    \b
    hsf familie kartlegg F12
    hsf familie kartlegg F12 --sivilstatus enslig --utfordringer aleneforelder,nettverk
    """
    with opened(ctx) as store:
        number = chosen(store, "family", which)
        mapping.keep_mapped(ctx, store, number, None, typed, children or (), despite)


@command(app, "barn")
@takes(_CHILD_MENDED)
def child(
    ctx: typer.Context,
    typed: dict[str, str],
    which: Annotated[str | None, part_argument("family", "child")] = None,
    delete: Delete = False,
    yes: Yes = False,
    despite: Despite = None,
) -> None:
    """Legger til et barn i en familie, eller retter eller sletter et barn.

    Er barnet ført på feil familie, flytter du det med --familie.

    \b
    hsf familie barn F12 --navn Ada --født 2021
    hsf familie barn B31 --født 1.3.2021 --særskilte-behov ja
    hsf familie barn B31 --familie F14
    hsf familie barn B31 --slett
    """
    if KINDS["child"].typed_number(which) is not None and not delete:
        edit(ctx, _CHILD_MENDED, which, typed, despite, against=_against_mended_child)
        return
    if "family_id" in typed:
        raise WrongUse(
            "--familie flytter et barn som er ført.",
            "Skriv nummeret på barnet: hsf familie barn B31 --familie F14",
        )
    keep_part(
        ctx, "family", _CHILD, which, typed, delete=delete, yes=yes, despite=despite,
        against=against_child,
    )  # fmt: skip


@command(app, "samtykke")
@takes(_CONSENT)
def consent(
    ctx: typer.Context,
    typed: dict[str, str],
    which: Annotated[str | None, part_argument("family", "consent")] = None,
    delete: Delete = False,
    yes: Yes = False,
    despite: Despite = None,
) -> None:
    """Fører et samtykke: hva som kan deles med hvem, når det ble gitt, og om det er trukket.

    Det dere vet om en familie, deles bare med samtykke fra foreldrene.

    \b
    hsf familie samtykke F12 --delt-med helsestasjonen --hva "at familien har familiekontakt"
    hsf familie samtykke SA3 --trukket "i dag"
    """
    keep_part(
        ctx, "family", _CONSENT, which, typed, delete=delete, yes=yes, despite=despite,
        defaults=lambda prompt: {"given_on": prompt.today.isoformat()},
    )  # fmt: skip


@command(app, "bekymring")
@takes(_CONCERN)
def concern(
    ctx: typer.Context,
    typed: dict[str, str],
    which: Annotated[str | None, part_argument("family", "concern_report")] = None,
    delete: Delete = False,
    yes: Yes = False,
) -> None:
    """Noterer at en bekymringsmelding er sendt, og når. Aldri hva som står i den.

    \b
    hsf familie bekymring F12 --dato "i dag"
    """
    keep_part(
        ctx, "family", _CONCERN, which, typed, delete=delete, yes=yes,
        defaults=lambda prompt: {"sent_on": prompt.today.isoformat()},
    )  # fmt: skip


@command(app, "slå-sammen")
def merge(
    ctx: typer.Context,
    kept: Annotated[str | None, argument("family", metavar="FAMILIE")] = None,
    other: Annotated[
        str | None,
        typer.Argument(metavar="DEN-ANDRE", help="Den som går inn i den første, og blir borte."),
    ] = None,
    yes: Yes = False,
) -> None:
    """Slår sammen to familier som er én. Alt fra begge blir tatt vare på.

    Den første beholdes. Sier de to forskjellig, står det den andre sa, i notatet.

    \b
    hsf familie slå-sammen F12 F31
    """
    with opened(ctx) as store:
        first, second = chosen(store, "family", kept), chosen(store, "family", other)
        names = name_of(store, "family", first), name_of(store, "family", second)
        questions.confirm(f"Slå {names[1]} sammen med {names[0]}?", already=yes)
        copied_first(store, "før-sammenslåing")
        with store.change(command_name(ctx)) as change:
            result = merging.merged(store, change, first, second, _said(store, second))
        twice = [
            [name_of(store, "assignment", one) for one in same] for same in result.same_volunteer
        ]
    screen.say(f"{names[1]} er nå en del av {names[0]}. {UNDO}")
    if result.in_note:
        differing = [
            lower_first(label(column)) for column in _ALL.columns if column.field in result.in_note
        ]
        screen.say(f"De to sa forskjellig om {', '.join(differing)}: se notatet.")
    if result.same_children:
        number = KINDS["child"].counted(result.same_children)
        screen.say(f"{number} sto på begge, og står nå én gang.")
    if result.one_inquiry:
        screen.say("Begge hadde en åpen henvendelse: de er nå én, fra den første dagen.")
    for same in twice:
        screen.say(
            f"Samme familiekontakt har nå {len(same)} oppdrag som pågår her: {' og '.join(same)}. "
            "Er det ett og samme, så slett det som er ført feil: hsf oppdrag slett"
        )


@command(app, "slett")
def delete_family(ctx: typer.Context, which: _Family = None, yes: Yes = False) -> None:
    """Sletter en familie som er ført feil, når ingenting annet hører til.

    \b
    hsf familie slett F12
    """
    remove(ctx, "family", which, yes=yes)


def _against_mended_child(store: Store, number: int, after: Mapping[str, Any]) -> list[Finding]:
    return against_child(store, after, number)


_WAITING = "venter"
_COLUMNS = [
    Column("number", "Nr."),
    Column("name", "Familie", main=True, personal=True),
    Column("stands", "Står", families.STANDINGS.__getitem__),
    Column("since", "Siden", dates.written),
    Column("volunteers", "Familiekontakt", ", ".join, detail="med", personal=True),
    Column("ages", "Barnas alder", lambda ages: ", ".join(map(str, ages)), detail="barn"),
    Column("area", "Område", detail=""),
    Column("phone", "Telefon", detail="", personal=True),
    Column("contact_person", "Kontaktperson", detail="", personal=True),
]


def _said(store: Store, other: int) -> dict[str, str]:
    """How to put, in a note, what the record that goes away said of each field."""
    record = editing.record(store, "family", other)
    short, prompt = KINDS["family"].name(other), Prompt(store)
    return {
        column.field: f"{label(column)} på {short}: "
        + column.value.for_people(record[column.field], prompt)
        for column in _ALL.columns
    }


def _card(store: Store, number: int) -> Card:
    record = editing.record(store, "family", number)
    prompt, short = Prompt(store), KINDS["family"].name(number)
    standing = families.standing(store, number, dates.today())
    since = f" siden {dates.written(standing.since)}" if standing.since else ""
    stands = families.STANDINGS[standing.stands] + since
    own = families.belongings(store, number)
    return Card(
        title=f"{short} {record['name']}",
        facts=[("Står", stands), *_ALL.shown(record, prompt)],
        lists=[
            ("Barn", "children", of_fields(_CHILD, own.children, prompt)),
            ("Henvendelser", "inquiries", of_fields(_INQUIRY, own.inquiries, prompt)),
            ("Samtaler", "talks", of_fields(_TALK, own.talks, prompt)),
            ("Oppdrag", "assignments", assignments_of(store, "family_id", number)),
            ("Samtykker", "consents", of_fields(_CONSENT, own.consents, prompt)),
            ("Bekymringsmeldinger", "concern_reports",
             of_fields(_CONCERN, own.concern_reports, prompt)),
            ("Unntak", "exceptions", exceptions_of(store, "family", number)),
        ],
        data={"number": short, "id": record["imported_id"] or short, **_ALL.data(record),
              "stands": standing.stands, "since": standing.since},
    )  # fmt: skip
