"""Every place where text or a file becomes something: its entry, and what it may be given."""

import io
import json
import random
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from docx import Document
from hypothesis import strategies as st

from hsf_cli import codes, copies, dates, keys, numbers, recovery, spreadsheets, texts
from hsf_cli.commands import hours_line
from hsf_cli.documents.prose import blocks
from hsf_cli.errors import BadContent, NoDepartment, NotFound, Unreadable
from hsf_cli.exchange.importing import imported
from hsf_cli.exchange.known import Known
from hsf_cli.exchange.planning import Options
from hsf_cli.exchange.sheets import SHEETS
from hsf_cli.exchange.sources import opened
from hsf_cli.records import KINDS
from hsf_cli.registers import department
from hsf_cli.registers.lookup import Lookup
from hsf_cli.report.forms import load, shipped
from hsf_cli.report.from_json import figures_from
from hsf_cli.report.output.as_csv import as_csv
from hsf_cli.report.output.as_json import as_json, as_object
from hsf_cli.report.reading import read_file
from hsf_cli.store import Store
from hsf_cli.ui import completion
from tests.conftest import TODAY
from tests.exchange.everything import everything
from tests.exchange.files import tables, workbook
from tests.faults.fuzzing import TROUBLE, Parser, bytes_like, texts_like, told, trees_like
from tests.report.filled import filled
from tests.report.own_form import FORM
from tests.report.reading.printed import printed, values


@dataclass
class Workshop:
    """What parsers are tried in: a folder, and a department that they may look into."""

    folder: Path
    store: Store
    # A database file, closed, and its key.
    database: Path
    salt: str

    def file(self, content: bytes, ending: str, name: str = "") -> Path:
        """A file with that content."""
        path = self.folder / (f"{name}{ending}" if name else f"fil{ending}")
        path.write_bytes(content)
        return path


# --- Words and numbers ----------------------------------------------------------------------------

_DAYS = texts_like(
    "2023-03-01", "1.3.2023", "01.03.2023", "1.3", "1. mars", "den 1. mars 2023", "i dag",
    "i går",
    "mandag", "mandag 3. mars", "onsdag, den 13.3.", "29.2", "31.12.2199", "forrige måned",
    "oktober 2026", "10.2026", "2026-10", "okt", "denne mnd", "2021", "3 år", "18 mnd",
    "1 år og 2 mnd",
    "3 år gammel", "2026-01-12T10:15:00+01:00", "2026-01-12 10:15Z", "0001-01-01T00:00+23:59",
)  # fmt: skip
_HOURS = texts_like(
    "2,5", "2.5", "2:30", "2t30", "1 t 30 min", "45 min", "2 timer og 5 minutter", "0", "-0:00",
    "1000000000", "4", "728.8", "9:30", "17", "1730", "kl. 17:30", "klokka 9.05",
    "4 10 0:40", "4 10,5",
    "12 20t 40m",
)  # fmt: skip
_WORDS = texts_like(
    "900 00 123", "+47 22 33 44 55", "0046 70 123 45 67", "kari@eksempel.no", "Åse\nBø",
    "gift_samboer",
    "enslig", "rus, annet", "før 15", "ja", "nei", "Støtte", "stoette", "'=1+1", "F12",
    "V1", "F1",
    "ikke_spurt", "SM3", "hansen",
)  # fmt: skip
_NAMES = texts_like(
    "F12", "f 12", "12", "CRM-7", "hansen", "Berg", "bØ", "90012345", "V9", "«Bø» [b]"
)


def _each(read: Sequence[Callable[[str], object]]) -> Callable[[Workshop, str], None]:
    """Tries the text with all of them: each gives a value, or says that it is none."""

    def tried(_: Workshop, text: str) -> None:
        for one in read:
            try:
                one(text)
            except Unreadable as unreadable:
                told(unreadable)

    return tried


