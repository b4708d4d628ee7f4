"""Nothing is asked where nobody can answer, and Ctrl-C leaves nothing half written."""

import re
import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import typer

from hsf_cli.app import app
from hsf_cli.records import KINDS
from hsf_cli.store import Store
from hsf_cli.ui.commandline import Group, Settings
from tests.commands.terminal import answer, ended, terminal
from tests.commands.test_help import PATHS

__all__ = ["terminal"]

Words = tuple[str, ...]
Question = tuple[str, str]


def _commands() -> Iterator[tuple[Words, Any]]:
    """Every command of the program that does something itself, with its words."""
    root = typer.main.get_command(app)
    context = root.make_context("hsf", [], obj=Settings(), resilient_parsing=True)
    for path in PATHS:
        found: Any = root
        for name in path:
            found = found.get_command(context, name)
        if path and not isinstance(found, Group):
            yield path, found


COMMANDS = dict(_commands())
# The records that each kind of argument can mean, in the department with one of each.
_NAMED = {
    "FAMILIE": ("F1", "F2", "F3", "F4"),
    "DEN-ANDRE": ("F2", "V2"),
    "HENVENDELSE": ("H1", "H2", "H3", "H4"),
    "FAMILIEKONTAKT": ("V1", "V2", "V3", "V4"),
    "KURS": ("K1",),
    "OPPDRAG": ("O1",),
    "TIMEFØRING": ("T1", "T3"),
    "AKTIVITET": ("A1",),
    "STYREMEDLEM": ("RM1",),
    "STYREMØTE": ("RT1",),
    "UNNTAK": ("U1",),
}


def _lines(path: Words) -> Iterator[Words]:
    """The command alone, and with each record that it can be about, and nothing more."""
    yield path
    takes = [one.metavar.split("|")[0] for one in COMMANDS[path].params if _is_argument(one)]
    if takes and all(name in _NAMED for name in takes):
        for named in product(*(_NAMED[name] for name in takes)):
            yield (*path, *named)


def _is_argument(parameter: Any) -> bool:
    return bool(parameter.param_type_name == "argument")


def _line(words: Words) -> str:
    return " ".join(("hsf", *words))


@pytest.fixture
def nobody_there(monkeypatch: pytest.MonkeyPatch, home: Path) -> Iterator[None]:
    """Standard input is empty, and a question would be a failure of the program."""
    import questionary

    def asked(*_: object, **__: object) -> None:
        raise AssertionError("asked where nobody can answer")

    monkeypatch.setattr(questionary.Question, "unsafe_ask", asked)
    monkeypatch.chdir(home)
    with Path("/dev/null").open() as nothing:
        monkeypatch.setattr(sys, "stdin", nothing)
        yield


@pytest.mark.usefixtures("nobody_there")
@pytest.mark.parametrize("path", COMMANDS, ids=_line)
def test_without_a_terminal_what_is_missing_is_named(path, hsf, filled) -> None:
    for words in _lines(path):
        before = _kept(filled)
        run = hsf(*words)
        assert run.code in (0, 2, 3, 4), (words, run.err)
        assert "Finner ingen" not in run.err, (words, run.err)  # for each of them is there
        # Or it would be the change before that is taken back.
        assert ("Angre: hsf data angre" in run.out) == (_kept(filled) != before), (words, run.out)
        if run.code and not _is_result(words, run.code):
            assert "Feil: " in run.err
            assert "\nGjør slik: " in run.err
            assert _kept(filled) == before
        if run.code == 2 and words != ("meny",):  # which needs a terminal, and nothing else
            assert _named_in(run.err) & _names(path), (words, run.err)


def _is_result(words: Words, code: int) -> bool:
    """Whether the exit code is what was asked for: what the control finds is no error."""
    return words[:2] in (("rapport", "kontroll"), ("data", "sjekk")) and code == 4


def _named_in(text: str) -> set[str]:
    """The options and arguments that an error speaks of."""
    return set(re.findall(r"--[\w-]+|\b[A-ZÆØÅ][A-ZÆØÅ-]+(?:\.xlsx)?", text)) - {"--hjelp"}


def _names(path: Words) -> set[str]:
    """The options and arguments of a command."""
    return {
        name.strip("[]")
        for one in COMMANDS[path].params
        for name in ((one.metavar or "").split("|") if _is_argument(one) else one.opts)
    }


