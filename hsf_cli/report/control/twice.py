"""Families and volunteers that are recorded twice: of one name, and alike in something else."""

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from hsf_cli.records import KINDS
from hsf_cli.report.control.findings import Finding, Weight, about
from hsf_cli.report.control.year import Year
from hsf_cli.spelling import folded
from hsf_cli.store import Row, Store
from hsf_cli.texts import listed, phone_digits

_FAMILIES = "SELECT id, imported_id, name, phone, email, address FROM family ORDER BY id"
_VOLUNTEERS = "SELECT id, imported_id, name, phone, email, address, born FROM volunteer ORDER BY id"
# The families that the report of the year tells of: with an assignment in it, or an inquiry.
_TOLD_OF = """
SELECT family_id FROM inquiry
 WHERE received_on <= :last AND (closed_on IS NULL OR closed_on >= :first)
"""
_CHILDREN = """
SELECT family_id, name, born FROM child
 WHERE family_id IN (SELECT value FROM json_each(:families))
"""

# What is the same of two records, in a word, and what it is.
Mark = tuple[str, str]


@dataclass(frozen=True)
class _Double:
    """A record that seems to be an earlier one."""

    record: Row
    earlier: Row
    # The first of them all, which is the one to keep.
    first: Row
    alike: tuple[str, ...]


def twice(year: Year) -> Iterator[Finding]:
    """The families and the volunteers of the year that are recorded twice."""
    yield from _families(year)
    yield from _volunteers(year)


def _families(year: Year) -> Iterator[Finding]:
    kind = KINDS["family"]
    told_of = {row["id"] for row in year.population("families")}
    told_of.update(row[0] for row in year.store.rows(_TOLD_OF, **year.days))
    alike = _of_one_name(year.store.rows(_FAMILIES), told_of)
    children = _children(year.store, [row["id"] for rows in alike for row in rows])
    found = _doubles(alike, told_of, lambda row: [*_marks(row), *children.get(row["id"], ())])
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
    alike = _of_one_name(year.store.rows(_VOLUNTEERS), told_of)
    found = _doubles(alike, told_of, lambda row: [*_marks(row), *_birthday(row)])
    if found:
        yield Finding(
            Weight.IMPROBABLE,
            "samme_familiekontakt",
            f"{kind.counted(len(found))} ser ut til å være ført to ganger",
            "Er de én, så flytt oppdrag, kurs og timer til den ene, og slett den andre.",
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


def _of_one_name(rows: Sequence[Row], told_of: Collection[int]) -> list[list[Row]]:
    """Those that share a name, where at least one of them is told of."""
    named: dict[str, list[Row]] = {}
    for row in rows:
        named.setdefault(folded(row["name"]), []).append(row)
    return [
        rows
        for rows in named.values()
        if len(rows) > 1 and any(row["id"] in told_of for row in rows)
    ]


def _doubles(
    alike: Sequence[Sequence[Row]],
    told_of: Collection[int],
    marks: Callable[[Row], Sequence[Mark]],
) -> list[_Double]:
    """Each record that has something in common with an earlier one of the same name."""
    found = []
    for rows in alike:
        marked: dict[Mark, Row] = {}
        first_of: dict[int, Row] = {}
        for row in rows:
            own = marks(row)
            earlier = min(
                (marked[mark] for mark in own if mark in marked),
                key=lambda one: int(one["id"]),
                default=None,
            )
            first_of[row["id"]] = row if earlier is None else first_of[earlier["id"]]
            if earlier is not None and (row["id"] in told_of or earlier["id"] in told_of):
                same = dict.fromkeys(word for word, what in own if (word, what) in marked)
                found.append(_Double(row, earlier, first_of[row["id"]], tuple(same)))
            for mark in own:
                marked.setdefault(mark, row)
    return sorted(found, key=lambda one: int(one.record["id"]))


def _marks(row: Row) -> Iterator[Mark]:
    if row["phone"]:
        yield "telefon", phone_digits(row["phone"])
    if row["email"]:
        yield "e-post", row["email"].casefold()
    if row["address"]:
        yield "adresse", "".join(filter(str.isalnum, folded(row["address"])))


def _birthday(row: Row) -> Iterator[Mark]:
    """A day of birth; a year alone is shared by many."""
    if row["born"] and "-" in row["born"]:
        yield "fødselsdato", row["born"]


def _children(store: Store, families: Sequence[int]) -> Mapping[int, list[Mark]]:
    """What tells the children of each family from others: the name and year, or the day of birth.

    A child without either could be anybody's.
    """
    found: dict[int, list[Mark]] = {}
    for child in store.rows(_CHILDREN, families=json.dumps(families)):
        marks = found.setdefault(child["family_id"], [])
        if child["name"]:
            marks.append(("barn", f"{folded(child['name'])} {child['born'][:4]}"))
        if "-" in child["born"]:
            marks.append(("barn", child["born"]))
    return found


def _as_earlier(double: _Double, number: str) -> str:
    return f"samme {listed(['navn', *double.alike])} som {number}"