_READ_DAYS: list[Callable[[str], object]] = [
    dates.full_date, dates.year, dates.moment, dates.age,
    *(
        partial(read, today=TODAY)
        for read in (
            dates.typed_date, dates.near_date, dates.typed_month, dates.born, dates.typed_born,
        )
    ),
    partial(dates.typed_date, today=TODAY, planned=True),
]  # fmt: skip
_READ_HOURS: list[Callable[[str], object]] = [
    numbers.minutes, numbers.typed_minutes, numbers.count, numbers.figure, numbers.time_of_day,
    numbers.typed_time, hours_line.read,
]  # fmt: skip
_READ_WORDS: list[Callable[[str], object]] = [
    texts.cleaned, texts.single_line, texts.phone, texts.phone_digits, texts.email,
    spreadsheets.unescaped, *(known.meant_by for known in codes.code_lists().values()),
]  # fmt: skip


def _cells(workshop: Workshop, text: str) -> None:
    """The text as a cell of every column, and as what is typed for it."""
    known = Known(workshop.store, TODAY)
    for value in {column.value for sheet in SHEETS for column in sheet.columns}:
        for read in (lambda text, known, value=value: value.read(texts.cleaned(text), known),
                     value.read_typed):  # fmt: skip
            try:
                if text.strip():
                    value.for_people(read(text, known), known)
            except Unreadable:
                pass


def _records(workshop: Workshop, text: str) -> None:
    for table in KINDS:
        try:
            assert Lookup(workshop.store, table).found(text)
        except NotFound as error:
            told(error)


# --- Files of records -----------------------------------------------------------------------------

_TABLES = tables(everything())
_CSV_FILES = {
    name: "".join(
        ";".join(f'"{cell}"' if set(cell) & set('";\n') else cell for cell in row) + "\r\n"
        for row in rows
    ).encode("utf-8-sig")
    for name, rows in _TABLES.items()
}
_CELLS = st.tuples(
    st.sampled_from(sorted(_TABLES)), st.integers(0, 5), st.integers(0, 25),
    texts_like("F1", "2023-03-01", "ja", "2:30", "annet", "", "'=1", "id", "navn", "familie"),
)  # fmt: skip


def _taken(workshop: Workshop, path: Path) -> object:
    before = workshop.store.value("SELECT count(*) FROM change_set")
    try:
        with opened(path) as source:
            return imported(workshop.store, source, Options(dry_run=True), TODAY, lambda *_: None)
    finally:
        assert workshop.store.value("SELECT count(*) FROM change_set") == before


def _csv_file(workshop: Workshop, given: tuple[str, bytes]) -> object:
    name, content = given
    return _taken(workshop, workshop.file(content, ".csv", name))


