"""One table of a file made into rows of values, with every cell that could not be read."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, NamedTuple

from hsf_cli.errors import BadContent, Place, Unreadable
from hsf_cli.exchange.sheets import ID, Column
from hsf_cli.exchange.sources import Cells, Table
from hsf_cli.exchange.values import TEXT, Context, cleaned
from hsf_cli.spelling import folded

_MISSING = "Må fylles ut."
_LONGEST_SHOWN = 60
# Beyond this many different cells a column hardly repeats itself, and remembering costs memory.
_MOST_REMEMBERED = 50_000

_ID_COLUMN = Column(ID, ID, TEXT)
_READABLE: frozenset[str] = frozenset()


class ParsedRow(NamedTuple):
    """A row: its line, its id ("" for none), its columns' values, and the fields without one."""

    line: int
    id: str
    values: tuple[Any, ...]
    unreadable: frozenset[str] = _READABLE


class _Fault(NamedTuple):
    """Something wrong at a cell; the place among the row's cells is None where it has none."""

    line: int
    cell: int | None
    column: str
    remedy: str


@dataclass
class ParsedTable:
    """What a table held: the columns it has and its rows, also those with something wrong."""

    table: Table
    columns: tuple[Column, ...] = ()
    rows: list[ParsedRow] = field(default_factory=list)
    # Whether it may define ids that could not be read, so that nobody can say what is unknown.
    ids_in_doubt: bool = False
    _faults: list[_Fault] = field(default_factory=list)
    _unreadable_file: tuple[Place, ...] = ()
    _cell_of: dict[str, int] = field(default_factory=dict)

    def fault(self, line: int, header: str, remedy: str) -> None:
        """Notes that something is wrong on a line, under a header."""
        self._faults.append(_Fault(line, self._cell_of.get(header), header, remedy))

    def places(self) -> list[Place]:
        """Everything that is wrong, in the order of the lines, with what stood there.

        The file is read once more for that: keeping every cell would cost too much memory.
        """
        cells = self._cells_on({fault.line for fault in self._faults})
        found = [
            Place(
                self.table.file,
                fault.line,
                fault.column,
                _shown(cells.get(fault.line, []), fault.cell),
                fault.remedy,
            )
            for fault in sorted(self._faults, key=lambda fault: fault.line)
        ]
        return [*found, *self._unreadable_file]

    def _cells_on(self, lines: set[int]) -> dict[int, Cells]:
        found: dict[int, Cells] = {}
        if lines:
            for line, cells in self.table.rows():
                if line in lines:
                    found[line] = cells
                if len(found) == len(lines):
                    break
        return found

    def read(self, context: Context, *, skip_unknown: bool, seen: Callable[[int], None]) -> None:
        """Reads the table to its end, noting what is wrong. `seen` hears of each row."""
        try:
            rows = self.table.rows()
            _, header = next(rows, (1, []))
            columns = self._read_header([self.table.plain(name).strip() for name in header])
            self._note_columns(columns, header, skip_unknown)
            self._read_rows(rows, columns, context, seen)
        except BadContent as error:
            if not error.places:
                raise
            self._unreadable_file = error.places
            self.ids_in_doubt = True

    def _read_header(self, header: Sequence[str]) -> list[Column | None]:
        """The column under each header; None for one that is not ours."""
        by_spelling = self.table.sheet.by_spelling
        columns = [
            _ID_COLUMN if folded(name) == ID else by_spelling.get(folded(name)) for name in header
        ]
        self._cell_of = {column.header: i for i, column in enumerate(columns) if column}
        self.columns = tuple(column for column in columns if column and column is not _ID_COLUMN)
        return columns

    def _note_columns(
        self, columns: Sequence[Column | None], header: Sequence[str], skip_unknown: bool
    ) -> None:
        sheet = self.table.sheet
        for place, (column, name) in enumerate(zip(columns, header, strict=True)):
            if column is None and name.strip() and not skip_unknown:
                near = get_close_matches(name.casefold(), sheet.headers, n=1)
                hint = f"Mente du «{near[0]}»? " if near else ""
                remedy = f"{hint}Ukjent kolonne. Kjente er: {', '.join(sheet.headers)}."
                self._faults.append(_Fault(1, place, name.strip(), remedy))
            elif column is not None and column in columns[:place]:
                remedy = "Kolonnen står to ganger. Behold den ene."
                self._faults.append(_Fault(1, place, name.strip(), remedy))
        if sheet.needs_id and columns and _ID_COLUMN not in columns:
            self.ids_in_doubt = True
            self.fault(1, ID, "Kolonnen mangler. Hver rad må ha en id, for eksempel F1.")

    def _read_rows(
        self,
        rows: Iterator[tuple[int, Cells]],
        columns: Sequence[Column | None],
        context: Context,
        seen: Callable[[int], None],
    ) -> None:
        readers = [
            _Cells(column, self.table.plain, context) if column else _Ignored()
            for column in columns
        ]
        width = len(columns)
        id_cell = self._cell_of.get(ID)
        places = [self._cell_of[column.header] for column in self.columns]
        for count, (line, cells) in enumerate(rows, start=1):
            seen(count)
            unreadable = _READABLE
            if len(cells) != width:
                cells = self._fitted(line, cells, width)
            try:
                values = [reader[cell] for reader, cell in zip(readers, cells, strict=True)]
            except Unreadable:
                if _is_blank(cells):
                    continue
                values, unreadable = self._read_cell_by_cell(line, cells, columns, readers)
            id = (values[id_cell] or "") if id_cell is not None else ""
            if not id and not unreadable and _is_blank(cells):
                continue
            row_values = tuple([values[place] for place in places])
            self.rows.append(ParsedRow(line, id, row_values, unreadable))
            if self.table.sheet.needs_id and not id and id_cell is not None:
                self.ids_in_doubt = True
                if ID not in unreadable:
                    self.fault(line, ID, _MISSING)

    def _fitted(self, line: int, cells: Cells, width: int) -> Cells:
        """The row's cells, as many as there are headers; more of them is an error."""
        if len(cells) > width and not _is_blank(cells):
            self._faults.append(_Fault(line, width, "", "Raden har flere celler enn overskriften."))
        return cells[:width] + [""] * (width - len(cells))

    def _read_cell_by_cell(
        self,
        line: int,
        cells: Cells,
        columns: Sequence[Column | None],
        readers: Sequence[dict[str, Any]],
    ) -> tuple[list[Any], frozenset[str]]:
        """The values of a row in which not every cell can be read, and the fields that cannot."""
        values, unreadable = [], set()
        for cell, column, reader in zip(cells, columns, readers, strict=True):
            try:
                values.append(reader[cell])
            except Unreadable as error:
                assert column is not None
                values.append(None)
                unreadable.add(column.field)
                self.fault(line, column.header, error.remedy)
        return values, frozenset(unreadable)


class _Cells(dict[str, Any]):
    """What each different text of a column means: read the first time, remembered after that."""

    def __init__(self, column: Column, plain: Callable[[str], str], context: Context) -> None:
        super().__init__()
        self._required = column.required
        self._blank = column.value.blank
        self._read = column.value.read
        self._context = context
        self._plain = plain

    def __missing__(self, cell: str) -> Any:
        text = cleaned(self._plain(cell))
        if text:
            value = self._read(text, self._context)
        elif self._required:
            raise Unreadable(_MISSING)
        else:
            value = self._blank
        if len(self) < _MOST_REMEMBERED:
            self[cell] = value
        return value


class _Ignored(dict[str, Any]):
    """A column that is not ours."""

    def __missing__(self, cell: str) -> None:
        return None


def _is_blank(cells: Cells) -> bool:
    return not any(cell.strip() for cell in cells)


def _shown(cells: Cells, place: int | None) -> str:
    """What stands in the cell, short enough to be shown."""
    if place is None or place >= len(cells):
        return ""
    text = cells[place].strip(" \t\r\n")
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"
