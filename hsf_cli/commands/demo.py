"""`hsf demo`: a made-up department to try things on."""

from datetime import date
from typing import Annotated

import typer

from hsf_cli import dates
from hsf_cli.commands.common import read
from hsf_cli.commands.waiting import show_waiting_list
from hsf_cli.demo import demo_path, made_up
from hsf_cli.errors import Unreadable
from hsf_cli.registers.department import name_of
from hsf_cli.report import figures, forms
from hsf_cli.report.count import counted
from hsf_cli.report.output import terminal
from hsf_cli.ui import screen
from hsf_cli.ui.commandline import command, commands

app = commands()

_EARLIEST = date(2010, 1, 1)

_NEXT = """
Prøv selv på den oppdiktede avdelingen. Den ligger her, for seg:
  {path}

  hsf venteliste --per 31.12.{year} --database {quoted}
  hsf rapport vis {year} --format md --database {quoted}
  hsf data eksporter solåsen --database {quoted}

Når du vil begynne med din egen: hsf start"""


@command(app, "demo")
def demo(
    day: Annotated[
        str,
        typer.Option(
            "--dag", metavar="DATO", help="Avdelingen slik den sto den dagen; ellers i dag."
        ),
    ] = "i dag",
) -> None:
    """Lager en oppdiktet avdeling, og viser ventelisten og skjemaet for i fjor.

    Den har to hele år og året så langt, med rundt 25 familier og 20 familiekontakter i året. Den
    ligger i sin egen mappe og rører aldri avdelingen din; kjører du kommandoen igjen, lages den ny.

    \b
    hsf demo
    hsf demo --dag 01.06.2025
    """
    on = read("--dag", day, _day)
    last_year = on.year - 1
    with made_up(on) as store:
        screen.say(f"{name_of(store)}: alle navn og tall er funnet på.\n")
        screen.say(f"Ventelisten {dates.written(on)}\n")
        show_waiting_list(store, on)
        layout = forms.shipped(forms.edition_for(last_year))
        screen.say("")
        report = counted(store, layout, last_year, dates.now())
        terminal.show(figures.of(report), screen.console())
    path = demo_path()
    screen.write(_NEXT.format(path=path, quoted=screen.quoted(path), year=last_year))


def _day(text: str) -> date:
    """A day around which a department can be made up: not long ago, and not in the future."""
    today = dates.today()
    day = dates.typed_date(text, today)
    if not _EARLIEST <= day <= today:
        raise Unreadable(f"Velg en dag fra {dates.written(_EARLIEST)} til i dag.")
    return day
