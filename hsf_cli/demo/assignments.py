"""The made-up assignments: who with whom, the visits, the follow-ups and the extensions."""

from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from hsf_cli.demo.book import Book
from hsf_cli.demo.volunteers import Volunteer, Volunteers

_MONTHS_OF_AN_ASSIGNMENT = (3, 5, 6, 6, 6, 7, 8, 9, 11, 14)
_PLANNED = relativedelta(months=6)
_EXTENDED_BY = relativedelta(months=3)
_REASONS = (
    "Familien har fått et barn til, og trenger litt lengre tid.",
    "Mor begynner på norskkurs. Vi trapper ned når hun er i gang.",
    "Begge vil gjerne fortsette til barnehageplassen er på plass.",
)
_HOURS_OF_DAY = {"før 15": ("09:30", "10:00", "12:00"), "etter 15": ("16:30", "17:00")}
_NOTES = (None, None, "Begge er fornøyde.", "Barna har fått god kontakt.", "Litt mye avlysninger.")
_CHANCE_OF_A_FOLLOW_UP = 0.92
_FORGOTTEN = 0.02


@dataclass(frozen=True)
class Match:
    """A volunteer for a family, from the first day to the last."""

    volunteer: Volunteer
    start: date
    end: date


class Assignments:
    """Finds volunteers for families, and lets the assignments run."""

    def __init__(self, book: Book, volunteers: Volunteers) -> None:
        self._book = book
        self._volunteers = volunteers

    def match(self, ready: date, prefers: str) -> Match:
        """Whoever suits best for a family that is ready from that day."""
        book = self._book
        volunteer, start = self._volunteers.free(ready, prefers)
        months = book.random.choice(_MONTHS_OF_AN_ASSIGNMENT)
        end = start + timedelta(days=round(months * 30.4)) - book.days(0, 12)
        end = min(end, volunteer.stays_until)
        volunteer.assignments.append((start, end))
        volunteer.free_from = end + book.days(10, 45)
        return Match(volunteer, start, end)

    def run(self, inquiry: str, match: Match, reason: str) -> None:
        """An assignment from its first day to its last, and why it ends if nobody leaves."""
        book, start, end = self._book, match.start, match.end
        if end == match.volunteer.stays_until and reason == "ny_familiekontakt":
            reason = "familiekontakten_sluttet"
        assignment = book.new("O")
        book.add(
            "oppdrag", start, id=assignment, henvendelse=inquiry,
            familiekontakt=match.volunteer.id, startet=start, avsluttet=end,
            avslutningsgrunn=book.from_day(end, reason),
            klokkeslett=book.random.choice(_HOURS_OF_DAY[match.volunteer.prefers]),
            planlagt_slutt=start + _PLANNED,
        )  # fmt: skip
        self._visits(assignment, match)
        self._extensions(assignment, start + _PLANNED, end)
        for kind, planned in (
            ("måned", start + relativedelta(months=1)),
            ("kvartal", start + relativedelta(months=3)),
            ("avslutning", end - timedelta(days=7)),
        ):
            if planned < end:
                self._follow_up(
                    assignment, kind, start if kind != "avslutning" else planned, planned
                )

    def _visits(self, assignment: str, match: Match) -> None:
        """One entry a month, as volunteers hand them in; now and then one is forgotten."""
        random = self._book.random
        day = match.start
        while day < match.end:
            until = min(day + relativedelta(day=31), match.end)
            visits = round(((until - day).days + 1) / 7) - (random.random() < 0.3)
            minutes = visits * random.choice((120, 150, 180, 180, 210))
            if random.random() > _FORGOTTEN and visits > 0:
                self._book.add(
                    "timer", until, familiekontakt=match.volunteer.id, oppdrag=assignment,
                    dato=until, type="oppdrag", besøk=visits,
                    timer=f"{minutes // 60}:{minutes % 60:02}",
                    kjøring=f"{visits * 10 // 60}:{visits * 10 % 60:02}",
                )  # fmt: skip
            day = until + timedelta(days=1)

    def _extensions(self, assignment: str, planned: date, end: date) -> None:
        """Three months at a time or what is left, each decided before the time is up."""
        book = self._book
        while planned < end:
            decided = planned - book.days(5, 25)
            planned = min(planned + _EXTENDED_BY, end)
            book.add(
                "forlengelser", decided, oppdrag=assignment, besluttet=decided, til=planned,
                begrunnelse=book.random.choice(_REASONS),
            )  # fmt: skip

    def _follow_up(self, assignment: str, kind: str, since: date, planned: date) -> None:
        """A talk that is done about when it was planned, but for those that are forgotten."""
        book = self._book
        done = planned + book.days(0, 6)
        note = book.random.choice(_NOTES)
        forgotten = not book.happens(_CHANCE_OF_A_FOLLOW_UP)
        book.add(
            "oppfølginger", since, oppdrag=assignment, type=kind, planlagt=planned,
            gjort=None if forgotten else done,
            notat=None if forgotten else book.from_day(done, note),
        )  # fmt: skip
