"""Families and volunteers that are recorded twice: how they are alike, and what mends each."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from hsf_cli.likeness import (
    CHILDREN,
    FAMILIES,
    VOLUNTEER_TWICE,
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

_VOLUNTEERS = "SELECT id, imported_id, name, phone, email, address, born FROM volunteer ORDER BY id"
# The families that the report of the year tells of: with an assignment in it, or an inquiry. (The
# sign keeps the plan from going by when it was received.)
_TOLD_OF = """
SELECT family_id FROM inquiry
 WHERE +received_on <= :last AND (closed_on IS NULL OR closed_on >= :first)
"""
# The families that were taken in as new ones, with a reason, though they were like an earlier one.
_TAKEN_IN = """
SELECT coalesce(e.family_id, i.family_id)
  FROM rule_exception e LEFT JOIN inquiry i ON i.id = e.inquiry_id
 WHERE e.rule = 'dobbelt'
"""


class _Marked(NamedTuple):
    """A record, and what it may have in common with another that is the same."""

    record: Row
    marks: Sequence[tuple[str, ...]]


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
    kind = KINDS["family"]
    told_of = {row["id"] for row in year.population("families")}
    told_of.update(row[0] for row in year.store.rows(_TOLD_OF, **year.days))
    taken_in = {row[0] for row in year.store.rows(_TAKEN_IN)}
    children = children_of(year.store.rows(CHILDREN))

    def alike(one: _Marked, earlier: _Marked) -> Sequence[str]:
        found = likeness(*(recorded(row, children[row["id"]]) for row, _ in (one, earlier)))
        return found.words if found.strong and one.record["id"] not in taken_in else ()

    marked = (_Marked(row, [*marks(row, children[row["id"]])]) for row in year.store.rows(FAMILIES))
    found = _doubles(marked, told_of, alike)
    if found:
        yield Finding(
            Weight.IMPROBABLE,
            "samme_familie",
            f"{kind.counted(len(found))} ser ut til å være ført to ganger",
            "Se på begge. Er de én, så slå dem sammen; alt fra begge blir tatt vare på.",
            key="families.total",
            records=tuple(
                about(
                    kind,
                    one.record,
                    _as_earlier(one, kind.name(one.earlier["id"])),
                    f"hsf familie slå-sammen {kind.name(one.first['id'])} {{}}",
                )
                for one in found
            ),
        )


def _volunteers(year: Year) -> Iterator[Finding]:
    kind = KINDS["volunteer"]
    told_of = {row["id"] for row in year.population("volunteers")}
    rows = _of_one_name(year.store.rows(_VOLUNTEERS), told_of)
    found = _doubles((_Marked(row, [*_marks(row)]) for row in rows), told_of, _same)
    if found:
        yield Finding(
            Weight.IMPROBABLE,
            "samme_familiekontakt",
            f"{kind.counted(len(found))} ser ut til å være ført to ganger",
            VOLUNTEER_TWICE,
            key="volunteers.total",
            records=tuple(
                about(
                    kind,
                    one.record,
                    _as_earlier(one, kind.name(one.earlier["id"])),
                    "hsf kontakt slett {}",
                )
                for one in found
            ),
        )


def _doubles(
    those: Iterable[_Marked],
    told_of: set[int],
    alike: Callable[[_Marked, _Marked], Sequence[str]],
) -> list[_Double]:
    """Each record that is like an earlier one, where at least one of the two is told of.

    They come in the order of their numbers, and only those are compared that have a mark in
    common, the earliest first.
    """
    those = [*those]
    times = Counter(chain.from_iterable(one.marks for one in those))
    shared = {mark for mark in times if times[mark] > 1}
    found = []
    marked: defaultdict[tuple[str, ...], list[_Marked]] = defaultdict(list)
    first_of: dict[int, Row] = {}
    for one in (one for one in those if not shared.isdisjoint(one.marks)):
        number = _number(one)
        first_of[number] = one.record
        near = [marked[mark] for mark in one.marks if mark in marked]
        for earlier in sorted(chain.from_iterable(near), key=_number) if near else ():
            if words := alike(one, earlier):
                first = first_of[number] = first_of[_number(earlier)]
                if not told_of.isdisjoint((number, _number(earlier))):
                    found.append(_Double(one.record, earlier.record, first, words))
                break
        for mark in shared.intersection(one.marks):
            marked[mark].append(one)
    return found


def _number(one: _Marked) -> int:
    return int(one.record["id"])


def _of_one_name(rows: Sequence[Row], told_of: set[int]) -> list[Row]:
    """Those that share their name with another, where at least one of the name is told of.

    They are few, and nothing need be made of the rest.
    """
    names = [folded(row["name"]) for row in rows]
    times = Counter(names)
    named = [*zip(rows, names, strict=True)]
    looked_for = {name for row, name in named if row["id"] in told_of and times[name] > 1}
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


def _as_earlier(double: _Double, number: str) -> str:
    return f"samme {listed(double.alike)} som {number}"
