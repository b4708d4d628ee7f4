"""A child as it is told of on the phone: the name, if any, and what is said of the birth."""

import time

import pytest

from hsf_cli.commands import children
from hsf_cli.commands.fields import Prompt
from hsf_cli.errors import Unreadable
from hsf_cli.store import Store


@pytest.mark.parametrize(
    ("text", "name", "born"),
    [
        ("Ada 2021", "Ada", "2021"),
        ("Ada, født 1.3.2021", "Ada", "2021-03-01"),
        ("Ada f. 2021", "Ada", "2021"),
        ("Ada Alf, f 2021", "Ada Alf", "2021"),
        ("Olaf 2021", "Olaf", "2021"),
        ("født 2021", None, "2021"),
        ("2021", None, "2021"),
        ("Ada,2021", "Ada", "2021"),
        ("Ada\N{NO-BREAK SPACE}2021", "Ada", "2021"),
    ],
)
def test_the_name_is_what_stands_before_the_birth(
    store: Store, text: str, name: str | None, born: str
) -> None:
    assert children.read(text, Prompt(store)) == children.NewChild(name, born)


@pytest.mark.parametrize(
    "text", ["Ada", "", " " * 9_000 + "x", "Ada" + " ," * 4_000 + "x", "f " * 4_000]
)
def test_what_tells_of_no_birth_is_refused_at_once(store: Store, text: str) -> None:
    begun = time.monotonic()
    with pytest.raises(Unreadable):
        children.read(text, Prompt(store))
    assert time.monotonic() - begun < 1
