"""One table of a file made into rows of values, with every cell that could not be read."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any, NamedTuple

from hsf_cli.errors import BadContent, Place, Unreadable
from hsf_cli.exchange.headings import hint
from hsf_cli.exchange.sheet import ID, Column, Record
from hsf_cli.exchange.sources import Cells, Table
from hsf_cli.exchange.values import TEXT, Context
from hsf_cli.spelling import folded
from hsf_cli.texts import cleaned

_MISSING = "Må fylles ut."
_LONGEST_SHOWN = 60
# How many rows go by between one sign of progress and the next.
_STEP = 1_000
# Looking for what was meant takes a while: among so many strange columns nothing was.
_MOST_HINTS = 100
# Above its headings a sheet may have a title and a blank row or two.
_MOST_ABOVE = 10
# Beyond this many different cells a column hardly repeats itself, and remembering costs memory.
_MOST_REMEMBERED = 50_000

_ID_COLUMN = Column(ID, ID, TEXT)


class _Fault(NamedTuple):
    """Something wrong at a cell; the place among the row's cells is None where it has none."""

    line: int
    cell: int | None
    column: str
    remedy: str


@dataclass
class ParsedTable:
    """What a table held, column by column; a row is its place in every one of them.

    Rows with something wrong are in it too, with None for what could not be read.
    """

    table: Table
    # The line and the id ("" for none) of each row.
    lines: list[int] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    # The values of each column that the table has, by field.
    values: dict[str, list[Any]] = field(default_factory=dict)
    # The fields that could not be read, of the rows that have any.
    unreadable: dict[int, set[str]] = field(default_factory=dict)
    # Whether it may define ids that could not be read, so that nobody can say what is unknown.
    ids_in_doubt: bool = False
    _faults: list[_Fault] = field(default_factory=list)
    _unreadable_file: tuple[Place, ...] = ()
    _cell_of: dict[str, int] = field(default_factory=dict)

    def record(self, row: int) -> Record:
        """A row's values by field, as far as the table's columns go."""
        return {name: values[row] for name, values in self.values.items()}

    def fault(self, line: int, header: str, remedy: str) -> None:
        """Notes that something is wrong on a line, under a header."""
        self._faults.append(_Fault(line, self._cell_of.get(header), header, remedy))

    def places(self) -> list[Place]:
        """Everything that is wrong, in the order of the lines, with what stood there.

        The file is read once more for that: keeping every cell would cost too much memory.
        """
        found = [
            Place(
                self.table.file,
                fault.line,
                fault.column,
                _shown(cells, fault.cell),
                fault.remedy,
            )
            for fault, cells in self._with_cells(sorted(self._faults, key=_line_of))
        ]
        return [*found, *self._unreadable_file]

    def _with_cells(self, faults: Sequence[_Fault]) -> Iterator[tuple[_Fault, Cells]]:
        """Each fault, in the order of the lines, with the cells of its row."""
        if not faults:
            return
        rows = self.table.rows()
        line, cells = next(rows, (1, []))
        for fault in faults:
            while line < fault.line:
                line, cells = next(rows, (fault.line, []))
            yield fault, cells

    def read(self, context: Context, *, skip_unknown: bool, seen: Callable[[int], None]) -> None:
        """Reads the table to its end, noting what is wrong. `seen` hears how many rows went by."""
        try:
            rows = self.table.rows()
            _, header = next(rows, (1, []))
            if not self._ours(header):
                following = list(islice(rows, _MOST_ABOVE))
                if line := next((line for line, cells in following if self._ours(cells) > 1), None):
                    self._note_lines_above(header, line)
                    return
                rows = chain(following, rows)
            columns = self._read_header([self.table.plain(name).strip() for name in header])
            self._note_columns(columns, header, skip_unknown)
            # Of a column that stands twice only the first is read.
            columns = [
                column if column and self._cell_of[column.header] == place else None
                for place, column in enumerate(columns)
            ]
            readers = [
                _Cells(column, self.table.plain, context)
                if column
                else _NotOurs(ignored=skip_unknown or bool(name.strip()))
                for column, name in zip(columns, header, strict=True)
            ]
            self._read_rows(rows, columns, readers, seen)
        except BadContent as error:
            if not error.places:
                raise
            self._unreadable_file = error.places
            self.ids_in_doubt = True

    def _ours(self, cells: Cells) -> int:
        """How many of a row's cells are headings of the sheet."""
        known = {ID, *self.table.sheet.by_spelling}
        return sum(folded(self.table.plain(cell)) in known for cell in cells)

    def _note_lines_above(self, header: Sequence[str], line: int) -> None:
        self.ids_in_doubt = True
        place = next((place for place, name in enumerate(header) if name.strip()), None)
        remedy = f"Overskriftene står på linje {line}. Slett linjene over, så de står øverst."
        self._faults.append(_Fault(1, place, "", remedy))

    def _read_header(self, header: Sequence[str]) -> list[Column | None]:
        """The column under each header; None for one that is not ours."""
        by_spelling = self.table.sheet.by_spelling
        columns = [
            _ID_COLUMN if folded(name) == ID else by_spelling.get(folded(name)) for name in header
        ]
        for place, column in enumerate(columns):
            if column:
                self._cell_of.setdefault(column.header, place)
        self.values = {
            column.field: [] for column in columns if column and column is not _ID_COLUMN
        }
        return columns

    def _note_columns(
        self, columns: Sequence[Column | None], header: Sequence[str], skip_unknown: bool
    ) -> None:
        sheet = self.table.sheet
        known = (
            f" Kjente er: {', '.join(sheet.headers)}."
            " Skal den ikke med, så ta den bort, eller legg til --hopp-over-ukjente."
        )
        for place, (column, name) in enumerate(zip(columns, header, strict=True)):
            if column is None and name.strip() and not skip_unknown:
                meant = hint(name, sheet) if len(self._faults) < _MOST_HINTS else ""
                self._faults.append(
                    _Fault(1, place, name.strip(), f"{meant}Ukjent kolonne.{known}")
                )
                known = ""  # told once
            elif column is not None and self._cell_of[column.header] != place:
                remedy = "Kolonnen står to ganger. Behold den ene."
                self._faults.append(_Fault(1, place, name.strip(), remedy))
        if sheet.needs_id and columns and _ID_COLUMN not in columns:
            self.ids_in_doubt = True
            self.fault(1, ID, "Kolonnen mangler. Hver rad må ha en id, for eksempel F1.")

    def _read_rows(
        self,
        rows: Iterator[tuple[int, Cells]],
        columns: Sequence[Column | None],
        readers: Sequence[dict[str, Any]],
        seen: Callable[[int], None],
    ) -> None:
        """Reads the rows a thousand at a time, and one by one where something is out of order."""
        # A row of blanks cannot be read where something is required; elsewhere it must be found.
        one_by_one = not any(column.required for column in columns if column)
        while batch := list(islice(rows, _STEP)):
            if one_by_one or not self._read_together(batch, columns, readers):
                for line, cells in batch:
                    self._read_row(line, cells, columns, readers)
            seen(len(self.lines))

    def _read_together(
        self,
        batch: Sequence[tuple[int, Cells]],
        columns: Sequence[Column | None],
        readers: Sequence[dict[str, Any]],
    ) -> bool:
        """Reads rows column by column; gives False, and reads none, where one is not in order."""
        lines, rows = zip(*batch, strict=True)
        if {len(cells) for cells in rows} != {len(readers)}:
            return False
        try:
            read = [
                list(map(reader.__getitem__, cells))
                for reader, cells in zip(readers, zip(*rows, strict=True), strict=True)
            ]
        except Unreadable:
            return False
        id_cell = self._cell_of.get(ID)
        ids = [""] * len(rows) if id_cell is None else [id or "" for id in read[id_cell]]
        if self.table.sheet.needs_id and "" in ids:
            return False
        self.lines += lines
        self.ids += ids
        for column, values in zip(columns, read, strict=True):
            if column is not None and column is not _ID_COLUMN:
                self.values[column.field] += values
        return True

    def _read_row(
        self,
        line: int,
        cells: Cells,
        columns: Sequence[Column | None],
        readers: Sequence[dict[str, Any]],
    ) -> None:
        """Reads a row, noting every cell that cannot be read; a row of blanks is no row."""
        if not any(cell.strip() for cell in cells):
            return
        if len(cells) > len(columns):
            remedy = "Raden har flere celler enn overskriften."
            self._faults.append(_Fault(line, len(columns), "", remedy))
        row, id = len(self.lines), ""
        self.lines.append(line)
        padded = cells[: len(columns)] + [""] * (len(columns) - len(cells))
        for place, (column, reader) in enumerate(zip(columns, readers, strict=True)):
            value = self._read_cell(line, place, padded[place], column, reader, row)
            if column is _ID_COLUMN:
                id = value or ""
            elif column is not None:
                self.values[column.field].append(value)
        self.ids.append(id)
        if self.table.sheet.needs_id and not id and ID in self._cell_of:
            self.ids_in_doubt = True
            if ID not in self.unreadable.get(row, ()):
                self.fault(line, ID, _MISSING)

    def _read_cell(
        self,
        line: int,
        place: int,
        cell: str,
        column: Column | None,
        reader: dict[str, Any],
        row: int,
    ) -> Any:
        try:
            return reader[cell]
        except Unreadable as error:
            if error.remedy:
                header = column.header if column else ""
                self._faults.append(_Fault(line, place, header, error.remedy))
            if column:
                self.unreadable.setdefault(row, set()).add(column.field)
            return None


