"""`hsf data kopi` and `hsf data gjenopprett`: a copy made, and the department set back to it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hsf_cli import copies, keys
from hsf_cli.encrypted import salt_of
from hsf_cli.registers import erasing, replaying
from hsf_cli.store import Store
from tests.builders import family, served, taken_in
from tests.commands.terminal import DOWN, answer, ended, terminal
from tests.conftest import Run
from tests.pages import plain
from tests.store.test_copies import damage, left_on, name_folder, no_file_larger_than
from tests.store.test_migrations import KEY, SALT, database

__all__ = ["terminal"]

Hsf = Callable[..., Run]


HUNDREDTHS = [str(part) for part in range(2, 100, 12)]


def listed(hsf: Hsf) -> list[dict[str, Any]]:
    run = hsf("data", "gjenopprett", "--format", "json")
    assert run.code == 0, run.err
    found: list[dict[str, Any]] = json.loads(run.out)
    return found


def names(path: Path) -> list[str]:
    """The families' names in the department, opened anew."""
    key = keys.found(salt_of(path), lambda: "")
    with Store.open(path, key) as store:
        return [row["name"] for row in store.rows("SELECT name FROM family ORDER BY id")]


def journal_of(store: Store) -> list[tuple[str, bool]]:
    rows = store.rows("SELECT command, named FROM event ORDER BY id")
    return [(row["command"], bool(row["named"])) for row in rows]


# `hsf data kopi`.


def test_it_says_where_how_large_and_how_to_get_it_back(hsf: Hsf, store: Store) -> None:
    taken_in(store, *served())
    run = hsf("data", "kopi")
    assert run.code == 0
    [copy] = copies.found(copies.folders(store), store.salt)
    assert str(copy.path) in run.out
    assert "MB" in run.out
    assert f"hsf data gjenopprett {copy.path.name}" in run.out


def test_it_is_no_change_but_stands_in_the_log(hsf: Hsf, store: Store) -> None:
    hsf("data", "kopi")
    assert store.value("SELECT max(id) FROM change_set") == 1
    assert journal_of(store) == [("data kopi", False)]
    first = json.loads(hsf("data", "logg", "--format", "json").out)[0]
    assert (first["number"], first["command"]) == (None, "data kopi")
    assert hsf("data", "angre", "--ja").code == 4  # there is nothing to take back


def test_a_file_of_ones_own_is_written_over_only_when_asked_to(hsf: Hsf, store: Store) -> None:
    target = store.path.parent / "minne.db"
    assert hsf("data", "kopi", "--til", target).code == 0
    before = target.read_bytes()
    assert hsf("data", "kopi", "--til", target).code == 4
    assert target.read_bytes() == before
    assert hsf("data", "kopi", "--til", target, "--ja").code == 0


def test_a_folder_of_ones_own_gets_a_dated_copy(hsf: Hsf, store: Store, tmp_path: Path) -> None:
    run = hsf("data", "kopi", "--til", tmp_path)
    [copy] = copies.found([tmp_path], store.salt)
    assert f"hsf data gjenopprett {copy.path}" in run.out


def test_a_name_without_an_ending_is_a_folder_that_is_made(hsf: Hsf, store: Store, tmp_path: Path):
    assert hsf("data", "kopi", "--til", tmp_path / "hsf-kopier").code == 0
    [copy] = (tmp_path / "hsf-kopier").iterdir()
    assert copy.suffix == ".db"


def test_a_drive_that_is_gone_is_told_of_and_the_copy_is_made(hsf: Hsf, store: Store) -> None:
    (store.path.parent / "fil").write_text("")
    name_folder(store, store.path.parent / "fil" / "stasjon")
    run = hsf("data", "kopi")
    assert run.code == 0
    assert "kan ikke brukes nå" in run.err
    assert len(copies.found([copies.default_folder(store.path)])) == 1


def test_copies_in_a_folder_that_is_gone_are_told_of(hsf: Hsf, store: Store) -> None:
    folder = store.path.parent / "stasjon"
    name_folder(store, folder)
    run = hsf("data", "gjenopprett")
    assert run.code == 0
    assert f"vises ikke: {folder}" in run.err
    checked = hsf("data", "sjekk")
    assert (checked.code, str(folder) in checked.out) == (0, True)


def test_a_full_disk_is_told_of_in_words(hsf: Hsf, store: Store) -> None:
    with no_file_larger_than(100_000):
        run = hsf("data", "kopi")
    assert run.code == 4
    assert "kan ikke skrives" in run.err
    assert "Traceback" not in run.err


# The copies that are taken unasked.


