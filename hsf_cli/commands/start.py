"""`hsf start`: a new department."""

from typing import Annotated

import typer

from hsf_cli import keys, numbers
from hsf_cli.commands.common import database_path, new_passphrase, read
from hsf_cli.errors import WrongUse
from hsf_cli.keys import Keeping
from hsf_cli.registers.department import Department, started
from hsf_cli.spelling import folded
from hsf_cli.store import salt_of
from hsf_cli.ui import questions, screen
from hsf_cli.ui.commandline import command

app = typer.Typer(add_completion=False)

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
        str,
        typer.Option("--stilling", metavar="PROSENT", help="Koordinatorstillingen, i prosent."),
    ] = "100",
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
    percent = read("--stilling", position.removesuffix("%"), numbers.count)
    if not 1 <= percent <= 1000:
        raise WrongUse(
            f"--stilling {percent} kan ikke stemme.", "Skriv prosenten, for eksempel 80."
        )
    chosen = _keeping(keeping) if keeping else keys.default_keeping()
    path = database_path(ctx)
    with started(
        path,
        Department(
            (name or "").strip() or questions.text("Hva heter avdelingen?", "--navn"),
            operator,
            percent,
        ),
        chosen,
        lambda: new_passphrase(ctx),
    ):
        screen.say(f"Avdelingen er opprettet: {path}")
        screen.say(_key_text(chosen, salt_of(path)))
    screen.say("\nNå kan du hente inn det du har fra før: hsf data mal avdeling.xlsx")


def _keeping(text: str) -> Keeping:
    for keeping in _KEEPINGS:
        if folded(keeping) == folded(text):
            return keeping
    raise WrongUse(f"--nøkkel «{text}» finnes ikke.", f"Velg en av: {', '.join(_KEEPINGS)}.")


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
