"""What is written is its owner's alone, says that it has names, and is in the log."""

import json
import os
import stat
from pathlib import Path

import pytest

from hsf_cli import dates, places
from hsf_cli.app import main
from tests.hands_off.conftest import NAMED, readable
from tests.hands_off.exports import UNLISTED, WITH_NAMES, WITHOUT_NAMES, lines

ALL = lines(WITH_NAMES) + lines(WITHOUT_NAMES)
_PEOPLE = [f"{name} {NAMED}" for name in ("Berg", "Kari", "Ada", "Liv", "Gro", "Anne", "Siri")]
posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")


@pytest.fixture
def loose() -> None:
    """Whoever starts the program lets everybody read and write what is made."""
    os.umask(0)


def _open_to_others(*folders: Path) -> list[Path]:
    everything = [path for folder in folders for path in (folder, *folder.rglob("*"))]
    return [path for path in everything if stat.S_IMODE(path.stat().st_mode) & 0o077]


@pytest.mark.parametrize("format", [".xlsx", ".pdf", ".json .md .csv .html .docx .db .txt", ""])
def test_every_file_is_its_owners_alone_says_it_has_names_and_is_listed(
    named, loose, hsf, home, format
) -> None:
    """Each command that writes files, also over a file that everybody can read."""
    target = home / "ut"
    target.mkdir(mode=0o700)
    for words, file in ALL:
        if Path(file).suffix not in format.split() if format else Path(file).suffix:
            continue
        if format:
            (target / file).write_text("")
            (target / file).chmod(0o666)
        before, run = _log(hsf), hsf(*words, target / file, "--ja")
        assert run.code == 0, (words, run.err)
        told = run.err.count("har navn i seg og er ikke kryptert")
        assert (told, "har navn i seg" in run.out) == (words in WITH_NAMES, False), words
        listed = _log(hsf)[: -len(before) or None]
        assert [one["what"] for one in listed] == _listed(words), words
        if words in WITHOUT_NAMES:
            assert not [name for name in _PEOPLE if name in readable(target / file)], words
    if os.name != "nt":
        assert _open_to_others(home) == []


def _listed(words: tuple[str, ...]) -> list[str]:
    if words in UNLISTED:
        return []
    if words in WITH_NAMES:
        return ["Skrevet til fil, med navn"]
    return [{"kopi": "Kryptert kopi", "nøkkel": "Gjenopprettingsark skrevet"}.get(
        words[1], "Skrevet til fil, uten navn"
    )]  # fmt: skip


@posix
def test_what_the_program_keeps_is_its_owners_alone(home, loose, hsf, monkeypatch) -> None:
    secret = home / "ord"
    secret.write_text("fire vanlige små ord\n")
    monkeypatch.setenv("HOME", str(home))
    made = [home / "avdeling", home / "konfig", home / "data"]
    assert hsf("start", "--navn", "Home-Start Prøve", "--nøkkel", "fil").code == 0
    assert _open_to_others(*made[:2]) == []
    for words in (
        ["data", "kopi"],
        ["data", "nøkkel", "--bytt", "--ja"],
        ["data", "nøkkel", "--flytt", "passord", "--nytt-passord-fra", secret],
        ["avdeling", "endre", "--navn", "Home-Start Ny", "--passord-fra", secret],
        ["demo", "--dag", "2024-03-01"],
    ):
        run = hsf(*words)
        assert run.code == 0, (words, run.err)
    monkeypatch.setattr(dates, "today", None)  # what is no error of anybody's is logged
    assert hsf("venteliste", "--passord-fra", secret).code == 1
    assert places.failure_log().exists()
    assert _open_to_others(*made) == []


def test_no_file_is_out_that_the_log_does_not_know_of(named, hsf, home, monkeypatch) -> None:
    """It is listed first: where that cannot be, nothing is written."""

    def locked(*_: object, **__: object) -> None:
        raise OSError

    monkeypatch.setattr("hsf_cli.registers.events.note", locked)
    for words, file in lines(WITH_NAMES):
        assert main([*words, str(home / "ut" / file)]) != 0
        assert [path for path in (home / "ut").rglob("*") if path.is_file()] == []


def _log(hsf) -> list[dict[str, object]]:
    return json.loads(hsf("data", "logg", "--antall", 99, "--format", "json").out)
