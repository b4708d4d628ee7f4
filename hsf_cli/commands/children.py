"""Children as they are told of on the phone: «Ada 2021», «Ada 1.3.2021», «3 år»."""

import re
from dataclasses import dataclass
from typing import Any

from hsf_cli import dates
from hsf_cli.commands.fields import Prompt, certain_birth
from hsf_cli.errors import Unreadable
from hsf_cli.exchange.values import BORN
from hsf_cli.records import KINDS
from hsf_cli.texts import single_line
from hsf_cli.ui import questions

# Where a year, a date or an age begins after the name, with what people put before it.
_BIRTH = re.compile(r"(?:\b(?:født|f)\b\.?\s*)?(?P<born>\d)", re.IGNORECASE)
_REMEDY = "Skriv navn og fødselsår, dato eller alder, som «Ada 2021» eller «Ada 1.3.2021»."


@dataclass(frozen=True)
class NewChild:
    """A child that is about to be kept."""

    name: str | None
    born: str
    special_needs: int | None = None

    def values(self) -> dict[str, Any]:
        """What the child's row holds."""
        return {"name": self.name, "born": self.born, "special_needs": self.special_needs}


def read(text: str, prompt: Prompt) -> NewChild:
    """The child that the text tells of. Raises Unreadable, for an age with the years it may be."""
    name, year = _split(text)
    return NewChild(name, BORN.read_typed(year, prompt))


def ask(prompt: Prompt, known: int = 0) -> list[NewChild]:
    """The children that somebody tells of, one line each, until a blank one."""
    children: list[NewChild] = []
    while True:
        more = "Neste barn" if children or known else "Barn"
        text = questions.optional(
            f"{more}: navn og fødselsår, dato eller alder (Enter går videre):",
            lambda typed: _readable(typed, prompt),
        )
        if not text:
            return children
        name, year = _split(text)
        children.append(NewChild(name, certain_birth(year, prompt)))


def told_of_before(count: int) -> str:
    """That so many of the children told of are not kept as new ones."""
    return f"{KINDS['child'].counted(count)} sto på familien fra før, og er ikke ført på nytt."


def _readable(text: str, prompt: Prompt) -> object:
    if not text:
        return None
    _, year = _split(text)
    return None if dates.age(year) is not None else BORN.read_typed(year, prompt)


def _split(text: str) -> tuple[str | None, str]:
    """The name and what is said of the birth."""
    line = single_line(text)
    found = _BIRTH.search(line)
    if not found:
        raise Unreadable(_REMEDY)
    return line[: found.start()].strip(" ,\N{NO-BREAK SPACE}") or None, line[found.start("born") :]
