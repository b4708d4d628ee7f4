"""The annual form and the waiting list counted in plain Python over rows of the exchange format.

Written from the definitions of the figures alone: no SQL, and nothing from `hsf_cli`. Every figure
is a set of rows and then its size, so each function below reads as the definition it follows.
`words_2022.txt` and `words_2023.txt` hold the forms' sections, headings and labels.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache, cached_property
from math import floor
from pathlib import Path
from typing import Any

from tests.independent.made_up import read_day

Row = Mapping[str, str]
Sheets = Mapping[str, Sequence[Row]]
# Rows by their id, or by their place in the sheet where the sheet has no ids.
Population = Mapping[Any, Row]

BANDS = ((18, 24), (25, 34), (35, 44), (45, 54), (55, 64), (65, 74), (75, 999))
CHILD_AGES = ((0, 2), (3, 6), (7, 12), (13, 18))
IMMIGRANT = ("innvandrer", "blandet")
FTE_HOURS = 1750


@dataclass(frozen=True)
class Figure:
    """What one row of the form says, its words aside."""

    value: int | float
    missing: int = 0
    unit: str = "antall"


@dataclass(frozen=True)
class FormRow:
    """One row of the form, as both this count and the program's JSON are compared by."""

    section: str
    title: str
    heading: str
    label: str
    figure: Figure


@dataclass(frozen=True)
class Waiting:
    """One inquiry on the waiting list."""

    inquiry: str
    family: str
    received_on: str
    visited_on: str | None
    stage: str
    days: int
    waiting_since: str


def form(sheets: Sheets, year: int, edition: int) -> list[FormRow]:
    """Every row of that edition's form for that year, in the form's order."""
    figures = (_form_of_2022 if edition == 2022 else _form_of_2023)(Year(sheets, year))
    return [
        FormRow(*words, figure)
        for words, figure in zip(_words(edition, year), figures, strict=True)
    ]


def waiting_list(sheets: Sheets, on: date) -> list[Waiting]:
    """The inquiries that wait on that day, the oldest first."""
    ends = _assignments_by_inquiry(sheets)
    waiting = [
        _waiting(row, on, ends.get(row["id"], []))
        for row in sheets["henvendelser"]
        if _waits(row, on, ends.get(row["id"], []))
    ]
    return sorted(waiting, key=lambda one: one.received_on)


class Year:
    """The populations of a year, as the definitions' first table has them."""

    def __init__(self, sheets: Sheets, year: int) -> None:
        self.sheets = sheets
        self.year = year
        self.first, self.last = date(year, 1, 1), date(year, 12, 31)

    @cached_property
    def assignments(self) -> Population:
        """Started on or before the last day, and not ended before the first."""
        return {
            row["id"]: row
            for row in self.sheets["oppdrag"]
            if self.touched_by(row["startet"], row["avsluttet"])
        }

    @cached_property
    def families(self) -> Population:
        """The families of the assignments."""
        family = {row["id"]: row["familie"] for row in self.sheets["henvendelser"]}
        linked = {family[row["henvendelse"]] for row in self.assignments.values()}
        return {row["id"]: row for row in self.sheets["familier"] if row["id"] in linked}

    @cached_property
    def children(self) -> Population:
        """The families' children of 0 to 18 years."""
        return {
            place: row
            for place, row in enumerate(self.sheets["barn"])
            if row["familie"] in self.families and 0 <= self.age(row) <= 18
        }

    @cached_property
    def periods(self) -> Mapping[str, list[tuple[str, str]]]:
        """When each volunteer was approved and left, each time."""
        periods: dict[str, list[tuple[str, str]]] = {}
        for row in self.sheets["familiekontakter"]:
            periods.setdefault(row["id"], []).append((row["godkjent"], row["sluttet"]))
        for row in self.sheets["perioder"]:
            periods[row["familiekontakt"]].append((row["godkjent"], row["sluttet"]))
        return periods

    @cached_property
    def volunteers(self) -> Population:
        """Those with a period that touches the year."""
        return {
            row["id"]: row
            for row in self.sheets["familiekontakter"]
            if any(self.touched_by(*period) for period in self.periods[row["id"]])
        }

    @cached_property
    def new_volunteers(self) -> set[str]:
        """Those whose first approval is in the year."""
        approvals = {
            id: [approved for approved, _ in periods if approved]
            for id, periods in self.periods.items()
        }
        return {id for id, days in approvals.items() if days and self.has(min(days, key=read_day))}

    @cached_property
    def linked_volunteers(self) -> set[Any]:
        """The volunteers with one of the assignments."""
        linked = {row["familiekontakt"] for row in self.assignments.values()}
        return linked & self.volunteers.keys()

    @cached_property
    def inquiries(self) -> Population:
        """Received in the year."""
        return self._dated("henvendelser", "mottatt")

    @cached_property
    def courses(self) -> Population:
        """Starting in the year."""
        return self._dated("kurs", "start")

    @cached_property
    def activities(self) -> Population:
        """Held in the year, for families."""
        return _those(self._dated("aktiviteter", "dato"), "målgruppe", "familier")

    @cached_property
    def hours(self) -> list[Row]:
        """The hours entries of the year."""
        return [row for row in self.sheets["timer"] if self.has(row["dato"])]

    def has(self, day: str) -> bool:
        """Whether the day is in the year."""
        return bool(day) and _day(day).year == self.year

    def touched_by(self, start: str, end: str) -> bool:
        """Whether something from `start` to `end` (or still going on) touches the year."""
        return bool(start) and _day(start) <= self.last and (not end or _day(end) >= self.first)

    def age(self, row: Row) -> int:
        """The age at the year's end of someone who has a year of birth."""
        return self.year - int(row["født"][:4] if "-" in row["født"] else row["født"][-4:])

    def aged(self, rows: Population, first: int, last: int) -> set[Any]:
        """Those with a year of birth and an age between the two."""
        return {id for id, row in rows.items() if row["født"] and first <= self.age(row) <= last}

    def _dated(self, sheet: str, column: str) -> Population:
        return {row["id"]: row for row in self.sheets[sheet] if self.has(row[column])}


