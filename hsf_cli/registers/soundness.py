"""What must hold between records, and the schema cannot: found wherever it does not."""

from collections.abc import Mapping

from hsf_cli.codes import code_list
from hsf_cli.store import Store

# What is so where it should not be, the table it shows in, and what gives the numbers there.
_BREACHES: Mapping[str, tuple[str, str]] = {
    "et oppdrag pågår etter at saken ble avsluttet": (
        "assignment",
        """
        SELECT a.id FROM assignment a JOIN inquiry i ON i.id = a.inquiry_id
         WHERE coalesce(a.ended_on, '9999') > i.closed_on""",
    ),
    "et oppdrag startet før henvendelsen kom": (
        "assignment",
        """
        SELECT a.id FROM assignment a JOIN inquiry i ON i.id = a.inquiry_id
         WHERE a.started_on < i.received_on""",
    ),
    "et oppdrag pågår etter at familiekontakten sluttet": (
        "assignment",
        """
        SELECT a.id FROM assignment a JOIN volunteer v ON v.id = a.volunteer_id
         WHERE coalesce(a.ended_on, '9999') > v.left_on""",
    ),
    "to saker i samme familie er åpne samtidig": (
        "inquiry",
        """
        SELECT later.id FROM inquiry later
          JOIN inquiry i ON i.family_id = later.family_id AND i.id <> later.id
         WHERE i.received_on <= later.received_on AND (i.received_on, i.id)
               < (later.received_on, later.id)
           AND coalesce(i.closed_on, '9999') > later.received_on""",
    ),
    "oppmøte er ført for en som ikke går på det kurset": (
        "attendance",
        """
        SELECT a.id FROM attendance a
          JOIN course_day d ON d.id = a.course_day_id
          JOIN course_registration r ON r.id = a.course_registration_id
         WHERE d.course_id <> r.course_id""",
    ),
    "timer er ført på et oppdrag som en annen familiekontakt har": (
        "hours",
        """
        SELECT h.id FROM hours h JOIN assignment a ON a.id = h.assignment_id
         WHERE h.volunteer_id <> a.volunteer_id""",
    ),
}
# The fields of a family that hold several codes, and the lists they are from.
SEVERAL = {
    "challenges": "challenge",
    "support": "support",
    "network": "network",
    "help_before": "help",
    "help_after": "help",
}
_UNKNOWN_CODE = "en familie har en kode som ikke finnes"


def breaches(store: Store) -> set[tuple[str, int]]:
    """Everything that does not hold: what is so, and the number of the record it shows in.

    A change at the prompt should bring none. Imported history may have some (`is_history`).
    """
    return {
        *((text, row[0]) for text, (_, sql) in _BREACHES.items() for row in store.rows(sql)),
        *((_UNKNOWN_CODE, number) for number in _with_unknown_codes(store)),
    }


def is_history(text: str) -> bool:
    """Whether an import takes it as it was, so that it may be so without anything being broken."""
    return text in _BREACHES


def table_of(text: str) -> str:
    """The table whose record such a breach shows in."""
    return "family" if text == _UNKNOWN_CODE else _BREACHES[text][0]


def _with_unknown_codes(store: Store) -> set[int]:
    """The families with a code that its list does not have."""
    found = set()
    for field, name in SEVERAL.items():
        known = ", ".join(f"'{code}'" for code in code_list(name))
        sql = f"SELECT f.id FROM family f, json_each(f.{field}) c WHERE c.value NOT IN ({known})"
        found |= {row[0] for row in store.rows(sql)}
    return found
