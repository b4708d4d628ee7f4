"""Every text of the program that names a command names one that can be typed so."""

import ast
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import typer
from typer._click import exceptions as usage

import hsf_cli
from hsf_cli import errors
from hsf_cli.app import app
from hsf_cli.ui.commandline import Group, Settings
from tests.builders import taken_in
from tests.life.one_of_each import one_of_each

_ROOT = Path(hsf_cli.__file__).parent
_COMMAND = re.compile(r"\bhsf ((?:[a-zæøå]|--hjelp).*)")
# Where a command ends that stands in a sentence.
_END = re.compile(r"[»`]|\.(?:\s|$)|[,;](?:\s|$)|:\s|\s{2,}| eller | og ")
# What may follow the program's name in a sentence about the program, or is only begun.
_PROSE = {"den", "enn", "har", "ikke", "kan", "leser", "på", "skrev", "som", "vente"}
# What the reader is to fill in, and what may stand there where a number must.
_PLACEHOLDERS = {"NUMMER": "1", "DAGER": "1", "ANTALL": "1", "ÅR": "2025", "{}": "1", "TIMER": "1"}


class Text(NamedTuple):
    """A text of the program, with 1 for whatever it puts in, and where it stands."""

    where: str
    text: str


def _texts() -> Iterator[Text]:
    for file in sorted(_ROOT.rglob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        left_out = {id(node) for node in ast.walk(tree) for node in _left_out(node)}
        for node in ast.walk(tree):
            if id(node) not in left_out and (text := _text(node)) is not None:
                yield Text(f"{file.relative_to(_ROOT)}:{node.lineno}", text)  # type: ignore[attr-defined]


def _left_out(node: ast.AST) -> Iterator[ast.AST]:
    """A docstring, whose examples have tests of their own, and the pieces of a text."""
    if isinstance(node, ast.JoinedStr):
        yield from node.values
    elif isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef) and node.body:
        first = node.body[0]
        if isinstance(first, ast.Expr):
            yield first.value


def _text(node: ast.AST) -> str | None:
    if isinstance(node, ast.JoinedStr):
        pieces = (one.value if isinstance(one, ast.Constant) else "1" for one in node.values)
        return "".join(map(str, pieces))
    is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return str(node.value) if is_text else None  # type: ignore[attr-defined]


def _named() -> Iterator[tuple[str, str]]:
    """Where a command is named, and its words after `hsf`."""
    for where, text in _texts():
        for line in text.splitlines():
            for piece in re.split(r"(?=\bhsf )", line):
                if found := _COMMAND.match(piece):
                    words = _END.split(found[1])[0].strip()
                    if words.split()[0] not in _PROSE:
                        yield where, words


def test_every_command_that_a_text_names_is_understood() -> None:
    named = sorted(set(_named()))
    assert len(named) > 150
    refused = [(where, words, why) for where, words in named if (why := _refused(words))]
    assert refused == []


def _refused(line: str) -> str:
    """Why a command line cannot be read; nothing where it can."""
    typed = [_PLACEHOLDERS.get(word, word) for word in shlex.split(line)]
    command: Any = typer.main.get_command(app)
    try:
        context = command.make_context("hsf", typed, obj=Settings())
        while isinstance(command, Group) and (rest := [*context._protected_args, *context.args]):
            name, command, rest = command.resolve_command(context, rest)
            context = command.make_context(name, rest, parent=context)
    except (usage.UsageError, errors.WrongUse) as error:
        return str(error)
    except typer.Exit:  # the help has been shown
        pass
    return ""


def _raised() -> Iterator[tuple[str, ast.Call]]:
    """Every error that is made, and where."""
    kinds = {name for name, one in vars(errors).items() if _is_error(one)}
    for file in sorted(_ROOT.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in kinds:
                yield f"{file.relative_to(_ROOT)}:{node.lineno}", node


def _is_error(one: object) -> bool:
    return isinstance(one, type) and issubclass(one, errors.HsfError)


def test_every_error_says_what_to_do_next() -> None:
    """Its text is what happened; the advice after it is the way on."""
    alone = {
        where: ast.literal_eval(call.args[0])
        for where, call in _raised()
        # Whoever says no has got what was asked for.
        if len(call.args) + len(call.keywords) == 1 and getattr(call.func, "id", "") != "Declined"
    }
    # What has no text is caught again.
    assert {where: text for where, text in alone.items() if text} == {}


# Every list, as it is typed, and with a choice that leaves out all there is in it.
_LISTS = {
    "venteliste": "--område Ingensteds",
    "henvendelse liste": "--år 2001",
    "familie liste": "--område Ingensteds",
    "kontakt liste": "--språk latin",
    "kurs liste": "--år 2001",
    "oppdrag liste": "--år 2001",
    "oppdrag oppfølging": "--kommende 60 --søk ingen",
    "timer liste": "--år 2001",
    "aktivitet liste": "--år 2001",
    "avdeling unntak": "--søk ingen",
    "data logg": "--kommando ingen",
}
# These have something in them from the start, or no command that fills them.
_OTHERS = ("data logg", "avdeling unntak")


@pytest.mark.parametrize("name", [name for name in _LISTS if name not in _OTHERS])
def test_an_empty_list_says_what_would_fill_it(name, hsf, store) -> None:
    assert _leads_on(hsf(*name.split()).out)


@pytest.mark.parametrize("name", _LISTS)
def test_where_nothing_is_chosen_it_says_how_to_see_all(name, hsf, store) -> None:
    taken_in(store, *one_of_each())
    chosen = hsf(*name.split(), *_LISTS[name].split())
    assert (chosen.code, chosen.err) == (0, "")
    assert "passer med valgene" in chosen.out
    assert f"Se alle: hsf {name}" in chosen.out


@pytest.mark.parametrize("line", ["rapport vis 2015", "rapport kontroll 2015"])
def test_a_year_without_records_is_told_of(line, hsf, store) -> None:
    taken_in(store, *one_of_each())
    shown = hsf(*line.split())
    assert "Det er ingen poster for 2015" in shown.out + shown.err
    assert "Det er ingen poster" not in hsf("rapport", "vis", 2023).err


def test_where_there_is_none_to_choose_it_says_how_the_first_comes_to_be(hsf, store) -> None:
    for words in ("familie vis F1", "kontakt vis V1", "kurs vis K1", "timer vis T1"):
        assert _leads_on(hsf(*words.split()).err)


def _leads_on(text: str) -> bool:
    found = _COMMAND.search(text)
    return found is not None and not _refused(_END.split(found[1].strip())[0])
