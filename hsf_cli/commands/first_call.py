"""The first call about a family: what is asked, and whether the family is here already."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from hsf_cli.commands import children
from hsf_cli.commands.children import NewChild
from hsf_cli.commands.common import read
from hsf_cli.commands.fields import Fields, Prompt
from hsf_cli.commands.records import about_texts
from hsf_cli.registers import inquiries
from hsf_cli.rules import Finding
from hsf_cli.store import Store
from hsf_cli.ui import questions, screen

FAMILY = Fields(
    "family", "navn", "kontaktperson", "telefon", "epost", "adresse", "område", "språk",
    "foretrekker", "fant_oss", "fant_oss_annet",
)  # fmt: skip
INQUIRY = Fields("inquiry", but=("familie",), later=("kilde",))

_NEW_FAMILY = 0


@dataclass(frozen=True)
class FirstCall:
    """What was said, with the number of the family where it is here already."""

    family: int | None
    about_family: Mapping[str, Any]
    about_inquiry: Mapping[str, Any]
    children: Sequence[NewChild]
    # What stands against keeping it as it is.
    findings: Sequence[Finding]


def first_call(
    store: Store,
    typed: Mapping[str, str],
    children_typed: Sequence[str],
    family: int | None,
    prompt: Prompt,
) -> FirstCall:
    """What was typed and what is answered: at a terminal all is asked where nothing was typed."""
    kids = [read("--barn", text, lambda one: children.read(one, prompt)) for text in children_typed]
    received = {"received_on": prompt.today.isoformat()}
    if typed or children_typed or not screen.at_terminal():
        about_family = FAMILY.read(typed, prompt) if family else FAMILY.filled(typed, prompt)
        about_inquiry = INQUIRY.filled(typed, prompt, defaults=received)
    else:
        about_family, about_inquiry, kids = _conversation(store, prompt, new=family is None)
        about_inquiry = {**received, **about_inquiry}
    if family is None:
        births = [one.born for one in kids]
        doubles = inquiries.likely_doubles(store, about_family, births)
        family = _same_family(doubles) if doubles and screen.at_terminal() else None
        against = [] if screen.at_terminal() else inquiries.against_double(doubles)
    else:
        against = []
    return FirstCall(
        family,
        about_family,
        about_inquiry,
        kids,
        [
            *about_texts({**about_family, **about_inquiry}),
            *against,
            *_against_target_group(store, family, about_inquiry, kids),
        ],
    )


def _conversation(
    store: Store, prompt: Prompt, *, new: bool
) -> tuple[dict[str, Any], dict[str, Any], list[NewChild]]:
    """The questions of a first call, in the order one talks. All but the name can be passed by."""
    family: dict[str, Any] = {}
    inquiry: dict[str, Any] = {}
    kids: list[NewChild] = []
    if new:
        FAMILY.ask(("name", "contact_person", "phone", "area"), family, prompt)
        kids = children.ask(prompt)
    INQUIRY.ask(("source", "contact"), inquiry, prompt)
    if new:
        FAMILY.ask(("found_us", "found_us_other"), family, prompt)
    INQUIRY.ask(("coordinator", "note"), inquiry, prompt, inquiries.usual_coordinator(store))
    return family, inquiry, kids


def _same_family(doubles: Sequence[inquiries.Double]) -> int | None:
    """The family that is here already and calls again; None where somebody says it is another."""
    labels = {double.number: f"Ja: {double.text}" for double in doubles}
    answer = questions.choice(
        "Familien ligner på en som er her fra før. Er det samme familie?",
        {**labels, _NEW_FAMILY: "Nei, det er en ny familie"},
    )
    return answer or None


def _against_target_group(
    store: Store, family: int | None, inquiry: Mapping[str, Any], kids: Sequence[NewChild]
) -> list[Finding]:
    if inquiry.get("closed_reason") == "utenfor_målgruppen":
        return []
    births = [one.born for one in kids] + (inquiries.births(store, family) if family else [])
    return inquiries.against_children(births, date.fromisoformat(inquiry["received_on"]))
