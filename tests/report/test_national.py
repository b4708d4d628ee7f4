"""The nation: departments' reports added up, with shares, and what is said of them."""

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsf_cli.errors import BadContent
from hsf_cli.report.figures import Figures
from hsf_cli.report.forms import shipped
from hsf_cli.report.national import National, NationalRow, Sent, together, whole_of
from hsf_cli.report.output.columns.national import as_csv, as_json, page
from hsf_cli.report.output.columns.page import as_markdown
from tests.report.filled import COUNTED_AT, any_figures, filled, hiding

TOTAL = "families.total"

# Of the country's annual report for 2022.
NATION = {
    "families.total": 1104,
    "volunteers.total": 836,
    "inquiries.total": 1851,
    "inquiries.source.familien": 753,
    "inquiries.source.helsestasjon": 518,
    "inquiries.source.other": 219,
    "inquiries.source.barnevern": 118,
    "inquiries.source.psykisk_helsevern": 72,
    "inquiries.source.innvandrertjeneste": 46,
    "inquiries.source.sykehus": 44,
    "inquiries.source.barnehage": 38,
    "inquiries.source.familievern": 23,
    "inquiries.source.skole": 13,
    "inquiries.source.fastlege": 4,
    "inquiries.source.ppt": 3,
}
SHARES = {
    "inquiries.source.familien": 41,
    "inquiries.source.helsestasjon": 28,
    "inquiries.source.other": 12,
    "inquiries.source.barnevern": 6,
    "inquiries.source.psykisk_helsevern": 4,
}


def department(name: str, values: dict[str, int | Decimal] | None = None, **more: object) -> Sent:
    """A department's report, in a file of its name."""
    edition, year = int(str(more.pop("edition", 2023))), int(str(more.pop("year", 2023)))
    figures = filled(edition, values, year, f"Home-Start {name}", **more)
    return Sent(f"{name}.json", figures)


def spread(values: dict[str, int], departments: int, random: Random) -> list[Sent]:
    """Departments' reports for 2022 that add up to those figures."""
    found: list[dict[str, int | Decimal]] = [dict.fromkeys(values, 0) for _ in range(departments)]
    for key, total in values.items():
        for _ in range(total):
            found[random.randrange(departments)][key] += 1
    return [
        department(f"Avdeling {place}", one, edition=2022, year=2022)
        for place, one in enumerate(found, start=1)
    ]


def rows(national: National) -> dict[str, NationalRow]:
    return {row.key: row for row in national.rows}


def told(national: National) -> str:
    return "\n".join(national.notes)


@pytest.mark.parametrize("seed", range(5))
def test_the_nations_figures_come_out_when_reports_that_add_up_to_them_go_in(seed: int) -> None:
    national = together(spread(NATION, 47, Random(seed)))
    assert len(national.departments) == 47
    found = rows(national)
    assert {key: found[key].value for key in NATION} == NATION
    for key, percent in SHARES.items():
        share = found[key].share
        assert share is not None
        assert round(share * 100) == percent
    text = as_markdown(page(national))
    assert "| Familien selv | 753 | 41\xa0% |" in text
    assert "| Totalt antall henvendelser | 1\xa0851 |  |" in text


def test_in_the_newer_form_rows_that_mean_the_same_are_added() -> None:
    found = rows(together(spread(NATION, 47, Random(1)), edition=2023))
    assert found["inquiries.source.skole_barnehage"].value == 38 + 13
    assert found["inquiries.source.familien"].value == 753
    assert found["inquiries.source.nav"].value is None
    assert found["inquiries.source.nav"].departments == 0


@settings(max_examples=20)
@given(st.lists(st.tuples(any_figures(), st.integers(0, 99)), min_size=1, max_size=5))
def test_every_sum_is_the_sum_of_those_it_is_known_for(some: list[tuple[Figures, int]]) -> None:
    sent = [
        Sent(f"{place}.json", replace(figures, department=f"Avdeling {place}", year=2023))
        for place, (figures, _) in enumerate(some)
    ]
    national = together(sent)
    for row in national.rows:
        lines = [one.figures.by_key.get(row.key) for one in sent]
        known = [line.value for line in lines if line and line.value is not None]
        assert row.departments >= len(known)
        if row.departments == len(known) and known and not row.is_mean:
            assert row.value == sum(known)
        assert row.is_mean is (row.key == "hours.mean_visit")
    assert json.loads(as_json(national))
    assert as_csv(national)
    assert as_markdown(page(national))