def _form_of_2023(year: Year) -> list[Figure]:
    return [
        *_courses(year),
        *_split_by(year.volunteers, "yrkesstatus", *_each(
            "pensjonist yrkesaktiv student ufør arbeidsledig annet")),
        *_gender_and_age(year, "kvinne", "mann", "annet"),
        *_has_children(year), *_volunteer_totals(year), *_other_work(year),
        *_civil_status(year),
        *_split_by(year.families, "bakgrunn", ("norsk",), IMMIGRANT),
        *_of_the_immigrants(year), *_sizes(year.families),
        *_families_with_special_needs(year),
        *_child_ages(year), *_sizes(year.children),
        *_families_at_activities(year), *_activities(year),
        *_having(year.families, "utfordringer", *_each(
            "flerfødsel aleneforelder integrering helse_foreldre særskilte_behov_barn nettverk "
            "hjelpeapparatet skolearbeid samliv norsk_språk samtalepartner vold rus annet")),
        *_having(year.families, "støtte", *_each(
            "avlastning foreldrestøtte nettverk norsk_språk annet")),
        *_having(year.families, "nettverk", *_each(
            "nær_familie slektninger venner støttekontakt annet ingen")),
        *_split_by(year.inquiries, "kilde", *_each(
            "familien helsestasjon barnevern ppt psykisk_helsevern sykehus kommunalt|fastlege "
            "ideell krisesenter nav skole|barnehage innvandrertjeneste privatperson familievern")),
        *_sizes(year.inquiries),
        *_durations(year, (0, 6), (7, 9), (10, 12), (13, 9999)), *_sizes(year.assignments),
        *_sizes(*_without_volunteer(year)),
        _mean_visit(year), *_times_of_day(year),
        *_hours(year),
        *_help(year, "hjelp_før", HELP_2023), *_help(year, "hjelp_etter", HELP_2023),
        *_split_by(year.families, "fant_oss", *_each(
            "nettverk sosiale_medier avis ukeblad stand helsestasjon barnehage_skole "
            "hjelpeapparatet tv radio plakat annonse annet")),
        *_split_by(year.volunteers, "fant_oss", *_each(
            "nettverk sosiale_medier avis ukeblad stand tv radio plakat frivillig_no seminar "
            "arbeidsplass internett annonse annet")),
    ]  # fmt: skip


