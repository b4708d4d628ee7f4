"""A report on the terminal, as the form has it: sections, headings, labels, figures in line."""

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from hsf_cli.report import figures as reported
from hsf_cli.report import in_words
from hsf_cli.report.output import labels

# Wider than this the eye loses the line between a label and its figure.
_WIDEST = 100
_LEFT = 2


def show(figures: reported.Figures, console: Console) -> None:
    """Prints the chapter."""
    width = min(console.width, _WIDEST) if console.is_terminal else None
    console.print(Text(in_words.title(figures), "title"))
    console.print(Text(in_words.origin(figures), "aside"))
    for section in figures.sections:
        console.print()
        console.print(Text(f"{section.number} {section.title}", "heading"))
        for table in section.tables:
            console.print()
            grid = _grid(table, figures, console, width)
            console.print(Padding(grid, (0, 0, 0, _LEFT), expand=False))
            for shortfall in in_words.shortfalls(table):
                warning = Text(f"! {shortfall}", "warning")
                console.print(Padding(warning, (0, 0, 0, _LEFT), expand=False))


def _grid(
    table: reported.Table, figures: reported.Figures, console: Console, width: int | None
) -> Table:
    """The table, in that width if there is one: the headings, and a label and its figure a row."""
    numbers = [in_words.figure(line) for line in table.lines]
    room = width and width - _LEFT - labels.BETWEEN - max(
        map(len, (in_words.FIGURE_HEADING, *numbers))
    )

    def broken(label: Text) -> Text:
        return labels.broken(label, console, room) if room else label

    grid = labels.beside_figures(width and width - _LEFT)
    grid.add_row(broken(Text(table.heading, "column")), Text(in_words.FIGURE_HEADING, "column"))
    for line, number in zip(table.lines, numbers, strict=True):
        label = Text(" " * _LEFT * (line.key in table.inside) + line.label)
        if note := in_words.beside(line, figures):
            label.append(f"  ({note})", "aside")
        grid.add_row(broken(label), Text(number, "figure"))
    return grid
