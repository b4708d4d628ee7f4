"""`hsf rapport merknad`: the coordinator's remark under a table, kept per year."""

from typing import Annotated

import typer

from hsf_cli.commands.common import command_name, opened
from hsf_cli.commands.records import Yes
from hsf_cli.commands.report_parts import (
    Delete,
    Format,
    Writing,
    asked_for,
    body_of,
    chosen,
    year_and_part,
)
from hsf_cli.commands.report_year import Edition, OwnForm, Year, form_for, wanted
from hsf_cli.errors import Unreadable, WrongUse
from hsf_cli.report import named_parts, texts
from hsf_cli.report.named_parts import Part
from hsf_cli.ui import questions, screen
from hsf_cli.ui.commandline import command, commands
from hsf_cli.ui.listing import FORMATS, Column, one_of, show

app = commands()


_WHAT, _WHICH = "tabell", "Hvilken tabell vil du skrive en merknad under?"
_COLUMNS = [
    Column("number", "Nr."),
    Column("title", "Tabell", main=True),
    Column("remark", "Merknad", detail=""),
]


@command(app, "merknad")
def remark(
    ctx: typer.Context,
    year: Year = None,
    table: Annotated[
        str | None,
        typer.Argument(
            metavar="TABELL", help="6.2.1 for den første i 6.2, eller en bit av overskriften."
        ),
    ] = None,
    text: Annotated[
        str | None, typer.Option("--tekst", metavar="TEKST", help="Det som skal stå der.")
    ] = None,
    delete: Delete = False,
    yes: Yes = False,
    edition: Edition = None,
    own_form: OwnForm = None,
    format: Format = None,
) -> None:
    """Skriver en merknad under en av tabellene i årsrapporten. Uten tabell: de som er skrevet.

    Merknaden står i dokumentene, under tabellen sin.

    \b
    hsf rapport merknad 2025
    hsf rapport merknad 2025 6.2.1 --tekst "To har byttet jobb i løpet av året."
    hsf rapport merknad 2025 yrkesstatus --slett
    """
    typed_year, typed = year_and_part(year, table)
    chosen_format = one_of("--format", format or FORMATS[0], FORMATS)
    asked = wanted(typed_year, edition, own_form)
    see = f"hsf rapport vis {asked.year}{asked.option}"
    with opened(ctx) as store:
        form = form_for(store, asked)
        tables = named_parts.tables(form, asked.year)
        writing = Writing(store, form, asked.year, command_name(ctx), asked.option)
        part = None
        if typed is not None or text is not None or delete:
            part = chosen(tables, typed, _WHAT, see)
        else:
            _list(writing, tables, chosen_format)
            if format is None and screen.at_terminal():
                part = asked_for(tables, _WHICH, _WHAT, see)
        if part is not None and delete:
            screen.say(writing.remove("merknad", part, yes=yes))
        elif part is not None:
            screen.say(_kept(writing, part, text))


def _list(writing: Writing, tables: tuple[Part, ...], format: str) -> None:
    remarks = texts.written(writing.store, writing.year, "merknad")
    rows = [
        {
            "number": table.number,
            "key": table.key,
            "section": table.within,
            "title": table.title,
            "remark": remarks[table.key],
        }
        for table in tables
        if table.key in remarks
    ]
    if rows or format != FORMATS[0]:
        show(_COLUMNS, rows, format)
    else:
        again = f"hsf rapport merknad {writing.year}{writing.option}"
        screen.say(
            f"Ingen tabeller har en merknad for {writing.year}."
            f' Skriv en: {again} {tables[0].number} --tekst "…"'
        )


def _kept(writing: Writing, part: Part, text: str | None) -> str:
    """Keeps what was typed, or what is answered; an empty answer takes the remark away."""
    if text is None:
        text = _asked(writing, part)
        if not text:
            return writing.remove("merknad", part, yes=False)
    try:
        return writing.keep("merknad", part, text)
    except Unreadable as unreadable:
        raise WrongUse("--tekst kan ikke leses.", unreadable.remedy) from None


def _asked(writing: Writing, part: Part) -> str:
    if not screen.at_terminal():
        raise WrongUse("--tekst mangler.", "Skriv merknaden med --tekst, eller slett med --slett.")
    question = f"Merknad under {part.name}?"
    present = writing.present("merknad", part)
    return questions.optional(question, body_of, present, goes_on=True)
