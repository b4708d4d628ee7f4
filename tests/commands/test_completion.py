"""Tab: what each shell is answered, and that what it then puts in works."""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated

import pexpect
import pytest
import typer

import hsf_cli
from hsf_cli import migrations
from hsf_cli.commands import completion
from hsf_cli.commands.completion import names
from hsf_cli.ui.commandline import CONTEXT_SETTINGS, Command, Settings, commands
from hsf_cli.ui.completion import answer, split
from hsf_cli.ui.offered import codes, words, yes_no
from tests.builders import family, inquiry, taken_in, volunteer
from tests.commands.test_terminal import _without_colours
from tests.store.history import history_is
from tests.test_start_up import SLOW

SHELLS = ("bash", "zsh", "fish", "powershell")
NASTY = ("O'Brien", 'Ann "Bo" Li', "Åse Ødegård", "A & B (C)", "$HOME `x`", "a,b; c*", "~x", r"\ny")


def _asked(shell: str, line: str) -> dict[str, str]:
    """The environment in which that shell's script calls the program."""
    typed = split(line)[0]
    return {
        "_HSF_COMPLETE": f"complete_{shell}",
        "COMP_WORDS": line,
        "COMP_CWORD": str(len(typed) - 1),
        "COMP_TYPE": "9",
        "_TYPER_COMPLETE_ARGS": line,
        "_TYPER_COMPLETE_WORD_TO_COMPLETE": line.rpartition(" ")[2],
    }


@pytest.fixture
def tab(hsf, monkeypatch) -> Callable[..., list[str]]:
    """The lines that a shell is answered when Tab is pressed after the line."""

    def press(line: str, shell: str = "fish", **more: str) -> list[str]:
        for name, text in {**_asked(shell, line), **more}.items():
            monkeypatch.setenv(name, text)
        answered = hsf()
        monkeypatch.delenv("_HSF_COMPLETE")
        assert (answered.code, answered.err) == (0, "")
        return answered.out.splitlines()

    return press


@pytest.fixture
def families(store) -> None:
    taken_in(
        store,
        family("a", navn="Hansen", kontaktperson="Kari"),
        family("b", navn="Berg", kontaktperson="Hanne"),
        family("c", navn="Berg", kontaktperson="Per"),
        family("d", navn="Strøm", kontaktperson="Lise"),
        family("e", navn="Strøm", kontaktperson="Lise"),
    )


# --- What each shell is answered ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shell", "expected"),
    {
        "bash": "venteliste",
        "zsh": "venteliste\tventeliste  -- Hvem venter, og siden når.",
        "fish": "venteliste\tHvem venter, og siden når.",
        "powershell": "venteliste:::Hvem venter, og siden når.",
        "pwsh": "venteliste:::Hvem venter, og siden når.",
    }.items(),
)
def test_a_command_is_completed(shell, expected, tab) -> None:
    assert tab("hsf vente", shell) == [expected]


@pytest.mark.parametrize("shell", SHELLS)
def test_every_command_is_offered_with_what_it_does(shell, tab) -> None:
    lines = tab("hsf ", shell)
    assert any("rapport" in line and "tallene, tekstene og dokumentene." in line for line in lines)
    assert any("fullføring" in line for line in lines)


@pytest.mark.parametrize(
    ("line", "expected"),
    {
        "hsf data imp": ["importer"],
        "hsf fullfor": ["fullføring"],
        "hsf FULLFOER": ["fullføring"],
        "hsf fullforing z": ["zsh"],
        "hsf data importer --opp": ["--oppdater"],
        "hsf data importer --ogsa": ["--også-slettede"],
        "hsf data importer --oppdater --opp": [],
        "hsf data importer --data": ["--database"],
        "hsf --vers": ["--versjon"],
        "hsf data importer --hj": ["--hjelp"],
        "hsf data importer --he": ["--help"],
        "hsf data importer ": [":filer"],
        "hsf data importer --database ": [":filer"],
        "hsf rapport vis --skjema=eg": [":filer"],
        "hsf --passord-fra ": [":filer"],
        "hsf venteliste --per ": [],
        "hsf finnes ikke ": [],
        "hsf finnes": [],
        "hsf data importer -- --opp": [":filer"],
        "hsf venteliste 'uferdig": [],
    }.items(),
)
def test_the_next_word(line, expected, tab) -> None:
    assert [text.partition("\t")[0] for text in tab(line)] == expected