def _form_of_2022(year: Year) -> list[Figure]:
    without_volunteer = _without_volunteer(year)
    return [
        *_courses(year),
        *_split_by(year.volunteers, "yrkesstatus", *_each(
            "pensjonist yrkesaktiv student ufør|arbeidsledig|annet")),
        *_gender_and_age(year, "kvinne", "mann"),
        *_has_children(year), *_volunteer_totals(year), *_other_work(year),
        *_civil_status(year),
        *_split_by(year.families, "bakgrunn", *_each("norsk innvandrer blandet")),
        *_of_the_immigrants(year), *_sizes(year.families),
        *_child_ages(year), *_sizes(year.children),
        *_children_with_special_needs(year),
        *_having(year.families, "utfordringer", *_each(
            "flerfødsel aleneforelder integrering helse_foreldre særskilte_behov_barn nettverk "
            "hjelpeapparatet|skolearbeid|samliv|norsk_språk|samtalepartner|vold|rus|annet")),
        *_having(year.families, "støtte", *_each(
            "avlastning foreldrestøtte nettverk norsk_språk|annet")),
        *_split_by(year.inquiries, "kilde", *_each(
            "familien helsestasjon barnehage skole familievern fastlege sykehus psykisk_helsevern "
            "barnevern ppt innvandrertjeneste kommunalt|ideell|krisesenter|nav|privatperson")),
        *_sizes(year.inquiries),
        *_durations(year, (0, 6), (7, 12), (13, 9999)), *_sizes(year.assignments),
        *_sizes(*without_volunteer), Figure(sum(map(len, without_volunteer))),
        *_help(year, "hjelp_før", HELP_2022), *_help(year, "hjelp_etter", HELP_2022),
    ]  # fmt: skip


def _each(codes: str) -> list[tuple[str, ...]]:
    """The codes of each row: a space between rows, a bar between codes of one row."""
    return [tuple(row.split("|")) for row in codes.split()]


HELP_2023 = _each(
    "helsestasjon barnevern ppt psykisk_helsevern familievern sykehus kommunalt ideell "
    "krisesenter nav skole_barnehage innvandrertjeneste politi"
)
HELP_2022 = _each(
    "helsestasjon barnevern familievern ppt psykisk_helsevern "
    "sykehus|kommunalt|ideell|krisesenter|nav|skole_barnehage|innvandrertjeneste|politi"
)


def _those(rows: Population, column: str, *codes: str) -> Population:
    """The rows with one of those codes in the column."""
    return {id: row for id, row in rows.items() if row[column] in codes}


def _sizes(*sets: Collection[Any]) -> list[Figure]:
    return [Figure(len(one)) for one in sets]


def _split(rows: Collection[Any], *parts: Collection[Any]) -> list[Figure]:
    """The parts' sizes (∑): each with how many of the rows are in no part."""
    missing = len(set(rows).difference(*parts))
    return [Figure(len(part), missing) for part in parts]


def _split_by(rows: Population, column: str, *parts: Sequence[str]) -> list[Figure]:
    """The rows split (∑) by the codes in a column."""
    return _split(rows, *(_those(rows, column, *codes) for codes in parts))


def _having(rows: Population, column: str, *parts: Sequence[str]) -> list[Figure]:
    """How many rows have any of each part's codes in a column of several codes."""
    return _sizes(*(_with_any(rows, column, codes) for codes in parts))


def _with_any(rows: Population, column: str, codes: Iterable[str]) -> set[Any]:
    wanted = set(codes)
    return {
        id for id, row in rows.items() if wanted & {code.strip() for code in row[column].split(",")}
    }


def _courses(year: Year) -> Iterator[Figure]:
    spring = {id for id, row in year.courses.items() if _day(row["start"]).month <= 6}
    for courses in (spring, year.courses.keys() - spring):
        registered = [row for row in year.sheets["kursdeltakere"] if row["kurs"] in courses]
        yield from _sizes(courses, registered)
    yield Figure(len(year.new_volunteers))


def _gender_and_age(year: Year, *genders: str) -> list[Figure]:
    """Each gender's row (∑ volunteers), followed by its bands (∑ the gender's row)."""
    figures = []
    groups = [_those(year.volunteers, "kjønn", gender) for gender in genders]
    for group, figure in zip(groups, _split(year.volunteers, *groups), strict=True):
        bands = [year.aged(group, *band) for band in BANDS]
        figures += [figure, *_split(group, *bands)]
    return figures


def _has_children(year: Year) -> list[Figure]:
    return _split_by(year.volunteers, "har_barn", ("ja",), ("nei",))


