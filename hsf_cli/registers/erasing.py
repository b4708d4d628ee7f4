"""Somebody anonymised, or erased: in the records, in the log of changes, and between the two.

Anonymising keeps what the years' figures are counted from: codes, days, hours, the year of birth,
and who belongs to whom. The rest goes, in every state that the log remembers too, so that each of
them counts as it did. Erasing removes all of it, and the log forgets what it was.

Neither can be taken back. The change set holds what happened to which record, never what it was.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from hsf_cli.change import Change
from hsf_cli.errors import NoDepartment, Stopped
from hsf_cli.records import KINDS, tombstone
from hsf_cli.registers import drafts, mentions
from hsf_cli.registers.editing import differing, record
from hsf_cli.registers.history import ERASING, Erasing
from hsf_cli.registers.remembered import held, logged, present
from hsf_cli.store import Store
from hsf_cli.whose import Records, ever, now, placeholder

# What stands where a text was that the schema does not let go.
REMOVED = "(fjernet)"

# Gives what stands in a field afterwards, from the record's number and what it was.
_Instead = Callable[[int, Any], Any]


def _nothing(_number: int, _value: Any) -> None:
    return None


def _removed(_number: int, value: Any) -> str | None:
    return None if value is None else REMOVED


def _year(_number: int, born: str | None) -> str | None:
    return born and born[:4]


def _called(table: str) -> _Instead:
    return lambda number, _: placeholder(table, number)


def _fields(*gone: str, **instead: _Instead) -> Mapping[str, _Instead]:
    """An imported id may be a name or worse, so it always goes."""
    return {**dict.fromkeys(("imported_id", *gone), _nothing), **instead}


_WHERE_AND_HOW = ("phone", "email", "address", "area", "language", "prefers", "note")

# What is taken of each kind of record. All else is codes, days, numbers and other records.
TAKEN: Mapping[str, Mapping[str, _Instead]] = {
    "family": _fields(
        *_WHERE_AND_HOW, "contact_person", "challenges_other", "support_other", "network_other",
        "found_us_other", name=_called("family"),
    ),
    "child": _fields("name", born=_year),
    "inquiry": _fields("closed_other", "coordinator", "note", "contact"),
    "talk": _fields("note"),
    "consent": _fields(shared_with=_removed, what=_removed),
    "concern_report": _fields(),
    "volunteer": _fields(
        *_WHERE_AND_HOW, "certificate_seen_by", "capacity", "occupation_other", "found_us_other",
        name=_called("volunteer"), born=_year,
    ),
    "earlier_period": _fields(),
    "pause": _fields(),
    "course_registration": _fields(),
    "attendance": _fields(),
    "assignment": _fields("end_other"),
    "extension": _fields(reason=_removed),
    "follow_up": _fields("note"),
    "activity_family": _fields(),
    "hours": _fields("kind_other"),
    "rule_exception": _fields(reason=_removed),
}  # fmt: skip


# Where what lasts has its end, and where a day is on another record.
_ENDS = {"inquiry": "closed_on", "assignment": "ended_on", "volunteer": "left_on"}
_DAYS_ELSEWHERE = {
    "activity_family": """
        SELECT held_on FROM activity
         WHERE id = (SELECT activity_id FROM activity_family WHERE id = :number)""",
    "course_registration": """
        SELECT starts_on FROM course
         WHERE id = (SELECT course_id FROM course_registration WHERE id = :number)""",
}


def erases(store: Store, table: str, number: int, *, how: Erasing) -> Records:
    """Everything that goes, or is anonymised, with a family or volunteer; what the log has too.

    An assignment of a volunteer is the family's as well: it is erased with either of them, and
    anonymised with the family alone.
    """
    also = ("assignment",) if (how, table) == ("slettet", "volunteer") else ()
    return ever(store, table, number, *also)


def anonymised(
    store: Store, people: Sequence[tuple[str, int]], also: Iterable[mentions.Mention] = ()
) -> None:
    """Anonymises families and volunteers, by kind and number, in one change set.

    `also` are places in other records' texts where they are mentioned, which are blotted out.
    """
    _erase(store, "anonymisert", people, also)


def erased(store: Store, table: str, number: int, also: Iterable[mentions.Mention] = ()) -> None:
    """Removes a family or volunteer with everything of theirs, and lets the log forget it."""
    _erase(store, "slettet", [(table, number)], also)


def _erase(
    store: Store,
    how: Erasing,
    people: Sequence[tuple[str, int]],
    also: Iterable[mentions.Mention],
) -> None:
    store.before_change = None  # no copy is made of what is to go
    with store.change(ERASING[how]) as change:
        mentions.blot_out(store, change, also)
        for table, number in people:
            erase(store, change, how, table, number, change.made)
    try:
        store.sweep()
    except NoDepartment as error:
        raise NoDepartment(
            f"Det er {how}, men filen kunne ikke skrives på nytt: det kan ligge spor igjen i den.",
            f"{error.advice} Det gjøres ferdig neste gang avdelingen åpnes.",
        ) from error


def erase(
    store: Store,
    change: Change,
    how: Erasing,
    table: str,
    number: int,
    made: tuple[str, str],
) -> None:
    """Writes it in a change set: the records, the log, the drafts, and that it was done.

    `made` is when that was the first time, and by whom.
    """
    change.defer_references()
    change.keep_anyway()
    records = erases(store, table, number, how=how)
    mentions.blot_out_of_drafts(store, change, records)
    for id_of, hashed in _tombstones(store, records, short_names=how == "slettet"):
        change.bury(id_of, hashed)
    for kind, numbers in records.items():
        for one in sorted(present(store, kind, numbers)):
            if how == "slettet":
                change.delete(kind, one)
            else:
                _anonymise(store, change, kind, one)
        for one in numbers:
            drafts.forget(change, kind, one)
        _forget_in_log(store, change, how, kind, numbers)
    if how == "anonymisert" and table == "volunteer":
        _unname_assignments(store, change, number)
    # Those that were joined into it too: in an older copy they stand by themselves.
    for one in sorted(records[table]):
        _note(change, how, table, one, made)


def _anonymise(store: Store, change: Change, table: str, number: int) -> None:
    own = record(store, table, number)
    if values := differing(own, instead(table, number, own)):
        change.update(table, number, **values)


def instead(table: str, number: int, values: Mapping[str, Any]) -> dict[str, Any]:
    """What stands instead of those of the values that are taken."""
    taken = TAKEN[table]
    return {name: taken[name](number, value) for name, value in values.items() if name in taken}


def _unname_assignments(store: Store, change: Change, volunteer: int) -> None:
    """Takes the imported ids of a volunteer's assignments: they may hold the name."""
    rows = store.rows("SELECT id FROM assignment WHERE volunteer_id = :n", n=volunteer)
    records = {"assignment": frozenset(row["id"] for row in rows)}
    for table, hashed in _tombstones(store, records, short_names=False):
        change.bury(table, hashed)
    for number in records["assignment"]:
        if record(store, "assignment", number)["imported_id"] is not None:
            change.update("assignment", number, imported_id=None)
    for row, _, before in logged(store, "assignment", records["assignment"]):
        if before.get("imported_id") is not None:
            change.update("change", row, before=_json({**before, "imported_id": None}))


