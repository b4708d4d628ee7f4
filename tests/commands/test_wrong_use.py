"""What cannot be understood is said in Norwegian, with what to do, and exit code 2."""

import json
import shlex

import pytest

from hsf_cli.commands.tree import ALSO_CALLED, SHOWN_BY
from tests.builders import family, taken_in


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["ventelist"], "Mente du «hsf venteliste»?"),
        (["rapport", "vs"], "Mente du «hsf rapport vis»?"),
        (["rapport", "vis", "--utgve", "2022"], "Mente du --utgave?"),
        (["data", "nøkkel", "--flyt", "passord"], "Mente du --flytt?"),
        (["rapport", "vis", "--utgave"], "--utgave mangler en verdi."),
        (["rapport", "vis", "23"], "ÅR «23» kan ikke leses."),
        (["rapport", "vis", "2023", "2024"], "Det står mer på linjen"),
        (["rapport", "vis", "2023", "--format", "pdf"], "tabell, json, csv, md"),
        (["rapport", "vis", "2023", "--utgave", "2019"], "2022, 2023"),
        (["data", "importer"], "MAPPE|FIL.xlsx mangler."),
        (["venteliste", "--per", "1.3.23"], "--per «1.3.23» kan ikke leses."),
        (["venteliste", "--steg", "kaffe"], "besøk, familiekontakt"),
        (["start", "--navn", "X", "--nøkkel", "lommen"], "fil, nøkkelring, passord"),
        (["start", "--navn", "X", "--stilling", "0"], "--stilling «0»"),
        (["data", "angre", "--endring", "9" * 20], "Kan ikke lese --endring."),
        (["data", "logg", "--antall", "9" * 20], "Kan ikke lese --antall."),
        (["oppdrag", "oppfølging", "--kommende", "9" * 20], "Kan ikke lese --kommende."),
        (["henvendelse", "liste", "--år", "9" * 20], "Kan ikke lese --år."),
        (["kurs", "liste", "--år", "99999"], "Kan ikke lese --år."),
    ],
)
def test_wrong_use(words, said, hsf, empty_department) -> None:
    result = hsf(*words)
    assert result.code == 2
    assert result.out == ""
    assert said in result.err
    assert result.err.startswith("Feil: ")
    assert "Gjør slik: " in result.err
    assert "Traceback" not in result.err


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("famile", "«hsf familie»"),
        ("opdrag liste", "«hsf oppdrag»"),
        ("oppdrag oppfoelgng", "«hsf oppdrag oppfølging»"),
        ("oppdrag oppfolgin", "«hsf oppdrag oppfølging»"),
        ("eksporter", "«hsf data eksporter»"),  # which is in another group
        ("besok", "«hsf henvendelse besøk»"),
        ("familie ny", "«hsf henvendelse ny»"),  # which is called something else
        ("frivillige", "«hsf kontakt»"),
        ("F12", "«hsf familie vis F12»"),  # a record, and nothing of what to do with it
        ("vis v3", "«hsf kontakt vis V3»"),
        ("familie F12", "«hsf familie vis F12»"),
        ("start --noekel fil", "--nøkkel"),
        ("familie vis F1 --fromat json", "--format"),
        ("familie endre F1 --sivilstatus enslg", "«enslig»"),
        ("familie endre F1 --sivilstatus samboer", "«gift_samboer»"),
        ("familie endre F1 --hjelp-før jordmor", "«helsestasjon»"),  # by its label
        ("familie endre F1 --stotte avlastning,netverk", "«nettverk»"),
        ("venteliste --støtte avlasting", "«avlastning»"),
        ("venteliste --steg beøk", "«besøk»"),
        ("kontakt liste --står ledg", "«ledig» eller «ikke ledig»"),
        ("familie liste --format jsn", "«json»"),
        ("familie liste --sorter famile", "«Familie»"),
        ("personvern frister --sorter frist", "«Fristen gikk ut»"),
        ("familie vis hansn", "F1 Hansen"),
        ("familie vis oedgaard", "F2 Ødegård"),
        ("rapport bevis 2023 familene", "«6.3 Familiene»"),
        ("rapport bevis 2023 --rad pensjonst", "«Pensjonist"),
        ("rapport tekst 2023 samendrag", "«Sammendrag"),
        ("rapport merknad 2023 yrkestatus --tekst x", "yrkesstatus»"),
        ("timer liste --måned okober", "«oktober»"),
        ("familie liste --per 'i gr'", "«i går»"),
        ("data nøkkel --flytt passrd", "«passord»"),
        ("fullføring bsh", "«bash»"),
    ],
)
def test_what_is_mistyped_is_known_again(words, meant, hsf, store) -> None:
    taken_in(store, family("F1", navn="Hansen"), family("F2", navn="Ødegård"))
    refused = hsf(*shlex.split(words))
    assert refused.code in (2, 3)
    assert "Gjør slik: Mente du " in refused.err
    assert meant in refused.err.partition("?")[0]


