"""How an assignment ends, and what becomes of its case: closed with it, or the family waits."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from hsf_cli.change import Change
from hsf_cli.dates import written
from hsf_cli.errors import Stopped
from hsf_cli.records import KINDS
from hsf_cli.registers import editing, follow_ups
from hsf_cli.registers.lookup import name_of
from hsf_cli.rules import Finding
from hsf_cli.store import Store

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


def closes_case(
    store: Store, present: Mapping[str, Any], ending: Mapping[str, Any], wanted: bool | None
) -> bool:
    """Whether an assignment's case is closed with it: as wanted, or as follows from the reason.

    It stays open while another assignment runs in it. Raises Stopped where it cannot be closed.
    """
    case = editing.record(store, "inquiry", present["inquiry_id"])
    other = running_beside(store, present, ending["ended_on"])
    if case["closed_on"]:
        return False
    if wanted and other:
        raise Stopped(
            f"Saken kan ikke avsluttes: {name_of(store, 'assignment', other)} pågår.",
            "Avslutt det også, eller la saken stå åpen: --saken venter",
        )
    if wanted is False or other or not (wanted or CLOSES_CASE.get(ending["end_reason"])):
        return False
    if case["visited_on"] and case["visited_on"] > ending["ended_on"]:
        raise Stopped(
            f"Saken kan ikke avsluttes {written(ending['ended_on'])}: hjemmebesøket er ført "
            f"{written(case['visited_on'])}.",
            f"Rett besøket: hsf henvendelse besøk {KINDS['inquiry'].name(case['id'])} --dato DATO. "
            "Eller la saken stå åpen: --saken venter",
        )
    return True


def running_beside(store: Store, present: Mapping[str, Any], day: str) -> int | None:
    """The number of another assignment in the same case that runs after a day; None for none."""
    other = store.value(
        "SELECT id FROM assignment WHERE inquiry_id = :inquiry AND id <> :number"
        " AND (ended_on IS NULL OR ended_on > :day) ORDER BY id",
        inquiry=present["inquiry_id"],
        number=present["id"],
        day=day,
    )
    return None if other is None else int(other)


def end(
    store: Store,
    change: Change,
    number: int,
    values: Mapping[str, Any],
    *,
    close: bool,
) -> None:
    """Ends an assignment: its follow-ups stay as what they are, and the case is closed or not."""
    dates = replace(follow_ups.dates_of(store, number), ended_on=values["ended_on"])
    follow_ups.follow(store, change, number, dates)
    change.update("assignment", number, **values)
    if close:
        reason = _CASE_REASONS.get(values["end_reason"], _WITHDRAWN)
        change.update(
            "inquiry",
            editing.record(store, "assignment", number)["inquiry_id"],
            closed_on=values["ended_on"],
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
