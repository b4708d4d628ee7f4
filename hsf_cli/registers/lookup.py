"""Finds the record that a person means: by number, by imported id, or by a piece of the name."""

import re
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from hsf_cli.errors import NotFound, Unreadable
from hsf_cli.records import KINDS, Kind
from hsf_cli.registers.named import NAMED
from hsf_cli.spelling import alphabetical, folded, is_piece, nearest, suggested
from hsf_cli.store import Row, Store
from hsf_cli.texts import cleaned, phone_digits

_NUMBER = r"([a-zæøå]*)\s*(\d{1,8})"
_MOST_LISTED = 12
# The command that makes the first of a kind.
_FIRST = {
    "family": "henvendelse ny",
    "inquiry": "henvendelse ny",
    "volunteer": "kontakt ny",
    "course": "kurs ny",
    "assignment": "oppdrag forslag",
    "hours": "timer måned",
    "activity": "aktivitet ny",
}
_SHORTEST_PHONE = 6


class Hit(NamedTuple):
    """A record that may be the one that is meant."""

    number: int
    short: str
    name: str
    detail: str = ""

    @property
    def text(self) -> str:
        """«F12 Hansen (Kari)»."""
        return f"{self.short} {self.name}" + (f" ({self.detail})" if self.detail else "")


class Lookup:
    """The records of one kind, or those of them that a condition leaves."""

    def __init__(self, store: Store, table: str, among: str = "", **values: object) -> None:
        self.kind: Kind = KINDS[table]
        self._store = store
        self._among = among
        self._values = values

    def found(self, text: str) -> list[Hit]:
        """Everyone that the text may mean, in alphabetical order. Raises NotFound for none."""
        hits = self._meant_by(text)
        if not hits:
            none = "ingen" if self.kind.article == "en" else "ikke noe"
            raise NotFound(
                f"Finner {none} {self.kind.singular} som «{text}».", self._near_advice(text)
            )
        return hits

    @cached_property
    def everyone(self) -> list[Hit]:
        """Every record there is to choose from, in alphabetical order."""
        hits = [self._hit(row) for row in self._rows()]
        return sorted(hits, key=lambda hit: (alphabetical(hit.name), hit.number))

    def _meant_by(self, text: str) -> list[Hit]:
        try:
            written = cleaned(text)
        except Unreadable:  # nobody is called what no text can hold
            return []
        return self._by_number(written) or self._by_imported_id(written) or self._by_name(written)

    def is_here(self, number: int) -> bool:
        """Whether that is one of the records; a change that follows builds on it."""
        return self._store.relying_on(
            lambda: bool(self._rows("id = :number", number=number)), (self.kind.table, number)
        )

    def _rows(self, condition: str = "true", **values: object) -> list[Row]:
        among = f"id IN ({self._among})" if self._among else "true"
        with self._store.looking():
            return self._store.rows(
                f"SELECT * FROM ({NAMED[self.kind.table]}) WHERE {condition} AND {among}",
                **values,
                **self._values,
            )

    def _hit(self, row: Row) -> Hit:
        return Hit(row["id"], self.kind.name(row["id"]), row["name"], row["detail"])

    def _by_number(self, text: str) -> list[Hit]:
        found = re.fullmatch(_NUMBER, text, re.IGNORECASE)
        if not found:
            return []
        letter = found[1].upper()
        if letter and letter != self.kind.letter:
            self._refuse_other_kind(letter, text)
            return []
        return [self._hit(row) for row in self._rows("id = :number", number=int(found[2]))]

    def _refuse_other_kind(self, letter: str, text: str) -> None:
        other = next((kind for kind in KINDS.values() if kind.letter == letter), None)
        if other and not self._by_imported_id(text):
            raise NotFound(
                f"«{text}» er {other.article} {other.singular}, "
                f"ikke {self.kind.article} {self.kind.singular}.",
                f"Skriv et nummer som {self.kind.letter}12, eller en bit av navnet.",
            )

    def _by_imported_id(self, text: str) -> list[Hit]:
        imported = f"id IN (SELECT id FROM {self.kind.table} WHERE imported_id = :imported)"
        return [self._hit(row) for row in self._rows(imported, imported=text)]

    def _by_name(self, text: str) -> list[Hit]:
        """Those with the text in their name; one whose whole name it is goes before all others."""
        looked_for, digits = folded(text), phone_digits(text)
        if not looked_for:
            return []
        hits = [hit for hit in self.everyone if is_piece(text, f"{hit.name} {hit.detail}")]
        exact = [hit for hit in hits if folded(hit.name) == looked_for]
        if not hits and len(digits) >= _SHORTEST_PHONE:
            return [
                self._hit(row)
                for row in self._rows()
                if "phone" in row.keys() and digits in phone_digits(row["phone"] or "")  # noqa: SIM118
            ]
        return exact or hits

    def _near_advice(self, text: str) -> str:
        if not self.everyone:
            return none_yet(self.kind)
        by_name = {hit.name: hit.text for hit in self.everyone}
        near = [] if re.fullmatch(_NUMBER, text.strip(), re.IGNORECASE) else nearest(text, by_name)
        hint = suggested(by_name[name] for name in near)
        return f"{hint}Skriv nummeret ({self.kind.letter}12), eller en bit av navnet."


def none_yet(kind: Kind) -> str:
    """That there are none of a kind to choose among, and how the first comes to be."""
    first = _FIRST.get(kind.table)
    how = f" Den første: hsf {first}" if first else ""
    return f"Det er ingen {kind.plural} å velge blant.{how}"


def several(kind: Kind, text: str, hits: Sequence[Hit]) -> NotFound:
    """The error where a text may mean several records, which it lists."""
    listed = [hit.text for hit in hits[:_MOST_LISTED]]
    if len(hits) > _MOST_LISTED:
        listed.append(f"og {len(hits) - _MOST_LISTED} til")
    return NotFound(
        f"«{text}» kan være {len(hits)} {kind.plural}: {'; '.join(listed)}.",
        "Skriv nummeret til den du mener.",
    )


def name_of(store: Store, table: str, number: int) -> str:
    """«F12 Hansen»: what a record is called in a message."""
    kind = KINDS[table]
    name = store.value(f"SELECT name FROM ({NAMED[table]}) WHERE id = :number", number=number)
    return f"{kind.name(number)} {name}" if name else kind.name(number)
