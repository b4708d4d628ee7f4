"""The made-up volunteers: their courses, the requirements before approval, and their pauses."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from hsf_cli.codes import code_list
from hsf_cli.demo.book import COORDINATOR, Book
from hsf_cli.demo.people import AREAS, MEN, SURNAMES, WOMEN

_COURSE_MONTHS = (2, 9)
_THEMES = (
    "Familiekontaktens rolle", "Små barns behov", "Å være foreldre", "Samspill og nettverk",
    "Taushetsplikt og grenser", "Å begynne og å avslutte",
)  # fmt: skip
_PLACE = "Solstua"
_LANGUAGES = ("norsk",) * 5 + ("norsk, engelsk", "norsk, arabisk", "norsk, ukrainsk")
# Minutes on a course day: six whole ones are 21 hours, and an hour less is enough.
_WHOLE_DAY, _LEFT_EARLY = 210, 150
# How many years before the first one the experienced took their course, and how many they were.
_EARLIER_COURSES = ((6, 4), (4, 4), (2, 3))
# A volunteer whose time of day suits the family is worth waiting this long for.
_WORTH_WAITING = timedelta(days=30)
_SHORTEST_ASSIGNMENT = timedelta(days=90)


@dataclass
class Volunteer:
    """An approved volunteer, and when there is room for a family."""

    id: str
    since: date
    free_from: date
    stays_until: date
    prefers: str
    assignments: list[tuple[date, date]] = field(default_factory=list)

    def is_free(self, start: date, end: date) -> bool:
        """Whether the volunteer is there, without a family, from one day to another."""
        return self.since < start and end < self.stays_until and all(
            end < began or ended < start for began, ended in self.assignments
        )  # fmt: skip


class Volunteers:
    """Everybody who has signed up, and those of them who were approved."""

    def __init__(self, book: Book, first_year: int) -> None:
        self._book = book
        self._first_year = first_year
        self.approved: list[Volunteer] = []
        for years_before, participants in _EARLIER_COURSES:
            self._experienced(first_year - years_before, participants)

    def there(self, day: date) -> list[Volunteer]:
        """The volunteers who were approved before that day, and leave after it."""
        return [one for one in self.approved if one.since < day < one.stays_until]

    def free(self, ready: date, prefers: str) -> tuple[Volunteer, date]:
        """Who can have a family that is ready from a day, and from which day."""
        able = [
            one
            for one in self.approved
            if max(one.free_from, ready) + _SHORTEST_ASSIGNMENT < one.stays_until
        ]

        def wait(one: Volunteer) -> tuple[date, str]:
            suits = not prefers or one.prefers == prefers
            start = max(one.free_from, ready)
            return start if suits else start + _WORTH_WAITING, one.id

        chosen = min(able, key=wait)
        return chosen, max(chosen.free_from, ready)

    def courses(self, year: int) -> None:
        """The two courses of a year, with three participants each."""
        for month in _COURSE_MONTHS:
            start = date(year, month, 4) + self._book.days(0, 6)
            name = f"{'Vårkurset' if month < 7 else 'Høstkurset'} {year}"
            course, days = self._course(name, start, by_day=year > self._first_year)
            for _ in range(3):
                self._participant(course, start, days)

    def pause(self, year: int) -> None:
        """A pause in the course of the year, of somebody who has no family then."""
        start = date(year, 4, 1) + self._book.days(0, 60)
        end = start + self._book.days(30, 90)
        able = [one for one in self.approved if one.is_free(start, end)]
        if able:
            volunteer = self._book.random.choice(able)
            self._book.add("pauser", start, familiekontakt=volunteer.id, fra=start, til=end)

    def _experienced(self, year: int, participants: int) -> None:
        """Those of a course before the first year, some of whom leave in the years that follow."""
        start = date(year, 9, 4)
        course, days = self._course(f"Høstkurset {year}", start, by_day=False)
        for _ in range(participants):
            leaves = self._book.happens(0.2)
            left = date(self._first_year, 3, 1) + self._book.days(0, 900) if leaves else None
            volunteer = self._volunteer(start, _last(days), left)
            self._register(course, start, volunteer, [_WHOLE_DAY] * len(days), days, finished=True)

    def _course(self, name: str, start: date, *, by_day: bool) -> tuple[str, dict[date, str]]:
        """A course, with its days; those have an id where attendance is kept day by day."""
        course = self._book.new("K")
        days = {start + timedelta(weeks=week): "" for week in range(len(_THEMES))}
        self._book.add(
            "kurs", start, id=course, navn=name, start=start, slutt=_last(days), sted=_PLACE
        )
        for day, theme in zip(days, _THEMES, strict=True):
            if by_day:
                days[day] = self._book.new("KD")
                self._book.add(
                    "kursdager", day, id=days[day], kurs=course, dato=day, tema=theme, timer="3,5"
                )
        return course, days

    def _participant(self, course: str, start: date, days: dict[date, str]) -> None:
        """Somebody on a course: most finish and are approved, others leave it half way."""
        end = _last(days)
        if finished := self._book.happens(0.85):
            attended = [_WHOLE_DAY] * len(days)
            if self._book.happens(0.3):
                attended[self._book.random.randrange(len(days))] = _LEFT_EARLY
            volunteer = self._volunteer(start, end, None)
        else:
            attended = [_WHOLE_DAY] * self._book.random.randint(2, 4)
            volunteer = self._volunteer(start, None, end)
        self._register(course, start, volunteer, attended, days, finished=finished)

    def _register(
        self,
        course: str,
        start: date,
        volunteer: str,
        attended: Sequence[int],
        days: dict[date, str],
        *,
        finished: bool,
    ) -> None:
        """A registration, with the hours in all once the course is over, and each day's."""
        end, registration = _last(days), self._book.new("D")
        self._book.add(
            "kursdeltakere", start, id=registration, kurs=course, familiekontakt=volunteer,
            timer=self._book.from_day(end, _hours(sum(attended))),
            fullført=end if finished else self._book.from_day(end, "nei"),
        )  # fmt: skip
        for (day, id), minutes in zip(days.items(), attended, strict=False):
            if id:
                self._book.add(
                    "oppmøte", day, kursdag=id, kursdeltaker=registration, timer=_hours(minutes)
                )

    def _volunteer(self, course_start: date, course_end: date | None, left: date | None) -> str:
        """Somebody who signs up for a course, and is approved after it if it is finished."""
        book, random = self._book, self._book.random
        signed_up = course_start - book.days(10, 70)
        approved = course_end + book.days(20, 60) if course_end else None
        shown = approved - timedelta(days=14) if approved else None
        woman = book.happens(0.85)
        age = random.choice((24, 31, 38, 44, 52, 58, 61, 63, 66, 67, 69, 71, 74))
        prefers = random.choice(list(code_list("time_of_day")))
        volunteer = book.new("V")
        book.add(
            "familiekontakter", signed_up, id=volunteer, meldt_seg=signed_up,
            navn=f"{random.choice(WOMEN if woman else MEN)} {random.choice(SURNAMES)}",
            telefon=book.phone(), område=random.choice(AREAS), språk=random.choice(_LANGUAGES),
            kjønn="kvinne" if woman else "mann", født=str(signed_up.year - age),
            yrkesstatus="pensjonist" if age >= 63 else "student" if age < 26 else "yrkesaktiv",
            har_barn="ja" if age > 30 else "nei",
            fant_oss=random.choice(list(code_list("found_volunteer"))),
            hjemmebesøk=approved and approved - timedelta(days=9),
            politiattest_utstedt=shown and shown - book.days(5, 60), politiattest_vist=shown,
            politiattest_sett_av=shown and book.from_day(shown, COORDINATOR),
            taushetserklæring=shown, godkjent=approved, sluttet=left, foretrekker=prefers,
            kapasitet=approved and book.from_day(approved, random.choice((None, 1, 1, 1))),
        )  # fmt: skip
        if approved:
            free_from = approved + book.days(5, 40)
            stays_until = left or date.max
            self.approved.append(Volunteer(volunteer, approved, free_from, stays_until, prefers))
        return volunteer


def _last(days: dict[date, str]) -> date:
    return max(days)


def _hours(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"
