"""Another key: the department and its copies open with it, and never with neither of the two."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from hsf_cli import copies, keys, places, rekeying
from hsf_cli.encrypted import salt_of
from hsf_cli.errors import Damaged, HsfError, NoDepartment, Stopped
from hsf_cli.keys import Keeping
from hsf_cli.registers import checking
from hsf_cli.registers.department import Department, opened, started
from hsf_cli.store import Store
from tests.builders import family, taken_in
from tests.store.test_keys import Ring, passphrase, ring, unasked

__all__ = ["ring"]

KEEPINGS: list[Keeping] = ["fil", "nøkkelring", "passord"]
words = passphrase("åpne deg")


@pytest.fixture
def department(empty_department: Path) -> Path:
    """A department with a family in it, and two copies."""
    with opened(empty_department, unasked) as store:
        taken_in(store, family(notat="x" * 3000))
        copies.made(store)
        copies.made(store)
    return empty_department


def key_of(path: Path) -> str:
    return keys.found(salt_of(path), unasked)


def copies_of(path: Path) -> list[Path]:
    return [copy.path for copy in copies.found([copies.default_folder(path)])]


def opens(path: Path, key: str) -> bool:
    try:
        with Store.as_it_is(path, key) as store:
            return copies.is_sound(store) and copies.contents(store).families == 1
    except Damaged:
        return False


def test_everything_opens_with_the_new_key_and_nothing_with_the_old(department: Path) -> None:
    old, salt = key_of(department), salt_of(department)
    done = rekeying.rekeyed(department, unasked)
    new = key_of(department)
    assert (done.copies, done.left, done.finished) == (2, (), False)
    assert new != old
    assert salt_of(department) == salt
    for file in (department, *copies_of(department)):
        assert opens(file, new)
        assert not opens(file, old)
    assert list(places.config().iterdir()) == [keys.key_file(salt)]
    assert not rekeying.is_broken_off(department)


@pytest.mark.parametrize("keeping", KEEPINGS)
def test_the_new_key_is_kept_as_the_old_one_was(ring: Ring, home: Path, keeping: Keeping) -> None:
    path = home / "a.db"
    started(path, Department("Prøve"), keeping, words).close()
    salt = salt_of(path)
    old = keys.found(salt, words)
    rekeying.rekeyed(path, words)
    assert keys.keeping_of(salt) == keeping
    assert keys.found(salt, words) != old
    assert len(ring.kept) == (1 if keeping == "nøkkelring" else 0)
    opened(path, words).close()


def test_the_passphrase_is_asked_for_once_however_many_keys_it_opens(home: Path) -> None:
    path = home / "a.db"
    started(path, Department("Prøve"), "passord", words).close()
    keys.keep_coming(salt_of(path), keys.new_key(), words)
    asked: list[str] = []

    def ask() -> str:
        asked.append("asked")
        return "åpne deg"

    _written_over_first_key(path)
    opened(path, ask).close()
    assert asked == ["asked"]


def _written_over_first_key(path: Path) -> None:
    """Leaves the department with the key that is coming, as where the rest was never reached."""
    salt = salt_of(path)
    new = keys.coming(salt, words)
    assert new is not None
    with Store.as_it_is(path, keys.found(salt, words)) as store:
        store.hold()
        store.rekey(new)


class Killed(BaseException):
    """As a kill: nothing of the program's own puts anything in order afterwards."""


# Where a re-keying can be broken off: the function, and how many of its calls come through.
BROKEN_OFF = [
    ("hsf_cli.keys.keep_coming", 0),
    ("hsf_cli.store.Store.rekey", 0),
    ("hsf_cli.store.Store.rekey", 1),
    ("hsf_cli.store.Store.rekey", 2),
    ("hsf_cli.keys.take_over", 0),
]


