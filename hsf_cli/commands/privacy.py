"""`hsf personvern innsyn`, `frister` and `protokoll`: what is kept on people, and for how long."""

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from hsf_cli import dates, places, whose
from hsf_cli.commands import erasing, files
from hsf_cli.commands.common import opened
from hsf_cli.commands.insight import Extract, as_json, extract
from hsf_cli.commands.insight_on_paper import as_document
from hsf_cli.commands.people import Somebody, chosen
from hsf_cli.commands.processing import processing
from hsf_cli.commands.records import Yes
from hsf_cli.documents.writers import WRITERS
from hsf_cli.records import KINDS
from hsf_cli.registers import mentions, retention
from hsf_cli.registers.department import settings
from hsf_cli.texts import listed
from hsf_cli.ui import questions, screen
from hsf_cli.ui.commandline import command, commands
from hsf_cli.ui.listing import Column, Listing, lists

app = commands()

_PDF, _JSON = ".pdf", ".json"
_RECORD_ENDINGS = (".md", ".docx", ".pdf")


@command(app, "innsyn")
def insight(
    ctx: typer.Context,
    which: Somebody = None,
    to: Annotated[
        str | None,
        typer.Option(
            "--til", metavar="MAPPE|FIL", help="En fil, .pdf eller .json, eller en mappe for begge."
        ),
    ] = None,
    concerns: Annotated[
        bool,
        typer.Option(
            "--bekymringsmeldinger/--uten-bekymringsmeldinger",
            help="Utelater at det er sendt bekymringsmeldinger, og når.",
        ),
    ] = True,
    yes: Yes = False,
) -> None:
    """Skriver alt som er lagret om en familie eller familiekontakt, klart til å gi dem.

    Med er hva opplysningene brukes til, hvor lenge, hvem som har fått dem, og loggen. Opplysninger
    om andre er utelatt. Filene er ikke kryptert: slett dem når de er overlevert.

    \b
    hsf personvern innsyn F12 --til innsyn-F12.pdf
    hsf personvern innsyn V3 --til innsyn
    """  # fmt: skip
    now = dates.now()
    with opened(ctx) as store:
        table, number = chosen(store, which)
        short = KINDS[table].name(number)
        targets = _targets(to or _asked(short), f"innsyn-{short}-{dates.today().isoformat()}")
        for target in targets:
            files.may_write(target, yes=yes)
        found = extract(store, table, number, concerns=concerns)
        elsewhere = mentions.found(store, whose.ever(store, table, number))
        contents = [_written(target, found, now) for target in targets]
        with files.going_out(ctx, store, named=True, several=len(targets) > 1):
            for target, content in zip(targets, contents, strict=True):
                files.put(target, content)
    screen.say(f"Skrevet: {listed([str(files.place(one)) for one in targets])}")
    screen.tell("Les gjennom før du gir det fra deg: tekster som er skrevet, kan nevne andre.")
    erasing.tell_mentions(
        [one for one in elsewhere if one.is_certain],
        "Er også nevnt i andres tekster. Det er ikke med; se selv om noe av det skal gis:",
    )
    if found.records.get("concern_report"):
        screen.tell(
            "En bekymringsmelding står der. Skal den ikke være med: "
            f"hsf personvern innsyn {short} --uten-bekymringsmeldinger"
        )


def _written(target: Path, found: Extract, at: datetime) -> bytes:
    """The extract as the ending of its file wants it."""
    if target.suffix.casefold() == _JSON:
        return (as_json(found) + "\n").encode()
    return WRITERS[_PDF](as_document(found, at))


def _asked(short: str) -> str:
    """Where it is to be written, asked for at a terminal."""
    usual = f"innsyn-{short}.pdf"
    hint = f"Skriv et filnavn, for eksempel {usual}, eller en mappe."
    return questions.text("Hvilken fil eller mappe skal det skrives til?", "--til", hint, usual)


def _targets(typed: str, name: str) -> list[Path]:
    """The files to write: the one that is named, or both in a folder."""
    path = places.path(typed)
    if path.suffix and not path.is_dir():
        return [files.target("--til", path, (_PDF, _JSON))]
    places.owner_only(path)
    return [path / f"{name}{ending}" for ending in (_PDF, _JSON)]


@lists(app, "frister")
def deadlines(ctx: typer.Context) -> Listing:
    """Viser hvem som har vært her lenger enn avdelingen skal ta vare på det, de eldste først.

    Fristen regnes fra siste sak ble avsluttet, eller fra familiekontakten sluttet. For kandidater
    som ikke kom lenger, er det fra det siste som er ført. Hvor lang den er, bestemmer avdelingen.

    \b
    hsf personvern frister
    hsf personvern frister --uten-navn
    """
    with opened(ctx) as store:
        months = settings(store).retention_months
        rows = [_row(one) for one in retention.expired(store, dates.today())]
    return Listing(
        _COLUMNS,
        rows,
        f"Ingen frister har gått ut: de er {months} måneder etter siste sak, eller etter slutt.",
        foot=lambda shown: (
            f"Anonymiser én: {shown[0]['command']}\n"
            "Anonymiser alle: hsf personvern anonymiser --forfalt"
        ),
    )


_COLUMNS = [
    Column("number", "Nr."),
    Column("name", "Navn", main=True, personal=True),
    Column("standing", "Hva", detail=""),
    Column("last_on", "Regnes fra", dates.written),
    Column("expired_on", "Fristen gikk ut", dates.written, detail="frist"),
]


def _row(one: retention.Kept) -> dict[str, Any]:
    return {
        "number": one.short,
        "name": one.name,
        "standing": one.standing,
        "last_on": one.last_on.isoformat(),
        "expired_on": one.expires_on.isoformat(),
        "command": f"hsf personvern anonymiser {one.short}",
    }


@command(app, "protokoll")
def record_of_processing(
    ctx: typer.Context,
    to: Annotated[
        Path | None,
        typer.Option(
            "--til", metavar="FIL", help="Filen: .md, .docx eller .pdf; ellers vises den."
        ),
    ] = None,
    yes: Yes = False,
) -> None:
    """Skriver protokollen over behandlingsaktiviteter, fylt ut med det som er satt for avdelingen.

    Det er den personvernforordningen ber om i artikkel 30. Den har ingen navn på familier eller
    familiekontakter. Det som den behandlingsansvarlige må bekrefte selv, står merket.

    \b
    hsf personvern protokoll
    hsf personvern protokoll --til protokoll.docx
    """
    target = None if to is None else files.target("--til", to, _RECORD_ENDINGS)
    if target:
        files.may_write(target, yes=yes)
    with opened(ctx) as store:
        document = processing(store, dates.now())
        if target:
            content = WRITERS[target.suffix.casefold()](document)
            with files.going_out(ctx, store, named=False):
                files.put(target, content)
            screen.say(f"Skrevet: {files.place(target)}")
            return
    from hsf_cli.documents.as_markdown import as_markdown

    screen.write(as_markdown(document))
