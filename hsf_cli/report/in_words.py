"""The words that every way of writing a report has in common."""

from collections.abc import Iterator
from decimal import Decimal

from hsf_cli import dates, numbers
from hsf_cli.records import KINDS
from hsf_cli.report.figures import Figures, Line, Table

FIGURE_HEADING = "Antall"
HIDDEN = "skjult"


def title(figures: Figures) -> str:
    """The chapter's number and title."""
    return f"{figures.number} {figures.title}"


def origin(figures: Figures) -> str:
    """Whose figures these are, for which year, in which edition, and how they came about."""
    return " · ".join(
        [figures.department, str(figures.year), f"skjema {figures.edition}", *_came_about(figures)]
    )


def _came_about(figures: Figures) -> Iterator[str]:
    if at := figures.counted_at:
        yield f"talt {dates.written_moment(at)}"
    if day := figures.as_known:
        yield f"slik postene sto {dates.written(day)}"
    if at := figures.locked_at:
        yield f"låst {dates.written_moment(at)}"
    if figures.beside_locked:
        yield "ny telling ved siden av den låste rapporten"
    if figures.source:
        yield f"lest inn fra {figures.source}"


def figure(line: Line) -> str:
    """The figure as Norwegians read it; blank where none was filled in."""
    if line.hidden:
        return HIDDEN
    return "" if line.value is None else numbers.written(line.value)


def plain(value: Decimal | int | None, *, hidden: bool = False) -> str:
    """A number in a cell of CSV, with a decimal comma; blank where there is none."""
    if hidden:
        return HIDDEN
    return "" if value is None else str(value).replace(".", ",")


def beside(line: Line, figures: Figures) -> str:
    """What is printed beside a figure: for full-time equivalents, the hours that make one."""
    if line.unit == "årsverk" and figures.hours_per_fte:
        return f"{numbers.written(figures.hours_per_fte)} timer per årsverk"
    return ""


def shortfalls(table: Table, *, named: bool = True) -> Iterator[str]:
    """A sentence for each set of rows that should split a whole and leaves records out of it.

    With their short names, unless it is for somebody outside the department.
    """
    wholes = {line.part_of: line for line in reversed(table.lines) if line.part_of}
    for whole, line in reversed(wholes.items()):
        if line.missing:
            of = f" av «{_label(whole, table) or table.heading}»" if len(wholes) > 1 else ""
            yield f"{_records(line)}{of} står ikke i noen av radene{_named(line) if named else ''}."


def _records(line: Line) -> str:
    """«2 familier», as far as their short names tell what they are."""
    letters = line.left_out[0].rstrip("0123456789") if line.left_out else ""
    kinds = (kind for kind in KINDS.values() if kind.letter == letters)
    kind = next(kinds, None)
    return kind.counted(line.missing or 0) if kind else str(line.missing)


def _named(line: Line) -> str:
    return f": {', '.join(line.left_out)}" if line.left_out else ""


def _label(key: str, table: Table) -> str:
    """The label of the row in this table with that key, if it is here."""
    return next((line.label for line in table.lines if line.key == key), "")
