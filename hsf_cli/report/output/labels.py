"""A form's labels on the terminal: long ones broken so that they read well."""

from rich.console import Console
from rich.text import Text

from hsf_cli.texts import without_lone_word


def broken(label: Text, console: Console, width: int) -> Text:
    """The label in lines no longer than that, with no single word on the last one."""

    def lines(at: int) -> list[Text]:
        wrapped = label.wrap(console, at, overflow="fold")
        for line in wrapped:
            line.rstrip()
        return [*wrapped]

    return Text("\n").join(without_lone_word(lines, width))
