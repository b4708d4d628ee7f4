"""`hsf data nøkkel`: shown, moved, changed, on paper, and opened from there on a new machine."""

import io
import json
import re
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from hsf_cli import copies, keys, places, rekeying
from hsf_cli.encrypted import salt_of
from hsf_cli.registers.department import Department, opened, started
from tests.commands.terminal import answer, ended, terminal
from tests.conftest import Run
from tests.documents.pdf_reading import Read
from tests.store.test_keys import Ring, ring

__all__ = ["ring", "terminal"]

Hsf = Callable[..., Run]
pytestmark = pytest.mark.usefixtures("empty_department")


def unasked() -> str:
    raise AssertionError("no passphrase should be asked for")


def key_of(path: Path) -> str:
    return keys.found(salt_of(path), unasked)


def sheet(hsf: Hsf, home: Path, name: str = "ark.txt") -> Path:
    """The recovery sheet as a file."""
    run = hsf("data", "nøkkel", "--ark", home / name, "--ja")
    assert run.code == 0, run.err
    return home / name


def lines(file: Path) -> list[str]:
    """The four lines of the key on a sheet that is a text."""
    return re.findall(r"^ +\d:  (.+)$", file.read_text(encoding="utf-8"), re.MULTILINE)


@pytest.fixture
def another_machine(home: Path, hsf: Hsf, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The department's file on a machine without its key; gives the sheet, as a text."""
    file = sheet(hsf, home)
    shutil.move(home / "konfig", home / "den gamle maskinen")
    return file


def test_it_is_shown_where_the_key_is_and_what_is_missing(
    hsf: Hsf, empty_department: Path, home: Path
) -> None:
    run = hsf("data", "nøkkel")
    assert str(keys.key_file(salt_of(empty_department))) in run.out
    assert "hsf data nøkkel --ark" in run.out
    assert key_of(empty_department) not in run.out
    shown = json.loads(hsf("data", "nøkkel", "--format", "json").out)
    assert (shown["kept"], shown["sheet_on"], shown["changing"]) == ("fil", None, False)
    sheet(hsf, home)
    assert "--ark" not in hsf("data", "nøkkel").out
    assert json.loads(hsf("data", "nøkkel", "--format", "json").out)["sheet_on"]
    assert hsf("data", "nøkkel", "--bytt", "--ja").code == 0
    assert json.loads(hsf("data", "nøkkel", "--format", "json").out)["sheet_on"] is None


def test_the_key_is_moved_and_the_old_place_is_empty(
    ring: Ring, hsf: Hsf, home: Path, empty_department: Path
) -> None:
    salt, key = salt_of(empty_department), key_of(empty_department)
    (home / "ord").write_text("hemmelige ord\n")
    behind = ("--passord-fra", home / "ord")
    assert hsf("data", "nøkkel", "--flytt", "nøkkelring").code == 0
    assert ring.kept == {("hsf", salt): key}
    assert list(places.config().iterdir()) == []
    assert hsf("data", "nøkkel", "--flytt", "passord", *behind).code == 0
    assert ring.kept == {}
    assert [path.name for path in places.config().iterdir()] == [f"{salt}.passord"]
    assert hsf("venteliste").code == 2  # the passphrase is asked for
    assert hsf("data", "nøkkel", "--flytt", "fil", *behind).code == 0
    assert list(places.config().iterdir()) == [keys.key_file(salt)]
    assert key_of(empty_department) == key


def test_a_passphrase_is_changed_for_another(hsf: Hsf, home: Path) -> None:
    for name in ("gammelt", "nytt"):
        (home / name).write_text(f"{name} hemmelig ord\n")
    assert hsf("data", "nøkkel", "--flytt", "passord", "--passord-fra", home / "gammelt").code == 0
    changed = hsf("data", "nøkkel", "--flytt", "passord", "--passord-fra", home / "gammelt",
                  "--nytt-passord-fra", home / "nytt")  # fmt: skip
    assert "Passordet er byttet" in changed.out
    assert hsf("venteliste", "--passord-fra", home / "gammelt").code == 5
    assert hsf("venteliste", "--passord-fra", home / "nytt").code == 0


def test_a_key_that_cannot_be_moved_stays(hsf: Hsf, empty_department: Path) -> None:
    key = key_of(empty_department)
    for where, code in (("nøkkelring", 4), ("fil", 4), ("skuffen", 2), ("passord", 2)):
        run = hsf("data", "nøkkel", "--flytt", where)
        assert run.code == code, run.err
        assert "Gjør slik" in run.err
    assert key_of(empty_department) == key
    assert len(list(places.config().iterdir())) == 1


def test_another_key_takes_the_copies_along(hsf: Hsf, empty_department: Path) -> None:
    old = key_of(empty_department)
    refused = hsf("data", "nøkkel", "--bytt")
    assert refused.code == 4
    assert key_of(empty_department) == old
    assert not copies.default_folder(empty_department).exists()
    run = hsf("data", "nøkkel", "--bytt", "--ja")
    assert "Avdelingen og 1 kopi åpnes nå" in run.out
    new = key_of(empty_department)
    assert new != old
    (copy,) = copies.found([copies.default_folder(empty_department)])
    assert copy.why == "før nøkkelbytte"
    assert rekeying.key_to(copy.path, unasked) == new


def test_another_key_behind_a_passphrase_that_comes_on_a_pipe(home: Path) -> None:
    path = home / "passord" / "a.db"
    started(path, Department("Prøve"), "passord", lambda: "hemmelig ord").close()
    program = [sys.executable, "-m", "hsf_cli", "data", "nøkkel", "--database", str(path)]
    done = subprocess.run(
        [*program, "--passord-fra", "-", "--bytt", "--ja"],
        input="hemmelig ord\n",
        capture_output=True,
        encoding="utf-8",
    )
    assert (done.returncode, "ny nøkkel" in done.stdout) == (0, True), done.stderr
    opened(path, lambda: "hemmelig ord").close()


@pytest.mark.parametrize("name", ["ark.txt", "ark.pdf", "ARK.PDF"])
def test_the_sheet_has_the_key_and_how_to_use_it(
    hsf: Hsf, home: Path, empty_department: Path, name: str
) -> None:
    file = sheet(hsf, home, name)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    content = file.read_bytes()
    is_pdf = content.startswith(b"%PDF")
    assert is_pdf == (file.suffix.lower() == ".pdf")
    read = Read(content) if is_pdf else None
    text = read.text if read else content.decode()
    together = " ".join(text.split())
    for said in ("Home-Start Prøve", "avdeling.db", "15.03.2024", "låst skuff", "--fra-ark"):
        assert said in together
    for line in lines(sheet(hsf, home)):
        for group in line.split():
            assert group in together
    assert key_of(empty_department) not in text
    if read:
        assert len(read.pages) == 1


def test_a_sheet_is_not_written_over_without_asking(hsf: Hsf, home: Path) -> None:
    (home / "ark.txt").write_text("noe annet")
    assert hsf("data", "nøkkel", "--ark", home / "ark.txt").code == 4
    assert (home / "ark.txt").read_text() == "noe annet"
    assert hsf("data", "nøkkel", "--ark", home / "ark.docx").code == 2


def test_a_new_department_can_have_its_sheet_at_once(hsf: Hsf, home: Path) -> None:
    path = home / "ny" / "a.db"
    at = ("--database", path)
    assert "--ark" in hsf("start", "--navn", "Ny", "--nøkkel", "fil",
                          "--database", home / "uten.db").out  # fmt: skip
    run = hsf("start", "--navn", "Ny", "--nøkkel", "fil", "--ark", home / "nytt.txt", *at)
    assert run.code == 0, run.err
    assert len(lines(home / "nytt.txt")) == 4
    assert json.loads(hsf("data", "nøkkel", "--format", "json", *at).out)["sheet_on"]


def test_a_sheet_that_could_not_be_written_makes_no_department(hsf: Hsf, home: Path) -> None:
    path = home / "ny" / "a.db"
    run = hsf("start", "--navn", "Ny", "--nøkkel", "fil", "--ark", "ark.jpg", "--database", path)
    assert run.code == 2
    assert not path.exists()


def test_a_new_machine_opens_with_the_sheet(
    hsf: Hsf, another_machine: Path, empty_department: Path
) -> None:
    missing = hsf("venteliste")
    assert missing.code == 5
    assert "--fra-ark" in missing.err
    run = hsf("data", "nøkkel", "--fra-ark", another_machine)
    assert "Home-Start Prøve er åpnet med arket" in run.out
    assert hsf("venteliste").code == 0
    assert keys.keeping_of(salt_of(empty_department)) == "fil"


def test_on_a_new_machine_a_copy_is_brought_back_in_two_steps(
    hsf: Hsf, another_machine: Path, empty_department: Path
) -> None:
    copy = empty_department.rename(another_machine.parent / "min kopi.db")
    refused = hsf("data", "gjenopprett", copy, "--ja")
    assert refused.code == 5
    assert f'hsf data nøkkel --fra-ark --database "{copy}"' in " ".join(refused.err.split())
    assert hsf("data", "nøkkel", "--fra-ark", another_machine, "--database", copy).code == 0
    assert hsf("data", "gjenopprett", copy, "--ja").code == 0
    assert hsf("venteliste").code == 0


def test_a_new_machine_keeps_the_key_where_it_is_told(
    ring: Ring, hsf: Hsf, another_machine: Path, home: Path, empty_department: Path
) -> None:
    salt = salt_of(empty_department)
    assert hsf("data", "nøkkel", "--fra-ark", another_machine, "--nøkkel", "nøkkelring").code == 0
    assert keys.keeping_of(salt) == "nøkkelring"
    ring.kept.clear()
    (home / "ord").write_text("hemmelig ord")
    behind = ("--passord-fra", home / "ord")
    assert hsf("data", "nøkkel", "--fra-ark", another_machine, *behind).code == 0
    assert keys.keeping_of(salt) == "passord"
    assert hsf("venteliste", *behind).code == 0


def test_the_sheet_can_come_on_a_pipe(
    hsf: Hsf, another_machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "\n".join(lines(another_machine)).lower()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    assert hsf("data", "nøkkel", "--fra-ark", "-").code == 0


def test_a_mistyped_line_is_named(hsf: Hsf, another_machine: Path) -> None:
    first, second, *rest = lines(another_machine)
    wrong = second[:-1] + ("A" if second[-1] != "A" else "B")
    another_machine.write_text("\n".join([first, wrong, *rest]))
    run = hsf("data", "nøkkel", "--fra-ark", another_machine)
    assert run.code == 6
    assert "Linje 2 stemmer ikke" in run.err
    assert not any(group in run.err for line in (first, wrong) for group in line.split())


def test_each_thing_that_can_be_wrong_has_its_own_text(
    hsf: Hsf, another_machine: Path, home: Path, empty_department: Path
) -> None:
    other = home / "annen.db"
    started(other, Department("Annen"), "fil", unasked).close()
    (home / "tekst.txt").write_text("ikke et ark")
    (home / "ark.pdf").write_bytes(b"%PDF-1.7")
    (home / "tall.db").write_bytes(b"1" * 5000)
    (home / "sqlite.db").write_bytes(b"SQLite format 3\x00" + bytes(4080))
    nowhere, file = home / "borte.db", another_machine
    told = {}
    for words, code in (
        (("--fra-ark", file, "--database", other), 5),
        (("--fra-ark", file, "--database", nowhere), 5),
        (("--fra-ark", file, "--database", home / "sqlite.db"), 5),
        (("--fra-ark", home / "borte.txt"), 3),
        (("--fra-ark", home / "tekst.txt"), 6),
        (("--fra-ark", home / "ark.pdf"), 6),
        (("--fra-ark",), 2),
        (("--fra-ark", "--bytt"), 2),
        ((file,), 2),
        (("--nøkkel", "fil"), 2),
    ):
        run = hsf("data", "nøkkel", *words)
        assert run.code == code, (words, run.err)
        assert "Gjør slik: " in run.err
        told[run.err.splitlines()[0]] = words
    assert len(told) == 10


def test_an_old_sheet_does_not_open_after_another_key(hsf: Hsf, home: Path) -> None:
    old = sheet(hsf, home, "gammelt.txt")
    assert hsf("data", "nøkkel", "--bytt", "--ja").code == 0
    shutil.move(home / "konfig", home / "den gamle maskinen")
    run = hsf("data", "nøkkel", "--fra-ark", old)
    assert run.code == 5
    assert "fra før nøkkelen ble byttet" in run.err


def test_a_key_that_is_here_is_not_replaced_unasked(
    hsf: Hsf, home: Path, empty_department: Path
) -> None:
    file = sheet(hsf, home)
    assert hsf("data", "nøkkel", "--fra-ark", file).code == 4
    salt, key = salt_of(empty_department), key_of(empty_department)
    keys.put("fil", salt, "ab" * 32, unasked)  # as where it was changed on another machine
    assert hsf("venteliste").code == 5
    assert hsf("data", "nøkkel", "--fra-ark", file).code == 4
    assert key_of(empty_department) == "ab" * 32
    assert hsf("data", "nøkkel", "--fra-ark", file, "--ja").code == 0
    assert key_of(empty_department) == key


def test_a_damaged_key_file_is_replaced(hsf: Hsf, home: Path, empty_department: Path) -> None:
    file = sheet(hsf, home)
    keys.key_file(salt_of(empty_department)).write_text("halv")
    broken = hsf("venteliste")
    assert (broken.code, "--fra-ark" in broken.err) == (5, True)
    assert hsf("data", "nøkkel", "--fra-ark", file).code == 0
    assert hsf("venteliste").code == 0


def test_what_was_broken_off_says_so_and_is_finished(
    hsf: Hsf, home: Path, empty_department: Path
) -> None:
    keys.keep_coming(salt_of(empty_department), keys.new_key(), unasked)
    assert "avbrutt" in hsf("data", "nøkkel").out
    for words in (("--ark", home / "ark.txt"), ("--flytt", "nøkkelring")):
        run = hsf("data", "nøkkel", *words)
        assert (run.code, "--bytt" in run.err) == (4, True)
    assert "gjort ferdig" in hsf("data", "nøkkel", "--bytt").out
    assert hsf("data", "nøkkel", "--ark", home / "ark.txt").code == 0


def test_the_sheet_is_typed_line_by_line(terminal, another_machine, home) -> None:
    typed = lines(another_machine)
    child = terminal("data", "nøkkel", "--fra-ark")
    answer(child, "Linje 1 av 4:", typed[1])
    child.expect("Er det linje 2 du har skrevet")
    answer(child, "Linje 1 av 4:", "\x15" + typed[0].lower())
    child.expect("Linje 1 stemmer")
    answer(child, "Linje 2 av 4:", typed[1].replace(" ", ""))
    answer(child, "Linje 3 av 4:", typed[2][:-1])
    child.expect("Her er det 14")
    answer(child, "Linje 3 av 4:", typed[2][-1])  # what was typed stands there again
    answer(child, "Linje 4 av 4:", typed[3])
    answer(child, "Hvor skal nøkkelen ligge?")
    child.expect("er åpnet med arket")
    assert ended(child) == 0
    with opened(home / "avdeling" / "avdeling.db", unasked) as store:
        assert store.value("SELECT name FROM department") == "Home-Start Prøve"


def test_ctrl_c_while_the_sheet_is_typed_keeps_nothing(terminal, another_machine, home) -> None:
    child = terminal("data", "nøkkel", "--fra-ark")
    answer(child, "Linje 1 av 4:", lines(another_machine)[0])
    child.expect_exact("Linje 2 av 4:")
    child.sendintr()
    assert ended(child) == 130
    assert not (home / "konfig").exists() or not list((home / "konfig").iterdir())


def test_a_forgotten_passphrase_is_replaced_at_a_terminal(terminal, hsf, home) -> None:
    file = sheet(hsf, home)
    (home / "ord").write_text("glemt ord nå")
    assert hsf("data", "nøkkel", "--flytt", "passord", "--passord-fra", home / "ord").code == 0
    child = terminal("data", "nøkkel", "--fra-ark", str(file), "--nøkkel", "passord")
    answer(child, "Det ligger en nøkkel bak et passord her", "j")
    answer(child, "Velg et passord", "husket ord nå")
    answer(child, "Gjenta passordet", "husket ord nå")
    assert ended(child) == 0
    (home / "ord").write_text("husket ord nå")
    assert hsf("venteliste", "--passord-fra", home / "ord").code == 0


def test_keys_and_passphrases_are_nowhere_but_where_they_are_kept(
    hsf: Hsf, home: Path, empty_department: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In nothing that is written to the screen, the log of failures, or any other file."""
    secrets = {key_of(empty_department), "hemmelig ord"}
    (home / "ord").write_text("hemmelig ord")
    shown = []

    def run(*words: object) -> None:
        result = hsf("data", "nøkkel", *words)
        shown.append(result.out + result.err)

    run()
    run("--bytt", "--ja")
    secrets.add(key_of(empty_department))
    file = sheet(hsf, home)
    secrets |= {line.partition(" ")[0] for line in lines(file)}
    run("--fra-ark", file)
    run("--flytt", "passord", "--passord-fra", home / "ord")
    run("--format", "json", "--passord-fra", home / "ord")
    _broken(monkeypatch)
    run("--bytt", "--ja", "--passord-fra", home / "ord")
    assert places.failure_log().exists()
    for path in (file, home / "ord"):
        path.unlink()
    everywhere = [*map(str.encode, shown)]
    everywhere += [path.read_bytes() for path in home.rglob("*") if path.is_file()]
    for secret in secrets:
        for spelled in (secret, secret.upper()):
            assert not any(spelled.encode() in content for content in everywhere), secret
        if keys.is_key(secret):
            assert not any(bytes.fromhex(secret) in content for content in everywhere)


def _broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bug in the middle of a re-keying, whose message has the key in it."""

    def broken(store: object, key: str) -> None:
        raise ValueError(f"the key is {key}")

    monkeypatch.setattr("hsf_cli.store.Store.rekey", broken)


def test_no_option_and_no_variable_takes_a_key(hsf: Hsf) -> None:
    """A passphrase and a sheet come from a file, from standard input, or are typed."""
    text = hsf("data", "nøkkel", "--hjelp").out + hsf("start", "--hjelp").out
    for option in re.findall(r"--[\w-]*(?:passord|ark)[\w-]*.*", text):
        assert "FIL" in option or "ark" in option
    sources = [path.read_text() for path in Path(places.__file__).parent.rglob("*.py")]
    assert {name for text in sources for name in re.findall(r'"(HSF_\w+)"', text)} <= {
        "HSF_DATABASE", "HSF_KONFIG",
    }  # fmt: skip
