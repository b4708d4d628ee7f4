"""The made-up departments that are measured, and their CSV files.

Each year is a small world of its own by `tests/independent/made_up.py`, the same one every time,
so a department of three years holds the very records that one of 25 years has of those three.

Run as `python -m benchmarks.files NAME FOLDER`: a process of its own, because what it holds in
memory would otherwise count as its children's too (see `processes`).
"""

import random
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tests.independent import made_up

Sheets = dict[str, list[made_up.Row]]

# Columns that hold the id of a record: of the row's own, or of the one it refers to.
IDS = ("id", "familie", "henvendelse", "familiekontakt", "kurs", "oppdrag", "aktivitet")
# What began is over by the end of that many years later, where it was still going on: in 25 years
# nearly everybody has left.
LASTING = (
    ("familiekontakter", "godkjent", "sluttet", 3),
    ("henvendelser", "mottatt", "avsluttet", 3),
    ("oppdrag", "startet", "avsluttet", 1),
)
GIVEN = """
    Anne Inger Kari Marit Ingrid Liv Eva Berit Astrid Bjørg Hilde Anna Solveig Marianne Randi Ida
    Nina Maria Elisabeth Kristin Amina Fatima Maryam Layla Olena Zofia Åse Øyvind Aram Jan Per
    Bjørn Ole Lars Kjell Knut Svein Thomas Arne Mohammed"""
BEGINNINGS = """
    Berg Dal Nord Sol Haug Lund Strand Øst Vest Sør Ås Ek Gran Fjell Hol Kvam Lang Lille Mo Myr
    Ny Rø Sand Sjø Sten Stor Sund Tveit Ødeg Ul"""
ENDINGS = """
    by heim land stad vik nes rud berg dal haug lund eng mo bakk bø ås li set gård holt hus hagen
    moen vold rød stø sjø sand tun øy"""


@dataclass(frozen=True)
class Department:
    """How large a department is: its years, and what each of them brings."""

    years: range
    families_a_year: int
    hours_a_year: int

    @property
    def families(self) -> int:
        """How many families it has."""
        return len(self.years) * self.families_a_year

    @property
    def hours(self) -> int:
        """How many hours entries it has."""
        return len(self.years) * self.hours_a_year


# The first is a department as they are, the others as large as all the country's together. Every
# one of them has 2023, the year of the reports.
DEPARTMENTS = {
    "100 families": Department(range(2021, 2025), 25, 900),
    "1 year": Department(range(2023, 2024), 1_080, 32_000),
    "3 years": Department(range(2022, 2025), 1_080, 32_000),
    "5 years": Department(range(2020, 2025), 1_080, 32_000),
    "25 years": Department(range(2000, 2025), 1_080, 32_000),
}


def write(name: str, folder: Path) -> None:
    """Writes the files of the department of that name: the same ones every time."""
    department = DEPARTMENTS[name]
    together: Sheets = {}
    for year in department.years:
        for sheet, rows in _year(year, department).items():
            together.setdefault(sheet, []).extend(rows)
    made_up.write_folder(together, folder)


def _year(year: int, department: Department) -> Sheets:
    """What a year brings: records with ids, names and ends of their own."""
    size = made_up.Size(
        families=department.families_a_year,
        hours=department.hours_a_year,
        first_year=year,
        until=date(year, 12, 31),
    )
    sheets = {
        sheet: [_identified(row, year) for row in rows]
        for sheet, rows in made_up.department(year, size).items()
    }
    _name([*sheets["familier"], *sheets["familiekontakter"]], random.Random(year))
    for sheet, begun, ended, years in LASTING:
        for row in sheets[sheet]:
            _end(row, begun, ended, years, department.years[-1])
    _visit(sheets["timer"], {row["id"]: row for row in sheets["oppdrag"]}, year)
    return sheets


def _identified(row: made_up.Row, year: int) -> made_up.Row:
    """The row, with the year in every id, so that those of two years are never the same."""
    return row | {column: f"{year}-{row[column]}" for column in IDS if row.get(column)}


def _name(people: Iterable[made_up.Row], chance: random.Random) -> None:
    """Gives everyone a name: some of them common, most of them rare, as names are."""

    given, beginnings, endings = GIVEN.split(), BEGINNINGS.split(), ENDINGS.split()

    def one_of(words: list[str]) -> str:
        return words[int(len(words) * chance.random() ** 1.5)]

    for row in people:
        row["navn"] = f"{one_of(given)} {one_of(beginnings)}{one_of(endings)}"


def _end(row: made_up.Row, begun: str, ended: str, years: int, last_year: int) -> None:
    """Ends what began so many years ago, where it has no end."""
    if row[begun] and not row[ended]:
        year = made_up.read_day(row[begun]).year + years
        if year <= last_year:
            row[ended] = f"{year}-12-31"


def _visit(hours: Iterable[made_up.Row], assignments: Mapping[str, made_up.Row], year: int) -> None:
    """Dates the visits of an assignment while it goes on, as nearly all of them are."""
    chance = random.Random(year)
    for row in hours:
        assignment = assignments.get(row["oppdrag"])
        if assignment and assignment["startet"]:
            first = made_up.read_day(assignment["startet"])
            last = made_up.read_day(assignment["avsluttet"] or f"{year}-12-31")
            row["dato"] = (first + (last - first) * chance.random()).isoformat()


if __name__ == "__main__":
    write(sys.argv[1], Path(sys.argv[2]))
