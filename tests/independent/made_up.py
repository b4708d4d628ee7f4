"""Made-up departments as rows of the exchange format, the same ones for the same seed.

They hold what real ones hold too seldom to be met by chance: blanks wherever they are allowed,
dates at the edges of months and years, people who come back, assignments by volunteers who were
never approved. They are valid (an import takes them whole), and not always sensible.
"""

import csv
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

Row = dict[str, str]
Sheets = dict[str, list[Row]]
T = TypeVar("T")

CIVIL_STATUS = ("gift_samboer", "enslig")
BACKGROUND = ("norsk", "innvandrer", "blandet")
GENDER = ("kvinne", "kvinne", "kvinne", "mann", "mann", "annet")
OCCUPATION = ("pensjonist", "yrkesaktiv", "student", "ufør", "arbeidsledig", "annet")
CHALLENGE = (
    "flerfødsel", "aleneforelder", "integrering", "helse_foreldre", "særskilte_behov_barn",
    "nettverk", "hjelpeapparatet", "skolearbeid", "samliv", "norsk_språk", "samtalepartner",
    "vold", "rus", "annet",
)  # fmt: skip
SUPPORT = ("avlastning", "foreldrestøtte", "nettverk", "norsk_språk", "annet")
NETWORK = ("nær_familie", "slektninger", "venner", "støttekontakt", "annet", "ingen")
SOURCE = (
    "familien", "helsestasjon", "barnevern", "ppt", "psykisk_helsevern", "sykehus", "kommunalt",
    "ideell", "krisesenter", "nav", "skole", "barnehage", "innvandrertjeneste", "privatperson",
    "familievern", "fastlege",
)  # fmt: skip
HELP = (
    "helsestasjon", "barnevern", "ppt", "psykisk_helsevern", "familievern", "sykehus", "kommunalt",
    "ideell", "krisesenter", "nav", "skole_barnehage", "innvandrertjeneste", "politi",
)  # fmt: skip
FOUND_FAMILY = (
    "nettverk", "sosiale_medier", "avis", "ukeblad", "stand", "helsestasjon", "barnehage_skole",
    "hjelpeapparatet", "tv", "radio", "plakat", "annonse", "annet",
)  # fmt: skip
FOUND_VOLUNTEER = (
    "nettverk", "sosiale_medier", "avis", "ukeblad", "stand", "tv", "radio", "plakat",
    "frivillig_no", "seminar", "arbeidsplass", "internett", "annonse", "annet",
)  # fmt: skip
INQUIRY_CLOSED = (
    "fullført", "ikke_aktuelt", "trukket", "utenfor_målgruppen", "flyttet", "annet",
)  # fmt: skip
ASSIGNMENT_ENDED = (
    "fullført", "ny_familiekontakt", "familien_avsluttet", "familiekontakten_sluttet", "annet",
)  # fmt: skip
OTHER_HOURS = ("kurs", "veiledning", "aktivitet", "samling", "annet")
AUDIENCE = ("familier", "familier", "familiekontakter", "koordinator")
YES_NO = ("ja", "nei")
TIMES = ("08:00", "9:30", "14:59", "14.30", "15:00", "15.01", "18:00")
HOURS = ("0", "0,33", "0.5", "1,25", "2", "2,5", "2:30", "2,675", "3", "3.75", "4", "6:05")
DRIVING = ("0", "0,2", "0:25", "0.5", "1")
NAMES = ("Berg", "Ås", "Ødegård", "Nilsen; Vik", "«Lie»", 'Dahl "Lillian"', "Nguyen", "-Moe")
AREAS = ("Sentrum", "Nord", "Øst [2]", "+Sør")
NOTES = ("Ring etter kl. 16.", "To linjer:\nden andre; med «tegn».", "=1+1", "50 % ledig")


@dataclass(frozen=True)
class Size:
    """How large a department is, and its days: from 1 January of `first_year` to `until`."""

    families: int = 120
    hours: int = 600
    first_year: int = 2019
    until: date = date(2024, 3, 15)


