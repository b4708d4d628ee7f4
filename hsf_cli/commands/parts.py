"""What belongs to a record, and is kept by one command: added to its owner, mended, removed.

`hsf familie barn F12 --navn Ada --født 2021` adds a child to the family F12, and
`hsf familie barn B31 --født 2020` mends the child B31, which `--slett` removes.
"""

from collections.abc import Callable, Mapping
from typing import Annotated, Any

import typer

from hsf_cli.commands.common import command_name, opened
from hsf_cli.commands.fields import Fields, Prompt
from hsf_cli.commands.records import (
    UNDO,
    about_texts,
    argument,
    chosen,
    cleared_for,
    edit,
    keep_exceptions,
    remove,
)
from hsf_cli.records import KINDS
from hsf_cli.registers.lookup import name_of
from hsf_cli.rules import Finding
from hsf_cli.store import Store
from hsf_cli.ui import screen

Against = Callable[[Store, Mapping[str, Any]], list[Finding]]
Refuse = Callable[[Store, int | None, Mapping[str, Any]], None]

Delete = Annotated[bool, typer.Option("--slett", help="Sletter det som er ført feil.")]


def part_argument(owner: str, part: str) -> Any:
    """The argument that names an owner, to add to, or one of its parts, to mend."""
    kinds = KINDS[owner], KINDS[part]
    about = argument(owner, metavar="|".join(kind.singular.upper() for kind in kinds))
    about.help = (
        f"Hvem det hører til ({kinds[0].letter}12 eller en bit av navnet), eller nummeret "
        f"({kinds[1].letter}31) på det som skal rettes."
    )
    return about


def keep_part(
    ctx: typer.Context,
    owner: str,
    fields: Fields,
    which: str | None,
    typed: Mapping[str, str],
    *,
    delete: bool,
    yes: bool,
    despite: str | None = None,
    defaults: Callable[[Prompt], Mapping[str, Any]] = lambda _: {},
    against: Against = lambda _, __: [],
    refuse: Refuse = lambda _, __, ___: None,
) -> None:
    """Adds a part to its owner, or mends or removes the part that the argument names.

    `against` hears of a part as it would be, and gives what stands against it. `refuse` hears of
    it with its number where it is mended, and raises where it cannot be.
    """
    part = fields.sheet.kind
    if part.typed_number(which) is not None:
        if delete:
            remove(ctx, part.table, which, yes=yes)
        else:
            edit(
                ctx, fields, which, typed, despite, refuse,
                against=lambda store, _, after: against(store, after),
            )  # fmt: skip
        return
    fields.refuse_silence(typed)
    with opened(ctx) as store:
        owner_number = chosen(store, owner, which)
        prompt = Prompt(store)
        names = () if typed else tuple(column.field for column in fields.columns)
        values = fields.filled(typed, prompt, asked=names, defaults=defaults(prompt))
        fields.check(values)
        values = {f"{owner}_id": owner_number, **values}
        refuse(store, None, values)
        findings = [*about_texts(values), *against(store, values)]
        reason = cleared_for(owner, findings, despite)
        with store.change(command_name(ctx)) as change:
            number = change.insert(part.table, **values)
            keep_exceptions(change, findings, reason, owner, owner_number)
        told = fields.told(values, prompt)
        name = name_of(store, owner, owner_number)
    screen.say(
        f"{part.singular.capitalize()} {part.name(number)} er ført på {name}. {told}. {UNDO}"
    )
