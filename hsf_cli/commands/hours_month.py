"""`hsf timer måned`: what the volunteers hand in for a month, one line for each assignment."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

import typer

from hsf_cli import dates
from hsf_cli.change import Change
from hsf_cli.commands import hours_line
from hsf_cli.commands.common import command_name, opened, read
from hsf_cli.commands.hours_line import Line
from hsf_cli.commands.interview import interview
from hsf_cli.commands.records import UNDO, Despite, chosen, cleared, keep_exceptions
from hsf_cli.errors import NotFound, Stopped, WrongUse
from hsf_cli.records import KINDS
from hsf_cli.registers import hours
from hsf_cli.registers.hours import RanIn, Totals
from hsf_cli.registers.lookup import name_of
from hsf_cli.rules import Finding
from hsf_cli.spelling import folded
from hsf_cli.store import Store
from hsf_cli.ui import questions, screen
from hsf_cli.ui.commandline import command, commands

app = commands()


# Several words, so that «forrige måned» needs no quotation marks.
MonthArgument = Annotated[
    list[str] | None,
    typer.Argument(metavar="MÅNED", help="Som 2026-10 eller oktober; ellers forrige måned."),
]
All = Annotated[
    bool, typer.Option("--alle", help="Også de oppdragene som er ført for måneden fra før.")
]

# What is typed instead of a line, to mend the one before.
_BACK = "tilbake"


class _Back(Exception):
    """The line before is to be typed once more."""


@dataclass(frozen=True)
class _Entry:
    """What is about to be entered on an assignment, and why, where something stands against it."""

    ran: RanIn
    line: Line
    findings: Sequence[Finding]
    reason: str

    def values(self) -> dict[str, Any]:
        return {**_references(self.ran), **self.line.values()}


@command(app, "måned")
def month(
    ctx: typer.Context,
    which: MonthArgument = None,
    lines: Annotated[
        list[str] | None,
        typer.Option(
            "--linje",
            metavar="LINJE",
            help="Oppdrag, besøk, timer og kjøring: «O9 4 10 0:40». Kan gjentas.",
        ),
    ] = None,
    every: All = False,
    despite: Despite = None,
) -> None:
    """Fører måneden: besøk, timer og kjøring på hvert oppdrag, i én linje for hvert.

    Skriv «4 10 0:40» for 4 besøk, 10 timer og 40 minutter kjøring, og bare 0 for ingen besøk.
    Trykk Enter for å hoppe over dem som ikke har levert. Oppdrag som er ført fra før, hoppes over.
    Alt lagres til slutt. Avbryter du med Ctrl-C, kan du fortsette siden.

    \b
    hsf timer måned
    hsf timer måned 2026-10
    hsf timer måned oktober --linje "O9 4 10 0:40" --linje "O12 3 7,5"
    """
    first, last = _days_so_far(month_days(which))
    name = dates.written_month(first.year, first.month)
    with opened(ctx) as store:
        with store.looking():  # those that are written are looked at again then
            ran = hours.ran_in(store, first, last)
        if not ran:
            raise Stopped(
                f"Ingen oppdrag gikk i {name}.",
                f"Se når oppdragene gikk: hsf oppdrag liste --alle. "
                f"Denne måneden føres slik: hsf timer måned {dates.today():%Y-%m}",
            )
        draft = f"{command_name(ctx)} {first:%Y-%m}"
        if lines:
            entries = list(_typed(store, lines, ran, despite, every=every))
            _write(ctx, store, entries, (first, last))
        elif screen.at_terminal():
            with interview(store, draft, f"hsf {draft}") as answers:
                entries = list(_walked(store, ran, answers, name, despite, every=every))
                _write(ctx, store, entries, (first, last), draft)
        else:
            raise WrongUse("--linje mangler.", 'Skriv for eksempel --linje "O9 4 10 0:40".')
        after = hours.ran_in(store, first, last)
    _tell_result(entries, after, name)


def month_days(typed: Sequence[str] | None) -> tuple[date, date]:
    """The first and the last day of the month that is typed, or of the last one."""
    text = " ".join(typed or ["forrige måned"])
    year, month = read("MÅNED", text, lambda words: dates.typed_month(words, dates.today()))
    return dates.month_days(year, month)


def _days_so_far(days: tuple[date, date]) -> tuple[date, date]:
    """Those of the days that have come. Raises WrongUse where none has."""
    first, last = days
    today = dates.today()
    if first > today:
        name = dates.written_month(first.year, first.month)
        raise WrongUse(f"{name.capitalize()} er ikke begynt ennå.", "Velg en måned som har vært.")
    return first, min(last, today)


def _typed(
    store: Store, lines: Sequence[str], ran: Sequence[RanIn], despite: str | None, *, every: bool
) -> Iterator[_Entry]:
    """The entries that the lines of the options say."""
    by_number = {one.assignment: one for one in ran}
    seen: set[int] = set()
    for text in lines:
        number = chosen(store, "assignment", text.strip().partition(" ")[0])
        name = name_of(store, "assignment", number)
        if number not in by_number:
            raise NotFound(f"{name} gikk ikke den måneden.", "Rett nummeret eller måneden.")
        if number in seen:
            raise WrongUse(f"{name} står på to linjer.", "Skriv én linje for hvert oppdrag.")
        seen.add(number)
        one = by_number[number]
        if one.entered.entries and not every:
            raise Stopped(
                f"{name} er ført for måneden fra før: {hours_line.told_totals(one.entered)}.",
                "Kommer dette i tillegg, så legg til --alle.",
            )
        line = read("--linje", text, lambda whole: hours_line.read(whole.partition(" ")[2]))
        yield _checked(store, one, line, despite)


def _walked(
    store: Store,
    ran: Sequence[RanIn],
    answers: dict[str, Any],
    name: str,
    despite: str | None,
    *,
    every: bool,
) -> Iterator[_Entry]:
    """The entries that somebody at a terminal gives, one line each; `answers` has those so far."""
    left = [one for one in ran if every or not one.entered.entries]
    here = len(ran) - len(left)
    before = f" {here} er ført fra før (ta dem med også: --alle)." if here else ""
    screen.tell(f"{name.capitalize()}: {KINDS['assignment'].counted(len(ran))}.{before}")
    if left:
        screen.tell("Skriv besøk, timer og kjøring, som 4 10 0:40. Enter hopper over. 0 er ingen.")
    if any(one.expected for one in left):
        screen.tell("Står det et tall der, er det besøkene: skriv timer og kjøring etter det.")
    if len(left) > 1:
        screen.tell("Skriv tilbake for å rette det forrige.")
    for one in ran:
        if one not in left and answers.get(KINDS["assignment"].name(one.assignment)):
            screen.tell(f"{_named(one)} er ført siden sist. Linjen du skrev, er ikke med.")
    _ask_each(store, left, answers, despite)
    for one in left:
        if answer := answers[KINDS["assignment"].name(one.assignment)]:
            values, reason = answer
            line = Line(**values)
            yield _Entry(one, line, _against(store, one, line), reason)


def _ask_each(
    store: Store, left: Sequence[RanIn], answers: dict[str, Any], despite: str | None
) -> None:
    """Asks for a line for each that has no answer yet, or for the one before once more."""
    keys = [KINDS["assignment"].name(one.assignment) for one in left]
    place = 0
    while place < len(left):
        if keys[place] not in answers:
            screen.tell(f"\n{place + 1} av {len(left)}: {_described(left[place])}")
            try:
                entry = _asked(store, left[place], despite)
            except _Back:
                place = max(0, place - 1)
                answers.pop(keys[place], None)
                continue
            answers[keys[place]] = entry and [entry.line.values(), entry.reason]
        place += 1


def _asked(store: Store, one: RanIn, despite: str | None) -> _Entry | None:
    """What is handed in for one assignment; None for nothing yet. Raises _Back to go back."""
    suggested = f"{one.expected} " if one.expected else ""

    def nothing(text: str) -> bool:
        return text.strip() in ("", suggested.strip())

    def goes_back(text: str) -> bool:
        return folded(text.strip().removeprefix(suggested)) == _BACK

    while True:
        text = questions.optional(
            "besøk timer kjøring:",
            lambda typed: None if nothing(typed) or goes_back(typed) else hours_line.read(typed),
            suggested,
            goes_on=True,
        )
        if goes_back(text):
            raise _Back
        if nothing(text):
            return None
        try:
            return _checked(store, one, hours_line.read(text), despite)
        except Stopped:
            screen.tell("Skriv linjen på nytt, eller trykk Enter for å hoppe over.")


def _checked(store: Store, one: RanIn, line: Line, despite: str | None) -> _Entry:
    """An entry, when all that stands against it has been told, and overridden where it stops."""
    findings = _against(store, one, line)
    return _Entry(one, line, findings, cleared(findings, despite))


def _against(store: Store, one: RanIn, line: Line) -> list[Finding]:
    return hours.against(store, {**_references(one), **line.values()}, but=one.unfilled)


def _references(one: RanIn) -> dict[str, Any]:
    """What the row of an entry holds beside the figures: it is dated the last day it ran."""
    return {
        "volunteer_id": one.volunteer,
        "assignment_id": one.assignment,
        "activity_id": None,
        "worked_on": one.last.isoformat(),
        "kind": "oppdrag",
    }


def _described(one: RanIn) -> str:
    """«O9 Kari Dal hos Hansen, fra 12.10.2026. Ført fra før: 4 besøk, 10 timer»."""
    text = _named(one)
    if one.first.day > 1:
        text += f", fra {dates.written(one.first)}"
    if one.last == dates.today():
        text += ", så langt"
    elif one.last < dates.month_days(one.last.year, one.last.month)[1]:
        text += f", til {dates.written(one.last)}"
    if one.entered.entries:
        text += f". Ført fra før: {hours_line.told_totals(one.entered)}"
    return text


def _named(one: RanIn) -> str:
    return f"{KINDS['assignment'].name(one.assignment)} {one.volunteer_name} hos {one.family_name}"


def _write(
    ctx: typer.Context,
    store: Store,
    entries: Sequence[_Entry],
    days: tuple[date, date],
    draft: str = "",
) -> None:
    """Writes every entry in one change set, and forgets the lines kept of a broken-off walk."""
    if not entries:
        store.set_aside(draft, None)
        return
    with store.change(command_name(ctx)) as change:
        _refuse_entered_meanwhile(entries, hours.ran_in(store, *days))
        for entry in entries:
            _write_one(change, entry)
        change.forget_draft(draft)


def _refuse_entered_meanwhile(entries: Sequence[_Entry], now: Sequence[RanIn]) -> None:
    """Raises Stopped where an assignment, or what is entered on it, is not as it was shown."""
    for entry in entries:
        if entry.ran not in now:
            here = next((one for one in now if one.assignment == entry.ran.assignment), None)
            more = f" Der er det nå ført {hours_line.told_totals(here.entered)}." if here else ""
            raise Stopped(
                f"Noen andre har endret eller ført på {_named(entry.ran)} imens.{more} "
                "Ingenting er lagret.",
                "Se hva som er gjort: hsf data logg",
            )


def _write_one(change: Change, entry: _Entry) -> None:
    """Writes an entry; one that is there without figures, from a sheet, is filled in."""
    if entry.ran.unfilled:
        change.update("hours", entry.ran.unfilled, **entry.values())
    else:
        change.insert("hours", **entry.values())
    keep_exceptions(change, entry.findings, entry.reason, "assignment", entry.ran.assignment)


def _tell_result(entries: Sequence[_Entry], ran: Sequence[RanIn], name: str) -> None:
    """What was entered, and which assignments still lack hours for the month."""
    lines = [entry.line for entry in entries]
    if lines:
        sums = Totals(
            len(lines),
            sum(line.visits for line in lines),
            sum(line.minutes for line in lines),
            sum(line.driving_minutes or 0 for line in lines),
        )
        on = KINDS["assignment"].counted(len(lines))
        screen.say(f"Ført for {name}: {on}, {hours_line.told_totals(sums)}. {UNDO}")
    else:
        screen.say(f"Ingenting er ført for {name}.")
    lacking = [one for one in ran if one.expected and not one.entered.entries]
    if lacking:
        listed = [f"  {_named(one)}" for one in lacking]
        screen.say("\n".join([f"Mangler ennå {len(lacking)}:", *listed]))
    else:
        screen.say(f"Alle oppdragene er ført for {name}.")
