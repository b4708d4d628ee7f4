"""The home visit and the mapping of a family's needs, in the order the conversation goes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any

import typer

from hsf_cli import dates
from hsf_cli.commands import children as told_children
from hsf_cli.commands.children import NewChild
from hsf_cli.commands.common import command_name, read
from hsf_cli.commands.fields import Fields, Prompt
from hsf_cli.commands.interview import interview
from hsf_cli.commands.records import UNDO, about_texts, cleared, keep_exceptions
from hsf_cli.errors import WrongUse
from hsf_cli.records import KINDS
from hsf_cli.registers import editing, families, inquiries
from hsf_cli.registers.lookup import name_of
from hsf_cli.store import Store
from hsf_cli.ui import questions, screen

VISIT = Fields("inquiry", "besøkt", needed=("besøkt",), flags={"besøkt": "--dato"})
# The order of the conversation, which is the order of the form.
FAMILY = Fields(
    "family", "sivilstatus", "bakgrunn", "asylmottak", "introduksjonsprogram", "språk",
    "utfordringer", "utfordringer_annet", "støtte", "støtte_annet", "nettverk", "nettverk_annet",
    "hjelp_før", "hjelp_etter", "foretrekker", "fant_oss", "fant_oss_annet", "notat",
)  # fmt: skip
Children = Annotated[
    list[str] | None,
    typer.Option(
        "--barn", metavar="BARN", help="Et barn til: navn og fødselsår, «Ada 2021». Kan gjentas."
    ),
]
# The children come after the family's own situation, as in the conversation.
_SITUATION = (
    "civil_status", "background", "reception_centre", "introduction_programme", "language",
)  # fmt: skip
# What is asked for only where it can have an answer.
_AFTER_START = "help_after"


@dataclass
class Mapped:
    """What was said at a home visit, or when a family was mapped."""

    visit: dict[str, Any] = field(default_factory=dict)
    about_family: dict[str, Any] = field(default_factory=dict)
    new_children: list[NewChild] = field(default_factory=list)
    # Whether a child that is here already has special needs, by its number.
    special_needs: dict[int, int | None] = field(default_factory=dict)


def keep_mapped(
    ctx: typer.Context,
    store: Store,
    family: int,
    inquiry: int | None,
    typed: Mapping[str, str],
    children_typed: Sequence[str],
    despite: str | None,
) -> None:
    """Takes what was typed or is answered of a family, and of the visit where there was one."""
    subject = KINDS["inquiry"].name(inquiry) if inquiry else KINDS["family"].name(family)
    draft = f"{command_name(ctx)} {subject}"
    present = editing.record(store, "family", family)
    case = editing.record(store, "inquiry", inquiry) if inquiry else None
    if typed or children_typed or not screen.at_terminal():
        mapped = _typed(store, typed, children_typed, case)
    else:
        with interview(store, draft, f"hsf {draft}") as answers:
            mapped = _conversation(store, family, present, case, answers)
    if case:
        VISIT.check({**case, **mapped.visit})
    findings = about_texts(mapped.about_family)
    received_on = case["received_on"] if case else dates.today().isoformat()
    births = [*inquiries.births(store, family), *(child.born for child in mapped.new_children)]
    if mapped.new_children:
        findings += inquiries.against_children(births, date.fromisoformat(received_on))
    reason = cleared(findings, despite)
    with store.change(command_name(ctx)) as change:
        if inquiry and case and (visit := editing.differing(case, mapped.visit)):
            change.update("inquiry", inquiry, **visit)
        if differing := editing.differing(present, mapped.about_family):
            change.update("family", family, **differing)
        for child in mapped.new_children:
            change.insert("child", family_id=family, **child.values())
        for number, needs in mapped.special_needs.items():
            change.update("child", number, special_needs=needs)
        table, subject_number = ("inquiry", inquiry) if inquiry else ("family", family)
        keep_exceptions(change, findings, reason, table, subject_number)
        change.forget_draft(draft)
    name = name_of(store, "family", family)
    if mapped.visit:
        day = dates.written(mapped.visit["visited_on"])
        screen.say(f"Hjemmebesøket hos {name} {day} er ført. {UNDO}")
        if not mapped.about_family:
            short = KINDS["family"].name(family)
            screen.say(f"Det dere snakket om, føres med: hsf familie kartlegg {short}")
    else:
        screen.say(f"Kartleggingen av {name} er ført. {UNDO}")


def _typed(
    store: Store,
    typed: Mapping[str, str],
    children_typed: Sequence[str],
    case: Mapping[str, Any] | None,
) -> Mapped:
    prompt = Prompt(store)
    if case is None and not (typed or children_typed):
        raise WrongUse("Det er ikke sagt hva som ble kartlagt.", "Valgene står i --hjelp.")
    return Mapped(
        visit=VISIT.filled(typed, prompt, defaults=_known_visit(case)) if case else {},
        about_family=FAMILY.read(typed, prompt),
        new_children=[
            read("--barn", text, lambda one: told_children.read(one, prompt))
            for text in children_typed
        ],
    )


def _conversation(
    store: Store,
    family: int,
    present: Mapping[str, Any],
    case: Mapping[str, Any] | None,
    answers: dict[str, Any],
) -> Mapped:
    """Asks all of it in order; what is in `answers` already was answered before a break."""
    prompt = Prompt(store)
    known = families.belongings(store, family)
    if case:
        suggested = _known_visit(case) or {"visited_on": prompt.today.isoformat()}
        VISIT.ask(("visited_on",), answers, prompt, suggested)
    FAMILY.ask(_SITUATION, answers, prompt, present)
    for child in known.children:
        key = f"needs {child['id']}"
        if key not in answers:
            answers[key] = _special_needs(child["name"], child["special_needs"])
    if "children" not in answers:
        told = told_children.ask(prompt, known=len(known.children))
        answers["children"] = [child.values() for child in told]
    for child in answers["children"]:
        if "asked" not in child:
            child["special_needs"] = _special_needs(child["name"], None)
            child["asked"] = True
    rest = [column.field for column in FAMILY.columns if column.field not in _SITUATION]
    if not known.assignments:
        rest.remove(_AFTER_START)
    FAMILY.ask(rest, answers, prompt, present)
    fields = {column.field for column in FAMILY.columns}
    return Mapped(
        visit={"visited_on": answers["visited_on"]} if case else {},
        about_family={name: value for name, value in answers.items() if name in fields},
        new_children=[
            NewChild(child["name"], child["born"], child["special_needs"])
            for child in answers["children"]
        ],
        special_needs={
            child["id"]: answers[f"needs {child['id']}"]
            for child in known.children
            if answers[f"needs {child['id']}"] != child["special_needs"]
        },
    )


def _special_needs(name: str | None, present: int | None) -> int | None:
    return questions.choice(
        f"Har {name or 'barnet'} særskilte behov?",
        {0: "Nei", 1: "Ja", None: "Vet ikke ennå"},
        present,
    )


def _known_visit(case: Mapping[str, Any]) -> dict[str, str]:
    return {"visited_on": case["visited_on"]} if case["visited_on"] else {}
