"""What a form may count and split by, told for those who write one: from the populations."""

from collections.abc import Iterator
from typing import NamedTuple

from hsf_cli.codes import code_list
from hsf_cli.populations import POPULATIONS, Attribute
from hsf_cli.populations.words import words_for


class Countable(NamedTuple):
    """Something that a row may say: what, in plain words, and how it is written in the form."""

    # The population, as `of` names it.
    of: str
    # What a record may be asked for, as `where` names it; blank for the population itself.
    attribute: str
    meaning: str
    written: str
    # Its codes, each with its label.
    codes: dict[str, str]

    @property
    def each_code(self) -> "Iterator[Countable]":
        """It, and how each of its codes is written."""
        yield self._replace(written="") if self.codes else self
        for code, label in self.codes.items():
            yield self._replace(meaning=f"  {label}", written=f'where.{self.attribute} = "{code}"')


def countable(population: str = "") -> Iterator[Countable]:
    """Everything that may be counted, each population before what it may be split by.

    Only that population where one is named.
    """
    for name in [population] if population else POPULATIONS:
        words = words_for(name)
        opening = words.opening.replace("i {year}", "det året").replace("{year}", "året")
        yield Countable(name, "", opening, f'of = "{name}"', {})
        for attribute, about in POPULATIONS[name].attributes.items():
            yield _attribute(name, attribute, about, words.attributes[attribute].name)


def _attribute(of: str, name: str, attribute: Attribute, meaning: str) -> Countable:
    codes = dict(code_list(attribute.codes).labels) if attribute.codes else {}
    return Countable(of, name, meaning, _written(name, attribute, codes), codes)


def _written(name: str, attribute: Attribute, codes: dict[str, str]) -> str:
    """An example of how it is written."""
    match attribute.type:
        case "yes_no":
            return f"where.{name} = true"
        case "number":
            return f'where.{name} = {{ from = 1, to = 5 }}, eller sum = "{name}"'
        case _:
            return f'where.{name} = "{next(iter(codes))}"'
