"""What is handed on: a wheel that is the whole program, and a source archive that can be tested."""

import os
import subprocess
import sys
import tarfile
import zipfile
from configparser import ConfigParser
from importlib import import_module
from pathlib import Path

import pytest
from hatchling.builders.sdist import SdistBuilder
from hatchling.builders.wheel import WheelBuilder

from hsf_cli import __version__

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built wheel."""
    return Path(next(WheelBuilder(str(ROOT)).build(directory=str(tmp_path_factory.mktemp("w")))))


def test_the_wheel_is_the_whole_program_and_nothing_else(wheel: Path) -> None:
    files = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "hsf_cli").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    with zipfile.ZipFile(wheel) as archive:
        about = f"hsf-{__version__}.dist-info/"
        assert {name for name in archive.namelist() if not name.startswith(about)} == files
        assert "hsf_cli/py.typed" in files
        parser = ConfigParser()
        parser.read_string(archive.read(f"{about}entry_points.txt").decode())
        module, _, function = parser["console_scripts"]["hsf"].partition(":")
    assert callable(getattr(import_module(module), function))


def test_the_wheel_works_far_from_the_clone(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "installed")
    where = {**os.environ, "PYTHONPATH": str(tmp_path / "installed"), "PYTHONUTF8": "1"}
    # That the demo runs, dependencies and all, is tried by `make package`.
    script = "import hsf_cli.app as app; print(app.__file__); app.main(['rapport', 'skjema'])"
    run = [sys.executable, "-c", script]
    done = subprocess.run(run, cwd=tmp_path, env=where, capture_output=True, encoding="utf-8")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(str(tmp_path / "installed"))
    assert 'of = "families"' in done.stdout


def test_the_source_archive_has_all_that_is_kept_in_the_clone(tmp_path: Path) -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("this is no clone, but perhaps such an archive")
    kept = subprocess.run(
        ["git", "-c", "core.quotepath=off", "ls-files"], cwd=ROOT, capture_output=True,
        encoding="utf-8", check=True,
    )  # fmt: skip
    there = {name for name in kept.stdout.splitlines() if (ROOT / name).exists()}
    archive = next(SdistBuilder(str(ROOT)).build(directory=str(tmp_path)))
    with tarfile.open(archive) as packed:
        names = {name.partition("/")[2] for name in packed.getnames()}
    assert there - names == set()
