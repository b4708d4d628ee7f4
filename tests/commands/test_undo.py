"""`hsf data angre` and `hsf data logg`: what was done, in a coordinator's words, and back again."""

import getpass
import json
from collections.abc import Callable

import pytest

from hsf_cli.change import Change
from hsf_cli.store import Store
from tests.builders import (
    activity,
    assignment,
    child,
    family,
    hours,
    inquiry,
    taken_in,
    volunteer,
)
from tests.commands.test_terminal import terminal  # noqa: F401 (a fixture)
from tests.conftest import Run

Hsf = Callable[..., Run]


@pytest.fixture(autouse=True)
def siri(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: "siri")


@pytest.fixture
def served(store: Store) -> Store:
    """The family Hansen, with Berit, by one import: change set 2."""
    taken_in(
        store,
        family(navn="Hansen", telefon="22 33 44 55"),
        inquiry(mottatt="2025-01-01"),
        volunteer(navn="Berit"),
        assignment(startet="2025-08-01"),
    )
    return store


def changed(store: Store, command: str, table: str, number: int, **values: object) -> None:
    with store.change(command) as change:
        change.update(table, number, **values)


def told(hsf: Hsf, *words: object) -> list[str]:
    """What is said of the latest change, without asking for more."""
    run = hsf("data", "angre", *words)
    assert run.code == 4
    return [line.strip() for line in run.out.splitlines()[1:]]


def test_it_is_told_and_taken_back_and_how_to_do_it_again(hsf: Hsf, served: Store) -> None:
    changed(served, "oppdrag avslutt", "assignment", 1, ended_on="2026-02-03")
    run = hsf("data", "angre", "--ja")
    assert run.code == 0
    first, line, after = run.out.splitlines()
    assert first.startswith("Endring 3 (oppdrag avslutt), siri, ")
    assert line == "  Oppdrag O1 (Hansen – Berit) ble avsluttet 03.02.2026"
    assert after.endswith("er tatt tilbake. Gjør det om igjen: hsf data angre --endring 4")
    assert served.value("SELECT ended_on FROM assignment") is None
    again = hsf("data", "angre", "--endring", 4, "--ja")
    assert again.code == 0
    assert "Endring 3 gjelder igjen" in again.out
    assert served.value("SELECT ended_on FROM assignment") == "2026-02-03"


def test_repeated_it_walks_further_back_until_nothing_is_left(hsf: Hsf, served: Store) -> None:
    changed(served, "familie endre", "family", 1, name="Ny")
    assert [hsf("data", "angre", "--ja").code for _ in range(3)] == [0, 0, 4]
    assert served.value("SELECT count(*) FROM family") == 0
    run = hsf("data", "angre", "--ja")
    assert "Det er ingenting å angre." in run.err
    assert run.out == ""


def test_without_a_terminal_it_is_shown_and_not_done(hsf: Hsf, served: Store) -> None:
    run = hsf("data", "angre")
    assert run.code == 4
    assert "Familie F1 (Hansen) ble lagt til" in run.out
    assert "--ja" in run.err
    assert served.value("SELECT count(*) FROM family") == 1


def test_at_a_terminal_it_asks(terminal, hsf: Hsf, served: Store) -> None:  # noqa: F811
    asked = terminal("data", "angre")
    asked.expect("Ta dette tilbake")
    asked.sendline("n")
    asked.expect("Ingenting er endret")
    assert "Feil" not in asked.before  # it was an answer
    asked.wait()
    assert asked.exitstatus == 4
    asked = terminal("data", "angre")
    asked.expect("Ta dette tilbake")
    asked.sendline("j")
    asked.expect("Endring 2 er tatt tilbake")
    asked.wait()
    assert served.value("SELECT count(*) FROM family") == 0


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"phone": "99 88 77 66"}, "telefon fra 22 33 44 55 til 99 88 77 66"),
        ({"phone": None}, "telefon 22 33 44 55 tatt bort"),
        ({"help_before": '["nav"]'}, "hjelp før NAV"),
        ({"reception_centre": 1}, "asylmottak ja"),
        ({"civil_status": "enslig"}, "sivilstatus Ugift / enslig"),
        ({"note": "Ringte\n[bold]i går[/bold]"}, "notat endret"),
        ({"imported_id": "CRM-7"}, "id CRM-7"),
        ({"name": "Dal", "area": "Øst"}, "navn fra Hansen til Dal, område Øst"),
    ],
)
def test_a_change_is_told_in_the_words_of_the_sheets(
    hsf: Hsf, served: Store, values: dict[str, object], words: str
) -> None:
    changed(served, "familie endre", "family", 1, **values)
    (line,) = told(hsf)
    assert line.casefold().partition(": ")[2] == words.casefold()


