"""The department's settings: what a new one has, and that all of them are read back."""

from pathlib import Path

import pytest

from hsf_cli.errors import Stopped
from hsf_cli.registers.department import (
    Department,
    coordinators,
    make_copies_folder,
    settings,
    started,
)


def test_a_new_department_has_the_usual_settings(store) -> None:
    assert settings(store) == Department(
        "Home-Start Prøve",
        operator=None,
        position_percent=100,
        coordinators=(),
        hours_per_fte=1750,
        retention_months=24,
        small_number=3,
        copies_folder=None,
    )


def test_everything_that_a_department_is_started_with_is_read_back(home) -> None:
    about = Department("Prøve", "Prøve kommune", 60, ("Siri Lund", "Åse Bø"), 1700, 36, 3, "/kopi")
    with started(home / "ny.db", about, "fil", lambda: "") as store:
        assert settings(store) == about
        assert coordinators(store) == ("Siri Lund", "Åse Bø")


def test_the_copies_folder_is_made_where_it_is_not_there(tmp_path: Path) -> None:
    folder = tmp_path / "langt" / "inne"
    make_copies_folder(str(folder))
    make_copies_folder(str(folder))
    assert folder.is_dir()


def test_a_copies_folder_that_cannot_be_made_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("min egen fil")
    with pytest.raises(Stopped) as stopped:
        make_copies_folder(str(tmp_path / "fil" / "kopier"))
    assert "velg en annen" in stopped.value.advice
