"""A form counted for a test: the figures by key, and the records missing from each row's group."""

from datetime import datetime, timedelta, timezone
from decimal import Decimal

from hsf_cli.report.count import Cell, Report, counted
from hsf_cli.report.forms import shipped
from hsf_cli.store import Store

COUNTED_AT = datetime(2024, 1, 12, 10, 15, tzinfo=timezone(timedelta(hours=1)))


def report(store: Store, year: int = 2023, edition: int = 2023) -> Report:
    """The form of that edition, counted for that year."""
    return counted(store, shipped(edition), year, COUNTED_AT)


def cells(report: Report) -> list[Cell]:
    """Every row of the form in its order."""
    return [cell for section in report.sections for table in section.tables for cell in table.cells]


def figures(store: Store, year: int = 2023, edition: int = 2023) -> dict[str, int | Decimal]:
    """Every figure of the form by its key."""
    return {cell.row.key: cell.figure for cell in cells(report(store, year, edition))}


def missing(store: Store, year: int = 2023, edition: int = 2023) -> dict[str, int]:
    """For every row by its key, how many records of its group are in no row of the group."""
    return {cell.row.key: len(cell.missing) for cell in cells(report(store, year, edition))}


def column(store: Store, section: str, table: int = 0, edition: int = 2023) -> list[int | Decimal]:
    """The figures of 2023 in one table of a section, from the first row to the last."""
    found = next(s for s in report(store, edition=edition).sections if s.number == section)
    return [cell.figure for cell in found.tables[table].cells]


def under(prefix: str, figures: dict[str, int | Decimal]) -> dict[str, int | Decimal]:
    """The rows below that key which are not 0, by what is left of their keys.

    What a record is not counted in matters as much as what it is counted in: comparing the whole
    of a table with the one row expected says both.
    """
    start = f"{prefix}."
    return {key.removeprefix(start): n for key, n in figures.items() if key.startswith(start) and n}
