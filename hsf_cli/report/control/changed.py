"""What changed much since last year: not wrong for that, but worth a look before it is sent."""

from collections import Counter
from collections.abc import Iterator

from hsf_cli import numbers
from hsf_cli.report.control.findings import Finding, Weight
from hsf_cli.report.figures import Figures, Line, Table
from hsf_cli.report.form import Form, FormRow

_FEWEST_RECORDS = 5
_SHARE = 2  # more than one in so many


def is_count(row: FormRow) -> bool:
    """Whether the row counts records, and adds nothing up."""
    return row.unit == "antall" and not row.measure.sum


def changed(form: Form, now: Figures, before: Figures) -> Iterator[Finding]:
    """The counts that changed by more than half, and by five records or more."""
    labels = Counter(line.label for line in now.lines)
    for section in now.sections:
        for table in section.tables:
            for line in table.lines:
                then = before.by_key.get(line.key)
                if then is not None and is_count(form.by_key[line.key]) and _much(line, then):
                    called = line.label if labels[line.label] == 1 else _called(line, table)
                    yield Finding(
                        Weight.NOTEWORTHY,
                        "endret",
                        f"«{called.rstrip(': ')}» gikk fra {_written(then)} til {_written(line)}",
                        f"Fra {before.year} til {now.year}: se om det er en grunn til det.",
                        f"hsf rapport sammenlign {before.year} {now.year}",
                        key=line.key,
                    )


def _much(now: Line, then: Line) -> bool:
    if now.value is None or then.value is None:
        return False
    difference = abs(int(now.value) - int(then.value))
    return difference >= _FEWEST_RECORDS and _SHARE * difference > then.value


def _called(line: Line, table: Table) -> str:
    """The label after what it belongs to: many rows are «Annet»."""
    whole = next((other.label for other in table.lines if other.key == line.part_of), "")
    heading = (whole or table.heading).rstrip(": ")
    return f"{heading}{'' if heading.endswith('?') else ':'} {line.label}"


def _written(line: Line) -> str:
    return numbers.written(line.value or 0)
