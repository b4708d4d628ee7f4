"""A form's labels on the terminal: each beside its figure, long ones broken to read well."""

from rich.console import Console
from rich.table import Table
from rich.text import Text

from hsf_cli.texts import without_lone_word

# What is between a label and its figure.
BETWEEN = 2


def beside_figures(width: int | None) -> Table:
    """A table without rows yet: labels, and their figures in line on the right.

    It is that wide; without a width, as wide as it must be.
    """
    table = Table.grid(padding=(0, BETWEEN, 0, 0))
    table.width = width
    table.add_column(ratio=1 if width else None, overflow="fold")
    table.add_column(justify="right", no_wrap=True, vertical="bottom")
    return table


def broken(label: Text, console: Console, width: int) -> Text:
    """The label in lines no longer than that, with no single word on the last one.

    What it begins with of blanks is its margin.
    """
    margin = len(label) - len(label.plain.lstrip(" "))
    words = label[margin:]

    def lines(at: int) -> list[Text]:
        wrapped = words.wrap(console, max(1, at), overflow="fold")
        for line in wrapped:
            line.rstrip()
        return [*wrapped]

    blanks = Text(" " * margin)
    return Text("\n").join(blanks + line for line in without_lone_word(lines, width - margin))
