"""What the commands of every noun do alike: choose a record, mend it, remove it, tell of rules."""

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any

import typer

from hsf_cli import dates, rules
from hsf_cli.change import Change
from hsf_cli.commands import completion
from hsf_cli.commands.common import command_name, opened, read
from hsf_cli.commands.fields import Fields, Prompt, label
from hsf_cli.errors import Declined, Stopped, Unreadable, WrongUse
from hsf_cli.exchange.sheet import Column
from hsf_cli.records import KINDS
from hsf_cli.registers import editing, exceptions
from hsf_cli.registers.lookup import Lookup, name_of, none_yet, several
from hsf_cli.rules import Finding
from hsf_cli.spelling import folded
from hsf_cli.store import Store
from hsf_cli.texts import listed, single_line
from hsf_cli.ui import questions, screen

# The option that goes on although a rule stands against it, and the one that answers yes.
Despite = Annotated[
    str | None,
    typer.Option(
        "--likevel",
        metavar="BEGRUNNELSE",
        help="Gå videre selv om en regel er til hinder. Begrunnelsen tas vare på.",
    ),
]
Yes = Annotated[bool, typer.Option("--ja", help="Svarer ja på spørsmålet.")]
Format = Annotated[str, typer.Option("--format", metavar="FORMAT", help="tabell, csv eller json.")]

# «ja» is no reason.
_SHORTEST_REASON = 4
UNDO = "Angre: hsf data angre"
# What the menu types for a value that is to be asked for, where a record is mended.
ASKED = "?"

# The kinds of records that an exception can be about, the closest first.
_SUBJECTS = ("assignment", "inquiry", "family", "volunteer", "resource_group_member")


def argument(table: str, *, metavar: str = "") -> Any:
    """The argument that says which record: a number, or a piece of a name."""
    kind = KINDS[table]
    return typer.Argument(
        metavar=metavar or kind.singular.upper(),
        help=f"Nummeret, som {kind.letter}12, eller en bit av navnet.",
        autocompletion=completion.record(table),
    )


def year_option(help: str) -> Any:
    """The option that leaves a list only what is of a year."""
    return typer.Option(
        "--år", metavar="ÅR", min=dates.EARLIEST_YEAR, max=dates.LATEST_YEAR, help=help
    )


def chosen(
    store: Store,
    table: str,
    typed: str | None,
    among: str = "",
    *,
    question: str = "",
    argument: str = "",
    **values: object,
) -> int:
    """The number of the record that is meant; asked for where it is not certain at a terminal.

    `among` is SQL that gives the ids to choose from; all of them where it is empty. `argument` is
    how the help calls what was typed, where that is not the kind of record.
    """
    kind = KINDS[table]
    lookup = Lookup(store, table, among, **values)
    if typed is None:
        if not screen.at_terminal():
            advice = f"Skriv nummeret, som {kind.letter}12, eller en bit av navnet."
            raise WrongUse(f"{argument or kind.singular.upper()} mangler.", advice)
        hits = lookup.everyone
        if not hits:
            raise Stopped(f"Fant ingen {kind.singular}.", none_yet(kind))
    else:
        hits = lookup.found(typed)
    if len(hits) == 1 and typed is not None:
        number = hits[0].number
    elif typed is not None and not screen.at_terminal():
        raise several(kind, typed, hits)
    else:
        choices = {hit.number: hit.text for hit in hits}
        number = questions.choice(question or f"Velg {kind.singular}:", choices)
    if not lookup.is_here(number):
        raise Stopped(f"{kind.name(number)} er endret av noen andre imens.", "Gjør det på nytt.")
    return number


def cleared(findings: Sequence[Finding], despite: str | None) -> str:
    """The reason for going on against the findings that stop; empty where none does.

    Told are all of them. Raises Stopped where nobody gave a reason.
    """
    stopping = _told(findings)
    if not stopping:
        return ""
    if despite is not None:
        reason = read("--likevel", despite, _reason)
        for finding in stopping:
            screen.tell(f"Unntak: {finding.text}")
        return reason
    if screen.at_terminal():
        for finding in stopping:
            screen.tell(f"Til hinder: {finding.text}\n  {finding.remedy}")
        return reason_asked("Vil du gå videre likevel? Skriv hvorfor, eller Enter for nei:")
    raise _stopped(stopping, ' Eller gå videre med --likevel "begrunnelse".')


def reason_asked(question: str) -> str:
    """The reason that somebody gives for going on. Raises Declined for a no, or nothing."""
    reason = questions.optional(question, lambda typed: is_no(typed) or _reason(typed))
    if is_no(reason):
        raise Declined("Ingenting er lagret.")
    return _reason(reason)


def cleared_for(table: str, findings: Sequence[Finding], despite: str | None) -> str:
    """As `cleared`, where an exception can be kept on a record of that kind; else as `refuse`."""
    if table in _SUBJECTS:
        return cleared(findings, despite)
    refuse(findings)
    return ""


def refuse(findings: Sequence[Finding]) -> None:
    """Tells what stands against something that no reason can be kept for. Raises Stopped."""
    if stopping := _told(findings):
        raise _stopped(stopping)


def _told(findings: Sequence[Finding]) -> list[Finding]:
    """The findings that stop, when the others have been told."""
    for finding in findings:
        if not finding.stops:
            screen.tell(f"Merk: {finding.text} {finding.remedy}")
    return [finding for finding in findings if finding.stops]


def _stopped(stopping: Sequence[Finding], more: str = "") -> Stopped:
    return Stopped(
        " ".join(finding.text for finding in stopping),
        " ".join(finding.remedy for finding in stopping) + more,
    )


