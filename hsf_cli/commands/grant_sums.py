"""Grants as they are shown: what each has paid for, with no name of a family or a volunteer."""

from collections.abc import Sequence
from typing import Any

from hsf_cli import dates, numbers
from hsf_cli.errors import NotFound
from hsf_cli.registers.grants import GrantUse, shared
from hsf_cli.spelling import folded, is_piece
from hsf_cli.ui import questions, screen
from hsf_cli.ui.card import Card, show_card
from hsf_cli.ui.listing import Column, Listing, show


def hours_if_any(minutes: int) -> str:
    """Minutes as hours and minutes, and nothing for none."""
    return numbers.hours_and_minutes(minutes) if minutes else ""


_HOW = "Et tilskudd føres på aktiviteten: hsf aktivitet endre A4 --tilskudd NAVN"
_COLUMNS = [
    Column("grant", "Tilskudd", main=True),
    Column("held", "Aktiviteter", right=True),
    Column("families", "Familier", right=True),
    Column("parents", "Foreldre", right=True),
    Column("children", "Barn", right=True),
    Column("volunteers", "Familiekontakter", right=True, detail="familiekontakter"),
    Column("minutes", "Timer", numbers.hours, right=True),
    Column("driving_minutes", "Kjøring", hours_if_any, right=True, detail="kjøring"),
]
_ACTIVITY_COLUMNS = [
    Column("held_on", "Dato", dates.written),
    Column("title", "Aktivitet", main=True),
    Column("place", "Sted", detail=""),
    *_COLUMNS[2:],
]


def show_all(uses: Sequence[GrantUse], year: int | None, format: str) -> None:
    """Shows every grant, a line each."""
    if uses or format != "tabell":
        show(_COLUMNS, [_figures(use) for use in uses], format)
    if not uses and format == "tabell":
        screen.say(f"Ingen aktiviteter{_in(year)} er betalt av tilskudd. {_HOW}")
    if format != "json":
        if shared(uses):
            screen.tell("Merk: En aktivitet med flere tilskudd står under hvert av dem.")
        _tell_of_left_out(uses)


def show_one(use: GrantUse, year: int | None, format: str) -> None:
    """Shows one grant as it may be sent to its funder; what is missing is told beside it."""
    figures = _figures(use)
    activities = [
        {column.key: activity[column.key] for column in _ACTIVITY_COLUMNS}
        for activity in use.activities
    ]
    card = Card(
        title=f"Det {use.name} er brukt til{_in(year)}",
        facts=[
            (column.header, text)
            for column in _COLUMNS[1:]
            if (text := _written(column, figures[column.key]))
        ],
        lists=[("Aktivitetene", "activities", Listing(_ACTIVITY_COLUMNS, activities))],
        data={"year": year, **figures},
    )
    show_card(card, format)
    if format != "json":
        _tell_of_left_out([use])


def named(uses: Sequence[GrantUse], name: str, year: int | None) -> GrantUse:
    """The grant of that name, or with that piece of it. Raises NotFound, with those there are."""
    by_name = {use.name: use for use in uses}
    hits = [one for one in by_name if folded(one) == folded(name)]
    hits = hits or [one for one in by_name if is_piece(name, one)]
    if not hits:
        raise NotFound(
            f"Ingen aktiviteter{_in(year)} er betalt av et tilskudd som «{name}».",
            f"Tilskuddene er: {'; '.join(by_name)}." if by_name else _HOW,
        )
    if len(hits) > 1 and not screen.at_terminal():
        raise NotFound(f"«{name}» kan være {'; '.join(hits)}.", "Skriv hele navnet.")
    if len(hits) > 1:
        return by_name[questions.choice("Velg tilskudd:", {one: one for one in hits})]
    return by_name[hits[0]]


def _figures(use: GrantUse) -> dict[str, Any]:
    return {
        "grant": use.name,
        "held": len(use.activities),
        "families": use.families,
        "parents": use.parents,
        "children": use.children,
        "volunteers": use.volunteers,
        "minutes": use.minutes,
        "driving_minutes": use.driving_minutes,
        "uncounted": use.uncounted,
        "planned": use.ahead,
    }


def _tell_of_left_out(uses: Sequence[GrantUse]) -> None:
    """Tells which activities lack a count, and which are still ahead."""
    if uncounted := dict.fromkeys(number for use in uses for number in use.uncounted):
        screen.tell(f"Merk: Foreldre eller barn er ikke ført på {', '.join(uncounted)}.")
    if ahead := dict.fromkeys(number for use in uses for number in use.ahead):
        screen.tell(f"Merk: {', '.join(ahead)} har ikke vært ennå, og er ikke talt med.")


def _written(column: Column, value: Any) -> str:
    return "ikke ført" if value is None else column.written(value)


def _in(year: int | None) -> str:
    return f" i {year}" if year else ""
