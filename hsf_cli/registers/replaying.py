"""What was erased since a copy was made, erased again in it when it is restored.

The copy knows nothing of it, and there is nobody to ask: who it was is erased by number, and what
was chosen then is known from the log, which has which text was blotted out, never what it was.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from hsf_cli.registers import erasing, mentions
from hsf_cli.registers.history import ERASING
from hsf_cli.registers.mentions import PROSE, Mention, Place
from hsf_cli.store import Row, Store

_COMMANDS = ", ".join(f"'{command}'" for command in ERASING.values())
_BY_ERASING = f"change_set_id IN (SELECT id FROM change_set WHERE command IN ({_COMMANDS}))"
_ERASURES = "SELECT record, record_id, how, made_at, made_by FROM erasure ORDER BY id"
_BURIED = f"""
SELECT before ->> 'record', before ->> 'id_hash' FROM change
 WHERE record = 'tombstone' AND operation = 'insert' AND {_BY_ERASING}
"""
_REWRITTEN = f"""
SELECT record, first_id, before FROM change
 WHERE operation = 'update' AND before IS NOT NULL AND {_BY_ERASING}
"""


@dataclass(frozen=True)
class Told:
    """What a department, or a copy of it, tells of its erasures."""

    erasures: tuple[Row, ...] = ()
    # The hashed ids that no old file may bring back: of whom the copy may never have heard.
    buried: frozenset[tuple[str, bytes]] = frozenset()
    # The texts that were written anew, among them those of others where somebody was blotted out.
    rewritten: frozenset[Place] = frozenset()


def told(store: Store) -> Told:
    """What it tells of its erasures; before schema 4 there were none."""
    if not store.value("SELECT 1 FROM sqlite_schema WHERE name = 'erasure'"):
        return Told()
    return Told(
        tuple(store.rows(_ERASURES)),
        frozenset((record, bytes.fromhex(id_hash)) for record, id_hash in store.rows(_BURIED)),
        frozenset(_rewritten(store)),
    )


def _rewritten(store: Store) -> Iterator[Place]:
    for table, number, before in store.rows(_REWRITTEN):
        for field in json.loads(before).keys() & {*PROSE.get(table, ())}:
            yield table, number, field


def replayed(store: Store, everything: Iterable[Told]) -> int:
    """Erases again, in a copy that was restored, what others tell was erased after it was made.

    Certain mentions in others' texts go too, and the likely ones where they went the first time.
    Gives how many families and volunteers were there.
    """
    store.before_change = None
    count = 0
    for one in everything:
        for row in one.erasures:
            if not _is_known(store, row):  # where several copies tell of the same one, it is
                count += _erased_again(store, row, one)
    store.sweep()
    return count


def _is_known(store: Store, row: Row) -> bool:
    values = {name: row[name] for name in ("record", "record_id", "how", "made_at")}
    known = " AND ".join(f"{name} = :{name}" for name in values)
    return bool(store.value(f"SELECT EXISTS (SELECT 1 FROM erasure WHERE {known})", **values))


def _erased_again(store: Store, row: Row, known: Told) -> bool:
    """Erases one of them; gives whether there was anybody of that number."""
    table, number, how = row["record"], row["record_id"], row["how"]
    was_there = store.value(f"SELECT EXISTS (SELECT 1 FROM {table} WHERE id = :n)", n=number)
    found = mentions.found(store, erasing.erases(store, table, number, how=how))
    with store.change(ERASING[how]) as change:
        for record, id_hash in sorted(known.buried):
            change.bury(record, id_hash)
        mentions.blot_out(store, change, [one for one in found if _goes(one, known)])
        erasing.erase(store, change, how, table, number, (row["made_at"], row["made_by"]))
    return bool(was_there)


def _goes(one: Mention, known: Told) -> bool:
    return one.is_certain or one.place in known.rewritten
