"""Two records of one volunteer become one, and nothing that was on either is lost."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsf_cli.change import Change
from hsf_cli.errors import WrongUse
from hsf_cli.populations import Period, records
from hsf_cli.records import tombstone
from hsf_cli.registers import merging_volunteers, soundness
from hsf_cli.registers.editing import record
from hsf_cli.registers.joining import refuse_joining
from hsf_cli.registers.merging_volunteers import Span, united
from hsf_cli.registers.undoing import undoable, undone
from hsf_cli.store import Store
from hsf_cli.whose import ever
from tests.builders import (
    Record,
    activity,
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
from tests.registers.test_erasing import department

CANDIDATE = {"godkjent": ""}


def joined(store: Store, kept: int = 1, other: int = 2) -> merging_volunteers.Merged:
    said = {
        number: {name: f"{name} på V{number}: annet" for name in record(store, "volunteer", number)}
        for number in (kept, other)
    }
    with store.change("kontakt slå-sammen") as change:
        return merging_volunteers.merged(store, change, kept, other, said)


def column(store: Store, sql: str) -> list[object]:
    return [row[0] for row in store.rows(sql)]


def service(store: Store) -> tuple[str | None, ...]:
    """When the one who is left signed up, was approved and left."""
    (row,) = store.rows("SELECT signed_up_on, approved_on, left_on FROM volunteer")
    return tuple(row)


def spans(store: Store, table: str, first: str, last: str) -> list[tuple[object, ...]]:
    sql = f"SELECT volunteer_id, {first}, {last} FROM {table} ORDER BY {first}"
    return [tuple(row) for row in store.rows(sql)]


def test_what_only_the_other_knew_is_kept_and_what_differs_stands_in_the_note(
    store: Store,
) -> None:
    taken_in(
        store,
        volunteer("V1", telefon="900 00 001", notat="Ringer om kvelden"),
        volunteer("V2", navn="Familiekontakt V1", telefon="900 00 002", område="Nord",
                  politiattest_vist="2019-12-01"),
    )  # fmt: skip
    result = joined(store)
    kept = record(store, "volunteer", 1)
    assert (kept["phone"], kept["area"]) == ("900 00 001", "Nord")
    assert kept["certificate_shown_on"] == "2019-12-01"
    assert kept["note"] == "Ringer om kvelden\nphone på V2: annet"
    assert result.in_note == ("phone",)
    assert column(store, "SELECT id FROM volunteer") == [1]


def test_what_annet_was_does_not_come_to_stand_beside_another_code(store: Store) -> None:
    other = {"yrkesstatus": "annet", "yrkesstatus_annet": "Kunstner", "fant_oss": "annet",
             "fant_oss_annet": "En venn"}  # fmt: skip
    taken_in(store, volunteer("V1", yrkesstatus="student"), volunteer("V2", **other))
    assert joined(store).in_note == ("name", "occupation", "occupation_other")
    kept = record(store, "volunteer", 1)
    assert (kept["occupation"], kept["occupation_other"]) == ("student", None)
    assert (kept["found_us"], kept["found_us_other"]) == ("annet", "En venn")


def test_everything_that_is_the_others_moves_along(store: Store) -> None:
    taken_in(
        store, family(), inquiry(), volunteer("V1"), volunteer("V2"), course("K1"),
        registration("K1", "V2"), pause("V2", "2023-01-01", "2023-02-01"),
        assignment("O1", "H1", "V2"), hours(familiekontakt="V2"),
        hours("veiledning", familiekontakt="V2"),
        ("unntak", {"regel": "politiattest", "familiekontakt": "V2", "dato": "2023-01-01",
                    "begrunnelse": "Kommer"}),
    )  # fmt: skip
    joined(store)
    for table in ("assignment", "hours", "course_registration", "pause", "rule_exception"):
        assert set(column(store, f"SELECT volunteer_id FROM {table}")) == {1}, table
    assert soundness.breaches(store) == set()


@pytest.mark.parametrize(
    ("ours", "theirs", "present", "earlier"),
    [
        # Entered twice: the first day counts, and nobody who is here has left.
        (("2020-01-01", ""), ("2020-03-01", ""), ("2020-01-01", None), []),
        (("2020-03-01", "2021-06-30"), ("2020-01-01", ""), ("2020-01-01", None), []),
        (("2020-01-01", "2021-06-30"), ("2020-03-01", "2021-05-31"),
         ("2020-01-01", "2021-06-30"), []),
        # Came back, and was entered anew: two periods, whichever of the records is kept.
        (("2018-01-01", "2019-06-30"), ("2021-01-01", ""), ("2021-01-01", None),
         [("2018-01-01", "2019-06-30")]),
        (("2021-01-01", ""), ("2018-01-01", "2019-06-30"), ("2021-01-01", None),
         [("2018-01-01", "2019-06-30")]),
        (("2018-01-01", "2019-06-30"), ("2019-06-30", "2020-06-30"),
         ("2019-06-30", "2020-06-30"), [("2018-01-01", "2019-06-30")]),
        # A candidate is whoever was approved; one who left without having been is not.
        (("", ""), ("2020-01-01", ""), ("2020-01-01", None), []),
        (("", "2020-06-30"), ("2021-01-01", ""), ("2021-01-01", None), []),
        (("", ""), ("", "2020-06-30"), (None, None), []),
        (("", "2020-06-30"), ("", "2020-08-31"), (None, "2020-08-31"), []),
        (("", ""), ("2018-01-01", "2019-06-30"), ("2018-01-01", "2019-06-30"), []),
    ],
)  # fmt: skip
def test_the_two_tell_of_one_service_together(
    store: Store,
    ours: tuple[str, str],
    theirs: tuple[str, str],
    present: tuple[str | None, str | None],
    earlier: list[tuple[str, str]],
) -> None:
    taken_in(store, volunteer("V1", ours[0], sluttet=ours[1]),
             volunteer("V2", theirs[0], sluttet=theirs[1]))  # fmt: skip
    joined(store)
    assert service(store)[1:] == present
    assert spans(store, "earlier_period", "approved_on", "left_on") == [
        (1, *period) for period in earlier
    ]


@pytest.mark.parametrize(
    ("signed_up", "again"), [("2020-08-01", True), ("2019-06-30", True), ("2017-11-01", False)]
)
def test_who_signed_up_after_having_left_is_a_candidate_again(
    store: Store, signed_up: str, again: bool
) -> None:
    taken_in(store, volunteer("V1", "2018-01-01", sluttet="2019-06-30"),
             volunteer("V2", **CANDIDATE, meldt_seg=signed_up))  # fmt: skip
    joined(store)
    left = (signed_up, None, None), [(1, "2018-01-01", "2019-06-30")]
    as_before = (signed_up, "2018-01-01", "2019-06-30"), []
    expected = left if again else as_before
    assert (service(store), spans(store, "earlier_period", "approved_on", "left_on")) == expected


@pytest.mark.parametrize("kept", [1, 2])
def test_who_came_back_is_still_a_candidate_though_the_day_of_it_is_not_noted(
    store: Store, kept: int
) -> None:
    taken_in(store, volunteer("V1", **CANDIDATE), earlier_period("V1", "2018-01-01", "2019-06-30"),
             volunteer("V2", **CANDIDATE))  # fmt: skip
    joined(store, kept, 3 - kept)
    assert service(store) == (None, None, None)
    assert spans(store, "earlier_period", "approved_on", "left_on") == [
        (kept, "2018-01-01", "2019-06-30")
    ]


@pytest.mark.parametrize(
    ("ended", "again"), [("", True), ("2023-06-30", True), ("2019-06-30", False)]
)
def test_who_has_an_assignment_after_having_left_is_back(
    store: Store, ended: str, again: bool
) -> None:
    taken_in(
        store, family(), inquiry(mottatt="2018-01-01"), volunteer("V1", "2018-01-01",
        sluttet="2019-06-30"), volunteer("V2", **CANDIDATE),
        assignment("O1", "H1", "V2", "2019-02-01", ended),
    )  # fmt: skip
    joined(store)
    left = (None, "2018-01-01", "2019-06-30")
    assert service(store) == ((None, None, None) if again else left)
    assert soundness.breaches(store) == set()


def test_the_day_of_signing_up_is_that_of_the_present_period(store: Store) -> None:
    taken_in(
        store,
        volunteer("V1", "2018-01-01", sluttet="2019-06-30", meldt_seg="2017-11-01"),
        volunteer("V2", "2021-01-01", meldt_seg="2020-11-01"),
    )
    assert joined(store).days_in_note
    assert service(store) == ("2020-11-01", "2021-01-01", None)
    assert record(store, "volunteer", 1)["note"].endswith("Meldte seg også 01.11.2017.")


@pytest.mark.parametrize(("first", "kept"), [("", None), ("2019-11-01", "2019-11-01")])
def test_nobody_signed_up_for_a_period_after_having_been_approved_in_it(
    store: Store, first: str, kept: str | None
) -> None:
    taken_in(store, volunteer("V1", meldt_seg=first),
             volunteer("V2", **CANDIDATE, meldt_seg="2024-02-01"))  # fmt: skip
    assert joined(store).days_in_note
    assert service(store) == (kept, "2020-01-01", None)
    assert record(store, "volunteer", 1)["note"].endswith("Meldte seg også 01.02.2024.")


def test_periods_that_overlap_are_one_and_what_stood_is_in_the_note(store: Store) -> None:
    taken_in(
        store,
        volunteer("V1", "2020-01-01", sluttet="2021-06-30"),
        volunteer("V2", "2020-03-01"),
        earlier_period("V1", "2015-01-01", "2016-12-31"),
        earlier_period("V2", "2016-06-01", "2017-12-31"),
    )
    assert joined(store).days_in_note
    assert service(store)[1:] == ("2020-01-01", None)
    assert spans(store, "earlier_period", "approved_on", "left_on") == [
        (1, "2015-01-01", "2017-12-31")
    ]
    assert record(store, "volunteer", 1)["note"].splitlines()[-4:] == [
        "Også ført: godkjent 01.01.2020, sluttet 30.06.2021.",
        "Også ført: godkjent 01.03.2020.",
        "Også ført: godkjent 01.01.2015, sluttet 31.12.2016.",
        "Også ført: godkjent 01.06.2016, sluttet 31.12.2017.",
    ]


def test_two_who_say_the_same_of_their_service_leave_nothing_in_the_note(store: Store) -> None:
    twice = [volunteer(id, navn="Kari Nes", meldt_seg="2019-11-01") for id in ("V1", "V2")]
    taken_in(store, *twice)
    assert joined(store) == merging_volunteers.Merged((), False, 0, 0, ())
    assert record(store, "volunteer", 1)["note"] is None


@pytest.mark.parametrize("kept", [1, 2])
def test_the_certificate_is_that_of_the_present_period(store: Store, kept: int) -> None:
    taken_in(
        store,
        volunteer("V1", "2018-01-01", sluttet="2019-06-30", politiattest_utstedt="2017-11-01",
                  politiattest_vist="2017-12-01"),
        volunteer("V2", "2021-01-01", politiattest_vist="2020-12-01"),
    )  # fmt: skip
    joined(store, kept, 3 - kept)
    row = record(store, "volunteer", kept)
    assert (row["certificate_issued_on"], row["certificate_shown_on"]) == (None, "2020-12-01")
    assert "certificate_issued_on på V1: annet" in row["note"]
    assert "certificate_shown_on på V1: annet" in row["note"]


@pytest.mark.parametrize(("shown", "issued"), [("2023-01-05", "2022-12-01"), ("2023-06-20", None)])
def test_one_certificate_does_not_get_the_day_of_issue_of_another(
    store: Store, shown: str, issued: str | None
) -> None:
    taken_in(
        store, volunteer("V1", politiattest_vist=shown),
        volunteer("V2", politiattest_utstedt="2022-12-01", politiattest_vist="2023-01-05"),
    )  # fmt: skip
    joined(store)
    row = record(store, "volunteer", 1)
    assert (row["certificate_shown_on"], row["certificate_issued_on"]) == (shown, issued)


@pytest.mark.parametrize("kept", [1, 2])
def test_what_is_asked_for_once_was_met_on_the_first_of_the_days(store: Store, kept: int) -> None:
    days = {"taushetserklæring": "2018-01-01", "hjemmebesøk": "2021-01-02"}
    others = {"taushetserklæring": "2021-01-01", "hjemmebesøk": ""}
    taken_in(store, volunteer("V1", **days), volunteer("V2", **others))
    assert joined(store, kept, 3 - kept).in_note[-1:] == ("confidentiality_on",)
    row = record(store, "volunteer", kept)
    assert (row["confidentiality_on"], row["home_visit_on"]) == ("2018-01-01", "2021-01-02")
    assert "confidentiality_on på V2: annet" in row["note"]


@pytest.mark.parametrize(
    ("ours", "theirs", "born", "in_note"),
    [
        ("1960", "1960-03-02", "1960-03-02", ()),
        ("1960-03-02", "1960", "1960-03-02", ()),
        ("1960", "1961-03-02", "1960", ("born",)),
        ("1960-03-02", "1960-03-03", "1960-03-02", ("born",)),
    ],
)
def test_a_day_of_birth_says_more_than_its_year(
    store: Store, ours: str, theirs: str, born: str, in_note: tuple[str, ...]
) -> None:
    twice = {"V1": ours, "V2": theirs}
    taken_in(store, *(volunteer(id, navn="Kari", født=day) for id, day in twice.items()))
    assert joined(store).in_note == in_note
    assert record(store, "volunteer", 1)["born"] == born


def test_pauses_with_a_day_in_common_are_one(store: Store) -> None:
    taken_in(
        store, volunteer("V1"), volunteer("V2"),
        pause("V1", "2023-01-01", "2023-02-01"), pause("V2", "2023-02-01", "2023-03-01"),
        pause("V2", "2023-03-02", "2023-03-31"), pause("V2", "2023-06-01"),
        pause("V1", "2023-07-01", "2023-07-31"),
    )  # fmt: skip
    joined(store)
    assert spans(store, "pause", "from_on", "to_on") == [
        (1, "2023-01-01", "2023-03-01"),
        (1, "2023-03-02", "2023-03-31"),
        (1, "2023-06-01", None),
    ]


_DAYS = st.dates().map(lambda day: day.isoformat())
_SPANS = st.builds(
    lambda one, other: Span(one, None) if other is None else Span(min(one, other), max(one, other)),
    _DAYS,
    st.none() | _DAYS,
)


@given(st.lists(_SPANS), _DAYS, st.booleans())
def test_united_spans_cover_what_each_of_them_did(
    given: list[Span], day: str, with_ends: bool
) -> None:
    def covering(spans: list[Span]) -> int:
        ends = [(one.first, one.last or "9999") for one in spans]
        return sum(first <= day < last or (with_ends and day == last) for first, last in ends)

    found = united(given, with_ends=with_ends)
    assert covering(found) == min(1, covering(given))
    assert united(found, with_ends=with_ends) == found


@settings(max_examples=40)
@given(st.lists(_SPANS, max_size=4), st.lists(_SPANS, max_size=4), _DAYS, _DAYS)
def test_the_one_who_is_left_was_here_whenever_either_was(
    ours: list[Span], theirs: list[Span], one: str, other: str
) -> None:
    def here(store: Store) -> bool:
        period = Period(*sorted(map(date.fromisoformat, (one, other))))
        return bool(records(store, "volunteers", period))

    with department() as store:
        with store.change("test") as change:
            for told in (ours, theirs):
                _enter(change, united(told))
        was_here = here(store)
        joined(store)
        assert here(store) is was_here
        assert soundness.breaches(store) == set()


def _enter(change: Change, periods: list[Span]) -> None:
    """A volunteer who was here in those periods."""
    *earlier, present = periods or [Span("", None)]
    volunteer = change.insert(
        "volunteer", name="Kari", approved_on=present.first or None, left_on=present.last
    )
    for approved_on, left_on in earlier:
        change.insert(
            "earlier_period", volunteer_id=volunteer, approved_on=approved_on, left_on=left_on
        )


@pytest.mark.parametrize(
    ("ours", "theirs", "minutes", "completed"),
    [
        ({"timer": "20"}, {"timer": "22", "fullført": "ja"}, 1_320, "ja"),
        ({"fullført": "2023-05-01"}, {"fullført": "ja"}, None, "2023-05-01"),
        ({"fullført": "nei"}, {"fullført": "2023-05-01"}, None, "2023-05-01"),
        ({"fullført": "nei"}, {}, None, "nei"),
        ({"timer": "0"}, {}, 0, None),
    ],
)
def test_a_course_that_both_were_on_is_taken_once(
    store: Store,
    ours: dict[str, str],
    theirs: dict[str, str],
    minutes: int | None,
    completed: str | None,
) -> None:
    taken_in(
        store, volunteer("V1"), volunteer("V2"), course("K1"), course("K2", "2024-02-01"),
        registration("K1", "V1", **ours), registration("K1", "V2", **theirs),
        registration("K2", "V2"),
    )  # fmt: skip
    assert joined(store).same_courses == 1
    rows = store.rows("SELECT course_id, minutes, completed FROM course_registration ORDER BY id")
    assert [tuple(row) for row in rows] == [(1, minutes, completed), (2, None, None)]
    assert len(records(store, "registrations", Period.year(2023))) == 1


def test_every_day_that_was_attended_on_either_is_kept_and_the_longest(store: Store) -> None:
    def there(day: str, whom: str, hours: str = "") -> Record:
        return "oppmøte", {"kursdag": day, "kursdeltaker": whom, "timer": hours}

    days = [("kursdager", {"id": f"KD{n}", "kurs": "K1", "dato": f"2023-02-0{n}", "timer": "4"})
            for n in range(1, 5)]  # fmt: skip
    taken_in(
        store, volunteer("V1"), volunteer("V2"), course("K1"), *days,
        registration("K1", "V1", id="D1"), registration("K1", "V2", id="D2"),
        there("KD1", "D1", "2"), there("KD1", "D2", "3"),
        there("KD2", "D1"), there("KD2", "D2", "1"),
        there("KD3", "D2", "1"), there("KD4", "D1", "4"),
    )  # fmt: skip
    joined(store)
    rows = store.rows(
        "SELECT course_registration_id, course_day_id, minutes FROM attendance"
        " ORDER BY course_day_id"
    )
    assert [tuple(row) for row in rows] == [(1, 1, 180), (1, 2, None), (1, 3, 60), (1, 4, 240)]


def test_hours_that_may_be_the_same_are_told_of_and_all_are_kept(store: Store) -> None:
    taken_in(
        store, volunteer("V1"), volunteer("V2"), activity("A1"),
        hours("kurs", "3"), hours("kurs", "3", familiekontakt="V2"),
        hours("aktivitet", "2", aktivitet="A1"),
        hours("aktivitet", "4", aktivitet="A1", familiekontakt="V2"),
        hours("kurs", "1", familiekontakt="V2"), hours("samling", "3", familiekontakt="V2"),
        hours("kurs", "3", "2023-06-02", familiekontakt="V2"),
    )  # fmt: skip
    assert joined(store).same_hours == 2
    assert store.value("SELECT sum(minutes) FROM hours WHERE volunteer_id = 1") == 19 * 60


def test_assignments_that_run_at_one_family_are_told_of(store: Store) -> None:
    taken_in(
        store, family("F1"), family("F2"), inquiry("H1", "F1"), inquiry("H2", "F2"),
        volunteer("V1"), volunteer("V2"),
        assignment("O1", "H1", "V1"), assignment("O2", "H1", "V2"), assignment("O3", "H2", "V2"),
        assignment("O4", "H2", "V2", "2023-01-01", "2023-02-01"),
    )  # fmt: skip
    assert joined(store).same_family == ((1, 2),)


def test_an_old_file_does_not_bring_the_other_record_back(store: Store) -> None:
    rows = [volunteer("crm-1", navn="Kari"), volunteer("crm-2", navn="Kari")]
    taken_in(store, *rows)
    joined(store)
    (volunteers,) = taken_in(store, *rows)
    assert (volunteers.added, volunteers.erased) == (0, 1)


def test_all_of_it_is_taken_back_in_one_step(store: Store) -> None:
    def everything() -> list[list[tuple[object, ...]]]:
        tables = ("volunteer", "earlier_period", "pause", "course_registration", "hours",
                  "assignment", "tombstone")  # fmt: skip
        return [[tuple(row) for row in store.rows(f"SELECT * FROM {table}")] for table in tables]

    taken_in(
        store, family(), inquiry(), course("K1"),
        volunteer("V1", "2018-01-01", sluttet="2019-06-30"), volunteer("V2", "2021-01-01"),
        registration("K1", "V1"), registration("K1", "V2", timer="20"),
        pause("V1", "2019-01-01", "2019-02-01"), pause("V2", "2019-01-15", "2019-03-01"),
        assignment("O1", "H1", "V2"), hours(familiekontakt="V2"),
    )  # fmt: skip
    before = everything()
    joined(store)
    assert everything() != before
    undone(store, undoable(store))
    assert everything() == before


@pytest.mark.parametrize(
    "theirs",
    [
        [hours("veiledning", familiekontakt="V2")],
        [family(), inquiry(), assignment("O1", "H1", "V2")],
        [],
    ],
)
def test_who_was_joined_into_another_is_found_with_that_one(
    store: Store, theirs: list[Record]
) -> None:
    taken_in(store, volunteer("V1", navn="Kari"), volunteer("V2", navn="Kari"),
             volunteer("V3", navn="Liv"), *theirs)  # fmt: skip
    joined(store)
    with store.change("endre") as change:  # neither the name nor what moved tells of it
        change.update("volunteer", 1, name="Kari Nes")
        for table in ("assignment", "hours"):
            change.update_where(table, "volunteer_id", 1, volunteer_id=3)
    assert ever(store, "volunteer", 1)["volunteer"] == {1, 2}
    assert ever(store, "volunteer", 3)["volunteer"] == {3}


def test_that_is_so_too_where_the_number_was_anothers_id_that_is_gone(store: Store) -> None:
    taken_in(store, volunteer("V1"), volunteer("V2"))
    with store.change("personvern slett") as change:  # of somebody whom a file called V2
        change.bury("volunteer", tombstone(store.salt, "volunteer", "V2"))
    joined(store)
    assert ever(store, "volunteer", 1)["volunteer"] == {1, 2}


def test_who_was_not_another_after_all_is_not_found_with_that_one(store: Store) -> None:
    taken_in(store, volunteer("V1"), volunteer("V2"), volunteer("V3"))
    joined(store)
    undone(store, undoable(store))
    with store.change("kontakt slett") as change:
        change.delete("volunteer", 2)
    assert ever(store, "volunteer", 1)["volunteer"] == {1}


def test_a_volunteer_is_not_joined_with_itself(store: Store) -> None:
    taken_in(store, volunteer("V1"))
    with pytest.raises(WrongUse, match="samme familiekontakt"):
        refuse_joining(store, "volunteer", 1, 1)
