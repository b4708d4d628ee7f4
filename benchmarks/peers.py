"""Other command-line programs for lists and logs of the same length.

They are installed once, from the network, into an environment of their own; without network they
are left out. sqlite-utils is there already: the program needs it.
"""

import csv
import json
import os
import subprocess
import venv
from pathlib import Path

from benchmarks import bare_tables
from benchmarks.processes import Measure, cost, python, seconds, tell

SQLITE_UTILS, TODOMAN, JRNL, WATSON = "`sqlite-utils rows`", "`todo list`", "`jrnl`", "`watson log`"
PACKAGES = ("todoman==4.7.0", "jrnl==4.6", "td-watson==2.1.0")
_PATIENCE = ("--quiet", "--retries", 1, "--timeout", 15)
_ENVIRONMENT = Path(__file__).parents[1] / "build" / "peers"
_BIN = _ENVIRONMENT / ("Scripts" if os.name == "nt" else "bin")

_JRNL_SETTINGS = """\
colors: {{body: none, date: none, tags: none, title: none}}
default_hour: 9
default_minute: 0
display_format: pretty
editor: ''
encrypt: false
highlight: true
indent_character: '|'
journals: {{default: {{journal: "{journal}"}}}}
linewrap: 79
tagsymbols: '@'
template: false
timeformat: '%Y-%m-%d %H:%M'
version: v4.6
"""
_TODO = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//benchmark//
BEGIN:VTODO
UID:{number}
DTSTAMP:20230101T090000Z
CREATED:20230101T090000Z
DUE;VALUE=DATE:20240131
SUMMARY:{name}
END:VTODO
END:VCALENDAR
"""


def measures(files: Path, folder: Path) -> dict[str, Measure]:
    """What measures each of them, with as many entries as there are families in those files."""
    with (files / "familier.csv").open(encoding="utf-8-sig", newline="") as file:
        names = [row["navn"] for row in csv.DictReader(file, delimiter=";")]
    found = {SQLITE_UTILS: _sqlite_utils(files, folder)}
    if _installed():
        found |= {
            TODOMAN: _todoman(names, folder),
            JRNL: _jrnl(names, folder),
            WATSON: _watson(names, folder),
        }
    return found


def _installed() -> bool:
    """Whether they are there, or could be fetched now."""
    mark = _ENVIRONMENT / "installed"
    if mark.exists() and mark.read_text() == str(PACKAGES):
        return True
    tell(f"Fetching the peers: {', '.join(PACKAGES)}")
    try:
        venv.create(_ENVIRONMENT, clear=True, with_pip=True)
        cost(_BIN / "python", "-m", "pip", "install", *_PATIENCE, *PACKAGES)
    except (OSError, subprocess.CalledProcessError):
        tell("They could not be fetched, and are left out.")
        return False
    mark.write_text(str(PACKAGES))
    return True


def _sqlite_utils(files: Path, folder: Path) -> Measure:
    database = folder / "sqlite-utils.db"
    bare_tables.load(files, database)
    return seconds(*python("-m", "sqlite_utils", "rows", database, "familier"))


def _todoman(names: list[str], folder: Path) -> Measure:
    calendar = folder / "todoman" / "families"
    calendar.mkdir(parents=True)
    for number, name in enumerate(names):
        todo = _TODO.format(number=number, name=name).replace("\n", "\r\n")
        (calendar / f"{number}.ics").write_text(todo, encoding="utf-8", newline="")
    settings = folder / "todoman" / "config.py"
    cache = folder / "todoman" / "cache.sqlite3"
    settings.write_text(f"path = {str(calendar)!r}\ncache_path = {str(cache)!r}\n")
    return seconds(_BIN / "todo", "--config", settings, "list")


def _jrnl(names: list[str], folder: Path) -> Measure:
    journal, settings = folder / "jrnl.txt", folder / "jrnl.yaml"
    entries = (f"[{_day(place)} 09:00] {name}.\nHar ringt.\n" for place, name in enumerate(names))
    journal.write_text("\n".join(entries), encoding="utf-8")
    settings.write_text(_JRNL_SETTINGS.format(journal=journal), encoding="utf-8")
    return seconds(_BIN / "jrnl", "--config-file", settings, "--short")


def _watson(names: list[str], folder: Path) -> Measure:
    home = folder / "watson"
    home.mkdir()
    begun, hour = 1_672_567_200, 3_600
    frames = [
        [begun + place * hour, begun + (place + 1) * hour, name, f"{place:032x}", [], begun]
        for place, name in enumerate(names)
    ]
    (home / "frames").write_text(json.dumps(frames), encoding="utf-8")
    return seconds(_BIN / "watson", "log", "--all", "--no-pager", environment={"WATSON_DIR": home})


def _day(place: int) -> str:
    return f"2023-{place // 28 % 12 + 1:02}-{place % 28 + 1:02}"
