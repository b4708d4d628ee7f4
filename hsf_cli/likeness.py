"""Whether two records are of one family: what they have in common that two families seldom have.

The first call asks it of the family that is told of, the control of all that are recorded.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import Any, NamedTuple, Protocol

from hsf_cli.spelling import folded
from hsf_cli.texts import phone_digits

# Every family with what is compared of it, and every child with its family.
FAMILIES = "SELECT id, imported_id, name, phone, email, address FROM family ORDER BY id"
CHILDREN = "SELECT family_id, name, born FROM child ORDER BY id"
_A_YEAR = len("2021")


class Row(Protocol):
    """A row of `FAMILIES`: values by column."""

    def __getitem__(self, column: str, /) -> Any: ...


# A child's name, empty or None where it is not known, and its year or ISO date of birth.
Child = tuple[str | None, str]
# The children of each family, by its number.
ChildrenOf = Mapping[int, Sequence[Child]]


class Family(NamedTuple):
    """What is compared of a family, in one spelling; empty for what is not known."""

    name: str
    phone: str
    email: str
    address: str
    children: tuple[Child, ...]

    @property
    def surname(self) -> str:
        """The last word of its name."""
        return _surname(self.name)


class Likeness(NamedTuple):
    """What two families have in common."""

    # In words; none where they are not alike.
    words: tuple[str, ...]
    # Whether there is more than a surname and a child's year of birth, which many may share.
    strong: bool


def told(about: Mapping[str, Any], children: Iterable[Child]) -> Family:
    """A family as somebody tells of it."""
    return Family(
        name=folded(about.get("name") or ""),
        phone=phone_digits(about.get("phone") or ""),
        email=(about.get("email") or "").casefold(),
        address=address_letters(about.get("address") or ""),
        children=tuple((folded(name or ""), born) for name, born in children),
    )


def children_of(rows: Iterable[Any]) -> ChildrenOf:
    """The children of each family, of the rows that `CHILDREN` gives; none for any other number."""
    found: defaultdict[int, list[Child]] = defaultdict(list)
    for family, name, born in rows:
        found[family].append((name, born))
    return found


def recorded(row: Row, children: Iterable[Child]) -> Family:
    """A family as `FAMILIES` gives it, with its children."""
    return told({name: row[name] for name in ("name", "phone", "email", "address")}, children)


def marks(row: Row, children: Sequence[Child]) -> Iterator[tuple[str, ...]]:
    """What to look by: two families of `FAMILIES` with a strong likeness have one in common.

    Of thousands of rows few have one, so nothing else is made of a row first.
    """
    if row["phone"] and (phone := phone_digits(row["phone"])):
        yield "phone", phone
    if row["email"]:
        yield "email", row["email"].casefold()
    if row["address"]:
        yield "home", folded(row["name"]), address_letters(row["address"])
    if children:
        surname = _surname_of(row["name"])
        for name, born in children:
            if len(born) > _A_YEAR:
                yield "born", surname, born
            if name:
                yield "child", surname, folded(name), born[:_A_YEAR]


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


def _surname_of(name: str) -> str:
    """The surname in a name as it is written; of those there are few, so few are folded."""
    words = name.replace("_", " ").split()
    return folded(words[-1]) if words else ""


def _surname(name: str) -> str:
    return name.rpartition(" ")[2]


def address_letters(text: str) -> str:
    """The letters and digits of an address, which are the same however it is spaced."""
    return "".join(filter(str.isalnum, folded(text)))


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
