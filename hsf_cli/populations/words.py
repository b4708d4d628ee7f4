"""What the populations and their attributes are called in running text, read from `words.toml`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from hsf_cli.populations import POPULATIONS


@dataclass(frozen=True)
class AttributeWords:
    """The words for one attribute; `words.toml` says what each is for."""

    name: str
    opening: str = ""
    where: str = ""
    any: str = ""
    codes: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    one: str = ""
    several: str = ""
    more: str = ""
    fewer: str = ""
    other: str = ""
    amount: str = ""
    hours: str = ""
    yes: str = ""
    no: str = ""
    when_yes: str = ""
    when_no: str = ""
    told: str = ""
    blank: str = ""
    none: str = ""
    note: str = ""


@dataclass(frozen=True)
class PopulationWords:
    """The words for one population and for what may be asked of it."""

    opening: str
    within: str
    these: str
    attributes: Mapping[str, AttributeWords]
    more: str = ""
    added: str = ""


@cache
def words_for(population: str) -> PopulationWords:
    """What that population and each of its attributes are called, as words.toml has it."""
    raw = dict(_raw()[population])
    attributes = {
        name: AttributeWords(**raw.pop(name)) for name in POPULATIONS[population].attributes
    }
    return PopulationWords(attributes=attributes, **raw)


@cache
def _raw() -> Mapping[str, Any]:
    text = files(__package__).joinpath("words.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
