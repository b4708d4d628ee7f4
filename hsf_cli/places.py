"""Where things are on this machine: the database, the settings and keys, the log of failures.

`HSF_DATABASE` and `HSF_KONFIG` say otherwise than the platform's own folders. Everything that is
made here is its owner's alone: `owner_only` makes folders so, and the umask that `app` sets
does the same for files.
"""

import os
import sys
from pathlib import Path


def database() -> Path:
    """The department's database file."""
    return _named_by("HSF_DATABASE") or default_database()


def default_database() -> Path:
    """Where the database is when nobody has said otherwise."""
    return user_data() / "avdeling.db"


def config() -> Path:
    """The folder of settings and key files, never the database's own by default."""
    if named := _named_by("HSF_KONFIG"):
        return named
    folder = _users("XDG_CONFIG_HOME", ".config")
    # Windows and macOS have one folder for both, and a key must not lie beside what it opens.
    return folder if folder != user_data() else folder.with_name("hsf-konfig")


def user_data() -> Path:
    """The platform's folder for this user's data."""
    return _users("XDG_DATA_HOME", ".local/share")


def _users(variable: str, folder: str) -> Path:
    """The platform's folder for this user's things; the two that are given are Linux' own."""
    if sys.platform in ("win32", "darwin"):
        from platformdirs import user_data_path

        return user_data_path("hsf", appauthor=False)
    # The library knows this rule too, and would be a fifteenth of every command. A folder that is
    # not named from the root of the disk is to be passed by: XDG Base Directory 0.8.
    named = os.environ.get(variable, "")
    return (Path(named) if os.path.isabs(named) else Path.home() / folder) / "hsf"


def failure_log() -> Path:
    """Where unexpected failures are written, without personal data."""
    return config() / "feil.log"


def being_written() -> Path:
    """The folder of texts that are open in an editor; it is there only while one is."""
    return config() / "under-arbeid"


def owner_only(folder: Path) -> Path:
    """The folder, made if it was not there, readable by its owner only where we made it."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def path(text: str | Path) -> Path:
    """The path that a person typed, with `~` as their own folder."""
    try:
        return Path(text).expanduser()
    except RuntimeError:  # `~somebody` who is nobody here: then it is a name like any other
        return Path(text)


def _named_by(variable: str) -> Path | None:
    text = os.environ.get(variable)
    return path(text) if text else None
