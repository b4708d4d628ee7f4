"""A report as CSV: one line per row of the form."""

import csv
import io

from hsf_cli.report.count import Report
from hsf_cli.spreadsheets import escaped

_HEADER = ["seksjon", "tittel", "tabell", "rad", "verdi", "enhet", "mangler", "nøkkel"]


def as_csv(report: Report) -> str:
    """The report's rows with `;` between the columns and a decimal comma."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerow(_HEADER)
    for section in report.sections:
        for table in section.tables:
            for cell in table.cells:
                words = [section.number, section.title, table.heading, cell.label]
                figure = str(cell.figure).replace(".", ",")
                rest = [figure, cell.row.unit, str(len(cell.missing)), cell.row.key]
                writer.writerow([escaped(word) for word in words] + rest)
    return text.getvalue()
