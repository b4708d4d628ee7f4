"""The file without names: nobody's words in it, and the figures that the report has."""

import json
import random
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from sqlite_utils import Database

from hsf_cli.analysis import tables
from hsf_cli.analysis.tables import words
from hsf_cli.analysis.writing import metadata_path, written
from hsf_cli.exchange.sheets import SHEETS
from hsf_cli.registers.waiting import waiting_list
from hsf_cli.report import figures
from hsf_cli.report.count import counted
from hsf_cli.report.forms import shipped
from hsf_cli.store import Store
from tests.builders import (
    Record,
    assignment,
    child,
    family,
    hours,
    inquiry,
    served,
    taken_in,
    volunteer,
)
from tests.conftest import TODAY, Run
from tests.life.one_of_each import one_of_each
from tests.registers.test_erasing import department
from tests.report.made_up import departments

Hsf = Callable[..., Run]
NAME = "Zqvistæl"


def quiet(_sheet: str, _rows: int) -> None:
    """Nobody is told how far it has come."""


def nameless(store: Store, path: Path, seed: int = 1) -> Path:
    """The file without names."""
    written(store, path, TODAY, quiet, random.Random(seed))
    return path


def asked(path: Path, sql: str) -> list[tuple[Any, ...]]:
    """What Python's own SQLite reads in it."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()


@pytest.fixture
def everything(store: Store, tmp_path: Path) -> Path:
    """The file of a department with a record of every kind, and one name in all that is text."""
    taken_in(store, *one_of_each(lambda text: f"{NAME} {text}"))
    taken_in(store, family(f"{NAME}-1", utfordringer="nettverk,annet"))
    return nameless(store, tmp_path / "analyse.db")


def test_nobodys_words_are_in_the_bytes_of_the_file_or_beside_it(everything: Path) -> None:
    for path in (everything, metadata_path(everything)):
        content = path.read_bytes()
        for text in (NAME, "900 00", "Sentrum", "Home-Start Prøve", "Siri"):
            assert text.encode() not in content


def test_every_table_view_and_column_is_described_in_the_file_and_for_datasette(
    everything: Path,
) -> None:
    told = {tuple(row) for row in asked(everything, "SELECT tabell, kolonne FROM beskrivelser")}
    shown = json.loads(metadata_path(everything).read_text())["databases"]["analyse"]["tables"]
    names = asked(everything, "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL")
    for name, sql in names:
        if name == "beskrivelser":
            continue
        columns = [row[1] for row in asked(everything, f"PRAGMA table_info({name})")]
        assert {(name, column) for column in ["", *columns]} <= told
        assert [*shown[name]["columns"]] == columns
        assert shown[name]["description"] in sql.replace("\n-- ", " ")


def test_every_view_runs_and_what_is_referred_to_is_there(everything: Path) -> None:
    with closing(sqlite3.connect(everything)) as connection:
        database = Database(connection)
        rows = {view.name: list(view.rows) for view in database.views}
        assert next(database["familier"].rows)["id"].startswith("familie-")
    assert len(rows) > 8
    assert [view for view, found in rows.items() if not found] == []
    assert asked(everything, "PRAGMA foreign_key_check") == []
    assert asked(everything, "PRAGMA integrity_check") == [("ok",)]


def test_every_kind_of_record_is_in_the_file_or_left_out_for_a_reason() -> None:
    kinds = {sheet.table for sheet in SHEETS}
    assert words()["tables"].keys() | words()["left_out"].keys() == kinds
    assert not words()["tables"].keys() & words()["left_out"].keys()


def test_what_anonymising_takes_and_what_nobody_counts_is_not_in_the_file() -> None:
    kept = {sheet.table: {column.field for column in tables.kept(sheet)} for sheet in SHEETS}
    assert kept["volunteer"] == {
        "gender", "born", "occupation", "has_children", "found_us", "home_visit_on",
        "approved_on", "left_on", "signed_up_on",
    }  # fmt: skip
    assert kept["family"].isdisjoint({"area", "language", "prefers"})


def test_of_a_birth_only_the_year_is_told(store: Store, tmp_path: Path) -> None:
    taken_in(store, family(), child(født="2021-03-17"), volunteer(født="1960-02-03"))
    path = nameless(store, tmp_path / "analyse.db")
    assert asked(path, "SELECT fødselsår FROM barn") == [(2021,)]
    assert asked(path, "SELECT fødselsår FROM familiekontakter") == [(1960,)]
    assert b"03-17" not in path.read_bytes()


def test_pseudonyms_are_drawn_anew_and_hold_together_in_one_file(
    store: Store, tmp_path: Path
) -> None:
    taken_in(store, *(record for n in range(1, 9) for record in served(str(n))))
    orders = []
    for seed in (1, 2):
        path = nameless(store, tmp_path / f"{seed}.db", seed)
        sql = "SELECT familie FROM henvendelser h JOIN oppdrag o ON o.henvendelse = h.id"
        assert len(set(asked(path, sql))) == 8
        orders.append(asked(path, "SELECT id, familie FROM henvendelser"))
    assert orders[0] != orders[1]
    assert any(one[-1] != other[-1] for one, other in orders[0])


@settings(max_examples=8, phases=[Phase.generate])
@given(made_up=departments())
def test_the_figures_are_the_reports_and_the_waiting_list_is_the_programs(
    tmp_path_factory: pytest.TempPathFactory, made_up: list[Record]
) -> None:
    path = tmp_path_factory.mktemp("ut") / "analyse.db"
    with department(*made_up, *served("90")) as store:
        nameless(store, path)
        waits = [(one.received_on, one.days, one.stage) for one in waiting_list(store, TODAY)]
        report = figures.of(counted(store, shipped(2023), 2023, datetime.now().astimezone()))
    by_key = {key: line.value for key, line in report.by_key.items()}
    sql = "SELECT familier, barn, enslige FROM familier_per_år WHERE år = 2023"
    keys = ("families.total", "children.total", "families.civil_status.enslig")
    assert asked(path, sql) == [tuple(by_key[key] for key in keys)]
    sql = "SELECT mottatt, dager, venter_på FROM venteliste"
    assert sorted(asked(path, sql)) == sorted(waits)
    sql = "SELECT coalesce(sum(minutter), 0) FROM skjema_timer WHERE år = 2023"
    sql += " AND type = 'oppdrag'"
    in_month = "SELECT coalesce(sum(timer), 0) FROM timer_per_måned WHERE måned LIKE '2023-%'"
    in_month += " AND type = 'oppdrag'"
    ((minutes,),), ((in_hours,),) = asked(path, sql), asked(path, in_month)
    assert in_hours == pytest.approx(minutes / 60, abs=0.1)


def test_durations_and_hours_are_as_recorded(store: Store, tmp_path: Path) -> None:
    taken_in(
        store, family(), inquiry(mottatt="2023-01-01", besøkt="2023-01-11"), volunteer(),
        assignment(startet="2023-02-01", avsluttet="2023-03-02", avslutningsgrunn="fullført"),
        hours("oppdrag", "2,5", "2023-02-10", besøk="1", kjøring="0,5"),
        hours("oppdrag", "3", "2023-02-20", besøk="2"),
    )  # fmt: skip
    path = nameless(store, tmp_path / "analyse.db")
    assert asked(path, "SELECT dager, måneder, pågår FROM varighet") == [(29, 2, 0)]
    assert asked(path, "SELECT dager_til_besøk, dager_til_oppdrag FROM ventetid") == [(10, 31)]
    sql = "SELECT måned, type, besøk, timer, kjøretimer FROM timer_per_måned"
    assert asked(path, sql) == [("2023-02", "oppdrag", 3, 5.5, 0.5)]


@pytest.fixture
def out(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to export to, for a department with a family."""
    taken_in(store, *served())
    store.close()
    folder = tmp_path / "ut"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def test_the_command_writes_it_for_its_owner_alone_and_notes_it(
    out: Path, hsf: Hsf, empty_department: Path
) -> None:
    run = hsf("data", "eksporter", "--til", "analyse.db", "--uten-navn")
    assert run.code == 0
    assert "kjennes igjen" in run.err
    assert sorted(path.name for path in out.iterdir()) == ["analyse.db", "analyse.metadata.json"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in out.iterdir()} == {0o600}
    assert "Skrevet til fil, uten navn" in hsf("data", "logg").out
    again = hsf("data", "eksporter", "--til", "analyse.db", "--uten-navn")
    assert (again.code, "finnes fra før" in again.err) == (4, True)
    assert hsf("data", "eksporter", "analyse.db", "--uten-navn", "--ja").code == 0
    (out / "analyse.db").unlink()
    again = hsf("data", "eksporter", "--til", "analyse.db", "--uten-navn")
    assert (again.code, "analyse.metadata.json finnes fra før" in again.err) == (4, True)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["analyse.db"], 2, "ikke kryptert"),
        (["--til", "analyse.db"], 2, "--uten-navn"),
        (["mappe", "--uten-navn"], 2, ".db"),
        (["mappe", "--til", "analyse.db"], 2, "bare den ene"),
        ([], 2, "hvor postene skal"),
        (["--til", "borte/analyse.db", "--uten-navn"], 3, "Finner ikke mappen"),
    ],
)
def test_the_command_refuses_with_the_reason_and_writes_nothing(
    out: Path, hsf: Hsf, words: list[str], code: int, said: str
) -> None:
    run = hsf("data", "eksporter", *words)
    assert (run.code, said in run.err) == (code, True)
    assert list(out.iterdir()) == []


def test_a_department_is_never_written_over_nor_a_folder(
    out: Path, hsf: Hsf, empty_department: Path
) -> None:
    before = empty_department.read_bytes()
    (out / "mappe.db").mkdir()
    for there in (empty_department, "mappe.db"):
        run = hsf("data", "eksporter", "--til", there, "--uten-navn", "--ja")
        assert (run.code, "røres ikke" in run.err) == (4, True)
    assert empty_department.read_bytes() == before


def test_nothing_is_left_where_the_file_cannot_be_finished(
    out: Path, hsf: Hsf, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError("no room")

    monkeypatch.setattr("hsf_cli.plain_file.write", full)
    run = hsf("data", "eksporter", "--til", "analyse.db", "--uten-navn")
    assert (run.code, "Kan ikke skrive" in run.err) == (4, True)
    assert list(out.iterdir()) == []
