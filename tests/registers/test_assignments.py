"""An assignment against the rules, its case, and the time it is planned for."""

from datetime import date

import pytest

from hsf_cli.errors import Stopped
from hsf_cli.registers import assignments, beginnings, endings, extending
from hsf_cli.registers.editing import record
from tests.builders import TODAY, assignment, child, family, hours, inquiry, taken_in
from tests.registers.matched import able, waits


def _values(**more: object) -> dict[str, object]:
    return {
        "inquiry_id": 1, "volunteer_id": 1, "started_on": "2024-03-15",
        "planned_end_on": "2024-09-15", **more,
    }  # fmt: skip


def _rules(store, **more: object) -> list[str]:
    return [one.rule for one in beginnings.against_starting(store, _values(**more))]


def test_nothing_stands_against_a_family_and_a_volunteer_that_are_ready(store) -> None:
    taken_in(store, *waits(), *able())
    assert _rules(store) == []


def test_the_target_group_is_judged_on_the_day_it_starts(store) -> None:
    taken_in(store, family(), child("F1", "2018"), inquiry(mottatt="2024-01-02",
             besøkt="2024-01-03"), *able())  # fmt: skip
    end = {"planned_end_on": None}
    assert _rules(store, started_on="2024-07-31", **end) == []
    assert _rules(store, started_on="2024-08-01", **end) == ["målgruppe"]


def test_a_family_without_children_is_a_finding(store) -> None:
    taken_in(store, family(), inquiry(besøkt="2023-01-03"), *able())
    assert _rules(store) == ["målgruppe"]


def test_a_missing_home_visit_is_told_but_stops_nothing(store) -> None:
    taken_in(store, family(), child(), inquiry(mottatt="2024-01-02"), *able())
    (finding,) = beginnings.against_starting(store, _values())
    assert (finding.stops, "Hjemmebesøket" in finding.text) == (False, True)


def test_a_home_visit_on_the_day_it_starts_is_in_time(store) -> None:
    taken_in(store, family(), child(), inquiry(mottatt="2024-01-02", besøkt="2024-03-15"), *able())
    assert beginnings.against_family(store, 1, date(2024, 3, 15)) == []
    assert len(beginnings.against_family(store, 1, date(2024, 3, 14))) == 1


def test_more_than_six_months_is_a_finding(store) -> None:
    taken_in(store, *waits(), *able())
    assert _rules(store, planned_end_on="2024-09-15") == []
    assert _rules(store, planned_end_on="2024-09-16") == ["varighet"]


def test_it_cannot_start_before_the_inquiry_came(store) -> None:
    taken_in(store, *waits(mottatt="2024-02-01"), *able())
    beginnings.refuse_starting(store, _values(started_on="2024-02-01"))
    with pytest.raises(Stopped):
        beginnings.refuse_starting(store, _values(started_on="2024-01-31"))


def test_the_same_volunteer_is_not_in_a_family_twice_at_once(store) -> None:
    taken_in(store, *waits(), *able(), assignment(startet="2024-02-01", avsluttet="2024-03-10"))
    beginnings.refuse_starting(store, _values(started_on="2024-03-10"))
    with pytest.raises(Stopped) as error:
        beginnings.refuse_starting(store, _values(started_on="2024-03-09"))
    assert "O1" in error.value.text


def test_past_its_planned_end_is_from_the_day_after(store) -> None:
    taken_in(
        store, *waits(), *able(), assignment(startet="2024-02-01", planlagt_slutt="2024-05-01")
    )
    assert assignments.past_planned_end(store, date(2024, 5, 1)) == []
    (one,) = assignments.past_planned_end(store, date(2024, 5, 2))
    assert (one.number, one.planned_to) == (1, "2024-05-01")


def test_an_extension_puts_the_planned_end_off(store) -> None:
    taken_in(
        store, *waits(), *able(), assignment(startet="2024-02-01"),
        ("forlengelser", {"oppdrag": "O1", "besluttet": "2024-07-01", "til": "2024-10-01",
                          "begrunnelse": "Mer tid"}),
    )  # fmt: skip
    assert assignments.past_planned_end(store, date(2024, 10, 1)) == []
    (one,) = assignments.past_planned_end(store, date(2024, 10, 2))
    assert one.beyond_six_months(date(2024, 10, 2))


def test_what_has_ended_or_not_begun_is_not_past_anything(store) -> None:
    taken_in(store, *waits("1"), *able("1"), *waits("2"), *able("2"),
             assignment("O1", "H1", "V1", "2024-02-01", "2024-12-01"),
             assignment("O2", "H2", "V2", "2025-02-01"))  # fmt: skip
    assert [one.number for one in assignments.past_planned_end(store, date(2024, 11, 30))] == [1]
    assert assignments.past_planned_end(store, date(2024, 12, 1)) == []


