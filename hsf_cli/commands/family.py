"""`hsf familie`: what the families need, their children and consents, mended and joined."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

import typer

from hsf_cli.commands import mapping
from hsf_cli.commands.common import opened
from hsf_cli.commands.family_card import ALL, CHILD, CONCERN, CONSENT
from hsf_cli.commands.fields import Fields, takes
from hsf_cli.commands.joining import join, other_argument, run_at_once
from hsf_cli.commands.parts import Delete, keep_part, part_argument
from hsf_cli.commands.records import Despite, Yes, argument, chosen, edit, remove
from hsf_cli.errors import WrongUse
from hsf_cli.records import KINDS
from hsf_cli.registers import merging
from hsf_cli.registers.merging import Merged
from hsf_cli.registers.target_group import against_child
from hsf_cli.rules import Finding
from hsf_cli.store import Store
from hsf_cli.ui.commandline import command, commands

app = commands()

_CHILD_MENDED = Fields("child")

_Family = Annotated[str | None, argument("family")]


@command(app, "endre")
@takes(ALL)
def mend(
    ctx: typer.Context, typed: dict[str, str], which: _Family = None, despite: Despite = None
) -> None:
    """Retter det som er skrevet om en familie. En tom verdi tømmer feltet.

    \b
    hsf familie endre F12 --telefon "900 00 123" --område Sentrum
    hsf familie endre F12 --navn "Berg Hansen"
    """
    edit(ctx, ALL, which, typed, despite)


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
    hsf familie barn F12 --navn Ola --født 2024
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
        ctx, "family", CHILD, which, typed, delete=delete, yes=yes, despite=despite,
        against=against_child,
    )  # fmt: skip


@command(app, "samtykke")
@takes(CONSENT)
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
        ctx, "family", CONSENT, which, typed, delete=delete, yes=yes, despite=despite,
        defaults=lambda prompt: {"given_on": prompt.today.isoformat()},
    )  # fmt: skip


@command(app, "bekymring")
@takes(CONCERN)
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
    hsf familie bekymring BM2 --slett
    """
    keep_part(
        ctx, "family", CONCERN, which, typed, delete=delete, yes=yes,
        defaults=lambda prompt: {"sent_on": prompt.today.isoformat()},
    )  # fmt: skip


@command(app, "slå-sammen")
def merge(
    ctx: typer.Context,
    kept: Annotated[str | None, argument("family", metavar="FAMILIE")] = None,
    other: Annotated[str | None, other_argument("family")] = None,
    yes: Yes = False,
) -> None:
    """Slår sammen to familier som er én. Alt fra begge blir tatt vare på.

    Den første beholdes. Sier de to forskjellig, står det den andre sa, i notatet.

    \b
    hsf familie slå-sammen F12 F31
    hsf familie slå-sammen F12 F31 --ja
    """
    join(ctx, ALL, (kept, other), merging.merged, _told, yes=yes)


@command(app, "slett")
def delete_family(ctx: typer.Context, which: _Family = None, yes: Yes = False) -> None:
    """Sletter en familie som er ført feil, når ingenting annet hører til.

    \b
    hsf familie slett F31
    hsf familie slett F31 --ja
    """
    remove(ctx, "family", which, yes=yes)


def _told(store: Store, _kept: int, result: Merged) -> Iterator[str]:
    """What became of two families, beside what both said of one thing."""
    if result.same_children:
        number = KINDS["child"].counted(result.same_children)
        yield f"{number} sto på begge, og står nå én gang."
    if result.one_inquiry:
        yield "Begge hadde en åpen henvendelse: de er nå én, fra den første dagen."
    for same in result.same_volunteer:
        where = f"Samme familiekontakt har nå {len(same)} oppdrag som pågår her"
        yield run_at_once(store, where, same)


def _against_mended_child(store: Store, number: int, after: Mapping[str, Any]) -> list[Finding]:
    return against_child(store, after, number)
