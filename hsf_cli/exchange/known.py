"""Which records there are, by the ids that files know them by."""

from collections.abc import Container, Mapping
from datetime import date
from functools import cached_property
from typing import Final

from hsf_cli import whose
from hsf_cli.errors import Unreadable
from hsf_cli.records import KINDS, Kind, tombstone
from hsf_cli.spelling import folded
from hsf_cli.store import Store
from hsf_cli.whose import Records


class Erased:
    """Stands for a record that was merged or erased: what refers to it is left out."""


ERASED: Final = Erased()

_SUMS = {"sum", "total", "totalt", "totalsum", "i alt"}


def _likely_mistake(id: str) -> str:
    """What mends a reference to nothing: spreadsheets end in sums, and name who they are about."""
    if folded(id).rstrip(" :") in _SUMS:
        return "Er det en linje med summer, så ta den bort."
    mended = "Rett den, eller ta med raden den viser til."
    if any(map(str.isdigit, id)):
        return mended
    return f"{mended} Er det et navn, så skriv det som står i kolonnen id på raden med det navnet."


class Known:
    """The records of a department, and those that an import is about to add, by id."""

    def __init__(self, store: Store, today: date) -> None:
        self.today = today
        self._store = store
        self._kinds: dict[str, KnownKind] = {}

    def __getitem__(self, table: str) -> "KnownKind":
        if table not in self._kinds:
            anonymised = self._anonymised.get(table, frozenset())
            self._kinds[table] = KnownKind(self._store, KINDS[table], anonymised)
        return self._kinds[table]

    @cached_property
    def _anonymised(self) -> Records:
        return whose.anonymised(self._store)

    def number_of(self, table: str, id: str) -> int | Erased:
        """The number of the record with that id. Raises Unreadable for none or several."""
        return self[table].number_of(id)

    def id_of(self, table: str, number: int) -> str:
        """The id under which files know that record."""
        return self[table].id_by_number[number]


class KnownKind:
    """The records of one kind."""

    def __init__(self, store: Store, kind: Kind, anonymised: Container[int] = ()) -> None:
        self.kind = kind
        self._store = store
        # Read before anything of the import is written.
        rows = store.each(f"SELECT id, {kind.id_sql} FROM {kind.table}")
        self.id_by_number: Mapping[int, str] = dict(map(tuple, rows))
        # The numbers by the ids; an import adds its own.
        self.numbers: dict[str, int | Erased] = {
            id: number for number, id in self.id_by_number.items()
        }
        # The records of those who are anonymised: no file may say again who they were.
        self._anonymised = anonymised
        # Ids that the files of this import define themselves.
        self.named_in_files: Container[str] = ()
        # Whether they may define others that could not be read: then none is unknown.
        self.in_doubt = False

    @cached_property
    def last_number(self) -> int:
        """The highest number ever given to a record of this kind."""
        sql = "SELECT seq FROM sqlite_sequence WHERE name = :table"
        return self._store.value(sql, table=self.kind.table) or 0

    @cached_property
    def _tombstones(self) -> frozenset[bytes]:
        sql = "SELECT id_hash FROM tombstone WHERE record = :table"
        return frozenset(row[0] for row in self._store.rows(sql, table=self.kind.table))

    def is_erased(self, id: str) -> bool:
        """Whether a record with that id was merged or erased."""
        return bool(self._tombstones) and (
            tombstone(self._store.salt, self.kind.table, id) in self._tombstones
        )

    def is_anonymised(self, id: str) -> bool:
        """Whether it is the id of a record of somebody who is anonymised."""
        return self.numbers.get(id) in self._anonymised

    def leave_out(self, id: str) -> None:
        """Lets what refers to a record that is not here be left out with it."""
        if id:
            self.numbers.setdefault(id, ERASED)

    def number_of(self, id: str) -> int | Erased:
        """The number of the record with that id, or of the one with that short name (F12).

        Raises Unreadable, without a remedy where the record could be one that the files define
        but that could not be read: then that has been told already.
        """
        if self.is_anonymised(id):
            return ERASED
        by_id = self.numbers.get(id)
        short = self.kind.number(id)
        by_number = short if short in self.id_by_number else None
        if by_id is None:
            if by_number is not None:
                return by_number
            if self.is_erased(id):
                return ERASED
            if self.in_doubt:
                raise Unreadable("")
            raise Unreadable(
                f"Det finnes ingen {self.kind.singular} med denne id-en. {_likely_mistake(id)}"
            )
        if by_number not in (None, by_id) and id not in self.named_in_files:
            raise Unreadable(
                f"Id-en passer på to {self.kind.plural}: én har den som id, en annen som nummer."
            )
        return by_id
