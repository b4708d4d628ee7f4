"""The made-up families: how they came, what was talked of, and their assignments."""

from collections.abc import Iterator
from datetime import date, timedelta

from hsf_cli.codes import code_list
from hsf_cli.demo.assignments import Assignments
from hsf_cli.demo.book import COORDINATOR, Book, Cell
from hsf_cli.demo.people import AREAS, CHILDREN, SURNAMES, WOMEN

_INQUIRIES_A_YEAR = 19
_DAYS_BETWEEN_INQUIRIES = (365 / _INQUIRIES_A_YEAR, 120 / _INQUIRIES_A_YEAR)
_SOURCES = ("familien",) * 8 + ("helsestasjon",) * 9 + (
    "barnevern", "barnevern", "nav", "barnehage", "barnehage", "sykehus", "privatperson",
    "fastlege",
)  # fmt: skip
_OF_THEIR_OWN = ("familien", "privatperson")
_OLDEST_YOUNGEST = 3
_SCHOOL_AGE = 6
_FIRST_TALKS = (
    "Ringte tilbake og fortalte om tilbudet. Avtalte hjemmebesøk.",
    "Fikk tak i mor på telefon. Hun vil gjerne ha besøk.",
    "Sendte melding, og fikk svar samme dag.",
)
_TALKS_IN_WAITING = (
    "Familien venter fortsatt, og har det greit.",
    "Litt slitne. Minnet om åpen barnehage imens.",
    "Vil helst ha besøk når den eldste er i barnehagen.",
    "Ingen tok telefonen. La igjen beskjed.",
)
_SHARED_WITH = ("Helsestasjonen", "Barnehagen", "NAV")
# Nobody has asked this family of its background yet: the report says so.
_NOT_ASKED = "F23"