@pytest.fixture(params=BROKEN_OFF, ids=str)
def broken_off(
    department: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """A department whose re-keying was broken off there."""
    target, through = request.param
    before = _named(target)
    calls = []

    def counted(*values: object) -> object:
        calls.append(target)
        if len(calls) > through:
            raise Killed
        return before(*values)

    with monkeypatch.context() as patch:
        patch.setattr(target, counted)
        with pytest.raises(Killed):
            rekeying.rekeyed(department, unasked)
    return department


def _named(target: str) -> Callable[..., object]:
    from importlib import import_module

    module, _, name = target.removeprefix("hsf_cli.").partition(".")
    found: object = import_module(f"hsf_cli.{module}")
    for part in name.split("."):
        found = getattr(found, part)
    assert callable(found)
    return found


def test_what_was_broken_off_opens_and_so_does_every_copy(broken_off: Path) -> None:
    for file in (broken_off, *copies_of(broken_off)):
        assert opens(file, rekeying.key_to(file, unasked))
    with opened(broken_off, unasked) as store:
        assert store.value("SELECT name FROM family") == "Familie F1"


def test_what_was_broken_off_is_finished_the_next_time(broken_off: Path) -> None:
    following = keys.coming(salt_of(broken_off), unasked)
    done = rekeying.rekeyed(broken_off, unasked)
    assert done.finished == (following is not None)
    assert not rekeying.is_broken_off(broken_off)
    assert all(opens(file, key_of(broken_off)) for file in (broken_off, *copies_of(broken_off)))
    assert following in (None, key_of(broken_off))


def test_what_was_broken_off_is_found_by_the_check(broken_off: Path) -> None:
    told = " ".join(
        finding.text
        for check in (checking._key, checking._copies)
        for finding in check(opened(broken_off, unasked))
    )
    assert ("nøkkelbytte ble avbrutt" in told) == rekeying.is_broken_off(broken_off)
    assert "kan ikke leses" not in told


def test_while_a_key_is_changed_nobody_else_writes(department: Path) -> None:
    with Store.as_it_is(department, key_of(department)) as held:
        held.hold()
        connection = sqlcipher.connect(str(department), timeout=0)
        with closing(connection), pytest.raises(sqlcipher.OperationalError, match="locked"):
            connection.execute("SELECT count(*) FROM sqlite_schema")


@pytest.mark.usefixtures("impatient")
def test_where_somebody_else_is_writing_nothing_is_changed(department: Path) -> None:
    old = key_of(department)
    with opened(department, unasked) as other, other.change("prøve") as change:
        change.update("family", 1, name="Ny")
        with pytest.raises(NoDepartment, match="opptatt"):
            rekeying.rekeyed(department, unasked)
    assert key_of(department) == old
    with opened(department, unasked) as store:
        assert store.value("SELECT name FROM family") == "Ny"


def test_whoever_has_it_open_can_neither_read_nor_write_afterwards(department: Path) -> None:
    with opened(department, unasked) as reader, opened(department, unasked) as writer:
        assert reader.value("SELECT name FROM family") == "Familie F1"
        rekeying.rekeyed(department, unasked)
        with pytest.raises(NoDepartment):
            reader.value("SELECT name FROM family")
        with pytest.raises(NoDepartment), writer.change("prøve") as change:
            change.update("family", 1, name="Borte")
    assert opens(department, key_of(department))


def test_a_copy_of_neither_key_is_named_and_left(department: Path) -> None:
    ours = copies_of(department)
    odd = ours[0].with_name("avdeling-2020-01-01-120000.db")
    with opened(department, unasked) as store:
        store.copy_to(odd, keys.new_key())
    content = odd.read_bytes()
    damaged = bytearray(ours[0].read_bytes())
    damaged[-2000] ^= 1
    ours[0].write_bytes(damaged)
    done = rekeying.rekeyed(department, unasked)
    assert set(done.left) == {odd, ours[0]}
    assert done.copies == 1
    assert odd.read_bytes() == content


def test_a_damaged_department_keeps_its_key(department: Path) -> None:
    content = bytearray(department.read_bytes())
    content[-2000] ^= 1
    department.write_bytes(content)
    old = key_of(department)
    with pytest.raises(Damaged, match="skadet"):
        rekeying.rekeyed(department, unasked)
    assert department.read_bytes() == content
    assert key_of(department) == old
    assert not rekeying.is_broken_off(department)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such limit")
def test_on_a_full_disk_the_old_key_stands(department: Path) -> None:
    import resource

    old, limits = key_of(department), resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (department.stat().st_size // 2, limits[1]))
    try:
        with pytest.raises(HsfError):
            rekeying.rekeyed(department, unasked)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, before)
    assert key_of(department) == old
    assert not rekeying.is_broken_off(department)
    assert opens(department, old)


def test_where_a_copy_cannot_follow_both_keys_are_kept(
    department: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = copies_of(department)[0]
    rekey = Store.rekey

    def refused(store: Store, key: str) -> None:
        if store.path == held:
            raise NoDepartment("Disken er full.")
        rekey(store, key)

    with monkeypatch.context() as patch:
        patch.setattr(Store, "rekey", refused)
        with pytest.raises(Stopped, match="en kopi kunne ikke følge med"):
            rekeying.rekeyed(department, unasked)
    assert rekeying.is_broken_off(department)
    for file in (department, *copies_of(department)):
        assert opens(file, rekeying.key_to(file, unasked))
    assert rekeying.rekeyed(department, unasked).finished


def test_a_named_folder_that_is_away_is_told_of(department: Path, home: Path) -> None:
    with opened(department, unasked) as store:
        assert rekeying.unreachable(store) == []
        with store.change("prøve") as change:
            change.update("department", 1, copies_folder=str(home / "borte"))
        assert rekeying.unreachable(store) == [home / "borte"]


@pytest.mark.parametrize("keeping", KEEPINGS)
def test_opening_as_usual_never_looks_for_another_key(
    ring: Ring, home: Path, keeping: Keeping, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = home / "a.db"
    started(path, Department("Prøve"), keeping, words).close()
    monkeypatch.setattr(keys, "coming", _never)
    opened(path, words).close()


def _never(*_: object) -> Iterator[None]:
    raise AssertionError("looked for another key")
