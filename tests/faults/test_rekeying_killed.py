"""Another key, killed at any moment: one of the two opens the department, all of it."""

import sys
from pathlib import Path

from hsf_cli import copies, keys, rekeying
from hsf_cli.registers.department import opened
from hsf_cli.store import Store, salt_of
from tests.builders import family, taken_in
from tests.faults.killed import killed_at, moments, seconds_of

REKEY = [sys.executable, "-m", "hsf_cli", "data", "nøkkel", "--bytt", "--ja"]
FEW = 20
COPIES = 2


def test_killed_at_any_moment_nothing_is_lost(empty_department: Path) -> None:
    with opened(empty_department, str) as store:
        taken_in(store, *(family(id=f"F{number}", notat="x" * 500) for number in range(400)))
        for _ in range(COPIES):
            copies.made(store)
        before = copies.contents(store)
    broken_off = 0
    for moment in moments(FEW, seconds_of(REKEY)):
        killed_at(REKEY, moment)
        broken_off += rekeying.unfinished(empty_department)
        _expect_all(empty_department, before)
    assert broken_off  # or no moment was in the middle of it
    seconds_of(REKEY)
    _expect_all(empty_department, before)
    assert not rekeying.unfinished(empty_department)
    assert [path.suffix for path in keys.places.config().iterdir()] == [".key"]


def _expect_all(path: Path, before: copies.Contents) -> None:
    """The department and its newest copies open with a key that is kept, and are whole."""
    with opened(path, str) as store:
        assert copies.contents(store) == before
        assert copies.is_sound(store)
        found = copies.found(copies.folders(store), salt_of(path))
    for copy in found[COPIES:]:
        copy.path.unlink()
    for copy in found[:COPIES]:
        with Store.as_it_is(copy.path, rekeying.key_to(copy.path, str)) as opened_copy:
            assert copies.contents(opened_copy) == before
            assert copies.is_sound(opened_copy)
