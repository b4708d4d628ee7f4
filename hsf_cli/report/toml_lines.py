"""Where in a form's TOML text its sections, tables and rows stand.

The standard library's parser gives values without their places, and an error in a form of 130
rows is no help without its line.
"""

import re
from collections.abc import Iterator

# Where something stands in the form: (section,), (section, table) or (section, table, row).
Spot = tuple[int, ...]

_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"""'
    r"|'''.*?'''"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|\#[^\n]*"
    r"|^[ \t]*\[\[(?P<header>[^\]\n]+)\]\]"
    r"|(?P<bracket>[\[\]{}])",
    re.DOTALL | re.MULTILINE,
)
_DEPTHS = {"section": 1, "section.table": 2, "section.table.rows": 3}


def lines(text: str) -> dict[Spot, int]:
    """The line on which each section, table and row begins. The text must be valid TOML."""
    spot: Spot = ()
    found: dict[Spot, int] = {}
    for depth, start in _starts(text):
        spot = _following(spot, depth)
        found[spot] = text.count("\n", 0, start) + 1
    return found


def _starts(text: str) -> Iterator[tuple[int, int]]:
    """How deep each thing is that begins in the text, and where it does."""
    open_brackets = ""
    for token in _TOKEN.finditer(text):
        if header := token["header"]:
            depth = _DEPTHS.get("".join(header.split()))
            if depth is not None:
                yield depth, token.start("header")
        elif token["bracket"] in ("[", "{"):
            if token["bracket"] == "{" and open_brackets == "[":
                yield 3, token.start()
            open_brackets += token["bracket"]
        elif token["bracket"]:
            open_brackets = open_brackets[:-1]


def _following(spot: Spot, depth: int) -> Spot:
    """The spot of the next thing that deep."""
    outer = (spot + (0,) * depth)[: depth - 1]
    number = spot[depth - 1] + 1 if len(spot) >= depth else 0
    return (*outer, number)
