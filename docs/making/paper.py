"""Pages of documents as pictures: the files are those that the program wrote."""

import json
from pathlib import Path
from typing import Any

import typst
from openpyxl import load_workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.utils import get_column_letter

_FOLDER = Path(__file__).parent
_PIXELS_IN_AN_INCH = 80.0


def page(pdf: Path, number: int = 1) -> bytes:
    """A page of a PDF as PNG, with a hairline around it."""
    return _drawn("page.typ", pdf.parent, {"file": f"/{pdf.name}", "number": str(number)})


def sheet(workbook: Path, name: str, columns: int, rows: int) -> bytes:
    """The upper left of a sheet as PNG, as a spreadsheet shows it."""
    book = load_workbook(workbook)
    cells = book[name].iter_rows(max_row=rows, max_col=columns)
    letters = [get_column_letter(number) for number in range(1, columns + 1)]
    data = {
        "name": name,
        "tabs": book.sheetnames,
        "letters": letters,
        "widths": [book[name].column_dimensions[letter].width for letter in letters],
        "rows": [[_told(cell) for cell in row] for row in cells],
    }
    return _drawn("sheet.typ", _FOLDER, {"data": json.dumps(data)})


def _told(cell: Cell | MergedCell) -> dict[str, Any]:
    """What of a cell can be seen."""
    fill, colour = cell.fill.fgColor.rgb, cell.font.color and cell.font.color.rgb
    return {
        "text": str(cell.value or ""),
        "bold": bool(cell.font.bold),
        "fill": f"#{fill[-6:]}" if cell.fill.fill_type == "solid" else None,
        "colour": f"#{colour[-6:]}" if isinstance(colour, str) else None,
    }


def _drawn(template: str, folder: Path, inputs: dict[str, str]) -> bytes:
    """What the template draws of the inputs, and of what is in the folder."""
    return typst.compile(
        (_FOLDER / template).read_bytes(),
        root=folder.absolute(),
        ignore_system_fonts=True,
        sys_inputs=inputs,
        format="png",
        ppi=_PIXELS_IN_AN_INCH,
    )