class _Cells(dict[str, Any]):
    """What each different text of a column means: read the first time, remembered after that."""

    def __init__(self, column: Column, plain: Callable[[str], str], context: Context) -> None:
        super().__init__()
        self._required = column.required
        self._blank = column.value.blank
        self._longest = column.longest
        self._read = column.value.read
        self._context = context
        self._plain = plain

    def __missing__(self, cell: str) -> Any:
        text = cleaned(self._plain(cell), self._longest)
        if text:
            value = self._read(text, self._context)
        elif self._required:
            raise Unreadable(_MISSING)
        else:
            value = self._blank
        if len(self) < _MOST_REMEMBERED:
            self[cell] = value
        return value


class _NotOurs(dict[str, Any]):
    """A column that is none of the sheet's; one without a name may hold nothing."""

    def __init__(self, *, ignored: bool) -> None:
        super().__init__()
        self._ignored = ignored

    def __missing__(self, cell: str) -> None:
        if not self._ignored and cell.strip():
            raise Unreadable("Kolonnen har ingen overskrift. Gi den en, eller tøm cellen.")


def _line_of(fault: _Fault) -> int:
    return fault.line


def _shown(cells: Cells, place: int | None) -> str:
    """What stands in the cell, short enough to be shown."""
    if place is None or place >= len(cells):
        return ""
    text = cells[place].strip(" \t\r\n")
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"
