"""`hsf rapport mål`: what the year is to reach, and how far it has come."""

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any

import typer

from hsf_cli import dates, goals, numbers
from hsf_cli.commands.common import command_name, opened, read
from hsf_cli.commands.records import UNDO
from hsf_cli.commands.report_parts import Format
from hsf_cli.commands.report_year import tell_not_over, wanted, year_figures
from hsf_cli.report.targets import WORDS, Target, targets
from hsf_cli.spelling import lower_first
from hsf_cli.store import Store
from hsf_cli.texts import listed
from hsf_cli.ui import questions, screen
from hsf_cli.ui.commandline import command, commands
from hsf_cli.ui.listing import FORMATS, Column, one_of, show
from hsf_cli.ui.signatures import given, option, with_parameters

app = commands()

# The option for each target, by its row's key.
_FLAGS = {
    goals.FAMILIES: "--familier",
    goals.VOLUNTEERS: "--familiekontakter",
    "volunteers.new": "--nye-familiekontakter",
    "inquiries.total": "--henvendelser",
    "activities.total": "--aktiviteter",
    "hours.total": "--timer",
}
_COLUMNS = [
    Column("word", "Mål for", main=True),
    Column("goal", "Mål", numbers.written, right=True),
    Column("suggested", "Forslag", numbers.written, right=True),
    Column("reached", "Nådd", numbers.written, right=True),
    Column("share", "Andel", lambda share: f"{share}{numbers.NO_BREAK_SPACE}%", right=True),
]


def _takes_goals(function: Callable[..., None]) -> Callable[..., None]:
    """Gives a command an option for each target; it gets what was typed as `typed`, by key."""
    names = {key.replace(".", "_"): key for key in _FLAGS}
    options = [
        option(name, _FLAGS[key], metavar="ANTALL", help=f"{WORDS[key]}.")
        for name, key in names.items()
    ]

    def run(own: dict[str, Any], typed: dict[str, Any]) -> None:
        function(**own, typed={names[name]: text for name, text in given(typed).items()})

    return with_parameters(function, options, run, instead_of="typed", first=True)


@command(app, "mål")
@_takes_goals
def goals_of_year(
    ctx: typer.Context,
    typed: dict[str, str],
    year: Annotated[
        str | None,
        typer.Argument(metavar="ÅR", help="Året målene gjelder. Uten årstall: i år."),
    ] = None,
    format: Format = None,
) -> None:
    """Viser målene for året og hvor langt dere er kommet, eller setter dem.

    Antallet familier er foreslått ut fra stillingen: 30 i året på en hel. En tom verdi tar målet
    bort.

    \b
    hsf rapport mål
    hsf rapport mål 2026 --familier 28 --familiekontakter 20
    hsf rapport mål 2026 --timer ""
    """
    asked = wanted(str(dates.today().year) if year is None else year)
    chosen = one_of("--format", format or FORMATS[0], FORMATS)
    wished = {key: read(_FLAGS[key], text, _goal) for key, text in typed.items()}
    with opened(ctx) as store:
        with store.looking():
            figures = year_figures(store, asked)
        if not typed:
            found = targets(store, figures)
            show(_COLUMNS, [_row(one) for one in found], chosen)
            if not figures.is_kept:
                tell_not_over(asked.year)
            if format is None and screen.at_terminal():
                wished = _asked(found)
        if wished or typed:
            screen.say(_set(ctx, store, asked.year, wished))


def _row(target: Target) -> dict[str, Any]:
    reached = target.reached
    return {
        "key": target.key,
        "word": target.word,
        "goal": target.goal,
        "suggested": None if target.goal is not None else target.suggested,
        "reached": reached if reached is None or isinstance(reached, int) else float(reached),
        "share": target.share,
    }


def _asked(found: Sequence[Target]) -> dict[str, int | None]:
    """The targets that somebody at the terminal wants to set, and to what."""
    by_key = {target.key: target for target in found}
    wanted = questions.several("Hvilke mål vil du sette?", {one.key: one.word for one in found})
    return {key: _asked_goal(by_key[key]) for key in wanted}


def _asked_goal(target: Target) -> int | None:
    possible = target.suggested if target.goal is None else target.goal
    question = f"Mål for {lower_first(target.word)}? Tomt tar målet bort."
    return _goal(questions.optional(question, _goal, "" if possible is None else str(possible)))


def _goal(text: str) -> int | None:
    """The goal in a text; none in a blank one. Raises Unreadable."""
    return numbers.count(text) if text else None


def _set(ctx: typer.Context, store: Store, year: int, wished: Mapping[str, int | None]) -> str:
    """Sets the targets, and gives what to say."""
    present = goals.goals(store, year)
    differing = {key: goal for key, goal in wished.items() if goal != present.get(key)}
    if not differing:
        return f"Målene for {year} var slik fra før. Ingenting er endret."
    with store.change(command_name(ctx)) as change:
        for key, goal in differing.items():
            goals.set_goal(store, change, year, key, goal)
    told = (
        f"{lower_first(WORDS[key])} {'uten mål' if goal is None else numbers.written(goal)}"
        for key, goal in differing.items()
    )
    return f"Målene for {year} er satt: {listed(told)}. {UNDO}"
