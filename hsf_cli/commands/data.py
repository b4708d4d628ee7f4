"""`hsf data importer`, `eksporter` and `mal`: files in and out."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from hsf_cli import dates, places
from hsf_cli.commands import files
from hsf_cli.commands.common import copied_first, opened
from hsf_cli.commands.records import UNDO
from hsf_cli.errors import Stopped, WrongUse
from hsf_cli.exchange import importing, sources
from hsf_cli.exchange.planning import Options, SheetResult
from hsf_cli.texts import listed
from hsf_cli.ui import screen
from hsf_cli.ui.commandline import command, commands
from hsf_cli.ui.listing import FORMATS, Column, one_of, show
from hsf_cli.ui.progress import progress_bar

app = commands()


@command(app, "importer")
def import_files(
    ctx: typer.Context,
    path: Annotated[
        Path,
        typer.Argument(
            metavar="MAPPE|FIL.xlsx", help="En mappe med CSV-filer, eller en arbeidsbok."
        ),
    ],
    dry_run: Annotated[
        bool, typer.Option("--prøv", help="Viser hva som ville skje, og skriver ingenting.")
    ] = False,
    update: Annotated[
        bool,
        typer.Option("--oppdater", help="Tar inn endringer i poster som finnes fra før."),
    ] = False,
    skip_unknown: Annotated[
        bool, typer.Option("--hopp-over-ukjente", help="Hopper over kolonner hsf ikke kjenner.")
    ] = False,
    revive: Annotated[
        bool,
        typer.Option(
            "--også-slettede", help="Tar inn igjen poster som er slettet eller slått sammen."
        ),
    ] = False,
    format: Annotated[
        str, typer.Option("--format", metavar="FORMAT", help="tabell, csv eller json.")
    ] = "tabell",
) -> None:
    """Henter inn poster fra en mappe med CSV-filer eller en arbeidsbok.

    Alt hentes inn, eller ingenting: er noe galt, står hver feil med fil, linje og hva som er
    riktig. Poster som finnes fra før, kommer ikke inn to ganger.

    \b
    hsf data importer regneark --prøv
    hsf data importer avdeling.xlsx
    hsf data importer regneark --oppdater
    """
    chosen = one_of("--format", format, FORMATS)
    options = Options(dry_run, update, skip_unknown, revive)
    with opened(ctx) as store, sources.opened(places.path(path)) as source:
        if chosen == "tabell":
            _tell_unread(source)
        if dry_run:
            store.before_change = None
        else:
            copied_first(store, "før-import")
        with progress_bar("Leser") as progress:
            results = importing.imported(store, source, options, dates.today(), progress)
    if chosen != "tabell":  # not before: an error must stand alone on stderr
        _tell_unread(source)
    rows = [asdict(result) for result in results]
    if chosen == "tabell":
        show(_RESULT_COLUMNS, [row for row in rows if _has_rows(row)], chosen)
        screen.say(_import_summary(results, options, _again(path, options)))
    else:
        show(_RESULT_COLUMNS, rows, chosen)


@command(app, "eksporter")
def export_files(
    ctx: typer.Context,
    path: Annotated[
        Path | None,
        typer.Argument(
            metavar="MAPPE|FIL.xlsx", help="Hvor det skal: en mappe, eller en arbeidsbok."
        ),
    ] = None,
    to: Annotated[
        Path | None,
        typer.Option("--til", metavar="FIL", help="Det samme, eller en FIL.db uten navn."),
    ] = None,
    nameless: Annotated[
        bool, typer.Option("--uten-navn", help="Uten navn, i en FIL.db til å regne på.")
    ] = False,
    yes: Annotated[bool, typer.Option("--ja", help="Skriver over det som er der.")] = False,
) -> None:
    """Skriver alle poster til en mappe med CSV-filer eller en arbeidsbok.

    Filene kan hentes inn igjen som de er. De er ikke kryptert og har navn i seg: bare du kan
    lese dem på denne maskinen, og de bør slettes når du er ferdig med dem.

    En FIL.db er en vanlig SQLite-fil uten navn, til Datasette, sqlite-utils, pandas eller R.
    Den kan ikke hentes inn igjen. I en liten avdeling kan noen likevel kjennes igjen i den.

    \b
    hsf data eksporter alle-poster
    hsf data eksporter avdeling.xlsx --ja
    hsf data eksporter --til analyse.db --uten-navn
    """
    typed = _one_target(path, to)
    if nameless or typed.suffix.casefold() == ".db":
        _export_nameless(ctx, typed, nameless=nameless, yes=yes)
    else:
        _export_named(ctx, places.path(typed), yes=yes)


def _one_target(path: Path | None, to: Path | None) -> Path:
    """Where the export is to go, as an argument or an option says it. Raises WrongUse."""
    if path and to:
        raise WrongUse(f"Skal det til {path} eller til {to}?", "Skriv bare den ene.")
    if typed := path or to:
        return typed
    raise WrongUse(
        "Det står ikke hvor postene skal.",
        "Skriv MAPPE eller FIL.xlsx, eller bruk --til: hsf data eksporter avdeling.xlsx",
    )


def _export_named(ctx: typer.Context, target: Path, *, yes: bool) -> None:
    from hsf_cli.exchange.exporting import exported, in_the_way

    with opened(ctx) as store:
        if there := in_the_way(target):
            files.may_write(there, yes=yes)
        with (
            files.going_out(ctx, store, named=True, several=True),
            files.writing(target),
            progress_bar("Skriver") as progress,
        ):
            counts = exported(store, target, dates.today(), progress)
    _tell_written("Ark", counts)
    screen.say(f"Skrevet til {files.place(target)}.")


def _export_nameless(ctx: typer.Context, typed: Path, *, nameless: bool, yes: bool) -> None:
    if not nameless:
        raise WrongUse(
            "En .db-fil som andre programmer kan lese, er ikke kryptert. Derfor skriver hsf den "
            "bare uten navn.",
            f"hsf data eksporter --til {screen.quoted(typed)} --uten-navn",
        )
    target = files.target("--til", typed, [".db"])
    from hsf_cli.analysis.writing import metadata_path, written

    with opened(ctx) as store:
        _refuse_other_database(target)
        for there in (target, metadata_path(target)):
            files.may_write(there, yes=yes)
        with (
            files.going_out(ctx, store, named=False),
            files.writing(target),
            progress_bar("Skriver") as progress,
        ):
            counts = written(store, target, dates.today(), progress)
    _tell_written("Tabell", counts)
    screen.say(f"Skrevet til {files.place(target)}.")
    screen.say(f"Forklaringer for Datasette står i {metadata_path(target).name} i samme mappe.")
    screen.tell(_KNOWN_AGAIN)


def _refuse_other_database(target: Path) -> None:
    """Raises Stopped where a file is there that is no such export: it may be the department."""
    from hsf_cli.plain_file import is_plain

    if target.exists() and not is_plain(target):
        raise Stopped(
            f"{target} er ikke en fil som er skrevet slik. Den røres ikke.",
            "Det kan være en avdeling eller en kopi av en. Velg et annet navn.",
        )


def _tell_written(of: str, counts: list[tuple[str, int]]) -> None:
    show(
        [Column("name", of), Column("rows", "Rader", right=True)],
        [{"name": name, "rows": rows} for name, rows in counts if rows],
        "tabell",
    )


_KNOWN_AGAIN = (
    "Filen er ikke kryptert. Navn, adresser, områder og tekster er ikke med, men i en liten "
    "avdeling kan noen kjennes igjen på datoer, alder og bakgrunn. Del den bare med noen som kunne "
    "fått vite det, og slett den når du er ferdig."
)


@command(app, "mal")
def template(
    path: Annotated[
        Path, typer.Argument(metavar="FIL.xlsx", help="Arbeidsboken som skal skrives.")
    ] = Path("avdeling.xlsx"),
    yes: Annotated[bool, typer.Option("--ja", help="Skriver over en fil som er der.")] = False,
) -> None:
    """Skriver en tom arbeidsbok å fylle ut, med kolonner, kodelister og forklaringer.

    \b
    hsf data mal avdeling.xlsx
    hsf data mal avdeling.xlsx --ja
    """
    from hsf_cli.exchange.template import write_template

    target = places.path(path)
    if target.is_dir() or not target.name:
        target /= "avdeling.xlsx"
    elif target.suffix.casefold() != ".xlsx":
        target = target.with_name(target.name + ".xlsx")
    files.may_write(target, yes=yes)
    with files.writing(target):
        write_template(target)
    screen.say(f"Malen er skrevet: {files.place(target)}")
    screen.say(f"Fyll den ut, og hent den inn: hsf data importer {screen.quoted(target)} --prøv")


_RESULT_COLUMNS = [
    Column("sheet", "Ark"),
    Column("added", "Nye", right=True),
    Column("updated", "Endret", right=True),
    Column("present", "Finnes fra før", right=True),
    Column("erased", "Slettet tidligere", right=True),
]


def _tell_unread(source: sources.Source) -> None:
    if source.unread:
        screen.tell(
            f"Leses ikke: {listed(source.unread)}. Skal noe av det med, må filen eller arket hete "
            "som et ark i malen: hsf data mal"
        )


def _has_rows(row: dict[str, object]) -> bool:
    return any(row[column.key] for column in _RESULT_COLUMNS if column.right)


def _again(path: Path, options: Options) -> str:
    """The command that takes the same in, with what was chosen beside trying it."""
    said = {
        "--oppdater": options.update,
        "--hopp-over-ukjente": options.skip_unknown,
        "--også-slettede": options.revive,
    }
    chosen = "".join(f" {option}" for option, is_said in said.items() if is_said)
    return f"hsf data importer {screen.quoted(path)}{chosen}"


def _import_summary(results: list[SheetResult], options: Options, again: str) -> str:
    new, changed, present, different, erased = (
        sum(getattr(result, count) for result in results)
        for count in ("added", "updated", "present", "different", "erased")
    )
    parts = [_rows(new, "ny", "nye")] if new else []
    parts += [_rows(changed, "endret", "endrede")] if changed else []
    told = []
    if parts and options.dry_run:
        told.append(f"Prøve: {' og '.join(parts)} ville ha kommet inn. Ingenting er skrevet.")
        told.append(f"Hent dem inn: {again}")
    elif parts:
        told.append(f"{' og '.join(parts)} er kommet inn. {UNDO}")
        told.append(f"Se skjemaet: hsf rapport vis {dates.today().year - 1}")
    elif not (present or erased):
        told.append("Det er ingen rader i filene. Fyll dem ut, lagre, og prøv igjen.")
    elif not (different or erased):
        told.append("Alt finnes fra før. Ingenting er endret.")
    if different:
        told.append(f"{_rows(different)} som finnes fra før, er annerledes i filen.")
        told.append(f"Ta inn endringene: {again} --oppdater")
    if erased:
        told.append(
            f"{_rows(erased)} er av poster som er slettet eller slått sammen, og ble utelatt."
        )
        told.append(f"Ta dem inn igjen: {again} --også-slettede")
    return "\n".join(told)


def _rows(number: int, one: str = "", several: str = "") -> str:
    """«1 ny rad», «18 nye rader»."""
    words = (str(number), one, "rad") if number == 1 else (str(number), several, "rader")
    return " ".join(word for word in words if word)
