"""The made-up department's rows as they come to be, cut off at a day."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from hsf_cli.codes import code_list

Cell = str | int | date | None
Rows = dict[str, list[dict[str, str]]]

COORDINATOR = "Randi Granli"
POSITION_PERCENT = 80
# What lies ahead and is known all the same.
_PLANS = ("planlagt_slutt", "planlagt", "til")
_PHONES = 1000


@dataclass
class Book:
    """Takes in whole years, and keeps what had happened by the day.

    Chance never depends on the day, so one day's department is the next day's with a little less.
    """

    day: date
    random: Random
    rows: Rows = field(default_factory=dict)
    _numbers: Counter[str] = field(default_factory=Counter)
    _phones: set[int] = field(default_factory=set)

    def new(self, letter: str) -> str:
        """The next number of that letter, such as F12."""
        self._numbers[letter] += 1
        return f"{letter}{self._numbers[letter]}"

    def add(self, sheet: str, since: date, **cells: Cell) -> None:
        """Adds a row that is there from a day on, without the dates that are still to come."""
        if since <= self.day:
            self.rows.setdefault(sheet, []).append(
                {header: self._as_known(header, cell) for header, cell in cells.items()}
            )

    def _as_known(self, header: str, cell: Cell) -> str:
        ahead = isinstance(cell, date) and cell > self.day and header not in _PLANS
        return "" if cell is None or ahead else str(cell)

    def from_day(self, day: date, cell: Cell, before: Cell = None) -> Cell:
        """What a cell holds from a day on, and what it holds before that."""
        return cell if day <= self.day else before

    def happens(self, chance: float) -> bool:
        """Whether something of that chance comes to pass."""
        return self.random.random() < chance

    def phone(self) -> str:
        """A number in a series that is nobody's, and that nobody else has got."""
        number = self.random.randrange(_PHONES)
        while number in self._phones:
            number = (number + 1) % _PHONES
        self._phones.add(number)
        return f"900 00 {number:03}"

    def days(self, fewest: int, most: int) -> timedelta:
        """A number of days between the two."""
        return timedelta(days=self.random.randint(fewest, most))

    def codes(self, name: str, most: int, *, fewest: int = 0, but: tuple[str, ...] = ()) -> str:
        """Some codes of that list, as a cell has them."""
        found = [code for code in code_list(name) if code not in ("annet", *but)]
        chosen = set(self.random.sample(found, self.random.randint(fewest, most)))
        return ",".join(code_list(name).in_order(chosen))
