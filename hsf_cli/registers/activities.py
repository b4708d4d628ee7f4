"""Activities: what was held, who took part, and the volunteers' hours there."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from hsf_cli import dates, numbers
from hsf_cli.change import Change
from hsf_cli.errors import Stopped, WrongUse
from hsf_cli.records import KINDS, numbered
from hsf_cli.registers import editing
from hsf_cli.registers.lookup import name_of
from hsf_cli.spelling import alphabetical, folded, is_piece
from hsf_cli.store import Store

# What the volunteers' hours on an activity are, by whom it is for. (docs/definitions.md: «Hours».)
HOURS_KIND = {"familier": "aktivitet", "familiekontakter": "samling", "koordinator": "annet"}

# The ids of the families and of the volunteers who took part, and of volunteers to choose from.
FAMILIES_OF = "SELECT family_id FROM activity_family WHERE activity_id = :activity"
VOLUNTEERS_OF = "SELECT volunteer_id FROM hours WHERE activity_id = :activity"
VOLUNTEERS_THERE = "SELECT id FROM volunteer WHERE left_on IS NULL OR left_on >= :day"

_LIST = f"""
SELECT activity.id AS number, {KINDS["activity"].id_sql} AS id, held_on, title, audience,
       grant_name, place, parents, children,
       (SELECT count(DISTINCT family_id) FROM activity_family
         WHERE activity_id = activity.id) AS families,
       count(DISTINCT volunteer_id) AS volunteers, coalesce(sum(minutes), 0) AS minutes,
       coalesce(sum(driving_minutes), 0) AS driving_minutes
  FROM activity LEFT JOIN hours ON hours.activity_id = activity.id
 WHERE held_on BETWEEN :first AND :last
 GROUP BY activity.id ORDER BY held_on, activity.id
"""
_FAMILIES = """
SELECT f.id AS number, f.name
  FROM activity_family a JOIN family f ON f.id = a.family_id
 WHERE a.activity_id = :activity
"""
_HOURS = """
SELECT h.id AS number, v.name AS volunteer_name, h.kind, h.worked_on, h.minutes, h.driving_minutes
  FROM hours h JOIN volunteer v ON v.id = h.volunteer_id
 WHERE h.activity_id = :activity
"""
# Hours that would be the same again: there already, or that day without saying where.
_DOUBLED = """
SELECT id, worked_on, minutes FROM hours
 WHERE volunteer_id = :volunteer AND (activity_id = :activity
       OR activity_id IS NULL AND worked_on = :worked_on AND kind = :kind) ORDER BY id
"""


@dataclass(frozen=True)
class Helper:
    """A volunteer who took part in an activity, and the time it took."""

    volunteer: int
    minutes: int
    driving_minutes: int | None = None


@dataclass(frozen=True)
class Participants:
    """Who took part in an activity, and who did not after all."""

    families: Sequence[int] = ()
    # The names of families who came for the first time, and are nowhere here yet.
    newcomers: Sequence[str] = ()
    helpers: Sequence[Helper] = ()
    families_not: Sequence[int] = ()
    volunteers_not: Sequence[int] = ()


def grants(grant_name: str | None) -> tuple[str, ...]:
    """The grants that pay for an activity, from their names with commas between; each once."""
    names = (" ".join(name.split()) for name in (grant_name or "").split(","))
    by_spelling: dict[str, str] = {}
    for name in names:
        by_spelling.setdefault(folded(name), name)
    return tuple(name for name in by_spelling.values() if name)


def grants_stored(names: Iterable[str]) -> str:
    """Names of grants as an activity's row holds them."""
    return ", ".join(grants(", ".join(names)))


def activities(
    store: Store, year: int | None = None, audience: str | None = None, grant: str | None = None
) -> list[dict[str, Any]]:
    """The activities of that year, or all, with how many took part; narrowed to what is said."""
    first, last = dates.year_days(year)
    rows = [
        {**row, "grants": grants(row["grant_name"])}
        for row in numbered("activity", store.rows(_LIST, first=first, last=last))
    ]
    return [
        row
        for row in rows
        if audience in (None, row["audience"])
        and (grant is None or any(is_piece(grant, name) for name in row["grants"]))
    ]


def families(store: Store, activity: int) -> list[dict[str, Any]]:
    """The families who took part, in alphabetical order."""
    rows = numbered("family", store.rows(_FAMILIES, activity=activity))
    return sorted(rows, key=lambda row: alphabetical(row["name"]))


def hours(store: Store, activity: int) -> list[dict[str, Any]]:
    """The volunteers' hours on an activity, in alphabetical order."""
    rows = numbered("hours", store.rows(_HOURS, activity=activity))
    return sorted(rows, key=lambda row: alphabetical(row["volunteer_name"]))


