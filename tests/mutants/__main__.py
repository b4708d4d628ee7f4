"""Which changes to a module do its tests not notice? Each is made in a copy of the project.

    python -m tests.mutants hsf_cli/rules.py tests/test_rules.py

Tells of each that was not noticed, and at the end how many were. A change that makes a test go on
for long is noticed too.
"""

import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.mutants.changes import mutants

_LONGEST = 300
_PROJECT = Path(__file__).parents[2]
_TAKEN = ("hsf_cli", "tests", "docs", "pyproject.toml", "README.md", "Makefile")
_PYTEST = (sys.executable, "-B", "-m", "pytest", "-x", "-q", "-p", "no:randomly", "-p",
           "no:cacheprovider")  # fmt: skip


def main(module: str, tests: Sequence[str]) -> int:
    with TemporaryDirectory() as name:
        copy = Path(name)
        for one in _TAKEN:
            taken = shutil.copytree if (_PROJECT / one).is_dir() else shutil.copy
            taken(_PROJECT / one, copy / one)
        if not _pass(copy, tests):
            sys.exit("The tests fail as it is.")
        noticed: Counter[bool] = Counter()
        for mutant in mutants(module, (_PROJECT / module).read_text(encoding="utf-8")):
            (copy / module).write_text(mutant.source, encoding="utf-8")
            survived = _pass(copy, tests)
            noticed[not survived] += 1
            if survived:
                print(f"{module}:{mutant.line} [{mutant.kind}] {mutant.what}")  # noqa: T201
    print(f"{noticed[True]} of {noticed.total()} changes were noticed.")  # noqa: T201
    return 0


def _pass(copy: Path, tests: Sequence[str]) -> bool:
    try:
        run = subprocess.run([*_PYTEST, *tests], cwd=copy, capture_output=True, timeout=_LONGEST)
    except subprocess.TimeoutExpired:
        return False
    return run.returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
