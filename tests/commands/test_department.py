"""`hsf avdeling`: its own choices, and the resource group; by options, and at a terminal."""

import json

import pytest

from hsf_cli.rules import LARGEST_GROUP
from tests.commands.terminal import DOWN, SPACE, answer, ended, terminal

__all__ = ["terminal"]

pytestmark = pytest.mark.usefixtures("empty_department")

NEW = ("avdeling", "medlem", "--navn")


def _shown(hsf, *words: object) -> object:
    return json.loads(hsf(*words, "--format", "json").out)


def test_everything_can_be_set_and_is_shown(hsf, home) -> None:
    run = hsf(
        "avdeling", "endre", "--navn", "Home-Start Solvik", "--drifter", "Solvik kommune",
        "--stilling", "80 %", "--koordinator", "Siri Lund", "--koordinator", "Åse Bø",
        "--årsverk", "1 700", "--oppbevaring", "2 år", "--små-tall", 3,
        "--kopimappe", home / "kopier",
    )  # fmt: skip
    assert (run.code, run.err) == (0, "")
    assert "hsf data angre" in run.out
    assert (home / "kopier").is_dir()
    shown = _shown(hsf, "avdeling", "vis")
    assert (shown["name"], shown["operator"]) == ("Home-Start Solvik", "Solvik kommune")
    assert (shown["position_percent"], shown["hours_per_fte"]) == (80, 1700)
    assert shown["coordinators"] == ["Siri Lund", "Åse Bø"]
    assert (shown["retention_months"], shown["small_number"]) == (24, 3)
    assert shown["copies_folder"] == str(home / "kopier")


def test_it_is_shown_as_people_read_it(hsf) -> None:
    hsf("avdeling", "endre", "--koordinator", "Siri Lund", "--oppbevaring", "1 år og 6 mnd")
    out = hsf("avdeling", "vis").out.replace("\N{NO-BREAK SPACE}", " ")
    for text in ("100 %", "1 750 timer", "18 måneder", "Siri Lund", "avdeling.db"):
        assert text in out


def test_the_coordinators_are_replaced_and_emptied(hsf) -> None:
    hsf("avdeling", "endre", "--koordinator", "Siri Lund")
    hsf("avdeling", "endre", "--koordinator", "Anne Vik", "--koordinator", "Åse Bø")
    assert _shown(hsf, "avdeling", "vis")["coordinators"] == ["Anne Vik", "Åse Bø"]
    hsf("avdeling", "endre", "--koordinator", "")
    assert _shown(hsf, "avdeling", "vis")["coordinators"] == []


@pytest.mark.parametrize(
    ("option", "text"),
    [
        ("--navn", ""),
        ("--stilling", "0"),
        ("--stilling", "1001"),
        ("--stilling", "mye"),
        ("--årsverk", "0"),
        ("--årsverk", ""),
        ("--oppbevaring", "24"),
        ("--oppbevaring", "0 måneder"),
        ("--oppbevaring", "lenge"),
        ("--små-tall", "-1"),
        ("--kopimappe", __file__),
    ],
)
def test_what_cannot_be_is_refused_by_its_option(hsf, option, text) -> None:
    before = _shown(hsf, "avdeling", "vis")
    refused = hsf("avdeling", "endre", option, text)
    assert (refused.code, option in refused.err) == (2, True)
    assert _shown(hsf, "avdeling", "vis") == before


def test_a_copies_folder_that_cannot_be_made_changes_nothing(hsf, home) -> None:
    (home / "fil").write_text("min egen fil")
    refused = hsf("avdeling", "endre", "--kopimappe", home / "fil" / "kopier")
    assert refused.code == 4
    assert _shown(hsf, "avdeling", "vis")["copies_folder"] is None


def test_nothing_said_without_a_terminal_names_an_option(hsf) -> None:
    refused = hsf("avdeling", "endre")
    assert (refused.code, "--navn" in refused.err) == (2, True)
    assert "Ingenting er endret" in hsf("avdeling", "endre", "--stilling", 100).out


def test_an_empty_group_says_how_it_is_filled(hsf) -> None:
    out = hsf("avdeling", "styre").out
    for text in ("minst 4", "hsf avdeling medlem", "hsf avdeling møte"):
        assert text in out


def test_a_member_is_added_from_today_mended_and_removed(hsf) -> None:
    run = hsf(*NEW, "Inger Moe", "--rolle", "leder", "--representerer", "kommunen")
    assert (run.code, run.err) == (0, "")
    (moe,) = _shown(hsf, "avdeling", "styre")["members"]
    assert (moe["number"], moe["name"], moe["role"]) == ("RM1", "Inger Moe", "leder")
    assert (moe["from_on"], moe["represents"]) == ("2024-03-15", "kommunen")
    assert hsf("avdeling", "medlem", "RM1", "--til", "31.12.2024").code == 0
    assert _shown(hsf, "avdeling", "styre", "--per", "31.12.2024")["members"] != []
    assert _shown(hsf, "avdeling", "styre", "--per", "1.1.2025")["members"] == []
    assert len(_shown(hsf, "avdeling", "styre", "--per", "1.1.2025", "--alle")["members"]) == 1
    assert hsf("avdeling", "medlem", "moe", "--slett", "--ja").code == 0
    assert _shown(hsf, "avdeling", "styre", "--alle")["members"] == []


