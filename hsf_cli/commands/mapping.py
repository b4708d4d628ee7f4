"""The home visit and the mapping of a family's needs, in the order the conversation goes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any

import typer

from hsf_cli import dates
from hsf_cli.change import Change
from hsf_cli.commands import children as told_children
from hsf_cli.commands.children import NewChild
from hsf_cli.commands.common import command_name, read
from hsf_cli.commands.fields import Fields, Prompt
from hsf_cli.commands.interview import begun, interview
from hsf_cli.commands.records import UNDO, about_texts, cleared, keep_exceptions
from hsf_cli.errors import Stopped, WrongUse
from hsf_cli.records import KINDS
from hsf_cli.registers import children as known_children
from hsf_cli.registers import drafts, editing, families, inquiries, target_group
from hsf_cli.registers.lookup import name_of
from hsf_cli.rules import Finding
from hsf_cli.store import Row, Store
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
    # The interview that it is from; none where it was typed.
    answers: dict[str, Any] = field(default_factory=dict)


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
    case = editing.record(store, "inquiry", inquiry) if inquiry else None
    draft, short = _draft(family, case)
    again = f"hsf {command_name(ctx)} {short}"
    if typed or children_typed or not screen.at_terminal():
        _keep(ctx, store, family, case, _typed(store, typed, children_typed, case), despite)
        if when := begun(store, draft):
            screen.say(f"Samtalen som ble avbrutt {when}, kan du fortsette: {again}")
        return
    with interview(store, draft, again) as answers:
        _keep(ctx, store, family, case, _conversation(store, family, case, answers), despite)


def _draft(family: int, case: Mapping[str, Any] | None) -> tuple[str, str]:
    """What answers about a visit or a family are kept under, and how people write that record."""
    table, number = ("inquiry", case["id"]) if case else ("family", family)
    return drafts.name(table, number), KINDS[table].name(number)


def _keep(
    ctx: typer.Context,
    store: Store,
    family: int,
    case: Mapping[str, Any] | None,
    mapped: Mapped,
    despite: str | None,
) -> None:
    """Writes what was said, where nothing stands against it, and forgets the draft of it."""
    if case:
        VISIT.check({**case, **mapped.visit})
    open_case = case["id"] if case else inquiries.open_inquiry(store, family)
    findings = _against(store, family, open_case, mapped)
    try:
        reason = cleared(findings, despite)
    except Stopped:
        _ask_again(mapped.answers, findings)
        raise
    with store.change(command_name(ctx)) as change:
        same_children = _write(store, change, family, case, mapped)
        subject = ("inquiry", open_case) if open_case else ("family", family)
        keep_exceptions(change, findings, reason, *subject)
        happened = change.happened()
    if mapped.answers:
        store.set_aside(_draft(family, case)[0], None)
        mapped.answers.clear()
    _tell(store, family, mapped, same_children, happened=happened)


def _write(
    store: Store,
    change: Change,
    family: int,
    case: Mapping[str, Any] | None,
    mapped: Mapped,
) -> int:
    """Writes what is new of what was said; gives how many of the children were here already."""
    if case and (visit := editing.differing(case, mapped.visit)):
        change.update("inquiry", case["id"], **visit)
    present = editing.record(store, "family", family)
    if differing := editing.differing(present, mapped.about_family):
        change.update("family", family, **differing)
    for number, needs in mapped.special_needs.items():
        change.update("child", number, special_needs=needs)
    told = [child.values() for child in mapped.new_children]
    return known_children.kept(store, change, family, told)


def _against(store: Store, family: int, open_case: int | None, mapped: Mapped) -> list[Finding]:
    """What stands against it: in its texts, and on the day the open inquiry came."""
    findings = about_texts(mapped.about_family)
    if open_case is None:
        return findings
    births = [*inquiries.births(store, family), *(child.born for child in mapped.new_children)]
    case = editing.record(store, "inquiry", open_case)
    return [*findings, *target_group.against_target_group(store, case, births)]


def _ask_again(answers: dict[str, Any], findings: Sequence[Finding]) -> None:
    """Takes away the answers that findings are about, so that the interview asks for them again."""
    for name, value in list(answers.items()):
        if about_texts({name: value}):
            del answers[name]
    if any(finding.rule == target_group.RULE for finding in findings):
        answers.pop("children", None)


def _tell(store: Store, family: int, mapped: Mapped, same_children: int, *, happened: bool) -> None:
    """Says what was kept."""
    name = name_of(store, "family", family)
    if not happened:
        screen.say(f"Alt dette var ført på {name} fra før. Ingenting er endret.")
        return
    if mapped.visit:
        day = dates.written(mapped.visit["visited_on"])
        screen.say(f"Hjemmebesøket hos {name} {day} er ført. {UNDO}")
    else:
        screen.say(f"Kartleggingen av {name} er ført. {UNDO}")
    if same_children:
        screen.say(told_children.told_of_before(same_children))
    if mapped.visit and not mapped.about_family:
        short = KINDS["family"].name(family)
        screen.say(f"Før det dere snakket om: hsf familie kartlegg {short}")
    elif mapped.visit:
        short = KINDS["family"].name(family)
        screen.say(f"Hvem som kan passe for familien: hsf oppdrag forslag {short}")


def _typed(
    store: Store,
    typed: Mapping[str, str],
    children_typed: Sequence[str],
    case: Mapping[str, Any] | None,
) -> Mapped:
    prompt = Prompt(store)
    if case is None and not (typed or children_typed):
        raise WrongUse(
            "Det er ikke sagt hva som ble kartlagt.",
            f"Skriv for eksempel {FAMILY.flag(FAMILY.columns[0])}. Valgene står i --hjelp.",
        )
    return Mapped(
        visit=VISIT.filled(typed, prompt, defaults=_known_visit(case)) if case else {},
        about_family=FAMILY.read(typed, prompt),
        new_children=[
            read("--barn", text, lambda one: told_children.read(one, prompt))
            for text in children_typed
        ],
    )


def _conversation(
    store: Store, family: int, case: Mapping[str, Any] | None, answers: dict[str, Any]
) -> Mapped:
    """Asks all of it in order; what is in `answers` already was answered before a break."""
    prompt = Prompt(store)
    present = editing.record(store, "family", family)
    children = families.belongings(store, family).children
    if case:
        _ask_day(case, answers, prompt)
    FAMILY.ask(_SITUATION, answers, prompt, present)
    _ask_of_children(children, answers, prompt)
    rest = [column.field for column in FAMILY.columns if column.field not in _SITUATION]
    if not families.has_had_assignment(store, family):
        rest.remove(_AFTER_START)
    FAMILY.ask(rest, answers, prompt, present)
    return _mapped(case, children, answers)


def _ask_of_children(known: Sequence[Row], answers: dict[str, Any], prompt: Prompt) -> None:
    """Asks of the needs of each child that is here, then who else there is, and theirs."""
    for child in known:
        if (key := _needs_of(child)) not in answers:
            answers[key] = _special_needs(child["name"], child["special_needs"])
    if "children" not in answers:
        told = told_children.ask(prompt, known=len(known))
        answers["children"] = [child.values() for child in told]
    for child in answers["children"]:
        if "asked" not in child:
            child["special_needs"] = _special_needs(child["name"], None)
            child["asked"] = True


def _mapped(
    case: Mapping[str, Any] | None, known: Sequence[Row], answers: dict[str, Any]
) -> Mapped:
    """What the answers of a whole conversation say."""
    fields = {column.field for column in FAMILY.columns}
    return Mapped(
        visit={"visited_on": answers["visited_on"]} if case else {},
        about_family={name: value for name, value in answers.items() if name in fields},
        new_children=[
            NewChild(child["name"], child["born"], child["special_needs"])
            for child in answers["children"]
        ],
        special_needs={
            child["id"]: answers[_needs_of(child)]
            for child in known
            if answers[_needs_of(child)] != child["special_needs"]
        },
        answers=answers,
    )


def _needs_of(child: Row) -> str:
    """What the answer is kept under whether a child that is here has special needs."""
    return f"needs {child['id']}"


def _ask_day(case: Mapping[str, Any], answers: dict[str, Any], prompt: Prompt) -> None:
    """Asks for the day of the visit, until it is one that goes with the inquiry."""
    suggested = _known_visit(case) or {"visited_on": prompt.today.isoformat()}
    while True:
        VISIT.ask(("visited_on",), answers, prompt, suggested)
        try:
            VISIT.check({**case, **answers})
        except Stopped as stopped:
            screen.tell(f"  {stopped.text}")
            suggested = {"visited_on": answers.pop("visited_on")}
        else:
            return


def _special_needs(name: str | None, present: int | None) -> int | None:
    return questions.choice(
        f"Har {name or 'barnet'} særskilte behov?",
        {0: "Nei", 1: "Ja", None: "Vet ikke ennå"},
        present,
    )


def _known_visit(case: Mapping[str, Any]) -> dict[str, str]:
    return {"visited_on": case["visited_on"]} if case["visited_on"] else {}
