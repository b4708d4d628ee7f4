"""What is exported and imported again is the same, to the last byte."""

import unicodedata
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hsf_cli.demo import rows
from hsf_cli.errors import BadContent
from hsf_cli.exchange.importing import imported
from hsf_cli.exchange.planning import Options
from hsf_cli.exchange.sheets import SHEETS
from hsf_cli.exchange.sources import of_rows
from hsf_cli.store import Store
from tests.builders import TODAY, Record, child, family, hours, inquiry, taken_in, volunteer
from tests.exchange.conftest import Fresh
from tests.exchange.everything import everything
from tests.exchange.files import contents, counts, taken_from, written_to

TARGETS = ["ut", "ut.xlsx"]

_SIGNS = "=+-@'\"<>&[]{}();,:/\\| .%_x0DæøåÆØÅ\u00a0\u200d\u202e\u0301\u2028\N{FAMILY}سא"
# Neither control characters (they are refused) nor halves of characters (no file can hold them),
# nor the two that XML cannot hold: they have a test of their own.
_LETTERS = st.sampled_from(_SIGNS) | st.characters(
    exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"
)
LINE = st.text(_LETTERS, min_size=1, max_size=20)
NAME = LINE.filter(lambda text: text.strip() != "")
NOTE = st.text(_LETTERS | st.sampled_from("\n\t"), max_size=60)


def composed(text: str) -> str:
    return unicodedata.normalize("NFC", text.strip()).strip()


def differently(ids: list[str]) -> bool:
    return len({composed(id) for id in ids}) == len(ids)


@st.composite
def records(draw: st.DrawFn) -> list[Record]:
    """Families with children, and volunteers with hours, under ids and with texts of all kinds."""
    ids = st.lists(st.sampled_from(["F1", "F2", "F12", "f3", "V1", "7"]) | NAME, min_size=1,
                   max_size=3, unique_by=composed)  # fmt: skip
    minutes = st.integers(0, 3000).map(lambda number: f"{number // 60}:{number % 60:02}")
    made: list[Record] = []
    for id in draw(ids):
        row = {"navn": draw(NAME), "notat": draw(NOTE), "adresse": draw(LINE)}
        codes = draw(st.lists(st.sampled_from(["rus", "vold", "annet", "nettverk"])))
        made.append(family(id, **row, utfordringer=", ".join(codes)))
        made += [
            child(id, born, navn=draw(LINE), særskilte_behov=draw(_YES_NO))
            for born in draw(st.lists(st.sampled_from(["2020", "2021-02-03", "3.2.2021"])))
        ]
        made.append(inquiry(f"{id}'", id, notat=draw(NOTE)))
    for id in draw(ids):
        made.append(volunteer(id, født=draw(st.sampled_from(["", "1980", "1.12.1980"]))))
        for timer in draw(st.lists(minutes, max_size=3)):
            visits = draw(st.sampled_from(["", "0", "3", "90"]))
            made.append(hours("kurs", timer, familiekontakt=id, besøk=visits, kjøring=timer))
    return made


