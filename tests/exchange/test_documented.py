"""`docs/exchange.md` has every file and every column that is read."""

from pathlib import Path

import pytest

from hsf_cli.exchange.sheet import Sheet
from hsf_cli.exchange.sheets import SHEETS

TEXT = (Path(__file__).parents[2] / "docs" / "exchange.md").read_text(encoding="utf-8")
ROWS = {
    line.split("|")[1].strip(): line.split("|")[2]
    for line in TEXT.splitlines()
    if line.startswith("| ") and line.count("|") == 3
}
# What the text says of columns at the end of the files that departments have.
EXTRA = TEXT[TEXT.index("Beyond these") : TEXT.index("And these files")]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_every_sheet_is_documented_with_its_columns(sheet: Sheet) -> None:
    described = {part.split("(")[0].strip() for part in ROWS[sheet.name].split(",")}
    for header in sheet.headers:
        required = any(one.header == header and one.required for one in sheet.columns)
        marked = header + "*" if required or (header == "id" and sheet.needs_id) else header
        known_otherwise = header == "id" and not sheet.needs_id
        assert marked in described or header in EXTRA or known_otherwise
