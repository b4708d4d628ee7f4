"""A made-up department, the same for the same day: two whole years, and this one so far."""

from datetime import date
from pathlib import Path
from random import Random

from hsf_cli import keys, places
from hsf_cli.demo.book import COORDINATOR, POSITION_PERCENT, Book, Rows
from hsf_cli.demo.year import rows_of_years
from hsf_cli.encrypted import closed_where_it_fails, salt_of
from hsf_cli.errors import Stopped
from hsf_cli.exchange import sources
from hsf_cli.exchange.importing import imported
from hsf_cli.exchange.planning import Options
from hsf_cli.registers import department
from hsf_cli.store import Store

NAME = "Home-Start Solåsen (oppdiktet)"
OPERATOR = "Solåsen kommune"
_ABOUT = department.Department(NAME, OPERATOR, POSITION_PERCENT, (COORDINATOR,))
_YEARS_BACK = 2
# What tells the demo's folder from one that somebody keeps a real department in.
_MARK = "LES MEG.txt"
_MARK_TEXT = "Avdelingen i denne mappen er oppdiktet. «hsf demo» lager den på nytt.\n"


def demo_path() -> Path:
    """The demo's database, in a folder of its own."""
    return places.user_data() / "demo" / "demo.db"


def made_up(day: date) -> Store:
    """The made-up department as it stands that day, made anew. Never touches another.

    It comes in through the same doors as a real one: `started`, and an import.
    """
    path = demo_path()
    _clear(path)
    return _filled(department.started(path, _ABOUT, "fil", lambda: ""), day)


def in_memory(day: date) -> Store:
    """The same department, kept nowhere."""
    return _filled(department.blank(_ABOUT), day)


def _filled(store: Store, day: date) -> Store:
    with closed_where_it_fails(store):
        imported(store, sources.of_rows(rows(day)), Options(), day, lambda _, __: None)
    return store


def rows(day: date) -> Rows:
    """The rows of every sheet, with what had happened by that day."""
    return rows_of_years(day.year - _YEARS_BACK, Book(day, Random(day.year)))


def _clear(path: Path) -> None:
    """Removes the demo that was there, and its key. Raises Stopped for any other department."""
    if path.exists():
        if not (path.parent / _MARK).exists():
            raise Stopped(
                f"Filen er ikke en oppdiktet avdeling, og blir ikke rørt: {path}",
                "Flytt den et annet sted, og prøv igjen.",
            )
        if path.stat().st_size > 0:
            keys.forget(salt_of(path))
        path.unlink()
    places.owner_only(path.parent)
    (path.parent / _MARK).write_text(_MARK_TEXT, encoding="utf-8")
