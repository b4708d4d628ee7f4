"""An unexpected failure: a short text, and a log that names nobody."""

import json
from pathlib import Path

import pytest

from hsf_cli.commands import waiting
from hsf_cli.ui import failures

SECRET = "Ødegård"


def _broken(*_: object) -> None:
    try:
        raise KeyError(SECRET)
    except KeyError as error:
        raise RuntimeError(f"Familien {SECRET} ble til tull") from error


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch, empty_department: Path) -> None:
    monkeypatch.setattr(waiting, "waiting_list", _broken)


def test_it_is_told_shortly_and_ends_with_1(broken, hsf) -> None:
    result = hsf("venteliste")
    assert result.code == 1
    assert "Noe gikk galt i programmet" in result.err
    assert "Traceback" not in result.err
    assert SECRET not in result.err


def test_the_log_says_where_and_what_but_no_values(broken, hsf, home) -> None:
    hsf("venteliste")
    log = home / "konfig" / "feil.log"
    text = log.read_text(encoding="utf-8")
    assert "builtins.RuntimeError" in text
    assert "builtins.KeyError" in text
    assert "test_failures.py" in text
    assert SECRET not in text
    assert log.stat().st_mode & 0o077 == 0


def test_the_advice_names_the_log(broken, hsf, home) -> None:
    assert str(home / "konfig" / "feil.log") in hsf("venteliste").err


def test_in_json_mode_it_is_json(broken, hsf) -> None:
    assert json.loads(hsf("venteliste", "--format", "json").err)["error"]["code"] == 1


def test_where_no_log_can_be_written_it_is_still_told(
    broken, hsf, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(failures.places, "owner_only", full)
    result = hsf("venteliste")
    assert result.code == 1
    assert "feil.log" not in result.err


def test_ctrl_c_ends_with_130(empty_department, hsf, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(waiting, "waiting_list", interrupted)
    result = hsf("venteliste")
    assert result.code == 130
    assert "Avbrutt" in result.err
