"""The program never looks for anything outside the machine, nor loads what could.

Python tells of every socket that is made and every name that is looked up. (A key ring is asked
through a socket of the machine's own where there is one; here there is none.)
"""

import json
import subprocess
import sys

import pytest

_DAILY = [
    [], ["venteliste"], ["familie", "liste"], ["familie", "vis", "F1"], ["oppdrag", "liste"],
    ["kontakt", "vis", "V1"], ["timer", "liste"], ["rapport", "vis", "2023"], ["data", "logg"],
    ["henvendelse", "liste", "--format", "json"], ["avdeling", "vis"], ["data", "sjekk"],
    ["avdeling", "endre", "--drifter", "Kommunen"], ["data", "angre", "--ja"], ["data", "kopi"],
]  # fmt: skip
# What speaks with other machines, or is there for that.
_NETWORK = {
    "socket", "ssl", "_ssl", "http.client", "http.server", "urllib.request", "ftplib", "smtplib",
    "imaplib", "poplib", "telnetlib", "xmlrpc.client", "socketserver", "asyncio", "requests",
    "urllib3", "httpx", "aiohttp", "webbrowser",
}  # fmt: skip
# Runs the command lines in one process, and tells what they reached for, and what they loaded.
_SCRIPT = """
import json, os, sys
reached = []
def hook(event, arguments):
    if event.split(".")[0] in ("socket", "urllib", "http", "ftplib", "smtplib"):
        reached.append(f"{event} {arguments}")
        raise OSError("no network here")
sys.addaudithook(hook)
from hsf_cli.app import main
out, sys.stdout = sys.stdout, open(os.devnull, "w")
codes = [main(line) for line in json.loads(sys.argv[1])]
json.dump({"codes": codes, "reached": reached, "loaded": sorted(sys.modules)}, out)
"""


@pytest.fixture(autouse=True)
def unmeasured(monkeypatch: pytest.MonkeyPatch) -> None:
    """`make coverage` looks on in every process, and would itself be what is imported."""
    monkeypatch.delenv("COVERAGE_PROCESS_CONFIG", raising=False)


def _done(commands: list[list[str]]) -> dict[str, list[object]]:
    run = subprocess.run(
        [sys.executable, "-c", _SCRIPT, json.dumps(commands)],
        capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    done: dict[str, list[object]] = json.loads(run.stdout)
    assert done["codes"] == [0] * len(commands), run.stderr
    return done


def test_daily_work_reaches_for_nothing_and_loads_nothing_that_could(named) -> None:
    done = _done(_DAILY)
    assert done["reached"] == []
    assert not _NETWORK & {*done["loaded"]}


def test_what_is_written_and_taken_in_is_made_on_the_machine(named, home) -> None:
    done = _done([
        ["data", "eksporter", str(home / "alt.xlsx")],
        ["data", "nøkkel", "--ark", str(home / "ark.pdf")],
        ["personvern", "innsyn", "F1", "--til", str(home / "F1.pdf")],
        *(["rapport", "skriv", "2023", "--til", str(home / f"r.{ending}")]
          for ending in ("docx", "html", "json")),
        ["data", "importer", str(home / "alt.xlsx")],
        ["rapport", "les", str(home / "r.docx"), "--prøv"],
        ["rapport", "samle", str(home / "r.json")],
        ["demo"],
    ])  # fmt: skip
    assert done["reached"] == []