def _csv_cells(workshop: Workshop, given: Sequence[tuple[str, int, int, str]]) -> object:
    """A folder of files that are right but for some cells."""
    folder = workshop.folder / "mappe"
    folder.mkdir(exist_ok=True)
    content = {name: [list(row) for row in rows] for name, rows in _TABLES.items()}
    for name, row, column, text in given:
        cells = content[name][row % len(content[name])]
        cells[column % len(cells)] = text
    for name, rows in content.items():
        lines = (";".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
        text = "\r\n".join(lines)
        (folder / f"{name}.csv").write_bytes(text.encode("utf-8", "surrogatepass"))
    return _taken(workshop, folder)


def _workbook() -> bytes:
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        return workbook(Path(folder) / "a.xlsx", _TABLES).read_bytes()


def _word() -> bytes:
    document = Document()
    for section in shipped(2023).sections:
        document.add_heading(f"{section.number} {section.title}", 2)
        for table in section.tables:
            document.add_paragraph(table.heading)
            grid = document.add_table(len(table.rows), 2)
            for row, asked in zip(grid.rows, table.rows, strict=True):
                row.cells[0].text, row.cells[1].text = asked.label, "3"
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


# What XML in an archive may be given: attributes and elements that a reader relies on.
_XML_TROUBLE = (
    'r="99999999999"', 'r="A0"', 'r="-1"', 'r="ZZZZ1"', 't="d"', 't="e"', 't="b"', 't="n"',
    't="s"',
    't="inlineStr"', 's="99"', "<v>1e999</v>", "<v>nan</v>", "<v>-1</v>", "<v>2958466</v>",
    "<v></v>",
    "<v>2023-13-45</v>", "<f>1+1</f>", "<row/>", "<c/>", "</row>",
    "<!DOCTYPE a [<!ENTITY b 'c'>]>",
    "&b;", "&#0;", "&#xD800;", "<![CDATA[x]]>", "<!--", "<w:tbl>", "<w:p/>", "</w:p>",
    "<w:t>5</w:t>",
    "<w:tc/>", "<w:sdt/>", "<w:sdt>" * 60, 'xml:space="preserve"', 'w:val="Heading9"',
    "\N{BYTE ORDER MARK}",
)  # fmt: skip


def _repacked(archive: bytes, seed: int) -> bytes:
    """The archive with its parts' text marred, and one of them sometimes gone or there twice."""
    chance = random.Random(seed)
    with zipfile.ZipFile(io.BytesIO(archive)) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    for _ in range(chance.choice([1, 1, 2, 4])):
        name = chance.choice([*parts])
        text = parts[name].decode("utf-8", "replace")
        at = chance.randrange(len(text) + 1)
        size = chance.choice([0, 0, 1, 5, 40])
        sign = chance.choice([*_XML_TROUBLE, *TROUBLE, text[at : at + 200]])
        if chance.random() < 0.5:  # between two elements or in the middle of an attribute
            at = max(text.rfind(chance.choice('<>"'), 0, at), 0) + chance.choice([0, 1])
        parts[name] = (text[:at] + sign + text[at + size :]).encode("utf-8", "surrogatepass")
        if chance.random() < 0.1:
            del parts[name]
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as new:
        for name, part in parts.items():
            new.writestr(name, part)
    return content.getvalue()


def _archives(right: bytes) -> st.SearchStrategy[bytes]:
    return st.builds(_repacked, st.just(right), st.integers(0, 2**40)) | bytes_like(right)


# --- Reports and forms ----------------------------------------------------------------------------

_REPORT = as_object(filled())
_PRINTED = printed(2023, values(2023, seed=1), 2023)
_RELATION = """
[[relation]]
figure = "alone"
at_most = ["all", "before.all"]
text = "{figure} av {sum} {label}"
suspicion = true
"""
_FORMS = texts_like(FORM, FORM + _RELATION, 'chapters = [ { key = "statistics" } ]\n' + FORM)
_FORM_TROUBLE = st.sampled_from(
    [
        "0x" + "F" * 4000, "1979-05-27T07:32:00Z", "inf", "[[[[]]]]", "{ any = true }",
        '"{figure:9999999}"',
        '"{figure.__class__}"', '"{"', "{ from = 99999999999999999999 }", '"""\n"""',
        "a.b.c.d", "[[section]]",
        "[section]", "[[section.table]]", "x = 1", "true", "-1", '""', "[]", "{}",
    ]
)  # fmt: skip


@st.composite
def _forms(draw: st.DrawFn) -> str:
    """A form with one of its values exchanged for another that TOML knows."""
    lines = (FORM + _RELATION).split("\n")
    at = draw(st.integers(0, len(lines) - 1))
    before, equals, _ = lines[at].rpartition("=")
    lines[at] = f"{before}{equals} {draw(_FORM_TROUBLE)}"
    return "\n".join(lines)


def _report(ending: str) -> Callable[[Workshop, bytes], object]:
    return lambda workshop, content: read_file(workshop.file(content, ending))


def _json_report(workshop: Workshop, tree: Any) -> None:
    text = json.dumps(tree, ensure_ascii=random.Random(len(str(tree))).random() < 0.5)
    for read in (
        lambda: figures_from(text, "a.json"),
        lambda: read_file(workshop.file(text.encode("utf-8", "surrogatepass"), ".json")),
    ):
        try:
            read()
        except BadContent as error:
            told(error)


# --- Keys -----------------------------------------------------------------------------------------

_KEY = "0123456789abcdef" * 4
_SALT = "00112233445566778899aabbccddeeff"
_SHEET = recovery.lines_of(_KEY, _SALT)


def _key_file(workshop: Workshop, content: bytes) -> object:
    file = keys.key_file(_SALT)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    key = keys.found(_SALT, str)
    assert keys.is_key(key)
    return key


def _passphrase_file(workshop: Workshop, content: bytes) -> object:
    keys.key_file(_SALT).unlink(missing_ok=True)
    file = keys.passphrase_file(_SALT)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    try:
        return keys.found(_SALT, lambda: "passord")
    finally:
        file.unlink()


def _database(workshop: Workshop, seed: int) -> object:
    """The department's file with some bytes of it exchanged, most often the first."""
    chance = random.Random(seed)
    content = bytearray(workshop.database.read_bytes())
    for _ in range(chance.choice([1, 3, 50])):
        at = chance.randrange(chance.choice([16, 100, 4096, len(content)]))
        content[at] = chance.randrange(256)
    if chance.random() < 0.2:
        del content[chance.randrange(len(content)) :]
    if chance.random() < 0.1:
        content[:16] = b"SQLite format 3\0"
    path = workshop.file(bytes(content), ".db")
    with department.opened(path, str) as store:
        return copies.contents(store), store.rows("SELECT * FROM change")


# --- All of them ----------------------------------------------------------------------------------

PARSERS = [
    Parser("dates", _DAYS, _each(_READ_DAYS), 180, ()),
    Parser("hours and numbers", _HOURS, _each(_READ_HOURS), 140, ()),
    Parser("texts and codes", _WORDS, _each(_READ_WORDS), 100, ()),
    Parser("cells of every column", _DAYS | _HOURS | _WORDS, _cells, 60, ()),
    Parser("records by name", _NAMES, _records, 40, ()),
    Parser("lines of a recovery sheet",
           st.tuples(st.integers(1, 4), texts_like(*_SHEET)),
           lambda _, given: recovery.line_read(*given), 80, (Unreadable,)),
    Parser("recovery sheets",
           bytes_like("\n".join(f"{n} {line}" for n, line in enumerate(_SHEET, 1)).encode()),
           lambda _, content: recovery.read(content, "ark.txt"), 60, (BadContent,)),
    Parser("key files", bytes_like(_KEY.encode()), _key_file, 40, (NoDepartment,)),
    Parser("passphrase files", st.binary(max_size=5000), _passphrase_file, 1, (NoDepartment,)),
    Parser("database files", st.integers(0, 2**40), _database, 10, (NoDepartment,)),
    Parser("CSV files",
           st.sampled_from(sorted(_CSV_FILES)).flatmap(
               lambda name: st.tuples(st.just(name), bytes_like(_CSV_FILES[name]))),
           _csv_file, 60, (BadContent, NotFound)),
    Parser("cells in folders of CSV", st.lists(_CELLS, min_size=1, max_size=3), _csv_cells, 6,
           (BadContent, NotFound)),
    Parser("workbooks", _archives(_workbook()),
           lambda workshop, content: _taken(workshop, workshop.file(content, ".xlsx")), 6,
           (BadContent, NotFound)),
    Parser("forms", _FORMS | _forms(), lambda _, text: load(text, "skjema.toml"), 40,
           (BadContent,)),
    Parser("JSON reports", trees_like(_REPORT), _json_report, 20, (BadContent,)),
    Parser("JSON reports as text", texts_like(as_json(filled())),
           lambda _, text: figures_from(text, "a.json"), 15, (BadContent,)),
    Parser("published reports", bytes_like(_PRINTED.encode()), _report(".txt"), 10, (BadContent,)),
    Parser("published reports in CSV", bytes_like(as_csv(filled()).encode()), _report(".csv"), 10,
           (BadContent,)),
    Parser("published reports in Word", _archives(_word()), _report(".docx"), 4, (BadContent,)),
    Parser("published reports of other kinds",
           st.sampled_from([b"%PDF-1.7", b"{\\rtf1", b"PK\3\4", b"\xff\xfe", b"{", b"\0"])
           .flatmap(lambda start: bytes_like(start + _PRINTED.encode()[:2000])),
           _report(".txt"), 10, (BadContent,)),
    Parser("chapters in Markdown",
           texts_like("# A\n\n- b\n  - c\n\n1. d\n\n> e\n\n| f | g |\n| - | - |\n| h | i |\n",
                      "[a](b) **c** *d* `e` ![f](g) <h> &amp;\n\n```\ni\n```\n"),
           lambda _, text: blocks(text, 2), 60, ()),
    Parser("half-typed lines", texts_like("hsf familie vis \"Åse B", "hsf timer ny --kontakt='V2'"),
           lambda _, text: (completion.split(text), completion.split(text, "`")), 20, ()),
]  # fmt: skip
