"""A published report read as a filled-in form: a cell for every row of it."""

from dataclasses import dataclass
from decimal import Decimal

from hsf_cli.report.count import YEAR_MARK
from hsf_cli.report.figures import Figures
from hsf_cli.report.form import FormRow
from hsf_cli.report.forms import editions
from hsf_cli.report.reading import values
from hsf_cli.report.reading.chapter import without_running_heads
from hsf_cli.report.reading.figuring import add_up, give_lone_figures, total
from hsf_cli.report.reading.finding import Found
from hsf_cli.report.reading.labels import labels
from hsf_cli.report.reading.lines import Document
from hsf_cli.report.reading.placing import Fit, Placing, fitted
from hsf_cli.report.reading.telling import leftovers, not_found

# With fewer rows of a form it is not the form.
_FEWEST_ROWS = 5
# What a document says of itself counts where its words do not decide.
_SAYS_SO = 5.0
_NO_YEAR = "…"


@dataclass(frozen=True)
class ReadCell:
    """A row of the form, with the figure that was read; None: left blank, or not found."""

    section: str
    heading: str
    label: str
    key: str
    value: int | Decimal | None


@dataclass(frozen=True)
class Understood:
    """A report as far as it was understood."""

    edition: int
    # As the document has it.
    year: int | None
    # Every row of the edition's form in its order.
    cells: tuple[ReadCell, ...]
    # Lines of the chapter that are no part of the form, and what of the form was not found.
    not_understood: tuple[str, ...]
    # Whose it is, where the document says so.
    department: str = ""
    # The figures with all that is known of them, where the document has them.
    figures: Figures | None = None


def understood(document: Document, edition: int | None = None) -> Understood | None:
    """The document as the form of that edition, or of the one that fits best; None for no form."""
    if document.figures and edition in (None, document.figures.edition):
        return _as_written(document.figures)
    known = [edition] if edition is not None else editions()
    lines = without_running_heads(document.lines, [labels(one) for one in known])
    fits = [fitted(lines, labels(one)) for one in known]
    fit = max(fits, key=lambda fit: _weight(fit, document))
    if fit.rows < _FEWEST_ROWS:
        return None
    placing = Placing(lines, fit)
    give_lone_figures(placing)
    return _Filling(document, placing).understood()


def _as_written(figures: Figures) -> Understood:
    cells = tuple(
        ReadCell(section.number, table.heading, line.label, line.key, line.value)
        for section in figures.sections
        for table in section.tables
        for line in table.lines
    )
    return Understood(figures.edition, figures.year, cells, (), figures.department, figures)


def _weight(fit: Fit, document: Document) -> tuple[float, int, int]:
    """How well a form fits; of forms that fit alike, the one of which least is missing."""
    edition = fit.labels.form.edition
    said = _SAYS_SO * (edition == document.edition)
    return fit.weight + said, -len(fit.labels.entries), edition


class _Filling:
    """The cells of a form from where its rows stand, and what is told of them."""

    def __init__(self, document: Document, placing: Placing) -> None:
        self._placing = placing
        self._department = document.department
        self._added = add_up(placing)
        years = (piece.year for piece in placing.pieces.values() if piece.year)
        self._year = next(years, document.year)
        # By the line that it is about.
        self._told = list(leftovers(placing))

    def understood(self) -> Understood:
        cells = tuple(
            ReadCell(
                entry.section.number,
                entry.heading,
                entry.text.replace(YEAR_MARK, str(self._year or _NO_YEAR)),
                entry.row.key,
                self._value(place, entry.row),
            )
            for place, entry in enumerate(self._placing.entries)
            if entry.section and entry.row
        )
        told = [text for _, text in sorted(self._told)]
        return Understood(
            self._placing.labels.form.edition,
            self._year,
            cells,
            tuple(dict.fromkeys([*told, *not_found(self._placing)])),
            self._department,
        )

    def _value(self, place: int, row: FormRow) -> int | Decimal | None:
        if parts := self._added.get(place):
            for part in parts:
                self._tell(part, f" (regnet med i «{row.label}»)")
            return _in_unit(total(parts), row)
        piece = self._placing.pieces.get(place)
        if piece is None:
            return None
        value = _in_unit(values.figure(piece.figure), row)
        unread = value is None and not values.is_blank(piece.figure)
        if piece.addition or unread:
            self._tell(piece)
        return value

    def _tell(self, piece: Found, what: str = "") -> None:
        lines = self._placing.lines[piece.first : piece.last + 1]
        self._told.append((piece.first, " ".join(line.whole for line in lines) + what))


def _in_unit(figure: int | Decimal | None, row: FormRow) -> int | Decimal | None:
    """The figure as the row counts: whole where it counts records; None where it cannot be."""
    if figure is None or row.unit != "antall":
        return figure
    return int(figure) if figure == int(figure) else None
