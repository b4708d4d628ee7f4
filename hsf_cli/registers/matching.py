"""Matching: who may start for a family that waits, and what speaks for and against each of them.

The coordinator decides. The order is only where to begin to think.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta

from hsf_cli import rules
from hsf_cli.codes import code_list
from hsf_cli.dates import written
from hsf_cli.registers.volunteers import volunteers
from hsf_cli.rules import Finding, Volunteer
from hsf_cli.spelling import alphabetical, folded, lower_first
from hsf_cli.store import Row, Store
from hsf_cli.texts import listed

# What each thing counts when it speaks for somebody, and takes away when it speaks against. What
# a family needs to be understood goes first, then what makes the weekly visit easy to keep, then
# that they know each other; last that the work is shared. What is not recorded counts nothing.
WEIGHTS: Mapping[str, int] = {
    "språk": 5,
    "område": 3,
    "tid": 3,
    "kjent": 2,
    "ledig": 2,
    "hvile": 1,
}
# Whoever ended an assignment within this may need a rest.
_REST = relativedelta(months=3)
# An assignment from this time of day on is in the afternoon, as the form counts it.
_AFTERNOON = "15:00"
_NORWEGIAN = "norsk"

_SEPARATOR = re.compile(r"[,;/+&\n]| og | and ")
_WORD = re.compile(r"[^\W\d_]{3,}")
# A language that somebody has little of is not one to talk about the children in.
_WEAK = r"(?:ikke|ingen|lite|litt|noe)"
_WEAK_LANGUAGE = re.compile(rf"\b{_WEAK}\s+\w+|\w+\s*\(\s*{_WEAK}\b[^)]*\)", re.IGNORECASE)
_NO_LANGUAGE = frozenset(
    folded(word) for word in ("snakker", "godt", "bra", "flytende", "morsmål", "også", "samt")
)

_FAMILY = "SELECT name, area, language, prefers FROM family WHERE id = :family"
_PROFILES = """
SELECT v.id, v.area, v.language, v.prefers,
       (SELECT max(coalesce(a.ended_on, '9999')) FROM assignment a
          JOIN inquiry i ON i.id = a.inquiry_id
         WHERE a.volunteer_id = v.id AND i.family_id = :family AND a.started_on <= :day)
       AS with_until
  FROM volunteer v
