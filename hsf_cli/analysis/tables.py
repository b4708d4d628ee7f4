"""What the file without names holds: the records, stripped, and what the form counts of them.

Of each record only what says nothing in anybody's own words: codes, days, numbers, yes and no, and
which record it refers to. What anonymising takes (`erasing.TAKEN`) is not there either, and of a
birth only the year. Records are known by pseudonyms that are drawn anew for every file.
"""

import random
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from hsf_cli import __version__
from hsf_cli.codes import code_lists
from hsf_cli.exchange.sheet import Column, Sheet
from hsf_cli.exchange.sheets import SHEETS
from hsf_cli.exchange.values import (
    ANY_DAY,
    BORN,
    COMPLETED,
    COUNT,
    DAY,
    HOURS,
    NEAR_DAY,
    PLANNED_DAY,
    TIME,
    YES_NO,
    Value,
)
from hsf_cli.plain_file import PlainColumn, PlainTable
from hsf_cli.populations import POPULATIONS, Attribute, Period, Population, records
from hsf_cli.populations.words import words_for
from hsf_cli.records import KINDS, Kind
from hsf_cli.registers.erasing import TAKEN
from hsf_cli.report.comparing import first_year
from hsf_cli.spelling import upper_first
from hsf_cli.store import Store

# The kinds of values that say nothing in anybody's own words: what each is in the file, and how
# it is to be read there.
_DAY = ("TEXT", "dato, som 2023-03-01")
_KEPT: Mapping[Value, tuple[str, str]] = {
    DAY: _DAY,
    ANY_DAY: _DAY,
    NEAR_DAY: _DAY,
    PLANNED_DAY: _DAY,
    BORN: ("INTEGER", "årstall"),
    COMPLETED: ("TEXT", "ja, nei eller dato"),
    COUNT: ("INTEGER", "antall"),
    HOURS: ("INTEGER", "i minutter"),
    TIME: ("TEXT", "som 15:00"),
    YES_NO: ("INTEGER", "1 er ja, 0 er nei"),
}
# What nobody needs to count.
_NOT_NEEDED = {"certificate_issued_on", "certificate_shown_on", "confidentiality_on"}
# What only the program can work out.
_WORKED_OUT = {
    "assignment": [("months", "begun_months(started_on, ended_on)", "Påbegynte måneder")],
}
_BLANK = "tom betyr ikke ført"
_ID = "Pseudonym: laget for denne filen alene, og ikke nummeret i hsf"

# Told how many rows of which table have been read.
Progress = Callable[[str, int], None]


def tables(
    store: Store, today: date, chance: random.Random, progress: Progress
) -> Iterator[PlainTable]:
    """Every table of the file, those that others refer to first."""
    pseudonyms = _Pseudonyms(store, chance)
    yield _about(today)
    for name, codes in code_lists().items():
        if name in words()["codes"]:
            yield _code_table(name, codes.labels)
    for sheet in SHEETS:
        if sheet.table not in words()["left_out"]:
            progress(sheet.name, 0)
            yield _record_table(store, sheet, pseudonyms)
    years = range(first_year(store) or today.year, today.year + 1)
    for population in POPULATIONS.values():
        progress(words()["populations"][population.name][0], 0)
        yield _population_table(store, population, years, pseudonyms)


@cache
def words() -> Mapping[str, Any]:
    """What is said of the file's tables and columns, as `words.toml` has it."""
    return tomllib.loads(files(__package__).joinpath("words.toml").read_text(encoding="utf-8"))


def kept(sheet: Sheet) -> list[Column]:
    """The columns of the sheet that go into the file."""
    without = _NOT_NEEDED | TAKEN.get(sheet.table, {}).keys() - {"born"}
    return [one for one in sheet.columns if _is_kept(one) and one.field not in without]


def _is_kept(column: Column) -> bool:
    return bool(column.value in _KEPT or column.value.codes or _refers_to(column))


def _refers_to(column: Column) -> str:
    """The kind of record that the column refers to, if it does."""
    table = column.field.removesuffix("_id")
    return table if table != column.field and table in KINDS else ""


class _Pseudonyms:
    """What each record is called in the file: numbered in an order that nothing is told by."""

    def __init__(self, store: Store, chance: random.Random) -> None:
        self._store = store
        self._chance = chance
        self._kinds: dict[str, Mapping[int, str]] = {}

    def of(self, kind: Kind) -> Mapping[int, str]:
        """The pseudonyms of that kind's records, by their numbers."""
        if kind.table not in self._kinds:
            numbers = [row[0] for row in self._store.each(f"SELECT id FROM {kind.table}")]
            self._chance.shuffle(numbers)
            word, width = kind.singular.replace(" ", "-"), len(str(len(numbers)))
            self._kinds[kind.table] = {
                number: f"{word}-{place:0{width}}" for place, number in enumerate(numbers, start=1)
            }
        return self._kinds[kind.table]


