"""Home-Start's rules: what stands against something on a day, from what is known of it.

Pure functions of what they are given. Each rule is judged on the day it matters, with what had
happened by the end of that day. (docs/domain.md: «The rules».)
"""

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from hsf_cli import numbers
from hsf_cli.dates import written

COURSE_MINUTES = 20 * 60
CERTIFICATE_LIFE = relativedelta(months=3)
ASSIGNMENT_LENGTH = relativedelta(months=6)
SHORTEST_VISIT, LONGEST_VISIT = 2 * 60, 4 * 60
SMALLEST_GROUP, LARGEST_GROUP = 4, 8
FAMILIES_OF_A_POSITION = 30
# How many families one who has no capacity set has room for.
USUAL_CAPACITY = 1

# From one day to another; without an end it goes on.
Period = tuple[date, date | None]

_GAP = "[ .\N{NO-BREAK SPACE}\N{EN DASH}-]"
_NATIONAL_ID = rf"(?<!\d)(\d\d)(\d\d)(\d\d)(?:{_GAP}?\d{{5}}|{_GAP}\d{{3}}{_GAP}\d\d)(?!\d)"


class Finding(NamedTuple):
    """What stands against something, and the way forward, in the coordinator's words."""

    rule: str  # its code, as kept with an exception
    text: str
    remedy: str
    stops: bool = True  # False: told, but nothing has to be overridden


class CourseHours(NamedTuple):
    """Course time that was attended, and the day from which it counts."""

    minutes: int
    on: date


class Volunteer(NamedTuple):
    """What the rules ask of a volunteer."""

    id: str  # as commands take it: V3
    name: str
    approved_on: date | None = None
    left_on: date | None = None
    home_visit_on: date | None = None
    certificate_issued_on: date | None = None
    certificate_shown_on: date | None = None
    confidentiality_on: date | None = None
    earlier_left_on: date | None = None  # the end of the latest earlier period, after a return
    capacity: int = USUAL_CAPACITY  # families at a time
    pauses: tuple[Period, ...] = ()
    courses: tuple[CourseHours, ...] = ()
    course_completed_on: date | None = None  # of a course whose hours were never recorded
    assignments: tuple[Period, ...] = ()  # started_on, ended_on


class Member(NamedTuple):
    """One who sits in the resource group, both days included."""

    name: str
    leads: bool
    represents_funder: bool
    from_on: date
    to_on: date | None


def school_start(born: str) -> date:
    """1 August of the year in which a child turns 6, from its year or ISO date of birth."""
    return date(int(born[:4]) + 6, 8, 1)


def under_school_age(born: str, day: date) -> bool:
    """Whether a child is born by that day (of a year alone: by that year) and not of school age."""
    return born <= day.isoformat()[: len(born)] and day < school_start(born)


def outside_target_group(children: Sequence[str], day: date) -> Finding | None:
    """A finding unless at least one of a family's children, by its birth, is under school age."""
    if any(under_school_age(born, day) for born in children):
        return None
    text = f"Familien har ingen barn under skolealder per {written(day)}."
    remedy = "Se over fødselsårene. Skolealder er fra 1. august det året barnet fyller seks."
    if not children:
        text, remedy = "Ingen barn er ført på familien.", "Registrer barna med fødselsår."
    return Finding("målgruppe", text, remedy)


def course_minutes(volunteer: Volunteer, day: date) -> int:
    """The minutes of course time that count by the end of that day."""
    return sum(course.minutes for course in volunteer.courses if course.on <= day)


def missing_requirements(volunteer: Volunteer, day: date) -> list[Finding]:
    """Those of the four requirements for a first assignment that are not met by that day."""
    change = f"hsf kontakt endre {volunteer.id}"
    found = (
        _against_course(volunteer, day),
        _against_certificate(volunteer, day),
        _unless_by(
            day,
            volunteer.confidentiality_on,
            "taushetserklæring",
            f"{volunteer.name} har ikke skrevet under taushetserklæring",
            f"Når taushetserklæringen er underskrevet: «{change} --taushetserklæring DATO».",
        ),
        _unless_by(
            day,
            volunteer.home_visit_on,
            "hjemmebesøk",
            f"{volunteer.name} har ikke hatt hjemmebesøk av koordinator",
            f"Når hjemmebesøket er gjort: «{change} --hjemmebesøk DATO».",
        ),
    )
    return [finding for finding in found if finding]


