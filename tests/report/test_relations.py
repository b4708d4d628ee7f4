"""What must hold between a report's figures: told where it does not, and only there."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings

from hsf_cli.report import figures
from hsf_cli.report.figures import Figures
from hsf_cli.report.form import Form
from hsf_cli.report.forms import editions, load, shipped
from hsf_cli.report.relations import contradictions
from hsf_cli.store import Store
from tests.builders import Record, child, served, taken_in
from tests.report.conftest import Fresh
from tests.report.figures import report
from tests.report.made_up import YEAR, departments
from tests.report.published import published, published_cells

FORM = """\
edition = 2023
chapter = { number = "1.0", title = "Våre tall" }
[[section]]
number = "1.1"
title = "Familiene"
[[section.table]]
heading = "Sivilstatus:"
of = "families"
part_of = "all"
rows = [
  { key = "alone", label = "Enslige", where.civil_status = "enslig" },
  { key = "married", label = "Gifte", where.civil_status = "gift_samboer" },
  { key = "all", label = "Alle familier" },
]
[[section.table]]
heading = "Timer:"
of = "hours"
rows = [
  { key = "hours.a", label = "Besøk", sum = "minutes", unit = "timer" },
  { key = "hours.b", label = "Kjøring", sum = "driving_minutes", unit = "timer" },
  { key = "total", label = "Sum", sum = ["minutes", "driving_minutes"], unit = "timer" },
]
[[relation]]
figure = "total"
equals = "hours.*"
text = "radene summerer til {sum}, men summen er {figure}"
[[relation]]
figure = "hours.b"
at_most = "hours.a"
text = "«{label}» er {figure}, mer enn {sum}"
[[relation]]
figure = "hours.a"
needs = "all"
text = "{figure} timer, men ingen familier"
[[relation]]
figure = "all"
at_most = ["before.all", "before.hours.a"]
text = "{figure} familier, men bare {sum} i fjor"
"""


def filled(values: Mapping[str, int | Decimal | None], form: Form) -> Figures:
    """The form with those values by key, and nothing in the other cells."""
    return figures.filled(form, values, 2023, "Prøve", "")


def told(values: Mapping[str, int | Decimal | None], before: Figures | None = None) -> list[str]:
    """What is told of the little form with those values."""
    form = load(FORM, "eget.toml")
    return [str(one) for one in contradictions(filled(values, form), form, before)]


def test_rows_that_split_another_add_up_to_it() -> None:
    assert told({"alone": 2, "married": 3, "all": 5}) == []
    (only,) = told({"alone": 2, "married": 3, "all": 6})
    assert only == "1.1: radene under «Alle familier» summerer til 5, men den raden er 6"


@pytest.mark.parametrize(("alone", "stands"), [(5, True), (6, False)])
def test_a_blank_among_the_rows_of_a_split_can_only_be_too_much(alone: int, stands: bool) -> None:
    assert (told({"alone": alone, "married": None, "all": 5}) == []) is stands


def test_records_that_are_known_to_be_missing_from_a_split_are_no_contradiction() -> None:
    form = load(FORM, "eget.toml")
    whole = filled({"alone": 2, "married": 3, "all": 6}, form)
    table = whole.sections[0].tables[0]
    lines = tuple(replace(line, missing=1) if line.part_of else line for line in table.lines)
    section = replace(whole.sections[0], tables=(replace(table, lines=lines),))
    assert contradictions(replace(whole, sections=(section,)), form) == []
    more = tuple(replace(line, value=7) if line.key == "all" else line for line in lines)
    section = replace(whole.sections[0], tables=(replace(table, lines=more),))
    (only,) = contradictions(replace(whole, sections=(section,)), form)
    assert "summerer til 6, men den raden er 7" in only.text  # with the one that is missing


def test_hours_may_be_off_by_what_rounding_them_makes() -> None:
    a, b = Decimal("728.8"), Decimal("175.33")
    assert told({"hours.a": a, "hours.b": b, "total": Decimal("904.1"), "all": 1}) == []
    assert told({"hours.a": a, "hours.b": b, "total": Decimal("904.13"), "all": 1}) == []
    assert told({"hours.a": a, "hours.b": b, "total": Decimal("904.3"), "all": 1}) == [
        "1.1: radene summerer til 904,13, men summen er 904,3"
    ]
    # Half of the last digit of each: 0.05 + 0.005 + 0.005.
    assert told({"hours.a": a, "hours.b": b, "total": Decimal("904.19"), "all": 1}) == []
    assert told({"hours.a": a, "hours.b": b, "total": Decimal("904.20"), "all": 1}) != []


def test_hours_that_were_printed_whole_were_rounded_too() -> None:
    a, b = Decimal("728.8"), Decimal("175.33")
    assert told({"hours.a": a, "hours.b": b, "total": 904, "all": 1}) == []
    assert told({"hours.a": a, "hours.b": b, "total": 905, "all": 1}) != []


@pytest.mark.parametrize(("hours", "stands"), [("2.25", True), ("2.26", False), ("1.00", True)])
def test_a_blank_beside_rounded_hours_can_only_be_more_than_rounding_makes(
    hours: str, stands: bool
) -> None:
    values = {"hours.a": Decimal(hours), "total": Decimal("2.2"), "all": 1}
    assert (told(values) == []) is stands


def test_a_figure_is_at_most_another() -> None:
    assert told({"hours.a": Decimal(2), "hours.b": Decimal(2), "all": 1}) == []
    assert told({"hours.a": Decimal(2), "hours.b": Decimal(4), "all": 1}) == [
        "1.1: «Kjøring» er 4, mer enn 2"
    ]


def test_a_figure_needs_another_that_is_not_none() -> None:
    assert told({"hours.a": Decimal(2), "all": 1}) == []
    assert told({"hours.a": Decimal(0), "all": 0}) == []
    assert told({"hours.a": Decimal(2), "all": 0}) == ["1.1: 2 timer, men ingen familier"]
    assert told({"hours.a": Decimal(1), "all": 0}) == ["1.1: 1 time, men ingen familier"]


def test_nobody_asks_a_figure_of_cells_that_nobody_filled_in() -> None:
    assert told({"hours.a": Decimal(2)}) == []
    assert told({"hours.b": Decimal(2)}) == []


def test_last_years_figures_are_asked_where_they_are_known() -> None:
    form = load(FORM, "eget.toml")
    last_year = filled({"all": 3, "hours.a": Decimal(1)}, form)
    assert told({"all": 5}) == []
    assert told({"all": 4}, last_year) == []
    assert told({"all": 5}, last_year) == ["1.1: 5 familier, men bare 4 i fjor"]


def test_a_hidden_figure_is_asked_nothing() -> None:
    form = load(FORM, "eget.toml")
    whole = filled({"alone": None, "married": 3, "all": 2}, form)
    table = whole.sections[0].tables[0]
    lines = tuple(replace(line, hidden=line.value is None) for line in table.lines)
    section = replace(whole.sections[0], tables=(replace(table, lines=lines),))
    assert contradictions(replace(whole, sections=(section,)), form) == []


def test_several_contradictions_in_one_figure_are_told_together() -> None:
    form = load(FORM, "eget.toml")
    last_year = filled({"all": 3, "hours.a": Decimal(1)}, form)
    (only,) = told({"alone": 2, "married": 2, "all": 5}, last_year)
    assert only.count(";") == 1


# What each published form contradicts itself in, as `docs/definitions.md` has it: the section,
# and the two figures that do not go together.
KNOWN = {
    ("asker_2022", 2022): [("7.8", "13", "16")],
    ("kongsvinger_2023", 2023): [
        ("6.2", "1", "2"),
        ("6.3", "7", "2"),
        ("6.8", "1\N{NO-BREAK SPACE}632,93", "904,1"),
        ("6.9", "10", "7"),
    ],
}


@pytest.mark.parametrize(("name", "edition"), KNOWN)
def test_the_published_forms_contradict_themselves_where_it_is_known_and_nowhere_else(
    name: str, edition: int
) -> None:
    form = shipped(edition)
    cells = published_cells(published(name))
    values = {row.key: cell.figure for row, cell in zip(form.rows, cells, strict=True)}
    found = contradictions(filled(values, form), form)
    assert [one.section for one in found] == [section for section, *_ in KNOWN[name, edition]]
    for one, (_, *numbers) in zip(found, KNOWN[name, edition], strict=True):
        assert all(number in one.text for number in numbers)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made_up=departments())
def test_no_records_break_a_relation_that_is_no_suspicion(
    fresh: Fresh, made_up: list[Record]
) -> None:
    with fresh(*made_up) as store:
        for edition in editions():
            now, last = (figures.of(report(store, year, edition)) for year in (YEAR, YEAR - 1))
            assert contradictions(now, shipped(edition), last, suspicions=False) == []


def test_a_family_without_children_is_a_suspicion(store: Store) -> None:
    taken_in(store, *served("1"), *served("2"), child("F1", "2021"))
    counted = figures.of(report(store))
    (only,) = contradictions(counted, shipped(2023))
    assert str(only) == "6.3: 2 familier, men bare 1 barn"
    assert contradictions(counted, shipped(2023), suspicions=False) == []


def test_what_is_no_suspicion_is_told_also_where_no_suspicions_are_wanted() -> None:
    form = load(FORM, "eget.toml")
    (only,) = contradictions(filled({"hours.b": Decimal(4), "hours.a": Decimal(2), "all": 1}, form),
                             form, suspicions=False)  # fmt: skip
    assert only.text == "«Kjøring» er 4, mer enn 2"


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"volunteers.new": 1, "volunteers.total": 0}, "1 ny familiekontakt, men"),
        ({"courses.spring.participants": 1, "courses.spring": 0}, "1 kursdeltaker på våren"),
        (
            {"volunteers.other_activity.linked": 1, "volunteers.linked": 0},
            "1 koblet familiekontakt har drevet",
        ),
        ({"activity_families.linked": 1, "families.total": 0}, "1 koblet familie har deltatt"),
        ({"activities.parents": 1, "activities.total": 0}, "1 forelder har deltatt"),
        ({"volunteers.new": 21, "volunteers.total": 0}, "21 nye familiekontakter, men"),
    ],
)
def test_one_of_them_is_told_of_as_one(values: Mapping[str, int], said: str) -> None:
    (only,) = contradictions(filled(values, shipped(2023)), shipped(2023))
    assert said in only.text


@pytest.mark.parametrize(
    ("total", "fte", "stands"),
    [
        ("904.1", "0.5", True),
        ("904.1", "0.45", True),
        ("904.1", "0.7", False),
        ("904.1", "0.0", False),
    ],
)
def test_full_time_equivalents_follow_from_the_hours(total: str, fte: str, stands: bool) -> None:
    form = shipped(2023)
    values = {"hours.total": Decimal(total), "hours.assignments": Decimal(total),
              "hours.assignments.driving": Decimal(0), "hours.other": Decimal(0),
              "assignments.total": 1, "families.total": 1, "volunteers.linked": 1,
              "hours.fte": Decimal(fte)}  # fmt: skip
    found = [one for one in contradictions(filled(values, form), form) if one.section == "6.8"]
    assert (found == []) is stands


def test_the_departments_own_hours_of_a_full_time_equivalent_are_held_to() -> None:
    form = shipped(2023)
    values = {"hours.total": Decimal(1600), "hours.fte": Decimal("1.00")}
    whole = replace(filled(values, form), hours_per_fte=1600)
    assert not [one for one in contradictions(whole, form) if one.key == "hours.fte"]
    whole = replace(whole, hours_per_fte=1700)
    (only,) = [one for one in contradictions(whole, form) if one.key == "hours.fte"]
    assert only.text == "1\N{NO-BREAK SPACE}600 timer er ikke 1 årsverk"


@pytest.mark.parametrize(("hours", "stands"), [("8", True), ("7", False)])
def test_the_hours_behind_a_full_time_equivalent_were_rounded_as_well(
    hours: str, stands: bool
) -> None:
    """Of 1,600 hours 0.01 is 8 or more, and what was printed as 8 may be 8.4."""
    form = shipped(2023)
    values = {"hours.total": Decimal(hours), "hours.fte": Decimal("0.01")}
    whole = replace(filled(values, form), hours_per_fte=1600)
    found = [one for one in contradictions(whole, form) if one.key == "hours.fte"]
    assert (found == []) is stands


def test_of_full_time_equivalents_alone_nobody_can_say_what_they_come_from() -> None:
    text = FORM[: FORM.index("[[relation]]")].replace('unit = "timer"', 'unit = "årsverk"')
    form = load(text, "eget.toml")
    assert contradictions(filled({"total": Decimal("9.5")}, form), form) == []


@pytest.mark.parametrize(("mean", "stands"), [("24", True), ("25", False)])
def test_a_visit_is_within_a_day(mean: str, stands: bool) -> None:
    form = shipped(2023)
    values = {"hours.mean_visit": Decimal(mean), "hours.assignments": Decimal(30)}
    found = contradictions(filled(values, form), form)
    assert ([one for one in found if one.key == "hours.mean_visit"] == []) is stands


@pytest.mark.parametrize(
    ("total", "fte", "stands"),
    [
        ("15000.0", "10.00", True),
        ("15000.0", "10.01", False),
        ("20000.0", "10.00", True),
        ("20000.0", "9.99", False),
        ("15000.00", "10.000", True),
        ("15000.00", "10.001", False),
        ("20000.00", "10.000", True),
        ("20000.00", "9.999", False),
        (None, "9.99", True),  # nobody told of the hours
    ],
)
def test_a_full_time_equivalent_is_from_1500_to_2000_hours(
    total: str | None, fte: str, stands: bool
) -> None:
    form = shipped(2023)
    values = {"hours.total": total and Decimal(total), "hours.fte": Decimal(fte)}
    found = contradictions(filled(values, form), form)
    assert ([one for one in found if one.key == "hours.fte"] == []) is stands


def test_rows_of_another_table_are_told_by_its_heading() -> None:
    background = """\
