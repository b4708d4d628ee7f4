"""How an assignment ends, and what becomes of its case: closed with it, or the family waits."""

from collections.abc import Mapping
from typing import Any

from hsf_cli import dates
from hsf_cli.change import Change
from hsf_cli.dates import written
from hsf_cli.errors import Stopped
from hsf_cli.records import KINDS
from hsf_cli.registers import drafts, editing, follow_ups
from hsf_cli.registers.lookup import name_of
from hsf_cli.rules import Finding
from hsf_cli.store import Row, Store

# What becomes of the case when an assignment ends for a reason: closed, and why, or left open.
# For «annet» the coordinator says.
CLOSES_CASE: Mapping[str, bool] = {
    "fullført": True,
    "familien_avsluttet": True,
    "ny_familiekontakt": False,
    "familiekontakten_sluttet": False,
}
_CASE_REASONS = {"fullført": "fullført", "annet": "annet"}
_WITHDRAWN = "trukket"


def refuse_ended(store: Store, number: int) -> None:
    """Raises Stopped where an assignment has ended."""
    ended_on = store.value("SELECT ended_on FROM assignment WHERE id = :number", number=number)
    if ended_on:
        short = KINDS["assignment"].name(number)
        raise Stopped(
            f"{name_of(store, 'assignment', number)} er avsluttet {written(ended_on)}.",
            f"Er det ført feil, så rett det: hsf oppdrag endre {short}",
        )


def case_closed_on(
    store: Store, present: Mapping[str, Any], ending: Mapping[str, Any], wanted: bool | None
) -> str | None:
    """The day an assignment's case is closed with it, as wanted or as follows from the reason.

    It is the latest end in the case; None where that stays open, as it does while another
    assignment runs in it. Raises Stopped where it cannot be closed.
    """
    case = editing.record(store, "inquiry", present["inquiry_id"])
    other = running_beside(store, present)
    if case["closed_on"]:
        return None
    if wanted and other:
        raise Stopped(
            f"Saken kan ikke avsluttes: {name_of(store, 'assignment', other)} pågår.",
            "Avslutt det også, eller la saken stå åpen: --saken venter",
        )
    later = _ended_later(store, present, ending["ended_on"])
    closes = CLOSES_CASE.get(ending["end_reason"], False)
    if later:  # entered before this one, though it ended after: the family may wait since then
        closes = closes and CLOSES_CASE.get(later["end_reason"], True)
    if other or wanted is False or not (wanted or closes):
        return None
    day: str = later["ended_on"] if later else ending["ended_on"]
    if case["visited_on"] and case["visited_on"] > day:
        raise Stopped(
            f"Saken kan ikke avsluttes {written(day)}: hjemmebesøket er ført "
            f"{written(case['visited_on'])}.",
            f"Rett besøket: hsf henvendelse besøk {KINDS['inquiry'].name(case['id'])} --dato DATO. "
            "Eller la saken stå åpen: --saken venter",
        )
    return day


def running_beside(store: Store, present: Mapping[str, Any]) -> int | None:
    """The number of another assignment in the same case that runs today; None for none."""
    other = store.value(
        "SELECT id FROM assignment WHERE inquiry_id = :inquiry AND id <> :number"
        " AND (ended_on IS NULL OR ended_on > :today) ORDER BY id",
        inquiry=present["inquiry_id"],
        number=present["id"],
        today=dates.today().isoformat(),
    )
    return None if other is None else int(other)


def end(
    store: Store,
    change: Change,
    number: int,
    values: Mapping[str, Any],
    case_closed_on: str | None,
) -> None:
    """Ends an assignment: its follow-ups stay as what they are, and the case is closed or not."""
    ended = follow_ups.dates_of(store, number)._replace(ended_on=values["ended_on"])
    follow_ups.follow(store, change, number, ended)
    change.update("assignment", number, **values)
    if case_closed_on:
        reason = _CASE_REASONS.get(values["end_reason"], _WITHDRAWN)
        case = editing.record(store, "assignment", number)["inquiry_id"]
        drafts.forget(change, "inquiry", case)
        change.update(
            "inquiry",
            case,
            closed_on=case_closed_on,
            closed_reason=reason,
            closed_other=values.get("end_other") if reason == "annet" else None,
        )


def against_hours(store: Store, number: int, values: Mapping[str, Any]) -> list[Finding]:
    """The finding that hours are dated outside an assignment; it stops nothing."""
    outside = store.value(
        "SELECT count(*) FROM hours WHERE assignment_id = :number"
        " AND (worked_on < :started_on OR worked_on > coalesce(:ended_on, '9999'))",
        number=number,
        started_on=values["started_on"],
        ended_on=values["ended_on"],
    )
    if not outside:
        return []
    return [
        Finding(
            "timer utenfor oppdraget",
            f"{KINDS['hours'].counted(outside)} er datert utenfor oppdraget.",
            f"Se dem: hsf timer liste --oppdrag {KINDS['assignment'].name(number)}",
            stops=False,
        )
    ]


def _ended_later(store: Store, present: Mapping[str, Any], day: str) -> Row | None:
    """The assignment in the same case that ended last, where that was after a day."""
    rows = store.rows(
        "SELECT ended_on, end_reason FROM assignment"
        " WHERE inquiry_id = :inquiry AND id <> :number AND ended_on > :day"
        " ORDER BY ended_on DESC, id DESC LIMIT 1",
        inquiry=present["inquiry_id"],
        number=present["id"],
        day=day,
    )
    return rows[0] if rows else None