def numbers_of(store: Store, sql: str, **values: object) -> list[int]:
    """The ids that such a statement gives, each once."""
    return list(dict.fromkeys(row[0] for row in store.rows(sql, **values)))


def refuse_early(activity: Mapping[str, Any], helpers: int, today: date) -> None:
    """Raises WrongUse where an activity still ahead has been counted, or has volunteers' hours."""
    if activity["held_on"] <= today.isoformat():
        return
    counted = activity["parents"] is not None or activity["children"] is not None
    if counted or helpers:
        what = "Foreldre og barn telles" if counted else "Familiekontaktenes timer føres"
        raise WrongUse(
            f"{what} når aktiviteten har vært, og den er {dates.written(activity['held_on'])}.",
            "Før det etterpå: hsf aktivitet deltakere. Eller rett --dato.",
        )


def refuse_edit(store: Store, number: int, after: Mapping[str, Any]) -> None:
    """Raises WrongUse where an activity, as it would be, does not go with what it has."""
    refuse_early(after, len(hours(store, number)), dates.today())


def refuse_doubled(
    store: Store, activity: Mapping[str, Any], helpers: Sequence[Helper], number: int | None = None
) -> None:
    """Raises where a volunteer's hours would be there twice, and shows those that are there."""
    seen: set[int] = set()
    about = _of_activity(activity)
    for helper in helpers:
        name = name_of(store, "volunteer", helper.volunteer)
        if helper.volunteer in seen:
            raise WrongUse(f"{name} står to ganger.", "Skriv hver familiekontakt én gang.")
        seen.add(helper.volunteer)
        for row in store.rows(
            _DOUBLED,
            volunteer=helper.volunteer,
            activity=number,
            worked_on=about["worked_on"],
            kind=about["kind"],
        ):
            short, day = KINDS["hours"].name(row["id"]), dates.written(row["worked_on"])
            raise Stopped(
                f"{name} har timer her fra før: {short}, {day}, "
                f"{numbers.hours(row['minutes'])} timer.",
                f"Skal de rettes: hsf timer endre {short}",
            )


def refuse_known(store: Store, newcomer: str) -> None:
    """Raises Stopped where a family that is said to be new has the name of one that is here."""
    known = store.relying_on(lambda: _family_called(store, newcomer))
    if known is not None:
        raise Stopped(
            "Det er en familie som heter det samme her fra før: "
            f"{name_of(store, 'family', known)}.",
            f"Er det den, så bruk --familie {KINDS['family'].name(known)}. "
            "Ellers skriv et navn som skiller dem.",
        )


def _family_called(store: Store, name: str) -> int | None:
    rows = store.rows("SELECT id, name FROM family ORDER BY id")
    return next((row["id"] for row in rows if folded(row["name"]) == folded(name)), None)


def take_part(
    store: Store, change: Change, number: int, activity: Mapping[str, Any], who: Participants
) -> list[int]:
    """Writes who took part in an activity, and takes away who did not; gives the new families."""
    new = [change.insert("family", name=name) for name in who.newcomers]
    present = numbers_of(store, FAMILIES_OF, activity=number)
    for family in dict.fromkeys((*who.families, *new)):
        if family not in present:
            change.insert("activity_family", activity_id=number, family_id=family)
    for helper in who.helpers:
        change.insert(
            "hours",
            volunteer_id=helper.volunteer,
            activity_id=number,
            minutes=helper.minutes,
            driving_minutes=helper.driving_minutes,
            **_of_activity(activity),
        )
    for table, column, away in (
        ("activity_family", "family_id", who.families_not),
        ("hours", "volunteer_id", who.volunteers_not),
    ):
        for row in store.rows(f"SELECT * FROM {table} WHERE activity_id = :n", n=number):
            if row[column] in away:
                change.delete(table, row["id"])
    return new


def move_hours(store: Store, change: Change, number: int, after: Mapping[str, Any]) -> None:
    """Lets the hours on an activity follow its day and its audience, but for those that differ."""
    before = _of_activity(editing.record(store, "activity", number))
    now = _of_activity(after)
    if now == before:
        return
    for row in store.rows("SELECT * FROM hours WHERE activity_id = :n", n=number):
        if all(row[column] == value for column, value in before.items()):
            change.update("hours", row["id"], **now)


def _of_activity(activity: Mapping[str, Any]) -> dict[str, Any]:
    """What hours on an activity have from it."""
    kind = HOURS_KIND[activity["audience"]]
    return {
        "worked_on": activity["held_on"],
        "kind": kind,
        "kind_other": activity["title"] if kind == "annet" else None,
    }
