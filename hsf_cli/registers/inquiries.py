"""Inquiries: a first call taken, the home visit, talks while a family waits, the case closed."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from hsf_cli import dates
from hsf_cli.change import Change
from hsf_cli.errors import Stopped, WrongUse
from hsf_cli.likeness import (
    CHILDREN,
    FAMILIES,
    Child,
    Family,
    children_of,
    likeness,
    recorded,
    told,
)
from hsf_cli.records import KINDS, numbered
from hsf_cli.registers import drafts, editing
from hsf_cli.registers.children import kept, of_family
from hsf_cli.registers.department import coordinators
from hsf_cli.registers.lookup import name_of
from hsf_cli.rules import Finding
from hsf_cli.store import Row, Store

# The ids of inquiries whose case is open.
OPEN = "SELECT id FROM inquiry WHERE closed_on IS NULL"
NOT_VISITED = f"{OPEN} AND visited_on IS NULL"

_LIST = f"""
SELECT inquiry.id AS number, {KINDS["inquiry"].id_sql} AS id, {KINDS["family"].id_sql} AS family,
       family.name AS family_name, received_on, source, visited_on, closed_on, closed_reason,
       coordinator, contact, area
  FROM inquiry JOIN family ON family.id = inquiry.family_id
 ORDER BY received_on, inquiry.id
"""


class Overlap(Stopped):
    """Two cases of one family would be open on the same day."""


class AlreadyOpen(Stopped):
    """A family that has an open case would have another."""


class Double(NamedTuple):
    """A family that is here already and may be the one that calls."""

    number: int
    text: str


class Received(NamedTuple):
    """What became of a call: the inquiry, and what it told of a family that was here."""

    family: int
    number: int
    # What the family's record said before, by field, where the call said something else.
    before: Mapping[str, Any]
    # How many of the children the family had already.
    same_children: int


def inquiries(store: Store) -> list[dict[str, Any]]:
    """Every inquiry, the oldest first."""
    return numbered("inquiry", store.rows(_LIST))


def talks(store: Store, inquiry: int) -> list[Row]:
    """The talks noted on an inquiry, in the order they were had."""
    return store.rows("SELECT * FROM talk WHERE inquiry_id = :n ORDER BY talked_on, id", n=inquiry)


def usual_coordinator(store: Store) -> dict[str, str]:
    """The coordinator to suggest: the one of the newest inquiry, of those the department has."""
    with store.looking():
        last = store.value(
            "SELECT coordinator FROM inquiry WHERE coordinator IS NOT NULL ORDER BY id DESC LIMIT 1"
        )
        known = coordinators(store)
    name = last if last in known or not known else known[0]
    return {"coordinator": name} if name else {}


def likely_doubles(
    store: Store, about: Mapping[str, Any], children: Iterable[Child]
) -> list[Double]:
    """The families that are here already and like the one that is told of."""
    calling = told(about, children)
    return store.relying_on(lambda: _like(store, calling))


def _like(store: Store, calling: Family) -> list[Double]:
    found = []
    children = children_of(store.rows(CHILDREN))
    for row in store.rows(FAMILIES):
        if words := likeness(calling, recorded(row, children[row["id"]])).words:
            same = ", ".join(f"samme {word}" for word in words)
            name = f"{KINDS['family'].name(row['id'])} {row['name']}"
            found.append(Double(row["id"], f"{name} ({same})"))
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
    """Raises AlreadyOpen where the family has an open inquiry."""
    number = open_inquiry(store, family)
    if number is not None and number != but:
        raise AlreadyOpen(
            f"Familien har allerede en åpen henvendelse, {name_of(store, 'inquiry', number)}.",
            "Ingenting er lagret. Noter samtalen på den: "
            f"hsf henvendelse kontaktet {KINDS['inquiry'].name(number)}",
        )


def received(
    store: Store,
    change: Change,
    inquiry: Mapping[str, Any],
    *,
    family: int | None,
    about_family: Mapping[str, Any],
    children: Sequence[Mapping[str, Any]],
) -> Received:
    """Adds an inquiry, with its family where it is new."""
    before: Mapping[str, Any] = {}
    if family is None:
        family = change.insert("family", **about_family)
    else:
        before = _told_anew(store, change, family, about_family)
    same_children = kept(store, change, family, children)
    number = change.insert("inquiry", family_id=family, **inquiry)
    return Received(family, number, before, same_children)


def called_again(
    store: Store,
    change: Change,
    number: int,
    talk: Mapping[str, Any],
    *,
    about_family: Mapping[str, Any],
    children: Sequence[Mapping[str, Any]],
) -> Received:
    """Adds a talk to an open inquiry, and what the family told of itself."""
    family = editing.record(store, "inquiry", number)["family_id"]
    before = _told_anew(store, change, family, about_family)
    same_children = kept(store, change, family, children)
    change.insert("talk", inquiry_id=number, **talk)
    return Received(family, number, before, same_children)


def _told_anew(
    store: Store, change: Change, family: int, about: Mapping[str, Any]
) -> Mapping[str, Any]:
    """Writes what was told of a family that is here already; gives what its record said before.

    What was told goes before what was known; a blank tells nothing.
    """
    present = editing.record(store, "family", family)
    told = {name: value for name, value in about.items() if value is not None}
    differing = editing.differing(present, told)
    if differing:
        change.update("family", family, **differing)
    return {name: present[name] for name in differing}


def births(store: Store, family: int, but: int | None = None) -> list[str]:
    """When a family's children were born, as it is stored; all of them, or all but one."""
    return [child["born"] for child in of_family(store, family) if child["id"] != but]


