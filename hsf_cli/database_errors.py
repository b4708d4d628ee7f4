"""What SQLite says when a database cannot be used or a change goes against it, explained."""

from pathlib import Path

from hsf_cli.errors import Damaged, HsfError, NoDepartment, Stopped

_BUSY = ("is locked", "is busy")

# Pieces of SQLite's own messages, and what to say of each: what happened, and what to do.
_EXPLANATIONS: tuple[tuple[type[HsfError], tuple[str, ...], str, str], ...] = (
    (
        NoDepartment,
        _BUSY,
        "Avdelingen er opptatt: noen andre skriver i den akkurat nå.",
        "Vent litt og prøv igjen.",
    ),
    (
        NoDepartment,
        ("write a readonly", "unable to open"),
        "Avdelingens fil kan ikke skrives: {path}",
        "Se etter at stasjonen er koblet til, at filen og mappen er dine egne, og at det er plass "
        "på disken.",
    ),
    (
        NoDepartment,
        ("disk is full", "disk I/O error"),
        "Disken er full eller svarer ikke. Ingenting er endret i avdelingen.",
        "Gjør plass, eller koble til stasjonen igjen, og prøv på nytt.",
    ),
    (
        NoDepartment,
        ("PRAGMA key or rekey",),  # it says no more; what was encrypted anew is rolled back
        "Filen kunne ikke få ny nøkkel: {path}",
        "Se etter at filen er din egen, og at disken har plass til den en gang til.",
    ),
    (
        Damaged,
        ("is not a database", "image is malformed", "malformed JSON"),
        "Avdelingen kan ikke låses opp: nøkkelen passer ikke, eller filen er skadet: {path}",
        "Er nøkkelen nettopp byttet i et annet vindu, så prøv igjen. Er den byttet på en annen "
        "maskin, så bruk det nye arket: hsf data nøkkel --fra-ark. "
        "Ellers hent frem en kopi: hsf data gjenopprett",
    ),
    # The schema is the last to look: what can be told more plainly, a command has told before.
    (
        Stopped,
        ("UNIQUE constraint failed: inquiry.family_id",),
        "Familien har allerede en åpen henvendelse.",
        "Avslutt den først, eller bruk den.",
    ),
    (
        Stopped,
        ("UNIQUE constraint failed: annual_report.year",),
        "Det finnes allerede en årsrapport for det året. Ingenting er lagret.",
        "Se den med «hsf rapport vis ÅR».",
    ),
    (
        Stopped,
        ("UNIQUE constraint failed",),
        "Det finnes allerede en slik post. Ingenting er lagret.",
        "Se etter den med «liste», og rett den med «endre».",
    ),
    (
        Stopped,
        ("CHECK constraint failed", "NOT NULL constraint failed"),
        "Opplysningene går ikke sammen: noe mangler, eller datoene kommer i feil rekkefølge.",
        "Se over det du skrev. Ingenting er lagret.",
    ),
    (
        Stopped,
        ("FOREIGN KEY constraint failed",),
        "Noe annet hører til denne posten, så den kan ikke slettes. Ingenting er lagret.",
        "Slett det som hører til, først.",
    ),
)


def explained(message: str, path: Path) -> HsfError | None:
    """The error to tell of; None for a message that only a bug in the program can bring."""
    for kind, pieces, text, advice in _EXPLANATIONS:
        if any(piece in message for piece in pieces):
            return kind(text.format(path=path), advice)
    return None


def is_busy(error: Exception) -> bool:
    """Whether it is only that somebody else uses the database at the moment."""
    return any(piece in str(error) for piece in _BUSY)
