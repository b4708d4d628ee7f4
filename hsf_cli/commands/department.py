"""`hsf avdeling`: the department's own choices, and its resource group (styret)."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

import typer

from hsf_cli import dates
from hsf_cli.commands.belonging import exception_listing, of_fields
from hsf_cli.commands.common import command_name, database_path, opened, read
from hsf_cli.commands.department_fields import MEANINGS, SETTINGS, SINGLE_SETTINGS
from hsf_cli.commands.fields import Fields, Prompt, label, takes
from hsf_cli.commands.parts import Against, Delete
from hsf_cli.commands.records import (
    UNDO,
    Despite,
    Yes,
    about_texts,
    argument,
    asked_changes,
    cleared_for,
    edit,
    keep_exceptions,
    remove,
    told_changes,
)
from hsf_cli.records import KINDS
from hsf_cli.registers import department as registered
from hsf_cli.registers import editing, exceptions, resource_group
from hsf_cli.registers.lookup import name_of
from hsf_cli.rules import LARGEST_GROUP, SMALLEST_GROUP
from hsf_cli.store import Row, Store
from hsf_cli.ui import screen
from hsf_cli.ui.card import Card, shows
from hsf_cli.ui.commandline import command, commands
from hsf_cli.ui.listing import Column, Listing, lists

app = commands()

_MEMBER = Fields("resource_group_member")
_MEETING = Fields("resource_group_meeting")
_EXCEPTION = Fields("rule_exception", "begrunnelse")


def _to_mend(table: str) -> Any:
    """The argument that names what is mended or removed; without it something is added."""
    about, kind = argument(table), KINDS[table]
    about.help = f"Nummeret ({kind.letter}3) eller navnet på det som skal rettes. Uten: et nytt."
    return about


@shows(app, "vis")
def show(ctx: typer.Context) -> Card:
    """Viser det avdelingen har sagt om seg selv, og valgt.

    \b
    hsf avdeling vis
    hsf avdeling vis --format json
    """
    with opened(ctx) as store:
        return _card(ctx, store)


@command(app, "endre")
@takes(SINGLE_SETTINGS)
def mend(
    ctx: typer.Context,
    typed: dict[str, str],
    coordinators: Annotated[
        list[str] | None,
        typer.Option(
            "--koordinator",
            metavar="NAVN",
            help="Hvem som er koordinator. Kan gjentas, og erstatter dem som sto der.",
        ),
    ] = None,
) -> None:
    """Endrer avdelingens navn, drifter, stilling, koordinatorer og andre valg.

    Uten valg spør kommandoen hva du vil endre. En tom verdi tømmer feltet.

    \b
    hsf avdeling endre --stilling 80 --koordinator "Siri Lund" --koordinator "Anne Vik"
    hsf avdeling endre --oppbevaring "2 år" --små-tall 5
    hsf avdeling endre --kopimappe E:/hsf-kopier
    """
    if coordinators:
        typed = {**typed, "coordinators": ", ".join(coordinators)}
    with opened(ctx) as store:
        prompt = Prompt(store)
        present = editing.record(store, "department", 1)
        values = SETTINGS.read(typed, prompt) if typed else asked_changes(SETTINGS, present, prompt)
        differing = editing.differing(present, values)
        if folder := differing.get("copies_folder"):
            registered.make_copies_folder(folder)
        with store.change(command_name(ctx)) as change:
            if differing:
                change.update("department", 1, **differing)
        screen.say(told_changes(SETTINGS, registered.name_of(store), differing, prompt))
    if folder:
        screen.say(f"Kopiene av avdelingen legges heretter i {folder}")


@shows(app, "styre")
def group_as_it_sits(
    ctx: typer.Context,
    per: Annotated[
        str, typer.Option("--per", metavar="DATO", help="Som det satt den dagen; ellers i dag.")
    ] = "i dag",
    everyone: Annotated[
        bool, typer.Option("--alle", help="Også de som har gått ut, og møtene fra andre år.")
    ] = False,
) -> Card:
    """Viser styret: hvem som sitter, årets møter, og om styret er satt sammen som det skal.

    Medlemmer føres med «hsf avdeling medlem», og møter med «hsf avdeling møte».

    \b
    hsf avdeling styre
    hsf avdeling styre --per 31.12.2025
    """
    day = read("--per", per, lambda text: dates.typed_date(text, dates.today()))
    with opened(ctx) as store:
        return _group_card(store, day, everyone=everyone)


@command(app, "medlem")
@takes(_MEMBER)
def member(
    ctx: typer.Context,
    typed: dict[str, str],
    which: Annotated[str | None, _to_mend("resource_group_member")] = None,
    delete: Delete = False,
    yes: Yes = False,
    despite: Despite = None,
) -> None:
    """Legger til et medlem i styret. Med et nummer eller et navn rettes eller slettes medlemmet.

    Et medlem som går ut, får en dato i --til.

    \b
    hsf avdeling medlem --navn "Inger Moe" --rolle leder --representerer kommunen --fra 1.1.2026
    hsf avdeling medlem RM3 --til "i dag"
    hsf avdeling medlem RM3 --slett
    """
    if delete:
        remove(ctx, "resource_group_member", which, yes=yes)
    elif which is not None:
        edit(
            ctx, _MEMBER, which, typed, despite,
            against=lambda store, number, term: resource_group.against_term(store, term, number),
        )  # fmt: skip
    else:
        _add(ctx, _MEMBER, typed, "from_on", despite, resource_group.against_term)


@command(app, "møte")
@takes(_MEETING)
def meeting(
    ctx: typer.Context,
    typed: dict[str, str],
    which: Annotated[str | None, _to_mend("resource_group_meeting")] = None,
    delete: Delete = False,
    yes: Yes = False,
) -> None:
    """Fører et styremøte. Med nummeret til et møte rettes eller slettes det.

    \b
    hsf avdeling møte --dato "i går" --notat "Årsplanen ble vedtatt."
    hsf avdeling møte RT2 --slett
    """
    if delete:
        remove(ctx, "resource_group_meeting", which, yes=yes)
    elif which is not None:
        edit(ctx, _MEETING, which, typed)
    else:
        _add(ctx, _MEETING, typed, "held_on")


def _add(
    ctx: typer.Context,
    fields: Fields,
    typed: dict[str, str],
    day: str,
    despite: str | None = None,
    against: Against = lambda _, __: [],
) -> None:
    """Adds a member or a meeting, from today where no other day is said.

    `day` is the field that holds it; `against` hears of the record, and gives what stands
    against it.
    """
    table = fields.sheet.table
    fields.refuse_silence(typed)
    with opened(ctx) as store:
        prompt = Prompt(store)
        asked = () if typed else fields.sheet.fields
        today = {day: prompt.today.isoformat()}
        values = fields.filled(typed, prompt, asked=asked, defaults=today)
        record = {**dict.fromkeys(fields.sheet.fields), **values}
        fields.check(record)
        findings = [*about_texts(values), *against(store, record)]
        reason = cleared_for(table, findings, despite)
        with store.change(command_name(ctx)) as change:
            number = change.insert(table, **values)
            keep_exceptions(change, findings, reason, table, number)
        name = name_of(store, table, number)
    named_by = ("name", "held_on")  # the record's name says it already
    more = {field: value for field, value in values.items() if field not in named_by and value}
    told = f": {fields.told(more, prompt)}" if more else ""
    screen.say(f"{name} er ført{told}. {UNDO}")


@lists(app, "unntak")
@takes(_EXCEPTION)
def exception(
    ctx: typer.Context,
    typed: dict[str, str],
    which: Annotated[str | None, argument("rule_exception", metavar="UNNTAK")] = None,
    delete: Delete = False,
    yes: Yes = False,
) -> Listing | None:
    """Viser unntakene: hvilke regler noen har gått videre mot, for hvem, og hvorfor.

    Med nummeret på et unntak retter du begrunnelsen, eller sletter det.

    \b
    hsf avdeling unntak
    hsf avdeling unntak U3 --begrunnelse "Attesten var vist, men ikke ført"
    hsf avdeling unntak U3 --slett
    """
    if which is None:
        with opened(ctx) as store:
            return exception_listing(exceptions.exceptions(store))
    if delete:
        remove(ctx, "rule_exception", which, yes=yes)
    else:
        edit(ctx, _EXCEPTION, which, typed)
    return None


def _card(ctx: typer.Context, store: Store) -> Card:
    own = registered.settings(store)
    record, prompt = editing.record(store, "department", 1), Prompt(store)
    facts = [
        (label(column), f"{text} ({meaning})" if (meaning := MEANINGS.get(column.field)) else text)
        for column in SETTINGS.columns
        if (text := column.value.for_people(record[column.field], prompt))
    ]
    file = str(database_path(ctx))
    return Card(
        title=own.name,
        facts=[*facts, ("Fil", f"{file} (her er alt, kryptert)")],
        data={**own._asdict(), "file": file},
    )


def _group_card(store: Store, day: date, *, everyone: bool) -> Card:
    sitting = resource_group.members(store, day)
    meetings = resource_group.meetings(store, None if everyone else day.year)
    findings = resource_group.findings(store, day)
    leaders = [row["name"] for row in sitting if resource_group.leads(row["role"])]
    prompt, per = Prompt(store), dates.written(day)
    return Card(
        title=f"Styret per {per}",
        facts=[
            ("Medlemmer", f"{len(sitting)} (minst {SMALLEST_GROUP}, høyst {LARGEST_GROUP})"),
            ("Leder", ", ".join(leaders) or "ingen"),
        ],
        lists=[
            ("Medlemmer", "members",
             _members(resource_group.members(store) if everyone else sitting)),
            ("Møter" if everyone else f"Møter i {day.year}", "meetings",
             of_fields(_MEETING, meetings, prompt)),
            ("Unntak", "exceptions",
             exception_listing(exceptions.exceptions(store, "resource_group_member"))),
        ],
        notes=[
            *(f"{finding.text} {finding.remedy}" for finding in findings),
            *([] if sitting else ['Et medlem: hsf avdeling medlem --navn NAVN --rolle ROLLE']),
            *([] if meetings else ['Et møte: hsf avdeling møte --dato DATO']),
        ],
        data={
            "day": day.isoformat(),
            "findings": [{"text": one.text, "advice": one.remedy} for one in findings],
        },
    )  # fmt: skip


def _members(rows: Sequence[Row]) -> Listing:
    kind = _MEMBER.sheet.kind
    columns = [
        Column("number", "Nr."),
        Column("name", "Navn", main=True, personal=True),
        Column("role", "Rolle", detail=""),
        Column("represents", "Representerer", detail="for"),
        Column("represents_funder", "Giver", lambda funder: "ja" if funder else "", detail="giver"),
        Column("from_on", "Fra", dates.written),
    ]
    if any(row["to_on"] for row in rows):
        columns.append(Column("to_on", "Til", dates.written))
    return Listing(columns, [{"number": kind.name(row["id"]), **_MEMBER.data(row)} for row in rows])