@pytest.mark.parametrize(
    ("edition", "key", "whole"),
    [
        (2023, "inquiries.source.familien", ["inquiries.total"]),
        (2023, "volunteers.gender.kvinne.18-24", ["volunteers.gender.kvinne"]),
        (2023, "volunteers.linked", ["volunteers.total"]),
        (2023, "families.challenges.rus", ["families.total"]),
        (2023, "families.help_before", ["families.total"]),
        (2023, "families.help_before.nav", ["families.total"]),
        (2023, "families.reception_centre", ["families.background.innvandrer_blandet"]),
        (
            2022, "families.reception_centre",
            ["families.background.innvandrer", "families.background.blandet"],
        ),
        (2023, "families.special_needs.siblings", ["families.special_needs"]),
        (2023, "volunteers.other_activity.linked", ["volunteers.other_activity"]),
        (2022, "waiting.volunteer", ["inquiries.unmatched"]),
        (2023, "hours.assignments", ["hours.total"]),
        (2023, "families.total", []),
        (2023, "courses.spring", []),
        (2023, "activities.parents", []),
        (2023, "hours.fte", []),
        (2023, "hours.mean_visit", []),
    ],
)  # fmt: skip
def test_what_a_share_is_of(edition: int, key: str, whole: list[str]) -> None:
    assert list(whole_of(edition).get(key, ())) == whole


def test_a_share_is_over_the_departments_that_the_row_is_known_for() -> None:
    key = "families.network.ingen"
    national = together(
        [
            department("Ås", {key: 3, TOTAL: 12}),
            department("Bø", {TOTAL: 88}, edition=2022),
        ]
    )
    row = rows(national)[key]
    assert (row.value, row.departments, row.share) == (3, 1, Fraction(3, 12))
    assert rows(national)[TOTAL].value == 100


def test_a_row_that_is_not_known_for_all_says_for_how_many() -> None:
    national = together(
        [department("Ås", {"hours.total": Decimal("2.5")}), department("Bø", edition=2022)]
    )
    assert national.edition == 2023
    assert "Etter skjemaet fra 2022, med de radene som betyr det samme: Home-Start Bø." in told(
        national
    )
    text = as_markdown(page(national))
    assert "| Totalt antall timer frivillighet | minst 2,5 |  | 1 av 2 |" in text
    assert "| Totalt antall familier | 0 |  |  |" in text


def test_a_share_of_nothing_is_none() -> None:
    assert rows(together([department("Ås")]))["families.challenges.rus"].share is None


def test_hours_and_full_time_equivalents_are_added_and_means_are_not() -> None:
    values = {"hours.total": Decimal("875.25"), "hours.fte": Decimal("0.5")}
    mean = {"hours.mean_visit": Decimal("2.5")}
    national = together(
        [
            department("Ås", {**values, **mean}, hours_per_fte=1750),
            department("Bø", {**values, **mean}, hours_per_fte=1695),
        ]
    )
    found = rows(national)
    assert found["hours.total"].value == Decimal("1750.50")
    assert found["hours.fte"].value == Decimal("1.00")
    assert found["hours.mean_visit"].value is None
    assert "Avdelingene regner et årsverk som 1695 og 1750 timer." in national.notes
    assert "1\\) Gjennomsnitt legges ikke sammen." in as_markdown(page(national))


def test_what_splits_leave_out_is_added_too() -> None:
    def with_missing(name: str, missing: int | None) -> Sent:
        sent = department(name)
        text = sent.figures.by_key["families.civil_status.enslig"]
        line = replace(text, missing=missing)
        sections = tuple(
            replace(
                section,
                tables=tuple(
                    replace(
                        table,
                        lines=tuple(line if one.key == line.key else one for one in table.lines),
                    )
                    for table in section.tables
                ),
            )
            for section in sent.figures.sections
        )
        return Sent(sent.file, replace(sent.figures, sections=sections))

    key = "families.civil_status.enslig"
    assert rows(together([with_missing("Ås", 2), with_missing("Bø", 3)]))[key].missing == 5
    assert rows(together([with_missing("Ås", 2), with_missing("Bø", None)]))[key].missing is None


def test_those_an_older_form_has_no_row_for_are_left_out_of_its_split() -> None:
    """The form of 2022 has two genders: with that edition somebody of another is in no row."""
    genders = {"kvinne": 8, "mann": 3, "annet": 2}
    values = {f"volunteers.gender.{gender}": count for gender, count in genders.items()}
    sent = [department("Ås", {"volunteers.total": 13, **values}), department("Bø", edition=2022)]
    older, newer = rows(together(sent, 2022)), rows(together(sent, 2023))
    assert older["volunteers.gender.kvinne"].missing == 2
    assert newer["volunteers.gender.kvinne"].missing == 0
    assert older["volunteers.occupation.pensjonist"].missing == 0  # its rows have them all
    assert older["volunteers.gender.kvinne.18-24"].missing == 0  # another split, in the same table


