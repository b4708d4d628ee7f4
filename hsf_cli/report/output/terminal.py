"""A report on the terminal, as the form has it: sections, headings, labels, figures in line."""

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from hsf_cli.report import figures as reported
from hsf_cli.report import in_words

# Wider than this the eye loses the line between a label and its figure.
_WIDEST = 100
_LEFT = 2


def show(figures: reported.Figures, console: Console) -> None:
    """Prints the chapter."""
    width = min(console.width, _WIDEST) if console.is_terminal else None
    console.print(Text(in_words.title(figures), "bold"))
    console.print(Text(in_words.origin(figures), "dim"))
    for section in figures.sections:
        console.print()
        console.print(Text(f"{section.number} {section.title}", "bold cyan"))
        for table in section.tables:
            console.print()
            console.print(Padding(_grid(table, figures, width), (0, 0, 0, _LEFT), expand=False))
            for shortfall in in_words.shortfalls(table):
                warning = Text(f"! {shortfall}", "yellow")
                console.print(Padding(warning, (0, 0, 0, _LEFT), expand=False))


def _grid(table: reported.Table, figures: reported.Figures, width: int | None) -> Table:
    grid = Table(
        box=None,
        padding=(0, 2, 0, 0),
        pad_edge=False,
        header_style="italic",
        width=width and width - _LEFT,
    )
    grid.add_column(Text(table.heading), ratio=1 if width else None, overflow="fold")
    grid.add_column(Text(in_words.FIGURE_HEADING), justify="right", no_wrap=True)
    for line in table.lines:
        label = Text(" " * _LEFT * (line.key in table.inside) + line.label)
        if note := in_words.beside(line, figures):
            label.append(f"  ({note})", "dim")
        grid.add_row(label, Text(in_words.figure(line), "bold"))
    return grid
