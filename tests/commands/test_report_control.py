"""`hsf rapport kontroll`: what is said of each record, and whether anything stands in the way."""

import csv
import json
import re
import shlex

import pytest

from hsf_cli.populations import POPULATIONS
from hsf_cli.populations.mending import OPTIONS, change
from hsf_cli.report import kept
from tests.builders import activity, assignment, family, inquiry, taken_in, volunteer
from tests.builders import hours as entry
from tests.commands.terminal import ended, terminal
from tests.report.control.department import sound
from tests.report.filled import filled

__all__ = ["terminal"]


@pytest.fixture
def complete(store):
    """A department with hours in every month of the year."""
    months = (f"2023-{month:02}-15" for month in range(1, 13))
    taken_in(store, *sound(), *(entry(dato=day, timer="2", besøk="1") for day in months))
    return store


@pytest.fixture
def messy(store):
    """A department with something of every kind against its report."""
    taken_in(
        store,
        *sound("1", family_says={"navn": "Skogen", "telefon": "900 00 001", "sivilstatus": ""}),
        *sound(
            "2",
            family_says={"navn": "Skogen", "telefon": "900 00 001"},
            child_says={"født": "2012"},
            assignment_says={
                "klokkeslett": "", "avsluttet": "2023-06-30", "avslutningsgrunn": "fullført",
            },
            hours_say={"timer": "9", "besøk": "1", "dato": "2023-07-01"},
        ),
        *sound("3", volunteer_says={"født": "2007", "kjønn": ""}, hours_say={"dato": "2022-12-31"}),
        *sound("4", volunteer_says={"godkjent": ""}, hours_say={"besøk": ""}),
        *sound("5", child_says={"særskilte_behov": ""}, inquiry_says={"kilde": "ikke_spurt"}),
        family("F6", bakgrunn="norsk", sivilstatus="enslig", fant_oss="annet"),
        inquiry("H6", "F6", "2023-01-01", kilde="ikke_spurt"),
        volunteer("V6", navn="Familiekontakt V1", epost="en@eksempel.no", sluttet="2022-01-01"),
        assignment("O6", "H6", "V6", "2023-02-01", klokkeslett="09:00"),
        volunteer("V7", navn="Familiekontakt V1", epost="en@eksempel.no", kjønn="annet"),
        *(family(f"F{n}") for n in range(10, 17)),
        *(inquiry(f"H{n}", f"F{n}", "2023-05-01") for n in range(10, 17)),
        inquiry("H20", "F10", "2022-05-01", avsluttet="2022-06-01"),
        activity(),
    )  # fmt: skip
    return store


def test_with_nothing_in_the_way_it_says_what_to_do_next(complete, hsf) -> None:
    run = hsf("rapport", "kontroll", 2023)
    assert (run.code, run.err) == (0, "")
    assert "Ingenting står i veien for årsrapporten for 2023." in run.out
    assert "hsf rapport lås 2023" in run.out
    assert "hsf rapport skriv 2023 --til årsrapport-2023.docx" in run.out


def test_what_is_only_worth_knowing_stands_in_nobodys_way(store, hsf) -> None:
    taken_in(store, *sound())
    run = hsf("rapport", "kontroll", 2023)
    assert run.code == 0
    assert "Verdt å vite (1)" in run.out
    assert "6.8 Timer er ført for 1 av 12 oppdragsmåneder" in run.out
    assert "Ingenting står i veien" in run.out


def test_each_record_is_named_with_the_command_that_mends_it(store, hsf) -> None:
    taken_in(store, *sound(family_says={"navn": "Skogen", "bakgrunn": ""}))
    run = hsf("rapport", "kontroll", 2023)
    assert run.code == 4
    assert "Mangler i skjemaet (1)\n\n  6.3 Ikke ført på 1 familie: bakgrunn\n" in run.out
    assert "    F1 Skogen   hsf familie endre F1 --bakgrunn KODE\n" in run.out
    assert "Ett funn står mot årsrapporten for 2023 (én post)." in run.out