@pytest.mark.parametrize("request_", ["", "complete_", "complete_cmd", "source_bash", "tull"])
def test_an_unknown_request_is_answered_with_nothing(request_, monkeypatch, hsf) -> None:
    if request_:
        monkeypatch.setenv("_HSF_COMPLETE", request_)
        assert hsf("venteliste") == type(hsf("venteliste"))(0, "", "")


def test_a_request_without_its_line_is_answered_with_nothing(hsf, monkeypatch) -> None:
    for shell in SHELLS:
        monkeypatch.setenv("_HSF_COMPLETE", f"complete_{shell}")
        shown = hsf()
        assert (shown.code, shown.err) == (0, "")


@pytest.mark.parametrize("place", ["", "x", "-5", "1.5", "٣", "99999999999", "9" * 5_000])
def test_a_place_that_is_none_is_the_last_word(place, home, tab) -> None:
    assert tab("hsf familie vi", "bash", COMP_CWORD=place) in (["vis"], [])
    assert not (home / "konfig" / "feil.log").exists()


# --- Values of options ----------------------------------------------------------------------------


@pytest.fixture
def toy(monkeypatch, capsys) -> Callable[[str, str], list[str]]:
    app = commands()
    app.info.context_settings = CONTEXT_SETTINGS

    @app.callback()
    def root() -> None: ...

    @app.command("ny", cls=Command)
    def new(
        source: Annotated[
            str, typer.Option("--kilde", autocompletion=codes("inquiry_source"))
        ] = "",
        support: Annotated[
            str, typer.Option("--støtte", autocompletion=codes("support", several=True))
        ] = "",
        sure: Annotated[str, typer.Option("--sikker", autocompletion=yes_no())] = "",
        format: Annotated[
            str, typer.Option("--format", autocompletion=words("tabell", "csv", "json"))
        ] = "",
    ) -> None: ...

    def press(line: str, shell: str = "fish") -> list[str]:
        for name, text in _asked(shell, line).items():
            monkeypatch.setenv(name, text)
        assert answer(typer.main.get_command(app), f"complete_{shell}", Settings()) == 0
        return [text.partition("\t")[0] for text in capsys.readouterr().out.splitlines()]

    return press


@pytest.mark.parametrize(
    ("typed", "expected"),
    {
        "--kilde hel": ["helsestasjon"],
        "--kilde HEL": ["helsestasjon"],
        "--kilde=hel": ["--kilde=helsestasjon"],
        "--stotte for": ["foreldrestøtte"],
        "--støtte nettverk,for": ["nettverk,foreldrestøtte"],
        "--støtte nettverk,nett": [],
        "--støtte nettverk,avlastning,norsk": ["nettverk,avlastning,norsk_språk"],
        "--sikker ": ["ja", "nei"],
        "--sikker J": ["ja"],
        "--format ": ["tabell", "csv", "json"],
        "--format j": ["json"],
        "--kilde finnesikke": [],
    }.items(),
)
def test_the_values_of_options(typed, expected, toy) -> None:
    assert toy(f"hsf ny {typed}") == expected


def test_bash_splits_an_option_from_its_value_at_the_sign_between(toy) -> None:
    assert toy("hsf\nny\n--kilde\n=\nhel", "bash") == ["helsestasjon"]
    assert "familien" in toy("hsf\nny\n--kilde\n=", "bash")[0]


def test_every_code_is_shown_with_its_label(toy, monkeypatch, capsys) -> None:
    found = codes("support")("")
    assert ("foreldrestøtte", "Foreldrestøtte") in found


# --- Records --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "expected"),
    {
        "": ["F1\tHansen (Kari)", "F2\tBerg (Hanne)", "F3\tBerg (Per)",
             "F4\tStrøm (Lise)", "F5\tStrøm (Lise)"],
        "f2": ["F2\tBerg (Hanne)"],
        "2": ["2\tBerg (Hanne)"],
        "9": [],
        "han": ["Hansen\tF1 (Kari)"],
        "kari": ["Hansen Kari\tF1"],
        "hann": ["Berg Hanne\tF2"],
        "berg": ["Berg Hanne\tF2", "Berg Per\tF3"],
        "strom": ["F4\tStrøm (Lise)", "F5\tStrøm (Lise)"],
        "'berg p": ["Berg Per\tF3"],
        "nsen": ["Hansen\tF1 (Kari)"],
        "finnes ikke": [],
    }.items(),
)  # fmt: skip
def test_a_record_is_completed_by_number_and_by_pieces_of_its_name(
    typed, expected, families, tab
) -> None:
    assert tab(f"hsf familie vis {typed}") == expected