def test_a_member_needs_a_name_and_a_term_that_ends_after_it_begins(hsf) -> None:
    nameless = hsf("avdeling", "medlem", "--rolle", "medlem")
    assert (nameless.code, "--navn" in nameless.err) == (2, True)
    backwards = hsf(*NEW, "Moe", "--fra", "1.3.2024", "--til", "29.2.2024")
    assert (backwards.code, "--til" in backwards.err) == (4, True)


def test_a_leader_from_the_funder_is_stopped_and_taken_with_a_reason_that_is_kept(hsf) -> None:
    leader = (*NEW, "Inger Moe", "--rolle", "Styreleder", "--representerer-tilskuddsgiver", "ja")
    stopped = hsf(*leader)
    assert (stopped.code, "--likevel" in stopped.err) == (4, True)
    assert _shown(hsf, "avdeling", "styre")["members"] == []
    assert hsf(*leader, "--likevel", "Bare til årsmøtet").code == 0
    shown = _shown(hsf, "avdeling", "styre")
    (kept,) = shown["exceptions"]
    assert (kept["about_name"], kept["reason"]) == ("Inger Moe", "Bare til årsmøtet")
    assert "representerer tilskuddsgiveren" in shown["findings"][0]["text"]


def test_becoming_the_leader_is_judged_too(hsf) -> None:
    hsf(*NEW, "Inger Moe", "--rolle", "nestleder", "--representerer-tilskuddsgiver", "ja")
    assert hsf("avdeling", "medlem", "RM1", "--rolle", "leder").code == 4
    assert hsf("avdeling", "medlem", "RM1", "--rolle", "leder", "--likevel", "Valgt").code == 0
    assert len(_shown(hsf, "avdeling", "styre")["exceptions"]) == 1


def test_a_ninth_is_stopped_on_the_day_the_group_is_full_and_not_the_day_after(hsf) -> None:
    for number in range(LARGEST_GROUP - 1):
        assert hsf(*NEW, f"Medlem {number}", "--fra", "1.1.2024").code == 0
    assert hsf(*NEW, "Går ut", "--fra", "1.1.2024", "--til", "29.2.2024").code == 0
    assert hsf(*NEW, "Ny", "--fra", "29.2.2024").code == 4
    assert hsf(*NEW, "Ny", "--fra", "1.3.2024").code == 0


def test_a_meeting_is_kept_mended_and_removed(hsf) -> None:
    run = hsf("avdeling", "møte", "--dato", "i går", "--notat", "Årsplanen ble vedtatt.")
    assert (run.code, "RT1" in run.out) == (0, True)
    hsf("avdeling", "møte", "--dato", "15.12.2023")
    (held,) = _shown(hsf, "avdeling", "styre")["meetings"]
    assert (held["held_on"], held["note"]) == ("2024-03-14", "Årsplanen ble vedtatt.")
    assert len(_shown(hsf, "avdeling", "styre", "--alle")["meetings"]) == 2
    assert hsf("avdeling", "møte", "RT1", "--dato", "13.3.2024").code == 0
    assert hsf("avdeling", "møte", "RT1", "--slett", "--ja").code == 0
    assert _shown(hsf, "avdeling", "styre")["meetings"] == []


def test_a_national_identity_number_in_a_note_is_not_kept(hsf) -> None:
    assert hsf("avdeling", "møte", "--notat", "Om 010190 12345").code == 4
    assert _shown(hsf, "avdeling", "styre")["meetings"] == []


def test_settings_are_chosen_and_changed_at_a_terminal(terminal, hsf) -> None:
    told = terminal("avdeling", "endre")
    answer(told, "Hva vil du endre?", DOWN * 2 + SPACE + DOWN + SPACE)
    answer(told, "i prosent?", "\x15mye")
    told.expect_exact("Skriv prosenten")
    answer(told, "i prosent?", "\x1560")
    answer(told, "Hvem er koordinator?", "Siri Lund, Åse Bø")
    told.expect_exact("er endret")
    assert ended(told) == 0
    shown = _shown(hsf, "avdeling", "vis")
    assert (shown["position_percent"], shown["coordinators"]) == (60, ["Siri Lund", "Åse Bø"])


def test_a_member_is_asked_for_and_the_rule_asks_for_a_reason(terminal, hsf) -> None:
    told = terminal("avdeling", "medlem")
    answer(told, "Hva heter medlemmet?", "Inger Moe")
    answer(told, "Hvilken rolle?", "leder")
    answer(told, "Hvem representerer medlemmet?", "Stiftelsen")
    answer(told, "den som gir tilskudd?", DOWN)  # from «Vet ikke ennå» to «Ja»
    answer(told, "Fra hvilken dag?")
    answer(told, "Til og med hvilken dag?")
    answer(told, "Vil du gå videre likevel?", "Bare til årsmøtet")
    told.expect_exact("RM1 Inger Moe er ført")
    assert ended(told) == 0
    assert len(_shown(hsf, "avdeling", "styre", "--alle")["exceptions"]) == 1


def test_ctrl_c_while_a_member_is_asked_for_keeps_nothing(terminal, hsf) -> None:
    told = terminal("avdeling", "medlem")
    answer(told, "Hva heter medlemmet?", "Inger Moe")
    told.expect_exact("Hvilken rolle?")
    told.sendintr()
    assert ended(told) == 130
    assert _shown(hsf, "avdeling", "styre", "--alle")["members"] == []
