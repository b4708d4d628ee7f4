"""Who is anonymised or erased is gone from everywhere, and the figures stay what they were."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings

from hsf_cli import keys
from hsf_cli.errors import Stopped
from hsf_cli.exchange.exporting import exported
from hsf_cli.exchange.sheets import SHEETS
from hsf_cli.exchange.values import BORN, EMAIL, LONG_TEXT, PHONE, TEXT
from hsf_cli.past import as_of, latest
from hsf_cli.registers import erasing, mentions
from hsf_cli.registers.department import opened
from hsf_cli.registers.mentions import BLOT
from hsf_cli.registers.merging import merged
from hsf_cli.registers.retention import expired, refuse_anonymising
from hsf_cli.registers.undoing import undoable, undone
from hsf_cli.registers.waiting import waiting_list
from hsf_cli.report import kept
from hsf_cli.report.figures import of as figures_of
from hsf_cli.report.forms import editions
from hsf_cli.store import Store
from hsf_cli.whose import placeholder
from tests.builders import (
    TODAY,
    Record,
    activity,
    activity_family,
    assignment,
    child,
    course,
    earlier_period,
    family,
    hours,
    inquiry,
    pause,
    registration,
    taken_in,
    volunteer,
)
from tests.pages import plain
from tests.report.figures import figures, report
from tests.report.made_up import EDGES, departments

KEY, SALT = "ab" * 32, "cd" * 16
YEARS = (2021, 2022, 2023, 2024)
# How many are made up: a few in the suite, many by `make faults`.
MANY = int(os.environ.get("HSF_FAULTS", "0"))
# Stands in everything that tells who somebody is, and nowhere else.
SECRET = "Qvist"
F12, V3 = ("family", 12), ("volunteer", 3)


@contextmanager
def department(*records: Record) -> Iterator[Store]:
    """A department of its own, whose key the test knows."""
    with TemporaryDirectory() as folder, Store.create(Path(folder) / "a.db", KEY, SALT) as store:
        with store.change("start") as change:
            change.insert("department", id=1, name="Home-Start Prøve")
        taken_in(store, *records)
        yield store


def secret(name: str) -> str:
    return f"{SECRET}{name}"


def family_12() -> list[Record]:
    """A family with something of every kind, and its name in every text of it."""
    other = {f"{name}_annet": secret(name) for name in ("utfordringer", "støtte", "nettverk")}
    return [
        family(
            "F12", navn=secret("gaard"), kontaktperson=f"Zara {SECRET}gaard",
            telefon="912 34 567", epost="zara@qvist.no", adresse="Qvistveien 1",
            område=secret("område"), språk=secret("språk"), sivilstatus="enslig",
            fant_oss="annet", fant_oss_annet=secret("fant"), notat=secret("notat"), **other,
        ),
        child("F12", "2021-05-06", navn=secret("barn"), særskilte_behov="ja"),
        inquiry(
            "H7", "F12", "2022-01-05", besøkt="2022-01-15", avsluttet="2022-11-01",
            avslutningsgrunn="annet", avslutning_annet=secret("slutt"), notat=secret("sak"),
            koordinator=secret("koordinator"), ring_tilbake=secret("ring"),
        ),
        ("samtaler", {"henvendelse": "H7", "dato": "2022-01-20", "notat": secret("samtale")}),
        ("samtykker", {"familie": "F12", "gitt": "2022-02-01", "delt_med": secret("delt"),
                       "hva": secret("hva")}),
        ("bekymringsmeldinger", {"familie": "F12", "sendt": "2022-03-01"}),
    ]  # fmt: skip


def volunteer_3() -> list[Record]:
    """A volunteer who left, with everything that is kept on one."""
    return [
        volunteer(
            "V3", "2021-01-01", navn=f"Xaver {SECRET}strand", telefon="987 65 432",
            epost="xaver@qvist.no", adresse="Qvistbakken 2", område=secret("område"),
            språk=secret("språk"), født="1980-04-05", yrkesstatus="annet",
            yrkesstatus_annet=secret("yrke"), fant_oss="annet", fant_oss_annet=secret("fant"),
            sluttet="2022-12-01", notat=secret("notat"), kapasitet="2", foretrekker="før 15",
            politiattest_sett_av=secret("sett"),
        ),
        earlier_period("V3", "2019-01-01", "2020-01-01"),
        pause("V3", "2021-07-01", "2021-07-31"),
        course("K1", "2020-11-01"),
        registration("K1", "V3", timer="21", fullført="ja"),
    ]  # fmt: skip


def both() -> list[Record]:
    """The two, with an assignment between them and everything that is kept on it."""
    return [
        *family_12(), *volunteer_3(),
        assignment("O9", "H7", "V3", "2022-02-01", "2022-10-01", klokkeslett="16:30",
                   avslutningsgrunn="annet", avslutning_annet=secret("oppdrag")),
        ("forlengelser", {"oppdrag": "O9", "besluttet": "2022-07-01", "til": "2022-10-01",
                          "begrunnelse": secret("lenger")}),
        ("oppfølginger", {"oppdrag": "O9", "type": "måned", "planlagt": "2022-03-01",
                          "gjort": "2022-03-02", "notat": secret("fulgt")}),
        ("unntak", {"regel": "kapasitet", "dato": "2022-02-01", "oppdrag": "O9",
                    "begrunnelse": secret("unntak")}),
        hours("oppdrag", "3", "2022-03-05", familiekontakt="V3", oppdrag="O9", besøk="1"),
        hours("annet", "2", "2022-04-05", familiekontakt="V3", type_annet=secret("timer")),
        activity("A1", "2022-05-01"), activity_family("A1", "F12"),
        family("F13", navn="Dahl"), inquiry("H8", "F13", "2024-01-01"), volunteer("V4"),
    ]  # fmt: skip


def counts(store: Store) -> dict[Any, Any]:
    """Every figure of every year and edition, and who waits on many days."""
    counted: dict[Any, Any] = {
        (year, edition): figures(store, year, edition) for year in YEARS for edition in editions()
    }
    for day in EDGES:
        waiting = waiting_list(store, date.fromisoformat(day))
        counted[day] = [(one.number, one.stage, one.days, one.ages) for one in waiting]
    return counted


def everyone(store: Store) -> list[tuple[str, int]]:
    return [
        (table, row["id"])
        for table in ("family", "volunteer")
        for row in store.rows(f"SELECT id FROM {table}")
    ]


def texts(store: Store) -> str:
    """Everything that the database holds, the log included, as one text."""
    tables = store.rows("SELECT name FROM sqlite_schema WHERE type = 'table'")
    return "\n".join(
        str(tuple(row)) for (name,) in tables for row in store.rows(f"SELECT * FROM {name}")
    )


# Every piece of what told who they were.
TRACES = (
    SECRET, "qvist", "Zara", "Xaver", "912 34 567", "91234567", "987 65 432", "98765432",
    "2021-05-06", "1980-04-05",
)  # fmt: skip


def traces(text: str) -> list[str]:
    return [trace for trace in TRACES if trace in text]


def traces_in_file(store: Store) -> list[str]:
    content = plain(store.path, KEY)
    return [trace for trace in TRACES if trace.encode() in content]


def with_a_history(store: Store) -> None:
    """Edits, removals and a merging, so that the log knows more than the records do."""
    with store.change("familie endre") as change:
        change.update("family", 12, name=secret("lund"), note=secret("mer") * 2_000, phone=None)
        change.update("volunteer", 3, note=None, email=None)
    with store.change("familie barn") as change:
        change.insert("child", family_id=12, name=secret("gammel"), born="2019-09-09")
    with store.change("familie barn") as change:
        change.delete("child", 2)
    with store.change("henvendelse ny") as change:
        change.insert("family", id=40, name=secret("gaard"), phone="912 34 567")
        change.insert("family", id=41, name=secret("lund"), note=secret("dobbel"))
        change.insert("inquiry", family_id=41, received_on="2021-03-01", closed_on="2021-04-01",
                      note=secret("tidlig"))  # fmt: skip
    for other in (41, 40):
        with store.change("familie slå-sammen") as change:
            merged(store, change, 12, other, {other: dict.fromkeys(_FIELDS, "Sto også")})
    store.set_aside("family 12", json.dumps({"note": secret("utkast")}))


_FIELDS = ("name", "phone", "contact_person", "email", "address")


@settings(max_examples=max(4, MANY // 20))
@given(made_up=departments())
def test_every_figure_of_every_year_stays_when_all_are_anonymised(made_up: list[Record]) -> None:
    with department(*made_up) as store:
        _work(store)
        before = {number: _as_counted(store, number) for number in range(2, latest(store) + 1, 3)}
        now = counts(store)
        erasing.anonymised(store, everyone(store))
        assert counts(store) == now
        assert {number: _as_counted(store, number) for number in before} == before


def _work(store: Store) -> None:
    """Some changes to whatever there is, so that there is something to unwind."""
    for table, number in everyone(store):
        with store.change("endre") as change:
            change.update(table, number, name="Kari", note="Ringt")
    for row in store.rows("SELECT id FROM child"):
        with store.change("endre") as change:
            change.update("child", row["id"], born="2020-02-03", special_needs=1)
    for row in store.rows("SELECT id FROM activity_family"):
        with store.change("slett") as change:
            change.delete("activity_family", row["id"])


def _as_counted(store: Store, number: int) -> dict[Any, Any]:
    with as_of(store, number) as then:
        return figures(then, 2023, 2023)


def test_nothing_is_left_of_them_anywhere_in_the_file() -> None:
    with department(*both()) as store:
        with_a_history(store)
        assert set(traces(texts(store))) == set(TRACES) - {"91234567", "98765432"}
        assert SECRET in traces_in_file(store)
        before, count = counts(store), store.value("SELECT count(*) FROM change")
        erasing.anonymised(store, [F12, V3])
        assert traces(texts(store)) == []
        assert traces_in_file(store) == []
        assert [path.name for path in store.path.parent.iterdir()] == ["a.db"]
        assert counts(store) == before
        assert store.value("SELECT count(*) FROM change") > count
        for number in range(2, latest(store) + 1):
            with as_of(store, number) as then:
                assert traces(texts(then)) == []


def test_what_is_left_is_what_is_counted() -> None:
    with department(*both()) as store:
        erasing.anonymised(store, [F12])
        (row,) = store.rows("SELECT name, civil_status, found_us, phone FROM family WHERE id = 12")
        assert tuple(row) == ("Anonymisert familie 12", "enslig", "annet", None)
        (row,) = store.rows("SELECT name, born, special_needs FROM child")
        assert tuple(row) == (None, "2021", 1)
        (row,) = store.rows("SELECT received_on, closed_on, closed_reason, note FROM inquiry")[:1]
        assert tuple(row) == ("2022-01-05", "2022-11-01", "annet", None)
        assert store.value("SELECT reason FROM extension") == erasing.REMOVED


def test_a_volunteers_assignments_keep_what_is_said_of_the_family() -> None:
    with department(*both()) as store:
        erasing.anonymised(store, [V3])
        assert store.value("SELECT note FROM follow_up") == secret("fulgt")
        assert store.value("SELECT kind_other FROM hours WHERE kind = 'annet'") is None
        assert store.value("SELECT born FROM volunteer WHERE id = 3") == "1980"


def test_ids_that_may_be_names_go_too_and_no_old_file_brings_anybody_back() -> None:
    old = [family(secret("-7"), navn=secret("gaard")), child(secret("-7"), id=secret("-b")),
           inquiry(secret("-h"), secret("-7"), avsluttet="2023-02-01"),
           volunteer(secret("-v"), sluttet="2023-02-01"),
           assignment(secret("-o"), secret("-h"), secret("-v"), "2023-01-02", "2023-01-31"),
           ]  # fmt: skip
    with department(*old) as store:
        erasing.anonymised(store, everyone(store))
        assert traces(texts(store)) == []
        before = texts(store)
        results = taken_in(store, *old, update=True)
        assert [result.erased for result in results] == [1, 1, 1, 1, 1]
        assert texts(store) == before


def test_an_export_from_before_brings_nothing_back(tmp_path: Path) -> None:
    from hsf_cli.exchange import importing, sources
    from hsf_cli.exchange.planning import Options

    with department(*both()) as store:
        exported(store, tmp_path / "før", TODAY, lambda _, __: None)
        erasing.anonymised(store, [F12, V3])
        with sources.opened(tmp_path / "før") as source:
            options = Options(update=True)
            importing.imported(store, source, options, TODAY, lambda _, __: None)
        assert traces(texts(store)) == []
        exported(store, tmp_path / "etter", TODAY, lambda _, __: None)
        after = "".join(path.read_text() for path in (tmp_path / "etter").iterdir())
        assert traces(after) == []


@pytest.mark.parametrize("how", ["anonymisert", "slettet"])
def test_no_undo_brings_anything_back(how: str) -> None:
    with department(*both()) as store:
        with_a_history(store)
        last = latest(store)
        if how == "anonymisert":
            erasing.anonymised(store, [F12, V3])
        else:
            erasing.erased(store, *F12)
            erasing.erased(store, *V3)
        with pytest.raises(Stopped, match="kan ikke tas tilbake"):
            undoable(store)
        with pytest.raises(Stopped, match=r"personvern \w+\) kan ikke tas tilbake"):
            undoable(store, last + 1)
        for number in range(last, 0, -1):
            try:
                undone(store, undoable(store, number))
            except Stopped:
                continue
            assert traces(texts(store)) == []


def test_others_are_as_they_were() -> None:
    def others(store: Store) -> list[Any]:
        return [
            [tuple(row) for row in store.rows(sql)]
            for sql in ("SELECT * FROM family WHERE id = 13", "SELECT * FROM activity",
                        "SELECT * FROM inquiry WHERE family_id = 13", "SELECT * FROM course",
                        "SELECT * FROM volunteer WHERE id = 4")
        ]  # fmt: skip

    with department(*both()) as store:
        before = others(store)
        erasing.anonymised(store, [F12])
        erasing.erased(store, *V3)
        assert others(store) == before


def test_erasing_takes_everything_of_a_family_and_lets_the_log_forget_it() -> None:
    with department(*both()) as store:
        with_a_history(store)
        last = latest(store)
        erasing.erased(store, *F12)
        assert not store.value("SELECT count(*) FROM family WHERE id = 12")
        for table in ("child", "consent", "concern_report", "talk", "assignment", "follow_up"):
            assert store.value(f"SELECT count(*) FROM {table}") == 0, table
        assert store.rows("PRAGMA foreign_key_check") == []
        assert "Zara" not in texts(store)
        with pytest.raises(Stopped, match="slettet noe som loggen ikke lenger har"):
            as_of(store, last)
        with as_of(store, latest(store)) as now:
            assert now.value("SELECT count(*) FROM family") == 1
        # Neither it nor those that were joined into it comes back by an old file.
        results = taken_in(store, *family_12(), family("F41"))
        assert [result.added for result in results] == [0] * len(results)


def test_a_report_that_is_locked_keeps_its_figures() -> None:
    with department(*both()) as store:
        figures = figures_of(report(store, 2022, 2023))
        with store.change("rapport lås") as change:
            kept.keep(change, figures)
        locked = kept.kept(store, 2022)
        erasing.erased(store, *F12)
        assert kept.kept(store, 2022) == locked


def test_who_was_removed_before_goes_out_of_the_log_too() -> None:
    with department(family("F5", navn=secret("dal"), telefon="912 34 567")) as store:
        with store.change("familie slett") as change:
            change.delete("family", 5)
        assert [one.short for one in expired(store, date(2099, 1, 1))] == ["F5"]
        erasing.anonymised(store, [("family", 5)])
        assert traces(texts(store)) == []
        assert expired(store, date(2099, 1, 1)) == []
        with as_of(store, 2) as then:
            assert then.value("SELECT name FROM family") == placeholder("family", 5)


def test_what_was_done_is_told_and_holds_nothing_of_whom() -> None:
    with department(*both()) as store:
        erasing.anonymised(store, [F12])
        (erased,) = store.rows("SELECT record, record_id, how, swept FROM erasure")
        assert tuple(erased) == ("family", 12, "anonymisert", 1)
        command = store.value("SELECT command FROM change_set ORDER BY id DESC LIMIT 1")
        assert command == "personvern anonymiser"


def test_mentions_in_others_texts_are_found_and_can_be_blotted_out() -> None:
    with department(*both()) as store:
        for note in ("Var hos Qvistgaards i går", "Ring zara qvistGAARD på +47 91 23 45 67.",
                     "Zara er hyggelig", "En kvistgaard i skogen"):  # fmt: skip
            with store.change("kontakt endre") as change:
                change.update("volunteer", 4, note=note)
        with store.change("kontakt endre") as change:
            change.update("family", 13, note="Zara er her også")
        found = mentions.found(store, erasing.erases(store, *F12, how="anonymisert"))
        told = {(one.table, one.number, one.is_certain) for one in found}
        assert told == {("volunteer", 4, True), ("family", 13, False)}
        erasing.anonymised(store, [F12], [one for one in found if one.is_certain])
        log = texts(store)
        assert "Zara er her også" in log
        assert "Var hos [anonymisert] i går" in log
        assert "Ring [anonymisert] på [anonymisert]." in log
        assert "[anonymisert] er hyggelig" in log
        assert "En kvistgaard i skogen" in log


@pytest.mark.parametrize(
    ("others", "is_certain"),
    [([], True), ([family("F2", navn="Dahl")], False), ([volunteer("V2", navn="Liv Dahl")], False)],
)
def test_a_word_that_others_are_called_too_is_for_a_person_to_judge(
    others: list[Record], is_certain: bool
) -> None:
    texts_of_others = [volunteer("V1", notat="Var hos Dahl"), volunteer("V3", notat="Så Wenche")]
    gone = family("F1", navn="Dahl", kontaktperson="Wenche")
    with department(gone, *texts_of_others, *others) as store:
        found = mentions.found(store, erasing.erases(store, "family", 1, how="anonymisert"))
        told = {one.number: one.is_certain for one in found}
        assert told == {1: is_certain, 3: False}


def test_what_was_answered_and_is_no_record_yet_goes_too() -> None:
    with department(*both()) as store:
        for name in ("family 12", "inquiry 7", "volunteer 3"):
            store.set_aside(name, json.dumps({"note": "Ringte"}))
        told = {"6.1": f"Takk til Xaver {SECRET}strand", "lines": [["O9", "912 34 567"]], "n": 3}
        store.set_aside("report_text 2023 x", json.dumps(told))
        erasing.anonymised(store, [F12, V3])
        (draft,) = store.rows("SELECT name, answers FROM draft")
        blotted = {"6.1": f"Takk til {BLOT}", "lines": [["O9", BLOT]], "n": 3}
        assert (draft["name"], json.loads(draft["answers"])) == ("report_text 2023 x", blotted)


@pytest.mark.parametrize("name", ["abc(", "a.b*c[x]", "\\abc", "Ø" * 200, "👩‍👧 O'Brien", "%_abc"])
def test_strange_names_are_found_and_go(name: str) -> None:
    with department(family("F1", navn=name), volunteer("V1", notat=f"Hos {name} i går")) as store:
        found = mentions.found(store, erasing.erases(store, "family", 1, how="anonymisert"))
        erasing.anonymised(store, [("family", 1)], found)
        assert store.value("SELECT name FROM family") == "Anonymisert familie 1"
        assert store.value("SELECT note FROM volunteer") == "Hos [anonymisert] i går"


def test_no_trace_is_left_where_records_have_moved_in_the_file() -> None:
    """What an index is split into keeps what it moved, until the file is written anew."""
    random = Random(0)
    with department() as store:
        ids = [f"{random.randrange(10**9)}-{SECRET}" for _ in range(600)]
        for start in range(0, len(ids), 40):
            taken_in(store, *(family(id, notat="x" * 300) for id in ids[start : start + 40]))
        erasing.anonymised(store, [("family", number) for number in range(1, 601, 7)])
        content = plain(store.path, KEY)
        assert [id for id in ids[::7] if id.encode() in content] == []
        assert sum(id.encode() in content for id in ids) == len(ids) - len(ids[::7])


def test_an_erasure_broken_off_is_finished_when_it_is_next_opened(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The journal is gone when it is written; what it moved out of is blank after the next time."""
    taken_in(store, *both())
    with_a_history(store)
    with monkeypatch.context() as patch:
        patch.setattr(Store, "sweep", lambda _: None)
        erasing.anonymised(store, [F12, V3])
    assert [path.name for path in store.path.parent.iterdir()] == [store.path.name]
    opened(store.path, str).close()
    assert store.value("SELECT min(swept) FROM erasure") == 1
    key = keys.found(store.salt, str)
    assert [trace for trace in TRACES if trace.encode() in plain(store.path, key)] == []