class Families:
    """Every family, and when its cases came and were closed."""

    def __init__(self, book: Book, assignments: Assignments) -> None:
        self._book = book
        self._assignments = assignments
        self.since: dict[str, date] = {}
        self._closed: dict[str, date] = {}
        self._youngest: dict[str, int] = {}
        self._prefers: dict[str, str] = {}
        self._surnames = book.random.sample(SURNAMES, len(SURNAMES))

    def inquiries(self, first_year: int) -> None:
        """Every inquiry with all that came of it.

        They begin half a year before the first year, so that it begins with assignments running.
        """
        for day in self._days(date(first_year - 1, 7, 1)):
            self._inquiry(day)

    def _days(self, first: date) -> Iterator[date]:
        day = first
        while day.year <= self._book.day.year:
            yield day
            between = self._book.random.gauss(*_DAYS_BETWEEN_INQUIRIES)
            day += timedelta(days=max(1, round(between)))

    def _inquiry(self, day: date) -> None:
        book = self._book
        family = self._returning(day) or self._family(day)
        inquiry = book.new("H")
        visit = day + book.days(4, 24)
        visited: date | None = visit
        fate = book.random.random()
        if fate < 0.08:
            visited, closed, reason = None, day + book.days(5, 40), "trukket"
        elif fate < 0.2:
            closed = visit + book.days(2, 25)
            reason = book.random.choice(("ikke_aktuelt", "flyttet"))
        else:
            closed, reason = self._helped(family, inquiry, visit), "fullført"
        self._closed[family] = closed
        book.add(
            "henvendelser", day, id=inquiry, familie=family, mottatt=day, besøkt=visited,
            avsluttet=closed, avslutningsgrunn=book.from_day(closed, reason),
            koordinator=COORDINATOR, **self._contact(visited),
        )  # fmt: skip
        if visited:
            self._consent(family, visit)
        if book.happens(0.6):
            self._talk(inquiry, day + book.days(1, 3), _FIRST_TALKS)

    def _contact(self, visited: date | None) -> dict[str, Cell]:
        """Who made contact, and whom to ring back.

        Of some it is not asked before the visit, and so of some that withdraw it never is.
        """
        book = self._book
        source = book.random.choice(_SOURCES)
        asked = (visited or date.max) if book.happens(0.3) else date.min
        call = None if source in _OF_THEIR_OWN else f"{book.random.choice(WOMEN)}, "
        number = book.phone()
        return {
            "kilde": book.from_day(asked, source, "ikke_spurt"),
            "ring_tilbake": call and call + number,
        }

    def _returning(self, day: date) -> str | None:
        """A family that has been here before and comes back, its youngest still small."""
        back = [
            family
            for family, closed in self._closed.items()
            if closed < day and self._youngest[family] + _OLDEST_YOUNGEST >= day.year
        ]
        returns = len(back) > 8 and self._book.happens(0.06)
        return self._book.random.choice(back) if returns else None

    def _family(self, day: date) -> str:
        book, random = self._book, self._book.random
        family = book.new("F")
        self.since[family] = day
        self._prefers[family] = random.choice(("", *code_list("time_of_day")))
        background = random.choices(("norsk", "innvandrer", "blandet"), (65, 22, 13))[0]
        immigrant = background != "norsk"
        alone = book.happens(0.3)
        challenges = book.codes("challenge", 2, but=("aleneforelder", "rus", "vold"))
        book.add(
            "familier", day, id=family, navn=self._surnames[len(self.since) % len(SURNAMES)],
            kontaktperson=random.choice(WOMEN), telefon=book.phone(), område=random.choice(AREAS),
            språk=random.choice(("arabisk", "engelsk", "ukrainsk")) if immigrant else "norsk",
            sivilstatus="enslig" if alone else "gift_samboer",
            bakgrunn=None if family == _NOT_ASKED else background,
            asylmottak="nei" if immigrant else None,
            introduksjonsprogram=random.choice(("ja", "nei", "nei")) if immigrant else None,
            utfordringer=",".join(filter(None, ("aleneforelder" if alone else "", challenges))),
            støtte=book.codes("support", 2, fewest=1),
            nettverk=book.codes("network", 2, but=("ingen",)),
            hjelp_før=book.codes("help", 1, but=("politi", "krisesenter")),
            hjelp_etter=book.codes("help", 1, but=("politi", "krisesenter")),
            fant_oss=random.choice(list(code_list("found_family"))),
            foretrekker=self._prefers[family],
        )  # fmt: skip
        self._children(family, day)
        return family

    def _children(self, family: str, day: date) -> None:
        random = self._book.random
        youngest = day.year - random.randint(0, _OLDEST_YOUNGEST)
        self._youngest[family] = youngest
        for older in range(random.choice((1, 1, 2, 2, 2, 3))):
            self._book.add(
                "barn", day, familie=family, navn=random.choice(CHILDREN),
                født=str(youngest - older * random.randint(2, 3)),
                særskilte_behov="ja" if self._book.happens(0.08) else "nei",
            )  # fmt: skip

    def _helped(self, family: str, inquiry: str, visited: date) -> date:
        """One assignment, or two after one another; gives the day the last one ends."""
        book, prefers = self._book, self._prefers[family]
        match = self._assignments.match(visited + book.days(10, 50), prefers)
        self._talks_in_waiting(inquiry, visited, match.start)
        # Well before the youngest is of school age, however long the wait for a second one.
        again = book.happens(0.12) and match.end.year < self._youngest[family] + _SCHOOL_AGE - 1
        self._assignments.run(inquiry, match, "ny_familiekontakt" if again else "fullført")
        if not again:
            return match.end
        second = self._assignments.match(match.end + book.days(14, 60), prefers)
        self._talks_in_waiting(inquiry, match.end, second.start)
        self._assignments.run(inquiry, second, "fullført")
        return second.end

    def _talks_in_waiting(self, inquiry: str, since: date, until: date) -> None:
        """A word now and then while the family waits for a volunteer."""
        day = since + self._book.days(14, 25)
        while day < until:
            self._talk(inquiry, day, _TALKS_IN_WAITING)
            day += self._book.days(20, 45)

    def _talk(self, inquiry: str, day: date, notes: tuple[str, ...]) -> None:
        note = self._book.random.choice(notes)
        self._book.add("samtaler", day, henvendelse=inquiry, dato=day, notat=note)

    def _consent(self, family: str, day: date) -> None:
        """What some of the parents agree to, and a few of them take back."""
        book = self._book
        shared_with = book.random.choice(_SHARED_WITH)
        withdrawn = day + book.days(30, 200) if book.happens(0.15) else None
        if book.happens(0.4):
            book.add(
                "samtykker", day, familie=family, gitt=day, trukket=withdrawn,
                delt_med=shared_with, hva="At familien har kontakt med oss, og hva vi bidrar med",
            )  # fmt: skip
