"""Somebody who answers the program's questions, one after the other, while we watch the screen."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import StringIO
from typing import Any
from unittest.mock import patch

from prompt_toolkit.application import Application, create_app_session
from prompt_toolkit.data_structures import Size
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.layout.screen import Screen
from prompt_toolkit.output import DummyOutput
from prompt_toolkit.styles import BaseStyle, default_ui_style, merge_styles
from questionary import Question
from rich.console import Console
from rich.style import Style
from rich.text import Text

_ENTER = "\r"
_LINES = 60


class Thinking(BaseException):
    """Somebody has a question before them, and has not answered it."""


@contextmanager
def answering(typed: Sequence[str], screen: StringIO, columns: int) -> Iterator[None]:
    """Types one answer at each question, and leaves it on the screen as it was last seen.

    Raises Thinking at the first question that there is no answer for.
    """
    left = list(typed)
    console = Console(file=screen, force_terminal=True, color_system="truecolor", width=columns)

    with create_pipe_input() as keyboard, create_app_session(keyboard, _Output(columns)):

        def answered(question: Question) -> Any:
            app = question.application
            seen = _watched(app)
            if left:
                keyboard.send_text(left.pop(0) + _ENTER)
                answer = app.run()
                if not app.erase_when_done:
                    console.print(_text(seen[-1], app.style))
                return answer
            app.after_render.add_handler(_leave)
            app.run()
            console.print(_text(seen[0], app.style))
            raise Thinking

        with patch.object(Question, "unsafe_ask", answered):
            yield


class _Output(DummyOutput):
    """A screen of that width, on which nothing is drawn: it is read off the program instead."""

    def __init__(self, columns: int) -> None:
        self._columns = columns

    def get_size(self) -> Size:
        return Size(_LINES, self._columns)


def _leave(app: "Application[Any]") -> None:
    if not app.is_done:
        app.exit()


def _watched(app: "Application[Any]") -> list[Screen]:
    """What the question looks like each time it has been drawn, and when it is done with."""
    seen: list[Screen] = []
    reset = app.renderer.reset

    def look(*_: Any, **__: Any) -> None:
        if screen := app.renderer.last_rendered_screen:
            seen.append(screen)

    def look_and_reset(*how: Any, **otherwise: Any) -> None:
        look()
        reset(*how, **otherwise)

    app.after_render.add_handler(look)
    app.renderer.reset = look_and_reset  # type: ignore[method-assign]
    return seen


def _text(screen: Screen, own: BaseStyle | None) -> Text:
    """The screen's lines in their colours."""
    style = merge_styles([default_ui_style(), *([own] if own else [])])
    lines = []
    for row in range(screen.height):
        line = Text()
        for column in range(max(screen.data_buffer[row], default=-1) + 1):
            character = screen.data_buffer[row][column]
            line.append(character.char, _style(style, character.style))
        line.rstrip()
        lines.append(line)
    while lines and not lines[-1]:
        lines.pop()
    return Text("\n").join(lines)


def _style(style: BaseStyle, name: str) -> Style:
    attrs = style.get_attrs_for_style_str(name)
    colour = f"#{attrs.color}" if attrs.color else None
    return Style(color=colour, bold=attrs.bold, reverse=attrs.reverse)
