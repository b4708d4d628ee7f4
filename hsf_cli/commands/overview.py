"""`hsf` alone: where the department stands today, and what to do next."""

import typer

from hsf_cli import dates, places
from hsf_cli.commands.common import database_path, opened
from hsf_cli.records import KINDS
from hsf_cli.registers.department import name_of
from hsf_cli.registers.waiting import Waiting, waiting_list
from hsf_cli.ui import screen

_BEGIN = """\
Velkommen til hsf. Det er ingen avdeling her ennå.

  hsf start      oppretter avdelingen din
  hsf demo       lager en oppdiktet avdeling å prøve seg på
  hsf --hjelp    viser alt du kan gjøre"""

_NEXT = """
  hsf venteliste               hvem som venter, og siden når
  hsf rapport vis {year}         skjemaet for i fjor, ferdig utfylt
  hsf data mal                 en arbeidsbok å fylle ut og hente inn
  hsf --hjelp                  alt du kan gjøre"""


def overview(ctx: typer.Context) -> None:
    """Shows the department today, or how to begin where there is none."""
    path = database_path(ctx)
    if not path.exists():
        screen.write(_BEGIN)
        if path != places.default_database():
            screen.say(f"\nJeg leter etter den her: {path}")
        return
    day = dates.today()
    with opened(ctx) as store:
        screen.say(f"{name_of(store)}, {dates.written(day)}\n")
        screen.say(_waiting_text(waiting_list(store, day)))
    screen.write(_NEXT.format(year=day.year - 1))


def _waiting_text(waiting: list[Waiting]) -> str:
    if not waiting:
        return "Ingen familier venter."
    families = KINDS["family"].counted(len(waiting))
    for_visit = sum(one.stage == "besøk" for one in waiting)
    return (
        f"{families} venter: {for_visit} på hjemmebesøk, {len(waiting) - for_visit} på "
        f"familiekontakt.\nLengst har {waiting[0].family_name} ventet: {waiting[0].days} dager."
    )
