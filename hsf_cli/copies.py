"""Copies of a department: where they are, how one is made and checked, which ones are kept.

A copy is a database like any other, encrypted with the same key and salt, and opens by itself. Its
name says when it was made, and why where nobody asked for it: `avdeling-2026-11-22-101500.db`,
`avdeling-2026-11-22-101500-før-import.db`. It is written under another name, read through, and
only then given its own, so what has such a name is whole.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Literal

from dateutil.relativedelta import relativedelta

from hsf_cli import unfinished
from hsf_cli.encrypted import put, salt_of
from hsf_cli.errors import Damaged, NoDepartment, Stopped
from hsf_cli.places import owner_only
from hsf_cli.store import Store

# Why a copy was made, as its name has it; none where somebody asked for it.
Why = Literal[
    "",
    "daglig",
    "før-oppgradering",
    "før-import",
    "før-sammenslåing",
    "før-nøkkelbytte",
    "før-gjenoppretting",
]

_DAMAGED = "skadet"

FEWEST = 3

# What SQLite says of values that the schema would not take: the file is whole all the same.
OF_VALUES = ("CHECK constraint failed in ", "NULL value in ")

_FOLDER = "kopier"
_MOMENT = "%Y-%m-%d-%H%M%S"
_NAME = re.compile(r".+-(\d{4}-\d\d-\d\d-\d{6})(?:-([a-zæøå-]+))?\.db", re.ASCII)
# Before they had a folder, those from before an upgrade lay beside the database.
_OLD_NAME = re.compile(r".+-versjon-\d+-(\d{4}-\d\d-\d\d-\d{6})\.db", re.ASCII)
# What is compared, and told of in a list of copies.
_COUNTED = ("family", "volunteer", "assignment")


@dataclass(frozen=True)
class Copy:
    """A copy by its name."""

    path: Path
    made_at: datetime
    # Why it was made, in words: «før import»; empty where somebody asked for it.
    why: str

    @property
    def is_aside(self) -> bool:
        """Whether it is a database that could not be opened, kept as it was for people to see."""
        return self.why == _DAMAGED


@dataclass(frozen=True)
class Contents:
    """What is in a department or a copy of it."""

    schema_version: int
    # How many there are of each.
    families: int
    volunteers: int
    assignments: int
    # The newest change: its number, when it was made (ISO), and by which command.
    number: int
    changed_at: str
    command: str


@dataclass(frozen=True)
class Made:
    """A copy that was made, with what to say of where it is."""

    path: Path
    size: int
    notice: str = ""


def default_folder(database: Path) -> Path:
    """Where the copies of that database are when nobody has said otherwise."""
    return database.parent / _FOLDER


def folders(store: Store) -> list[Path]:
    """Where its copies are: in the folder the department has named, and in the usual one."""
    return _folders(store.path, _named_folder(store))


def _folders(database: Path, named: str | None) -> list[Path]:
    usual = default_folder(database)
    return [usual] if named is None or Path(named) == usual else [Path(named), usual]


def _named_folder(store: Store) -> str | None:
    """The folder that the department has named; the oldest schema has no place for one."""
    if store.value("SELECT 1 FROM pragma_table_info('department') WHERE name = 'copies_folder'"):
        folder: str | None = store.value("SELECT copies_folder FROM department")
        return folder
    return None


def found(folders: Iterable[Path], salt: str | None = None) -> list[Copy]:
    """The copies in the folders, newest first: all, or those of the department with that salt.

    A folder that cannot be reached has none.
    """
    copies = []
    for folder in folders:
        with suppress(OSError):
            copies += [copy for path in sorted(folder.iterdir()) if (copy := _copy(path, salt))]
    return sorted(copies, key=lambda copy: copy.made_at, reverse=True)


def _copy(path: Path, salt: str | None) -> Copy | None:
    """The copy that the file is by its name and its first bytes, if it is one."""
    parts = _NAME.fullmatch(unicodedata.normalize("NFC", path.name))  # macOS takes ø apart
    if parts is None:
        return None
    try:
        made_at = datetime.strptime(parts[1], _MOMENT)
    except ValueError:
        return None
    if salt is not None and not _has_salt(path, salt):
        return None
    return Copy(path, made_at, (parts[2] or "").replace("-", " "))


def _has_salt(path: Path, salt: str) -> bool:
    """Whether it is a file of the department with that salt."""
    try:
        return salt_of(path) == salt
    except NoDepartment:
        return False


def contents(store: Store) -> Contents:
    """What is in an open department or copy."""
    families, volunteers, assignments = (
        store.value(f"SELECT count(*) FROM {table}") for table in _COUNTED
    )
    newest = store.rows("SELECT id, made_at, command FROM change_set ORDER BY id DESC LIMIT 1")
    number, changed_at, command = newest[0] if newest else (0, "", "")
    return Contents(
        store.schema_version, families, volunteers, assignments, number, changed_at, command
    )


def made(store: Store, why: Why = "") -> Made:
    """A checked copy in the department's folder, and the old ones thinned.

    Where the named folder cannot be reached, it is in the usual one, and the notice says so.
    Raises Stopped where no copy can be made.
    """
    failed: list[Stopped] = []
    for folder in folders(store):
        try:
            path = _made_in(folder, store, why)
        except Stopped as error:
            failed.append(error)
            continue
        _thin(store)
        return Made(path, path.stat().st_size, _elsewhere(folder) if failed else "")
    raise failed[-1]


def _elsewhere(folder: Path) -> str:
    return (
        "Mappen som er valgt for kopier, kan ikke brukes nå. Kopien ligger i stedet i "
        f"{folder}. Koble til stasjonen, eller velg en annen mappe: "
        "hsf avdeling endre --kopimappe MAPPE"
    )


def before(store: Store, why: Why) -> Made:
    """A checked copy before something that goes deep. Raises Stopped, and then it must not go on.

    It does for the day's first change as well.
    """
    store.before_change = None
    try:
        return made(store, why)
    except Stopped as error:
        raise Stopped(
            f"Ingenting er gjort, for først skal det tas en kopi, og det gikk ikke: {error.text}",
            error.advice,
        ) from error


def before_migrating(store: Store) -> None:
    """Makes a copy of a department of an older version. Raises NoDepartment where it cannot."""
    _gather_old(store)
    try:
        made(store, "før-oppgradering")
    except Stopped as error:
        raise NoDepartment(
            "Avdelingen skal oppgraderes til denne versjonen av hsf. Først skal det tas en kopi. "
            f"Det gikk ikke: {error.text}",
            error.advice,
        ) from error


def _gather_old(store: Store) -> None:
    """Moves the copies that earlier versions left beside the database to the others."""
    with suppress(OSError):  # then they stay where they are
        folder = owner_only(default_folder(store.path))
        for path in sorted(store.path.parent.iterdir()):
            parts = _OLD_NAME.fullmatch(path.name)
            if parts and _has_salt(path, store.salt):
                target = folder / f"{store.path.stem}-{parts[1]}-før-oppgradering.db"
                if not target.exists():
                    path.replace(target)


def copied_to(store: Store, target: Path) -> Made:
    """A checked copy as that file, or with a dated name in that folder.

    A new name without an ending is a folder's: «E:/hsf-kopier». Raises Stopped where it cannot be
    made.
    """
    if target.is_dir():
        target = _free_name(target, store.path)
        _write(store, target)
    elif target.suffix or target.exists():
        _write(store, target)
    else:
        target = _made_in(target, store)
    return Made(target, target.stat().st_size)


def _made_in(folder: Path, store: Store, why: Why = "") -> Path:
    try:
        owner_only(folder)
    except OSError as error:
        raise _cannot(folder) from error
    path = _free_name(folder, store.path, why)
    _write(store, path)
    return path


def damaged_name(database: Path) -> Path:
    """A name among the copies for a database file that is damaged, and kept as it is."""
    return _free_name(default_folder(database), database, _DAMAGED)


def _free_name(folder: Path, database: Path, why: str = "") -> Path:
    """A name with the moment, or the first second after it that no copy has."""
    moment, reason = datetime.now(), f"-{why}" if why else ""
    stem = database.stem
    while (path := folder / f"{stem}-{moment.strftime(_MOMENT)}{reason}.db").exists():
        moment += timedelta(seconds=1)
    return path


def _write(store: Store, target: Path) -> None:
    """Writes a copy, reads it through, and only then gives it its name."""
    if _is_same_file(target, store.path):
        raise Stopped("Det er avdelingens egen fil.", "Velg en annen fil for kopien.")
    try:
        with unfinished.file(target.parent) as path:
            with store.reading():
                expected = contents(store)
                store.copy_to(path)
            _check(path, store, expected)
            put(path, target)
    except Damaged as error:
        raise Damaged(
            f"Avdelingens fil er skadet, så den kan ikke kopieres: {store.path}",
            "Hent frem en kopi fra før det skjedde: hsf data gjenopprett",
        ) from error
    except (OSError, NoDepartment) as error:
        raise _cannot(target.parent) from error


def _is_same_file(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False


def _check(path: Path, store: Store, expected: Contents) -> None:
    """Opens the copy with the department's own key and reads all of it."""
    try:
        with store.sibling(path) as copy:
            sound = contents(copy) == expected and is_whole(copy)
    except Damaged:
        sound = False
    if not sound:
        if not is_sound(store):
            raise Damaged("")
        raise Stopped(
            "Kopien ble lest igjennom, og den er ikke hel. Den er kastet.",
            "Prøv igjen. Skjer det på nytt: hsf data sjekk",
        )


