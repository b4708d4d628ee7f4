"""Every error in the format's list stops the whole import, and is named where it is."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

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
    volunteer,
)
from tests.conftest import Run
from tests.exchange.files import csv_folder, places, tables, workbook

Hsf = Callable[..., Run]

# What every bad record below may refer to. Nothing is wrong with it.
SOUND = [
    family("F1"), inquiry("H1", "F1", avsluttet="2023-12-01"), volunteer("V1"), course("K1"),
    assignment("O1", "H1", "V1"), activity("A1"), family("F0"), inquiry("H0", "F0"),
]  # fmt: skip


class Bad(NamedTuple):
    """A record with one error: the column and the value to be named, and words of the remedy."""

    record: Record
    column: str
    value: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.record[0]}.{self.column}={self.value[:20]}"


def consent(**more: str) -> Record:
    row = {"familie": "F1", "gitt": "2023-01-02", "delt_med": "nav", "hva": "alt"}
    return "samtykker", {**row, **more}


def follow_up(**more: str) -> Record:
    return "oppfølginger", {"oppdrag": "O1", "type": "måned", "planlagt": "2023-03-01", **more}


def talk(**more: str) -> Record:
    return "samtaler", {"henvendelse": "H1", "dato": "2023-03-01", **more}


def exception(**more: str) -> Record:
    return "unntak", {"regel": "x", "dato": "2023-03-01", "begrunnelse": "y", **more}


def report_text(notat: str) -> Record:
    return "rapporttekster", {"år": "2023", "type": "kapittel", "del": "goals", "notat": notat}


UNKNOWN_CODES = [
    *(
        Bad(family("F2", **{column: "tøys"}), column, "tøys", code)
        for column, code in {
            "sivilstatus": "enslig", "bakgrunn": "blandet", "utfordringer": "skolearbeid",
            "støtte": "avlastning", "nettverk": "slektninger", "hjelp_før": "politi",
            "hjelp_etter": "skole_barnehage", "fant_oss": "ukeblad", "foretrekker": "etter 15",
        }.items()
    ),
    *(
        Bad(volunteer("V2", **{column: "tøys"}), column, "tøys", code)
        for column, code in {
            "kjønn": "kvinne", "yrkesstatus": "ufør", "fant_oss": "frivillig_no",
            "foretrekker": "etter 15",
        }.items()
    ),
    Bad(family("F2", utfordringer="rus,vild"), "utfordringer", "rus,vild", "«vold»"),
    Bad(family("F2", utfordringer="rus;vold"), "utfordringer", "rus;vold", "vold"),
    Bad(inquiry("H2", "F1", kilde="lege"), "kilde", "lege", "fastlege"),
    Bad(inquiry("H2", "F1", avslutningsgrunn="ja"), "avslutningsgrunn", "ja", "trukket"),
    Bad(assignment("O2", avslutningsgrunn="ja"), "avslutningsgrunn", "ja", "ny_familiekontakt"),
    Bad(activity("A2", målgruppe="alle"), "målgruppe", "alle", "koordinator"),
    Bad(hours("ferie"), "type", "ferie", "samling"),
    Bad(follow_up(type="år"), "type", "år", "kvartal"),
    Bad(family("F2", asylmottak="kanskje"), "asylmottak", "kanskje", "nei"),
    Bad(child(særskilte_behov="x"), "særskilte_behov", "x", "nei"),
    Bad(registration(fullført="snart"), "fullført", "snart", "dato"),
]  # fmt: skip

BAD_DATES = ["1.3.23", "mars 2023", "03/01/2023", "2023-3-1", "2023-02-29", "31.4.2023", "20230301"]
UNREADABLE = [
    *(Bad(inquiry("H2", "F1", text), "mottatt", text, "2023-03-01") for text in BAD_DATES),
    *(
        Bad(volunteer("V2", **{column: "vår"}), column, "vår", "2023-03-01")
        for column in (
            "hjemmebesøk", "politiattest_utstedt", "politiattest_vist", "taushetserklæring",
            "godkjent", "sluttet", "født", "meldt_seg",
        )
    ),
    Bad(inquiry("H2", "F1", besøkt="x"), "besøkt", "x", "2023-03-01"),
    Bad(child(født="21"), "født", "21", "Et år alene"),
    Bad(child(født="3 år"), "født", "3 år", "Et år alene"),
    Bad(talk(dato="onsdag"), "dato", "onsdag", "2023-03-01"),
    Bad(pause("V1", "sommer"), "fra", "sommer", "2023-03-01"),
    Bad(course("K2", "i dag"), "start", "i dag", "2023-03-01"),
    Bad(registration(fullført="1.3"), "fullført", "1.3", "2023-03-01"),
    Bad(assignment("O2", planlagt_slutt="juni"), "planlagt_slutt", "juni", "2023-03-01"),
    Bad(assignment("O2", klokkeslett="24:00"), "klokkeslett", "24:00", "15:00"),
    Bad(assignment("O2", klokkeslett="kl 15"), "klokkeslett", "kl 15", "15:00"),
    Bad(activity("A2", dato="1.1"), "dato", "1.1", "2023-03-01"),
    Bad(activity("A2", barn="tre"), "barn", "tre", "helt tall"),
    Bad(activity("A2", foreldre="1,5"), "foreldre", "1,5", "helt tall"),
    Bad(hours("kurs", "to"), "timer", "to", "2:30"),
    Bad(hours("kurs", "2:60"), "timer", "2:60", "2:30"),
    Bad(hours("kurs", "1 000"), "timer", "1 000", "2:30"),
    Bad(hours(besøk="mange"), "besøk", "mange", "helt tall"),
]  # fmt: skip

MISSING = [
    Bad(family(""), "id", "", "fylles ut"),
    Bad(family("F2", navn=" "), "navn", "", "fylles ut"),
    Bad(child(""), "familie", "", "fylles ut"),
    Bad(child(født=""), "født", "", "fylles ut"),
    Bad(inquiry(""), "id", "", "fylles ut"),
    Bad(inquiry("H2", ""), "familie", "", "fylles ut"),
    Bad(inquiry("H2", "F1", ""), "mottatt", "", "fylles ut"),
    Bad(inquiry("H2", "F1", kilde=""), "kilde", "", "fylles ut"),
    Bad(talk(henvendelse=""), "henvendelse", "", "fylles ut"),
    Bad(talk(dato=""), "dato", "", "fylles ut"),
    Bad(volunteer(""), "id", "", "fylles ut"),
    Bad(volunteer("V2", navn=""), "navn", "", "fylles ut"),
    Bad(pause("", "2023-01-02"), "familiekontakt", "", "fylles ut"),
    Bad(pause("V1", ""), "fra", "", "fylles ut"),
    Bad(course(""), "id", "", "fylles ut"),
    Bad(course("K2", navn=""), "navn", "", "fylles ut"),
    Bad(course("K2", ""), "start", "", "fylles ut"),
    Bad(registration(""), "kurs", "", "fylles ut"),
    Bad(registration("K1", ""), "familiekontakt", "", "fylles ut"),
    Bad(assignment(""), "id", "", "fylles ut"),
    Bad(assignment("O2", ""), "henvendelse", "", "fylles ut"),
    Bad(assignment("O2", "H1", ""), "familiekontakt", "", "fylles ut"),
    Bad(assignment("O2", startet=""), "startet", "", "fylles ut"),
    Bad(activity(""), "id", "", "fylles ut"),
    Bad(activity("A2", ""), "dato", "", "fylles ut"),
    Bad(activity("A2", tittel=""), "tittel", "", "fylles ut"),
    Bad(activity("A2", målgruppe=""), "målgruppe", "", "fylles ut"),
    Bad(activity_family("", "F1"), "aktivitet", "", "fylles ut"),
    Bad(activity_family("A1", ""), "familie", "", "fylles ut"),
    Bad(hours("kurs", familiekontakt=""), "familiekontakt", "", "fylles ut"),
    Bad(hours("kurs", dato=""), "dato", "", "fylles ut"),
    Bad(hours(""), "type", "", "fylles ut"),
    Bad(hours("kurs", ""), "timer", "", "fylles ut"),
]

NO_SUCH = [
    Bad(child("F9"), "familie", "F9", "ingen familie"),
    Bad(child("V1"), "familie", "V1", "ingen familie"),
    Bad(inquiry("H2", "f1"), "familie", "f1", "ingen familie"),
    Bad(talk(henvendelse="H9"), "henvendelse", "H9", "ingen henvendelse"),
    Bad(exception(familie="F9"), "familie", "F9", "ingen familie"),
    Bad(exception(styremedlem="RM9"), "styremedlem", "RM9", "ingen styremedlem"),
    Bad(pause("V9", "2023-01-02"), "familiekontakt", "V9", "ingen familiekontakt"),
    Bad(registration("K9"), "kurs", "K9", "ingen kurs"),
    Bad(registration("K1", "V9"), "familiekontakt", "V9", "ingen familiekontakt"),
    Bad(assignment("O2", "H9"), "henvendelse", "H9", "ingen henvendelse"),
    Bad(assignment("O2", "H1", "V9"), "familiekontakt", "V9", "ingen familiekontakt"),
    Bad(activity_family("A9"), "aktivitet", "A9", "ingen aktivitet"),
    Bad(activity_family("A1", "F9"), "familie", "F9", "ingen familie"),
    Bad(hours("kurs", familiekontakt="V9"), "familiekontakt", "V9", "ingen familiekontakt"),
    Bad(hours(oppdrag="O9"), "oppdrag", "O9", "ingen oppdrag"),
    Bad(hours("aktivitet", aktivitet="A9"), "aktivitet", "A9", "ingen aktivitet"),
]

TWICE = [
    Bad(family("F1"), "id", "F1", "linje 2"),
    Bad(inquiry("H1", avsluttet="2023-12-01"), "id", "H1", "linje 2"),
    Bad(volunteer("V1"), "id", "V1", "linje 2"),
    Bad(course("K1"), "id", "K1", "linje 2"),
    Bad(assignment("O1"), "id", "O1", "linje 2"),
    Bad(activity("A1"), "id", "A1", "linje 2"),
]

WRONG_ORDER = [
    Bad(
        inquiry("H2", "F1", "2023-02-02", besøkt="2023-02-01"),
        "besøkt", "2023-02-01", "02.02.2023",
    ),
    Bad(
        inquiry("H2", "F1", "2023-02-02", avsluttet="2023-02-01"),
        "avsluttet", "2023-02-01", "02.02.2023",
    ),
    Bad(
        inquiry("H2", "F1", "2023-02-02", besøkt="2023-03-03", avsluttet="2023-03-02"),
        "avsluttet", "2023-03-02", "03.03.2023",
    ),
    Bad(volunteer("V2", "2023-02-02", sluttet="2023-02-01"), "sluttet", "2023-02-01", "02.02.2023"),
    Bad(pause("V1", "2023-02-02", "2023-02-01"), "til", "2023-02-01", "02.02.2023"),
    Bad(course("K2", "2023-02-02", slutt="2023-02-01"), "slutt", "2023-02-01", "02.02.2023"),
    Bad(
        assignment("O2", startet="2023-02-02", avsluttet="2023-02-01"),
        "avsluttet", "2023-02-01", "02.02.2023",
    ),
    Bad(consent(gitt="2023-02-02", trukket="2023-02-01"), "trukket", "2023-02-01", "02.02.2023"),
]  # fmt: skip

NUMBERS = [
    Bad(activity("A2", foreldre="-1"), "foreldre", "-1", "mindre enn null"),
    Bad(activity("A2", barn="-2,0"), "barn", "-2,0", "mindre enn null"),
    Bad(volunteer("V2", kapasitet="-1"), "kapasitet", "-1", "mindre enn null"),
    Bad(registration(timer="-0,5"), "timer", "-0,5", "mindre enn null"),
    Bad(hours("kurs", "-2:30"), "timer", "-2:30", "mindre enn null"),
    Bad(hours("kurs", "-0,005"), "timer", "-0,005", "mindre enn null"),
    Bad(hours(kjøring="-1"), "kjøring", "-1", "mindre enn null"),
    Bad(hours(besøk="-1"), "besøk", "-1", "mindre enn null"),
    Bad(hours(oppdrag=""), "oppdrag", "", "hvilket oppdrag"),
]

# Errors that show only when several cells are seen together: the value is still the cell's own.
AS_WRITTEN = [
    Bad(pause("V1", "2.2.2023", "1.2.2023"), "til", "1.2.2023", "02.02.2023"),
    Bad(hours(timer="24,02", besøk="1"), "timer", "24,02", "24 timer"),
    Bad(hours(timer="48:01", besøk="2"), "timer", "48:01", "24 timer"),
    Bad(hours("kurs", timer="25", besøk="1"), "timer", "25", "24 timer"),
]

OTHERS = [
    Bad(exception(), "henvendelse", "", "enten en familie"),
    Bad(exception(henvendelse="H1", familie="F1"), "henvendelse", "H1", "bare én"),
    Bad(exception(familiekontakt="V1", oppdrag="O1"), "henvendelse", "", "styremedlem"),
    Bad(inquiry("H2", "F0"), "avsluttet", "", "åpen henvendelse"),
    Bad(child(født="2024-03-16"), "født", "2024-03-16", "15.03.2024"),
    Bad(child(født="2025"), "født", "2025", "2024"),
    Bad(volunteer("V2", født="16.3.2024"), "født", "16.3.2024", "15.03.2024"),
    Bad(family("F2", notat="a" * 10_001), "notat", "a" * 59 + "…", "10\xa0000 tegn"),
    Bad(family("a" * 10_001, navn="x"), "id", "a" * 59 + "…", "10\xa0000 tegn"),
    Bad(family("F2", navn="a\x7fb"), "navn", "a\x7fb", "kontrolltegn"),
    Bad(family("F2", notat="a\x85b"), "notat", "a\x85b", "kontrolltegn"),
    Bad(family("F2", navn="to\nlinjer"), "navn", "to\nlinjer", "notat"),
    Bad(family("F\t2", navn="x"), "id", "F\t2", "notat"),
]

# Longer than a cell of a workbook can be.
LONG = [
    Bad(report_text("a" * 100_001), "notat", "a" * 59 + "…", "100\xa0000 tegn"),
]

ALL = [
    *UNKNOWN_CODES, *UNREADABLE, *MISSING, *NO_SUCH, *TWICE, *WRONG_ORDER, *NUMBERS,
    *AS_WRITTEN, *OTHERS, *LONG,
]  # fmt: skip


def _line(bad: Bad) -> int:
    return 2 + sum(name == bad.record[0] for name, _ in SOUND)


def _named(place: dict[str, str]) -> tuple[str, str, str, str]:
    return place["file"], place["line"], place["column"], place["value"]


@pytest.mark.parametrize("bad", ALL, ids=str)
def test_an_error_in_csv_is_named_where_it_is_and_nothing_is_written(
    hsf: Hsf, empty_department: Path, tmp_path: Path, bad: Bad
) -> None:
    before = empty_department.read_bytes()
    [place] = places(hsf, csv_folder(tmp_path / "inn", [*SOUND, bad.record]))
    assert _named(place) == (f"{bad.record[0]}.csv", _line(bad), bad.column, bad.value)
    assert bad.remedy in place["remedy"]
    assert empty_department.read_bytes() == before


@pytest.mark.parametrize(
    "bad",
    [*UNKNOWN_CODES[:2], *UNREADABLE[:3], *MISSING[:4], *NO_SUCH[:2], *TWICE[:2], *WRONG_ORDER[:4],
     *NUMBERS, *AS_WRITTEN, *OTHERS],
    ids=str,
)  # fmt: skip
def test_an_error_in_a_workbook_is_named_where_it_is_and_nothing_is_written(
    hsf: Hsf, empty_department: Path, tmp_path: Path, bad: Bad
) -> None:
    before = empty_department.read_bytes()
    [place] = places(hsf, workbook(tmp_path / "inn.xlsx", tables([*SOUND, bad.record])))
    file = f"inn.xlsx, ark {bad.record[0]}"
    assert _named(place) == (file, _line(bad), bad.column, bad.value)
    assert bad.remedy in place["remedy"]
    assert empty_department.read_bytes() == before


def test_the_records_that_the_bad_ones_stand_among_are_sound(
    hsf: Hsf, empty_department: Path, tmp_path: Path
) -> None:
    assert hsf("data", "importer", csv_folder(tmp_path / "inn", SOUND)).code == 0
