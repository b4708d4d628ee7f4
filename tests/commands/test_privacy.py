"""`hsf personvern`: insight, deadlines, anonymising, erasing, and the record of processing."""

import io
import json
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from pypdf import PdfReader

from hsf_cli import copies
from hsf_cli.store import Store
from tests.builders import (
    Record,
    activity,
    activity_family,
    assignment,
    child,
    family,
    hours,
    inquiry,
    taken_in,
    volunteer,
)
from tests.commands.terminal import SPACE, Terminal, answer, ended, terminal
from tests.conftest import Run
from tests.life.test_strange_names import STRANGE

__all__ = ["terminal"]

Hsf = Callable[..., Run]

SERVED: list[Record] = [
    family("F1", navn="Hansen", kontaktperson="Kari Hansen", telefon="900 11 222",
           utfordringer="rus", notat="Bor i Bakken 3", språk="norsk"),
    child("F1", "2020-05-06", navn="Olaug"),
    inquiry("H1", "F1", "2021-01-02", kilde="nav", besøkt="2021-01-09", avsluttet="2021-09-01",
            notat="Ringte selv", ring_tilbake="Nina på NAV"),
    ("samtykker", {"familie": "F1", "gitt": "2021-01-09", "delt_med": "Helsestasjonen",
                   "hva": "at vi er i gang"}),
    ("bekymringsmeldinger", {"familie": "F1", "sendt": "2021-05-01"}),
    volunteer("V1", navn="Berit Olsen", telefon="911 22 333", adresse="Solveien 9",
              notat="Trives godt"),
    assignment("O1", "H1", "V1", "2021-02-01", "2021-08-01"),
    ("oppfølginger", {"oppdrag": "O1", "type": "måned", "planlagt": "2021-03-01",
                      "gjort": "2021-03-02", "notat": "Mor er sliten"}),
    hours("oppdrag", "3", "2021-03-05"),
    activity("A1", "2021-06-01", tittel="Sommertur"), activity_family("A1", "F1"),
    family("F2", navn="Wold", telefon="922 33 444", notat="En annen sak"),
    activity_family("A1", "F2"), inquiry("H2", "F2", "2024-01-02"),
]  # fmt: skip


@pytest.fixture
def served(store: Store) -> Store:
    """Hansen, whose case is closed, with Berit; and Wold, whose is open."""
    taken_in(store, *SERVED)
    with store.change("familie endre") as change:
        change.update("family", 1, phone="933 44 555")
    return store


def pdf_text(path: Path) -> str:
    """The text of a PDF, its lines joined."""
    pages = PdfReader(io.BytesIO(path.read_bytes())).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def insight(hsf: Hsf, folder: Path, who: str, *words: str) -> tuple[str, str]:
    """What is written on somebody: the PDF's text, and the JSON."""
    run = hsf("personvern", "innsyn", who, "--til", folder, *words)
    assert run.code == 0, run.err
    (pdf,), (data,) = folder.glob("*.pdf"), folder.glob("*.json")
    return pdf_text(pdf), data.read_text(encoding="utf-8")


def test_a_family_is_given_everything_on_it(served: Store, hsf: Hsf, tmp_path: Path) -> None:
    for text in insight(hsf, tmp_path / "ut", "F1"):
        for told in (
            "Hansen", "Kari Hansen", "933 44 555", "900 11 222", "Bor i Bakken 3", "Olaug",
            "Ringte selv", "Nina på NAV", "Helsestasjonen", "at vi er i gang", "Mor er sliten",
            "Sommertur", "Berit Olsen", "familie endre",
        ):  # fmt: skip
            assert told in text, told
    paper, data = insight(hsf, tmp_path / "igjen", "hansen")
    for told in ("Fortrolig", "Datatilsynet", "24 måneder", "06.05.2020", "01.05.2021", "NAV",
                 "kopier", "slettet eller anonymisert", "rettet"):  # fmt: skip
        assert told in paper, told
    records = json.loads(data)["records"]
    assert {kind: len(rows) for kind, rows in records.items()} == {
        "family": 1, "child": 1, "inquiry": 1, "consent": 1, "concern_report": 1, "assignment": 1,
        "follow_up": 1, "hours": 1, "activity_family": 1,
    }  # fmt: skip
    assert records["family"][0]["challenges"] == ["rus"]


