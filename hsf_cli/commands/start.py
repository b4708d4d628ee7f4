"""`hsf start`: a new department."""

from typing import Annotated

import typer

from hsf_cli import keys
from hsf_cli.commands.common import database_path, new_passphrase, read, settings
from hsf_cli.commands.department_fields import names, percent
from hsf_cli.keys import Keeping
from hsf_cli.registers.department import Department, started
from hsf_cli.store import refuse_existing, salt_of
from hsf_cli.texts import single_line
from hsf_cli.ui import questions, screen
from hsf_cli.ui.commandline import command, commands
from hsf_cli.ui.listing import one_of

app = commands()

_KEEPINGS: dict[Keeping, str] = {
    "fil": "I en fil: nok på en maskin som bare du bruker",
    "nøkkelring": "I maskinens nøkkelring, som åpnes når du logger inn",
    "passord": "Bak et passord: trygt der flere bruker maskinen",
}

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
) -> None:
    """Oppretter avdelingen: en kryptert fil, og nøkkelen som åpner den.

    Uten valg spør kommandoen om det den trenger.

    \b
    hsf start
    hsf start --navn "Home-Start Solvik" --drifter "Solvik kommune" --koordinator "Siri Lund"
    hsf start --navn "Home-Start Solvik" --nøkkel passord
    """
    chosen = one_of("--nøkkel", keeping, list(_KEEPINGS)) if keeping else None
    described = Department(
        name=read("--navn", name or "", single_line),
        operator=read("--drifter", operator or "", single_line) or None,
        position_percent=100 if position is None else read("--stilling", position, percent),
        coordinators=read("--koordinator", ",".join(coordinators or ()), names),
    )
    path = database_path(ctx)
    refuse_existing(path)
    asks = not described.name
    if asks:
        described = _asked(described, position_known=position is not None)
    kept = chosen or _keeping(ctx, asks=asks)
    with started(path, described, kept, lambda: new_passphrase(ctx)):
        screen.say(f"\n{described.name} er opprettet: {path}")
        screen.say(_key_text(kept, salt_of(path)))
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
        coordinators = names(questions.optional("Hvem er koordinator? Flere med komma:", names))
    return Department(name, operator, size, coordinators)


def _keeping(ctx: typer.Context, *, asks: bool) -> Keeping:
    """Where the key is to be when no option says it: a passphrase that is given is meant."""
    if settings(ctx).passphrase_from:
        return "passord"
    usual = keys.default_keeping()
    if not asks:
        return usual
    has_ring = usual == "nøkkelring"
    choices = {one: text for one, text in _KEEPINGS.items() if has_ring or one != "nøkkelring"}
    return questions.choice("Hvor skal nøkkelen ligge?", choices, usual)


def _key_text(keeping: Keeping, salt: str) -> str:
    match keeping:
        case "fil":
            return (
                f"Nøkkelen ligger i filen {keys.key_file(salt)}\n"
                "Uten den kan ingen åpne avdelingen. Ta en kopi, og legg den et annet trygt sted."
            )
        case "nøkkelring":
            return "Nøkkelen ligger i maskinens nøkkelring, bak din egen innlogging."
        case "passord":
            return (
                f"Passordet åpner nøkkelen i {keys.passphrase_file(salt)}\n"
                "Uten begge kan ingen åpne avdelingen. Ta vare på passordet og en kopi av filen."
            )
