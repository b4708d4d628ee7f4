"""A candidate approved: the day, and what is missing of the four requirements, in one step."""

from collections.abc import Mapping
from typing import Any

import typer

from hsf_cli import dates
from hsf_cli.commands.common import command_name
from hsf_cli.commands.fields import Fields, Prompt
from hsf_cli.commands.records import UNDO, about_texts, cleared, keep_exceptions
from hsf_cli.errors import Declined, Stopped
from hsf_cli.registers import editing, service
from hsf_cli.registers.lookup import name_of
from hsf_cli.store import Store
from hsf_cli.ui import questions, screen

APPROVED = Fields("volunteer", "godkjent", needed=("godkjent",), flags={"godkjent": "--dato"})
REQUIREMENTS = Fields(
    "volunteer", "politiattest_utstedt", "politiattest_vist", "politiattest_sett_av",
    "taushetserklæring", "hjemmebesøk",
)  # fmt: skip
# What meets a requirement that is missing; the course hours come from the courses.
_FIELDS_OF = {
    "politiattest": ("certificate_issued_on", "certificate_shown_on", "certificate_seen_by"),
    "taushetserklæring": ("confidentiality_on",),
    "hjemmebesøk": ("home_visit_on",),
}


def keep_approved(
    ctx: typer.Context, store: Store, number: int, typed: Mapping[str, str], despite: str | None
) -> None:
    """Approves a candidate with what was typed, and what is answered of what is missing."""
    prompt = Prompt(store)
    asked = () if typed else ("approved_on",)
    today = {"approved_on": prompt.today.isoformat()}
    approved = APPROVED.filled(typed, prompt, asked=asked, defaults=today)
    met = REQUIREMENTS.read(typed, prompt)
    present = editing.record(store, "volunteer", number)
    if screen.at_terminal():
        for finding in service.against_approval(store, number, {**present, **approved, **met}):
            REQUIREMENTS.ask(_FIELDS_OF.get(finding.rule, ()), met, prompt, present)
    after = {**present, **approved, **met}
    service.refuse_edit(store, number, after)
    findings = [*about_texts(met), *service.against_approval(store, number, after)]
    met = editing.differing(present, met)
    try:
        reason = cleared(findings, despite)
    except Stopped:
        if not met or about_texts(met) or not screen.at_terminal():
            raise
        _keep_dates_alone(ctx, store, number, met)
        return
    with store.change(command_name(ctx)) as change:
        change.update("volunteer", number, **approved, **met)
        keep_exceptions(change, findings, reason, "volunteer", number)
    name, day = name_of(store, "volunteer", number), dates.written(approved["approved_on"])
    screen.say(f"{name} er godkjent {day}. {UNDO}")
    screen.say("Familiene som venter på familiekontakt: hsf venteliste --steg familiekontakt")


def _keep_dates_alone(
    ctx: typer.Context, store: Store, number: int, met: Mapping[str, Any]
) -> None:
    """Keeps what was answered of the requirements, where the approval itself is given up."""
    kept = questions.choice(
        "Ta vare på det du svarte om kravene, uten å godkjenne?", {True: "Ja", False: "Nei"}
    )
    if not kept:
        raise Declined("Ingenting er lagret.")
    with store.change(command_name(ctx)) as change:
        change.update("volunteer", number, **met)
    told = REQUIREMENTS.told(met, Prompt(store))
    name = name_of(store, "volunteer", number)
    screen.say(f"{name} er ikke godkjent ennå. Ført: {told}. {UNDO}")