# The questions of every command that asks, up to the last one, with what is answered before it.
CONVERSATIONS: dict[str, list[Question]] = {
    "henvendelse ny": [("Hva heter familien?", "Lie"), ("Hvem i familien er kontaktperson?", "")],
    "henvendelse besøk": [
        ("Velg henvendelse:", ""), ("Når var hjemmebesøket?", ""), ("sivilstatus?", ""),
    ],
    "henvendelse kontaktet": [
        ("Velg henvendelse:", ""), ("Når snakket dere", ""), ("Notat?", ""),
    ],
    "henvendelse avslutt": [
        ("Velg henvendelse:", ""), ("Når ble saken avsluttet?", ""), ("Hvorfor", ""),
    ],
    "henvendelse endre": [
        ("Velg henvendelse:", ""), ("Hva vil du endre?", "Mottatt "), ("Når kom", ""),
    ],
    "henvendelse slett H2": [("Slette henvendelse", "")],
    "familie endre": [
        ("Velg familie:", ""), ("Hva vil du endre?", " "), ("Hva heter familien?", ""),
    ],
    "familie kartlegg": [("Velg familie:", ""), ("sivilstatus?", ""), ("innvandrerbakgrunn?", "")],
    "familie barn": [("Velg familie:", ""), ("Hva heter barnet?", "Bo"), ("født?", "")],
    "familie samtykke": [("Velg familie:", ""), ("Når ga de samtykke?", ""), ("Når trakk", "")],
    "familie bekymring": [("Velg familie:", ""), ("bekymringsmeldingen sendt?", "")],
    "familie slå-sammen": [
        ("Hvem skal beholdes?", ""), ("går inn i F1 Berg?", ""), ("Slå F2", ""),
    ],
    "familie slett": [("Velg familie:", "")],
    "kontakt ny": [("Hva heter familiekontakten?", "Eva"), ("Telefon?", ""), ("E-post?", "")],
    "kontakt godkjenn": [
        ("Velg familiekontakt:", ""), ("godkjent?", ""), ("politiattesten utstedt?", ""),
    ],
    "kontakt pause": [("Velg familiekontakt:", ""), ("Fra hvilken dag?", "i dag"), ("Til og", "")],
    "kontakt slutt": [("Velg familiekontakt:", ""), ("Når sluttet", "")],
    "kontakt tilbake": [("Velg familiekontakt:", ""), ("meldte kandidaten seg?", "")],
    "kontakt periode": [
        ("Velg familiekontakt:", ""), ("godkjent?", "1.1.2018"), ("Når sluttet", ""),
    ],
    "kontakt endre": [
        ("Velg familiekontakt:", ""), ("Hva vil du endre?", " "), ("Hva heter", ""),
    ],
    "kontakt slå-sammen": [
        ("Hvem skal beholdes?", ""), ("går inn i V", ""), ("Slå V", ""),
    ],
    "kontakt slett": [("Velg familiekontakt:", "")],
    "kurs ny": [
        ("Hva heter kurset?", "Nytt"), ("Når begynner", "1.2.2024"), ("Hvor?", ""),
        ("Hvilke kursdager", ""),
    ],
    "kurs dag": [("Velg kurs:", ""), ("Hvilken dag?", "1.3.2023"), ("Tema?", "")],
    "kurs påmelding": [("Velg kurs:", ""), ("Hvem skal meldes på?", "")],
    "kurs oppmøte": [("Velg kurs:", ""), ("Hvilken kursdag?", ""), ("Hvem var der?", "")],
    "kurs fullfør": [("Velg kurs:", "")],
    "kurs endre": [("Velg kurs:", ""), ("Hva vil du endre?", " "), ("Hva heter kurset?", "")],
    "kurs slett": [("Velg kurs:", "")],
    "oppdrag forslag": [("Velg familie:", "")],
    "oppdrag start": [
        ("Velg familie:", ""), ("Når startet", ""), ("klokkeslettet?", ""), ("Hvem skal", ""),
        ("planlagt slutt?", ""),
    ],
    "oppdrag oppfølging O1": [("Hvilken oppfølging?", ""), ("Når ble den", ""), ("Notat?", "")],
    "oppdrag forleng": [
        ("Velg oppdrag:", ""), ("Til hvilken dag?", "i dag"), ("begrunnelsen?", ""),
    ],
    "oppdrag avslutt": [("Velg oppdrag:", ""), ("Når ble oppdraget", ""), ("Hvorfor", "")],
    "oppdrag endre": [("Velg oppdrag:", ""), ("Hva vil du endre?", " "), ("henvendelse?", "")],
    "oppdrag slett": [("Velg oppdrag:", "")],
    "timer ny": [("Velg familiekontakt:", ""), ("Hva slags timer?", ""), ("Hvilken dag?", "")],
    "timer måned 02.2024 --alle": [("besøk timer kjøring:", "")],
    "timer skjema": [("I hvilken mappe", "")],
    "timer endre": [("Velg timeføring:", ""), ("Hva vil du endre?", " "), ("familiekontakt?", "")],
    "timer slett": [("Velg timeføring:", ""), ("Slette timeføring", "")],
    "aktivitet ny": [
        ("Hva heter aktiviteten?", "Tur"), ("Når er aktiviteten?", "i dag"), ("Hvem er den", ""),
        ("Hvor?", ""), ("Hvilke tilskudd", ""), ("Hvor mange foreldre", ""),
        ("Hvor mange barn", ""), ("Hvilke familier var med?", ""), ("for første gang?", "Lie"),
        ("Hvilke familiekontakter var med?", ""),
    ],
    "aktivitet deltakere": [
        ("Velg aktivitet:", ""), ("Hvor mange foreldre", ""), ("Hvor mange barn", ""),
    ],
    "aktivitet endre": [("Velg aktivitet:", ""), ("Hva vil du endre?", " "), ("Hva heter", "")],
    "aktivitet slett": [("Velg aktivitet:", "")],
    "avdeling endre": [("Hva vil du endre?", " "), ("Hva heter avdelingen?", "")],
    "avdeling medlem": [("Hva heter medlemmet?", "Ada"), ("Hvilken rolle?", "")],
    "avdeling møte": [("Når var møtet?", "")],
    "avdeling unntak U1": [("Hva vil du endre?", " "), ("begrunnelsen?", "")],
    "rapport tekst": [("Hvilket kapittel vil du skrive?", "")],
    "rapport merknad": [("Hvilken tabell", "6.1"), ("Merknad under 6.1.1", "")],
    "rapport skriv": [("Hvilken fil", "rapport.md")],
    "rapport lås": [("Vil du gå videre likevel?", "")],
    "rapport mål": [("Hvilke mål vil du sette?", " "), ("Mål for familier?", "")],
    "personvern innsyn": [("Velg familie eller", ""), ("Hvilken fil eller mappe", "f1.pdf")],
    "personvern anonymiser F4": [("Anonymisere F4", "")],
    "personvern slett F4": [("Slette F4", "")],
    "data angre": [("Ta dette tilbake?", "")],
    "data nøkkel --bytt": [("Bytte nøkkel?", "")],
    "data nøkkel --fra-ark": [("Linje 1 av 4:", "")],
    "meny": [("Hva vil du gjøre?", "")],
}  # fmt: skip
# What never asks, or has a department or files of its own to ask about, and is tested with those.
_ASKS_NOTHING_HERE = {
    "start", "demo", "venteliste", "hjelp", "fullføring", "aktivitet tilskudd", "avdeling styre",
    "timer mangler", "data logg", "data mal", "data importer", "data eksporter",
    "data kopi", "data gjenopprett", "data sjekk",
    "rapport kontroll", "rapport bevis", "rapport sammenlign", "rapport les",
    "rapport samle", "rapport skjema", "personvern frister", "personvern protokoll",
}  # fmt: skip


def test_every_command_that_asks_is_here() -> None:
    commands = {" ".join(path) for path in COMMANDS if path[-1] not in ("liste", "vis")}
    here = {name for name in commands for words in CONVERSATIONS if f"{words} ".startswith(name)}
    assert commands - here == _ASKS_NOTHING_HERE


@pytest.mark.parametrize("words", CONVERSATIONS)
def test_ctrl_c_leaves_the_records_as_they_were(words, terminal, filled) -> None:
    """At the last question that is asked here: by then all is written that comes before it."""
    before = _kept(filled)
    *answered, (last, _) = CONVERSATIONS[words]
    child = terminal(*words.split())
    for question, typed in answered:
        answer(child, question, typed)
    child.expect_exact(last)
    child.sendintr()
    child.expect_exact("Avbrutt." if words != "meny" else "Menyen er lukket.")
    assert ended(child) == 130
    assert _kept(filled) == before


def _kept(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Every record, and what was done; the answers of an interview that is broken off are none."""
    tables = [*KINDS, "department", "change_set"]
    return {table: [tuple(row) for row in store.rows(f"SELECT * FROM {table}")] for table in tables}
