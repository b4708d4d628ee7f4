"""Records in: everything a set of files holds, or nothing of it."""

import gc
from bisect import bisect_left
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

from hsf_cli.change import Change
from hsf_cli.errors import BadContent, Place
from hsf_cli.exchange.known import Known
from hsf_cli.exchange.parsing import ParsedTable
from hsf_cli.exchange.planning import Options, Planner, SheetResult, Update
from hsf_cli.exchange.sheet import ID, Breach, Record, Rule, Sheet
from hsf_cli.exchange.sources import Source, Table
from hsf_cli.numbers import written
from hsf_cli.store import Store

# Hears the name of a sheet and how many of its rows have been read.
Progress = Callable[[str, int], None]


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
        with store.change("data importer") as change, _without_collecting():
            known = Known(store, today)
            errors: list[Place] = []
            for table in source.tables:
                one = _SheetImport(store, known, options, table, progress)
                results.append(one.plan.result)
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


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Without Python's search for cycles: among millions of values that all stay it finds none.

    It would take a tenth of the time of a large import.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _refused(errors: list[Place]) -> BadContent:
    count = "én feil" if len(errors) == 1 else f"{written(len(errors))} feil"
    return BadContent(
        f"Importen ble stoppet av {count}. Ingenting er skrevet.",
        "Rett feilene i filene, lagre, og importer på nytt.",
        errors,
    )


class _SheetImport:
    """One table on its way into the store: read, sorted, checked and numbered."""

    def __init__(
        self, store: Store, known: Known, options: Options, table: Table, progress: Progress
    ) -> None:
        self._sheet: Sheet = table.sheet
        self._kind = known[table.sheet.table]
        self._parsed = ParsedTable(table)
        self._parsed.read(
            known,
            skip_unknown=options.skip_unknown,
            seen=lambda count: progress(table.sheet.name, count),
        )
        self._planner = Planner(store, known, options, self._parsed)
        self.plan = self._planner.plan()
        self._check()
        self._numbers = self._numbered()
        self._kind.in_doubt = self._parsed.ids_in_doubt

    @property
    def errors(self) -> list[Place]:
        """Everything that is wrong with the table, in the order of its lines."""
        return self._parsed.places()

    def write(self, change: Change) -> None:
        """Writes the plan."""
        change.update_all(
            self._sheet.table, [(update.number, update.changes) for update in self.plan.updates]
        )
        # In the order of their numbers, which is how the table grows fastest.
        order = sorted(range(len(self._numbers)), key=self._numbers.__getitem__)
        rows = [self.plan.new[place] for place in order]
        numbers = [self._numbers[place] for place in order]
        columns = [[values[row] for row in rows] for values in self._parsed.values.values()]
        change.insert_all(
            self._sheet.table,
            ["id", "imported_id", *self._parsed.values],
            zip(numbers, map(self._kept_id, rows, numbers), *columns, strict=True),
            numbers,
        )

    def _kept_id(self, row: int, number: int) -> str | None:
        """The id to keep beside the number; None where the number's short name says the same."""
        id = self._parsed.ids[row]
        return id if id and id != self._kind.kind.name(number) else None

    def _check(self) -> None:
        """Notes what the cells cannot show one by one."""
        if self.plan.new:
            for column in self._sheet.columns:
                if column.required and column.field not in self._parsed.values:
                    self._parsed.fault(1, column.header, "Kolonnen mangler. Nye rader må ha den.")
        for rule in self._sheet.rules:
            self._check_rule(rule)
        if self._sheet.table == "inquiry":
            self._check_open_inquiries()
        if self._sheet.once:
            self._check_doubles()

    def _check_rule(self, rule: Rule) -> None:
        blank = [None] * len(self._parsed.lines)
        columns = [self._parsed.values.get(name, blank) for name in rule.fields]
        for row, breach in enumerate(map(rule.breach, *columns)):
            if breach and self._is_new(row):
                self._note_breach(rule, row, breach)
        for update in self._changes_told_of():
            if breach := rule.breach(*(update.after[name] for name in rule.fields)):
                self._note_breach(rule, update.row, breach)

    def _changes_told_of(self) -> list[Update]:
        """What the file says of records that are here: an error in it is one either way."""
        return [*self.plan.updates, *self.plan.different]

    def _is_new(self, row: int) -> bool:
        place = bisect_left(self.plan.new, row)
        return place < len(self.plan.new) and self.plan.new[place] == row

    def _note_breach(self, rule: Rule, row: int, breach: Breach) -> None:
        """Notes a broken rule, unless the row has no values to judge it by."""
        if self._parsed.unreadable.get(row, set()).isdisjoint(rule.fields):
            field, remedy = breach
            self._parsed.fault(self._parsed.lines[row], self._sheet.header_of(field), remedy)

    def _check_open_inquiries(self) -> None:
        """A family has at most one open inquiry, with what is here and what the file says."""
        touched = {update.number for update in self.plan.updates}
        here = (self._planner.stored_record(n) for n in self._planner.stored if n not in touched)
        families = {record["family_id"] for record in here if record["closed_on"] is None}
        to_be: list[tuple[int, Record]] = [
            *((row, self._parsed.record(row)) for row in self.plan.new),
            *((update.row, update.after) for update in self.plan.updates),
        ]
        for row, record in sorted(to_be, key=lambda pair: pair[0]):
            unreadable = self._parsed.unreadable.get(row, set())
            family = record.get("family_id")
            if unreadable & {"family_id", "closed_on"} or family is None or record.get("closed_on"):
                continue
            if family in families:
                remedy = "Familien har en åpen henvendelse fra før. Avslutt den første."
                header = self._sheet.header_of("closed_on")
                self._parsed.fault(self._parsed.lines[row], header, remedy)
            families.add(family)

    def _check_doubles(self) -> None:
        """Where the same content is the same record, no change may make two of it."""
        touched = {update.number for update in self.plan.updates}
        fields = self._sheet.fields
        contents = {
            content for number, content in self._planner.stored.items() if number not in touched
        }
        contents |= {tuple(map(self._parsed.record(row).get, fields)) for row in self.plan.new}
        for update in self.plan.updates:
            content = tuple(map(update.after.get, fields))
            if content in contents:
                remedy = "Raden blir lik en annen. Ta den bort, eller rett den."
                self._parsed.fault(self._parsed.lines[update.row], ID, remedy)
            contents.add(content)

    def _numbered(self) -> list[int]:
        """The number of each new row, known from now on to the tables that refer to it.

        An id that is a free number's short name becomes that number; the others get the next.
        """
        ids = [self._parsed.ids[row] for row in self.plan.new]
        claims = [self._claimed(id) if id else None for id in ids]
        following = max([self._kind.last_number, *(claim or 0 for claim in claims)])
        numbers = []
        for id, claim in zip(ids, claims, strict=True):
            if claim is None:
                following += 1
            numbers.append(claim or following)
            if id:
                self._kind.numbers[id] = numbers[-1]
        return numbers

    def _claimed(self, id: str) -> int | None:
        number = self._kind.kind.number(id)
        return None if number is None or number in self._kind.id_by_number else number
