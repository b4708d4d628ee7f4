"""Every example in a help text can be read by the command it shows."""

import shlex
from collections.abc import Iterator

import pytest
import typer

from hsf_cli.app import app
from hsf_cli.ui.commandline import Group, Settings


def _examples() -> Iterator[str]:
    root = typer.main.get_command(app)
    context = root.make_context("hsf", [], obj=Settings(), resilient_parsing=True)
    yield from _of(root)
    for name in root.list_commands(context):
        command = root.get_command(context, name)
        yield from _of(command)
        if isinstance(command, Group):
            for inner in command.list_commands(context):
                yield from _of(command.get_command(context, inner))


def _of(command) -> Iterator[str]:
    _, _, examples = (command.help or "").partition("\n\n\b\n")
    yield from filter(None, map(str.strip, examples.splitlines()))


EXAMPLES = sorted(set(_examples()))


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_options_of_every_example_exist(example, hsf) -> None:
    """With `--hjelp` after it nothing is done, but the whole line is read."""
    program, *words = shlex.split(example)
    assert program == "hsf"
    shown = hsf(*words, "--hjelp")
    assert (shown.code, shown.err) == (0, "")
