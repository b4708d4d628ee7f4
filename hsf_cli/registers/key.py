"""The department's key: where it is and since when, moved, and read from a recovery sheet."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from hsf_cli import keys, rekeying
from hsf_cli.encrypted import salt_of
from hsf_cli.errors import Damaged, NoDepartment, Stopped
from hsf_cli.keys import Keeping, Passphrase
from hsf_cli.recovery import Recovered, Sheet, lines_of
from hsf_cli.registers import events
from hsf_cli.registers.department import name_of
from hsf_cli.store import Store

# What is done with a key, as the events have it after the command's name.
Deed = Literal["--ark", "--bytt", "--flytt", "--fra-ark"]


@dataclass(frozen=True)
class Key:
    """Where a key is, and what is known of it. Days are ISO."""

    department: str
    keeping: Keeping
    # The file that holds it, or that the passphrase opens; None for the key ring.
    path: Path | None
    # When it was put there, where that is known.
    kept_since: str | None
    made_on: str
    # When a recovery sheet was last written for this key.
    sheet_on: str | None
    # Whether the department was on its way to another key when that was broken off.
    is_changing: bool


def key_of(store: Store) -> Key:
    """What is known of the key of an open department."""
    keeping = keys.keeping_of(store.salt)
    assert keeping is not None  # or the department would not be open
    path = file_of(keeping, store.salt)
    changed, made_on = _last(store, "--bytt")
    sheet, written_on = _last(store, "--ark")
    if made_on is None:
        made_on = store.value("SELECT min(made_at) FROM change_set")[:10]
    return Key(
        department=name_of(store),
        keeping=keeping,
        path=path,
        kept_since=date.fromtimestamp(path.stat().st_mtime).isoformat() if path else None,
        made_on=made_on,
        sheet_on=written_on if sheet > changed else None,
        is_changing=rekeying.is_broken_off(store.path),
    )


def file_of(keeping: Keeping, salt: str) -> Path | None:
    """The file that holds a key that is kept that way, or that the passphrase opens."""
    files = {"fil": keys.key_file, "passord": keys.passphrase_file}
    return files[keeping](salt) if keeping in files else None


def _last(store: Store, deed: Deed) -> tuple[int, str | None]:
    """The number of the event when that was last done with the key, and its day; 0 for never."""
    rows = store.rows(
        "SELECT id, substr(made_at, 1, 10) FROM event WHERE command LIKE '% ' || :deed"
        " ORDER BY id DESC LIMIT 1",
        deed=deed,
    )
    return (rows[0][0], rows[0][1]) if rows else (0, None)


def note(store: Store, command: str, deed: Deed) -> None:
    """Keeps that it was done."""
    events.note(store, f"{command} {deed}", named=False)


def sheet(store: Store, passphrase: Passphrase, today: date) -> Sheet:
    """The recovery sheet of the department. Raises Stopped while its key is being changed."""
    _refuse_changing(store.path)
    key = rekeying.key_to(store.path, passphrase)
    return Sheet(name_of(store), store.path.name, today, lines_of(key, store.salt))


def moved(path: Path, to: Keeping, passphrase: Passphrase, new_passphrase: Passphrase) -> None:
    """Moves the key of the department in that file, or gives it another passphrase.

    It is put in the new place, read back and tried before it is removed from the old one.
    Raises Stopped where it is there already, or cannot be put there.
    """
    salt = salt_of(path)
    _refuse_changing(path)
    key = rekeying.key_to(path, passphrase)
    if to != "passord" and to == keys.keeping_of(salt):
        raise Stopped("Nøkkelen ligger der allerede.", "Se hvor: hsf data nøkkel")
    keys.put(to, salt, key, new_passphrase)
    keys.keep_only(to, salt)


def _refuse_changing(path: Path) -> None:
    if rekeying.is_broken_off(path):
        raise Stopped(
            "Et nøkkelbytte ble avbrutt, og må gjøres ferdig først.", "hsf data nøkkel --bytt"
        )


def opened_with(path: Path, recovered: Recovered) -> Store:
    """The department in that file, opened with what was read from a sheet.

    Raises NoDepartment where the sheet is not of that department, or of a key it no longer has.
    """
    if not recovered.is_for(salt_of(path)):
        raise NoDepartment(
            f"Arket hører til en annen avdeling enn {path}.",
            "Finn arket til denne avdelingen, eller pek på riktig fil med --database.",
        )
    try:
        return Store.open(path, recovered.key)
    except Damaged as error:
        raise NoDepartment(
            f"Nøkkelen på arket åpner ikke filen: {path}",
            "Arket kan være fra før nøkkelen ble byttet: bruk det nyeste. Er det det nyeste, er "
            "filen skadet: hent frem en kopi av den.",
        ) from error
