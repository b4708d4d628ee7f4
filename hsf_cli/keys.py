"""Where a department's key is kept: an owner-only file, the platform's key ring, or a passphrase.

The key is always 256 random bits. A passphrase does not replace it: it opens a small encrypted
file that holds it. Keys are kept under the database's salt, which follows the file wherever it is
moved, so nothing has to remember which database a key belongs to.

While a database gets another key, the new one is kept beside the old, as the one that is coming:
whichever of the two the database was left with, it is here (see `rekeying`).
"""

import os
import unicodedata
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple, NoReturn, Protocol, TypeVar

from hsf_cli import places
from hsf_cli.encrypted import KEY_BYTES, SALT_BYTES, sealed, unsealed
from hsf_cli.errors import Damaged, NoDepartment, NoKey, Stopped

T = TypeVar("T")

Keeping = Literal["fil", "nøkkelring", "passord"]
Passphrase = Callable[[], str]

_RING_SERVICE = "hsf"
# With this somebody chooses another ring than the platform's own.
_RING_SETTING = "PYTHON_KEYRING_BACKEND"
_RECOMMENDED = 1  # keyring's own mark of a ring that keeps what it is given secret


class WrongPassphrase(NoDepartment):
    """The passphrase is not the one that opens the department."""


def new_key() -> str:
    """A random 256-bit key as 64 hex digits."""
    return os.urandom(KEY_BYTES).hex()


def new_salt() -> str:
    """A random salt for a new database, as hex."""
    return os.urandom(SALT_BYTES).hex()


def key_file(salt: str) -> Path:
    """Where the key of the database with that salt is when it is kept in a file."""
    return places.config() / f"{salt}.key"


def passphrase_file(salt: str) -> Path:
    """Where that key is when a passphrase opens it."""
    return places.config() / f"{salt}.passord"


def default_keeping() -> Keeping:
    """The key ring where this machine has a real one, otherwise a file."""
    keyring = _library()
    return "nøkkelring" if keyring.get_keyring().priority >= _RECOMMENDED else "fil"


def _library() -> Any:
    """The library of key rings, imported. Raises NoDepartment where it is set to one that is none.

    A blank setting sets nothing; the library itself would fail on it.
    """
    if not os.environ.get(_RING_SETTING, "-").strip():
        del os.environ[_RING_SETTING]
    try:
        import keyring

        keyring.get_keyring()
    except (ImportError, AttributeError, TypeError, ValueError):
        raise NoDepartment(
            f"{_RING_SETTING} peker på en nøkkelring som ikke finnes her.",
            f"Ta bort {_RING_SETTING} fra maskinens innstillinger, og prøv igjen.",
        ) from None
    return keyring


def keep(keeping: Keeping, salt: str, key: str, passphrase: Passphrase) -> None:
    """Keeps the key that way. A key file that is there already is never written over.

    Raises Stopped when the platform has no key ring to keep it in.
    """
    if isinstance(place := _PLACES[keeping], _Files) and place.path(salt).exists():
        raise FileExistsError(place.path(salt))
    put(keeping, salt, key, passphrase)


def put(keeping: Keeping, salt: str, key: str, passphrase: Passphrase) -> None:
    """Keeps the key that way instead of what was there, and reads it back.

    Raises Stopped where it cannot be kept so; then what was there still is.
    """
    _put(_PLACES[keeping], salt, key, cache(passphrase))


def forget(salt: str) -> None:
    """Removes the key of that database from where it is kept, the one that is coming as well."""
    if (keeping := keeping_of(salt)) is not None:
        forget_coming(salt)
        _PLACES[keeping].remove(salt)


def keep_only(keeping: Keeping, salt: str) -> None:
    """Removes the key from every other place than that one, and what was coming anywhere."""
    for name, place in _PLACES.items():
        place.remove(_coming(salt))
        if name != keeping:
            place.remove(salt)


def keeping_of(salt: str) -> Keeping | None:
    """How the key of the database with that salt is kept; None where there is none."""
    return next((name for name, place in _PLACES.items() if place.holds(salt)), None)


def found(salt: str, passphrase: Passphrase) -> str:
    """The key of the database with that salt, from wherever it is kept.

    `passphrase` is asked for only when that is what opens it. Raises NoDepartment when there is
    no key, it cannot be read, or the passphrase is wrong.
    """
    return _found(salt, salt, passphrase) or _raise_not_found()


