"""The version for the public: what is hidden in it, and a reader who tries to work that out."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings

from hsf_cli.exchange.importing import Options, imported
from hsf_cli.exchange.sources import opened
from hsf_cli.report.figures import Figures, Line, Section, Table, of
from hsf_cli.report.form import FormRow, FormSection
from hsf_cli.report.forms import editions, shipped
from hsf_cli.report.hiding import public
from hsf_cli.store import Store
from tests.builders import Record, child, served, volunteer
from tests.conftest import TODAY
from tests.independent import made_up as whole_departments
from tests.independent.attacker import Rule, certain, known, no_more, total
from tests.report.conftest import Fresh
from tests.report.figures import report
from tests.report.made_up import YEAR, departments
from tests.report.test_properties import with_departments

THRESHOLD = 3


def _filled(
    values: Mapping[str, int | Decimal], missing: Mapping[str, int] | None = None
) -> Figures:
    """The form of 2023 with those figures, and 0 in every other row."""
    form, left_out = shipped(2023), missing or {}

    def line(row: FormRow) -> Line:
        group = row.key.rpartition(".")[0]
        value, rest = values.get(row.key, 0), left_out.get(group, 0)
        return Line(row.key, row.label, value, row.unit, rest, row.part_of)

    def section(one: FormSection) -> Section:
        tables = (Table(table.heading, tuple(map(line, table.rows))) for table in one.tables)
        return Section(one.number, one.title, tuple(tables))

    sections = tuple(map(section, form.sections))
    return Figures(2023, 2023, "Home-Start Prøve", form.number, form.title, sections)


def _public(figures: Figures, threshold: int = THRESHOLD) -> Figures:
    return public(figures, shipped(figures.edition), threshold)[0]


def _hidden(figures: Figures) -> set[str]:
    return {line.key for line in _public(figures).lines if line.hidden}


def test_a_hidden_count_has_no_value_and_everything_else_stays() -> None:
    figures = _filled({"courses.spring": 1, "courses.spring.participants": 14, "volunteers.new": 0})
    shown, number = public(figures, shipped(2023), THRESHOLD)
    assert number == 1
    assert shown.by_key["courses.spring"] == replace(
        figures.by_key["courses.spring"], value=None, hidden=True
    )
    assert [line for line in shown.lines if line.key != "courses.spring"] == [
        line for line in figures.lines if line.key != "courses.spring"
    ]
    assert replace(shown, sections=()) == replace(figures, sections=())


def test_hours_means_and_full_time_equivalents_are_shown_however_small() -> None:
    small = {"hours.total": Decimal("1.50"), "hours.fte": Decimal("1.00"), "hours.mean_visit": 2}
    assert _hidden(_filled(small)) == set()


def test_people_who_came_are_hidden_as_other_counts_are() -> None:
    came = {"activities.total": 9, "activities.parents": 2, "activities.children": 3}
    assert _hidden(_filled(came)) == {"activities.parents"}


def test_a_threshold_of_0_or_1_hides_nothing() -> None:
    figures = _filled({"families.total": 1, "volunteers.new": 2})
    for threshold in (0, 1):
        assert public(figures, shipped(2023), threshold) == (figures, 0)


def test_a_row_of_a_split_takes_another_with_it() -> None:
    status = {"families.civil_status.enslig": 1, "families.civil_status.gift_samboer": 19}
    assert _hidden(_filled({"families.total": 20, **status})) == set(status)


def test_one_band_of_the_men_does_not_give_their_number_away() -> None:
    volunteers = {
        "volunteers.total": 30,
        "volunteers.gender.kvinne": 28,
        "volunteers.gender.kvinne.35-44": 28,
        "volunteers.gender.mann": 2,
        "volunteers.gender.mann.65-74": 2,
    }
    hidden = _hidden(_filled(volunteers))
    assert hidden == volunteers.keys() - {"volunteers.total"}


def test_a_challenge_is_in_no_sum_and_is_hidden_alone() -> None:
    figures = _filled({"families.total": 20, "families.challenges.vold": 1})
    assert _hidden(figures) == {"families.challenges.vold"}


def test_those_who_are_linked_and_those_who_are_not_add_up() -> None:
    """The edition says so: they are no split."""
    came = {"activity_families.linked": 9, "activity_families.not_linked": 1}
    figures = _filled({"families.total": 30, "activity_families.total": 10, **came})
    assert _hidden(figures) == came.keys()


def test_how_many_a_split_leaves_out_is_shown_however_few() -> None:
    status = {"families.civil_status.enslig": 9, "families.civil_status.gift_samboer": 10}
    figures = _filled({"families.total": 20, **status}, {"families.civil_status": 1})
    assert _public(figures) == figures


def test_how_many_a_split_leaves_out_is_hidden_where_only_that_protects_a_count() -> None:
    """One woman, and no band has her: there must be one whose age is not known."""
    values = {"volunteers.total": 9, "volunteers.gender.mann": 8, "volunteers.gender.kvinne": 1}
    values["volunteers.gender.mann.65-74"] = 8
    shown = _public(_filled(values, {"volunteers.gender.kvinne": 1}))
    assert shown.by_key["volunteers.gender.kvinne"].hidden
    bands = [line for line in shown.lines if line.part_of == "volunteers.gender.kvinne"]
    assert [line.value for line in bands] == [0] * 7
    assert {line.missing for line in bands} == {None}
    others = [line for line in shown.lines if line.part_of and line not in bands]
    assert {line.missing for line in others} == {0}


def test_which_records_are_left_out_is_never_told(fresh: Fresh) -> None:
    with fresh(*served(), *(volunteer(f"V{n}") for n in range(2, 9))) as store:
        figures = of(report(store))
    assert any(line.left_out for line in figures.lines)
    assert not any(line.left_out for line in _public(figures).lines)


def test_a_cell_that_was_left_blank_stays_blank() -> None:
    figures = _filled({"families.total": 20, "families.civil_status.enslig": 1})
    blank = _blanked(figures, "families.civil_status.gift_samboer")
    line = _public(blank).by_key["families.civil_status.gift_samboer"]
    assert (line.value, line.hidden) == (None, False)


def _blanked(figures: Figures, key: str) -> Figures:
    def table(one: Table) -> Table:
        lines = (replace(line, value=None) if line.key == key else line for line in one.lines)
        return replace(one, lines=tuple(lines))

    sections = (
        replace(section, tables=tuple(map(table, section.tables))) for section in figures.sections
    )
    return replace(figures, sections=tuple(sections))


def test_how_many_children_there_are_does_not_tell_which_families_have_siblings(
    fresh: Fresh,
) -> None:
    """Of three children two have special needs: it can only be one family that has two of them.

    A family with a child that has special needs has that child, and one with siblings another.
    """
    families = [*served("1"), *served("2"), *served("3")]
    children = [
        child("F1", "2020", særskilte_behov="ja"),
        child("F1", "2020", særskilte_behov="nei"),
        child("F2", "2020", særskilte_behov="ja"),
    ]
    with fresh(*families, *children) as store:
        figures = of(report(store, YEAR, 2023))
    rules, siblings = list(_rules(figures)), "families.special_needs.siblings"
    small = {line.key for line in figures.lines if line.unit == "antall" and 0 < line.value < 3}
    assert certain({**_told(figures), **dict.fromkeys(small)}, rules, siblings, 1)
    assert not certain(_told(_public(figures)), rules, siblings, 1)


# The reader: the form as it was published, and what anybody can say of it who has read it.

WITHIN = {
    "volunteers.total": ["volunteers.linked", "volunteers.other_activity", "volunteers.new"],
    "volunteers.linked": ["volunteers.other_activity.linked"],
    "families.background.innvandrer_blandet": [
        "families.reception_centre",
        "families.introduction_programme",
        "families.special_needs.innvandrer_blandet",
    ],
    "families.background.norsk": ["families.special_needs.norsk"],
    "families.special_needs": ["families.special_needs.siblings"],
    "assignments.total": ["volunteers.linked", "families.total"],
    "families.total": [
        "families.special_needs",
        "families.help_before",
        "families.help_after",
        "activity_families.linked",
    ],
}
EACH_WITHIN = {
    "families.challenges.": "families.total",
    "families.support.": "families.total",
    "families.network.": "families.total",
    "families.help_before.": "families.help_before",
    "families.help_after.": "families.help_after",
}
SUMS = {
    "volunteers.other_activity": [
        "volunteers.other_activity.linked",
        "volunteers.other_activity.not_linked",
    ],
    "activity_families.total": ["activity_families.linked", "activity_families.not_linked"],
    "inquiries.unmatched": ["inquiries.closed_unmatched", "waiting.volunteer", "waiting.visit"],
}


def _told(figures: Figures) -> dict[str, int | None]:
    """Every count as the public has it, and what each split leaves out."""
    counts = {line.key: line for line in figures.lines if line.unit == "antall"}
    told = {key: None if line.hidden else int(line.value or 0) for key, line in counts.items()}
    return told | {_left_out(line): line.missing for line in counts.values() if line.part_of}


def _left_out(line: Line) -> str:
    return f"? {line.key.rpartition('.')[0]} {line.part_of}"


def _rules(figures: Figures) -> Iterator[Rule]:
    keys = {line.key for line in figures.lines}
    for section in figures.sections:
        for table in section.tables:
            for whole in {line.part_of for line in table.lines} - {""}:
                parts = [line for line in table.lines if line.part_of == whole]
                yield total(whole, [*(line.key for line in parts), _left_out(parts[0])])
    for whole, parts in SUMS.items():
        if keys.issuperset([whole, *parts]):
            yield total(whole, parts)
    for whole, inner in WITHIN.items():
        yield from (no_more([key], [whole]) for key in inner if keys >= {key, whole})
    for start, whole in EACH_WITHIN.items():
        rows = [key for key in keys if key.startswith(start)]
        yield from (no_more([key], [whole]) for key in rows)
        if start.startswith("families.help"):
            yield no_more([whole], rows)
    yield no_more(
        ["volunteers.linked", "volunteers.other_activity.not_linked"], ["volunteers.total"]
    )
    # a family with a child that has special needs has that child, and with siblings one more
    needs = {"families.special_needs", "children.special_needs"} & keys
    yield from (no_more([one, f"{one}.siblings"], ["children.total"]) for one in needs)


def _check_nothing_is_found(store: Store) -> list[bool]:
    """Attacks both editions; gives whether hiding the small counts alone would have been enough."""
    enough = []
    for edition in editions():
        figures = of(report(store, YEAR, edition))
        small = {line.key for line in figures.lines if line.unit == "antall" and 0 < line.value < 3}
        shown, true, rules = _public(figures), _told(figures), list(_rules(figures))
        told = _told(shown)
        hidden = {line.key for line in shown.lines if line.hidden}
        assert small <= hidden
        assert not known(told, rules)
        assert not [key for key in hidden if certain(told, rules, key, true[key])]
        enough.append(not known({**true, **dict.fromkeys(small)}, rules))
    return enough


@settings(with_departments, max_examples=10)
@given(made_up=departments())
def test_a_reader_finds_no_hidden_count_of_a_small_department(
    fresh: Fresh, made_up: list[Record]
) -> None:
    with fresh(*made_up) as store:
        _check_nothing_is_found(store)


@pytest.mark.parametrize("families", [5, 15, 60])
def test_a_reader_finds_no_hidden_count_of_a_department(
    fresh: Fresh, home: Path, families: int
) -> None:
    """And would have, had the small counts alone been hidden: the reader is no fool."""
    enough = []
    for seed in range(2):
        size = whole_departments.Size(families, families * 3, 2022, date(2024, 3, 15))
        folder = home / f"{families}-{seed}"
        whole_departments.write_folder(whole_departments.department(seed, size), folder)
        with fresh() as store, opened(folder) as source:
            imported(store, source, Options(), TODAY, lambda _, __: None)
            enough += _check_nothing_is_found(store)
    assert not all(enough)
