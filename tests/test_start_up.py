"""What a quick command imports: guarded by name, not by time."""

import subprocess
import sys

import pytest

SLOW = {"sqlite_utils", "questionary", "keyring", "openpyxl", "prompt_toolkit", "pydantic", "click"}

_REPORT = """
import sys
from hsf_cli.app import main
code = main(sys.argv[1:])
sys.stderr.write(" ".join(sorted(name for name in sys.modules if "." not in name)))
sys.exit(code)
"""


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
    ],
    ids=" ".join,
)
def test_quick_commands_import_nothing_slow(words, empty_department) -> None:
    assert not _imported_by(*words) & SLOW


def test_no_command_is_imported_before_it_is_used() -> None:
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, hsf_cli.app; print(*sys.modules, sep='\\n')"],
        capture_output=True, encoding="utf-8", check=True,
    ).stdout.splitlines()  # fmt: skip
    own = {name for name in loaded if name.startswith("hsf_cli.commands.")}
    assert own == {"hsf_cli.commands.tree"}
    assert not [name for name in loaded if name.split(".")[0] in SLOW | {"sqlcipher3"}]
