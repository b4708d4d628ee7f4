"""Inquiries: a first call taken, the home visit, talks while a family waits, the case closed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from hsf_cli import dates, rules
from hsf_cli.change import Change
from hsf_cli.errors import Stopped, WrongUse
from hsf_cli.records import KINDS, numbered
from hsf_cli.registers.lookup import name_of
from hsf_cli.rules import Finding
from hsf_cli.spelling import folded
from hsf_cli.store import Row, Store
from hsf_cli.texts import phone_digits

# The ids of inquiries whose case is open, and of those that wait for their home visit.
OPEN = "SELECT id FROM inquiry WHERE closed_on IS NULL"
NOT_VISITED = "SELECT id FROM inquiry WHERE closed_on IS NULL AND visited_on IS NULL"

_LIST = f"""
SELECT inquiry.id AS number, {KINDS["inquiry"].id_sql} AS id, {KINDS["family"].id_sql} AS family,
       family.name AS family_name, received_on, source, visited_on, closed_on, closed_reason,
       coordinator, contact, area
  FROM inquiry JOIN family ON family.id = inquiry.family_id
 WHERE received_on BETWEEN :first AND :last AND (closed_on IS NULL OR NOT :only_open)
 ORDER BY received_on, inquiry.id
"""


@dataclass(frozen=True)
class Double:
    """A family that is here already and may be the one that calls."""

    number: int
    text: str
    reason: str


def inquiries(store: Store, year: int | None, *, only_open: bool) -> list[dict[str, Any]]:
    """The inquiries received that year, or ever, the oldest first."""
    first, last = (f"{year}-01-01", f"{year}-12-31") if year else ("", "9999")
    rows = store.rows(_LIST, first=first, last=last, only_open=int(only_open))
    return numbered("inquiry", rows)


def talks(store: Store, inquiry: int) -> list[Row]:
    """The talks noted on an inquiry, in the order they were had."""
    return store.rows("SELECT * FROM talk WHERE inquiry_id = :n ORDER BY talked_on, id", n=inquiry)


def usual_coordinator(store: Store) -> dict[str, str]:
    """The coordinator that the newest inquiry has, as a suggestion; none where none has."""
    name = store.value(
        "SELECT coordinator FROM inquiry WHERE coordinator IS NOT NULL ORDER BY id DESC LIMIT 1"
    )
    return {"coordinator": name} if name else {}


def likely_doubles(
    store: Store, family: Mapping[str, Any], children: Sequence[str]
) -> list[Double]:
    """Families with the same phone or e-mail, or the same surname and a child born the same day."""
    phone, email = phone_digits(family.get("phone") or ""), folded(family.get("email") or "")
    surname = _surname(family.get("name") or "")
    found = []
    for row in store.rows(_FAMILIES):
        same = [
            reason
            for reason, is_so in (
                ("samme telefon", phone and phone == phone_digits(row["phone"] or "")),
                ("samme e-post", email and email == folded(row["email"] or "")),
                (
                    "samme etternavn og et barn født likt",
                    surname == _surname(row["name"])
                    and _born_alike(children, (row["born"] or "").split()),
                ),
            )
            if is_so
        ]
        if same:
            name = f"{KINDS['family'].name(row['id'])} {row['name']}"
            found.append(Double(row["id"], f"{name} ({', '.join(same)})", same[0]))
    return found


def against_double(doubles: Sequence[Double]) -> list[Finding]:
    """The finding that a family seems to be here already."""
    if not doubles:
        return []
    first = KINDS["family"].name(doubles[0].number)
    return [
        Finding(
            "dobbelt",
            f"Familien ligner på {' og '.join(double.text for double in doubles)}.",
            f"Er det samme familie, så bruk --familie {first}.",
        )
    ]


def open_inquiry(store: Store, family: int) -> int | None:
    """The number of a family's open inquiry; None where its cases are closed."""
    number = store.value(
        "SELECT id FROM inquiry WHERE family_id = :family AND closed_on IS NULL", family=family
    )
    return None if number is None else int(number)


