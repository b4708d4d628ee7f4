"""A rule that was gone on against: the reason is kept as plain text, seen afterwards, mended."""

import json

import pytest

from hsf_cli.app import main
from tests.builders import family, taken_in

pytestmark = pytest.mark.usefixtures("empty_department")

_OUTSIDE = ("henvendelse", "ny", "--navn", "Berg", "--barn", "Per 2010")


def _kept(hsf) -> list[dict[str, object]]:
    return json.loads(hsf("avdeling", "unntak", "--format", "json").out)


def test_the_reason_is_seen_with_whom_it_is_about(hsf) -> None:
    assert "Ingen unntak" in hsf("avdeling", "unntak").out
    assert hsf(*_OUTSIDE, "--likevel", "Særlige grunner").code == 0
    (one,) = _kept(hsf)
    assert (one["rule"], one["about"], one["about_name"]) == ("målgruppe", "H1", "Berg")
    assert (one["reason"], one["decided_on"]) == ("Særlige grunner", "2024-03-15")
    assert "Berg" not in hsf("avdeling", "unntak", "--uten-navn").out


@pytest.mark.parametrize(
    "reason", ["", " ", "\x1b[31mrødt", "to\nlinjer", "Mor er 01018512345"],
    ids=["empty", "blank", "escape", "two lines", "national id"],
)  # fmt: skip
def test_a_reason_is_one_line_of_plain_text(reason, hsf) -> None:
    refused = hsf(*_OUTSIDE, "--likevel", reason)
    assert refused.code == 2
    assert "--likevel" in refused.err
    assert "\x1b" not in refused.err
    assert json.loads(hsf("familie", "liste", "--format", "json").out) == []


def test_a_reason_can_be_mended_and_removed(hsf) -> None:
    hsf(*_OUTSIDE, "--likevel", "Feil grunn")
    assert hsf("avdeling", "unntak", "U1", "--begrunnelse", "Riktig grunn").code == 0
    assert [one["reason"] for one in _kept(hsf)] == ["Riktig grunn"]
    assert hsf("avdeling", "unntak", "U1", "--slett", "--ja").code == 0
    assert _kept(hsf) == []


def test_the_change_and_its_reason_are_one_change_set(hsf) -> None:
    hsf(*_OUTSIDE, "--likevel", "Særlige grunner")
    assert hsf("data", "angre", "--ja").code == 0
    assert _kept(hsf) == []
    assert hsf("data", "angre", "--ja").code == 4


def test_where_no_reason_can_be_kept_none_is_asked_for(hsf) -> None:
    refused = hsf("kurs", "ny", "--navn", "Kurs for 01018512345", "--start", "1.4.2024")
    assert refused.code == 4
    assert "fødselsnummer" in refused.err
    assert "--likevel" not in refused.err


def test_the_log_has_a_commands_own_name_however_it_is_typed(hsf, store) -> None:
    taken_in(store, family("F1"))
    assert main(["FAMILIE", "endre", "F1", "--omrade", "Nord"]) == 0
    assert store.value("SELECT command FROM change_set ORDER BY id DESC") == "familie endre"
    hsf("henvendelse", "ny", "--familie", "F1")
    hsf("henvendelse", "besok", "H1", "--dato", "i dag")
    assert store.value("SELECT command FROM change_set ORDER BY id DESC") == "henvendelse besøk"
