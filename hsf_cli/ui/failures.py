"""Errors as the person at the terminal, or the program that called, is told of them."""

import json
import sys
import traceback
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from hsf_cli import __version__, places
from hsf_cli.errors import Declined, HsfError, NotFound, Place
from hsf_cli.texts import listed
from hsf_cli.ui import screen

# What is wrong in the same way is told line by line up to so many lines.
_ONE_BY_ONE = 5


def show(error: HsfError, *, as_json: bool) -> None:
    """Writes the error on stderr: every place first, then what happened and what to do."""
    if as_json:
        screen.tell_raw(json.dumps({"error": _as_dict(error)}, ensure_ascii=False))
        return
    for place, lines in _told_of(error.places):
        screen.tell(_place_text(place, lines))
    if error.places:
        screen.tell("")
    screen.tell(error.text if isinstance(error, Declined) else f"Feil: {error.text}")
    if error.advice:
        screen.tell(f"Gjør slik: {error.advice}")


def kept(error: BaseException) -> HsfError:
    """An unexpected failure as an error to show, its details written to the log.

    The log has where in the program it happened and the kind of failure, never its message or
    any value: those could hold a family's name.
    """
    log = places.failure_log()
    advice = "Prøv igjen. Skjer det på nytt, så meld fra"
    try:
        places.owner_only(log.parent)
        with log.open("a", encoding="utf-8") as file:
            file.write(_trace(error))
        advice += f" og legg ved {log}: den har ingen personopplysninger"
    except OSError:
        pass
    return HsfError("Noe gikk galt i programmet. Ingenting er halvt lagret.", advice + ".")


def unusable(error: OSError) -> HsfError:
    """What the operating system refuses, as an error to show."""
    where = f": {error.filename}" if error.filename else "."
    return NotFound(
        f"Kan ikke lese eller skrive{where}",
        "Se etter at filen eller mappen finnes og er din egen, og at disken har plass.",
    )


def _as_dict(error: HsfError) -> dict[str, object]:
    return {
        "code": error.code,
        "text": error.text,
        "advice": error.advice,
        "places": [place._asdict() for place in error.places],
    }


def _told_of(found: Sequence[Place]) -> Iterator[tuple[Place, Sequence[int]]]:
    """Each place with its line; what is wrong in the same way on many lines once, with them all."""
    lines: dict[Place, list[int]] = {}
    for place in found:
        lines.setdefault(place._replace(line=0), []).append(place.line)
    for place in found:
        alike = lines[place._replace(line=0)]
        if len(alike) <= _ONE_BY_ONE:
            yield place, [place.line]
        elif place.line == alike[0]:
            yield place, alike


def _place_text(place: Place, lines: Sequence[int]) -> str:
    column = f", {place.column}" if place.column not in ("", place.value) else ""
    value = f": «{' '.join(place.value.split())}»" if place.value else ""
    return f"{place.file}, linje {listed(_runs(lines))}{column}{value}\n    {place.remedy}"


def _runs(lines: Iterable[int]) -> list[str]:
    """Lines in words, those that follow one another as «2–41»."""
    runs: list[list[int]] = []
    for line in sorted(set(lines)):
        if runs and line == runs[-1][-1] + 1:
            runs[-1].append(line)
        else:
            runs.append([line])
    return [str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs]


def _trace(error: BaseException) -> str:
    """The failure and what caused it, with the places in the code and nothing else."""
    lines = [
        f"{datetime.now():%Y-%m-%d %H:%M:%S} hsf {__version__} Python {sys.version.split()[0]}"
    ]
    cause: BaseException | None = error
    while cause is not None:
        lines.append(f"  {type(cause).__module__}.{type(cause).__qualname__}")
        frames = traceback.extract_tb(cause.__traceback__)
        lines += [
            f"    {Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames
        ]
        cause = cause.__cause__ or cause.__context__
    return "\n".join(lines) + "\n"