def test_a_hidden_figure_is_not_known_and_that_is_said() -> None:
    public = hiding(department("Ås", {TOTAL: 2}).figures, TOTAL)
    national = together([Sent("ås.json", public), department("Bø", {TOTAL: 40})])
    assert (rows(national)[TOTAL].value, rows(national)[TOTAL].departments) == (40, 1)
    assert "Med skjulte tall, som summene er uten: Home-Start Ås." in national.notes
    assert "| Totalt antall familier | minst 40 |  | 1 av 2 |" in as_markdown(page(national))


def test_the_same_report_twice_counts_once_and_that_is_said() -> None:
    first = department("Ås", {TOTAL: 7}, counted_at=COUNTED_AT)
    again = replace(first.figures, department="HOME-START  ås", counted_at=None)
    national = together([first, Sent("kopi.json", again), department("Bø")])
    assert rows(national)[TOTAL].value == 7
    assert len(national.departments) == 2
    assert "er med to ganger (Ås.json og kopi.json), med de samme tallene" in told(national)


def test_two_reports_of_one_department_that_differ_are_refused_with_both_files() -> None:
    sent = [department("Ås", {TOTAL: 7}), Sent("ny.json", department("Ås", {TOTAL: 8}).figures)]
    with pytest.raises(BadContent) as refused:
        together([*sent, department("Bø")])
    assert "Home-Start Ås: Ås.json og ny.json" in refused.value.text


def test_different_years_are_refused_with_their_files() -> None:
    with pytest.raises(BadContent) as refused:
        together([department("Ås"), department("Bø", year=2022, edition=2022)])
    assert "2022: Bø.json; 2023: Ås.json" in refused.value.text


def test_departments_that_are_missing_or_not_expected_are_named() -> None:
    expected = ["Home-Start Ås", "home-start bø", "Home-Start Vik"]
    national = together([department("Bø"), department("Os")], None, expected)
    assert national.missing == ("Home-Start Ås", "Home-Start Vik")
    assert national.unknown == ("Home-Start Os",)
    assert national.notes[:2] == (
        "Mangler rapport: Home-Start Ås, Home-Start Vik.",
        "Står ikke i listen over avdelinger: Home-Start Os.",
    )


def test_without_a_list_nobody_is_missing() -> None:
    national = together([department("Bø")])
    assert (national.missing, national.unknown) == ((), ())


def test_reports_that_are_not_locked_are_named_the_first_of_many() -> None:
    locked = department("Ås", locked_at=COUNTED_AT)
    assert together([locked]).notes == ()
    many = [department(f"Avdeling {number}") for number in range(1, 10)]
    [note] = together([locked, *many]).notes
    assert note.startswith("Ikke låst av avdelingen, og kan endre seg: Home-Start Avdeling 1,")
    assert note.endswith("og 4 til.")


def test_the_order_of_the_files_is_of_no_importance() -> None:
    sent: Sequence[Sent] = [department(name, {TOTAL: 3}) for name in ("Ås", "Bø", "Vik")]
    assert together(sent) == together(sent[::-1])


def test_the_json_is_in_the_shape_of_a_report() -> None:
    national = together([department("Ås", {TOTAL: 4, "families.challenges.rus": 1})])
    object_ = json.loads(as_json(national))
    assert object_["department"] == "Hele landet"
    assert (object_["year"], object_["edition"], object_["departments"]) == (2023, 2023, 1)
    assert object_["included"] == ["Home-Start Ås"]
    told = [
        row
        for section in object_["sections"]
        for table in section["tables"]
        for row in table["rows"]
    ]
    assert [row["key"] for row in told] == [row.key for row in shipped(2023).rows]
    [rus] = [row for row in told if row["key"] == "families.challenges.rus"]
    assert rus == {
        "key": "families.challenges.rus",
        "label": "Rusproblematikk",
        "value": 1,
        "unit": "antall",
        "missing": 0,
        "share": 0.25,
        "departments": 1,
    }


def test_the_csv_has_every_row_with_its_share() -> None:
    national = together([department("Ås", {TOTAL: 3, "families.challenges.rus": 1})])
    read = list(csv.DictReader(io.StringIO(as_csv(national)), delimiter=";"))
    assert [row["nøkkel"] for row in read] == [row.key for row in shipped(2023).rows]
    [rus] = [row for row in read if row["nøkkel"] == "families.challenges.rus"]
    assert (rus["verdi"], rus["andel_prosent"], rus["avdelinger"]) == ("1", "33,3", "1")
