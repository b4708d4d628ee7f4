"""What every command does at its edges: open the department, read an option's text."""

import sys
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar

import typer

from hsf_cli import places, unfinished
from hsf_cli.errors import HsfError, NotFound, Stopped, Unreadable, WrongUse
from hsf_cli.keys import WrongPassphrase
from hsf_cli.registers import department
from hsf_cli.store import Store
from hsf_cli.ui import questions, screen
from hsf_cli.ui.commandline import Settings

if TYPE_CHECKING:
    from hsf_cli.copies import Why

T = TypeVar("T")

_PASSPHRASE_OPTION = "--passord-fra"
_NEW_PASSPHRASE_OPTION = "--nytt-passord-fra"
_ATTEMPTS = 3
_LONGEST_PASSPHRASE = 10_000  # bytes: what is longer is another file


def settings(ctx: typer.Context) -> Settings:
    """What the options that every command takes have said."""
    assert isinstance(ctx.obj, Settings)
    return ctx.obj


def database_path(ctx: typer.Context) -> Path:
    """The database file in question."""
    return settings(ctx).database or places.database()


def opened(ctx: typer.Context) -> Store:
    """The department, unlocked. Close it, or use it as a context manager.

    A passphrase that is typed wrongly is asked for again, twice. What a program that
    was killed left unfinished is swept away first. The first change of a day is made after a copy.
    Others may have it open too: nothing is held while somebody is asked, and what they change
    meanwhile is not written over (`Store.attend`).
    """
    unfinished.sweep()
    said, attempts = settings(ctx), 0
    while True:
        try:
            store = department.opened(
                database_path(ctx), lambda: passphrase(ctx), lambda: _tell_waiting(ctx)
            )
        except WrongPassphrase:
            said.passphrase, attempts = None, attempts + 1
            if said.passphrase_from or attempts == _ATTEMPTS:
                raise
            screen.tell("Passordet er feil. Prøv igjen.")
        else:
            store.before_change = partial(_copy_daily, store)
            store.attend(partial(_overtaken, store))
            screen.before_leisure = store.let_go
            _warn_of_loose_key(said, store.salt)
            return store


def _warn_of_loose_key(said: Settings, salt: str) -> None:
    """Tells somebody at a terminal, once, that others can get at the key, and what mends it."""
    if said.is_warned or not screen.at_terminal():
        return
    from hsf_cli.registers.permissions import keys_that_others_can_use

    said.is_warned = True
    for loose in keys_that_others_can_use(salt):
        screen.tell(f"{loose.text}\nGjør slik: {loose.advice}")


def _tell_waiting(ctx: typer.Context) -> None:
    if ctx.params.get("format") != "json":  # there an error must stand alone on stderr
        screen.tell("Noen andre skriver i avdelingen akkurat nå. Venter …")


def _overtaken(store: Store, since: int, records: Collection[tuple[str, int]]) -> HsfError:
    from hsf_cli.commands.overtaken import overtaken  # it is seldom that somebody is

    return overtaken(store, since, records)


def _copy_daily(store: Store) -> None:
    """Makes the day's copy where it is due; daily work goes on without one that cannot be made."""
    if not department.is_as_it_was_left(store):
        return
    from hsf_cli import copies

    try:
        made = copies.made(store, "daglig")
    except Stopped as error:
        screen.tell(f"Dagens kopi er ikke tatt: {error.text} {error.advice}")
    else:
        if made.notice:
            screen.tell(made.notice)


def copied_first(store: Store, why: "Why") -> None:
    """Makes a copy before something that goes deep. Raises Stopped where it cannot be made."""
    from hsf_cli import copies

    with store.looking():
        notice = copies.before(store, why).notice
    if notice:
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
        with source_of(source) as file:
            line = file.readline(_LONGEST_PASSPHRASE)
        text = line.decode("utf-8-sig").rstrip("\r\n")
    except (OSError, UnicodeDecodeError):
        raise NotFound(
            f"Passordet kan ikke leses fra {source}.",
            "Se etter at filen finnes, er din egen og er lagret som UTF-8.",
        ) from None
    if not text or not text.isprintable() or len(line) == _LONGEST_PASSPHRASE:
        raise WrongUse(
            "Passordet er tomt, svært langt eller har kontrolltegn.",
            "Skriv passordet på filens første linje.",
        )
    return text


@contextmanager
def source_of(name: str) -> Iterator[BinaryIO]:
    """The file that somebody named, or standard input for «-», to read from. Raises OSError."""
    if name == "-":
        yield sys.stdin.buffer
    else:
        with places.path(name).open("rb") as file:
            yield file


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