@pytest.mark.parametrize("name", ["ny", "liste", "endre"])
def test_a_name_that_many_groups_have_is_asked_what_it_is_about(name, hsf) -> None:
    told = f"Si først hva det gjelder, som «hsf henvendelse {name}» eller «hsf "
    assert told in hsf(name).err


@pytest.mark.parametrize("letter", SHOWN_BY)
def test_a_record_by_its_number_alone_is_shown_by_its_own_command(letter, hsf, filled) -> None:
    taken_from = {"F": "family", "H": "inquiry", "V": "volunteer", "K": "course",
                  "O": "assignment", "A": "activity", "T": "hours"}  # fmt: skip
    number = f"{letter}{filled.value(f'SELECT min(id) FROM {taken_from[letter]}')}"
    assert f"Mente du «hsf {SHOWN_BY[letter]} {number}»?" in hsf(number.lower()).err
    assert hsf(*SHOWN_BY[letter].split(), number).code == 0


@pytest.mark.parametrize("words", ["U3", "F", "12", "F12 slett", "kontakt F12"])
def test_other_words_are_no_record_to_show(words, hsf) -> None:
    assert " vis " not in hsf(*words.split()).err


def test_what_is_like_nothing_is_not_taken_for_something(hsf, store) -> None:
    taken_in(store, family("F1", navn="Hansen"))
    for words in (["xyz"], ["familie", "vis", "xyz"], ["familie", "liste", "--format", "xyz"]):
        assert "Mente du" not in hsf(*words).err


def test_every_other_name_leads_to_a_command_and_hides_none(hsf) -> None:
    for name, command in ALSO_CALLED.items():
        assert hsf(*command.split(), "--hjelp").code == 0
        assert f"Mente du «hsf {command}»?" in hsf(*name.split()).err


@pytest.mark.parametrize("name", ["start", "Start", "START"])
def test_commands_answer_in_any_case(name, hsf) -> None:
    assert hsf(name, "--hjelp").code == 0


@pytest.mark.parametrize("option", ["--nøkkel", "--nokkel", "--noekkel", "--NØKKEL"])
def test_options_answer_to_every_spelling(option, hsf, home) -> None:
    assert hsf("start", "--navn", "Prøve", option, "fil").code == 0


def test_in_json_mode_an_error_is_json(hsf, empty_department) -> None:
    result = hsf("venteliste", "--per", "i overmorgen", "--format", "json")
    assert result.code == 2
    error = json.loads(result.err)["error"]
    assert set(error) == {"code", "text", "advice", "places"}
    assert error["code"] == 2
    assert "--per" in error["text"]


def test_a_line_that_cannot_be_read_is_json_too(hsf) -> None:
    result = hsf("venteliste", "--finnesikke", "--format=json")
    assert json.loads(result.err)["error"]["code"] == 2


def test_a_department_must_have_a_name(hsf, home) -> None:
    result = hsf("start", "--navn", "  ", "--nøkkel", "fil")
    assert result.code == 2
    assert "--navn mangler." in result.err
    assert not (home / "konfig").exists()


@pytest.mark.parametrize("name", ["To\nlinjer", "Med \x1b[31m farge", "\udcff"])
def test_a_name_is_one_line_of_text(name, hsf, home) -> None:
    result = hsf("start", "--navn", name, "--nøkkel", "fil")
    assert result.code == 2
    assert "--navn" in result.err
    assert "\x1b" not in result.err


@pytest.mark.parametrize("path", ["~ingen/mappe", "~"])
def test_a_folder_of_nobody_is_a_name_like_any_other(path, hsf, empty_department) -> None:
    assert hsf("data", "importer", path).code == 3
    assert hsf("rapport", "vis", "2023", "--skjema", path).code in (3, 6)


@pytest.mark.parametrize("words", [("--format", "JSON"), ("--format=Json",), ("--FORMAT", "json")])
def test_json_is_json_in_any_case(words, hsf, empty_department) -> None:
    result = hsf("venteliste", "--per", "tull", *words)
    assert json.loads(result.err)["error"]["code"] == 2


def test_a_passphrase_that_is_given_is_used(hsf, home) -> None:
    secret = home / "ord.txt"
    secret.write_bytes("\ufeffåpne deg\r\n".encode())
    assert hsf("start", "--navn", "Prøve", "--passord-fra", secret).code == 0
    assert [path.suffix for path in (home / "konfig").iterdir()] == [".passord"]
    secret.write_text("åpne deg")
    assert hsf("venteliste", "--passord-fra", secret).code == 0
    secret.write_bytes(b"\xff\xfe")
    assert hsf("venteliste", "--passord-fra", secret).code == 3


def test_a_template_can_be_had_in_a_folder(hsf, home) -> None:
    assert hsf("data", "mal", home).code == 0
    assert (home / "avdeling.xlsx").exists()
