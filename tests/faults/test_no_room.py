"""A full disk, a folder that cannot be written, a drive that goes: it is told, nothing is lost."""

import gc
import os
import random
import shlex
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from hsf_cli import copies, places
from hsf_cli.errors import NoDepartment
from hsf_cli.store import Store
from tests.builders import taken_in
from tests.conftest import Run
from tests.faults.killed import TIMES
from tests.faults.state import department, set_back, state
from tests.faults.test_killed import closed, many, with_files, with_passphrase
from tests.store.test_copies import no_file_larger_than

Hsf = Callable[..., Run]

FEW = 4
PAGE = 4096
# Commands that write, and what is written: the database, its journal, a copy, a key, other files.
LINES = [
    "familie endre F2 --notat Nytt",
    "data importer '{home}/inn'",
    "data angre --ja",
    "data kopi",
    "data gjenopprett avdeling- --ja",
    "data nøkkel --bytt --ja",
    "data nøkkel --flytt passord --nytt-passord-fra '{home}/passord.txt'",
    "data nøkkel --ark '{home}/ark.txt'",
    "data eksporter '{home}/ut'",
    "data eksporter '{home}/ut.xlsx'",
    "data mal '{home}/mal.xlsx'",
    "personvern anonymiser F1 --ja",
    "personvern slett F1 --også-oppdrag --ja",
    "personvern innsyn F1 --til '{home}/innsyn.json'",
    "rapport skriv 2023 --til '{home}/rapport.docx'",
    "start --database '{home}/ny/ny.db' --navn Ny --nøkkel fil",
]
# Folders that the commands of the second half write in.
LOCKED = {
    "the department's folder": (
        "avdeling",
        ["familie endre F2 --navn Nytt", "data importer '{home}/inn'", "personvern slett F2 --ja"],
    ),
    "the folder for copies": (
        "avdeling/kopier",
        ["data kopi", "data importer '{home}/inn'",
         "data gjenopprett avdeling- --ja"],
    ),
    "the settings' folder": (
        "konfig",
        ["data nøkkel --flytt passord --nytt-passord-fra '{home}/passord.txt'",
         "start --database '{home}/ny.db' --navn Ny --nøkkel fil"],
    ),
    "the target's folder": (
        "ut",
        ["data eksporter '{home}/ut'", "data eksporter '{home}/ut/a.xlsx'",
         "data nøkkel --ark '{home}/ut/ark.txt'",
         "data kopi --til '{home}/ut'",
         "start --database '{home}/ut/ny.db' --navn Ny --nøkkel fil"],
    ),
}  # fmt: skip
NOBODY = 65534

openpyxl_leaves_files_open = pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"
)


