"""Which family or volunteer is meant, where a command takes either."""

import re
from typing import Annotated

import typer

from hsf_cli.commands.completion import names
from hsf_cli.errors import NotFound, Stopped, WrongUse
from hsf_cli.records import KINDS
from hsf_cli.registers.lookup import Hit, Lookup
from hsf_cli.store import Store
from hsf_cli.ui import questions, screen
from hsf_cli.ui.offered import Choice
from hsf_cli.whose import PEOPLE, is_in_log_alone

Person = tuple[str, int]

_SHORT_NAME = re.compile(r"([A-Z]+)\d+")
_EITHER = "Skriv nummeret, som F12 eller V3, eller en bit av navnet."


def _begun(ctx: typer.Context, incomplete: str) -> list[Choice]:
    """What a text may become that means a family or a volunteer."""
    return [one for table in PEOPLE for one in names(ctx, table, incomplete)]


Somebody = Annotated[
    str | None,
    typer.Argument(
        metavar="FAMILIE|FAMILIEKONTAKT",
        help="Nummeret, som F12 eller V3, eller en bit av navnet.",
        autocompletion=_begun,
    ),
]


def chosen(store: Store, typed: str | None, *, removed: bool = False) -> Person:
    """The family or volunteer that is meant; asked for where it is not certain at a terminal.

    With `removed`, the number of one that is in the log alone is one too.
    """
    if typed is None:
        if not screen.at_terminal():
            raise WrongUse("FAMILIE eller FAMILIEKONTAKT mangler.", _EITHER)
        found = {
            (table, hit.number): hit for table in PEOPLE for hit in Lookup(store, table).everyone
        }
        if not found:
            raise Stopped(
                "Det er ingen familier eller familiekontakter å velge blant.",
                "Den første: hsf henvendelse ny, eller hsf kontakt ny",
            )
        return _choice(found)
    if removed and (person := _removed(store, typed)):
        return person
    found = {
        (table, hit.number): hit for table in _tables(typed) for hit in _hits(store, table, typed)
    }
    if not found:
        raise NotFound(f"Finner ingen familie eller familiekontakt «{typed}».", _EITHER)
    if len(found) == 1:
        return next(iter(found))
    if not screen.at_terminal():
        listed = "; ".join(hit.text for hit in found.values())
        raise NotFound(f"«{typed}» kan være {listed}.", "Skriv nummeret til den du mener.")
    return _choice(found)


def _tables(typed: str) -> list[str]:
    """The kinds that the text may mean: a letter before a number says which."""
    short = _SHORT_NAME.fullmatch(typed.strip().upper())
    named = [table for table in PEOPLE if short and KINDS[table].letter == short[1]]
    return named or list(PEOPLE)


def _hits(store: Store, table: str, typed: str) -> list[Hit]:
    try:
        return Lookup(store, table).found(typed)
    except NotFound:
        return []


def _removed(store: Store, typed: str) -> Person | None:
    """One that is in the log alone, by its number."""
    for table in PEOPLE:
        number = KINDS[table].typed_number(typed)
        if number is not None and is_in_log_alone(store, table, number):
            return table, number
    return None


def _choice(found: dict[Person, Hit]) -> Person:
    return questions.choice(
        "Velg familie eller familiekontakt:", {one: hit.text for one, hit in found.items()}
    )
