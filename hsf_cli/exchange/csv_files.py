"""CSV as Excel in Norway writes it; read leniently where nothing can be misread."""

import codecs
import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

from hsf_cli.errors import BadContent, Place
from hsf_cli.exchange.sheet import Sheet
from hsf_cli.exchange.sources import Cells, Table
from hsf_cli.spelling import folded
from hsf_cli.spreadsheets import escaped, unescaped

_SEPARATORS = (";", ",")
_CHUNK = 1 << 20
_LONGEST_CELL = 2**31 - 1  # the most that fits on every system


def csv_table(path: Path, sheet: Sheet) -> Table:
    """The CSV file as a table of that sheet, whose rows are read when they are asked for."""
    return Table(sheet, path.name, lambda: _rows(path, sheet), unescaped)


def write_csv(path: Path, rows: Iterable[Iterable[str]]) -> None:
    """Writes rows with `;`, a BOM and CRLF, and no cell that a spreadsheet would run."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";", lineterminator="\r\n").writerows(
            [escaped(cell) for cell in row] for row in rows
        )


def _rows(path: Path, sheet: Sheet) -> Iterator[tuple[int, Cells]]:
    csv.field_size_limit(_LONGEST_CELL)  # a text that is too long gets our own error
    line = 1
    with path.open(encoding=_encoding(path), newline="") as file:
        header = file.readline()
        file.seek(0)
        reader = csv.reader(file, delimiter=_separator(header, sheet), strict=True)
        try:
            for cells in reader:
                yield line, cells
                line = reader.line_num + 1
        except csv.Error:
            raise BadContent(
                f"{path.name} kan ikke leses fra linje {line}.",
                "Se etter et anførselstegn som mangler sin make.",
                [Place(path.name, line, "", "", "Anførselstegn må stå to og to.")],
            ) from None


def _separator(header: str, sheet: Sheet) -> str:
    """The separator under which most of the header's names are known; `;` where none decides."""

    def known(separator: str) -> int:
        names = next(csv.reader([header], delimiter=separator), [])
        return sum(folded(name) in sheet.by_spelling or folded(name) == "id" for name in names)

    return max(_SEPARATORS, key=known)


def _encoding(path: Path) -> str:
    """UTF-8 where the whole file is, otherwise Windows-1252. Raises BadContent for neither."""
    with path.open("rb") as file:
        start = file.read(2)
    if start in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        raise _undecodable(path, 1)
    if _fault(path, "utf-8") is None:
        return "utf-8-sig"
    if (line := _fault(path, "cp1252")) is not None:
        raise _undecodable(path, line)
    return "cp1252"


def _fault(path: Path, encoding: str) -> int | None:
    """The line where the file is not in that encoding, or None."""
    decoder = codecs.getincrementaldecoder(encoding)()
    line = 1
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            try:
                line += decoder.decode(chunk).count("\n")
            except UnicodeDecodeError as error:
                return line + bytes(error.object[: error.start]).count(b"\n")
        try:
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return line
    return None


def _undecodable(path: Path, line: int) -> BadContent:
    remedy = "Lagre filen på nytt som «CSV UTF-8»."
    return BadContent(
        f"{path.name} er i en tegnkoding som ikke kan leses.",
        remedy,
        [Place(path.name, line, "", "", remedy)],
    )
