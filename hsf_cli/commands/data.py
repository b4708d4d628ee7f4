"""`hsf data`: files in and out."""

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from hsf_cli import dates
from hsf_cli.commands.common import opened
from hsf_cli.exchange import importing, sources
from hsf_cli.exchange.planning import Options, SheetResult
from hsf_cli.ui import questions, screen
from hsf_cli.ui.commandline import command, group
from hsf_cli.ui.listing import Column, format_named, show
from hsf_cli.ui.progress import progress_bar

app = group()

_FORMATS = ("tabell", "csv", "json")


@app.callback()
def data() -> None:
    """Inn og ut av avdelingen: filer og maler.

    \b
    hsf data mal avdeling.xlsx
    hsf data importer avdeling.xlsx --prøv
    """


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
    chosen = format_named(format, _FORMATS)
    options = Options(dry_run, update, skip_unknown, revive)
    with opened(ctx) as store, sources.opened(path.expanduser()) as source:
        if chosen == "tabell":
            _tell_unread(source)
        with progress_bar("Leser") as progress:
            results = importing.imported(store, source, options, dates.today(), progress)
    if chosen != "tabell":  # not before: an error must stand alone on stderr
        _tell_unread(source)
    show(_RESULT_COLUMNS, [asdict(result) for result in results], chosen)
    if chosen == "tabell":
        screen.say(_import_summary(results, options))


@command(app, "eksporter")
def export_files(
    ctx: typer.Context,
    path: Annotated[
        Path,
        typer.Argument(
            metavar="MAPPE|FIL.xlsx", help="Hvor det skal: en mappe, eller en arbeidsbok."
        ),
    ],
    yes: Annotated[bool, typer.Option("--ja", help="Skriver over det som er der.")] = False,
) -> None:
    """Skriver alle poster til en mappe med CSV-filer eller en arbeidsbok.

    Filene kan hentes inn igjen som de er. De er ikke kryptert og har navn i seg: bare du kan
    lese dem på denne maskinen, og de bør slettes når du er ferdig med dem.

    \b
    hsf data eksporter kopi
    hsf data eksporter avdeling.xlsx --ja
    """
    from hsf_cli.exchange.exporting import exported

    target = path.expanduser()
    with opened(ctx) as store, progress_bar("Skriver") as progress:
        counts = exported(store, target, dates.today(), progress, _overwriting(yes))
    show(
        [Column("sheet", "Ark"), Column("rows", "Rader", right=True)],
        [{"sheet": name, "rows": rows} for name, rows in counts],
        "tabell",
    )
    screen.say(f"Skrevet til {target}. Filene er ikke kryptert og har navn i seg.")


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
    """
    from hsf_cli.exchange.template import write_template

    target = path.expanduser()
    if target.suffix.casefold() != ".xlsx":
        target = target.with_name(target.name + ".xlsx")
    if target.exists():
        _overwriting(yes)(target)
    write_template(target)
    screen.say(f"Malen er skrevet: {target}")
    screen.say(f"Fyll den ut, og hent den inn: hsf data importer {target} --prøv")


_RESULT_COLUMNS = [
    Column("sheet", "Ark"),
    Column("added", "Nye", right=True),
    Column("updated", "Endret", right=True),
    Column("present", "Finnes fra før", right=True),
    Column("erased", "Slettet tidligere", right=True),
]


def _tell_unread(source: sources.Source) -> None:
    for name in source.unread:
        screen.tell(f"Leses ikke: {name}. hsf leser CSV-filer og ark med navn det kjenner.")


def _import_summary(results: list[SheetResult], options: Options) -> str:
    added = sum(result.added for result in results)
    updated = sum(result.updated for result in results)
    different = sum(result.different for result in results)
    if options.dry_run:
        text = (
            f"Prøve: {added} nye og {updated} endrede rader ville kommet inn. Ingenting er skrevet."
        )
    elif added or updated:
        text = f"{added} nye og {updated} endrede rader er kommet inn."
    else:
        text = "Alt finnes fra før. Ingenting er endret."
    if different:
        text += (
            f"\n{different} rader som finnes fra før, er annerledes i filen. "
            "Ta inn endringene med --oppdater."
        )
    return text


def _overwriting(yes: bool) -> Callable[[Path], None]:
    return lambda path: questions.confirm(f"{path} finnes fra før. Skrive over?", already=yes)