@pytest.mark.parametrize("typed", ["", "f", "h", "han", "kari", "berg", "b", "strom", "s", "1"])
def test_whatever_is_offered_finds_the_record(typed, families, tab, hsf) -> None:
    for line in tab(f"hsf familie vis {typed}"):
        value, _, help = line.partition("\t")
        shown = hsf("familie", "vis", value, "--format", "json")
        assert shown.code == 0, value
        assert re.search(r"F\d", f"{value} {help}")[0] in shown.out if value[0] == "F" else True


@pytest.mark.parametrize("name", NASTY)
def test_bash_reads_a_quoted_name_as_the_name(name, store, tab) -> None:
    taken_in(store, family("a", navn=name))
    beginning = f"hsf familie vis {_begun(name)}"
    (alone,) = tab(beginning, "bash")
    (within,) = tab('hsf familie vis "' + _begun(name, '"'), "bash")
    for typed in (alone, f'"{within}"'):
        read = subprocess.run(["bash", "-c", f"printf %s {typed}"], capture_output=True, text=True)
        assert read.stdout == name


def _begun(name: str, quote: str = "") -> str:
    """As much of a name as somebody types, as a shell takes it."""
    special = '"$`\\' if quote else "'\"$`\\~ "
    return "".join(f"\\{letter}" if letter in special else letter for letter in name[:2])


@pytest.mark.parametrize("name", NASTY)
def test_a_nasty_name_that_is_offered_finds_its_record(name, store, tab, hsf) -> None:
    taken_in(store, family("a", navn=name), family("b", navn="Berg"))
    (line,) = tab(f"hsf familie vis {_begun(name)}")
    assert hsf("familie", "vis", line.partition("\t")[0]).code == 0


@pytest.mark.parametrize("name", ["-Hansen", "F7", "12"])
def test_a_name_that_would_be_read_as_something_else_is_offered_by_number(
    name, store, empty_department
) -> None:
    taken_in(store, family("a", navn=name))
    assert completion._by_name(completion._everyone(empty_department, "family"), name)
    assert [value for value, _ in completion._by_name(
        completion._everyone(empty_department, "family"), name
    )] == ["F1"]  # fmt: skip


def test_powershell_is_given_names_in_its_own_quotation_marks(store, tab) -> None:
    taken_in(store, family("a", navn="Kari O'Brien"))
    assert tab("hsf familie vis kari", "powershell") == ["'Kari O''Brien':::F1"]
    typed = {
        "_TYPER_COMPLETE_ARGS": "hsf familie vis 'kari o",
        "_TYPER_COMPLETE_WORD_TO_COMPLETE": "'kari o",
    }
    assert tab("", "powershell", **typed) == ["'Kari O''Brien':::F1"]


def test_what_is_typed_stays_where_several_records_do_not_begin_with_it(families, tab) -> None:
    """bash puts in what the words have in common: here that must be nothing."""
    lines = tab("hsf familie vis strom", "bash")
    assert [line.split()[:1] for line in lines] == [["F4"], ["F5"], []]
    assert len({line[0] for line in lines}) > 1
    assert tab("hsf familie vis strom", "zsh")[0] == ":liste"
    assert tab("hsf familie vis strom", "bash", COMP_TYPE="37") == ["F4", "F5"]


def test_records_of_other_kinds(store, tab) -> None:
    taken_in(store, family("a", navn="Hansen"), inquiry("x", "a"), volunteer("v", navn="Ola Dahl"))
    assert tab("hsf henvendelse vis han") == ["Hansen\tH1 (mottatt 01.01.2023)"]
    context = typer.Context(Command("vis"), obj=Settings())
    assert names(context, "volunteer", "ola") == [("Ola Dahl", "V1")]


