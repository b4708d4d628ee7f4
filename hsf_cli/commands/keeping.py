"""Where a key is to be kept: asked about, and told of."""

import typer

from hsf_cli import keys
from hsf_cli.commands.common import new_passphrase, settings
from hsf_cli.keys import Keeping, Passphrase
from hsf_cli.ui import questions

KEEPINGS: dict[Keeping, str] = {
    "fil": "I en fil: nok på en maskin som bare du bruker",
    "nøkkelring": "I maskinens nøkkelring, som åpnes når du logger inn",
    "passord": "Bak et passord: trygt der flere bruker maskinen",
}


def keeping_chosen(ctx: typer.Context, *, asks: bool) -> Keeping:
    """Where the key is to be when no option says it: a passphrase that is given is meant."""
    if settings(ctx).passphrase_from:
        return "passord"
    usual = keys.default_keeping()
    if not asks:
        return usual
    has_ring = usual == "nøkkelring"
    choices = {one: text for one, text in KEEPINGS.items() if has_ring or one != "nøkkelring"}
    return questions.choice("Hvor skal nøkkelen ligge?", choices, usual)


def passphrase_behind(
    keeping: Keeping, ctx: typer.Context, new_from: str | None = None, *, another: bool = False
) -> Passphrase:
    """The passphrase that the key is to be behind, asked for now and once; none elsewhere."""
    if keeping != "passord":
        return str
    chosen = new_passphrase(ctx, new_from, another=another)
    return lambda: chosen


def where(keeping: Keeping, salt: str) -> str:
    """Where the key is, and what else is needed to open the department."""
    match keeping:
        case "fil":
            return (
                f"Nøkkelen ligger i filen {keys.key_file(salt)}\n"
                "Uten den kan ingen åpne avdelingen."
            )
        case "nøkkelring":
            return "Nøkkelen ligger i maskinens nøkkelring, bak din egen innlogging."
        case "passord":
            return (
                f"Passordet åpner nøkkelen i {keys.passphrase_file(salt)}\n"
                "Uten begge kan ingen åpne avdelingen."
            )
