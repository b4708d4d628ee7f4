"""Where volunteers stand on a day, the four requirements, and the steps of their service."""

from datetime import date

import pytest

from hsf_cli.errors import Stopped
from hsf_cli.registers import availability, service, volunteers
from hsf_cli.registers.editing import record
from hsf_cli.store import Store
from tests.builders import (
    TODAY,
    Record,
    assignment,
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

# What makes a volunteer ready on 1 March 2023: the course is over on 15 February.
READY = {
    "politiattest_utstedt": "2023-01-15",
    "politiattest_vist": "2023-02-20",
    "taushetserklæring": "2023-02-20",
    "hjemmebesøk": "2023-02-25",
}


def ready(id: str = "V1", godkjent: str = "2023-03-01", **more: str) -> list[Record]:
    """A volunteer with the four requirements met."""
    return [
        volunteer(id, godkjent, **{**READY, **more}),
        course(f"K{id[1:]}", "2023-01-11", slutt="2023-02-15"),
        registration(f"K{id[1:]}", id, timer="20"),
    ]


def stands(store: Store, day: str, number: int = 1) -> tuple[str, str | None]:
    found = availability.standing(store, number, date.fromisoformat(day))
    return found.stands, found.since.isoformat() if found.since else None


def test_a_candidate_is_one_until_the_day_of_approval(store: Store) -> None:
    taken_in(store, *ready(meldt_seg="2022-12-01"))
    assert stands(store, "2023-02-28") == ("kandidat", "2022-12-01")
    assert stands(store, "2023-03-01") == ("ledig", "2023-03-01")


def test_a_course_without_an_end_is_completed_on_its_last_day(store: Store) -> None:
    taken_in(
        store, volunteer(), course(start="2023-02-01"), registration(fullført="ja"),
        *(("kursdager", {"id": f"D{day}", "kurs": "K1", "dato": day})
          for day in ("2023-02-01", "2023-03-15")),
    )  # fmt: skip
    assert volunteers.volunteers(store)[1].course_completed_on == date(2023, 3, 15)


def test_before_signing_up_nobody_is_in_the_list(store: Store) -> None:
    taken_in(store, *ready(meldt_seg="2022-12-01"))
    assert availability.standings(store, date(2022, 11, 30)) == []
    assert len(availability.standings(store, date(2022, 12, 1))) == 1


def test_an_assignment_runs_until_the_day_it_ends(store: Store) -> None:
    taken_in(
        store,
        *ready(),
        family(),
        inquiry(),
        assignment(startet="2023-04-01", avsluttet="2023-09-30"),
    )
    assert stands(store, "2023-03-31") == ("ledig", "2023-03-01")
    assert stands(store, "2023-04-01") == ("oppdrag", "2023-04-01")
    assert stands(store, "2023-09-29") == ("oppdrag", "2023-04-01")
    assert stands(store, "2023-09-30") == ("ledig", "2023-09-30")


def test_both_days_of_a_pause_are_in_it(store: Store) -> None:
    taken_in(store, *ready(), pause("V1", "2023-07-01", "2023-08-15"))
    assert stands(store, "2023-06-30")[0] == "ledig"
    assert stands(store, "2023-07-01") == ("pause", "2023-07-01")
    assert stands(store, "2023-08-15") == ("pause", "2023-07-01")
    assert stands(store, "2023-08-16") == ("ledig", "2023-08-16")


def test_one_has_left_from_the_day_they_left(store: Store) -> None:
    taken_in(store, *ready(sluttet="2023-12-31"))
    assert stands(store, "2023-12-30")[0] == "ledig"
    assert stands(store, "2023-12-31") == ("sluttet", "2023-12-31")


def test_approved_with_something_missing_is_not_free(store: Store) -> None:
    taken_in(store, *ready(hjemmebesøk=""))
    assert stands(store, "2023-03-01") == ("ikke ledig", "2023-03-01")


def test_room_for_one_more_is_free_to_start_although_on_assignment(store: Store) -> None:
    taken_in(store, *ready(kapasitet="2"), family(), inquiry(), assignment(startet="2023-04-01"))
    found = availability.standing(store, 1, TODAY)
    assert (found.stands, found.may_start, found.families, found.capacity) == (
        "oppdrag", True, ("Familie F1",), 2,
    )  # fmt: skip


def test_a_past_day_knows_nothing_of_later_assignments(store: Store) -> None:
    taken_in(store, *ready(), family(), inquiry(), assignment(startet="2024-02-01"))
    assert stands(store, "2024-01-31")[0] == "ledig"


def test_an_earlier_period_counts_on_its_days(store: Store) -> None:
    taken_in(
        store,
        volunteer(
            godkjent="2024-03-01", meldt_seg="2024-01-10", **{**READY, "politiattest_vist": ""}
        ),
        earlier_period("V1", "2020-01-01", "2022-06-30"),
    )
    assert stands(store, "2021-01-01")[0] == "ledig"
    assert stands(store, "2022-06-30") == ("sluttet", "2022-06-30")
    assert stands(store, "2024-01-09") == ("sluttet", "2022-06-30")
    assert stands(store, "2024-01-10") == ("kandidat", "2024-01-10")
    assert stands(store, "2024-03-01")[0] == "ikke ledig"


def test_the_requirements_are_met_from_their_days(store: Store) -> None:
    taken_in(store, *ready())
    one = volunteers.volunteers(store)[1]

    def met(day: str) -> dict[str, bool]:
        found = volunteers.requirements(one, date.fromisoformat(day))
        return {requirement.rule: requirement.met for requirement in found}

    assert met("2023-02-14") == dict.fromkeys(volunteers.REQUIREMENTS, False)
    assert met("2023-02-15")["kurstimer"]
    assert not met("2023-02-19")["politiattest"]
    assert met("2023-02-20")["politiattest"]
    assert met("2023-02-20")["taushetserklæring"]
    assert met("2023-02-25") == dict.fromkeys(volunteers.REQUIREMENTS, True)


def test_a_requirement_says_the_day_it_was_met_and_what_is_missing(store: Store) -> None:
    taken_in(store, *ready(hjemmebesøk=""))
    found = {
        one.rule: one for one in volunteers.requirements(volunteers.volunteers(store)[1], TODAY)
    }
    assert found["kurstimer"].on == date(2023, 2, 15)
    assert "hjemmebesøk" in found["hjemmebesøk"].text


def test_hours_of_a_year_are_the_entries_of_that_year(store: Store) -> None:
    taken_in(
        store,
        *ready(),
        hours("veiledning", "2", "2023-12-31"),
        hours("veiledning", "1,5", "2024-01-01", kjøring="0:30"),
    )
    assert volunteers.hours_in(store, 1, 2024) == (90, 30)


def test_doubles_have_the_same_phone_email_or_name(store: Store) -> None:
    taken_in(
        store,
        volunteer("V1", navn="Kari Nes", telefon="900 00 123"),
        volunteer("V2", navn="Bo Strand", epost="bo@eksempel.no"),
        volunteer("V3", navn="Ida Berg"),
    )

    def doubles(**about: str) -> list[str]:
        return [hit.text for hit in service.likely_doubles(store, {"name": "Ny", **about})]

    assert doubles(phone="+47 90000123") == ["V1 Kari Nes (samme telefon)"]
    assert doubles(email="BO@eksempel.no") == ["V2 Bo Strand (samme e-post)"]
    assert doubles(name="ida berg") == ["V3 Ida Berg (samme navn)"]
    assert doubles(phone="900 00 124") == []


def test_leaving_ends_the_pause_and_takes_away_those_ahead(store: Store) -> None:
    taken_in(
        store,
        *ready(),
        pause("V1", "2023-07-01", "2023-08-01"),
        pause("V1", "2024-03-01"),
        pause("V1", "2024-07-01", "2024-08-01"),
    )
    # The open pause would overlap the one ahead had it been typed; a file may say so.
    with store.change("kontakt slutt") as change:
        assert service.left(store, change, 1, "2024-03-10") == 2
    assert [tuple(row)[3:] for row in volunteers.pauses(store, 1)] == [
        ("2023-07-01", "2023-08-01"),
        ("2024-03-01", "2024-03-10"),
    ]


def test_leaving_names_the_assignments_that_run(store: Store) -> None:
    taken_in(store, *ready(), family(navn="Berg"), inquiry(), assignment(startet="2023-04-01"))
    with pytest.raises(Stopped) as refused:
        service.refuse_leaving(store, 1, "2024-03-01")
    assert "O1 Berg – Familiekontakt V1" in refused.value.text
    assert "hsf oppdrag avslutt O1" in refused.value.advice


def test_an_assignment_that_ends_that_day_does_not_hinder_leaving(store: Store) -> None:
    ended = assignment(startet="2023-04-01", avsluttet="2024-03-01")
    taken_in(store, *ready(), family(), inquiry(), ended)
    service.refuse_leaving(store, 1, "2024-03-01")
    with pytest.raises(Stopped):
        service.refuse_leaving(store, 1, "2024-02-29")


def test_coming_back_keeps_the_period_and_asks_for_a_new_certificate(store: Store) -> None:
    taken_in(store, *ready(sluttet="2023-12-31"))
    with store.change("kontakt tilbake") as change:
        service.returned(store, change, 1, "2024-03-01")
    one = volunteers.volunteers(store)[1]
    assert (one.approved_on, one.left_on, one.earlier_left_on) == (None, None, date(2023, 12, 31))
    met = {found.rule: found.met for found in volunteers.requirements(one, TODAY)}
    assert met == {
        "kurstimer": True, "politiattest": False, "taushetserklæring": True, "hjemmebesøk": True,
    }  # fmt: skip
    assert stands(store, "2024-02-29") == ("sluttet", "2023-12-31")
    assert stands(store, "2024-03-01") == ("kandidat", "2024-03-01")


def test_nobody_comes_back_before_they_left_or_without_having_left(store: Store) -> None:
    taken_in(store, *ready("V1", sluttet="2023-12-31"), *ready("V2"))
    with pytest.raises(Stopped):
        service.refuse_return(store, 1, "2023-12-30")
    service.refuse_return(store, 1, "2023-12-31")
    with pytest.raises(Stopped):
        service.refuse_return(store, 2, "2023-12-31")


@pytest.mark.parametrize(
    ("first", "last", "overlaps"),
    [
        ("2024-01-01", "2024-02-01", False),  # before both
        ("2024-02-20", "2024-03-01", True),  # its last day is the other's first
        ("2024-03-10", "2024-03-12", True),  # after its end, and then nothing
        ("2024-03-11", "2024-03-31", False),  # between
        ("2024-03-11", "2024-04-01", True),
        ("2024-03-11", None, True),  # goes on into the open one
    ],
)
def test_pauses_never_have_a_day_in_common(
    store: Store, first: str, last: str | None, overlaps: bool
) -> None:
    taken_in(store, *ready(), pause("V1", "2024-03-01", "2024-03-10"), pause("V1", "2024-04-01"))
    values = {"volunteer_id": 1, "from_on": first, "to_on": last}
    if overlaps:
        with pytest.raises(Stopped, match="har allerede pause"):
            service.refuse_pause(store, None, values)
    else:
        service.refuse_pause(store, None, values)


def test_a_pause_does_not_stand_against_itself_when_mended(store: Store) -> None:
    taken_in(store, *ready(), pause("V1", "2024-03-01"))
    mended = {"volunteer_id": 1, "from_on": "2024-03-01", "to_on": "2024-03-10"}
    service.refuse_pause(store, 1, mended)


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [
        ("2024-03-01", "2024-03-31", False),
        ("2024-03-01", "2024-04-01", True),  # its last day is the first of the assignment
        ("2024-03-01", None, True),
        ("2024-08-31", None, True),
        ("2024-09-01", None, False),  # the day it has ended
    ],
)
def test_a_pause_tells_of_the_assignments_that_run_in_it(
    store: Store, first: str, last: str | None, told: bool
) -> None:
    running = assignment(startet="2024-04-01", avsluttet="2024-09-01")
    taken_in(store, *ready(), family(navn="Berg"), inquiry(), running)
    values = {"volunteer_id": 1, "from_on": first, "to_on": last}
    assert [one.stops for one in service.against_pause(store, values)] == [False] * told