def undated_certificate(volunteer: Volunteer, day: date) -> Finding | None:
    """A finding where nobody can tell how old the certificate was when it was shown.

    It stops nothing: what was kept before the rule was asked of seldom has the day of issue.
    """
    shown, issued = volunteer.certificate_shown_on, volunteer.certificate_issued_on
    if shown is None or shown > day or issued is not None:
        return None
    return Finding(
        "politiattest",
        f"Når politiattesten til {volunteer.name} ble utstedt, er ikke ført. Den skal være høyst "
        f"tre måneder gammel når den vises, og den ble vist {written(shown)}.",
        f"Skriv det inn: «hsf kontakt endre {volunteer.id} --politiattest-utstedt DATO».",
        stops=False,
    )


def against_starting(volunteer: Volunteer, day: date) -> list[Finding]:
    """All that stands against that a volunteer starts an assignment on that day."""
    found = (
        _unless_by(
            day,
            volunteer.approved_on,
            "godkjent",
            f"{volunteer.name} er ikke godkjent",
            f"Når kravene er oppfylt: «hsf kontakt godkjenn {volunteer.id}».",
        ),
        *missing_requirements(volunteer, day),
        _against_pauses(volunteer, day),
        _against_having_left(volunteer, day),
        _against_capacity(volunteer, day),
    )
    return [finding for finding in found if finding]


def planned_end(started_on: date) -> date:
    """The last day of an assignment as it is planned from the start: six months on.

    Like a duration it keeps the day of the month, or takes the month's last day.
    """
    return started_on + ASSIGNMENT_LENGTH


def against_length(started_on: date, planned_end_on: date) -> Finding | None:
    """A finding where an assignment is planned for longer than six months."""
    longest = planned_end(started_on)
    if planned_end_on <= longest:
        return None
    return Finding(
        "varighet",
        f"Oppdraget er planlagt til {written(planned_end_on)}, lenger enn seks måneder.",
        f"Planlegg det til senest {written(longest)}. Trengs det mer tid, forleng det med en "
        "begrunnelse: «hsf oppdrag forleng».",
    )


def against_visits(visits: int | None, minutes: int) -> Finding | None:
    """A finding where visits last less than two or more than four hours in the mean."""
    if not visits:
        return None
    if minutes < visits * SHORTEST_VISIT:
        outside = "mindre enn to"
    elif minutes > visits * LONGEST_VISIT:
        outside = "mer enn fire"
    else:
        return None
    return Finding(
        "besøkslengde",
        f"{numbers.readable_hours(minutes)} timer på {visits} besøk er i snitt {outside} timer "
        "per besøk.",
        "Se over tallene. Stemmer de, er det ikke mer å gjøre.",
        stops=False,
    )


