"""Who suits a family: what speaks for and against each, and who may not start."""

from datetime import date

import pytest

from hsf_cli.registers.matching import (
    WEIGHTS,
    Profile,
    Suggested,
    languages,
    ranked,
    reasons,
    suggestion,
)
from hsf_cli.rules import Volunteer
from tests.builders import TODAY, assignment, inquiry, pause, taken_in, volunteer
from tests.registers.matched import able, waits

ANYBODY = Volunteer(id="V1", name="Anne")


def _points(family: Profile, own: Profile, person: Volunteer = ANYBODY, **more) -> dict[str, int]:
    return {one.about: one.points for one in reasons(family, own, person, TODAY, **more)}


def _texts(family: Profile, own: Profile, person: Volunteer = ANYBODY) -> list[str]:
    return [one.text for one in reasons(family, own, person, TODAY)]


def _ended(on: date | None, capacity: int | None = None) -> Volunteer:
    return Volunteer(id="V1", name="Anne", capacity=capacity, assignments=((date(2023, 1, 1), on),))


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("norsk", ["norsk"]),
        ("Arabisk, kurdisk og litt norsk", ["arabisk", "kurdisk"]),
        ("somali; ikke norsk", ["somali"]),
        ("polsk, norsk (litt)", ["polsk"]),
        ("engelsk/fransk", ["engelsk", "fransk"]),
        ("snakker godt norsk", ["norsk"]),
        ("", []),
        (None, []),
    ],
)
def test_languages_are_read_as_people_write_them(text, known) -> None:
    assert list(languages(text).values()) == known


def test_a_shared_language_speaks_for_and_none_against() -> None:
    family = Profile(language="arabisk og litt norsk")
    assert _points(family, Profile(language="Norsk, ARABISK"))["språk"] == WEIGHTS["språk"]
    assert _points(family, Profile(language="norsk"))["språk"] == -WEIGHTS["språk"]
    assert "snakker ikke arabisk" in _texts(family, Profile(language="norsk"))


def test_a_family_that_speaks_norwegian_needs_no_other_language() -> None:
    assert "språk" not in _points(Profile(language="polsk, norsk"), Profile(language="engelsk"))


def test_the_area_counts_however_it_is_spelled_and_where_there_are_several() -> None:
    family = Profile(area="Ås")
    assert _points(family, Profile(area="aas"))["område"] == WEIGHTS["område"]
    assert _points(family, Profile(area="Sentrum og Ås"))["område"] == WEIGHTS["område"]
    assert _points(family, Profile(area="Åsen"))["område"] == -WEIGHTS["område"]


def test_the_time_of_day_counts() -> None:
    family = Profile(prefers="etter 15")
    assert _points(family, Profile(prefers="etter 15"))["tid"] == WEIGHTS["tid"]
    assert _points(family, Profile(prefers="før 15"))["tid"] == -WEIGHTS["tid"]


def test_what_is_not_recorded_counts_nothing_but_is_told() -> None:
    family = Profile("Sentrum", "arabisk", "før 15")
    why = reasons(family, Profile(), ANYBODY, TODAY)
    assert [one.about for one in why if one.points == 0] == ["språk", "område", "tid"]
    one = Suggested(1, ANYBODY, why, None)
    assert one.speaks_against == ["ikke ført: språk, område, tid"]


def test_what_the_family_has_not_said_is_no_reason_at_all() -> None:
    told = Profile("Sentrum", "arabisk", "før 15")
    assert set(_points(Profile(), told)) == {"hvile"}


def test_three_months_after_an_assignment_a_volunteer_is_rested() -> None:
    nothing = Profile()
    assert _points(nothing, nothing, _ended(date(2023, 12, 15)))["hvile"] == WEIGHTS["hvile"]
    assert _points(nothing, nothing, _ended(date(2023, 12, 16)))["hvile"] == -WEIGHTS["hvile"]
    assert _points(nothing, nothing, ANYBODY)["hvile"] == WEIGHTS["hvile"]


def test_an_assignment_that_runs_speaks_against_and_rest_is_not_asked() -> None:
    busy = _ended(None, capacity=3)
    assert _points(Profile(), Profile(), busy) == {"ledig": -WEIGHTS["ledig"]}
    assert _texts(Profile(), Profile(), busy) == ["har 1 oppdrag nå, plass til 2 til"]


def test_whoever_knows_the_family_has_that_for_them() -> None:
    points = _points(Profile(), Profile(), with_until="2023-06-01")
    assert points["kjent"] == WEIGHTS["kjent"]


def test_the_best_come_first_and_among_equals_whoever_has_been_free_the_longest() -> None:
    def one(name: str, on: date | None, *, near: bool = False) -> Suggested:
        person = Volunteer(id=name, name=name)
        why = reasons(Profile("Nord"), Profile("Nord" if near else "Sør"), person, TODAY)
        return Suggested(1, person, why, on)

    order = ranked(
        [
            one("Lately", date(2023, 9, 1)),
            one("Long ago", date(2021, 9, 1)),
            one("Never", None),
            one("Near", date(2023, 9, 1), near=True),
        ]
    )
    assert [each.volunteer.name for each in order] == ["Near", "Never", "Long ago", "Lately"]


def test_the_time_that_is_asked_for_goes_before_what_the_family_prefers(store) -> None:
    taken_in(store, *waits(foretrekker="før 15"), *able("1", foretrekker="etter 15"))
    (by_preference,) = suggestion(store, 1, TODAY).able
    (by_time,) = suggestion(store, 1, TODAY, "15:00").able
    assert by_preference.speaks_against == ["helst kl. 15.00 eller senere"]
    assert "passer kl. 15.00 eller senere" in by_time.speaks_for


def test_who_may_not_start_is_apart_with_the_reason(store) -> None:
    taken_in(
        store,
        *waits(),
        *able("1"),
        *able("2"),
        pause("V2", "2024-03-15", "2024-03-20"),
        volunteer("V3", godkjent=""),
        *able("4", sluttet="2024-03-15"),
        *able("5", sluttet="2024-03-16"),
        volunteer("V6"),
    )
    found = suggestion(store, 1, TODAY)
    assert [one.number for one in found.able] == [1, 5]
    assert [(one.number, one.finding.rule) for one in found.unable] == [
        (2, "pause"), (6, "kurstimer"),
    ]  # fmt: skip
    assert [one.number for one in found.candidates] == [3]
    assert [one.number for one in found.left] == [4]
    assert [one.number for one in suggestion(store, 1, date(2024, 3, 21)).able] == [1, 2]


def test_whoever_is_with_the_family_already_may_not_start_there_again(store) -> None:
    taken_in(store, *waits(), *able("1", kapasitet="2"), assignment(startet="2024-02-01"))
    (only,) = suggestion(store, 1, TODAY).unable
    assert only.finding.rule == "samme familie"


def test_whoever_was_with_a_family_before_is_known_to_it(store) -> None:
    taken_in(
        store,
        *waits(mottatt="2024-02-01"),
        *able("1"),
        inquiry("H0", "F1", "2022-12-01", avsluttet="2023-06-01"),
        assignment("O1", "H0", "V1", "2023-01-01", "2023-06-01"),
    )
    (one,) = suggestion(store, 1, TODAY).able
    assert "var hos familien til 01.06.2023" in one.speaks_for
    assert one.last_ended_on == date(2023, 6, 1)
