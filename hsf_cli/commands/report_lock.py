"""`hsf rapport lås`: the report as it is handed in, kept."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated

import typer

from hsf_cli import dates
from hsf_cli.commands.common import command_name, opened
from hsf_cli.commands.records import UNDO, Despite, cleared
from hsf_cli.commands.report_year import (
    RIGHT_YEAR,
    Edition,
    OwnForm,
    Wanted,
    Year,
    blank,
    form_for,
    wanted,
)
from hsf_cli.errors import Stopped
from hsf_cli.report import control, figures, kept
from hsf_cli.report.count import counted
from hsf_cli.rules import Finding
from hsf_cli.store import Store
from hsf_cli.ui import screen
from hsf_cli.ui.commandline import command, commands

app = commands()


@command(app, "lås")
def lock(
    ctx: typer.Context,
    year: Year = None,
    edition: Edition = None,
    own_form: OwnForm = None,
    despite: Despite = None,
    open_again: Annotated[
        bool, typer.Option("--åpne", help="Låser opp: tallene telles av postene igjen.")
    ] = False,
) -> None:
    """Låser årets rapport slik den leveres. Senere endringer i postene flytter ikke tallene.

    Har kontrollen noe å si, må det rettes først, eller du skriver hvorfor rapporten leveres
    likevel.

    \b
    hsf rapport lås 2025
    hsf rapport lås 2025 --likevel "To familier er flyttet og kan ikke spørres"
    hsf rapport lås 2025 --åpne
    """
    asked = wanted(year, edition, own_form)
    with opened(ctx) as store:
        if open_again:
            _unlock(ctx, store, asked.year)
        else:
            _lock(ctx, store, asked, despite)


def _lock(ctx: typer.Context, store: Store, asked: Wanted, despite: str | None) -> None:
    _refuse_kept(store, asked.year)
    form = form_for(store, asked)

    def against() -> list[control.Finding]:
        return control.against(control.control(store, form, asked.year, option=asked.option))

    def as_counted() -> figures.Figures:
        return figures.of(counted(store, form, asked.year, dates.now()))

    with store.looking():
        found = against()
        is_empty = as_counted().is_blank
    reason = cleared(_standing(asked, found, is_empty=is_empty), despite)
    with store.change(command_name(ctx)) as change:
        _refuse_kept(store, asked.year)
        # Looked at and counted inside the change: this is the state that the log can bring back.
        if not set(against()) <= set(found):
            raise Stopped(
                "Postene ble endret imens, og kontrollen har funnet noe mer.",
                f"Se hva: hsf rapport kontroll {asked.year}{asked.option}. Lås så på nytt.",
            )
        locked = replace(as_counted(), locked_at=dates.now())
        kept.keep(change, locked, reason, form.source)
    screen.say(f"Rapporten for {asked.year} er låst, med {_rows(locked)}. {UNDO}")
    screen.say(f"Skriv den: hsf rapport skriv {asked.year} --til årsrapport-{asked.year}.docx")


def _unlock(ctx: typer.Context, store: Store, year: int) -> None:
    report = kept.kept(store, year)
    if report is None or report.locked_at is None:
        raise Stopped(f"Rapporten for {year} er ikke låst.", f"Lås den: hsf rapport lås {year}")
    with store.change(command_name(ctx)) as change:
        kept.forget(change, report)
    screen.say(f"Rapporten for {year} er låst opp. Tallene telles av postene igjen. {UNDO}")


def _refuse_kept(store: Store, year: int) -> None:
    report = kept.kept(store, year)
    if report is None:
        return
    if locked_at := report.locked_at:
        raise Stopped(
            f"Rapporten for {year} ble låst {dates.written(locked_at.date())}.",
            f"Se den: hsf rapport vis {year}. Lås den opp: hsf rapport lås {year} --åpne",
        )
    raise Stopped(
        f"Tallene for {year} er lest inn fra {report.figures.source}.",
        f"Ta dem bort først: hsf rapport les --år {year} --slett",
    )


def _standing(
    asked: Wanted, against: Sequence[control.Finding], *, is_empty: bool
) -> list[Finding]:
    """What stands against handing the report in, with what the control has against it."""
    found = []
    if asked.year >= dates.today().year:
        text = f"{asked.year} er ikke over, og tallene kan endre seg."
        found.append(Finding("året", text, f"Vent til {dates.written(f'{asked.year + 1}-01-01')}."))
    if is_empty:
        found.append(Finding("tomt", blank(asked.year), RIGHT_YEAR))
    if against:
        count = "ett funn" if len(against) == 1 else f"{len(against)} funn"
        remedy = f"Se hva: hsf rapport kontroll {asked.year}{asked.option}."
        found.append(Finding("kontroll", f"Kontrollen har {count}.", remedy))
    return found


def _rows(locked: figures.Figures) -> str:
    return f"{sum(1 for _ in locked.lines)} tall"
