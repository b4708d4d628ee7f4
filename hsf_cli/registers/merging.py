"""Two records of one family joined into one, and everything of both kept."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hsf_cli import dates
from hsf_cli.change import Change
from hsf_cli.codes import code_list
from hsf_cli.registers import children, drafts, editing, joining
from hsf_cli.registers.joining import Said
from hsf_cli.registers.soundness import SEVERAL
from hsf_cli.spelling import lower_first
from hsf_cli.store import Row, Store

# What refers to a family and simply moves along.
_MOVED = ("consent", "concern_report", "rule_exception")
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


def merged(store: Store, change: Change, kept: int, other: int, said: Said) -> Merged:
    """Moves everything of the other record to the one that is kept, and removes the other."""
    ours = editing.record(store, "family", kept)
    theirs = editing.record(store, "family", other)
    conflicts = joining.conflicts(ours, theirs, SEVERAL)
    change.update(
        "family", kept, **_joined(ours, theirs, [said[other][name] for name in conflicts])
    )
    same_children = _move_children(store, change, kept, other)
    one_inquiry = _move_inquiries(store, change, kept, other)
    for table in _MOVED:
        change.update_where(table, "family_id", other, family_id=kept)
    _move_activities(store, change, kept, other)
    change.delete("family", other)
    drafts.forget(change, "family", other)
    joining.bury(store, change, "family", theirs, into=kept)
    return Merged(tuple(conflicts), same_children, one_inquiry, _same_volunteer(store, kept))


def _joined(ours: Mapping[str, Any], theirs: Mapping[str, Any], said: list[str]) -> dict[str, Any]:
    """What the kept record holds afterwards: its own, what only the other had, and both's codes."""
    values = joining.completed(ours, theirs, SEVERAL)
    for name, codes in SEVERAL.items():
        both = {*json.loads(ours[name]), *json.loads(theirs[name])}
        values[name] = json.dumps(code_list(codes).in_order(both), ensure_ascii=False)
    values["note"] = joining.note(ours["note"], theirs["note"], *said)
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
        joining.bury(store, change, "child", child)
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
    joining.bury(store, change, "inquiry", second)
    visits = [row["visited_on"] for row in open_ones if row["visited_on"]]
    change.update_where("inquiry", "family_id", other, family_id=kept)
    change.update(
        "inquiry",
        first["id"],
        visited_on=min(visits, default=None),
        source=first["source"] or second["source"],
        contact=first["contact"] or second["contact"],
        coordinator=first["coordinator"] or second["coordinator"],
        note=joining.note(first["note"], second["note"], _also_told(first, second)),
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