"""


@dataclass(frozen=True)
class Profile:
    """What matching asks of a family and of a volunteer alike."""

    area: str | None = None
    language: str | None = None
    prefers: str | None = None


@dataclass(frozen=True)
class Reason:
    """What speaks for somebody (points above zero) or against, or is not known (zero)."""

    about: str
    points: int
    text: str


@dataclass(frozen=True)
class Suggested:
    """A volunteer who may start, and why or why not to choose them."""

    number: int
    volunteer: Volunteer
    reasons: tuple[Reason, ...]
    # The end of the latest assignment; None where there never was one.
    last_ended_on: date | None

    @property
    def score(self) -> int:
        """What the reasons come to."""
        return sum(reason.points for reason in self.reasons)

    @property
    def speaks_for(self) -> list[str]:
        """The reasons for, the weightiest first."""
        return [reason.text for reason in self.reasons if reason.points > 0]

    @property
    def speaks_against(self) -> list[str]:
        """The reasons against, and then what is not known."""
        found = [reason.text for reason in self.reasons if reason.points < 0]
        unknown = [reason.about for reason in self.reasons if reason.points == 0]
        return [*found, f"ikke ført: {', '.join(unknown)}"] if unknown else found


@dataclass(frozen=True)
class Unable:
    """A volunteer who may not start, and the first thing that stands against it."""

    number: int
    volunteer: Volunteer
    finding: Finding


@dataclass(frozen=True)
class Suggestion:
    """Every volunteer, sorted by whether and how well they suit a family on a day."""

    able: list[Suggested]
    unable: list[Unable]
    # Those who are not approved yet, and those who have left.
    candidates: list[Unable]
    left: list[Unable]


def suggestion(store: Store, family: int, day: date, time: str | None = None) -> Suggestion:
    """Who may start for that family on that day, at that time of day or when it prefers."""
    (row,) = store.rows(_FAMILY, family=family)
    wishes = Profile(row["area"], row["language"], _part_of_day(time) or row["prefers"])
    profiles = {one["id"]: one for one in store.rows(_PROFILES, family=family, day=day.isoformat())}
    able, unable = [], []
    for number, volunteer in volunteers(store).items():
        with_until = profiles[number]["with_until"]
        against = [*_with_them_now(volunteer, with_until, day)]
        against += rules.against_starting(volunteer, day)
        if against:
            unable.append(Unable(number, volunteer, against[0]))
        else:
            able.append(_suggested(number, volunteer, profiles[number], wishes, day))
    left = [one for one in unable if _has_left(one.volunteer, day)]
    here = [one for one in unable if not _has_left(one.volunteer, day)]
    return Suggestion(
        ranked(able),
        [one for one in here if _is_approved(one.volunteer, day)],
        [one for one in here if not _is_approved(one.volunteer, day)],
        left,
    )


def ranked(able: Sequence[Suggested]) -> list[Suggested]:
    """Those the most speaks for first; among equals whoever has been free the longest."""
    return sorted(
        able,
        key=lambda one: (
            -one.score,
            one.last_ended_on or date.min,
            alphabetical(one.volunteer.name),
        ),
    )


def reasons(
    family: Profile,
    own: Profile,
    volunteer: Volunteer,
    day: date,
    with_until: str | None = None,
) -> tuple[Reason, ...]:
    """All that speaks for and against a volunteer on a day, the weightiest first.

    `with_until` is when an earlier assignment in the same family ended.
    """
    found = (
        _about_language(family.language, own.language),
        _about_area(family.area, own.area),
        _about_time(family.prefers, own.prefers),
        _about_knowing(with_until),
        _about_room(volunteer, day),
        _about_rest(volunteer, day),
    )
    return tuple(reason for reason in found if reason)


def languages(text: str | None) -> dict[str, str]:
    """The languages that a text tells of, as written, by one spelling: none that is weak."""
    strong = _WEAK_LANGUAGE.sub(" ", text or "")
    words = {folded(word): word.lower() for word in _WORD.findall(_SEPARATOR.sub(", ", strong))}
    return {key: word for key, word in words.items() if key not in _NO_LANGUAGE}


def _suggested(
    number: int, volunteer: Volunteer, row: Row, wishes: Profile, day: date
) -> Suggested:
    own = Profile(row["area"], row["language"], row["prefers"])
    why = reasons(wishes, own, volunteer, day, row["with_until"])
    return Suggested(number, volunteer, why, _last_end(volunteer, day))


def _about_language(family: str | None, own: str | None) -> Reason | None:
    needed, spoken = languages(family), languages(own)
    if not needed or _NORWEGIAN in needed:
        return None
    if not spoken:
        return _unknown("språk")
    shared = [word for key, word in needed.items() if key in spoken]
    if shared:
        return _for("språk", f"snakker {listed(shared)}")
    return _against("språk", f"snakker ikke {listed(needed.values(), 'eller')}")


def _about_area(family: str | None, own: str | None) -> Reason | None:
    wanted, known = _areas(family), _areas(own)
    if not wanted:
        return None
    if not known:
        return _unknown("område")
    if shared := [name for key, name in wanted.items() if key in known]:
        return _for("område", f"samme område ({listed(shared)})")
    return _against("område", f"annet område ({listed(known.values())})")


def _about_time(family: str | None, own: str | None) -> Reason | None:
    if family is None:
        return None
    if own is None:
        return _unknown("tid")
    when = lower_first(code_list("time_of_day").labels[own])
    return _for("tid", f"passer {when}") if own == family else _against("tid", f"helst {when}")


def _about_knowing(with_until: str | None) -> Reason | None:
    if with_until is None:
        return None
    return _for("kjent", f"var hos familien til {written(with_until)}")


def _about_room(volunteer: Volunteer, day: date) -> Reason | None:
    running = sum(ended is None or ended > day for _, ended in volunteer.assignments)
    if not running:
        return None
    room = volunteer.capacity - running
    return _against("ledig", f"har {running} oppdrag nå, plass til {room} til")


def _about_rest(volunteer: Volunteer, day: date) -> Reason | None:
    if any(ended is None or ended > day for _, ended in volunteer.assignments):
        return None
    ended = _last_end(volunteer, day)
    if ended is None:
        return _for("hvile", "har ikke hatt oppdrag ennå")
    if ended + _REST <= day:
        return _for("hvile", f"ledig siden {written(ended)}")
    return _against("hvile", f"avsluttet et oppdrag {written(ended)}")


def _for(about: str, text: str) -> Reason:
    return Reason(about, WEIGHTS[about], text)


def _against(about: str, text: str) -> Reason:
    return Reason(about, -WEIGHTS[about], text)


def _unknown(about: str) -> Reason:
    return Reason(about, 0, f"{about} er ikke ført")


def _areas(text: str | None) -> dict[str, str]:
    """The areas that a text names, as written, by one spelling."""
    names = (part.strip() for part in _SEPARATOR.split(text or ""))
    return {folded(name): name for name in names if name}


def _part_of_day(time: str | None) -> str | None:
    if time is None:
        return None
    return "etter 15" if time >= _AFTERNOON else "før 15"


def _with_them_now(volunteer: Volunteer, with_until: str | None, day: date) -> list[Finding]:
    if with_until is None or with_until <= day.isoformat():
        return []
    text = f"{volunteer.name} er hos familien allerede."
    return [Finding("samme familie", text, "Velg en annen.")]


def _has_left(volunteer: Volunteer, day: date) -> bool:
    return volunteer.left_on is not None and volunteer.left_on <= day


def _is_approved(volunteer: Volunteer, day: date) -> bool:
    return volunteer.approved_on is not None and volunteer.approved_on <= day


def _last_end(volunteer: Volunteer, day: date) -> date | None:
    ends = [ended for _, ended in volunteer.assignments if ended is not None and ended <= day]
    return max(ends, default=None)
