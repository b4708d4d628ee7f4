"""A report as CSV: one line per row of the form."""

import csv
import io

from hsf_cli.report.figures import Figures
from hsf_cli.report.output import text
from hsf_cli.spreadsheets import escaped

_HEADER = ["seksjon", "tittel", "tabell", "rad", "verdi", "enhet", "mangler", "nøkkel"]


def as_csv(figures: Figures) -> str:
    """The report's rows with `;` between the columns and a decimal comma."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";", lineterminator="\n")
    writer.writerow(_HEADER)
    for section in figures.sections:
        for table in section.tables:
            for line in table.lines:
                words = [section.number, section.title, table.heading, line.label]
                value = text.plain(line.value, hidden=line.hidden)
                missing = text.plain(line.missing, hidden=line.missing is None)
                writer.writerow([*map(escaped, words), value, line.unit, missing, line.key])
    return written.getvalue()