def test_a_mended_day_of_leaving_ends_the_pauses_and_tells_of_it(store: Store) -> None:
    taken_in(store, *ready(), pause("V1", "2024-03-01"))
    present = record(store, "volunteer", 1)
    assert service.against_edit(store, 1, present) == []
    gone = {**present, "left_on": "2024-03-10"}
    (told,) = service.against_edit(store, 1, gone)
    assert (told.text, told.stops) == ("1 pause tar slutt med det.", False)
    with store.change("kontakt endre") as change:
        service.follow_edit(store, change, 1, gone)
    assert [row["to_on"] for row in volunteers.pauses(store, 1)] == ["2024-03-10"]


def test_what_a_file_said_of_one_who_left_stands_against_no_other_mending(store: Store) -> None:
    taken_in(store, *ready(sluttet="2024-01-01"), family(), inquiry(), assignment())
    present = record(store, "volunteer", 1)
    service.refuse_edit(store, 1, {**present, "phone": "900 00 123"})
    with pytest.raises(Stopped):
        service.refuse_edit(store, 1, {**present, "left_on": "2024-01-02"})


def test_an_approval_without_the_certificates_day_of_issue_is_told(store: Store) -> None:
    taken_in(store, *ready(politiattest_utstedt=""))
    present = record(store, "volunteer", 1)
    (finding,) = service.against_approval(store, 1, present)
    assert (finding.rule, finding.stops) == ("politiattest", False)


def test_periods_follow_one_another(store: Store) -> None:
    taken_in(
        store, volunteer(godkjent="2023-01-01"), earlier_period("V1", "2020-01-01", "2021-06-30")
    )

    def refused(first: str, last: str) -> bool:
        period = {"volunteer_id": 1, "approved_on": first, "left_on": last}
        try:
            service.refuse_period(store, None, period)
        except Stopped:
            return True
        return False

    assert not refused("2021-06-30", "2023-01-01")
    assert refused("2021-06-29", "2022-01-01")
    assert refused("2022-01-01", "2023-01-02")
