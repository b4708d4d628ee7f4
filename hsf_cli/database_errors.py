"""What SQLite says when a database cannot be used, in the coordinator's words."""

from pathlib import Path

from hsf_cli.errors import NoDepartment

# Pieces of SQLite's own messages, and what to say of each: what happened, and what to do.
_EXPLANATIONS = (
    (
        ("is locked", "is busy"),
        "Avdelingen er opptatt: noen andre skriver i den akkurat nå.",
        "Vent litt og prøv igjen.",
    ),
    (
        ("write a readonly", "unable to open"),
        "Avdelingens fil kan ikke skrives: {path}",
        "Se etter at filen og mappen er dine egne, og at det er plass på disken.",
    ),
    (
        ("disk is full", "disk I/O error"),
        "Disken er full eller svarer ikke. Ingenting ble skrevet.",
        "Gjør plass, eller koble til stasjonen igjen, og prøv på nytt.",
    ),
    (
        ("is not a database", "image is malformed"),
        "Avdelingen kan ikke låses opp: nøkkelen passer ikke, eller filen er skadet: {path}",
        "Bruk nøkkelen som hører til denne filen, eller hent frem en kopi av avdelingen.",
    ),
)


def explained(message: str, path: Path) -> NoDepartment | None:
    """The error to tell of; None for a message that only a bug in the program can bring."""
    for pieces, text, advice in _EXPLANATIONS:
        if any(piece in message for piece in pieces):
            return NoDepartment(text.format(path=path), advice)
    return None