def test_mended_it_is_gone(store, hsf) -> None:
    taken_in(store, *sound(family_says={"bakgrunn": ""}))
    assert hsf("familie", "endre", "F1", "--bakgrunn", "norsk").code == 0
    assert hsf("rapport", "kontroll", 2023).code == 0


def test_without_names_there_are_numbers(store, hsf) -> None:
    taken_in(store, *sound(family_says={"navn": "Skogen", "bakgrunn": ""}))
    for format in ("tabell", "csv", "json"):
        run = hsf("rapport", "kontroll", 2023, "--uten-navn", "--format", format)
        assert (run.code, "Skogen" in run.out) == (4, False)
        assert "hsf familie endre F1 --bakgrunn KODE" in run.out


def test_as_json_a_finding_has_its_records_and_their_commands(store, hsf) -> None:
    taken_in(store, *sound(family_says={"navn": "Skogen", "bakgrunn": ""}))
    run = hsf("rapport", "kontroll", 2023, "--format", "json")
    assert run.code == 4
    first, *_ = json.loads(run.out)
    assert first == {
        "weight": 2,
        "kind": "mangler",
        "section": "6.3",
        "key": "families.background.norsk",
        "text": "Ikke ført på 1 familie: bakgrunn",
        "advice": "Når det er ført, telles det med i 6.3. "
            "--bakgrunn er norsk, innvandrer eller blandet.",
        "command": "",
        "records": [
            {
                "number": "F1",
                "id": "F1",
                "name": "Skogen",
                "detail": "",
                "command": "hsf familie endre F1 --bakgrunn KODE",
            }
        ],
    }  # fmt: skip


def test_as_csv_each_record_is_a_line(store, hsf) -> None:
    taken_in(
        store,
        *sound("1", family_says={"bakgrunn": ""}),
        *sound("2", family_says={"bakgrunn": ""}),
    )
    run = hsf("rapport", "kontroll", 2023, "--format", "csv")
    rows = list(csv.DictReader(run.out.splitlines(), delimiter=";"))
    assert [(row["Punkt"], row["Nr."], row["Kommando"]) for row in rows][:2] == [
        ("6.3", "F1", "hsf familie endre F1 --bakgrunn KODE"),
        ("6.3", "F2", "hsf familie endre F2 --bakgrunn KODE"),
    ]


def test_a_locked_report_is_said_to_be_so_and_not_to_be_locked(complete, hsf) -> None:
    hsf("rapport", "lås", 2023)
    run = hsf("rapport", "kontroll", 2023)
    assert run.code == 0
    assert "Rapporten for 2023 ble låst " in run.err
    assert "Begrunnelsen" not in run.err
    assert "hsf rapport lås" not in run.out
    hsf("familie", "endre", "F1", "--bakgrunn", "")
    assert "hsf rapport lås 2023 --åpne" in hsf("rapport", "kontroll", 2023).out


def test_figures_that_were_read_in_are_all_that_is_looked_at(store, hsf) -> None:
    taken_in(store, *sound(family_says={"bakgrunn": ""}))
    values = {"families.total": 5, "families.civil_status.enslig": 6}
    with store.change("rapport les") as change:
        kept.keep(change, filled(2023, values, source="gammel.docx"))
    run = hsf("rapport", "kontroll", 2023, "--format", "json")
    found = json.loads(run.out)
    assert run.code == 4
    assert {one["kind"] for one in found} == {"motsigelse"}
    assert all("gammel.docx" in one["advice"] for one in found)
    assert any("6, men" in one["text"] and one["section"] == "6.3" for one in found)
    told = hsf("rapport", "kontroll", 2023).out
    assert "Tallene er lest inn fra gammel.docx" in told
    assert "hsf rapport lås" not in told


def test_another_edition_asks_for_what_it_has_rows_for(store, hsf) -> None:
    taken_in(store, *sound(family_says={"fant_oss": ""}))
    assert hsf("rapport", "kontroll", 2023).code == 4
    assert hsf("rapport", "kontroll", 2023, "--utgave", 2022).code == 0


