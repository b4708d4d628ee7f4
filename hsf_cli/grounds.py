"""What a command was told by the database, and builds on when it writes.

Between reading and writing somebody may think for minutes, and somebody else write. Then each
question is asked again, when nobody else can write any more. Where all answers are the same, the
command would now do exactly what it is about to do; where one is not, it must not do it.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

# A record, by its table and its number.
Record = tuple[str, int]


class _Ground(NamedTuple):
    """A question, what it was answered, and the record it is about, if it is about one."""

    question: Callable[[], object]
    answer: object
    about: Record | None

    def holds(self) -> bool:
        return self.question() == self.answer


class Grounds:
    """The questions a command has asked, and what it was told."""

    def __init__(self, version: int, last_change: int) -> None:
        self._grounds: list[_Ground] = []
        # Whether what is asked now is kept; a long answer need not be made one that can be kept.
        self.is_noting = True
        # The state of the file, as SQLite tells it, and the newest change set, before any of them.
        self.version = version
        self.last_change = last_change

    def note(
        self, question: Callable[[], object], answer: object, about: Record | None = None
    ) -> None:
        """Keeps a question and its answer."""
        if self.is_noting:
            self._grounds.append(_Ground(question, answer, about))

    @contextmanager
    def left_out(self) -> Iterator[None]:
        """What is asked inside is not kept."""
        noting, self.is_noting = self.is_noting, False
        try:
            yield
        finally:
            self.is_noting = noting

    def lost(self) -> Sequence[Record | None]:
        """The records, where they are known, of the questions that have another answer now."""
        with self.left_out():
            return [ground.about for ground in self._grounds if not ground.holds()]
