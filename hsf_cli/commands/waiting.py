"""`hsf venteliste`: who waits, since when."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Annotated, Any

import typer

from hsf_cli import dates, numbers
from hsf_cli.codes import code_list
from hsf_cli.commands.common import opened, read
from hsf_cli.records import KINDS
from hsf_cli.registers.waiting import Stage, Waiting, median_days, waiting_list
from hsf_cli.spelling import folded
from hsf_cli.store import Store
from hsf_cli.ui import screen
from hsf_cli.ui.commandline import commands
from hsf_cli.ui.listing import Column, Listing, lists, one_of, show
from hsf_cli.ui.offered import codes, words

app = commands()

_STAGES: dict[Stage, str] = {"besøk": "hjemmebesøk", "familiekontakt": "familiekontakt"}
_FIRST = "Når en familie tar kontakt: hsf henvendelse ny"


@lists(app, "venteliste")
def waiting(
    ctx: typer.Context,
    per: Annotated[
        str, typer.Option("--per", metavar="DATO", help="Hvem som ventet den dagen; ellers i dag.")
    ] = "i dag",
    stage: Annotated[
        str | None,
        typer.Option(
            "--steg",
            metavar="STEG",
            help="Bare de som venter på dette: besøk (hjemmebesøk) eller familiekontakt.",
            autocompletion=words(*_STAGES),
        ),
    ] = None,
    area: Annotated[
        str | None, typer.Option("--område", metavar="OMRÅDE", help="Bare dette området.")
    ] = None,
    support: Annotated[
        str | None,
        typer.Option(
            "--støtte",
            metavar="KODE",
            help="Bare de som ønsker denne støtten.",
            autocompletion=codes("support"),
        ),
    ] = None,
    prefers: Annotated[
        str | None,
        typer.Option(
            "--foretrekker",
            metavar="TID",
            help="Bare de som helst vil ha besøk da: før 15, etter 15.",
            autocompletion=codes("time_of_day"),
        ),
    ] = None,
    language: Annotated[
        str | None, typer.Option("--språk", metavar="SPRÅK", help="Bare de som snakker dette.")
    ] = None,
) -> Listing:
    """Viser hvem som venter, den eldste henvendelsen først.

    En familie venter fra henvendelsen kommer til den avsluttes, unntatt mens et oppdrag pågår.
    Har den hatt en familiekontakt og venter på en ny, står det også siden når den venter igjen.

    \b
    hsf venteliste
    hsf venteliste --per 31.12.2025
    hsf venteliste --steg familiekontakt --område Sentrum --foretrekker "etter 15"
    """
    stage = _choice("--steg", stage, list(_STAGES))
    support = _choice("--støtte", support, list(code_list("support")))
    prefers = _choice("--foretrekker", prefers, list(code_list("time_of_day")))
    day = read("--per", per, lambda text: dates.typed_date(text, dates.today()))
    with opened(ctx) as store:
        everyone = waiting_list(store, day)
    found = [
        one
        for one in everyone
        if stage in (None, one.stage)
        and (support is None or support in one.support)
        and prefers in (None, one.prefers)
        and (area is None or folded(area) == folded(one.area or ""))
        and (language is None or folded(language) in folded(one.language or ""))
    ]
    return _listing(found, len(everyone), day)


def show_waiting_list(store: Store, day: date) -> None:
    """Shows everyone who waits that day, as a table."""
    everyone = waiting_list(store, day)
    rows = [one._asdict() for one in everyone]
    if rows:
        show(_columns(day), rows, "tabell")
    screen.say(_foot(len(rows), day)(rows))


def _choice(option: str, text: str | None, known: Sequence[str]) -> str | None:
    return None if text is None else one_of(option, text, known)


def _listing(found: Sequence[Waiting], everyone: int, day: date) -> Listing:
    foot = _foot(everyone, day)
    return Listing(_columns(day), [one._asdict() for one in found], foot([]), foot)


def _columns(day: date) -> list[Column]:
    support = code_list("support").labels
    return [
        Column("number", "Nr."),
        Column("family_name", "Familie", main=True, personal=True),
        Column("received_on", "Mottatt", dates.written),
        Column("days", "Dager", right=True),
        Column("stage", "Venter på", _STAGES.__getitem__),
        Column("again_since", "Igjen siden", _since(day), detail="igjen siden"),
        Column("ages", "Barnas alder", lambda ages: ", ".join(map(str, ages)), detail="barn"),
        Column("area", "Område", detail=""),
        Column(
            "support",
            "Ønsker",
            lambda codes: ", ".join(support[code] for code in codes),
            detail="",
        ),
        Column("prefers", "Helst", detail="helst"),
        Column("language", "Språk", detail="snakker"),
        Column("last_talk_on", "Sist snakket", dates.written, detail="sist snakket"),
        Column("phone", "Telefon", detail="", personal=True),
    ]


def _since(day: date) -> Callable[[str], str]:
    """How the day is written from which a family waits again, with how long that is."""

    def written(since: str) -> str:
        return f"{dates.written(since)} ({_days((day - date.fromisoformat(since)).days)})"

    return written


def _foot(everyone: int, day: date) -> Callable[[Sequence[dict[str, Any]]], str]:
    """What to say under those who are shown, of everyone who waits that day."""
    when = "i dag" if day == dates.today() else f"per {dates.written(day)}"
    families = KINDS["family"].counted

    def foot(rows: Sequence[dict[str, Any]]) -> str:
        if not everyone:
            return f"Ingen venter {when}. {_FIRST}"
        if not rows:
            text = f"{families(everyone)} venter {when}, men ingen av dem passer med valgene."
            return f"{text} Se alle: hsf venteliste"
        for_visit = sum(row["stage"] == "besøk" for row in rows)
        of_all = "" if len(rows) == everyone else f" (av {everyone})"
        text = (
            f"{families(len(rows))}{of_all} venter {when}: {for_visit} på hjemmebesøk, "
            f"{len(rows) - for_visit} på familiekontakt."
        )
        middle = median_days([row["days"] for row in rows])
        if len(rows) > 1 and middle:
            text += f" Halvparten har ventet i {_days(middle)} eller mer."
        return text

    return foot


def _days(number: int) -> str:
    return "1 dag" if number == 1 else f"{numbers.written(number)} dager"
