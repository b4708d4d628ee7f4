"""Two records of one family become one, and nothing that was on either is lost."""

import json

import pytest

from hsf_cli.errors import Stopped, WrongUse
from hsf_cli.registers import erasing, merging
from hsf_cli.registers.editing import record
from hsf_cli.registers.joining import refuse_joining
from tests.builders import (
    activity,
    activity_family,
    assignment,
    child,
    family,
    inquiry,
    taken_in,
    volunteer,
)


def _merge(store, kept: int = 1, other: int = 2) -> merging.Merged:
    said = {
        number: {name: f"{name} på F{number}: annet" for name in record(store, "family", number)}
        for number in (kept, other)
    }
    with store.change("familie slå-sammen") as change:
        return merging.merged(store, change, kept, other, said)


def _column(store, sql: str) -> list[object]:
    return [row[0] for row in store.rows(sql)]


def test_what_only_the_other_knew_is_kept_and_what_differs_stands_in_the_note(store) -> None:
    taken_in(
        store,
        family("F1", navn="Berg", telefon="900 00 001", notat="Ringer om kvelden"),
        family("F2", navn="Berg", telefon="900 00 002", område="Sentrum", notat="Hund"),
    )
    result = _merge(store)
    kept = record(store, "family", 1)
    assert (kept["phone"], kept["area"]) == ("900 00 001", "Sentrum")
    assert kept["note"] == "Ringer om kvelden\nHund\nphone på F2: annet"
    assert result.in_note == ("phone",)
    assert _column(store, "SELECT id FROM family") == [1]


def test_the_codes_of_both_are_joined_in_the_forms_order(store) -> None:
    taken_in(store, family("F1", støtte="nettverk"), family("F2", støtte="avlastning,nettverk"))
    _merge(store)
    assert json.loads(record(store, "family", 1)["support"]) == ["avlastning", "nettverk"]


def test_a_child_on_both_records_is_one_child_with_all_that_is_known(store) -> None:
    taken_in(
        store,
        family("F1"), family("F2"),
        child("F1", "2021", navn="Ada"),
        child("F2", "2021-03-01", navn="Ada", særskilte_behov="ja"),
        child("F2", "2023", navn="Per"),
    )  # fmt: skip
    assert _merge(store).same_children == 1
    rows = store.rows("SELECT family_id, name, born, special_needs FROM child ORDER BY id")
    assert [tuple(row) for row in rows] == [(1, "Ada", "2021-03-01", 1), (1, "Per", "2023", None)]


def test_twins_stay_two(store) -> None:
    taken_in(
        store, family("F1"), family("F2"),
        child("F1", "2021", navn="Ada"), child("F1", "2021", navn="Eva"),
        child("F2", "2021", navn="Ada"), child("F2", "2021", navn="Eva"), child("F2", "2021"),
    )  # fmt: skip
    assert _merge(store).same_children == 2
    assert _column(store, "SELECT name FROM child ORDER BY id") == ["Ada", "Eva", None]


@pytest.mark.parametrize(
    ("ours", "theirs", "children"),
    [
        (["2021"], ["2021"], 1),
        (["2021"], ["2021-03-01"], 1),
        (["2021"], ["2022"], 2),
        (["2021", "2021"], ["2021"], 2),
        (["2021"], ["2021", "2021"], 2),
    ],
)
def test_unnamed_children_born_alike_are_one_and_unnamed_twins_two(
    store, ours, theirs, children
) -> None:
    taken_in(store, family("F1"), family("F2"),
             *(child("F1", born) for born in ours),
             *(child("F2", born) for born in theirs))  # fmt: skip
    _merge(store)
    assert store.value("SELECT count(*) FROM child") == children


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [(["Ada", "Eva"], ["", "Ada"]), (["Ada", ""], ["", "Eva"]), (["", "Ada"], ["", "Eva"])],
)
def test_a_child_without_a_name_does_not_take_the_place_of_its_twin(store, ours, theirs) -> None:
    taken_in(store, family("F1"), family("F2"),
             *(child("F1", navn=name) for name in ours),
             *(child("F2", navn=name) for name in theirs))  # fmt: skip
    assert _merge(store).same_children == 2
    assert sorted(_column(store, "SELECT name FROM child")) == ["Ada", "Eva"]


def test_two_open_inquiries_become_one_from_the_first_day(store) -> None:
    taken_in(
        store,
        family("F1"), family("F2"), volunteer("V1"),
        inquiry("H1", "F1", "2023-03-01"),
        inquiry("H2", "F2", "2023-02-01", besøkt="2023-02-10", notat="Sliten"),
        assignment("O1", "H1", startet="2023-04-01"),
    )  # fmt: skip
    assert _merge(store).one_inquiry
    (row,) = store.rows("SELECT * FROM inquiry")
    assert (row["id"], row["family_id"]) == (2, 1)
    assert (row["received_on"], row["visited_on"]) == ("2023-02-01", "2023-02-10")
    assert row["note"] == "Sliten\nMeldt også 01.03.2023 av familien selv."
    assert _column(store, "SELECT inquiry_id FROM assignment") == [2]


