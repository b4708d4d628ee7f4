"""The department and the files that the examples in the help speak of, on the day they are run.

The numbers are those of the examples. Each example begins with a copy of this, and so none of them
meets what another did.
"""

import shutil
from datetime import date
from pathlib import Path

from hsf_cli import copies
from hsf_cli.app import main
from hsf_cli.exchange.importing import imported
from hsf_cli.exchange.planning import Options
from hsf_cli.registers.department import Department, started
from tests.builders import (
    Record,
    activity,
    activity_family,
    assignment,
    child,
    course,
    earlier_period,
    family,
    hours,
    inquiry,
    pause,
    registration,
    source_of,
    volunteer,
)

DAY = date(2026, 11, 22)

_MET = {
    "hjemmebesøk": "2026-02-20", "politiattest_utstedt": "2026-02-01",
    "politiattest_vist": "2026-02-20", "politiattest_sett_av": "Siri Lund",
    "taushetserklæring": "2026-02-20",
}  # fmt: skip
# A candidate who has all but what the example gives her.
_NEARLY_MET = {**_MET, "politiattest_utstedt": "", "politiattest_vist": ""}


def _people() -> list[Record]:
    return [
        # Hansen has called, and is here twice; Berg waits for another volunteer; Dahl and Foss have
        # one; Eng had one last year, and Sand the year before.
        family("F12", navn="Hansen", område="Sentrum", telefon="900 00 112"),
        family("F31", navn="Hansen-Lie"),
        family("F7", navn="Berg", område="Sentrum", foretrekker="etter 15"),
        family("F3", navn="Dahl", område="Sentrum"),
        family("F8", navn="Foss"),
        family("F4", navn="Sand"),
        family("F14", navn="Eng", sivilstatus="enslig", bakgrunn="norsk"),
        child("F12", "2023", id="B31", navn="Ada"),
        *(child(f"F{number}", "2023") for number in (7, 3, 8, 14)),
        inquiry("H12", "F12", "2026-09-20"),
        inquiry("H7", "F7", "2026-01-12", besøkt="2026-01-20"),
        inquiry("H3", "F3", "2026-05-04", besøkt="2026-05-11"),
        inquiry("H8", "F8", "2026-01-04", besøkt="2026-01-11"),
        inquiry("H4", "F4", "2024-01-07", besøkt="2024-01-14", avsluttet="2024-09-01",
                avslutningsgrunn="fullført"),
        inquiry("H14", "F14", "2025-01-07", besøkt="2025-01-14", avsluttet="2025-09-01",
                avslutningsgrunn="fullført"),
        ("samtykker", {"id": "SA3", "familie": "F12", "gitt": "2026-10-05",
                       "delt_med": "Helsestasjonen", "hva": "At dere har tatt kontakt"}),
        ("bekymringsmeldinger", {"id": "BM2", "familie": "F3", "sendt": "2026-09-01"}),
        # On assignment, free, on the course, before approval; left, returned, on a pause, and
        # entered by mistake.
        volunteer("V2", "2026-03-01", navn="Anne Nes", språk="norsk", **_MET),
        volunteer("V12", "2024-01-10", navn="Tor Ås"),
        volunteer("V3", "2026-03-01", navn="Liv Moen", område="Sentrum", **_MET),
        volunteer("V4", "", navn="Gro Vik"),
        volunteer("V5", "", navn="Una Lund", **{**_MET, "politiattest_utstedt": "2026-11-02",
                                                "politiattest_vist": "2026-11-09"}),
        volunteer("V6", "", navn="Ida Haug", **_NEARLY_MET),
        volunteer("V8", "2020-03-01", navn="Siv Dal", sluttet="2025-06-30"),
        volunteer("V9", "2023-03-01", navn="Unn Lia"),
        volunteer("V10", "2023-03-01", navn="Geir Bø"),
        volunteer("V11", "", navn="Prøve"),
        volunteer("V1", "2015-03-01", navn="Åse Strøm", sluttet="2018-06-30"),
        ("perioder", {**earlier_period("V9", "2015-01-01", "2017-06-30")[1], "id": "PE1"}),
        ("pauser", {**pause("V10", "2026-10-01")[1], "id": "P2"}),
    ]  # fmt: skip


