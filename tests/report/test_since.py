"""Which change sets made a locked report and today's count differ, figure by figure, exactly."""

import getpass
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hsf_cli.change import Change
from hsf_cli.errors import NotFound, Stopped
from hsf_cli.past import as_of, latest
from hsf_cli.registers.undoing import undoable, undone
from hsf_cli.report import since
from hsf_cli.report.forms import shipped
from hsf_cli.report.since import Cause, Difference, Part, differences
from hsf_cli.store import Store
from tests.builders import child, family, hours, served, taken_in
from tests.report.conftest import Fresh
from tests.report.figures import cells, report

FORM = shipped(2023)
Step = tuple[Any, ...]

# What may be done to a department with the families 1 and 2, each served.
NUMBERS = st.integers(1, 3)
DAYS = st.sampled_from(["2022-12-31", "2023-01-01", "2023-06-01", "2024-01-01"])
STEPS = st.one_of(
    st.tuples(st.just("update"), st.just("family"), NUMBERS, st.fixed_dictionaries({
        "background": st.sampled_from([None, "norsk", "blandet"]),
        "challenges": st.sampled_from(["[]", '["rus"]']), "phone": st.sampled_from(["1", "2"])})),
    st.tuples(st.just("update"), st.just("hours"), NUMBERS, st.fixed_dictionaries({
        "minutes": st.sampled_from([0, 60, 90]), "visits": st.sampled_from([None, 1, 2])})),
    st.tuples(st.just("insert"), st.just("hours"), st.none(), st.fixed_dictionaries({
        "volunteer_id": st.just(1), "assignment_id": st.just(1), "kind": st.just("oppdrag"),
        "worked_on": DAYS, "visits": st.sampled_from([None, 1]), "minutes": st.just(200)})),
    st.tuples(st.just("update"), st.just("assignment"), NUMBERS, st.fixed_dictionaries({
        "ended_on": st.none() | DAYS})),
    st.tuples(st.just("insert"), st.just("child"), st.none(), st.fixed_dictionaries({
        "family_id": NUMBERS, "born": st.sampled_from(["2010", "2021"])})),
    st.tuples(st.just("update"), st.just("department"), st.just(1), st.fixed_dictionaries({
        "hours_per_fte": st.sampled_from([1700, 1750])})),
    st.tuples(st.just("delete"), st.sampled_from(["hours", "child"]), NUMBERS, st.just({})),
    st.tuples(st.just("undo"), st.none(), st.integers(0, 20), st.just({})),
)  # fmt: skip


def do(change: Change, step: Step) -> None:
    """Takes the step, unless the schema stands against it."""
    operation, table, number, values = step
    try:
        if operation == "insert":
            change.insert(table, **values)
        elif operation == "update":
            change.update(table, number, **values)
        elif operation == "delete":
            change.delete(table, number)
    except change.constraint_broken:
        pass


def undo(store: Store, number: int | None = None) -> None:
    undone(store, undoable(store, number))


def found(store: Store, change_set: int) -> dict[str, Difference]:
    return {one.key: one for one in differences(store, FORM, 2023, change_set)}


Counted = dict[str, tuple[int | Decimal, set[str]]]


def counted_as_of(store: Store, number: int) -> Counted:
    """Every figure and its records' short names, as they were right after a change set."""
    with as_of(store, number) as then:
        return {
            cell.row.key: (cell.figure, {cell.kind.name(record["id"]) for record in cell.records})
            for cell in cells(report(then))
        }


