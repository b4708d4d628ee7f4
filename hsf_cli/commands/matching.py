"""A volunteer for a family that waits: the case that is meant, the suggestion, and the choice."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from hsf_cli import dates
from hsf_cli.codes import code_list
from hsf_cli.commands.records import chosen
from hsf_cli.errors import NotFound, Stopped, WrongUse
from hsf_cli.records import KINDS
from hsf_cli.registers import assignments, beginnings, editing, families, inquiries, matching
from hsf_cli.registers.lookup import name_of
from hsf_cli.registers.matching import Suggested, Suggestion, Unable
from hsf_cli.store import Store
from hsf_cli.texts import listed
from hsf_cli.ui import questions, screen
from hsf_cli.ui.card import Card, show_card
from hsf_cli.ui.listing import Column, Listing, show

_NAME = (Column("number", "Nr."), Column("name", "Familiekontakt", main=True, personal=True))
_ABLE = [*_NAME, Column("why", "Hva taler for og mot", detail="")]
# How many are shown with their reasons before somebody chooses among all of them.
_BEST = 5
_FIRST = "Det er ingen å velge blant. Den første: hsf kontakt ny"
_UNABLE = [
    Column("number", "Nr."),
    Column("finding", "Hvorfor ikke", main=True, personal=True),
]
# Everyone in one table, for a spreadsheet.
_EVERYONE = [
    *_NAME,
    Column("for", "For", ", ".join),
    Column("against", "Mot", ", ".join),
    Column("finding", "Til hinder", personal=True),
]


def chosen_among(store: Store, table: str, typed: str | None, among: str) -> int:
    """The record that is meant: rather one of those that `among` gives, but any other if named."""
    if typed is None:
        return chosen(store, table, None, among)
    try:
        return chosen(store, table, typed, among)
    except NotFound:
        return chosen(store, table, typed)


def open_case(store: Store, typed: str | None) -> int:
    """The number of the open inquiry that is meant, by its own number or by its family.

    Raises Stopped where the case is closed.
    """
    if KINDS["inquiry"].typed_number(typed) is not None:
        number = chosen(store, "inquiry", typed)
        family = editing.record(store, "inquiry", number)["family_id"]
    else:
        among = assignments.WAITING if typed is None else assignments.WITH_OPEN_CASE
        family = chosen_among(store, "family", typed, among)
        number = inquiries.open_inquiry(store, family) or 0
    if beginnings.open_case(store, family) != number:
        raise Stopped(
            f"Henvendelsen {name_of(store, 'inquiry', number)} er avsluttet.",
            f"Bruk familien: hsf oppdrag forslag {KINDS['family'].name(family)}",
        )
    return number


def chosen_volunteer(store: Store, inquiry: int, day: date, time: str | None) -> int:
    """The volunteer who is chosen at a terminal, one of the ranked who may start.

    Where none may, one who may not can be chosen, since a rule can be gone past with a reason.
    Without a terminal raises WrongUse.
    """
    family = editing.record(store, "inquiry", inquiry)["family_id"]
    short = KINDS["family"].name(family)
    if not screen.at_terminal():
        raise WrongUse(
            "FAMILIEKONTAKT mangler.", f"Se hvem som passer: hsf oppdrag forslag {short}"
        )
    with store.looking():
        found = matching.suggestion(store, family, day, time)
    if not found.able:
        return _chosen_against_a_rule(found, day)
    screen.say(f"De som passer best for {name_of(store, 'family', family)}:")
    show(_ABLE, [_able(one) for one in found.able[:_BEST]], "tabell")
    labels = {one.number: f"{one.volunteer.id} {one.volunteer.name}" for one in found.able}
    return questions.choice("Hvem skal starte?", labels)


def _chosen_against_a_rule(found: Suggestion, day: date) -> int:
    none = _none(day)
    if not (unable := [*found.unable, *found.candidates]):
        raise Stopped(none, _FIRST)
    screen.say(f"{none} Velg en likevel, eller avbryt med Ctrl-C.")
    labels = {one.number: f"{one.volunteer.id} {one.finding.text}" for one in unable}
    return questions.choice("Hvem skal starte?", labels)


def _none(day: date) -> str:
    return f"Ingen familiekontakt kan starte {dates.written(day)}."


def show_suggestion(
    store: Store, inquiry: int, day: date, time: str | None, *, everyone: bool, format: str
) -> None:
    """Shows who may start, with the reasons, and who may not."""
    family = editing.record(store, "inquiry", inquiry)["family_id"]
    found = matching.suggestion(store, family, day, time)
    if format == "csv":
        show(_EVERYONE, _rows(found), format)
        return
    shown = card(store, inquiry, found, day, time, everyone=everyone or format == "json")
    show_card(shown, format)
    if found.able and format == "tabell":
        short, first = KINDS["family"].name(family), found.able[0].volunteer.id
        start = f"hsf oppdrag start {short} {first}{_on(day)} --kl {time or '17:00'}"
        screen.say(f"\nDere velger selv: {start}")


def card(
    store: Store,
    inquiry: int,
    found: Suggestion,
    day: date,
    time: str | None,
    *,
    everyone: bool = False,
) -> Card:
    """The suggestion as it is shown; those who are not approved or have left only if asked for."""
    record = editing.record(store, "inquiry", inquiry)
    family = editing.record(store, "family", record["family_id"])
    against = beginnings.against_family(store, inquiry, day)
    unable = [*found.unable, *(found.candidates if everyone else ())]
    unable += found.left if everyone else []
    notes = [f"Merk: {finding.text} {finding.remedy}" for finding in against]
    if not found.able:
        anyone = found.unable or found.candidates or found.left
        notes.append(_none(day) if anyone else f"{_none(day)} {_FIRST}")
    if not everyone and (text := _left_out(found)):
        at = f" --kl {time}" if time else ""
        short = KINDS["family"].name(family["id"])
        notes.append(f"{text}. Vis dem: hsf oppdrag forslag {short}{_on(day)}{at} --alle")
    return Card(
        title=f"Familiekontakt til {name_of(store, 'family', family['id'])}",
        facts=_facts(store, family, day),
        lists=[
            (f"Kan starte {dates.written(day)}", "able",
             Listing(_ABLE, [_able(one) for one in found.able])),
            ("Kan ikke starte", "unable", Listing(_UNABLE, [_unable(one) for one in unable])),
        ],
        notes=notes,
        data={
            "inquiry": KINDS["inquiry"].name(inquiry),
            "family": KINDS["family"].name(family["id"]),
            "family_name": family["name"],
            "day": day.isoformat(),
            "findings": [finding.text for finding in against],
            "weights": dict(matching.WEIGHTS),
        },
    )  # fmt: skip


def _facts(store: Store, family: Mapping[str, Any], day: date) -> list[tuple[str, str]]:
    standing = families.standing(store, family["id"], day)
    since = f" siden {dates.written(standing.since)}" if standing.since else ""
    prefers = family["prefers"] and code_list("time_of_day").labels[family["prefers"]]
    facts = [
        ("Står", families.STANDINGS[standing.stands] + since),
        ("Barnas alder", ", ".join(map(str, standing.ages))),
        ("Område", family["area"]),
        ("Språk", family["language"]),
        ("Foretrekker", prefers),
    ]
    return [(label, text or "ikke ført") for label, text in facts]


def _able(one: Suggested) -> dict[str, Any]:
    return {
        "number": one.volunteer.id,
        "name": one.volunteer.name,
        "score": one.score,
        "for": one.speaks_for,
        "against": one.speaks_against,
        "why": _why(one),
        "reasons": [
            {"about": reason.about, "points": reason.points, "text": reason.text}
            for reason in one.reasons
        ],
        "last_ended_on": one.last_ended_on.isoformat() if one.last_ended_on else None,
    }


def _why(one: Suggested) -> str:
    """The reasons as they are read, those for on a line of their own."""
    lines = (("For", one.speaks_for), ("Mot", one.speaks_against))
    return "\n".join(f"{word}: {', '.join(texts)}" for word, texts in lines if texts)


def _unable(one: Unable) -> dict[str, Any]:
    return {
        "number": one.volunteer.id,
        "name": one.volunteer.name,
        "rule": one.finding.rule,
        "finding": one.finding.text,
        "remedy": one.finding.remedy,
    }


def _rows(found: Suggestion) -> list[dict[str, Any]]:
    """Everyone in one table, those who may start first."""
    nothing = {"score": None, "for": None, "against": None}
    return [
        *({**_able(one), "finding": None} for one in found.able),
        *({**_unable(one), **nothing} for one in (*found.unable, *found.candidates, *found.left)),
    ]


def _left_out(found: Suggestion) -> str:
    counted = [
        f"{len(those)} som {what}"
        for those, what in ((found.candidates, "ikke er godkjent"), (found.left, "har sluttet"))
        if those
    ]
    return f"I tillegg er det {listed(counted)}" if counted else ""


def _on(day: date) -> str:
    """The option that says the day, where it is another than today."""
    return "" if day == dates.today() else f" --dato {dates.written(day)}"
