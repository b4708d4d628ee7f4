"""The whole life of a family and of a volunteer at a real terminal, with typed answers alone.

The same year as in `test_by_options.py`, command after command without an option. The day is the
real one, so everything is dated in full, last year.
"""

import json
from collections.abc import Callable
from datetime import date

import pexpect
import pytest

from tests.commands.terminal import DOWN, SPACE, answer, ended, terminal
from tests.life.one_year import THE_YEAR

__all__ = ["terminal"]

pytestmark = pytest.mark.usefixtures("empty_department")

YEAR = date.today().year - 1
UP = "\x1b[A"
# Takes away what is suggested.
CLEAR = "\x15"

Said = Callable[..., str]


def on(day_and_month: str) -> str:
    """That day last year, instead of the suggested one."""
    return f"{CLEAR}{day_and_month}.{YEAR}"


@pytest.fixture
def today() -> None:
    """It is today: what a terminal is told is read in a process of its own, on the real day."""


@pytest.fixture
def said(terminal) -> Said:
    """Runs a command at a terminal, and answers its questions; gives what it said at the end."""

    def talk(words: str, *answers: tuple[str, str]) -> str:
        child = terminal(*words.split())
        for question, typed in answers:
            answer(child, question, typed)
        assert ended(child) == 0, child.before
        return " ".join(child.before.split())

    return talk


