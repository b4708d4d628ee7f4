"""`hsf data sjekk`: what is wrong is found and told, and what is not is left alone."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from hsf_cli import copies
from hsf_cli.registers.department import opened
from hsf_cli.store import Store
from tests.builders import (
    assignment,
    course,
    family,
    hours,
    inquiry,
    registration,
    served,
    taken_in,
    volunteer,
)
from tests.conftest import Run
from tests.exchange.everything import everything
from tests.store.test_copies import damage

Hsf = Callable[..., Run]


def found(hsf: Hsf) -> dict[str, str]:
    """What was found to be wrong, by the check that found it."""
    return {row["check"]: row["finding"] for row in rows(hsf) if row["state"] == "wrong"}


def remarks(hsf: Hsf) -> list[str]:
    """What may be so without anything being broken."""
    return [row["finding"] for row in rows(hsf) if row["state"] == "remark"]


def rows(hsf: Hsf) -> list[dict[str, str]]:
    run = hsf("data", "sjekk", "--format", "json")
    rows: list[dict[str, str]] = json.loads(run.out)
    assert run.code == (4 if any(row["state"] == "wrong" for row in rows) else 0)
    assert all(row["advice"] for row in rows if row["state"] != "ok")
    return rows


def broken(path: Path, *statements: str) -> None:
    """The database after somebody has been in it with other tools than hsf."""
    with opened(path, lambda: "") as store:
        connection = store._connection
        for statement in (
            "PRAGMA query_only = OFF", "PRAGMA foreign_keys = OFF",
            "PRAGMA ignore_check_constraints = ON", *statements,
        ):  # fmt: skip
            connection.execute(statement)


def test_a_new_department_is_in_order(hsf: Hsf, store: Store) -> None:
    run = hsf("data", "sjekk")
    assert run.code == 0
    assert "Alt er i orden" in run.out
    assert "Filen er hel" in run.out


def test_a_department_with_something_of_everything_is_in_order(hsf: Hsf, store: Store) -> None:
    taken_in(store, *everything())
    with store.change("test") as change:
        change.update("family", 12, name="Ny", note=None)
        change.delete("hours", store.value("SELECT max(id) FROM hours"))
    assert hsf("data", "angre", "--ja").code == 0
    copies.made(store)
    assert found(hsf) == {}
    assert remarks(hsf) == [f"{_RUNS_ON}: O56."]


_RUNS_ON = "Et oppdrag pågår etter at saken ble avsluttet"


def test_nothing_is_changed_by_looking(hsf: Hsf, store: Store) -> None:
    taken_in(store, *served())
    before = store.path.read_bytes()
    found(hsf)
    assert store.path.read_bytes() == before
    assert [path.name for path in store.path.parent.iterdir()] == ["avdeling.db"]


_SCHEMA = "Oppbygningen er som den skal være"


@pytest.mark.parametrize(
    ("statement", "check", "told"),
    [
        ("CREATE TRIGGER mine AFTER INSERT ON family BEGIN SELECT 1; END", _SCHEMA, "mine"),
        ("DROP INDEX one_open_inquiry", _SCHEMA, "one_open_inquiry"),
        ("CREATE TABLE mine (x)", _SCHEMA, "mine"),
        ("UPDATE inquiry SET family_id = 99", "Alt som vises til, finnes", "H1"),
        ("UPDATE family SET challenges = '[\"annet\", \"x\"]'", "Postene går sammen", "F1"),
        (
            "UPDATE change SET last_id = 0 WHERE record = 'volunteer'",
            "Loggen stemmer med postene", "V1",
        ),
        (
            "DELETE FROM change WHERE record = 'assignment'",
            "Loggen stemmer med postene", "O1",
        ),
        (
            "DELETE FROM change WHERE record = 'department'",
            "Loggen stemmer med postene", "opplysningene om avdelingen",
        ),
        (
            "UPDATE change SET record = 'family', operation = 'delete', first_id = 1,"
            " before = '{\"id\": 1, \"name\": \"x\"}' WHERE operation = 'update'",
            "Loggen stemmer med postene", "følges tilbake",
        ),
        (
            "UPDATE change SET before = '[]' WHERE operation = 'update'",
            "Filen er hel", "«change»",
        ),
    ],
)  # fmt: skip
def test_what_somebody_has_done_with_other_tools_is_found(
    hsf: Hsf, store: Store, statement: str, check: str, told: str
) -> None:
    taken_in(store, *served())
    with store.change("test") as change:
        change.update("family", 1, name="Berg")
    broken(store.path, statement)
    assert told in found(hsf)[check]


def test_hours_on_somebody_elses_assignment_are_found(hsf: Hsf, store: Store) -> None:
    taken_in(store, *served(), volunteer("V2"), hours(familiekontakt="V2"))
    assert found(hsf) == {}
    assert "en annen familiekontakt har: T1" in remarks(hsf)[0]


def test_attendance_at_another_course_is_found(hsf: Hsf, store: Store) -> None:
    taken_in(store, volunteer(), course("K1"), course("K2"), registration("K1"))
    with store.change("test") as change:
        day = change.insert("course_day", course_id=2, held_on="2023-02-01")
        change.insert("attendance", course_day_id=day, course_registration_id=1)
    assert "OM1" in remarks(hsf)[0]


def test_imported_history_that_does_not_go_together_is_a_remark(hsf: Hsf, store: Store) -> None:
    closed = inquiry(avsluttet="2023-03-01", avslutningsgrunn="fullført")
    taken_in(store, family(), volunteer(), closed, assignment())
    run = hsf("data", "sjekk")
    assert run.code == 0
    assert "Et oppdrag pågår etter at saken ble avsluttet: O1" in run.out
    assert "Alt er i orden, med én merknad" in run.out


def test_a_copy_that_cannot_be_read_is_found(hsf: Hsf, store: Store) -> None:
    taken_in(store, *served())
    made = copies.made(store).path
    damage(made)
    assert str(made) in found(hsf)["De nyeste kopiene kan leses"]


@pytest.mark.parametrize("place", [20, 40_000, 100_000, 300_000, 400_000])
def test_a_damaged_file_is_told_of_with_the_way_back(hsf: Hsf, store: Store, place: int) -> None:
    taken_in(store, *served())
    damage(store.path, place)
    run = hsf("data", "sjekk")
    assert run.code == 5
    assert "skadet" in run.err
    assert "hsf data gjenopprett" in run.err


@pytest.mark.parametrize("left", [0, 10, 4096, 50_000, 100_001])
def test_a_file_cut_short_is_told_of(hsf: Hsf, store: Store, left: int) -> None:
    taken_in(store, *served())
    store.path.write_bytes(store.path.read_bytes()[:left])
    run = hsf("data", "sjekk")
    assert run.code == 5
    assert "Gjør slik:" in run.err


def test_what_was_erased_is_forgotten_by_the_log_and_that_is_in_order(
    hsf: Hsf, store: Store
) -> None:
    taken_in(store, family(), family("F2"))
    with store.change("personvern slett") as change:
        change.delete("family", 1)
        change.update_where("change", "operation", "delete", before=None)
    taken_in(store, family("F3"))
    assert found(hsf) == {}


def test_somebody_erased_who_is_here_again_is_found(hsf: Hsf, store: Store) -> None:
    taken_in(store, family())
    store.note("erasure", [{
        "record": "family", "record_id": 1, "how": "slettet", "made_at": "2024-01-01",
        "made_by": "siri",
    }])  # fmt: skip
    assert "F1" in found(hsf)["Det som er slettet, er borte"]
