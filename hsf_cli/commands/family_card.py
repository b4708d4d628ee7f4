"""`hsf familie liste` and `vis`: the families, and everything about one of them."""

from typing import Annotated

import typer

from hsf_cli import dates
from hsf_cli.commands.belonging import assignments_of, exceptions_of, of_fields
from hsf_cli.commands.common import opened, read
from hsf_cli.commands.fields import Fields, Prompt
from hsf_cli.commands.records import argument, chosen
from hsf_cli.records import KINDS
from hsf_cli.registers import editing, families
from hsf_cli.spelling import folded
from hsf_cli.store import Store
from hsf_cli.ui.card import Card, shows
from hsf_cli.ui.commandline import commands
from hsf_cli.ui.listing import Column, Listing, lists, one_of

app = commands()

ALL = Fields("family")
CHILD = Fields("child", but=("familie",))
CONSENT = Fields("consent", but=("familie",))
_INQUIRY = Fields("inquiry", but=("familie",))
_TALK = Fields("talk", but=("henvendelse",))
CONCERN = Fields("concern_report", but=("familie",), flags={"sendt": "--dato"})

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


@lists(app, "liste")
def listing(
    ctx: typer.Context,
    stands: Annotated[
        str | None,
        typer.Option(
            "--står",
            metavar="HVOR",
            help="Bare de som: venter, besøk, familiekontakt, oppdrag, avsluttet, ingen.",
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
        {**one._asdict(), "number": KINDS["family"].name(one.number)}
        for one in everyone
        if (wanted is None or one.stands == wanted or (wanted == _WAITING and one.waits))
        and (area is None or folded(area) == folded(one.area or ""))
    ]
    return Listing(
        _COLUMNS,
        found,
        "Ingen familier ennå. Ta imot den første: hsf henvendelse ny",
        filtered=bool(everyone),
    )


@shows(app, "vis")
def show(ctx: typer.Context, which: Annotated[str | None, argument("family")] = None) -> Card:
    """Viser alt om en familie: hvor den står, barna, henvendelser, oppdrag og samtykker.

    \b
    hsf familie vis F12
    hsf familie vis hansen
    """
    with opened(ctx) as store:
        return _card(store, chosen(store, "family", which))


def _card(store: Store, number: int) -> Card:
    record = editing.record(store, "family", number)
    prompt, short = Prompt(store), KINDS["family"].name(number)
    standing = families.standing(store, number, dates.today())
    since = f" siden {dates.written(standing.since)}" if standing.since else ""
    stands = families.STANDINGS[standing.stands] + since
    own = families.belongings(store, number)
    return Card(
        title=f"{short} {record['name']}",
        facts=[("Står", stands), *ALL.shown(record, prompt)],
        lists=[
            ("Barn", "children", of_fields(CHILD, own.children, prompt)),
            ("Henvendelser", "inquiries", of_fields(_INQUIRY, own.inquiries, prompt)),
            ("Samtaler", "talks", of_fields(_TALK, own.talks, prompt)),
            ("Oppdrag", "assignments", assignments_of(store, "family_id", number)),
            ("Samtykker", "consents", of_fields(CONSENT, own.consents, prompt)),
            ("Bekymringsmeldinger", "concern_reports",
             of_fields(CONCERN, own.concern_reports, prompt)),
            ("Unntak", "exceptions", exceptions_of(store, "family", number)),
        ],
        data={"number": short, "id": record["imported_id"] or short, **ALL.data(record),
              "stands": standing.stands, "since": standing.since},
    )  # fmt: skip
