"""`hsf kontakt slå-sammen`: two records of one volunteer become one."""

from collections.abc import Iterator
from typing import Annotated

import typer

from hsf_cli.commands.joining import join, other_argument, run_at_once
from hsf_cli.commands.records import Yes, argument
from hsf_cli.commands.volunteer_card import ALL
from hsf_cli.records import KINDS
from hsf_cli.registers import merging_volunteers
from hsf_cli.registers.merging_volunteers import Merged
from hsf_cli.store import Store
from hsf_cli.ui.commandline import command, commands

app = commands()


@command(app, "slå-sammen")
def merge(
    ctx: typer.Context,
    kept: Annotated[str | None, argument("volunteer", metavar="FAMILIEKONTAKT")] = None,
    other: Annotated[str | None, other_argument("volunteer")] = None,
    yes: Yes = False,
) -> None:
    """Slår sammen to familiekontakter som er én. Alt fra begge blir tatt vare på.

    Den første beholdes. Oppdrag, timer, kurs, pauser og perioder flytter med. Sier de to
    forskjellig, står det den andre sa, i notatet.

    \b
    hsf kontakt slå-sammen V3 V9
    hsf kontakt slå-sammen V3 V9 --ja
    """
    join(ctx, ALL, (kept, other), merging_volunteers.merged, _told, yes=yes)


def _told(store: Store, kept: int, result: Merged) -> Iterator[str]:
    """What became of two volunteers, beside what both said of one thing."""
    short = KINDS["volunteer"].name(kept)
    if result.days_in_note:
        yield (
            "De to sa forskjellig om når familiekontakten var her. Se hva som står nå, og hva som "
            f"står i notatet: hsf kontakt vis {short}"
        )
    if result.same_courses:
        courses = KINDS["course"].counted(result.same_courses)
        yield f"{courses} sto på begge, og påmeldingene er nå én."
    if result.same_hours:
        entries = KINDS["hours"].counted(result.same_hours)
        yield (
            f"{entries} fra den andre ligner på timer som sto her fra før: samme dag og type. Er "
            f"noe ført to ganger, så slett det ene. Se timene: hsf timer liste --kontakt {short}"
        )
    for same in result.same_family:
        where = f"{short} har nå {len(same)} oppdrag som pågår hos samme familie"
        yield run_at_once(store, where, same)
