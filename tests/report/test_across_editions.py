"""Rows of one edition in reports of another: the same key, or rows that add up to it."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from hypothesis import given

from hsf_cli.report.across_editions import Found, Row, adding_up, differing, found, split_of
from hsf_cli.report.figures import Figures, of
from hsf_cli.report.form import FormRow
from hsf_cli.report.forms import editions, load, shipped
from tests.builders import Record
from tests.report.conftest import Fresh
from tests.report.figures import report
from tests.report.filled import filled, hiding
from tests.report.made_up import YEAR, departments
from tests.report.test_properties import with_departments


def test_rows_with_one_key_ask_the_same_in_every_edition() -> None:
    known: dict[str, FormRow] = {}
    for edition in editions():
        for row in shipped(edition).rows:
            same = known.setdefault(row.key, row)
            assert (row.population, row.conditions, row.measure, row.unit) == (
                same.population, same.conditions, same.measure, same.unit,
            ), row.key  # fmt: skip


@pytest.mark.parametrize(
    ("edition", "other", "key", "keys"),
    [
        (2023, 2022, "families.total", ["families.total"]),
        (
            2023, 2022, "inquiries.source.skole_barnehage",
            ["inquiries.source.barnehage", "inquiries.source.skole"],
        ),
        (
            2023, 2022, "families.background.innvandrer_blandet",
            ["families.background.innvandrer", "families.background.blandet"],
        ),
        (
            2022, 2023, "volunteers.occupation.ufor_arbeidsledig_annet",
            [
                "volunteers.occupation.ufor", "volunteers.occupation.arbeidsledig",
                "volunteers.occupation.annet",
            ],
        ),
        (
            2022, 2023, "assignments.ended.7-12",
            ["assignments.ended.7-9", "assignments.ended.10-12"],
        ),
        # what the form of 2022 says that the row is
        (
            2022, 2023, "inquiries.unmatched",
            ["inquiries.closed_unmatched", "waiting.volunteer", "waiting.visit"],
        ),
        # part of a row, or shared out otherwise
        (2023, 2022, "assignments.ended.7-9", []),
        (2023, 2022, "inquiries.source.kommunalt_fastlege", []),
        (2022, 2023, "inquiries.source.other", []),
        # a family can have several, and would count twice
        (2022, 2023, "families.challenges.other", []),
        (2022, 2023, "families.support.norsk_sprak_annet", []),
        (2022, 2023, "families.help_before.other", []),
        # other records
        (2023, 2022, "families.special_needs", []),
        (2022, 2023, "children.special_needs", []),
    ],
)  # fmt: skip
def test_rows_that_mean_the_same(edition: int, other: int, key: str, keys: list[str]) -> None:
    assert list(adding_up(edition, other).get(key, ())) == keys


@with_departments
@given(made_up=departments())
def test_what_adds_up_by_the_forms_adds_up_in_any_department(
    fresh: Fresh, made_up: list[Record]
) -> None:
    with fresh(*made_up) as store:
        counted = {edition: of(report(store, YEAR, edition)) for edition in editions()}
    for edition, figures in counted.items():
        for other in counted.values():
            for line in figures.lines:
                there = found(Row(edition, line.key), other)
                if there.keys:
                    assert there.value == line.value, (line.key, there.keys)


def test_the_figure_is_the_sum_of_the_rows() -> None:
    figures = filled(2022, {"inquiries.source.barnehage": 3, "inquiries.source.skole": 4})
    assert found(Row(2023, "inquiries.source.skole_barnehage"), figures).value == 7


def test_a_sum_with_a_hidden_or_a_blank_part_is_not_known() -> None:
    row = Row(2023, "inquiries.source.skole_barnehage")
    keys = ("inquiries.source.barnehage", "inquiries.source.skole")
    figures = filled(2022, {"inquiries.source.barnehage": 3})
    assert found(row, hiding(figures, "inquiries.source.skole")) == Found(None, keys, hidden=True)
    blank = filled(2022, {"inquiries.source.barnehage": 3, "inquiries.source.skole": None})
    assert found(row, blank) == Found(None, keys)


def test_a_row_that_the_report_does_not_have_is_not_known() -> None:
    assert found(Row(2023, "hours.total"), filled(2022)) == Found(None)
    hours = filled(2023, {"hours.total": Decimal("2.5")})
    assert found(Row(2023, "hours.total"), hours).value == Decimal("2.5")


def test_of_a_form_from_elsewhere_only_the_keys_are_known() -> None:
    theirs = Figures(2023, 2031, "Home-Start Prøve", "6.0", "…", filled(2022).sections)
    assert found(Row(2023, "families.total"), theirs).value == 0
    assert found(Row(2023, "inquiries.source.skole_barnehage"), theirs) == Found(None)
    assert differing(Row(2023, "hours.total"), theirs) == "Raden finnes ikke i skjemaet fra 2031."


@pytest.mark.parametrize(
    ("edition", "other", "key", "said"),
    [
        (2023, 2022, "families.total", ""),
        (2023, 2022, "hours.total", "Raden finnes ikke i skjemaet fra 2022."),
        (2023, 2022, "activity_families.linked", "Raden finnes ikke i skjemaet fra 2022."),
        (
            2023, 2022, "families.special_needs",
            "Skjemaet fra 2022 teller barn her, skjemaet fra 2023 familier.",
        ),
        (
            2023, 2022, "inquiries.source.skole_barnehage",
            "I skjemaet fra 2022: «Barnehage» + «Skole».",
        ),
        (
            2023, 2022, "inquiries.source.nav",
            "I skjemaet fra 2022 er dette en del av «Andre».",
        ),
        (
            2023, 2022, "assignments.ended.7-9",
            "I skjemaet fra 2022 er dette en del av «Antall avsluttede oppdrag i 7 – 12 mnd.».",
        ),
        (
            2023, 2022, "inquiries.source.kommunalt_fastlege",
            "Skjemaet fra 2022 deler dette inn på en annen måte.",
        ),
        (
            2022, 2023, "families.challenges.other",
            "Skjemaet fra 2023 har flere rader for dette, og familier kan stå i mer enn én av dem."
            " Derfor legges de ikke sammen.",
        ),
    ],
)  # fmt: skip
def test_how_another_form_has_a_row_is_said(edition: int, other: int, key: str, said: str) -> None:
    assert differing(Row(edition, key), filled(other)) == said


def _form(*rows: str) -> str:
    return "\n".join(
        [
            'edition = 2030',
            'chapter = { number = "1.0", title = "Tall" }',
            'chapters = [{ key = "statistics" }]',
            '[[section]]',
            'number = "1.1"',
            'title = "Tall"',
            '[[section.table]]',
            'heading = "Tall"',
            'of = "children"',
            'rows = [',
            *(f"  {{ key = 'k{n}', label = 'Rad {n}', {row} }}," for n, row in enumerate(rows)),
            ']',
        ]
    )  # fmt: skip


def _splitting(whole: str, *parts: str) -> list[str]:
    """The rows of a form with those parts that are found to add up to a row of another."""
    rows = load(_form(*parts), "deler.toml")
    [row] = load(_form(whole), "hel.toml").rows
    return [key.removeprefix("k") for key in split_of(row, rows)]


def _age(*bounds: str) -> str:
    return f"where.age = {{ {', '.join(bounds)} }}"


def _cases() -> Iterator[tuple[str, list[str], list[str]]]:
    whole = _age("from = 0", "to = 6")
    yield whole, [_age("from = 3", "to = 6"), _age("from = 0", "to = 2")], ["0", "1"]
    yield whole, [_age("from = 0", "to = 2"), _age("from = 4", "to = 6")], []  # a gap
    yield whole, [_age("from = 0", "to = 3"), _age("from = 3", "to = 6")], []  # 3 counts twice
    yield whole, [_age("from = 0", "to = 2"), _age("from = 3")], []  # too much
    one_way = [_age("from = 0", "to = 4"), _age("from = 0", "to = 2"), _age("from = 3", "to = 6")]
    yield whole, one_way, ["1", "2"]
    yield _age("from = 3"), [_age("from = 3", "to = 6"), _age("from = 7")], ["0", "1"]
    yield _age("from = 3"), [_age("from = 3", "to = 6"), _age("from = 7", "to = 9")], []
    norwegian, others = "where.background = 'norsk'", "where.background = ['innvandrer', 'blandet']"
    every = "where.background = ['norsk', 'innvandrer', 'blandet']"
    yield every, [norwegian, others], ["0", "1"]
    yield every, [others, "where.background = ['norsk', 'blandet']"], []
    yield "where.special_needs = true", ["where.special_needs = true"], ["0"]
    yield "", [norwegian, others], []  # where it is not recorded it is in none of them
    both = "where = { special_needs = true, background = ['norsk', 'blandet'] }"
    needing = [
        f"where = {{ special_needs = true, background = '{code}' }}"
        for code in ("norsk", "blandet")
    ]
    yield both, needing, ["0", "1"]
    yield both, ["where.background = 'norsk'", "where.background = 'blandet'"], []


@pytest.mark.parametrize(("whole", "parts", "adding"), list(_cases()))
def test_rows_add_up_where_they_share_everything_out(
    whole: str, parts: list[str], adding: list[str]
) -> None:
    row = whole or "where = {}"
    assert _splitting(row, *parts) == adding