def test_begun_months_so_far(store) -> None:
    taken_in(store, *waits(), *able(), assignment(startet="2024-01-15"))
    one = assignments.assignment(store, 1)
    days = [date(2024, 1, 15), date(2024, 1, 16), date(2024, 2, 15), date(2024, 2, 16)]
    assert [one.months(day) for day in days] == [0, 1, 1, 2]
    assert one.months(date(2023, 12, 1)) == 0


def test_an_extension_must_reach_beyond_the_present_end(store) -> None:
    taken_in(store, *waits(), *able(), assignment(startet="2024-02-01"))
    extending.refuse_extension(store, {"assignment_id": 1, "until_on": "2024-08-02"})
    with pytest.raises(Stopped):
        extending.refuse_extension(store, {"assignment_id": 1, "until_on": "2024-08-01"})


def _closed_on(
    store, reason: str, wanted: bool | None = None, on: str = "2024-03-15"
) -> str | None:
    ending = {"ended_on": on, "end_reason": reason}
    return endings.case_closed_on(store, record(store, "assignment", 1), ending, wanted)


@pytest.mark.parametrize(
    ("reason", "closes"),
    [
        ("fullført", True),
        ("familien_avsluttet", True),
        ("ny_familiekontakt", False),
        ("familiekontakten_sluttet", False),
    ],
)
def test_the_reason_tells_what_becomes_of_the_case(store, reason, closes) -> None:
    taken_in(store, *waits(), *able(), assignment(startet="2024-02-01"))
    assert _closed_on(store, reason) == ("2024-03-15" if closes else None)
    assert _closed_on(store, reason, wanted=not closes) == (None if closes else "2024-03-15")


def test_the_case_stays_open_while_another_assignment_runs_in_it(store) -> None:
    taken_in(store, *waits(), *able("1"), *able("2"), assignment(startet="2024-02-01"),
             assignment("O2", "H1", "V2", "2024-02-01", "2024-03-16"))  # ends tomorrow  # fmt: skip
    assert _closed_on(store, "fullført", on="2024-03-14") is None
    with pytest.raises(Stopped) as error:
        _closed_on(store, "fullført", wanted=True, on="2024-03-14")
    assert "O2" in error.value.text


@pytest.mark.parametrize(
    ("reason", "closed_on"),
    [("fullført", "2024-03-15"), ("", "2024-03-15"), ("familiekontakten_sluttet", None)],
)
def test_ends_entered_out_of_order_close_the_case_on_the_latest(store, reason, closed_on) -> None:
    taken_in(store, *waits(), *able("1"), *able("2"), assignment(startet="2024-02-01"),
             assignment("O2", "H1", "V2", "2024-02-01", "2024-03-15", avslutningsgrunn=reason),
             )  # fmt: skip
    assert endings.running_beside(store, record(store, "assignment", 1)) is None
    assert _closed_on(store, "fullført", on="2024-03-01") == closed_on
    assert _closed_on(store, "annet", wanted=True, on="2024-03-01") == "2024-03-15"
    assert _closed_on(store, "ny_familiekontakt", on="2024-03-01") is None


def test_a_case_is_not_closed_before_its_home_visit(store) -> None:
    taken_in(store, family(), child(), inquiry(mottatt="2024-01-02", besøkt="2024-03-10"), *able(),
             assignment(startet="2024-02-01"))  # fmt: skip
    assert _closed_on(store, "fullført", on="2024-03-10") == "2024-03-10"
    with pytest.raises(Stopped) as error:
        _closed_on(store, "fullført", on="2024-03-09")
    assert "--saken venter" in error.value.advice


def test_an_assignment_cannot_run_on_after_its_case_is_closed(store) -> None:
    taken_in(store, *waits(), *able(), assignment(startet="2024-02-01", avsluttet="2024-03-01"))
    with store.change("test") as change:
        change.update("inquiry", 1, closed_on="2024-03-01", closed_reason="fullført")
        change.update("assignment", 1, end_reason="fullført")
    present = record(store, "assignment", 1)
    beginnings.refuse_edit(store, 1, {**present, "usual_time": "10:00"})
    with pytest.raises(Stopped) as error:
        beginnings.refuse_edit(store, 1, {**present, "ended_on": None, "end_reason": None})
    assert "hsf henvendelse endre H1 --avsluttet" in error.value.advice


