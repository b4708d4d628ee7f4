"""The key: kept in a file, in the platform's key ring or behind a passphrase, and found again."""

import os
import shutil
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordDeleteError

from hsf_cli import keys, places
from hsf_cli.errors import HsfError, NoDepartment, Stopped
from hsf_cli.keys import Keeping
from hsf_cli.registers.department import Department, opened, started

SALT = "0123456789abcdef" * 2
OTHER = "fedcba9876543210" * 2


class Ring(KeyringBackend):
    """A key ring of this test's own."""

    priority = 5  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = False

    def get_password(self, service: str, username: str) -> str | None:
        self._refuse_when_locked()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._refuse_when_locked()
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError("not there")

    def _refuse_when_locked(self) -> None:
        if self.locked:
            raise KeyringLocked("locked")


@pytest.fixture
def ring() -> Iterator[Ring]:
    """A machine with a key ring."""
    before = keyring.get_keyring()
    ring = Ring()
    keyring.set_keyring(ring)
    yield ring
    keyring.set_keyring(before)


def passphrase(text: str) -> Callable[[], str]:
    return lambda: text


def unasked() -> str:
    raise AssertionError("no passphrase should be asked for")


def keep(keeping: Keeping, salt: str = SALT, words: str = "åpne deg") -> str:
    """Keeps a new key that way, and gives it."""
    key = keys.new_key()
    keys.keep(keeping, salt, key, passphrase(words) if keeping == "passord" else unasked)
    return key


def test_a_key_is_256_random_bits_and_a_salt_128() -> None:
    made = {keys.new_key() for _ in range(50)}
    assert len(made) == 50
    assert {len(bytes.fromhex(key)) for key in made} == {32}
    assert len(bytes.fromhex(keys.new_salt())) == 16


@pytest.mark.parametrize("keeping", ["fil", "nøkkelring"])
def test_a_kept_key_is_found_without_a_passphrase(ring: Ring, keeping: Keeping) -> None:
    key = keep(keeping)
    keep(keeping, OTHER)
    assert keys.found(SALT, unasked) == key


@pytest.mark.parametrize("words", ["åpne deg", "'; --\"", " \N{FAMILY} "])
def test_a_passphrase_opens_the_key_that_it_closed(words: str) -> None:
    key = keep("passord", words=words)
    assert keys.found(SALT, passphrase(words)) == key
    with pytest.raises(NoDepartment, match="Passordet er feil"):
        keys.found(SALT, passphrase(words + "x"))


def test_a_passphrase_is_the_same_however_its_letters_are_composed() -> None:
    key = keep("passord", words="p\N{LATIN SMALL LETTER A WITH RING ABOVE}")
    assert keys.found(SALT, passphrase("pa\N{COMBINING RING ABOVE}")) == key


def test_neither_key_nor_passphrase_is_in_the_file_that_the_passphrase_opens() -> None:
    key = keep("passord", words="hemmelig nok")
    content = keys.passphrase_file(SALT).read_bytes()
    for text in (key.encode(), bytes.fromhex(key), b"hemmelig", b"SQLite format 3", b"CREATE"):
        assert text not in content


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_a_key_file_is_its_owners_alone_whatever_the_umask_is() -> None:
    keep("fil")
    assert stat.S_IMODE(keys.key_file(SALT).stat().st_mode) == 0o600
    assert stat.S_IMODE(places.config().stat().st_mode) & 0o077 == 0


def test_a_key_file_is_never_written_over() -> None:
    key = keep("fil")
    with pytest.raises(FileExistsError):
        keep("fil")
    assert keys.found(SALT, unasked) == key


@pytest.mark.parametrize("keeping", ["fil", "nøkkelring", "passord"])
def test_a_forgotten_key_is_gone_and_the_others_are_not(ring: Ring, keeping: Keeping) -> None:
    keep(keeping)
    other = keep("fil", OTHER)
    keys.forget(SALT)
    with pytest.raises(NoDepartment, match="Fant ikke nøkkelen"):
        keys.found(SALT, unasked)
    assert keys.found(OTHER, unasked) == other
    keys.forget(SALT)


def test_where_there_is_no_key_it_is_said_where_it_should_be() -> None:
    with pytest.raises(NoDepartment) as error:
        keys.found(SALT, unasked)
    assert str(places.config()) in error.value.advice