def _what_they_do() -> list[Record]:
    return [
        course("K1", "2025-09-01", navn="Høstkurset"),
        course("K2", "2026-02-08", navn="Vårkurset", slutt="2026-03-15"),
        course("K3", "2027-02-07", navn="Neste vår"),
        ("kursdager", {"id": "KD4", "kurs": "K2", "dato": "2026-02-08", "tema": "Bli kjent",
                       "timer": "3,5"}),
        *(registration("K1", f"V{number}", timer="21") for number in (2, 3)),
        registration("K2", "V4", id="D4"),
        registration("K2", "V5", id="D8", timer="21"),
        registration("K2", "V6", id="D9", timer="21"),
        assignment("O9", "H3", "V2", "2026-06-15", klokkeslett="17:00",
                   planlagt_slutt="2026-12-15"),
        assignment("O12", "H8", "V12", "2026-03-01", planlagt_slutt="2026-09-01"),
        assignment("O6", "H7", "V12", "2026-02-01", "2026-06-30",
                   avslutningsgrunn="ny_familiekontakt"),
        assignment("O4", "H4", "V12", "2024-02-01", "2024-09-01", avslutningsgrunn="fullført"),
        assignment("O7", "H14", "V12", "2025-02-01", "2025-09-01", avslutningsgrunn="fullført"),
        ("forlengelser", {"id": "FL3", "oppdrag": "O12", "besluttet": "2026-08-20",
                          "til": "2027-02-01", "begrunnelse": "Venter barn"}),
        ("oppfølginger", {"id": "OF12", "oppdrag": "O9", "type": "avslutning",
                          "planlagt": "2026-12-10"}),
        ("oppfølginger", {"id": "OF10", "oppdrag": "O9", "type": "måned",
                          "planlagt": "2026-07-15"}),
        hours("oppdrag", "10", "2026-09-30", id="T55", oppdrag="O12", familiekontakt="V12",
              besøk="4"),
        hours("oppdrag", "9", "2025-03-31", oppdrag="O7", familiekontakt="V12", besøk="3"),
        hours("veiledning", "2", "2026-09-09", familiekontakt="V2"),
        activity("A4", "2026-06-06", tittel="Hagefest", tilskudd="Sparebankstiftelsen"),
        activity("A2", "2025-06-07", tittel="Tur", tilskudd="Sparebankstiftelsen", barn="4"),
        activity_family("A4", "F3"),
        ("styremedlemmer", {"id": "RM3", "navn": "Per Foss", "rolle": "medlem",
                            "fra": "2023-01-01", "representerer": "kommunen"}),
        ("styremøter", {"id": "RT2", "dato": "2026-02-02"}),
        ("unntak", {"id": "U3", "regel": "politiattest", "dato": "2026-03-01", "oppdrag": "O12",
                    "begrunnelse": "Vist på telefon"}),
    ]  # fmt: skip


def make(home: Path) -> None:
    """The department under `home`, and in the folder we are in, the files that examples name."""
    database = home / "avdeling" / "avdeling.db"
    about = Department("Home-Start Solvik", "Solvik kommune")
    with started(database, about, "fil", lambda: "") as store:
        records = [*_people(), *_what_they_do()]
        imported(store, source_of(records), Options(), DAY, lambda _, __: None)
    _run("familie", "endre", "F3", "--telefon", "900 00 103")
    _run("familie", "endre", "F7", "--telefon", "900 00 107")
    _run("data", "nøkkel", "--ark", "ark.txt")
    _run("data", "eksporter", "avdeling.xlsx")
    _run("rapport", "skjema", "--utgave", "2023", "--til", "mitt.toml")
    Path("regneark").mkdir()
    Path("regneark/familier.csv").write_text("id;navn\nF12;Hansen\nF40;Strand\n", "utf-8")
    for name in ("årsrapport-2022.docx", "årsrapport-2022.md"):
        _run("rapport", "skriv", "2022", "--til", name)
    Path("årsrapport-2022.md").rename("årsrapport-2022.txt")
    Path("rapporter").mkdir()
    _run("rapport", "skriv", "2025", "--til", "rapporter/solvik.json")
    Path("avdelinger.txt").write_text("Home-Start Solvik\n", encoding="utf-8")
    Path("sammendrag.md").write_text("Et godt år.\n", encoding="utf-8")
    for folder in (copies.default_folder(database), Path("E:/hsf-kopier")):
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(database, folder / "avdeling-2026-11-22-101500.db")


def _run(*words: str) -> None:
    assert main(words) == 0, words
