"""The recovery sheet, to print or to keep as a text."""

from datetime import datetime
from textwrap import fill

from hsf_cli.dates import written
from hsf_cli.documents.pdf.templates import pdf
from hsf_cli.recovery import Sheet

_WIDTH = 76

TITLE = "Gjenopprettingsark"
WARNING = "Hemmelig: den som har dette arket og avdelingens fil, kan lese alt."

WHAT = (
    "Dette er nøkkelen til avdelingen. Alt som er registrert, er kryptert med den. Blir nøkkelen "
    "på maskinen borte, er dette arket det eneste som åpner avdelingen igjen: ingen andre har "
    "nøkkelen, heller ikke de som har laget hsf."
)
KEEPING = (
    "Legg arket i en låst skuff, et brannsikkert skap eller en bankboks.",
    "Ha det aldri sammen med maskinen, og aldri sammen med kopier av avdelingens fil.",
    "Er det en tekstfil, så legg den på en minnepinne som ligger trygt, og slett den fra maskinen.",
    "Makuler arket når nøkkelen er byttet, og skriv et nytt.",
)
USE = (
    "Installer hsf på maskinen.",
    "Legg avdelingens fil, eller en kopi av den, på maskinen.",
    "Skriv: hsf data nøkkel --fra-ark. Ligger filen et annet sted enn ellers, så legg til "
    "--database og hvor den er.",
    "Skriv inn de fire linjene. Store og små bokstaver er det samme, og mellomrom betyr ingenting.",
)
SIGNS = (
    "Tegnene er sifre og bokstaver uten I, L, O og U: en ring er alltid null, og en strek er "
    "alltid en. Det siste tegnet i hver linje er et kontrolltegn."
)


def as_text(sheet: Sheet) -> bytes:
    """The sheet as a text file, which `recovery.read` reads."""
    parts = [
        TITLE.upper(),
        WARNING,
        "\n".join(f"{label}: {value}" for label, value in _about(sheet)),
        "\n".join(f"    {number}:  {line}" for number, line in enumerate(sheet.lines, 1)),
        _filled(SIGNS),
        _filled(WHAT),
        "\n".join(["Slik oppbevarer du det:", *map(_bullet, KEEPING)]),
        "\n".join(["Slik bruker du det:", *map(_bullet, USE)]),
    ]
    return ("\n\n".join(parts) + "\n").encode()


def as_pdf(sheet: Sheet, at: datetime) -> bytes:
    """The sheet as PDF, one page."""
    data = {
        "title": TITLE,
        "warning": WARNING,
        "about": _about(sheet),
        "lines": sheet.lines,
        "signs": SIGNS,
        "what": WHAT,
        "keeping": KEEPING,
        "use": USE,
        "department": sheet.department,
    }
    return pdf("key_sheet.typ", data, at)


def _about(sheet: Sheet) -> list[tuple[str, str]]:
    return [
        ("Avdeling", sheet.department),
        ("Fil", sheet.file),
        ("Skrevet", written(sheet.written_on)),
    ]


def _bullet(sentence: str) -> str:
    return _filled(f"- {sentence}", hanging="  ")


def _filled(text: str, hanging: str = "") -> str:
    return fill(text, _WIDTH, subsequent_indent=hanging, break_on_hyphens=False)
