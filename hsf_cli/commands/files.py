"""Files that commands write: in one piece or not at all, their owner's alone."""

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from hsf_cli import places
from hsf_cli.errors import NotFound, Stopped, WrongUse
from hsf_cli.texts import listed
from hsf_cli.ui import questions


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
        raise NotFound(f"Finner ikke mappen {path.parent}.", "Lag den først, eller velg en annen.")
    return path


def may_write(path: Path, *, yes: bool) -> None:
    """Asks where something is there already. Raises Stopped where it is to be left alone."""
    if path.exists():
        questions.confirm(f"{path} finnes fra før. Skrive over?", already=yes)


def put(path: Path, content: bytes) -> None:
    """Puts a finished file in place. Raises Stopped where it cannot be."""
    try:
        with tempfile.TemporaryDirectory(prefix=".hsf-", dir=path.parent) as unfinished:
            file = Path(unfinished) / path.name
            file.write_bytes(content)
            os.replace(file, path)
    except OSError as error:
        raise Stopped(
            f"Kan ikke skrive til {path}.",
            "Se etter at mappen er din egen, at ingen fil står i veien, og at disken har plass.",
        ) from error