def test_an_assignment_that_runs_is_not_ended_by_mending_it(store) -> None:
    taken_in(store, *waits(), *able(), assignment(startet="2024-02-01"))
    ended = {"ended_on": "2024-03-01", "end_reason": "fullført"}
    with pytest.raises(Stopped) as error:
        beginnings.refuse_edit(store, 1, {**record(store, "assignment", 1), **ended})
    assert "hsf oppdrag avslutt O1 --dato 01.03.2024 --grunn fullført" in error.value.advice


def test_the_volunteer_is_not_changed_under_the_hours(store) -> None:
    taken_in(store, *waits(), *able("1"), *able("2"), assignment(startet="2024-02-01"),
             hours(dato="2024-02-10"))  # fmt: skip
    present = record(store, "assignment", 1)
    with pytest.raises(Stopped) as error:
        beginnings.refuse_edit(store, 1, {**present, "volunteer_id": 2})
    assert "1 timeføring" in error.value.text


def test_hours_outside_the_assignment_are_told(store) -> None:
    taken_in(store, *waits(), *able(), assignment(startet="2024-02-01"), hours(dato="2024-02-10"))
    present = record(store, "assignment", 1)
    assert beginnings.against_edit(store, 1, {**present, "started_on": "2024-02-10"}) == []
    (finding,) = beginnings.against_edit(store, 1, {**present, "started_on": "2024-02-11"})
    assert not finding.stops


def test_mending_asks_only_of_what_the_change_brings(store) -> None:
    taken_in(store, family(), inquiry(mottatt="2024-01-02", besøkt="2024-01-02"), *able(),
             assignment(startet="2024-02-01", planlagt_slutt="2024-08-01"))  # fmt: skip
    present = record(store, "assignment", 1)  # no children are recorded: that was so already
    assert beginnings.against_edit(store, 1, {**present, "started_on": "2024-02-02"}) == []
    (finding,) = beginnings.against_edit(store, 1, {**present, "started_on": "2024-01-31"})
    assert finding.rule == "varighet"


def test_what_was_gone_on_against_once_opens_nothing_else(store) -> None:
    taken_in(store, *waits(), *able(),
             assignment(startet="2024-02-01", planlagt_slutt="2029-01-01"))  # fmt: skip
    present = record(store, "assignment", 1)
    assert beginnings.against_edit(store, 1, {**present, "usual_time": "10:00"}) == []
    (finding,) = beginnings.against_edit(store, 1, {**present, "planned_end_on": "2035-01-01"})
    assert "01.01.2035" in finding.text


def test_another_inquiry_or_volunteer_is_judged_in_full(store) -> None:
    childless = [family("F2"), inquiry("H2", "F2", "2024-01-02", besøkt="2024-01-02")]
    taken_in(store, family(), inquiry(mottatt="2024-01-02", besøkt="2024-01-02"), *childless,
             *able("1", navn="Anne", hjemmebesøk=""), *able("2", navn="Anne", hjemmebesøk=""),
             assignment(startet="2024-02-01"))  # fmt: skip
    present = record(store, "assignment", 1)
    for other in ({"inquiry_id": 2}, {"volunteer_id": 2}):
        found = beginnings.against_edit(store, 1, {**present, **other})
        assert [one.rule for one in found] == ["målgruppe", "hjemmebesøk"]


def test_a_certificate_without_its_day_of_issue_is_told_at_the_start(store) -> None:
    taken_in(store, *waits(), *able(politiattest_utstedt=""))
    (finding,) = beginnings.against_starting(store, _values())
    assert (finding.rule, finding.stops) == ("politiattest", False)


def test_totals_are_of_the_assignment_alone(store) -> None:
    taken_in(store, *waits(), *able(), assignment(startet="2024-02-01"),
             hours(dato="2024-02-10", timer="5", besøk="2", kjøring="0:30"),
             hours(dato="2024-03-01", timer="3"),
             hours("veiledning", dato="2024-03-02", timer="1"))  # fmt: skip
    found = assignments.totals(store, 1)
    assert (found.visits, found.minutes, found.minutes_of_visits) == (2, 480, 300)
    assert (found.driving_minutes, found.last_on) == (30, "2024-03-01")


def test_today_is_not_needed_to_list_everything(store) -> None:
    taken_in(store, *waits(), *able(), assignment(startet="2024-02-01", avsluttet="2024-03-15"))
    (one,) = assignments.assignments(store)
    assert not one.runs(TODAY)
    assert one.runs(date(2024, 3, 14))
    assert (one.ran_in(2023), one.ran_in(2024), one.ran_in(2025)) == (False, True, False)
