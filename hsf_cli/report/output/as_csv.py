"""A report as CSV: one line per row of the form."""

import csv
import io
from decimal import Decimal

from hsf_cli.report.figures import Figures
from hsf_cli.spreadsheets import escaped

_HEADER = ["seksjon", "tittel", "tabell", "rad", "verdi", "enhet", "mangler", "nøkkel"]


def as_csv(figures: Figures) -> str:
    """The report's rows with `;` between the columns and a decimal comma."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerow(_HEADER)
    for section in figures.sections:
        for table in section.tables:
            for line in table.lines:
                words = [section.number, section.title, table.heading, line.label]
                rest = [_number(line.value), line.unit, _number(line.missing), line.key]
                writer.writerow([escaped(word) for word in words] + rest)
    return text.getvalue()


def _number(value: Decimal | int | None) -> str:
    """The number with a decimal comma; blank where it was not filled in, or is hidden."""
    return "" if value is None else str(value).replace(".", ",")