def test_the_year_before_is_meant_without_a_year(store, hsf) -> None:
    taken_in(store, *sound(family_says={"bakgrunn": ""}))
    assert "årsrapporten for 2023" in hsf("rapport", "kontroll").out


def test_a_year_that_goes_on_says_so(complete, hsf) -> None:
    assert "2024 er ikke over" in hsf("rapport", "kontroll", 2024).err


def test_every_finding_has_a_way_forward_and_every_command_can_be_run(messy, hsf) -> None:
    """With `--hjelp` after it nothing is done, but the whole line is read."""
    findings = json.loads(hsf("rapport", "kontroll", 2023, "--format", "json").out)
    findings += json.loads(
        hsf("rapport", "kontroll", 2023, "--utgave", 2022, "--format", "json").out
    )
    assert {one["kind"] for one in findings} == {
        "mangler", "uten_barn", "målgruppe", "lange_besøk",
        "timer_utenfor_oppdraget", "oppdrag_uten_timer", "åpen_etter_fullført", "under_18",
        "samme_familie", "samme_familiekontakt", "uten_rad", "ikke_tilknyttet",
            "oppdrag_uten_hjemmebesøk",
        "måneder_uten_timer", "endret",
    }  # fmt: skip
    commands = {one["command"] for one in findings}
    commands |= {record["command"] for one in findings for record in one["records"]}
    commands |= {change(POPULATIONS[one.population].kind.table, [one]) for one in OPTIONS}
    commands |= {
        part.partition("»")[0] for one in findings for part in one["advice"].split("«")[1:]
    }
    assert all(one["advice"] for one in findings)
    for line in sorted(commands - {""}):
        program, *words = shlex.split(line)
        run = hsf(*words, "--hjelp")
        assert (program, run.code, run.err) == ("hsf", 0, ""), line


def test_every_finding_stands_with_the_section_that_it_shows_in(messy, hsf) -> None:
    findings = json.loads(hsf("rapport", "kontroll", 2023, "--format", "json").out)
    sections = {one["kind"]: one["section"] for one in findings}
    del sections["mangler"], sections["endret"]  # which are of several
    assert sections == {
        "under_18": "6.2", "samme_familiekontakt": "6.2", "ikke_tilknyttet": "6.2",
        "uten_barn": "6.3", "målgruppe": "6.3", "samme_familie": "6.3",
        "åpen_etter_fullført": "6.7", "oppdrag_uten_hjemmebesøk": "6.7", "lange_besøk": "6.7",
        "timer_utenfor_oppdraget": "6.8", "oppdrag_uten_timer": "6.8", "måneder_uten_timer": "6.8",
    }  # fmt: skip


def test_findings_come_by_their_weight_and_then_as_the_form_has_them(messy, hsf) -> None:
    findings = json.loads(hsf("rapport", "kontroll", 2023, "--format", "json").out)
    places = [
        (one["weight"], *map(int, one["section"].split(".")))
        for one in findings
        if one["kind"] != "endret"  # together, after what has records
    ]
    assert {weight for weight, *_ in places} == {2, 3, 4}
    assert places == sorted(places)


def test_a_screen_of_80_columns_has_every_word(messy, hsf, terminal, monkeypatch) -> None:
    monkeypatch.setenv("PAGER", "cat")
    on_pipe = json.loads(hsf("rapport", "kontroll", 2023, "--format", "json").out)
    screen = terminal("rapport", "kontroll", "2023")
    assert ended(screen) == 4
    lines = re.sub(r"\x1b\[[\d;]*m", "", screen.before).splitlines()
    assert max(len(line.rstrip()) for line in lines) <= 80
    plain = " ".join(" ".join(lines).split())
    for finding in on_pipe:
        assert " ".join(finding["text"].split()) in plain
        for record in finding["records"]:
            assert record["number"] in plain
            assert record["command"] in plain
