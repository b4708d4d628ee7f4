"""Sorts a table's rows: which are new, which change a record, and which are here already."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import repeat
from typing import Any

from hsf_cli.exchange.known import ERASED, Known
from hsf_cli.exchange.parsing import ParsedTable
from hsf_cli.exchange.sheet import ID, Record, Sheet
from hsf_cli.store import Store

_Content = tuple[Any, ...]


@dataclass(frozen=True)
class Options:
    """What the person who imports has asked for."""

    dry_run: bool = False
    update: bool = False
    skip_unknown: bool = False
    revive: bool = False


@dataclass
class SheetResult:
    """What became of one sheet's rows."""

    sheet: str
    added: int = 0
    present: int = 0
    updated: int = 0
    # Already here, but with other values than the file has.
    different: int = 0
    # Of records that were merged or erased, and therefore left out.
    erased: int = 0


@dataclass(frozen=True)
class Update:
    """A row that changes a record: what it sets, and the record as it will be."""

    row: int
    number: int
    changes: Record
    after: Record


@dataclass
class Plan:
    """The rows of a table by what is to be done with them, and what that comes to."""

    result: SheetResult
    new: list[int] = field(default_factory=list)
    updates: list[Update] = field(default_factory=list)
    # What differs from a record that is here, where changes were not asked for.
    different: list[Update] = field(default_factory=list)


class Planner:
    """Knows the records that are here, and sorts one table's rows by them."""

    def __init__(self, store: Store, known: Known, options: Options, parsed: ParsedTable) -> None:
        self._store = store
        self._sheet: Sheet = parsed.table.sheet
        self._kind = known[self._sheet.table]
        self._options = options
        self._parsed = parsed

    def plan(self) -> Plan:
        """What is to be done with each row; ids that stand twice are noted in the table."""
        plan = Plan(SheetResult(self._sheet.name))
        left_out = self._rows_of_erased_records()
        # Rows that name a record go first: what they stand for, no other row stands for.
        others = []
        for row, id in self._rows_of_their_own():
            if row in left_out or (id and self._is_erased(id)):
                plan.result.erased += 1
                self._kind.leave_out(id)
            elif id and id in self._kind.numbers:
                self._plan_known(plan, row, id)
            else:
                others.append(row)
        self._plan_others(plan, others)
        plan.result.added = len(plan.new)
        plan.result.updated = len(plan.updates)
        plan.result.different = len(plan.different)
        return plan

    @cached_property
    def stored(self) -> dict[int, _Content]:
        """What the records of this kind that are here already hold, by number."""
        fields = ", ".join(self._sheet.fields)
        rows = self._store.each(f"SELECT id, {fields} FROM {self._sheet.table}")
        return {number: tuple(content) for number, *content in rows}

    def stored_record(self, number: int) -> Record:
        """A record that is here already, by field."""
        return dict(zip(self._sheet.fields, self.stored[number], strict=True))

    def _rows_of_erased_records(self) -> set[int]:
        """The rows that refer to a record that was merged or erased."""
        return {
            row
            for values in self._parsed.values.values()
            if ERASED in values
            for row, value in enumerate(values)
            if value is ERASED
        }

    def _rows_of_their_own(self) -> Iterator[tuple[int, str]]:
        """The rows and their ids, without those whose id an earlier row has."""
        first: dict[str, int] = {}
        for row, id in enumerate(self._parsed.ids):
            if id:
                if id in first:
                    line = self._parsed.lines[first[id]]
                    remedy = f"Id-en står også på linje {line}. Hver rad må ha sin egen."
                    self._parsed.fault(self._parsed.lines[row], ID, remedy)
                    continue
                first[id] = row
            yield row, id
        self._kind.named_in_files = first

    def _plan_known(self, plan: Plan, row: int, id: str) -> None:
        number = self._kind.numbers[id]
        assert isinstance(number, int)
        change = self._change(row, number)
        if change is None:
            plan.result.present += 1
        elif self._options.update:
            plan.updates.append(change)
        else:
            plan.result.present += 1
            plan.different.append(change)
        if not self._sheet.needs_id:
            self._stands_for(number, change if self._options.update else None)

    def _change(self, row: int, number: int) -> Update | None:
        """What the row changes in a record that is here; None for nothing."""
        unreadable = self._parsed.unreadable.get(row, set())
        stored = self.stored[number]
        changes = {
            name: values[row]
            for name, values in self._parsed.values.items()
            if values[row] != stored[self._place[name]] and name not in unreadable
        }
        if not changes:
            return None
        return Update(row, number, changes, {**self.stored_record(number), **changes})

    def _stands_for(self, number: int, update: Update | None) -> None:
        """Takes a record that a row stands for out of the count, or moves it to its new content."""
        self._contents[self.stored[number]] -= 1
        if self._sheet.once:
            after = update.after if update else self.stored_record(number)
            self._contents[tuple(map(after.get, self._sheet.fields))] += 1

    @cached_property
    def _place(self) -> dict[str, int]:
        """Where each field stands in a stored record."""
        return {name: place for place, name in enumerate(self._sheet.fields)}

    def _is_erased(self, id: str) -> bool:
        """Whether the id is that of an erased record, which is neither here again nor asked for.

        Somebody who is anonymised is here, but not as whoever a file says.
        """
        return self._kind.is_anonymised(id) or (
            id not in self._kind.numbers and not self._options.revive and self._kind.is_erased(id)
        )

    def _plan_others(self, plan: Plan, rows: list[int]) -> None:
        """Sorts the rows that name no record that is here: new ones, and those that equal one.

        An id of its own makes a row new, but where the same content is the same record.
        """
        if self._sheet.needs_id or not (self._contents or self._sheet.once):
            plan.new = rows
            return
        for row in rows:
            if (self._sheet.once or not self._parsed.ids[row]) and self._is_here(row):
                plan.result.present += 1
            else:
                plan.new.append(row)

    def _is_here(self, row: int) -> bool:
        """Whether a record with the row's content is here that no other row stands for.

        In a sheet where the same content is the same record, any row may stand for it.
        """
        content = self._row_contents[row]
        here = self._contents[content] > 0
        self._contents[content] = 1 if self._sheet.once else self._contents[content] - here
        return here

    @cached_property
    def _contents(self) -> Counter[_Content]:
        """How many records there are with each content."""
        if "stored" in self.__dict__:
            return Counter(self.stored.values())
        fields = ", ".join(self._sheet.fields)
        return Counter(map(tuple, self._store.each(f"SELECT {fields} FROM {self._sheet.table}")))

    @cached_property
    def _row_contents(self) -> list[_Content]:
        """What each row holds in every column of the sheet; blank where the table has none."""
        rows = len(self._parsed.lines)
        columns = (
            self._parsed.values.get(column.field, repeat(column.value.blank, rows))
            for column in self._sheet.columns
        )
        return list(zip(*columns, strict=True))