def _about(today: date) -> PlainTable:
    return PlainTable(
        "om_filen",
        "Når filen ble skrevet, og av hva",
        [
            PlainColumn("skrevet", "TEXT", "Dagen filen ble skrevet"),
            PlainColumn("hsf", "TEXT", "Versjonen av hsf som skrev den"),
        ],
        [(today.isoformat(), __version__)],
    )


def _code_table(name: str, labels: Mapping[str, str]) -> PlainTable:
    return PlainTable(
        words()["codes"][name],
        "Koder, og hva de betyr",
        [
            PlainColumn("kode", "TEXT", "Koden"),
            PlainColumn("tekst", "TEXT", "Hva den betyr, med skjemaets ord"),
        ],
        list(labels.items()),
    )


def _record_table(store: Store, sheet: Sheet, pseudonyms: _Pseudonyms) -> PlainTable:
    columns = kept(sheet)
    worked_out = _WORKED_OUT.get(sheet.table, [])
    told = [PlainColumn("id", "TEXT", _ID), *(_told(one) for one in columns)]
    told += [PlainColumn(words()["names"][name], "INTEGER", text) for name, _, text in worked_out]
    asked = [*(_asked(one) for one in columns), *(sql for _, sql, _ in worked_out)]
    own = pseudonyms.of(sheet.kind)
    others = [
        (place, pseudonyms.of(KINDS[table]))
        for place, column in enumerate(columns, start=1)
        if (table := _refers_to(column))
    ]

    def rows() -> Iterator[list[Any]]:
        for number, *held in store.each(f"SELECT {', '.join(['id', *asked])} FROM {sheet.table}"):
            values = [own[number], *held]
            for place, names in others:
                values[place] = names.get(values[place])
            yield values

    return PlainTable(sheet.name, words()["tables"][sheet.table], told, _by_pseudonym(rows(), 0))


def _asked(column: Column) -> str:
    """What is asked of the store: of a birth only the year."""
    if column.value is BORN:
        return f"CAST(substr({column.field}, 1, 4) AS INTEGER)"
    return column.field


def _told(column: Column) -> PlainColumn:
    text = words()["columns"][column.field]
    name = words()["names"].get(column.field, column.header)
    if refers_to := _refers_to(column):
        sheet = next(one for one in SHEETS if one.table == refers_to)
        return PlainColumn(name, "TEXT", text, f"{sheet.name}(id)")
    if column.value.codes:
        return _told_codes(name, text, column.value.codes, several=column.value.blank is not None)
    type, how = _KEPT[column.value]
    blank = "" if column.required else f"; {_BLANK}"
    return PlainColumn(name, type, f"{text} ({how}{blank})")


def _told_codes(name: str, text: str, codes: str, *, several: bool) -> PlainColumn:
    of_codes = words()["codes"][codes]
    if several:
        said = f"{text} (JSON-liste av koder fra {of_codes}; [] betyr ikke ført)"
        return PlainColumn(name, "TEXT", said)
    return PlainColumn(name, "TEXT", f"{text} ({_BLANK})", f"{of_codes}(kode)")


def _population_table(
    store: Store, population: Population, years: Sequence[int], pseudonyms: _Pseudonyms
) -> PlainTable:
    name, text = words()["populations"][population.name]
    sheet = next(one for one in SHEETS if one.table == population.kind.table)
    own = population.kind.singular.replace(" ", "_")
    columns = [
        PlainColumn("år", "INTEGER", "Året i årsrapporten; det siste er ikke over"),
        PlainColumn(own, "TEXT", _ID, f"{sheet.name}(id)"),
        *(
            _told_attribute(population, sheet, field, attribute)
            for field, attribute in population.attributes.items()
        ),
    ]
    ids = pseudonyms.of(population.kind)

    def rows(year: int) -> Iterator[list[Any]]:
        for row in records(store, population.name, Period.year(year)):
            yield [year, ids[row["id"]], *(row[field] for field in population.attributes)]

    each = [row for year in years for row in _by_pseudonym(rows(year), 1)]
    return PlainTable(name, f"{text}, slik årsrapporten teller dem", columns, each, key=2)


def _told_attribute(
    population: Population, sheet: Sheet, field: str, attribute: Attribute
) -> PlainColumn:
    name = words()["names"].get(field) or sheet.header_of(field)
    text = upper_first(words_for(population.name).attributes[field].name)
    if attribute.codes:
        return _told_codes(name, text, attribute.codes, several=attribute.type == "codes")
    how = "1 er ja, 0 er nei" if attribute.type == "yes_no" else "tall"
    return PlainColumn(name, "INTEGER", f"{text} ({how}; {_BLANK})")


def _by_pseudonym(rows: Iterator[list[Any]], place: int) -> list[list[Any]]:
    """The rows in the order of their pseudonyms: that in which they were entered tells of whom."""
    return sorted(rows, key=lambda row: str(row[place]))
