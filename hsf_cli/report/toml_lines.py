"""Where in a form's TOML text its sections, tables and rows stand.

The standard library's parser gives values without their places, and an error in a form of 130
rows is no help without its line.
"""

import re
from collections.abc import Iterator

# Where something stands in the form: (section,), (section, table) or (section, table, row).
Spot = tuple[int, ...]

_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}'  # the last quotes of the text may stand right before the end
    r"|'{3}.*?'{3,5}"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|\#[^\n]*"
    r"|^[ \t]*\[\[(?P<header>[^\]\n]+)\]\]"
    r"|(?P<bracket>[\[\]{}])",
    re.DOTALL | re.MULTILINE,
)
_SECTION, _TABLE, _ROW = 1, 2, 3
_DEPTHS = {"section": _SECTION, "section.table": _TABLE, "section.table.rows": _ROW}


def field_lines(text: str) -> dict[str, int]:
    """The line of each field that stands before the first section."""
    head = re.split(r"^[ \t]*\[\[", text, maxsplit=1, flags=re.MULTILINE)[0]
    return {
        found[1]: head.count("\n", 0, found.start(1)) + 1
        for found in re.finditer(r"^[ \t]*(?:\[[ \t]*)?([A-Za-z_-]+)", head, re.MULTILINE)
    }


def header_lines(text: str, name: str) -> list[int]:
    """The lines of the headers `[[name]]`, in their order."""
    return [
        text.count("\n", 0, token.start("header")) + 1
        for token in _TOKEN.finditer(text)
        if (token["header"] or "").strip() == name
    ]


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
    in_table = False
    for token in _TOKEN.finditer(text):
        if header := token["header"]:
            depth = _DEPTHS.get("".join(header.split()))
            in_table = depth == _TABLE
            if depth is not None:
                yield depth, token.start("header")
        elif token["bracket"] in ("[", "{"):
            if token["bracket"] == "{" and open_brackets == "[" and in_table:
                yield _ROW, token.start()
            open_brackets += token["bracket"]
        elif token["bracket"]:
            open_brackets = open_brackets[:-1]


def _following(spot: Spot, depth: int) -> Spot:
    """The spot of the next thing that deep."""
    outer = (spot + (0,) * depth)[: depth - 1]
    number = spot[depth - 1] + 1 if len(spot) >= depth else 0
    return (*outer, number)
