"""The code lists, read from `codes.json`: what is stored, typed and exchanged, and its label.

The order is that of the rows on the form of 2023. A code never changes; a label may. The last
lists are not stored on any record: they are what the populations tell of one. (JSON, because every
command reads them, and TOML takes thirty times as long to read.)
"""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from hsf_cli.spelling import folded


class CodeList:
    """One list: its codes in the form's order, their labels, and the code a person means."""

    def __init__(self, name: str, labels: Mapping[str, str]) -> None:
        self.name = name
        self.labels = labels
        self._codes = {folded(code): code for code in labels}
        self._order = {code: place for place, code in enumerate(labels)}

    def __iter__(self) -> Iterator[str]:
        return iter(self.labels)

    def meant_by(self, text: str) -> str | None:
        """The code that `text` spells in any case, with or without æ, ø, å; None for none."""
        return self._codes.get(folded(text))

    def in_order(self, codes: set[str]) -> list[str]:
        """The codes sorted as the form has them."""
        return sorted(codes, key=self._order.__getitem__)


@cache
def code_lists() -> Mapping[str, CodeList]:
    """Every code list by its name, as `codes.json` has them."""
    text = Path(__file__).with_name("codes.json").read_text(encoding="utf-8")
    return {name: CodeList(name, labels) for name, labels in json.loads(text).items()}


def code_list(name: str) -> CodeList:
    """The list of that name, such as `challenge`."""
    return code_lists()[name]
