"""A report that is locked: kept as handed in, whatever becomes of the records."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from hsf_cli.report import kept
from hsf_cli.store import Store
from tests.builders import Record, child, hours, inquiry, taken_in, volunteer
from tests.conftest import Run

Hsf = Callable[..., Run]


def complete() -> list[Record]:
    """A department of one family with nothing for the control to say."""
    return [
        ("familier", {
            "id": "F1", "navn": "Familie F1", "sivilstatus": "enslig", "bakgrunn": "norsk",
            "fant_oss": "avis",
        }),
        child("F1", "2021", særskilte_behov="nei"),
        inquiry("H1", "F1", "2023-01-05", besøkt="2023-01-09"),
        volunteer(
            "V1", født="1960", kjønn="kvinne", yrkesstatus="pensjonist", har_barn="ja",
            fant_oss="avis",
        ),
        ("oppdrag", {
            "id": "O1", "henvendelse": "H1", "familiekontakt": "V1", "startet": "2023-12-15",
            "klokkeslett": "10:00",
        }),
        hours(dato="2023-12-20", besøk="1"),
    ]  # fmt: skip


def figure(hsf: Hsf, key: str, *more: str) -> Any:
    """A row's value as `rapport vis` has it for 2023."""
    told = json.loads(hsf("rapport", "vis", 2023, "--format", "json", *more).out)
    return next(
        row["value"]
        for section in told["sections"]
        for table in section["tables"]
        for row in table["rows"]
        if row["key"] == key
    )


def test_a_locked_report_shows_what_it_showed_when_it_was_locked(store: Store, hsf: Hsf) -> None:
    taken_in(store, *complete())
    assert hsf("rapport", "lås", 2023).code == 0
    hsf("familie", "endre", "F1", "--sivilstatus", "gift_samboer")
    assert figure(hsf, "families.civil_status.enslig") == 1
    assert figure(hsf, "families.civil_status.gift_samboer") == 0


def test_it_says_that_the_records_have_changed_since(store: Store, hsf: Hsf) -> None:
    taken_in(store, *complete())
    hsf("rapport", "lås", 2023)
    assert "annerledes" not in hsf("rapport", "vis", 2023).err
    hsf("familie", "endre", "F1", "--sivilstatus", "gift_samboer")
    told = hsf("rapport", "vis", 2023).err
    assert "2 tall er annerledes nå" in told
    assert "hsf rapport sammenlign 2023 --nå" in told


def test_the_json_says_when_it_was_locked(store: Store, hsf: Hsf) -> None:
    taken_in(store, *complete())
    assert json.loads(hsf("rapport", "vis", 2023, "--format", "json").out)["locked_at"] is None
    hsf("rapport", "lås", 2023)
    assert json.loads(hsf("rapport", "vis", 2023, "--format", "json").out)["locked_at"]


def test_it_is_refused_while_the_control_stands_against_it(store: Store, hsf: Hsf) -> None:
    taken_in(store, *complete())
    hsf("familie", "endre", "F1", "--sivilstatus", "")
    run = hsf("rapport", "lås", 2023)
    assert run.code == 4
    assert "hsf rapport kontroll 2023" in run.err
    assert kept.kept(store, 2023) is None


def test_a_reason_goes_on_against_the_control_and_is_kept(store: Store, hsf: Hsf) -> None:
    taken_in(store, *complete())
    hsf("familie", "endre", "F1", "--sivilstatus", "")
    assert hsf("rapport", "lås", 2023, "--likevel", "Familien er flyttet").code == 0
    report = kept.kept(store, 2023)
    assert report is not None
    assert report.reason == "Familien er flyttet"


@pytest.mark.parametrize("year", [2024, 2025])
def test_a_year_that_is_not_over_needs_a_reason(store: Store, hsf: Hsf, year: int) -> None:
    run = hsf("rapport", "lås", year)
    assert run.code == 4
    assert f"{year} er ikke over" in run.err
    assert f"01.01.{year + 1}" in run.err


