"""Files that are damaged: it is told of with the way back, and what is shown is never wrong."""

import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pytest

from hsf_cli import copies, places
from hsf_cli.encrypted import journal as journal_of
from hsf_cli.registers.department import opened
from tests.builders import family, served, taken_in
from tests.conftest import Run
from tests.faults.killed import TIMES

T = TypeVar("T")
Hsf = Callable[..., Run]

FEW = 3
PAGE, SALT, RESERVED = 4096, 16, 80
# Where something is in a file: from the first byte, to the one after the last. From its end if
# below zero.
REGIONS = {
    "salt": (0, SALT),
    "first page": (SALT, PAGE - RESERVED),
    "checksum of the first page": (PAGE - RESERVED, PAGE),
    "second page": (PAGE, 2 * PAGE),
    "in the middle": (2 * PAGE, -PAGE),
    "last page": (-PAGE, 0),
}
LISTS = [("familie", "liste", "--format", "csv"), ("familie", "vis", "F30")]
# A change that is cut off in the middle: the database is half written, and has a journal.
CUT_OFF = """
import os, sys
from pathlib import Path
from hsf_cli.registers.department import opened
store = opened(Path(sys.argv[1]), str)
store._connection.execute("PRAGMA cache_size = 5")
with store.change("test") as change:
    for number in range(1, 59):
        change.update("family", number, note="B" * 2000)
    os._exit(9)
"""


@dataclass(frozen=True)
class Department:
    """A department of some pages, with a copy, and what the commands say when all is well."""

    hsf: Hsf
    path: Path
    copy: Path
    whole: bytes
    right: Sequence[str]

    def expect_as_it_was(self) -> None:
        assert [self.hsf(*command).out for command in LISTS] == self.right
        assert self.hsf("data", "sjekk").code == 0

    def expect_right_or_told(self) -> None:
        """What touches what is damaged tells of it, what does not is right; the check finds it."""
        for command, expected in zip(LISTS, self.right, strict=True):
            run = self.hsf(*command)
            if run.code == 0:
                assert run.out == expected
            else:
                expect_told(run)
        expect_told(self.hsf("data", "sjekk"))

    def expect_way_back(self) -> None:
        assert self.hsf("data", "gjenopprett", self.copy, "--ja").code == 0
        self.expect_as_it_was()


def expect_told(run: Run) -> None:
    assert run.code == 5
    assert run.err.startswith("Feil: ")
    assert "hsf data gjenopprett" in run.err


