"""`hsf rapport vis`: the annual form, filled in."""

from collections.abc import Callable, Iterator
from typing import Annotated

import typer

from hsf_cli import dates
from hsf_cli.commands import report_read
from hsf_cli.commands.common import opened
from hsf_cli.commands.report_year import (
    AsKnown,
    Edition,
    OwnForm,
    Wanted,
    Year,
    about_lock,
    kept_for,
    tell_standing,
    wanted,
    year_figures,
)
from hsf_cli.errors import Stopped
from hsf_cli.report import figures
from hsf_cli.report.count import counted
from hsf_cli.report.figures import Figures
from hsf_cli.store import Store
from hsf_cli.ui import screen
from hsf_cli.ui.commandline import command, commands
from hsf_cli.ui.listing import one_of

app = commands()


@command(app, "vis")
def show(
    ctx: typer.Context,
    year: Year = None,
    edition: Edition = None,
    own_form: OwnForm = None,
    as_known: AsKnown = None,
    format: Annotated[
        str, typer.Option("--format", metavar="FORMAT", help="tabell, json, csv eller md.")
    ] = "tabell",
) -> None:
    """Viser statistikkapittelet, ferdig utfylt og med skjemaets egne ord.

    Under en tabell som ikke går opp, står det hvem som mangler i den. En låst rapport vises slik
    den ble låst.

    \b
    hsf rapport vis 2025
    hsf rapport vis 2025 --utgave 2022
    hsf rapport vis 2025 --som-kjent 15.1.2026
    """
    asked = wanted(year, edition, own_form, as_known)
    chosen = one_of("--format", format, list(_WRITERS))
    with opened(ctx) as store, store.reading():
        shown = year_figures(store, asked)
        told = [*_about_locked(store, asked), *report_read.about_read_in(store, shown)]
    write_figures(shown, chosen)
    tell_standing(shown)
    for sentence in told:
        screen.tell(sentence)


def write_figures(shown: Figures, format: str) -> None:
    """Writes the chapter as a result, in one of the formats that `hsf rapport vis` has."""
    _WRITERS[format](shown)


def _about_locked(store: Store, asked: Wanted) -> Iterator[str]:
    """What to say of a locked report: why it was locked, and whether the records tell otherwise."""
    report = kept_for(store, asked)
    if report is None or report.locked_at is None:
        return
    if report.reason:
        yield about_lock(report)
    try:
        now = counted(store, report.form, asked.year, dates.now())
    except Stopped as stopped:
        yield f"{stopped.text} Om tallene er annerledes nå, er derfor ikke kjent."
        return
    differing = len(report.figures.apart_from(figures.of(now)))
    if differing:
        rows = "Ett tall er" if differing == 1 else f"{differing} tall er"
        yield (
            f"Rapporten er låst. {rows} annerledes nå.\n"
            f"Se hva og hvorfor: hsf rapport sammenlign {asked.year} --nå"
        )


def _write_table(shown: Figures) -> None:
    from hsf_cli.report.output.terminal import show

    with screen.pages() as console:
        show(shown, console)


def _write_json(shown: Figures) -> None:
    from hsf_cli.report.output.as_json import as_json

    screen.write(as_json(shown))


def _write_csv(shown: Figures) -> None:
    from hsf_cli.report.output.as_csv import as_csv

    screen.write(as_csv(shown))


def _write_markdown(shown: Figures) -> None:
    from hsf_cli.documents.as_markdown import as_markdown
    from hsf_cli.report.whole import Beside, statistics_alone

    screen.write(as_markdown(statistics_alone(shown, Beside(), dates.now())))


# Each imports its own way of writing, and no other.
_WRITERS: dict[str, Callable[[Figures], None]] = {
    "tabell": _write_table,
    "json": _write_json,
    "csv": _write_csv,
    "md": _write_markdown,
}
