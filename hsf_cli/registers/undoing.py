"""Taking a change set back: every record as it was before it, itself one change set.

What was before is worked out for each record over all the steps of the change set, so that each
is written once. The states in between could break what holds before and after: references wait
for the end, and unique indexes are made again there.

An older change set is taken back when nothing later builds on it. Later ones that are taken back
themselves are not in the way, and neither are those that did it.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from contextlib import ExitStack
from functools import cached_property
from itertools import groupby
from typing import Any

from hsf_cli.change import Change
from hsf_cli.errors import NotFound, Stopped
from hsf_cli.records import KINDS
from hsf_cli.registers.history import (
    ChangeSet,
    Effects,
    TableEffects,
    Undos,
    change_set,
    change_sets,
    undo_command,
)
from hsf_cli.registers.remembered import named
from hsf_cli.registers.soundness import breaches
from hsf_cli.store import Row, Store

_NOTHING = "Det er ingenting å angre."
_SEE_LOG = "Se hva som er gjort: hsf data logg"

# Records by number, each with the columns in question; None is any.
Columns = Mapping[int, Set[str] | None]

# Hears what kind of record is written next, and how many.
Progress = Callable[[str, int], None]


class _Rehearsed(Exception):
    """Ends a rehearsal, of which nothing is kept."""


def _unheard(_kind: str, _count: int) -> None:
    """The progress that nobody is told of."""


def undoable(store: Store, number: int | None = None) -> ChangeSet:
    """The change set of that number, or the latest that is neither an undo nor taken back.

    Raises NotFound where there is none of that number, and Stopped where it cannot be taken back.
    """
    one = _latest(store) if number is None else _chosen(store, number)
    undo = _Undo(store, one)
    if undo.later:
        undo.rehearse()
    return one


def undone(store: Store, one: ChangeSet, progress: Progress = _unheard) -> int:
    """Takes the change set back, and gives the number of the one that did it.

    Everything is judged again: somebody else may have changed something meanwhile.
    """
    with store.change(undo_command(one.number)) as change:
        undo = _Undo(store, _chosen(store, one.number, own=change.number))
        # Of the latest change all is as it was; an older one may no longer go with the rest.
        before = breaches(store) if _is_older(store, one.number, change.number) else None
        undo.write(change, progress)
        if before is not None:
            _refuse_new(breaches(store) - before)
        change.keep_anyway()  # or the next undo would come to the same change set again
        return change.number


def _is_older(store: Store, number: int, own: int) -> bool:
    """Whether something that was done after it is still in force."""
    return any(
        number < one.number != own and one.undoes is None and one.undone_by is None
        for one in change_sets(store)
    )


def _refuse_new(found: set[tuple[str, int]]) -> None:
    for text, _ in sorted(found)[:1]:
        raise Stopped(
            f"Endringen kan ikke tas tilbake alene: da ville det være slik at {text}.",
            "Ta først tilbake det som er gjort siden. Se «hsf data logg».",
        )


def _latest(store: Store) -> ChangeSet:
    for one in change_sets(store):
        if one.erases:
            raise Stopped(
                f"Det siste er endring {one.number} ({one.command}, {one.when}), og den kan ikke"
                " tas tilbake: det som er borte, er borte.",
                "Noe eldre velger du selv: hsf data angre --endring NUMMER. Se «hsf data logg».",
            )
        if one.undoes is None and one.undone_by is None and not _is_final(store, one):
            return one
    raise Stopped(_NOTHING, _SEE_LOG)


def _chosen(store: Store, number: int, *, own: int | None = None) -> ChangeSet:
    """The change set of that number, not yet taken back by another than the one being written."""
    one = change_set(store, number)
    if one is None:
        raise NotFound(f"Det finnes ingen endring {number}.", _SEE_LOG)
    if one.undone_by not in (None, own):
        raise Stopped(
            f"Endring {number} er allerede tatt tilbake.",
            f"Gjør den om igjen: hsf data angre --endring {one.undone_by}",
        )
    if _is_final(store, one):
        raise Stopped(f"Endring {number} ({one.command}) kan ikke tas tilbake.", _SEE_LOG)
    return one


def _is_final(store: Store, one: ChangeSet) -> bool:
    """Whether it cannot be taken back: it made the department, or the log no longer has it.

    That is so where it erased somebody, or touched somebody who is erased since. The undo of what
    came to nothing did nothing either, and is no such thing.
    """
    return one.erases or bool(
        store.value(
            "SELECT count(*) = 0 AND :ordinary"
            "    OR total(record = 'department' AND operation = 'insert'"
            "             OR operation <> 'insert' AND before IS NULL) > 0"
            "  FROM change WHERE change_set_id = :number",
            number=one.number,
            ordinary=one.undoes is None,
        )
    )


class _Undo:
    """One change set on its way back."""

    def __init__(self, store: Store, one: ChangeSet) -> None:
        self._store = store
        self._number = one.number
        self._effects = Effects.of(store, one.number)

    @cached_property
    def later(self) -> frozenset[int]:
        """The later change sets that are in force, this undo itself not among them."""
        undos = Undos.of(self._store)
        rows = self._store.rows("SELECT id FROM change_set WHERE id > :number", number=self._number)
        return frozenset(
            row["id"]
            for row in rows
            if row["id"] not in undos.undone_by and undos.undoes.get(row["id"], 0) < self._number
        )

    def rehearse(self) -> None:
        """Raises Stopped where something later builds on it."""
        try:
            with self._store.change(undo_command(self._number)) as change:
                self.write(change)
                raise _Rehearsed
        except _Rehearsed:
            pass

    def write(self, change: Change, progress: Progress = _unheard) -> None:
        """Makes every record what it was. Raises Stopped where something later builds on it."""
        self._refuse_overlap()
        change.defer_references()
        try:
            with ExitStack() as unique:
                for table, effects in reversed(self._effects.tables.items()):
                    progress(KINDS[table].plural if table in KINDS else "", effects.size)
                    self._write_table(change, unique, table, effects)
                self._refuse_lost_references()
        except change.constraint_broken:
            self._refuse_broken()
        for operation, record, id_hash in reversed(self._effects.tombstones):
            write = change.unbury if operation == "insert" else change.bury
            write(record, bytes.fromhex(id_hash))

    def _write_table(
        self, change: Change, unique: ExitStack, table: str, effects: TableEffects
    ) -> None:
        for numbers in reversed(effects.added):
            change.delete_range(table, numbers.start, numbers.stop - 1)
        if not effects.kept:
            return
        indexes = self._unique_indexes(table)
        unique.enter_context(change.unique_at_the_end(table))
        before = self._before[table]
        mended = [(id, values) for id, values in before.items() if id not in effects.removed]
        change.update_all(table, mended)
        lost = [(id, values) for id, values in before.items() if id in effects.removed]
        for columns, rows in groupby(lost, key=lambda row: tuple(row[1])):
            ids, contents = zip(*rows, strict=True)
            change.insert_all(
                table,
                ["id", *columns],
                [(id, *values.values()) for id, values in zip(ids, contents, strict=True)],
                ids,
            )
        self._refuse_doubles(table, indexes)

    @cached_property
    def _before(self) -> dict[str, dict[int, dict[str, Any]]]:
        """What to write of each record that was there before, in the order of their numbers."""
        return {table: self._to_write(table) for table in self._effects.tables}

    def _to_write(self, table: str) -> dict[int, dict[str, Any]]:
        effects = self._effects.tables[table]
        columns = [row["name"] for row in self._store.rows(f"PRAGMA table_info({table})")]
        columns.remove("id")
        to_write = {}
        for number in sorted(effects.kept):
            values = effects.before(number)
            to_write[number] = {name: values[name] for name in columns if name in values}
        return to_write

    def _refuse_overlap(self) -> None:
        """Refuses where something later touched the same records: the same columns, if changed."""
        if not self.later:
            return
        for table, effects in self._effects.tables.items():
            added = {number for numbers in effects.added for number in numbers}
            columns = {
                number: None if number in effects.removed else set(effects.before(number))
                for number in effects.kept
            }
            columns |= dict.fromkeys(added - columns.keys())
            self._refuse_if_touched(table, columns)

    def _refuse_lost_references(self) -> None:
        """Refuses where a record would refer to one that is not there."""
        references = self._store.rows(
            'SELECT s.name AS child, k."from" AS field, k."table" AS parent'
            "  FROM sqlite_schema s JOIN pragma_foreign_key_list(s.name) k"
            " WHERE s.type = 'table' AND s.name <> 'change'"
        )
        for child, field, parent in references:
            if effects := self._effects.tables.get(parent):
                for number in self._referring(child, field, effects.added):
                    self._refuse_if_touched(child, {number: None})
                    raise self._refusal(child, number)
            if child in self._effects.tables:
                for number in self._missing(parent, child, field):
                    self._refuse_if_touched(parent, {number: None})
                    raise self._refusal(parent, number)

    def _referring(self, child: str, field: str, parents: Sequence[range]) -> Iterator[int]:
        """The records that refer to one that is no longer there."""
        for numbers in parents:
            rows = self._store.rows(
                f"SELECT id FROM {child} WHERE {field} BETWEEN :first AND :last",
                first=numbers.start,
                last=numbers.stop - 1,
            )
            yield from (row["id"] for row in rows)

    def _missing(self, parent: str, child: str, field: str) -> list[int]:
        """The records of a kind that are referred to again, and are not there."""
        wanted = {values.get(field) for values in self._before[child].values()} - {None}
        rows = self._store.rows(
            f"SELECT value FROM json_each(:wanted) WHERE value NOT IN (SELECT id FROM {parent})",
            wanted=json.dumps(list(wanted)),
        )
        return [row["value"] for row in rows]

    def _unique_indexes(self, table: str) -> list[tuple[list[str], str]]:
        """The columns and the condition of each unique index."""
        rows = self._store.rows(
            "SELECT name, sql FROM sqlite_schema"
            " WHERE tbl_name = :table AND sql LIKE 'CREATE UNIQUE INDEX%'",
            table=table,
        )
        return [
            (
                [column["name"] for column in self._store.rows(f"PRAGMA index_info({name})")],
                sql.partition(" WHERE ")[2] or "true",
            )
            for name, sql in rows
        ]

    def _refuse_doubles(self, table: str, indexes: list[tuple[list[str], str]]) -> None:
        """Refuses where something later took what must be unique."""
        for columns, condition in indexes:
            listed = ", ".join(columns)
            known = " AND ".join(f"{column} IS NOT NULL" for column in columns)
            doubles = self._store.value(
                f"SELECT json_group_array(id) FROM {table} WHERE {condition} AND {known}"
                f" GROUP BY {listed} HAVING count(*) > 1"
            )
            if doubles:
                numbers = json.loads(doubles)
                self._refuse_if_touched(table, dict.fromkeys(numbers))
                raise self._refusal(table, numbers[0])

    def _refuse_broken(self) -> None:
        """Refuses where what was before does not go together with what has come to the records."""
        for table, effects in self._effects.tables.items():
            self._refuse_if_touched(table, dict.fromkeys(effects.kept))
        table, number, _ = next(self._effects.outcomes())
        raise self._refusal(table, number)

    def _refuse_if_touched(self, table: str, columns: Columns) -> None:
        """Refuses where something later touched one of the records, in those columns or any."""
        if not self.later:
            return
        for row in self._store.rows(
            "SELECT change_set_id, operation, first_id, last_id, before FROM change"
            " WHERE record = :table AND change_set_id > :number ORDER BY id DESC",
            table=table,
            number=self._number,
        ):
            if row["change_set_id"] in self.later:
                touched = _touched(row, columns)
                if touched is not None:
                    raise self._refusal(table, touched, row["change_set_id"])

    def _refusal(self, table: str, number: int, by: int | None = None) -> Stopped:
        """The error that says what builds on it."""
        name = named(self._store, table, number)
        later = change_set(self._store, by) if by else None
        if later is None:
            return Stopped(f"Endring {self._number} kan ikke tas tilbake nå: {name}.", _SEE_LOG)
        advice = (
            "Den kan ikke tas tilbake, så denne blir stående også. Rett heller det som er feil."
            if _is_final(self._store, later)
            else f"Ta den tilbake først: hsf data angre --endring {later.number}"
        )
        return Stopped(
            f"Endring {later.number} ({later.command}, {later.when}) bygger på endring "
            f"{self._number}: {name}.",
            advice,
        )


def _touched(row: Row, columns: Columns) -> int | None:
    """The record among those that a row of the log is about, in those columns or any."""
    if row["operation"] == "insert":
        numbers = range(row["first_id"], row["last_id"] + 1)
        return next((number for number in columns if number in numbers), None)
    number: int = row["first_id"]
    if number not in columns:
        return None
    wanted = columns[number]
    if wanted is None or row["operation"] == "delete" or row["before"] is None:
        return number
    return number if wanted & json.loads(row["before"]).keys() else None