def test_other_records_are_told_of_by_name(hsf: Hsf, served: Store) -> None:
    taken_in(served, volunteer("V2", navn="Åse"), hours(dato="2026-02-03"))
    with served.change("oppdrag endre") as change:
        change.update("assignment", 1, volunteer_id=2)
        change.delete("hours", 1)
    assert told(hsf) == [
        "Oppdrag O1 (Hansen – Åse): familiekontakt fra V1 (Berit) til V2 (Åse)",
        "Timeføring T1 (Berit, 03.02.2026) ble slettet",
    ]


def test_hours_are_told_as_hours(hsf: Hsf, served: Store) -> None:
    taken_in(served, hours(timer="2,5", dato="2026-02-03"))
    changed(served, "timer endre", "hours", 1, minutes=180, worked_on="2026-02-04")
    assert told(hsf) == [
        "Timeføring T1 (Berit, 04.02.2026): dato fra 03.02.2026 til 04.02.2026, timer fra 2,5 til 3"
    ]


def test_the_department_is_told_of_in_words_too(hsf: Hsf, store: Store) -> None:
    changed(store, "avdeling endre", "department", 1, position_percent=60)
    assert told(hsf) == ["Avdelingen: stillingsprosent fra 100 til 60"]


def test_what_happened_is_told_first_and_then_what_else_was_written(
    hsf: Hsf, served: Store
) -> None:
    changed(
        served, "oppdrag avslutt", "assignment", 1, end_reason="fullført", ended_on="2026-02-03"
    )
    assert told(hsf) == [
        "Oppdrag O1 (Hansen – Berit) ble avsluttet 03.02.2026: avslutningsgrunn Fullført"
    ]
    changed(served, "oppdrag endre", "assignment", 1, ended_on="2026-02-04")
    assert told(hsf) == ["Oppdrag O1 (Hansen – Berit): avsluttet fra 03.02.2026 til 04.02.2026"]


def test_what_is_written_for_a_report_is_told_of_by_its_title(hsf: Hsf, store: Store) -> None:
    texts = {"kapittel": "recruitment", "merknad": "volunteers.occupation.pensjonist"}
    with store.change("test") as change:
        for kind, part in texts.items():
            change.insert("report_text", year=2023, kind=kind, part=part, body="Noe")
        change.insert("report_text", year=2023, kind="kapittel", part="vårt_eget", body="Noe")
        change.insert("target", year=2024, figure="families.total", goal=28)
    names = [
        "Kapittel 11.0 Rekrutteringsarbeid og mediekontakt i årsrapporten for 2023",
        "Merknaden under 6.2.1 Familiekontaktenes yrkesstatus i årsrapporten for 2023",
        "Kapittel vårt_eget i årsrapporten for 2023",
        "Målet for familier i 2024",
    ]
    assert told(hsf) == [f"{name} ble lagt til" for name in names]
    changed(store, "rapport mål", "target", 1, goal=30)
    assert told(hsf) == ["Målet for familier i 2024: mål fra 28 til 30"]


def test_of_very_many_the_first_ten_are_told_and_their_number(hsf: Hsf, store: Store) -> None:
    taken_in(store, *(family(f"F{number}") for number in range(1, 1245)), volunteer())
    lines = told(hsf)
    assert len(lines) == 11
    assert lines[9] == "Familie F10 (Familie F10) ble lagt til"
    last = lines[10].replace("\N{NO-BREAK SPACE}", " ")
    assert last == "og 1 235 til: i alt 1 244 familier og 1 familiekontakt lagt til"


def test_an_older_change_is_taken_back_by_its_number(hsf: Hsf, served: Store) -> None:
    changed(served, "familie endre", "family", 1, phone="1")
    changed(served, "kontakt endre", "volunteer", 1, phone="2")
    assert hsf("data", "angre", "--endring", 3, "--ja").code == 0
    assert served.value("SELECT phone FROM family") == "22 33 44 55"
    assert served.value("SELECT phone FROM volunteer") == "2"


def test_an_older_change_that_something_builds_on_is_refused_at_once(
    hsf: Hsf, served: Store
) -> None:
    changed(served, "familie endre", "family", 1, phone="1")
    run = hsf("data", "angre", "--endring", 2, "--ja")
    assert (run.code, run.out) == (4, "")
    assert "Endring 3 (familie endre, " in run.err
    assert "bygger på endring 2: Familie F1 (Hansen)." in run.err
    assert "hsf data angre --endring 3" in run.err


