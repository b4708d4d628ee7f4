"""Records in: everything a set of files holds, or nothing of it."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from hsf_cli.errors import BadContent, Place
from hsf_cli.exchange.known import ERASED, Known
from hsf_cli.exchange.parsing import ParsedRow, ParsedTable, parsed
from hsf_cli.exchange.sheets import ID, Record, Sheet
from hsf_cli.exchange.sources import Source, Table
from hsf_cli.store import Change, Store

# Hears the name of a sheet and how many of its rows have been read.
Progress = Callable[[str, int], None]


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


class _Undone(Exception):
    """Ends a change set without keeping it."""


def imported(
    store: Store, source: Source, options: Options, today: date, progress: Progress
) -> list[SheetResult]:
    """Imports every table, and gives what became of each.

    Raises BadContent with every error in every table, and then nothing was written.
    """
    results: list[SheetResult] = []
    try:
        with store.change("data importer") as change:
            known = Known(store, today)
            errors: list[Place] = []
            for table in source.tables:
                one = _SheetImport(store, known, options, table, progress)
                results.append(one.result)
                errors += one.errors
                if not errors:
                    one.write(change)
            if errors:
                raise _refused(errors)
            if options.dry_run:
                raise _Undone
    except _Undone:
        pass
    return results


def _refused(errors: list[Place]) -> BadContent:
    count = "1 feil" if len(errors) == 1 else f"{len(errors)} feil"
    return BadContent(
        f"Importen ble stoppet av {count}. Ingenting er skrevet.",
        "Rett det som står over, og importer på nytt. Med --prøv skrives ingenting.",
        errors,
    )


@dataclass
class _Update:
    row: ParsedRow
    number: int
    changes: dict[str, Any]
    after: Record


@dataclass
class _Plan:
    """The rows of a sheet by what is to be done with them."""

    new: list[ParsedRow] = field(default_factory=list)
    updates: list[_Update] = field(default_factory=list)


class _SheetImport:
    """One table on its way into the store."""

    def __init__(
        self, store: Store, known: Known, options: Options, table: Table, progress: Progress
    ) -> None:
        self.sheet: Sheet = table.sheet
        self.result = SheetResult(table.sheet.name)
        self._store = store
        self._kind = known[table.sheet.table]
        self._options = options
        self._parsed: ParsedTable = parsed(
            table,
            known,
            skip_unknown=options.skip_unknown,
            seen=lambda count: progress(table.sheet.name, count),
        )
        self._fields = [column.field for column in self._parsed.columns]
        self._plan = self._planned()
        self._check()
        self._numbers = self._numbered()

    @property
    def errors(self) -> list[Place]:
        """Everything that is wrong with the table, in the order of its lines."""
        return sorted(self._parsed.errors, key=lambda place: place.line)

    def write(self, change: Change) -> None:
        """Writes the plan. Closings go first: a family may close one inquiry and open another."""
        for update in sorted(
            self._plan.updates, key=lambda one: one.after.get("closed_on") is None
        ):
            change.update(self.sheet.table, update.number, **update.changes)
        new = sorted(zip(self._numbers, self._plan.new, strict=True))
        change.insert_all(
            self.sheet.table,
            ["id", "imported_id", *self._fields],
            ((number, self._imported_id(row, number), *row.values) for number, row in new),
            [number for number, _ in new],
        )

    def _imported_id(self, row: ParsedRow, number: int) -> str | None:
        """The id to keep beside the number; None where the number's short name says the same."""
        return None if row.id in ("", self._kind.kind.name(number)) else row.id

    def _planned(self) -> _Plan:
        """Sorts the rows into new ones, changes to records that are here, and the rest."""
        plan = _Plan()
        lines: dict[str, int] = {}
        known_content = self._known_content()
        for row in self._parsed.rows:
            if row.id in lines:
                remedy = f"Id-en står også på linje {lines[row.id]}. Hver rad må ha sin egen."
                self._parsed.error(row.line, ID, row.id, remedy)
            elif self._is_erased(row):
                self.result.erased += 1
            elif row.id and row.id in self._kind.numbers:
                self._plan_known(plan, row)
            elif known_content is not None and self._taken(known_content, row):
                self.result.present += 1
            else:
                plan.new.append(row)
            if row.id:
                lines[row.id] = row.line
        self._kind.named_in_files.update(lines)
        self.result.added = len(plan.new)
        self.result.updated = len(plan.updates)
        return plan

    def _is_erased(self, row: ParsedRow) -> bool:
        if ERASED in row.values:
            return True
        if not row.id or self._options.revive or not self._kind.is_erased(row.id):
            return False
        self._kind.numbers[row.id] = ERASED
        return True

    def _plan_known(self, plan: _Plan, row: ParsedRow) -> None:
        number = self._kind.numbers[row.id]
        assert isinstance(number, int)
        before = self._stored[number]
        changes = {
            name: value
            for name, value in zip(self._fields, row.values, strict=True)
            if before[name] != value
        }
        if changes and self._options.update:
            plan.updates.append(_Update(row, number, changes, {**before, **changes}))
            return
        self.result.present += 1
        self.result.different += bool(changes)

    @property
    def _stored(self) -> dict[int, Record]:
        """The records of this kind that are here already, by number; read when first needed."""
        if not hasattr(self, "_stored_records"):
            fields = self.sheet.fields
            rows = self._store.each(f"SELECT id, {', '.join(fields)} FROM {self.sheet.table}")
            self._stored_records: dict[int, Record] = {
                row[0]: dict(zip(fields, tuple(row)[1:], strict=True)) for row in rows
            }
        return self._stored_records

    def _known_content(self) -> Counter[tuple[Any, ...]] | None:
        """How many records with each content are here, for rows that no id tells apart."""
        by_id = self.sheet.needs_id or all(row.id for row in self._parsed.rows)
        if by_id and not self.sheet.once:
            return None
        fields = ", ".join(self.sheet.fields)
        return Counter(map(tuple, self._store.each(f"SELECT {fields} FROM {self.sheet.table}")))

    def _taken(self, known: Counter[tuple[Any, ...]], row: ParsedRow) -> bool:
        """Whether the row is one of the records counted, which then is counted no more.

        In a sheet where the same content is the same record, it stays, and so does the row's own.
        """
        content = self._content(row)
        if self.sheet.once:
            known[content] += 1
            return known[content] > 1
        if row.id or not known.get(content):
            return False
        known[content] -= 1
        return True

    def _content(self, row: ParsedRow) -> tuple[Any, ...]:
        values = dict(zip(self._fields, row.values, strict=True))
        return tuple(values.get(column.field, column.value.blank) for column in self.sheet.columns)

    def _check(self) -> None:
        """Notes what the cells cannot show one by one."""
        self._check_required_columns()
        if self.sheet.rules:
            for row in self._plan.new:
                self._check_row(row, dict(zip(self._fields, row.values, strict=True)))
            for update in self._plan.updates:
                self._check_row(update.row, update.after)
        if self.sheet.table == "inquiry":
            self._check_open_inquiries()

    def _check_required_columns(self) -> None:
        if not self._plan.new:
            return
        for column in self.sheet.columns:
            if column.required and column not in self._parsed.columns:
                remedy = "Kolonnen mangler. Nye rader må ha den."
                self._parsed.error(1, column.header, "", remedy)

    def _check_row(self, row: ParsedRow, record: Record) -> None:
        for rule in self.sheet.rules:
            if breach := rule(record):
                name, remedy = breach
                value = "" if record.get(name) is None else str(record[name])
                self._parsed.error(row.line, self.sheet.header_of(name), value, remedy)

    def _check_open_inquiries(self) -> None:
        """A family has at most one open inquiry, with what is here and what the file says."""
        touched = {update.number for update in self._plan.updates}
        stays_open = {
            record["family_id"]
            for number, record in self._stored.items()
            if record["closed_on"] is None and number not in touched
        }
        wanted: Iterable[tuple[ParsedRow, Record]] = [
            *((update.row, update.after) for update in self._plan.updates),
            *((row, dict(zip(self._fields, row.values, strict=True))) for row in self._plan.new),
        ]
        for row, record in sorted(wanted, key=lambda pair: pair[0].line):
            if record.get("closed_on") is not None or "family_id" not in record:
                continue
            if record["family_id"] in stays_open:
                remedy = "Familien har en åpen henvendelse fra før. Avslutt den første."
                self._parsed.error(row.line, "avsluttet", "", remedy)
            stays_open.add(record["family_id"])

    def _numbered(self) -> list[int]:
        """The number of each new row, known from now on to the tables that refer to it.

        An id that is a free number's short name becomes that number; the others get the next.
        """
        rows = self._plan.new
        claims = [self._claimed(row.id) for row in rows]
        following = max([self._kind.last_number, *(claim or 0 for claim in claims)])
        numbers = []
        for row, claim in zip(rows, claims, strict=True):
            if claim is None:
                following += 1
            number = claim or following
            numbers.append(number)
            if row.id:
                self._kind.numbers[row.id] = number
        for id in self._parsed.unreadable_ids:
            self._kind.numbers.setdefault(id, 0)
        return numbers

    def _claimed(self, id: str) -> int | None:
        number = self._kind.kind.number(id)
        return None if number in self._kind.stored else number


def changed_nothing(results: Sequence[SheetResult]) -> bool:
    """Whether an import left everything as it was."""
    return not any(result.added or result.updated for result in results)
