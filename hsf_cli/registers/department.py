"""The department itself: how it is made, and how it is opened."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from hsf_cli import keys
from hsf_cli.keys import Keeping
from hsf_cli.store import Store, refuse_existing, salt_of


@dataclass(frozen=True)
class Department:
    """What the department has said of itself."""

    name: str
    operator: str | None = None
    position_percent: int = 100


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
    with store.change("start") as change:
        change.insert(
            "department",
            id=1,
            name=department.name,
            operator=department.operator,
            position_percent=department.position_percent,
        )


def opened(path: Path, passphrase: Callable[[], str]) -> Store:
    """The department in that file, with its key from where it is kept. Raises NoDepartment."""
    return Store.open(path, keys.found(salt_of(path), passphrase))


def name_of(store: Store) -> str:
    """The department's name."""
    return str(store.value("SELECT name FROM department"))