def refuse_closed(store: Store, number: int) -> None:
    """Raises Stopped where a case is closed."""
    closed_on = store.value("SELECT closed_on FROM inquiry WHERE id = :number", number=number)
    if closed_on:
        short = KINDS["inquiry"].name(number)
        raise Stopped(
            f"{name_of(store, 'inquiry', number)} er avsluttet {dates.written(closed_on)}.",
            f'Åpne den igjen: hsf henvendelse endre {short} --avsluttet "" --avslutningsgrunn ""',
        )


def refuse_half_closed(inquiry: Mapping[str, Any]) -> None:
    """Raises WrongUse where a case has the day it was closed and no reason, or the other way."""
    if bool(inquiry.get("closed_on")) != bool(inquiry.get("closed_reason")):
        raise WrongUse(
            "Dagen saken ble avsluttet, og grunnen, hører sammen.",
            "Skriv eller tøm både --avsluttet og --avslutningsgrunn.",
        )


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
    """Raises Stopped where the talk would be before the inquiry came."""
    received_on = store.value("SELECT received_on FROM inquiry WHERE id = :n", n=inquiry)
    if day < received_on:
        raise Stopped(
            f"Samtalen kan ikke ha vært før henvendelsen kom, {dates.written(received_on)}.",
            "Rett --dato.",
        )


def refuse_edit(store: Store, number: int, after: Mapping[str, Any]) -> None:
    """Raises where an inquiry, as it would be, does not go with the others or its assignments."""
    first = store.value("SELECT min(started_on) FROM assignment WHERE inquiry_id = :n", n=number)
    if first and first < after["received_on"]:
        raise Stopped(
            f"Henvendelsen kan ikke ha kommet etter at oppdraget startet, {dates.written(first)}.",
            "Rett --mottatt, eller rett oppdraget først.",
        )
    differs = editing.differing(editing.record(store, "inquiry", number), after)
    if differs.keys() & {"closed_on", "closed_reason"}:
        refuse_half_closed(after)
    if after["closed_on"] is None:
        refuse_second(store, after["family_id"], but=number)
    else:
        refuse_closing(store, number, after["closed_on"])
    if differs.keys() & {"received_on", "closed_on", "family_id"}:
        refuse_overlap(store, after["family_id"], after, but=number)


def refuse_overlap(
    store: Store, family: int, case: Mapping[str, Any], but: int | None = None
) -> None:
    """Raises Overlap where two cases of one family would be open on the same day."""
    rows = store.rows(
        "SELECT id, received_on, closed_on FROM inquiry"
        " WHERE family_id = :family AND id IS NOT :but"
        "   AND received_on < coalesce(:closed_on, '9999')"
        "   AND coalesce(closed_on, '9999') > :received_on",
        family=family,
        but=but,
        received_on=case["received_on"],
        closed_on=case.get("closed_on"),
    )
    for other in rows:
        closed = f" til {dates.written(other['closed_on'])}" if other["closed_on"] else ""
        raise Overlap(
            "En familie har bare én åpen sak om gangen, og "
            f"{KINDS['inquiry'].name(other['id'])} var åpen fra "
            f"{dates.written(other['received_on'])}{closed}.",
            "Rett dagene, eller bruk den henvendelsen.",
        )


def forget_if_closed(_: Store, change: Change, number: int, after: Mapping[str, Any]) -> None:
    """Takes away the answers of a broken-off interview where a case is closed."""
    if after["closed_on"]:
        drafts.forget(change, "inquiry", number)