def test_it_is_locked_once(store: Store, hsf: Hsf) -> None:
    taken_in(store, *complete())
    hsf("rapport", "lås", 2023)
    run = hsf("rapport", "lås", 2023)
    assert run.code == 4
    assert "--åpne" in run.err


def test_opened_again_it_is_counted_from_the_records(store: Store, hsf: Hsf) -> None:
    taken_in(store, *complete())
    hsf("rapport", "lås", 2023)
    hsf("familie", "endre", "F1", "--sivilstatus", "gift_samboer")
    assert hsf("rapport", "lås", 2023, "--åpne").code == 0
    assert figure(hsf, "families.civil_status.gift_samboer") == 1
    assert hsf("rapport", "lås", 2023, "--åpne").code == 4


def test_the_lock_and_its_opening_can_be_taken_back(store: Store, hsf: Hsf) -> None:
    taken_in(store, *complete())
    hsf("rapport", "lås", 2023)
    locked = kept.kept(store, 2023)
    hsf("rapport", "lås", 2023, "--åpne")
    hsf("data", "angre", "--ja")
    again = kept.kept(store, 2023)
    assert locked is not None
    assert again is not None
    assert again.figures == locked.figures
    hsf("data", "angre", "--ja")
    assert kept.kept(store, 2023) is None


def test_what_moved_a_locked_report_is_named_with_the_change(store: Store, hsf: Hsf) -> None:
    taken_in(store, *complete())
    hsf("rapport", "lås", 2023)
    hsf("familie", "endre", "F1", "--sivilstatus", "gift_samboer")
    number = store.value("SELECT max(id) FROM change_set")
    out = hsf("rapport", "sammenlign", 2023, "--nå").out
    assert "2 tall er endret" in out
    assert "6.3 Gift / samboer: 0 → 1" in out
    assert f"Endring {number}" in out
    assert "familie endre" in out
    assert "F1 Familie F1" in out


def test_what_moved_it_is_had_as_json(store: Store, hsf: Hsf) -> None:
    taken_in(store, *complete())
    hsf("rapport", "lås", 2023)
    hsf("timer", "endre", "T1", "--timer", "3,5")
    told = json.loads(hsf("rapport", "sammenlign", 2023, "--nå", "--format", "json").out)
    mean = next(one for one in told if one["key"] == "hours.mean_visit")
    assert (mean["before"], mean["now"]) == (2.0, 3.5)
    assert [cause["command"] for cause in mean["causes"]] == ["timer endre"]


def test_nothing_has_moved_it(store: Store, hsf: Hsf) -> None:
    taken_in(store, *complete())
    hsf("rapport", "lås", 2023)
    hsf("familie", "endre", "F1", "--område", "Nord")
    run = hsf("rapport", "sammenlign", 2023, "--nå")
    assert run.code == 0
    assert "Ingen tall er endret" in run.out


def test_a_report_that_is_not_locked_has_nothing_to_be_compared_with(
    store: Store, hsf: Hsf
) -> None:
    run = hsf("rapport", "sammenlign", 2023, "--nå")
    assert run.code == 4
    assert "hsf rapport lås 2023" in run.err


def test_a_year_is_counted_as_the_records_stood_on_a_day(store: Store, hsf: Hsf) -> None:
    taken_in(store, *complete())
    with store.change("test") as change:
        change.update("family", 1, civil_status="gift_samboer")
        own = change.number
        change.update("change_set", own, made_at="2024-03-15T12:00:00+01:00")
        for earlier in range(1, own):
            change.update("change_set", earlier, made_at="2024-03-14T12:00:00+01:00")
    assert figure(hsf, "families.civil_status.enslig", "--som-kjent", "14.3.2024") == 1
    assert figure(hsf, "families.civil_status.enslig", "--som-kjent", "15.3.2024") == 0


@pytest.mark.parametrize(("day", "code"), [("16.3.2024", 2), ("1.1.2000", 4), ("tull", 2)])
def test_a_day_that_nobody_knows_of_is_refused(store: Store, hsf: Hsf, day: str, code: int) -> None:
    assert hsf("rapport", "vis", 2023, "--som-kjent", day).code == code
