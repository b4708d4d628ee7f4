"""The follow-ups of assignments: what is due, and what is done, moved or mended."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import typer

from hsf_cli import dates
from hsf_cli.codes import code_list
from hsf_cli.commands.common import command_name, opened
from hsf_cli.commands.fields import Fields, Prompt
from hsf_cli.commands.matching import chosen_among
from hsf_cli.commands.records import (
    UNDO,
    about_texts,
    asked_changes,
    cleared,
    edit,
    keep_exceptions,
    remove,
)
from hsf_cli.errors import Stopped, WrongUse
from hsf_cli.records import KINDS
from hsf_cli.registers import assignments, editing, follow_ups
from hsf_cli.registers.follow_ups import FollowUp, label_of
from hsf_cli.registers.lookup import name_of
from hsf_cli.store import Store
from hsf_cli.ui import questions, screen
from hsf_cli.ui.listing import Column, Listing

FOLLOW_UP = Fields("follow_up", but=("oppdrag",), flags={"gjort": "--dato"})

_KIND = KINDS["follow_up"]
_AHEAD = 30  # days: what to look for when nothing is due


def due(store: Store, day: date, days_ahead: int) -> Listing:
    """What is to be done by now, and what comes in so many days."""
    found = follow_ups.due(store, day, days_ahead)
    by = f" eller blir det innen {days_ahead} dager" if days_ahead else ""
    return Listing(
        _DUE,
        [_row(one, day) for one in found],
        f"Ingen oppfølging er forfalt{by}. "
        f"Se lenger frem: hsf oppdrag oppfølging --kommende {days_ahead + _AHEAD}",
        lambda rows: _foot(rows, day),
        personal=("note",),
    )


def of_assignment(store: Store, number: int, day: date) -> Listing:
    """All the follow-ups of an assignment, and what has become of each."""
    found = follow_ups.of_assignment(store, number, day)
    return Listing(_OF_ASSIGNMENT, [_row(one, day) for one in found])


def keep(
    ctx: typer.Context, which: str | None, typed: Mapping[str, str], despite: str | None
) -> None:
    """Writes that a follow-up of an assignment is done, or planned for another day."""
    with opened(ctx) as store:
        number = chosen_among(store, "assignment", which, assignments.RUNNING)
        prompt = Prompt(store)
        kind, values = _said(store, number, typed, prompt)
        follow_ups.refuse_done(store, number, kind)
        _refuse_before_start(store, {"assignment_id": number, **values})
        findings = about_texts(values)
        reason = cleared(findings, despite)
        with store.change(command_name(ctx)) as change:
            kept = follow_ups.keep(store, change, number, kind, values)
            keep_exceptions(change, findings, reason, "assignment", number)
            changed = change.happened()
        name = name_of(store, "assignment", number)
    what = f"Oppfølgingen {label_of(kind)} ({_KIND.name(kept)}) i {name}"
    if not changed:
        screen.say(f"{what} var slik fra før. Ingenting er endret.")
    elif done_on := values.get("done_on"):
        screen.say(f"{what} er gjort {dates.written(done_on)}. {UNDO}")
    elif planned_on := values.get("planned_on"):
        screen.say(f"{what} er planlagt {dates.written(planned_on)}. {UNDO}")
    else:
        screen.say(f"{what} er endret. {UNDO}")


def mend(
    ctx: typer.Context,
    which: str,
    typed: Mapping[str, str],
    despite: str | None,
    *,
    delete: bool,
    yes: bool,
) -> None:
    """Mends or removes a follow-up that is named by its own number."""
    if delete:
        remove(ctx, "follow_up", which, yes=yes)
    else:
        edit(
            ctx, FOLLOW_UP, which, typed, despite,
            refuse=lambda store, _, one: _refuse_before_start(store, one),
            ask=_asked_done,
        )  # fmt: skip


def _asked_done(fields: Fields, present: Mapping[str, Any], prompt: Prompt) -> dict[str, Any]:
    """When a follow-up that is not done was done; what to change in one that is."""
    if present["done_on"] or not screen.at_terminal():
        return asked_changes(fields, present, prompt)
    values: dict[str, Any] = {}
    today = {"done_on": prompt.today.isoformat()}
    fields.ask(("done_on", "note"), values, prompt, {**present, **today})
    return values


def _refuse_before_start(store: Store, values: Mapping[str, Any]) -> None:
    """Raises Stopped where a follow-up would be before its assignment starts."""
    started_on = editing.record(store, "assignment", values["assignment_id"])["started_on"]
    for field, flag in (("done_on", "--dato"), ("planned_on", "--planlagt")):
        if (values.get(field) or started_on) < started_on:
            raise Stopped(
                f"Oppfølgingen kan ikke være før oppdraget startet, {dates.written(started_on)}.",
                f"Rett {flag}.",
            )


def _said(
    store: Store, number: int, typed: Mapping[str, str], prompt: Prompt
) -> tuple[str, dict[str, Any]]:
    """Which follow-up, and what of it: done today where nothing else is said."""
    values = FOLLOW_UP.read(typed, prompt)
    kind = values.pop("kind", None) or _asked_kind(store, number, prompt)
    if "planned_on" in values and "done_on" not in values:
        return kind, values
    today = {"done_on": prompt.today.isoformat()}
    if not typed:
        FOLLOW_UP.ask(("done_on", "note"), values, prompt, today)
    return kind, {**today, **values}


def _asked_kind(store: Store, number: int, prompt: Prompt) -> str:
    if not screen.at_terminal():
        codes = ", ".join(code_list("follow_up"))
        raise WrongUse("--type mangler.", f"Legg til --type med en av: {codes}.")
    labels = {
        one.kind: f"{code_list('follow_up').labels[one.kind]}, planlagt "
        f"{dates.written(one.planned_on)}"
        for one in follow_ups.of_assignment(store, number, prompt.today)
        if one.done_on is None
    }
    return questions.choice("Hvilken oppfølging?", labels or code_list("follow_up").labels)


_DUE = [
    Column("number", "Nr."),
    Column("assignment_number", "Oppdrag"),
    Column("family_name", "Familie", main=True, personal=True),
    Column("volunteer_name", "Familiekontakt", detail="med", personal=True),
    Column("kind", "Oppfølging", label_of, detail=""),
    Column("planned_on", "Planlagt", dates.written),
    Column("days", "Dager", lambda days: f"om {-days}" if days < 0 else str(days), right=True),
    Column("ended_on", "Avsluttet", dates.written, detail="avsluttet"),
]
_OF_ASSIGNMENT = [
    Column("number", "Nr."),
    Column("kind", "Oppfølging", label_of),
    Column("planned_on", "Planlagt", dates.written),
    Column("status", "Status"),
    Column("done_on", "Gjort", dates.written),
    Column("note", "Notat", main=True),
]


def _row(one: FollowUp, day: date) -> dict[str, Any]:
    return {
        "number": None if one.number is None else _KIND.name(one.number),
        "id": one.id,
        "assignment_number": KINDS["assignment"].name(one.assignment_number),
        "assignment": one.assignment,
        "family": one.family,
        "family_name": one.family_name,
        "volunteer": one.volunteer,
        "volunteer_name": one.volunteer_name,
        "kind": one.kind,
        "planned_on": one.planned_on,
        "done_on": one.done_on,
        "note": one.note,
        "status": one.status(day),
        "days": (day - date.fromisoformat(one.planned_on)).days,
        "ended_on": one.ended_on,
    }


def _foot(rows: Sequence[dict[str, Any]], day: date) -> str:
    late = [row for row in rows if row["planned_on"] <= day.isoformat()]
    missed = sum(row["ended_on"] is not None for row in late)
    ended = f", {missed} av dem i oppdrag som er slutt" if missed else ""
    coming = f", {len(rows) - len(late)} kommer" if len(rows) > len(late) else ""
    first = rows[0]
    return (
        f"{len(late)} er forfalt{ended}{coming}. Når den første er gjort: hsf oppdrag oppfølging "
        f'{first["assignment_number"]} --type {first["kind"]} --notat "…"'
    )
