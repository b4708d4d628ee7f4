"""`hsf start`: a new department."""

from typing import Annotated

import typer

from hsf_cli import keys, numbers
from hsf_cli.commands.common import database_path, new_passphrase, one_of, read, settings
from hsf_cli.errors import Unreadable
from hsf_cli.keys import Keeping
from hsf_cli.registers.department import Department, started
from hsf_cli.store import refuse_existing, salt_of
from hsf_cli.texts import single_line
from hsf_cli.ui import questions, screen
from hsf_cli.ui.commandline import command

app = typer.Typer(add_completion=False)

# Several coordinators may share a department.
_LARGEST_POSITION = 1000
_KEEPINGS: tuple[Keeping, ...] = ("fil", "nøkkelring", "passord")


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

    \b
    hsf start --navn "Home-Start Solvik" --drifter "Solvik kommune"
    hsf start --navn "Home-Start Solvik" --nøkkel passord
    """
    chosen = _keeping(ctx, keeping)
    percent = None if position is None else read("--stilling", position, _percent)
    path = database_path(ctx)
    refuse_existing(path)
    department = _described(name, operator, percent)
    with started(path, department, chosen, lambda: new_passphrase(ctx)):
        screen.say(f"Avdelingen er opprettet: {path}")
        screen.say(_key_text(chosen, salt_of(path)))
    screen.say("\nNå kan du hente inn det du har fra før: hsf data mal avdeling.xlsx")


def _keeping(ctx: typer.Context, text: str | None) -> Keeping:
    """Where the key is to be: as asked for, and a passphrase that is given is meant to be used."""
    if text:
        return one_of("--nøkkel", text, _KEEPINGS)
    return "passord" if settings(ctx).passphrase_from else keys.default_keeping()


def _described(name: str | None, operator: str | None, percent: int | None) -> Department:
    """The department as the options have it, and the questions where they are silent."""
    called = read("--navn", name or "", single_line)
    if not called:
        called = questions.text("Hva heter avdelingen?", "--navn", "Skriv navnet på avdelingen.")
        if operator is None:
            operator = questions.optional(
                "Hvem driver den? Kommunen eller organisasjonen:", single_line
            )
        if percent is None:
            size = "Hvor stor er koordinatorstillingen, i prosent?"
            percent = _percent(questions.optional(size, _percent, "100"))
    operated_by = read("--drifter", operator or "", single_line)
    return Department(called, operated_by or None, percent or 100)


def _percent(text: str) -> int:
    try:
        percent = numbers.count(text.removesuffix("%").strip())
    except Unreadable:
        percent = 0
    if not 1 <= percent <= _LARGEST_POSITION:
        raise Unreadable("Skriv prosenten som et helt tall, for eksempel 60.")
    return percent


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
