"""Copying, setting back and importing, killed at any moment: all is there, or nothing of it."""

import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from hsf_cli import copies
from hsf_cli.registers import erasing
from hsf_cli.registers.checking import checked
from hsf_cli.registers.department import opened
from hsf_cli.store import Store
from tests.builders import Record, family, taken_in
from tests.faults.killed import killed_at, moments, seconds_of

FEW = 12
FAMILIES = 300


def command(*words: object) -> list[str]:
    return [sys.executable, "-m", "hsf_cli", *map(str, words)]


def families(first: int, number: int = FAMILIES) -> list[Record]:
    return [family(f"F{one}", notat="x" * 500) for one in range(first, first + number)]


def in_order(store: Store) -> bool:
    return not any(check.findings for check in checked(store))


@pytest.fixture
def department(empty_department: Path) -> Path:
    with opened(empty_department, str) as store:
        taken_in(store, *families(1))
    return empty_department


def test_copying(department: Path) -> None:
    """What has a copy's name is whole, and the department is as it was."""
    with opened(department, str) as store:
        before = copies.contents(store)
    copy = command("data", "kopi")
    seconds = seconds_of(copy)
    broken_off = sum(killed_at(copy, moment) for moment in moments(FEW, seconds))
    assert broken_off
    with opened(department, str) as store:
        assert copies.contents(store) == before
        assert in_order(store)
        for one in copies.found(copies.folders(store), store.salt):
            with store.sibling(one.path) as held:
                assert copies.contents(held) == before
                assert copies.is_sound(held)


def test_setting_back(department: Path) -> None:
    """It holds what it held or what the copy holds, and nobody who was erased is there."""
    with opened(department, str) as store:
        old = copies.made(store).path
        taken_in(store, *families(FAMILIES + 1, 50))
        erasing.erased(store, "family", 1)
        new = copies.made(store).path
    numbers = set()
    for target in (old, new):
        restore = command("data", "gjenopprett", target, "--ja")
        kept = [target.read_bytes(), (old if target == new else new).read_bytes()]
        seconds = seconds_of(restore)
        for moment in moments(FEW, seconds):
            killed_at(restore, moment)
            with opened(department, str) as store:
                numbers.add(store.value("SELECT count(*) FROM family"))
                assert store.value("SELECT count(*) FROM erasure") == 1
                assert in_order(store)
        target.write_bytes(kept[0])
    assert numbers == {FAMILIES - 1, FAMILIES + 49}


@pytest.mark.parametrize("broken", ["gone", "cut short"])
def test_setting_back_what_was_lost(department: Path, broken: str) -> None:
    """It is as lost as it was, or there again."""
    with opened(department, str) as store:
        copy = copies.made(store).path
        before = copies.contents(store)
    restore = command("data", "gjenopprett", copy, "--ja")
    content = department.read_bytes()[:20_000] if broken == "cut short" else None
    _lose(department, content)
    seconds = seconds_of(restore)
    for moment in moments(FEW, seconds):
        _lose(department, content)
        killed_at(restore, moment)
        if (department.read_bytes() if department.exists() else None) != content:
            with opened(department, str) as store:
                assert copies.contents(store) == before
                assert in_order(store)


def _lose(path: Path, content: bytes | None) -> None:
    path.unlink(missing_ok=True)
    if content is not None:
        path.write_bytes(content)


def test_importing_with_the_copy_before_it(department: Path, home: Path) -> None:
    """All of the file came in, or nothing; what has a copy's name is whole."""
    source = home / "familier.csv"
    seen = set()
    first = FAMILIES + 1
    run: Sequence[str] = command("data", "importer", source)
    _write(source, first)
    seconds = seconds_of(run)
    for moment in moments(FEW, seconds):
        first += FAMILIES
        _write(source, first)
        killed_at(run, moment)
        with opened(department, str) as store:
            here = store.value("SELECT count(*) FROM family WHERE id >= :first", first=first)
            seen.add(here)
            assert in_order(store)
            assert not here or store.value("SELECT count(*) FROM family") % FAMILIES == 0
    assert seen <= {0, FAMILIES}


def _write(source: Path, first: int) -> None:
    rows = "".join(f"F{one};Familie {one}\n" for one in range(first, first + FAMILIES))
    source.write_text(f"id;navn\n{rows}", encoding="utf-8")
