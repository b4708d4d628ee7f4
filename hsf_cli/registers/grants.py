"""What a grant has paid for, summed up for the one who gave it: figures, and nobody's name."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from hsf_cli.records import KINDS
from hsf_cli.registers.activities import activities
from hsf_cli.spelling import alphabetical, folded
from hsf_cli.store import Store

# The short name of an activity, and who took part in it.
_Part = tuple[str, int]


@dataclass(frozen=True)
class GrantUse:
    """What one grant has paid for: its activities that have been held, and who took part."""

    name: str
    activities: Sequence[Mapping[str, Any]]
    # Different families and volunteers, however many activities each of them was on.
    families: int
    volunteers: int
    # None where it was counted on none of the activities.
    parents: int | None
    children: int | None
    minutes: int
    driving_minutes: int
    # The activities for families on which nobody has said how many came, and those still ahead.
    uncounted: Sequence[str]
    ahead: Sequence[str]


def grant_uses(store: Store, year: int | None, today: date) -> list[GrantUse]:
    """Every grant that pays for an activity of that year, or ever, in alphabetical order."""
    by_grant: dict[str, list[dict[str, Any]]] = defaultdict(list)
    names: dict[str, str] = {}
    for activity in activities(store, year):
        for name in activity["grants"]:
            names.setdefault(folded(name), name)
            by_grant[folded(name)].append(activity)
    families = _parts(store, "SELECT activity_id, family_id FROM activity_family")
    volunteers = _parts(
        store, "SELECT activity_id, volunteer_id FROM hours WHERE activity_id IS NOT NULL"
    )
    uses = [
        _used(names[grant], paid, today.isoformat(), families, volunteers)
        for grant, paid in by_grant.items()
    ]
    return sorted(uses, key=lambda use: alphabetical(use.name))


def shared(uses: Sequence[GrantUse]) -> bool:
    """Whether some activity is paid for by more than one of the grants."""
    return any(len(activity["grants"]) > 1 for use in uses for activity in use.activities)


def _used(
    name: str,
    paid: Sequence[Mapping[str, Any]],
    today: str,
    families: Sequence[_Part],
    volunteers: Sequence[_Part],
) -> GrantUse:
    held = [activity for activity in paid if activity["held_on"] <= today]
    held_numbers = {activity["number"] for activity in held}
    return GrantUse(
        name,
        held,
        families=_distinct(families, held_numbers),
        volunteers=_distinct(volunteers, held_numbers),
        parents=_counted(held, "parents"),
        children=_counted(held, "children"),
        minutes=sum(activity["minutes"] for activity in held),
        driving_minutes=sum(activity["driving_minutes"] for activity in held),
        uncounted=[
            activity["number"]
            for activity in held
            if activity["audience"] == "familier"
            and None in (activity["parents"], activity["children"])
        ],
        ahead=[activity["number"] for activity in paid if activity["held_on"] > today],
    )


def _counted(held: Sequence[Mapping[str, Any]], of: str) -> int | None:
    known = [activity[of] for activity in held if activity[of] is not None]
    return sum(known) if known else None


def _parts(store: Store, sql: str) -> list[_Part]:
    return [(KINDS["activity"].name(activity), who) for activity, who in store.rows(sql)]


def _distinct(parts: Sequence[_Part], activities: Collection[str]) -> int:
    return len({who for activity, who in parts if activity in activities})
