"""A department gets another key: its file and its copies are encrypted anew.

The new key is kept beside the old one before anything is encrypted with it, and takes its place
only when the file and its copies have been opened with it. Each file is encrypted where it is, in
one of SQLite's own transactions: killed at any moment, it is rolled back or whole, so one of the
two keys opens it, and `keys.unlocked` finds which. Nobody else can write meanwhile, and whoever
has the file open with the old key can neither read nor write it afterwards. (A new file put in
the place of the old would take along what others write to the old one, and Windows would not
let it.) What was broken off is finished the next time.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from hsf_cli import copies, keys
from hsf_cli.encrypted import salt_of
from hsf_cli.errors import Damaged, HsfError, NoDepartment, Stopped
from hsf_cli.keys import Passphrase
from hsf_cli.store import Store

Progress = Callable[[int, int], None]


def _untold(done: int, of: int) -> None:
    """Progress that nobody is told of."""


@dataclass(frozen=True)
class Rekeyed:
    """What became of a department that got another key."""

    # How many copies were encrypted anew.
    copies: int
    # Copies that neither key opens: they are damaged, or have a key from before.
    left: tuple[Path, ...]
    # Whether this finished what had been broken off.
    finished: bool


def is_broken_off(path: Path) -> bool:
    """Whether the department in that file was on its way to another key when it was broken off."""
    return keys.is_coming(salt_of(path))


def key_to(path: Path, passphrase: Passphrase) -> str:
    """The key among those kept that opens the file, a department or a copy of one."""

    def tried(key: str) -> str:
        Store.as_it_is(path, key).close()
        return key

    return keys.unlocked(salt_of(path), passphrase, tried)


def unreachable(store: Store) -> list[Path]:
    """The folders for copies that the department has named, and that cannot be reached now."""
    usual = copies.default_folder(store.path)
    return [folder for folder in copies.folders(store) if folder != usual and not folder.is_dir()]


def rekeyed(path: Path, passphrase: Passphrase, progress: Progress = _untold) -> Rekeyed:
    """Gives the department in that file a new key, and its copies, or finishes giving them one.

    `progress` is told how many files are done, and of how many.

    Raises NoDepartment or Stopped where it cannot be done; then what was done stands, both keys
    are kept, and the next time goes on from there.
    """
    salt = salt_of(path)
    finished = keys.is_coming(salt)
    old = keys.found(salt, passphrase)
    new = _file_rekeyed(path, salt, old, passphrase)
    with Store.as_it_is(path, new) as store:
        found = [copy.path for copy in copies.found(copies.folders(store), salt)]
    opened: list[bool] = []
    for copy in found:
        progress(len(opened) + 1, len(found) + 1)
        opened.append(_copy_rekeyed(copy, old, new))
    keys.take_over(salt, new, passphrase)
    left = tuple(copy for copy, is_open in zip(found, opened, strict=True) if not is_open)
    return Rekeyed(sum(opened), left, finished)


def _file_rekeyed(path: Path, salt: str, old: str, passphrase: Passphrase) -> str:
    """The key that the file has now, which is the new one."""
    following = keys.coming(salt, passphrase)
    if following is not None and _is_opened(path, following):
        return following
    try:
        with Store.as_it_is(path, old) as store:
            store.hold()  # from here on nobody else can give it another key
            new = keys.coming(salt, passphrase) or _kept_new(salt, passphrase)
            _encrypt_anew(store, new)
    except HsfError:
        if _is_opened(path, old):  # and so are the copies: it is as if nothing had been done
            keys.forget_coming(salt)
        raise
    return new


def _kept_new(salt: str, passphrase: Passphrase) -> str:
    key = keys.new_key()
    keys.keep_coming(salt, key, passphrase)
    return key


def _copy_rekeyed(path: Path, old: str, new: str) -> bool:
    """Whether the new key opens the copy now; not where neither did."""
    if _is_opened(path, new):
        return True
    try:
        with Store.as_it_is(path, old) as store:
            store.hold()
            _encrypt_anew(store, new)
    except Damaged:
        return False
    except HsfError as error:
        raise Stopped(
            f"Avdelingen har fått ny nøkkel, men en kopi kunne ikke følge med: {path}",
            "Se etter at den kan skrives og at disken har plass, eller slett den. Gå så videre: "
            "hsf data nøkkel --bytt. Begge nøklene tas vare på så lenge.",
        ) from error
    return True


def _encrypt_anew(store: Store, new: str) -> None:
    """Encrypts the file with the new key, and opens it with that to see that all of it is there."""
    before = copies.contents(store)
    store.rekey(new)
    store.close()
    with Store.as_it_is(store.path, new) as again:
        if copies.contents(again) != before or not copies.is_sound(again):
            raise NoDepartment(
                f"Filen er ikke hel etter at den fikk ny nøkkel: {store.path}",
                "Begge nøklene er tatt vare på. Hent frem kopien fra før: hsf data gjenopprett",
            )


def _is_opened(path: Path, key: str) -> bool:
    try:
        Store.as_it_is(path, key).close()
    except Damaged:
        return False
    return True