def test_nothing_of_others_is_in_it(served: Store, hsf: Hsf, tmp_path: Path) -> None:
    for text in insight(hsf, tmp_path / "f", "F1"):
        for others in ("Wold", "922 33 444", "En annen sak", "911 22 333", "Solveien", "Trives"):
            assert others not in text, others
    for text in insight(hsf, tmp_path / "v", "V1"):
        assert "Solveien 9" in text
        assert "Trives godt" in text
        for others in ("Hansen", "Kari", "Olaug", "900 11", "Mor er sliten", "Wold", "Bakken"):
            assert others not in text, others


def test_copies_and_what_is_no_record_yet_are_told_of(
    served: Store, hsf: Hsf, tmp_path: Path
) -> None:
    copies.made(served)
    served.set_aside("family 1", json.dumps({"note": "Ringte igjen", "language": "tigrinja"}))
    with served.change("test") as change:
        change.update("volunteer", 1, note="Var hos Hansens")
    paper, data = insight(hsf, tmp_path / "ut", "F1")
    for text in (paper, data):
        assert "Ringte igjen" in text
        assert "tigrinja" in text
    assert "Nå finnes én kopi, fra" in paper
    assert len(json.loads(data)["copies"]) == 1
    run = hsf("personvern", "innsyn", "F1", "--til", tmp_path / "igjen.json")
    assert "Familiekontakt V1, notat: Var hos Hansens" in run.err


def test_a_report_of_concern_can_be_left_out(served: Store, hsf: Hsf, tmp_path: Path) -> None:
    run = hsf("personvern", "innsyn", "F1", "--til", tmp_path / "med.json")
    assert "--uten-bekymringsmeldinger" in run.err
    for text in insight(hsf, tmp_path / "ut", "F1", "--uten-bekymringsmeldinger"):
        for word in ("ekymringsmelding", "concern", "01.05.2021", "2021-05-01"):
            assert word not in text.replace("bekymringsmeldingen", ""), word


@pytest.mark.parametrize("strange", STRANGE.values(), ids=STRANGE)
def test_whatever_people_are_called_stands_there(
    strange: str, store: Store, hsf: Hsf, tmp_path: Path
) -> None:
    name = strange.strip()
    taken_in(store, family("F1", navn=name, notat=name), child("F1", navn=name))
    _, data = insight(hsf, tmp_path / "ut", "F1")
    assert json.loads(data)["name"] == name
    assert json.loads(data)["records"]["child"][0]["name"] == name


def test_files_are_the_owners_alone_and_are_told_of(
    served: Store, hsf: Hsf, tmp_path: Path
) -> None:
    before = served.value("SELECT max(id) FROM change_set")
    insight(hsf, tmp_path / "ut", "F1")
    for path in (tmp_path / "ut", *(tmp_path / "ut").iterdir()):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0
    (event,) = served.rows("SELECT command, named FROM event")
    assert tuple(event) == ("personvern innsyn", 1)
    assert served.value("SELECT max(id) FROM change_set") == before


def test_a_file_that_is_there_is_asked_about(served: Store, hsf: Hsf, tmp_path: Path) -> None:
    target = tmp_path / "innsyn.pdf"
    target.write_text("her")
    assert hsf("personvern", "innsyn", "F1", "--til", target).code == 4
    assert target.read_text() == "her"
    assert hsf("personvern", "innsyn", "F1", "--til", target, "--ja").code == 0
    assert hsf("personvern", "innsyn", "F1", "--til", tmp_path / "innsyn.txt").code == 2


WRONG = [
    (("innsyn",), 2, "FAMILIE eller FAMILIEKONTAKT mangler"),
    (("innsyn", "F1"), 2, "--til mangler"),
    (("innsyn", "F9", "--til", "x.pdf"), 3, "Finner ingen"),
    (("anonymiser", "F9"), 3, "Finner ingen"),
    (("anonymiser", "e"), 3, "kan være"),
    (("anonymiser", "F2"), 4, "åpen sak: H2"),
    (("anonymiser", "V1"), 4, "ikke sluttet"),
    (("anonymiser", "F1"), 4, "--ja"),
    (("anonymiser", "F1", "--forfalt"), 2, "enten"),
    (("slett", "F1"), 4, "--også-oppdrag"),
    (("slett", "F2"), 4, "--ja"),
    (("protokoll", "--til", "x.txt"), 2, "--til"),
]


