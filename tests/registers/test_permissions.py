"""Who else can get at the files: what is found, how much it weighs, and what mends it."""

import os
import shlex
import subprocess
from pathlib import Path

import pytest

from hsf_cli import keys
from hsf_cli.registers import permissions
from hsf_cli.registers.permissions import found
from hsf_cli.store import Store
from tests.commands.terminal import ended, terminal

__all__ = ["terminal"]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")


@pytest.fixture
def copy(store: Store, hsf) -> Path:
    """A copy of the department, whose name a shell would take apart."""
    (store.path.parent / "min $HOME").mkdir(mode=0o700)
    assert hsf("avdeling", "endre", "--kopimappe", store.path.parent / "min $HOME").code == 0
    assert hsf("data", "kopi").code == 0
    (path,) = (store.path.parent / "min $HOME").iterdir()
    return path


def test_what_the_program_has_made_is_nobody_elses(store, copy) -> None:
    assert [*found(store)] == []


@pytest.mark.parametrize(
    ("which", "mode", "told", "is_remark"),
    [
        ("key", 0o604, "Nøkkelfilen kan leses av alle på maskinen", False),
        ("key", 0o640, "Nøkkelfilen kan leses av gruppe", False),
        ("key", 0o622, "Nøkkelfilen kan endres av alle", False),
        ("database", 0o644, "Avdelingens fil kan leses av alle på maskinen", False),
        ("database", 0o660, "Avdelingens fil kan leses og endres av gruppe", False),
        ("copy", 0o606, "Kopien kan leses og endres av alle", False),
        ("database's folder", 0o755, "Hva mappen har av filer, kan ses av alle", True),
        ("database's folder", 0o770, "Filer i mappen kan fjernes og byttes ut av gruppe", False),
        ("copies' folder", 0o707, "Filer i mappen kan fjernes og byttes ut av alle", False),
        ("key's folder", 0o777, "Filer i mappen kan fjernes og byttes ut av alle", False),
        ("key's folder", 0o750, "Hva mappen har av filer, kan ses av gruppe", True),
        ("above", 0o707, "Hele mappen kan byttes ut av alle på maskinen", False),
    ],
)
def test_what_others_can_get_at_is_found_and_the_remedy_mends_it(
    store, copy, home, which, mode, told, is_remark
) -> None:
    path = {
        "key": keys.key_file(store.salt), "database": store.path, "copy": copy,
        "database's folder": store.path.parent, "copies' folder": copy.parent,
        "key's folder": home / "konfig", "above": home,
    }[which]  # fmt: skip
    path.chmod(mode)
    (loose,) = found(store)
    assert loose.text.startswith(told)
    assert loose.text.endswith(str(path))
    assert loose.is_remark == is_remark
    assert shlex.split(loose.advice)[-1] == str(path)
    subprocess.run(loose.advice, shell=True, check=True)
    assert [*found(store)] == []


def test_a_department_that_a_group_shares_is_told_of_and_nothing_is_wrong(store) -> None:
    store.path.chmod(0o660)
    store.path.parent.chmod(0o2770)
    (loose,) = found(store)
    assert loose.is_remark
    assert loose.text.startswith("Gruppe")
    subprocess.run(loose.advice.partition("chmod")[2].join(["chmod", ""]), shell=True, check=True)
    assert [*found(store)] == []


def test_a_shared_department_is_not_everybodys(store) -> None:
    store.path.chmod(0o664)
    store.path.parent.chmod(0o770)
    assert [loose.is_remark for loose in found(store)] == [True, False]


def test_a_folder_that_all_may_use_but_only_for_their_own_is_nothing(store, home) -> None:
    home.chmod(0o1777)  # as /tmp is
    assert [*found(store)] == []


def test_a_drive_that_has_no_owners_is_no_finding_but_for_the_key(store, monkeypatch) -> None:
    """There chmod changes nothing: a memory stick, or a drive on a network."""
    monkeypatch.setattr(permissions, "_keeps_modes", lambda _: False)
    for path in (store.path, store.path.parent, keys.key_file(store.salt)):
        path.chmod(0o777)
    (loose,) = (one for one in found(store) if not one.is_remark)
    assert "Nøkkelfilen" in loose.text
    assert "hsf data nøkkel --flytt passord" in loose.advice


def test_on_windows_a_key_outside_the_persons_own_folder_is_found(store, monkeypatch) -> None:
    monkeypatch.setattr(permissions, "_ON_WINDOWS", True)
    monkeypatch.setattr(Path, "home", lambda: keys.key_file(store.salt).parent.parent)
    assert [*found(store)] == []
    monkeypatch.setattr(Path, "home", lambda: Path("/et/annet/sted"))
    (loose,) = found(store)
    assert f'icacls "{keys.key_file(store.salt)}" /inheritance:r' in loose.advice


def test_the_check_has_it(store, hsf) -> None:
    keys.key_file(store.salt).chmod(0o644)
    run = hsf("data", "sjekk")
    assert run.code == 4
    assert "Nøkkelfilen kan leses av alle på maskinen" in run.out


def test_at_a_terminal_a_key_that_others_can_read_is_told_of_and_work_goes_on(
    store, hsf, terminal
) -> None:
    """A program that reads the errors is not disturbed."""
    keys.key_file(store.salt).chmod(0o644)
    assert hsf("venteliste").err == ""
    child = terminal("venteliste")
    child.expect_exact("Nøkkelfilen kan leses av alle på maskinen")
    child.expect_exact("chmod go-rwx")
    assert ended(child) == 0