[[section.table]]
heading = "Bakgrunn:"
of = "families"
part_of = "all"
rows = [{ key = "norsk", label = "Norsk", where.background = "norsk" }]
[[section.table]]
heading = "Timer:\""""
    text = FORM.replace('[[section.table]]\nheading = "Timer:"', background)
    form = load(text, "eget.toml")
    values = {"alone": 2, "married": 3, "all": 5, "norsk": 4}
    (only,) = contradictions(filled(values, form), form)
    assert str(only) == "1.1: radene under «Bakgrunn» summerer til 4, men «Alle familier» er 5"
    assert only.key == "norsk"  # where it is read


def test_what_was_left_blank_beside_what_was_filled_in_counts_for_none() -> None:
    last_year = filled({"all": 3}, load(FORM, "eget.toml"))
    assert told({"all": 5}, last_year) == ["1.1: 5 familier, men bare 3 i fjor"]


def test_a_blank_row_of_a_split_that_was_filled_in_is_none() -> None:
    form = load(FORM.replace('needs = "all"', 'needs = "alone"'), "eget.toml")
    hours = {"hours.a": Decimal(2)}
    assert contradictions(filled(hours, form), form) == []
    (only,) = contradictions(filled({**hours, "married": 3, "all": 3}, form), form)
    assert only.text == "2 timer, men ingen familier"


