"""A department set back to what a copy holds.

What was done since is lost, but for what must not be: the department as it was is kept as a copy
first, what was erased since is erased again, and no number is given twice. The copy is made ready
in a file of its own; then the department becomes it, in one transaction.
"""

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from hsf_cli import copies, keys, past, places, rekeying, unfinished
from hsf_cli.copies import Contents, Copy
from hsf_cli.encrypted import journal, put, salt_of
from hsf_cli.errors import Damaged, NoDepartment, NotFound, Stopped
from hsf_cli.registers import events, replaying
from hsf_cli.store import Row, Store

_EVENT = ("made_at", "made_by", "command", "named")
_SEE_COPIES = "Se kopiene som finnes: hsf data gjenopprett"
_ANOTHER = "Velg en kopi fra en tidligere dag."


@dataclass(frozen=True)
class Restored:
    """What became of a department that was set back."""

    now: Contents
    # Where what was there before is kept; None where there was nothing.
    kept: Path | None
    # Whether what was there could not be opened.
    lost: bool
    # How many erasures were made again.
    erased: int


@dataclass(frozen=True)
class _KeptBeside:
    """What a department or a copy knows beside its records, and that is not to be lost."""

    erasures: replaying.Told
    events: Sequence[Row]
    last_numbers: Mapping[str, int]


def chosen(known: Sequence[Copy], typed: str) -> Path:
    """The copy that a person means: a file, or a piece of the name of one that is known.

    Raises NotFound.
    """
    path = places.path(typed)
    if path.is_file():
        return path
    hits = [copy.path for copy in known if typed.casefold() in copy.path.name.casefold()]
    if len(hits) == 1:
        return hits[0]
    if hits:
        names = ", ".join(hit.name for hit in hits)
        raise NotFound(f"Flere kopier passer med «{typed}»: {names}.", "Skriv mer av navnet.")
    raise NotFound(f"Fant ingen kopi «{typed}».", _SEE_COPIES)


@contextmanager
def opened(copy: Path, present: Store | None, passphrase: Callable[[], str]) -> Iterator[Store]:
    """The copy, as it is and read through.

    Raises Stopped for a copy of another department, and NoDepartment for one that is not whole.
    """
    salt = salt_of(copy)
    if present and salt != present.salt:
        raise Stopped(f"Dette er ingen kopi av denne avdelingen: {copy}", _SEE_COPIES)
    with ExitStack() as stack:
        try:
            store = stack.enter_context(as_it_is(copy, present, passphrase))
            sound = copies.is_sound(store)
        except Damaged:
            sound = False
        if not sound:
            raise Damaged(f"Kopien er skadet og kan ikke brukes: {copy}", _ANOTHER)
        yield store


def as_it_is(copy: Path, present: Store | None, passphrase: Callable[[], str]) -> Store:
    """The copy, opened with the department's key, or the kept one that opens it.

    It has another key than the department where a change of keys was broken off. Raises
    NoDepartment.
    """
    if present:
        try:
            return present.sibling(copy)
        except Damaged:
            if not rekeying.is_broken_off(present.path):
                raise
    return keys.unlocked(salt_of(copy), passphrase, lambda key: Store.as_it_is(copy, key))


def restored(
    path: Path,
    present: Store | None,
    copy: Store,
    command: str,
    passphrase: Callable[[], str],
) -> Restored:
    """Sets the department in that file back to the copy. `present` is None where it is lost.

    The department as it was is kept among the copies. What was erased since is erased again.
    Raises Stopped where the copy cannot be used, or others have changed something meanwhile.
    """
    newest = past.latest(present) if present else 0
    kept = copies.before(present, "før-gjenoppretting").path if present else _set_aside(path)
    with unfinished.file(places.owner_only(copies.default_folder(path))) as ready:
        copy.copy_to(ready)
        with copy.sibling(ready, migrated=True) as new:
            erased = _brought_along(path, present, new, passphrase)
            events.note(new, command, named=False)
            if not copies.is_sound(new):
                raise Stopped("Kopien kunne ikke gjøres i stand. Ingenting er endret.", _ANOTHER)
            now = copies.contents(new)
            if present:
                if past.latest(present) != newest:
                    raise Stopped("Noen andre endret noe i avdelingen imens.", "Prøv igjen.")
                present.become(new)
        if not present:
            put(ready, path)
    return Restored(now, kept, present is None, erased)


def _brought_along(
    path: Path, present: Store | None, new: Store, passphrase: Callable[[], str]
) -> int:
    """Brings what is beside the log along, and erases again; gives how many were erased.

    Where the department is lost, its other copies know what was erased.
    """
    if present:
        others = [_kept_beside(present)]
        present.let_go()  # the rest may take time, and nobody is to wait for it
    else:
        others = list(_others(path, new.salt, passphrase))
    known = {*map(_values, _beside("event", new))}
    done = {_values(row): None for one in others for row in one.events}
    new.number_after(_last_numbers(others))
    new.note("event", [dict(zip(_EVENT, row, strict=True)) for row in done if row not in known])
    return replaying.replayed(new, [one.erasures for one in others])


def _others(path: Path, salt: str, passphrase: Callable[[], str]) -> Iterator[_KeptBeside]:
    """What the department's other copies know: those that can be read, the lost one among them."""
    for copy in copies.found([copies.default_folder(path)], salt):
        with suppress(NoDepartment), as_it_is(copy.path, None, passphrase) as one:
            yield _kept_beside(one)


def _kept_beside(store: Store) -> _KeptBeside:
    return _KeptBeside(replaying.told(store), _beside("event", store), store.last_numbers)


def _values(event: Row) -> tuple[object, ...]:
    return tuple(event[name] for name in _EVENT)


def _beside(table: str, store: Store) -> list[Row]:
    """The rows of a table beside the log, which older departments do not have."""
    there = store.value("SELECT 1 FROM sqlite_schema WHERE name = :table", table=table)
    return store.rows(f"SELECT * FROM {table} ORDER BY id") if there else []


def _last_numbers(others: Iterable[_KeptBeside]) -> Mapping[str, int]:
    """The last number that any of them has given, by table."""
    last: dict[str, int] = {}
    for one in others:
        for table, number in one.last_numbers.items():
            last[table] = max(number, last.get(table, 0))
    return last


def _set_aside(path: Path) -> Path | None:
    """Keeps a file that cannot be opened, with its journal, as it is among the copies."""
    if not path.exists() or path.stat().st_size == 0:
        return None
    kept = copies.damaged_name(path)
    try:
        places.owner_only(kept.parent)
        for source, target in ((path, kept), (journal(path), journal(kept))):
            if source.exists():
                with unfinished.file(kept.parent) as file:
                    shutil.copyfile(source, file)
                    put(file, target)
    except OSError as error:
        raise Stopped(
            f"Ingenting er gjort: filen som er der, kan ikke tas vare på i {kept.parent}.",
            "Se etter at disken har plass, og at mappen er din egen.",
        ) from error
    return kept