def test_the_database_that_is_named_on_the_line_is_read(families, home, tab, monkeypatch) -> None:
    named = os.environ["HSF_DATABASE"]
    monkeypatch.setenv("HSF_DATABASE", str(home / "annen.db"))
    assert tab("hsf familie vis han") == []
    assert tab(f"hsf --database {named} familie vis han") == ["Hansen\tF1 (Kari)"]
    assert tab(f"hsf familie vis --database {named} han") == ["Hansen\tF1 (Kari)"]


def test_a_missing_or_broken_department_gives_no_names(home, tab) -> None:
    assert tab("hsf familie vis ") == []
    path = Path(os.environ["HSF_DATABASE"])
    path.parent.mkdir()
    path.write_bytes(b"x" * 5000)
    assert tab("hsf familie vis ") == []
    path.write_bytes(b"")
    assert tab("hsf familie vis ") == []


def test_a_department_behind_a_passphrase_gives_no_names_and_asks_nothing(home, tab, hsf) -> None:
    secret = home / "passord.txt"
    secret.write_text("hemmelig ord")
    assert hsf("start", "--navn", "P", "--nøkkel", "passord", "--passord-fra", secret).code == 0
    assert tab("hsf familie vis ") == []


def test_a_department_of_an_older_version_is_left_as_it_is(
    families, empty_department, tab, monkeypatch
) -> None:
    scripts = [*migrations.scripts(), "CREATE TABLE later (id INTEGER) STRICT;"]
    history_is(monkeypatch, scripts)
    before = {path: path.read_bytes() for path in empty_department.parent.iterdir()}
    assert tab("hsf familie vis ") == []
    assert {path: path.read_bytes() for path in empty_department.parent.iterdir()} == before


def test_a_department_that_does_not_answer_is_not_waited_for(families, tab, monkeypatch) -> None:
    monkeypatch.setattr(completion, "_PATIENCE_SECONDS", 0.01)
    monkeypatch.setattr(completion, "_read_into", lambda *_: time.sleep(0.5))
    assert tab("hsf familie vis ") == []