def test_an_import_takes_a_copy_first_and_a_trial_takes_none(hsf: Hsf, store: Store) -> None:
    source = store.path.parent / "familier.csv"
    source.write_text("id;navn\nF1;Berg\n")
    left_on(store, "2024-01-01T12:00:00+01:00")
    assert hsf("data", "importer", source, "--prøv").code == 0
    assert copies.found(copies.folders(store)) == []
    assert hsf("data", "importer", source, "--oppdater").code == 0
    assert [copy.why for copy in copies.found(copies.folders(store))] == ["før import"]


def test_an_import_that_cannot_be_copied_first_is_not_made(hsf: Hsf, store: Store) -> None:
    source = store.path.parent / "familier.csv"
    source.write_text("id;navn\nF1;Berg\n")
    copies.default_folder(store.path).write_text("en fil i veien")
    run = hsf("data", "importer", source)
    assert run.code == 4
    assert "Ingenting er gjort" in run.err
    assert names(store.path) == []


def test_a_merge_takes_a_copy_first(hsf: Hsf, store: Store) -> None:
    taken_in(store, family("F1"), family("F2"))
    assert hsf("familie", "slå-sammen", "F1", "F2", "--ja").code == 0
    assert [copy.why for copy in copies.found(copies.folders(store))] == ["før sammenslåing"]


def test_the_first_change_of_a_day_takes_one_and_the_next_does_not(hsf: Hsf, store: Store) -> None:
    left_on(store, "2024-01-01T12:00:00+01:00")
    assert hsf("familie", "vis", "F1").code == 0
    assert copies.found(copies.folders(store)) == []  # reading is no change
    for name in ("Dal", "Eng"):
        assert hsf("familie", "endre", "F1", "--navn", name).code == 0
    [row] = listed(hsf)
    assert (row["why"], row["number"]) == ("daglig", 2)


def test_daily_work_goes_on_where_no_copy_can_be_taken(hsf: Hsf, store: Store) -> None:
    left_on(store, "2024-01-01T12:00:00+01:00")
    copies.default_folder(store.path).write_text("en fil i veien")
    run = hsf("familie", "endre", "F1", "--navn", "Dal")
    assert run.code == 0
    assert "Dagens kopi er ikke tatt" in run.err
    assert names(store.path) == ["Dal"]


def test_an_erasure_takes_no_copy(hsf: Hsf, store: Store) -> None:
    left_on(store, "2024-01-01T12:00:00+01:00")
    store.before_change = lambda: pytest.fail("a copy of what is to go")
    erasing.erased(store, "family", 1)


# `hsf data gjenopprett`.


def test_the_list_tells_what_is_in_each(hsf: Hsf, store: Store) -> None:
    hsf("data", "kopi")
    taken_in(store, *served())
    hsf("data", "kopi")
    newest, oldest = listed(hsf)
    assert (oldest["families"], newest["families"]) == (0, 1)
    assert (newest["volunteers"], newest["assignments"], newest["number"]) == (1, 1, 2)
    assert newest["command"] == "data importer"
    assert newest["made_at"] >= oldest["made_at"]
    table = hsf("data", "gjenopprett").out
    assert newest["file"] in table
    assert "hsf data gjenopprett" in table


def test_an_empty_list_says_how_to_get_one(hsf: Hsf, store: Store) -> None:
    assert "hsf data kopi" in hsf("data", "gjenopprett").out
    assert listed(hsf) == []


def test_a_copy_that_cannot_be_opened_says_so_in_the_list(hsf: Hsf, store: Store) -> None:
    made = copies.made(store).path
    with made.open("r+b") as file:
        file.seek(16)
        file.write(b"0" * 2_000)
    [row] = listed(hsf)
    assert (row["state"], row["families"]) == ("kan ikke åpnes", None)
    assert hsf("data", "gjenopprett", made.name, "--ja").code == 5


def test_it_is_set_back_and_what_was_is_kept(hsf: Hsf, store: Store) -> None:
    taken_in(store, family(navn="Berg"))
    hsf("data", "kopi")
    taken_in(store, family("F2", navn="Dal"))
    run = hsf("data", "gjenopprett", "avdeling-", "--ja")
    assert run.code == 0, run.err
    assert "1 familie" in run.out
    assert "2 familier" in run.out
    assert names(store.path) == ["Berg"]
    [kept] = [row for row in listed(hsf) if row["why"] == "før gjenoppretting"]
    assert kept["families"] == 2
    assert hsf("data", "gjenopprett", kept["file"], "--ja").code == 0
    assert names(store.path) == ["Berg", "Dal"]


