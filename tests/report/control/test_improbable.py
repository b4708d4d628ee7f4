"""What can hardly be so: each kind on the day before and the day it turns."""

from datetime import date

import pytest

from hsf_cli.report.control import Weight
from tests.builders import Record, assignment, child, family, hours, inquiry, volunteer
from tests.report.control.conftest import Found, named
from tests.report.control.department import sound


def exception(regel: str, **subject: str) -> Record:
    row = {"regel": regel, "dato": "2023-01-05", "begrunnelse": "Avtalt med styret"}
    return "unntak", {**row, **subject}


@pytest.mark.parametrize(
    ("started", "born", "outside"),
    [
        ("2023-07-31", "2017", []),
        ("2023-08-01", "2017", ["F1"]),
        ("2023-01-10", "2016", ["F1"]),
        ("2023-05-01", "2023-05-01", []),
        ("2023-04-30", "2023-05-01", ["F1"]),
    ],
)
def test_a_family_had_a_child_under_school_age_when_the_assignment_started(
    found: Found, started: str, born: str, outside: list[str]
) -> None:
    kinds = found(*sound(child_says={"født": born}, assignment_says={"startet": started}))
    assert named(kinds.get("målgruppe")) == outside


def test_the_youngest_childs_birth_is_what_to_look_at(found: Found) -> None:
    (finding,) = found(
        *sound(child_says={"født": "2014"}),
        *(child("F1", born, særskilte_behov="nei") for born in ("2015", "2013")),
    )["målgruppe"]
    (one,) = finding.records
    assert one.detail == "yngste barn født 2015, oppdrag fra 10.01.2023"
    assert one.command == "hsf familie barn B2 --født ÅR"
    assert finding.weight is Weight.IMPROBABLE


def test_a_birth_that_is_known_to_the_day_is_told_as_days_are(found: Found) -> None:
    (finding,) = found(*sound(child_says={"født": "2014-03-02"}))["målgruppe"]
    assert finding.records[0].detail.startswith("yngste barn født 02.03.2014, ")


def test_every_family_without_one_is_named_and_by_the_id_that_files_know_it_by(
    found: Found,
) -> None:
    kinds = found(
        *sound("1", child_says={"født": "2010"}),
        *sound("2", child_says={"født": "2020"}),
        *sound("ark-17", child_says={"født": "2011"}),
    )
    (finding,) = kinds["målgruppe"]
    assert finding.text == "2 familier uten barn under skolealder da oppdraget startet"
    assert [(one.number, one.id) for one in finding.records] == [("F1", "F1"), ("F3", "Fark-17")]


def test_one_assignment_in_time_is_enough(found: Found) -> None:
    kinds = found(
        *sound(child_says={"født": "2017"}),
        assignment("O2", startet="2023-09-01", klokkeslett="12:00"),
        hours(oppdrag="O2", dato="2023-10-01", besøk="1"),
    )
    assert "målgruppe" not in kinds


@pytest.mark.parametrize("subject", [{"familie": "F1"}, {"henvendelse": "H1"}, {"oppdrag": "O1"}])
def test_a_family_that_was_taken_in_with_a_reason_is_let_be(
    found: Found, subject: dict[str, str]
) -> None:
    records = sound(child_says={"født": "2010"})
    assert "målgruppe" not in found(*records, exception("målgruppe", **subject))


def test_a_reason_for_one_of_the_assignments_is_enough(found: Found) -> None:
    later = assignment("O2", startet="2023-09-01", klokkeslett="12:00")
    records = [*sound(child_says={"født": "2010"}), later]
    assert "målgruppe" not in found(*records, exception("målgruppe", oppdrag="O2"))


def test_a_reason_for_something_else_says_nothing_of_it(found: Found) -> None:
    records = sound(child_says={"født": "2010"})
    assert "målgruppe" in found(*records, exception("varighet", oppdrag="O1"))


