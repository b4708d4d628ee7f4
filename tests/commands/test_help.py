"""Every `--hjelp` is a snapshot, in Norwegian, and asks nothing of a department."""

from collections.abc import Iterator

import pytest
import typer
from syrupy.assertion import SnapshotAssertion

from hsf_cli.app import app
from hsf_cli.commands.tree import COMMANDS
from hsf_cli.ui.commandline import CONTEXT_SETTINGS, Branch, Group, Settings


def _command_paths() -> Iterator[tuple[str, ...]]:
    yield ()
    root = typer.main.get_command(app)
    context = root.make_context("hsf", [], obj=Settings(), resilient_parsing=True)
    for name in root.list_commands(context):
        yield (name,)
        command = root.get_command(context, name)
        if isinstance(command, Group):
            for inner in command.list_commands(context):
                yield (name, inner)


PATHS = sorted(_command_paths())


@pytest.mark.parametrize("path", PATHS, ids=lambda path: " ".join(("hsf", *path)))
def test_every_help(path, hsf, snapshot: SnapshotAssertion) -> None:
    shown = hsf(*path, "--hjelp")
    assert shown.code == 0
    assert shown.err == ""
    assert shown.out == snapshot


@pytest.mark.parametrize("option", CONTEXT_SETTINGS["help_option_names"])
def test_help_answers_to_its_three_names(option, hsf) -> None:
    assert hsf("rapport", "vis", option).out == hsf("rapport", "vis", "--hjelp").out


@pytest.mark.parametrize("path", PATHS, ids=lambda path: " ".join(("hsf", *path)))
def test_no_help_has_english_in_it(path, hsf) -> None:
    words = set(hsf(*path, "--hjelp").out.replace("\n", " ").split())
    assert not words & {"Usage:", "Options", "Options:", "Commands", "Arguments", "Show", "help."}


@pytest.mark.parametrize("path", [path for path in PATHS if len(path) == 2], ids=" ".join)
def test_a_group_tells_of_a_command_what_it_says_itself(path) -> None:
    group = Group.of(path[0], branch) if isinstance(branch := COMMANDS[path[0]], Branch) else None
    assert group is not None
    paragraph = " ".join(group.named(path[1]).help.partition("\n\n")[0].split())
    assert branch.commands[path[1]].summary == paragraph.partition(". ")[0].rstrip(".") + "."


def test_a_group_alone_shows_its_help(hsf) -> None:
    assert hsf("rapport").out == hsf("rapport", "--hjelp").out
