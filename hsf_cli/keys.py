"""Where a department's key is kept: an owner-only file, the platform's key ring, or a passphrase.

The key is always 256 random bits. A passphrase does not replace it: it opens a small encrypted
file that holds it. Keys are kept under the database's salt, which follows the file wherever it is
moved, so nothing has to remember which database a key belongs to.
"""

import os
import re
import secrets
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Literal

from hsf_cli import places
from hsf_cli.errors import NoDepartment, Stopped
from hsf_cli.store import KEY_BYTES, SALT_BYTES, sealed, unsealed

Keeping = Literal["fil", "nøkkelring", "passord"]

_RING_SERVICE = "hsf"
_RECOMMENDED = 1  # keyring's own mark of a ring that keeps what it is given secret


class WrongPassphrase(NoDepartment):
    """The passphrase is not the one that opens the department."""


def new_key() -> str:
    """A random 256-bit key as 64 hex digits."""
    return secrets.token_hex(KEY_BYTES)


def new_salt() -> str:
    """A random salt for a new database, as hex."""
    return secrets.token_hex(SALT_BYTES)


def key_file(salt: str) -> Path:
    """Where the key of the database with that salt is when it is kept in a file."""
    return places.config() / f"{salt}.key"


def passphrase_file(salt: str) -> Path:
    """Where that key is when a passphrase opens it."""
    return places.config() / f"{salt}.passord"


def default_keeping() -> Keeping:
    """The key ring where this machine has a real one, otherwise a file."""
    import keyring

    return "nøkkelring" if keyring.get_keyring().priority >= _RECOMMENDED else "fil"


def keep(keeping: Keeping, salt: str, key: str, passphrase: Callable[[], str]) -> None:
    """Keeps the key that way. Raises Stopped when the platform has no key ring to keep it in."""
    places.owner_only(places.config())
    if keeping == "fil":
        _written(key_file(salt), key)
    elif keeping == "passord":
        sealed(passphrase_file(salt), _composed(passphrase()), key)
    else:
        _kept_in_ring(salt, key)


def forget(salt: str) -> None:
    """Removes the key of that database from where it is kept."""
    files = [path for path in (key_file(salt), passphrase_file(salt)) if path.exists()]
    for path in files:
        path.unlink()
    if not files:
        _removed_from_ring(salt)


def found(salt: str, passphrase: Callable[[], str]) -> str:
    """The key of the database with that salt, from wherever it is kept.

    `passphrase` is asked for only when that is what opens it. Raises NoDepartment when there is
    no key, it cannot be read, or the passphrase is wrong.
    """
    if key_file(salt).exists():
        return _read(key_file(salt))
    if passphrase_file(salt).exists():
        key = unsealed(passphrase_file(salt), _composed(passphrase()))
        if key is None:
            raise WrongPassphrase(
                "Passordet er feil.", "Prøv igjen, eller se etter i --passord-fra."
            )
        return key
    if key := _in_ring(salt):
        return key
    raise NoDepartment(
        "Fant ikke nøkkelen til denne avdelingen.",
        f"Den skal være i nøkkelringen eller i mappen {places.config()}. "
        "Er den i en annen mappe, så pek på den med HSF_KONFIG.",
    )


def _written(path: Path, key: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(key + "\n")
        file.flush()
        os.fsync(file.fileno())  # it must not be lost where the database is not


def _read(path: Path) -> str:
    try:
        key = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise NoDepartment(
            f"Nøkkelfilen kan ikke leses: {path}", "Se etter at filen er din egen og hel."
        ) from error
    if not _is_key(key):
        raise NoDepartment(
            f"Nøkkelfilen er skadet: {path}", "Hent den frem igjen fra en kopi av mappen."
        )
    return key


def _is_key(text: str) -> bool:
    return re.fullmatch(r"[0-9a-f]{64}", text) is not None


def _composed(passphrase: str) -> str:
    """The passphrase in one spelling: keyboards compose å in two ways."""
    return unicodedata.normalize("NFC", passphrase)


def _kept_in_ring(salt: str, key: str) -> None:
    import keyring
    from keyring.errors import KeyringError

    try:
        keyring.set_password(_RING_SERVICE, salt, key)
    except (KeyringError, RuntimeError) as error:
        raise Stopped(
            "Denne maskinen har ingen nøkkelring som kan brukes.",
            "Velg --nøkkel fil eller passord.",
        ) from error


def _in_ring(salt: str) -> str | None:
    import keyring
    from keyring.errors import KeyringError

    try:
        key = keyring.get_password(_RING_SERVICE, salt)
    except (KeyringError, RuntimeError):
        return None
    if key is not None and not _is_key(key):
        raise NoDepartment(
            "Nøkkelen i maskinens nøkkelring er skadet.",
            "Hent frem igjen nøkkelringen fra en kopi.",
        )
    return key


def _removed_from_ring(salt: str) -> None:
    import keyring
    from keyring.errors import KeyringError

    with suppress(KeyringError, RuntimeError):
        keyring.delete_password(_RING_SERVICE, salt)