@pytest.mark.parametrize(("words", "code", "said"), WRONG)
def test_what_stands_against_it_is_said(
    words: tuple[str, ...], code: int, said: str, served: Store, hsf: Hsf
) -> None:
    before = served.value("SELECT max(id) FROM change_set")
    run = hsf("personvern", *words)
    assert run.code == code
    assert said in run.err
    assert "Gjør slik: " in run.err
    assert served.value("SELECT max(id) FROM change_set") == before


def test_the_deadlines_are_listed_and_met(served: Store, hsf: Hsf) -> None:
    rows = json.loads(hsf("personvern", "frister", "--format", "json").out)
    assert [(row["number"], row["last_on"], row["expired_on"]) for row in rows] == [
        ("F1", "2021-09-01", "2023-09-01")
    ]
    assert rows[0]["command"] == "hsf personvern anonymiser F1"
    assert "Hansen" not in hsf("personvern", "frister", "--uten-navn").out
    run = hsf("personvern", "anonymiser", "--forfalt", "--ja")
    assert run.code == 0
    assert "F1 heter nå «Anonymisert familie 1»" in run.out
    assert "Angre: " not in run.out
    assert "Ingen frister har gått ut" in hsf("personvern", "frister").out
    assert hsf("personvern", "anonymiser", "--forfalt", "--ja").code == 4


def test_who_cannot_be_anonymised_yet_is_passed_by_and_told_of(served: Store, hsf: Hsf) -> None:
    taken_in(served, volunteer("V7", sluttet="2021-01-01"),
             assignment("O7", "H2", "V7", "2020-01-01"))  # fmt: skip
    run = hsf("personvern", "anonymiser", "--forfalt", "--ja")
    assert run.code == 0
    assert "Hoppes over: V7 har et oppdrag som pågår: O7." in run.err
    assert "Anonymisert: F1 Hansen." in run.out
    run = hsf("personvern", "anonymiser", "--forfalt", "--ja")
    assert run.code == 4
    assert "hsf oppdrag avslutt O7" in run.err


def test_a_text_that_may_mention_two_of_them_is_told_once(served: Store, hsf: Hsf) -> None:
    taken_in(served, family("F8", navn="Hansen", kontaktperson="Wenche"),
             inquiry("H8", "F8", "2020-01-01", avsluttet="2020-02-01"),
             family("F9", navn="Hagen", kontaktperson="Wenche"),
             inquiry("H9", "F9", "2020-01-01", avsluttet="2020-02-01"),
             family("F10", navn="Moe", notat="Snakket med Wenche"))  # fmt: skip
    run = hsf("personvern", "anonymiser", "--forfalt", "--ja")
    assert run.err.count("Snakket med Wenche") == 1


def test_who_is_past_the_time_is_told_of_by_the_overview(served: Store, hsf: Hsf) -> None:
    assert "1 familie har passert fristen" in hsf().out
    assert hsf("personvern", "anonymiser", "--forfalt", "--ja").code == 0
    assert "passert fristen" not in hsf().out


def test_it_cannot_be_taken_back_and_the_log_tells_of_it(served: Store, hsf: Hsf) -> None:
    assert hsf("personvern", "anonymiser", "F1", "--ja").code == 0
    run = hsf("data", "angre", "--ja")
    assert run.code == 4
    assert "kan ikke tas tilbake" in run.err
    log = hsf("data", "logg").out
    assert "personvern anonymiser" in log
    shown = hsf("familie", "vis", "F1").out + hsf("data", "logg", "--post", "F1").out
    for gone in ("Hansen", "Kari", "900 11", "933 44", "Bakken", "Olaug"):
        assert gone not in log + shown, gone
    assert "Anonymisert familie 1" in shown


def test_a_time_that_is_not_out_is_told_of(served: Store, hsf: Hsf) -> None:
    with served.change("test") as change:
        change.update("inquiry", 1, closed_on="2024-02-01")
    assert "fristen går ikke ut før 01.02.2026" in hsf("personvern", "anonymiser", "F1").out


