"""The department itself: how it is made, how it is opened, and what it has chosen."""

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from hsf_cli import copies, keys, places
from hsf_cli.errors import Stopped
from hsf_cli.keys import Keeping
from hsf_cli.store import Store, refuse_existing, salt_of


@dataclass(frozen=True)
class Department:
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
    """A new department in that file, its key kept that way. Raises Stopped for an existing one."""
    refuse_existing(path)
    key, salt = keys.new_key(), keys.new_salt()
    try:
        keys.keep(keeping, salt, key, passphrase)  # first: a database without a key is lost
        store = Store.create(path, key, salt)
        try:
            _write(store, department)
        except BaseException:
            store.close()
            path.unlink()
            raise
    except BaseException:
        keys.forget(salt)
        raise
    return store


def _write(store: Store, department: Department) -> None:
    values = {**asdict(department), "coordinators": names_stored(department.coordinators)}
    with store.change("start") as change:
        change.insert("department", id=1, **values)


def opened(path: Path, passphrase: Callable[[], str]) -> Store:
    """The department in that file, with its key from where it is kept. Raises NoDepartment."""
    return keys.unlocked(
        salt_of(path), passphrase, lambda key: Store.open(path, key, copies.before_migrating)
    )


def name_of(store: Store) -> str:
    """The department's name."""
    return str(store.value("SELECT name FROM department"))


def settings(store: Store) -> Department:
    """What the department has said of itself, and chosen, as it stands now."""
    (row,) = store.rows("SELECT * FROM department")
    values = {field.name: row[field.name] for field in fields(Department)}
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
