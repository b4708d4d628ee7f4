"""Copies: whole or not there at all, their owner's alone, thinned by age, and never too few."""

import os
import resource
import stat
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsf_cli import copies, keys
from hsf_cli.copies import Copy
from hsf_cli.encrypted import salt_of
from hsf_cli.errors import Damaged, NoDepartment, Stopped
from hsf_cli.registers.department import is_as_it_was_left
from hsf_cli.store import Store
from tests.builders import family, served, taken_in
from tests.store.history import history_is
from tests.store.test_store import NAME, files_with

NOW = datetime(2026, 11, 22, 10, 15)


def folder_of(store: Store) -> Path:
    return copies.default_folder(store.path)


def name_folder(store: Store, folder: Path) -> None:
    with store.change("avdeling endre") as change:
        change.update("department", 1, copies_folder=str(folder))


@contextmanager
def no_file_larger_than(size: int) -> Iterator[None]:
    """As where the disk is full: what would make a file larger fails."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_copy_holds_everything_and_its_name_says_when(store: Store) -> None:
    taken_in(store, *served())
    made = copies.made(store)
    [copy] = copies.found(copies.folders(store), store.salt)
    assert copy.path == made.path
    assert copy.path.parent == folder_of(store)
    assert abs(copy.made_at - datetime.now()) < timedelta(seconds=60)
    assert copy.why == ""
    assert made.size == copy.path.stat().st_size
    with store.sibling(made.path) as one:
        assert copies.contents(one) == copies.contents(store)
        assert one.salt == store.salt


def test_the_name_says_why_where_nobody_asked(store: Store) -> None:
    made = copies.before(store, "før-import")
    assert made.path.name.endswith("-før-import.db")
    assert [copy.why for copy in copies.found(copies.folders(store))] == ["før import"]


def test_two_copies_of_one_second_are_two(store: Store) -> None:
    paths = {copies.made(store).path for _ in range(3)}
    assert len(paths) == 3
    assert {copy.path for copy in copies.found([folder_of(store)])} == paths


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_a_copy_and_its_folder_are_the_owners_alone_and_encrypted(store: Store) -> None:
    taken_in(store, family(navn=NAME))
    os.umask(0o022)
    made = copies.made(store)
    assert stat.S_IMODE(made.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(made.path.parent.stat().st_mode) == 0o700
    assert files_with(NAME, store.path.parent) == []


def test_nothing_but_copies_is_in_the_folder(store: Store) -> None:
    copies.made(store)
    assert all(path.name.startswith("avdeling-") for path in folder_of(store).iterdir())


def test_other_files_and_other_departments_are_no_copies(store: Store, tmp_path: Path) -> None:
    made = copies.made(store)
    for name in ("notater-2026-11-22-101500.db", "avdeling-2026-13-99-000000.db", "x.db", "y.txt"):
        (folder_of(store) / name).write_bytes(b"noe annet, og langt nok til et salt")
    with Store.create(tmp_path / "b.db", keys.new_key(), keys.new_salt()) as other:
        other.copy_to(folder_of(store) / "avdeling-2020-01-01-000000.db")
    found = copies.found([folder_of(store)], store.salt)
    assert [copy.path for copy in found] == [made.path]


def test_a_name_that_macos_has_taken_apart_is_read_as_it_was(store: Store) -> None:
    made = copies.before(store, "før-sammenslåing")
    apart = made.path.with_name(made.path.name.replace("å", "a\N{COMBINING RING ABOVE}"))
    made.path.rename(apart)
    assert [copy.why for copy in copies.found([folder_of(store)])] == ["før sammenslåing"]


def test_copies_go_to_the_folder_that_is_named(store: Store, tmp_path: Path) -> None:
    name_folder(store, tmp_path / "stasjon")
    made = copies.made(store)
    assert made.path.parent == tmp_path / "stasjon"
    assert made.notice == ""
    assert not folder_of(store).exists()


def test_where_the_named_folder_is_gone_they_go_to_the_usual_one_and_it_is_told(
    store: Store, tmp_path: Path
) -> None:
    (tmp_path / "fil").write_text("ikke en mappe")
    name_folder(store, tmp_path / "fil" / "stasjon")
    made = copies.made(store)
    assert made.path.parent == folder_of(store)
    assert str(folder_of(store)) in made.notice
    assert [copy.path for copy in copies.found(copies.folders(store), store.salt)] == [made.path]


def test_a_full_disk_leaves_no_copy_and_the_department_as_it_was(store: Store) -> None:
    taken_in(store, *served())
    good = copies.made(store).path
    before = store.path.read_bytes()
    with no_file_larger_than(200_000), pytest.raises(Stopped) as error:
        copies.made(store)
    assert "kan ikke skrives" in error.value.text
    assert "plass" in error.value.advice
    assert [*folder_of(store).iterdir()] == [good]
    assert store.path.read_bytes() == before
    assert copies.made(store).path.exists()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_told_of(store: Store) -> None:
    folder_of(store).mkdir(mode=0o500)
    with pytest.raises(Stopped, match="kan ikke skrives"):
        copies.made(store)


def test_before_what_goes_deep_it_stops_where_no_copy_can_be_made(store: Store) -> None:
    folder_of(store).write_text("en fil i veien")
    with pytest.raises(Stopped, match="Ingenting er gjort"):
        copies.before(store, "før-import")


def test_a_copy_that_is_not_as_it_was_written_is_thrown_away(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken_in(store, *served())
    copy_to = Store.copy_to

    def and_damage(self: Store, path: Path, key: str | None = None) -> None:
        copy_to(self, path, key)
        damage(path)

    monkeypatch.setattr(Store, "copy_to", and_damage)
    with pytest.raises(Stopped, match="ikke hel"):
        copies.made(store)
    assert [*folder_of(store).iterdir()] == []


def damage(path: Path, place: int = 100_000) -> None:
    with path.open("r+b") as file:
        file.seek(place)
        octets = file.read(64)
        file.seek(place)
        file.write(bytes(255 - octet for octet in octets))


def test_a_damaged_department_is_not_copied_over_good_copies(store: Store) -> None:
    taken_in(store, *served())
    path = store.path
    store.close()
    damage(path)
    with (
        Store.as_it_is(path, keys.found(salt_of(path), lambda: "")) as damaged,
        pytest.raises(Damaged, match="skadet"),
    ):
        copies.made(damaged)


def test_a_copy_as_a_file_of_ones_own_choice(store: Store, tmp_path: Path) -> None:
    target = tmp_path / "minne.db"
    assert copies.copied_to(store, target).path == target
    with store.sibling(target) as one:
        assert copies.is_sound(one)
    dated = copies.copied_to(store, tmp_path).path
    assert [copy.path for copy in copies.found([tmp_path], store.salt)] == [dated]


def test_the_departments_own_file_is_never_written_over(store: Store) -> None:
    before = store.path.read_bytes()
    with pytest.raises(Stopped, match="egen fil"):
        copies.copied_to(store, store.path)
    assert store.path.read_bytes() == before


@pytest.mark.usefixtures("impatient")
def test_somebody_who_writes_meanwhile_is_waited_for_and_not_for_ever(
    store: Store, empty_department: Path
) -> None:
    with store.sibling(empty_department) as other:
        other._connection.execute("PRAGMA query_only = OFF")
        other._connection.execute("BEGIN EXCLUSIVE")
        with pytest.raises(NoDepartment, match="opptatt"):
            copies.made(store)


# Once a day, and before the first change.


def left_on(store: Store, made_at: str) -> None:
    with store.change("test") as change:
        change.insert("family", name="Berg")
    with store._writing() as execute:
        execute("UPDATE change_set SET made_at = ?", [made_at])


def test_the_first_change_of_a_day_is_due_for_a_copy(store: Store) -> None:
    left_on(store, "2024-03-14T16:00:00+01:00")
    assert is_as_it_was_left(store)
    made = copies.made(store, "daglig")
    assert made.path.name.endswith("-daglig.db")
    with store.change("test") as change:
        change.insert("family", name="Dal")
    assert not is_as_it_was_left(store)


# Thinning.


def copy(made_at: datetime, why: str = "") -> Copy:
    return Copy(Path(f"avdeling-{made_at:%Y-%m-%d-%H%M%S}{why}.db"), made_at, why)


def kept(*made_at: datetime) -> set[datetime]:
    return {one.made_at for one in copies.kept([copy(day) for day in made_at], NOW)}


def days_ago(*days: float) -> list[datetime]:
    return [NOW - timedelta(days=day) for day in days]


def test_todays_copies_are_all_kept() -> None:
    today = [NOW - timedelta(hours=hour) for hour in range(9)]
    assert kept(*today) == {*today}


def test_of_each_of_the_last_seven_days_the_newest_is_kept() -> None:
    mornings, evenings = days_ago(*range(1, 8)), days_ago(*(day - 0.1 for day in range(1, 8)))
    assert kept(NOW, *mornings, *evenings) == {NOW, *evenings}


def test_a_year_of_daily_copies_becomes_days_weeks_and_months() -> None:
    daily = days_ago(*range(1_000))
    spared = kept(*daily)
    ages = sorted((NOW - one).days for one in spared)
    assert ages[:8] == [*range(8)]  # today and seven days
    by_age = Counter("weeks" if age <= 28 else "months" for age in ages[8:])
    assert 3 <= by_age["weeks"] <= 5
    assert 11 <= by_age["months"] <= 12
    assert ages[-1] <= 366
    assert len({(one.year, one.month) for one in spared}) == 13


def test_there_are_never_fewer_than_three() -> None:
    old = days_ago(2_000, 2_001, 2_002, 2_003)
    assert kept(*old) == {*old[:3]}
    assert kept(NOW, *old) == {NOW, *old[:2]}


@given(st.lists(st.integers(0, 800 * 24 * 3600), unique=True))
def test_the_newest_is_always_kept_and_thinning_again_takes_no_more(ages: list[int]) -> None:
    all_of_them = [copy(NOW - timedelta(seconds=age)) for age in ages]
    spared = copies.kept(all_of_them, NOW)
    assert len(spared) >= min(3, len(all_of_them))
    assert not all_of_them or max(all_of_them, key=lambda one: one.made_at) in spared
    assert copies.kept([*spared], NOW) == spared
    assert len([one for one in spared if one.made_at.date() < NOW.date()]) <= 7 + 5 + 13 + 3


def test_a_damaged_file_that_was_set_aside_is_left_to_people_and_counts_for_nothing() -> None:
    damaged = copy(NOW, "skadet")
    old = [copy(day) for day in days_ago(2_000, 2_001, 2_002)]
    assert copies.kept([damaged, *old], NOW) == {damaged, *old}


def test_a_copy_thins_the_older_ones_in_both_folders(store: Store, tmp_path: Path) -> None:
    name_folder(store, tmp_path / "stasjon")
    made = copies.made(store).path
    folder_of(store).mkdir()
    for number in range(10):
        for folder in (folder_of(store), made.parent):
            store.copy_to(folder / f"avdeling-2019-01-0{number}-120000.db")
    copies.made(store)
    found = copies.found(copies.folders(store), store.salt)
    assert len(found) == 3
    assert found[-1].made_at == datetime(2019, 1, 9, 12)


def test_a_copy_of_an_older_version_is_made_as_it_is(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    history_is(monkeypatch, [""] * (store.schema_version + 1))
    copies.before_migrating(store)
    [one] = copies.found(copies.folders(store))
    with store.sibling(one.path) as older:
        assert older.is_older
        assert older.schema_version == store.schema_version


def test_what_earlier_versions_left_beside_the_department_is_gathered_with_the_others(
    store: Store,
) -> None:
    old = store.path.with_name("avdeling-versjon-3-2026-11-01-101500.db")
    store.copy_to(old)
    other = store.path.with_name("annen-versjon-3-2026-11-01-101500.db")
    other.write_bytes(b"0" * 5_000)
    copies.before_migrating(store)
    assert (old.exists(), other.exists()) == (False, True)
    [newest, gathered] = copies.found(copies.folders(store), store.salt)
    assert gathered.made_at == datetime(2026, 11, 1, 10, 15)
    assert (newest.why, gathered.why) == ("før oppgradering", "før oppgradering")
