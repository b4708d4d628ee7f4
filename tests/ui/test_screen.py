"""What reaches a screen: on any background, in any encoding, and without colours."""

import re
from pathlib import Path

import pytest
from rich.text import Text

import hsf_cli
from hsf_cli.ui import screen
from hsf_cli.ui.console import PALETTE
from hsf_cli.ui.fallback import readable
from tests.ui.a_screen import shown_on

_SOURCES = sorted(Path(hsf_cli.__file__).parent.rglob("*.py"))


@pytest.mark.parametrize(
    ("encoding", "shown"),
    [
        ("utf-8", "Åse – «blåbær» · 1 632,9 → ─ …"),
        ("cp1252", "Åse – «blåbær» · 1 632,9 -> - …"),
        ("cp850", "Åse - «blåbær» · 1 632,9 -> ─ ..."),
        ("cp865", 'Åse - «blåbær" · 1 632,9 -> ─ ...'),
        ("latin-1", "Åse - «blåbær» · 1 632,9 -> - ..."),
        ("ascii", 'Aase - "blaabaer" - 1 632,9 -> - ...'),
    ],
)
def test_what_an_encoding_lacks_is_written_with_what_it_has(encoding: str, shown: str) -> None:
    assert readable("Åse – «blåbær» · 1 632,9 → ─ …", encoding) == shown


def test_letters_lose_their_marks_before_they_are_lost() -> None:
    assert readable("José Łukasz 日", "ascii") == "Jose ?ukasz ?"


@pytest.mark.parametrize("encoding", ["cp850", "cp437", "cp1252", "latin-1", "ascii"])
def test_a_screen_of_any_encoding_shows_everything(monkeypatch, encoding: str) -> None:
    there = shown_on(monkeypatch, encoding=encoding)
    screen.use_utf8()
    screen.say("Åsen – «to» →")
    screen.console().print(Text("Ødegård · …"))
    assert "?" not in there.written
    assert ("Åsen" in there.written) == (encoding != "ascii")


def test_an_encoding_that_is_asked_for_is_kept_on_a_pipe(monkeypatch) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "cp850")
    pipe = shown_on(monkeypatch, encoding="cp850")
    monkeypatch.setattr(pipe, "isatty", lambda: False)
    screen.use_utf8()
    screen.write("Åsen – i dag")
    assert pipe.written == "Åsen - i dag\n"


@pytest.mark.parametrize(
    ("settings", "term"), [({"NO_COLOR": "1"}, "xterm-256color"), ({}, "dumb")]
)
def test_without_colour_there_are_no_codes_at_all(monkeypatch, settings, term: str) -> None:
    there = shown_on(monkeypatch, term=term)
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    for style in PALETTE:
        screen.console().print(Text("Solåsen", style))
    assert "\x1b" not in there.written


def test_a_pipe_has_no_codes_whatever_is_set(monkeypatch) -> None:
    pipe = shown_on(monkeypatch)
    monkeypatch.setattr(pipe, "isatty", lambda: False)
    monkeypatch.setenv("FORCE_COLOR", "1")
    screen.console().print(Text("Solåsen", "heading"))
    assert pipe.written == "Solåsen\n"


def test_a_terminal_of_sixteen_colours_gets_none_of_them(monkeypatch) -> None:
    there = shown_on(monkeypatch, term="xterm")
    for style in PALETTE:
        screen.console().print(Text("Solåsen", style))
    assert set(re.findall(r"\x1b\[([\d;]*)m", there.written)) <= {"0", "1", "3"}


_BACKGROUNDS = {"white": "#ffffff", "black": "#000000", "Windows": "#0c0c0c", "grey": "#1e1e1e"}


@pytest.mark.parametrize("background", _BACKGROUNDS.values(), ids=_BACKGROUNDS)
@pytest.mark.parametrize("style", PALETTE.values(), ids=PALETTE)
def test_every_colour_is_seen_on_light_and_on_dark(style: str, background: str) -> None:
    from rich.color import Color
    from rich.style import Style

    if colour := Style.parse(style).color:
        behind = Color.parse(background).get_truecolor()
        front, back = sorted((_luminance(colour.get_truecolor()), _luminance(behind)))
        assert (back + 0.05) / (front + 0.05) >= 3.5


def _luminance(colour: tuple[int, int, int]) -> float:
    """How light a colour is, as WCAG 2 counts it."""
    parts = (part / 255 for part in colour)
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_no_module_has_a_colour_of_its_own() -> None:
    colours = re.compile(
        r'"(?:not )?(?:bold |bright_|dim|italic)*(?:cyan|yellow|red|green|blue|dim)"'
    )
    own = [file.name for file in _SOURCES if colours.search(file.read_text(encoding="utf-8"))]
    assert own == []


def test_a_command_at_the_end_of_a_line_is_kept_whole(monkeypatch) -> None:
    there = shown_on(monkeypatch, columns=60)
    screen.say("To er forfalt. Når den første er gjort: hsf oppdrag oppfølging O6 --type måned")
    assert there.lines[:2] == [
        "To er forfalt. Når den første er gjort:",
        "  hsf oppdrag oppfølging O6 --type måned",
    ]


def test_no_word_of_prose_stands_alone_on_the_last_line(monkeypatch) -> None:
    there = shown_on(monkeypatch, columns=40)
    screen.say("Halvparten av dem har ventet i 16 dager.")
    screen.say("Halvparten av dem har ventet i tolv dager.")
    assert there.lines[1:3] == ["Halvparten av dem har ventet i", "tolv dager."]
