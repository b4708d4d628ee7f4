"""A volunteer's service: signed up, approved, on pause, left, come back; and what goes against it.

What is refused here cannot be so. What only a rule stands against is a finding of `rules`.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from hsf_cli import dates, rules
from hsf_cli.change import Change
from hsf_cli.errors import Stopped
from hsf_cli.records import KINDS
from hsf_cli.registers.editing import differing, record
from hsf_cli.registers.lookup import Hit, name_of
from hsf_cli.registers.volunteers import volunteers, with_values
from hsf_cli.rules import Finding
from hsf_cli.spelling import folded
from hsf_cli.store import Row, Store
from hsf_cli.texts import phone_digits

# The ids of those who can be approved, of those who can leave, and of those who can come back.
CANDIDATES = "SELECT id FROM volunteer WHERE approved_on IS NULL AND left_on IS NULL"
PRESENT = "SELECT id FROM volunteer WHERE left_on IS NULL"
LEFT = "SELECT id FROM volunteer WHERE left_on IS NOT NULL"

_AFTER_LEAVING = """
SELECT id FROM assignment
 WHERE volunteer_id = :volunteer AND (ended_on IS NULL OR ended_on > :day) ORDER BY started_on, id
"""
# Assignments that run on a day of a pause: on the day it ends, an assignment no longer does.
_RUNNING_IN = """
SELECT id FROM assignment
 WHERE volunteer_id = :volunteer AND started_on <= coalesce(:last, '9999')
   AND (ended_on IS NULL OR ended_on > :first) ORDER BY started_on, id
"""
# Pauses with a day in common with a period; one without an end goes on.
_OVERLAPPING = """
SELECT * FROM pause
 WHERE volunteer_id = :volunteer AND from_on <= coalesce(:last, '9999')
   AND (to_on IS NULL OR to_on >= :first) AND id IS NOT :but ORDER BY from_on, id
"""
_PERIODS = """
SELECT approved_on, left_on FROM earlier_period WHERE volunteer_id = :volunteer AND id IS NOT :but
 UNION ALL
SELECT approved_on, left_on FROM volunteer WHERE id = :volunteer AND approved_on IS NOT NULL
 ORDER BY approved_on