def columns(*values: object) -> set[tuple[str, str]]:
    return {
        (sheet.table, column.field)
        for sheet in SHEETS
        for column in sheet.columns
        if column.value in values
    }


def test_every_text_on_people_is_taken() -> None:
    """A column that is added later has to be decided on here."""
    taken = {(table, field) for table, fields in erasing.TAKEN.items() for field in fields}
    written = columns(TEXT, LONG_TEXT, PHONE, EMAIL, BORN)
    of_people = {one for one in written if one[0] in erasing.TAKEN}
    assert of_people - taken == {("rule_exception", "rule")}
    assert {field for _, field in taken - of_people} == {"imported_id", "prefers", "capacity"}


def test_every_running_text_is_looked_through() -> None:
    told = {(table, field) for table, fields in mentions.PROSE.items() for field in fields}
    whoever = {"name", "contact_person", "address", "area", "language", "coordinator",
               "certificate_seen_by"}  # fmt: skip
    forms = {("rule_exception", "rule"), ("annual_report", "department"),
             ("annual_report", "number"), ("annual_report", "title"), ("report_text", "part"),
             ("target", "figure")}  # fmt: skip
    written = {one for one in columns(TEXT, LONG_TEXT) if one[0] != "report_figure"}
    left = {one for one in written - told if one[1] not in whoever or one[0] == "course"}
    assert left == forms
    assert told <= written


