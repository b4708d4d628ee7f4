"""Two records of one and the same become one, at the prompt."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol, TypeVar

import typer

from hsf_cli.change import Change
from hsf_cli.commands import completion
from hsf_cli.commands.common import command_name, copied_first, opened
from hsf_cli.commands.fields import Fields, Prompt, label
from hsf_cli.commands.records import UNDO, chosen
from hsf_cli.records import KINDS
from hsf_cli.registers import editing
from hsf_cli.registers.joining import Said, refuse_joining
from hsf_cli.registers.lookup import name_of
from hsf_cli.registers.soundness import breaches, table_of
from hsf_cli.spelling import lower_first, upper_first
from hsf_cli.store import Store
from hsf_cli.ui import questions, screen


class _Merged(Protocol):
    """What became of two records."""

    @property
    def in_note(self) -> tuple[str, ...]: ...


M = TypeVar("M", bound=_Merged)

_OTHER = "DEN-ANDRE"


def other_argument(table: str) -> Any:
    """The argument that says which record goes into the other."""
    return typer.Argument(
        metavar=_OTHER,
        help="Den som går inn i den første, og blir borte.",
        autocompletion=completion.record(table),
    )


def join(
    ctx: typer.Context,
    fields: Fields,
    which: tuple[str | None, str | None],
    merged: Callable[[Store, Change, int, int, Said], M],
    told: Callable[[Store, int, M], Iterable[str]],
    *,
    yes: bool,
) -> None:
    """Joins the second of two records into the first, and says what became of both.

    `fields` are all of such a record; `told` gives what else there is to say.
    """
    table = fields.sheet.table
    with opened(ctx) as store:
        kept = chosen(store, table, which[0], question="Hvem skal beholdes?")
        ours = name_of(store, table, kept)
        others = "" if which[1] else f"SELECT id FROM {table} WHERE id <> :kept"
        into = f"Hvem går inn i {ours}?"
        other = chosen(store, table, which[1], others, question=into, argument=_OTHER, kept=kept)
        refuse_joining(store, table, kept, other)
        theirs = name_of(store, table, other)
        questions.confirm(f"Slå {theirs} sammen med {ours}?", already=yes)
        copied_first(store, "før-sammenslåing")
        said = {number: _said(store, fields, number) for number in (kept, other)}
        with store.change(command_name(ctx)) as change:
            before = breaches(store)
            result = merged(store, change, kept, other, said)
            not_sound = sorted(breaches(store) - before)
        screen.say(f"{theirs} er nå en del av {ours}. {UNDO}")
        if differing := [
            lower_first(label(column))
            for column in fields.columns
            if column.field in result.in_note
        ]:
            screen.say(f"De to sa forskjellig om {', '.join(differing)}: se notatet.")
        for text in told(store, kept, result):
            screen.say(text)
        for what, number in not_sound:
            at = name_of(store, table_of(what), number)
            screen.say(f"{upper_first(what)}: {at}. Er en av dagene ført feil, så rett den.")


def run_at_once(store: Store, where: str, assignments: Sequence[int]) -> str:
    """What to say of assignments that may be one and the same, now that the two records are one.

    `where` says who has them.
    """
    names = " og ".join(name_of(store, "assignment", number) for number in assignments)
    return (
        f"{where}: {names}. Er det ett og samme, så flytt timene til det ene med "
        "«hsf timer endre», og slett det som er ført feil: hsf oppdrag slett"
    )


def _said(store: Store, fields: Fields, number: int) -> dict[str, str]:
    """How to put, in a note, what a record says of each field."""
    record = editing.record(store, fields.sheet.table, number)
    short, prompt = KINDS[fields.sheet.table].name(number), Prompt(store)
    return {
        column.field: f"{label(column)} på {short}: "
        + column.value.for_people(record[column.field], prompt)
        for column in fields.columns
    }
