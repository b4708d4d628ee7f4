"""Reports that are kept: every figure as it was, whatever becomes of the records."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from hsf_cli.errors import Stopped
from hsf_cli.report import figures, kept
from hsf_cli.report.figures import Figures
from hsf_cli.report.forms import load, shipped
from hsf_cli.store import Store
from tests.builders import served, taken_in
from tests.report.a_year import EDITIONS, a_year
from tests.report.figures import COUNTED_AT, report
from tests.report.own_form import FORM


def locked(store: Store, year: int = 2023, edition: int = 2023) -> Figures:
    """The report of that year, as it is when it is locked the day after."""
    counted = figures.of(report(store, year, edition))
    return replace(counted, locked_at=COUNTED_AT + timedelta(days=1))


def keep(store: Store, one: Figures, reason: str = "", own_form: str = "") -> None:
    with store.change("rapport lås") as change:
        kept.keep(change, one, reason, own_form)


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_kept_report_is_the_same_in_every_word_and_figure(store: Store, edition: int) -> None:
    taken_in(store, *a_year())
    one = locked(store, 2023, edition)
    keep(store, one, "Fristen er i dag")
    again = kept.kept(store, 2023)
    assert again is not None
    assert again.figures == one
    assert again.reason == "Fristen er i dag"


def test_it_knows_the_change_set_that_kept_it(store: Store) -> None:
    taken_in(store, *served())
    keep(store, locked(store))
    taken_in(store, *served("2"))
    again = kept.kept(store, 2023)
    assert again is not None
    assert again.change_set == store.value("SELECT max(id) - 1 FROM change_set")


def test_a_year_that_nobody_kept_has_no_report(store: Store) -> None:
    assert kept.kept(store, 2023) is None
    assert kept.years(store) == []


def test_each_year_has_its_own(store: Store) -> None:
    for year in (2023, 2021):
        keep(store, locked(store, year))
    assert kept.years(store) == [2021, 2023]


def test_a_report_that_is_forgotten_leaves_nothing(store: Store) -> None:
    keep(store, locked(store))
    report = kept.kept(store, 2023)
    assert report is not None
    with store.change("rapport lås") as change:
        kept.forget(change, report)
    assert kept.kept(store, 2023) is None
    assert store.value("SELECT count(*) FROM report_figure") == 0


def test_cells_that_were_not_filled_in_stay_so(store: Store) -> None:
    one = locked(store)
    table = one.sections[0].tables[0]
    blank = replace(table, lines=tuple(replace(line, value=None) for line in table.lines))
    section = replace(one.sections[0], tables=(blank,))
    one = replace(one, sections=(section, *one.sections[1:]), source="rapport.txt", locked_at=None)
    keep(store, one)
    again = kept.kept(store, 2023)
    assert again is not None
    assert again.figures == one


def test_it_brings_the_departments_own_form_along(store: Store) -> None:
    own = load(FORM, "eget.toml")
    keep(store, locked(store), own_form=own.source)
    again = kept.kept(store, 2023)
    assert again is not None
    assert again.form == own
    assert again.fills_in(own)
    assert not again.fills_in(shipped(2023))


def test_an_edition_that_ships_is_not_kept_a_second_time(store: Store) -> None:
    keep(store, locked(store, edition=2022))
    again = kept.kept(store, 2023)
    assert again is not None
    assert again.form == shipped(2022)
    assert store.value("SELECT form FROM annual_report") is None


@pytest.mark.parametrize("own_form", ["", "edition = 2010"])
def test_figures_are_there_without_a_form_that_can_be_used(store: Store, own_form: str) -> None:
    keep(store, replace(locked(store), edition=2010), own_form=own_form)
    again = kept.kept(store, 2023)
    assert again is not None
    assert again.figures.by_key["families.total"].value == 0
    with pytest.raises(Stopped, match="2023"):
        _ = again.form


@pytest.mark.parametrize(("days", "elsewhere"), [(-1, True), (1, False)])
def test_locked_before_it_came_here_it_was_locked_elsewhere(
    store: Store, days: int, elsewhere: bool
) -> None:
    now = datetime.now().astimezone()
    keep(store, replace(locked(store), locked_at=now + timedelta(days=days)))
    report = kept.kept(store, 2023)
    assert report is not None
    assert report.locked_elsewhere is elsewhere


def test_a_form_that_was_filled_in_says_its_own_year() -> None:
    read = figures.filled(shipped(2023), {"families.total": 4}, 2021, "Prøve", "i.txt")
    assert read.by_key["assignments.total"].label == "Totalt antall oppdrag i 2021"
    assert not [line.label for line in read.lines if "{" in line.label]
    assert (read.department, read.source, read.by_key["families.total"].value) == (
        "Prøve", "i.txt", 4,
    )  # fmt: skip


def test_what_is_locked_or_read_in_the_records_do_not_change() -> None:
    read = figures.filled(shipped(2023), {}, 2021, "Prøve", "i.txt")
    assert read.is_kept
    counted = replace(read, source="")
    assert not counted.is_kept
    assert replace(counted, locked_at=datetime(2022, 1, 31, tzinfo=UTC)).is_kept
