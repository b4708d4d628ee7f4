"""Files on their way: in a folder that nobody else sees, and gone again whatever happens.

What is written for people to read has names in it. Until it is finished it lies in a folder of its
own, readable by its owner alone: beside its target, so that it is only renamed into place, or among
the program's own. Each such folder is noted before it is made. Where the program was killed or the
power went, it is swept away the next time a department is opened, wherever it is.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from hsf_cli import places

_PREFIX = ".hsf-"


@contextmanager
def folder(within: Path | None = None) -> Iterator[Path]:
    """A folder for what is not finished, in that folder or among the program's own.

    It is gone afterwards, with what is left in it.
    """
    known = places.being_written()
    # Named for who is writing there: what belongs to a program that runs is left alone.
    name = f"{os.getpid()}-{os.urandom(4).hex()}"
    if within is None:
        made = entry = places.owner_only(known) / name
    else:
        made, entry = within.absolute() / f"{_PREFIX}{name}", known / name
        with suppress(OSError):  # there is nowhere to note it: then it is not swept
            places.owner_only(known)
            entry.write_text(str(made), encoding="utf-8", errors="surrogateescape")
    try:
        made.mkdir(mode=0o700, parents=True)
        yield made
    finally:
        _take_away(made, entry)


@contextmanager
def file(within: Path) -> Iterator[Path]:
    """An empty file to write in such a folder; it is gone afterwards unless it was moved."""
    with folder(within) as own:
        path = own / "ny"
        path.touch(mode=0o600)
        yield path


@contextmanager
def temporary_files(own: Path) -> Iterator[None]:
    """What libraries keep in temporary files meanwhile lies in that folder.

    Raises OSError where the disk has no room, whatever the library calls it.
    """
    import tempfile

    before = tempfile.tempdir
    tempfile.tempdir = str(own)
    try:
        yield
    except Exception as error:
        if type(error).__name__ == "SerialisationError":  # lxml's, where openpyxl has it
            raise OSError(str(error)) from error
        raise
    finally:
        tempfile.tempdir = before


def sweep() -> None:
    """Takes away what was left unfinished by programs that run no more.

    Where there is nothing, which is nearly always, it is quick.
    """
    try:
        entries = list(os.scandir(places.being_written()))
    except OSError:
        return
    for entry in entries:
        owner = entry.name.partition("-")[0]
        if not (owner.isascii() and owner.isdigit() and _is_running(int(owner))):
            left = Path(entry.path) if entry.is_dir(follow_symlinks=False) else _noted(entry)
            _take_away(left, Path(entry.path))


def _noted(entry: "os.DirEntry[str]") -> Path:
    """The folder that was noted; the note itself where it says nothing that can be trusted."""
    try:
        path = Path(Path(entry.path).read_text(encoding="utf-8", errors="surrogateescape"))
    except (OSError, ValueError):
        return Path(entry.path)
    return path if path.name == f"{_PREFIX}{entry.name}" else Path(entry.path)


def _take_away(left: Path, entry: Path) -> None:
    """Removes what is left, and once it is gone its note, and the folder of notes with the last."""
    import shutil

    shutil.rmtree(left, ignore_errors=True)
    if left == entry or (not left.exists() and left.parent.is_dir()):  # or its drive is not there
        with suppress(OSError):
            entry.unlink()
    with suppress(OSError):  # others are being written
        entry.parent.rmdir()


def _is_running(process: int) -> bool:
    """Whether that process of this user's is there."""
    if sys.platform == "win32":
        # There os.kill would end it, or send it Ctrl-C.
        import ctypes

        query_limited_information, still_active = 0x1000, 259
        kernel = ctypes.windll.kernel32
        handle = kernel.OpenProcess(query_limited_information, False, process)
        code = ctypes.c_ulong()
        found = handle and kernel.GetExitCodeProcess(handle, ctypes.byref(code))
        kernel.CloseHandle(handle)
        return bool(found) and code.value == still_active
    try:
        os.kill(process, 0)
    except (OSError, OverflowError):  # gone, or somebody else's by now
        return False
    return True
