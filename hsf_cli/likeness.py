"""Whether two records are of one family: what they have in common that two families seldom have.

The first call asks it of the family that is told of, the control of all that are recorded.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

from hsf_cli.spelling import folded
from hsf_cli.texts import phone_digits

# Every family with what is compared of it.
FAMILIES = """
SELECT id, imported_id, name, phone, email, address,
       (SELECT json_group_array(json_array(name, born)) FROM child WHERE family_id = family.id)
           AS children
  FROM family ORDER BY id
"""
_A_YEAR = len("2021")

# A child's name, empty or None where it is not known, and its year or ISO date of birth.
Child = tuple[str | None, str]


@dataclass(frozen=True)
class Family:
    """What is compared of a family, in one spelling; empty for what is not known."""

    name: str
    phone: str
    email: str
    address: str
    children: tuple[Child, ...]

    @property
    def surname(self) -> str:
        """The last word of its name."""
        return self.name.rpartition(" ")[2]

    @property
    def traces(self) -> tuple[str, ...]:
        """What to look by: two families that are alike have at least one of these in common."""
        return tuple(filter(None, (self.phone, self.email, self.surname)))


@dataclass(frozen=True)
class Likeness:
    """What two families have in common."""

    # In words; none where they are not alike.
    words: tuple[str, ...]
    # Whether there is more than a surname and a child's year of birth, which many may share.
    strong: bool


def told(about: Mapping[str, Any], children: Iterable[Child]) -> Family:
    """A family as somebody tells of it."""
    return Family(
        name=" ".join(folded(about.get("name") or "").split()),
        phone=phone_digits(about.get("phone") or ""),
        email=folded(about.get("email") or ""),
        address="".join(filter(str.isalnum, folded(about.get("address") or ""))),
        children=tuple((folded(name or ""), born) for name, born in children),
    )


def recorded(row: Mapping[str, Any]) -> Family:
    """A family as `FAMILIES` gives it."""
    return told(row, json.loads(row["children"]))


def likeness(one: Family, other: Family) -> Likeness:
    """What the two have in common: a phone, an e-mail, a home, or a child by its birth."""
    same_name = bool(one.name) and one.name == other.name
    same_surname = bool(one.surname) and one.surname == other.surname
    children = list(product(one.children, other.children)) if same_surname else []
    alike = {
        "telefon": one.phone and one.phone == other.phone,
        "e-post": one.email and one.email == other.email,
        "navn og adresse": same_name and one.address and one.address == other.address,
    }
    words = [word for word, is_so in alike.items() if is_so]
    strong = bool(words) or any(_are_one(*pair) for pair in children)
    if any(_may_be_one(*pair) for pair in children):
        words.append("etternavn og et barn født likt")
    return Likeness(tuple(words), strong)


def born_alike(one: str, other: str) -> bool:
    """Whether two births may be one: the same day, or year where one of the two has no day."""
    length = min(len(one), len(other))
    return one[:length] == other[:length]


def _are_one(one: Child, other: Child) -> bool:
    """Whether two children have the same day of birth, or the same name and are born alike."""
    (name, born), (other_name, other_born) = one, other
    same_day = born == other_born and len(born) > _A_YEAR
    return same_day or (bool(name) and name == other_name and born_alike(born, other_born))


def _may_be_one(one: Child, other: Child) -> bool:
    """Whether nothing tells two children that are born alike apart."""
    (name, born), (other_name, other_born) = one, other
    unnamed = not (name and other_name)
    return _are_one(one, other) or (unnamed and born_alike(born, other_born))
