"""The forms that there are: those that ship with the program, and a department's own file."""

import re
import sys
import tomllib
from dataclasses import replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from hsf_cli.errors import BadContent, NotFound, Place, WrongUse
from hsf_cli.numbers import written
from hsf_cli.report.form import Form
from hsf_cli.report.form_check import checked
from hsf_cli.texts import LONGEST_DOCUMENT

# The parser's time grows with the square of a line: keys with dots in them have no other end.
_LONGEST_LINE = 5_000
_MOST_BYTES = LONGEST_DOCUMENT * 4
# A form's own values nest half as deep.
_DEEPEST = 12
# Our own comments in an edition: whole lines, and what no quotes come after.
_COMMENT = re.compile(r'^#.*\n| +#[^"\n]*$', re.MULTILINE)
# What stands above an edition that a department makes its own of.
_INTRODUCTION = """\
# Et eget skjema. Linjer som begynner med #, er til deg selv.
#
# label     teksten på raden
# of        hva raden teller; står den over radene, gjelder den alle
# where     hvem av dem: en kode, flere koder i [ ], true eller false, eller { from = 18, to = 24 }
# sum, per  legger sammen i stedet for å telle, og deler på noe; unit = "timer" gjør minutter om
# key       navnet andre rader viser til; behold det der raden betyr det samme som før
# part_of   raden og de andre med samme part_of deler opp raden som har den nøkkelen
#
# Alt som kan telles: hsf rapport skjema. Sjekk filen: hsf rapport skjema FIL.toml
"""


def editions() -> list[int]:
    """The years of the editions that ship with the program, oldest first."""
    folder = files("hsf_cli.report").joinpath("editions")
    names = (item.name for item in folder.iterdir())
    return sorted(int(name.removesuffix(".toml")) for name in names if name.endswith(".toml"))


def edition_for(year: int) -> int:
    """The edition in use that year: the newest that is not newer, or the oldest there is."""
    known = editions()
    return max((edition for edition in known if edition <= year), default=known[0])


@cache
def shipped(edition: int) -> Form:
    """An edition that ships with the program. Raises WrongUse for one that does not."""
    return replace(load(_text(edition), f"{edition}.toml"), source="")


def beginning(edition: int) -> str:
    """An edition's text for a department to make its own of. Raises WrongUse as `shipped` does."""
    return f"{_INTRODUCTION}\n{_COMMENT.sub('', _text(edition)).strip()}\n"


def _text(edition: int) -> str:
    if edition not in editions():
        raise WrongUse(
            f"Det finnes ingen utgave {edition} av skjemaet.",
            f"Velg en av: {', '.join(map(str, editions()))}.",
        )
    folder = files("hsf_cli.report").joinpath("editions")
    return folder.joinpath(f"{edition}.toml").read_text(encoding="utf-8")


def own(path: Path) -> Form:
    """A department's own form. Raises NotFound, or BadContent with all its errors."""
    try:
        with path.open("rb") as file:
            content = file.read(_MOST_BYTES)
        if len(content) == _MOST_BYTES:
            raise _too_large(path.name)
        return load(
            content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n"), path.name
        )
    except (FileNotFoundError, IsADirectoryError):
        raise NotFound(
            f"Finner ikke skjemafilen {path}.", "Skriv navnet på en .toml-fil, med mappen den er i."
        ) from None
    except UnicodeDecodeError:
        raise BadContent(
            f"Skjemafilen {path.name} er ikke lagret som UTF-8.", "Lagre den på nytt som UTF-8."
        ) from None
    except OSError as error:
        raise NotFound(
            f"Skjemafilen {path} kan ikke leses.", "Se etter at filen er din egen."
        ) from error


def load(text: str, file: str) -> Form:
    """A department's own form, from its TOML text. Raises BadContent with all its errors."""
    if len(text) > LONGEST_DOCUMENT or any(len(line) > _LONGEST_LINE for line in text.split("\n")):
        raise _too_large(file)
    try:
        raw: dict[str, Any] = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # a TOMLDecodeError is a ValueError
        raise _not_toml(file, text, error) from None
    if not _is_of_a_form(raw):
        raise BadContent(
            f"Skjemafilen {file} har noe som ikke hører hjemme i et skjema.",
            "Se etter svært lange tall, og etter klammer eller punktum mange inni hverandre.",
        )
    return replace(checked(raw, text, file), source=text.strip())


def _is_of_a_form(value: Any, levels: int = _DEEPEST) -> bool:
    """Whether a form could have such a value, if wrongly: then what is wrong can be told."""
    match value:
        case dict() | list():
            parts = value.values() if isinstance(value, dict) else value
            return levels > 0 and all(_is_of_a_form(part, levels - 1) for part in parts)
        case int():
            return abs(value) <= sys.maxsize
    return True


def _too_large(file: str) -> BadContent:
    return BadContent(
        f"Skjemafilen {file} er større enn et skjema kan være.",
        f"Den kan ha høyst {written(LONGEST_DOCUMENT)} tegn, "
        f"og hver linje høyst {written(_LONGEST_LINE)}.",
    )


def _not_toml(file: str, text: str, error: Exception) -> BadContent:
    found = re.search(r"line (\d+)", str(error))  # without one it is the end of the text
    line = int(found[1]) if found else len(text.splitlines())
    remedy = "Se etter et anførselstegn, en klamme eller et likhetstegn som mangler."
    return BadContent(
        f"Skjemafilen {file} er ikke gyldig TOML.", remedy, [Place(file, line, "", "", remedy)]
    )
