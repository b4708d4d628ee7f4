"""`hsf timer`: the volunteers' visits, hours and driving."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import typer

from hsf_cli import dates, numbers
from hsf_cli.codes import code_list
from hsf_cli.commands import hours_line, hours_whose
from hsf_cli.commands.common import command_name, opened
from hsf_cli.commands.fields import Fields, Prompt, takes
from hsf_cli.commands.hours_period import First, Last, Month, Year, period
from hsf_cli.commands.hours_whose import Whose, whose
from hsf_cli.commands.records import (
    UNDO,
    Despite,
    Yes,
    about_texts,
    argument,
    asked_changes,
    changes,
    chosen,
    cleared,
    keep_exceptions,
    remove,
    told_changes,
)
from hsf_cli.errors import WrongUse
from hsf_cli.populations import Period
from hsf_cli.records import KINDS
from hsf_cli.registers import editing, hours
from hsf_cli.registers.hours import Entries, Totals
from hsf_cli.registers.lookup import name_of
from hsf_cli.store import Store
from hsf_cli.ui import screen
from hsf_cli.ui.card import Card, shows
from hsf_cli.ui.commandline import command, commands
from hsf_cli.ui.listing import Column, Listing, lists, one_of
from hsf_cli.ui.offered import codes

app = commands()

_ALL = Fields("hours", flags={"familiekontakt": "--kontakt"})
_WHEN = Fields("hours", "type", "dato")
_HOW_MUCH = Fields("hours", "besøk", "timer", "kjøring", "type_annet")

_Entry = Annotated[str | None, argument("hours")]


@command(app, "ny")
@takes(_WHEN, _HOW_MUCH)
def new(
    ctx: typer.Context,
    typed: dict[str, str],
    volunteer: hours_whose.Volunteer = None,
    assignment: hours_whose.Assignment = None,
    family: hours_whose.Family = None,
    activity: hours_whose.Activity = None,
    despite: Despite = None,
) -> None:
    """Fører timer én gang: på et oppdrag, et kurs, en veiledning eller noe annet.

    For timer på oppdrag er det nok å si hvem familiekontakten eller familien er, når bare ett
    oppdrag gikk den dagen. Sier du oppdraget, følger familiekontakten av det.

    \b
    hsf timer ny
    hsf timer ny --oppdrag O9 --dato 31.10 --besøk 4 --timer 10 --kjøring 0:40
    hsf timer ny --kontakt V2 --type veiledning --dato "i går" --timer 2
    """
    with opened(ctx) as store:
        prompt = Prompt(store)
        options = (volunteer, assignment, family, activity)
        if typed or any(options) or not screen.at_terminal():
            entry = _typed(store, typed, whose(store, *options), prompt)
        else:
            entry = _conversation(store, prompt)
        _ALL.check(entry)
        findings = [*about_texts(entry), *hours.against(store, entry)]
        reason = cleared(findings, despite)
        with store.change(command_name(ctx)) as change:
            number = change.insert("hours", **entry)
            keep_exceptions(change, findings, reason, *hours.about(entry))
        name = name_of(store, "volunteer", entry["volunteer_id"])
    short = KINDS["hours"].name(number)
    screen.say(f"{short} er ført på {name}, {_told(entry)}. {UNDO}")


@command(app, "endre")
@takes(_ALL)
def mend(
    ctx: typer.Context, typed: dict[str, str], which: _Entry = None, despite: Despite = None
) -> None:
    """Retter en timeføring. En tom verdi tømmer feltet.

    \b
    hsf timer endre T55 --timer 10,5
    hsf timer endre T55 --dato 15.9 --besøk 4
    """
    with opened(ctx) as store:
        number = chosen(store, "hours", which)
        prompt = Prompt(store)
        present = editing.record(store, "hours", number)
        values = changes(_ALL, typed, present, prompt, asked_changes)
        differing = editing.differing(present, values)
        after = {**present, **values}
        _ALL.check(after)
        if differing.keys() & {"volunteer_id", "assignment_id"}:
            hours.refuse_other_volunteer(store, after)
        findings = about_texts(values)
        findings += hours.against(store, after, but=number) if differing else []
        reason = cleared(findings, despite)
        with store.change(command_name(ctx)) as change:
            if differing:
                change.update("hours", number, **differing)
                keep_exceptions(change, findings, reason, *hours.about(after))
        screen.say(told_changes(_ALL, name_of(store, "hours", number), differing, prompt))


@command(app, "slett")
def delete(ctx: typer.Context, which: _Entry = None, yes: Yes = False) -> None:
    """Sletter en timeføring som er ført feil.

    \b
    hsf timer slett T55
    hsf timer slett T55 --ja
    """
    remove(ctx, "hours", which, yes=yes)


@lists(app, "liste")
def listing(
    ctx: typer.Context,
    volunteer: hours_whose.Volunteer = None,
    assignment: hours_whose.Assignment = None,
    family: hours_whose.Family = None,
    activity: hours_whose.Activity = None,
    kind: Annotated[
        str | None,
        typer.Option(
            "--type",
            metavar="KODE",
            help=f"Bare timer av den typen: {', '.join(code_list('hours_kind'))}.",
            autocompletion=codes("hours_kind"),
        ),
    ] = None,
    year: Year = None,
    month: Month = None,
    first: First = None,
    last: Last = None,
) -> Listing:
    """Viser timeføringene, den siste først. Uten valg vises årets.

    \b
    hsf timer liste --kontakt V2
    hsf timer liste --måned oktober --type oppdrag
    hsf timer liste --familie F14 --år 2025
    """
    code = one_of("--type", kind, list(code_list("hours_kind"))) if kind else None
    during = period(year, month, first, last)
    options = (volunteer, assignment, family, activity)
    is_narrowed = bool(during or code or any(options))
    if not is_narrowed:
        during = Period.year(dates.today().year)
    with opened(ctx) as store:
        said = whose(store, *options)
        which = Entries(
            volunteer=said.volunteer,
            assignment=said.assignment,
            family=said.family,
            activity=said.activity,
            kind=code,
            first=during.first if during else None,
            last=during.last if during else None,
        )
        rows = hours.entries(store, which)
        is_any = bool(rows or hours.entries(store, Entries()))
    empty = f"Ingen timer er ført i {dates.today().year}. {_ENTER}" if is_any else _EMPTY
    columns = [
        column
        for column in _COLUMNS
        if column.key not in _SELDOM or any(row[column.key] for row in rows)
    ]
    return Listing(columns, rows, empty, _foot, filtered=is_any and is_narrowed)


@shows(app, "vis")
def show(ctx: typer.Context, which: _Entry = None) -> Card:
    """Viser en timeføring.

    \b
    hsf timer vis T55
    hsf timer vis T55 --format json
    """
    with opened(ctx) as store:
        return _card(store, chosen(store, "hours", which))


_ENTER = "Før en måned: hsf timer måned. Eller én gang: hsf timer ny"
_EMPTY = f"Ingen timer ennå. {_ENTER}"
_COLUMNS = [
    Column("number", "Nr."),
    Column("worked_on", "Dato", dates.written),
    Column("volunteer_name", "Familiekontakt", main=True, personal=True),
    Column("kind", "Type", str.capitalize),
    Column("family_name", "Familie", detail="hos", personal=True),
    Column("activity_title", "Aktivitet", detail=""),
    Column("kind_other", "Hva det var", detail=""),
    Column("visits", "Besøk", numbers.written, right=True),
    Column("minutes", "Timer", numbers.readable_hours, right=True),
    Column("driving_minutes", "Kjøring", numbers.hours_and_minutes, right=True),
]


def _typed(store: Store, typed: Mapping[str, str], said: Whose, prompt: Prompt) -> dict[str, Any]:
    """A new entry from options; what must be said and is not, is asked for at a terminal."""
    kinds = [kind for field, kind in _ONLY_OF.items() if typed.get(field)]
    known = {**({"kind": kinds[0]} if kinds else {}), **hours_whose.following(store, said)}
    _HOW_MUCH.read(typed, prompt)  # what cannot be read is told of before anything is asked
    when = _WHEN.filled(typed, prompt, defaults=known)
    kind = when["kind"]
    for column in _HOW_MUCH.columns:
        if typed.get(column.field) and kind != _ONLY_OF.get(column.field, kind):
            raise WrongUse(
                f"{_HOW_MUCH.flag(column)} hører til timer av typen {_ONLY_OF[column.field]}.",
                f"Ta den bort, eller skriv --type {_ONLY_OF[column.field]}.",
            )
    references = hours_whose.references(store, said, kind, when["worked_on"])
    return {**_BLANK, **when, **references, **_HOW_MUCH.filled(typed, prompt)}


def _conversation(store: Store, prompt: Prompt) -> dict[str, Any]:
    """A new entry from answers, in the order a volunteer tells of it."""
    volunteer = chosen(store, "volunteer", None)
    today = {"worked_on": prompt.today.isoformat()}
    when = _WHEN.filled({}, prompt, asked=("kind", "worked_on"), defaults=today)
    kind, day = when["kind"], when["worked_on"]
    activity = None
    if kind in ("aktivitet", "samling"):
        activity = hours_whose.asked_activity(store, day)
    said = Whose(volunteer, None, None, activity)
    references = hours_whose.references(store, said, kind, day)
    asked = ("visits", "minutes", "driving_minutes", "kind_other")
    how_much = _HOW_MUCH.filled(
        {}, prompt, asked=asked if kind == "oppdrag" else asked[1:], defaults={"kind": kind}
    )
    return {**_BLANK, **when, **references, **how_much}


# Columns that are left out where they would be empty.
_SELDOM = {"family_name", "activity_title", "kind_other"}
_BLANK = dict.fromkeys(_ALL.sheet.fields)
# What only hours of one kind have.
_ONLY_OF = {"visits": "oppdrag", "kind_other": "annet"}


def _told(entry: Mapping[str, Any]) -> str:
    """«besøk på oppdrag 31.10.2026: 4 besøk, 10 timer, kjøring 0:40»."""
    kind = entry["kind_other"] or code_list("hours_kind").labels[entry["kind"]].lower()
    amount = hours_line.told(entry["visits"], entry["minutes"], entry["driving_minutes"])
    return f"{kind} {dates.written(entry['worked_on'])}: {amount}"


def _foot(rows: Sequence[Mapping[str, Any]]) -> str:
    sums = Totals(
        len(rows),
        *(sum(row[name] or 0 for row in rows) for name in ("visits", "minutes", "driving_minutes")),
    )
    return f"{KINDS['hours'].counted(sums.entries)}: {hours_line.told_totals(sums)}."


def _card(store: Store, number: int) -> Card:
    record = editing.record(store, "hours", number)
    (row,) = hours.entries(store, Entries(number=number))
    on = [
        (KINDS[table].singular.capitalize(), name_of(store, table, record[f"{table}_id"]))
        for table in ("volunteer", "assignment", "activity")
        if record[f"{table}_id"] is not None
    ]
    return Card(
        title=f"Timeføring {KINDS['hours'].name(number)}",
        facts=[*on, *_WHEN.shown(record, Prompt(store)), *_HOW_MUCH.shown(record, Prompt(store))],
        data=row,
    )