def refuse_second(store: Store, family: int, but: int | None = None) -> None:
    """Raises Stopped where the family has an open inquiry already."""
    number = open_inquiry(store, family)
    if number is not None and number != but:
        raise Stopped(
            f"Familien har allerede en åpen henvendelse, {name_of(store, 'inquiry', number)}.",
            "Bruk den, eller avslutt den først: "
            f"hsf henvendelse avslutt {KINDS['inquiry'].name(number)}",
        )


def received(
    change: Change,
    inquiry: Mapping[str, Any],
    *,
    family: int | Mapping[str, Any],
    children: Sequence[Mapping[str, Any]],
) -> tuple[int, int]:
    """Adds an inquiry, and its family and children where they are new; gives both numbers."""
    number = family if isinstance(family, int) else change.insert("family", **family)
    for child in children:
        change.insert("child", family_id=number, **child)
    return number, change.insert("inquiry", family_id=number, **inquiry)


def against_children(children: Sequence[str], received_on: date) -> list[Finding]:
    """The finding on the day an inquiry comes; none where no children are known yet."""
    finding = rules.outside_target_group(children, received_on) if children else None
    if finding is None:
        return []
    remedy = (
        f"{finding.remedy} Er familien utenfor målgruppen, så avslutt henvendelsen med det samme:"
        ' --avsluttet "i dag" --avslutningsgrunn utenfor_målgruppen.'
    )
    return [replace(finding, remedy=remedy)]


def births(store: Store, family: int) -> list[str]:
    """When a family's children were born, as it is stored."""
    rows = store.rows("SELECT born FROM child WHERE family_id = :family", family=family)
    return [row["born"] for row in rows]


def refuse_closing(store: Store, inquiry: int, day: str) -> None:
    """Raises Stopped where an assignment of the inquiry runs after that day."""
    running = store.value(
        "SELECT id FROM assignment WHERE inquiry_id = :inquiry"
        " AND (ended_on IS NULL OR ended_on > :day) ORDER BY id",
        inquiry=inquiry,
        day=day,
    )
    if running:
        short = KINDS["assignment"].name(running)
        raise Stopped(
            f"Oppdraget {name_of(store, 'assignment', running)} pågår etter {dates.written(day)}.",
            f"Avslutt det først: hsf oppdrag avslutt {short}",
        )


def refuse_talk(store: Store, inquiry: int, day: str) -> None:
    """Raises WrongUse where the talk would be before the inquiry came."""
    received_on = store.value("SELECT received_on FROM inquiry WHERE id = :n", n=inquiry)
    if day < received_on:
        raise WrongUse(
            f"Samtalen kan ikke ha vært før henvendelsen kom, {dates.written(received_on)}.",
            "Rett --dato.",
        )


def refuse_edit(store: Store, number: int, after: Mapping[str, Any]) -> None:
    """Raises where an inquiry, as it would be, does not go with the others or its assignments."""
    first = store.value("SELECT min(started_on) FROM assignment WHERE inquiry_id = :n", n=number)
    if first and first < after["received_on"]:
        raise WrongUse(
            f"Henvendelsen kan ikke ha kommet etter at oppdraget startet, {dates.written(first)}.",
            "Rett --mottatt, eller rett oppdraget først.",
        )
    if after["closed_on"] is None:
        refuse_second(store, after["family_id"], but=number)
    else:
        refuse_closing(store, number, after["closed_on"])


_FAMILIES = """
SELECT family.id, family.name, family.phone, family.email,
       (SELECT group_concat(born, ' ') FROM child WHERE child.family_id = family.id) AS born
  FROM family ORDER BY family.id
"""


def _surname(name: str) -> str:
    return folded(name).split()[-1] if name.split() else ""


def _born_alike(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether a child of ours may be one of theirs: the same day, or year where no day is known."""
    return any(
        one == other if len(one) == len(other) else one[:4] == other[:4]
        for one in ours
        for other in theirs
    )
