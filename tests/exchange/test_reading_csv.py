"""CSV as departments have it is read: encodings, separators, line breaks, blank and short rows."""

import codecs
import csv
import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from hsf_cli.errors import BadContent
from hsf_cli.store import Store
from tests.conftest import Run
from tests.exchange.files import counts, csv_file, places, taken_from

Hsf = Callable[..., Run]


def names(store: Store) -> list[str]:
    return [row[0] for row in store.rows("SELECT name FROM family ORDER BY id")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_norwegian_letters_are_read_in_every_encoding(
    store: Store, tmp_path: Path, encoding: str
) -> None:
    folder = csv_file(
        tmp_path / "inn", "familier", "id;navn;støtte", "F1;Ærlig Øst Å;avlastning",
        encoding=encoding,
    )  # fmt: skip
    taken_from(store, folder)
    assert names(store) == ["Ærlig Øst Å"]
    assert store.value("SELECT support FROM family") == '["avlastning"]'


def test_the_signs_that_windows_has_of_its_own_are_read(store: Store, tmp_path: Path) -> None:
    folder = csv_file(tmp_path / "inn", "familier", "id;navn", "F1;«Bø» – ’n €", encoding="cp1252")
    taken_from(store, folder)
    assert names(store) == ["«Bø» – ’n €"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_refused_with_the_file_named(
    hsf: Hsf, empty_department: Path, tmp_path: Path, encoding: str
) -> None:
    bom = {"utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}.get(encoding, b"")
    file = tmp_path / "familier.csv"
    file.write_bytes(bom + "id;navn\nF1;Å\n".encode(encoding))
    [place] = places(hsf, file)
    assert place["file"] == "familier.csv"
    assert "UTF-8" in place["remedy"]


def test_bytes_that_are_letters_in_no_known_encoding_are_refused_with_their_line(
    hsf: Hsf, empty_department: Path, tmp_path: Path
) -> None:
    file = tmp_path / "familier.csv"
    file.write_bytes(b"id;navn\nF1;Kari\nF2;\x81\x8d\xff\n")
    [place] = places(hsf, file)
    assert (place["file"], place["line"]) == ("familier.csv", 3)


@pytest.mark.parametrize("separator", [";", ","])
def test_the_separator_is_found_by_looking(store: Store, tmp_path: Path, separator: str) -> None:
    header = separator.join(["id", "navn", "notat"])
    row = separator.join(["F1", '"Nor, dahl; Aas"', "hei"])
    taken_from(store, csv_file(tmp_path / "inn", "familier", header, row))
    assert names(store) == ["Nor, dahl; Aas"]


def test_commas_in_unquoted_cells_do_not_make_it_the_separator(
    store: Store, tmp_path: Path
) -> None:
    taken_from(
        store,
        csv_file(
            tmp_path / "inn", "familier", "id;navn;utfordringer",
            "F1;a,b,c,d;rus,vold", "F2;,,,,,;nettverk",
        ),
    )  # fmt: skip
    assert names(store) == ["a,b,c,d", ",,,,,"]
    codes = [json.loads(row[0]) for row in store.rows("SELECT challenges FROM family ORDER BY id")]
    assert codes == [["vold", "rus"], ["nettverk"]]


@pytest.mark.parametrize(
    "header",
    [
        "id;navn;hjelp_før;særskilt", "ID;NAVN;HJELP_FØR;x", "Id;Navn;Hjelp før;x",
        "id;navn;hjelp_for;x", "id;navn;HJELP FOER;x", " id ; navn ; Hjelp Før ;x",
        '"id";"navn";"hjelp_før";x',
    ],
)  # fmt: skip
def test_headers_are_known_in_any_spelling(store: Store, tmp_path: Path, header: str) -> None:
    folder = csv_file(tmp_path / "inn", "familier", header, "F1;Berg;nav;")
    taken_from(store, folder, skip_unknown=True)
    assert store.value("SELECT help_before FROM family") == '["nav"]'


@pytest.mark.parametrize(
    ("file", "header", "row", "table"),
    [
        ("Familier", "ID;NAVN", "F1;Berg", "family"),
        ("STYREMØTER", "dato", "2023-01-02", "resource_group_meeting"),
        ("styremoter", "dato", "2023-01-02", "resource_group_meeting"),
        ("Styremoeter", "dato", "2023-01-02", "resource_group_meeting"),
    ],
)
def test_file_names_are_known_in_any_spelling(
    store: Store, tmp_path: Path, file: str, header: str, row: str, table: str
) -> None:
    taken_from(store, csv_file(tmp_path / "inn", file, header, row))
    assert counts(store)[table] == 1


def test_a_missing_file_means_no_records_and_a_missing_column_blanks(
    store: Store, tmp_path: Path
) -> None:
    folder = csv_file(tmp_path / "inn", "familiekontakter", "navn;id", "Kari;V1")
    assert [result.sheet for result in taken_from(store, folder)] == ["familiekontakter"]
    row = store.rows("SELECT * FROM volunteer")[0]
    filled = {key: row[key] for key in row.keys() if row[key] is not None}  # noqa: SIM118
    assert filled == {"id": 1, "name": "Kari"}


def test_a_missing_column_of_codes_means_none_of_them(store: Store, tmp_path: Path) -> None:
    taken_from(store, csv_file(tmp_path / "inn", "familier", "id;navn", "F1;Berg"))
    assert store.value("SELECT challenges || help_after FROM family") == "[][]"


@pytest.mark.parametrize("text", ["", "\n", "\ufeff"], ids=["nothing", "a line", "a BOM"])
def test_an_empty_file_has_no_records(
    hsf: Hsf, empty_department: Path, tmp_path: Path, text: str
) -> None:
    folder = csv_file(tmp_path / "inn", "barn", "familie;født")
    (folder / "familier.csv").write_text(text, encoding="utf-8")
    assert hsf("data", "importer", folder).code == 0


def test_unknown_columns_are_named_with_the_nearest_known_one(
    hsf: Hsf, empty_department: Path, tmp_path: Path
) -> None:
    folder = csv_file(tmp_path / "inn", "familier", "id;navn;telefn;skonummer", "F1;A;1;2")
    found = places(hsf, folder)
    assert [(place["line"], place["column"]) for place in found] == [
        (1, "telefn"),
        (1, "skonummer"),
    ]
    assert "«telefon»" in found[0]["remedy"]


@pytest.mark.parametrize(
    ("heading", "hint"),
    [
        ("Tlf.", "Mente du «telefon»?"),
        ("Nr", "Mente du «id»?"),
        ("Dato mottatt", "Kolonnen «mottatt» hører hjemme i henvendelser."),
        ("Skonummer", "Ukjent kolonne."),
    ],
)
def test_an_unknown_column_is_told_what_it_is_likely_to_be(
    hsf: Hsf, empty_department: Path, tmp_path: Path, heading: str, hint: str
) -> None:
    folder = csv_file(tmp_path / "inn", "familier", f"id;navn;farge;{heading}", "F1;A;1;2")
    first, second = places(hsf, folder)
    assert "Kjente er: id, navn, kontaktperson" in first["remedy"]
    assert second["column"] == heading
    assert second["remedy"].startswith(hint)
    assert "Kjente er" not in second["remedy"]


def test_a_title_above_the_headings_is_told_once(
    hsf: Hsf, empty_department: Path, tmp_path: Path
) -> None:
    folder = csv_file(tmp_path / "inn", "familier", "Familier 2025", "", "id;navn", "F1;A", "F2;B")
    csv_file(folder, "barn", "familie;født", "F1;2023")
    [place] = places(hsf, folder)
    assert (place["line"], place["value"]) == (1, "Familier 2025")
    assert place["remedy"].startswith("Overskriftene står på linje 3.")


def test_unknown_columns_can_be_skipped(store: Store, hsf: Hsf, tmp_path: Path) -> None:
    folder = csv_file(tmp_path / "inn", "familier", "skonummer;id;farge;navn", "\x01;F1;blå;Berg")
    assert hsf("data", "importer", folder, "--hopp-over-ukjente").code == 0
    assert names(store) == ["Berg"]


def test_an_unknown_column_brings_no_other_errors_with_it(
    hsf: Hsf, empty_department: Path, tmp_path: Path
) -> None:
    csv_file(tmp_path / "inn", "familier", "id;navn;skonummer", "F1;Berg;38")
    folder = csv_file(
        tmp_path / "inn", "henvendelser", "id;familie;mottatt;kilde", "H1;F1;2023-01-02;nav"
    )
    assert [place["column"] for place in places(hsf, folder)] == ["skonummer"]


def test_columns_without_a_name_may_stand_empty_but_not_hide_anything(
    hsf: Hsf, store: Store, tmp_path: Path
) -> None:
    header, row = "id;navn;;telefon;;", "F1;Berg; ;22;;"
    assert hsf("data", "importer", csv_file(tmp_path / "inn", "familier", header, row)).code == 0
    assert store.value("SELECT phone FROM family") == "22"
    hidden = csv_file(tmp_path / "inn", "familier", header, "F2;Dal;;22;;hemmelig")
    [place] = places(hsf, hidden)
    assert (place["line"], place["value"]) == (2, "hemmelig")


def test_a_long_cell_is_read_also_where_the_systems_numbers_are_short(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = csv.field_size_limit

    def as_on_windows(*limit: int) -> int:
        if limit and limit[0] > 2**31 - 1:
            raise OverflowError("Python int too large to convert to C long")
        return whole(*limit)

    monkeypatch.setattr(csv, "field_size_limit", as_on_windows)
    note = "a" * 10_000
    taken_from(store, csv_file(tmp_path / "inn", "familier", "id;navn;notat", f"F1;Berg;{note}"))
    assert store.value("SELECT note FROM family") == note


def test_a_cell_of_a_megabyte_is_an_error_with_its_place(
    hsf: Hsf, empty_department: Path, tmp_path: Path
) -> None:
    folder = csv_file(tmp_path / "inn", "familier", "id;navn", "F1;" + "a" * 1_000_000)
    [place] = places(hsf, folder)
    assert (place["line"], place["column"]) == (2, "navn")


@pytest.mark.parametrize("header", ["x{n}", "navn"], ids=["strange", "the same"])
def test_many_columns_take_no_long_time(
    empty_department: Path, store: Store, tmp_path: Path, header: str
) -> None:
    headers = ";".join(header.format(n=n) for n in range(40_000))
    folder = csv_file(tmp_path / "inn", "familier", f"id;{headers}", "F1;")
    begun = time.monotonic()
    with pytest.raises(BadContent):
        taken_from(store, folder)
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize("again", ["navn", "NAVN", " Navn"])
def test_a_column_that_stands_twice_is_named(
    hsf: Hsf, empty_department: Path, tmp_path: Path, again: str
) -> None:
    folder = csv_file(tmp_path / "inn", "familier", f"id;navn;{again}", "F1;Berg;Dal")
    [place] = places(hsf, folder, "--hopp-over-ukjente")
    assert (place["line"], place["column"]) == (1, again.strip())


def test_blank_and_short_rows_are_taken_as_they_are_meant(store: Store, tmp_path: Path) -> None:
    taken_from(
        store,
        csv_file(
            tmp_path / "inn", "familier", "id;navn;telefon;notat",
            "", ";;;", "F1;Berg", "  ; ;\t;\u00a0", "F2;Dal;22", '"";"";"";""', "F3;Eng;;x", "",
        ),
    )  # fmt: skip
    rows = [tuple(row) for row in store.rows("SELECT id, name, phone, note FROM family")]
    assert rows == [(1, "Berg", None, None), (2, "Dal", "22", None), (3, "Eng", None, "x")]


def test_a_row_of_nothing_but_blanks_may_be_longer_than_the_header(
    store: Store, tmp_path: Path
) -> None:
    taken_from(store, csv_file(tmp_path / "inn", "familier", "id;navn", ";;;;", " ; ; ; ", "F1;B"))
    assert names(store) == ["B"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("last", [True, False], ids=["ended", "unended"])
def test_every_kind_of_line_end_is_read(store: Store, tmp_path: Path, end: str, last: bool) -> None:
    file = tmp_path / "familier.csv"
    file.write_bytes((end.join(["id;navn", "F1;A", "F2;B"]) + (end if last else "")).encode())
    taken_from(store, file)
    assert names(store) == ["A", "B"]


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_line_breaks_in_a_note_are_kept_and_counted(
    hsf: Hsf, store: Store, tmp_path: Path, end: str
) -> None:
    note = end.join(["én", "", "\tto; «tre»", '""fire""'])
    lines = ["id;notat;navn", f'F1;"{note}";Berg', f'F2;"{note}";Dal', "F3;;Eng"]
    file = tmp_path / "familier.csv"
    file.write_bytes(end.join(lines).encode())
    taken_from(store, file)
    notes = [row[0] for row in store.rows("SELECT note FROM family ORDER BY id")]
    assert notes == ['én\n\n\tto; «tre»\n"fire"'] * 2 + [None]

    file.write_bytes(end.join([*lines, "F4;;"]).encode())
    [place] = places(hsf, file)
    assert (place["line"], place["column"]) == (11, "navn")


@pytest.mark.parametrize(
    ("row", "line"),
    [('F2;"Dal', 3), ('F2;"Da"l', 3), ('F2;"Dal\nF3;Eng\nF4;Foss', 3)],
    ids=["unclosed", "closed too early", "swallowing the rest"],
)
def test_a_quote_without_its_other_half_is_an_error_with_its_line(
    hsf: Hsf, empty_department: Path, tmp_path: Path, row: str, line: int
) -> None:
    folder = csv_file(tmp_path / "inn", "familier", "id;navn", "F1;Berg", row)
    [place] = places(hsf, folder)
    assert (place["file"], place["line"]) == ("familier.csv", line)


@pytest.mark.parametrize(
    ("cell", "stored"),
    [
        ("  Berg\t", "Berg"),
        ("\u00a0Berg\u2003", "Berg"),
        ("A\N{COMBINING RING ABOVE}se", "Åse"),
        ("Berg  Dal", "Berg  Dal"),
        ("'=1+1", "=1+1"),
        ("''n", "'n"),
        ("'n", "'n"),
        ("'", "'"),
        ("=1+1", "=1+1"),
        ("[bold]Berg[/]", "[bold]Berg[/]"),
    ],
)
def test_cells_are_trimmed_composed_and_freed_of_the_mark(
    store: Store, tmp_path: Path, cell: str, stored: str
) -> None:
    taken_from(store, csv_file(tmp_path / "inn", "familier", "id;navn", f"F1;{cell}"))
    assert names(store) == [stored]


def test_columns_between_tabs_are_told_of_as_that(
    hsf: Hsf, empty_department: Path, tmp_path: Path
) -> None:
    folder = csv_file(tmp_path / "inn", "familier", "id\tnavn", "F1\tBerg")
    place = places(hsf, folder)[0]
    assert (place["file"], place["line"]) == ("familier.csv", 1)
    assert place["remedy"].startswith("Her er kolonnene skilt med tabulator")


@pytest.mark.parametrize("header", ["id;navn;navn;område", "id;navn;id;område"])
def test_a_column_that_stands_twice_does_not_move_the_others(
    hsf: Hsf, empty_department: Path, tmp_path: Path, header: str
) -> None:
    csv_file(tmp_path / "inn", "barn", "familie;født;familie", "F1;2021;F1", "F2;2022;F2")
    folder = csv_file(
        tmp_path / "inn", "familier", header, "F1;Berg;Dal;Nord", "F2;Lie;Vik;Sør\x01"
    )
    found = [(place["file"], place["line"], place["column"]) for place in places(hsf, folder)]
    twice = header.split(";")[2]
    assert found == [
        ("familier.csv", 1, twice),
        ("familier.csv", 3, "område"),
        ("barn.csv", 1, "familie"),
    ]
