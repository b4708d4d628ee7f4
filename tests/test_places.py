"""Where the department and its key are when nobody has said otherwise."""

import sys
from pathlib import Path

import platformdirs
import pytest
from platformdirs.macos import MacOS

from hsf_cli import places


@pytest.fixture(autouse=True)
def _nobody_has_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("HSF_DATABASE", "HSF_KONFIG", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(sys, "platform", "linux")


def test_on_linux_the_key_is_among_the_settings_and_the_department_among_the_data(
    tmp_path: Path,
) -> None:
    assert places.database() == tmp_path / ".local/share/hsf/avdeling.db"
    assert places.config() == tmp_path / ".config/hsf"


def test_on_linux_somebody_may_have_folders_of_their_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", "/srv/data")
    monkeypatch.setenv("XDG_CONFIG_HOME", "/srv/settings")
    assert places.user_data() == Path("/srv/data/hsf")
    assert places.config() == Path("/srv/settings/hsf")


@pytest.mark.parametrize("named", ["", "data", "./data"])
def test_a_folder_that_depends_on_where_one_stands_is_passed_by(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", named)
    assert places.user_data() == tmp_path / ".local/share/hsf"


def test_on_macos_the_key_is_beside_the_departments_folder_and_not_in_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    macos = MacOS("hsf", appauthor=False).user_data_path
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(platformdirs, "user_data_path", lambda *_, **__: macos)
    assert places.user_data() == macos
    assert places.config() == macos.with_name("hsf-konfig")