OPEN = [
    ([family("F1"), inquiry("H1", "F1")], ("family", 1), "åpen sak"),
    ([*family_12(), volunteer("V4"), assignment("O1", "H7", "V4", "2022-02-01")], F12, "pågår"),
    ([volunteer("V3")], V3, "ikke sluttet"),
    ([volunteer("V3", sluttet="2024-03-16")], V3, "ikke sluttet"),
]


@pytest.mark.parametrize(("records", "who", "said"), OPEN)
def test_who_is_still_here_is_not_anonymised(
    records: list[Record], who: tuple[str, int], said: str
) -> None:
    with department(*records) as store, pytest.raises(Stopped, match=said):
        refuse_anonymising(store, *who, TODAY)


@pytest.mark.parametrize(
    ("records", "who"),
    [([family("F1"), inquiry("H1", "F1", avsluttet="2024-03-15")], ("family", 1)),
     ([volunteer("V3", sluttet="2024-03-15")], V3), ([volunteer("V3", "")], V3)],
)  # fmt: skip
def test_who_has_come_to_an_end_here_may_be(records: list[Record], who: tuple[str, int]) -> None:
    with department(*records) as store:
        refuse_anonymising(store, *who, TODAY)
        erasing.anonymised(store, [who])
        with pytest.raises(Stopped, match="anonymisert fra før"):
            refuse_anonymising(store, *who, TODAY)


