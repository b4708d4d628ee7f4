"""Every rule on the day before and the day it turns, and what its finding tells."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hsf_cli import rules
from hsf_cli.rules import CourseHours, Finding, Member, Volunteer

days = st.dates(date(1990, 1, 1), date(2100, 12, 31))
ONE_DAY = timedelta(days=1)

# Nothing stands against her from 1 March 2023 on.
READY = Volunteer(
    "V3",
    "Kari",
    approved_on=date(2023, 3, 1),
    home_visit_on=date(2023, 3, 1),
    certificate_issued_on=date(2023, 1, 10),
    certificate_shown_on=date(2023, 3, 1),
    confidentiality_on=date(2023, 3, 1),
    courses=(CourseHours(1200, date(2023, 3, 1)),),
)


def broken(findings: list[Finding]) -> list[str]:
    return [finding.rule for finding in findings]


def starting(volunteer: Volunteer, day: date) -> list[str]:
    return broken(rules.against_starting(volunteer, day))


def the_only(findings: list[Finding]) -> Finding:
    (finding,) = findings
    return finding


# The target group


@pytest.mark.parametrize("born", ["2017", "2017-01-01", "2017-07-31", "2017-08-01", "2017-12-31"])
def test_school_age_begins_on_1_august_of_the_year_a_child_turns_six(born: str) -> None:
    assert rules.school_start(born) == date(2023, 8, 1)
    assert rules.under_school_age(born, date(2023, 7, 31))
    assert not rules.under_school_age(born, date(2023, 8, 1))


@pytest.mark.parametrize(
    ("born", "day", "under"),
    [
        ("2023-03-02", date(2023, 3, 1), False),
        ("2023-03-02", date(2023, 3, 2), True),
        ("2024-02-29", date(2024, 2, 28), False),
        ("2024-02-29", date(2024, 2, 29), True),
        ("2024", date(2023, 12, 31), False),
        ("2024", date(2024, 1, 1), True),
    ],
)
def test_an_unborn_child_is_not_yet_under_school_age(born: str, day: date, under: bool) -> None:
    assert rules.under_school_age(born, day) is under


@given(born=days, day=days)
@example(born=date(2016, 2, 29), day=date(2022, 8, 1))
def test_a_child_is_under_school_age_from_its_birth_until_school_starts(
    born: date, day: date
) -> None:
    expected = born <= day < date(born.year + 6, 8, 1)
    assert rules.under_school_age(born.isoformat(), day) is expected


def test_one_child_under_school_age_is_enough() -> None:
    assert rules.outside_target_group(["2010", "2017-05-05"], date(2023, 7, 31)) is None


def test_a_family_whose_youngest_is_of_school_age_is_outside_the_target_group() -> None:
    finding = rules.outside_target_group(["2010", "2017-05-05"], date(2023, 8, 1))
    assert finding == Finding(
        "målgruppe",
        "Familien har ingen barn under skolealder per 01.08.2023.",
        "Se over fødselsårene. Skolealder er fra 1. august det året barnet fyller seks.",
    )


def test_a_family_that_expects_its_first_child_is_outside_until_it_is_born() -> None:
    assert rules.outside_target_group(["2023-03-02"], date(2023, 3, 1)) is not None
    assert rules.outside_target_group(["2023-03-02"], date(2023, 3, 2)) is None


def test_a_family_without_children_is_told_that_none_are_recorded() -> None:
    finding = rules.outside_target_group([], date(2023, 3, 1))
    assert finding is not None
    assert finding.text == "Ingen barn er ført på familien."


# The four requirements


def test_nothing_is_missing_on_the_day_the_last_requirement_is_met() -> None:
    assert rules.missing_requirements(READY, date(2023, 3, 1)) == []


def test_all_four_are_missing_the_day_before_and_tell_when_they_come() -> None:
    found = rules.missing_requirements(READY, date(2023, 2, 28))
    assert broken(found) == ["kurstimer", "politiattest", "taushetserklæring", "hjemmebesøk"]
    assert [finding.text for finding in found] == [
        "Kari har 0 av 20 kurstimer per 28.02.2023.",
        "Kari har ikke vist politiattest per 28.02.2023 (ført på 01.03.2023).",
        "Kari har ikke skrevet under taushetserklæring per 28.02.2023 (ført på 01.03.2023).",
        "Kari har ikke hatt hjemmebesøk av koordinator per 28.02.2023 (ført på 01.03.2023).",
    ]


def test_each_requirement_of_a_new_candidate_names_its_command() -> None:
    candidate = Volunteer("V7", "Ola")
    assert [finding.remedy for finding in rules.against_starting(candidate, date(2023, 3, 1))] == [
        "Når kravene er oppfylt: «hsf kontakt godkjenn V7».",
        "Før oppmøtet på kursdagene: «hsf kurs oppmøte».",
        "Når en gyldig politiattest er vist: «hsf kontakt endre V7 --politiattest-vist DATO "
        "--politiattest-utstedt DATO».",
        "Når taushetserklæringen er underskrevet: «hsf kontakt endre V7 --taushetserklæring DATO».",
        "Når hjemmebesøket er gjort: «hsf kontakt endre V7 --hjemmebesøk DATO».",
    ]


def test_a_minute_less_than_twenty_hours_is_too_little() -> None:
    first = CourseHours(600, date(2023, 2, 1))
    short = READY._replace(courses=(first, CourseHours(599, date(2023, 2, 8))))
    enough = READY._replace(courses=(first, CourseHours(600, date(2023, 2, 8))))
    finding = the_only(rules.missing_requirements(short, date(2023, 3, 1)))
    assert finding.text == "Kari har 19:59 av 20 kurstimer per 01.03.2023."
    assert rules.missing_requirements(enough, date(2023, 3, 1)) == []


def test_course_hours_count_from_their_day() -> None:
    volunteer = Volunteer(
        "V3", "Kari", courses=(CourseHours(180, date(2023, 1, 31)), CourseHours(60, date.max))
    )
    assert rules.course_minutes(volunteer, date(2023, 1, 30)) == 0
    assert rules.course_minutes(volunteer, date(2023, 1, 31)) == 180


@given(st.lists(st.tuples(st.integers(0, 600), days)), days, days)
def test_course_minutes_never_fall(attended: list[tuple[int, date]], one: date, two: date) -> None:
    volunteer = Volunteer("V3", "Kari", courses=tuple(CourseHours(*hours) for hours in attended))
    assert rules.course_minutes(volunteer, min(one, two)) <= rules.course_minutes(
        volunteer, max(one, two)
    )


def test_a_course_completed_without_recorded_hours_counts_from_its_day() -> None:
    volunteer = READY._replace(courses=(), course_completed_on=date(2023, 4, 30))
    finding = the_only(rules.missing_requirements(volunteer, date(2023, 4, 29)))
    assert finding.text == "Kari har 0 av 20 kurstimer per 29.04.2023 (ført på 30.04.2023)."
    assert rules.missing_requirements(volunteer, date(2023, 4, 30)) == []


# The certificate of conduct


@pytest.mark.parametrize(
    ("issued", "last"),
    [
        (date(2023, 1, 10), date(2023, 4, 10)),
        (date(2022, 11, 30), date(2023, 2, 28)),
        (date(2023, 11, 30), date(2024, 2, 29)),
        (date(2024, 2, 29), date(2024, 5, 29)),
        (date(2023, 1, 31), date(2023, 4, 30)),
    ],
)
def test_a_certificate_can_be_shown_until_three_months_after_issue(
    issued: date, last: date
) -> None:
    in_time = READY._replace(certificate_issued_on=issued, certificate_shown_on=last)
    too_late = in_time._replace(certificate_shown_on=last + ONE_DAY)
    day = date(2024, 6, 1)
    assert rules.missing_requirements(in_time, day) == []
    finding = the_only(rules.missing_requirements(too_late, day))
    assert finding.rule == "politiattest"
    assert "mer enn tre måneder etter at den ble utstedt" in finding.text


def test_a_certificate_shown_on_the_day_of_issue_is_good_and_the_day_before_is_not() -> None:
    same_day = READY._replace(certificate_issued_on=date(2023, 3, 1))
    before = READY._replace(certificate_issued_on=date(2023, 3, 2))
    assert rules.missing_requirements(same_day, date(2023, 3, 1)) == []
    assert the_only(rules.missing_requirements(before, date(2023, 3, 1))).text == (
        "Politiattesten til Kari ble vist 01.03.2023, før den ble utstedt 02.03.2023."
    )


def test_a_certificate_of_unknown_issue_is_taken_as_shown() -> None:
    volunteer = READY._replace(certificate_issued_on=None)
    assert rules.missing_requirements(volunteer, date(2023, 3, 1)) == []


def test_a_certificate_of_unknown_issue_is_told_from_the_day_it_was_shown_and_stops_nothing() -> (
    None
):
    volunteer = READY._replace(certificate_issued_on=None)
    not_shown = volunteer._replace(certificate_shown_on=None)
    assert rules.undated_certificate(READY, date(2023, 3, 1)) is None
    assert rules.undated_certificate(not_shown, date(2023, 3, 1)) is None
    assert rules.undated_certificate(volunteer, date(2023, 2, 28)) is None
    finding = rules.undated_certificate(volunteer, date(2023, 3, 1))
    assert finding is not None
    assert (finding.rule, finding.stops) == ("politiattest", False)
    assert "er ikke ført" in finding.text
    assert "hsf kontakt endre V3 --politiattest-utstedt DATO" in finding.remedy


def test_an_issued_certificate_is_not_a_shown_one() -> None:
    volunteer = READY._replace(certificate_shown_on=None)
    assert the_only(rules.missing_requirements(volunteer, date(2023, 3, 1))).text == (
        "Kari har ikke vist politiattest per 01.03.2023."
    )


@given(years=st.integers(1, 60))
def test_a_certificate_does_not_expire_while_the_role_lasts(years: int) -> None:
    assert rules.missing_requirements(READY, date(2023 + years, 3, 1)) == []


def test_a_volunteer_who_came_back_shows_a_new_certificate() -> None:
    back = READY._replace(certificate_issued_on=None, earlier_left_on=date(2023, 6, 30))
    old = back._replace(certificate_shown_on=date(2023, 6, 30))
    new = back._replace(certificate_shown_on=date(2023, 7, 1))
    assert the_only(rules.missing_requirements(old, date(2023, 7, 1))).text == (
        "Politiattesten til Kari ble vist 30.06.2023, i en tidligere periode, som tok slutt "
        "30.06.2023; en ny må vises."
    )
    assert rules.missing_requirements(new, date(2023, 7, 1)) == []


def test_the_old_certificate_was_good_until_the_earlier_period_ended() -> None:
    back = READY._replace(earlier_left_on=date(2023, 6, 30))
    assert rules.missing_requirements(back, date(2023, 6, 29)) == []
    assert broken(rules.missing_requirements(back, date(2023, 6, 30))) == ["politiattest"]


# Starting an assignment


def test_a_volunteer_may_start_on_the_day_of_approval_and_not_before() -> None:
    volunteer = READY._replace(approved_on=date(2023, 4, 1))
    assert starting(volunteer, date(2023, 4, 1)) == []
    finding = the_only(rules.against_starting(volunteer, date(2023, 3, 31)))
    assert finding.rule == "godkjent"
    assert finding.text == "Kari er ikke godkjent per 31.03.2023 (ført på 01.04.2023)."


def test_approval_does_not_stand_in_for_a_requirement() -> None:
    volunteer = READY._replace(confidentiality_on=None)
    assert starting(volunteer, date(2023, 3, 1)) == ["taushetserklæring"]


@pytest.mark.parametrize(
    ("day", "found"),
    [
        (date(2024, 1, 31), []),
        (date(2024, 2, 1), ["pause"]),
        (date(2024, 2, 29), ["pause"]),
        (date(2024, 3, 1), []),
    ],
)
def test_both_ends_of_a_pause_are_in_it(day: date, found: list[str]) -> None:
    volunteer = READY._replace(pauses=((date(2024, 2, 1), date(2024, 2, 29)),))
    assert starting(volunteer, day) == found


def test_a_pause_without_an_end_goes_on() -> None:
    volunteer = READY._replace(pauses=((date(2024, 2, 1), None),))
    assert starting(volunteer, date(2024, 1, 31)) == []
    finding = the_only(rules.against_starting(volunteer, date(2034, 2, 1)))
    assert finding.text == "Kari har pause fra 01.02.2024 uten sluttdato."
    assert "«hsf kontakt pause V3»" in finding.remedy


@pytest.mark.parametrize(
    ("ends", "told"), [(date(2024, 5, 31), "til og med 31.05.2024"), (None, "uten sluttdato")]
)
def test_of_two_pauses_the_one_that_lasts_longest_is_told(ends: date | None, told: str) -> None:
    short, long = (date(2024, 3, 1), date(2024, 3, 31)), (date(2024, 2, 1), ends)
    for pauses in ((short, long), (long, short)):
        found = rules.against_starting(READY._replace(pauses=pauses), date(2024, 3, 15))
        assert the_only(found).text == f"Kari har pause fra 01.02.2024 {told}."


def test_a_volunteer_has_left_from_the_day_of_leaving() -> None:
    volunteer = READY._replace(left_on=date(2023, 12, 31))
    assert starting(volunteer, date(2023, 12, 30)) == []
    assert rules.against_starting(volunteer, date(2023, 12, 31)) == [
        Finding(
            "sluttet",
            "Kari sluttet 31.12.2023.",
            "Er familiekontakten kommet tilbake: «hsf kontakt tilbake V3».",
        )
    ]


@pytest.mark.parametrize(
    ("capacity", "running", "found"),
    [
        (0, 0, ["kapasitet"]),
        (1, 0, []),
        (1, 1, ["kapasitet"]),
        (2, 1, []),
        (2, 2, ["kapasitet"]),
        (2, 3, ["kapasitet"]),
    ],
)
def test_a_volunteer_takes_no_more_than_the_capacity(
    capacity: int, running: int, found: list[str]
) -> None:
    volunteer = READY._replace(capacity=capacity, assignments=((date(2023, 3, 1), None),) * running)
    assert starting(volunteer, date(2023, 5, 1)) == found


def test_an_assignment_takes_its_place_until_the_day_it_ends() -> None:
    volunteer = READY._replace(assignments=((date(2023, 3, 1), date(2023, 8, 31)),))
    assert starting(volunteer, date(2023, 8, 31)) == []
    assert rules.against_starting(volunteer, date(2023, 8, 30)) == [
        Finding(
            "kapasitet",
            "Kari har 1 oppdrag per 30.08.2023, og plass til 1 om gangen.",
            "Velg en annen, eller avtal plass til flere: «hsf kontakt endre V3 --kapasitet 2».",
        )
    ]


def test_an_assignment_that_starts_later_takes_its_place_already() -> None:
    volunteer = READY._replace(assignments=((date(2023, 9, 1), None),))
    assert starting(volunteer, date(2023, 5, 1)) == ["kapasitet"]


def test_everything_that_stands_against_a_start_is_told_at_once() -> None:
    volunteer = Volunteer(
        "V3",
        "Kari",
        left_on=date(2023, 1, 1),
        pauses=((date(2023, 1, 1), None),),
        assignments=((date(2022, 1, 1), None),),
    )
    assert starting(volunteer, date(2023, 3, 1)) == [
        "godkjent",
        "kurstimer",
        "politiattest",
        "taushetserklæring",
        "hjemmebesøk",
        "pause",
        "sluttet",
        "kapasitet",
    ]
    assert all(finding.stops for finding in rules.against_starting(volunteer, date(2023, 3, 1)))


# The length of assignments and of visits


@pytest.mark.parametrize(
    ("started_on", "longest"),
    [
        (date(2023, 1, 15), date(2023, 7, 15)),
        (date(2022, 8, 31), date(2023, 2, 28)),
        (date(2023, 8, 31), date(2024, 2, 29)),
        (date(2024, 2, 29), date(2024, 8, 29)),
        (date(2023, 12, 31), date(2024, 6, 30)),
    ],
)
def test_an_assignment_is_planned_for_six_months(started_on: date, longest: date) -> None:
    assert rules.planned_end(started_on) == longest
    assert rules.against_length(started_on, longest) is None
    finding = rules.against_length(started_on, longest + ONE_DAY)
    assert finding is not None
    assert finding.rule == "varighet"


@given(days)
def test_an_assignment_as_it_is_planned_from_the_start_is_never_too_long(started_on: date) -> None:
    assert rules.against_length(started_on, rules.planned_end(started_on)) is None


def test_a_longer_plan_tells_the_latest_day_and_how_to_extend() -> None:
    assert rules.against_length(date(2023, 1, 15), date(2023, 10, 1)) == Finding(
        "varighet",
        "Oppdraget er planlagt til 01.10.2023, lenger enn seks måneder.",
        "Planlegg det til senest 15.07.2023. Trengs det mer tid, forleng det med en begrunnelse: "
        "«hsf oppdrag forleng».",
    )


@pytest.mark.parametrize(("visits", "minutes"), [(1, 120), (1, 240), (4, 480), (4, 960)])
def test_visits_of_two_to_four_hours_are_as_usual(visits: int, minutes: int) -> None:
    assert rules.against_visits(visits, minutes) is None


@pytest.mark.parametrize(
    ("visits", "minutes", "text"),
    [
        (1, 119, "1:59 timer på 1 besøk er i snitt mindre enn to timer per besøk."),
        (1, 241, "4:01 timer på 1 besøk er i snitt mer enn fire timer per besøk."),
        (4, 479, "7:59 timer på 4 besøk er i snitt mindre enn to timer per besøk."),
        (4, 961, "16:01 timer på 4 besøk er i snitt mer enn fire timer per besøk."),
        (3, 0, "0 timer på 3 besøk er i snitt mindre enn to timer per besøk."),
    ],
)
def test_other_visits_are_told_and_stop_nothing(visits: int, minutes: int, text: str) -> None:
    finding = rules.against_visits(visits, minutes)
    assert finding is not None
    assert (finding.rule, finding.text, finding.stops) == ("besøkslengde", text, False)


@pytest.mark.parametrize("visits", [None, 0])
def test_hours_without_visits_have_no_mean(visits: int | None) -> None:
    assert rules.against_visits(visits, 600) is None


# What a position is for


@pytest.mark.parametrize(
    ("percent", "families"), [(1, 1), (45, 14), (50, 15), (100, 30), (200, 60)]
)
def test_a_full_position_serves_thirty_families_a_year_and_any_at_least_one(
    percent: int, families: int
) -> None:
    assert rules.families_a_year(percent) == families


# The resource group


def member(
    from_on: date, to_on: date | None = None, *, leads: bool = False, funder: bool = False
) -> Member:
    return Member("Liv", leads, funder, from_on, to_on)


@pytest.mark.parametrize(
    ("size", "stops"), [(0, [False]), (3, [False]), (4, []), (8, []), (9, [True])]
)
def test_a_group_has_four_to_eight_members(size: int, stops: list[bool]) -> None:
    found = rules.against_group([member(date(2020, 1, 1))] * size, date(2023, 3, 1))
    assert [(finding.rule, finding.stops) for finding in found] == [("styre", one) for one in stops]
    assert all(f"per 01.03.2023: {size}." in finding.text for finding in found)


def test_a_member_sits_from_the_first_day_to_the_last() -> None:
    three = [member(date(2020, 1, 1))] * 3
    group = [*three, member(date(2023, 1, 1), date(2023, 12, 31))]
    assert broken(rules.against_group(group, date(2022, 12, 31))) == ["styre"]
    assert rules.against_group(group, date(2023, 1, 1)) == []
    assert rules.against_group(group, date(2023, 12, 31)) == []
    assert broken(rules.against_group(group, date(2024, 1, 1))) == ["styre"]


def test_no_one_who_represents_the_funder_leads_while_in_office() -> None:
    four = [member(date(2020, 1, 1))] * 4
    group = [*four, member(date(2023, 1, 1), date(2023, 12, 31), leads=True, funder=True)]
    finding = the_only(rules.against_group(group, date(2023, 12, 31)))
    assert finding.text == "Liv leder styret og representerer tilskuddsgiveren."
    assert (finding.rule, finding.stops) == ("styre", True)
    assert rules.against_group(group, date(2024, 1, 1)) == []


def test_the_leader_and_the_funder_can_both_sit_in_the_group() -> None:
    leader, funder = member(date(2020, 1, 1), leads=True), member(date(2020, 1, 1), funder=True)
    two = [member(date(2020, 1, 1))] * 2
    assert rules.against_group([leader, funder, *two], date(2023, 3, 1)) == []


# National identity numbers, all made up


@pytest.mark.parametrize(
    "text",
    [
        "01019012345",
        "010190 12345",
        "010190.12345",
        "010190-12345",
        "010190–12345",
        "010190\N{NO-BREAK SPACE}12345",
        "010190 123 45",
        "Mor (310785-12345), far ukjent",
        "fnr01019012345.",
        "290200 12345",
        "41019012345",
        "71128512345",
        "01419012345",
        "31928512345",
        "41819012345",
    ],
)
def test_a_national_identity_number_is_known(text: str) -> None:
    assert rules.looks_like_national_id(text)
    finding = rules.against_text(text)
    assert finding is not None
    assert finding.rule == "fødselsnummer"
    assert not any(letter.isdigit() for letter in finding.text + finding.remedy)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Ring 912 34 567 eller 22 33 44 55",
        "+47 91234567",
        "004791234567",
        "01019012",
        "kontonummer 1234.56.78903",
        "kontonummer 0101.90.12345",
        "kontonummer 12345678903",
        "01.01.1990",
        "1010190123456",
        "010190123456",
        "101019012345",
        "010190  12345",
        "32019012345",
        "00019012345",
        "72019012345",
        "81019012345",
        "01139012345",
        "01009012345",
        "01539012345",
        "01939012345",
        "29022112345",
        "31049012345",
    ],
)
def test_other_numbers_are_let_be(text: str) -> None:
    assert not rules.looks_like_national_id(text)
    assert rules.against_text(text) is None


@given(
    born=st.dates(date(1900, 1, 1), date(2039, 12, 31)),
    rest=st.integers(0, 99_999),
    day_mark=st.sampled_from([0, 40]),
    month_mark=st.sampled_from([0, 40, 80]),
    around=st.sampled_from([("", ""), ("Barn: ", ", født hjemme"), ("(", ")"), ("kl. 10 ", " 2")]),
)
@example(date(2000, 2, 29), 0, 0, 0, ("", ""))
def test_every_birth_is_known_with_and_without_marks(
    born: date, rest: int, day_mark: int, month_mark: int, around: tuple[str, str]
) -> None:
    six = f"{born.day + day_mark:02}{born.month + month_mark:02}{born.year % 100:02}"
    assert rules.looks_like_national_id(f"{around[0]}{six}{rest:05}{around[1]}")


@given(st.text(alphabet="0123456789", min_size=12))
@example("101019012345")
def test_a_longer_run_of_digits_is_none(digits: str) -> None:
    assert not rules.looks_like_national_id(digits)
