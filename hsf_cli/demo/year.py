"""What happens in the made-up department over some years, cut off at a day."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from hsf_cli.codes import code_list
from hsf_cli.demo.people import AREAS, CHILDREN, MEN, SURNAMES, WOMEN, phone

Cell = str | int | date | None
Rows = dict[str, list[dict[str, str]]]

_INQUIRIES_A_YEAR = 17
_DAYS_BETWEEN_INQUIRIES = (365 / _INQUIRIES_A_YEAR, 180 / _INQUIRIES_A_YEAR)
_EXPERIENCED = 11
_COURSE_MONTHS = (2, 9)
_SOURCES = ("familien",) * 8 + ("helsestasjon",) * 9 + (
    "barnevern", "barnevern", "nav", "barnehage", "barnehage", "sykehus", "privatperson",
    "fastlege",
)  # fmt: skip
_MONTHS_OF_AN_ASSIGNMENT = (3, 5, 6, 6, 6, 7, 8, 9, 11, 14)
_LONGEST_WAIT = timedelta(days=240)
_RECENT = timedelta(days=500)
_FAMILY_EVENTS = (
    (2, "Vinterdag på isen"), (5, "Hagefest"), (6, "Sommertur til gården"), (9, "Bærtur"),
    (12, "Juleverksted"),
)  # fmt: skip
# Nobody has asked this family of its background yet: the report says so.
_NOT_ASKED = "F23"


@dataclass
class _Volunteer:
    id: str
    since: date
    free_from: date
    stays_until: date
    evening: bool


@dataclass
class Department:
    """Grows the rows of every sheet over whole years, and keeps what had happened by the day.

    Chance never depends on the day, so one day's department is the next day's with a little less.
    """

    first_year: int
    day: date
    random: Random
    rows: Rows = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._volunteers: list[_Volunteer] = []
        # When each family first was in touch, and when its latest case is closed.
        self._since: dict[str, date] = {}
        self._closed: dict[str, date] = {}
        self._numbers: Counter[str] = Counter()
        self._surnames = self.random.sample(SURNAMES, len(SURNAMES))
        years = range(self.first_year, self.day.year + 1)
        self._experienced()
        for year in years:
            self._courses(year)
            self._pause(year)
        for day in self._inquiry_days():
            self._inquiry(day)
        for year in years:
            self._activities(year)
            self._guidance(year)

    def _new(self, letter: str) -> str:
        """The next number of that letter, such as F12."""
        self._numbers[letter] += 1
        return f"{letter}{self._numbers[letter]}"

    def _add(self, sheet: str, since: date, **cells: Cell) -> None:
        """Adds a row that is there from a day on, without the dates that are still to come."""
        if since <= self.day:
            self.rows.setdefault(sheet, []).append(
                {header: self._as_known(header, cell) for header, cell in cells.items()}
            )

    def _as_known(self, header: str, cell: Cell) -> str:
        ahead = isinstance(cell, date) and cell > self.day and header != "planlagt_slutt"
        return "" if cell is None or ahead else str(cell)

    def _known_end(self, end: date, reason: str) -> dict[str, Cell]:
        """An end and its reason, or neither while it is still to come."""
        return {"avsluttet": end, "avslutningsgrunn": reason if end <= self.day else None}

    def _days(self, fewest: int, most: int) -> timedelta:
        return timedelta(days=self.random.randint(fewest, most))

    def _some(self, name: str, most: int, *, fewest: int = 0, but: tuple[str, ...] = ()) -> str:
        codes = [code for code in code_list(name) if code not in ("annet", *but)]
        chosen = set(self.random.sample(codes, self.random.randint(fewest, most)))
        return ",".join(code_list(name).in_order(chosen))

    def _experienced(self) -> None:
        """Volunteers who were there before the first year, a few of whom leave in the course."""
        for _ in range(_EXPERIENCED):
            approved = date(self.first_year - 1, 1, 10) - self._days(0, 1500)
            leaves = self.random.random() < 0.2
            left = date(self.first_year, 3, 1) + self._days(0, 900) if leaves else None
            self._volunteer(approved, approved, left, evening=self.random.random() < 0.3)

    def _courses(self, year: int) -> None:
        for month in _COURSE_MONTHS:
            start = date(year, month, 4) + self._days(0, 6)
            end = start + timedelta(days=35)
            course = self._new("K")
            name = f"{'Vårkurset' if month < 7 else 'Høstkurset'} {year}"
            self._add("kurs", start, id=course, navn=name, start=start, slutt=end, sted="Solstua")
            for _ in range(3):
                approved = end + self._days(10, 60) if self.random.random() < 0.85 else None
                evening = self.random.random() < 0.5
                self._add(
                    "kursdeltakere", start, kurs=course,
                    familiekontakt=self._volunteer(start, approved, None, evening=evening),
                    timer=("21" if approved else "12") if end <= self.day else None,
                    fullført=end if approved else "nei",
                )  # fmt: skip

    def _volunteer(
        self, since: date, approved: date | None, left: date | None, *, evening: bool
    ) -> str:
        random = self.random
        woman = random.random() < 0.85
        age = random.choice((24, 31, 38, 44, 52, 58, 61, 63, 66, 67, 69, 71, 74))
        shown = approved - timedelta(days=20) if approved else None
        volunteer = self._new("V")
        self._add(
            "familiekontakter", since, id=volunteer,
            navn=f"{random.choice(WOMEN if woman else MEN)} {random.choice(SURNAMES)}",
            telefon=phone(random), område=random.choice(AREAS), språk="norsk",
            kjønn="kvinne" if woman else "mann", født=str(since.year - age),
            yrkesstatus="pensjonist" if age >= 63 else "student" if age < 26 else "yrkesaktiv",
            har_barn="ja" if age > 30 else "nei",
            fant_oss=random.choice(list(code_list("found_volunteer"))),
            hjemmebesøk=approved and approved - timedelta(days=12),
            politiattest_utstedt=shown and shown - timedelta(days=25), politiattest_vist=shown,
            taushetserklæring=shown, godkjent=approved, sluttet=left,
            foretrekker="etter 15" if evening else "før 15",
        )  # fmt: skip
        if approved:
            free_from = approved + self._days(5, 40)
            stays_until = left or date.max
            self._volunteers.append(
                _Volunteer(volunteer, approved, free_from, stays_until, evening)
            )
        return volunteer

    def _pause(self, year: int) -> None:
        volunteer = self.random.choice(self._volunteers)
        start = date(year, 4, 1) + self._days(0, 60)
        end = start + self._days(30, 90)
        self._add("pauser", start, familiekontakt=volunteer.id, fra=start, til=end)

    def _inquiry_days(self) -> Iterator[date]:
        """From half a year before the first year, so that it begins with assignments running."""
        day = date(self.first_year - 1, 7, 1)
        while day.year <= self.day.year:
            yield day
            day += timedelta(days=max(1, round(self.random.gauss(*_DAYS_BETWEEN_INQUIRIES))))

    def _inquiry(self, day: date) -> None:
        random = self.random
        back = [family for family, closed in self._closed.items() if closed < day]
        returns = len(back) > 15 and random.random() < 0.06
        family = random.choice(back) if returns else self._family(day)
        inquiry = self._new("H")
        visit = day + self._days(4, 24)
        visited: date | None = visit
        fate = random.random()
        if fate < 0.08:
            visited, closed, reason = None, day + self._days(5, 40), "trukket"
        elif fate < 0.2:
            closed, reason = visit + self._days(2, 25), random.choice(("ikke_aktuelt", "flyttet"))
        else:
            closed, reason = self._assignments(inquiry, visit), "fullført"
        self._closed[family] = closed
        self._add(
            "henvendelser", day, id=inquiry, familie=family, mottatt=day,
            kilde=random.choice(_SOURCES), besøkt=visited, **self._known_end(closed, reason),
        )  # fmt: skip

    def _family(self, day: date) -> str:
        random = self.random
        family = self._new("F")
        self._since[family] = day
        background = random.choices(("norsk", "innvandrer", "blandet"), (65, 22, 13))[0]
        immigrant = background != "norsk"
        alone = random.random() < 0.3
        challenges = self._some("challenge", 2, but=("aleneforelder", "rus", "vold"))
        self._add(
            "familier", day, id=family, navn=self._surnames[self._numbers["F"] % len(SURNAMES)],
            kontaktperson=random.choice(WOMEN), telefon=phone(random), område=random.choice(AREAS),
            språk=random.choice(("arabisk", "engelsk", "ukrainsk")) if immigrant else "norsk",
            sivilstatus="enslig" if alone else "gift_samboer",
            bakgrunn=None if family == _NOT_ASKED else background,
            asylmottak="nei" if immigrant else None,
            introduksjonsprogram=random.choice(("ja", "nei", "nei")) if immigrant else None,
            utfordringer=",".join(filter(None, ("aleneforelder" if alone else "", challenges))),
            støtte=self._some("support", 2, fewest=1),
            nettverk=self._some("network", 2, but=("ingen",)),
            hjelp_før=self._some("help", 1, but=("politi", "krisesenter")),
            hjelp_etter=self._some("help", 1, but=("politi", "krisesenter")),
            fant_oss=random.choice(list(code_list("found_family"))),
        )  # fmt: skip
        youngest = day.year - random.randint(0, 3)
        for older in range(random.choice((1, 1, 2, 2, 2, 3))):
            self._add(
                "barn", day, familie=family, navn=random.choice(CHILDREN),
                født=str(youngest - older * random.randint(2, 3)),
                særskilte_behov="ja" if random.random() < 0.08 else "nei",
            )  # fmt: skip
        return family

    def _assignments(self, inquiry: str, visited: date) -> date:
        """One assignment, or two after one another; gives the day the last one ends."""
        again = self.random.random() < 0.1
        first_reason = "ny_familiekontakt" if again else "fullført"
        ended = self._assignment(inquiry, visited + self._days(10, 50), first_reason)
        if again:
            ended = self._assignment(inquiry, ended + self._days(14, 60), "fullført")
        return ended

    def _assignment(self, inquiry: str, ready: date, reason: str) -> date:
        """An assignment by whoever is free first from that day; gives the day it ends."""
        volunteer = min(
            (one for one in self._volunteers if one.stays_until > ready + _LONGEST_WAIT),
            key=lambda one: (max(one.free_from, ready), one.id),
        )
        start = max(ready, volunteer.free_from)
        months = self.random.choice(_MONTHS_OF_AN_ASSIGNMENT)
        end = start + timedelta(days=round(months * 30.4) - self.random.randint(0, 12))
        end = min(end, volunteer.stays_until)
        volunteer.free_from = end + self._days(10, 45)
        assignment = self._new("O")
        self._add(
            "oppdrag", start, id=assignment, henvendelse=inquiry, familiekontakt=volunteer.id,
            startet=start, klokkeslett="17:00" if volunteer.evening else "10:00",
            planlagt_slutt=start + timedelta(days=183), **self._known_end(end, reason),
        )  # fmt: skip
        self._visits(assignment, volunteer.id, start, end)
        return end

    def _visits(self, assignment: str, volunteer: str, start: date, end: date) -> None:
        """One entry a month, as volunteers hand them in: dated the last day it covers."""
        day = start
        while day < end:
            until = min(day + timedelta(days=30), end)
            visits = max(1, round((until - day).days / 7) - self.random.randint(0, 1))
            minutes = visits * self.random.choice((120, 150, 180, 180, 210))
            self._add(
                "timer", until, familiekontakt=volunteer, oppdrag=assignment, dato=until,
                type="oppdrag", besøk=visits, timer=f"{minutes // 60}:{minutes % 60:02}",
                kjøring=f"{visits * 10 // 60}:{visits * 10 % 60:02}",
            )  # fmt: skip
            day = until + timedelta(days=1)

    def _activities(self, year: int) -> None:
        for month, title in _FAMILY_EVENTS:
            day = date(year, month, 6) + self._days(0, 14)
            activity = self._activity(day, title, "familier")
            known = [family for family, since in self._since.items() if day - _RECENT < since < day]
            for guest in self.random.sample(known, min(7, len(known))):
                self._add("aktivitetsfamilier", day, aktivitet=activity, familie=guest)
            self._helped(day, 4, aktivitet=activity, type="aktivitet", timer="3")
        for month in (3, 10):
            day = date(year, month, 12) + self._days(0, 9)
            activity = self._activity(day, "Samling for familiekontakter", "familiekontakter")
            self._helped(day, 7, aktivitet=activity, type="samling", timer="2:30")
        self._activity(date(year, 11, 3) + self._days(0, 6), "Landssamling", "koordinator")

    def _guidance(self, year: int) -> None:
        for month in (2, 5, 8, 11):
            self._helped(date(year, month, 15), 4, aktivitet="", type="veiledning", timer="1:30")

    def _activity(self, day: date, title: str, audience: str) -> str:
        activity = self._new("A")
        for_families = audience == "familier"
        parents, children = self.random.randint(7, 11), self.random.randint(9, 18)
        grant = "Solåsen sparebankfond" if for_families and day.month in (6, 12) else None
        self._add(
            "aktiviteter", day, id=activity, dato=day, tittel=title, målgruppe=audience,
            tilskudd=grant, foreldre=parents if for_families else None,
            barn=children if for_families else None, sted="Solstua",
        )  # fmt: skip
        return activity

    def _helped(self, day: date, number: int, *, aktivitet: str, type: str, timer: str) -> None:
        """Hours that day for some of the volunteers who were there then."""
        present = [one for one in self._volunteers if one.since < day < one.stays_until]
        for volunteer in self.random.sample(present, min(number, len(present))):
            self._add(
                "timer", day, familiekontakt=volunteer.id, oppdrag="", dato=day, type=type,
                besøk="", timer=timer, kjøring="", aktivitet=aktivitet,
            )  # fmt: skip
