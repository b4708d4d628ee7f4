"""Records that a row could not place: all that each lacks at once, and one command for it."""

import pytest

from hsf_cli.populations import POPULATIONS
from hsf_cli.populations.mending import OPTIONS, Recorded, written_on
from hsf_cli.report import forms
from hsf_cli.report.control import Weight, against, control
from hsf_cli.store import Store
from tests.builders import activity, family, inquiry, taken_in
from tests.builders import hours as entry
from tests.report.control.conftest import AFTERWARDS, Found, named
from tests.report.control.department import sound

# What a blank says something of, or that is never blank: nobody writes it afterwards.
NEVER_MISSING = {
    Recorded("assignments", "running"),
    Recorded("assignments", "months"),  # blank while the assignment runs
    Recorded("hours", "kind"),
    Recorded("hours", "minutes"),
    Recorded("hours", "driving_minutes"),  # blank where nobody drove
    Recorded("families", "children"),
    Recorded("children", "age"),
}


def test_nothing_is_found_in_a_sound_department(found: Found) -> None:
    assert [kind for kind in found(*sound()) if kind != "måneder_uten_timer"] == []


def test_all_that_a_record_lacks_is_one_finding_with_one_command(found: Found) -> None:
    (finding,) = found(*sound(family_says={"sivilstatus": "", "bakgrunn": "", "fant_oss": ""}))[
        "mangler"
    ]
    assert finding.weight is Weight.MISSING
    assert finding.text == (
        "Ikke ført på 1 familie: sivilstatus, bakgrunn og hvor familien fant oss"
    )
    assert finding.remedy.startswith(
        "Når det er ført, telles det med i 6.3 og 6.10. "
        "--sivilstatus er gift_samboer eller enslig. "
        "--bakgrunn er norsk, innvandrer eller blandet. --fant-oss er "
    )
    assert (finding.section, finding.key) == ("6.3", "families.civil_status.gift_samboer")
    (one,) = finding.records
    assert (one.number, one.id, one.name, one.detail) == ("F1", "F1", "Familie F1", "")
    assert one.command == (
        "hsf familie endre F1 --sivilstatus KODE --bakgrunn KODE --fant-oss KODE"
    )


def test_those_who_lack_the_same_stand_together(found: Found) -> None:
    findings = found(
        *sound("1", family_says={"sivilstatus": ""}),
        *sound("2", family_says={"bakgrunn": ""}),
        *sound("3", family_says={"sivilstatus": ""}),
    )["mangler"]
    assert [named([finding]) for finding in findings] == [["F1", "F3"], ["F2"]]


def test_a_volunteer_of_unknown_gender_is_asked_for_the_year_of_birth_at_once(
    found: Found,
) -> None:
    (finding,) = found(*sound(volunteer_says={"kjønn": "", "født": ""}))["mangler"]
    assert finding.text == "Ikke ført på 1 familiekontakt: kjønn og fødselsår"
    assert finding.records[0].command == "hsf kontakt endre V1 --kjønn KODE --født ÅR"


@pytest.mark.parametrize(
    ("background", "command"),
    [
        ("norsk", None),
        ("", "hsf familie endre F1 --bakgrunn KODE"),
        ("innvandrer", "hsf familie endre F1 --asylmottak JA/NEI --introduksjonsprogram JA/NEI"),
        ("blandet", "hsf familie endre F1 --asylmottak JA/NEI --introduksjonsprogram JA/NEI"),
    ],
)
def test_only_families_with_an_immigrant_background_are_asked_where_they_live(
    found: Found, background: str, command: str | None
) -> None:
    findings = found(*sound(family_says={"bakgrunn": background})).get("mangler", [])
    assert [one.command for one in findings for one in one.records] == (
        [command] if command else []
    )


@pytest.mark.parametrize("edition", forms.editions())
@pytest.mark.parametrize(
    ("born", "ids"), [("2005", ["B1"]), ("2004", []), ("2023", ["B1"]), ("2024", [])]
)
def test_special_needs_are_asked_of_the_children_of_the_year(
    found: Found, edition: int, born: str, ids: list[str]
) -> None:
    kinds = found(*sound(child_says={"særskilte_behov": "", "født": born}), edition=edition)
    assert named(kinds.get("mangler")) == ids


