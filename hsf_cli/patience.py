"""Waits for a database that somebody else is using, and lets it be told that it does."""

import time
from collections.abc import Callable
from typing import TypeVar

from hsf_cli.database_errors import is_busy

T = TypeVar("T")

# SQLite itself waits so long at a time, and hears of nothing meanwhile; Ctrl-C is heard in between.
MILLISECONDS_AT_A_TIME = 100
SECONDS_UNTIL_TOLD = 1.0
SECONDS = 30.0

_A_MOMENT = 0.01


class Patience:
    """Waits until nobody else is in the way; says so once, when it takes a while."""

    def __init__(self, tell: Callable[[], object] | None = None) -> None:
        self._tell = tell

    def outlast(self, action: Callable[[], T]) -> T:
        """What `action` gives when nobody is in the way. Raises its own error after too long."""
        begun = time.monotonic()
        while True:
            try:
                return action()
            except Exception as error:
                if not is_busy(error) or self.is_over(begun):
                    raise
                time.sleep(_A_MOMENT)  # not always has SQLite itself waited

    def is_over(self, begun: float) -> bool:
        """Whether somebody who has waited since then should give up; tells of the waiting."""
        waited = time.monotonic() - begun
        if self._tell and waited > SECONDS_UNTIL_TOLD:
            self._tell()
            self._tell = None
        return waited > SECONDS
