"""What the log tells of somebody: found without looking through it for each of their records."""

from hsf_cli.registers import insight
from hsf_cli.store import Store
from tests.builders import hours, taken_in, volunteer
from tests.registers.test_retention import steps_of


def test_what_came_in_with_others_is_told_with_what_came_alone(store: Store) -> None:
    taken_in(store, volunteer("V1"), volunteer("V2"), *(hours("kurs") for _ in range(3)))
    taken_in(store, hours("kurs", familiekontakt="V2"))
    with store.change("timer endre") as change:
        change.update("hours", 2, minutes=60)
    told = [(step.change_set.number, dict(step.counts), [one[:2] for one in step.changed])
            for step in insight.steps(store, "volunteer", 1)]  # fmt: skip
    entered, mended = told[-2:]
    assert entered[1] == {("volunteer", "added"): 1, ("hours", "added"): 3}
    assert mended[1:] == ({}, [("hours", 2)])
    assert mended[0] == entered[0] + 2  # what was entered of another is not told


def test_the_cost_follows_how_much_there_is(store: Store) -> None:
    taken_in(store, volunteer("V1"), volunteer("V2"))
    steps = []
    for _ in range(3):
        for number in range(60):
            with store.change("timer ny") as change:
                change.insert("hours", volunteer_id=1 + number % 2, worked_on="2023-03-01",
                              kind="kurs", minutes=60)  # fmt: skip
        steps.append(steps_of(store, lambda: [*insight.steps(store, "volunteer", 1)]))
    first, second, third = steps
    assert third - second <= 1.2 * (second - first)