def _forget_in_log(
    store: Store, change: Change, how: Erasing, table: str, numbers: Iterable[int]
) -> None:
    """Takes it out of the log, what this change set itself has logged included."""
    for row, number, before in logged(store, table, numbers):
        if how == "slettet":
            change.update("change", row, before=None)
        elif after := differing(before, instead(table, number, before)):
            change.update("change", row, before=_json({**before, **after}))


def _tombstones(
    store: Store, records: Records, *, short_names: bool
) -> Iterator[tuple[str, bytes]]:
    """The ids that no old file may bring back: the imported ones, now or ever, and short names."""
    for table, numbers in records.items():
        every = held(store, table, numbers)
        ids = {values["imported_id"] for values in every if values.get("imported_id")}
        gone = numbers if short_names else numbers - present(store, table, numbers)
        for id in sorted(ids | {KINDS[table].name(number) for number in gone}):
            yield table, tombstone(store.salt, table, id)


def _note(change: Change, how: Erasing, table: str, number: int, made: tuple[str, str]) -> None:
    """Keeps that it was done, and when the first time."""
    made_at, made_by = made
    change.insert(
        "erasure", record=table, record_id=number, how=how, made_at=made_at, made_by=made_by
    )


def _json(values: Mapping[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False)


def refuse_erasing(store: Store, table: str, number: int) -> None:
    """Raises Stopped where the work of others would go with somebody: assignments, and hours."""
    records = erases(store, table, number, how="slettet")
    assignments = present(store, "assignment", records.get("assignment", ()))
    if not assignments:
        return
    short, kept = KINDS[table].name(number), [KINDS["assignment"].counted(len(assignments))]
    if hours := present(store, "hours", now(store, "assignment", assignments).get("hours", ())):
        kept.append(KINDS["hours"].counted(len(hours)))
    others = "familiekontaktens arbeid" if table == "family" else "en families sak"
    raise Stopped(
        f"{short} har {' med '.join(kept)}, som også er {others}.",
        f"Anonymiser i stedet: hsf personvern anonymiser {short}. Skal også oppdragene bort, med"
        " timene: --også-oppdrag",
    )


def years(store: Store, table: str, number: int, today: date) -> range:
    """The years whose figures somebody can be in: those of the days of what belongs to them."""
    records = erases(store, table, number, how="slettet")
    rows = [
        (kind, record(store, kind, one))
        for kind, numbers in records.items()
        for one in present(store, kind, numbers)
    ]
    lasting = any(kind in _ENDS and row[_ENDS[kind]] is None for kind, row in rows)
    days = [day for _, row in rows for name, day in row.items() if day and name.endswith("_on")]
    days += [
        store.value(sql, number=one)
        for kind, sql in _DAYS_ELSEWHERE.items()
        for one in present(store, kind, records.get(kind, ()))
    ]
    found = [int(day[:4]) for day in days]
    if not found:
        return range(0)
    return range(min(found), max(today.year, *found) + 1 if lasting else max(found) + 1)