@pytest.mark.parametrize(
    "content",
    [b"", b"\n", b"ab" * 31, b"ab" * 33, b"zz" * 32, b"\xff\xfe" * 40, b"' OR 1=1 --" * 6],
)
def test_a_damaged_key_file_is_told_of(content: bytes) -> None:
    keep("fil")
    keys.key_file(SALT).write_bytes(content)
    with pytest.raises(NoDepartment) as error:
        keys.found(SALT, unasked)
    assert str(keys.key_file(SALT)) in error.value.text


def test_a_key_file_that_is_a_folder_is_told_of() -> None:
    keys.key_file(SALT).mkdir(parents=True)
    with pytest.raises(NoDepartment, match="kan ikke leses"):
        keys.found(SALT, unasked)


@pytest.mark.parametrize("content", [b"", b"x" * 4096, b"SQLite format 3\x00" + bytes(4080)])
def test_a_damaged_passphrase_file_opens_with_nothing(content: bytes) -> None:
    keep("passord")
    keys.passphrase_file(SALT).write_bytes(content)
    with pytest.raises(NoDepartment):
        keys.found(SALT, passphrase("åpne deg"))


@pytest.mark.parametrize("kept", ["", "x", "'\"; DROP", "ab" * 31])
def test_a_key_ring_with_something_else_in_it_is_told_of(
    ring: Ring, empty_department: Path, kept: str
) -> None:
    salt = empty_department.read_bytes()[:16].hex()
    keys.forget(salt)
    ring.kept["hsf", salt] = kept
    with pytest.raises(NoDepartment):
        opened(empty_department, unasked)


def test_without_a_key_ring_none_is_kept_there(home: Path) -> None:
    before = keyring.get_keyring()
    keyring.set_keyring(keyring.backends.fail.Keyring())  # type: ignore[no-untyped-call]
    try:
        with pytest.raises(Stopped) as error:
            keep("nøkkelring")
        assert keys.default_keeping() == "fil"
        with pytest.raises(NoDepartment, match="Fant ikke"):
            keys.found(SALT, unasked)
    finally:
        keyring.set_keyring(before)
    assert "--nøkkel" in error.value.advice


def test_a_machine_with_a_key_ring_uses_it_unless_told_otherwise(ring: Ring) -> None:
    assert keys.default_keeping() == "nøkkelring"
    assert ring.kept == {}


def test_a_key_ring_that_is_locked_is_no_failure_of_the_program(ring: Ring) -> None:
    keep("nøkkelring")
    ring.locked = True
    with pytest.raises(HsfError):
        keep("nøkkelring", OTHER)
    with pytest.raises(NoDepartment, match="nøkkelring er låst"):
        keys.found(SALT, unasked)
    ring.locked = False
    with pytest.raises(NoDepartment, match="Fant ikke nøkkelen"):
        keys.found(OTHER, unasked)


@pytest.mark.parametrize("keeping", ["fil", "nøkkelring", "passord"])
def test_a_department_that_is_moved_still_finds_its_key(
    ring: Ring, home: Path, keeping: Keeping
) -> None:
    first = home / "her" / "avdeling.db"
    started(first, Department("Prøve"), keeping, passphrase("åpne deg")).close()
    (home / "der").mkdir()
    moved = shutil.move(first, home / "der" / "annet navn.db")
    with opened(moved, passphrase("åpne deg")) as store:
        assert store.value("SELECT name FROM department") == "Prøve"


def test_two_departments_have_each_their_key(home: Path) -> None:
    for name in ("a", "b"):
        started(home / f"{name}.db", Department(name), "fil", unasked).close()
    assert len(list(places.config().iterdir())) == 2
    for name in ("a", "b"):
        with opened(home / f"{name}.db", unasked) as store:
            assert store.value("SELECT name FROM department") == name


def test_a_department_that_could_not_be_made_leaves_neither_key_nor_file(home: Path) -> None:
    with pytest.raises(Stopped, match="går ikke sammen"):
        started(home / "a.db", Department(""), "fil", unasked)
    assert list(places.config().iterdir()) == []
    assert not (home / "a.db").exists()


@pytest.mark.parametrize(("setting", "code"), [("", 0), (" ", 0), ("ingen.slik", 5)])
def test_a_key_ring_that_is_set_to_none_is_none(setting, code, hsf, home, monkeypatch) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", setting)
    monkeypatch.setattr("keyring.core._keyring_backend", None)
    made = hsf("start", "--navn", "Prøve")
    assert made.code == code
    assert ("PYTHON_KEYRING_BACKEND peker på" in made.err) == bool(code)
    assert (home / "avdeling" / "avdeling.db").exists() == (not code)
