"""A report on the terminal, as the form has it: sections, headings, labels, figures in line."""

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from hsf_cli.report.count import CountedTable, Report
from hsf_cli.report.output import text

# Wider than this the eye loses the line between a label and its figure.
_WIDEST = 100
_LEFT = 2


def show(report: Report, console: Console) -> None:
    """Prints the chapter."""
    width = min(console.width, _WIDEST) if console.is_terminal else None
    console.print(Text(text.title(report), "bold"))
    console.print(Text(text.origin(report), "dim"))
    for section in report.sections:
        console.print()
        console.print(Text(f"{section.number} {section.title}", "bold cyan"))
        for table in section.tables:
            console.print()
            console.print(Padding(_grid(table, width), (0, 0, 0, _LEFT), expand=False))
            for shortfall in text.shortfalls(table):
                warning = Text(f"! {shortfall}", "yellow")
                console.print(Padding(warning, (0, 0, 0, _LEFT), expand=False))


def _grid(table: CountedTable, width: int | None) -> Table:
    grid = Table(
        box=None,
        padding=(0, 2, 0, 0),
        pad_edge=False,
        header_style="italic",
        width=width and width - _LEFT,
    )
    grid.add_column(Text(table.heading), ratio=1 if width else None, overflow="fold")
    grid.add_column(Text(text.FIGURE_HEADING), justify="right", no_wrap=True)
    for cell in table.cells:
        label = Text(cell.label)
        if note := text.beside(cell):
            label.append(f"  ({note})", "dim")
        grid.add_row(label, Text(text.figure(cell), "bold"))
    return grid
