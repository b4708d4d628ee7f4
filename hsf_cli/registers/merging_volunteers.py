"""Two records of one volunteer joined into one, and everything of both kept."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from hsf_cli.change import Change
from hsf_cli.dates import written
from hsf_cli.likeness import born_alike
from hsf_cli.registers import drafts, editing, joining
from hsf_cli.registers.joining import Said
from hsf_cli.store import Row, Store

# What refers to a volunteer and simply moves along.
_MOVED = ("assignment", "hours", "rule_exception")
# When somebody signed up, was approved and left: the two records tell of one service together.
_SERVICE = ("signed_up_on", "approved_on", "left_on")
# A new one is shown before each approval, so that of the present period counts.
_CERTIFICATE = ("certificate_issued_on", "certificate_shown_on", "certificate_seen_by")
# What is asked for once: whoever had met it on the first of the days, has met it since.
_MET_ONCE = ("home_visit_on", "confidentiality_on")
# What has a first day and a last one, and the columns with them.
_SPANS = {"earlier_period": ("approved_on", "left_on"), "pause": ("from_on", "to_on")}
_NO_END = "9999"
_ALL_DAY = 24 * 60 + 1

_EARLIER = "SELECT * FROM earlier_period WHERE volunteer_id IN (:kept, :other) ORDER BY id"
_PAUSES = "SELECT * FROM pause WHERE volunteer_id IN (:kept, :other) ORDER BY id"
_ASSIGNED_UNTIL = f"""
SELECT volunteer_id, max(coalesce(ended_on, '{_NO_END}')) FROM assignment
 WHERE volunteer_id IN (:kept, :other) GROUP BY volunteer_id
"""
_REGISTRATIONS = "SELECT * FROM course_registration WHERE volunteer_id = :volunteer ORDER BY id"
_ATTENDANCE = "SELECT * FROM attendance WHERE course_registration_id = :number ORDER BY id"
# Entries of the two that may be one: of the same day and kind, with the same time or activity.
_ALIKE = """
SELECT count(DISTINCT theirs.id) FROM hours ours
  JOIN hours theirs ON theirs.worked_on = ours.worked_on AND theirs.kind = ours.kind
   AND (theirs.minutes = ours.minutes OR theirs.activity_id = ours.activity_id)
 WHERE ours.volunteer_id = :kept AND theirs.volunteer_id = :other
"""
_RUNNING_TOGETHER = """
SELECT json_group_array(a.id ORDER BY a.id)
  FROM assignment a JOIN inquiry i ON i.id = a.inquiry_id
 WHERE a.volunteer_id = :kept AND a.ended_on IS NULL
 GROUP BY i.family_id HAVING count(*) > 1 ORDER BY min(a.id)
