"""A report as CSV: one line per row of the form."""

from collections.abc import Iterator

from hsf_cli.report import in_words
from hsf_cli.report.figures import Figures
from hsf_cli.spreadsheets import as_text, escaped

_HEADER = ["seksjon", "tittel", "tabell", "rad", "verdi", "enhet", "mangler", "nøkkel"]


def as_csv(figures: Figures) -> str:
    """The report's rows with `;` between the columns and a decimal comma."""
    return as_text([_HEADER, *_rows(figures)])


def _rows(figures: Figures) -> Iterator[list[str]]:
    for section in figures.sections:
        for table in section.tables:
            for line in table.lines:
                words = [section.number, section.title, table.heading, line.label]
                value = in_words.plain(line.value, hidden=line.hidden)
                missing = in_words.plain(line.missing, hidden=line.missing is None)
                yield [*map(escaped, words), value, line.unit, missing, line.key]
