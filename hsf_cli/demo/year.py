"""What happens in the made-up department over some years, and who leads it."""

from datetime import date

from hsf_cli.demo.assignments import Assignments
from hsf_cli.demo.book import POSITION_PERCENT, Book, Cell, Rows
from hsf_cli.demo.families import Families
from hsf_cli.demo.people import MEN, SURNAMES, WOMEN
from hsf_cli.demo.volunteers import Volunteers

_FAMILY_EVENTS = (
    (2, "Vinterdag på isen"), (5, "Hagefest"), (6, "Sommertur til gården"), (9, "Bærtur"),
    (12, "Juleverksted"),
)  # fmt: skip
_RECENT_DAYS = 500
# Who sits in the resource group: the role, what the member represents, whether it gives grants.
_MEMBERS = (
    ("leder", "Frivilligsentralen", False),
    ("nestleder", "Helsestasjonen", False),
    ("medlem", "Solåsen kommune", True),
    ("medlem", "Familiekontaktene", False),
    ("medlem", "Foreldrene", False),
)
_MEETINGS = (
    (2, "Gikk gjennom årsrapporten."), (5, "Budsjett og sommertur."),
    (9, "Nytt kurs og rekruttering."), (11, "Ventelisten og neste års søknader."),
)  # fmt: skip
# What the coordinator has written of each year, and set for it.
_CHAPTERS = {
    "summary": (
        "{year} ble et godt år. Flere familier fikk noen som kom hver uke, og ventelisten ble"
        " kortere utover høsten.\n\nDet vi er mest **stolte** av:\n\n"
        "- to forberedelseskurs\n- fem aktiviteter for familiene\n- et styre som stiller opp"
    ),
    "target_group": (
        "Vi er for familier i Solåsen med minst ett barn under skolealder. Alle kan ta kontakt"
        " selv, og ingen trenger henvisning."
    ),
    "organisation.staff": "Avdelingen har én koordinator i {position} % stilling.",
    "goals": (
        "Vi nådde målene for familiene. Neste år vil vi ha flere familiekontakter med morsmål fra"
        " andre land."
    ),
}
_REMARK = ("inquiries.source.familien", "Tallene gjelder første gang noen tar kontakt.")
_TARGETS = {"families.total": 24, "volunteers.linked": 18}


def rows_of_years(first_year: int, book: Book) -> Rows:
    """The rows of every sheet, from the first year up to the book's day."""
    years = range(first_year, book.day.year + 1)
    volunteers = Volunteers(book, first_year)
    for year in years:
        volunteers.courses(year)
    families = Families(book, Assignments(book, volunteers))
    families.inquiries(first_year)
    events = _Events(book, volunteers, families)
    events.resource_group(first_year)
    for year in years:
        volunteers.pause(year)
        events.of_year(year)
        _report(book, year)
    return book.rows


def _report(book: Book, year: int) -> None:
    """The year's targets, set in January, and what is written of it in the next one."""
    for key, goal in _TARGETS.items():
        book.add("mål", date(year, 1, 20), år=year, nøkkel=key, mål=goal)
    written = date(year + 1, 1, 15)
    for chapter, text in _CHAPTERS.items():
        body = text.format(year=year, position=POSITION_PERCENT)
        book.add(
            "rapporttekster", written, år=year, type="kapittel", **{"del": chapter}, notat=body
        )
    table, remark = _REMARK
    book.add("rapporttekster", written, år=year, type="merknad", **{"del": table}, notat=remark)


class _Events:
    """What the department does together: activities, guidance, a hand given, and meetings."""

    def __init__(self, book: Book, volunteers: Volunteers, families: Families) -> None:
        self._book = book
        self._volunteers = volunteers
        self._families = families

    def resource_group(self, first_year: int) -> None:
        """The five members, who were there before the first year."""
        book, random = self._book, self._book.random
        since = date(first_year - 1, 1, 15)
        for role, represents, gives_grants in _MEMBERS:
            first_name = random.choice(WOMEN + MEN)
            book.add(
                "styremedlemmer", since, navn=f"{first_name} {random.choice(SURNAMES)}",
                rolle=role, representerer=represents,
                representerer_tilskuddsgiver="ja" if gives_grants else "nei", fra=since,
            )  # fmt: skip

    def of_year(self, year: int) -> None:
        """A year's."""
        self._for_families(year)
        self._for_volunteers(year)
        for month, note in _MEETINGS:
            day = date(year, month, 5) + self._book.days(0, 15)
            self._book.add("styremøter", day, dato=day, notat=note)

    def _for_families(self, year: int) -> None:
        for month, title in _FAMILY_EVENTS:
            day = date(year, month, 6) + self._book.days(0, 14)
            activity = self._activity(day, title, "familier")
            known = [
                family
                for family, since in self._families.since.items()
                if 0 < (day - since).days < _RECENT_DAYS
            ]
            for guest in self._book.random.sample(known, min(7, len(known))):
                self._book.add("aktivitetsfamilier", day, aktivitet=activity, familie=guest)
            self._hours(day, 4, type="aktivitet", timer="3", aktivitet=activity)

    def _for_volunteers(self, year: int) -> None:
        for month in (3, 10):
            day = date(year, month, 12) + self._book.days(0, 9)
            activity = self._activity(day, "Samling for familiekontakter", "familiekontakter")
            self._hours(day, 7, type="samling", timer="2:30", aktivitet=activity)
        self._activity(date(year, 11, 3) + self._book.days(0, 6), "Landssamling", "koordinator")
        for month in (2, 5, 8, 11):
            self._hours(date(year, month, 15), 4, type="veiledning", timer="1:30")
        self._hours(date(year, 8, 28), 2, type="annet", timer="2", type_annet="Ryddet i leketøyet")

    def _activity(self, day: date, title: str, audience: str) -> str:
        book = self._book
        activity = book.new("A")
        for_families = audience == "familier"
        parents, children = book.random.randint(7, 11), book.random.randint(9, 18)
        grant = "Solåsen sparebankfond" if for_families and day.month in (6, 12) else None
        book.add(
            "aktiviteter", day, id=activity, dato=day, tittel=title, målgruppe=audience,
            tilskudd=grant, foreldre=parents if for_families else None,
            barn=children if for_families else None, sted="Solstua",
        )  # fmt: skip
        return activity

    def _hours(self, day: date, number: int, **cells: Cell) -> None:
        """Hours that day for some of the volunteers who were there then."""
        present = self._volunteers.there(day)
        for volunteer in self._book.random.sample(present, min(number, len(present))):
            self._book.add("timer", day, familiekontakt=volunteer.id, dato=day, **cells)
