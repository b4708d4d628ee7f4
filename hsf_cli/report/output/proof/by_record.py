"""A proof as one flat table: a line for each record in a row of the form, or left out of it."""

from collections.abc import Iterator
from fractions import Fraction

from hsf_cli.numbers import rounded
from hsf_cli.report.proof import Proof, Record, RowProof, SectionProof, TableProof
from hsf_cli.spreadsheets import as_text, escaped

# A share of a mean or of an årsverk is small.
_DECIMALS = 6

Value = str | int | Fraction | None


def header(proof: Proof) -> list[str]:
    """What the columns hold."""
    named = ["Navn"] if proof.named else []
    return [
        "Seksjon", "Tabell", "Rad", "Tall", "Enhet", "Med", "Nr.", "Id", *named,
        "Bidrag", "Før deling", "Delt på", "Grunn",
    ]  # fmt: skip


def lines(proof: Proof) -> Iterator[list[Value]]:
    """The records of every row: those that it counts, then those that it does not."""
    for section, table, row in proof.rows:
        where = _where(section, table, row)
        for one in row.counted:
            share = one.share
            brought = [share.value, share.amount, share.per] if share else [None, None, None]
            yield [*where, "ja", *_record(one.record, proof), *brought, None]
        for left_out in row.left_out:
            record = _record(left_out.record, proof)
            yield [*where, "nei", *record, None, None, None, left_out.reason.text]


def as_csv(proof: Proof) -> str:
    """The table with `;` between the columns and a decimal comma."""
    return as_text([header(proof), *([_cell(value) for value in line] for line in lines(proof))])


def _where(section: SectionProof, table: TableProof, row: RowProof) -> list[Value]:
    figure = Fraction(row.line.value or 0)
    return [section.number, table.heading, row.line.label, figure, row.line.unit]


def _record(record: Record, proof: Proof) -> list[Value]:
    return [record.number, record.id, *([record.name] if proof.named else [])]


def _cell(value: Value) -> str:
    if isinstance(value, Fraction):
        return f"{rounded(value, _DECIMALS).normalize():f}".replace(".", ",")
    return "" if value is None else escaped(str(value))
