"""A form: the annual report's statistics chapter as an edition's TOML file has it.

An edition is data. It holds the form's own words, and says for each row which records of which
population it counts, and how. `load` checks all of it and tells every error at once.
"""

import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

from hsf_cli.errors import BadContent, NotFound, Place, WrongUse
from hsf_cli.numbers import written
from hsf_cli.report.conditions import Condition
from hsf_cli.texts import LONGEST_DOCUMENT

Unit = Literal["antall", "timer", "årsverk"]
# How a figure must stand to others: their sum, at most their sum, or none where they are none.
Stand = Literal["equals", "at_most", "needs"]
# The key of the chapter that the form's figures are in.
STATISTICS = "statistics"
# What stands before the key of a row of last year's form.
BEFORE = "before."
# The parser's time grows with the square of a line: keys with dots in them have no other end.
_LONGEST_LINE = 5_000
_MOST_BYTES = LONGEST_DOCUMENT * 4
# A form's own values nest half as deep.
_DEEPEST = 12


@dataclass(frozen=True)
class Measure:
    """What is made of the records: their number, a sum over them, or a mean."""

    # The attributes added up over the records; none means that the records are counted.
    sum: tuple[str, ...] = ()
    # The attribute whose sum the other is divided by; records without it are left out.
    per: str = ""


@dataclass(frozen=True)
class FormRow:
    """One row: its label word for word, and the records that it counts."""

    key: str
    label: str
    population: str
    conditions: Mapping[str, Condition]
    measure: Measure
    unit: Unit
    # The key of the row that this one and its siblings in the table split between them.
    part_of: str


@dataclass(frozen=True)
class FormTable:
    """A table under its heading, which may be blank."""

    heading: str
    rows: tuple[FormRow, ...]


@dataclass(frozen=True)
class FormSection:
    """A numbered section of the chapter."""

    number: str
    title: str
    tables: tuple[FormTable, ...]


@dataclass(frozen=True)
class Chapter:
    """A chapter of the whole report: its key is the same in every edition that has it."""

    key: str
    number: str
    title: str

    @property
    def level(self) -> int:
        """1 for a chapter («4.0»), 2 for a part of one («4.1»)."""
        return 1 if self.number.partition(".")[2] in ("", "0") else 2

    @property
    def name(self) -> str:
        """The number and the title."""
        return f"{self.number} {self.title}".strip()


@dataclass(frozen=True)
class Relation:
    """How a figure must stand to others of the form, and what to say where it does not.

    In the text `{figure}` is the figure, `{label}` its label, and `{sum}` the others' sum.
    """

    figure: str
    stand: Stand
    # Keys of rows; with `before.` in front they are last year's.
    others: tuple[str, ...]
    text: str
    # Whether records that are right can break it too: it is told of reports that are read in alone.
    suspicion: bool = False


@dataclass(frozen=True)
class Form:
    """A whole form."""

    edition: int
    number: str
    title: str
    sections: tuple[FormSection, ...]
    # The whole report's chapters in their order, the one with the figures among them.
    chapters: tuple[Chapter, ...] = ()
    relations: tuple[Relation, ...] = ()
    # The TOML text of a form of a department's own; empty for an edition that ships.
    source: str = ""

    @property
    def rows(self) -> Iterator[FormRow]:
        """Every row in the form's order."""
        return (row for part in self.sections for table in part.tables for row in table.rows)

    @cached_property
    def by_key(self) -> Mapping[str, FormRow]:
        """Every row by its key."""
        return {row.key: row for row in self.rows}


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
    if edition not in editions():
        raise WrongUse(
            f"Det finnes ingen utgave {edition} av skjemaet.",
            f"Velg en av: {', '.join(map(str, editions()))}.",
        )
    name = f"{edition}.toml"
    text = files("hsf_cli.report").joinpath("editions", name).read_text(encoding="utf-8")
    return replace(load(text, name), source="")


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
    from hsf_cli.report.form_check import checked

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
