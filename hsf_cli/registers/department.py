"""The department itself: how it is made, how it is opened, and what it has chosen."""

import json
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from hsf_cli import dates, keys, places, unfinished
from hsf_cli.encrypted import journal, put, refuse_existing, salt_of
from hsf_cli.errors import Damaged, NoDepartment, Stopped
from hsf_cli.keys import Keeping
from hsf_cli.store import Store


class Department(NamedTuple):
    """What the department has said of itself, and chosen."""

    name: str
    operator: str | None = None
    position_percent: int = 100
    coordinators: tuple[str, ...] = ()
    # The hours that make one full-time equivalent.
    hours_per_fte: int = 1750
    # How long after a case is closed, or a volunteer has left, what is known of them is kept.
    retention_months: int = 24
    # A figure below this is hidden in what is made for the public.
    small_number: int = 3
    copies_folder: str | None = None


def started(
    path: Path, department: Department, keeping: Keeping, passphrase: Callable[[], str]
) -> Store:
    """A new department in that file, its key kept that way. Raises Stopped for an existing one.

    It is made ready under another name: what has its own is a whole department.
    """
    refuse_existing(path)
    key, salt = keys.new_key(), keys.new_salt()
    keys.keep(keeping, salt, key, passphrase)  # first: a database without a key is lost
    try:
        with unfinished.file(places.owner_only(path.parent)) as ready:
            with Store.create(ready, key, salt) as store:
                _write(store, department)
            refuse_existing(path)
            put(ready, path)
        return Store.open(path, key)
    except BaseException:
        keys.forget(salt)
        raise


def blank(department: Department) -> Store:
    """A department in memory alone, with nothing in it."""
    store = Store.blank()
    _write(store, department)
    return store


def _write(store: Store, department: Department) -> None:
    values = {**department._asdict(), "coordinators": names_stored(department.coordinators)}
    with store.change("start") as change:
        change.insert("department", id=1, **values)


def opened(
    path: Path, passphrase: Callable[[], str], waiting: Callable[[], object] | None = None
) -> Store:
    """The department in that file, with its key from where it is kept. Raises NoDepartment.

    `waiting` is called once, where somebody else is long in the way.
    """
    was_broken_off = journal(path).exists()  # or somebody is writing just now
    store = keys.unlocked(
        salt_of(path),
        passphrase,
        lambda key: Store.open(path, key, _copied_first, waiting),
    )
    if was_broken_off and not journal(path).exists():
        _refuse_damaged(store)
    with suppress(NoDepartment):  # where it cannot be written now, it is another time
        store.sweep()  # of an erasure that was broken off
    return store


def _refuse_damaged(store: Store) -> None:
    """Closes it and raises Damaged where it is not whole after what was broken off.

    A journal that was damaged itself does not take everything back.
    """
    from hsf_cli import copies

    if not copies.is_sound(store):
        store.close()
        raise Damaged(
            f"Avdelingens fil er skadet: {store.path}",
            "Sett avdelingen tilbake til en kopi fra før det skjedde: hsf data gjenopprett",
        )


def _copied_first(store: Store) -> None:
    from hsf_cli import copies  # which few commands have a use for

    copies.before_migrating(store)


def is_as_it_was_left(store: Store) -> bool:
    """Whether nothing has been changed today in a department that something was changed in."""
    newest = store.value("SELECT made_at FROM change_set ORDER BY id DESC LIMIT 1")
    return newest is not None and newest[:10] != dates.now().date().isoformat()


def name_of(store: Store) -> str:
    """The department's name."""
    return str(store.value("SELECT name FROM department"))


def settings(store: Store) -> Department:
    """What the department has said of itself, and chosen, as it stands now."""
    (row,) = store.rows("SELECT * FROM department")
    values = {name: row[name] for name in Department._fields}
    return Department(**{**values, "coordinators": tuple(json.loads(row["coordinators"]))})


def coordinators(store: Store) -> tuple[str, ...]:
    """The department's coordinators, in the order they were given."""
    return settings(store).coordinators


def names_stored(names: Iterable[str]) -> str:
    """Names as the department's row holds them."""
    return json.dumps(list(names), ensure_ascii=False)


def make_copies_folder(folder: str) -> None:
    """Makes the folder for copies where it is not there yet. Raises Stopped where it cannot be."""
    try:
        places.owner_only(Path(folder))
    except OSError:
        raise Stopped(
            f"Mappen {folder} kan ikke lages.",
            "Se etter at stasjonen er koblet til og at du kan skrive der, eller velg en annen.",
        ) from None