@pytest.fixture
def kept(empty_department: Path, home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A department with a copy, and files to take in; gives what to set the home folder back to."""
    with department() as store:
        taken_in(store, *closed(), *many(2, 20))
        copies.made(store)
    with_files(*many(100, 200))(home)
    with_passphrase(home)
    (home / "ut").mkdir()
    folder = tmp_path_factory.mktemp("kept")
    shutil.copytree(home, folder, dirs_exist_ok=True)
    return folder


@openpyxl_leaves_files_open
def test_a_full_disk(hsf: Hsf, home: Path, kept: Path) -> None:
    """As where no file can become larger than so much."""
    before, size = records(), places.database().stat().st_size
    chance = random.Random(TIMES)
    for line in LINES if TIMES > FEW else chance.sample(LINES, FEW):
        for _ in range(max(1, TIMES // 5)):
            set_back(home, kept)
            room = chance.randrange(PAGE, size + 10 * PAGE)
            run = with_room_for(room, hsf, *shlex.split(line.format(home=home)))
            if run.code:
                expect_told(run)
                assert "plass" in run.err
                # An erasure that is made stands, though the file could not be cleaned up.
                assert records() == before or "skrives på nytt" in run.err, (line, room)


@openpyxl_leaves_files_open
def test_a_workbook_on_a_full_disk(hsf: Hsf, home: Path) -> None:
    run = with_room_for(2 * PAGE, hsf, "data", "mal", home / "mal.xlsx")
    expect_told(run)
    assert "plass" in run.err
    assert not (home / "mal.xlsx").exists()


def test_an_erasure_says_that_it_is_made_where_its_traces_could_not_be_cleared_away(
    hsf: Hsf, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(store: Store) -> None:
        if store.value("SELECT EXISTS (SELECT 1 FROM erasure WHERE swept = 0)"):
            raise NoDepartment("Disken er full.", "Gjør plass.")

    with monkeypatch.context() as patch:
        patch.setattr(Store, "sweep", full)
        run = hsf("personvern", "slett", "F2", "--ja")
    assert run.code == 5
    assert "Det er slettet, men" in run.err
    assert "Gjør plass." in run.err
    assert hsf("familie", "vis", "F2").code == 3
    state()  # and there are no traces any more


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
@pytest.mark.parametrize(("folder", "lines"), LOCKED.values(), ids=LOCKED)
def test_a_folder_that_cannot_be_written(
    hsf: Hsf, anybodys: Path, kept: Path, folder: str, lines: list[str]
) -> None:
    home = anybodys
    hsf("familie", "liste")
    for line in lines:
        words = shlex.split(line.format(home=home))
        if os.geteuid() == 0:
            hsf(*words)  # imports all that it needs, wherever that lies
        set_back(home, kept)
        before = records()
        (home / folder).chmod(0o500)
        with not_as_root(home):
            run = hsf(*words)
            assert hsf("familie", "liste").code == 0
        (home / folder).chmod(0o700)
        expect_told(run)
        assert records() == before


@pytest.fixture
def anybodys(home: Path, kept: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The home folder where others than root can reach it too."""
    with tempfile.TemporaryDirectory() as folder:
        elsewhere = Path(folder) / "hjemme"
        shutil.copytree(kept, elsewhere)
        monkeypatch.setenv("HSF_DATABASE", str(elsewhere / "avdeling" / "avdeling.db"))
        monkeypatch.setenv("HSF_KONFIG", str(elsewhere / "konfig"))
        Path(folder).chmod(0o755)
        yield elsewhere


@contextmanager
def not_as_root(home: Path) -> Iterator[None]:
    """Root may write anywhere: it becomes somebody else, whom all in the folder belongs to."""
    if os.geteuid() != 0:
        yield
        return
    for path in (home, *home.rglob("*")):
        os.chown(path, NOBODY, NOBODY)
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


# A drive that goes while something is written to it.


def pulled_out(path: Path) -> None:
    path.parent.rename(path.parent.with_name("borte"))


def removed(path: Path) -> None:
    path.unlink()


def replaced(path: Path) -> None:
    content = path.read_bytes()
    path.unlink()
    path.write_bytes(content)


@pytest.mark.parametrize("gone", [pulled_out, removed, replaced])
@pytest.mark.parametrize("when", ["before", "between", "after"])
def test_a_drive_that_goes(kept: Path, home: Path, gone: Callable[[Path], None], when: str) -> None:
    """Whatever goes between is not said to be kept."""
    before = state()

    def add() -> None:
        with department() as store:
            if when == "before":
                gone(store.path)
            with store.change("test") as change:
                if when == "between":
                    gone(store.path)
                change.insert("family", name="Ny")
                if when == "after":
                    gone(store.path)

    with pytest.raises(NoDepartment) as told:
        add()
    assert "stasjonen" in told.value.advice
    if gone is pulled_out:
        (home / "borte").rename(home / "avdeling")
        assert state() == before


def test_a_drive_that_goes_is_told_of_in_words(hsf: Hsf, kept: Path, home: Path) -> None:
    pulled_out(places.database())
    run = hsf("familie", "liste")
    expect_told(run)
    assert "stasjon" in run.err


def with_room_for(size: int, hsf: Hsf, *words: object) -> Run:
    """What a command line gives where no file can become larger than that."""
    with no_file_larger_than(size):
        run = hsf(*words)
        gc.collect()  # what is left open fails once more when it is closed
    return run


def records() -> dict[str, object]:
    """What is in the department; what goes out is noted before it does."""
    known = state()
    assert isinstance(known, dict)
    return {name: rows for name, rows in known.items() if name not in ("event", "sqlite_sequence")}


def expect_told(run: Run) -> None:
    assert run.code in (3, 4, 5), run.err
    assert "Feil: " in run.err
    assert "Gjør slik: " in run.err
    assert "Traceback" not in run.err