def coming(salt: str, passphrase: Passphrase) -> str | None:
    """The key that is to follow the one in use; None where none is."""
    return _found(salt, _coming(salt), passphrase)


def is_coming(salt: str) -> bool:
    """Whether there is a key that is to follow the one in use."""
    keeping = keeping_of(salt)
    return keeping is not None and _PLACES[keeping].holds(_coming(salt))


def keep_coming(salt: str, key: str, passphrase: Passphrase) -> None:
    """Keeps a key that is to follow the one in use, in the same way, and reads it back."""
    _put(_PLACES[_keeping(salt)], _coming(salt), key, passphrase)


def forget_coming(salt: str) -> None:
    """Removes the key that was to follow the one in use."""
    _PLACES[_keeping(salt)].remove(_coming(salt))


def take_over(salt: str, key: str, passphrase: Passphrase) -> None:
    """Makes the key that was coming the one in use. The one before it is gone."""
    if coming(salt, passphrase) == key:  # otherwise somebody else has been here
        _PLACES[_keeping(salt)].take_over(salt)


def unlocked(salt: str, passphrase: Passphrase, opened: Callable[[str], T]) -> T:
    """What `opened` gives with the key in use or, where that does not open it, the coming one.

    `opened` raises Damaged where the key is another. Raises NoDepartment as `found` does.
    """
    words = cache(passphrase)
    key = found(salt, words)
    try:
        return opened(key)
    except Damaged:
        following = coming(salt, words)
        if following is None:
            raise
    return opened(following)


class _Place(Protocol):
    """Somewhere that keys are kept under names."""

    def holds(self, name: str) -> bool: ...
    def get(self, name: str, passphrase: Passphrase) -> str | None: ...
    def put(self, name: str, key: str, passphrase: Passphrase) -> None: ...
    def remove(self, name: str) -> None: ...
    def take_over(self, salt: str) -> None: ...


class _Files(NamedTuple):
    """Files in the settings' folder, each its owner's alone and written whole or not at all."""

    path: Callable[[str], Path]
    write: Callable[[Path, str, Passphrase], None]
    read: Callable[[Path, Passphrase], str]

    def holds(self, name: str) -> bool:
        return self.path(name).exists()

    def get(self, name: str, passphrase: Passphrase) -> str | None:
        path = self.path(name)
        return self.read(path, passphrase) if path.exists() else None

    def put(self, name: str, key: str, passphrase: Passphrase) -> None:
        path = self.path(name)
        places.owner_only(path.parent)
        unfinished = path.with_name(path.name + ".skrives")
        unfinished.unlink(missing_ok=True)
        try:
            self.write(unfinished, key, passphrase)
            unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)
        _settled(path.parent)

    def remove(self, name: str) -> None:
        self.path(name).unlink(missing_ok=True)

    def take_over(self, salt: str) -> None:
        self.path(_coming(salt)).replace(self.path(salt))
        _settled(self.path(salt).parent)


class _Ring:
    """The platform's key ring."""

    def __init__(self) -> None:
        # Whether it would not say what it keeps, when it was last asked.
        self.was_locked = False

    def holds(self, name: str) -> bool:
        return self._key(name) is not None

    def get(self, name: str, passphrase: Passphrase) -> str | None:  # noqa: ARG002
        return self._key(name)

    def _key(self, name: str) -> str | None:
        keyring = _library()
        from keyring.errors import KeyringError, KeyringLocked

        self.was_locked = False
        try:
            key: str | None = keyring.get_password(_RING_SERVICE, name)
        except (KeyringError, RuntimeError) as error:
            self.was_locked = isinstance(error, KeyringLocked)
            return None
        if key is not None and not is_key(key):
            raise NoDepartment(
                "Nøkkelen i maskinens nøkkelring er skadet.",
                "Hent frem igjen nøkkelringen fra en kopi, eller bruk gjenopprettingsarket: "
                "hsf data nøkkel --fra-ark",
            )
        return key

    def put(self, name: str, key: str, passphrase: Passphrase) -> None:  # noqa: ARG002
        keyring = _library()
        from keyring.errors import KeyringError

        try:
            keyring.set_password(_RING_SERVICE, name, key)
        except (KeyringError, RuntimeError) as error:
            raise Stopped(
                "Denne maskinen har ingen nøkkelring som kan brukes.",
                "Velg --nøkkel fil eller passord.",
            ) from error

    def remove(self, name: str) -> None:
        keyring = _library()
        from keyring.errors import KeyringError

        with suppress(KeyringError, RuntimeError):
            keyring.delete_password(_RING_SERVICE, name)

    def take_over(self, salt: str) -> None:
        key = self._key(_coming(salt))
        assert key is not None
        self.put(salt, key, str)
        assert self._key(salt) == key
        self.remove(_coming(salt))