def test_mentions_are_told_of_and_taken_on_demand(served: Store, hsf: Hsf) -> None:
    with served.change("test") as change:
        change.update("volunteer", 1, note="Ble godt kjent med Hansens")
        change.update("family", 2, note="Kari kjenner dem")
    run = hsf("personvern", "anonymiser", "F1")
    assert "Familiekontakt V1, notat: Ble godt kjent med Hansens" in run.err
    assert "--også-nevnt" in run.err
    run = hsf("personvern", "anonymiser", "F1", "--ja", "--også-nevnt")
    assert served.value("SELECT note FROM volunteer") == "Ble godt kjent med [anonymisert]"
    assert served.value("SELECT note FROM family WHERE id = 2") == "Kari kjenner dem"
    assert "Familie F2, notat: Kari kjenner dem" in run.err


def test_erasing_says_what_goes_and_which_years_change(served: Store, hsf: Hsf) -> None:
    assert hsf("rapport", "lås", 2021, "--likevel", "Til prøve").code == 0
    run = hsf("personvern", "slett", "F1", "--også-oppdrag", "--ja")
    assert run.code == 0, run.err
    assert "F1 Hansen, med 1 barn, 1 henvendelse" in run.out
    assert "Tallene for 2021 kan bli andre. Rapporten for 2021 står som den er." in run.out
    assert "kan ikke tas tilbake" in run.out
    assert hsf("familie", "vis", "F1").code == 3
    assert served.value("SELECT count(*) FROM hours") == 0
    control = hsf("rapport", "kontroll", 2021)
    assert control.code in (0, 4), control.err
    assert "Hansen" not in control.out


def test_who_was_removed_before_is_found_by_number(served: Store, hsf: Hsf) -> None:
    assert hsf("henvendelse", "slett", "H2", "--ja").code == 0
    with served.change("familie slett") as change:
        change.delete_where("activity_family", "family_id", 2)
        change.delete("family", 2)
    run = hsf("personvern", "slett", "F2", "--ja")
    assert run.code == 0, run.err
    assert "Wold" not in hsf("data", "logg").out
    assert hsf("personvern", "slett", "F2", "--ja").code == 3


def test_no_copy_is_made_of_what_is_to_go(served: Store, hsf: Hsf, home: Path) -> None:
    assert hsf("personvern", "anonymiser", "F1", "--ja").code == 0
    assert list(home.rglob("*kopi*/*.db")) == []


def test_the_record_of_processing_is_filled_in_and_names_nobody(
    served: Store, hsf: Hsf, tmp_path: Path
) -> None:
    with served.change("test") as change:
        change.update("department", 1, operator="Prøve kommune", retention_months=36)
    shown = hsf("personvern", "protokoll").out
    for told in ("Prøve kommune", "Home-Start Prøve", "36 måneder", "Behandlingsgrunnlag",
                 "Formål", "AES-256", "(fylles ut)", "1 samtykke"):  # fmt: skip
        assert told in shown, told
    for ending in (".md", ".docx", ".pdf"):
        target = tmp_path / f"protokoll{ending}"
        assert hsf("personvern", "protokoll", "--til", target).code == 0
    text = pdf_text(tmp_path / "protokoll.pdf")
    word = Document(str(tmp_path / "protokoll.docx"))
    cells = " ".join(cell.text for table in word.tables for cell in table._cells)
    for written in (shown, text, cells):
        assert "Prøve kommune" in written
        for name in ("Hansen", "Kari", "Berit", "Helsestasjonen", "900 11"):
            assert name not in written, name


@pytest.mark.usefixtures("served")
def test_at_a_terminal_it_is_chosen_shown_and_asked(terminal: Terminal, store: Store) -> None:
    with store.change("test") as change:
        change.update("volunteer", 1, note="Hos Hansen")
        change.update("family", 2, note="Kari kjenner dem")
    child = terminal("personvern", "anonymiser", "hansen")
    child.expect_exact("Dette blir borte")
    answer(child, "Nevnt i andres tekster", f"\x1b[B{SPACE}")
    answer(child, "Anonymisere F1 Hansen?", "j")
    child.expect_exact("Det kan ikke tas tilbake")
    assert ended(child) == 0
    assert store.value("SELECT note FROM volunteer") == "Hos [anonymisert]"
    assert store.value("SELECT note FROM family WHERE id = 2") == "[anonymisert] kjenner dem"


@pytest.mark.usefixtures("served")
def test_no_is_no(terminal: Terminal, store: Store) -> None:
    child = terminal("personvern", "anonymiser", "F1")
    answer(child, "Anonymisere F1 Hansen?", "n")
    child.expect_exact("Ingenting er endret")
    assert ended(child) == 4
    assert store.value("SELECT name FROM family") == "Hansen"
