"""Activities: grants, who took part, the volunteers' hours, and a grant summed up."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsf_cli.codes import code_list
from hsf_cli.errors import Stopped, WrongUse
from hsf_cli.registers import activities, editing
from hsf_cli.registers.activities import HOURS_KIND, Helper, Participants, grants, grants_stored
from hsf_cli.registers.grants import grant_uses, shared
from tests.builders import TODAY, activity, activity_family, family, hours, taken_in, volunteer


def record(held_on: str = "2023-06-01", **more: object) -> dict[str, object]:
    empty = {"parents": None, "children": None, "grant_name": None, "place": None}
    return {"held_on": held_on, "title": "Hagefest", "audience": "familier", **empty, **more}


def take_part(store, number: int, who: Participants) -> None:
    with store.change("aktivitet deltakere") as change:
        about = editing.record(store, "activity", number)
        activities.take_part(store, change, number, about, who)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (None, ()),
        ("", ()),
        ("Stiftelsen", ("Stiftelsen",)),
        ("Stiftelsen, Solvik kommune", ("Stiftelsen", "Solvik kommune")),
        (" Stiftelsen ,,Solvik   kommune, ", ("Stiftelsen", "Solvik kommune")),
        ("Stiftelsen, stiftelsen", ("Stiftelsen",)),
    ],
)
def test_the_grants_of_an_activity(text, names) -> None:
    assert grants(text) == names


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["C"]))))
def test_grants_that_are_stored_are_read_back_the_same(names) -> None:
    stored = grants_stored(names)
    assert grants_stored(grants(stored)) == stored


def test_every_audience_has_a_kind_of_hours() -> None:
    assert set(HOURS_KIND) == set(code_list("audience"))
    assert set(HOURS_KIND.values()) <= set(code_list("hours_kind"))


@pytest.mark.parametrize(
    ("audience", "kind", "other"),
    [
        ("familier", "aktivitet", None),
        ("familiekontakter", "samling", None),
        ("koordinator", "annet", "Aktivitet A1"),
    ],
)
def test_the_hours_follow_from_the_audience(store, audience, kind, other) -> None:
    taken_in(store, activity(målgruppe=audience), volunteer())
    take_part(store, 1, Participants(helpers=[Helper(1, 150, 30)]))
    row = editing.record(store, "hours", 1)
    assert (row["kind"], row["kind_other"], row["worked_on"]) == (kind, other, "2023-06-01")
    assert (row["minutes"], row["driving_minutes"], row["activity_id"]) == (150, 30, 1)


def test_a_family_takes_part_once_however_often_it_is_said(store) -> None:
    taken_in(store, activity(), family("F1"), family("F2"), activity_family("A1", "F1"))
    take_part(store, 1, Participants(families=[1, 2, 2]))
    assert [row["number"] for row in activities.families(store, 1)] == ["F1", "F2"]


def test_a_family_that_comes_for_the_first_time_is_kept_and_takes_part(store) -> None:
    taken_in(store, activity(), family("F1", navn="Berg"))
    take_part(store, 1, Participants(families=[1], newcomers=["Aas"]))
    assert [row["name"] for row in activities.families(store, 1)] == ["Aas", "Berg"]


def test_who_was_not_there_after_all_is_taken_away(store) -> None:
    taken_in(
        store, activity("A1"), activity("A2"), family(), volunteer(),
        activity_family("A1"), activity_family("A2"),
        hours("aktivitet", aktivitet="A1"), hours("aktivitet", aktivitet="A2"),
    )  # fmt: skip
    take_part(store, 1, Participants(families_not=[1], volunteers_not=[1]))
    assert activities.families(store, 1) == activities.hours(store, 1) == []
    assert len(activities.families(store, 2)) == len(activities.hours(store, 2)) == 1


def test_nobody_is_counted_before_the_day_of_the_activity() -> None:
    tomorrow, today = "2024-03-16", "2024-03-15"
    for early in (record(tomorrow, parents=0), record(tomorrow, children=2)):
        with pytest.raises(WrongUse):
            activities.refuse_early(early, 0, TODAY)
    with pytest.raises(WrongUse):
        activities.refuse_early(record(tomorrow), 1, TODAY)
    activities.refuse_early(record(tomorrow), 0, TODAY)
    activities.refuse_early(record(today, parents=3, children=2), 1, TODAY)


def test_hours_that_are_there_already_are_refused_and_shown(store) -> None:
    taken_in(store, activity(), volunteer(navn="Berit"), hours("aktivitet", aktivitet="A1"))
    with pytest.raises(Stopped) as stopped:
        activities.refuse_doubled(store, record(), [Helper(1, 60)], 1)
    assert "V1 Berit" in stopped.value.text
    assert "T1" in stopped.value.text


def test_hours_of_that_day_and_kind_may_be_the_same(store) -> None:
    taken_in(store, volunteer(), hours("aktivitet", dato="2023-06-01"))
    with pytest.raises(Stopped):
        activities.refuse_doubled(store, record("2023-06-01"), [Helper(1, 60)])
    activities.refuse_doubled(store, record("2023-06-02"), [Helper(1, 60)])
    samling = record("2023-06-01", audience="familiekontakter")
    activities.refuse_doubled(store, samling, [Helper(1, 60)])


def test_hours_on_another_activity_that_day_are_no_double(store) -> None:
    taken_in(store, activity("A1"), volunteer(), hours("aktivitet", aktivitet="A1"))
    activities.refuse_doubled(store, record(), [Helper(1, 60)])


def test_hours_follow_an_activity_that_is_mended_but_for_those_that_differ(store) -> None:
    taken_in(
        store, activity(), volunteer(),
        hours("aktivitet", aktivitet="A1"),
        hours("aktivitet", aktivitet="A1", dato="2023-05-31"),
    )  # fmt: skip
    after = {**editing.record(store, "activity", 1), "held_on": "2023-06-08"}
    with store.change("aktivitet endre") as change:
        activities.move_hours(store, change, 1, after)
    assert [editing.record(store, "hours", one)["worked_on"] for one in (1, 2)] == [
        "2023-06-08", "2023-05-31",
    ]  # fmt: skip


def test_a_list_tells_how_many_took_part(store) -> None:
    taken_in(
        store, activity(tilskudd="Stiftelsen, Kommunen"), family("F1"), family("F2"),
        volunteer("V1"), activity_family("A1", "F1"), activity_family("A1", "F2"),
        hours("aktivitet", "2", aktivitet="A1"), hours("aktivitet", "1,5", aktivitet="A1"),
        activity("A2", dato="2022-12-31", målgruppe="koordinator"),
    )  # fmt: skip
    (row,) = activities.activities(store, 2023)
    assert (row["families"], row["volunteers"], row["minutes"]) == (2, 1, 210)
    assert row["grants"] == ("Stiftelsen", "Kommunen")
    assert [one["id"] for one in activities.activities(store)] == ["A2", "A1"]
    assert activities.activities(store, audience="koordinator", year=2023) == []
    assert [one["id"] for one in activities.activities(store, grant="kommun")] == ["A1"]


def test_a_grant_counts_each_family_and_volunteer_once(store) -> None:
    taken_in(
        store,
        activity("A1", tilskudd="Stiftelsen", foreldre="3", barn="4"),
        activity("A2", tilskudd="Kommunen, stiftelsen", foreldre="2", barn="1"),
        activity("A3", foreldre="50", barn="50"),
        family("F1"), family("F2"), family("F3"),
        activity_family("A1", "F1"), activity_family("A1", "F2"), activity_family("A2", "F2"),
        activity_family("A3", "F3"), volunteer(),
        hours("aktivitet", "2", aktivitet="A1"),
        hours("aktivitet", "1", aktivitet="A2", kjøring="0,5"),
    )  # fmt: skip
    kommunen, stiftelsen = grant_uses(store, 2023, TODAY)
    assert (kommunen.name, stiftelsen.name) == ("Kommunen", "Stiftelsen")
    assert [one["id"] for one in stiftelsen.activities] == ["A1", "A2"]
    assert (stiftelsen.families, stiftelsen.volunteers) == (2, 1)
    assert (stiftelsen.parents, stiftelsen.children) == (5, 5)
    assert (stiftelsen.minutes, stiftelsen.driving_minutes) == (180, 30)
    assert (kommunen.families, kommunen.minutes) == (1, 60)
    assert shared([kommunen])


def test_a_grant_leaves_out_what_is_ahead_and_tells_what_was_not_counted(store) -> None:
    taken_in(
        store,
        activity("A1", dato="2024-03-15", tilskudd="Stiftelsen", foreldre="3"),
        activity("A2", dato="2024-03-16", tilskudd="Stiftelsen"),
        activity("A3", dato="2024-03-01", tilskudd="Stiftelsen", målgruppe="familiekontakter"),
    )
    (use,) = grant_uses(store, None, date(2024, 3, 15))
    assert [one["id"] for one in use.activities] == ["A3", "A1"]
    assert (use.parents, use.children) == (3, None)
    assert (list(use.uncounted), list(use.ahead)) == (["A1"], ["A2"])
    assert not shared([use])


def test_a_grant_of_another_year_is_not_there(store) -> None:
    taken_in(store, activity(dato="2022-12-31", tilskudd="Stiftelsen"))
    assert grant_uses(store, 2023, TODAY) == []
    assert len(grant_uses(store, 2022, TODAY)) == len(grant_uses(store, None, TODAY)) == 1
