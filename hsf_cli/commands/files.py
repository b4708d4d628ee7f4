"""Files that commands write: in one piece or not at all, their owner's alone, and in the log."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import typer

from hsf_cli import places, unfinished
from hsf_cli.commands.common import command_name
from hsf_cli.errors import NotFound, Stopped, WrongUse
from hsf_cli.registers import events
from hsf_cli.store import Store
from hsf_cli.texts import listed
from hsf_cli.ui import questions, screen


def target(option: str, typed: Path, endings: Iterable[str]) -> Path:
    """The file that an option names.

    Raises WrongUse where its ending is none of those, and NotFound where there is no such folder.
    """
    path = places.path(typed)
    if path.suffix.casefold() not in endings:
        raise WrongUse(
            f"{option} «{typed}» slutter ikke på noe hsf kan skrive.",
            f"Skriv et filnavn som slutter på {listed(list(endings), 'eller')}.",
        )
    if not path.parent.is_dir():
        raise NotFound(
            f"Finner ikke mappen {place(path.parent)}.", "Lag den først, eller velg en annen."
        )
    return path


def place(path: Path) -> Path:
    """Where a file is, as it is told of: with all its folders for somebody at a terminal.

    Whoever began from an icon or a menu does not know the folder they are in. Elsewhere it is as it
    was given, for the program that gave it.
    """
    return Path(os.path.abspath(path)) if sys.stdout.isatty() else path


def may_write(path: Path, *, yes: bool) -> None:
    """Asks where something is there already. Raises Stopped where it is to be left alone."""
    if path.exists():
        questions.confirm(f"{path} finnes fra før. Skrive over?", already=yes)


def put(path: Path, content: bytes, first: Callable[[], object] = lambda: None) -> None:
    """Puts a finished file in place. Raises Stopped where it cannot be.

    `first` is done when all is written, and before anybody can find it there.
    """
    with writing(path), unfinished.folder(path.parent) as folder:
        file = folder / path.name
        file.write_bytes(content)
        first()
        os.replace(file, path)


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Around the writing of a file or folder. Raises Stopped where it cannot be written."""
    try:
        yield
    except OSError as error:
        raise Stopped(
            f"Kan ikke skrive til {place(path)}.",
            "Se etter at mappen er din egen, at ingen fil står i veien, og at disken har plass.",
        ) from error


@contextmanager
def going_out(
    ctx: typer.Context, store: Store, *, named: bool, several: bool = False
) -> Iterator[None]:
    """Around the writing of files that leave the department, as the log has it.

    It is listed before: no file is out that the log does not know of. Of names in them it is said
    afterwards.
    """
    events.note(store, command_name(ctx), named=named)
    yield
    if named:
        screen.tell(_SEVERAL_WITH_NAMES if several else _WITH_NAMES)


_WITH_NAMES = "Filen har navn i seg og er ikke kryptert. Slett den når du er ferdig med den."
_SEVERAL_WITH_NAMES = (
    "Filene har navn i seg og er ikke kryptert. Slett dem når du er ferdig med dem."
)
