"""What every command does at its edges: open the department, read an option's text."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import typer

from hsf_cli import places
from hsf_cli.errors import NotFound, Unreadable, WrongUse
from hsf_cli.registers import department
from hsf_cli.store import Store
from hsf_cli.ui import questions
from hsf_cli.ui.commandline import Settings

T = TypeVar("T")

_PASSPHRASE_OPTION = "--passord-fra"


def settings(ctx: typer.Context) -> Settings:
    """What the options that every command takes have said."""
    assert isinstance(ctx.obj, Settings)
    return ctx.obj


def database_path(ctx: typer.Context) -> Path:
    """The database file in question."""
    return settings(ctx).database or places.database()


def opened(ctx: typer.Context) -> Store:
    """The department, unlocked. Close it, or use it as a context manager."""
    return department.opened(
        database_path(ctx),
        lambda: (
            _given_passphrase(ctx)
            or questions.secret("Passordet til avdelingen:", _PASSPHRASE_OPTION)
        ),
    )


def new_passphrase(ctx: typer.Context) -> str:
    """The passphrase of a new department: from where `--passord-fra` points, or typed twice."""
    return _given_passphrase(ctx) or questions.new_secret(
        "Velg et passord for avdelingen:", _PASSPHRASE_OPTION
    )


def _given_passphrase(ctx: typer.Context) -> str | None:
    source = settings(ctx).passphrase_from
    if source is None:
        return None
    if source == "-":
        text = sys.stdin.readline()
    else:
        try:
            text = Path(source).expanduser().read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            raise NotFound(
                f"Passordfilen {source} kan ikke leses.", "Se etter at den finnes og er din egen."
            ) from None
    first_line = text.partition("\n")[0].rstrip("\r")
    if not first_line:
        raise WrongUse("Passordet er tomt.", "Skriv passordet på filens første linje.")
    return first_line


def read(option: str, text: str, reader: Callable[[str], T]) -> T:
    """What an option's text says. Raises WrongUse that names the option and what would be right."""
    try:
        return reader(text.strip())
    except Unreadable as unreadable:
        raise WrongUse(f"{option} «{text}» kan ikke leses.", unreadable.remedy) from None