def _volunteer_totals(year: Year) -> list[Figure]:
    return _sizes(year.volunteers, year.linked_volunteers)


def _other_work(year: Year) -> list[Figure]:
    helped = {row["familiekontakt"] for row in year.hours if row["type"] == "aktivitet"}
    helped &= year.volunteers.keys()
    linked = year.linked_volunteers
    return _sizes(helped & linked, helped - linked, helped)


def _civil_status(year: Year) -> list[Figure]:
    return _split_by(year.families, "sivilstatus", ("gift_samboer",), ("enslig",))


def _of_the_immigrants(year: Year) -> list[Figure]:
    immigrants = _those(year.families, "bakgrunn", *IMMIGRANT)
    return _sizes(
        _those(immigrants, "asylmottak", "ja"), _those(immigrants, "introduksjonsprogram", "ja")
    )


def _families_with_special_needs(year: Year) -> list[Figure]:
    """By background (∑), all of them, and those with more children than one."""
    named = {row["familie"] for row in _those(year.children, "særskilte_behov", "ja").values()}
    families = {id: year.families[id] for id in named}
    children = [row["familie"] for row in year.children.values()]
    several = {id for id in families if children.count(id) > 1}
    return [
        *_split_by(families, "bakgrunn", ("norsk",), IMMIGRANT),
        *_sizes(families, several),
    ]


def _children_with_special_needs(year: Year) -> list[Figure]:
    """By the family's background (∑), all of them, and their siblings who are known to have none.

    A child whose special needs were not recorded is in no row, the siblings' included.
    """
    children = _those(year.children, "særskilte_behov", "ja")
    families = {row["familie"] for row in children.values()}
    by_background = [
        {id for id, row in children.items() if year.families[row["familie"]]["bakgrunn"] == one}
        for one in ("norsk", "innvandrer", "blandet")
    ]
    siblings = {
        id
        for id, row in _those(year.children, "særskilte_behov", "nei").items()
        if row["familie"] in families
    }
    return [*_split(children, *by_background), *_sizes(children, siblings)]


def _child_ages(year: Year) -> list[Figure]:
    return _split(year.children, *(year.aged(year.children, *ages) for ages in CHILD_AGES))


def _families_at_activities(year: Year) -> list[Figure]:
    there = {
        row["familie"]
        for row in year.sheets["aktivitetsfamilier"]
        if row["aktivitet"] in year.activities
    }
    linked = year.families.keys()
    return _sizes(there & linked, there - linked, there)


def _activities(year: Year) -> list[Figure]:
    rows = year.activities.values()
    sums = (sum(int(row[column] or 0) for row in rows) for column in ("foreldre", "barn"))
    return [Figure(len(rows)), *map(Figure, sums)]


def _durations(year: Year, *spans: tuple[int, int]) -> list[Figure]:
    """The assignments that ended in the year by begun months, and those still running (∑)."""
    ended = {id for id, row in year.assignments.items() if year.has(row["avsluttet"])}
    months = {id: _begun_months(year.assignments[id]) for id in ended}
    parts = [{id for id in ended if low <= months[id] <= high} for low, high in spans]
    return _split(year.assignments, *parts, year.assignments.keys() - ended)


def _begun_months(assignment: Row) -> int:
    """The smallest n for which the start and n months reach the end."""
    start, end = _day(assignment["startet"]), _day(assignment["avsluttet"])
    months = 0
    while _months_later(start, months) < end:
        months += 1
    return months


def _months_later(day: date, months: int) -> date:
    """The same day of the month, or the month's last day."""
    years, month = divmod(day.month - 1 + months, 12)
    for day_of_month in range(day.day, 27, -1):
        try:
            return date(day.year + years, month + 1, day_of_month)
        except ValueError:
            continue
    return date(day.year + years, month + 1, day.day)


def _without_volunteer(year: Year) -> list[set[Any]]:
    """Visited and closed in the year with no assignment ever; and the two stages of waiting."""
    ever = {row["henvendelse"] for row in year.sheets["oppdrag"]}
    closed = {
        row["id"]
        for row in year.sheets["henvendelser"]
        if year.has(row["avsluttet"])
        and row["besøkt"]
        and _day(row["besøkt"]) <= _day(row["avsluttet"])
        and row["id"] not in ever
    }
    waiting = waiting_list(year.sheets, year.last)
    for_volunteer = {one.inquiry for one in waiting if one.stage == "familiekontakt"}
    return [closed, for_volunteer, {one.inquiry for one in waiting} - for_volunteer]