"""


class Span(NamedTuple):
    """From one day to another, as ISO text; the last is None where it goes on."""

    first: str
    last: str | None


@dataclass(frozen=True)
class Merged:
    """What became of two records of one volunteer."""

    # The fields where both had something else; what the other record said is kept in the note.
    in_note: tuple[str, ...]
    # Whether they told of different days for when the volunteer was here, which are in the note.
    days_in_note: bool
    # Courses that both were on.
    same_courses: int
    # Entries of hours of the other that are like one of the kept.
    same_hours: int
    # Running assignments at one and the same family.
    same_family: tuple[tuple[int, ...], ...]


class _Service(NamedTuple):
    """When a volunteer signed up, was approved and left; and the periods before that."""

    signed_up_on: str | None
    approved_on: str | None
    left_on: str | None
    earlier: Sequence[Span]

    @property
    def present(self) -> Mapping[str, str | None]:
        """What the record itself holds of it."""
        return {name: getattr(self, name) for name in _SERVICE}


class _Joined(NamedTuple):
    """What the kept record is to hold, and the periods before the present one."""

    values: Mapping[str, Any]
    earlier: Sequence[Span]
    # As in `Merged`.
    in_note: tuple[str, ...]
    days_in_note: bool


def merged(store: Store, change: Change, kept: int, other: int, said: Said) -> Merged:
    """Moves everything of the other record to the one that is kept, and removes the other."""
    ours, theirs = (editing.record(store, "volunteer", number) for number in (kept, other))
    earlier, pauses = (store.rows(sql, kept=kept, other=other) for sql in (_EARLIER, _PAUSES))
    same_hours = store.value(_ALIKE, kept=kept, other=other)
    assigned_until = dict(map(tuple, store.rows(_ASSIGNED_UNTIL, kept=kept, other=other)))
    joined = _joined(ours, theirs, earlier, assigned_until, said)
    change.update("volunteer", kept, **joined.values)
    _keep_spans(store, change, kept, "earlier_period", earlier, joined.earlier)
    on_pause = united((Span(row["from_on"], row["to_on"]) for row in pauses), with_ends=True)
    _keep_spans(store, change, kept, "pause", pauses, on_pause)
    same_courses = _move_registrations(store, change, kept, other)
    for table in _MOVED:
        change.update_where(table, "volunteer_id", other, volunteer_id=kept)
    change.delete("volunteer", other)
    drafts.forget(change, "volunteer", other)
    joining.bury(store, change, "volunteer", theirs, into=kept)
    together = store.rows(_RUNNING_TOGETHER, kept=kept)
    same_family = tuple(tuple(json.loads(row[0])) for row in together)
    return Merged(joined.in_note, joined.days_in_note, same_courses, same_hours, same_family)


def _joined(
    ours: Mapping[str, Any],
    theirs: Mapping[str, Any],
    earlier: Sequence[Row],
    assigned_until: Mapping[int, str],
    said: Said,
) -> _Joined:
    """What the two tell together; the note has what the kept record has no other room for."""
    service = _service((ours, theirs), earlier, assigned_until)
    settled = {**_certificate(ours, theirs, service), **_met_first(ours, theirs)}
    born = _born(ours, theirs)
    apart = (*_SERVICE, *settled, *born)
    differing = [(theirs, name) for name in joining.conflicts(ours, theirs, apart)]
    differing += [
        (record, name)
        for name, value in settled.items()
        for record in (ours, theirs)
        if record[name] not in (None, value)
    ]
    days = [*_other_days((ours, theirs), earlier, service)]
    values = {
        **joining.completed(ours, theirs, apart),
        **service.present,
        **settled,
        **born,
        "note": joining.note(
            ours["note"],
            theirs["note"],
            *(said[record["id"]][name] for record, name in differing),
            *days,
        ),
    }
    in_note = tuple(name for _, name in differing)
    return _Joined(values, service.earlier, in_note, bool(days))


def _certificate(
    ours: Mapping[str, Any], theirs: Mapping[str, Any], service: _Service
) -> Mapping[str, Any]:
    """The certificate of the record whose approval the present period begins with.

    Where that is both, or neither, or it has none, the two certificates are one, and nothing is
    given; but of two that were shown on different days it is that of the kept record.
    """
    for present, former in ((ours, theirs), (theirs, ours)):
        is_its = present["approved_on"] == service.approved_on != former["approved_on"]
        if is_its and any(present[name] for name in _CERTIFICATE):
            return {name: present[name] for name in _CERTIFICATE}
    shown_on = {ours["certificate_shown_on"], theirs["certificate_shown_on"]} - {None}
    return {name: ours[name] for name in _CERTIFICATE} if len(shown_on) == 2 else {}


def _met_first(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> Mapping[str, Any]:
    """Of what is asked for once and stands on both, the first day."""
    return {
        name: min(ours[name], theirs[name]) for name in _MET_ONCE if ours[name] and theirs[name]
    }


def _born(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> Mapping[str, Any]:
    """The day of birth, where the one record has it and the other its year alone."""
    born = ours["born"], theirs["born"]
    return {"born": max(born, key=len)} if all(born) and born_alike(*born) else {}


def united(spans: Iterable[Span], *, with_ends: bool = False) -> list[Span]:
    """The spans in their order, those that overlap as one.

    Where the end is a day of the span, `with_ends`, one that begins on it overlaps.
    """
    found: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.first, span.last or _NO_END)):
        if found and _overlap(found[-1], span, with_ends=with_ends):
            found[-1] = Span(found[-1].first, _later(found[-1].last, span.last))
        else:
            found.append(span)
    return found


def _overlap(one: Span, next: Span, *, with_ends: bool) -> bool:
    ends = one.last or _NO_END
    return next.first < ends or (with_ends and next.first == ends) or next == one


def _later(one: str | None, other: str | None) -> str | None:
    return None if None in (one, other) else max(one or "", other or "")


def _service(
    records: Sequence[Mapping[str, Any]], earlier: Sequence[Row], assigned_until: Mapping[int, str]
) -> _Service:
    """The service that two records and their earlier periods tell of.

    `assigned_until` is the last day of any assignment, by the number of the record.
    """
    told_of = _periods(records, earlier)
    periods = united(Span(first, last) for first, last in told_of if first is not None)
    if not periods:
        left = _later(*(record["left_on"] for record in records))
        return _Service(_signed_up(records), None, left, ())
    ended = periods[-1].last
    if ended is not None and any(
        _is_candidate_since(ended, record, earlier, assigned_until) for record in records
    ):
        return _Service(_signed_up(records, since=ended), None, None, periods)
    *before, present = periods
    since = before[-1].last or "" if before else ""
    return _Service(_signed_up(records, since=since, by=present.first), *present, before)


def _periods(
    records: Sequence[Mapping[str, Any]], earlier: Sequence[Row]
) -> list[tuple[str | None, str | None]]:
    """When somebody was approved and left, of two records and of the periods before them."""
    present = [(record["approved_on"], record["left_on"]) for record in records]
    return [*present, *((row["approved_on"], row["left_on"]) for row in earlier)]


def _is_candidate_since(
    day: str,
    record: Mapping[str, Any],
    earlier: Sequence[Row],
    assigned_until: Mapping[int, str],
) -> bool:
    """Whether a record is of one who left that day and is back, neither approved nor gone again.

    So it is of who signed up since, or was given an assignment; and where it has that period
    itself.
    """
    number = record["id"]
    return (record["approved_on"], record["left_on"]) == (None, None) and (
        (record["signed_up_on"] or "") >= day
        or assigned_until.get(number, "") > day
        or (number, day) in ((row["volunteer_id"], row["left_on"]) for row in earlier)
    )


def _signed_up(
    records: Sequence[Mapping[str, Any]], *, since: str = "", by: str = _NO_END
) -> str | None:
    """The first day that somebody signed up, since the period before if there is one then.

    Nobody signed up for a period after having been approved in it.
    """
    days = sorted(day for record in records if (day := record["signed_up_on"]) and day <= by)
    return next((day for day in days if day >= since), days[0] if days else None)


def _other_days(
    records: Sequence[Mapping[str, Any]], earlier: Sequence[Row], service: _Service
) -> Iterator[str]:
    """For the note: the days that stood on the records, and are not those of the service."""
    for record in records:
        if record["signed_up_on"] not in (None, service.signed_up_on):
            yield f"Meldte seg også {written(record['signed_up_on'])}."
    kept = {(service.approved_on, service.left_on), (None, None), *service.earlier}
    for approved_on, left_on in dict.fromkeys(_periods(records, earlier)):
        if (approved_on, left_on) not in kept:
            days = {"godkjent": approved_on, "sluttet": left_on}
            told = ", ".join(f"{word} {written(day)}" for word, day in days.items() if day)
            yield f"Også ført: {told}."


def _keep_spans(
    store: Store,
    change: Change,
    kept: int,
    table: str,
    rows: Sequence[Row],
    spans: Sequence[Span],
) -> None:
    """Lets the kept record have those spans and no others, in the rows of both that begin alike."""
    first, last = _SPANS[table]
    left = sorted(rows, key=lambda row: (row["volunteer_id"] != kept, row["id"]))
    for span in spans:
        row = next((row for row in left if row[first] == span.first), None)
        values = {"volunteer_id": kept, first: span.first, last: span.last}
        if row is None:
            change.insert(table, **values)
        else:
            change.update(table, row["id"], **values)
            left.remove(row)
    for row in left:
        change.delete(table, row["id"])
        joining.bury(store, change, table, row)


def _move_registrations(store: Store, change: Change, kept: int, other: int) -> int:
    """Moves the registrations on courses; gives how many courses both were on, as one now."""
    here = {row["course_id"]: row for row in store.rows(_REGISTRATIONS, volunteer=kept)}
    same = 0
    for row in store.rows(_REGISTRATIONS, volunteer=other):
        if ours := here.get(row["course_id"]):
            _join_registrations(store, change, ours, row)
            same += 1
        else:
            change.update("course_registration", row["id"], volunteer_id=kept)
    return same


def _join_registrations(store: Store, change: Change, ours: Row, theirs: Row) -> None:
    """Makes two registrations on one course one, with every day that was attended on either."""
    days = {row["course_day_id"]: row for row in store.rows(_ATTENDANCE, number=ours["id"])}
    for row in store.rows(_ATTENDANCE, number=theirs["id"]):
        if same := days.get(row["course_day_id"]):
            # Without minutes it is the whole day.
            longer = _most(same["minutes"], row["minutes"], blank=_ALL_DAY)
            change.update("attendance", same["id"], minutes=longer)
            change.delete("attendance", row["id"])
            joining.bury(store, change, "attendance", row)
        else:
            change.update("attendance", row["id"], course_registration_id=ours["id"])
    change.update(
        "course_registration",
        ours["id"],
        minutes=_most(ours["minutes"], theirs["minutes"], blank=-1),
        completed=max((ours, theirs), key=_how_completed)["completed"],
    )
    change.delete("course_registration", theirs["id"])
    joining.bury(store, change, "course_registration", theirs)


def _most(one: int | None, other: int | None, *, blank: int) -> int | None:
    """The larger of the two, where a blank stands for that many."""
    return max((one, other), key=lambda minutes: blank if minutes is None else minutes)


def _how_completed(registration: Row) -> int:
    """A day of completion says most, then that it was completed, then that it was not."""
    completed = registration["completed"]
    return len(completed or "") if completed != "nei" else 1
