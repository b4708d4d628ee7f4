"""`hsf rapport skjema`: a form of the department's own, begun, checked and tried."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from hsf_cli import dates, places
from hsf_cli.commands import files
from hsf_cli.commands.common import opened
from hsf_cli.commands.records import Yes
from hsf_cli.commands.report_show import write_figures
from hsf_cli.commands.report_year import tell_not_over, year_of
from hsf_cli.errors import WrongUse
from hsf_cli.report import figures, forms
from hsf_cli.report.count import counted
from hsf_cli.report.form import Form
from hsf_cli.store import Store
from hsf_cli.ui import screen
from hsf_cli.ui.commandline import command, commands
from hsf_cli.ui.listing import FORMATS, Column, one_of, show

app = commands()


@command(app, "skjema")
def own_form(
    ctx: typer.Context,
    path: Annotated[
        Path | None,
        typer.Argument(metavar="FIL.toml", help="Skjemaet som skal sjekkes og prøves."),
    ] = None,
    year: Annotated[
        str | None,
        typer.Argument(
            metavar="ÅR", help="Prøves på avdelingens år. Uten årstall: på en oppdiktet avdeling."
        ),
    ] = None,
    edition: Annotated[
        str | None,
        typer.Option("--utgave", metavar="ÅR", help="Skriver denne utgaven ut, til å begynne med."),
    ] = None,
    to: Annotated[
        Path | None, typer.Option("--til", metavar="FIL.toml", help="Hvor den skal skrives.")
    ] = None,
    population: Annotated[
        str,
        typer.Option("--hva", metavar="HVA", help="Bare dette, med hva kodene betyr: families."),
    ] = "",
    yes: Yes = False,
    format: Annotated[
        str, typer.Option("--format", metavar="FORMAT", help="tabell, csv eller json.")
    ] = "tabell",
) -> None:
    """Sjekker et eget skjema, og viser det utfylt med tallene til en oppdiktet avdeling.

    Er noe galt, står hver feil med linjen og hva som er riktig. Uten FIL.toml: alt et skjema kan
    telle og dele på. Begynn med en utgave som finnes, og endre den.

    \b
    hsf rapport skjema
    hsf rapport skjema --utgave 2023 --til mitt.toml
    hsf rapport skjema mitt.toml 2025
    """
    chosen = one_of("--format", format, FORMATS)
    if path and (edition or to):
        raise WrongUse(
            f"Skal {path} sjekkes, eller en utgave skrives ut?",
            "Sjekk uten --utgave og --til, og skriv ut uten FIL.toml.",
        )
    if population and (path or edition or to):
        raise WrongUse(
            "--hva hører til listen over alt et skjema kan telle.",
            f"Skriv den alene: hsf rapport skjema --hva {screen.quoted(population)}",
        )
    if edition or to:
        _write(edition, to, yes=yes)
    elif path is None:
        _list(population, chosen)
    else:
        _try(ctx, forms.own(places.path(path)), path, year, chosen)


def _write(edition: str | None, to: Path | None, *, yes: bool) -> None:
    if to is None:
        raise WrongUse("Det står ikke hvor skjemaet skal skrives.", "Legg til: --til mitt.toml")
    known = forms.editions()
    chosen = year_of(edition, "--utgave") if edition else known[-1]
    text = forms.beginning(chosen)
    target = files.target("--til", to, [".toml"])
    files.may_write(target, yes=yes)
    files.put(target, text.encode())
    screen.say(f"Utgaven fra {chosen} er skrevet til {files.place(target)}.")
    screen.say("Endre den i et tekstprogram.")
    screen.say(f"Se så hvordan den blir: hsf rapport skjema {screen.quoted(target)}")


def _list(population: str, chosen: str) -> None:
    from hsf_cli.populations import POPULATIONS
    from hsf_cli.report.countable import countable

    if population:
        found = countable(one_of("--hva", population, list(POPULATIONS)))
        rows = [row._asdict() for one in found for row in one.each_code]
        show(_COUNTABLE, rows, chosen)
        return
    show([*_COUNTABLE, _CODES], [one._asdict() for one in countable()], chosen)
    if chosen == "tabell":
        screen.say("Hva kodene betyr: hsf rapport skjema --hva families")


def _try(ctx: typer.Context, own: Form, path: Path, year: str | None, format: str) -> None:
    from hsf_cli.report.relations import contradictions

    chosen = year_of(year)
    with _records(ctx, own_department=year is not None) as store:
        report = counted(store, own, chosen, dates.now())
    shown = figures.of(report)
    write_figures(shown, format)
    for one in contradictions(shown, own, suspicions=False):
        screen.tell(f"Går ikke opp: {one}")
    if year is None:
        screen.tell("Skjemaet er i orden. Tallene er fra en oppdiktet avdeling.")
    else:
        screen.tell("Skjemaet er i orden.")
        tell_not_over(chosen)
    screen.tell(f"Bruk det: hsf rapport vis {chosen} --skjema {screen.quoted(path)}")


@contextmanager
def _records(ctx: typer.Context, *, own_department: bool) -> Iterator[Store]:
    """The department, or a made-up one that is kept nowhere."""
    if own_department:
        with opened(ctx) as store, store.reading():
            yield store
    else:
        from hsf_cli.demo import in_memory

        with in_memory(dates.today()) as store:
            yield store


_COUNTABLE = [
    Column("meaning", "Hva", main=True),
    Column("written", "Slik skrives det", detail=""),
]
_CODES = Column("codes", "Koder", ", ".join, detail="")
