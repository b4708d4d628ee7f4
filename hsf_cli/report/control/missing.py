"""The records that the form's rows could not place.

What a row asks of a record and nobody has written is missing, and is to be written. Where all of
it is written and the form still has no row for it, that is only told.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from hsf_cli.codes import code_list
from hsf_cli.populations import POPULATIONS
from hsf_cli.populations.mending import Recorded, change, option_of, written_on
from hsf_cli.records import Kind
from hsf_cli.report.control.findings import Finding, Weight, about
from hsf_cli.report.control.year import Year
from hsf_cli.report.count import Cell, CountedTable
from hsf_cli.report.definitions import reason
from hsf_cli.report.form import FormRow
from hsf_cli.store import Row, Store
from hsf_cli.texts import listed

# What tells a record from others of the same name: when it was.
_DETAILS = {
    "hours": "SELECT id, 'ført ' || strftime('%d.%m.%Y', worked_on) AS detail FROM hours",
    "inquiry": "SELECT id, 'mottatt ' || strftime('%d.%m.%Y', received_on) AS detail FROM inquiry",
    "activity": "SELECT id, strftime('%d.%m.%Y', held_on) AS detail FROM activity",
}


def missing(year: Year) -> Iterator[Finding]:
    """What is not written: a finding for all records that lack the same."""
    sections = year.report.form.section_of
    for (kind, lacking), found in _alike(_lacked(year)).items():
        asking = set[str]().union(*(one.keys for one in found))
        keys = [key for key in sections if key in asking]
        where = listed(dict.fromkeys(sections[key] for key in keys))
        details = _details(year.store, kind, [one.record for one in found])
        command = change(kind.table, lacking)
        yield Finding(
            Weight.MISSING,
            "mangler",
            f"Ikke ført på {kind.counted(len(found))}: {listed(one.word for one in lacking)}",
            " ".join([f"Når det er ført, telles det med i {where}.", *_codes(lacking)]),
            key=keys[0],
            records=tuple(
                about(kind, one.record, details.get(one.record["id"], ""), command) for one in found
            ),
        )


def _codes(lacking: Iterable[Recorded]) -> Iterator[str]:
    """What may be written where a code is to be written."""
    for one in lacking:
        attribute = POPULATIONS[one.population].attributes[one.attribute]
        if attribute.codes:
            yield f"{option_of(one)} er {listed(code_list(attribute.codes), 'eller')}."


def without_row(year: Year) -> Iterator[Finding]:
    """The records of which everything is written, and for which the form has no row."""
    for section in year.report.sections:
        for place, table in enumerate(section.tables, start=1):
            for first, left_out in _without_row(table):
                command = f"hsf rapport merknad {year.number} {section.number}.{place}"
                records = (
                    about(
                        first.kind,
                        record,
                        reason(first.row, year.number, record).text,
                        change(first.kind.table),
                    )
                    for record in left_out
                )
                yield Finding(
                    Weight.NOTEWORTHY,
                    "uten_rad",
                    f"Skjemaet har ingen rad for {first.kind.counted(len(left_out))} i "
                    f"«{_heading(table, first)}»",
                    "Er det riktig ført, så skriv en merknad under tabellen.",
                    f"{command}{year.option} --tekst TEKST",
                    key=first.row.key,
                    records=tuple(records),
                )


@dataclass
class _Lacking:
    """A record, what it lacks, and the keys of the rows that ask for it."""

    kind: Kind
    record: Row
    attributes: list[Recorded] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)


def _lacked(year: Year) -> list[_Lacking]:
    """Every record that lacks something that a row asks of it."""
    found: dict[tuple[str, int], _Lacking] = {}
    blank = cache(lambda written: _blank(year, written))
    for row in year.report.form.rows:
        for attribute in _asked(row):
            written = written_on(row.population, attribute)
            if written is None:
                continue
            kind = POPULATIONS[written.population].kind
            records = blank(written)
            if written.population == row.population:
                records = _concerned(row, attribute, records)
            for record in records:
                which = kind.table, record["id"]
                one = found[which] = found.get(which) or _Lacking(kind, record)
                one.keys.add(row.key)
                if written not in one.attributes:
                    one.attributes.append(written)
    return sorted(found.values(), key=lambda one: int(one.record["id"]))


def _blank(year: Year, written: Recorded) -> Sequence[Row]:
    """The records on which that is not written."""
    population = year.population(written.population)
    return [record for record in population if record[written.attribute] is None]


def _asked(row: FormRow) -> list[str]:
    """The attributes that a row asks for."""
    per = [row.measure.per] if row.measure.per else []
    return [*row.conditions, *row.measure.sum, *per]


def _concerned(row: FormRow, asked: str, records: Sequence[Row]) -> Sequence[Row]:
    """The records of which the row asks that: those that meet what else is asked.

    Rows that split others ask it of every record, so it is asked at once with what else is blank.
    """
    others = [(name, condition) for name, condition in row.conditions.items() if name != asked]
    if not others:
        return records
    return [
        record
        for record in records
        if all(
            bool(row.part_of) if record[name] is None else condition.met_by(record[name])
            for name, condition in others
        )
    ]


def _alike(
    lacking: Iterable[_Lacking],
) -> Mapping[tuple[Kind, tuple[Recorded, ...]], list[_Lacking]]:
    """The records by what they lack."""
    found: dict[tuple[Kind, tuple[Recorded, ...]], list[_Lacking]] = {}
    for one in lacking:
        found.setdefault((one.kind, tuple(one.attributes)), []).append(one)
    return found


def _details(store: Store, kind: Kind, found: Sequence[Row]) -> Mapping[int, str]:
    sql = _DETAILS.get(kind.table)
    if sql is None:
        return {}
    rows = store.rows(
        f"{sql} WHERE id IN (SELECT value FROM json_each(:ids))",
        ids=json.dumps([record["id"] for record in found]),
    )
    return {row["id"]: row["detail"] for row in rows}


def _without_row(table: CountedTable) -> Iterator[tuple[Cell, list[Row]]]:
    """The first row of each split that leaves out such records, with them."""
    for whole in dict.fromkeys(cell.row.part_of for cell in table.cells):
        parts = [cell for cell in table.cells if cell.row.part_of == whole]
        written = [
            name
            for name in dict.fromkeys(name for cell in parts for name in cell.row.conditions)
            if written_on(parts[0].row.population, name)
        ]
        left_out = [
            record
            for record in parts[0].missing
            if all(record[name] is not None for name in written)
        ]
        if left_out:
            yield parts[0], left_out


def _heading(table: CountedTable, first: Cell) -> str:
    """What the split is called: the row that is split, where it is in the table, or the table."""
    for cell in table.cells:
        if cell.row.key == first.row.part_of:
            return cell.label
    return table.heading.rstrip(": ") or first.label
