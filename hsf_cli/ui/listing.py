"""Lists: the same rows as a table, as CSV or as JSON."""

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import typer
from typer._click.globals import get_current_context

from hsf_cli.errors import WrongUse
from hsf_cli.spelling import alphabetical, did_you_mean, folded, is_piece, lower_first
from hsf_cli.spreadsheets import as_text, escaped
from hsf_cli.ui import screen
from hsf_cli.ui.commandline import command
from hsf_cli.ui.offered import words
from hsf_cli.ui.signatures import option, switch, with_parameters

if TYPE_CHECKING:
    from hsf_cli.ui.table import Table

# A table this much wider than the terminal is still well read with some cells wrapped.
_BEARABLE = 1.2
# A column of dates, numbers and the like is never wrapped.
_UNBROKEN = 12
# The formats that every list can be had in.
FORMATS = ("tabell", "csv", "json")


T = TypeVar("T")


def one_of(option: str, text: str, known: Sequence[T]) -> T:
    """The known word that the text spells. Raises WrongUse that names the option and the words."""
    for word in known:
        if folded(str(word)) == folded(text):
            return word
    words = [str(word) for word in known]
    raise WrongUse(
        f"{option} «{text}» finnes ikke.",
        f"{did_you_mean(text, words)}Velg en av: {', '.join(words)}.",
    )


class Column(NamedTuple):
    """A column: its key in JSON, its header, and how its value is written for people."""

    key: str
    header: str
    written: Callable[[Any], str] = str
    right: bool = False
    # Where the terminal is too narrow for every column, the details stand under the main one,
    # each after its word; None is no detail.
    main: bool = False
    detail: str | None = None
    # Whether it tells who somebody is, and is left out with `--uten-navn`.
    personal: bool = False


class Listing(NamedTuple):
    """What a command that lists hands over: the rows, and what to say under or instead of them."""

    columns: Sequence[Column]
    rows: Sequence[dict[str, Any]]
    # What would fill the list, when there is nothing in it at all.
    empty: str = ""
    # What to say under it: a sentence, or what makes one of the rows that are shown.
    foot: str | Callable[[Sequence[dict[str, Any]]], str] = ""
    # Whether the command has left some of what there is out already.
    filtered: bool = False
    # What the rows hold beside the columns that tells who somebody is.
    personal: Sequence[str] = ()


def lists(
    app: typer.Typer, name: str
) -> Callable[[Callable[..., Listing | None]], Callable[..., None]]:
    """Registers a function that gives a `Listing` as a command that shows it.

    The command also takes a piece of text to look for, an order, and a format. A function that
    did something else than list, and said so, gives None.
    """

    def registered(function: Callable[..., Listing | None]) -> Callable[..., None]:
        def run(own: dict[str, Any], shared: dict[str, Any]) -> None:
            chosen = one_of("--format", shared["format"] or FORMATS[0], FORMATS)
            listing = function(**own)
            if listing is not None:
                _show_listing(_narrowed(listing, shared), chosen)

        return command(app, name)(with_parameters(function, _SHARED, run))

    return registered


# The format that what is listed or shown is had in.
FORMAT = option(
    "format",
    "--format",
    metavar="FORMAT",
    help="tabell, csv eller json.",
    autocompletion=words(*FORMATS),
)
_SHARED = (
    option("looked_for", "--søk", metavar="TEKST", help="Bare de med dette i navnet."),
    option("order", "--sorter", metavar="KOLONNE", help="Sorterer etter en kolonne."),
    switch("reverse", "--omvendt", help="Den siste linjen først."),
    switch("nameless", "--uten-navn", help="Uten navn, for en skjerm som andre ser."),
    FORMAT,
)


def _narrowed(listing: Listing, wanted: Mapping[str, Any]) -> Listing:
    """The listing with only the rows and columns asked for, in the order asked for."""
    columns, rows = listing.columns, list(listing.rows)
    if looked_for := wanted["looked_for"]:
        rows = [row for row in rows if _has(columns, row, looked_for)]
    if wanted["order"]:
        headers = [column.header for column in columns]
        header = one_of("--sorter", wanted["order"], headers)
        key = columns[headers.index(header)].key
        rows.sort(key=lambda row: _place(row[key]))
    if wanted["reverse"]:
        rows.reverse()
    if wanted["nameless"]:
        hidden = {column.key for column in columns if column.personal} | {*listing.personal}
        columns = [column for column in columns if not column.personal]
        if not any(column.main for column in columns):  # the details need one to stand under
            columns = [columns[0]._replace(main=True), *columns[1:]]
        rows = [{key: row[key] for key in row if key not in hidden} for row in rows]
    left_out = listing.filtered or bool(listing.rows)
    empty = f"Ingenting passer med valgene. Se alle: {_command()}" if left_out else listing.empty
    return listing._replace(columns=columns, rows=rows, empty=empty)


