"""What a year is to reach: a number for a row of the form, by the row's key."""

from hsf_cli import rules
from hsf_cli.change import Change
from hsf_cli.store import Store

FAMILIES, VOLUNTEERS = "families.total", "volunteers.linked"


def goals(store: Store, year: int) -> dict[str, int]:
    """The goals that are set for that year."""
    rows = store.rows("SELECT figure, goal FROM target WHERE year = :year", year=year)
    return {row["figure"]: row["goal"] for row in rows}


def suggested(store: Store) -> dict[str, int]:
    """The goals that follow from the size of the coordinators' position as it is now."""
    position = store.value("SELECT position_percent FROM department")
    return {FAMILIES: rules.families_a_year(position)}


def set_goal(store: Store, change: Change, year: int, figure: str, goal: int | None) -> None:
    """Sets a goal for that year; None takes it away."""
    number = store.value(
        "SELECT id FROM target WHERE year = :year AND figure = :figure", year=year, figure=figure
    )
    if goal is None:
        if number is not None:
            change.delete("target", number)
    elif number is None:
        change.insert("target", year=year, figure=figure, goal=goal)
    else:
        change.update("target", number, goal=goal)
