"""`hsf meny`: the program as menus, over the very same commands."""

from collections.abc import Iterator

import pytest
import typer

from hsf_cli.app import app
from hsf_cli.commands.following import Entry, Task, Topic, following
from hsf_cli.commands.menu import BEGINNING, LEFT_OUT, MENU
from hsf_cli.ui.commandline import Group
from tests.builders import served, taken_in
from tests.commands.terminal import DOWN, ENTER, ESCAPE, Terminal, answer, ended, terminal

__all__ = ["terminal"]


def _tasks(entries: tuple[Entry, ...]) -> Iterator[Task]:
    for entry in entries:
        if isinstance(entry, Topic):
            yield from entry.tasks
        else:
            yield entry


def _commands(group: Group, before: str = "") -> Iterator[str]:
    for name in group.list_commands(None):
        command = group.named(name)
        if isinstance(command, Group):
            yield from _commands(command, f"{before}{name} ")
        else:
            yield before + name


TASKS = [*_tasks(MENU), *BEGINNING]


def test_every_command_is_in_the_menu_or_left_out_for_a_reason() -> None:
    root = typer.main.get_command(app)
    assert isinstance(root, Group)
    in_menu = {task.words.partition(" --")[0] for task in TASKS} - {""}
    assert in_menu.isdisjoint(LEFT_OUT)
    assert in_menu | set(LEFT_OUT) == set(_commands(root))
    assert all(LEFT_OUT.values())


def test_no_two_entries_of_a_menu_read_alike() -> None:
    for entries in (MENU, *(entry.tasks for entry in MENU if isinstance(entry, Topic))):
        texts = [entry.text for entry in entries]
        assert len(texts) == len(set(texts))


def test_without_a_terminal_it_names_the_alternative(hsf) -> None:
    result = hsf("meny")
    assert result.code == 2
    assert "hsf --hjelp" in result.err


def _chosen(child, entry: str) -> None:
    """Looks for an entry of the menu and takes it."""
    answer(child, "Hva vil du gjøre?", entry)


@pytest.mark.usefixtures("empty_department")
def test_a_command_is_run_and_named_and_the_menu_comes_back(terminal: Terminal) -> None:
    child = terminal("meny")
    _chosen(child, "Hvem venter?")
    child.expect_exact("Ingen venter i dag")
    child.expect_exact("Det samme: hsf venteliste")
    _chosen(child, "Noen ringer om en familie")
    child.expect_exact("Hva heter familien?")
    child.sendintr()  # in a command: back to the menu
    child.expect_exact("Avbrutt")
    child.expect_exact("Hva vil du gjøre?")
    child.sendintr()  # in the menu: out of it
    child.expect_exact("Menyen er lukket")
    assert ended(child) == 130


@pytest.mark.usefixtures("empty_department")
def test_an_error_is_shown_and_the_menu_comes_back(terminal: Terminal) -> None:
    child = terminal("meny")
    _chosen(child, "Føre et hjemmebesøk")
    child.expect_exact("ingen henvendelser å velge blant")
    child.expect_exact("Det samme: hsf henvendelse besøk")
    _chosen(child, "Årsrapporten …")
    child.expect_exact("Tilbake")
    child.send("Se skjemaet" + ENTER)
    answer(child, "Hvilket år?", "for lenge siden")
    child.expect_exact('hsf rapport vis "for lenge siden"')
    _chosen(child, "Avslutt")
    assert ended(child) == 0


@pytest.mark.usefixtures("empty_department")
def test_what_the_program_says_comes_next_is_pointed_at(terminal: Terminal) -> None:
    child = terminal("meny")
    _chosen(child, "Se alle kursene")
    child.expect_exact("hsf kurs ny")
    _chosen(child, "")
    child.expect_exact("Hva heter kurset?")
    child.sendintr()
    _chosen(child, "")  # it is still to be done
    child.expect_exact("Hva heter kurset?")
    child.sendintr()
    child.expect_exact("Hva vil du gjøre?")
    child.sendintr()
    assert ended(child) == 130


def test_a_value_to_be_asked_for_is_the_only_one_asked(terminal: Terminal, hsf, store) -> None:
    hsf("henvendelse", "ny", "--navn", "Lie")
    child = terminal("henvendelse", "endre", "H1", "--kilde", "?", "--notat", "Ringte")
    answer(child, "Hvem tok kontakt?", "Skole")
    child.expect_exact("Kilde: Skole; Notat: Ringte")
    assert ended(child) == 0


@pytest.mark.usefixtures("empty_department")
def test_esc_goes_back_and_what_is_not_found_is_not_taken(terminal: Terminal) -> None:
    child = terminal("meny")
    _chosen(child, "Personvern …")
    child.expect_exact("Tilbake")
    child.send(ESCAPE)
    child.expect_exact("Tilbake")
    child.expect_exact("Hva vil du gjøre?")
    child.send("xyz" + ENTER + "Se alle kursene" + ENTER)  # found from the menu above its own
    child.expect_exact("Ingen kurs ennå")
    child.expect_exact("Hva vil du gjøre?")
    child.sendintr()
    assert ended(child) == 130