def families_a_year(position_percent: int) -> int:
    """About how many families a coordinator position of that size can serve in a year."""
    return max(1, (FAMILIES_OF_A_POSITION * position_percent + 50) // 100)


def against_group(members: Sequence[Member], day: date) -> list[Finding]:
    """What is amiss with the resource group as it sits on that day.

    Too few members stops nothing: a group is made by adding one at a time.
    """
    sitting = [member for member in members if covers((member.from_on, member.to_on), day)]
    size = f"Antall medlemmer i styret per {written(day)}: {len(sitting)}."
    found = [
        Finding(
            "styre",
            f"{member.name} leder styret og representerer tilskuddsgiveren.",
            "La en annen lede styret.",
        )
        for member in sitting
        if member.leads and member.represents_funder
    ]
    if len(sitting) < SMALLEST_GROUP:
        few = f"Få med flere: styret skal ha minst {SMALLEST_GROUP} medlemmer."
        found.append(Finding("styre", size, few, stops=False))
    if len(sitting) > LARGEST_GROUP:
        many = f"La noen gå ut: styret kan ha høyst {LARGEST_GROUP} medlemmer."
        found.append(Finding("styre", size, many))
    return found


def covers(period: Period, day: date) -> bool:
    """Whether a day is in a period: both ends are, and one without an end goes on."""
    begins, ends = period
    return begins <= day and (ends is None or day <= ends)


def looks_like_national_id(text: str) -> bool:
    """Whether a text holds eleven digits that begin with a date of birth.

    D numbers and synthetic numbers do too. The control digits are not asked: what was mistyped
    is as personal. Numbers of phones and accounts are grouped otherwise or begin with no date.
    """
    return any(
        _begins_with_birth(*(int(part) for part in found.groups()))
        for found in re.finditer(_NATIONAL_ID, text, re.ASCII)
    )


def against_text(text: str) -> Finding | None:
    """A finding where a text seems to hold a national identity number; it never repeats it."""
    if not looks_like_national_id(text):
        return None
    return Finding(
        "fødselsnummer",
        "Teksten inneholder noe som ser ut som et fødselsnummer.",
        "Ta det bort. Fødselsnummer skal aldri lagres her; navn og fødselsår er nok.",
    )


def _unless_by(day: date, on: date | None, rule: str, lacks: str, remedy: str) -> Finding | None:
    """A finding unless something had happened by the end of a day."""
    if on is not None and on <= day:
        return None
    later = f" (ført på {written(on)})" if on else ""
    return Finding(rule, f"{lacks} per {written(day)}{later}.", remedy)


def _against_course(volunteer: Volunteer, day: date) -> Finding | None:
    attended = course_minutes(volunteer, day)
    if attended >= COURSE_MINUTES:
        return None
    return _unless_by(
        day,
        volunteer.course_completed_on,
        "kurstimer",
        f"{volunteer.name} har {numbers.readable_hours(attended)} av "
        f"{numbers.readable_hours(COURSE_MINUTES)} kurstimer",
        "Før oppmøtet på kursdagene: «hsf kurs oppmøte».",
    )


def _against_certificate(volunteer: Volunteer, day: date) -> Finding | None:
    """A finding of the certificate. It does not expire, but it ends with the role."""
    issued, shown = volunteer.certificate_issued_on, volunteer.certificate_shown_on
    left = volunteer.earlier_left_on
    remedy = (
        f"Når en gyldig politiattest er vist: «hsf kontakt endre {volunteer.id} "
        "--politiattest-vist DATO --politiattest-utstedt DATO»."
    )
    if shown is None or shown > day:
        lacks = f"{volunteer.name} har ikke vist politiattest"
        return _unless_by(day, shown, "politiattest", lacks, remedy)
    if left and shown <= left <= day:
        why = f"i en tidligere periode, som tok slutt {written(left)}; en ny må vises"
    elif issued and shown < issued:
        why = f"før den ble utstedt {written(issued)}"
    elif issued and shown > issued + CERTIFICATE_LIFE:
        why = f"mer enn tre måneder etter at den ble utstedt {written(issued)}"
    else:
        return None
    text = f"Politiattesten til {volunteer.name} ble vist {written(shown)}, {why}."
    return Finding("politiattest", text, remedy)


def _against_pauses(volunteer: Volunteer, day: date) -> Finding | None:
    """A finding of the pause that lasts longest, where more than one covers the day."""
    pauses = [pause for pause in volunteer.pauses if covers(pause, day)]
    if not pauses:
        return None
    begins, ends = max(pauses, key=lambda pause: pause[1] or date.max)
    until = f"til og med {written(ends)}" if ends else "uten sluttdato"
    return Finding(
        "pause",
        f"{volunteer.name} har pause fra {written(begins)} {until}.",
        f"Velg en dag etter pausen, eller endre den: «hsf kontakt pause {volunteer.id}».",
    )


def _against_having_left(volunteer: Volunteer, day: date) -> Finding | None:
    if volunteer.left_on is None or volunteer.left_on > day:
        return None
    text = f"{volunteer.name} sluttet {written(volunteer.left_on)}."
    back = f"Er familiekontakten kommet tilbake: «hsf kontakt tilbake {volunteer.id}»."
    return Finding("sluttet", text, back)


def _against_capacity(volunteer: Volunteer, day: date) -> Finding | None:
    has = sum(ended is None or ended > day for _, ended in volunteer.assignments)
    if has < volunteer.capacity:
        return None
    return Finding(
        "kapasitet",
        f"{volunteer.name} har {has} oppdrag per {written(day)}, og plass til "
        f"{volunteer.capacity} om gangen.",
        f"Velg en annen, eller avtal plass til flere: «hsf kontakt endre {volunteer.id} "
        f"--kapasitet {has + 1}».",
    )


def _begins_with_birth(day: int, month: int, year: int) -> bool:
    """Whether the first six digits are a day in some century, with or without the marks.

    A D number has 40 added to its day, a synthetic number 40 or 80 to its month.
    """
    try:
        date(2000 + year, month % 40, day - 40 if day > 40 else day)  # 2000 has every leap day
    except ValueError:
        return False
    return True