def names(parts: tuple[Part, ...]) -> set[str]:
    return {part.number for part in parts}


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(work=st.lists(st.lists(STEPS, min_size=1, max_size=3), max_size=6))
def test_the_causes_lead_from_every_figure_then_to_the_figure_now(
    fresh: Fresh, work: list[list[Step]]
) -> None:
    with fresh(*served("1"), *served("2"), child(), hours(), hours(timer="3", besøk="2")) as store:
        locked = latest(store)
        for steps in work:
            if steps[0][0] == "undo":
                try:
                    undo(store, locked + 1 + steps[0][2] % (latest(store) - locked + 1))
                except (Stopped, NotFound):
                    continue
            else:
                with store.change("test") as change:
                    for step in steps:
                        do(change, step)
        moments = {n: counted_as_of(store, n) for n in range(locked, latest(store) + 1)}
        then, now = moments[locked], moments[latest(store)]
        told = found(store, locked)
        assert {key: (one.before, one.now) for key, one in told.items()} == {
            key: (then[key][0], now[key][0]) for key in then if then[key][0] != now[key][0]
        }
        for key, one in told.items():
            assert_leads_from_then_to_now(one, {n: one[key] for n, one in moments.items()}, locked)


def assert_leads_from_then_to_now(
    one: Difference, moments: dict[int, tuple[int | Decimal, set[str]]], locked: int
) -> None:
    """Each cause says what it did, and together they make the whole difference."""
    numbers = [cause.number for cause in one.causes]
    assert numbers == sorted(set(numbers))
    assert numbers
    records = set(moments[locked][1])
    for cause in one.causes:
        (before, records_before), (after, records_after) = (
            moments[cause.number - 1], moments[cause.number],
        )  # fmt: skip
        assert (cause.before, cause.after) == (before, after)
        # Who adds nothing to a sum may come and go without being told of.
        assert names(cause.came_in) <= records_after - records_before
        assert names(cause.went_out) <= records_before - records_after
        assert names(cause.changed) <= records_before & records_after
        records = records - names(cause.went_out) | names(cause.came_in)
        if one.unit == "antall":
            assert names(cause.came_in) == records_after - records_before
            assert names(cause.went_out) == records_before - records_after
    if one.unit == "antall":
        assert sum(cause.after - cause.before for cause in one.causes) == one.now - one.before
        assert records == moments[max(moments)][1]


def only_cause(difference: Difference) -> Cause:
    (cause,) = difference.causes
    return cause