@pytest.mark.parametrize(
    ("told", "offered"),
    [
        ("Etter besøket: hsf henvendelse besøk H2", ["henvendelse besøk H2"]),
        ("F1 er endret. Angre: hsf data angre\nSe: hsf venteliste", ["venteliste", "data angre"]),
        ("  hsf henvendelse ny    når en ringer\n  hsf meny eller hsf --hjelp", ["henvendelse ny"]),
        ("Lås den med «hsf rapport lås 2025».", ["rapport lås 2025"]),
        ("Før dem: hsf timer måned MÅNED", ["timer måned"]),
        ("hsf oppdrag start F1 V3 --kl 17:00", ["oppdrag start F1 V3"]),
        ("hsf kontakt endre V3 --født ÅR --har-barn JA/NEI",
         ["kontakt endre V3 --født ? --har-barn ?"]),
        ("hsf oppdrag oppfølging O2", ["oppdrag oppfølging O2"]),
        ('hsf oppdrag oppfølging O2 --type tre_måneder --notat "…"', ["oppdrag oppfølging O2"]),
        ("Se lenger frem: hsf oppdrag oppfølging --kommende 30",
         ["oppdrag oppfølging --kommende 30"]),
        ("Vis dem: hsf oppdrag forslag F2 --alle\nVelg: hsf oppdrag start F2 V3",
         ["oppdrag start F2 V3", "oppdrag forslag F2 --alle"]),
        ("hsf oppdrag liste --alle eller hsf venteliste", ["oppdrag liste --alle", "venteliste"]),
        ("Ta inn endringene: hsf data importer ark/mars.xlsx --oppdater",
         ["data importer ark/mars.xlsx --oppdater"]),
        ("Lås den opp: hsf rapport lås 2025 --åpne", ["rapport lås --åpne 2025"]),
        ("Ta dem bort: hsf rapport les --år 2021 --slett", ["rapport les --slett --år 2021"]),
    ],
)  # fmt: skip
def test_a_task_follows_from_the_command_that_is_named(told: str, offered: list[str]) -> None:
    assert [task.words for task in following(told, MENU)] == offered


def test_what_an_offer_asks_or_shows_is_said_in_it(monkeypatch) -> None:
    monkeypatch.setenv("LINES", "24")
    told = "hsf kontakt endre V3 --født ÅR --kjønn KODE\nhsf oppdrag liste --over-tiden\n"
    told += "hsf data importer /et/sted/mars.xlsx --oppdater\n"
    assert [task.text for task in following(f"{told}hsf rapport sammenlign 2025 --nå", MENU)] == [
        "Rette noe om en familiekontakt (V3: født og 1 til)",
        "Se oppdragene (over tiden)",
        "Hente inn fra et regneark eller en mappe (mars.xlsx: oppdater)",
        "Se årene ved siden av hverandre (2025: nå)",
    ]


def test_a_gap_of_the_overview_is_mended_by_what_the_first_lacks_alone(
    terminal: Terminal, hsf, store
) -> None:
    lacking = {"bakgrunn": "norsk", "sivilstatus": "enslig"}
    taken_in(store, *served("1", **lacking), *served("2"))
    child = terminal("meny")
    _chosen(child, "Hvordan står det til i dag?")
    _chosen(child, "Rette noe om en familie (F1")
    answer(child, "Hvordan hørte familien", "Stand")
    child.expect_exact("F1 Familie F1 er endret. Fant oss: Stand.")
    child.expect_exact("Det samme: hsf familie endre F1")
    child.expect_exact("Hva vil du gjøre?")
    child.sendintr()
    assert ended(child) == 130


def test_without_a_department_it_offers_to_make_one(terminal: Terminal, home) -> None:
    child = terminal("meny")
    _chosen(child, "Opprette avdelingen")
    answer(child, "Hva heter avdelingen", "Prøve")
    for question in ("Hvem driver", "Hvor stor", "Hvem er koordinator"):
        answer(child, question)
    answer(child, "Hvor skal nøkkelen ligge", DOWN)  # behind a passphrase
    answer(child, "Velg et passord", "hemmelig ord")
    answer(child, "Gjenta passordet", "hemmelig ord")
    child.expect_exact("Det samme: hsf start")
    _chosen(child, "Hvem venter?")
    answer(child, "Passordet til avdelingen", "hemmelig ord")
    child.expect_exact("Ingen venter i dag")
    _chosen(child, "Hvordan står det til i dag?")  # the passphrase is asked for once
    assert child.expect_exact(["Det samme: hsf\r\n", "Passordet til avdelingen"]) == 0
    child.expect_exact("Hva vil du gjøre?")
    child.sendintr()
    assert ended(child) == 130