def is_no(text: str) -> bool:
    """Whether an answer is no: «nei», «n», or nothing."""
    return folded(text) in ("", "n", "nei")


def _reason(text: str) -> str:
    """A reason as it is kept: a line of plain text. Raises Unreadable for anything else."""
    reason = single_line(text)
    if len(reason) < _SHORTEST_REASON:
        raise Unreadable("Skriv hvorfor, med noen ord.")
    if finding := rules.against_text(reason):
        raise Unreadable(f"{finding.text} {finding.remedy}")
    return reason


def about_texts(values: Mapping[str, Any]) -> list[Finding]:
    """What stands against the texts among the values: none may hold a national identity number."""
    found = (rules.against_text(value) for value in values.values() if isinstance(value, str))
    return [finding for finding in found if finding]


def edit(
    ctx: typer.Context,
    fields: Fields,
    which: str | None,
    typed: Mapping[str, str],
    despite: str | None = None,
    refuse: Callable[[Store, int, Mapping[str, Any]], None] = lambda _, __, ___: None,
    against: Callable[[Store, int, Mapping[str, Any]], list[Finding]] = lambda _, __, ___: [],
    also: Callable[[Store, Change, int, Mapping[str, Any]], None] = lambda *_: None,
    ask: Callable[[Fields, Mapping[str, Any], Prompt], dict[str, Any]] | None = None,
) -> None:
    """Mends a record: what was typed, or what is chosen, or answers `ask`, at a terminal.

    The other three hear of the record as it would be: `refuse` raises where that goes against
    others, `against` gives what stands against it, and `also` writes what goes with it, before it
    does.
    """
    table = fields.sheet.table
    with opened(ctx) as store:
        number = chosen(store, table, which)
        prompt = Prompt(store)
        present = editing.record(store, table, number)
        values = changes(fields, typed, present, prompt, ask or asked_changes)
        after = {**present, **values}
        fields.check(after)
        refuse(store, number, after)
        findings = [*about_texts(values), *against(store, number, after)]
        subject = _subject(table, number, after)
        reason = cleared_for(subject[0] if subject else "", findings, despite)
        differing = editing.differing(present, values)
        with store.change(command_name(ctx)) as change:
            if differing:
                also(store, change, number, after)
                change.update(table, number, **differing)
                if subject:
                    keep_exceptions(change, findings, reason, *subject)
        screen.say(told_changes(fields, name_of(store, table, number), differing, prompt))


def keep_exceptions(
    change: Change, findings: Sequence[Finding], reason: str, table: str, number: int
) -> None:
    """Keeps the reason why somebody went on, on the family, volunteer … that it is about."""
    if reason:
        exceptions.keep(change, findings, reason, dates.today(), **{f"{table}_id": number})


def _subject(table: str, number: int, record: Mapping[str, Any]) -> tuple[str, int] | None:
    """Who an exception about a record is kept on: itself, or whom it belongs to, if anybody."""
    if table in _SUBJECTS:
        return table, number
    owners = ((owner, record.get(f"{owner}_id")) for owner in _SUBJECTS)
    return next(((owner, id) for owner, id in owners if id is not None), None)


def remove(
    ctx: typer.Context,
    table: str,
    which: str | None,
    *,
    yes: bool,
    also: Callable[[Store, Change, int], None] = lambda *_: None,
) -> None:
    """Removes a record that was entered wrongly, after asking. `also`: see `editing.removed`."""
    with opened(ctx) as store:
        number = chosen(store, table, which)
        editing.refuse_removal(store, table, number)
        name = name_of(store, table, number)
        parts = [kind.counted(count) for kind, count in editing.parts_of(store, table, number)]
        more = f" med {listed(parts)}" if parts else ""
        questions.confirm(f"Slette {KINDS[table].singular} {name}{more}?", already=yes)
        editing.removed(store, command_name(ctx), table, number, also)
    screen.say(f"Slettet: {KINDS[table].singular} {name}{more}. {UNDO}")


def changes(
    fields: Fields,
    typed: Mapping[str, str],
    present: Mapping[str, Any],
    prompt: Prompt,
    ask: Callable[[Fields, Mapping[str, Any], Prompt], dict[str, Any]],
) -> dict[str, Any]:
    """What was typed, with an answer in every place where `ASKED` was; else what `ask` gives."""
    if not typed:
        return ask(fields, present, prompt)
    asked = [name for name, text in typed.items() if text == ASKED and screen.at_terminal()]
    said = {name: text for name, text in typed.items() if name not in asked}
    values = fields.read(said, prompt)
    fields.ask(asked, values, prompt, present, edited=True)
    return values


def asked_changes(fields: Fields, present: Mapping[str, Any], prompt: Prompt) -> dict[str, Any]:
    """What somebody at a terminal chooses to change, and to what."""
    if not screen.at_terminal():
        raise WrongUse(
            "Det er ikke sagt hva som skal endres.",
            f"Skriv for eksempel {fields.flag(fields.columns[0])}. Valgene står i --hjelp.",
        )
    labels = {column.field: _with_value(column, present, prompt) for column in fields.columns}
    wanted = questions.several("Hva vil du endre?", labels)
    values: dict[str, Any] = {}
    fields.ask(wanted, values, prompt, present, edited=True)
    return values


def _with_value(column: Column, present: Mapping[str, Any], prompt: Prompt) -> str:
    shown = column.value.for_people(present[column.field], prompt)
    return f"{label(column)}: {shown}" if shown else label(column)


def told_changes(fields: Fields, name: str, differing: Mapping[str, Any], prompt: Prompt) -> str:
    """What a command that mended something says."""
    if not differing:
        return f"{name} var slik fra før. Ingenting er endret."
    return f"{name} er endret. {fields.told(differing, prompt)}. {UNDO}"
