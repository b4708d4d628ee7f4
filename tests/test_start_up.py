"""What a quick command imports: guarded by name, not by time."""

import subprocess
import sys
from pathlib import Path

import pytest

from hsf_cli import places
from hsf_cli.store import Store
from tests.builders import served, taken_in

SLOW = {"sqlite_utils", "questionary", "keyring", "openpyxl", "prompt_toolkit", "pydantic", "click"}
SELDOM_NEEDED = {
    "csv", "getpass", "hashlib", "importlib.resources", "secrets", "statistics", "tempfile",
    "tomllib", "zipfile", "hsf_cli.copies", "hsf_cli.rekeying", "hsf_cli.ui.editor",
    "hsf_cli.commands.mapping", "hsf_cli.report.form", "hsf_cli.exchange.importing",
}  # fmt: skip

_REPORT = """
import sys
from hsf_cli.app import main
code = main(sys.argv[1:])
sys.stderr.write(" ".join(sorted(sys.modules)))
sys.exit(code)
"""


@pytest.fixture(autouse=True)
def unmeasured(monkeypatch: pytest.MonkeyPatch) -> None:
    """`make coverage` looks on in every process, and would itself be what is imported."""
    monkeypatch.delenv("COVERAGE_PROCESS_CONFIG", raising=False)


def _imported_by(*words: str) -> set[str]:
    result = subprocess.run(
        [sys.executable, "-c", _REPORT, *words], capture_output=True, encoding="utf-8", check=True
    )
    return set(result.stderr.splitlines()[-1].split())


@pytest.mark.parametrize(
    "words",
    [
        ("--hjelp",),
        ("--versjon",),
        ("rapport", "--hjelp"),
        ("data", "--hjelp"),
        (),
        ("venteliste",),
        ("venteliste", "--format", "json"),
        ("rapport", "vis", "2023"),
        ("rapport", "vis", "2023", "--format", "json"),
        ("data", "sjekk"),  # which compares with a new department, made in memory
    ],
    ids=" ".join,
)
def test_quick_commands_import_nothing_slow(words, empty_department) -> None:
    assert not _imported_by(*words) & SLOW


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("--hjelp",),
        ("familie", "--hjelp"),
        ("venteliste",),
        ("familie", "vis", "F1"),
        ("timer", "ny", "--kontakt", "V1", "--type", "veiledning", "--dato", "2024-03-01",
         "--timer", "2"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_the_quickest_import_only_what_they_need(words, store: Store) -> None:
    """Each of these costs a twentieth of a quick command, or more."""
    taken_in(store, *served())
    store.close()
    needless = _imported_by(*words) & SELDOM_NEEDED
    assert needless <= ({"getpass"} if "ny" in words else set())  # the log has who it was


def test_the_platforms_own_folders_are_found_without_more(
    empty_department: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HSF_DATABASE", "HSF_KONFIG"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(home))
    places.user_data().mkdir(parents=True)
    empty_department.rename(places.database())
    places.config().parent.mkdir(parents=True, exist_ok=True)
    (home / "konfig").rename(places.config())
    assert not _imported_by("venteliste") & {"tempfile", "platformdirs"}


@pytest.mark.parametrize("words", [(), ("venteliste",)], ids=" ".join)
def test_what_only_looks_imports_nothing_that_mends(words, store: Store) -> None:
    taken_in(store, *served())
    store.close()
    assert "hsf_cli.registers.editing" not in _imported_by(*words)


def test_no_command_is_imported_before_it_is_used() -> None:
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, hsf_cli.app; print(*sys.modules, sep='\\n')"],
        capture_output=True, encoding="utf-8", check=True,
    ).stdout.splitlines()  # fmt: skip
    own = {name for name in loaded if name.startswith("hsf_cli.commands.")}
    assert own == {"hsf_cli.commands.tree"}
    assert not [name for name in loaded if name.split(".")[0] in SLOW | {"sqlcipher3"}]
