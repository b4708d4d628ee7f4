"""One record on the screen: what is kept of it, and what belongs to it."""

import json
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

import typer

from hsf_cli.spreadsheets import as_text, escaped
from hsf_cli.ui import screen
from hsf_cli.ui.commandline import command
from hsf_cli.ui.listing import FORMAT, FORMATS, Listing, one_of, show
from hsf_cli.ui.signatures import with_parameters


class Card(NamedTuple):
    """What a command that shows one record hands over."""

    title: str
    # Labels and texts, in the order they are read.
    facts: Sequence[tuple[str, str]]
    # What belongs to it, each under its heading, and its key in JSON; empty ones are not shown.
    lists: Sequence[tuple[str, str, Listing]] = ()
    # What stands against it or is to be done, one sentence each.
    notes: Sequence[str] = ()
    # The same for other programs, with English keys.
    data: Mapping[str, Any] = MappingProxyType({})


def shows(app: typer.Typer, name: str) -> Callable[[Callable[..., Card]], Callable[..., None]]:
    """Registers a function that gives a `Card` as a command that shows it, in a format."""

    def registered(function: Callable[..., Card]) -> Callable[..., None]:
        def run(own: dict[str, Any], shared: dict[str, Any]) -> None:
            chosen = one_of("--format", shared["format"] or FORMATS[0], FORMATS)
            show_card(function(**own), chosen)

        return command(app, name)(with_parameters(function, [FORMAT], run))

    return registered


def show_card(card: Card, format: str) -> None:
    """Shows the record on stdout as people read it, or as CSV or JSON."""
    if format == "json":
        belonging = {key: list(listing.rows) for _, key, listing in card.lists}
        screen.write(json.dumps({**card.data, **belonging}, ensure_ascii=False, indent=1))
    elif format == "csv":
        rows = [("Felt", "Verdi"), *card.facts]
        screen.write(as_text([escaped(cell) for cell in row] for row in rows))
    else:
        _show_as_text(card)


def _show_as_text(card: Card) -> None:
    from rich.text import Text

    from hsf_cli.ui.lines import Pairs

    console = screen.console()
    console.print(Text(card.title, "title"))
    console.print(Pairs(card.facts, between=2, style="aside"))
    for heading, _, listing in card.lists:
        if listing.rows:
            console.print()
            console.print(Text(heading, "heading"))
            show(listing.columns, listing.rows, "tabell", airy=False)
    for note in card.notes:
        screen.say(f"\n{note}")