def test_a_family_without_children_is_missing_them(found: Found) -> None:
    records = [record for record in sound() if record[0] != "barn"]
    kinds = found(*records)
    (finding,) = kinds["uten_barn"]
    assert finding.weight is Weight.MISSING
    assert finding.command == ""  # each has its own, and no more is to be said of it
    assert [(one.detail, one.command) for one in finding.records] == [
        ("", "hsf familie barn F1 --født ÅR")
    ]
    assert "målgruppe" not in kinds


@pytest.mark.parametrize(
    ("visits", "hours", "long"),
    [("1", "8", []), ("1", "8:01", ["T1"]), ("1", "9", ["T1"]), ("4", "32", []), ("0", "9", [])],
)
def test_no_visit_lasts_nine_hours(found: Found, visits: str, hours: str, long: list[str]) -> None:
    kinds = found(*sound(hours_say={"besøk": visits, "timer": hours}))
    assert named(kinds.get("lange_besøk")) == long


def test_a_long_visit_is_told_with_its_day_and_figures(found: Found) -> None:
    (finding,) = found(*sound(hours_say={"besøk": "2", "timer": "18"}))["lange_besøk"]
    assert finding.text == "1 timeføring med mer enn 8 timer per besøk"
    (one,) = finding.records
    assert one.detail == "01.06.2023, 18 timer på 2 besøk"
    assert one.command == "hsf timer endre T1 --besøk ANTALL --timer TIMER"


@pytest.mark.parametrize(
    ("started", "ended", "day", "without"),
    [
        ("2023-01-10", "2023-02-08", "2025-01-01", []),
        ("2023-01-10", "2023-02-09", "2025-01-01", ["O1"]),
        ("2022-06-01", "2023-01-30", "2025-01-01", []),
        ("2022-06-01", "2023-01-31", "2025-01-01", ["O1"]),
        ("2023-12-02", "", "2025-01-01", []),
        ("2023-12-01", "", "2025-01-01", ["O1"]),
        ("2023-05-01", "", "2023-05-30", []),
        ("2023-05-01", "", "2023-05-31", ["O1"]),
    ],
)
def test_an_assignment_of_a_month_in_the_year_has_hours(
    found: Found, started: str, ended: str, day: str, without: list[str]
) -> None:
    records = sound(
        inquiry_says={"mottatt": "2022-01-01", "besøkt": "2022-01-05"},
        assignment_says={"startet": started, "avsluttet": ended},
    )
    kinds = found(*records[:-1], day=date.fromisoformat(day))
    assert named(kinds.get("oppdrag_uten_timer")) == without


@pytest.mark.parametrize(
    ("ended", "ran"), [("", "fra 10.01.2023"), ("2023-05-31", "fra 10.01.2023 til 31.05.2023")]
)
def test_an_assignment_without_hours_is_told_with_its_days(
    found: Found, ended: str, ran: str
) -> None:
    (finding,) = found(*sound(assignment_says={"avsluttet": ended})[:-1])["oppdrag_uten_timer"]
    assert [(one.name, one.detail) for one in finding.records] == [
        ("Familie F1 – Familiekontakt V1", ran)
    ]


@pytest.mark.parametrize(
    ("entry", "without"),
    [
        ({"dato": "2023-01-10"}, []),
        ({"dato": "2023-12-31"}, []),
        ({"dato": "2022-12-31"}, ["O1"]),
        ({"dato": "2024-01-01"}, ["O1"]),
        ({"timer": "0", "besøk": "0"}, []),
        ({"timer": "0:01", "besøk": ""}, []),
        ({"timer": "0", "besøk": ""}, ["O1"]),
        ({"type": "veiledning", "besøk": ""}, ["O1"]),
    ],
)
def test_hours_are_what_somebody_handed_in_for_the_year(
    found: Found, entry: dict[str, str], without: list[str]
) -> None:
    kinds = found(*sound(hours_say=entry))
    assert named(kinds.get("oppdrag_uten_timer")) == without


