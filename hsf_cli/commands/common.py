"""What every command does at its edges: open the department, read an option's text."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import typer

from hsf_cli import places
from hsf_cli.errors import NotFound, Unreadable, WrongUse
from hsf_cli.keys import WrongPassphrase
from hsf_cli.registers import department
from hsf_cli.store import Store
from hsf_cli.ui import editor, questions, screen
from hsf_cli.ui.commandline import Settings

T = TypeVar("T")

_PASSPHRASE_OPTION = "--passord-fra"
_ATTEMPTS = 3


def settings(ctx: typer.Context) -> Settings:
    """What the options that every command takes have said."""
    assert isinstance(ctx.obj, Settings)
    return ctx.obj


def database_path(ctx: typer.Context) -> Path:
    """The database file in question."""
    return settings(ctx).database or places.database()


def opened(ctx: typer.Context) -> Store:
    """The department, unlocked. Close it, or use it as a context manager.

    A passphrase that is typed wrongly is asked for again, twice. A text that was left behind in
    an editor's file is swept away first.
    """
    editor.sweep()
    said, attempts = settings(ctx), 0
    while True:
        try:
            return department.opened(database_path(ctx), lambda: _passphrase(ctx))
        except WrongPassphrase:
            said.passphrase, attempts = None, attempts + 1
            if said.passphrase_from or attempts == _ATTEMPTS:
                raise
            screen.tell("Passordet er feil. Prøv igjen.")


def _passphrase(ctx: typer.Context) -> str:
    """The department's passphrase: as given, as typed before in the menu, or asked for."""
    said = settings(ctx)
    if given := _given_passphrase(ctx):
        return given
    said.passphrase = said.passphrase or questions.secret(
        "Passordet til avdelingen:", _PASSPHRASE_OPTION
    )
    return said.passphrase


def new_passphrase(ctx: typer.Context) -> str:
    """The passphrase of a new department: from where `--passord-fra` points, or typed twice."""
    return _given_passphrase(ctx) or questions.new_secret(
        "Velg et passord for avdelingen:", _PASSPHRASE_OPTION
    )


def _given_passphrase(ctx: typer.Context) -> str | None:
    source = settings(ctx).passphrase_from
    if source is None:
        return None
    try:
        if source == "-":
            line = sys.stdin.buffer.readline()
        else:
            line = places.path(source).read_bytes().partition(b"\n")[0]
        text = line.decode("utf-8-sig").rstrip("\r\n")
    except (OSError, UnicodeDecodeError):
        raise NotFound(
            f"Passordet kan ikke leses fra {source}.",
            "Se etter at filen finnes, er din egen og er lagret som UTF-8.",
        ) from None
    if not text or not text.isprintable():
        raise WrongUse(
            "Passordet er tomt eller har kontrolltegn.", "Skriv passordet på filens første linje."
        )
    return text


def read(option: str, text: str, reader: Callable[[str], T]) -> T:
    """What an option's text says. Raises WrongUse that names the option and what would be right."""
    try:
        return reader(text.strip())
    except Unreadable as unreadable:
        raise WrongUse(f"{option} «{text}» kan ikke leses.", unreadable.remedy) from None


def command_name(ctx: typer.Context) -> str:
    """The command's own name, however it was typed: «familie slå-sammen»."""
    names: list[str] = []
    context: Any = ctx
    while context.parent is not None:
        names.insert(0, context.command.name)
        context = context.parent
    return " ".join(names)
