"""One table of a file made into rows of values, with every cell that could not be read."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, NamedTuple

from hsf_cli.errors import Place, Unreadable
from hsf_cli.exchange.sheets import ID, Column
from hsf_cli.exchange.sources import Cells, Table
from hsf_cli.exchange.values import TEXT, Context, cleaned
from hsf_cli.spelling import folded

_MISSING = "Må fylles ut."
_LONGEST_SHOWN = 60
# Beyond this many different cells a column hardly repeats itself, and remembering costs memory.
_MOST_REMEMBERED = 50_000

_ID_COLUMN = Column(ID, ID, TEXT)


class ParsedRow(NamedTuple):
    """A row that could be read: its line, its id ("" for none), and its columns' values."""

    line: int
    id: str
    values: tuple[Any, ...]


@dataclass
class ParsedTable:
    """What a table held: the columns it has, its rows, and what was wrong with the others."""

    table: Table
    columns: tuple[Column, ...] = ()
    rows: list[ParsedRow] = field(default_factory=list)
    # Ids of rows that could not be read: they are known, so that references to them are not.
    unreadable_ids: list[str] = field(default_factory=list)
    errors: list[Place] = field(default_factory=list)

    def error(self, line: int, column: str, value: str, remedy: str) -> None:
        """Notes an error at a place in this table."""
        shown = value if len(value) <= _LONGEST_SHOWN else value[: _LONGEST_SHOWN - 1] + "…"
        self.errors.append(Place(self.table.file, line, column, shown, remedy))


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


def parsed(
    table: Table, context: Context, *, skip_unknown: bool, seen: Callable[[int], None]
) -> ParsedTable:
    """The rows of a table, and all its errors at once. `seen` hears how many rows there are."""
    result = ParsedTable(table)
    rows = table.rows()
    _, header = next(rows, (1, []))
    found = _columns(result, [table.plain(name).strip() for name in header], skip_unknown)
    if result.errors:
        return result
    cells = [_Cells(column, table.plain, context) if column else _Ignored() for column in found]
    _read_rows(result, rows, found, cells, seen)
    return result


def _columns(result: ParsedTable, header: Sequence[str], skip_unknown: bool) -> list[Column | None]:
    """The column under each header; None for one that is to be skipped or has no name."""
    sheet = result.table.sheet
    found: list[Column | None] = []
    for name in header:
        column = _ID_COLUMN if folded(name) == ID else sheet.by_spelling.get(folded(name))
        if column is None and name and not skip_unknown:
            near = get_close_matches(name.casefold(), sheet.headers, n=1)
            meant = f"Mente du «{near[0]}»? " if near else ""
            result.error(
                1, name, name, f"{meant}Ukjent kolonne. Kjente er: {', '.join(sheet.headers)}."
            )
        elif column is not None and column in found:
            result.error(1, name, name, "Kolonnen står to ganger. Behold den ene.")
        found.append(column)
    if sheet.needs_id and _ID_COLUMN not in found:
        result.error(1, ID, "", "Kolonnen mangler. Hver rad må ha en id, for eksempel F1.")
    result.columns = tuple(column for column in found if column and column is not _ID_COLUMN)
    return found


def _read_rows(
    result: ParsedTable,
    rows: Iterator[tuple[int, Cells]],
    found: Sequence[Column | None],
    readers: Sequence[dict[str, Any]],
    seen: Callable[[int], None],
) -> None:
    width = len(found)
    id_place = found.index(_ID_COLUMN) if _ID_COLUMN in found else None
    places = [place for place, column in enumerate(found) if column and place != id_place]
    needs_id = result.table.sheet.needs_id
    for count, (line, cells) in enumerate(rows, start=1):
        seen(count)
        if len(cells) < width:
            cells = cells + [""] * (width - len(cells))
        elif len(cells) > width and any(cells):
            result.error(line, "", cells[width], "Raden har flere celler enn overskriften.")
            continue
        try:
            values = [reader[cell] for reader, cell in zip(readers, cells, strict=False)]
        except Unreadable:
            if any(cell.strip() for cell in cells):
                _note_unreadable(result, line, cells, found, readers)
            continue
        id = values[id_place] or "" if id_place is not None else ""
        if not id and not any(cell.strip() for cell in cells):
            continue
        if needs_id and not id:
            result.error(line, ID, "", _MISSING)
            continue
        result.rows.append(ParsedRow(line, id, tuple([values[place] for place in places])))


def _note_unreadable(
    result: ParsedTable,
    line: int,
    cells: Cells,
    found: Sequence[Column | None],
    readers: Sequence[dict[str, Any]],
) -> None:
    """Notes every cell of the row that cannot be read."""
    for cell, column, reader in zip(cells, found, readers, strict=False):
        try:
            value = reader[cell]
        except Unreadable as unreadable:
            assert column is not None
            result.error(line, column.header, cell.strip(), unreadable.remedy)
        else:
            if column is _ID_COLUMN and value:
                result.unreadable_ids.append(value)