DEADLINES = [
    ([family("F1"), inquiry("H1", "F1", "2021-01-01", avsluttet="2022-03-15")], "F1"),
    ([volunteer("V3", sluttet="2022-03-15")], "V3"),
    ([volunteer("V3", "", meldt_seg="2022-03-15")], "V3"),
    ([family("F1"), inquiry("H1", "F1", "2021-01-01", avsluttet="2022-03-15"),
      activity("A1", "2023-03-15"), activity_family("A1", "F1")], "F1"),
    ([family("F1"), activity("A1", "2022-03-15"), activity_family("A1", "F1")], "F1"),
    ([family("F1"), inquiry("H1", "F1", "2021-01-01", avsluttet="2021-03-15"), volunteer(),
      assignment("O1", "H1", "V1", "2021-02-01", "2022-03-15")], "F1"),
]  # fmt: skip


@pytest.mark.parametrize(("records", "who"), DEADLINES)
def test_the_time_is_out_two_years_after_to_the_day(records: list[Record], who: str) -> None:
    with department(*records) as store:
        assert expired(store, date(2024, 3, 14)) == []
        assert [one.short for one in expired(store, date(2024, 3, 15))] == [who]
        with store.change("avdeling endre") as change:
            change.update("department", 1, retention_months=36)
        assert expired(store, date(2025, 3, 14)) == []