@pytest.fixture(scope="module")
def prepared(pristine: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a department with some families and a copy, made once."""
    folder = tmp_path_factory.mktemp("prepared")
    shutil.copytree(pristine, folder, dirs_exist_ok=True)
    families = (family(f"F{one}", notat="x" * 300) for one in range(2, 60))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HSF_KONFIG", str(folder / "konfig"))
        with opened(folder / "avdeling" / "avdeling.db", str) as store:
            taken_in(store, *served(), *families)
            copies.made(store)
    return folder


@pytest.fixture
def department(hsf: Hsf, home: Path, prepared: Path) -> Department:
    shutil.copytree(prepared, home, dirs_exist_ok=True)
    path = places.database()
    [copy] = copies.found([copies.default_folder(path)])
    right = [hsf(*command).out for command in LISTS]
    return Department(hsf, path, copy.path, path.read_bytes(), right)


def flipped(whole: bytes) -> Iterator[bytes]:
    """The content with a bit turned, at random places of every region."""
    chance = random.Random(TIMES)
    for first, end in REGIONS.values():
        first, end = first % len(whole), (end - 1) % len(whole) + 1
        for _ in range(TIMES // 2):
            damaged = bytearray(whole)
            damaged[chance.randrange(first, end)] ^= 1 << chance.randrange(8)
            yield bytes(damaged)


def cut_short(whole: bytes) -> Iterator[bytes]:
    """The content up to a page's end, and a little less and more."""
    lengths = [place + more for place in range(0, len(whole), PAGE) for more in (-1, 0, 1, 17)]
    for length in some(lengths[1:]):
        yield whole[:length]


def some(cases: Sequence[T]) -> Sequence[T]:
    """A few of the cases in the suite, all of them by `make faults`."""
    return random.Random(len(cases)).sample(cases, FEW) if TIMES <= FEW else cases


def test_flipped_bits(department: Department) -> None:
    for content in flipped(department.whole):
        department.path.write_bytes(content)
        department.expect_right_or_told()
    department.expect_way_back()


def test_cut_short(department: Department) -> None:
    for content in cut_short(department.whole):
        department.path.write_bytes(content)
        department.expect_right_or_told()
    department.expect_way_back()


def a_letter(whole: bytes) -> bytes:
    return b"Hei! Her kommer et brev. " * 1000


def pages_in_the_wrong_order(whole: bytes) -> bytes:
    return whole[:PAGE] + whole[2 * PAGE : 3 * PAGE] + whole[PAGE : 2 * PAGE] + whole[3 * PAGE :]


def with_a_page_too_many(whole: bytes) -> bytes:
    return whole + bytes(PAGE)


@pytest.mark.parametrize("damaged", [a_letter, pages_in_the_wrong_order, with_a_page_too_many])
def test_something_else_in_its_place(
    department: Department, damaged: Callable[[bytes], bytes]
) -> None:
    department.path.write_bytes(damaged(department.whole))
    department.expect_right_or_told()
    department.expect_way_back()


def test_a_file_that_is_gone(department: Department) -> None:
    department.path.unlink()
    department.expect_right_or_told()
    department.expect_way_back()


def test_a_folder_in_its_place(department: Department) -> None:
    department.path.unlink()
    department.path.mkdir()
    for command in (*LISTS, ("data", "sjekk"), ("data", "gjenopprett", department.copy, "--ja")):
        run = department.hsf(*command)
        assert (run.code, run.out) == (5, "")
        assert "mappe" in run.err


# The journal, which SQLite takes a change back with that was cut off.


def test_a_journal(department: Department) -> None:
    """Whole it takes the change back; damaged, or cut short, that is told of."""
    journal, whole = cut_off(department)
    half = department.path.read_bytes()
    assert half != department.whole
    department.expect_as_it_was()
    for content in some([*damaged_journals(whole)]):
        department.path.write_bytes(half)
        journal.write_bytes(content)
        expect_told(department.hsf(*LISTS[0]))
        department.expect_way_back()


def test_a_journal_is_not_taken_for_that_of_a_copy_with_its_name(department: Department) -> None:
    _, journal = cut_off(department)
    department.expect_as_it_was()
    journal_of(department.copy).write_bytes(journal)
    assert department.hsf("data", "kopi", "--til", department.copy, "--ja").code == 0
    assert not journal_of(department.copy).exists()
    department.expect_way_back()


def cut_off(department: Department) -> tuple[Path, bytes]:
    """Leaves the department in the middle of a change; gives its journal, and what is in it."""
    journal = journal_of(department.path)
    run = subprocess.run([sys.executable, "-c", CUT_OFF, department.path], check=False)
    assert run.returncode == 9
    return journal, journal.read_bytes()


def damaged_journals(whole: bytes) -> Iterator[bytes]:
    """Its beginning damaged, or a page in it; and cut short."""
    for place in (0, 9, 13, 20, 600, 3000, 30_000):
        damaged = bytearray(whole)
        damaged[place] ^= 0x55
        yield bytes(damaged)
    for left in (10, 512, 3000, 30_000):
        yield whole[:left]


@pytest.mark.parametrize("content", [b"noe annet" * 1000, bytes(3000)])
def test_a_file_that_only_has_the_name_of_a_journal(department: Department, content: bytes) -> None:
    journal_of(department.path).write_bytes(content)
    department.expect_as_it_was()


# A copy.


def test_a_damaged_copy_is_refused_and_the_department_stands(department: Department) -> None:
    whole = department.copy.read_bytes()
    for content in (*flipped(whole), *cut_short(whole)):
        department.copy.write_bytes(content)
        run = department.hsf("data", "gjenopprett", department.copy, "--ja")
        assert run.code in (4, 5)
        assert "Gjør slik:" in run.err
        assert department.path.read_bytes() == department.whole
    assert department.hsf("data", "gjenopprett").code == 0  # the list
    department.copy.write_bytes(whole)
    department.expect_way_back()


# A key.


@pytest.mark.parametrize("left", [0, 10, 63])
def test_a_key_file_that_is_cut_short(department: Department, left: int) -> None:
    [key] = places.config().glob("*.key")
    key.write_bytes(key.read_bytes()[:left])
    expect_sheet_asked_for(department.hsf(*LISTS[0]))


def test_a_file_behind_a_passphrase_that_is_cut_short(department: Department, home: Path) -> None:
    words = home / "passord.txt"
    words.write_text("åpne deg", encoding="utf-8")
    moved = department.hsf("data", "nøkkel", "--flytt", "passord", "--nytt-passord-fra", words)
    assert moved.code == 0
    [key] = places.config().glob("*.passord")
    whole = key.read_bytes()
    for left in some([2 * PAGE - 1, PAGE + 10, PAGE, 10, 0]):
        key.write_bytes(whole[:left])
        expect_sheet_asked_for(department.hsf(*LISTS[0], "--passord-fra", words))


def expect_sheet_asked_for(run: Run) -> None:
    assert run.code == 5
    assert "hsf data nøkkel --fra-ark" in run.err
