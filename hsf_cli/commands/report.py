"""`hsf rapport`: the annual form."""

import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from hsf_cli import dates, places
from hsf_cli.commands.common import opened
from hsf_cli.errors import WrongUse
from hsf_cli.report import form
from hsf_cli.report.count import Report, counted
from hsf_cli.ui import screen
from hsf_cli.ui.commandline import command, group
from hsf_cli.ui.listing import one_of

app = group()


@app.callback()
def report() -> None:
    """Årsrapportens tall.

    \b
    hsf rapport vis 2025
    """


@command(app, "vis")
def show(
    ctx: typer.Context,
    year: Annotated[
        str | None,
        typer.Argument(metavar="ÅR", help="Året skjemaet gjelder. Uten årstall: fjoråret."),
    ] = None,
    edition: Annotated[
        str | None,
        typer.Option("--utgave", metavar="ÅR", help="En annen utgave av skjemaet enn årets egen."),
    ] = None,
    own_form: Annotated[
        Path | None,
        typer.Option("--skjema", metavar="FIL", help="Avdelingens eget skjema, en .toml-fil."),
    ] = None,
    format: Annotated[
        str, typer.Option("--format", metavar="FORMAT", help="tabell, json, csv eller md.")
    ] = "tabell",
) -> None:
    """Viser statistikkapittelet, ferdig utfylt og med skjemaets egne ord.

    Under en tabell som ikke går opp, står det hvem som mangler i den.

    \b
    hsf rapport vis 2025
    hsf rapport vis 2025 --format md
    hsf rapport vis 2023 --utgave 2022
    hsf rapport vis 2025 --skjema eget.toml
    """
    today = dates.today()
    wanted = today.year - 1 if year is None else _year(year, "ÅR")
    chosen = one_of("--format", format, list(_WRITERS))
    if edition and own_form:
        raise WrongUse("--utgave og --skjema kan ikke brukes sammen.", "Velg en av dem.")
    if own_form:
        layout = form.own(places.path(own_form))
    else:
        layout = form.shipped(_year(edition, "--utgave") if edition else form.edition_for(wanted))
    with opened(ctx) as store:
        result = counted(store, layout, wanted, datetime.now().astimezone())
    _WRITERS[chosen](result)
    if wanted >= today.year:
        screen.tell(_unfinished(wanted, today))


def _year(text: str, name: str) -> int:
    if re.fullmatch(r"\d{4}", text, re.ASCII) and (
        dates.EARLIEST_YEAR <= int(text) <= dates.LATEST_YEAR
    ):
        return int(text)
    raise WrongUse(f"{name} «{text}» er ikke et årstall.", "Skriv fire siffer, for eksempel 2025.")


def _unfinished(year: int, today: date) -> str:
    state = "er ikke over" if year == today.year else "har ikke begynt"
    return f"{year} {state}: tallene er slik postene står {dates.written(today)}."


def _write_table(result: Report) -> None:
    from hsf_cli.report.output.terminal import show

    with screen.pages() as console:
        show(result, console)


def _write_json(result: Report) -> None:
    from hsf_cli.report.output.as_json import as_json

    screen.write(as_json(result))


def _write_csv(result: Report) -> None:
    from hsf_cli.report.output.as_csv import as_csv

    screen.write(as_csv(result))


def _write_markdown(result: Report) -> None:
    from hsf_cli.report.output.as_markdown import as_markdown

    screen.write(as_markdown(result))


# Each imports its own way of writing, and no other.
_WRITERS: dict[str, Callable[[Report], None]] = {
    "tabell": _write_table,
    "json": _write_json,
    "csv": _write_csv,
    "md": _write_markdown,
}
