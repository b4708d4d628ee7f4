"""What must hold between records, and the schema cannot: found wherever it does not."""

from hsf_cli.store import Store

# What is so where it should not be, and the statement that gives the numbers of such records.
_BREACHES = {
    "et oppdrag pågår etter at saken ble avsluttet": """
        SELECT a.id FROM assignment a JOIN inquiry i ON i.id = a.inquiry_id
         WHERE coalesce(a.ended_on, '9999') > i.closed_on""",
    "et oppdrag startet før henvendelsen kom": """
        SELECT a.id FROM assignment a JOIN inquiry i ON i.id = a.inquiry_id
         WHERE a.started_on < i.received_on""",
    "et oppdrag pågår etter at familiekontakten sluttet": """
        SELECT a.id FROM assignment a JOIN volunteer v ON v.id = a.volunteer_id
         WHERE coalesce(a.ended_on, '9999') > v.left_on""",
    "to saker i samme familie er åpne samtidig": """
        SELECT later.id FROM inquiry later
          JOIN inquiry i ON i.family_id = later.family_id AND i.id <> later.id
         WHERE i.received_on <= later.received_on AND (i.received_on, i.id)
               < (later.received_on, later.id)
           AND coalesce(i.closed_on, '9999') > later.received_on""",
}


def breaches(store: Store) -> set[tuple[str, int]]:
    """Everything that does not hold: what is so, and the number of the record it shows in.

    Imported history may have some; a change at the prompt should bring none.
    """
    return {(text, row[0]) for text, sql in _BREACHES.items() for row in store.rows(sql)}
