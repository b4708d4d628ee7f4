"""A report that is locked: kept as handed in, whatever becomes of the records."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hsf_cli.report import figures, kept
from hsf_cli.report.forms import shipped
from hsf_cli.store import Store
from tests.builders import Record, child, hours, inquiry, served, taken_in, volunteer
from tests.conftest import Run
from tests.report.figures import report as counted
from tests.report.own_form import FORM

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


def test_the_reason_is_told_where_the_report_is_shown(store: Store, hsf: Hsf) -> None:
    taken_in(store, *complete())
    hsf("familie", "endre", "F1", "--sivilstatus", "")
    hsf("rapport", "lås", 2023, "--likevel", "Familien er flyttet")
    for command in ("vis", "kontroll"):
        assert "Begrunnelsen var: Familien er flyttet" in hsf("rapport", command, 2023).err


def test_what_the_control_finds_meanwhile_stops_it(
    store: Store, hsf: Hsf, just_before_writing: Callable[[Callable[[], object]], None]
) -> None:
    taken_in(store, *complete())

    def somebody_else() -> None:
        with store.change("test") as change:
            change.update("family", 1, civil_status=None)

    just_before_writing(somebody_else)
    run = hsf("rapport", "lås", 2023)
    assert run.code == 4
    assert "endret imens" in run.err
    assert kept.kept(store, 2023) is None


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


def test_what_moved_it_is_known_also_when_its_opening_was_taken_back(
    store: Store, hsf: Hsf
) -> None:
    taken_in(store, *complete())
    hsf("rapport", "lås", 2023)
    hsf("familie", "endre", "F1", "--sivilstatus", "gift_samboer")
    hsf("rapport", "lås", 2023, "--åpne")
    hsf("data", "angre", "--ja")
    run = hsf("rapport", "sammenlign", 2023, "--nå")
    assert "6.3 Gift / samboer: 0 → 1" in run.out
    assert "familie endre" in run.out
    assert "på en annen måte" not in run.err


def test_what_came_between_a_lock_elsewhere_and_the_records_is_not_known(
    store: Store, hsf: Hsf
) -> None:
    taken_in(store, *complete())
    one = figures.of(counted(store))
    with store.change("data importer") as change:
        kept.keep(change, replace(one, locked_at=one.counted_at))
    hsf("familie", "endre", "F1", "--sivilstatus", "gift_samboer")
    run = hsf("rapport", "sammenlign", 2023, "--nå")
    assert "ble låst 12.01.2024, før postene ble hentet inn" in run.err
    assert "er ikke kjent" in run.err
    assert "2 tall er endret siden postene ble hentet inn" in run.out


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


@pytest.fixture
def own_form(home: Path) -> Path:
    path = home / "eget skjema.toml"
    path.write_text(FORM, encoding="utf-8")
    return path


def test_locked_by_its_own_form_the_year_has_it_when_the_file_is_gone(
    store: Store, hsf: Hsf, home: Path, own_form: Path
) -> None:
    taken_in(store, *complete())
    assert hsf("rapport", "lås", 2023, "--skjema", own_form).code == 0
    own_form.unlink()
    hsf("familie", "endre", "F1", "--sivilstatus", "gift_samboer")
    shown = hsf("rapport", "vis", 2023)
    assert "Enslige i 2023" in shown.out
    assert "2 tall er annerledes nå" in shown.err
    assert "1.1 Enslige i 2023: 1 → 0" in hsf("rapport", "sammenlign", 2023, "--nå").out
    assert "Med: 1 familie" in hsf("rapport", "bevis", 2023, "--rad", "alone").out
    assert hsf("rapport", "kontroll", 2023).code == 0
    assert "1.0" in hsf("rapport", "tekst", 2023).out
    assert hsf("rapport", "merknad", 2023, "1.1.1", "--tekst", "Nøye talt.").code == 0
    assert hsf("rapport", "skriv", 2023, "--til", home / "r.md").code == 0
    assert "Nøye talt." in (home / "r.md").read_text(encoding="utf-8")


def test_the_form_it_was_locked_by_is_the_one_it_is_hidden_by(
    store: Store, hsf: Hsf, home: Path, own_form: Path
) -> None:
    taken_in(store, *(one for n in "12345" for one in served(n, sivilstatus="gift_samboer")))
    taken_in(store, *served("6", sivilstatus="enslig"))
    hsf("rapport", "lås", 2023, "--skjema", own_form, "--likevel", "Fristen er i dag")
    hsf("rapport", "skriv", 2023, "--til", home / "r.json", "--offentlig")
    told = json.loads((home / "r.json").read_text(encoding="utf-8"))
    values = [row["value"] for row in told["sections"][0]["tables"][0]["rows"]]
    assert values[0] is None
    assert None in values[1:]


def test_locked_by_another_edition_the_year_has_its_chapters(
    store: Store, hsf: Hsf, home: Path
) -> None:
    taken_in(store, *complete())
    hsf("rapport", "lås", 2023, "--utgave", 2022)
    assert hsf("rapport", "skriv", 2023, "--til", home / "r.html", "--bare-statistikk").code == 0
    out = hsf("rapport", "tekst", 2023).out
    assert all(chapter.title in out for chapter in shipped(2022).chapters)


def test_its_own_form_named_is_the_locked_report(store: Store, hsf: Hsf, own_form: Path) -> None:
    taken_in(store, *complete())
    hsf("rapport", "lås", 2023, "--skjema", own_form)
    shown = hsf("rapport", "vis", 2023, "--skjema", own_form, "--format", "json").out
    assert json.loads(shown)["locked_at"]


@pytest.mark.parametrize("option", [("--utgave", "2022"), ("--som-kjent", "15.3.2024")])
def test_another_count_says_that_it_stands_beside_the_locked_report(
    store: Store, hsf: Hsf, option: tuple[str, str]
) -> None:
    taken_in(store, *complete())
    with store.change("test") as change:
        change.keep_anyway()
        for number in range(1, change.number):
            change.update("change_set", number, made_at="2024-03-14T12:00:00+01:00")
    hsf("rapport", "lås", 2023)
    run = hsf("rapport", "vis", 2023, *option)
    assert "ny telling ved siden av den" in run.out
    assert "ny telling ved siden av den" in run.err
    told = json.loads(hsf("rapport", "vis", 2023, *option, "--format", "json").out)
    assert told["locked_at"] is None
    assert told.get("as_known") == (None if option[0] == "--utgave" else "2024-03-15")


def test_suggested_commands_mean_the_same_form(store: Store, hsf: Hsf, own_form: Path) -> None:
    taken_in(store, *complete())
    option = f'--skjema "{own_form}"'
    ready = hsf("rapport", "kontroll", 2023, "--skjema", own_form).out
    assert f"hsf rapport lås 2023 {option}" in ready
    assert f"hsf rapport skriv 2023 {option}" in ready
    assert "hsf rapport tekst 2023 --utgave 2022 " in hsf(
        "rapport", "tekst", 2023, "--utgave", 2022
    ).out  # fmt: skip
    hsf("familie", "endre", "F1", "--sivilstatus", "")
    assert f"hsf rapport kontroll 2023 {option}" in hsf(
        "rapport", "lås", 2023, "--skjema", own_form
    ).err  # fmt: skip


def test_a_year_without_any_records_needs_a_reason(store: Store, hsf: Hsf) -> None:
    run = hsf("rapport", "lås", 2019)
    assert run.code == 4
    assert "Det er ingen poster for 2019" in run.err
    assert kept.kept(store, 2019) is None
