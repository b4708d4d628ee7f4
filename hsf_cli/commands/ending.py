"""What becomes of a family's case when an assignment ends, and what is left to do then."""

from collections.abc import Mapping
from typing import Any

from hsf_cli import dates
from hsf_cli.codes import code_list
from hsf_cli.errors import WrongUse
from hsf_cli.records import KINDS
from hsf_cli.registers import assignments, editing, endings, follow_ups
from hsf_cli.registers.follow_ups import label_of
from hsf_cli.registers.lookup import name_of
from hsf_cli.spelling import lower_first
from hsf_cli.store import Store
from hsf_cli.ui import questions, screen


def wanted(reason: str, said: bool | None) -> bool | None:
    """What was said is to become of the case; asked for where the reason does not tell."""
    if said and reason == "ny_familiekontakt":
        raise WrongUse(
            "Saken kan ikke avsluttes når familien venter på en ny familiekontakt.",
            "Velg en annen --grunn, eller utelat --saken.",
        )
    if said is not None or reason in endings.CLOSES_CASE:
        return said
    if not screen.at_terminal():
        raise WrongUse(
            "--saken mangler: grunnen sier ikke hva som skjer med saken.",
            "Legg til --saken avslutt, eller --saken venter.",
        )
    return questions.choice(
        "Hva skjer med saken?",
        {True: "Den avsluttes", False: "Familien venter på en ny familiekontakt"},
    )


def what_follows(store: Store, ended: Mapping[str, Any]) -> list[str]:
    """What became of the case, and what is left to do, one sentence each."""
    case = editing.record(store, "inquiry", ended["inquiry_id"])
    family = editing.record(store, "family", case["family_id"])
    short = KINDS["family"].name(family["id"])
    lines = [_case_now(store, case, ended), *_not_done(store, ended), *_hours_left(store, ended)]
    if family["help_after"] == "[]":
        remedy = f"hsf familie kartlegg {short} --hjelp-etter KODER"
        lines.append(f"Får familien hjelp av andre nå? Skriv det inn: {remedy}")
    return lines


def _case_now(store: Store, case: Mapping[str, Any], ended: Mapping[str, Any]) -> str:
    if case["closed_on"]:
        reason = lower_first(code_list("inquiry_closed").labels[case["closed_reason"] or "annet"])
        short, day = KINDS["inquiry"].name(case["id"]), dates.written(case["closed_on"])
        return f"Saken {short} er avsluttet {day}: {reason}."
    if other := endings.running_beside(store, ended):
        return f"Saken står åpen: {name_of(store, 'assignment', other)} pågår."
    suggest = f"hsf oppdrag forslag {KINDS['family'].name(case['family_id'])}"
    return f"Familien står på ventelisten igjen. Se hvem som passer: {suggest}"


def _not_done(store: Store, ended: Mapping[str, Any]) -> list[str]:
    today = dates.today()
    return [
        f"Ikke gjort: oppfølging {label_of(one.kind)}, planlagt {dates.written(one.planned_on)}. "
        f"Når den er gjort: hsf oppdrag oppfølging {KINDS['follow_up'].name(one.number)}"
        ' --dato "i dag"'
        for one in follow_ups.of_assignment(store, ended["id"], today)
        if one.number is not None and one.status(today) == "forfalt"
    ]


def _hours_left(store: Store, ended: Mapping[str, Any]) -> list[str]:
    """That nobody has handed in hours for the month it ended in."""
    last_on = assignments.totals(store, ended["id"]).last_on
    if last_on is not None and last_on[:7] >= ended["ended_on"][:7]:
        return []
    said = f"Siste timer er ført {dates.written(last_on)}." if last_on else "Ingen timer er ført."
    return [f"{said} Se hva som mangler: hsf timer mangler"]
