"""The change log read again: who did what when, what of it is taken back, and what was before."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from typing import Any, Literal

from hsf_cli.dates import written_moment
from hsf_cli.registers.remembered import remembered
from hsf_cli.store import Row, Store

_UNDO = "data angre"
_UNDO_OF = re.compile(rf"{_UNDO} (\d+)", re.ASCII)

_TOMBSTONE = "tombstone"

# The first and the last day (ISO) of those in question.
Days = tuple[str, str]
EVER: Days = ("0000", "9999")

Outcome = Literal["added", "changed", "removed"]
Erasing = Literal["anonymisert", "slettet"]

# The commands after which nobody knows what was there before, by what they do to it.
ERASING: Mapping[Erasing, str] = {
    "anonymisert": "personvern anonymiser",
    "slettet": "personvern slett",
}

# What is added and removed with the record that it is part of, and told of with it.
_PART_OF = {"report_figure": "annual_report"}


def undo_command(number: int) -> str:
    """The command of the change set that takes back the one of that number."""
    return f"{_UNDO} {number}"


def _taken_back_by(command: str) -> int | None:
    found = _UNDO_OF.fullmatch(command)
    return int(found[1]) if found else None


@dataclass(frozen=True)
class Undos:
    """Which change sets take back another one, and which are taken back now."""

    undoes: Mapping[int, int]
    undone_by: Mapping[int, int]

    @classmethod
    def of(cls, store: Store) -> "Undos":
        """As the log has them now."""
        sql = f"SELECT id, command FROM change_set WHERE command LIKE '{_UNDO} %' ORDER BY id DESC"
        undoes = {
            row["id"]: target
            for row in store.rows(sql)
            if (target := _taken_back_by(row["command"])) is not None
        }
        undone_by: dict[int, int] = {}
        for number, target in undoes.items():  # the newest first: those that it undoes are older
            if number not in undone_by:
                undone_by[target] = number
        return cls(undoes, undone_by)


@dataclass(frozen=True)
class ChangeSet:
    """One command that changed something."""

    number: int
    # The writer's local time, ISO.
    made_at: str
    made_by: str
    command: str
    # The number of the change set that it takes back, and of the one that has taken it back.
    undoes: int | None
    undone_by: int | None

    @property
    def erases(self) -> bool:
        """Whether it anonymised or erased somebody, and so cannot be taken back."""
        return self.command in ERASING.values()

    @property
    def when(self) -> str:
        """When it was made, as people read it: «03.02.2026 kl. 10.15»."""
        return written_moment(self.made_at)


def change_sets(
    store: Store,
    *,
    record: tuple[str, int] | None = None,
    days: Days = EVER,
) -> Iterator[ChangeSet]:
    """The change sets, newest first: all, or those that touched a record, or of some days."""
    undos = Undos.of(store)
    table, number = record or (None, None)
    rows = store.rows(
        "SELECT id, made_at, made_by, command FROM change_set"
        " WHERE substr(made_at, 1, 10) BETWEEN :first AND :last"
        "   AND (:record IS NULL OR id IN (SELECT change_set_id FROM change"
        "        WHERE record = :record AND first_id <= :number AND last_id >= :number))"
        " ORDER BY id DESC",
        first=days[0],
        last=days[1],
        record=table,
        number=number,
    )
    return (_change_set(row, undos) for row in rows)


def change_set(store: Store, number: int, undos: Undos | None = None) -> ChangeSet | None:
    """The change set of that number, as the log tells it; None where there is none.

    `undos` is what `Undos.of` gives, for whoever asks of many.
    """
    rows = store.rows(
        "SELECT id, made_at, made_by, command FROM change_set WHERE id = :number", number=number
    )
    return _change_set(rows[0], undos or Undos.of(store)) if rows else None


def _change_set(row: Row, undos: Undos) -> ChangeSet:
    number = row["id"]
    return ChangeSet(
        number=number,
        made_at=row["made_at"],
        made_by=row["made_by"],
        command=row["command"],
        undoes=undos.undoes.get(number),
        undone_by=undos.undone_by.get(number),
    )


@dataclass
class TableEffects:
    """What one change set did in one table, however many steps it took."""

    # The rows that it added, of which none was there before.
    added: list[range] = field(default_factory=list)
    # Those that were there before it: what the log kept of each, the first step first.
    kept: dict[int, list[str]] = field(default_factory=dict)
    # Those of them that it removed, and those of the added that it removed again.
    removed: set[int] = field(default_factory=set)
    passing: set[int] = field(default_factory=set)

    def note(self, operation: str, first: int, last: int, before: str | None) -> None:
        """Takes in the next row of the log."""
        if operation == "insert":
            self._note_added(range(first, last + 1))
        elif first in self.kept or not any(first in numbers for numbers in self.added):
            self.kept.setdefault(first, []).append(before or "{}")
            if operation == "delete":
                self.removed.add(first)
        elif operation == "delete":
            self.passing.add(first)

    def _note_added(self, numbers: range) -> None:
        known = [number for number in numbers if number in self.kept or number in self.passing]
        self.removed.difference_update(known)
        self.passing.difference_update(known)
        first = numbers.start
        for number in known:
            self._add(range(first, number))
            first = number + 1
        self._add(range(first, numbers.stop))

    def _add(self, numbers: range) -> None:
        if numbers:
            self.added.append(numbers)

    def before(self, number: int) -> dict[str, Any]:
        """What a row that was there before held: the columns that changed, or all if removed."""
        values: dict[str, Any] = {}
        for text in self.kept[number]:
            for name, value in json.loads(text).items():
                values.setdefault(name, value)
        return values

    @property
    def size(self) -> int:
        """How many rows it touched."""
        return sum(map(len, self.added)) + len(self.kept)

    def counts(self) -> dict[Outcome, int]:
        """How many rows became what, without going through them all."""
        removed = len(self.removed)
        counts: dict[Outcome, int] = {
            "added": sum(map(len, self.added)) - len(self.passing),
            "changed": len(self.kept) - removed,
            "removed": removed,
        }
        return {outcome: count for outcome, count in counts.items() if count}

    def outcomes(self) -> Iterator[tuple[int, Outcome]]:
        """What became of each row."""
        for numbers in self.added:
            for number in numbers:
                if number not in self.passing:
                    yield number, "added"
        for number in self.kept:
            yield number, "removed" if number in self.removed else "changed"


@dataclass
class Effects:
    """What one change set did."""

    number: int
    tables: dict[str, TableEffects] = field(default_factory=dict)
    # Tombstones as (operation, record, hash in hex).
    tombstones: list[tuple[str, str, str]] = field(default_factory=list)

    @classmethod
    def of(cls, store: Store, number: int) -> "Effects":
        """What the change set of that number did."""
        effects = cls(number)
        for row in store.rows(
            "SELECT record, operation, first_id, last_id, before FROM change"
            " WHERE change_set_id = :number ORDER BY id",
            number=number,
        ):
            record, operation, first, last, before = row
            if record == _TOMBSTONE:
                kept = json.loads(before)
                effects.tombstones.append((operation, kept["record"], kept["id_hash"]))
            else:
                effects.tables.setdefault(record, TableEffects()).note(
                    operation, first, last, before
                )
        return effects

    def outcomes(self) -> Iterator[tuple[str, int, Outcome]]:
        """What became of each record: its table, its number, and what."""
        for table, effects in self.tables.items():
            with_whole = self._with_whole(table)
            for number, outcome in effects.outcomes():
                if outcome not in with_whole:
                    yield table, number, outcome

    def counts(self) -> Counter[tuple[str, Outcome]]:
        """How many records of each kind became what."""
        return Counter(
            {
                (table, outcome): count
                for table, effects in self.tables.items()
                for outcome, count in effects.counts().items()
                if outcome not in self._with_whole(table)
            }
        )

    def _with_whole(self, table: str) -> Set[Outcome]:
        """What became of records of that kind with those that they are part of."""
        whole = self.tables.get(_PART_OF.get(table, ""))
        return whole.counts().keys() - {"changed"} if whole else frozenset()

    def fields(self, store: Store, table: str, number: int) -> dict[str, tuple[Any, Any]]:
        """The columns of a changed record, with what each held before and after."""
        before = self.tables[table].before(number)
        after = _after(store, self.number, table, number)
        return {
            name: (value, after.get(name))
            for name, value in before.items()
            if value != after.get(name)
        }


def _after(store: Store, change_set: int, table: str, number: int) -> Mapping[str, Any]:
    """What a record held when that change set was done: what later ones found, or holds now."""
    later = store.rows(
        "SELECT before FROM change WHERE record = :table AND first_id = :number"
        " AND operation IN ('update', 'delete') AND change_set_id > :change_set ORDER BY id DESC",
        table=table,
        number=number,
        change_set=change_set,
    )
    values = dict(remembered(store, table, number) or {})
    for row in later:
        values.update(json.loads(row["before"] or "{}"))
    return values
