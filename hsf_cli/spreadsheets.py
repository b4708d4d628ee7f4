"""Cells of CSV that a spreadsheet must not run as formulas."""

# A cell that begins with one of these is a formula to a spreadsheet; `'` is here so that the mark
# itself can be told from text that has one.
_MARKED = frozenset("=+-@'")
_MARK = "'"


def escaped(cell: str) -> str:
    """The cell with a mark before it where a spreadsheet would otherwise run it."""
    return _MARK + cell if cell[:1] and cell[0] in _MARKED else cell


def unescaped(cell: str) -> str:
    """The cell as it was before `escaped`, trimmed; a mark that marks nothing is text."""
    text = cell.strip(" \t\r\n")
    return text[1:] if text[:1] == _MARK and text[1:2] and text[1] in _MARKED else text
