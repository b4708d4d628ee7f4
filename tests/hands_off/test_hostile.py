"""Texts from files, options and the machine are shown and kept, and are never obeyed."""

import csv
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest

from hsf_cli.store import Store
from hsf_cli.texts import visible
from hsf_cli.ui import editor, screen
from tests.builders import taken_in
from tests.hands_off.conftest import readable
from tests.life.one_of_each import one_of_each

# What nobody types by mistake, but all of it is text, and may stand in a record.
FORMULA = '=HYPERLINK("http://ond.example";"klikk")'
SQL = "'; DROP TABLE family; --"
MARKUP = "[red]x[/red] <script>alert(1)</script> ![x](http://ond.example/x.png)"
TEMPLATES = '{{ 7*7 }} {% x %} #import "x" $x$ %s %(x)s {0} \\u{1b}'
SHELL = "$(touch x) `touch x` ; touch x && x | x"
PATH = "../../../../tmp/x"
DIRECTION = "Ola\u202enegreB\u2066\u2069 \u200b\u200d\ufeff"
KEPT = [FORMULA, SQL, MARKUP, TEMPLATES, SHELL, PATH, DIRECTION]
# What no text may hold: it would be obeyed by a terminal, or end a line.
REFUSED = ["\x1b]0;tittel\x07", "\x1b[2J", "\x9b2J", "\x07", "a\u2028b", "a\u2029b", "\udcff"]
_OBEYED = re.compile("[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
_SHOWN = [
    ["familie", "liste"], ["familie", "vis", "F1"], ["familie", "vis", "F3"], ["henvendelse",
    "vis", "H4"], ["kontakt", "liste"], ["kontakt", "vis", "V2"], ["oppdrag", "vis", "O1"],
    ["kurs", "vis", "K1"], ["aktivitet", "liste"], ["venteliste"], ["avdeling", "vis"],
    ["avdeling", "styre"], ["data", "logg"], ["rapport", "bevis", "2024"],
    ["personvern", "frister"], [],
]  # fmt: skip


@pytest.fixture
def hostile(store: Store) -> str:
    """What everything that people write begins with, in a department with one of each."""
    text = " ".join(KEPT)
    taken_in(store, *one_of_each(lambda name: f"{text} {name}"))
    return text


def test_what_is_text_is_kept_as_it_is_and_shown_as_it_can_be_seen(hostile, store, hsf) -> None:
    assert store.value("SELECT name FROM family WHERE id = 1") == f"{hostile} Berg"
    assert store.value("SELECT count(*) FROM family") == 4
    for words in _SHOWN:
        run = hsf(*words)
        assert run.code == 0, (words, run.err)
        assert not _OBEYED.search(run.out + run.err), words
    (row,) = [
        row for row in json.loads(hsf("familie", "liste", "--format", "json").out)
        if row["id"] == "F1"
    ]  # fmt: skip
    assert row["name"] == f"{hostile} Berg"
    assert hsf("data", "sjekk").code == 0


def test_a_spreadsheet_runs_nothing(hostile, hsf, home) -> None:
    """Neither a list as CSV, nor an export, nor the workbooks; and what was exported comes back."""
    rows = csv.reader(io.StringIO(hsf("familie", "liste", "--format", "csv").out), delimiter=";")
    assert not [cell for row in rows for cell in row if cell[:1] in {*"=+-@"} and cell[1:]]
    for file in ("ut", "ut.xlsx"):
        assert hsf("data", "eksporter", home / file).code == 0
        assert "Alt finnes fra før" in hsf("data", "importer", home / file).out
    assert hsf("rapport", "bevis", 2024, "--til", home / "bevis.xlsx").code == 0
    assert hsf("timer", "skjema", "2024-03", "--alle", "--til", home / "ark").code == 0
    for file in (home / "ut.xlsx", home / "bevis.xlsx", *(home / "ark").iterdir()):
        assert "<f>" not in readable(file)


def test_a_document_has_it_as_text(hostile, hsf, home) -> None:
    for ending in ("html", "docx", "md"):
        run = hsf("rapport", "skriv", 2024, "--til", home / f"r.{ending}")
        assert run.code == 0, run.err
    page = (home / "r.html").read_text(encoding="utf-8")
    assert not re.search(r"<(script|img|iframe|link|object)\b|javascript:", page)
    assert "<script" not in readable(home / "r.docx")
    assert "\n#import" not in (home / "r.md").read_text(encoding="utf-8")
    assert hsf("personvern", "innsyn", "F1", "--til", home / "i.pdf").code == 0
    assert json.loads(_insight(hsf, home))["name"] == f"{hostile} Berg"


def _insight(hsf, home: Path) -> str:
    assert hsf("personvern", "innsyn", "F1", "--til", home / "i.json").code == 0
    return (home / "i.json").read_text(encoding="utf-8")


def test_what_no_text_may_hold_is_refused_at_every_door(named, hsf, home) -> None:
    before = hsf("familie", "liste", "--format", "json").out
    for text in REFUSED:
        for words in (
            ["kontakt", "ny", "--navn", text],
            ["familie", "endre", "F1", "--navn", text],
            ["avdeling", "endre", "--navn", text],
            ["avdeling", "endre", "--kopimappe", text],
        ):
            run = hsf(*words)
            assert run.code == 2, (words, run.err)
            assert not _OBEYED.search(run.out + run.err)
        if text == "\udcff":  # no file can be read as that
            continue
        (home / "familier.csv").write_text(f"id;navn\nF9;{text}\n", encoding="utf-8")
        run = hsf("data", "importer", home / "familier.csv")
        assert run.code == 6, run.err
        assert not _OBEYED.search(run.out + run.err)
    assert hsf("familie", "liste", "--format", "json").out == before


@pytest.mark.parametrize("texts", [KEPT[:4], KEPT[4:], REFUSED], ids=["kept", "shells", "refused"])
def test_what_a_file_is_called_is_shown_and_not_obeyed(texts, named, hsf, home) -> None:
    """A report that is read in, a copy, an export, and what is not there."""
    name = "".join(texts).replace("/", "∕")
    run = hsf("rapport", "skriv", 2023, "--til", home / f"{name}.json")
    shown = [
        run,
        hsf("rapport", "les", home / f"{name}.json", "--år", 2022, "--ja"),
        hsf("rapport", "vis", 2022),
        hsf("data", "kopi", "--til", home / f"{name}.db"),
        hsf("data", "eksporter", home / f"{name}x"),
        hsf("data", "importer", home / f"{name}.csv"),
        hsf("data", "importer", home / f"{name}-borte"),
        hsf("venteliste", "--database", home / f"{name}.sqlite"),
        hsf("rapport", "vis", 2023, "--skjema", home / f"{name}.toml"),
    ]
    for one in shown:
        assert not _OBEYED.search(one.out + one.err), one
        assert "Noe gikk galt i programmet" not in one.err
    assert [one.code for one in shown] == [0, 0, 0, 0, 0, 3, 3, 5, 3], [one.err for one in shown]


def test_who_the_machine_says_it_is_is_kept_as_text(named, hsf, monkeypatch) -> None:
    for number, text in enumerate((*KEPT, *REFUSED)):
        monkeypatch.setenv("LOGNAME", text)
        run = hsf("familie", "endre", "F1", "--notat", f"Notat {number}")
        assert run.code == 0, run.err
        newest = json.loads(hsf("data", "logg", "--antall", 1, "--format", "json").out)[0]
        assert newest["made_by"] == visible(text)
    assert not _OBEYED.search(hsf("data", "logg", "--format", "csv").out)


@pytest.mark.skipif(os.name == "nt", reason="PowerShell and cmd quote otherwise")
def test_a_path_that_is_to_be_typed_says_nothing_else_to_a_shell() -> None:
    assert screen.quoted("avdeling.xlsx") == "avdeling.xlsx"
    assert screen.quoted("min avdeling.xlsx") == '"min avdeling.xlsx"'
    for text in ("$(touch x).xlsx", "`touch x`", 'a";touch x;"', "a'b", "a\nb", "a;b", "~/x"):
        line = f"printf %s {screen.quoted(text)}"
        answer = subprocess.run(line, shell=True, capture_output=True, check=True).stdout
        assert answer == text.encode()
    assert screen.quoted("-rf") == "./-rf"


def test_the_title_of_a_text_names_no_other_file(monkeypatch, home) -> None:
    monkeypatch.setenv("EDITOR", f"'{sys.executable}' -c pass")
    monkeypatch.delenv("VISUAL", raising=False)
    seen: list[Path] = []
    monkeypatch.setattr(editor, "_run", lambda _, file, __: (seen.append(file) or 0, False))
    for title in ("../../x", "/etc/passwd", "-rf", "a\0b", "\x1b[2J", "Ø" * 300):
        editor.edited("", title, "")
    assert {file.parent.parent for file in seen} == {home / "konfig" / "under-arbeid"}


_SCRIPT = """
import json, sys
from hsf_cli.app import main
for line in json.loads(sys.argv[1]):
    main(line)
"""


def test_at_a_terminal_not_even_a_path_is_obeyed(home, empty_department) -> None:
    odd = home / "a\x1b]0;tittel\x07\x9b2J\u202e"
    empty_department.parent.rename(odd)
    lines = [
        ["avdeling", "vis", "--format", format, "--database", str(odd / "avdeling.db")]
        for format in ("tabell", "json", "csv")
    ] + [["venteliste", "--database", str(odd), "--format", "json"]]
    child = pexpect.spawn(
        sys.executable,
        ["-c", _SCRIPT, json.dumps(lines)],
        env={**os.environ, "TERM": "xterm", "PYTHONUTF8": "1"},
        encoding="utf-8",
        dimensions=(24, 80),
    )
    child.expect(pexpect.EOF)
    assert child.before.count("tittel") == len(lines)
    assert not re.search("\x1b]0|\x07|\x9b|\u202e", child.before)
