"""What every command does at its edges: open the department, read an option's text."""

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import typer

from hsf_cli import copies, places
from hsf_cli.errors import NotFound, Stopped, Unreadable, WrongUse
from hsf_cli.keys import WrongPassphrase
from hsf_cli.registers import department
from hsf_cli.store import Store
from hsf_cli.ui import editor, questions, screen
from hsf_cli.ui.commandline import Settings

T = TypeVar("T")

_PASSPHRASE_OPTION = "--passord-fra"
_NEW_PASSPHRASE_OPTION = "--nytt-passord-fra"
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
    an editor's file is swept away first. The first change of a day is made after a copy.
    """
    editor.sweep()
    said, attempts = settings(ctx), 0
    while True:
        try:
            store = department.opened(database_path(ctx), lambda: passphrase(ctx))
            store.before_change = partial(_copy_daily, store)
            return store
        except WrongPassphrase:
            said.passphrase, attempts = None, attempts + 1
            if said.passphrase_from or attempts == _ATTEMPTS:
                raise
            screen.tell("Passordet er feil. Prøv igjen.")


def _copy_daily(store: Store) -> None:
    """Makes the day's copy where it is due; daily work goes on without one that cannot be made."""
    try:
        made = copies.daily(store)
    except Stopped as error:
        screen.tell(f"Dagens kopi er ikke tatt: {error.text} {error.advice}")
    else:
        if made and made.notice:
            screen.tell(made.notice)


def copied_first(store: Store, why: copies.Why) -> None:
    """Makes a copy before something that goes deep. Raises Stopped where it cannot be made."""
    if notice := copies.before(store, why).notice:
        screen.tell(notice)


def passphrase(ctx: typer.Context) -> str:
    """The department's passphrase: as given, as typed before in the menu, or asked for."""
    said = settings(ctx)
    said.passphrase = (
        said.passphrase
        or _given_passphrase(ctx)
        or questions.secret("Passordet til avdelingen:", _PASSPHRASE_OPTION)
    )
    return said.passphrase


def new_passphrase(
    ctx: typer.Context, new_from: str | None = None, *, another: bool = False
) -> str:
    """The passphrase to be: from where `new_from` or `--passord-fra` points, or typed twice.

    `--passord-fra` tells the one there is where it is to be `another`.
    """
    if new_from is not None:
        return _passphrase_in(new_from)
    option = _NEW_PASSPHRASE_OPTION if another else _PASSPHRASE_OPTION
    return (None if another else _given_passphrase(ctx)) or questions.new_secret(
        "Velg et passord for avdelingen:", option
    )


def _given_passphrase(ctx: typer.Context) -> str | None:
    source = settings(ctx).passphrase_from
    return None if source is None else _passphrase_in(source)


def _passphrase_in(source: str) -> str:
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