def test_whose_case_is_open_again_has_time() -> None:
    records = [family("F1"), inquiry("H1", "F1", "2019-01-01", avsluttet="2020-01-01"),
               inquiry("H2", "F1", "2020-02-01")]  # fmt: skip
    with department(*records) as store:
        assert expired(store, date(2099, 1, 1)) == []


def test_the_longest_ago_comes_first() -> None:
    records = [
        record
        for n, year in ((1, 2021), (2, 2019), (3, 2020))
        for record in (
            family(f"F{n}"), inquiry(f"H{n}", f"F{n}", "2018-01-01", avsluttet=f"{year}-01-01"),
        )
    ]  # fmt: skip
    with department(*records) as store:
        assert [one.short for one in expired(store, TODAY)] == ["F2", "F3", "F1"]


def test_an_assignment_stands_against_erasing_and_not_a_family_of_its_own() -> None:
    with department(*both()) as store:
        with pytest.raises(Stopped, match="1 oppdrag med 1 timeføring"):
            erasing.refuse_erasing(store, *F12)
        with pytest.raises(Stopped, match="en families sak"):
            erasing.refuse_erasing(store, *V3)
        erasing.refuse_erasing(store, "family", 13)
        assert list(erasing.years(store, *F12, TODAY)) == [2022]
        assert list(erasing.years(store, "family", 13, TODAY)) == [2024]
