"""Sorts a table's rows: which are new, which change a record, and which are here already."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from hsf_cli.exchange.known import ERASED, Known
from hsf_cli.exchange.parsing import ParsedRow, ParsedTable
from hsf_cli.exchange.sheets import ID, Record, Sheet
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

    row: ParsedRow
    number: int
    changes: dict[str, Any]
    after: Record


@dataclass
class Plan:
    """The rows of a table by what is to be done with them, and what that comes to."""

    result: SheetResult
    new: list[ParsedRow] = field(default_factory=list)
    updates: list[Update] = field(default_factory=list)


class Planner:
    """Knows the records that are here, and sorts one table's rows by them."""

    def __init__(self, store: Store, known: Known, options: Options, parsed: ParsedTable) -> None:
        self._store = store
        self._sheet: Sheet = parsed.table.sheet
        self._kind = known[self._sheet.table]
        self._options = options
        self._parsed = parsed
        self._fields = [column.field for column in parsed.columns]

    def plan(self) -> Plan:
        """What is to be done with each row; ids that stand twice are noted in the table."""
        plan = Plan(SheetResult(self._sheet.name))
        # Rows that name their record go first: what they stand for, no other row stands for.
        without_id = []
        for row in self._rows_of_their_own():
            if ERASED in row.values:
                plan.result.erased += 1
                self._kind.leave_out(row.id)
            elif not row.id:
                without_id.append(row)
            elif row.id in self._kind.numbers:
                self._plan_known(plan, row)
            elif not self._options.revive and self._kind.is_erased(row.id):
                plan.result.erased += 1
                self._kind.leave_out(row.id)
            else:
                self._plan_unless_here(plan, row, by_content=self._sheet.once)
        for row in without_id:
            self._plan_unless_here(plan, row, by_content=not self._sheet.needs_id)
        plan.new.sort(key=lambda row: row.line)
        plan.result.added = len(plan.new)
        plan.result.updated = len(plan.updates)
        return plan

    def record(self, row: ParsedRow) -> Record:
        """The row's values by field, as far as its columns go."""
        return dict(zip(self._fields, row.values, strict=True))

    @cached_property
    def stored(self) -> dict[int, Record]:
        """The records of this kind that are here already, by number."""
        fields = self._sheet.fields
        rows = self._store.each(f"SELECT id, {', '.join(fields)} FROM {self._sheet.table}")
        return {number: dict(zip(fields, rest, strict=True)) for number, *rest in rows}

    def _rows_of_their_own(self) -> Iterable[ParsedRow]:
        """The rows without those whose id an earlier row has."""
        lines: dict[str, int] = {}
        for row in self._parsed.rows:
            if row.id and row.id in lines:
                remedy = f"Id-en står også på linje {lines[row.id]}. Hver rad må ha sin egen."
                self._parsed.fault(row.line, ID, remedy)
                continue
            if row.id:
                lines[row.id] = row.line
            yield row
        self._kind.named_in_files.update(lines)

    def _plan_known(self, plan: Plan, row: ParsedRow) -> None:
        number = self._kind.numbers[row.id]
        assert isinstance(number, int)
        before = self.stored[number]
        changes = {
            name: value
            for name, value in self.record(row).items()
            if before[name] != value and name not in row.unreadable
        }
        after = {**before, **changes}
        if changes and self._options.update and self._may_become(before, after):
            plan.updates.append(Update(row, number, changes, after))
            return
        plan.result.present += 1
        plan.result.different += bool(changes)
        if not self._sheet.needs_id and not self._sheet.once:
            self._contents[self._content(before)] -= 1

    def _may_become(self, before: Record, after: Record) -> bool:
        """Whether a record may get that content: not where it would be there twice."""
        if self._sheet.needs_id:
            return True
        old, new = self._content(before), self._content(after)
        if self._sheet.once and self._contents[new] > 0:
            return False
        self._contents[old] -= 1
        self._contents[new] += self._sheet.once
        return True

    def _plan_unless_here(self, plan: Plan, row: ParsedRow, *, by_content: bool) -> None:
        if by_content and self._is_here(self._content(self.record(row))):
            plan.result.present += 1
        else:
            plan.new.append(row)

    def _is_here(self, content: _Content) -> bool:
        """Whether a record with that content is here that no other row stands for.

        In a sheet where the same content is the same record, any row may stand for it.
        """
        here = self._contents[content] > 0
        if self._sheet.once:
            self._contents[content] = 1
        elif here:
            self._contents[content] -= 1
        return here

    @cached_property
    def _contents(self) -> Counter[_Content]:
        """How many records there are with each content."""
        fields = ", ".join(self._sheet.fields)
        return Counter(map(tuple, self._store.each(f"SELECT {fields} FROM {self._sheet.table}")))

    def _content(self, record: Record) -> _Content:
        return tuple(
            [record.get(column.field, column.value.blank) for column in self._sheet.columns]
        )