def _command() -> str:
    """The command that is run, as it is typed without options."""
    return get_current_context().command_path


def _has(columns: Sequence[Column], row: Mapping[str, Any], looked_for: str) -> bool:
    """Whether one of the names, or the main column, has that piece in it."""
    named = [column for column in columns if column.personal or column.main]
    return any(is_piece(looked_for, text) for text in _written(named, row))


def _place(value: Any) -> tuple[bool, Any]:
    """Where a value stands among others of its column: blanks last, words as in Norwegian."""
    return value is None, alphabetical(value) if isinstance(value, str) else value


def _show_listing(listing: Listing, format: str) -> None:
    if listing.rows or format != "tabell":
        show(listing.columns, listing.rows, format)
    if format == "tabell" and (text := _closing(listing)):
        screen.say(text)


def _closing(listing: Listing) -> str:
    if not listing.rows:
        return listing.empty
    return listing.foot(listing.rows) if callable(listing.foot) else listing.foot


def show(
    columns: Sequence[Column], rows: Sequence[dict[str, Any]], format: str, *, airy: bool = True
) -> None:
    """Shows the rows on stdout. JSON has every key of every row; the others have the columns.

    An airy table stands alone, with a blank line before and after it at a terminal.
    """
    if format == "json":
        screen.write(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    written = [_written(columns, row) for row in rows]
    if format == "csv":
        rows_with_header = [[column.header for column in columns], *written]
        screen.write(as_text([escaped(cell) for cell in row] for row in rows_with_header))
    else:
        _show_table(columns, written, airy=airy)


def _written(columns: Sequence[Column], row: Mapping[str, Any]) -> list[str]:
    """A row's cells as people read them."""
    return [
        "" if row[column.key] is None else column.written(row[column.key]) for column in columns
    ]


def _show_table(columns: Sequence[Column], rows: Sequence[Sequence[str]], *, airy: bool) -> None:
    console = screen.console()
    if not sys.stdout.isatty():
        console.print(_wide(columns, rows), crop=False)
        return
    columns, rows = _with_something(columns, rows)
    table = _wide(columns, rows)
    if any(column.main for column in columns):
        if table.needed > _BEARABLE * console.width or table.least > console.width:
            table = _narrow(columns, rows)
    elif table.least > console.width:  # its dates and words would be broken in two
        table = _narrow(_with_details(columns, rows), rows)
    console.print(replace(table, ruled=True, airy=airy), crop=False)


def _with_something(
    columns: Sequence[Column], rows: Sequence[Sequence[str]]
) -> tuple[Sequence[Column], Sequence[Sequence[str]]]:
    """The columns and cells, but for the details that no row has."""
    kept = [
        place
        for place, column in enumerate(columns)
        if column.detail is None or any(row[place] for row in rows)
    ]
    return [columns[place] for place in kept], [[row[place] for place in kept] for row in rows]


def _wide(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> "Table":
    """The table with every column."""
    from hsf_cli.ui.table import Table, TableColumn

    return Table(
        [
            TableColumn(
                column.header,
                column.right,
                wraps=column.main
                or column.personal
                or any(len(row[place]) > _UNBROKEN for row in rows),
            )
            for place, column in enumerate(columns)
        ],
        rows,
    )


def _with_details(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> Sequence[Column]:
    """The columns, those after the first that hold longer texts as details under the second."""
    parted = [
        column._replace(detail=lower_first(column.header))
        if place and any(len(row[place]) > _UNBROKEN for row in rows)
        else column
        for place, column in enumerate(columns)
    ]
    main = 0 if parted[1].detail else 1
    return [column._replace(main=place == main) for place, column in enumerate(parted)]


def _narrow(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> "Table":
    """The table with the details under the main column."""
    from hsf_cli.ui.table import Table, TableColumn

    shown = [place for place, column in enumerate(columns) if column.detail is None]
    return Table(
        [
            TableColumn(one.header, one.right, wraps=one.main or one.personal, main=one.main)
            for one in (columns[place] for place in shown)
        ],
        [[row[place] for place in shown] for row in rows],
        [_details(columns, row) for row in rows],
    )


def _details(columns: Sequence[Column], row: Sequence[str]) -> list[str]:
    return [
        f"{column.detail} {text}" if column.detail else text
        for column, text in zip(columns, row, strict=True)
        if column.detail is not None and text
    ]
