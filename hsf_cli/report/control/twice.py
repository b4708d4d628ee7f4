"""Families and volunteers that are recorded twice: how they are alike, and what mends each."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import merge
from operator import attrgetter
from typing import NamedTuple

from hsf_cli.likeness import (
    FAMILIES,
    address_letters,
    children_of,
    likeness,
    marks,
    recorded,
)
from hsf_cli.records import KINDS
from hsf_cli.report.control.findings import Finding, Weight, about
from hsf_cli.report.control.year import Year
from hsf_cli.spelling import folded
from hsf_cli.store import Row
from hsf_cli.texts import listed, phone_digits

# The volunteers of whom more is known than what many share.
_VOLUNTEERS = """
SELECT id, imported_id, name, phone, email, address, born FROM volunteer
 WHERE phone IS NOT NULL OR email IS NOT NULL OR address IS NOT NULL OR born LIKE '%-%'
 ORDER BY id
"""
# The families that the report of the year tells of: with an assignment in it, or an inquiry. (The
# sign keeps the plan from going by when it was received.)
_TOLD_OF = """
SELECT family_id FROM inquiry
 WHERE +received_on <= :last AND (closed_on IS NULL OR closed_on >= :first)
"""
# The children that can be one with a child of those families: born in a year that one of them was.
_CHILDREN = """
SELECT family_id, name, born FROM child
 WHERE substr(born, 1, 4) IN (
           SELECT substr(c.born, 1, 4)
             FROM json_each(:families) f JOIN child c ON c.family_id = f.value)
 ORDER BY id
"""
# The families that were taken in as new ones, with a reason, though they were like an earlier one.
_TAKEN_IN = """
SELECT coalesce(e.family_id, i.family_id)
  FROM rule_exception e LEFT JOIN inquiry i ON i.id = e.inquiry_id
 WHERE e.rule = 'dobbelt'
"""
# What a record may have in common with another that is the same.
_Mark = tuple[str, ...]


class _Marked(NamedTuple):
    """A record with its marks."""

    record: Row
    marks: Sequence[_Mark]

    @property
    def number(self) -> int:
        """Its number."""
        return int(self.record["id"])


_number = attrgetter("number")
_Earlier = defaultdict[_Mark, list[_Marked]]


@dataclass(frozen=True)
class _Double:
    """A record that seems to be an earlier one."""

    record: Row
    earlier: Row
    # The first of them all, which is the one to keep.
    first: Row
    # In words.
    alike: Sequence[str]


def twice(year: Year) -> Iterator[Finding]:
    """The families and the volunteers of the year that are recorded twice."""
    yield from _families(year)
    yield from _volunteers(year)


def _families(year: Year) -> Iterator[Finding]:
    told_of = {row["id"] for row in year.population("families")}
    told_of.update(row[0] for row in year.store.rows(_TOLD_OF, **year.days))
    taken_in = {row[0] for row in year.store.rows(_TAKEN_IN)}
    children = children_of(year.store.rows(_CHILDREN, families=json.dumps([*told_of])))

    def alike(one: _Marked, earlier: _Marked) -> Sequence[str]:
        found = likeness(*(recorded(row, children[row["id"]]) for row, _ in (one, earlier)))
        return found.words if found.strong and one.record["id"] not in taken_in else ()

    def marks_of(row: Row) -> Iterator[_Mark]:
        return marks(row, children[row["id"]])

    found = _doubles(year.store.rows(FAMILIES), told_of, marks_of, alike)
    yield from _told("family", "samme_familie", "families.total", "familie", found)


def _volunteers(year: Year) -> Iterator[Finding]:
    told_of = {row["id"] for row in year.population("volunteers")}
    found = _doubles(_of_one_name(year.store.rows(_VOLUNTEERS), told_of), told_of, _marks, _same)
    yield from _told("volunteer", "samme_familiekontakt", "volunteers.total", "kontakt", found)


def _told(
    table: str, code: str, key: str, group: str, found: Sequence[_Double]
) -> Iterator[Finding]:
    """The finding for all that are recorded twice; none where nobody is."""
    if not found:
        return
    kind = KINDS[table]
    yield Finding(
        Weight.IMPROBABLE,
        code,
        f"{kind.counted(len(found))} ser ut til å være ført to ganger",
        "Se på begge. Er de én, så slå dem sammen; alt fra begge blir tatt vare på.",
        key=key,
        records=tuple(
            about(
                kind,
                one.record,
                f"samme {listed(one.alike)} som {kind.name(one.earlier['id'])}",
                f"hsf {group} slå-sammen {kind.name(one.first['id'])} {{}}",
            )
            for one in found
        ),
    )


def _doubles(
    rows: Sequence[Row],
    told_of: set[int],
    marks_of: Callable[[Row], Iterable[_Mark]],
    alike: Callable[[_Marked, _Marked], Sequence[str]],
) -> list[_Double]:
    """Each record that is like an earlier one, where at least one of the two is told of.

    They come in the order of their numbers. Only those are compared that have a mark in common,
    the earliest first; of thousands, few share one with a record that is told of.
    """
    looked_for = {mark for row in rows if row["id"] in told_of for mark in marks_of(row)}
    found = []
    first_of: dict[int, Row] = {}
    # The earlier ones by their marks: of all, and of those that are told of.
    all_earlier: _Earlier = defaultdict(list)
    told_earlier: _Earlier = defaultdict(list)
    for row in rows:
        if looked_for.isdisjoint(marks_of(row)):
            continue
        one = _Marked(row, [*marks_of(row)])
        is_told_of = one.number in told_of
        first_of[one.number] = row
        near = all_earlier if is_told_of else told_earlier
        for earlier in merge(*(near[mark] for mark in one.marks), key=_number):
            if words := alike(one, earlier):
                first = first_of[one.number] = first_of[earlier.number]
                found.append(_Double(row, earlier.record, first, words))
                break
        for mark in looked_for.intersection(one.marks):
            all_earlier[mark].append(one)
            if is_told_of:
                told_earlier[mark].append(one)
    return found


def _of_one_name(rows: Iterable[Row], told_of: set[int]) -> list[Row]:
    """Those that share their name with one that is told of, or are told of.

    They are few, and nothing need be made of the rest.
    """
    named = [(row, folded(row["name"])) for row in rows]
    looked_for = {name for row, name in named if row["id"] in told_of}
    return [row for row, name in named if name in looked_for]


def _same(one: _Marked, other: _Marked) -> Sequence[str]:
    """How two volunteers that share a mark are alike, with a word for all that is the same."""
    return ["navn", *(word for name, word, mark in one.marks if (name, word, mark) in other.marks)]


def _marks(volunteer: Row) -> Iterator[tuple[str, str, str]]:
    """What tells a volunteer from others of the name; a year of birth is shared by many."""
    name = folded(volunteer["name"])
    if volunteer["phone"]:
        yield name, "telefon", phone_digits(volunteer["phone"])
    if volunteer["email"]:
        yield name, "e-post", volunteer["email"].casefold()
    if volunteer["address"]:
        yield name, "adresse", address_letters(volunteer["address"])
    if volunteer["born"] and "-" in volunteer["born"]:
        yield name, "fødselsdato", volunteer["born"]