@pytest.mark.parametrize(
    ("day", "outside"),
    [
        ("2023-01-09", "09.01.2023, oppdraget O1 startet 10.01.2023"),
        ("2023-01-10", None),
        ("2023-06-30", None),
        ("2023-07-01", "01.07.2023, oppdraget O1 sluttet 30.06.2023"),
    ],
)
def test_hours_are_dated_while_the_assignment_ran(
    found: Found, day: str, outside: str | None
) -> None:
    kinds = found(*sound(assignment_says={"avsluttet": "2023-06-30"}, hours_say={"dato": day}))
    findings = kinds.get("timer_utenfor_oppdraget", [])
    assert [one.detail for finding in findings for one in finding.records] == (
        [outside] if outside else []
    )


def test_hours_that_somebody_entered_outside_with_a_reason_are_let_be(found: Found) -> None:
    records = sound(hours_say={"dato": "2023-01-09"})
    assert "timer_utenfor_oppdraget" not in found(*records, exception("dato", oppdrag="O1"))


@pytest.mark.parametrize("reason", [("varighet", "O1"), ("dato", "O2")])
def test_a_reason_for_something_else_or_for_other_hours_excuses_none(
    found: Found, reason: tuple[str, str]
) -> None:
    rule, other = reason
    kinds = found(
        *sound(hours_say={"dato": "2023-01-09"}), *sound("2"), exception(rule, oppdrag=other)
    )
    assert named(kinds["timer_utenfor_oppdraget"]) == ["T1"]


@pytest.mark.parametrize(
    ("day", "told"),
    [("2022-12-31", False), ("2023-01-01", True), ("2023-12-31", True), ("2024-01-01", False)],
)
def test_a_year_is_asked_for_its_own_hours_alone(found: Found, day: str, told: bool) -> None:
    kinds = found(*sound(
        inquiry_says={"mottatt": "2022-01-01", "besøkt": "2022-01-05"},
        assignment_says={"startet": "2022-06-01"},
        hours_say={"dato": day, "besøk": "1", "timer": "9"},
    ))  # fmt: skip
    assert ("lange_besøk" in kinds) is told


DONE = {"avsluttet": "2023-06-30", "avslutningsgrunn": "fullført"}


@pytest.mark.parametrize(
    ("says", "closed", "open_ones"),
    [
        (DONE, "", ["H1"]),
        (DONE, "2023-06-30", []),
        ({**DONE, "avsluttet": "2023-12-31"}, "", ["H1"]),
        ({**DONE, "avslutningsgrunn": "ny_familiekontakt"}, "", []),
        ({}, "", []),
    ],
)
def test_a_case_is_closed_when_its_assignment_is_done(
    found: Found, says: dict[str, str], closed: str, open_ones: list[str]
) -> None:
    kinds = found(*sound(assignment_says=says, inquiry_says={"avsluttet": closed}))
    assert named(kinds.get("åpen_etter_fullført")) == open_ones


def test_the_command_closes_the_case_on_the_day_it_was_done(found: Found) -> None:
    (finding,) = found(*sound(assignment_says=DONE))["åpen_etter_fullført"]
    assert finding.text == "1 henvendelse står åpen, enda oppdraget er fullført"
    assert finding.records[0].command == (
        "hsf henvendelse avslutt H1 --dato 30.06.2023 --grunn fullført"
    )


def test_of_several_open_cases_it_is_told_in_the_plural(found: Found) -> None:
    (finding,) = found(*sound("1", assignment_says=DONE), *sound("2", assignment_says=DONE))[
        "åpen_etter_fullført"
    ]
    assert finding.text == "2 henvendelser står åpne, enda oppdragene er fullført"
    assert named([finding]) == ["H1", "H2"]


@pytest.mark.parametrize(
    ("later", "open_ones"),
    [
        ({}, []),
        ({"startet": "2023-02-01", "avsluttet": "2023-06-29"}, ["H1"]),
        ({"startet": "2023-02-01", "avsluttet": "2023-07-01"}, []),
    ],
)
def test_it_is_the_last_assignment_that_counts(
    found: Found, later: dict[str, str], open_ones: list[str]
) -> None:
    other = assignment("O2", startet="2023-07-15", klokkeslett="12:00")
    kinds = found(*sound(assignment_says=DONE), ("oppdrag", {**other[1], **later}))
    assert named(kinds.get("åpen_etter_fullført")) == open_ones