_YES_NO = st.sampled_from(["", "ja", "nei"])
_HERE = {"suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]}


@settings(max_examples=10, **_HERE)
@given(made=records())
def test_exported_and_imported_again_the_bytes_are_the_same(
    fresh: Fresh, made: list[Record]
) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        with fresh() as store:
            taken_in(store, *made)
            counted = counts(store)
            first = contents(written_to(store, folder / "én"))
            book = written_to(store, folder / "én.xlsx")
            taken_from(store, folder / "én")
            taken_from(store, book, update=True)
            assert counts(store) == counted
        for number, source in enumerate((folder / "én", book)):
            with fresh() as store:
                taken_from(store, source)
                assert contents(written_to(store, folder / f"to{number}")) == first


@settings(max_examples=15, **_HERE)
@given(name=NAME, note=NOTE, address=LINE)
def test_texts_are_kept_as_they_were_but_for_blanks_around_them(
    fresh: Fresh, tmp_path: Path, name: str, note: str, address: str
) -> None:
    row = family("F1", navn="'" + name, notat=note, adresse=address.replace("'", "=", 1))
    with fresh() as store:
        taken_in(store, row)
        written_to(store, tmp_path / "ut")
    with fresh() as store:
        taken_from(store, tmp_path / "ut")
        kept = store.rows("SELECT name, coalesce(note, ''), coalesce(address, '') FROM family")
    written = [composed(row[1][column]) for column in ("navn", "notat", "adresse")]
    assert list(kept[0]) == written


def test_the_made_up_records_fill_every_column_of_every_sheet() -> None:
    filled = {(sheet, column) for sheet, row in everything() for column in row if row[column]}
    wanted = {(sheet.name, header) for sheet in SHEETS for header in sheet.headers}
    assert wanted == filled


@pytest.mark.parametrize("target", TARGETS)
def test_every_kind_of_record_is_carried_whole(fresh: Fresh, tmp_path: Path, target: str) -> None:
    with fresh() as store:
        taken_in(store, *everything())
        first = contents(written_to(store, tmp_path / "før"))
        written_to(store, tmp_path / target)
        counted = counts(store)
    with fresh() as store:
        taken_from(store, tmp_path / target)
        assert counts(store) == counted
        assert contents(written_to(store, tmp_path / "etter")) == first
    assert set(first) == {f"{sheet.name}.csv" for sheet in SHEETS}


def test_the_values_are_carried_not_only_the_bytes(fresh: Fresh, tmp_path: Path) -> None:
    def values(store: Store) -> dict[str, list[tuple[object, ...]]]:
        """Every record with its own values; those of the ids it was given are the files'."""
        found = {}
        for sheet in SHEETS:
            own = [field for field in sheet.fields if not field.endswith("_id")]
            rows = store.rows(f"SELECT {', '.join(own) or '1'} FROM {sheet.table}")
            found[sheet.table] = sorted((tuple(row) for row in rows), key=repr)
        return found

    with fresh() as store:
        taken_in(store, *everything())
        before = values(store)
        written_to(store, tmp_path / "ut")
    with fresh() as store:
        taken_from(store, tmp_path / "ut")
        assert values(store) == before


@pytest.mark.parametrize("target", TARGETS)
def test_a_whole_made_up_department_is_carried(fresh: Fresh, tmp_path: Path, target: str) -> None:
    with fresh() as store:
        imported(store, of_rows(rows(TODAY)), Options(), TODAY, lambda _, __: None)
        first = contents(written_to(store, tmp_path / "før"))
        written_to(store, tmp_path / target)
        counted = counts(store)
    with fresh() as store:
        taken_from(store, tmp_path / target)
        assert counts(store) == counted
        assert contents(written_to(store, tmp_path / "etter")) == first


@pytest.mark.parametrize("target", TARGETS)
def test_notes_of_ten_thousand_characters_with_every_awkward_sign_are_carried(
    fresh: Fresh, tmp_path: Path, target: str
) -> None:
    note = ("=\n;\t\"'æ[b]\N{FAMILY}" * 2_000)[:9_999] + "."
    with fresh() as store:
        taken_in(store, family("F1", notat=note))
        written_to(store, tmp_path / target)
    with fresh() as store:
        taken_from(store, tmp_path / target)
        assert store.value("SELECT note FROM family") == note


@pytest.mark.parametrize("target", TARGETS)
def test_a_form_that_is_longer_than_a_cell_of_a_workbook_is_carried_whole(
    fresh: Fresh, tmp_path: Path, target: str
) -> None:
    form = "".join(f"# {n}: ;\n" for n in range(9_000)) + "slutt"
    kept = {"id": "R1", "år": "2022", "utgave": "2022", "avdeling": "Prøve", "kapittel": "6.0",
            "tittel": "Tall", "skjema": form}  # fmt: skip
    with fresh() as store:
        taken_in(store, ("årsrapporter", kept), ("årsrapporter", {**kept, "id": "R2",
                         "år": "2021", "skjema": "kort"}))  # fmt: skip
        written_to(store, tmp_path / target)
    with fresh() as store:
        taken_from(store, tmp_path / target)
        found = store.rows("SELECT form FROM annual_report ORDER BY year")
        assert [row["form"] for row in found] == ["kort", form]


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize(
    "text",
    ["_x000D_", "_x005F_x0041_", "#N/A", "#REF!", "TRUE", "1,5", "0012", "2023-01-01", "1E5",
     "=HYPERLINK(\"x\")", "'=1", "''", "a  b", "<is>&amp;</is>", "\u200f\u202e", "x005F_"],
)  # fmt: skip
def test_text_that_looks_like_something_else_stays_text(
    fresh: Fresh, tmp_path: Path, target: str, text: str
) -> None:
    with fresh() as store:
        taken_in(store, family("F1", navn=text))
        written_to(store, tmp_path / target)
    with fresh() as store:
        taken_from(store, tmp_path / target)
        assert store.value("SELECT name FROM family") == text


@pytest.mark.parametrize("sign", ["\ufffe", "\uffff"])
def test_what_xml_cannot_hold_is_carried_or_refused_at_the_door(
    fresh: Fresh, left_open: Callable[[], list[str]], tmp_path: Path, sign: str
) -> None:
    name = f"a{sign}b"
    with fresh() as store:
        try:
            taken_in(store, family("F1", navn=name))
        except BadContent:
            return
        written_to(store, tmp_path / "ut.xlsx")
    with fresh() as store:
        taken_from(store, tmp_path / "ut.xlsx")
        assert store.value("SELECT name FROM family") == name


def test_ids_that_clash_with_numbers_are_carried(fresh: Fresh, tmp_path: Path) -> None:
    with fresh() as store:
        taken_in(store, family("CRM-1"), family("CRM-2"))
        taken_in(store, family("F1"), family("F2"), child("F1"), child("CRM-1"), child("F2"))
        first = contents(written_to(store, tmp_path / "ut"))
    with fresh() as store:
        taken_from(store, tmp_path / "ut")
        assert contents(written_to(store, tmp_path / "igjen")) == first
        names = store.rows("SELECT f.name FROM child c JOIN family f ON f.id = c.family_id")
        assert sorted(row[0] for row in names) == ["Familie CRM-1", "Familie F1", "Familie F2"]


def test_an_export_goes_into_a_department_that_has_other_records(
    fresh: Fresh, tmp_path: Path
) -> None:
    with fresh() as store:
        taken_in(store, family("F1"), inquiry("H1", "F1"))
        written_to(store, tmp_path / "ut")
    with fresh() as store:
        taken_in(store, family("CRM-1"), family("CRM-2"), inquiry("sak", "CRM-1"))
        taken_from(store, tmp_path / "ut")
        again = taken_from(store, tmp_path / "ut")
        assert sum(result.added for result in again) == 0
        rows = store.rows("SELECT i.imported_id, f.name FROM inquiry i JOIN family f"
                          " ON f.id = i.family_id ORDER BY i.id")  # fmt: skip
        assert [tuple(row) for row in rows] == [("sak", "Familie CRM-1"), ("H1", "Familie F1")]