@pytest.mark.parametrize(("number", "code"), [(99, 3), (1, 4), (0, 2), ("x", 2)])
def test_a_change_that_cannot_be_taken_back(
    hsf: Hsf, store: Store, number: object, code: int
) -> None:
    assert hsf("data", "angre", "--endring", number, "--ja").code == code


def logged(hsf: Hsf, *words: object) -> list[dict[str, object]]:
    run = hsf("data", "logg", "--format", "json", *words)
    assert run.code == 0, run.err
    rows: list[dict[str, object]] = json.loads(run.out)
    return rows


def test_the_log_says_who_did_what_the_newest_first(hsf: Hsf, served: Store) -> None:
    changed(served, "oppdrag avslutt", "assignment", 1, ended_on="2026-02-03")
    hsf("data", "angre", "--ja")
    undo, ended, imported, started = logged(hsf)
    assert (undo["number"], undo["command"], undo["undoes"]) == (4, "data angre 3", 3)
    assert (ended["made_by"], ended["command"], ended["undone_by"]) == (
        "siri", "oppdrag avslutt", 4,
    )  # fmt: skip
    assert ended["what"] == "Oppdrag O1 (Hansen – Berit) ble avsluttet 03.02.2026"
    assert undo["what"] == "Oppdrag O1 (Hansen – Berit): avsluttet 03.02.2026 tatt bort"
    assert imported["what"] == "4 poster lagt til"
    assert (started["command"], started["undone_by"]) == ("start", None)


def test_the_table_has_the_time_as_people_write_it(hsf: Hsf, store: Store) -> None:
    with store.change("test") as change:
        change.insert("family", name="Hansen")
        at = "UPDATE change_set SET made_at = '2026-02-03T10:15:59+01:00' WHERE id = 2"
        change._connection.execute(at)
    line = hsf("data", "logg").out.splitlines()[1]
    assert [cell.strip() for cell in line.split("  ") if cell] == [
        "2", "03.02.2026 10:15", "siri", "test", "Familie F1 (Hansen) ble lagt til",
    ]  # fmt: skip


def test_the_log_of_one_record(hsf: Hsf, served: Store) -> None:
    taken_in(served, family("CRM-7", navn="Dal"))
    changed(served, "familie endre", "family", 1, phone="1")
    changed(served, "familie endre", "family", 2, phone="2")
    rows = logged(hsf, "--post", "f1")
    assert [row["number"] for row in rows] == [4, 2]
    assert rows[1]["what"] == "Familie F1 (Hansen) ble lagt til"
    assert [row["number"] for row in logged(hsf, "--post", "CRM-7")] == [5, 3]


def test_the_log_of_a_record_that_is_no_more(hsf: Hsf, served: Store) -> None:
    taken_in(served, activity(tittel="Tur"))
    with served.change("aktivitet slett") as change:
        change.delete("activity", 1)
    assert [row["what"] for row in logged(hsf, "--post", "A1")] == [
        "Aktivitet A1 (Tur, 01.06.2023) ble slettet",
        "Aktivitet A1 (Tur, 01.06.2023) ble lagt til",
    ]


@pytest.mark.parametrize("text", ["F99", "X1", "ingen", "\udcff"])
def test_a_record_that_never_was_is_not_found(hsf: Hsf, served: Store, text: str) -> None:
    run = hsf("data", "logg", "--post", text)
    assert run.code == 3
    assert "F12" in run.err


def test_the_log_of_a_day_and_of_a_command(hsf: Hsf, store: Store) -> None:
    for number, day in enumerate(["2024-03-14", "2024-03-15"], start=1):
        with store.change(f"prøve {number}") as change:
            change.insert("family", name="Hansen")
            change._connection.execute(
                "UPDATE change_set SET made_at = ? WHERE id = ?",
                [f"{day}T23:59:00+01:00", number + 1],
            )
    assert [row["number"] for row in logged(hsf, "--dag", "i går")] == [2]
    assert [row["number"] for row in logged(hsf, "--kommando", "PROVE")] == [3, 2]
    assert logged(hsf, "--kommando", "PROVE", "--dag", "1.1") == []
    assert hsf("data", "logg", "--dag", "snart").code == 2


def test_the_log_from_a_day_to_a_day(hsf: Hsf, store: Store) -> None:
    for number, day in enumerate(["2024-03-01", "2024-03-02", "2024-03-03"], start=2):
        with store.change("prøve") as change:
            change.insert("family", name="Hansen")
            at = "UPDATE change_set SET made_at = ? WHERE id IN (1, ?)"
            change._connection.execute(at, [f"{day}T23:59:00+01:00", number])
    assert [row["number"] for row in logged(hsf, "--fra", "3.3")] == [4, 1]
    assert [row["number"] for row in logged(hsf, "--til", "2.3")] == [3, 2]
    assert [row["number"] for row in logged(hsf, "--fra", "2.3", "--til", "2.3")] == [3]
    refused = hsf("data", "logg", "--dag", "2.3", "--fra", "1.3")
    assert refused.code == 2
    assert "--dag" in refused.err


