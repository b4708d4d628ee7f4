"""Whatever is done, and in whatever order: taken back step by step, all is as it was.

Made-up departments, and lines by chance of every command that changes something; undoing is one
of them. While the same changes are in force the records are the same, to the last byte.
"""

import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from hsf_cli.app import INTERRUPTED
from hsf_cli.registers.history import change_sets
from hsf_cli.store import Store
from tests.builders import family, taken_in
from tests.conftest import Run
from tests.independent import made_up
from tests.life.any_command import CHANGING, AnyCommand, department
from tests.life.one_of_each import one_of_each
from tests.store.test_undo import State, state

# How many departments to try: few in the suite, many where `make faults` says so.
DEPARTMENTS = max(1, int(os.environ.get("HSF_FAULTS", "0")) // 10)
COMMANDS_EACH = 30
# So many lines of a command are tried at a time: of those that chance makes, many are refused.
TRIES = 6
ROUNDS = 20
UNDOING = "data angre"
RESTORING = "data gjenopprett"
# What others may wait for: a department runs out of open cases and of records without parts.
NEW = (
    "henvendelse ny", "kontakt ny", "kurs ny", "kurs påmelding", "oppdrag start", "aktivitet ny",
    "henvendelse slett",
)  # fmt: skip
_STOPPED = 4
# The exit codes of a bug, of a file that cannot be opened, and of a question that was asked.
_NEVER = (1, 5, INTERRUPTED)

InForce = frozenset[int]
Files = dict[str, bytes]


class Life:
    """A department, what is done in it, and what it held while which changes were in force."""

    def __init__(
        self,
        hsf: Callable[..., Run],
        store: Store,
        exported: Callable[[], Files],
        lines: AnyCommand,
    ) -> None:
        self._hsf = hsf
        self._store = store
        self._exported = exported
        self._lines = lines
        self._states: dict[InForce, State] = {}
        self._files: dict[InForce, Files] = {}
        self._now = state(store)

    def export(self) -> None:
        """Writes everything to files, which the import may take in again; that changes nothing."""
        count = self._count()
        files = self._exported()
        assert self._files.setdefault(self._in_force(), files) == files
        assert self._count() == count
        self._hold_to_what_was(files)

    def does(self, name: str) -> bool:
        """Whether a line of the command did something, of some that are tried."""
        return any(self._done(name) for _ in range(TRIES))

    def _done(self, name: str) -> bool:
        """Runs a line of the command, and says whether it did something: as one change set."""
        words = self._lines.line(name)
        before, count = self._now, self._count()
        run = self._hsf(*words)
        assert run.code not in _NEVER, (words, run.err)
        self._hold_to_what_was(words)
        if name == RESTORING:  # which sets the log back too
            return run.code == 0
        changed = self._now != before
        undone = name == UNDOING and run.code == 0  # also of what came to nothing
        assert not (changed and run.code), (words, run)
        assert self._count() - count == int(changed or undone), (words, run)
        return changed or undone

    def undo_all(self) -> None:
        """Takes back the latest change for as long as there is one."""
        while (run := self._hsf("data", "angre", "--ja")).code == 0:
            self._hold_to_what_was(run)
            if self._in_force() in self._files:
                self.export()
        assert run.code == _STOPPED, run.err
        assert "ingenting å angre" in run.err

    def begin_again(self) -> None:
        """Takes everything back, and does what was done first again."""
        self.undo_all()
        run = self._hsf("data", "angre", "--endring", self._last(), "--ja")
        assert run.code == 0, run.err
        self._hold_to_what_was(run)

    def _hold_to_what_was(self, done: object) -> None:
        """Holds the records to what they were while the same changes were in force."""
        self._now = state(self._store)
        assert self._states.setdefault(self._in_force(), self._now) == self._now, done

    def _in_force(self) -> InForce:
        return frozenset(
            one.number
            for one in change_sets(self._store)
            if one.undoes is None and one.undone_by is None
        )

    def _last(self) -> int:
        return int(self._store.value("SELECT max(id) FROM change_set"))

    def _count(self) -> int:
        return int(self._store.value("SELECT count(*) FROM change_set"))


@pytest.fixture
def lived(hsf, store, exported, tmp_path) -> Callable[[int], Life]:
    """Begins a life, from nothing, in a department that is made up by chance."""

    def begin(seed: int) -> Life:
        chance = random.Random(seed)
        life = Life(hsf, store, exported, AnyCommand(chance, store, tmp_path))
        life.export()
        if seed % 2:
            taken_in(store, *one_of_each(), family("F5", navn="Ingen"))
        else:
            made_up.write_folder(department(chance), tmp_path / "her")
            assert hsf("data", "importer", tmp_path / "her").code == 0
        # What others have, to take in.
        made_up.write_folder(department(chance), tmp_path / "oppdiktet-1")
        (tmp_path / "tekst.md").write_text("Det var et *godt* år.\n", encoding="utf-8")
        report = hsf("rapport", "vis", 2023, "--format", "json").out
        (tmp_path / "rapport.json").write_text(report, encoding="utf-8")
        life.export()
        return life

    return begin


def test_every_command_is_done_and_undone(lived) -> None:
    life, chance, left = lived(1), random.Random(1), set(CHANGING) - {UNDOING, RESTORING}
    for _ in range(ROUNDS):
        for name in chance.sample(sorted(left), len(left)):
            left -= {name} if life.does(name) else set()
        if not left:
            break
        life.begin_again()
        for name in NEW:
            life.does(name)
    assert left == set()
    assert life.does(UNDOING)
    life.undo_all()


@pytest.mark.parametrize("seed", range(DEPARTMENTS))
def test_undoing_all_gives_back_every_state_to_the_last_byte(lived, seed: int) -> None:
    life, chance = lived(seed), random.Random(seed)
    for done in range(COMMANDS_EACH):
        if done % 10 == 5:
            life.export()
        life.does(chance.choice(sorted(CHANGING)))
    life.undo_all()


@pytest.mark.parametrize(
    "words",
    [
        "data eksporter ut", "data kopi", "data mal mal.xlsx", "rapport skriv 2023 --til å.md",
        "rapport bevis 2023 --til bevis.xlsx", "timer skjema 2024-02 --alle --til skjemaer",
        "personvern innsyn F1 --til innsyn", "personvern protokoll --til protokoll.pdf",
    ],
)  # fmt: skip
def test_a_file_that_is_written_is_no_change(
    words: str, hsf, filled, tmp_path: Path, monkeypatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before = [one.number for one in change_sets(filled)]
    run = hsf(*words.split())
    assert run.code == 0, run.err
    assert [one.number for one in change_sets(filled)] == before