@pytest.mark.parametrize(
    ("kind", "says", "command"),
    [
        ("family_says", {"fant_oss": ""}, "hsf familie endre F1 --fant-oss KODE"),
        ("child_says", {"særskilte_behov": ""}, "hsf familie barn B1 --særskilte-behov JA/NEI"),
        (
            "inquiry_says",
            {"kilde": "ikke_spurt", "mottatt": "2023-01-02", "besøkt": "2023-01-05"},
            "hsf henvendelse endre H1 --kilde KODE",
        ),
        ("volunteer_says", {"yrkesstatus": ""}, "hsf kontakt endre V1 --yrkesstatus KODE"),
        ("volunteer_says", {"har_barn": ""}, "hsf kontakt endre V1 --har-barn JA/NEI"),
        ("volunteer_says", {"fant_oss": ""}, "hsf kontakt endre V1 --fant-oss KODE"),
        ("assignment_says", {"klokkeslett": ""}, "hsf oppdrag endre O1 --klokkeslett KL"),
    ],
)
def test_what_is_missing_is_written_with_the_command_of_its_kind(
    found: Found, kind: str, says: dict[str, str], command: str
) -> None:
    (finding,) = found(*sound(**{kind: says}))["mangler"]
    assert [one.command for one in finding.records] == [command]


def test_an_entry_without_visits_is_named_with_its_day(found: Found) -> None:
    (finding,) = found(*sound(hours_say={"besøk": ""}))["mangler"]
    (one,) = finding.records
    assert (one.detail, one.command) == ("ført 01.06.2023", "hsf timer endre T1 --besøk ANTALL")
    assert finding.section == "6.7"


def test_hours_that_are_no_visits_need_none(found: Found) -> None:
    kinds = found(*sound(), entry("veiledning", id="T2"))
    assert "mangler" not in kinds


def test_an_inquiry_of_unknown_source_is_missing_in_the_year_it_came(found: Found) -> None:
    records = [family("F9"), inquiry("H9", "F9", "2023-12-31", kilde="ikke_spurt")]
    (finding,) = found(*records, year=2023)["mangler"]
    assert [(one.id, one.detail) for one in finding.records] == [("H9", "mottatt 31.12.2023")]
    assert "mangler" not in found(year=2024)


def test_an_activity_without_numbers_is_missing_in_the_form_that_adds_them_up(
    found: Found,
) -> None:
    (finding,) = found(activity(foreldre="4"))["mangler"]
    (one,) = finding.records
    assert (one.detail, one.command) == ("01.06.2023", "hsf aktivitet endre A1 --barn ANTALL")
    assert "mangler" not in found(edition=2022)


def test_no_codes_is_an_answer(found: Found) -> None:
    assert "mangler" not in found(*sound(family_says={"utfordringer": "", "hjelp_før": ""}))


def test_what_is_written_and_has_no_row_is_told_and_stands_against_nothing(
    store: Store,
) -> None:
    taken_in(store, *sound(volunteer_says={"kjønn": "annet"}))
    findings = control(store, forms.shipped(2022), 2023, AFTERWARDS, " --utgave 2022")
    assert against(findings) == []
    (finding,) = [one for one in findings if one.kind == "uten_rad"]
    assert finding.text == (
        "Skjemaet har ingen rad for 1 familiekontakt i "
        "«Familiekontaktenes kjønns- og aldersfordeling»"
    )
    assert finding.section == "7.2"
    assert finding.command == "hsf rapport merknad 2023 7.2.2 --utgave 2022 --tekst TEKST"
    assert [(one.number, one.command) for one in finding.records] == [
        ("V1", "hsf kontakt endre V1")
    ]


def test_rows_that_split_a_row_are_told_by_that_row(found: Found) -> None:
    (finding,) = found(*sound(volunteer_says={"født": "2010"}))["uten_rad"]
    assert finding.text == (
        "Skjemaet har ingen rad for 1 familiekontakt i «Kvinnelige familiekontakter»"
    )
    assert [one.detail for one in finding.records] == ["er 13 år ved utgangen av 2023"]


def test_the_form_of_2023_has_a_row_for_every_gender(found: Found) -> None:
    assert "uten_rad" not in found(*sound(volunteer_says={"kjønn": "annet"}))


def test_of_everything_that_a_form_can_ask_it_is_known_how_it_is_written() -> None:
    """But for codes of which none is an answer, and what follows from dates."""
    for name, population in POPULATIONS.items():
        for attribute, about in population.attributes.items():
            asked = Recorded(name, attribute)
            by_dates = attribute in ("linked", "other_activity", "season", "outcome")
            assert (
                written_on(name, attribute) in OPTIONS
                or asked in NEVER_MISSING
                or about.type == "codes"
                or by_dates
            ), asked


def test_who_lacks_one_of_two_things_that_rows_ask_for_is_not_said_to_have_no_row(
    found: Found,
) -> None:
    """A woman of unknown age is in none of the rows of women by age, as what is missing tells."""
    kinds = found(*sound(volunteer_says={"kjønn": "kvinne", "født": ""}))
    assert "uten_rad" not in kinds
    assert named(kinds["mangler"]) == ["V1"]
