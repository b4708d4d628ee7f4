"""A call about a family: what is asked, and whether the family, or its case, is here already."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hsf_cli.commands import children
from hsf_cli.commands.children import NewChild
from hsf_cli.commands.common import read
from hsf_cli.commands.fields import Fields, Prompt, label
from hsf_cli.commands.records import about_texts, reason_asked
from hsf_cli.errors import Declined, Stopped
from hsf_cli.registers import inquiries
from hsf_cli.registers.inquiries import Overlap
from hsf_cli.registers.target_group import against_target_group
from hsf_cli.rules import Finding
from hsf_cli.store import Store
from hsf_cli.ui import questions, screen

FAMILY = Fields(
    "family", "navn", "kontaktperson", "telefon", "epost", "adresse", "område", "språk",
    "foretrekker", "fant_oss", "fant_oss_annet",
)  # fmt: skip
INQUIRY = Fields("inquiry", but=("familie",), later=("kilde",))
TALK = Fields("talk", "dato", "notat")

_ASKED_OF_FAMILY = ("name", "contact_person", "phone", "area")
_NEW_FAMILY = 0


@dataclass(frozen=True)
class Talk:
    """What a call is where its family has an open case: a talk on that, with what was said."""

    inquiry: int
    values: Mapping[str, Any]


@dataclass(frozen=True)
class FirstCall:
    """What was said, with the number of the family where it is here already."""

    family: int | None
    about_family: Mapping[str, Any]
    about_inquiry: Mapping[str, Any]
    children: Sequence[NewChild]
    # What stands against keeping it as it is.
    findings: Sequence[Finding]
    # What was gone on against already as the call was taken, and why.
    settled: Sequence[Finding] = ()
    reason: str = ""
    talk: Talk | None = None


def first_call(
    store: Store,
    typed: Mapping[str, str],
    children_typed: Sequence[str],
    family: int | None,
    prompt: Prompt,
    despite: str | None,
) -> FirstCall:
    """What was typed and what is answered: at a terminal all is asked where nothing was typed.

    Why a family outside the target group is taken is asked where `despite` does not say it.
    Where the family has an open inquiry, that is said before anything more is asked: at a terminal
    the call can be a talk on it. Raises Stopped where it is not to be.
    """
    everything = screen.at_terminal() and not (typed or children_typed)
    kids = [read("--barn", text, lambda one: children.read(one, prompt)) for text in children_typed]
    inquiry = INQUIRY.filled(typed, prompt, defaults={"received_on": prompt.today.isoformat()})
    INQUIRY.check(inquiry)
    inquiries.refuse_half_closed(inquiry)
    case = _case_to_talk_on(store, family, inquiry)
    doubles: Sequence[inquiries.Double] = ()
    if family:
        about = FAMILY.read(typed, prompt)
    else:
        about = FAMILY.filled(typed, prompt, asked=_ASKED_OF_FAMILY if everything else ())
        kids = children.ask(prompt) if everything else kids
        doubles = inquiries.likely_doubles(store, about, [(one.name, one.born) for one in kids])
        if doubles and screen.at_terminal():
            family, doubles = _same_family(doubles), ()
            case = _case_to_talk_on(store, family, inquiry)
            about = {**about, "name": None} if family else about  # by which it was looked for
    if everything and case is None:
        _ask_of_inquiry(store, inquiry, about, prompt, new=family is None)
        case = _settled_day(store, family, inquiry, prompt)
    if case is not None:
        # Where nothing was typed, and not all is asked yet, the day is only the one to suggest.
        talk = _talk(store, case, inquiry if typed or "note" in inquiry else {}, prompt)
        findings = about_texts({**about, **talk.values})
        return FirstCall(family, about, {}, kids, findings, talk=talk)
    births = [one.born for one in kids] + (inquiries.births(store, family) if family else [])
    outside = against_target_group(store, inquiry, births)
    reason = ""
    if everything and outside and despite is None:
        reason = _reason_for_taking(outside[0].text)
        if not reason:
            closed = {"closed_on": prompt.today.isoformat(), "closed_reason": "utenfor_målgruppen"}
            inquiry, outside = {**inquiry, **closed}, []
    findings = [
        *about_texts({**about, **inquiry}),
        *inquiries.against_double(doubles),
        *([] if reason else outside),
    ]
    return FirstCall(family, about, inquiry, kids, findings, outside if reason else (), reason)


def told_news(about_family: Mapping[str, Any], before: Mapping[str, Any], prompt: Prompt) -> str:
    """What a call told of a family that was here: «Telefon: 900 00 999 (var 900 00 123)»."""
    return "; ".join(
        f"{label(column)}: {column.value.for_people(about_family[column.field], prompt)}"
        + (f" (var {column.value.for_people(was, prompt)})" if was is not None else "")
        for column in FAMILY.columns
        if column.field in before
        for was in [before[column.field]]
    )


def _ask_of_inquiry(
    store: Store, inquiry: dict[str, Any], family: dict[str, Any], prompt: Prompt, *, new: bool
) -> None:
    """Asks the rest of a first call, in the order one talks. All of it can be passed by."""
    INQUIRY.ask(("source", "contact"), inquiry, prompt)
    if new:
        FAMILY.ask(("found_us", "found_us_other"), family, prompt)
    suggested = {"received_on": inquiry.pop("received_on"), **inquiries.usual_coordinator(store)}
    INQUIRY.ask(("received_on", "coordinator", "note"), inquiry, prompt, suggested)


def settled_talk(
    store: Store, inquiry: int, values: dict[str, Any], prompt: Prompt
) -> dict[str, Any]:
    """The talk, of a day when the case was here: asked for again at a terminal, or Stopped."""
    while True:
        try:
            inquiries.refuse_talk(store, inquiry, values["talked_on"])
        except Stopped as early:
            if not screen.at_terminal():
                raise
            screen.tell(f"  {early.text}")
            day = {"talked_on": values.pop("talked_on")}
            TALK.ask(("talked_on",), values, prompt, day)
        else:
            return values


def _talk(store: Store, inquiry: int, told: Mapping[str, Any], prompt: Prompt) -> Talk:
    """A call as a talk: what was told of it, and what is answered of the rest."""
    back = f"Ring tilbake: {told['contact']}." if told.get("contact") else ""
    said = {
        "talked_on": told.get("received_on"),
        "note": " ".join(filter(None, [back, told.get("note")])),
    }
    values: dict[str, Any] = {name: value for name, value in said.items() if value}
    TALK.ask(("talked_on", "note"), values, prompt, {"talked_on": prompt.today.isoformat()})
    return Talk(inquiry, settled_talk(store, inquiry, values, prompt))


def _case_to_talk_on(store: Store, family: int | None, inquiry: Mapping[str, Any]) -> int | None:
    """The family's open case, where somebody at a terminal says that the call is a talk on it.

    Raises Stopped where this inquiry would be another.
    """
    try:
        _refuse_second(store, family, inquiry)
    except inquiries.AlreadyOpen as already:
        if not screen.at_terminal():
            raise
        screen.tell(already.text)
        questions.confirm("Notere samtalen på den?", already=False)
        return inquiries.open_inquiry(store, family) if family else None
    return None


def _refuse_second(store: Store, family: int | None, inquiry: Mapping[str, Any]) -> None:
    """Raises Stopped where the family has an open inquiry, and this one would be another."""
    if family and not inquiry.get("closed_on"):
        inquiries.refuse_second(store, family)
    if family:
        inquiries.refuse_overlap(store, family, inquiry)


def _settled_day(
    store: Store, family: int | None, inquiry: dict[str, Any], prompt: Prompt
) -> int | None:
    """Asks for the day again while the family had another case then: the rest is not lost.

    Gives the case to talk on, where others have opened one meanwhile.
    """
    while True:
        try:
            return _case_to_talk_on(store, family, inquiry)
        except Overlap as overlap:
            screen.tell(f"  {overlap.text}")
            day = {"received_on": inquiry.pop("received_on")}
            INQUIRY.ask(("received_on",), inquiry, prompt, day)


def _reason_for_taking(finding: str) -> str:
    """Why an inquiry from outside the target group is taken; empty to close it at once.

    Raises Declined for neither.
    """
    screen.tell(f"Merk: {finding}")
    answer = questions.choice(
        "Hva vil du gjøre?",
        {
            "close": "Ta imot henvendelsen, og avslutte den som utenfor målgruppen",
            "despite": "Ta den imot likevel, med en begrunnelse",
            "stop": "Avbryte uten å lagre",
        },
    )
    if answer == "stop":
        raise Declined("Ingenting er lagret.")
    if answer == "close":
        return ""
    return reason_asked("Hvorfor tar dere den imot? Skriv det, eller Enter for å avbryte:")


def _same_family(doubles: Sequence[inquiries.Double]) -> int | None:
    """The family that is here already and calls again; None where somebody says it is another."""
    labels = {double.number: f"Ja: {double.text}" for double in doubles}
    answer = questions.choice(
        "Familien ligner på en som er her fra før. Er det samme familie?",
        {**labels, _NEW_FAMILY: "Nei, det er en ny familie"},
    )
    return answer or None