def department(seed: int, size: Size) -> Sheets:
    """The department of that size and seed: rows by sheet."""
    return _Maker(random.Random(seed), size).sheets()


def write_folder(sheets: Sheets, folder: Path) -> None:
    """Writes the rows as a folder of CSV files, as a spreadsheet would."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in sheets.items():
        if not rows:
            continue
        headers = list(dict.fromkeys(header for row in rows for header in row))
        with (folder / f"{name}.csv").open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.DictWriter(file, headers, restval="", delimiter=";")
            writer.writeheader()
            writer.writerows(rows)


class _Maker:
    """Makes each sheet from those before it."""

    def __init__(self, chance: random.Random, size: Size) -> None:
        self._chance = chance
        self._first = date(size.first_year, 1, 1)
        self._until = size.until
        self._size = size
        self._years = size.until.year - size.first_year + 1

    def sheets(self) -> Sheets:
        """Every sheet."""
        families = self._records("F", self._size.families, self._family)
        volunteers = self._records("V", self._size.families * 2 // 3 + 3, self._volunteer)
        inquiries = self._numbered("H", [row for one in families for row in self._inquiries(one)])
        assignments = self._numbered(
            "O", [row for one in inquiries for row in self._assignments(one, volunteers)]
        )
        courses = self._records("K", self._years * 2 + 1, self._course)
        activities = self._records("A", self._years * 5 + 1, self._activity)
        return {
            "familier": families,
            "barn": [row for one in families for row in self._children(one)],
            "henvendelser": inquiries,
            "familiekontakter": volunteers,
            "perioder": [row for one in volunteers for row in self._earlier_periods(one)],
            "pauser": [self._pause(one) for one in volunteers if self._happens(0.2)],
            "kurs": courses,
            "kursdeltakere": [
                row for one in courses for row in self._registrations(one, volunteers)
            ],
            "oppdrag": assignments,
            "aktiviteter": activities,
            "aktivitetsfamilier": [
                row for one in activities for row in self._activity_families(one, families)
            ],
            "timer": [
                self._hours(volunteers, assignments, activities) for _ in range(self._size.hours)
            ],
        }

    def _family(self) -> Row:
        return {
            "navn": self._chance.choice(NAMES),
            "område": self._maybe(AREAS),
            "sivilstatus": self._maybe(CIVIL_STATUS),
            "bakgrunn": self._maybe(BACKGROUND),
            "asylmottak": self._maybe(YES_NO),
            "introduksjonsprogram": self._maybe(YES_NO),
            "utfordringer": self._several(CHALLENGE),
            "støtte": self._several(SUPPORT),
            "nettverk": self._several(NETWORK),
            "hjelp_før": self._several(HELP),
            "hjelp_etter": self._several(HELP),
            "fant_oss": self._maybe(FOUND_FAMILY),
            "notat": self._maybe(NOTES),
        }

    def _children(self, family: Row) -> Iterable[Row]:
        for _ in range(self._chance.choice((0, 1, 1, 2, 3, 5))):
            yield {
                "familie": family["id"],
                "født": self._born(self._first.year - 20, self._until),
                "særskilte_behov": self._maybe(("ja", "nei", "nei")),
            }

    def _inquiries(self, family: Row) -> Iterable[Row]:
        """None or more, one after the other: only the last may be open."""
        received = self._day(self._first, self._until)
        for _ in range(self._chance.choice((0, 1, 1, 1, 2, 3))):
            visited = received + timedelta(self._chance.choice((0, 1, 20, 60)))
            closed = visited + timedelta(self._chance.choice((0, 1, 90, 300, 700)))
            is_open = not self._is_over(received)
            yield {
                "familie": family["id"],
                "mottatt": self._written(received),
                "kilde": self._chance.choice((*SOURCE, "ikke_spurt")),
                "besøkt": "" if self._happens(0.3) else self._written(visited),
                "avsluttet": "" if is_open else self._written(closed),
                "avslutningsgrunn": "" if is_open else self._maybe(INQUIRY_CLOSED),
            }
            if is_open:
                return
            received = closed + timedelta(self._chance.choice((-30, 0, 1, 200)))

    def _assignments(self, inquiry: Row, volunteers: Sequence[Row]) -> Iterable[Row]:
        """None or more, overlapping or not, and some that outlast their inquiry."""
        received = read_day(inquiry["mottatt"])
        for _ in range(self._chance.choice((0, 0, 1, 1, 1, 2, 3))):
            started = self._day(received, received + timedelta(400))
            is_over = self._is_over(started)
            yield {
                "henvendelse": inquiry["id"],
                "familiekontakt": self._chance.choice(volunteers)["id"],
                "startet": self._written(started),
                "avsluttet": self._written(self._end_after(started)) if is_over else "",
                "avslutningsgrunn": self._maybe(ASSIGNMENT_ENDED) if is_over else "",
                "klokkeslett": self._maybe(TIMES),
                "planlagt_slutt": self._maybe([self._written(started + timedelta(183))]),
            }

    def _is_over(self, began: date) -> bool:
        """Whether it came to an end: nearly always where it began long ago."""
        return self._happens(0.95 if began < self._until - timedelta(600) else 0.6)

    def _end_after(self, started: date) -> date:
        """An end on, just before or just after a whole number of months, or any other."""
        if self._happens(0.3):
            return self._day(started, started + timedelta(500))
        month = started.month - 1 + self._chance.choice((0, 1, 6, 7, 9, 10, 12, 13))
        end = _in_month(started.year + month // 12, month % 12 + 1, started.day)
        return max(started, end + timedelta(self._chance.choice((-1, 0, 0, 1))))

    def _volunteer(self) -> Row:
        approved = self._day(self._first - timedelta(700), self._until)
        left = self._day(approved, self._until + timedelta(30))
        return {
            "navn": self._chance.choice(NAMES),
            "telefon": self._maybe(["+47 22 00 00 00"]),
            "kjønn": self._maybe(GENDER),
            "født": self._maybe([self._born(1930, date(2012, 12, 31))]),
            "yrkesstatus": self._maybe(OCCUPATION),
            "har_barn": self._maybe(YES_NO),
            "fant_oss": self._maybe(FOUND_VOLUNTEER),
            "godkjent": self._maybe([self._written(approved)]),
            "sluttet": self._written(left) if self._happens(0.5) else "",
        }

    def _earlier_periods(self, volunteer: Row) -> Iterable[Row]:
        """The periods before the present one, and some that were entered in the wrong order."""
        until = read_day(volunteer["godkjent"] or self._written(self._until))
        until += timedelta(self._chance.choice((0, 0, 0, 0, 900)))
        for _ in range(self._chance.choice((0, 0, 0, 0, 1, 2))):
            left = self._day(until - timedelta(500), until)
            until = self._day(left - timedelta(800), left)
            yield {
                "familiekontakt": volunteer["id"],
                "godkjent": self._written(until),
                "sluttet": self._written(left),
            }

    def _pause(self, volunteer: Row) -> Row:
        start = self._day(self._first, self._until)
        end = self._written(start + timedelta(self._chance.randrange(300)))
        return {
            "familiekontakt": volunteer["id"],
            "fra": self._written(start),
            "til": self._maybe([end]),
        }

    def _course(self) -> Row:
        start = self._day(self._first, self._until)
        return {
            "navn": "Forberedelseskurs",
            "start": self._written(start),
            "slutt": self._maybe([self._written(start + timedelta(40))]),
        }

    def _registrations(self, course: Row, volunteers: Sequence[Row]) -> Iterable[Row]:
        count = self._chance.randrange(min(9, len(volunteers)))
        for volunteer in self._chance.sample(volunteers, count):
            yield {
                "kurs": course["id"],
                "familiekontakt": volunteer["id"],
                "timer": self._maybe(("20", "12,5")),
                "fullført": self._maybe(("ja", "nei", "2023-05-31")),
            }

    def _activity(self) -> Row:
        return {
            "dato": self._written(self._day(self._first, self._until)),
            "tittel": "Tur",
            "målgruppe": self._chance.choice(AUDIENCE),
            "foreldre": self._maybe(("0", "4", "12")),
            "barn": self._maybe(("0", "7", "30")),
        }

    def _activity_families(self, activity: Row, families: Sequence[Row]) -> Iterable[Row]:
        """Some of the families; one that is there twice is there once."""
        for family in self._chance.choices(families, k=self._chance.randrange(8)):
            yield {"aktivitet": activity["id"], "familie": family["id"]}

    def _hours(
        self, volunteers: Sequence[Row], assignments: Sequence[Row], activities: Sequence[Row]
    ) -> Row:
        is_visit = bool(assignments) and self._happens(0.6)
        kind = "oppdrag" if is_visit else self._chance.choice(OTHER_HOURS)
        row = {
            "familiekontakt": self._chance.choice(volunteers)["id"],
            "oppdrag": "",
            "aktivitet": "",
            "dato": self._written(self._day(self._first, self._until)),
            "type": kind,
            "besøk": self._maybe(("0", "1", "4", "5")),
            "timer": self._chance.choice(HOURS),
            "kjøring": self._maybe(DRIVING),
        }
        if is_visit or (assignments and self._happens(0.02)):
            assignment = self._chance.choice(assignments)
            row["oppdrag"] = assignment["id"]
            row["familiekontakt"] = assignment["familiekontakt"]
        elif kind == "aktivitet":
            row["aktivitet"] = self._maybe([self._chance.choice(activities)["id"]])
        return row

    def _records(self, letter: str, count: int, make: Callable[[], Row]) -> list[Row]:
        return self._numbered(letter, [make() for _ in range(count)])

    def _numbered(self, letter: str, rows: list[Row]) -> list[Row]:
        """The rows with ids: mostly short names, and some that another program gave."""
        return [{"id": self._id(letter, number), **row} for number, row in enumerate(rows, 1)]

    def _id(self, letter: str, number: int) -> str:
        shapes = (f"{letter}{number}",) * 5 + (
            f"{number}", f"crm-{number:06}", f"Sak {number}/Ø", f"{letter.lower()}{number}",
            f"{letter}0{number}", f"B{number}",
        )  # fmt: skip
        return self._chance.choice(shapes)

    def _happens(self, probability: float) -> bool:
        return self._chance.random() < probability

    def _maybe(self, cells: Sequence[str]) -> str:
        """One of the cells, or a blank."""
        return "" if self._happens(0.15) else self._chance.choice(cells)

    def _several(self, codes: Sequence[str]) -> str:
        """None, one or a few of the codes."""
        count = self._chance.choice((0, 0, 1, 1, 2, 4))
        return self._chance.choice((",", ", ")).join(self._chance.sample(codes, count))

    def _born(self, first_year: int, last: date) -> str:
        """A year of birth or a date of birth, not after `last`."""
        born = self._day(date(first_year, 1, 1), last)
        return str(born.year) if self._happens(0.5) else self._written(born)

    def _day(self, first: date, last: date) -> date:
        """A day from `first` to `last`; every third at an edge of its month or year."""
        day = first + timedelta(self._chance.randrange((last - first).days + 1))
        if self._happens(0.3):
            month = self._chance.choice((1, 1, 2, 6, 7, 12, 12, day.month))
            edge = _in_month(day.year, month, self._chance.choice((1, 28, 31)))
            day = min(max(edge, first), last)
        return day

    def _written(self, day: date) -> str:
        """The day in one of the spellings that files may have."""
        if self._happens(0.9):
            return day.isoformat()
        return self._chance.choice((f"{day:%d.%m.%Y}", f"{day.day}.{day.month}.{day.year}"))


def read_day(text: str) -> date:
    """The day of a cell in any of those spellings."""
    if "-" in text:
        return date.fromisoformat(text)
    day, month, year = text.split(".")
    return date(int(year), int(month), int(day))


def _in_month(year: int, month: int, day: int) -> date:
    """That day of the month, or the last day of a month that is shorter."""
    following = date(year + month // 12, month % 12 + 1, 1)
    return min(date(year, month, 1) + timedelta(day - 1), following - timedelta(1))