def test_a_year_before_it_was_done_has_nothing_against_it(found: Found) -> None:
    records = sound(
        inquiry_says={"mottatt": "2022-01-01", "besøkt": "2022-01-02"},
        assignment_says={**DONE, "startet": "2022-02-01"},
    )
    assert "åpen_etter_fullført" not in found(*records, year=2022)


@pytest.mark.parametrize(
    ("born", "young"), [("2005", []), ("2005-12-31", []), ("2006", ["V1"]), ("2006-01-01", ["V1"])]
)
def test_a_volunteer_was_of_age_in_some_of_the_year(
    found: Found, born: str, young: list[str]
) -> None:
    findings = found(*sound(volunteer_says={"født": born})).get("under_18", [])
    assert named(findings) == young
    assert {one.detail for finding in findings for one in finding.records} <= {"født 2006"}


@pytest.mark.parametrize(
    ("says", "detail", "command"),
    [
        ({"godkjent": ""}, "ikke godkjent", "hsf kontakt endre V1 --godkjent DATO"),
        ({"godkjent": "2023-12-31"}, None, None),
        (
            {"godkjent": "2024-01-01"},
            "godkjent 01.01.2024",
            "hsf kontakt endre V1 --godkjent DATO",
        ),
    ],
)
def test_who_had_an_assignment_without_belonging_stands_against_it(
    found: Found, says: dict[str, str], detail: str | None, command: str | None
) -> None:
    findings = found(*sound(volunteer_says=says)).get("ikke_tilknyttet", [])
    assert [(one.detail, one.command) for finding in findings for one in finding.records] == (
        [(detail, command)] if detail else []
    )
    assert all(finding.weight is Weight.IMPROBABLE for finding in findings)


def test_who_left_before_the_year_is_told_with_the_day(found: Found) -> None:
    kinds = found(*sound(), volunteer("V2", "2020-01-01", sluttet="2022-12-31"))
    assert "ikke_tilknyttet" not in kinds
    kinds = found(*sound("3", volunteer_says={"sluttet": "2022-12-31"}))
    assert [one.detail for one in kinds["ikke_tilknyttet"][0].records] == ["sluttet 31.12.2022"]


def test_a_family_that_is_only_known_is_not_looked_at(found: Found) -> None:
    assert found(family(), child(født="1990")) == {}


@pytest.mark.parametrize(
    ("says", "told"),
    [
        ({"besøk": "0", "timer": "9"}, True),
        ({"besøk": "3", "timer": "0"}, True),
        ({"besøk": "0", "timer": "0"}, False),
        ({"besøk": "3", "timer": "9"}, False),
    ],
)
def test_visits_without_hours_and_hours_without_visits(
    found: Found, says: dict[str, str], told: bool
) -> None:
    more = hours(id="T9", dato="2023-07-01", **says)
    findings = found(*sound(), more).get("besøk_uten_timer", [])
    assert [one.number for finding in findings for one in finding.records] == ["T9"] * told
    assert [finding.section for finding in findings] == ["6.7"] * told


def test_a_case_with_an_assignment_and_no_home_visit(found: Found) -> None:
    """The family would wait for the coordinator's visit, after it has had a volunteer."""
    another = assignment("O2", startet="2023-06-01", klokkeslett="12:00")
    (finding,) = found(*sound(inquiry_says={"besøkt": ""}), another)["oppdrag_uten_hjemmebesøk"]
    assert finding.weight is Weight.IMPROBABLE
    assert finding.text == "1 henvendelse med oppdrag, men uten hjemmebesøk"
    assert [(one.number, one.command) for one in finding.records] == [
        ("H1", "hsf henvendelse endre H1 --besøkt DATO")
    ]