def _mean_visit(year: Year) -> Figure:
    """Minutes over visits, in hours, of the entries that say how many visits they were."""
    entries = [row for row in year.hours if row["type"] == "oppdrag" and row["besøk"]]
    visits = sum(int(row["besøk"]) for row in entries)
    minutes = sum(_minutes(row["timer"]) for row in entries)
    return Figure(_in_hours(Fraction(minutes, visits)) if visits else 0, unit="timer")


def _times_of_day(year: Year) -> list[Figure]:
    """The assignments (∑) that begin before 15:00, and at 15:00 or later."""
    hour = {
        id: int(row["klokkeslett"].replace(".", ":").split(":")[0])
        for id, row in year.assignments.items()
        if row["klokkeslett"]
    }
    early = {id for id in hour if hour[id] < 15}
    return _split(year.assignments, early, hour.keys() - early)


def _hours(year: Year) -> list[Figure]:
    """Visits, driving to them, everything else, the three together, and in full-time years."""
    visits = driving = other = 0
    for row in year.hours:
        on_road = _minutes(row["kjøring"] or "0")
        if row["type"] == "oppdrag":
            visits += _minutes(row["timer"])
            driving += on_road
        else:
            other += _minutes(row["timer"]) + on_road
    total = visits + driving + other
    hours = [Figure(_in_hours(minutes), unit="timer") for minutes in (visits, driving, other)]
    return [
        *hours,
        Figure(_in_hours(total), unit="timer"),
        Figure(_in_hours(Fraction(total, FTE_HOURS)), unit="årsverk"),
    ]


def _help(year: Year, column: str, parts: Sequence[Sequence[str]]) -> list[Figure]:
    """The families with each kind of help, and with any."""
    anyone = _with_any(year.families, column, [code for codes in parts for code in codes])
    return [*_having(year.families, column, *parts), Figure(len(anyone))]


def _assignments_by_inquiry(sheets: Sheets) -> Mapping[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in sheets["oppdrag"]:
        found.setdefault(row["henvendelse"], []).append(row)
    return found


def _waits(inquiry: Row, on: date, assignments: Iterable[Row]) -> bool:
    """Received, not closed, and no assignment of it running that day."""
    return (
        _by(inquiry["mottatt"], on)
        and not _by(inquiry["avsluttet"], on)
        and not any(
            _by(row["startet"], on) and not _by(row["avsluttet"], on) for row in assignments
        )
    )


def _waiting(inquiry: Row, on: date, assignments: Iterable[Row]) -> Waiting:
    received = _day(inquiry["mottatt"])
    visited = _by(inquiry["besøkt"], on)
    ends = [_day(row["avsluttet"]) for row in assignments if _by(row["avsluttet"], on)]
    return Waiting(
        inquiry["id"],
        inquiry["familie"],
        received.isoformat(),
        _day(inquiry["besøkt"]).isoformat() if visited else None,
        "familiekontakt" if visited else "besøk",
        (on - received).days,
        max(ends, default=received).isoformat(),
    )


def _by(day: str, on: date) -> bool:
    """Whether something had happened by the end of that day."""
    return bool(day) and _day(day) <= on


_day: Callable[[str], date] = cache(read_day)


@cache
def _minutes(hours: str) -> int:
    """Whole minutes, halves up."""
    if ":" in hours:
        whole, minutes = hours.split(":")
        return int(whole) * 60 + int(minutes)
    return floor(Fraction(hours.replace(",", ".")) * 60 + Fraction(1, 2))


def _in_hours(minutes: Fraction | int) -> float:
    """Hours with two decimals, halves up, from exact minutes."""
    return floor(Fraction(minutes) * 100 / 60 + Fraction(1, 2)) / 100


def _words(edition: int, year: int) -> Iterator[tuple[str, str, str, str]]:
    """Each row's section number, section title, heading and label."""
    number = title = heading = ""
    text = Path(__file__).with_name(f"words_{edition}.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("# "):
            number, title = line[2:].split(" ", 1)
        elif line.startswith("-"):
            heading = line[2:]
        else:
            yield number, title, heading, line.strip().replace("{year}", str(year))
