"""«besøk timer kjøring» in one line: read where it is certain, refused where it is not."""

import pytest

from hsf_cli.commands.hours_line import Line, read, told
from hsf_cli.errors import Unreadable


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("4 10 0:40", Line(4, 600, 40)),
        ("  4   10,5 ", Line(4, 630)),
        ("4 10.5 1", Line(4, 630, 60)),
        ("3 7:30 0", Line(3, 450, 0)),
        ("4 10t 40min", Line(4, 600, 40)),
        ("4 10 12t", Line(4, 600, 720)),
        ("1 24", Line(1, 1440)),
        ("0", Line(0, 0, 0)),
        ("0 0 0:40", Line(0, 0, 40)),
    ],
)
def test_a_line_is_read(text: str, line: Line) -> None:
    assert read(text) == line


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("", "som «4 10 0:40»"),
        ("4", "Skriv timene også"),
        ("4 10 0 40", "som «4 10 0:40»"),
        ("4,5 10", "helt tall"),
        ("fire 10", "helt tall"),
        ("4 ti", "timene som 2,5"),
        ("4 10 40", "40 timer eller minutter"),
        ("4 10 10", "10 timer eller minutter"),
        ("0 2", "ingen besøk"),
        ("1 24,1", "24 timer"),
        ("-4 10", "mindre enn null"),
        ("4 -10", "mindre enn null"),
    ],
)
def test_what_is_not_certain_is_refused(text: str, remedy: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read(text)
    assert remedy in refused.value.remedy


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (Line(4, 600, 40), "4 besøk, 10 timer, kjøring 0:40"),
        (Line(1, 60), "1 besøk, 1 time"),
        (Line(0, 0, 30), "0 besøk, 0 timer, kjøring 0,5 timer"),
    ],
)
def test_it_is_told_as_people_read_it(line: Line, text: str) -> None:
    assert told(line.visits, line.minutes, line.driving_minutes) == text