def test_a_cause_is_told_with_who_when_and_whom(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken_in(store, *served("1", bakgrunn="norsk"), *served("2", navn="Berg", bakgrunn="norsk"))
    locked = latest(store)
    taken_in(store, family("F9"))
    monkeypatch.setattr(getpass, "getuser", lambda: "siri")
    with store.change("familie kartlegg") as change:
        change.update("family", 2, background="blandet")
    told = found(store, locked)
    assert {key: (one.section, one.label, one.before, one.now) for key, one in told.items()} == {
        "families.background.norsk": ("6.3", "Ingen i familien har innvandrerbakgrunn", 2, 1),
        "families.background.innvandrer_blandet": (
            "6.3",
            "Noen i familien har innvandrerbakgrunn",
            0,
            1,
        ),
    }
    cause = only_cause(told["families.background.norsk"])
    assert (cause.number, cause.command, cause.made_by) == (
        locked + 2, "familie kartlegg", "siri",
    )  # fmt: skip
    made_at = store.value("SELECT made_at FROM change_set ORDER BY id DESC LIMIT 1")
    assert (cause.made_at, cause.before, cause.after) == (made_at, 2, 1)
    assert cause.went_out == (Part("F2", "Berg", (1,), None),)
    assert cause.came_in == cause.changed == ()


def test_what_was_changed_and_changed_back_is_not_told_of(store: Store) -> None:
    taken_in(store, *served("1", bakgrunn="norsk"), *served("2"))
    locked = latest(store)
    with store.change("feil") as change:
        change.update("family", 1, background="blandet")
    undo(store)
    assert found(store, locked) == {}
    with store.change("rett") as change:
        change.update("family", 2, background="norsk")
    for _ in range(2):
        with store.change("feil") as change:
            change.delete("assignment", 1)
        undo(store)
    told = found(store, locked)
    assert {key: only_cause(one).command for key, one in told.items()} == {
        "families.background.norsk": "rett"
    }


def test_a_sum_a_mean_and_a_count_tell_what_the_records_were_to_them(store: Store) -> None:
    taken_in(store, *served(), hours(id="T1", timer="2", besøk="1"))
    locked = latest(store)
    with store.change("timer endre") as change:
        change.update("hours", 1, minutes=180)
    taken_in(store, hours(id="T2", timer="0:30", besøk="1", kjøring="0:30"))
    told = found(store, locked)
    mean = told["hours.mean_visit"]
    assert (mean.before, mean.now, mean.unit) == (2, Decimal("1.75"), "timer")
    assert [(one.before, one.after) for one in mean.causes] == [(2, 3), (3, Decimal("1.75"))]
    assert mean.causes[0].changed == (Part("T1", "Familiekontakt V1", (120, 1), (180, 1)),)
    assert mean.causes[1].came_in == (Part("T2", "Familiekontakt V1", None, (30, 1)),)
    driving = only_cause(told["hours.assignments.driving"])
    assert driving.came_in == (Part("T2", "Familiekontakt V1", None, (30,)),)
    assert driving.changed == ()
    assert [one.number for one in told["hours.total"].causes] == [locked + 1, locked + 2]


def test_the_hours_of_a_full_time_equivalent_are_a_cause_of_their_own(store: Store) -> None:
    taken_in(store, *served(), hours("kurs", "1750"))
    locked = latest(store)
    with store.change("avdeling endre") as change:
        change.update("department", 1, hours_per_fte=1700, name="Home-Start Ny")
    (told,) = found(store, locked).values()
    cause = only_cause(told)
    assert (told.key, cause.hours_per_fte) == ("hours.fte", (1750, 1700))
    assert (cause.before, cause.after) == (1, Decimal("1.03"))
    assert cause.came_in == cause.went_out == cause.changed == ()


def test_a_record_that_is_gone_is_told_of_by_the_name_it_had(store: Store) -> None:
    taken_in(store, *served("1", navn="Berg"))
    locked = latest(store)
    with store.change("rydding") as change:
        for table in ("assignment", "inquiry", "family"):
            change.delete(table, 1)
    gone = only_cause(found(store, locked)["families.total"]).went_out
    assert [(part.number, part.name) for part in gone] == [("F1", "Berg")]


def test_the_change_set_it_was_locked_by_and_those_before_it_are_no_causes(store: Store) -> None:
    taken_in(store, *served("1"))
    taken_in(store, *served("2"))
    assert found(store, latest(store)) == {}
    assert only_cause(found(store, latest(store) - 1)["families.total"]).number == latest(store)


def test_few_of_many_change_sets_are_counted_and_progress_comes_to_its_end(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken_in(store, *served("1"))
    locked = latest(store)
    for number in range(100):
        with store.change("test") as change:
            change.insert("child" if number == 61 else "talk", **(
                {"family_id": 1, "born": "2021"} if number == 61
                else {"inquiry_id": 1, "talked_on": "2024-01-01"}))  # fmt: skip
    counts, steps = [], []
    count = since.counted
    monkeypatch.setattr(since, "counted", lambda *given: counts.append(1) or count(*given))
    told = differences(store, FORM, 2023, locked, lambda done, of: steps.append((done, of)))
    assert {only_cause(one).number for one in told} == {locked + 62}
    assert len(counts) <= 2 + 7
    assert steps == sorted(steps)
    assert steps[-1] == (100, 100)


def test_what_the_log_no_longer_has_stops_it(store: Store) -> None:
    taken_in(store, *served("1"), child())
    locked = latest(store)
    with store.change("personvern slett") as change:
        change.delete("child", 1)
        change._connection.execute("UPDATE change SET before = NULL WHERE operation = 'delete'")
    with pytest.raises(Stopped, match="personvern slett"):
        found(store, locked)
