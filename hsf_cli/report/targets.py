"""The year's targets: what it is to reach, and how far it has come."""

from dataclasses import dataclass
from decimal import Decimal

from hsf_cli.goals import FAMILIES, VOLUNTEERS, goals, suggested
from hsf_cli.report.figures import Figures
from hsf_cli.store import Store

# What a target can be set for: the key of its row in the form, and what to call it.
WORDS = {
    FAMILIES: "Familier",
    VOLUNTEERS: "Aktive familiekontakter",
    "volunteers.new": "Nye familiekontakter",
    "inquiries.total": "Henvendelser",
    "activities.total": "Aktiviteter for familier",
    "hours.total": "Timer frivillighet",
}


@dataclass(frozen=True)
class Target:
    """What a figure of the year is to be, and what it is."""

    key: str
    word: str
    # None where nobody has set it.
    goal: int | None
    # What it could be, from the size of the position; None where nothing follows from that.
    suggested: int | None
    # None where the report does not have the figure.
    reached: int | Decimal | None

    @property
    def share(self) -> int | None:
        """How much of the goal is reached, or else of what is suggested, in whole per cent."""
        aim = self.suggested if self.goal is None else self.goal
        return None if not aim or self.reached is None else round(self.reached * 100 / aim)


def targets(store: Store, figures: Figures) -> tuple[Target, ...]:
    """Every target that can be set for the figures' year."""
    set_, possible = goals(store, figures.year), suggested(store)
    return tuple(
        Target(
            key,
            word,
            set_.get(key),
            possible.get(key),
            figures.by_key[key].value if key in figures.by_key else None,
        )
        for key, word in WORDS.items()
    )
