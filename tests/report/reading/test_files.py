"""Files that cannot be read as a report, and bytes of any kind."""

import json
import random
import time
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsf_cli.errors import BadContent, HsfError, NotFound, WrongUse
from hsf_cli.report.forms import shipped
from hsf_cli.report.reading import read_file
from tests.report.reading.conftest import Read
from tests.report.reading.printed import Layout, printed, values

TEXT = printed(2023, values(2023), 2023)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=r"Finner ikke filen .*borte\.txt"):
        read_file(tmp_path / "borte.txt")
    with pytest.raises(NotFound):
        read_file(tmp_path)
    with pytest.raises(NotFound):
        read_file(Path("/dev/zero"))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "er tom"),
        (b" \n\n", "er tom"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "er en PDF"),
        (b"{\\rtf1\\ansi hei}", "RTF-dokument"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "eldre Office-format"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "et bilde"),
        (b"<!DOCTYPE html><html><body>6.1</body></html>", "en nettside"),
        (bytes(range(256)) * 10, "verken tekst"),
        (b"\0" * 1000, "verken tekst"),
        (b"x" * (20 * 1024**2 + 1), "er større enn 20 MB"),
        (b"hei\n" * 20_001, "20001 linjer"),
        (b"Et brev om ingenting.\n", "Kjente ikke igjen"),
        (b'{"sections": [', "ikke gyldig JSON"),
        (b'{"a": ' * 100_000, "ikke gyldig JSON"),
        (b'{"year": NaN, "sections": 3}', "Kjente ikke igjen"),
        (b'{"sections": [{"tables": [{"rows": [[1, 2], null, {"label": 3}]}]}]}', "Kjente ikke"),
    ],
)
def test_what_cannot_be_read_is_told_with_what_to_do(content: bytes, told: str, read: Read) -> None:
    with pytest.raises(BadContent, match=told) as error:
        read(content)
    assert error.value.advice.endswith(".") or error.value.advice.endswith(".txt-fil.")


def test_a_json_file_is_an_object(read: Read) -> None:
    with pytest.raises(BadContent, match="skal holde ett objekt"):
        read(b"[1, 2]", "rapport.json")


def test_an_edition_that_there_is_none_of_is_told(read: Read) -> None:
    with pytest.raises(WrongUse, match="ingen utgave 1999"):
        read(TEXT, edition=1999)


def test_a_pdf_says_that_its_text_can_be_copied(read: Read) -> None:
    with pytest.raises(BadContent) as error:
        read(b"%PDF-1.4", "rapport.pdf")
    assert ".txt-fil" in error.value.advice


@given(content=st.binary(max_size=2000), name=st.sampled_from(["a.txt", "a.json", "a.docx"]))
def test_bytes_of_any_kind_are_never_more_than_an_error(
    content: bytes, name: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / name
    path.write_bytes(content)
    with pytest.raises(HsfError):
        read_file(path)


@pytest.mark.parametrize("seed", range(10))
def test_a_text_that_was_spoilt_is_read_or_told(seed: int, read: Read) -> None:
    chance = random.Random(seed)
    content = bytearray(TEXT.encode())
    for _ in range(chance.choice([1, 30, 3000])):
        place = chance.randrange(len(content))
        match chance.randrange(4):
            case 0:
                content[place] = chance.randrange(256)
            case 1:
                del content[place : place + chance.randrange(60)]
            case 2:
                content[place:place] = bytes(chance.randrange(256) for _ in range(3))
            case _:
                content[place:place] = content[chance.randrange(len(content)) :][:80]
    try:
        found = read(bytes(content))
    except BadContent:
        return
    assert len(found.cells) in (97, 176)


JSON = {
    "year": 2022,
    "sections": [{"number": "7.5", "title": "Støtte", "tables": [{"heading": "", "rows": []}]}],
}
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=5,
)


@given(
    value=json_values, place=st.sampled_from(["year", "edition", "chapter", "sections", "cells"])
)
def test_json_of_any_kind_is_never_more_than_an_error(
    value: object, place: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "rapport.json"
    path.write_text(json.dumps(JSON | {place: value}), encoding="utf-8")
    with pytest.raises(HsfError):
        read_file(path)


def test_a_year_that_is_no_number_is_none(read: Read) -> None:
    rows = [[row.label, 1] for row in shipped(2022).rows]
    report = {"year": True, "edition": True, "sections": [{"tables": [{"rows": rows}]}]}
    assert read(json.dumps(report).encode(), "rapport.json").year is None


def test_half_a_character_is_left_out(read: Read) -> None:
    rows = [[row.label, 1] for row in shipped(2022).rows]
    report = {"department": "\ud800Prøve", "sections": [{"tables": [{"rows": rows}]}]}
    assert read(json.dumps(report).encode(), "rapport.json").department == "Prøve"


JUNK = {
    "one label": b"Annet\n" * 3_000,
    "one heading": b"Familier\n" * 3_000,
    "a letter a line": b"A\nn\nn\ne\nt\n" * 1_000,
    "a label that goes on": b"Familier som har v\xc3\xa6rt/er koblet til\n" * 3_000,
    "rows added together": b"Annet (beskriv) 3\nAndre: NAV 3\n" * 1_500,
    "nearly a label": TEXT.encode() + b"Helsemessig utfordring hos foreldre i byen\n" * 3_000,
    "figures": b"7\n" * 3_000,
    "figures on a line": b"1 " * 500_000,
    "dots": b"." * 1_000_000,
    "spaces": b" " * 1_000_000 + b"x",
    "columns": b"| " * 500_000 + b"|",
    "pages": b"\f" * 1_000_000,
    "letters that unfold": b"\xef\xb7\xba" * 300_000,
    "CSV": b"seksjon;tittel;tabell;rad;verdi\n" + b'"' * 1_000_000,
    "JSON": b'{"sections":[' + b"[]," * 300_000 + b"0]}",
    "five reports": TEXT.encode() * 5,
}


@pytest.mark.parametrize("kind", JUNK)
def test_a_file_of_junk_is_done_with_in_a_moment(kind: str, read: Read) -> None:
    start = time.process_time()
    with suppress(BadContent):
        read(JUNK[kind])
    assert (
        time.process_time() - start < 3
    )  # what is not linear takes a minute, and the largest days


def test_a_normal_report_is_read_in_a_moment(read: Read) -> None:
    text = printed(2023, values(2023), 2023, Layout(width=60))
    start = time.process_time()
    read(text)
    assert time.process_time() - start < 2
