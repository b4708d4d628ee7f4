"""A form's labels on the terminal: long ones broken so that they read well."""

from rich.console import Console
from rich.text import Text

from hsf_cli.texts import without_lone_word


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