def is_sound(store: Store) -> bool:
    """Whether every page of the file is as it was written, and its records and indexes agree."""
    return _is_sound(store, "integrity_check")


def is_whole(store: Store) -> bool:
    """The same but for the indexes, in less than half the time: enough for a copy just made."""
    return _is_sound(store, "quick_check")


def _is_sound(store: Store, check: str) -> bool:
    try:
        return not store.rows("PRAGMA cipher_integrity_check") and all(
            message == "ok" or message.startswith(OF_VALUES)
            for (message,) in store.rows(f"PRAGMA {check}")
        )
    except Damaged:
        return False


def _cannot(folder: Path) -> Stopped:
    return Stopped(
        f"Kopien kan ikke skrives i {folder}.",
        "Se etter at stasjonen er koblet til, at disken har plass, og at mappen er din egen. "
        "Eller velg en annen mappe: hsf avdeling endre --kopimappe MAPPE",
    )


def _thin(store: Store) -> None:
    """Removes the copies that are not to be kept."""
    copies = found(folders(store), store.salt)
    spared = kept(copies, datetime.now())
    for copy in copies:
        if copy not in spared:
            with suppress(OSError):  # then it is thinned another time
                copy.path.unlink()


def kept(copies: Sequence[Copy], now: datetime) -> set[Copy]:
    """Those that are kept: today's, then one a day, one a week and one a month, for a year.

    Of each day, week and month it is the newest. There are never fewer than three of them.
    """
    aside = {copy for copy in copies if copy.is_aside}
    newest_first = sorted({*copies} - aside, key=lambda copy: copy.made_at, reverse=True)
    spared = {copy for copy in newest_first if copy.made_at.date() >= now.date()}
    for period, oldest in _periods(now):
        newest_of: dict[str, Copy] = {}
        for copy in newest_first:
            if copy.made_at.date() >= oldest:
                newest_of.setdefault(copy.made_at.strftime(period), copy)
        spared |= {*newest_of.values()}
    fill = [copy for copy in newest_first if copy not in spared]
    return aside | spared | {*fill[: max(0, FEWEST - len(spared))]}


def _periods(now: datetime) -> list[tuple[str, date]]:
    """Days, weeks and months as a date's format tells them apart, and how far back each goes."""
    today = now.date()
    return [
        ("%Y-%m-%d", today - timedelta(days=7)),
        ("%G-%V", today - timedelta(weeks=4)),
        ("%Y-%m", today - relativedelta(months=12)),
    ]
