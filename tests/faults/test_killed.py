"""Killed at any moment: it opens, all is in order, and nothing is lost or half done.

Whatever a command was in the middle of, the department is afterwards as it was before that command
or as it is after it; and after it where the command had said so by ending with 0.
"""

import shlex
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from hsf_cli import copies, keys, places
from hsf_cli.registers import erasing
from tests.builders import (
    Record,
    assignment,
    child,
    family,
    inquiry,
    served,
    taken_in,
    volunteer,
)
from tests.exchange.files import csv_folder
from tests.faults.killed import moments, run
from tests.faults.state import PASSPHRASE, department, set_back, state
from tests.store.test_migrations import KEY, SALT, database


@dataclass(frozen=True)
class Work:
    """Command lines, typed one after another in a department with these records."""

    lines: Sequence[str]
    records: Sequence[Record] = ()
    # What else there is before, made in the home folder.
    prepared: Callable[[Path], object] = lambda _: None


def many(first: int = 1, number: int = 100, notat: str = "x" * 500) -> list[Record]:
    return [family(f"F{one}", notat=notat) for one in range(first, first + number)]


def closed() -> list[Record]:
    """A case of long ago: a family, and a volunteer who is mentioned in what is written of it."""
    return [
        family(notat="Naboen er Familiekontakt V1"),
        inquiry("H1", "F1", "2019-01-01", avsluttet="2020-01-01", avslutningsgrunn="fullført"),
        volunteer("V1", "2018-01-01", sluttet="2020-02-01"),
        assignment("O1", "H1", "V1", "2019-02-01", "2020-01-01"),
    ]


def with_files(*records: Record) -> Callable[[Path], object]:
    return lambda home: csv_folder(home / "inn", records)


def with_copies(home: Path) -> None:
    with department() as store:
        for _ in range(2):
            copies.made(store)


def with_older_state(home: Path) -> None:
    """A copy; since then a family is erased, and others have come."""
    with department() as store:
        copies.copied_to(store, home / "før.db")
        erasing.erased(store, "family", 1)
        taken_in(store, *many(101, 50))


def with_lost_state(home: Path) -> None:
    with department() as store:
        copies.made(store)
    with places.database().open("r+b") as file:
        file.truncate(20_000)


def with_nothing(home: Path) -> None:
    shutil.rmtree(places.config())
    shutil.rmtree(places.database().parent)


def with_first_version(home: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        places.database().unlink()
        database(places.database(), 1, patch)
    keys.keep("fil", SALT, KEY, str)


def with_passphrase(home: Path) -> None:
    (home / "passord.txt").write_text(PASSPHRASE, encoding="utf-8")


WORK = {
    "daily work": Work(
        [
            "familie endre F1 --navn Nytt --telefon 90000123",
            "henvendelse ny --navn Dal --barn 2021 --mottatt 1.3.2024 --kilde nav",
            "timer ny --type oppdrag --oppdrag O1 --dato 1.3.2024 --besøk 1 --timer 2",
            "oppdrag avslutt O1 --dato 1.3.2024 --grunn fullført",
        ],
        served(),
    ),
    "start": Work(["start --navn 'Home-Start Prøve' --nøkkel fil"], prepared=with_nothing),
    "migration": Work(["familie liste"], prepared=with_first_version),
    "import": Work(
        ["data importer '{home}/inn' --oppdater"], many(), with_files(*many(51, notat="Nytt"))
    ),
    "undo": Work(
        ["familie endre F1 --navn Nytt", "data angre --ja", "data angre --endring 4 --ja"],
        served(),
    ),
    "merge": Work(
        ["familie slå-sammen F1 F2 --ja", "kontakt slå-sammen V1 V2 --ja"],
        [*served("1"), *served("2"), child("F2"), *many(3)],
    ),
    "locked report": Work(["rapport lås 2023 --likevel Prøve"], served()),
    "copy": Work(["data kopi"], many(), with_copies),
    "export": Work(["data eksporter '{home}/ut'"], many()),
    "set back": Work(["data gjenopprett '{home}/før.db' --ja"], many(), with_older_state),
    "set back what was lost": Work(["data gjenopprett avdeling --ja"], many(), with_lost_state),
    "another key": Work(["data nøkkel --bytt --ja"], many(), with_copies),
    "key moved": Work(
        ["data nøkkel --flytt passord --nytt-passord-fra '{home}/passord.txt'"],
        served(),
        with_passphrase,
    ),
    "anonymising": Work(["personvern anonymiser V1 --ja --også-nevnt"], [*closed(), *many(2)]),
    "erasing": Work(["personvern slett F1 --ja --også-oppdrag"], [*closed(), *many(2)]),
}


@pytest.mark.parametrize("work", WORK.values(), ids=WORK)
def test_killed_at_any_moment(
    work: Work, empty_department: Path, home: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with department() as store:
        taken_in(store, *work.records)
    work.prepared(home)
    kept = tmp_path_factory.mktemp("kept")
    shutil.copytree(home, kept, dirs_exist_ok=True)
    lines = [shlex.split(line.format(home=home)) for line in work.lines]

    states, ends = [state()], []
    for line in lines:
        ended = run([line], home)
        assert ended.confirmed == 1, (home / "stderr.txt").read_text()
        states.append(state())
        ends.append(ended.at)
    for moment in moments(ends):
        set_back(home, kept)
        done = run(lines, home, moment).confirmed
        assert state() in states[done : done + 2], (done, moment)