@pytest.mark.parametrize(
    ("started", "ended", "in_2023"),
    [
        ("2022-06-01", "2022-12-31", False),
        ("2022-06-01", "2023-01-01", True),
        ("2023-12-31", "", True),
        ("2024-01-01", "", False),
    ],
)
def test_an_assignment_is_of_each_year_that_it_has_a_day_in(
    found: Found, started: str, ended: str, in_2023: bool
) -> None:
    kinds = found(*sound(
        inquiry_says={"mottatt": "2022-01-01", "besøkt": ""},
        assignment_says={"startet": started, "avsluttet": ended},
    ))  # fmt: skip
    assert ("oppdrag_uten_hjemmebesøk" in kinds) is in_2023


def test_of_several_assignments_the_first_is_told(found: Found) -> None:
    """Also where it was entered after another, and ended after it."""
    around = assignment("O2", startet="2023-01-02", avsluttet="2023-12-01", klokkeslett="12:00")
    says = {"startet": "2023-04-01", "avsluttet": "2023-05-01"}
    kinds = found(*sound(child_says={"født": "2014"}, assignment_says=says), around)
    (one,) = kinds["målgruppe"][0].records
    assert one.detail == "yngste barn født 2014, oppdrag fra 02.01.2023"


def test_each_names_its_own_records_where_the_form_counts_them(found: Found) -> None:
    kinds = found(
        *(record for record in sound("1") if record[0] != "barn"),
        *sound("2", child_says={"født": "2010"}, hours_say={"timer": "33"}),
        *sound("3", hours_say={"dato": "2023-01-09"}),
        *sound("4", volunteer_says={"født": "2010"})[:-1],
        *sound("5", volunteer_says={"godkjent": ""}, inquiry_says={"besøkt": ""}),
        *sound("6", assignment_says=DONE, hours_say={"besøk": "0"}),
    )
    told = {
        kind: (finding.section, named([finding]))
        for kind, (finding, *_) in kinds.items()
        if finding.weight < Weight.NOTEWORTHY
    }
    assert told == {
        "uten_barn": ("6.3", ["F1"]),
        "målgruppe": ("6.3", ["F2"]),
        "lange_besøk": ("6.7", ["T2"]),
        "besøk_uten_timer": ("6.7", ["T6"]),
        "timer_utenfor_oppdraget": ("6.8", ["T3"]),
        "oppdrag_uten_timer": ("6.8", ["O4"]),
        "under_18": ("6.2", ["V4"]),
        "ikke_tilknyttet": ("6.2", ["V5"]),
        "oppdrag_uten_hjemmebesøk": ("6.7", ["H5"]),
        "åpen_etter_fullført": ("6.7", ["H6"]),
    }


def test_records_are_named_in_the_order_of_their_numbers_whatever_their_dates(
    found: Found,
) -> None:
    kinds = found(
        *(family(f"F{n}") for n in (1, 2)),
        *(inquiry(f"H{n}", f"F{n}", "2023-01-01") for n in (1, 2)),
        *(volunteer(f"V{n}", "", født="1970") for n in (1, 2)),
        # The first is the second's, and started after it.
        assignment("O1", "H2", "V2", "2023-03-01", **DONE),
        assignment("O2", "H1", "V1", "2023-02-01", **DONE),
        assignment("O3", "H2", "V2", "2023-04-01", **DONE),
        hours(id="T1", familiekontakt="V2", oppdrag="O3", dato="2023-06-05", timer="9", besøk="1"),
        hours(id="T2", familiekontakt="V2", oppdrag="O3", dato="2023-05-05", timer="9", besøk="1"),
    )
    assert {kind: named(kinds[kind]) for kind in (
        "uten_barn", "oppdrag_uten_hjemmebesøk", "ikke_tilknyttet", "oppdrag_uten_timer",
        "åpen_etter_fullført", "lange_besøk",
    )} == {
        "uten_barn": ["F1", "F2"],
        "oppdrag_uten_hjemmebesøk": ["H1", "H2"],
        "ikke_tilknyttet": ["V1", "V2"],
        "oppdrag_uten_timer": ["O1", "O2"],
        "åpen_etter_fullført": ["H1", "H2"],
        "lange_besøk": ["T1", "T2"],
    }  # fmt: skip