"""


def likely_doubles(store: Store, about: Mapping[str, Any]) -> list[Hit]:
    """Volunteers with the same phone, e-mail or name as the one who signs up."""
    return store.relying_on(lambda: _like(store, about))


def _like(store: Store, about: Mapping[str, Any]) -> list[Hit]:
    phone, email = phone_digits(about.get("phone") or ""), folded(about.get("email") or "")
    found = []
    for row in store.rows("SELECT id, name, phone, email FROM volunteer ORDER BY id"):
        alike = {
            "samme telefon": phone and phone == phone_digits(row["phone"] or ""),
            "samme e-post": email and email == folded(row["email"] or ""),
            "samme navn": folded(about["name"]) == folded(row["name"]),
        }
        if reasons := [reason for reason, is_so in alike.items() if is_so]:
            short = KINDS["volunteer"].name(row["id"])
            found.append(Hit(row["id"], short, row["name"], ", ".join(reasons)))
    return found


def against_double(doubles: list[Hit]) -> list[Finding]:
    """The finding that somebody seems to be here already."""
    if not doubles:
        return []
    first = doubles[0].short
    return [
        Finding(
            "dobbelt",
            f"Kandidaten ligner på {' og '.join(double.text for double in doubles)}.",
            f"Er det samme person, så bruk {first}: hsf kontakt vis {first}.",
        )
    ]


def refuse_approval(store: Store, volunteer: int) -> None:
    """Raises Stopped where somebody is approved already, or has left."""
    present, short = record(store, "volunteer", volunteer), KINDS["volunteer"].name(volunteer)
    if present["left_on"]:
        raise Stopped(
            f"{name_of(store, 'volunteer', volunteer)} sluttet"
            f" {dates.written(present['left_on'])}.",
            f"Er familiekontakten kommet tilbake: hsf kontakt tilbake {short}",
        )
    if present["approved_on"]:
        raise Stopped(
            f"{name_of(store, 'volunteer', volunteer)} er godkjent fra før,"
            f" {dates.written(present['approved_on'])}.",
            f"Er datoen feil: hsf kontakt endre {short} --godkjent DATO",
        )


def against_approval(store: Store, number: int, after: Mapping[str, Any]) -> list[Finding]:
    """What the four requirements lack by the day of approval, as it would be."""
    if after["approved_on"] is None:
        return []
    volunteer = with_values(volunteers(store, number)[number], after)
    day = date.fromisoformat(after["approved_on"])
    undated = rules.undated_certificate(volunteer, day)
    return [*rules.missing_requirements(volunteer, day), *([undated] if undated else [])]


def against_edit(store: Store, number: int, after: Mapping[str, Any]) -> list[Finding]:
    """What stands against a mended volunteer: a new day of approval, a certificate not good enough.

    The certificate is only told of: whether it is good enough is judged with the approval and at
    the start of an assignment. So are the pauses that end where the day of leaving is set.
    """
    changes = differing(record(store, "volunteer", number), after)
    ending = _against_pauses(store, number, changes.get("left_on"))
    if "approved_on" in changes:
        return [*against_approval(store, number, after), *ending]
    dated = {"certificate_issued_on", "certificate_shown_on"}
    if not (dated & changes.keys() and after["certificate_shown_on"]):
        return ending
    volunteer = with_values(volunteers(store, number)[number], after)
    certificate = [
        finding._replace(stops=False)
        for finding in rules.missing_requirements(volunteer, dates.today())
        if finding.rule == "politiattest"
    ]
    return [*certificate, *ending]


def refuse_edit(store: Store, number: int, after: Mapping[str, Any]) -> None:
    """Raises where what is mended of a volunteer does not go with the assignments and periods."""
    changes = differing(record(store, "volunteer", number), after)
    if left_on := changes.get("left_on"):
        refuse_leaving(store, number, left_on)
    if approved_on := changes.get("approved_on"):
        _refuse_before_earlier(store, number, approved_on)


def follow_edit(store: Store, change: Change, number: int, after: Mapping[str, Any]) -> None:
    """Ends the pauses of a volunteer whose day of leaving is set, before it is."""
    if left_on := differing(record(store, "volunteer", number), after).get("left_on"):
        end_pauses(store, change, number, left_on)


def refuse_leaving(store: Store, volunteer: int, day: str) -> None:
    """Raises Stopped where assignments run after that day, and names them."""
    running = store.rows(_AFTER_LEAVING, volunteer=volunteer, day=day)
    if running:
        names = [name_of(store, "assignment", row["id"]) for row in running]
        first = KINDS["assignment"].name(running[0]["id"])
        raise Stopped(
            f"Oppdrag som pågår etter {dates.written(day)}: {'; '.join(names)}.",
            f"Avslutt først: hsf oppdrag avslutt {first}",
        )


def left(store: Store, change: Change, volunteer: int, day: str) -> int:
    """Keeps that a volunteer left, which ends the pauses too; gives how many."""
    change.update("volunteer", volunteer, left_on=day)
    return end_pauses(store, change, volunteer, day)


def end_pauses(store: Store, change: Change, volunteer: int, day: str) -> int:
    """Ends the pauses that go on after a day, and takes away those ahead; gives how many."""
    after = _pauses_after(store, volunteer, day)
    for pause in after:
        if pause["from_on"] > day:
            change.delete("pause", pause["id"])
        else:
            change.update("pause", pause["id"], to_on=day)
    return len(after)


def refuse_return(store: Store, volunteer: int, day: str) -> None:
    """Raises where somebody has not left, or would come back before that."""
    left_on = record(store, "volunteer", volunteer)["left_on"]
    if left_on is None:
        raise Stopped(
            f"{name_of(store, 'volunteer', volunteer)} har ikke sluttet.",
            f"Se hvor familiekontakten står: hsf kontakt vis {KINDS['volunteer'].name(volunteer)}",
        )
    if day < left_on:
        raise Stopped(
            f"Ingen kan komme tilbake før de sluttet, {dates.written(left_on)}.", "Rett --dato."
        )


def returned(store: Store, change: Change, volunteer: int, day: str) -> int | None:
    """Makes one who left a candidate again from a day; gives the number of the period that ended.

    None where there was no period: a candidate who left had never been approved.
    """
    present = record(store, "volunteer", volunteer)
    change.update("volunteer", volunteer, signed_up_on=day, approved_on=None, left_on=None)
    if present["approved_on"] is None:
        return None
    return change.insert(
        "earlier_period",
        volunteer_id=volunteer,
        approved_on=present["approved_on"],
        left_on=present["left_on"],
    )


def refuse_pause(store: Store, number: int | None, pause: Mapping[str, Any]) -> None:
    """Raises Stopped where a pause, as it would be, has a day in common with another."""
    for other in _overlapping(store, pause, number):
        short = KINDS["pause"].name(other["id"])
        until = f"til {dates.written(other['to_on'])}" if other["to_on"] else "uten sluttdato"
        raise Stopped(
            f"{name_of(store, 'volunteer', pause['volunteer_id'])} har allerede pause fra"
            f" {dates.written(other['from_on'])} {until} ({short}).",
            f"Rett den i stedet: hsf kontakt pause {short} --til DATO",
        )


def against_pause(store: Store, pause: Mapping[str, Any]) -> list[Finding]:
    """What to be told of a pause: the assignments that run in it. It stops nothing."""
    rows = store.rows(
        _RUNNING_IN,
        volunteer=pause["volunteer_id"],
        first=pause["from_on"],
        last=pause.get("to_on"),
    )
    if not rows:
        return []
    running = "; ".join(name_of(store, "assignment", row["id"]) for row in rows)
    text, remedy = f"Oppdrag som pågår i pausen: {running}.", "De går videre til du avslutter dem."
    return [Finding("pause", text, remedy, stops=False)]


def refuse_period(store: Store, number: int | None, period: Mapping[str, Any]) -> None:
    """Raises Stopped where an earlier period has days in common with another period."""
    others = store.rows(_PERIODS, volunteer=period["volunteer_id"], but=number)
    for other in others:
        ends = other["left_on"] or "9999"
        if period["approved_on"] < ends and other["approved_on"] < period["left_on"]:
            until = f"til {dates.written(other['left_on'])}" if other["left_on"] else "til nå"
            raise Stopped(
                f"Perioden overlapper en annen, fra {dates.written(other['approved_on'])} {until}.",
                "Rett --godkjent eller --sluttet.",
            )


def _against_pauses(store: Store, volunteer: int, left_on: str | None) -> list[Finding]:
    """What to be told where somebody leaves: the pauses that end with it."""
    if left_on is None or not (pauses := _pauses_after(store, volunteer, left_on)):
        return []
    text = f"{KINDS['pause'].counted(len(pauses))} tar slutt med det."
    remedy = f"Se pausene: hsf kontakt vis {KINDS['volunteer'].name(volunteer)}"
    return [Finding("pause", text, remedy, stops=False)]


def _pauses_after(store: Store, volunteer: int, day: str) -> list[Row]:
    """The pauses that have a day after that one."""
    pauses = _overlapping(store, {"volunteer_id": volunteer, "from_on": day, "to_on": None}, None)
    return [pause for pause in pauses if pause["to_on"] is None or pause["to_on"] > day]


def _overlapping(store: Store, pause: Mapping[str, Any], but: int | None) -> list[Row]:
    return store.rows(
        _OVERLAPPING,
        volunteer=pause["volunteer_id"],
        first=pause["from_on"],
        last=pause.get("to_on"),
        but=but,
    )


def _refuse_before_earlier(store: Store, number: int, approved_on: str) -> None:
    """Raises Stopped where somebody would be approved before an earlier period ended."""
    ended = store.value("SELECT max(left_on) FROM earlier_period WHERE volunteer_id = :n", n=number)
    if ended and approved_on < ended:
        raise Stopped(
            f"Den forrige perioden tok slutt {dates.written(ended)}: godkjenningen må være etter.",
            "Rett datoen.",
        )
