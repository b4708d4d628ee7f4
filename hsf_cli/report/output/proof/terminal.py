"""A proof on the terminal: every row with what it counts, who is in it, and who is not and why."""

from collections.abc import Iterator, Sequence

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.padding import Padding
from rich.segment import Segment, Segments
from rich.text import Text

from hsf_cli.report import in_words
from hsf_cli.report.output import labels
from hsf_cli.report.output.proof import sentences
from hsf_cli.report.proof import Proof, Record, RowProof

# Wider than this the eye loses the line between a label and its figure.
_WIDEST = 100
_STEP = 2
_GAP = "   "


def show(proof: Proof, console: Console) -> None:
    """Prints the proof, section by section."""
    _Printing(proof, console).show()


class _Printing:
    def __init__(self, proof: Proof, console: Console) -> None:
        self._proof = proof
        self._console = console
        # On a pipe nothing is put side by side: one record a line can be searched and cut.
        self._width = min(console.width, _WIDEST) if console.is_terminal else None

    def show(self) -> None:
        self._print(sentences.title(self._proof), 0, "title")
        self._print(sentences.origin(self._proof), 0, "aside")
        self._print(sentences.warning(self._proof), 0, "aside")
        for section in self._proof.sections:
            self._console.print()
            self._print(f"{section.number} {section.title}", 0, "heading")
            for table in section.tables:
                if table.heading:
                    self._console.print()
                    self._print(table.heading, 1, "column")
                for row in table.rows:
                    self._console.print()
                    self._row(row)

    def _row(self, row: RowProof) -> None:
        self._heading(row)
        self._print(row.definition, 2)
        if calculation := sentences.calculation(row):
            self._print(calculation, 2)
        self._print(f"Med: {sentences.counted(row)}", 2)
        self._list([(one.record, sentences.share(row, one.share)) for one in row.counted])
        for reason, left_out in row.by_reason.items():
            count = row.kind.counted(len(left_out))
            style = "warning" if reason.unrecorded else "aside"
            self._print(f"Ikke med: {count} – {reason.shared}", 2, style)
            self._list([(one.record, one.reason.own) for one in left_out], style)

    def _heading(self, row: RowProof) -> None:
        """The label and its figure, in line with the figures of the other rows."""
        figure = in_words.figure(row.line)
        grid = labels.beside_figures(self._width and self._width - _STEP)
        label = Text(row.line.label, "figure")
        if beside := in_words.beside(row.line, self._proof.figures):
            label.append(f"  ({beside})", "aside")
        if self._width:
            room = self._width - _STEP - labels.BETWEEN - len(figure)
            label = labels.broken(label, self._console, room)
        grid.add_row(label, Text(figure, "figure"))
        self._console.print(Padding(grid, (0, 0, 0, _STEP), expand=False))

    def _list(self, records: Sequence[tuple[Record, str]], style: str = "") -> None:
        """The records, all at once where they fit: there may be thousands."""
        room = self._width and self._width - 3 * _STEP
        lines = [*_side_by_side(_aligned(records), room)]
        if room and max(map(cell_len, lines), default=0) > room:
            for line in lines:
                self._print(line, 3, style)
            return
        margin, look = Segment(" " * 3 * _STEP), self._console.get_style(style, default="")
        parts = [part for line in lines for part in (margin, Segment(line, look), Segment.line())]
        self._console.print(Segments(parts), end="", crop=False)

    def _print(self, words: str, depth: int, style: str = "") -> None:
        padded = Padding(Text(words, style), (0, 0, 0, depth * _STEP), expand=False)
        self._console.print(padded, width=self._width)


def _aligned(records: Sequence[tuple[Record, str]]) -> list[str]:
    """Each record as one text, with numbers, names and what stands beside them in line."""
    columns = [
        [record.number for record, _ in records],
        [record.name for record, _ in records],
        [beside for _, beside in records],
    ]
    widths = [max(map(cell_len, column), default=0) for column in columns]
    return [
        "  ".join(
            _padded(cell, width, right=place == 2)
            for place, (cell, width) in enumerate(zip(cells, widths, strict=True))
            if width
        ).rstrip()
        for cells in zip(*columns, strict=True)
    ]


def _padded(cell: str, width: int, *, right: bool) -> str:
    return " " * (width - cell_len(cell)) + cell if right else set_cell_size(cell, width)


def _side_by_side(items: Sequence[str], room: int | None) -> Iterator[str]:
    """The items in as many columns as there is room for, read downwards; without room, one."""
    widest = max(map(cell_len, items), default=0)
    columns = max(1, (room + len(_GAP)) // (widest + len(_GAP))) if room and widest else 1
    height = -(-len(items) // columns)
    for line in range(height):
        cells = [set_cell_size(item, widest) for item in items[line::height]]
        yield _GAP.join(cells).rstrip()
