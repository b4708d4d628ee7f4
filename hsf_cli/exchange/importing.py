"""Records in: everything a set of files holds, or nothing of it."""

from collections.abc import Callable, Iterator
from datetime import date

from hsf_cli.errors import BadContent, Place
from hsf_cli.exchange.known import Known
from hsf_cli.exchange.parsing import ParsedRow, ParsedTable
from hsf_cli.exchange.planning import Options, Planner, SheetResult
from hsf_cli.exchange.sheets import Record, Sheet
from hsf_cli.exchange.sources import Source, Table
from hsf_cli.store import Change, Store

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
        with store.change("data importer") as change:
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


def _refused(errors: list[Place]) -> BadContent:
    count = "1 feil" if len(errors) == 1 else f"{len(errors)} feil"
    return BadContent(
        f"Importen ble stoppet av {count}. Ingenting er skrevet.",
        "Rett det som står over, og importer på nytt. Med --prøv skrives ingenting.",
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
        new = sorted(zip(self._numbers, self.plan.new, strict=True))
        change.insert_all(
            self._sheet.table,
            ["id", "imported_id", *(column.field for column in self._parsed.columns)],
            ((number, self._imported_id(row, number), *row.values) for number, row in new),
            [number for number, _ in new],
        )

    def _imported_id(self, row: ParsedRow, number: int) -> str | None:
        """The id to keep beside the number; None where the number's short name says the same."""
        return None if row.id in ("", self._kind.kind.name(number)) else row.id

    def _check(self) -> None:
        """Notes what the cells cannot show one by one."""
        if self.plan.new:
            for column in self._sheet.columns:
                if column.required and column not in self._parsed.columns:
                    self._parsed.fault(1, column.header, "Kolonnen mangler. Nye rader må ha den.")
        for row, record in self._records_to_be():
            for rule in self._sheet.rules:
                if row.unreadable.isdisjoint(rule.fields) and (breach := rule.breach(record)):
                    self._parsed.fault(row.line, self._sheet.header_of(breach[0]), breach[1])
        if self._sheet.table == "inquiry":
            self._check_open_inquiries()

    def _records_to_be(self) -> Iterator[tuple[ParsedRow, Record]]:
        """Each row that is to be written, with the record as it will be."""
        if self._sheet.rules:
            for row in self.plan.new:
                yield row, self._planner.record(row)
            for update in self.plan.updates:
                yield update.row, update.after

    def _check_open_inquiries(self) -> None:
        """A family has at most one open inquiry, with what is here and what the file says."""
        touched = {update.number for update in self.plan.updates}
        families = {
            record["family_id"]
            for number, record in self._planner.stored.items()
            if record["closed_on"] is None and number not in touched
        }
        for row, record in sorted(self._records_to_be(), key=lambda pair: pair[0].line):
            if row.unreadable & {"family_id", "closed_on"} or not record.get("family_id"):
                continue
            if record.get("closed_on") is None:
                if record["family_id"] in families:
                    remedy = "Familien har en åpen henvendelse fra før. Avslutt den første."
                    self._parsed.fault(row.line, self._sheet.header_of("closed_on"), remedy)
                families.add(record["family_id"])

    def _numbered(self) -> list[int]:
        """The number of each new row, known from now on to the tables that refer to it.

        An id that is a free number's short name becomes that number; the others get the next.
        """
        claims = [self._claimed(row.id) for row in self.plan.new]
        following = max([self._kind.last_number, *(claim or 0 for claim in claims)])
        numbers = []
        for row, claim in zip(self.plan.new, claims, strict=True):
            if claim is None:
                following += 1
            numbers.append(claim or following)
            if row.id:
                self._kind.numbers[row.id] = numbers[-1]
        return numbers

    def _claimed(self, id: str) -> int | None:
        number = self._kind.kind.number(id)
        return None if number is None or number in self._kind.id_by_number else number
