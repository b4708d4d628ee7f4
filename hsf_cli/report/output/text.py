"""The words that every way of writing a report has in common."""

from collections.abc import Iterator, Sequence

from hsf_cli import dates, numbers
from hsf_cli.report.count import Cell, CountedTable, Report
from hsf_cli.store import Row

FIGURE_HEADING = "Antall"


def title(report: Report) -> str:
    """The chapter's number and title."""
    return f"{report.form.number} {report.form.title}"


def origin(report: Report) -> str:
    """Whose figures these are, for which year, in which edition, and when they were counted."""
    at = report.counted_at
    return (
        f"{report.department} · {report.year} · skjema {report.form.edition} · "
        f"talt {dates.written(at.date())} kl. {at:%H.%M}"
    )


def figure(cell: Cell) -> str:
    """The figure as Norwegians read it."""
    return numbers.written(cell.figure)


def beside(cell: Cell) -> str:
    """What is printed beside a figure: for full-time equivalents, the hours that make one."""
    if cell.row.unit == "årsverk":
        return f"{numbers.written(cell.hours_per_fte)} timer per årsverk"
    return ""


def shortfalls(table: CountedTable) -> Iterator[str]:
    """A sentence for each set of rows that should split a whole and leaves records out of it."""
    told: set[str] = set()
    for cell in table.cells:
        if cell.missing and cell.row.part_of not in told:
            told.add(cell.row.part_of)
            several = len({other.row.part_of for other in table.cells if other.row.part_of}) > 1
            yield _shortfall(cell.missing, cell, _whole(cell, table) if several else "")


def _shortfall(missing: Sequence[Row], cell: Cell, whole: str) -> str:
    of = f" av «{whole}»" if whole else ""
    names = ", ".join(cell.kind.name(record["id"]) for record in missing)
    return f"{cell.kind.counted(len(missing))}{of} står ikke i noen av radene: {names}."


def _whole(cell: Cell, table: CountedTable) -> str:
    """The label of the row in this table that the cell is a part of, if it is here."""
    return next((other.label for other in table.cells if other.row.key == cell.row.part_of), "")