def test_it_asks_first(hsf: Hsf, store: Store) -> None:
    hsf("data", "kopi")
    taken_in(store, family())
    before = store.path.read_bytes()
    run = hsf("data", "gjenopprett", "avdeling-")
    assert run.code == 4
    assert "--ja" in run.err
    assert store.path.read_bytes() == before


def test_who_has_the_department_open_meanwhile_sees_the_one_or_the_other(
    hsf: Hsf, store: Store
) -> None:
    taken_in(store, family(navn="Berg"))
    hsf("data", "kopi")
    taken_in(store, family("F2", navn="Dal"))
    assert hsf("data", "gjenopprett", "avdeling-", "--ja").code == 0
    assert store.value("SELECT count(*) FROM family") == 1
    with store.change("test") as change:
        assert change.insert("family", name="Eng") == 3  # F2 has been somebody
    assert names(store.path) == ["Berg", "Eng"]


def test_what_was_erased_since_is_erased_again(hsf: Hsf, store: Store) -> None:
    taken_in(store, family(navn="Xantippe"), family("F2", navn="Dal"))
    hsf("data", "kopi")
    erasing.erased(store, "family", 1)
    copy = listed(hsf)[0]["file"]
    run = hsf("data", "gjenopprett", copy, "--ja")
    assert run.code == 0, run.err
    assert names(store.path) == ["Dal"]
    assert store.value("SELECT count(*) FROM erasure") == 1
    assert hsf("data", "sjekk").code == 0
    again = hsf("data", "gjenopprett", copy, "--ja")
    assert names(store.path) == ["Dal"], again.err
    assert store.value("SELECT count(*) FROM erasure") == 1


@pytest.mark.parametrize("through", [0, 1, 2])
def test_it_goes_in_the_middle_of_a_change_of_keys_too(
    hsf: Hsf, store: Store, monkeypatch: pytest.MonkeyPatch, through: int
) -> None:
    """The department has the one key by then, or the new one, and so have the copies."""
    taken_in(store, family(navn="Xantippe"), family("F2", navn="Dal"))
    copy = copies.made(store).path
    erasing.erased(store, "family", 1)
    store.close()
    with monkeypatch.context() as patch:
        rekeyed, calls = Store.rekey, iter(range(through))

        def broken_off(self: Store, key: str) -> None:
            if next(calls, None) is None:
                raise KeyboardInterrupt
            rekeyed(self, key)

        patch.setattr(Store, "rekey", broken_off)
        assert hsf("data", "nøkkel", "--bytt", "--ja").code == 130
    assert [row["state"] for row in listed(hsf)] == [None, None]
    run = hsf("data", "gjenopprett", copy, "--ja")
    assert run.code == 0, run.err
    assert hsf("data", "nøkkel", "--bytt", "--ja").code == 0
    assert names(store.path) == ["Dal"]
    assert hsf("data", "sjekk").code == 0


def test_exports_stay_in_the_log_whatever_it_is_set_back_to(hsf: Hsf, store: Store) -> None:
    hsf("data", "kopi")
    hsf("data", "eksporter", store.path.parent / "ut")
    assert hsf("data", "gjenopprett", "avdeling-", "--ja").code == 0
    assert journal_of(store) == [
        ("data kopi", False), ("data eksporter", True), ("data gjenopprett", False),
    ]  # fmt: skip


