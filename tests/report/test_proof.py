"""The proof of a report: whom every figure counts, and whom it leaves out and why."""

import json
from fractions import Fraction
from io import BytesIO, StringIO
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from openpyxl import load_workbook
from rich.console import Console

from hsf_cli.errors import WrongUse
from hsf_cli.report.forms import editions
from hsf_cli.report.output.proof import by_record
from hsf_cli.report.output.proof.as_json import as_json
from hsf_cli.report.output.proof.as_pdf import as_pdf
from hsf_cli.report.output.proof.as_xlsx import as_xlsx
from hsf_cli.report.output.proof.terminal import show
from hsf_cli.report.proof import Proof, RowProof, proved
from hsf_cli.store import Store
from tests.builders import Record, activity, child, family, hours, served, taken_in, volunteer
from tests.report.a_year import a_year
from tests.report.conftest import Fresh
from tests.report.figures import cells, report
from tests.report.made_up import YEAR, departments

# `fresh` is a function that makes a new department each time: no example sees another's.
with_departments = settings(
    max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def proof_of(store: Store, *records: Record, edition: int = 2023, **of: Any) -> Proof:
    """Takes the records in, and gives the proof of 2023."""
    taken_in(store, *records)
    return proved(report(store, YEAR, edition), **of)


def row_of(proof: Proof, key: str) -> RowProof:
    return next(row for _, _, row in proof.rows if row.line.key == key)


def numbers_in(proof: Proof, key: str) -> list[str]:
    return [one.record.number for one in row_of(proof, key).counted]


def reasons(proof: Proof, key: str) -> dict[str, str]:
    """Who is left out of the row, and why."""
    return {one.record.number: one.reason.text for one in row_of(proof, key).left_out}


def shown(proof: Proof, width: int | None = None) -> str:
    """The proof as a terminal of that width shows it, or as it is on a pipe."""
    screen = StringIO()
    show(
        proof,
        Console(
            file=screen,
            width=width or 20_000,
            force_terminal=width is not None,
            color_system=None,
            markup=False,
            highlight=False,
        ),
    )
    return screen.getvalue()


@with_departments
@given(made_up=departments())
def test_a_count_is_proved_by_as_many_distinct_records(fresh: Fresh, made_up: list[Record]) -> None:
    with fresh(*made_up) as store:
        for edition in editions():
            for _, _, row in proved(report(store, YEAR, edition)).rows:
                distinct = {one.record.number for one in row.counted}
                assert len(distinct) == len(row.counted)
                if not row.cell.row.measure.sum:
                    assert len(distinct) == row.line.value
                    assert not [one for one in row.counted if one.share]


@with_departments
@given(made_up=departments())
def test_the_shares_of_sums_and_means_add_up_to_the_exact_figure(
    fresh: Fresh, made_up: list[Record]
) -> None:
    with fresh(*made_up) as store:
        for edition in editions():
            for _, _, row in proved(report(store, YEAR, edition)).rows:
                if row.cell.row.measure.sum:
                    shares = [one.share for one in row.counted if one.share]
                    assert len(shares) == len(row.counted)
                    assert sum(share.value for share in shares) == row.cell.value
                    if row.divisor:
                        assert row.total / row.divisor == row.cell.value
                    if row.cell.row.measure.per:
                        assert sum(share.per or 0 for share in shares) == row.divisor


@with_departments
@given(made_up=departments())
def test_who_is_counted_and_who_is_left_out_are_the_whole_population(
    fresh: Fresh, made_up: list[Record]
) -> None:
    with fresh(*made_up) as store:
        for edition in editions():
            counted = report(store, YEAR, edition)
            for _, _, row in proved(counted).rows:
                population = counted.populations[row.cell.row.population]
                everyone = [row.kind.name(record["id"]) for record in population]
                told = [one.record.number for one in (*row.counted, *row.left_out)]
                assert sorted(told) == sorted(everyone)
                by_reason = [one for group in row.by_reason.values() for one in group]
                assert sorted(one.record.number for one in by_reason) == sorted(
                    one.record.number for one in row.left_out
                )


def test_a_record_is_named_and_told_why_it_is_not_counted(store: Store) -> None:
    proof = proof_of(
        store,
        *served("1", sivilstatus="enslig"),
        *served("2", sivilstatus="gift_samboer"),
        *served("3"),
    )
    assert numbers_in(proof, "families.civil_status.enslig") == ["F1"]
    assert reasons(proof, "families.civil_status.enslig") == {
        "F2": "sivilstatus er «Gift / samboer»",
        "F3": "sivilstatus er ikke ført",
    }
    row = row_of(proof, "families.civil_status.enslig")
    assert [one.record.name for one in row.counted] == ["Familie F1"]
    assert [one.record.name for one in row.left_out] == ["Familie F2", "Familie F3"]


def test_who_has_something_unrecorded_stands_before_the_others(store: Store) -> None:
    records = [record for n in "123" for record in served(n, sivilstatus="gift_samboer")]
    proof = proof_of(store, *records, *served("4"))
    groups = row_of(proof, "families.civil_status.enslig").by_reason
    assert [(one.shared, len(group)) for one, group in groups.items()] == [
        ("sivilstatus er ikke ført", 1),
        ("sivilstatus er «Gift / samboer»", 3),
    ]


def test_ages_outside_a_band_are_one_group_with_each_age_beside_the_name(store: Store) -> None:
    born = {"V1": "1979", "V2": "2000", "V3": "1940", "V4": ""}
    people = [volunteer(id, kjønn="mann", født=year) for id, year in born.items()]
    proof = proof_of(store, *people, volunteer("V5", kjønn="kvinne", født="2000"))
    row = row_of(proof, "volunteers.gender.mann.18-24")
    assert [one.record.number for one in row.counted] == ["V2"]
    groups = {reason.shared: group for reason, group in row.by_reason.items()}
    assert set(groups) == {"fødselsåret er ikke ført", "har en annen alder", "kjønn er «Kvinne»"}
    assert [one.reason.own for one in groups["har en annen alder"]] == ["44 år", "83 år"]


def test_a_mean_shows_the_hours_and_the_visits_of_each_entry(store: Store) -> None:
    proof = proof_of(
        store,
        *served(),
        hours("oppdrag", "6", besøk="3"),
        hours("oppdrag", "2:30", besøk="1"),
        hours("oppdrag", "4"),
        hours("kurs", "3"),
    )
    row = row_of(proof, "hours.mean_visit")
    assert str(row.line.value) == "2.13"
    shares = [one.share for one in row.counted if one.share]
    assert [(share.amount, share.per) for share in shares] == [(6, 3), (Fraction(5, 2), 1)]
    assert [share.value for share in shares] == [Fraction(6, 4), Fraction(5, 8)]
    assert reasons(proof, "hours.mean_visit") == {
        "T3": "antall besøk er ikke ført",
        "T4": "typen er «Kurs»",
    }
    told = shown(proof)
    assert "8,5 timer delt på 4 besøk er 2,13." in told
    assert "2,5 på 1 besøk" in told


def test_a_mean_without_visits_is_told_to_be_none(store: Store) -> None:
    proof = proof_of(store, *served(), hours("oppdrag", "2", besøk="0"))
    assert row_of(proof, "hours.mean_visit").line.value == 0
    assert "Ingen besøk er ført, og da er tallet 0." in shown(proof)


def test_a_blank_in_a_sum_is_told_from_a_zero(store: Store) -> None:
    proof = proof_of(store, activity("A1", barn="4"), activity("A2", barn="0"), activity("A3"))
    shares = [one.share for one in row_of(proof, "activities.children").counted if one.share]
    assert [share.amount for share in shares] == [4, 0, None]
    assert [share.value for share in shares] == [4, 0, 0]
    lines = [line.split() for line in shown(proof).splitlines() if "Aktivitet A" in line]
    assert [line[-1] for line in lines[-3:]] == ["4", "0", "–"]


def test_an_arsverk_is_the_hours_over_those_of_the_department(store: Store) -> None:
    with store.change("test") as change:
        change.update("department", 1, hours_per_fte=1700)
    proof = proof_of(store, *served(), hours("annet", "170"), hours("kurs", "680"))
    row = row_of(proof, "hours.fte")
    assert [one.share.value for one in row.counted if one.share] == [
        Fraction(1, 10),
        Fraction(4, 10),
    ]
    told = " ".join(shown(proof).split())
    assert "Ett årsverk er 1 700 timer i avdelingen. 850 timer delt på 1 700 timer er 0,5." in told


def test_the_id_is_the_one_that_files_and_the_prompt_both_find(store: Store) -> None:
    crm = family("crm-007", sivilstatus="enslig")
    inquiry = ("henvendelser", {"id": "H1", "familie": "crm-007", "mottatt": "2023-01-01",
                                "kilde": "familien"})  # fmt: skip
    assignment = ("oppdrag", {"id": "O1", "henvendelse": "H1", "familiekontakt": "V1",
                              "startet": "2023-01-10"})  # fmt: skip
    proof = proof_of(store, crm, inquiry, volunteer(), assignment, child("crm-007"))
    (one,) = row_of(proof, "families.civil_status.enslig").counted
    assert (one.record.number, one.record.id) == ("F1", "crm-007")
    (young,) = row_of(proof, "children.total").counted
    assert (young.record.id, young.record.name) == ("B1", "barn (Familie crm-007)")


@pytest.mark.parametrize("text", ["6.3", "6.3.", " 6.3 ", "Familiene", "familiene", "FAMILIENE"])
def test_a_section_is_named_by_its_number_or_its_title(store: Store, text: str) -> None:
    proof = proof_of(store, *served(), section=text)
    assert [section.number for section in proof.sections] == ["6.3"]
    assert [section.number for section in proof.figures.sections] == ["6.3"]


def test_a_section_is_named_by_a_piece_of_its_title(store: Store) -> None:
    assert [one.number for one in proof_of(store, section="frivillighet").sections] == ["6.8"]


def test_a_whole_number_is_not_a_piece_of_another(store: Store) -> None:
    assert [one.number for one in proof_of(store, section="6.1").sections] == ["6.1"]


@pytest.mark.parametrize(
    ("text", "told", "listed"),
    [
        ("9.9", "Skjemaet har ingen seksjon «9.9».", "6.1 Forberedelseskurset; 6.2"),
        ("  ", "Skjemaet har ingen seksjon «  ».", "6.1 Forberedelseskurset; 6.2"),
        (
            "familie",
            "Flere seksjoner passer med «familie».",
            "6.2 Familiekontaktene; 6.3 Familiene",
        ),
    ],
)
def test_a_section_that_is_not_there_is_refused_with_those_that_are(
    store: Store, text: str, told: str, listed: str
) -> None:
    with pytest.raises(WrongUse) as refused:
        proof_of(store, section=text)
    assert refused.value.text == told
    assert listed in refused.value.advice


def test_one_row_can_be_proved_alone(store: Store) -> None:
    proof = proof_of(store, *served(), row="enslig")
    assert [row.line.key for _, _, row in proof.rows] == ["families.civil_status.enslig"]
    assert [line.key for line in proof.figures.lines] == ["families.civil_status.enslig"]


def test_a_row_that_is_called_exactly_that_is_alone(store: Store) -> None:
    proof = proof_of(store, *served(), row="totalt antall familier")
    assert [row.line.key for _, _, row in proof.rows] == ["families.total"]


def test_a_row_is_named_by_its_key_too(store: Store) -> None:
    proof = proof_of(store, *served(), row="hours.fte")
    assert [row.line.key for _, _, row in proof.rows] == ["hours.fte"]


def test_a_tables_heading_names_all_of_its_rows(store: Store) -> None:
    proof = proof_of(store, *served(), section="6.3", row="sivilstatus")
    assert len(list(proof.rows)) == 2


def test_a_row_that_is_not_there_is_refused(store: Store) -> None:
    with pytest.raises(WrongUse, match="Ingen rad har «pingviner»"):
        proof_of(store, row="pingviner")


@pytest.mark.parametrize("edition", editions())
def test_as_json_it_is_the_report_with_the_records_of_every_row(store: Store, edition: int) -> None:
    taken_in(store, *a_year())
    counted = report(store, YEAR, edition)
    told = json.loads(as_json(proved(counted)))
    rows = [row for section in told["sections"] for table in section["tables"]
            for row in table["rows"]]  # fmt: skip
    assert [row["key"] for row in rows] == [cell.row.key for cell in cells(counted)]
    for row, cell in zip(rows, cells(counted), strict=True):
        assert row["value"] == float(cell.figure)
        assert len({one["id"] for one in row["records"]}) == len(row["records"])
        if cell.row.measure.sum:
            assert sum(one["value"] for one in row["records"]) == pytest.approx(float(cell.value))
        else:
            assert all(set(one) == {"id", "name"} for one in row["records"])
            assert len(row["records"]) == row["value"]
        assert all(set(one) == {"id", "name", "reason"} for one in row["left_out"])
        assert row["definition"]


def test_as_json_a_mean_has_what_it_is_made_of(store: Store) -> None:
    proof = proof_of(store, *served(), hours("oppdrag", "6", besøk="3"), row="besøkstid")
    (section,) = json.loads(as_json(proof))["sections"]
    (record,) = section["tables"][0]["rows"][0]["records"]
    assert record == {
        "id": "T1", "name": "Familiekontakt V1", "value": 2, "hours": 6, "visits": 3,
    }  # fmt: skip


def test_without_names_nobody_is_named_in_any_format(store: Store) -> None:
    proof = proof_of(store, *a_year(), named=False)
    written = [as_json(proof), by_record.as_csv(proof), shown(proof), shown(proof, 80)]
    for text in written:
        assert "Familie F" not in text
        assert "Familiekontakt V" not in text
        assert "F1" in text
    assert '"name"' not in written[0]
    assert "Navn" not in written[1].splitlines()[0]


def test_as_csv_there_is_a_line_for_every_record_in_and_outside_each_row(store: Store) -> None:
    proof = proof_of(store, *a_year())
    header, *lines = by_record.as_csv(proof).splitlines()
    assert header.startswith("Seksjon;Tabell;Rad;Tall;Enhet;Med;Nr.;Id;Navn;")
    assert len(lines) == sum(len(row.counted) + len(row.left_out) for _, _, row in proof.rows)
    assert any(line.endswith(";sivilstatus er ikke ført") for line in lines)


def test_on_a_pipe_each_record_stands_on_a_line_of_its_own(store: Store) -> None:
    records = [record for n in range(1, 30) for record in served(str(n), sivilstatus="enslig")]
    lines = shown(proof_of(store, *records, row="enslig")).splitlines()
    assert sum("Familie F" in line for line in lines) == 29


@pytest.mark.parametrize("width", [60, 80, 120])
def test_at_a_terminal_nothing_is_wider_and_no_name_is_cut(store: Store, width: int) -> None:
    records = [record for n in range(1, 30) for record in served(str(n), sivilstatus="enslig")]
    told = shown(proof_of(store, *records, section="6.3"), width)
    assert max(map(len, told.splitlines())) <= width
    one_row = shown(proof_of(store, row="enslig"), width)
    assert all(f"Familie F{n}" in one_row for n in range(1, 30))
    assert sum("Familie F" in line for line in one_row.splitlines()) < 29  # side by side


def test_in_a_workbook_there_is_text_and_numbers_and_no_formula(store: Store) -> None:
    formula = "=cmd|' /C calc'!A0"
    proof = proof_of(store, *a_year(), *served("7", navn=formula))
    book = load_workbook(BytesIO(as_xlsx(proof)))
    assert book.sheetnames == ["Rader", "Poster"]
    for page in book:
        cells = [cell for row in page.iter_rows() for cell in row if cell.value is not None]
        assert {cell.data_type for cell in cells} <= {"s", "n"}
        assert page["A1"].value.startswith("Fortrolig")
        assert page.oddHeader
        assert page.oddHeader.right.text == "FORTROLIG"
        assert page.auto_filter.ref.startswith("A3:")
    assert formula in {cell.value for cell in book["Poster"]["I"]}
    assert book["Poster"].max_row == 3 + len(list(by_record.lines(proof)))
    assert book["Rader"].max_row == 3 + len(list(proof.rows))


@pytest.mark.parametrize("edition", editions())
def test_as_pdf_what_people_wrote_is_text_and_nothing_else(store: Store, edition: int) -> None:
    odd = '#read("/etc/passwd") $x^2$ *b* @ref <l> // \\ [a] = `k`'
    records = [("familier", {**row, "navn": odd}) if name == "familier" else (name, row)
               for name, row in a_year()]  # fmt: skip
    written = as_pdf(proof_of(store, *records, edition=edition))
    assert written.startswith(b"%PDF-1.7")


def test_as_pdf_an_own_form_without_headings_keeps_its_levels(store: Store) -> None:
    assert as_pdf(proof_of(store, *a_year(), section="6.7")).startswith(b"%PDF")