def test_a_bug_is_no_concern_of_the_shell_but_is_kept(home, tab, monkeypatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("Hansen")

    monkeypatch.setattr(completion, "_everyone", broken)
    assert tab("hsf familie vis ") == []
    kept = (home / "konfig" / "feil.log").read_text()
    assert "ZeroDivisionError" in kept
    assert "Hansen" not in kept


def _modules_of(line: str) -> set[str]:
    report = (
        "import sys; from hsf_cli.app import main; main([]);"
        "print(*(name for name in sys.modules if '.' not in name), file=sys.stderr)"
    )
    result = subprocess.run(
        [sys.executable, "-c", report],
        env={**os.environ, **_asked("fish", line)},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert result.stdout
    return set(result.stderr.split())


def test_tab_imports_nothing_slow(families) -> None:
    assert not _modules_of("hsf vente") & (SLOW | {"rich", "dateutil", "sqlcipher3"})
    assert not _modules_of("hsf data importer --opp") & (SLOW | {"rich"})
    assert not _modules_of("hsf familie vis han") & (SLOW | {"rich"})


# --- The command ----------------------------------------------------------------------------------


@pytest.fixture
def own_home(home, monkeypatch) -> Path:
    folder = home / "hjem med mellomrom"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    for name in ("ZDOTDIR", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    return folder


def _files(folder: Path) -> Mapping[str, str]:
    return {
        str(path.relative_to(folder)): path.read_text()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_is_shown_for_every_shell(shell, hsf, own_home) -> None:
    shown = hsf("fullføring", shell)
    assert (shown.code, shown.err) == (0, "")
    assert f"complete_{shell}" in shown.out
    assert shown.out.isascii()
    assert not _files(own_home)


@pytest.mark.parametrize(
    ("shell", "expected"),
    {
        "bash": {".bash_completions/hsf.sh", ".bashrc"},
        "zsh": {".zfunc/_hsf", ".zshrc"},
        "fish": {".config/fish/completions/hsf.fish"},
    }.items(),
)
def test_installing_twice_adds_it_once(shell, expected, hsf, own_home, monkeypatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    profiles = [own_home / name for name in expected if name.endswith("rc")]
    for profile in profiles:
        profile.write_bytes("alias æ=å".encode("latin-1"))
    first = hsf("fullføring", shell, "--installer")
    assert first.code == 0
    assert "nytt vindu" in first.out
    for name in expected:
        assert str(own_home / name) in first.out
        (own_home / name).stat()
    for profile in profiles:
        assert profile.read_bytes().startswith("alias æ=å\n".encode("latin-1"))
    after = {path: path.read_bytes() for path in own_home.rglob("*") if path.is_file()}
    again = hsf("fullføring", shell, "--installer")
    assert (again.code, "fra før" in again.out) == (0, True)
    assert after == {path: path.read_bytes() for path in own_home.rglob("*") if path.is_file()}


@pytest.mark.parametrize("present", [b"", "\ufeff$x = 1\r\n".encode("utf-16-le")])
def test_powershell_reads_the_script_from_its_profile(present, hsf, own_home, monkeypatch) -> None:
    bin, profile = own_home / "bin", own_home / "PowerShell æ" / "profile.ps1"
    bin.mkdir()
    (bin / "pwsh").write_text(f"#!/bin/sh\necho '{profile}'\n")
    (bin / "pwsh").chmod(0o755)
    monkeypatch.setenv("PATH", str(bin), prepend=os.pathsep)
    profile.parent.mkdir()
    profile.write_bytes(present)
    for _ in range(2):
        shown = hsf("fullføring", "pwsh", "--installer")
        assert shown.code == 0
    text = profile.read_bytes().decode("utf-16-le" if present else "utf-8")
    assert text.count('. "$PSScriptRoot/hsf-completion.ps1"') == 1
    assert "Register-ArgumentCompleter" in (profile.parent / "hsf-completion.ps1").read_text()


def test_without_powershell_the_error_says_what_to_do(hsf, own_home, monkeypatch) -> None:
    monkeypatch.setenv("PATH", str(own_home))
    shown = hsf("fullføring", "powershell", "--installer")
    assert (shown.code, "hsf fullføring powershell" in shown.err) == (3, True)


def test_the_shell_is_found_from_the_environment(hsf, monkeypatch) -> None:
    monkeypatch.setattr(completion, "_calling_shell", lambda: "")
    monkeypatch.setenv("SHELL", "/usr/bin/zsh")
    assert hsf("fullføring").out == hsf("fullføring", "zsh").out
    monkeypatch.setattr(completion, "_calling_shell", lambda: "pwsh")
    assert hsf("fullføring").out == hsf("fullføring", "powershell").out
    monkeypatch.setattr(completion, "_calling_shell", lambda: "cmd")
    monkeypatch.delenv("SHELL")
    shown = hsf("fullføring")
    assert (shown.code, "hsf fullføring bash" in shown.err) == (2, True)


def test_an_unknown_shell_is_refused(hsf) -> None:
    shown = hsf("fullføring", "cmd")
    assert (shown.code, "bash, zsh, fish, powershell" in shown.err) == (2, True)


# --- In the shells themselves ---------------------------------------------------------------------

_STARTED = {
    "bash": (["bash", "--norc", "--noprofile"], "source <(hsf fullføring bash)"),
    "zsh": (["zsh", "-f"], "source <(hsf fullføring zsh)"),
    "fish": (["fish", "--no-config"], "hsf fullføring fish | source"),
}


@pytest.mark.parametrize("shell", [name for name in _STARTED if shutil.which(name)])
def test_tab_in_the_shell_itself(shell, families, own_home) -> None:
    program = own_home / "bin" / "hsf"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m hsf_cli "$@"\n')
    program.chmod(0o755)
    (command, *arguments), read_script = _STARTED[shell]
    child = pexpect.spawn(
        command,
        arguments,
        env={
            **os.environ,
            "PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(Path(hsf_cli.__file__).parents[1]),
            "TERM": "xterm" if shell == "fish" else "dumb",
            "LC_ALL": "C.UTF-8",
        },
        encoding="utf-8",
        timeout=30,
        dimensions=(40, 120),
    )
    try:
        child.sendline(f"{read_script}; echo k''lar")
        child.expect("klar\r")
        child.send("hsf vente\t")
        child.expect("venteliste")
        child.sendline("--format json")
        child.expect(r"\[\]")
        child.send("hsf familie vis 'berg p\t")
        child.expect(r"Berg(\\)? Per")
        child.sendline("--format json")
        child.expect('"F3"')
        assert "Traceback" not in _without_colours(child.before)
    finally:
        child.close(force=True)