def test_from_the_first_call_to_the_form(said, hsf, figures) -> None:
    # A candidate signs up; what the form asks of her is filled in when they meet.
    said("kontakt ny",
         ("Hva heter familiekontakten?", "Liv Moen"),
         ("Telefon?", "900 00 201"),
         ("E-post?", ""),
         ("Område", "Sentrum"),
         ("hørte familiekontakten", "Stand"),
         ("Notat?", ""),
         ("Når meldte", ""))  # fmt: skip
    said("kontakt endre",
         ("Velg familiekontakt:", ""),
         ("Hva vil du endre?", _ticked("Kjønn", "Født", "Yrkesstatus", "Har barn", "Meldt seg")),
         ("Kjønn?", DOWN),
         ("født?", str(YEAR - 65)),
         ("yrkesstatusen?", DOWN),
         ("egne barn?", DOWN),
         ("meldte kandidaten seg?", on("5.1")))  # fmt: skip

    # The course: planned, signed up for, six days attended, completed.
    said("kurs ny",
         ("Hva heter kurset?", "Vårkurset"),
         ("Når begynner kurset?", f"1.2.{YEAR}"),
         ("Hvor?", "Solstua"),
         ("Hvilke kursdager", ""))  # fmt: skip
    said("kurs påmelding", ("Velg kurs:", ""), ("Hvem skal meldes på?", SPACE))
    for _ in range(6):
        said("kurs oppmøte", ("Velg kurs:", ""), ("Hvilken kursdag?", ""), ("Hvem var der?", ""))
    assert "Liv Moen" in said("kurs fullfør", ("Velg kurs:", ""))

    # Approved, with what is still missing of the four requirements answered in the same step.
    said("kontakt godkjenn",
         ("Velg familiekontakt:", ""),
         ("Når ble familiekontakten godkjent?", on("12.3")),
         ("Når ble politiattesten utstedt?", on("1.2")),
         ("Når ble politiattesten vist?", on("1.3")),
         ("Hvem så politiattesten?", "Berit"),
         ("taushetserklæringen skrevet under?", on("1.3")),
         ("hjemmebesøket hos familiekontakten?", on("5.3")))  # fmt: skip

    # A first call, which was last year; then the home visit.
    said("henvendelse ny",
         ("Hva heter familien?", "Berg"),
         ("Hvem i familien er kontaktperson?", ""),
         ("Telefon?", "900 00 101"),
         ("Område", "Sentrum"),
         ("Barn: navn", f"Ada {YEAR - 2}"),
         ("Neste barn", f"Per {YEAR - 4}"),
         ("Neste barn", ""),
         ("Hvem tok kontakt?", "Helsest"),
         ("ringe tilbake til", ""),
         ("Hvordan hørte familien", "Helsest"),
         ("Når kom henvendelsen?", ""),
         ("Hvilken koordinator", "Berit"),
         ("Hva håper familien på?", "Avlastning"))  # fmt: skip
    said("henvendelse endre",
         ("Velg henvendelse:", ""),
         ("Hva vil du endre?", _ticked("Mottatt")),
         ("Når kom henvendelsen?", on("1.3")))  # fmt: skip
    said("henvendelse besøk",
         ("Velg henvendelse:", ""),
         ("Når var hjemmebesøket?", on("8.3")),
         ("sivilstatus?", DOWN + DOWN),
         ("innvandrerbakgrunn?", DOWN),
         ("Hvilke språk", "norsk"),
         ("Har Per særskilte behov?", UP + UP),
         ("Har Ada særskilte behov?", UP + UP),
         ("Neste barn", ""),
         ("Hvilke utfordringer", _ticked("Aleneforelder", "Nettverk")),
         ("støtte til?", SPACE),
         ("nettverk har familien?", DOWN + DOWN + SPACE),
         ("hjelp av før?", SPACE),
         ("passer det best?", DOWN),
         ("hørte familien", ""),
         ("Notat?", ""))  # fmt: skip

    # A volunteer is chosen among those suggested, and starts.
    started = said("oppdrag start",
         ("Velg familie:", ""),
         ("Når startet oppdraget?", on("20.3")),
         ("klokkeslettet?", "10"),
         ("Hvem skal starte?", ""),
         ("planlagt slutt?", ""))  # fmt: skip
    assert f"20.04.{YEAR}" in started

    # What is handed in for two months, and what happens in between.
    said(f"timer måned 04.{YEAR}", ("besøk timer kjøring:", f"{CLEAR}4 10 0:40"))
    said("timer ny",
         ("Velg familiekontakt:", ""),
         ("Hva slags timer?", ""),
         ("Hvilken dag?", on("31.5")),
         ("Hvor mange besøk?", "4"),
         ("Hvor mange timer?", "12"),
         ("Hvor mye kjøring?", "0:40"))  # fmt: skip
    said("oppdrag oppfølging O1",
         ("Hvilken oppfølging?", ""),
         ("Når ble den gjort?", on("21.4")),
         ("Notat?", "Går fint"))  # fmt: skip
    said("aktivitet ny",
         ("Hva heter aktiviteten?", "Hagefest"),
         ("Når er aktiviteten?", f"1.6.{YEAR}"),
         ("Hvem er den for?", ""),
         ("Hvor?", "Solstua"),
         ("Hvilke tilskudd", "Sparebankfondet"),
         ("Hvor mange foreldre", "1"),
         ("Hvor mange barn", "2"),
         ("Hvilke familier var med?", SPACE),
         ("for første gang?", ""),
         ("Hvilke familiekontakter var med?", SPACE),
         ("Hvor mange timer var hver", "3"),
         ("Hvor mye kjørte hver", ""))  # fmt: skip
    said("oppdrag forleng",
         ("Velg oppdrag:", ""),
         ("Til hvilken dag?", f"20.12.{YEAR}"),
         ("begrunnelsen?", "Flytting"))  # fmt: skip

    # The end: the case closes with it, and the volunteer leaves.
    closed = said("oppdrag avslutt",
         ("Velg oppdrag:", ""),
         ("Når ble oppdraget avsluttet?", on("30.11")),
         ("Hvorfor ble det avsluttet?", ""))  # fmt: skip
    assert "Saken H1 er avsluttet" in closed
    said("kontakt slutt", ("Velg familiekontakt:", ""), ("Når sluttet", on("15.12")))

    assert figures(YEAR) == THE_YEAR
    (family,) = json.loads(hsf("familie", "liste", "--format", "json").out)
    assert family["stands"] == "avsluttet"


def test_a_first_call_is_taken_from_the_menu(terminal, hsf) -> None:
    menu: pexpect.spawn = terminal("meny")
    answer(menu, "Hva vil du gjøre?", DOWN + DOWN)
    for question, typed in (
        ("Hva heter familien?", "Berg"), ("Hvem i familien er kontaktperson?", ""),
        ("Telefon?", ""), ("Område", ""), ("Barn: navn", f"Ada {YEAR - 2}"), ("Neste barn", ""),
        ("Hvem tok kontakt?", ""), ("Hvordan hørte familien", ""),
        ("Når kom henvendelsen?", ""), ("Hvilken koordinator", ""), ("Hva håper familien på?", ""),
    ):  # fmt: skip
        answer(menu, question, typed)
    menu.expect_exact("Det samme: hsf henvendelse ny")
    answer(menu, "Hva vil du gjøre?", UP)
    assert ended(menu) == 0
    (waiting,) = json.loads(hsf("venteliste", "--format", "json").out)
    assert (waiting["family_name"], waiting["stage"]) == ("Berg", "besøk")


def _ticked(*labels: str) -> str:
    """Types what finds each choice in a list that is searched, and ticks it."""
    erase = "\x7f"
    return "".join(label + SPACE + erase * len(label) for label in labels)