def test_an_empty_log_says_so(hsf: Hsf, store: Store) -> None:
    run = hsf("data", "logg", "--kommando", "kurs")
    assert run.code == 0
    assert run.out.startswith("Ingen endringer passer med valgene.")


def test_twenty_are_listed_unless_told(hsf: Hsf, store: Store) -> None:
    for number in range(30):
        changed(store, "avdeling endre", "department", 1, name=f"Navn {number}")
    assert len(logged(hsf)) == 20
    assert len(logged(hsf, "--antall", 25)) == 25
    shown = hsf("data", "logg").out
    assert "De 20 siste av 31. Se flere: hsf data logg --antall 100" in shown


def test_what_stood_there_then_is_told_also_when_it_has_changed_since(
    hsf: Hsf, served: Store
) -> None:
    for phone in ("1", "2", "3"):
        changed(served, "familie endre", "family", 1, phone=phone)
    with served.change("familie slett") as change:
        _remove_family(change)
    assert [row["what"] for row in logged(hsf, "--kommando", "familie endre")] == [
        "Familie F1 (Hansen): telefon fra 2 til 3",
        "Familie F1 (Hansen): telefon fra 1 til 2",
        "Familie F1 (Hansen): telefon fra 22 33 44 55 til 1",
    ]


def _remove_family(change: Change) -> None:
    for table in ("assignment", "inquiry", "family"):
        change.delete(table, 1)


def test_what_was_done_can_be_counted_in_short(hsf: Hsf, store: Store) -> None:
    taken_in(store, family("F1"), family("F2"), child())
    assert logged(hsf)[0]["what"] == "2 familier og 1 barn lagt til"


def test_a_report_that_is_locked_is_told_of_by_its_year_and_not_row_by_row(hsf, store) -> None:
    assert hsf("rapport", "lås", 2023, "--likevel", "Vi hadde ingen familier").code == 0
    rows = store.value("SELECT count(*) FROM report_figure")
    name = f"Årsrapporten for 2023 ({rows} tall)"
    assert told(hsf) == [f"{name} ble lagt til"]
    assert hsf("data", "angre", "--ja").code == 0
    undo, lock, *_ = logged(hsf)
    assert (undo["what"], lock["what"]) == (f"{name} ble slettet", f"{name} ble lagt til")


def test_a_department_whose_name_begins_with_a_bracket_is_told_of_and_undone(
    hsf, empty_department
) -> None:
    assert hsf("avdeling", "endre", "--navn", "[Prøve]").code == 0
    assert "[Prøve]" in hsf("data", "logg").out
    assert hsf("data", "angre", "--ja").code == 0
    assert "[Prøve]" not in hsf("avdeling", "vis").out


def test_an_older_change_is_not_taken_back_into_a_state_that_cannot_be(hsf, store) -> None:
    taken_in(store, family("F1"), inquiry(mottatt="2023-01-01"), volunteer(), assignment())
    hsf("oppdrag", "avslutt", "O1", "--grunn", "ny_familiekontakt", "--dato", "1.2.2024")
    older = store.value("SELECT max(id) FROM change_set")
    hsf("henvendelse", "avslutt", "H1", "--grunn", "trukket", "--dato", "10.2.2024")
    refused = hsf("data", "angre", "--endring", older, "--ja")
    assert refused.code == 4
    assert "saken ble avsluttet" in refused.err
    assert hsf("data", "angre", "--ja").code == 0
    assert hsf("data", "angre", "--endring", older, "--ja").code == 0


def test_the_latest_change_is_taken_back_also_to_what_imported_history_was(hsf, store) -> None:
    closed = {"avsluttet": "2023-06-01", "avslutningsgrunn": "trukket"}
    taken_in(store, family("F1"), inquiry(mottatt="2023-01-01", **closed), volunteer(),
             assignment(startet="2023-02-01"))  # fmt: skip
    hsf("henvendelse", "endre", "H1", "--avsluttet", "", "--avslutningsgrunn", "")
    hsf("oppdrag", "avslutt", "O1", "--dato", "1.6.2023", "--grunn", "fullført")
    assert hsf("data", "angre", "--ja").code == 0
    assert hsf("data", "angre", "--ja").code == 0