def _written(path: Path, key: str, passphrase: Passphrase) -> None:  # noqa: ARG001
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(key + "\n")
        file.flush()
        os.fsync(file.fileno())  # it must not be lost where the database is not


def _read(path: Path, passphrase: Passphrase) -> str:  # noqa: ARG001
    try:
        key = path.read_bytes().decode("ascii").strip()  # `read_text` would import its codec
    except (OSError, UnicodeDecodeError) as error:
        raise NoDepartment(
            f"Nøkkelfilen kan ikke leses: {path}", "Se etter at filen er din egen og hel."
        ) from error
    if not is_key(key):
        raise NoDepartment(
            f"Nøkkelfilen er skadet: {path}",
            "Hent den frem igjen fra en kopi av mappen, eller bruk gjenopprettingsarket: "
            "hsf data nøkkel --fra-ark",
        )
    return key


def _sealed(path: Path, key: str, passphrase: Passphrase) -> None:
    sealed(path, _composed(passphrase()), key)


def _unsealed(path: Path, passphrase: Passphrase) -> str:
    key = unsealed(path, _composed(passphrase()))
    if key is None:
        raise WrongPassphrase(
            "Passordet er feil.",
            "Prøv igjen, eller se etter i --passord-fra. Er du sikker på det, kan filen som det "
            "åpner, være skadet: bruk gjenopprettingsarket med hsf data nøkkel --fra-ark",
        )
    return key


_RING = _Ring()
# In the order they are looked in.
_PLACES: Mapping[Keeping, _Place] = {
    "fil": _Files(key_file, _written, _read),
    "passord": _Files(passphrase_file, _sealed, _unsealed),
    "nøkkelring": _RING,
}


def _found(salt: str, name: str, passphrase: Passphrase) -> str | None:
    """The key of that name, where the key in use is kept."""
    keeping = keeping_of(salt)
    return None if keeping is None else _PLACES[keeping].get(name, passphrase)


def _keeping(salt: str) -> Keeping:
    return keeping_of(salt) or _raise_not_found()


def _put(place: _Place, name: str, key: str, passphrase: Passphrase) -> None:
    try:
        place.put(name, key, passphrase)
        if place.get(name, passphrase) == key:
            return
    except OSError as error:
        raise _not_kept() from error
    raise _not_kept()


def _settled(folder: Path) -> None:
    """Has the disk keep what the folder holds now, so that no power cut takes it back."""
    if os.name == "nt":  # which has no way to, and no need
        return
    descriptor = os.open(folder, os.O_RDONLY)
    with suppress(OSError):  # some drives on a network cannot
        os.fsync(descriptor)
    os.close(descriptor)


def _coming(salt: str) -> str:
    """The name of the key that is to follow the one in use."""
    return f"{salt}.ny"


def is_key(text: str) -> bool:
    """Whether the text is a key as they are kept."""
    return len(text) == 2 * KEY_BYTES and set(text) <= set("0123456789abcdef")


def _composed(passphrase: str) -> str:
    """The passphrase in one spelling: keyboards compose å in two ways."""
    return unicodedata.normalize("NFC", passphrase)


def _not_kept() -> Stopped:
    return Stopped(
        "Nøkkelen kunne ikke legges der den skulle. Ingenting er endret.",
        f"Se etter at mappen {places.config()} er din egen, og at disken har plass.",
    )


def _raise_not_found() -> NoReturn:
    if _RING.was_locked:
        raise NoKey(
            "Maskinens nøkkelring er låst, så nøkkelen til avdelingen kan ikke hentes.",
            "Lås den opp, som regel ved å logge inn på maskinen på nytt, og prøv igjen. "
            "Har du gjenopprettingsarket, kan du bruke det: hsf data nøkkel --fra-ark",
        )
    raise NoKey(
        "Fant ikke nøkkelen til denne avdelingen.",
        f"Den skal være i nøkkelringen eller i mappen {places.config()}. "
        "Er den i en annen mappe, så pek på den med HSF_KONFIG. "
        "Har du gjenopprettingsarket, så bruk det: hsf data nøkkel --fra-ark. "
        "Er avdelingens fil skadet, så hent frem en kopi: hsf data gjenopprett",
    )