def test_what_the_second_inquiry_has_no_room_for_stands_in_the_note(store) -> None:
    taken_in(
        store, family("F1"), family("F2"),
        inquiry("H1", "F1", "2023-02-01", koordinator="Berit", ring_tilbake="Anne, 22 33 44 55"),
        inquiry("H2", "F2", "2023-03-01", kilde="nav", koordinator="Berit", besøkt="2023-03-05",
                ring_tilbake="Ola, 22 33 44 66"),
    )  # fmt: skip
    _merge(store)
    (row,) = store.rows("SELECT * FROM inquiry")
    assert (row["contact"], row["coordinator"]) == ("Anne, 22 33 44 55", "Berit")
    assert row["visited_on"] == "2023-03-05"
    assert row["note"] == ("Meldt også 01.03.2023 av NAV. Ring også tilbake til: Ola, 22 33 44 66.")


def test_both_coordinators_and_both_visits_are_kept(store) -> None:
    taken_in(
        store, family("F1"), family("F2"),
        inquiry("H1", "F1", "2023-02-01", koordinator="Berit", besøkt="2023-02-05"),
        inquiry("H2", "F2", "2023-03-01", koordinator="Unni", besøkt="2023-03-05"),
    )  # fmt: skip
    _merge(store)
    (row,) = store.rows("SELECT * FROM inquiry")
    assert (row["coordinator"], row["visited_on"]) == ("Berit", "2023-02-05")
    assert "Hjemmebesøk også 05.03.2023. Koordinator var også: Unni." in row["note"]


def test_a_volunteer_who_was_on_both_records_has_two_running_assignments(store) -> None:
    taken_in(
        store, family("F1"), family("F2"), inquiry("H1", "F1"), inquiry("H2", "F2"),
        volunteer("V1"), volunteer("V2"),
        assignment("O1", "H1", "V1"), assignment("O2", "H2", "V1"), assignment("O3", "H2", "V2"),
        assignment("O4", "H2", "V2", "2023-01-01", "2023-02-01"),
    )  # fmt: skip
    assert _merge(store).same_volunteer == ((1, 2),)


def test_broken_off_interviews_go_with_the_records_they_are_about(store) -> None:
    taken_in(store, family("F1"), family("F2"), inquiry("H1", "F1"), inquiry("H2", "F2"))
    for name in ("family 1", "family 2", "inquiry 1", "inquiry 2", "timer måned 2024-02"):
        store.set_aside(name, "{}")
    _merge(store)
    assert _column(store, "SELECT name FROM draft ORDER BY name") == [
        "family 1", "inquiry 1", "timer måned 2024-02",
    ]  # fmt: skip


def test_closed_inquiries_are_all_kept(store) -> None:
    done = {"avsluttet": "2023-03-01", "avslutningsgrunn": "trukket"}
    taken_in(
        store, family("F1"), family("F2"),
        inquiry("H1", "F1", **done), inquiry("H2", "F2", **done), inquiry("H3", "F2", "2023-05-01"),
    )  # fmt: skip
    assert not _merge(store).one_inquiry
    assert _column(store, "SELECT family_id FROM inquiry") == [1, 1, 1]


def test_an_activity_that_both_were_on_is_kept_once(store) -> None:
    taken_in(
        store, family("F1"), family("F2"), activity("A1"), activity("A2"),
        activity_family("A1", "F1"), activity_family("A1", "F2"), activity_family("A2", "F2"),
    )  # fmt: skip
    _merge(store)
    assert _column(store, "SELECT activity_id FROM activity_family ORDER BY id") == [1, 2]


def test_an_old_file_does_not_bring_the_other_record_back(store) -> None:
    rows = [family("sak-1", navn="Berg"), family("sak-2", navn="Berg"), inquiry("H1", "sak-2")]
    taken_in(store, *rows)
    _merge(store)
    (families, _) = taken_in(store, *rows)
    assert (families.added, families.erased) == (0, 1)


def test_a_family_is_not_merged_with_itself(store) -> None:
    taken_in(store, family("F1"))
    with pytest.raises(WrongUse, match="samme familie"):
        refuse_joining(store, "family", 1, 1)


@pytest.mark.parametrize(("kept", "other"), [(1, 2), (2, 1)])
def test_who_is_anonymised_is_joined_with_nobody(store, kept: int, other: int) -> None:
    taken_in(store, family("F1"), family("F2"))
    erasing.anonymised(store, [("family", 1)])
    with pytest.raises(Stopped, match="F1 er anonymisert"):
        refuse_joining(store, "family", kept, other)


def test_nothing_of_the_log_is_lost_and_the_database_is_sound(store) -> None:
    taken_in(store, family("F1"), family("F2"), child("F2"), inquiry("H1", "F2"))
    _merge(store)
    assert store.rows("PRAGMA foreign_key_check") == []
    assert store.value("SELECT command FROM change_set ORDER BY id DESC") == "familie slå-sammen"
