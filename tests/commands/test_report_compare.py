"""`hsf rapport sammenlign`: which years, and how each is known."""

import csv
import io
import json
from dataclasses import replace

import pytest

from hsf_cli.report import kept
from hsf_cli.store import Store
from tests.builders import assignment, family, inquiry, served, taken_in, volunteer
from tests.commands.terminal import Terminal, ended, terminal
from tests.report.filled import COUNTED_AT, filled

__all__ = ["terminal"]


SINCE_2022 = [
    family(), inquiry(mottatt="2022-02-01"), volunteer(), assignment(startet="2022-03-01"),
]  # fmt: skip


def keep(store: Store, year: int, families: int, edition: int = 2023, **more: object) -> None:
    """Keeps a report of that year."""
    figures = filled(edition, {"families.total": families, "children.total": families}, year)
    with store.change("test") as change:
        kept.keep(change, replace(figures, **more))  # type: ignore[arg-type]


def totals(out: str) -> dict[int, int]:
    """The families of each year, from the command's JSON."""
    told = json.loads(out)
    years = [year["year"] for year in told["years"]]
    [row] = [
        row
        for section in told["sections"]
        for table in section["tables"]
        for row in table["rows"]
        if row["key"] == "families.total"
    ]
    return dict(zip(years, row["values"], strict=True))


def test_counted_locked_and_read_in_years_stand_side_by_side(store, hsf) -> None:
    taken_in(store, *served("1"))  # since 2023, and still
    keep(store, 2021, 31, 2022, source="årsrapport-2021.docx")
    keep(store, 2022, 29, 2022, locked_at=COUNTED_AT, counted_at=COUNTED_AT)
    shown = hsf("rapport", "sammenlign", 2023, 2021, 2022)
    assert shown.code == 0, shown.err
    assert "2021: lest inn fra årsrapport-2021.docx, skjema 2022" in shown.out
    assert "2022: låst 12.01.2024, talt 12.01.2024 kl. 10.15, skjema 2022" in shown.out
    assert "2023: ikke låst, talt nå " in shown.out
    [line] = [line for line in shown.out.splitlines() if "Totalt antall familier  " in line]
    assert line.split()[3:9] == ["31", "29", "1", "-28", "-97", "██▁"]
    assert "Familier  2021  ████████████████████████████████████████ 31" in shown.out
    assert shown.err == ""


def test_the_same_year_twice_is_one(store, hsf) -> None:
    taken_in(store, *served("1"))
    keep(store, 2022, 29, 2022)
    out = hsf("rapport", "sammenlign", 2022, 2023, 2022, "--format", "json").out
    assert totals(out) == {2022: 29, 2023: 1}


@pytest.mark.parametrize("words", [(), ("--alle",)])
def test_all_years_are_those_with_figures_until_last_year(words, store, hsf) -> None:
    taken_in(store, *SINCE_2022)
    keep(store, 2019, 12, 2022)
    shown = hsf("rapport", "sammenlign", *words, "--format", "json")
    assert list(totals(shown.out)) == [2019, 2022, 2023]
    assert shown.err.count("\n") == 1  # how 2022 can be counted as 2023 is


def test_a_year_that_is_not_over_says_so(store, hsf) -> None:
    taken_in(store, *served("1"))
    shown = hsf("rapport", "sammenlign", 2023, 2024)
    assert shown.code == 0
    assert "2024 er ikke over" in shown.err


def test_years_can_be_counted_by_the_same_form(store, hsf) -> None:
    taken_in(store, *SINCE_2022)
    by_their_own = hsf("rapport", "sammenlign", 2022, 2023)
    assert "Raden finnes ikke i skjemaet fra 2022." in by_their_own.out
    assert (
        "2022 er talt etter det eldre skjemaet. Etter samme skjema: "
        "hsf rapport sammenlign 2022 2023 --utgave 2023" in by_their_own.err
    )
    alike = hsf("rapport", "sammenlign", 2022, 2023, "--utgave", 2023)
    assert "skjemaet fra 2022" not in alike.out
    assert alike.err == ""


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ((2023,), 2, "--nå"),
        ((2023, 2023), 2, "--nå"),
        ((2023, "i fjor"), 2, "ÅR «i fjor»"),
        ((2023, 2025), 2, "2025 har ikke begynt"),
        ((2022, 2023, "--alle"), 2, "--alle og ÅR"),
        ((2022, 2023, "--utgave", 2019), 2, "utgave 2019"),
        ((2022, 2023, "--format", "pdf"), 2, "--format «pdf»"),
        ((2022, 2023, "--nå"), 2, "--nå gjelder ett år"),
        ((2022, 2023), 3, "ikke tall for 2022 og 2023"),
        ((), 3, "hsf rapport les"),
    ],
)
def test_what_cannot_be_compared_is_refused(words, code, said, hsf, empty_department) -> None:
    shown = hsf("rapport", "sammenlign", *words)
    assert shown.code == code
    assert said in shown.err


def test_one_year_that_is_known_is_not_enough(store, hsf) -> None:
    keep(store, 2022, 29, 2022)
    shown = hsf("rapport", "sammenlign", 2021, 2022)
    assert shown.code == 3
    assert "ikke tall for 2021. Bare 2022 har noen." in shown.err


def test_a_year_that_nobody_knows_is_left_out_and_that_is_said(store, hsf) -> None:
    keep(store, 2021, 29, 2022)
    keep(store, 2022, 30, 2022)
    shown = hsf("rapport", "sammenlign", 2019, 2021, 2022, "--format", "json")
    assert list(totals(shown.out)) == [2021, 2022]
    assert "2019" in shown.err


def test_a_locked_year_beside_the_records_now_is_another_matter(store, hsf) -> None:
    shown = hsf("rapport", "sammenlign", 2023, "--nå")
    assert shown.code == 4
    assert "ikke låst" in shown.err


def test_it_can_be_had_as_csv_and_markdown(store, hsf) -> None:
    keep(store, 2021, 29, 2022)
    keep(store, 2022, 30, 2022)
    read = csv.DictReader(
        io.StringIO(hsf("rapport", "sammenlign", 2021, 2022, "--format", "csv").out), delimiter=";"
    )
    [total] = [row for row in read if row["nøkkel"] == "families.total"]
    assert (total["2021"], total["2022"], total["endring_prosent"]) == ("29", "30", "3,4")
    markdown = hsf("rapport", "sammenlign", 2021, 2022, "--format", "md").out
    assert "| Totalt antall familier | 29 | 30 | +1 | +3 |" in markdown


def test_at_a_terminal_three_years_fit_80_columns(
    store, terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAGER", "cat")
    for year, families in ((2020, 30), (2021, 41), (2022, 25)):
        keep(store, year, families, 2022)
    store.close()
    child = terminal("rapport", "sammenlign", "2020", "2021", "2022", columns=80)
    child.expect_exact("7.1")
    child.expect_exact("▆█▅")
    child.expect_exact("Familier og barn over årene")
    assert ended(child) == 0
