"""All errors come together, in words and as JSON; and what is no error is taken in."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hsf_cli.store import Store
from tests.builders import (
    Record,
    activity,
    activity_family,
    assignment,
    child,
    course,
    family,
    hours,
    inquiry,
    pause,
    registration,
    taken_in,
    volunteer,
)
from tests.conftest import Run
from tests.exchange.files import counts, csv_file, csv_folder, places, tables, workbook

Hsf = Callable[..., Run]


def where(found: list[dict[str, Any]]) -> list[tuple[str, int, str]]:
    return [(place["file"].removesuffix(".csv"), place["line"], place["column"]) for place in found]


def test_every_error_of_every_file_is_listed_at_once(
    hsf: Hsf, empty_department: Path, tmp_path: Path
) -> None:
    records = [
        family("F1", sivilstatus="x", fant_oss="y"), family("F2"), family("F2", bakgrunn="z"),
        child("F9", "2025"), child("F2", "2020"), child("F1", ""),
        inquiry("H1", "F2", "2023-02-01", besøkt="2023-01-01", avsluttet="2023-01-02"),
        volunteer("V1", "våren"),
        hours("oppdrag", "x", oppdrag="O9"), hours("kurs", "30", besøk="1"), hours(oppdrag=""),
    ]  # fmt: skip
    found = places(hsf, csv_folder(tmp_path / "inn", records))
    assert set(where(found)) == {
        ("familier", 2, "sivilstatus"), ("familier", 2, "fant_oss"), ("familier", 4, "id"),
        ("familier", 4, "bakgrunn"),
        ("barn", 2, "familie"), ("barn", 2, "født"), ("barn", 4, "født"),
        ("henvendelser", 2, "besøkt"), ("henvendelser", 2, "avsluttet"),
        ("familiekontakter", 2, "godkjent"),
        ("timer", 2, "timer"), ("timer", 2, "oppdrag"), ("timer", 3, "timer"),
        ("timer", 4, "oppdrag"),
    }  # fmt: skip
    lines = [place["line"] for place in found if place["file"] == "familier.csv"]
    assert lines == sorted(lines)


@pytest.mark.parametrize(
    ("record", "columns"),
    [
        (family("", sivilstatus="x"), {"id", "sivilstatus"}),
        (family("F1", bakgrunn="x"), {"id", "bakgrunn"}),
        (pause("V1", "2023-02-01", "2023-01-01"), {"til"}),
        (course("K1", "2023-02-01", navn="", slutt="2023-01-01"), {"navn", "slutt"}),
        (hours(besøk="1", timer="30", dato="x"), {"timer", "dato"}),
        (inquiry("H9", "F1", kilde="x"), {"kilde", "avsluttet"}),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else ",".join(sorted(value)),
)
def test_a_row_with_one_error_is_not_spared_its_others(
    hsf: Hsf, empty_department: Path, tmp_path: Path, record: Record, columns: set[str]
) -> None:
    sound = [family("F1"), inquiry("H1", "F1"), volunteer("V1"), assignment("O1")]
    found = places(hsf, csv_folder(tmp_path / "inn", [*sound, record]))
    assert {place["column"] for place in found} == columns


def test_errors_of_one_row_do_not_make_errors_of_others(
    hsf: Hsf, empty_department: Path, tmp_path: Path
) -> None:
    records = [
        family("F1", sivilstatus="x"), family("F2", sivilstatus="y"), child("F1"), child("F2"),
        inquiry("H1", "F1"), inquiry("H2", "F2"), volunteer("V1", "x"), assignment("O1", "H1"),
    ]  # fmt: skip
    assert where(places(hsf, csv_folder(tmp_path / "inn", records))) == [
        ("familier", 2, "sivilstatus"),
        ("familier", 3, "sivilstatus"),
        ("familiekontakter", 2, "godkjent"),
    ]


def test_a_file_that_breaks_off_does_not_make_errors_of_what_refers_to_it(
    hsf: Hsf, empty_department: Path, tmp_path: Path
) -> None:
    csv_folder(tmp_path / "inn", [family("F1"), inquiry("H1"), volunteer("V1"), hours("oppdrag")])
    header = "id;henvendelse;familiekontakt;startet;klokkeslett"
    folder = csv_file(tmp_path / "inn", "oppdrag", header, 'O1;H1;V1;2023-02-01;"15:00')
    assert where(places(hsf, folder)) == [("oppdrag", 2, "")]


def test_a_row_with_too_many_cells_is_named_and_what_refers_to_it_is_not(
    hsf: Hsf, empty_department: Path, tmp_path: Path
) -> None:
    csv_file(tmp_path / "inn", "barn", "familie;født", "F2;2021")
    folder = csv_file(tmp_path / "inn", "familier", "id;navn", "F1;Berg", "F2;Dal;mer", "F3;Eng;")
    found = places(hsf, folder)
    assert [(place["file"], place["line"], place["value"]) for place in found] == [
        ("familier.csv", 3, "mer"),
        ("familier.csv", 4, ""),
    ]
    assert "flere celler" in found[0]["remedy"]


def test_a_workbooks_row_with_more_cells_than_its_header_is_an_error(
    hsf: Hsf, empty_department: Path, tmp_path: Path
) -> None:
    rows = [["id", "navn"], ["F1", "Berg", None, "mer"]]
    [place] = places(hsf, workbook(tmp_path / "inn.xlsx", {"familier": rows}))
    assert (place["file"], place["line"]) == ("inn.xlsx, ark familier", 2)


@pytest.mark.parametrize(
    ("record", "column"),
    [(family("F2"), "navn"), (inquiry("H2"), "familie"), (hours("kurs"), "timer"),
     (child("F1"), "født"), (activity_family("A1", "F1"), "aktivitet"), (family("F3"), "id")],
    ids=lambda value: value if isinstance(value, str) else value[0],
)  # fmt: skip
def test_a_required_column_that_is_missing_is_named_once(
    hsf: Hsf, empty_department: Path, tmp_path: Path, record: Record, column: str
) -> None:
    name, row = record
    without = (name, {header: cell for header, cell in row.items() if header != column})
    others = [
        other for other in (family("F1"), activity("A1"), volunteer("V1")) if other[0] != name
    ]
    found = places(hsf, csv_folder(tmp_path / "inn", [*others, without]))
    assert where(found) == [(name, 1, column)]


def test_an_ambiguous_reference_is_an_error(hsf: Hsf, store: Store, tmp_path: Path) -> None:
    taken_in(store, family("Dal"))
    taken_in(store, family("F1"))
    [place] = places(hsf, csv_folder(tmp_path / "inn", [child("F1")]))
    assert (place["column"], place["value"]) == ("familie", "F1")
    assert "to familier" in place["remedy"]


def test_a_second_open_inquiry_is_found_among_the_stored_ones_too(
    hsf: Hsf, store: Store, tmp_path: Path
) -> None:
    taken_in(store, family("F1"), family("F2"), inquiry("H1", "F1"))
    records = [
        inquiry("H2", "F1", "2024-01-01"),
        inquiry("H3", "F2", "2024-01-01"),
        inquiry("H4", "F2", "2023-01-01", avsluttet="2023-02-01"),
        inquiry("H5", "F2", "2024-02-01"),
    ]
    found = places(hsf, csv_folder(tmp_path / "inn", records))
    assert where(found) == [("henvendelser", 2, "avsluttet"), ("henvendelser", 5, "avsluttet")]


def test_a_control_character_is_an_error_and_never_reaches_the_terminal(
    hsf: Hsf, empty_department: Path, tmp_path: Path
) -> None:
    signs = ["\x00", "\x07", "\x08", "\x0b", "\x0c", "\x1b", "\x7f", "\x9b"]
    rows = [f"F{number};a{sign}b" for number, sign in enumerate(signs)]
    folder = csv_file(tmp_path / "inn", "familier", "id;navn", *rows)
    assert [place["line"] for place in places(hsf, folder)] == list(range(2, 2 + len(signs)))
    shown = hsf("data", "importer", folder).err
    assert [sign for sign in signs if sign in shown] == []


def test_in_words_an_error_has_its_place_its_value_and_its_remedy(
    hsf: Hsf, empty_department: Path, tmp_path: Path
) -> None:
    records = [family("F1", sivilstatus="[red]gift[/red]"), child("F1", "1.3.23")]
    run = hsf("data", "importer", csv_folder(tmp_path / "inn", records))
    assert (run.code, run.out) == (6, "")
    for words in (
        "familier.csv, linje 2, sivilstatus: «[red]gift[/red]»", "gift_samboer",
        "barn.csv, linje 2, født: «1.3.23»", "01.03.2023", "2 feil", "Ingenting er skrevet",
    ):  # fmt: skip
        assert words in run.err
    assert "Traceback" not in run.err


def test_in_words_what_is_wrong_in_the_same_way_on_many_lines_is_told_once_with_them_all(
    hsf: Hsf, empty_department: Path, tmp_path: Path
) -> None:
    records = [family(f"F{n}", sivilstatus="gift" if n != 2 else "alene") for n in range(1, 8)]
    run = hsf("data", "importer", csv_folder(tmp_path / "inn", records))
    assert "familier.csv, linje 2 og 4–8, sivilstatus: «gift»" in run.err
    assert run.err.count("«gift»") == 1
    assert "familier.csv, linje 3, sivilstatus: «alene»" in run.err
    assert "7 feil" in run.err


def test_in_words_a_few_errors_are_told_line_by_line(
    hsf: Hsf, empty_department: Path, tmp_path: Path
) -> None:
    records = [family("F1", sivilstatus="gift"), family("F2", sivilstatus="gift")]
    run = hsf("data", "importer", csv_folder(tmp_path / "inn", records))
    assert "familier.csv, linje 2, sivilstatus: «gift»" in run.err
    assert "familier.csv, linje 3, sivilstatus: «gift»" in run.err


def test_a_line_of_sums_or_a_name_for_an_id_is_told_of(
    hsf: Hsf, empty_department: Path, tmp_path: Path
) -> None:
    records = [family("F1", navn="Berg"), child("Totalt", "2021"), child("Berg", "2021")]
    sums, name = places(hsf, csv_folder(tmp_path / "inn", records))
    assert "linje med summer" in sums["remedy"]
    assert "kolonnen id" in name["remedy"]


def test_an_error_as_json_is_one_object_on_stderr_also_beside_files_not_read(
    hsf: Hsf, empty_department: Path, tmp_path: Path
) -> None:
    csv_file(tmp_path / "inn", "bilder", "a")
    folder = csv_file(tmp_path / "inn", "familier", "id;navn", "F1;")
    run = hsf("data", "importer", folder, "--format=json")
    assert (run.code, run.out) == (6, "")
    assert json.loads(run.err.splitlines()[-1])["error"]["places"] == [
        {
            "file": "familier.csv",
            "line": 2,
            "column": "navn",
            "value": "",
            "remedy": "Må fylles ut.",
        }
    ]


def test_a_dry_run_finds_the_same_errors(hsf: Hsf, empty_department: Path, tmp_path: Path) -> None:
    folder = csv_folder(tmp_path / "inn", [family("F1", navn=""), child("F2", "x")])
    assert places(hsf, folder, "--prøv") == places(hsf, folder)


LONG_AGO = [family("F1"), inquiry("H1", avsluttet="2023-06-01"), volunteer("V1", "2023-05-01")]
FINDINGS: dict[str, list[Record]] = {
    "a child of school age": [family(), child("F1", "2001"), inquiry()],
    "a child not yet in the family's time": [family(), child("F1", "2024-03-15")],
    "an assignment by a candidate": [
        family(), inquiry(), volunteer(godkjent=""), assignment(),
    ],
    "an assignment before approval": [*LONG_AGO, assignment(startet="2023-02-01")],
    "an assignment outside the inquiry's dates": [
        *LONG_AGO, assignment("O1", startet="2020-01-01"), assignment("O2", startet="2024-01-01"),
    ],
    "an assignment on pause and after leaving": [
        family(), inquiry(), volunteer(sluttet="2022-01-01"), pause("V1", "2021-01-01"),
        assignment(),
    ],
    "a certificate shown before it was issued": [
        volunteer(politiattest_utstedt="2023-02-01", politiattest_vist="2023-01-01"),
    ],
    "approved after leaving nobody knows when": [volunteer(godkjent="", sluttet="2020-01-01")],
    "born after approval": [volunteer(født="2021")],
    "closed inquiries that overlap": [
        family(), inquiry("H1", mottatt="2023-01-01", avsluttet="2023-12-01"),
        inquiry("H2", mottatt="2023-02-01", avsluttet="2023-03-01"),
    ],
    "an open inquiry inside a closed one": [
        family(), inquiry("H1", avsluttet="2023-12-01"), inquiry("H2", mottatt="2023-02-01"),
    ],
    "everything on one day": [
        family(), inquiry("H1", besøkt="2023-01-01", avsluttet="2023-01-01"),
        volunteer("V1", "2023-01-01", sluttet="2023-01-01"),
        assignment(startet="2023-01-01", avsluttet="2023-01-01", planlagt_slutt="2023-01-01"),
    ],
    "no visits with hours, and visits unknown": [
        *LONG_AGO, assignment(), hours(besøk="0", timer="30"), hours(besøk="", timer="300"),
    ],
    "24 hours a visit": [*LONG_AGO, assignment(), hours(besøk="2", timer="48")],
    "no hours at all": [*LONG_AGO, assignment(), hours(besøk="3", timer="0", kjøring="0")],
    "hours on somebody else's assignment": [
        *LONG_AGO, volunteer("V2"), assignment(), hours(familiekontakt="V2"),
    ],
    "hours of another kind on an assignment": [
        *LONG_AGO, assignment(), hours("kurs", oppdrag="O1"),
    ],
    "hours after everything ended": [
        *LONG_AGO, assignment(avsluttet="2023-02-02"), hours(dato="2024-03-01"),
    ],
    "dates to come": [
        family(), inquiry("H1", mottatt="2030-01-01"), activity(dato="2030-01-01"),
        course(start="2030-01-01"),
    ],
    "the same person twice on a course": [volunteer(), course(), registration(), registration()],
    "equal rows": [family(), child(), child(), volunteer(), hours("kurs"), hours("kurs")],
    "text of 10,000 characters": [family(notat="æ" * 10_000, adresse="ø" * 10_000)],
    "text like markup and numbers": [family(navn="[b]", telefon="01017012345", notat="[/]")],
    "an extension that shortens": [
        *LONG_AGO, assignment(),
        ("forlengelser", {"oppdrag": "O1", "besluttet": "2023-06-01", "til": "2023-05-01",
                          "begrunnelse": "x"}),
    ],
}  # fmt: skip


@pytest.mark.parametrize("records", FINDINGS.values(), ids=FINDINGS.keys())
def test_what_is_not_in_the_list_of_errors_is_taken_in(
    hsf: Hsf, store: Store, tmp_path: Path, records: list[Record]
) -> None:
    run = hsf("data", "importer", csv_folder(tmp_path / "inn", records))
    assert run.code == 0, run.err
    assert sum(counts(store).values()) == len(records) + 2


def test_a_workbook_of_findings_is_taken_in_too(hsf: Hsf, store: Store, tmp_path: Path) -> None:
    records = FINDINGS["an assignment on pause and after leaving"]
    assert hsf("data", "importer", workbook(tmp_path / "inn.xlsx", tables(records))).code == 0
    assert counts(store)["assignment"] == 1
