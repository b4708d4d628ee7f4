"""`hsf start`: a new department."""

from pathlib import Path
from typing import Annotated

import typer

from hsf_cli.commands import files
from hsf_cli.commands.common import database_path, read
from hsf_cli.commands.department_fields import names, percent
from hsf_cli.commands.keeping import KEEPINGS, keeping_chosen, passphrase_behind, where
from hsf_cli.commands.key import SHEET_ENDINGS, WRITE_SHEET, write_sheet
from hsf_cli.encrypted import refuse_existing, salt_of
from hsf_cli.registers.department import Department, started
from hsf_cli.texts import single_line
from hsf_cli.ui import questions, screen
from hsf_cli.ui.commandline import command, commands
from hsf_cli.ui.listing import one_of

app = commands()

_WELCOME = """\
Velkommen! Nå lager vi avdelingen din: én kryptert fil på denne maskinen.
Jeg spør om navn, drifter, stilling, koordinatorer, og hvor nøkkelen skal ligge.
Det du ikke vet, kan stå tomt: alt kan endres siden. Ctrl-C avbryter.
"""
_NEXT = """
Tre steder å begynne:
  hsf henvendelse ny           når en familie tar kontakt
  hsf data mal avdeling.xlsx   en arbeidsbok for det dere har fra før
  hsf meny                     alt du kan gjøre, å velge i"""


@command(app, "start")
def start(
    ctx: typer.Context,
    name: Annotated[
        str | None, typer.Option("--navn", metavar="NAVN", help="Avdelingens navn.")
    ] = None,
    operator: Annotated[
        str | None,
        typer.Option("--drifter", metavar="NAVN", help="Kommunen eller organisasjonen som driver."),
    ] = None,
    position: Annotated[
        str | None,
        typer.Option("--stilling", metavar="PROSENT", help="Koordinatorstillingen, i prosent."),
    ] = None,
    coordinators: Annotated[
        list[str] | None,
        typer.Option("--koordinator", metavar="NAVN", help="Hvem som er koordinator. Kan gjentas."),
    ] = None,
    keeping: Annotated[
        str | None,
        typer.Option(
            "--nøkkel",
            metavar="HVOR",
            help="Hvor nøkkelen skal være: fil, nøkkelring eller passord. "
            "Uten dette: nøkkelringen der maskinen har en, ellers en fil.",
        ),
    ] = None,
    sheet: Annotated[
        str | None,
        typer.Option(
            "--ark",
            metavar="FIL",
            help="Skriver nøkkelen på et gjenopprettingsark også: .pdf eller .txt.",
        ),
    ] = None,
) -> None:
    """Oppretter avdelingen: en kryptert fil, og nøkkelen som åpner den.

    Uten valg spør kommandoen om det den trenger.

    \b
    hsf start
    hsf start --navn "Home-Start Solvik" --drifter "Solvik kommune" --koordinator "Siri Lund"
    hsf start --navn "Home-Start Solvik" --nøkkel passord --ark nøkkel.pdf
    """
    chosen = one_of("--nøkkel", keeping, list(KEEPINGS)) if keeping else None
    described = Department(
        name=read("--navn", name or "", single_line),
        operator=read("--drifter", operator or "", single_line) or None,
        position_percent=100 if position is None else read("--stilling", position, percent),
        coordinators=read("--koordinator", ",".join(coordinators or ()), names),
    )
    path = database_path(ctx)
    refuse_existing(path)
    target = files.target("--ark", Path(sheet), SHEET_ENDINGS) if sheet else None
    if target:
        files.may_write(target, yes=False)
    asks = not described.name
    if asks:
        described = _asked(described, position_known=position is not None)
    kept = chosen or keeping_chosen(ctx, asks=asks)
    behind = passphrase_behind(kept, ctx)
    with started(path, described, kept, behind) as store:
        screen.say(f"\n{described.name} er opprettet: {path}")
        screen.say(where(kept, salt_of(path)))
        if target:
            write_sheet(ctx, store, target, behind)
        else:
            screen.say(WRITE_SHEET)
    screen.say(_NEXT)


def _asked(said: Department, *, position_known: bool) -> Department:
    """The department with what the options did not say, asked for."""
    if screen.at_terminal():
        screen.tell(_WELCOME)
    name = questions.text("Hva heter avdelingen?", "--navn", "Skriv navnet på avdelingen.")
    operator, size, coordinators = said.operator, said.position_percent, said.coordinators
    if operator is None:
        who = "Hvem driver den? Kommunen eller organisasjonen:"
        operator = single_line(questions.optional(who, single_line)) or None
    if not position_known:
        asked = "Hvor stor er koordinatorstillingen, i prosent?"
        size = percent(questions.optional(asked, percent, str(size)))
    if not coordinators:
        coordinators = names(
            questions.optional("Hvem er koordinator? Flere med komma mellom:", names)
        )
    return Department(name, operator, size, coordinators)