@pytest.mark.parametrize("broken", ["gone", "empty", "short", "header", *HUNDREDTHS])
def test_a_department_that_is_lost_or_damaged_is_set_back_too(
    hsf: Hsf, store: Store, broken: str
) -> None:
    taken_in(store, family(navn="Berg"))
    hsf("data", "kopi")
    path, copy = store.path, listed(hsf)[0]["file"]
    store.close()
    match broken:
        case "gone":
            path.unlink()
        case "empty":
            path.write_bytes(b"")
        case "short":
            path.write_bytes(path.read_bytes()[:10_000])
        case "header":
            damage(path, 0)
        case hundredths:
            damage(path, path.stat().st_size * int(hundredths) // 100)
    content = path.read_bytes() if path.exists() else b""
    run = hsf("data", "gjenopprett", copy, "--ja")
    assert run.code == 0, run.err
    assert names(path) == ["Berg"]
    assert hsf("data", "sjekk").code in (0, 4)
    if content:
        [kept] = copies.default_folder(path).glob("*-skadet.db")
        assert kept.read_bytes() == content


def test_where_the_department_is_lost_the_other_copies_know_what_was_erased(
    hsf: Hsf, store: Store
) -> None:
    taken_in(store, family(navn="Xantippe"), family("F2", navn="Dal"))
    hsf("data", "kopi")
    old = listed(hsf)[0]["file"]
    erasing.erased(store, "family", 1)
    copies.made(store)
    store.close()
    store.path.unlink()
    assert hsf("data", "gjenopprett", old, "--ja").code == 0
    assert names(store.path) == ["Dal"]


def test_a_copy_of_another_department_is_refused(hsf: Hsf, store: Store, tmp_path: Path) -> None:
    salt, key = keys.new_salt(), keys.new_key()
    keys.keep("fil", salt, key, lambda: "")
    Store.create(tmp_path / "annen.db", key, salt).close()
    before = store.path.read_bytes()
    run = hsf("data", "gjenopprett", tmp_path / "annen.db", "--ja")
    assert run.code == 4
    assert "ingen kopi av denne avdelingen" in run.err
    assert store.path.read_bytes() == before


@pytest.mark.parametrize(("damaged", "code"), [(20, 5), (100_000, 5)])
def test_a_damaged_copy_is_refused(hsf: Hsf, store: Store, damaged: int, code: int) -> None:
    taken_in(store, *served())
    made = copies.made(store).path
    damage(made, damaged)
    before = store.path.read_bytes()
    run = hsf("data", "gjenopprett", made, "--ja")
    assert run.code == code
    assert "skadet" in run.err
    assert store.path.read_bytes() == before


def test_no_such_copy_and_several(hsf: Hsf, store: Store) -> None:
    copies.made(store)
    copies.made(store)
    for typed, text in (("1999", "Fant ingen kopi"), ("avdeling", "Flere kopier")):
        run = hsf("data", "gjenopprett", typed, "--ja")
        assert run.code == 3
        assert text in run.err


def test_a_blank_name_is_no_question(hsf: Hsf, store: Store) -> None:
    for _ in range(2):
        hsf("data", "kopi")
    run = hsf("data", "gjenopprett", "", "--ja")
    assert (run.code, "Flere kopier" in run.err) == (3, True)


def test_a_full_disk_while_setting_back_leaves_the_department_as_it_was(
    hsf: Hsf, store: Store
) -> None:
    copy = copies.made(store).path
    taken_in(store, family(navn="Berg"))
    with no_file_larger_than(100_000):
        run = hsf("data", "gjenopprett", copy, "--ja")
    assert run.code == 4
    assert names(store.path) == ["Berg"]
    assert [path.name for path in store.path.parent.iterdir() if path.name[0] == "."] == []


def test_what_somebody_else_does_meanwhile_is_not_lost(
    hsf: Hsf, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    hsf("data", "kopi")
    replayed = replaying.replayed

    def and_meanwhile(new: Store, told: Any) -> int:
        taken_in(store, family(navn="Berg"))
        return replayed(new, told)

    monkeypatch.setattr(replaying, "replayed", and_meanwhile)
    run = hsf("data", "gjenopprett", "avdeling-", "--ja")
    assert run.code == 4
    assert "Noen andre" in run.err
    assert names(store.path) == ["Berg"]


def test_at_a_terminal_one_is_chosen_and_nothing_is_the_first_choice(
    terminal, hsf: Hsf, store: Store
) -> None:
    taken_in(store, family(navn="Berg"))
    copies.made(store)
    taken_in(store, family("F2", navn="Dal"))
    child = terminal("data", "gjenopprett")
    answer(child, "Hvilken kopi")
    assert ended(child) == 0
    assert names(store.path) == ["Berg", "Dal"]
    child = terminal("data", "gjenopprett")
    answer(child, "Hvilken kopi", DOWN)
    answer(child, "Sette avdelingen tilbake til kopien?", "ja")
    assert ended(child) == 0
    assert names(store.path) == ["Berg"]


@pytest.mark.parametrize("version", [1, 3])
def test_a_copy_of_an_older_version_is_brought_up_to_date_and_erased_again(
    hsf: Hsf, home: Path, monkeypatch: pytest.MonkeyPatch, version: int
) -> None:
    path = home / "avdeling" / "avdeling.db"
    path.parent.mkdir()
    keys.keep("fil", SALT, KEY, str)
    database(path, version, monkeypatch)
    assert hsf("data", "sjekk").code == 0  # which brings it up to date, after a copy
    assert names(path) == ["Berg"]
    assert hsf("personvern", "slett", "F7", "--også-oppdrag", "--ja").code == 0
    [copy] = [row for row in listed(hsf) if row["schema_version"] == version]
    assert copy["why"] == "før oppgradering"
    run = hsf("data", "gjenopprett", copy["file"], "--ja")
    assert run.code == 0, run.err
    assert names(path) == []
    assert b"CRM-7" not in plain(path, KEY)
    assert hsf("data", "sjekk").code == 0
