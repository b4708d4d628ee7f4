"""A report as Markdown."""

from collections.abc import Iterator

from hsf_cli.report.count import CountedTable, Report
from hsf_cli.report.output import text


def as_markdown(report: Report) -> str:
    """The chapter with a heading per section and a table per table."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Report) -> Iterator[str]:
    yield f"# {text.title(report)}"
    yield ""
    yield _cell(text.origin(report))
    for section in report.sections:
        yield ""
        yield f"## {section.number} {section.title}"
        for table in section.tables:
            yield ""
            yield from _table(table)


def _table(table: CountedTable) -> Iterator[str]:
    yield f"| {_cell(table.heading)} | {text.FIGURE_HEADING} |"
    yield "| :-- | --: |"
    for cell in table.cells:
        note = text.beside(cell)
        figure = text.figure(cell) + (f" ({note})" if note else "")
        yield f"| {_cell(cell.label)} | {figure} |"
    for shortfall in text.shortfalls(table):
        yield ""
        yield f"*{shortfall}*"


def _cell(words: str) -> str:
    return words.replace("\\", "\\\\").replace("|", "\\|")
