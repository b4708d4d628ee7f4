"""Who else on the machine can get at the department's files, and what mends it.

A key that others can read opens everything, so it weighs the most. The database and its copies are
encrypted: there it is what others could do to them. Two coordinators who share a department let
their group write in it, on purpose; that is told, and nothing is wrong.

Windows keeps this in lists that hold for whole folders. There only where a key lies can be told.
"""

import getpass
import os
import shlex
import stat
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from hsf_cli import copies, places
from hsf_cli.store import Store

_ON_WINDOWS = os.name == "nt"
_GROUP, _OTHERS, _ALL = 0o070, 0o007, 0o077
_READ, _WRITE = 0o044, 0o022
_MOVE_KEY = (
    "Stasjonen skiller ikke mellom brukere. Legg nøkkelen et annet sted: "
    "hsf data nøkkel --flytt passord"
)


@dataclass(frozen=True)
class Loose:
    """Something that others can get at, and what to do."""

    text: str
    advice: str
    # Whether nothing is wrong for that alone.
    is_remark: bool = False


def found(store: Store) -> Iterator[Loose]:
    """Everything of the department's that others can get at."""
    yield from keys_that_others_can_use(store.salt)
    if _ON_WINDOWS:
        return
    file, config = store.path, places.config()
    shared = _is_shared(file)
    if shared:
        yield _told_as_shared(file)
    watched = _OTHERS if shared else _ALL
    yield from _in_file("Avdelingens fil", file, watched)
    for folder in copies.folders(store):
        for copy in copies.found([folder], store.salt):
            yield from _in_file("Kopien", copy.path, watched)
        yield from _in_folder(folder, watched)
    yield from _in_folder(file.parent, watched)
    yield from _in_folder(config, _ALL)
    yield from _above(file.parent, config)


def keys_that_others_can_use(salt: str) -> Iterator[Loose]:
    """The files with the department's key that others can read or write."""
    for path in sorted(places.config().glob(f"{salt}.*")):
        if _ON_WINDOWS:
            if not path.absolute().is_relative_to(Path.home()):
                yield _outside_home(path)
        elif bits := _bits(path, _READ | _WRITE):
            advice = _advice(path, bits) if _keeps_modes(path.parent) else _MOVE_KEY
            yield Loose(f"Nøkkelfilen kan {_done_by_others(path, bits)}: {path}", advice)


def _outside_home(path: Path) -> Loose:
    return Loose(
        "Nøkkelfilen ligger utenfor din egen brukermappe, og der kan andre på maskinen ofte lese: "
        f"{path}",
        f'La bare deg selv lese den: icacls "{path}" /inheritance:r '
        f'/grant:r "{getpass.getuser()}:F"',
    )


def _is_shared(file: Path) -> bool:
    """Whether a group may write in the department: nobody could use it with less than that."""
    return bool(_bits(file, _GROUP) & _WRITE and _bits(file.parent, _GROUP) & _WRITE)


def _told_as_shared(file: Path) -> Loose:
    files = f"{shlex.quote(str(file))} {shlex.quote(str(file.parent))}"
    return Loose(
        f"{_group(file).capitalize()} kan lese og skrive i avdelingens mappe: {file.parent}",
        f"Slik er det når dere deler den. Skal bare du bruke den: chmod g-rwx {files}",
        is_remark=True,
    )


def _in_file(what: str, path: Path, watched: int) -> Iterator[Loose]:
    bits = _bits(path, watched) & (_READ | _WRITE)
    if bits and _keeps_modes(path.parent):
        yield Loose(f"{what} kan {_done_by_others(path, bits)}: {path}", _advice(path, bits))


def _in_folder(folder: Path, watched: int) -> Iterator[Loose]:
    """A folder in which others can put and remove files; one that they only see into is told of."""
    bits = _bits(folder, watched)
    if bits and _keeps_modes(folder):
        whom, advice = _whom(folder, bits), _advice(folder, bits)
        if bits & _WRITE:
            yield Loose(f"Filer i mappen kan fjernes og byttes ut av {whom}: {folder}", advice)
        else:
            text = f"Hva mappen har av filer, kan ses av {whom}: {folder}"
            yield Loose(text, advice, is_remark=True)


def _above(*folders: Path) -> Iterator[Loose]:
    """The folders above, in which anybody could put another folder in the place of one of those."""
    above = {one for folder in folders for one in folder.resolve().parents}
    for folder in sorted(above):
        mode = _mode(folder)
        if mode & _OTHERS & _WRITE and not mode & stat.S_ISVTX and _keeps_modes(folder):
            yield Loose(
                f"Hele mappen kan byttes ut av alle på maskinen, i {folder}",
                _advice(folder, _OTHERS & _WRITE),
            )


def _bits(path: Path, watched: int) -> int:
    """What those who are watched may do with it."""
    return _mode(path) & watched


def _mode(path: Path) -> int:
    """The file's mode; none where there is no such file, or it cannot be reached."""
    try:
        return path.stat().st_mode
    except OSError:
        return 0


def _done_by_others(path: Path, bits: int) -> str:
    """«leses og endres av alle på maskinen»."""
    done = [word for word, mask in (("leses", _READ), ("endres", _WRITE)) if bits & mask]
    return f"{' og '.join(done)} av {_whom(path, bits)}"


def _whom(path: Path, bits: int) -> str:
    return "alle på maskinen" if bits & _OTHERS else _group(path)


def _group(path: Path) -> str:
    import grp

    number = path.stat().st_gid
    try:
        return f"gruppen «{grp.getgrgid(number).gr_name}»"
    except KeyError:
        return f"gruppe {number}"


def _advice(path: Path, bits: int) -> str:
    """What takes from others what they may do, as it is typed."""
    whose = ("g" if bits & _GROUP else "") + ("o" if bits & _OTHERS else "")
    what = "w" if bits == _WRITE & _OTHERS else "rwx"
    command = f"chmod {whose}-{what} {shlex.quote(str(path))}"
    if os.geteuid() not in (0, path.stat().st_uid):
        return f"Den som eier den, kan rette det: {command}"
    return command


@cache
def _keeps_modes(folder: Path) -> bool:
    """Whether a file there can be somebody's own: not on a memory stick, or some drives."""
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            return not os.fstat(file.fileno()).st_mode & _ALL
    except OSError:
        return True
