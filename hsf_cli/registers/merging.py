"""Two records of one family joined into one, and everything of both kept."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hsf_cli import dates
from hsf_cli.change import Change
from hsf_cli.codes import code_list
from hsf_cli.errors import WrongUse
from hsf_cli.records import KINDS, tombstone
from hsf_cli.registers import children, drafts, editing
from hsf_cli.registers.soundness import SEVERAL
from hsf_cli.spelling import lower_first
from hsf_cli.store import Row, Store

# What refers to a family and simply moves along.
_MOVED = ("consent", "concern_report", "rule_exception")
_NOT_COMPARED = {"id", "imported_id", "note", *SEVERAL}
# What both inquiries may have, and how the note puts what the later one has.
_ALSO = {"contact": "Ring også tilbake til", "coordinator": "Koordinator var også"}


@dataclass(frozen=True)
class Merged:
    """What became of two records of one family."""

    # The fields where both had something else; what the other record said is kept in the note.
    in_note: tuple[str, ...]
    # Children that were on both records.
    same_children: int
    # Whether both had an open inquiry, which are one now.
    one_inquiry: bool
    # Running assignments by one and the same volunteer, who was on both records.
    same_volunteer: tuple[tuple[int, ...], ...]


def merged(store: Store, change: Change, kept: int, other: int, said: Mapping[str, str]) -> Merged:
    """Moves everything of the other record to the one that is kept, and removes the other.

    `said` has, by field, how to put what the other record said where both said something.
    Raises WrongUse for a family and itself.
    """
    if kept == other:
        raise WrongUse("Det er samme familie to ganger.", "Skriv to familier.")
    ours = editing.record(store, "family", kept)
    theirs = editing.record(store, "family", other)
    conflicts = _conflicts(ours, theirs)
    change.update("family", kept, **_joined(ours, theirs, [said[name] for name in conflicts]))
    same_children = _move_children(store, change, kept, other)
    one_inquiry = _move_inquiries(store, change, kept, other)
    for table in _MOVED:
        change.update_where(table, "family_id", other, family_id=kept)
    _move_activities(store, change, kept, other)
    change.delete("family", other)
    drafts.forget(change, "family", other)
    _bury(store, change, "family", theirs)
    return Merged(tuple(conflicts), same_children, one_inquiry, _same_volunteer(store, kept))


def _conflicts(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> list[str]:
    """The fields where both records say something, and not the same."""
    return [
        name
        for name, value in theirs.items()
        if name not in _NOT_COMPARED
        and value is not None
        and ours[name] is not None
        and ours[name] != value
    ]


def _joined(ours: Mapping[str, Any], theirs: Mapping[str, Any], said: list[str]) -> dict[str, Any]:
    """What the kept record holds afterwards: its own, what only the other had, and both's codes."""
    values = {
        name: value
        for name, value in theirs.items()
        if name not in _NOT_COMPARED and ours[name] is None and value is not None
    }
    for name, codes in SEVERAL.items():
        both = {*json.loads(ours[name]), *json.loads(theirs[name])}
        values[name] = json.dumps(code_list(codes).in_order(both), ensure_ascii=False)
    notes = [text for text in (ours["note"], theirs["note"], "\n".join(said)) if text]
    values["note"] = "\n".join(notes) or None
    return values


def _move_children(store: Store, change: Change, kept: int, other: int) -> int:
    """Moves the children; one that is on both records is kept once, with all that is known."""
    ours, theirs = children.of_family(store, kept), children.of_family(store, other)
    same = 0
    for child, here in zip(theirs, children.recognised(ours, theirs), strict=True):
        if here is None:
            change.update("child", child["id"], family_id=kept)
            continue
        same += 1
        needs = _either(here["special_needs"], child["special_needs"])
        after = {**children.completed(here, child), "special_needs": needs}
        change.update("child", here["id"], **after)
        change.delete("child", child["id"])
        _bury(store, change, "child", child)
    return same


def _either(one: int | None, other: int | None) -> int | None:
    """Yes where one of the two says so, no where only that is said, blank where neither does."""
    return max((value for value in (one, other) if value is not None), default=None)


def _move_inquiries(store: Store, change: Change, kept: int, other: int) -> bool:
    """Moves the inquiries. Two that are open are one case, called in twice: they become one."""
    sql = "SELECT * FROM inquiry WHERE family_id = :family AND closed_on IS NULL"
    open_ones = [row for family in (kept, other) for row in store.rows(sql, family=family)]
    if len(open_ones) < 2:
        change.update_where("inquiry", "family_id", other, family_id=kept)
        return False
    first, second = sorted(open_ones, key=lambda row: (row["received_on"], row["id"]))
    for table in ("assignment", "talk", "rule_exception"):
        change.update_where(table, "inquiry_id", second["id"], inquiry_id=first["id"])
    change.delete("inquiry", second["id"])
    drafts.forget(change, "inquiry", second["id"])
    _bury(store, change, "inquiry", second)
    visits = [row["visited_on"] for row in open_ones if row["visited_on"]]
    notes = [text for text in (first["note"], second["note"], _also_told(first, second)) if text]
    change.update_where("inquiry", "family_id", other, family_id=kept)
    change.update(
        "inquiry",
        first["id"],
        visited_on=min(visits, default=None),
        source=first["source"] or second["source"],
        contact=first["contact"] or second["contact"],
        coordinator=first["coordinator"] or second["coordinator"],
        note="\n".join(notes),
    )
    return True


def _also_told(first: Row, second: Row) -> str:
    """What the later of two inquiries said that the one they become has no room for."""
    told = f"Meldt også {dates.written(second['received_on'])}"
    if second["source"]:
        told += f" av {lower_first(code_list('inquiry_source').labels[second['source']])}"
    sentences = [f"{told}."]
    visits = {row["visited_on"] for row in (first, second) if row["visited_on"]}
    if len(visits) > 1:
        sentences.append(f"Hjemmebesøk også {dates.written(max(visits))}.")
    sentences += [
        f"{words}: {second[field]}."
        for field, words in _ALSO.items()
        if second[field] and first[field] not in (None, second[field])
    ]
    return " ".join(sentences)


def _same_volunteer(store: Store, family: int) -> tuple[tuple[int, ...], ...]:
    """The running assignments of a family that are by one volunteer, where there are several."""
    rows = store.rows(
        "SELECT json_group_array(a.id ORDER BY a.id) AS numbers"
        "  FROM assignment a JOIN inquiry i ON i.id = a.inquiry_id"
        " WHERE i.family_id = :family AND a.ended_on IS NULL"
        " GROUP BY a.volunteer_id HAVING count(*) > 1 ORDER BY min(a.id)",
        family=family,
    )
    return tuple(tuple(json.loads(row["numbers"])) for row in rows)


def _move_activities(store: Store, change: Change, kept: int, other: int) -> None:
    """Moves the activities; one that both records are on is kept once."""
    sql = "SELECT id, activity_id FROM activity_family WHERE family_id = :family"
    ours = {row["activity_id"] for row in store.rows(sql, family=kept)}
    for row in store.rows(sql, family=other):
        if row["activity_id"] in ours:
            change.delete("activity_family", row["id"])
        else:
            change.update("activity_family", row["id"], family_id=kept)


def _bury(store: Store, change: Change, table: str, row: Mapping[str, Any] | Row) -> None:
    """Lets an old file that still has the record say so, and not bring it back."""
    for id in (row["imported_id"], KINDS[table].name(row["id"])):
        if id:
            change.bury(table, tombstone(store.salt, table, id))