def test_a_row_that_was_filled_in_answers_also_where_what_it_splits_is_blank() -> None:
    form = load(FORM.replace('needs = "all"', 'needs = "alone"'), "eget.toml")
    (only,) = contradictions(filled({"hours.a": Decimal(2), "alone": 0}, form), form)
    assert only.text == "2 timer, men ingen familier"


@pytest.mark.parametrize(
    ("edition", "needs", "text"),
    [
        (2023, "families.special_needs",
         "3 familier har barn med særskilte behov, 2 av dem har flere barn, "
         "men det er bare 4 barn i alt"),
        (2022, "children.special_needs",
         "3 barn har særskilte behov og 2 er søsken til dem, men det er bare 4 barn i alt"),
    ],
)  # fmt: skip
def test_two_rows_that_share_out_a_third_are_no_more_together_than_it(
    edition: int, needs: str, text: str
) -> None:
    """Those with special needs and their siblings are different children."""
    form = shipped(edition)
    values = {needs: 3, f"{needs}.siblings": 2, "children.total": 4, "families.total": 4}
    section = {2023: "6.3", 2022: "7.3"}[edition]
    assert f"{section}: {text}" in map(str, contradictions(filled(values, form), form))
    found = contradictions(filled({**values, "children.total": 5}, form), form)
    assert not [one for one in found if one.key == needs and "i alt" in one.text]
