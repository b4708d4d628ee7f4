"""The kinds of records: each one's table, its letter at the prompt, its name in Norwegian."""

from collections.abc import Iterable
from typing import Any, Literal, NamedTuple

from hsf_cli.spelling import matched

_NUMBER = r"[1-9]\d{0,7}"


class Kind(NamedTuple):
    """One kind of record. Its id is the imported one, otherwise its letter and number (F12)."""

    table: str
    letter: str
    singular: str
    plural: str
    article: Literal["en", "et"] = "en"

    def name(self, number: int) -> str:
        """The record's short name at the prompt, such as F12."""
        return f"{self.letter}{number}"

    def number(self, id: str) -> int | None:
        """The number in an id that is exactly such a short name; None for any other text."""
        digits = id.removeprefix(self.letter)
        return int(digits) if digits != id and matched(_NUMBER, digits) else None

    def typed_number(self, text: str | None) -> int | None:
        """The number in a short name as a person types it, such as «f12»; None for other texts."""
        return None if text is None else self.number(text.strip().upper())

    def counted(self, count: int) -> str:
        """«1 familie», «2 familier»."""
        return f"{count} {self.singular if count == 1 else self.plural}"

    @property
    def id_sql(self) -> str:
        """The SQL expression for the id of a row of this kind's table."""
        return f"coalesce({self.table}.imported_id, '{self.letter}' || {self.table}.id)"


KINDS = {
    kind.table: kind
    for kind in (
        Kind("family", "F", "familie", "familier"),
        Kind("child", "B", "barn", "barn", "et"),
        Kind("inquiry", "H", "henvendelse", "henvendelser"),
        Kind("talk", "SM", "samtale", "samtaler"),
        Kind("consent", "SA", "samtykke", "samtykker", "et"),
        Kind("concern_report", "BM", "bekymringsmelding", "bekymringsmeldinger"),
        Kind("volunteer", "V", "familiekontakt", "familiekontakter"),
        Kind("earlier_period", "PE", "tidligere periode", "tidligere perioder"),
        Kind("pause", "P", "pause", "pauser"),
        Kind("course", "K", "kurs", "kurs", "et"),
        Kind("course_day", "KD", "kursdag", "kursdager"),
        Kind("course_registration", "D", "kursdeltaker", "kursdeltakere"),
        Kind("attendance", "OM", "oppmøte", "oppmøter", "et"),
        Kind("assignment", "O", "oppdrag", "oppdrag", "et"),
        Kind("extension", "FL", "forlengelse", "forlengelser"),
        Kind("follow_up", "OF", "oppfølging", "oppfølginger"),
        Kind("activity", "A", "aktivitet", "aktiviteter"),
        Kind("activity_family", "AF", "familie på aktivitet", "familier på aktiviteter"),
        Kind("hours", "T", "timeføring", "timeføringer"),
        Kind("resource_group_member", "RM", "styremedlem", "styremedlemmer", "et"),
        Kind("resource_group_meeting", "RT", "styremøte", "styremøter", "et"),
        Kind("rule_exception", "U", "unntak", "unntak", "et"),
        Kind("annual_report", "R", "årsrapport", "årsrapporter"),
        Kind("report_figure", "RR", "rad i en årsrapport", "rader i årsrapporter"),
        Kind("report_text", "RX", "rapporttekst", "rapporttekster"),
        Kind("target", "M", "mål", "mål", "et"),
    )
}


def numbered(table: str, rows: Iterable[Any]) -> list[dict[str, Any]]:
    """Rows of that kind as dictionaries, their `number` as the short name at the prompt."""
    kind = KINDS[table]
    return [{**row, "number": kind.name(row["number"])} for row in rows]


def tombstone(salt: str, table: str, id: str) -> bytes:
    """What is kept of the id of an erased record: enough to know it again, not to read it."""
    import hashlib

    return hashlib.blake2b(
        f"{table}\0{id}".encode(), key=bytes.fromhex(salt), digest_size=16
    ).digest()
