"""What can go wrong, each kind with its exit code; every error has a text and a way forward.

Other programs rely on the exit codes: they never change their meaning.
"""

from collections.abc import Sequence
from typing import NamedTuple


class Place(NamedTuple):
    """Where something in a file is wrong, and what would be right there."""

    file: str
    line: int
    column: str
    value: str
    remedy: str


class HsfError(Exception):
    """An expected failure: what happened, and what to do next, in the coordinator's words."""

    code = 1

    def __init__(self, text: str, advice: str = "", places: Sequence[Place] = ()) -> None:
        super().__init__(text)
        self.text = text
        self.advice = advice
        self.places = tuple(places)


class WrongUse(HsfError):
    """An unknown command, or an option that is missing or cannot be read."""

    code = 2


class NotFound(HsfError):
    """No such record, file or folder, or more than one that fits."""

    code = 3


class Stopped(HsfError):
    """A rule or a check stands against it, or the user said no."""

    code = 4


class Declined(Stopped):
    """The user said no to a question: an answer, and no fault of anybody's."""


class NoDepartment(HsfError):
    """There is no department here, or its database cannot be opened."""

    code = 5


class Damaged(NoDepartment):
    """The database file is not whole, or the key is not the one that opens it."""


class NoKey(NoDepartment):
    """There is no key here to the database."""


class BadContent(HsfError):
    """The content of a file cannot be taken; nothing of it was written."""

    code = 6


class BrokenOff(HsfError):
    """Ctrl-C where something was kept: the text says what, the advice how to go on."""

    code = 130


class Unreadable(ValueError):
    """A text that does not say for certain what it should; holds what would be right.

    Raised where text becomes a value. The edge that knows where the text stood (an option, a
    cell of a file) turns it into an `HsfError` that names the place.
    """

    def __init__(self, remedy: str) -> None:
        super().__init__(remedy)
        self.remedy = remedy
